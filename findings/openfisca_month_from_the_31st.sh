#!/usr/bin/env bash
# OpenFisca-Core 46.0.1 (PyPI): a period of one month that begins on the 31st.
#
# - Its text is `2015-01`, the text of the whole of January, and `period("2015-01")` read back is not the same period.
# - It ends on 27 February, yet the month after it begins on 28 February, and the one after that on 28 March when it is asked
#   for in two steps, but on 31 March when it is asked for in one: days are counted from the rounded day, or from the first.
#
# Seen: text 2015-01 / equal False / stop 2015-02-27 / one step 2015-02-28 / two steps 2015-03-28 / at once 2015-03-31
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'OpenFisca-Core==46.0.1'
cat > ask.py <<'PY'
from openfisca_core import periods
month = periods.Period(("month", periods.Instant((2015, 1, 31)), 1))
print("text", month)
print("equal", periods.period(str(month)) == month)
print("stop", month.stop)
print("one step", month.offset(1).start)
print("two steps", month.offset(1).offset(1).start)
print("at once", month.offset(2).start)
PY
v/bin/python ask.py | tee seen
diff - seen <<'SEEN'
text 2015-01
equal False
stop 2015-02-27
one step 2015-02-28
two steps 2015-03-28
at once 2015-03-31
SEEN
