#!/usr/bin/env bash
# fiscal 1.0.0 (npm): the financial year that is the calendar year.
#
# `new Fiscal(month)` takes the month, from 0, in which the year begins. A year that begins in April or July is right. One that
# begins in January, the commonest, ends on the day before its first: 1 January 2015 to 31 December 2014. No day of it lies
# between its start and its end, while its quarters are right, so that a report by quarters adds up and one by years is empty.
#
# Seen: for 15 February 2015, the year and the quarter with their first and last days
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null && npm install --silent --no-audit --no-fund fiscal@1.0.0
cat > ask.js <<'JS'
const Fiscal = require('fiscal');
const text = (day) => [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
for (const month of [0, 3, 6]) {
  const { fiscalYear: year, quarter } = new Fiscal(month).getFiscalInfoForDate(new Date(2015, 1, 15));
  console.log(month, year.fiscalYear, text(year.startDate), text(year.endDate));
  console.log('  ', quarter.string, text(quarter.startDate), text(quarter.endDate));
}
JS
node ask.js | tee seen
diff - seen <<'SEEN'
0 2015 2015-01-01 2014-12-31
   Q1 2015-01-01 2015-03-31
3 2015 2014-04-01 2015-03-31
   Q4 2015-01-01 2015-03-31
6 2015 2014-07-01 2015-06-30
   Q3 2015-01-01 2015-03-31
SEEN
