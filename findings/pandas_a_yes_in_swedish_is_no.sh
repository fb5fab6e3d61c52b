#!/usr/bin/env bash
# pandas 3.1.1 with odfpy 1.4.1 (PyPI): yes and no in an `.ods`, read with `read_excel`, which takes odfpy where nothing else is said.
#
# A cell of yes or no holds its value (`office:boolean-value="true"`) and beside it the word that is shown, in the language of the
# document. pandas asks whether the word is `TRUE`: in a Swedish document (`SANT`), a German (`WAHR`) or a French one (`VRAI`) every yes is
# read as False, without a warning. The engine of calamine (python-calamine 0.9.1) reads the value.
#
# Seen: True for TRUE, and False for a yes in three other languages
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'pandas==3.1.1' 'odfpy==1.4.1' 'python-calamine==0.9.1'
cat > ask.py <<'PY'
import pandas
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

words = ("TRUE", "SANT", "WAHR", "VRAI")
book = OpenDocumentSpreadsheet()
table = Table(name="a")
for shown in words:
    row = TableRow()
    for cell, text in ((TableCell(valuetype="string"), shown), (TableCell(valuetype="boolean", booleanvalue="true"), shown)):
        cell.addElement(P(text=text))
        row.addElement(cell)
    table.addElement(row)
book.spreadsheet.addElement(table)
book.save("answers.ods")
for engine in (None, "odf", "calamine"):
    read = pandas.read_excel("answers.ods", header=None, engine=engine)
    print(engine or "as it is", *(f"{word}: {answer}" for word, answer in zip(read[0], read[1])))
PY
v/bin/python ask.py | tee seen
diff - seen <<'SEEN'
as it is TRUE: True SANT: False WAHR: False VRAI: False
odf TRUE: True SANT: False WAHR: False VRAI: False
calamine TRUE: True SANT: True WAHR: True VRAI: True
SEEN
