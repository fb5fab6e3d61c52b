#!/usr/bin/env bash
# @bpmn-io/feelin 6.1.1 (npm): FEEL, the expressions of decision tables (DMN), on years and months.
#
# In FEEL a duration of years and months is a number of months: a year is twelve of them, and no number of days. Here both are true: a year
# equals twelve months, and a year is more than twelve months. Twelve months equal 360 days as well as 365, and a year holds 12.17 months.
# The time between two days in full months, which the standard counts, has a fraction: from 1 January 2015 to 28 February it is 1.96 months,
# more than one, and added to the first day it leads past the last, to 1 March at 22:17.
#
# Seen: each expression and its value
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null && npm install --silent --no-audit --no-fund @bpmn-io/feelin@6.1.1
cat > ask.mjs <<'JS'
import { evaluate } from '@bpmn-io/feelin';

const between = (from, to) => `years and months duration(date("${from}"), date("${to}"))`;
for (const expression of [
  'duration("P1Y") = duration("P12M")', 'duration("P1Y") > duration("P12M")', 'duration("P1Y") / duration("P1M")',
  'duration("P12M") = duration("P360D")', 'duration("P12M") = duration("P365D")',
  `${between('2015-01-01', '2015-02-28')}.months`, `${between('2015-01-01', '2015-02-28')} > duration("P1M")`,
  `string(date("2015-01-01") + ${between('2015-01-01', '2015-02-28')})`,
]) {
  console.log(expression, '|', evaluate(expression, {}).value);
}
JS
TZ=UTC node ask.mjs | tee seen
diff - seen <<'SEEN'
duration("P1Y") = duration("P12M") | true
duration("P1Y") > duration("P12M") | true
duration("P1Y") / duration("P1M") | 12.166666666666666
duration("P12M") = duration("P360D") | true
duration("P12M") = duration("P365D") | true
years and months duration(date("2015-01-01"), date("2015-02-28")).months | 1.9642857142857144
years and months duration(date("2015-01-01"), date("2015-02-28")) > duration("P1M") | true
string(date("2015-01-01") + years and months duration(date("2015-01-01"), date("2015-02-28"))) | 2015-03-01T22:17:08.571Z
SEEN
