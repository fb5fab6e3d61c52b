#!/usr/bin/env bash
# stockholm 0.5.7 and py-moneyed 3.0 (PyPI): an amount in its smallest unit, the whole number that payment services ask for.
#
# - The smallest unit of the yen is the yen. stockholm has 100 of them for `Money("100", Currency.JPY)`, and 10000 for `Money("100", "JPY")`, which it calls
#   equal; for the two added up it has 200 or 20000, by which of them comes first. A dinar of Bahrain has 1000 fils; in stockholm it has 100, however
#   the currency is named.
# - py-moneyed has the units right, but shows 24.9875 kronor as 24.99, rounds it to 24.99 and gives 2498 öre: one less is paid than the bill says.
#
# Seen: the smallest units of yen and dinars in each; amounts with a part of an öre
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'stockholm==0.5.7' 'py-moneyed==3.0'
cat > ask.py <<'PY'
import moneyed
from stockholm import Currency, Money

named, known = Money("100", "JPY"), Money("100", Currency.JPY)
print("JPY equal", named == known, "units", named.sub_units, known.sub_units, "py-moneyed", moneyed.Money("100", "JPY").get_amount_in_sub_unit())
print("JPY added", (named + known).sub_units, (known + named).sub_units, "from 100 units", Money.from_sub_units(100, "JPY"))
for code in ("BHD", "SEK"):
    units = (Money("1", code).sub_units, Money("1", getattr(Currency, code)).sub_units)
    print(code, "units of one", *units, "py-moneyed", moneyed.Money("1", code).get_amount_in_sub_unit())
for amount in ("24.9875", "2.999", "24.98"):
    price = moneyed.Money(amount, "SEK")
    print("py-moneyed", amount, ascii(str(price)), price.round(2).amount, "units", price.get_amount_in_sub_unit())
PY
v/bin/python ask.py | tee seen
diff - seen <<'SEEN'
JPY equal True units 10000 100 py-moneyed 100
JPY added 20000 200 from 100 units 1.00 JPY
BHD units of one 100 100 py-moneyed 1000
SEK units of one 100 100 py-moneyed 100
py-moneyed 24.9875 'SEK\xa024.99' 24.99 units 2498
py-moneyed 2.999 'SEK\xa03.00' 3.00 units 299
py-moneyed 24.98 'SEK\xa024.98' 24.98 units 2498
SEEN
