#!/usr/bin/env bash
# recurring-ical-events 3.8.2 with icalendar 7.3.2 (PyPI): to-dos with dates, asked for day by day.
#
# A to-do with only `DUE` is found on its due day. Give it the day on which work on it may begin (`DTSTART`), and it is found on
# every day of the span *but* the due day: the day to act is taken for the end that is not counted in, as for an event. Who puts
# the window of a deadline into a calendar loses the line on the one day that matters.
#
# Seen: 2015-02-27 window / 2015-02-28 only due / 2015-03-01 (nothing)
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v
v/bin/pip -q install --disable-pip-version-check 'recurring-ical-events==3.8.2' 'icalendar==7.3.2'
cat > ask.py <<'PY'
import datetime
import icalendar
import recurring_ical_events

def todo(uid, *lines):
    return ["BEGIN:VTODO", f"UID:{uid}", "DTSTAMP:20150101T000000Z", f"SUMMARY:{uid}", *lines, "END:VTODO"]

due = "DUE;VALUE=DATE:20150228"
lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//a//b//EN", *todo("only due", due),
         *todo("window", "DTSTART;VALUE=DATE:20150201", due), "END:VCALENDAR"]
calendar = icalendar.Calendar.from_ical("\r\n".join(lines) + "\r\n")
asked = recurring_ical_events.of(calendar, components=["VTODO"])
for day in ("2015-02-27", "2015-02-28", "2015-03-01"):
    print(day, ", ".join(str(found["SUMMARY"]) for found in asked.at(datetime.date.fromisoformat(day))) or "(nothing)")
PY
v/bin/python ask.py | tee seen
diff - seen <<'SEEN'
2015-02-27 window
2015-02-28 only due
2015-03-01 (nothing)
SEEN
