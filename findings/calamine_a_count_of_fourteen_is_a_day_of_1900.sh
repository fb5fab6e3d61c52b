#!/usr/bin/env bash
# calamine 0.38.0 (crates.io), openpyxl 3.1.5 (PyPI): a number format whose sections are chosen by the value, one of them a date.
#
# A format may have a condition for each section: `[>1000]yyyy-mm-dd;0` shows a large number as a day and any other as a number, and
# `[<100]0;yyyy-mm-dd` says the same the other way round. Which section holds is told by the value of the cell. Both readers look at the first
# section only, whatever the value: a count of 14, which a spreadsheet shows as 14, is a day of January 1900, and the first day of 2015, which
# it shows as a day, is the number 42005. Neither says that there was another section.
#
# Seen: calamine DateTime(14.0), Float(42005.0); openpyxl 1900-01-14 00:00:00, 42005
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv env && env/bin/pip install --quiet openpyxl==3.1.5
cat > make.py <<'PY'
from openpyxl import Workbook

book = Workbook()
sheet = book.active
sheet.title = "a"
for row, (value, code) in enumerate([(14, "[>1000]yyyy-mm-dd;0"), (42005, "[<100]0;yyyy-mm-dd")], 1):
    cell = sheet.cell(row, 1, value)
    cell.number_format = code
book.save("days.xlsx")
PY
env/bin/python make.py
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
use calamine::{open_workbook_auto, Data, Reader};

fn main() {
    let mut book = open_workbook_auto("days.xlsx").unwrap();
    let range = book.worksheet_range("a").unwrap();
    let cells = range.rows().map(|row| match &row[0] {
        Data::DateTime(day) => format!("DateTime({:?})", day.as_f64()),
        other => format!("{other:?}"),
    });
    println!("{}", cells.collect::<Vec<_>>().join(", "));
}
RS
calamine=$(cargo run --quiet 2>/dev/null)
openpyxl=$(env/bin/python -c 'from openpyxl import load_workbook
print(", ".join(str(row[0]) for row in load_workbook("days.xlsx").active.iter_rows(values_only=True)))')
echo "calamine: $calamine; openpyxl: $openpyxl"
test "$calamine" = "DateTime(14.0), Float(42005.0)"
test "$openpyxl" = "1900-01-14 00:00:00, 42005"
