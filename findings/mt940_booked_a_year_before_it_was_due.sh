#!/usr/bin/env bash
# A bank statement in the format MT940 over New Year, read by four libraries: mt-940 5.1.1 and mt940 0.8.1 (PyPI), mt940-js 1.0.0 and
# @centrapay/swift-parser 1.0.1 (npm).
#
# Its line `:61:` has the value date with a year, 151231, and the day on which it was booked with none: 0102. A booking lies within days of its value, so that
# it is 2 January 2016; and a value of 2 January 2015 that was booked on 1231 was booked in 2014. Three of the four set the year of the value date before it:
# a rent that came in two days late was booked 363 days *before* it was due, and interest 363 days after. mt-940 alone has both right. Within a year
# all agree, so that a statement of June shows nothing.
#
# Seen: value date and day of booking of three payments
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"; export TZ=UTC
python3 -m venv wolph && wolph/bin/pip -q install --disable-pip-version-check 'mt-940==5.1.1'
python3 -m venv tryton && tryton/bin/pip -q install --disable-pip-version-check 'mt940==0.8.1'
npm init -y >/dev/null && npm install --silent --no-audit --no-fund mt940-js@1.0.0 tslib@2.8.1 @centrapay/swift-parser@1.0.1
printf '%s\r\n' ':20:1' ':25:12345678/0000123456' ':28C:1/1' ':60F:C141231EUR100,00' ':61:1501021231C1,50NINTREF1//B1' ':86:interest' \
  ':61:1506150617C20,00NTRFREF2//B2' ':86:fee' ':61:1512310102C30,00NTRFREF3//B3' ':86:rent' ':62F:C160102EUR151,50' '-' > statement.sta
cat > wolph.py <<'PY'
import mt940

print("mt-940", *(f"{line.data['date']} {line.data['entry_date']}" for line in mt940.parse("statement.sta")), sep="; ")
PY
cat > tryton.py <<'PY'
from mt940 import MT940

lines = [line for statement in MT940("statement.sta").statements for line in statement.transactions]
print("mt940", *(f"{line.date} {line.booking}" for line in lines), sep="; ")
PY
cat > ask.js <<'JS'
const { readFileSync } = require('node:fs');
const { read } = require('mt940-js');
const swift = require('@centrapay/swift-parser');

const data = readFileSync('statement.sta');
const text = (...days) => days.map((day) => day.toISOString().slice(0, 10)).join(' ');
read(data).then(([{ transactions }]) => {
  console.log(['mt940-js', ...transactions.map((line) => `${line.valueDate} ${line.entryDate}`)].join('; '));
  const [statement] = swift.parse({ type: 'mt940', data: data.toString() });
  console.log(['swift-parser', ...statement.transactions.map((line) => text(line.date, line.entryDate))].join('; '));
});
JS
{ wolph/bin/python wolph.py; tryton/bin/python tryton.py; node ask.js; } | tee seen
diff - seen <<'SEEN'
mt-940; 2015-01-02 2014-12-31; 2015-06-15 2015-06-17; 2015-12-31 2016-01-02
mt940; 2015-01-02 2015-12-31; 2015-06-15 2015-06-17; 2015-12-31 2015-01-02
mt940-js; 2015-01-02 2015-12-31; 2015-06-15 2015-06-17; 2015-12-31 2015-01-02
swift-parser; 2015-01-02 2015-12-31; 2015-06-15 2015-06-17; 2015-12-31 2015-01-02
SEEN
