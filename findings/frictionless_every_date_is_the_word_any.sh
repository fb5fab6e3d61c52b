#!/usr/bin/env bash
# frictionless 5.21.0 (PyPI): a table of dates in several forms, described by a Table Schema with the format `any`, read and written again.
#
# `any` is the format of the standard for a column in which a person wrote `13 March 2015` here and `2015-04-30` there. The dates are read, and the table
# is valid. Written to a new file, each of them is the text `any`: the name of the format is taken for its pattern, and a pattern with no sign for a day
# gives itself. It is the same for times and for days with a time, and nothing is told of an error; only the file that was written is no longer valid. With
# no format, or with one such as `%d.%m.%Y`, dates are written as they should be.
#
# Seen: for each type and format the table as it was read and as it was written, and whether each of both is valid
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'frictionless==5.21.0'
cat > ask.py <<'PY'
from pathlib import Path

from frictionless import Resource, Schema

columns = (("date", "any", "13 March 2015", "2015-04-30"), ("time", "any", "18:00", "6:30 pm"),
           ("datetime", "any", "13 March 2015 18:00", "2015-04-30T12:00"), ("date", "%d.%m.%Y", "13.03.2015", "30.04.2015"),
           ("date", "default", "2015-03-13", "2015-04-30"))
for kind, form, first, second in columns:
    Path("dues.csv").write_text(f"due\n{first}\n{second}\n")
    Path("again.csv").unlink(missing_ok=True)
    schema = Schema.from_descriptor({"fields": [{"name": "due", "type": kind, "format": form}]})
    read = [str(row["due"]) for row in Resource(path="dues.csv", schema=schema).read_rows()]
    Resource(path="dues.csv", schema=schema).write("again.csv")
    written = Path("again.csv").read_text().split("\n")[1:3]
    valid = [Resource(path=path, schema=schema).validate().valid for path in ("dues.csv", "again.csv")]
    print(kind, form, "read", read, "written", written, "valid", *valid)
PY
v/bin/python ask.py | tee seen
diff - seen <<'SEEN'
date any read ['2015-03-13', '2015-04-30'] written ['any', 'any'] valid True False
time any read ['18:00:00', '18:30:00'] written ['any', 'any'] valid True False
datetime any read ['2015-03-13 18:00:00', '2015-04-30 12:00:00'] written ['any', 'any'] valid True False
date %d.%m.%Y read ['2015-03-13', '2015-04-30'] written ['13.03.2015', '30.04.2015'] valid True True
date default read ['2015-03-13', '2015-04-30'] written ['2015-03-13', '2015-04-30'] valid True True
SEEN
