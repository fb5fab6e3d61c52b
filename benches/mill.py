# Makes a register of many clubs, once as a spreadsheet and once as CSV: mill.py ROWS clubs.xlsx clubs.csv. Needs xlsxwriter.
import datetime
import random
import sys

import xlsxwriter

rows, workbook, table = int(sys.argv[1]), sys.argv[2], sys.argv[3]
random.seed(7)
book = xlsxwriter.Workbook(workbook, {"constant_memory": True})
sheet = book.add_worksheet("Clubs")
shown = book.add_format({"num_format": "yyyy-mm-dd"})
names = ["id", "name", "members", "dues", "joined_on", "active"]
sheet.write_row(0, 0, names)
with open(table, "w") as text:
    text.write(",".join(names) + "\n")
    for row in range(1, rows + 1):
        members, dues = random.randrange(5, 900), random.randrange(100, 99_999)
        joined = datetime.date(2000, 1, 1) + datetime.timedelta(random.randrange(6000))
        active = random.random() < 0.5
        sheet.write_string(row, 0, f"c{row}")
        sheet.write_string(row, 1, f"Club number {row}")
        sheet.write_number(row, 2, members)
        sheet.write_number(row, 3, dues / 100)
        sheet.write_datetime(row, 4, joined, shown)
        sheet.write_boolean(row, 5, active)
        answer = "yes" if active else "no"
        text.write(f"c{row},Club number {row},{members},{dues // 100}.{dues % 100:02},{joined},{answer}\n")
book.close()
