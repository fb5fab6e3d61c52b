#!/usr/bin/env bash
# Instalments on three days, in a calendar that lists them: an event on 31 January 2015 with `RDATE` on 15 April and 30 September. Read by ical 14.3.1
# and recurring-ical-events 3.8.2 with icalendar 7.3.2 (PyPI), node-ical 0.26.1 and ical-expander 3.2.0 (npm).
#
# By RFC 5545 the day of the event itself is the first of its days, and `RDATE` adds to it: three. ical and ical-expander leave the first out, so that the
# instalment of January is never due; node-ical knows the first alone, so that the two others never are. recurring-ical-events has all three. Where a rule
# (`RRULE`) stands beside the list, even one of a single day, ical and ical-expander count the first, so that a test with a rule and a day added to it
# shows nothing.
#
# Seen: the days of 2015 in each, with the list alone and with a rule of one day beside it
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"; export TZ=UTC
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'ical==14.3.1' 'recurring-ical-events==3.8.2' 'icalendar==7.3.2'
npm init -y >/dev/null && npm install --silent --no-audit --no-fund node-ical@0.26.1 ical-expander@3.2.0
write() {
  printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//a//b//EN BEGIN:VEVENT UID:1 DTSTAMP:20150101T000000Z SUMMARY:pay \
    'DTSTART;VALUE=DATE:20150131' 'RDATE;VALUE=DATE:20150415,20150930' "${@:2}" END:VEVENT END:VCALENDAR > "$1.ics"
}
write list
write rule 'RRULE:FREQ=MONTHLY;COUNT=1'
cat > ask.py <<'PY'
import datetime
import icalendar
import recurring_ical_events
from ical.calendar_stream import IcsCalendarStream

first, end = datetime.date(2015, 1, 1), datetime.date(2016, 1, 1)
for name in ("list", "rule"):
    text = open(f"{name}.ics", newline="").read()
    print(name, "ical", *(event.start for event in IcsCalendarStream.calendar_from_ics(text).timeline.overlapping(first, end)))
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(first, end)
    print(name, "recurring-ical-events", *sorted(event["DTSTART"].dt for event in found))
PY
cat > ask.js <<'JS'
const { readFileSync } = require('node:fs');
const { expandRecurringEvent, sync } = require('node-ical');
const Expander = require('ical-expander');

const [from, to] = [new Date('2015-01-01'), new Date('2016-01-01')];
for (const name of ['list', 'rule']) {
  const ics = readFileSync(`${name}.ics`, 'utf8');
  const [event] = Object.values(sync.parseICS(ics)).filter((one) => one.type === 'VEVENT');
  console.log(name, 'node-ical', ...expandRecurringEvent(event, { from, to }).map((found) => found.start.toISOString().slice(0, 10)));
  const { events, occurrences } = new Expander({ ics }).between(from, to);
  console.log(name, 'ical-expander', ...[...events, ...occurrences].map((found) => found.startDate.toString()));
}
JS
{ v/bin/python ask.py; node ask.js; } | tee seen
diff - seen <<'SEEN'
list ical 2015-04-15 2015-09-30
list recurring-ical-events 2015-01-31 2015-04-15 2015-09-30
rule ical 2015-01-31 2015-04-15 2015-09-30
rule recurring-ical-events 2015-01-31 2015-04-15 2015-09-30
list node-ical 2015-01-31
list ical-expander 2015-04-15 2015-09-30
rule node-ical 2015-01-31
rule ical-expander 2015-01-31 2015-04-15 2015-09-30
SEEN
