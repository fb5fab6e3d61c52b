#!/usr/bin/env bash
# @gorules/zen-engine 0.54.0 (npm): one unit, two meanings.
#
# `d(…).add('1M')` goes a calendar month. `duration('1M')`, with the same letters, is 30.44 days of seconds, `duration('1y')` is
# 365.25 days, and twelve months are not a year: 365.28 days. A last day reckoned with `date(…) + duration(…)` lies at 10:33 on
# another day than the one that `add` gives.
#
# Seen: 2015-03-01 / 30.44 / 365.25 / false / false
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null && npm install --silent --no-audit --no-fund @gorules/zen-engine@0.54.0
cat > ask.js <<'JS'
const { evaluateExpressionSync: ask } = require('@gorules/zen-engine');
console.log(ask("d('2015-02-01').add('1M').format()", {}).slice(0, 10));
console.log(ask("duration('1M') / 86400", {}));
console.log(ask("duration('1y') / 86400", {}));
console.log(ask("duration('12M') == duration('1y')", {}));
console.log(ask("date('2015-02-01') + duration('1M') == date('2015-03-01')", {}));
JS
node ask.js | tee seen
diff - seen <<'SEEN'
2015-03-01
30.44
365.25
false
false
SEEN
