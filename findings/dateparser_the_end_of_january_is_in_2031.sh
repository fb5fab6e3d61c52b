#!/usr/bin/env bash
# dateparser 1.5.0 (PyPI): a day and a month in Swedish, with no year, as an agreement says them: "31 januari", "12 mars".
#
# In Norwegian, Danish, Finnish, Estonian and German the day is one of the present year. Swedish writes numeric dates from year to day, and the
# library holds to that order even beside a month in letters: the 31 is the year 2031, and the day is taken from the day on which it is asked.
# A day of one digit is read right, so that "1 mars" shows nothing, and so is a full date. `search_dates` of the same
# library, in the same language, finds 31 January of this year. With the setting `DATE_ORDER` "DMY" all is well.
#
# Seen: asked on 15 March 2015
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv v && v/bin/pip -q install --disable-pip-version-check 'dateparser==1.5.0'
cat > ask.py <<'PY'
import datetime
import warnings

import dateparser
from dateparser.search import search_dates

warnings.simplefilter("ignore")
on = {"RELATIVE_BASE": datetime.datetime(2015, 3, 15)}
for language, text in (("nb", "31. januar"), ("da", "31. januar"), ("fi", "31. tammikuuta"), ("et", "31. jaanuar"), ("de", "31. Januar"),
                       ("sv", "31 januari"), ("sv", "12 mars"), ("sv", "1 mars"), ("sv", "31 januari 2015")):
    print(language, text, dateparser.parse(text, languages=[language], settings=on).date())
print("searched", search_dates("Betalas senast 31 januari.", languages=["sv"], settings=on)[0][1].date())
print("with an order", dateparser.parse("31 januari", languages=["sv"], settings={**on, "DATE_ORDER": "DMY"}).date())
PY
v/bin/python ask.py | tee seen
diff - seen <<'SEEN'
nb 31. januar 2015-01-31
da 31. januar 2015-01-31
fi 31. tammikuuta 2015-01-31
et 31. jaanuar 2015-01-31
de 31. Januar 2015-01-31
sv 31 januari 2031-01-15
sv 12 mars 2012-03-15
sv 1 mars 2015-03-01
sv 31 januari 2015 2015-01-31
searched 2015-01-31
with an order 2015-01-31
SEEN
