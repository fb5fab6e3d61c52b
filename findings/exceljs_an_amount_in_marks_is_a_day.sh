#!/usr/bin/env bash
# exceljs 4.4.0 (npm): an amount in a cell with the accounting format of Bosnia and Herzegovina or of Serbia, as a spreadsheet in these
# languages offers it: the unit stands in the format, with `_` before each letter, so that room is left for it.
#
# A date is told by the letters of the format, and `M`, `d` and `y` count even where they only leave room: 42005 convertible marks are
# read as 1 January 2015. In a Swedish format, which leaves room for `kr`, the same number is a number. openpyxl 3.1.5, which wrote the
# file, reads a number each time.
#
# Seen: a number with kronor, a day with marks and with dinars
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'openpyxl==3.1.5'
npm init -y >/dev/null && npm install --silent --no-audit --no-fund exceljs@4.4.0
cat > make.py <<'PY'
import openpyxl

book = openpyxl.Workbook()
for unit in ("kr", "KM", "din."):
    room = "".join(f"_{letter}" for letter in unit)
    book.active.append([unit, 42005])
    book.active.cell(book.active.max_row, 2).number_format = rf"_-* #,##0.00\ {room}_-;\-* #,##0.00\ {room}_-"
book.save("amounts.xlsx")
for row in openpyxl.load_workbook("amounts.xlsx").active.iter_rows(values_only=True):
    print("openpyxl", *row)
PY
cat > ask.js <<'JS'
const { Workbook } = require('exceljs');
const book = new Workbook();
book.xlsx.readFile('amounts.xlsx').then(() => {
  const shown = (value) => (value instanceof Date ? value.toISOString() : value);
  book.worksheets[0].eachRow((row) => console.log('exceljs', row.getCell(1).value, shown(row.getCell(2).value)));
});
JS
{ v/bin/python make.py; node ask.js; } | tee seen
diff - seen <<'SEEN'
openpyxl kr 42005
openpyxl KM 42005
openpyxl din. 42005
exceljs kr 42005
exceljs KM 2015-01-01T00:00:00.000Z
exceljs din. 2015-01-01T00:00:00.000Z
SEEN
