#!/usr/bin/env bash
# calamine 0.38.0 (crates.io): a number in an .xlsx cell with an XML comment among its digits.
#
# A comment is no part of the text that surrounds it, so `<v>1<!-- one group -->4</v>` is the number 14: openpyxl 3.1.5 reads 14, and so
# does every XML parser that gives the text of an element. calamine keeps only a part of the text, and says nothing of the rest: the cell is
# another number, in a sheet that opens without an error.
#
# Seen: calamine Float(1.0); openpyxl 14
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > make.py <<'PY'
import zipfile

def book(path, number):
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override '
            'PartName="/xl/worksheets/sheet1.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" '
            'r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            f'<row r="1"><c r="A1"><v>{number}</v></c></row></sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w") as out:
        for name, text in parts.items():
            out.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)

book("number.xlsx", "1<!-- one group -->4")
PY
python3 make.py
cat > Cargo.toml <<'TOML'
[package]
name = "ask"
version = "0.0.0"
edition = "2021"
[dependencies]
calamine = "=0.38.0"
TOML
mkdir src
cat > src/main.rs <<'RS'
use calamine::{open_workbook_auto, Reader};

fn main() {
    let mut book = open_workbook_auto("number.xlsx").unwrap();
    let range = book.worksheet_range("a").unwrap();
    let cell = range.rows().next().and_then(|row| row.first()).map(|cell| format!("{cell:?}"));
    println!("{}", cell.unwrap_or_else(|| "no cell".to_string()));
}
RS
ours=$(cargo run --quiet 2>/dev/null)
python3 -m venv venv && venv/bin/pip --quiet install openpyxl==3.1.5
theirs=$(venv/bin/python -c 'import openpyxl; print(openpyxl.load_workbook("number.xlsx")["a"]["A1"].value)')
echo "calamine $ours; openpyxl $theirs" | tee seen
diff - seen <<'SEEN'
calamine Float(1.0); openpyxl 14
SEEN
