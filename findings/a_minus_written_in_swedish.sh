#!/usr/bin/env bash
# currency.js 2.0.4 (npm): a Swedish amount below zero, as the number format of JavaScript itself writes it.
#
# In the locale `sv-SE` the sign is U+2212, the minus of print, not the hyphen of the keyboard. currency.js, told of the decimal
# comma, drops the sign with everything else that it does not know: -1,25 is read as 1.25. Its option `errorOnInvalid` minds
# only what is no text and no number. A refund becomes a payment, and a column of both adds up to the wrong sum without a word.
#
# Seen: what is read from the text written and from the same with a hyphen; the sum of 3,00 and the first
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null && npm install --silent --no-audit --no-fund currency.js@2.0.4
cat > ask.js <<'JS'
const currency = require('currency.js');
const swedish = { decimal: ',', separator: ' ', errorOnInvalid: true };
const written = new Intl.NumberFormat('sv-SE').format(-1.25);
for (const text of [written, written.replace('\u2212', '-')]) {
  console.log(text.replace('\u2212', '\\u2212'), currency(text, swedish).value);
}
console.log('sum', ['3,00', written].reduce((sum, text) => sum.add(text), currency(0, swedish)).value);
try {
  console.log(currency(null, swedish).value);
} catch {
  console.log('nothing at all is an error');
}
JS
node ask.js | tee seen
diff - seen <<'SEEN'
\u22121,25 1.25
-1,25 -1.25
sum 4.25
nothing at all is an error
SEEN
