#!/usr/bin/env bash
# A workbook whose days are counted from 1904, as those begun on a Mac are, written by openpyxl 3.1.5 (PyPI) and read by SheetJS as xlsx 0.18.5,
# xlsx-populate 1.21.0, exceljs 4.4.0 and read-excel-file 9.3.17 (npm).
#
# The file says of itself that it counts so (`date1904`), and a spreadsheet shows the day that was written: 31 March 2015. SheetJS, asked for dates
# (`cellDates`), has 30 March 2011, four years and a day early, and beside it as the text of the same cell 2015-03-31. xlsx-populate turns the cell's number
# into 30 March 2011 by its own `numberToDate`. exceljs and read-excel-file have the day. A deadline in such a file has long passed, and the days
# between two of its cells are right, so that a test of a length shows nothing.
#
# Seen: one day, in a workbook of 1900 and in one of 1904
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"; export TZ=UTC
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'openpyxl==3.1.5'
npm init -y >/dev/null && npm install --silent --no-audit --no-fund xlsx@0.18.5 xlsx-populate@1.21.0 exceljs@4.4.0 read-excel-file@9.3.17
cat > make.py <<'PY'
import datetime
import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

for name, epoch in (("1900", CALENDAR_WINDOWS_1900), ("1904", CALENDAR_MAC_1904)):
    book = openpyxl.Workbook()
    book.epoch = epoch
    book.active.append([datetime.date(2015, 3, 31)])
    book.save(f"{name}.xlsx")
PY
v/bin/python make.py
cat > ask.mjs <<'JS'
import { readFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import populate from 'xlsx-populate';
import { readSheet } from 'read-excel-file/node';
import xlsx from 'xlsx';

const text = (day) => day.toISOString().slice(0, 10);
for (const name of ['1900', '1904']) {
  const file = `${name}.xlsx`;
  const [cell] = Object.values(xlsx.readFile(file, { cellDates: true }).Sheets.Sheet).filter((one) => one.t);
  console.log(name, 'SheetJS', text(cell.v), 'as text', cell.w);
  console.log(name, 'xlsx-populate', text(populate.numberToDate((await populate.fromFileAsync(file)).sheet(0).cell('A1').value())));
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(file);
  console.log(name, 'exceljs', text(book.worksheets[0].getCell('A1').value));
  console.log(name, 'read-excel-file', text((await readSheet(readFileSync(file)))[0][0]));
}
JS
node ask.mjs | tee seen
diff - seen <<'SEEN'
1900 SheetJS 2015-03-31 as text 2015-03-31
1900 xlsx-populate 2015-03-31
1900 exceljs 2015-03-31
1900 read-excel-file 2015-03-31
1904 SheetJS 2011-03-30 as text 2015-03-31
1904 xlsx-populate 2011-03-30
1904 exceljs 2015-03-31
1904 read-excel-file 2015-03-31
SEEN
