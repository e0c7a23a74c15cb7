"""Notes that speak of hidden numbers.

A note is a sentence, and a sentence gives a number away as well as a cell does. What counts as a
figure in it is what counts as one in a comment; "from 7 of 12 months" and "per 10,000", which our
own notes say, are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

from openscorecard.commentary.mention import Mention
from openscorecard.commentary.numbers import mentions
from openscorecard.scorecard.page import Scorecard
from openscorecard.statistics.ranges import half_up

_NO_FIGURE = re.compile(r"\b\d+ of (?:the )?\d+ (?:months|quarters)\b|\bper [\d,]+", re.IGNORECASE)


def reason(page: Scorecard) -> str:
    """The one reason that every hidden cell of the page gives."""
    counts = f"count of {page.small_counts}" if page.small_counts else "small count"
    return f"Hidden: a {counts}, or a way to work one out."


def speaks_of(text: str, hidden: Iterable[Fraction], limit: int) -> bool:
    """Whether the text bears one of the hidden numbers, in any rounding, or a count that small."""
    hidden = tuple(hidden)
    return any(
        0 < item.value <= limit
        or any(half_up(abs(secret), item.decimals) == item.value for secret in hidden)
        for item in _numbers(text)
    )


@lru_cache(maxsize=1024)  # the same notes are asked about again and again
def _numbers(text: str) -> tuple[Mention, ...]:
    return tuple(mentions(_NO_FIGURE.sub(" ", text)))


def kept(text: str, hidden: Iterable[Fraction], limit: int) -> str:
    """The note, or "" where it speaks of hidden numbers. Nothing stands in its place: that a note
    is left out is of no use to anybody but him who looks for what is hidden."""
    return "" if text and speaks_of(text, hidden, limit) else text


# How the notes of a row name a derived column (scorecard/build.py).
COLUMNS = {
    "change_month": "% change on the month before",
    "change_year": "% change on the year before",
    "average_12m": "12-month average",
    "maximum_12m": "12-month maximum",
}
