#!/usr/bin/env bash
# fastparquet 2026.9.0 beside pandas 3.1.1 (PyPI): days in a Parquet file that pyarrow 26.0.1 (PyPI) wrote.
#
# Registers put 9999-12-31 where an agreement or an entry has no end, and a day of long ago where something has always been so. Parquet keeps the number of
# a day, with room for all of these. fastparquet makes nanoseconds of it, which reach from 1677 to 2262, and what does not fit runs over without a word: no
# end is a morning in March 1816, a lease of 999 years has been over since 1845, and 1600 lies ahead. pandas reads the same file with pyarrow as it is, and
# fastparquet itself has no trouble with a column of *times*, midnight of the same days. Whoever asks for the agreements still in force gets all but those
# that have no end.
#
# Seen: each day as pandas reads it, as fastparquet does, and the time beside it as fastparquet reads that
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'fastparquet==2026.9.0' 'pandas==3.1.1' 'pyarrow==26.0.1'
cat > ask.py <<'PY'
from datetime import date, datetime
import fastparquet
import pandas
import pyarrow
import pyarrow.parquet

days = [date(2015, 12, 31), date(9999, 12, 31), date(3014, 6, 30), date(2262, 4, 12), date(1600, 1, 1)]
times = pyarrow.array([datetime(day.year, day.month, day.day) for day in days], pyarrow.timestamp("us"))
pyarrow.parquet.write_table(pyarrow.table({"until": days, "time": times}), "agreements.parquet")

by_pandas = pandas.read_parquet("agreements.parquet", engine="pyarrow")
by_fastparquet = fastparquet.ParquetFile("agreements.parquet").to_pandas()
for row in range(len(days)):
    print(by_pandas.until[row], "fastparquet", str(by_fastparquet.until[row])[:16], "time", str(by_fastparquet.time[row])[:10])
PY
v/bin/python ask.py | tee seen
diff - seen <<'SEEN'
2015-12-31 fastparquet 2015-12-31 00:00 time 2015-12-31
9999-12-31 fastparquet 1816-03-29 05:56 time 9999-12-31
3014-06-30 fastparquet 1845-05-21 00:50 time 3014-06-30
2262-04-12 fastparquet 1677-09-21 00:25 time 2262-04-12
1600-01-01 fastparquet 2184-07-20 23:34 time 1600-01-01
SEEN
