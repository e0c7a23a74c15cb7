"""The year that a published figure ends in, from the many ways of writing one.

| written | year |
|---|---|
| `2020` | 2020 |
| `201920`, `2019-20`, `2019/20`, `2019-2020` | 2020: a financial or school year |
| `2018-20` | 2020: several years together |
| `2017/18-19/20` | 2020: several financial years together |
| `Mar-20`, `March 2020`, `31 March 2020` | 2020 |
| any of these with `(Rev)`, `(Final)`, `(prov)`, `(OT)` behind | as without it |

All else is refused: `0`, a week, a quarter, `2019/21`, a day's number as a spreadsheet counts.
"""

from __future__ import annotations

import re

FIRST, LAST = 1980, 2099
MOST_TOGETHER = 6  # years that one figure may cover

# How a table says what its period is, where it does; of these each period is one year.
YEARLY = ("", "reporting year", "calendar year", "financial year", "academic year", "tax year")

# Marks behind a year; of two figures for one year that with the lower number is the better.
MARKS = {"final": 0, "": 1, "ot": 1, "rev": 2, "revised": 2, "prov": 3, "provisional": 3}

_MARK = re.compile(r"(.*?)\s*\((\w+)\)")
_ONE = re.compile(r"\d{4}")
_SIX = re.compile(r"(\d{4})(\d{2})")
_TWO = re.compile(r"(\d{4})\s*([-/–])\s*(\d{4}|\d{2})")
_FINANCIAL = re.compile(r"(\d{4})/(\d{2})\s*[-–]\s*(?:20)?(\d{2})/(\d{2})")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_MONTH = re.compile(r"(?:\d{1,2}\s+)?([a-z]{3,9})[ -]?(\d{4}|\d{2})")


def year_of(period: str, identifier: str = "") -> int | None:
    """The year; None where that is not clear. `identifier` is the table's own word for its period.

    >>> year_of("2019/20"), year_of("2014-16"), year_of("Mar-20"), year_of("2019/21"), year_of("0")
    (2020, 2016, 2020, None, None)
    """
    if identifier.strip().casefold() not in YEARLY:
        return None
    text, _ = _without_mark(period)
    year = _plain_year(text.strip().casefold())
    return year if year is not None and FIRST <= year <= LAST else None


def mark_rank(period: str) -> int:
    """How settled the figure is: 0 final, 1 without a mark, 2 revised, 3 provisional."""
    return MARKS[_without_mark(period)[1]]


def _without_mark(period: str) -> tuple[str, str]:
    match = _MARK.fullmatch(period.strip())
    if match and match[2].casefold() in MARKS:
        return match[1], match[2].casefold()
    return period, ""


def _plain_year(text: str) -> int | None:
    if _ONE.fullmatch(text):
        return int(text)
    if match := _SIX.fullmatch(text):
        return _next(int(match[1]), int(match[2]))
    if match := _FINANCIAL.fullmatch(text):
        first = _next(int(match[1]), int(match[2]))
        start = _after(first, int(match[3])) if first else None
        return _next(start, int(match[4])) if start else None
    if match := _TWO.fullmatch(text):
        start, end = int(match[1]), int(match[3])
        last = end if len(match[3]) == 4 else _after(start, end)
        if last is None or not 0 < last - start < MOST_TOGETHER:
            return None
        return None if match[2] == "/" and last != start + 1 else last
    if (match := _MONTH.fullmatch(text)) and any(name.startswith(match[1]) for name in _MONTHS):
        year = int(match[2])
        return year if year > 99 else year + (1900 if year >= FIRST % 100 else 2000)
    return None


def _next(start: int, two: int) -> int | None:
    """The year after `start`, if `two` are its last digits."""
    return start + 1 if (start + 1) % 100 == two else None


def _after(start: int, two: int) -> int | None:
    """The year with these last digits that follows `start` soon."""
    year = start - start % 100 + two
    year += 100 if year <= start else 0
    return year if 0 < year - start < MOST_TOGETHER else None
