#!/usr/bin/env bash
# date-fns 4.4.0 (npm): months, quarters and years between two days at the end of February.
#
# Two months from 31 December 2015 are 29 February 2016, the library's own `addMonths` says so. On 28 February
# `differenceInMonths` has both months full already, and `intervalToDuration` gives two months and minus one day. In the other
# direction the same two days are one month apart. From 29 February 2016 to 28 February 2017 it counts twelve months and four
# quarters, but no year. A rule "after two months" begins a day early, and "a member for a year" hangs on the unit it is asked in.
#
# Seen: the lines below
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null && npm install --silent --no-audit --no-fund date-fns@4.4.0
cat > ask.js <<'JS'
const f = require('date-fns');
const day = (text) => new Date(...text.split('-').map((part, at) => (at === 1 ? part - 1 : Number(part))));
for (const [from, to] of [['2015-12-31', '2016-02-28'], ['2015-12-31', '2016-02-29'], ['2016-02-29', '2017-02-28']]) {
  const [a, b] = [day(from), day(to)];
  const months = f.differenceInMonths(b, a);
  console.log(from, to, 'months', months, 'reached', f.format(f.addMonths(a, months), 'yyyy-MM-dd'));
  console.log('  back', f.differenceInMonths(a, b), 'quarters', f.differenceInQuarters(b, a), 'years', f.differenceInYears(b, a),
    JSON.stringify(f.intervalToDuration({ start: a, end: b })));
}
JS
node ask.js | tee seen
diff - seen <<'SEEN'
2015-12-31 2016-02-28 months 2 reached 2016-02-29
  back -1 quarters 0 years 0 {"months":2,"days":-1}
2015-12-31 2016-02-29 months 2 reached 2016-02-29
  back -1 quarters 0 years 0 {"months":2}
2016-02-29 2017-02-28 months 12 reached 2017-02-28
  back -11 quarters 4 years 0 {"months":12}
SEEN
