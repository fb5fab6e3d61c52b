#!/usr/bin/env bash
# A register in the format of dBase, written with dbf 0.99.11 (PyPI) and read by dbfread 2.0.7 (PyPI), dbffile 1.13.0 and dbf-reader 1.0.3 (npm).
#
# - The file holds the eight digits of a day. dbf-reader takes the number of the month for JavaScript's, which begins at 0: every day is a month late. 15
#   January is 15 February, 31 January is 3 March and 31 December is 31 January of the next year. A list of deadlines looks right, and none is.
# - An amount that was left out is 0: what is not known yet becomes nothing to pay. A yes or no that was left out, `?` in the file, is no.
#
# dbfread and dbffile have the days as they are, and nothing where there is nothing.
#
# Seen: the same five rows of day, amount and yes or no in the three libraries
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"; export TZ=UTC
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'dbf==0.99.11' 'dbfread==2.0.7'
npm init -y >/dev/null && npm install --silent --no-audit --no-fund dbffile@1.13.0 dbf-reader@1.0.3
cat > make.py <<'PY'
from datetime import date
import dbf
import dbfread

table = dbf.Table("debts.dbf", "due D; amount N(10,2); paid L")
table.open(dbf.READ_WRITE)
for due in (date(2015, 1, 15), date(2015, 1, 31), date(2015, 11, 30), date(2015, 12, 31)):
    table.append((due, 12.5, True))
table.append((None, None, None))
table.close()
for row in dbfread.DBF("debts.dbf"):
    print("dbfread", row["DUE"], row["AMOUNT"], row["PAID"])
PY
cat > ask.js <<'JS'
const { readFileSync } = require('node:fs');
const { DBFFile } = require('dbffile');
const { Dbf } = require('dbf-reader');
const show = (who, rows) => rows.forEach(({ DUE, AMOUNT, PAID }) => console.log(who, DUE && DUE.toISOString().slice(0, 10), AMOUNT, PAID));
DBFFile.open('debts.dbf').then((file) => file.readRecords()).then((rows) => {
  show('dbffile', rows);
  show('dbf-reader', Dbf.read(readFileSync('debts.dbf')).rows);
});
JS
{ v/bin/python make.py; node ask.js; } | tee seen
diff - seen <<'SEEN'
dbfread 2015-01-15 12.5 True
dbfread 2015-01-31 12.5 True
dbfread 2015-11-30 12.5 True
dbfread 2015-12-31 12.5 True
dbfread None None None
dbffile 2015-01-15 12.5 true
dbffile 2015-01-31 12.5 true
dbffile 2015-11-30 12.5 true
dbffile 2015-12-31 12.5 true
dbffile null null null
dbf-reader 2015-02-15 12.5 true
dbf-reader 2015-03-03 12.5 true
dbf-reader 2015-12-30 12.5 true
dbf-reader 2016-01-31 12.5 true
dbf-reader null 0 false
SEEN
