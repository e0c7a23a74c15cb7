"""A figure that a text mentions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Mention:
    """A number in a text, at text[start:end]. `percent` for percentages and percentage points;
    `decimals` is how many it is given with; `worded` where no number is said but a word that tells
    one: `both girls`."""

    value: Fraction
    decimals: int
    percent: bool
    start: int
    end: int
    worded: bool = False
