#!/usr/bin/env bash
# Hours in an `.ods`, read by four libraries: pyexcel-ods3 0.6.1, python-calamine 0.9.1 and pandas 3.1.1 with odfpy 1.4.1 (PyPI), SheetJS as xlsx
# 0.18.5 (npm). The file is made with odfpy: a cell of time holds a duration (`office:time-value`), which may pass 24 hours and have a sign,
# as a balance of working hours does.
#
# Eight and a half hours are the same in all four. An hour and a half below zero is nothing at all in pyexcel-ods3, and an hour and a half
# *above* zero in SheetJS: who owes time has it to the good. calamine gives a time of day, but for hours past 24 or below zero the text of the
# file. In pandas one such cell makes the whole sheet an error.
#
# Seen: a row for each cell and library; pandas has a file with each cell alone
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v
v/bin/pip -q install --disable-pip-version-check 'pyexcel-ods3==0.6.1' 'python-calamine==0.9.1' 'pandas==3.1.1' 'odfpy==1.4.1'
npm init -y >/dev/null && npm install --silent --no-audit --no-fund xlsx@0.18.5
cat > ask.py <<'PY'
import pandas
import pyexcel_ods3
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from python_calamine import CalamineWorkbook

def book(path, value, shown):
    row, cell = TableRow(), TableCell(valuetype="time", timevalue=value)
    cell.addElement(P(text=shown))
    row.addElement(cell)
    made, table = OpenDocumentSpreadsheet(), Table(name="a")
    table.addElement(row)
    made.spreadsheet.addElement(table)
    made.save(path)

def by_pandas(path):
    try:
        return repr(pandas.read_excel(path, header=None, engine="odf").iat[0, 0])
    except ValueError:
        return "an error"

for name, value, shown in (("day", "PT08H30M00S", "08:30:00"), ("week", "PT36H30M00S", "36:30:00"), ("owed", "-PT01H30M00S", "-01:30:00")):
    path = f"{name}.ods"
    book(path, value, shown)
    print(name, "pyexcel", *(str(cell) for row in pyexcel_ods3.get_data(path)["a"] for cell in row))
    print(name, "calamine", repr(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[0][0]))
    print(name, "pandas", by_pandas(path))
PY
cat > ask.js <<'JS'
const { read, utils } = require('xlsx');
const { readFileSync } = require('node:fs');
for (const name of ['day', 'week', 'owed']) {
  const { Sheets } = read(readFileSync(`${name}.ods`), { cellDates: false });
  console.log(name, 'SheetJS in hours', utils.sheet_to_json(Sheets.a, { header: 1 }).map(([value]) => value * 24).join(' '));
}
JS
{ v/bin/python ask.py; TZ=UTC node ask.js; } | tee seen
diff - seen <<'SEEN'
day pyexcel 08:30:00
day calamine datetime.time(8, 30)
day pandas datetime.time(8, 30)
week pyexcel 1 day, 12:30:00
week calamine 'PT36H30M00S'
week pandas an error
owed pyexcel
owed calamine '-PT01H30M00S'
owed pandas an error
day SheetJS in hours 8.5
week SheetJS in hours 36.5
owed SheetJS in hours 1.5
SEEN
