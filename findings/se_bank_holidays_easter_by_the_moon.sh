#!/usr/bin/env bash
# se-bank-holidays 1.1.7 and swedish-holidays 1.1.2 (npm): Easter in Sweden.
#
# The act 1989:253 names Good Friday, Easter Monday and the days that follow from Easter, and Easter follows the tables of the church, not the moon
# in the sky. se-bank-holidays asks the moon: in most years that is the same Sunday, but in 2019 its Easter is on 24 March, four
# weeks before the 21 April on which it was kept. Monday 22 April, Easter Monday, is then a day on which banks are open, and so is Ascension Day;
# three ordinary days of spring are holidays. The next such year is 2038. swedish-holidays has the days right.
#
# Seen: the holidays from Monday to Friday in March to May 2019, and the years to 2060 in which Easter differs
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null && npm install --silent --no-audit --no-fund se-bank-holidays@1.1.7 swedish-holidays@1.1.2
cat > ask.js <<'JS'
const banks = require('se-bank-holidays');
const swedish = require('swedish-holidays');

function* spring(year) {
  for (let n = 0; n < 92; n += 1) yield new Date(Date.UTC(year, 2, 1 + n));
}
const text = (day) => `${day.getDate()}.${day.getMonth() + 1}`;
const free = (asked) => [...spring(2019)].filter((day) => day.getDay() % 6 && asked(day)).map(text).join(' ');
console.log('se-bank-holidays', free((day) => banks.isHoliday(day)));
console.log('swedish-holidays', free((day) => swedish.isPublicHoliday(day)));
const differs = (year) => [...spring(year)].some((day) => {
  const listed = swedish.isHoliday(day);
  return banks.isEasterSunday(day) !== Boolean(listed && listed.name === 'Påskdagen');
});
console.log(...Array.from({ length: 61 }, (_, n) => 2000 + n).filter(differs));
JS
TZ=UTC node ask.js | tee seen
diff - seen <<'SEEN'
se-bank-holidays 22.3 25.3 1.5 2.5
swedish-holidays 19.4 22.4 1.5 30.5
2019 2038 2045 2049 2057
SEEN
