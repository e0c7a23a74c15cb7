"""The first rule: small counts, and the percentages and rates of small counts.

A count of 1 to the limit is hidden; 0 is not. A percentage is hidden where its numerator, its
denominator or (unless the indicator says that the rest may be seen) the rest is that small; so 0%
and 100% of a few children are hidden, 0% and 100% of many are not. Where no count is at hand, the
printed digits are asked what it may be. Source: DfE, Children in need statistics: "any number
between 1 and 5 inclusive has been suppressed".
"""

from __future__ import annotations

from fractions import Fraction

from openscorecard.disclosure.grid import Cell, Grid, may_be_small
from openscorecard.periods import Month
from openscorecard.scorecard.page import Row
from openscorecard.statistics.ranges import Range
from openscorecard.units import Unit


def small_counts(grid: Grid, limit: int) -> set[Cell]:
    """Counts of 1 to the limit, in every month that the page shows, charts or gives away."""
    found: set[Cell] = set()
    for ref, row in grid.rows.items():
        if row.indicator.unit is not Unit.COUNT or not row.indicator.people:
            continue
        for month in grid.months:
            count = grid.known((ref, month))
            if count is not None and may_be_small(count, limit):
                found.add((ref, month))
    return found


def small_shares(grid: Grid, limit: int) -> set[Cell]:
    """Percentages of small numbers or with a small rest, whether or not the page has the
    percentage itself: what hides a percentage hides one of its parts too (arithmetic.shares)."""
    found: set[Cell] = set()
    for row in grid.shares():
        if not row.indicator.people:
            continue
        for month in grid.months:
            numerator, denominator = _parts(grid, row, month)
            parts = [part for part in (numerator, denominator) if part is not None]
            rest_is_small = (
                row.indicator.protect_complement
                and numerator is not None
                and denominator is not None
                and may_be_small(denominator - numerator, limit)
            )
            if rest_is_small or any(may_be_small(part, limit) for part in parts):
                found.add((row.indicator.ref, month))
    return found


def _parts(grid: Grid, row: Row, month: Month) -> tuple[Range | None, Range | None]:
    """Numerator and denominator: as the figure says, as their own rows say, or as the percentage
    and the other one allow. A rate's denominator is the council's population: not asked for."""
    figure = grid.figures.get((row.indicator.ref, month))
    numerator = grid.known_count(row.indicator.numerator, month)
    denominator = grid.known_count(row.indicator.denominator, month)
    if figure is not None and figure.numerator is not None:
        numerator = Range.exactly(figure.numerator)
    if figure is not None and figure.denominator is not None:
        denominator = Range.exactly(figure.denominator)
    if row.indicator.unit is not Unit.PERCENT:
        return numerator, None
    percent = grid.known((row.indicator.ref, month))
    if percent is not None and numerator is None and denominator is not None:
        numerator = (percent * denominator).scaled(Fraction(1, 100))
    if percent is not None and denominator is None and numerator is not None and percent.low > 0:
        denominator = (numerator / percent).scaled(100)
    return numerator, denominator
