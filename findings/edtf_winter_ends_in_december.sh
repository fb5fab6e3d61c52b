#!/usr/bin/env bash
# Dates known in part, as registers and archives write them in the Extended Date/Time Format (EDTF, part 2 of ISO 8601): edtf 5.0.2 (PyPI), edtf 4.11.1
# and @edtf-ts/core 0.4.2 (npm). Each library gives the first and the last day that such a date can stand for.
#
# - A season, `2015-21` for spring to `2015-24` for winter. For edtf of npm these are the quarters of the year, spring from 1 January, winter from October.
#   For the other two spring is from 1 March to 31 May, and winter begins on 1 December: edtf of PyPI ends it on the 31st, so that no January and no
#   February lies in any season, and edtf-ts on 29 February 2016. What is due in spring is overdue in April by the one and in time by the others.
# - One of the months from January to March, `[2015-01..2015-03]`. For edtf of npm its last day is 31 January, though it lists the three months itself.
#   For the other two it is 31 March.
#
# Seen: the first and the last day in each library, and the months that edtf of npm lists
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"; export TZ=UTC
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'edtf==5.0.2'
npm init -y >/dev/null && npm install --silent --no-audit --no-fund edtf@4.11.1 @edtf-ts/core@0.4.2
cat > ask.py <<'PY'
from time import strftime
from edtf import parse_edtf
for said in ("2015-21", "2015-22", "2015-23", "2015-24", "[2015-01..2015-03]"):
    date = parse_edtf(said)
    print("edtf (PyPI)", said, *(strftime("%Y-%m-%d", day) for day in (date.lower_strict(), date.upper_strict())))
PY
cat > ask.mjs <<'JS'
import edtf from 'edtf';
import { parse } from '@edtf-ts/core';
const day = (time) => new Date(Number(time)).toISOString().slice(0, 10);
const asked = ['2015-21', '2015-22', '2015-23', '2015-24', '[2015-01..2015-03]'];
const show = (who, dates) => dates.forEach(({ min, max }, at) => console.log(who, asked[at], day(min), day(max)));
show('edtf (npm)', asked.map((said) => edtf(said)));
show('edtf-ts', asked.map((said) => parse(said).value));
console.log('edtf (npm) the months of it:', ...[...edtf(asked[4])].map((month) => month.edtf));
JS
{ v/bin/python ask.py; node ask.mjs; } | tee seen
diff - seen <<'SEEN'
edtf (PyPI) 2015-21 2015-03-01 2015-05-31
edtf (PyPI) 2015-22 2015-06-01 2015-08-31
edtf (PyPI) 2015-23 2015-09-01 2015-11-30
edtf (PyPI) 2015-24 2015-12-01 2015-12-31
edtf (PyPI) [2015-01..2015-03] 2015-01-01 2015-03-31
edtf (npm) 2015-21 2015-01-01 2015-03-31
edtf (npm) 2015-22 2015-04-01 2015-06-30
edtf (npm) 2015-23 2015-07-01 2015-09-30
edtf (npm) 2015-24 2015-10-01 2015-12-31
edtf (npm) [2015-01..2015-03] 2015-01-01 2015-01-31
edtf-ts 2015-21 2015-03-01 2015-05-31
edtf-ts 2015-22 2015-06-01 2015-08-31
edtf-ts 2015-23 2015-09-01 2015-11-30
edtf-ts 2015-24 2015-12-01 2016-02-29
edtf-ts [2015-01..2015-03] 2015-01-01 2015-03-31
edtf (npm) the months of it: 2015-01 2015-02 2015-03
SEEN
