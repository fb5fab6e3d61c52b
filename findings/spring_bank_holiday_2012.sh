#!/usr/bin/env bash
# The spring bank holiday of 2012 in England was moved by proclamation from Monday 28 May to Monday 4 June, beside the jubilee on
# Tuesday 5 June. holidays 0.109 (PyPI) has it so. date-holidays 3.37.0 (npm) has the jubilee, but leaves the spring holiday on
# 28 May and takes 4 June for a working day: seven working days from Friday 25 May differ by one.
#
# Seen: holidays 2012-06-04 2012-06-05 / date-holidays 2012-05-28 2012-06-05
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'holidays==0.109'
npm init -y >/dev/null && npm install --silent --no-audit --no-fund date-holidays@3.37.0
cat > ask.py <<'PY'
import holidays
days = sorted(holidays.UnitedKingdom(subdiv="ENG", years=2012))
print("holidays", *(str(day) for day in days if "2012-05-15" < str(day) < "2012-06-15"))
PY
cat > ask.js <<'JS'
const Holidays = require('date-holidays');
const free = new Holidays('GB', 'ENG').getHolidays(2012).filter((one) => one.type === 'public' || one.type === 'bank');
const days = free.map((one) => one.date.slice(0, 10)).filter((day) => day > '2012-05-15' && day < '2012-06-15');
console.log('date-holidays', ...days);
JS
{ v/bin/python ask.py; node ask.js; } | tee seen
diff - seen <<'SEEN'
holidays 2012-06-04 2012-06-05
date-holidays 2012-05-28 2012-06-05
SEEN
