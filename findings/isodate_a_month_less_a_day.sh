#!/usr/bin/env bash
# isodate 0.7.2 (PyPI): a period of one month less one day, as many an agreement has it, written as an ISO 8601 duration and read back.
#
# The library reckons with such a period: from 1 March 2015 it leads to 31 March. ISO 8601 has one sign for the whole duration and none
# within, so that one expects an error when it is written, as for half a month that is added to a date. It is written as `-P1M1D`, the sign of
# the days set before all: read back it is a month *and* a day backward, and leads to 31 January. A year less a day becomes `-P1Y1D`, a day less a
# month the same text as a month less a day.
#
# Seen: each period as text, and the day that the period and its text lead to from 1 March 2015
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'isodate==0.7.2'
cat > ask.py <<'PY'
import datetime
from isodate import duration_isoformat, parse_duration

first = datetime.date(2015, 3, 1)
day, month, year = (parse_duration(text) for text in ("P1D", "P1M", "P1Y"))
for name, period in (("a month", month), ("a month less a day", month - day), ("a day less a month", day - month),
                     ("a year less a day", year - day), ("a year less a month", year - month)):
    text = duration_isoformat(period)
    print(name, text, first + period, first + parse_duration(text))
PY
v/bin/python ask.py | tee seen
diff - seen <<'SEEN'
a month P1M 2015-04-01 2015-04-01
a month less a day -P1M1D 2015-03-31 2015-01-31
a day less a month -P1M1D 2015-02-02 2015-01-31
a year less a day -P1Y1D 2016-02-29 2014-02-28
a year less a month -P1Y1M 2016-02-01 2014-02-01
SEEN
