# Makes the samples that are no plain texts; the others are written by hand. Needs openpyxl, xlsxwriter and xlwt, and LibreOffice.
import datetime, pathlib, subprocess, shutil, tempfile
import openpyxl, xlsxwriter, xlwt

here = pathlib.Path(__file__).resolve().parent
D = datetime.date
HEAD = ["id", "name", "members", "dues", "balance", "joined_on", "active", "kind"]
CLUBS = [
    ["a-1", "Ålunda", 12, 1350.5, 200, D(2015, 1, 2), True, "sport"],
    ["a-2", "Brage", 9, 10000, -50, D(2015, 2, 1), False, "sport"],
    ["a-3", "Ceres", 8, 1350, 0, D(2015, 2, 3), False, "culture"],
    ["a-4", "Dalia", 1400, 2000.25, -0.5, D(2014, 12, 31), True, "culture"],
    ["a-5", "Ekot", 31, 300, 12.75, D(2015, 12, 25), True, "sport"],
]


def by_openpyxl():
    book = openpyxl.Workbook()
    book.active.title = "About"
    book.active["A1"] = "Register of clubs"
    sheet = book.create_sheet("Register")
    for row in [HEAD] + CLUBS:
        sheet.append(row)
    book.save(here / "two_sheets.xlsx")
    # A formula that was never worked out has no value.
    sheet["D4"] = "=D3/10"
    del book["About"]
    book.save(here / "formula_without_value.xlsx")
    sheet["D4"] = "=D3/10+350"
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["G"].hidden = True
    with tempfile.TemporaryDirectory() as folder:
        book.save(f"{folder}/formulas.xlsx")
        for ending in ["xlsx", "ods"]:
            subprocess.run(["soffice", "--headless", "--convert-to", ending, "--outdir", f"{folder}/out", f"{folder}/formulas.xlsx"],
                           check=True, stdout=subprocess.DEVNULL)
        shutil.copy(f"{folder}/out/formulas.xlsx", here / "hidden_and_formulas.xlsx")
        shutil.copy(f"{folder}/out/formulas.ods", here / "hidden_and_formulas.ods")
    shutil.copy(here / "two_sheets.xlsx", here / "spreadsheet_named.csv")


def by_xlsxwriter():
    book = xlsxwriter.Workbook(str(here / "shown_otherwise_1904.xlsx"), {"date_1904": True})
    sheet = book.add_worksheet("Register")
    pieces, marks, day = (book.add_format({"num_format": form}) for form in ['0" st"', '#,##0.00" kr"', "d mmmm yyyy"])
    sheet.write_row(0, 0, HEAD)
    for at, (id, name, members, dues, balance, joined_on, active, kind) in enumerate(CLUBS, 1):
        sheet.write_row(at, 0, [id, name])
        sheet.write_number(at, 2, members, pieces)
        sheet.write_number(at, 3, dues, marks)
        sheet.write_number(at, 4, balance, marks)
        sheet.write_datetime(at, 5, joined_on, day)
        sheet.write(at, 6, "Ja" if active else "Nej")
        sheet.write(at, 7, kind.title())
    book.close()


def by_xlwt():
    book = xlwt.Workbook()
    sheet = book.add_sheet("Register")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for at, row in enumerate([HEAD] + CLUBS):
        for column, value in enumerate(row):
            sheet.write(at, column, value, day) if isinstance(value, D) else sheet.write(at, column, value)
    book.save(str(here / "older.xls"))
    sheet.row(2).hidden = True
    sheet.col(6).hidden = True
    # Rows and columns without anything in them hide nothing.
    sheet.row(20).hidden = True
    sheet.col(12).hidden = True
    book.save(str(here / "hidden.xls"))


def in_currencies():
    """Amounts whose currency only their format shows: one column in the agreement's, one in another."""
    forms = {"D": '#,##0.00\\ [$kr-41D]', "E": '#,##0.00\\ [$€-407]'}
    old, new = xlwt.Workbook(), xlsxwriter.Workbook(str(here / "shown_in_euro.xlsx"))
    for sheet, form, day in [
        (old.add_sheet("Register"), lambda code: xlwt.easyxf(num_format_str=code), xlwt.easyxf(num_format_str="YYYY-MM-DD")),
        (new.add_worksheet("Register"), lambda code: new.add_format({"num_format": code}), new.add_format({"num_format": "yyyy-mm-dd"})),
    ]:
        styles = {3: form(forms["D"]), 4: form(forms["E"])}
        for at, row in enumerate([HEAD] + CLUBS):
            for column, value in enumerate(row):
                style = day if isinstance(value, D) else styles.get(column) if at > 0 else None
                sheet.write(at, column, value, style) if style else sheet.write(at, column, value)
    old.save(str(here / "shown_in_euro.xls"))
    new.close()


def texts():
    rows = [";".join(HEAD)]
    for id, name, members, dues, balance, joined_on, active, kind in CLUBS:
        rows.append(f"{id};{name};{members};{dues:.2f};{balance:.2f};{joined_on};{'yes' if active else 'no'};{kind}")
    text = "\r\n".join(rows) + "\r\n"
    (here / "utf_16.csv").write_bytes(text.encode("utf-16"))
    (here / "windows_1252.csv").write_bytes(text.encode("cp1252"))


by_openpyxl()
by_xlsxwriter()
by_xlwt()
in_currencies()
texts()
