"""What a cell of anybody's CSV file says for `scorecard chart`: a date, a number, a gap, a fault.

A cell that may be read in two ways is a fault: it is never guessed.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from fractions import Fraction

from openscorecard.records.printed.cells import WORDS
from openscorecard.records.printed.grid import quoted
from openscorecard.records.printed.months import date_of, month_of
from openscorecard.statistics.control import ChartKind

LARGEST = 10**15  # floats tell neighbouring whole numbers apart up to 9 of these
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+|(?=\.[0-9]))"
    r"(?P<rest>(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,3})?)(?P<percent>\s?%)?"
)
_EITHER = re.compile(r"[+-]?[0-9]{1,3},[0-9]{3}\s?%?")  # 1,234: thousands, or three decimals
_COMMA = re.compile(r"[+-]?[0-9]*,[0-9]+\s?%?")  # 5,5: can only be a decimal comma
_CONTINENTAL = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+\s?%?")  # 1.234,5
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_NO_VALUE = frozenset(WORDS) | {"", "-", "nan", "null"}
_DAY_FIRST = re.compile(
    r"(?<![0-9/.-])[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:[0-9]{4}|[0-9]{2})(?![0-9/-])"
)
_YEAR_FIRST = re.compile(r"(?<![0-9/.-])[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?![0-9])")


def date_in(text: str) -> dt.date | None:
    """The date that a cell or an option names; of a month its first day.

    >>> [date_in(text).isoformat() for text in ("2021-06", "01/06/2021", "Jun-21", "1 June 2021")]
    ['2021-06-01', '2021-06-01', '2021-06-01', '2021-06-01']
    """
    words = " ".join(text.split())
    if _MONTH.fullmatch(words):
        words += "-01"
    try:
        return dt.datetime.fromisoformat(words).date()
    except ValueError:
        pass
    month = month_of(words)
    return date_of(words) or (dt.date(month.year, month.number, 1) if month else None)


def names_day(text: str) -> bool:
    """Whether a cell names the day, and not the month alone."""
    words = " ".join(text.split())
    if _MONTH.fullmatch(words):
        return False
    return date_of(words) is not None or month_of(words) is None


def two_orders(dates: Sequence[tuple[int, str]]) -> list[str]:
    """Dates written day first in a column of year-first ones, or the other way round.

    Spreadsheets make such columns of American dates: those that could be days first were turned
    round, so that no date of the column can be trusted. `dates` are line numbers and cells.
    """
    read = [(line, text) for line, text in dates if date_in(text)]
    day_first = [one for one in read if _DAY_FIRST.search(one[1])]
    year_first = [one for one in read if _YEAR_FIRST.search(one[1])]
    if not (day_first and year_first):
        return []
    few, many = sorted((day_first, year_first), key=len)
    order, other = ("day", "year") if few is day_first else ("year", "day")
    line, example = many[0]
    return [
        f"line {at}: {quoted(text)} begins with the {order}, and other dates with the {other}, "
        f"as {quoted(example)} on line {line}: the column mixes two ways of writing dates"
        for at, text in few
    ]


def number_in(cell: str, kind: ChartKind, *, semicolons: bool) -> tuple[Fraction | None, str]:
    """The number in a cell, None for a gap; and what is wrong with it.

    `semicolons`: they divide the file's cells, as where a comma is the decimal sign.
    """
    text = cell.replace("−", "-").strip()
    if text.lower() in _NO_VALUE:
        return None, ""
    if semicolons and _EITHER.fullmatch(text):
        return None, (
            f"{quoted(cell)} may be a thousand and more or a decimal, for the file is divided by "
            f"semicolons: write {text.replace(',', '')} or {text.replace(',', '.')}"
        )
    match = _NUMBER.fullmatch(text)
    if not match:
        return None, f"{quoted(cell)} is no number{_with_point(text)}"
    digits = match["whole"].replace(",", "") or "0"
    plain = f"{match['sign']}{digits}{match['rest'].rstrip('.')}"
    if not math.isfinite(float(plain)):
        return None, f"{quoted(cell)} is no number"
    if match["percent"] and kind is not ChartKind.XMR:
        return None, f"{quoted(cell)} is a percentage where a count is needed"
    number = Fraction(plain)
    if abs(number) > LARGEST:
        return None, f"{quoted(cell)} is too large to be charted: give it in thousands or millions"
    return number, ""


def _with_point(text: str) -> str:
    """How a number with a decimal comma is to be written."""
    if _COMMA.fullmatch(text):
        point = text.replace(",", ".")
    elif _CONTINENTAL.fullmatch(text):
        point = text.replace(".", "").replace(",", ".")
    else:
        return ""
    return f": write {'0' if point.startswith('.') else ''}{point}"


def impossible(value: Fraction | None, size: Fraction | None, kind: ChartKind) -> str:
    """Why these numbers cannot be what the chart takes them for.

    A count is whole. Events and denominators need not be: they may be weighted, or years of
    people's time.
    """
    if kind is ChartKind.XMR:
        return ""
    if value is not None and value < 0:
        return f"{_words(value)} is below 0, which no count is"
    if kind is ChartKind.C and value is not None and value.denominator != 1:
        return f"{_words(value)} is not whole, as every count is: mend it, or choose --kind xmr"
    if size is not None and size < 0:
        return f"a denominator of {_words(size)} is below 0"
    if value is None or size is None:
        return ""
    if kind.is_proportion and value > size:
        return f"{_words(value)} is more than its denominator, {_words(size)}"
    if size == 0 and value > 0:
        return f"{_words(value)} out of a denominator of 0"
    return ""


def _words(number: Fraction) -> str:
    return f"{float(number):,.10g}"
