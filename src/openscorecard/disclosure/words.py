"""Notes that speak of hidden numbers.

A note is a sentence, and a sentence gives a number away as well as a cell does. Dates, lengths of
time and "from 7 of 12 months" are no figures and are looked past; numbers written as words count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from openscorecard.statistics.ranges import half_up

REASON = "Hidden: a small number of people, or a way to work one out."
NEUTRAL = "A note here speaks of hidden figures and is not shown."

_NAMES = "January|February|March|April|May|June|July|August|September|October|November|December"
_NO_FIGURE = re.compile(
    rf"""
      \b\d{{4}}-\d{{2}}(?:-\d{{2}})?\b                       # 2021-06, 2019-20, 2021-06-30
    | \b(?:\d{{1,2}}\s+)?(?:{_NAMES}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[ -]\d{{2,4}}\b
    | \b\d+\ of\ (?:the\ )?\d+\ (?:months|quarters)\b
    | \b\d+(?:[ -]|\ working\ )(?:days?|weeks?|months?|quarters?|years?)\b
    | \bper\ [\d,]+
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![A-Za-z\d])\d[\d,]*(?:\.\d+)?")  # not the 2 of M2 or CP2b
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)


def speaks_of(text: str, hidden: Iterable[Fraction], limit: int) -> bool:
    """Whether the text bears one of the hidden numbers, in any rounding, or a count that small."""
    rest = _NO_FIGURE.sub(" ", text)
    numbers = [(Fraction(_WORDS[word.lower()]), 0) for word in _WORD.findall(rest)]
    for digits in _NUMBER.findall(rest):
        whole, _, part = digits.replace(",", "").partition(".")
        numbers.append((Fraction(f"{whole}.{part or 0}"), len(part)))
    hidden = tuple(hidden)
    return any(
        0 < number <= limit or any(half_up(abs(secret), decimals) == number for secret in hidden)
        for number, decimals in numbers
    )


def kept(text: str, hidden: Iterable[Fraction], limit: int) -> str:
    """The note, or the neutral sentence in its place."""
    return NEUTRAL if text and speaks_of(text, hidden, limit) else text
