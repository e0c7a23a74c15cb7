"""The days of the histories: edges of the calendar, and the limits that the rules set.

Takes a source of chance and a month; gives the next day, or the next end, of a child's story.
"""

from __future__ import annotations

import datetime as dt
import random

from plain.days import BANK_HOLIDAYS, first_day, last_day, working_days, year_before

from openscorecard.periods import Month, months_to

FIRST, LAST = dt.date(2019, 11, 1), dt.date(2021, 3, 31)
MONTHS = months_to(Month(2021, 3), 17)  # November 2019 to March 2021

DAY = dt.timedelta(days=1)
EDGE_DAYS = tuple(
    sorted(
        {dt.date(month.year, month.number, 1) for month in MONTHS}
        | {last_day(month) for month in MONTHS}
        | {dt.date(2020, 2, 28), dt.date(2020, 2, 29), dt.date(2021, 2, 28), dt.date(2021, 3, 1)}
        | {
            day + shift * DAY
            for day in BANK_HOLIDAYS
            if FIRST <= day <= LAST
            for shift in (-1, 0, 1)
        }
    )
)
# From one date of a child to the next: the limits of the rules, and a day on either side of them.
STEPS = (
    *(0, 0, 0, 1, 1, 2, 3, 6, 7, 8, 10, 14, 15, 16, 20, 21, 22, 23, 24, 25, 29, 30, 31, 35, 36),
    *(41, 42, 43, 50, 63, 64, 65, 66, 67, 90, 91, 92, 364, 365, 366),
)


BANDS = (0, 1, 10, 11, 25, 26, 35, 36, 45, 46)  # working days at which an assessment's band ends


def working_days_back(day: dt.date, count: int) -> dt.date:
    """The latest day from which it is `count` working days to that day."""
    back = day
    while working_days(back, day) < count:
        back -= DAY
    return back


def _month_limits(month: Month) -> tuple[dt.date, ...]:
    """Days of the month, and those that lie at a rule's limit before its end."""
    first, last = first_day(month), last_day(month)
    days = [first - DAY, first, first, last, last, last + DAY]
    days += [first + number * DAY for number in range((last - first).days)]
    days += [last - number * DAY for number in (41, 42, 43, 90, 91, 92)]
    days += [year_before(first), year_before(last), year_before(last) + DAY]
    back = last
    while (number := working_days(back, last)) < 17:
        days += [back] if number in (14, 15, 16) else []
        back -= DAY
    return tuple(days)


LIMITS = {month: _month_limits(month) for month in MONTHS}
BIRTHDAYS = (13, 16, 17, 18, 19, 21, 22)  # ages that a rule asks for


class Days:
    """Chooses days, and all else that is chosen, from one source of chance."""

    def __init__(self, source: random.Random, month: Month) -> None:
        self.random = source
        self.limits = LIMITS[month]
        self.days: list[dt.date] = []  # the dates of the present child so far

    # --- choices

    def chance(self, percent: int) -> bool:
        return self.random.random() * 100 < percent

    def flag(self) -> str | None:
        return self.random.choice(("Y", "Y", "Y", "N", "N", None))

    def any_day(self) -> dt.date:
        """A day near another date of this child, one at a limit of the history's month, one at an
        edge of the calendar, or any."""
        draw = self.random.random()
        if draw < 0.30 and self.days:
            day = self.near(self.random.choice(self.days))
        elif draw < 0.75:
            day = self.random.choice(self.limits)
        elif draw < 0.90:
            day = self.random.choice(EDGE_DAYS)
        else:
            day = FIRST + self.random.randrange((LAST - FIRST).days + 1) * DAY
        self.days.append(day)
        return day

    def near(self, day: dt.date) -> dt.date:
        """A day at a distance that some rule asks for, inside the history."""
        if self.chance(10) and day >= FIRST:
            return year_before(day)
        step = self.random.choice(STEPS) * (1 if self.random.random() < 0.5 else -1) * DAY
        return day + step if FIRST <= day + step <= LAST else day

    def end_of(self, start: dt.date, still_open: int = 40) -> dt.date | None:
        """An end: none, the same day, a few even before the start, or later."""
        draw = self.random.random() * 100
        if draw < still_open:
            return None
        if draw < still_open + 8:
            end = start
        elif draw < still_open + 11:
            end = start - self.random.choice((1, 7, 40)) * DAY
        elif draw < still_open + 30:
            end = max(start, self.any_day())
        else:
            end = start + self.random.choice(STEPS) * DAY
        self.days.append(end)
        return end

    def times(self, *weights: int) -> range:
        """range(0), range(1), ... with these weights."""
        return range(self.random.choices(range(len(weights)), weights)[0])

    def born(self) -> dt.date:
        """A birthday that decides on some day of the history, or a 29 February, or any."""
        draw = self.random.random()
        if draw < 0.15:
            return dt.date(self.random.choice((2000, 2004, 2008)), 2, 29)
        if draw < 0.85:
            day = self.random.choice(EDGE_DAYS) + self.random.choice((0, 0, 1)) * DAY
            year = day.year - self.random.choice(BIRTHDAYS)
            is_leap_day = (day.month, day.day) == (2, 29)
            return dt.date(year, 2, 28) if is_leap_day else day.replace(year=year)
        return dt.date(self.random.randint(1998, 2019), self.random.randint(1, 12), 15)
