#!/usr/bin/env bash
# csvw 4.1.1 (PyPI): amounts in a column that CSV on the Web describes, with the decimal comma and a mark between the thousands.
#
# The description gives `decimalChar`, `groupChar` and a `pattern`, in which point and comma stand for the two as in every such pattern (UAX 35). csvw puts
# the decimal comma first and then changes every comma, this one too, into the mark for groups: 12.50 is written as `12.50` where the mark is a point,
# as in German, and as `12 50` where it is a blank, as in Swedish, and the same description reads 1250 from both, a hundred times as much. 1250.50 is
# written as `1.250.50`, which it then refuses to read, as it refuses `1.250,50`, the text that is right. With the pattern `#0.00` 1250.50 comes back too, as 125050.
# Without a mark for groups, or in the English form, each amount comes back as it went.
#
# Seen: for each format and amount the text written and what is read from it; then what is read from the text that is right
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'csvw==4.1.1'
cat > ask.py <<'PY'
from decimal import Decimal

from csvw import Datatype

def read(kind, text):
    try:
        return kind.parse(text)
    except ValueError:
        return "an error"

formats = (("#,##0.00", ",", ".", "1.250,50"), ("#,##0.00", ",", " ", "1 250,50"), ("#0.00", ",", ".", "1250,50"),
           ("#0.00", ",", None, "1250,50"), ("#,##0.00", ".", ",", "1,250.50"))
for pattern, point, group, right in formats:
    described = {"pattern": pattern, "decimalChar": point}
    if group:
        described["groupChar"] = group
    kind = Datatype.fromvalue({"base": "decimal", "format": described})
    for amount in ("12.50", "1250.50"):
        text = kind.formatted(Decimal(amount))
        print(pattern, repr(point), repr(group), amount, "written", repr(text), "read", read(kind, text))
    print(pattern, repr(point), repr(group), "right", repr(right), "read", read(kind, right))
PY
v/bin/python ask.py | tee seen
diff - seen <<'SEEN'
#,##0.00 ',' '.' 12.50 written '12.50' read 1250
#,##0.00 ',' '.' 1250.50 written '1.250.50' read an error
#,##0.00 ',' '.' right '1.250,50' read an error
#,##0.00 ',' ' ' 12.50 written '12 50' read 1250
#,##0.00 ',' ' ' 1250.50 written '1 250 50' read an error
#,##0.00 ',' ' ' right '1 250,50' read an error
#0.00 ',' '.' 12.50 written '12.50' read 1250
#0.00 ',' '.' 1250.50 written '1250.50' read 125050
#0.00 ',' '.' right '1250,50' read 1250.50
#0.00 ',' None 12.50 written '12,50' read 12.50
#0.00 ',' None 1250.50 written '1250,50' read 1250.50
#0.00 ',' None right '1250,50' read 1250.50
#,##0.00 '.' ',' 12.50 written '12.50' read 12.50
#,##0.00 '.' ',' 1250.50 written '1,250.50' read 1250.50
#,##0.00 '.' ',' right '1,250.50' read 1250.50
SEEN
