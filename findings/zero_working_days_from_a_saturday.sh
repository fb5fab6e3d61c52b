#!/usr/bin/env bash
# A period of zero, and of one, working days that begins on Saturday 13 June 2015, in four libraries (PyPI): workalendar 17.0.0
# (Sweden), bizdays 1.0.19, pandas 2.3.3, numpy 2.3.5.
#
# Zero working days end on the Saturday itself (workalendar, bizdays), on Monday (pandas), or are an error (numpy without `roll`).
# With numpy's `roll="forward"`, the usual cure, *one* working day ends on Tuesday; in the three others on Monday. In pandas
# zero days and one day are the same day.
#
# Seen: workalendar 13 15 / bizdays 13 15 / pandas 15 15 / numpy error, rolled 15 16
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v
v/bin/pip -q install --disable-pip-version-check 'workalendar==17.0.0' 'bizdays==1.0.19' 'pandas==2.3.3' 'numpy==2.3.5'
cat > ask.py <<'PY'
import datetime
import numpy
import pandas
from bizdays import Calendar
from workalendar.europe import Sweden

day = "2015-06-13"
sweden = Sweden()
print("workalendar", *(sweden.add_working_days(datetime.date.fromisoformat(day), n).day for n in (0, 1)))
plain = Calendar(weekdays=["Saturday", "Sunday"], name="plain", startdate="2010-01-01", enddate="2020-12-31")
print("bizdays", *(datetime.date.fromisoformat(str(plain.offset(day, n))[:10]).day for n in (0, 1)))
print("pandas", *((pandas.Timestamp(day) + pandas.offsets.BDay(n)).day for n in (0, 1)))
try:
    numpy.busday_offset(day, 0)
except ValueError:
    print("numpy error, rolled", *(numpy.busday_offset(day, n, roll="forward").item().day for n in (0, 1)))
PY
v/bin/python ask.py | tee seen
diff - seen <<'SEEN'
workalendar 13 15
bizdays 13 15
pandas 15 15
numpy error, rolled 15 16
SEEN
