"""Whether a supplied figure agrees with the counts that came with it."""

from __future__ import annotations

from fractions import Fraction

from openscorecard.records.printed.cells import read_figure
from openscorecard.records.printed.grid import RawCell
from openscorecard.statistics.ranges import Range, printed
from openscorecard.units import Unit

_MOST_DECIMALS = 9


def cannot_be(
    value: Fraction,
    top: Fraction | None,
    bottom: Fraction | None,
    unit: Unit,
    decimals: int,
) -> str:
    """Why the value cannot be right, beside the numerator and denominator that came with it; ""
    where it can. The last of its `decimals` may be rounded."""
    if unit is Unit.PERCENT and value > 100:
        return "is more than 100%"
    could_be = Range.of_printed(value, decimals)
    if unit is Unit.COUNT:
        differs = top is not None and not could_be.holds(top)
        return f"is not its numerator, {printed(top)}" if top is not None and differs else ""
    if bottom == 0:
        return "cannot be of a denominator of 0"
    if top is None or bottom is None or could_be.holds(top / bottom * _PER[unit]):
        return ""
    is_ = f"{printed(top / bottom * _PER[unit], max(decimals, 1))}{unit.suffix}"
    return f"is not {printed(top)} of {printed(bottom)}, which is {is_}"


_PER = {Unit.PERCENT: 100, Unit.PER_10000: 10_000, Unit.PER_100000: 100_000}


def decimals_of(raw: RawCell) -> int:
    """How many the value has: as printed, or as a workbook holds it."""
    cell = read_figure(raw).cell
    decimals = cell.decimals
    while cell.exact and cell.number is not None and decimals < _MOST_DECIMALS:
        if (cell.number * 10**decimals).denominator == 1:
            break
        decimals += 1
    return decimals
