"""Days: months, working days, ages, and whether a spell holds on a day.

The bank holidays are those of England that gov.uk lists, 2012 to 2028.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

from openscorecard.periods import Month

ONE_DAY = dt.timedelta(days=1)

BANK_HOLIDAYS = frozenset(
    dt.date.fromisoformat(f"{year}-{day}")
    for year, days in {
        2012: "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26",
        2013: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
        2014: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
        2015: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
        2016: "01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27",
        2017: "01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
        2018: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
        2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
        2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
        2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
        2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
        2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
        2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
        2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
        2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
        2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
        2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    }.items()
    for day in days.split()
)


def first_day(month: Month) -> dt.date:
    return dt.date(month.year, month.number, 1)


def last_day(month: Month) -> dt.date:
    if month.number == 12:
        return dt.date(month.year, 12, 31)
    return dt.date(month.year, month.number + 1, 1) - ONE_DAY


def in_month(day: dt.date | None, month: Month) -> bool:
    """A blank date lies in no month."""
    return day is not None and (day.year, day.month) == (month.year, month.number)


@cache
def working_days(start: dt.date, end: dt.date) -> int:
    """Working days after `start` up to and with `end`: the day of the start counts as 0."""
    count = 0
    day = start
    while day < end:
        day += ONE_DAY
        if day.weekday() < 5 and day not in BANK_HOLIDAYS:
            count += 1
    return count


def year_before(day: dt.date) -> dt.date:
    """The same day a year earlier; 29 February goes to the 28th."""
    if (day.month, day.day) == (2, 29):
        return dt.date(day.year - 1, 2, 28)
    return dt.date(day.year - 1, day.month, day.day)


def age(born: dt.date | None, day: dt.date) -> int | None:
    """Full years; who was born on 29 February turns a year older on 1 March in a common year."""
    if born is None:
        return None
    birthday_is_still_to_come = (day.month, day.day) < (born.month, born.day)
    return day.year - born.year - (1 if birthday_is_still_to_come else 0)


def is_open(start: dt.date | None, end: dt.date | None, day: dt.date) -> bool:
    """A spell holds on the day it starts and no longer on the day it ends."""
    return start is not None and start <= day and (end is None or end > day)
