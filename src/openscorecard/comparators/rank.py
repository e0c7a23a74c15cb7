"""Where a council stands among all: rank and quartile.

Source of the rules: the Department's local authority interactive tool (MEASURES.md, "Benchmark
logic seen"): ties share the better rank; quarters are cut at the quartiles of all councils' values
(linear between the ordered values), and a value on a cut belongs to the lower quarter. The tool
names the lowest quarter A; here A is the best quarter, whichever way that is.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from openscorecard.catalogue.indicator import Direction


def rank(value: Fraction, values: Sequence[Fraction], direction: Direction) -> int:
    """1 is the best by the direction, and the highest where there is none."""
    if direction is Direction.DOWN:
        return 1 + sum(other < value for other in values)
    return 1 + sum(other > value for other in values)


def quartile(value: Fraction, values: Sequence[Fraction], direction: Direction) -> str | None:
    """A (best) to D; None without a preferred direction, or with fewer than four councils."""
    if direction is Direction.NONE or len(values) < 4:
        return None
    below = sum(value > cut for cut in cuts(values))
    return "ABCD"[below] if direction is Direction.DOWN else "DCBA"[below]


def cuts(values: Sequence[Fraction]) -> tuple[Fraction, Fraction, Fraction]:
    """The three quartiles, linear between the ordered values.

    >>> cuts([Fraction(n) for n in (1, 2, 3, 4)])
    (Fraction(7, 4), Fraction(5, 2), Fraction(13, 4))
    """
    ordered = sorted(values)
    found = []
    for quarter in (1, 2, 3):
        at = Fraction(quarter * (len(ordered) - 1), 4)
        low = int(at)
        high = min(low + 1, len(ordered) - 1)
        found.append(ordered[low] + (at - low) * (ordered[high] - ordered[low]))
    return found[0], found[1], found[2]
