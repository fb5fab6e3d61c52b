#!/usr/bin/env bash
# Swedish public holidays of 1990, 2004 and 2005 in three libraries: holidays 0.109 and workalendar 17.0.0 (PyPI), date-holidays
# 3.37.0 (npm). By the act 1989:253 as changed by 2004:1320, Whit Monday was free through 2004 and 6 June is from 2005.
#
# Only `holidays` follows the change. workalendar knows no Whit Monday in any year, has 6 June free in 1990, and counts midsummer
# eve, which the act does not name. date-holidays gives both days as observances, days that are not free, until 2005: right for
# 6 June, wrong for Whit Monday.
#
# Seen: the table below; `yes` where the library says that the day is free.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'holidays==0.109' 'workalendar==17.0.0'
npm init -y >/dev/null && npm install --silent --no-audit --no-fund date-holidays@3.37.0
cat > ask.py <<'PY'
import datetime
import holidays
from workalendar.europe import Sweden

h, w = holidays.Sweden(include_sundays=False), Sweden()
for text in ("1990-06-06", "2004-05-31", "2005-06-06", "2015-06-19"):
    day = datetime.date.fromisoformat(text)
    print(text, "holidays", "yes" if day in h else "no", "workalendar", "yes" if w.is_holiday(day) else "no")
PY
cat > ask.js <<'JS'
const Holidays = require('date-holidays');
const sweden = new Holidays('SE');
for (const day of ['1990-06-06', '2004-05-31', '2005-06-06', '2015-06-19']) {
  const on = sweden.getHolidays(Number(day.slice(0, 4))).filter((one) => one.date.startsWith(day));
  console.log(day, 'date-holidays', on.map((one) => one.type).join(', ') || 'no');
}
JS
{ v/bin/python ask.py; node ask.js; } | tee seen
diff - seen <<'SEEN'
1990-06-06 holidays no workalendar yes
2004-05-31 holidays yes workalendar no
2005-06-06 holidays yes workalendar yes
2015-06-19 holidays no workalendar yes
1990-06-06 date-holidays observance
2004-05-31 date-holidays observance
2005-06-06 date-holidays public
2015-06-19 date-holidays bank
SEEN
