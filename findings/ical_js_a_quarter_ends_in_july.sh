#!/usr/bin/env bash
# ical.js 2.2.1 (npm), rrule 2.8.1 (npm) and python-dateutil 2.9.0.post0 (PyPI): three recurrences that agreements live on.
#
# - The last day of each quarter, `FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1`. In the first year ical.js has it right; from the second year on it has
#   1 July and 1 October for 30 June and 30 September. Said by the month, `FREQ=MONTHLY` with the same, all are right.
# - The last working day up to the 25th, as wages and rents fall due: of `BYMONTHDAY=23,24,25` the working days, and of these the last,
#   `BYSETPOS=-1`. Beside `BYMONTHDAY` ical.js leaves `BYSETPOS` out: every working day of the three is due.
# - The 31st or else the last day, `BYMONTHDAY=28,29,30,31;BYSETPOS=-1`: the same, up to four days a month.
#
# The other two libraries agree on every day. A calendar that is read with ical.js shows days that are not due, and no error.
#
# Seen: the first days of each from the day it begins
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'python-dateutil==2.9.0.post0'
npm init -y >/dev/null && npm install --silent --no-audit --no-fund ical.js@2.2.1 rrule@2.8.1
cat > rules <<'RULES'
2015-03-31 FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1;COUNT=8
2015-03-31 FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1;COUNT=8
2015-03-25 FREQ=MONTHLY;BYMONTHDAY=23,24,25;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=6
2015-01-31 FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1;COUNT=6
RULES
cat > ask.mjs <<'JS'
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';
import rrule from 'rrule';

for (const line of readFileSync('rules', 'utf8').trim().split('\n')) {
  const [day, rule] = line.split(' ');
  const days = [];
  const steps = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateString(day));
  for (let next = steps.next(); next; next = steps.next()) days.push(next.toString());
  console.log('ical.js', ...days);
  const start = `DTSTART:${day.replaceAll('-', '')}T000000Z\nRRULE:${rule}`;
  console.log('rrule', ...rrule.rrulestr(start).all().map((found) => found.toISOString().slice(0, 10)));
}
JS
cat > ask.py <<'PY'
import datetime
from dateutil.rrule import rrulestr

for line in open("rules"):
    day, rule = line.split()
    print("dateutil", *(found.date() for found in rrulestr(rule, dtstart=datetime.datetime.fromisoformat(day))))
PY
{ node ask.mjs; v/bin/python ask.py; } | tee seen
diff - seen <<'SEEN'
ical.js 2015-03-31 2015-06-30 2015-09-30 2015-12-31 2016-03-31 2016-07-01 2016-10-01 2016-12-31
rrule 2015-03-31 2015-06-30 2015-09-30 2015-12-31 2016-03-31 2016-06-30 2016-09-30 2016-12-31
ical.js 2015-03-31 2015-06-30 2015-09-30 2015-12-31 2016-03-31 2016-06-30 2016-09-30 2016-12-31
rrule 2015-03-31 2015-06-30 2015-09-30 2015-12-31 2016-03-31 2016-06-30 2016-09-30 2016-12-31
ical.js 2015-03-25 2015-04-23 2015-04-24 2015-05-25 2015-06-23 2015-06-24
rrule 2015-03-25 2015-04-24 2015-05-25 2015-06-25 2015-07-24 2015-08-25
ical.js 2015-01-31 2015-02-28 2015-03-28 2015-03-29 2015-03-30 2015-03-31
rrule 2015-01-31 2015-02-28 2015-03-31 2015-04-30 2015-05-31 2015-06-30
dateutil 2015-03-31 2015-06-30 2015-09-30 2015-12-31 2016-03-31 2016-06-30 2016-09-30 2016-12-31
dateutil 2015-03-31 2015-06-30 2015-09-30 2015-12-31 2016-03-31 2016-06-30 2016-09-30 2016-12-31
dateutil 2015-03-25 2015-04-24 2015-05-25 2015-06-25 2015-07-24 2015-08-25
dateutil 2015-01-31 2015-02-28 2015-03-31 2015-04-30 2015-05-31 2015-06-30
SEEN
