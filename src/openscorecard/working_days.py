"""Working days of England: neither weekend nor bank holiday.

Takes dates from 1950 to 2050; gives the bank holidays of England and Wales by their rules, and
working days counted by them; refuses dates outside those years, of which nobody knows them.

Source of the rules: the Banking and Financial Dealings Act 1971, the royal proclamations since
(New Year's Day 1974, early May 1978, substitute days, single moves and extra days), and for the
years before 1971 the Act of 1871 with the trial of later summer holidays from 1965 on.
"""

from __future__ import annotations

import bisect
import datetime as dt
from functools import cache

FIRST_YEAR, LAST_YEAR = 1950, 2050
_DAY = dt.timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6

# Holidays that stood on another day in one year: what the rule gives, and the day itself.
_MOVED = {
    dt.date(1995, 5, 1): dt.date(1995, 5, 8),  # VE Day, fifty years on
    dt.date(2002, 5, 27): dt.date(2002, 6, 4),  # Golden Jubilee
    dt.date(2012, 5, 28): dt.date(2012, 6, 4),  # Diamond Jubilee
    dt.date(2020, 5, 4): dt.date(2020, 5, 8),  # VE Day, seventy-five years on
    dt.date(2022, 5, 30): dt.date(2022, 6, 2),  # Platinum Jubilee
}
# Holidays of one year alone.
_EXTRA = (
    dt.date(1953, 6, 2),  # coronation of Elizabeth II
    dt.date(1973, 11, 14),  # wedding of Princess Anne
    dt.date(1977, 6, 7),  # Silver Jubilee
    dt.date(1981, 7, 29),  # wedding of the Prince of Wales
    dt.date(1999, 12, 31),  # millennium
    dt.date(2002, 6, 3),  # Golden Jubilee
    dt.date(2011, 4, 29),  # wedding of Prince William
    dt.date(2012, 6, 5),  # Diamond Jubilee
    dt.date(2022, 6, 3),  # Platinum Jubilee
    dt.date(2022, 9, 19),  # state funeral of Elizabeth II
    dt.date(2023, 5, 8),  # coronation of Charles III
)


def bank_holidays(first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    """The bank holidays from `first` to `last`, both included, in order.

    >>> [str(day) for day in bank_holidays(dt.date(2021, 12, 1), dt.date(2022, 1, 31))]
    ['2021-12-27', '2021-12-28', '2022-01-03']
    """
    _check(first)
    _check(last)
    days = _all_holidays()
    return days[bisect.bisect_left(days, first) : bisect.bisect_right(days, last)]


def is_working_day(day: dt.date) -> bool:
    """Whether people work that day: Monday to Friday, and no bank holiday."""
    _check(day)
    return day.weekday() < _SATURDAY and day not in _holiday_set()


def working_days_between(first: dt.date, last: dt.date) -> int:
    """How many working days d lie in first < d <= last: 0 on the same day, and where `last` lies
    before `first`.

    From Christmas Eve 2021 (a Friday) to the next Wednesday there is one: Monday and Tuesday were
    the substitute days.

    >>> working_days_between(dt.date(2021, 12, 24), dt.date(2021, 12, 29))
    1
    """
    _check(first)
    _check(last)
    if last <= first:
        return 0
    weeks, rest = divmod((last - first).days, 7)
    weekdays = 5 * weeks + sum(
        (first.weekday() + step) % 7 < _SATURDAY for step in range(1, rest + 1)
    )
    # A substitute day takes the holiday off the weekend, so that every one here is a weekday.
    return weekdays - len(bank_holidays(first + _DAY, last))


def _check(day: dt.date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"bank holidays are known from {FIRST_YEAR} to {LAST_YEAR}, not in {day}")


@cache
def _all_holidays() -> tuple[dt.date, ...]:
    days = {day for year in range(FIRST_YEAR, LAST_YEAR + 1) for day in _by_rule(year)}
    moved = {_MOVED.get(day, day) for day in days} | set(_EXTRA)
    return tuple(sorted(day for day in moved if day.weekday() < _SATURDAY))


@cache
def _holiday_set() -> frozenset[dt.date]:
    return frozenset(_all_holidays())


def _by_rule(year: int) -> list[dt.date]:
    """Some may fall on a weekend, which is no working day anyway."""
    easter = _easter_sunday(year)
    days = [easter - 2 * _DAY, easter + _DAY, _spring(year, easter), _summer(year)]
    days += _christmas(year)
    if year >= 1974:
        days.append(_next_weekday(dt.date(year, 1, 1)))
    if year >= 1978:
        days.append(_monday_from(dt.date(year, 5, 1)))
    return days


def _spring(year: int, easter: dt.date) -> dt.date:
    """The last Monday in May since 1967, Whit Monday before."""
    return _last_monday(year, 5) if year >= 1967 else easter + 50 * _DAY


def _summer(year: int) -> dt.date:
    """The last Monday in August since 1971, the first before; in the trial from 1965 on, the
    Monday after the month's last Saturday."""
    if year >= 1971:
        return _last_monday(year, 8)
    if year < 1965:
        return _monday_from(dt.date(year, 8, 1))
    last = dt.date(year, 8, 31)
    return last - ((last.weekday() - _SATURDAY) % 7) * _DAY + 2 * _DAY


def _christmas(year: int) -> list[dt.date]:
    """Both days; where they fall on a weekend, the weekdays that follow as well."""
    christmas, boxing = dt.date(year, 12, 25), dt.date(year, 12, 26)
    days = [christmas, boxing]
    if christmas.weekday() == _SUNDAY:
        days.append(boxing + _DAY)
    elif boxing.weekday() == _SUNDAY:
        days += [boxing + _DAY, boxing + 2 * _DAY] if year >= 1971 else [boxing + _DAY]
    elif boxing.weekday() == _SATURDAY and year >= 1971:
        days.append(boxing + 2 * _DAY)
    return days


def _next_weekday(day: dt.date) -> dt.date:
    return day + {_SATURDAY: 2, _SUNDAY: 1}.get(day.weekday(), 0) * _DAY


def _monday_from(day: dt.date) -> dt.date:
    return day + (-day.weekday() % 7) * _DAY


def _last_monday(year: int, month: int) -> dt.date:
    """Of May or August, which have 31 days."""
    return _monday_from(dt.date(year, month, 25))


def _easter_sunday(year: int) -> dt.date:
    """By the anonymous Gregorian algorithm (Nature, 1876)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, of_leaps = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon + 15) % 30
    weekday = (32 + 2 * of_leaps + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)
