#!/usr/bin/env bash
# @formulajs/formulajs 4.6.1 (npm): the spreadsheet function DATEDIF, whole months and the days left over.
#
# `"MD"` leaves the full months out and counts the days after them. From 15 December 2014 to 10 January 2016 that is 26 days,
# from 15 December 2015 on; the function says -5. From 29 February 2016 to 28 February 2017 it says eleven months and 58 days,
# more than any month has, and `"YD"`, the days after the full years, is -1: no year is full, all 365 days are left.
# A length of membership or of notice put together from `"Y"`, `"YM"` and `"MD"` is off by a month.
#
# Seen: Y, YM, MD, YD for each pair, and the days in all
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null && npm install --silent --no-audit --no-fund @formulajs/formulajs@4.6.1
cat > ask.js <<'JS'
const { DATEDIF } = require('@formulajs/formulajs');
const day = (text) => new Date(...text.split('-').map((part, at) => (at === 1 ? part - 1 : Number(part))));
for (const [from, to] of [['2015-01-15', '2015-03-20'], ['2014-12-15', '2016-01-10'], ['2016-02-29', '2017-02-28']]) {
  const units = ['Y', 'YM', 'MD', 'YD', 'D'].map((unit) => `${unit} ${DATEDIF(day(from), day(to), unit)}`);
  console.log(from, to, ...units);
}
JS
node ask.js | tee seen
diff - seen <<'SEEN'
2015-01-15 2015-03-20 Y 0 YM 2 MD 5 YD 64 D 64
2014-12-15 2016-01-10 Y 1 YM 0 MD -5 YD 26 D 391
2016-02-29 2017-02-28 Y 0 YM 11 MD 58 YD -1 D 365
SEEN
