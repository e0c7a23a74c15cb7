"""Days and months as whole numbers, which is what makes the simulation quick.

A day is its ordinal (`date.toordinal`), a month is year * 12 + month - 1. Working days are numbered
through (`ORDER[day]` of them have passed by the end of the day), so that counting them is one
subtraction.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from random import Random

from openscorecard.working_days import bank_holidays

_FIRST = dt.date(2002, 1, 1)
_LAST = dt.date(2026, 12, 31)
FLOOR = _FIRST.toordinal()
_HOLIDAYS = frozenset(day.toordinal() for day in bank_holidays(_FIRST, _LAST))

ORDER: list[int] = []  # by day - FLOOR
WORKING: list[int] = []  # by number - 1
for _day in range(FLOOR, _LAST.toordinal() + 1):
    if (_day + 6) % 7 < 5 and _day not in _HOLIDAYS:
        WORKING.append(_day)
    ORDER.append(len(WORKING))


def day(text: str) -> int:
    """The number of a day written as 2021-06-30."""
    return dt.date.fromisoformat(text).toordinal()


def month(text: str) -> int:
    """The number of a month written as 2021-06."""
    return int(text[:4]) * 12 + int(text[5:7]) - 1


def label(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def first_day(number: int) -> int:
    return dt.date(number // 12, number % 12 + 1, 1).toordinal()


def last_day(number: int) -> int:
    return first_day(number + 1) - 1


def month_of(number: int) -> int:
    date = dt.date.fromordinal(number)
    return date.year * 12 + date.month - 1


def load_day(number: int) -> int:
    """The day on which the extract that closes a month is read out: the fifth of the next month,
    or the working day after it."""
    return on_or_after(first_day(number + 1) + 4)


def between(first: int, last: int) -> int:
    """Working days d with first < d <= last."""
    return ORDER[last - FLOOR] - ORDER[first - FLOOR]


def on_or_after(number: int) -> int:
    return WORKING[ORDER[number - 1 - FLOOR]]


def on_or_before(number: int) -> int:
    return WORKING[ORDER[number - FLOOR] - 1]


def later(number: int, working_days: int) -> int:
    """The working day that lies so many working days after a day; 0 = that day or the next."""
    if working_days <= 0:
        return on_or_after(number)
    return WORKING[ORDER[number - FLOOR] + working_days - 1]


def working_day(rng: Random, first: int, last: int) -> int:
    """A working day from `first` to `last`; where there is none, the last one before."""
    low, high = ORDER[first - 1 - FLOOR], ORDER[last - FLOOR]
    if low >= high:
        return on_or_before(last)
    return WORKING[low + int(rng.random() * (high - low))]


def any_day(rng: Random, first: int, last: int, *, weekends: float) -> int:
    """A day from `first` to `last`; every so often one that need not be a working day."""
    if rng.random() < weekends:
        return first + int(rng.random() * (last - first + 1))
    found = working_day(rng, first, last)
    return found if found >= first else last


@cache
def birthday(born: int, years: int) -> int:
    """The day on which somebody becomes that old; born on 29 February: 1 March in common years."""
    date = dt.date.fromordinal(born)
    try:
        return date.replace(year=date.year + years).toordinal()
    except ValueError:
        return dt.date(date.year + years, 3, 1).toordinal()


def year_before(number: int) -> int:
    date = dt.date.fromordinal(number)
    try:
        return date.replace(year=date.year - 1).toordinal()
    except ValueError:
        return dt.date(date.year - 1, 2, 28).toordinal()
