#!/usr/bin/env bash
# frictionless 5.21.0 (PyPI): amounts with their unit, in a column of numbers that a Table Schema describes with `bareNumber` false.
#
# `bareNumber` false says that a unit such as `$` or `kr` may stand before or after the number. All that comes before the first digit or hyphen is then cut
# off, the decimal point with it: `$.50` is 50, a hundred times as much, and so is `.50` with no unit, though the same column without `bareNumber` has a half
# for it. `,50 €` with the decimal comma is the same. With a zero before the point the number is right, so that a test with such amounts
# shows nothing. A minus before the unit, `-$12.50`, is no number at all; after the unit it is.
#
# Seen: the decimal sign, whether numbers are bare, the text, and the number or the error that is read
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'frictionless==5.21.0'
cat > ask.py <<'PY'
from frictionless import Field

texts = ((".", True, ".50"), (".", False, ".50"), (".", False, "$.50"), (".", False, "$0.50"), (".", False, "-$.50"), (".", False, "-$12.50"),
         (".", False, "$-12.50"), (".", False, "-12.50 $"), (",", False, ",50 €"), (",", False, "0,50 €"))
for point, bare, text in texts:
    field = Field.from_descriptor({"name": "fee", "type": "number", "decimalChar": point, "bareNumber": bare})
    print(repr(point), "bare" if bare else "with a unit", text, *field.read_cell(text))
PY
v/bin/python ask.py | tee seen
diff - seen <<'SEEN'
'.' bare .50 0.50 None
'.' with a unit .50 50 None
'.' with a unit $.50 50 None
'.' with a unit $0.50 0.50 None
'.' with a unit -$.50 None {'type': 'type is "number/default"'}
'.' with a unit -$12.50 None {'type': 'type is "number/default"'}
'.' with a unit $-12.50 -12.50 None
'.' with a unit -12.50 $ -12.50 None
',' with a unit ,50 € 50 None
',' with a unit 0,50 € 0.50 None
SEEN
