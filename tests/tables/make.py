#!/usr/bin/env python3
"""Makes the tables that the calendar is held against, with libraries that share nothing with overens.

    python3 -m venv venv && venv/bin/pip install holidays==0.109 python-dateutil==2.9.0.post0
    venv/bin/python tests/tables/make.py

Easter and the arithmetic of months are dateutil's, Sweden's holidays those of `holidays`. The tables are committed, so that the
tests need neither.
"""

import datetime
import pathlib
import random

import holidays
from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

HERE = pathlib.Path(__file__).parent


def table(name, lines):
    (HERE / name).write_text("\n".join(lines) + "\n")


def easters():
    for decade in range(1580, 4100, 10):
        years = range(max(decade, 1583), min(decade + 10, 4100))
        yield f"{years[0]} " + " ".join(easter(year).strftime("%m-%d") for year in years)


def swedish():
    for year in range(1953, 2101):
        days = holidays.country_holidays("SE", years=[year], include_sundays=False)
        yield f"{year} " + " ".join(day.strftime("%m-%d") for day in sorted(days))


def months():
    """A day, months added, days added after them, and the day that comes of it."""
    draw = random.Random(20260101)
    for _ in range(2000):
        start = datetime.date(draw.randint(1900, 2100), 1, 1) + datetime.timedelta(days=draw.randint(0, 364))
        if draw.random() < 0.5:
            start = start.replace(day=1) + relativedelta(months=1) - datetime.timedelta(days=draw.randint(1, 4))
        count, days = draw.randint(1, 600), draw.choice([0, 0, 1, 30, 365])
        yield f"{start} {count} {days} {start + relativedelta(months=count) + datetime.timedelta(days=days)}"


def recurrences():
    """A day, the months between, and the days that follow it, each counted from the first."""
    draw = random.Random(20260102)
    for _ in range(300):
        start = datetime.date(draw.randint(1950, 2050), draw.randint(1, 12), 1) + relativedelta(day=draw.randint(26, 31))
        every = draw.choice([1, 2, 3, 4, 6, 12, 24, 60])
        later = [start + relativedelta(months=every * count) for count in range(1, 13)]
        yield f"{start} {every} " + " ".join(map(str, later))


table("easter.txt", easters())
table("holidays_of_sweden.txt", swedish())
table("months.txt", months())
table("recurrences.txt", recurrences())
