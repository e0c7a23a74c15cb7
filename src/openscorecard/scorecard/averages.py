"""Which averages a window of months can have when not all of its months are seen."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from openscorecard.statistics.ranges import Range
from openscorecard.units import Unit


def averages_possible(held: Sequence[Range], unseen: int, each: Range) -> tuple[Range, ...]:
    """The ranges of the mean of the `held` months and of none, one, ... or all `unseen` ones.

    An unseen month may have been blank, and is then left out of the mean; if it had a figure, this
    lay within `each`. One range for every number of unseen months that counted.
    """
    low = sum((one.low for one in held), Fraction(0))
    high = sum((one.high for one in held), Fraction(0))
    ranges = []
    for free in range(unseen + 1):
        count = len(held) + free
        if count:
            ranges.append(Range((low + free * each.low) / count, (high + free * each.high) / count))
    return tuple(ranges)


def can_average_to(asked: Range, held: Sequence[Range], unseen: int, each: Range) -> bool:
    """Whether some choice of the unseen months brings the mean into `asked`."""
    return any(asked.meets(possible) for possible in averages_possible(held, unseen, each))


def each_month(unit: Unit, asked: Range, maximum: Range | None) -> Range:
    """What one unseen month may have been: not below 0, not above the printed maximum, and a
    percentage not above 100; without a bound, as high as the average itself could ask for."""
    bounds = [asked.high * 12]
    if maximum is not None:
        bounds.append(maximum.high)
    if unit is Unit.PERCENT:
        bounds.append(Fraction(100))
    return Range(Fraction(0), max(Fraction(0), min(bounds)))
