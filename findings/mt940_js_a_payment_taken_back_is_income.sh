#!/usr/bin/env bash
# mt940-js 1.0.0 (npm) beside @centrapay/swift-parser 1.0.1 (npm): payments taken back, in a bank statement in the format MT940.
#
# The line `:61:` marks an amount with `C` (credit) or `D` (debit), with an `R` before it when it is reversed: `RC` takes a credit back, so that money leaves
# the account, and `RD` gives a debit back. mt940-js looks for a C anywhere in the mark and has no field that tells of a reversal: a member's fee of 50 that
# bounced counts as paid twice, a rent of 200 that came back as paid twice over. The bank says itself what is right: both statements close at 1000, where they
# began, but the lines of mt940-js lead to 1100 and 600. Without a reversal it is right, and swift-parser each time.
#
# Seen: for each statement the opening balance, the amount of each line, where they lead, and the closing balance of the bank
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"; export TZ=UTC
npm init -y >/dev/null && npm install --silent --no-audit --no-fund mt940-js@1.0.0 tslib@2.8.1 @centrapay/swift-parser@1.0.1
cat > ask.js <<'JS'
const { read } = require('mt940-js');
const swift = require('@centrapay/swift-parser');

const statement = (closing, ...lines) => Buffer.from([':20:1', ':25:12345678/0000123456', ':28C:1/1', ':60F:C150331EUR1000,00',
  ...lines.flatMap((line, n) => [`:61:150401${line}NTRFREF${n}`, ':86:text']), `:62F:C150402EUR${closing}`, '-', ''].join('\r\n'));
const tell = (name, opening, amounts, closing) => {
  const end = amounts.reduce((sum, amount) => sum + amount, opening);
  console.log(name, opening, amounts.map((amount) => (amount < 0 ? amount : `+${amount}`)).join(' '), '=', end, 'closing', closing);
};
(async () => {
  for (const data of [statement('1000,00', 'C50,00', 'RC50,00'), statement('1000,00', 'D200,00', 'RD200,00'), statement('850,00', 'C50,00', 'D200,00')]) {
    const [js] = await read(data);
    tell('mt940-js', js.openingBalance.value, js.transactions.map((line) => (line.isCredit ? line.amount : -line.amount)), js.closingBalance.value);
    const [other] = swift.parse({ type: 'mt940', data: data.toString() });
    tell('swift-parser', Number(other.openingBalance), other.transactions.map((line) => Number(line.amount)), Number(other.closingBalance));
  }
})();
JS
node ask.js | tee seen
diff - seen <<'SEEN'
mt940-js 1000 +50 +50 = 1100 closing 1000
swift-parser 1000 +50 -50 = 1000 closing 1000
mt940-js 1000 -200 -200 = 600 closing 1000
swift-parser 1000 -200 +200 = 1000 closing 1000
mt940-js 1000 +50 -200 = 850 closing 850
swift-parser 1000 +50 -200 = 850 closing 850
SEEN
