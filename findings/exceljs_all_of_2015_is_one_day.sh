#!/usr/bin/env bash
# exceljs 4.4.0 (npm) reading what openpyxl 3.1.5 (PyPI) wrote: dates in ISO form, as `Workbook.iso_dates = True` writes them (the cell
# type `d` of the transitional standard, `<c t="d"><v>2015-03-01</v></c>`).
#
# Of each date only its year is taken, as a count of days: every day of 2015 is read as 7 July 1905, and no error is told. A time is read
# as a day of January 1900. openpyxl itself and pandas read the dates as they are. A list of deadlines that is compared with today looks
# long overdue, and two different dates look the same.
#
# Seen: three days of 2015 as one day of 1905, and 18:00 as 17 January 1900
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'openpyxl==3.1.5'
npm init -y >/dev/null && npm install --silent --no-audit --no-fund exceljs@4.4.0
cat > make.py <<'PY'
import datetime
import openpyxl

book = openpyxl.Workbook()
book.iso_dates = True
for day in (datetime.date(2015, 1, 2), datetime.date(2015, 3, 1), datetime.date(2015, 12, 31), datetime.time(18, 0)):
    book.active.append([day.isoformat(), day])
book.save("days.xlsx")
for row in openpyxl.load_workbook("days.xlsx").active.iter_rows(values_only=True):
    print("openpyxl", row[0], row[1].isoformat())
PY
cat > ask.js <<'JS'
const { Workbook } = require('exceljs');
const book = new Workbook();
book.xlsx.readFile('days.xlsx').then(() => {
  book.worksheets[0].eachRow((row) => console.log('exceljs', row.getCell(1).value, row.getCell(2).value.toISOString()));
});
JS
{ v/bin/python make.py; node ask.js; } | tee seen
diff - seen <<'SEEN'
openpyxl 2015-01-02 2015-01-02
openpyxl 2015-03-01 2015-03-01
openpyxl 2015-12-31 2015-12-31
openpyxl 18:00:00 18:00:00
exceljs 2015-01-02 1905-07-07T00:00:00.000Z
exceljs 2015-03-01 1905-07-07T00:00:00.000Z
exceljs 2015-12-31 1905-07-07T00:00:00.000Z
exceljs 18:00:00 1900-01-17T00:00:00.000Z
SEEN
