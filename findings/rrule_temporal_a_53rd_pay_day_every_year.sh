#!/usr/bin/env bash
# rrule-temporal 2.2.8 (npm) beside rrule 2.8.1 (npm) and python-dateutil 2.9.0.post0 (PyPI): days of the year that not every year has.
#
# - The 53rd Thursday, the extra pay day of those who are paid by the week: `FREQ=YEARLY;BYDAY=53TH`. 2015 and 2020 have one, and the years between have
#   not. rrule-temporal finds one for each year: where there is none, it takes the first Thursday of the next. Said as the 53rd of all
#   Thursdays, `BYDAY=TH;BYSETPOS=53`, the same library has it right.
# - The 100th and the 200th day of the year, if a working day: beside `BYYEARDAY` the weekdays of `BYDAY` are left out, and a
#   Sunday (19 July 2015) and a Saturday (9 April 2016) are due.
#
# The other two libraries agree on every day.
#
# Seen: the first days of each from 1 January 2015
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'python-dateutil==2.9.0.post0'
npm init -y >/dev/null && npm install --silent --no-audit --no-fund rrule-temporal@2.2.8 rrule@2.8.1
cat > rules <<'RULES'
FREQ=YEARLY;BYDAY=53TH;COUNT=4
FREQ=YEARLY;BYDAY=TH;BYSETPOS=53;COUNT=4
FREQ=YEARLY;BYYEARDAY=100,200;BYDAY=MO,TU,WE,TH,FR;COUNT=4
RULES
cat > ask.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { RRuleTemporal } from 'rrule-temporal';
import rrule from 'rrule';

for (const rule of readFileSync('rules', 'utf8').trim().split('\n')) {
  const text = `DTSTART:20150101T000000Z\nRRULE:${rule}`;
  console.log('rrule-temporal', ...new RRuleTemporal({ rruleString: text }).all().map((day) => day.toPlainDate().toString()));
  console.log('rrule', ...rrule.rrulestr(text).all().map((day) => day.toISOString().slice(0, 10)));
}
JS
cat > ask.py <<'PY'
import datetime
from dateutil.rrule import rrulestr

for rule in open("rules"):
    print("dateutil", *(day.date() for day in rrulestr(rule.strip(), dtstart=datetime.datetime(2015, 1, 1))))
PY
{ node ask.mjs; v/bin/python ask.py; } | tee seen
diff - seen <<'SEEN'
rrule-temporal 2015-12-31 2017-01-05 2018-01-04 2019-01-03
rrule 2015-12-31 2020-12-31 2026-12-31 2032-12-30
rrule-temporal 2015-12-31 2020-12-31 2026-12-31 2032-12-30
rrule 2015-12-31 2020-12-31 2026-12-31 2032-12-30
rrule-temporal 2015-04-10 2015-07-19 2016-04-09 2016-07-18
rrule 2015-04-10 2016-07-18 2017-04-10 2017-07-19
dateutil 2015-12-31 2020-12-31 2026-12-31 2032-12-30
dateutil 2015-12-31 2020-12-31 2026-12-31 2032-12-30
dateutil 2015-04-10 2016-07-18 2017-04-10 2017-07-19
SEEN
