"""Months of the calendar.

Takes years, month numbers and the forms in which people write months; gives `Month` values that
can be counted, compared and printed; refuses anything that is not certainly a month.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from openscorecard.errors import InputError

_ISO = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month.

    >>> Month(2021, 6).plus(-12).short
    'Jun-20'
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 12 and 1900 <= self.year <= 2200):
            raise ValueError(f"no such month: {self.year}-{self.number}")

    @classmethod
    def parse(cls, text: str, *, where: str = "the month") -> Month:
        """The month that `2021-06` names; anything else is an InputError."""
        match = _ISO.fullmatch(text.strip())
        if match and 1 <= int(match[2]) <= 12 and 1900 <= int(match[1]) <= 2200:
            return cls(int(match[1]), int(match[2]))
        raise InputError(f"{text!r} is not a month", where=where, todo="write it as 2021-06")

    def plus(self, months: int) -> Month:
        year, index = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, index + 1)

    def minus(self, other: Month) -> int:
        """How many months this one lies after the other."""
        return (self.year - other.year) * 12 + self.number - other.number

    @property
    def iso(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def short(self) -> str:
        return f"{calendar.month_abbr[self.number]}-{self.year % 100:02d}"

    @property
    def long(self) -> str:
        return f"{calendar.month_name[self.number]} {self.year}"

    @property
    def last_day(self) -> dt.date:
        return dt.date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    def __str__(self) -> str:
        return self.iso


def months_to(last: Month, count: int) -> tuple[Month, ...]:
    """The `count` months that end with `last`, oldest first."""
    return tuple(last.plus(offset) for offset in range(1 - count, 1))


def day_in_words(date: dt.date) -> str:
    """The day as pages and messages print it.

    >>> day_in_words(dt.date(2021, 7, 2))
    '2 July 2021'
    """
    return f"{date.day} {Month(date.year, date.month).long}"
