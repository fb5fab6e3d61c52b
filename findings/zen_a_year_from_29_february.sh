#!/usr/bin/env bash
# @gorules/zen-engine 0.54.0 (npm): years and months that lead to a day that does not exist.
#
# A month from 31 January is 28 February, and twelve months from 29 February 2016 are 28 February 2017. One *year* from
# 29 February 2016 is no day at all: the expression gives an invalid date, without an error, and every comparison goes on with it.
#
# Seen: 2015-02-28 / 2017-02-28 / false / Invalid date
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null && npm install --silent --no-audit --no-fund @gorules/zen-engine@0.54.0
cat > ask.js <<'JS'
const { evaluateExpressionSync: ask } = require('@gorules/zen-engine');
console.log(ask("d('2015-01-31').add(1, 'month').format()", {}).slice(0, 10));
console.log(ask("d('2016-02-29').add(12, 'month').format()", {}).slice(0, 10));
console.log(ask("d('2016-02-29').add(1, 'year').isValid()", {}));
console.log(ask("d('2016-02-29').add(1, 'year').format()", {}));
JS
node ask.js | tee seen
diff - seen <<'SEEN'
2015-02-28
2017-02-28
false
Invalid date
SEEN
