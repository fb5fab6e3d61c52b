#!/usr/bin/env bash
# avro 1.12.2 (PyPI), Apache's own library for Python, beside fastavro 1.13.1 (PyPI): amounts written to an Avro file as `decimal` with two decimals.
#
# Avro keeps such an amount as a whole number of hundredths. avro takes the digits of the `Decimal` as they stand and does not bring them to the scale of
# the schema, so that only an amount that happens to have two decimals stays what it is: 100 is written as 1.00, 12.5 as 1.25. An amount with *more*
# decimals than the schema is refused, from which one takes it that the scale is minded. Zero with a sign, which is what a balance of 0.00 becomes in
# Python when it is multiplied by minus one, is a debt of 0.02. fastavro writes all of them as they are meant, and each library reads both files alike: it
# is the file that is wrong. With `Decimal("100.00")` for one party and `Decimal(100)` for another, the second owes a hundredth of the first.
#
# Seen: a row for each amount, as avro and as fastavro wrote it, each read back by both
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'avro==1.12.2' 'fastavro==1.13.1'
cat > ask.py <<'PY'
import json
from decimal import Decimal
import avro.schema
import fastavro
from avro.datafile import DataFileReader, DataFileWriter
from avro.io import DatumReader, DatumWriter

amount = {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}
schema = {"type": "record", "name": "Debt", "fields": [{"name": "amount", "type": amount}]}
amounts = [Decimal("100.00"), Decimal("100.0"), Decimal("100"), Decimal("12.5"), Decimal("0.5"), Decimal("-5"), Decimal("0.00") * -1]
rows = [{"amount": amount} for amount in amounts]

with DataFileWriter(open("avro", "wb"), DatumWriter(), avro.schema.parse(json.dumps(schema))) as writer:
    for row in rows:
        writer.append(row)
with open("fastavro", "wb") as file:
    fastavro.writer(file, fastavro.parse_schema(schema), rows)

def read(path):
    with open(path, "rb") as file:
        fast = [str(row["amount"]) for row in fastavro.reader(file)]
    with DataFileReader(open(path, "rb"), DatumReader()) as reader:
        return zip([str(row["amount"]) for row in reader], fast)

for amount, by_avro, by_fastavro in zip(amounts, read("avro"), read("fastavro")):
    print(amount, "avro", *by_avro, "fastavro", *by_fastavro)
PY
v/bin/python ask.py | tee seen
diff - seen <<'SEEN'
100.00 avro 100.00 100.00 fastavro 100.00 100.00
100.0 avro 10.00 10.00 fastavro 100.00 100.00
100 avro 1.00 1.00 fastavro 100.00 100.00
12.5 avro 1.25 1.25 fastavro 12.50 12.50
0.5 avro 0.05 0.05 fastavro 0.50 0.50
-5 avro -0.05 -0.05 fastavro -5.00 -5.00
-0.00 avro -0.02 -0.02 fastavro 0.00 0.00
SEEN
