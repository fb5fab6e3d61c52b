#!/usr/bin/env bash
# js-feel 1.4.7 beside feelin 8.2.0 (npm): FEEL, the language of decision tables (DMN), on the parts of days and durations.
#
# - From one day to another FEEL counts days, of which no number makes a month. js-feel makes months of them before it tells `days`: of 31 days 0 are left,
#   of 60 days 29, of 400 days 4. There are never more than 30, so that a rule for those who are more than thirty days late finds nobody, however late. The
#   same rule with a duration, `> duration("P30D")`, finds them.
# - The `month` of a day is JavaScript's, which begins at 0: a rule for month 1 holds in February, and one for month 12 in no month of the year.
# - `decimal(2.5, 0)` is 3, where DMN rounds a half to the even digit. The months from 15 January to 10 March are one, and from 10 March back to 15 January
#   they are two below zero.
#
# feelin has the days, the month and the rounding as they are in DMN. A decision table that is moved to js-feel keeps giving answers, and no error.
#
# Seen: each expression in js-feel and in feelin
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"; export TZ=UTC
npm init -y >/dev/null && npm install --silent --no-audit --no-fund js-feel@1.4.7 feelin@8.2.0
cat > expressions <<'FEEL'
(date("2015-02-01") - date("2015-01-01")).days
(date("2015-03-02") - date("2015-01-01")).days
(date("2015-03-02") - date("2015-01-01")).days > 30
date("2015-03-02") - date("2015-01-01") > duration("P30D")
duration("P400D").days
date("2015-01-31").month
date("2015-12-31").month = 12
decimal(2.5, 0)
years and months duration(date("2015-01-15"), date("2015-03-10"))
years and months duration(date("2015-03-10"), date("2015-01-15"))
FEEL
cat > ask.mjs <<'JS'
import { readFileSync } from 'node:fs';
import jsFeel from 'js-feel';
import { evaluate } from 'feelin';

const { feel } = jsFeel();
for (const expression of readFileSync('expressions', 'utf8').trim().split('\n')) {
  const answers = [await feel.parse(expression).build({}), evaluate(expression, {}).value];
  console.log(expression, ...['js-feel', 'feelin'].flatMap((name, at) => [name, String(answers[at].toISO?.() ?? answers[at].toISOString?.() ?? answers[at])]));
}
JS
node ask.mjs | tee seen
diff - seen <<'SEEN'
(date("2015-02-01") - date("2015-01-01")).days js-feel 0 feelin 31
(date("2015-03-02") - date("2015-01-01")).days js-feel 29 feelin 60
(date("2015-03-02") - date("2015-01-01")).days > 30 js-feel false feelin true
date("2015-03-02") - date("2015-01-01") > duration("P30D") js-feel true feelin true
duration("P400D").days js-feel 4 feelin 400
date("2015-01-31").month js-feel 0 feelin 1
date("2015-12-31").month = 12 js-feel false feelin true
decimal(2.5, 0) js-feel 3 feelin 2
years and months duration(date("2015-01-15"), date("2015-03-10")) js-feel P1M feelin P1M23D
years and months duration(date("2015-03-10"), date("2015-01-15")) js-feel -P2M feelin -P1M26D
SEEN
