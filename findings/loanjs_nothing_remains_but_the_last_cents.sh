#!/usr/bin/env bash
# loanjs 1.1.2 (npm) beside mortgagemath 0.7.1 (PyPI): a plan for paying back a loan in equal monthly instalments, each rounded to cents.
#
# Rounded instalments never come out even, so that in such a plan the last one takes up what is left. In loanjs it is as large as the others, and
# `remain` is 0 after it all the same: of 250000 in 360 months 1.18 is never paid back, while of 10000 in 36 months 0.19 too much is. Three parts of 1000
# are 999.99. Its sum of all payments, `sum`, is not the sum of the payments either, but of the loan and the interest. In mortgagemath the last
# payment differs and the parts are the loan to the cent.
#
# Seen: for each loan what the parts of it add up to, what remains, the payments added up, and the sum that the library gives; then mortgagemath
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'mortgagemath==0.7.1'
npm init -y >/dev/null && npm install --silent --no-audit --no-fund loanjs@1.1.2
cat > ask.js <<'JS'
const { Loan } = require('loanjs');

const added = (numbers) => (numbers.reduce((cents, number) => cents + Math.round(number * 100), 0) / 100).toFixed(2);
for (const [amount, months, rate, kind] of [[10000, 36, 19.9, 'annuity'], [250000, 360, 3.5, 'annuity'], [1000, 3, 5, 'diminishing']]) {
  const { installments, sum } = new Loan(amount, months, rate, kind);
  const parts = added(installments.map((one) => one.capital));
  console.log('loanjs', amount, 'parts', parts, 'remain', installments.at(-1).remain, 'paid', added(installments.map((one) => one.installment)), 'sum', sum);
}
JS
cat > ask.py <<'PY'
from decimal import Decimal
from mortgagemath import LoanParams, amortization_schedule

for amount, months, rate in (("10000", 36, "19.9"), ("250000", 360, "3.5")):
    plan = [one for one in amortization_schedule(LoanParams(Decimal(amount), Decimal(rate), months)) if one.number]
    print("mortgagemath", amount, "parts", sum(one.principal for one in plan), "remain", plan[-1].balance, "payments", plan[0].payment, plan[-1].payment)
PY
{ node ask.js; v/bin/python ask.py; } | tee seen
diff - seen <<'SEEN'
loanjs 10000 parts 10000.19 remain 0 paid 13360.68 sum 13360.49
loanjs 250000 parts 249998.82 remain 0 paid 404139.60 sum 404140.78
loanjs 1000 parts 999.99 remain 0 paid 1008.33 sum 1008.34
mortgagemath 10000 parts 10000.00 remain 0.00 payments 371.13 370.94
mortgagemath 250000 parts 250000.00 remain 0.00 payments 1122.62 1117.23
SEEN
