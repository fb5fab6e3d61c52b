#!/usr/bin/env bash
# ics 0.7.3 (PyPI): a calendar that is read and written again, as a program does that adds a line to it.
#
# - A to-do that is due on a day, `DUE;VALUE=DATE:20150228`, is written as due at `20150228T000000Z`: no day any more but its first instant, in UTC.
#   The whole of the last day is then too late, and in America it is due on the evening before. The day of an event stays a day.
# - An alarm at the time itself, `TRIGGER:PT0S`, is written as `TRIGGER:P`, which is no duration. ical.js 2.2.1 (npm) reads the alarm that went in, and has
#   an error for the one that comes out.
#
# Seen: the lines for the days and the alarm before and after, and what ical.js says of the alarm
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'ics==0.7.3'
npm init -y >/dev/null && npm install --silent --no-audit --no-fund ical.js@2.2.1
printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//a//b//EN BEGIN:VTODO UID:1 DTSTAMP:20150101T000000Z SUMMARY:pay 'DUE;VALUE=DATE:20150228' END:VTODO \
  BEGIN:VEVENT UID:2 DTSTAMP:20150101T000000Z SUMMARY:meet 'DTSTART;VALUE=DATE:20150228' BEGIN:VALARM ACTION:DISPLAY DESCRIPTION:now TRIGGER:PT0S \
  END:VALARM END:VEVENT END:VCALENDAR > before.ics
cat > again.py <<'PY'
import ics

with open("before.ics", newline="") as file:
    calendar = ics.Calendar(file.read())
with open("after.ics", "w", newline="") as file:
    file.write(calendar.serialize())
PY
v/bin/python again.py
cat > ask.mjs <<'JS'
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';

for (const name of ['before', 'after']) {
  const text = readFileSync(`${name}.ics`, 'utf8');
  console.log(name, ...text.split(/\r?\n/).filter((line) => /^(DUE|DTSTART|TRIGGER)/.test(line)).sort());
  try {
    const alarm = ICAL.Component.fromString(text).getFirstSubcomponent('vevent').getFirstSubcomponent('valarm');
    console.log(name, 'ical.js', alarm.getFirstPropertyValue('trigger').toString());
  } catch (error) {
    console.log(name, 'ical.js', error.message);
  }
}
JS
node ask.mjs | tee seen
diff - seen <<'SEEN'
before DTSTART;VALUE=DATE:20150228 DUE;VALUE=DATE:20150228 TRIGGER:PT0S
before ical.js PT0S
after DTSTART;VALUE=DATE:20150228 DUE:20150228T000000Z TRIGGER:P
after ical.js invalid duration value: Not enough duration components in ""
SEEN
