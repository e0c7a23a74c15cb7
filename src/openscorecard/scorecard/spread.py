"""How far councils lie apart, by which a gap of one of them can be weighed.

Outside the limits of chance lie most councils on many measures: they differ in more than their
luck. A gap that chance does not explain is then real and not rare, and the page says both.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from openscorecard.comparators.beside import Beside
from openscorecard.units import Unit

FEWEST = 20  # councils with a size, for which the sentence is worth its words
MONTHS = 12
_PER = {Unit.PERCENT: 100, Unit.PER_10000: 10_000, Unit.PER_100000: 100_000}


@dataclass(frozen=True, slots=True)
class Spread:
    """`apart` of `councils` lie outside the 99.8% limits of their own size; `passed` of all that
    have a value lie on this council's far side: it is higher, or lower, than those."""

    councils: int
    apart: int
    passed: int
    of: int


def spread(unit: Unit, beside: Beside, ours: Fraction, *, above: bool) -> Spread | None:
    """The councils of England round England's value; None where too few have a size, or for counts.

    The council's own published figure is not among those passed. Limits are those of the funnel:
    statistics/funnel.
    """
    from openscorecard.statistics.funnel import FunnelKind, place

    england = beside.value("eng")
    if unit not in _PER or england is None:
        return None
    own = "" if beside.own is None else beside.own.code
    others = [one for one in beside.councils if one.code != own]
    sized = [(one.value, one.denominator) for one in beside.councils if one.denominator]
    if len(sized) < FEWEST:
        return None
    one = Fraction(MONTHS if beside.how == "rate" else 1, _PER[unit])
    kind = FunnelKind.PROPORTION if unit is Unit.PERCENT else FunnelKind.RATE
    at = place(
        kind,
        [float(value * one) for value, _ in sized],
        float(england.value * one),
        [float(size) for _, size in sized],
    )
    passed = sum(other.value < ours if above else other.value > ours for other in others)
    return Spread(len(sized), int((abs(at) == 2).sum()), passed, len(others))
