#!/usr/bin/env bash
# Babel 2.19.0 (PyPI): the number of a week, asked for in the locales `sv` and `sv_SE`.
#
# The language is the same; only with the country are weeks counted as in ISO 8601, as Sweden counts them. The language
# alone takes the week with 1 January for the first: the number of the week is wrong in all of 2016 and 2017, and with it every
# "by week 8". In a year that begins on Monday to Thursday both agree until the end of December, so that a test in the middle of
# 2015 shows nothing. It is the same for German with and without Germany.
#
# Seen: the days of 2014 to 2017 whose year and week differ from ISO 8601; 1 January and 28 February 2016
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'babel==2.19.0'
cat > ask.py <<'PY'
import datetime
from babel.dates import format_date

def iso(day):
    year, week, _ = day.isocalendar()
    return f"{year}-{week:02}"

def asked(day, locale):
    return format_date(day, "YYYY-ww", locale=locale)

for locale in ("sv", "sv_SE", "de", "de_DE"):
    wrong = []
    for year in (2014, 2015, 2016, 2017):
        first = datetime.date(year, 1, 1)
        days = [first + datetime.timedelta(n) for n in range((datetime.date(year + 1, 1, 1) - first).days)]
        wrong.append(sum(asked(day, locale) != iso(day) for day in days))
    print(locale, *wrong, asked(datetime.date(2016, 1, 1), locale), asked(datetime.date(2016, 2, 28), locale))
PY
v/bin/python ask.py | tee seen
diff - seen <<'SEEN'
sv 0 4 366 365 2016-01 2016-09
sv_SE 0 0 0 0 2015-53 2016-08
de 0 4 366 365 2016-01 2016-09
de_DE 0 0 0 0 2015-53 2016-08
SEEN
