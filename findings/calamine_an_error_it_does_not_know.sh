#!/usr/bin/env bash
# calamine 0.38.0 (crates.io): a sheet in which one cell shows `#SPILL!`, an error that spreadsheets have had since 2019.
#
# Cells that show `#REF!` are read as cells with an error, and the rest of the sheet beside them. One cell that shows `#SPILL!` makes
# the whole sheet an error: no row of it can be read, and the message names the code but no cell.
#
# Seen: the sheet with #REF! gives 2 rows; the one with #SPILL! gives an error
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > make.py <<'PY'
import zipfile

def book(path, error):
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
            f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2" t="e"><v>{error}</v></c></row></sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w") as out:
        for name, text in parts.items():
            out.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)

book("ref.xlsx", "#REF!")
book("spill.xlsx", "#SPILL!")
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
    for path in ["ref.xlsx", "spill.xlsx"] {
        let mut book = open_workbook_auto(path).unwrap();
        match book.worksheet_range("a") {
            Ok(range) => println!("{path} {} rows", range.height()),
            Err(_) => println!("{path} an error"),
        }
    }
}
RS
cargo run --quiet 2>/dev/null | tee seen
diff - seen <<'SEEN'
ref.xlsx 2 rows
spill.xlsx an error
SEEN
