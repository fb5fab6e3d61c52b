#!/usr/bin/env bash
# ts-ics 2.4.6 (npm) beside python-dateutil 2.9.0.post0 (PyPI): days that come again each month, read from a calendar.
#
# - The last day of the month, `BYMONTHDAY=-1`: ts-ics has 30 March for 31 March and 29 April for 30 April, the day before the last, and none in
#   January.
# - The last weekday, `BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1`: the one before the last.
# - The 31st of each month that has one, `FREQ=MONTHLY` from 31 January. RFC 5545 leaves months without a 31st out. ts-ics takes 28 February for it, and
#   then the 28th of every later month.
# Where the day is the 15th or the second Tuesday, both agree. Nothing is told of an error.
#
# Seen: the first days of each from the day it begins
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"; export TZ=UTC
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'python-dateutil==2.9.0.post0'
npm init -y >/dev/null && npm install --silent --no-audit --no-fund ts-ics@2.4.6
cat > rules <<'RULES'
2015-01-31 FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=4
2015-01-30 FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=4
2015-01-31 FREQ=MONTHLY;COUNT=4
2015-01-15 FREQ=MONTHLY;BYMONTHDAY=15;COUNT=4
2015-01-13 FREQ=MONTHLY;BYDAY=2TU;COUNT=4
RULES
cat > ask.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { convertIcsCalendar, extendByRecurrenceRule } from 'ts-ics';

for (const line of readFileSync('rules', 'utf8').trim().split('\n')) {
  const [day, rule] = line.split(' ');
  const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//a//b//EN', 'BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20150101T000000Z', 'SUMMARY:pay',
    `DTSTART;VALUE=DATE:${day.replaceAll('-', '')}`, `RRULE:${rule}`, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
  const [event] = convertIcsCalendar(undefined, text).events;
  const days = extendByRecurrenceRule(event.recurrenceRule, { start: event.start.date, end: new Date('2016-01-01') });
  console.log('ts-ics', ...days.map((found) => found.toISOString().slice(0, 10)));
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
ts-ics 2015-02-27 2015-03-30 2015-04-29 2015-05-30
ts-ics 2015-02-26 2015-03-30 2015-04-29 2015-05-28
ts-ics 2015-01-31 2015-02-28 2015-03-28 2015-04-28
ts-ics 2015-01-15 2015-02-15 2015-03-15 2015-04-15
ts-ics 2015-01-13 2015-02-10 2015-03-10 2015-04-14
dateutil 2015-01-31 2015-02-28 2015-03-31 2015-04-30
dateutil 2015-01-30 2015-02-27 2015-03-31 2015-04-30
dateutil 2015-01-31 2015-03-31 2015-05-31 2015-07-31
dateutil 2015-01-15 2015-02-15 2015-03-15 2015-04-15
dateutil 2015-01-13 2015-02-10 2015-03-10 2015-04-14
SEEN
