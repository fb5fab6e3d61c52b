#!/usr/bin/env bash
# Instalments as ISO 8601 writes what repeats, `R5/2015-01-31/P1M`: five times, a month apart, from 31 January. Read by aniso8601 10.0.1 and
# metomi-isodatetime 3.2.0 (PyPI) and by @0dep/piso 5.1.2 (npm).
#
# One would look for the last day of each month, or, where a month that is too short is left out, for the 31st alone. None of the three has either, and no
# day after the first is the same in all of them. aniso8601 makes a month of thirty days and a year of 365, as its readme says: quarters from 1 January
# begin on 30 June and on 27 December. metomi-isodatetime goes by the calendar, but from one day to the next: once February has cut the 31st to the 28th
# it stays there, and a 29 February is gone for good, in leap years too. piso lets a day that a month has not run over into the next, so that February has
# no instalment and March two.
#
# Said from its end, `R5/P1M/2015-05-31`, the last day at least is given. metomi-isodatetime ends on 28 May, as it counts back first and then forth again;
# of the same without a number, `R/P1M/2015-05-31`, it only counts back, and has 31 May, 30 April and 30 March.
#
# Seen: the first five days of each expression; of piso the ends of its periods, with the day before them on which the first begins, where it is given
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"; export TZ=UTC
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'aniso8601==10.0.1' 'metomi-isodatetime==1!3.2.0'
npm init -y >/dev/null && npm install --silent --no-audit --no-fund @0dep/piso@5.1.2
cat > ask.py <<'PY'
from itertools import islice
import aniso8601
from metomi.isodatetime.parsers import TimeRecurrenceParser

def show(who, said, days):
    print(who, said, *(str(day)[:10] for day in islice(days, 5)))

for said in ("R5/2015-01-31/P1M", "R5/2015-01-01/P3M", "R5/2016-02-29/P1Y", "R5/P1M/2015-05-31", "R/P1M/2015-05-31"):
    show("aniso8601", said, aniso8601.parse_repeating_interval(said))
    show("metomi", said, TimeRecurrenceParser().parse(said))
PY
cat > ask.mjs <<'JS'
import { parseInterval } from '@0dep/piso';
for (const said of ['R5/2015-01-31/P1M', 'R5/2015-01-01/P3M', 'R5/2016-02-29/P1Y', 'R5/P1M/2015-05-31']) {
  const interval = parseInterval(said);
  const days = [];
  if (interval.start) days.push(interval.startDate);
  for (let last = days[0] ?? new Date('2015-01-01'); days.length < 5; last = days.at(-1)) days.push(interval.getExpireAt(new Date(last.getTime() + 1)));
  console.log('piso', said, ...days.map((day) => day.toISOString().slice(0, 10)));
}
JS
{ v/bin/python ask.py; node ask.mjs; } | tee seen
diff - seen <<'SEEN'
aniso8601 R5/2015-01-31/P1M 2015-01-31 2015-03-02 2015-04-01 2015-05-01 2015-05-31
metomi R5/2015-01-31/P1M 2015-01-31 2015-02-28 2015-03-28 2015-04-28 2015-05-28
aniso8601 R5/2015-01-01/P3M 2015-01-01 2015-04-01 2015-06-30 2015-09-28 2015-12-27
metomi R5/2015-01-01/P3M 2015-01-01 2015-04-01 2015-07-01 2015-10-01 2016-01-01
aniso8601 R5/2016-02-29/P1Y 2016-02-29 2017-02-28 2018-02-28 2019-02-28 2020-02-28
metomi R5/2016-02-29/P1Y 2016-02-29 2017-02-28 2018-02-28 2019-02-28 2020-02-28
aniso8601 R5/P1M/2015-05-31 2015-05-31 2015-05-01 2015-04-01 2015-03-02 2015-01-31
metomi R5/P1M/2015-05-31 2015-01-28 2015-02-28 2015-03-28 2015-04-28 2015-05-28
aniso8601 R/P1M/2015-05-31 2015-05-31 2015-05-01 2015-04-01 2015-03-02 2015-01-31
metomi R/P1M/2015-05-31 2015-05-31 2015-04-30 2015-03-30 2015-02-28 2015-01-28
piso R5/2015-01-31/P1M 2015-01-31 2015-03-03 2015-03-31 2015-05-01 2015-05-31
piso R5/2015-01-01/P3M 2015-01-01 2015-04-01 2015-07-01 2015-10-01 2016-01-01
piso R5/2016-02-29/P1Y 2016-02-29 2017-03-01 2018-03-01 2019-03-01 2020-02-29
piso R5/P1M/2015-05-31 2015-01-31 2015-03-03 2015-03-31 2015-05-01 2015-05-31
SEEN
