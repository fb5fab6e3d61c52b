#!/usr/bin/env bash
# xlsx2csv 0.8.6 (PyPI): numbers whose format names a unit between quotation marks, as spreadsheets write it: `0" days"`, `#,##0" SEK"`.
#
# What stands between quotation marks is text that is shown beside the number. Where it has a `d`, `m`, `h`, `s` or `y` in it, the number is
# taken for a date, and the cell becomes the *format* with parts of that date in it; the number is gone. Thirty days are `0" 29ays"`,
# an amount of 1250 in `SEK` is `#,##0" sek"`, and the sum of the column is lost without an error. With `kr` or `EUR` the number stays.
# openpyxl 3.1.5, which wrote the file, reads a number each time.
#
# Seen: each unit, the number as openpyxl reads it, and the cell of the CSV
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'xlsx2csv==0.8.6' 'openpyxl==3.1.5'
cat > ask.py <<'PY'
import csv
import openpyxl
from xlsx2csv import Xlsx2csv

book = openpyxl.Workbook()
for number, shape, unit in ((1250, "#,##0", "kr"), (1250, "#,##0", "EUR"), (1250, "#,##0", "SEK"), (1250, "#,##0", "USD"),
                            (30, "0", "days"), (12, "0", "months"), (12, "0", "mån"), (3, "0", "years"), (40, "0", "h")):
    book.active.append([unit, number])
    book.active.cell(book.active.max_row, 2).number_format = f'{shape}" {unit}"'
book.save("units.xlsx")
Xlsx2csv("units.xlsx").convert("units.csv")
rows = openpyxl.load_workbook("units.xlsx").active.iter_rows(values_only=True)
for (unit, number), (_, cell) in zip(rows, csv.reader(open("units.csv"))):
    print(unit, "|", number, "|", cell)
PY
v/bin/python ask.py | tee seen
diff - seen <<'SEEN'
kr | 1250 | 1250
EUR | 1250 | 1250
SEK | 1250 | #,##0" sek"
USD | 1250 | #,##0" us03"
days | 30 | 0" 29ays"
months | 12 | 0" 01ont12s"
mån | 12 | 0" 01ån"
years | 3 | 0" years"
h | 40 | 0" 12"
SEEN
