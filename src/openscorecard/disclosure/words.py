"""Notes that speak of hidden numbers.

A note is a sentence, and a sentence gives a number away as well as a cell does. What counts as a
figure in it is what counts as one in a comment; "from 7 of 12 months" and "per 10,000", which our
own notes say, are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from openscorecard.commentary.numbers import mentions
from openscorecard.scorecard.page import Scorecard
from openscorecard.statistics.ranges import half_up

NEUTRAL = "A note here speaks of hidden figures and is not shown."

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
        for item in mentions(_NO_FIGURE.sub(" ", text))
    )


def kept(text: str, hidden: Iterable[Fraction], limit: int) -> str:
    """The note, or the neutral sentence in its place."""
    return NEUTRAL if text and speaks_of(text, hidden, limit) else text
