"""The first rule: small counts, and the percentages and rates of small counts.

A count of 1 to the limit is hidden; 0 is not. A percentage is hidden where its numerator, its
denominator or (unless the indicator says that the rest may be seen) the rest is that small; so 0%
and 100% of a few children are hidden, 0% and 100% of many are not. Where no count is at hand, the
printed digits are asked what it may be. Source: DfE, Children in need statistics: "any number
between 1 and 5 inclusive has been suppressed".
"""

from __future__ import annotations

from fractions import Fraction

from openscorecard.disclosure.grid import Cell, Grid, may_be_small, sum_of
from openscorecard.disclosure.ties import Quotient
from openscorecard.periods import Month
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
    for quotient in grid.quotients:
        if not quotient.people:
            continue
        for month in grid.months:
            numerator, denominator = parts_of(grid, quotient, month)
            parts = [part for part in (numerator, denominator) if part is not None]
            rest_is_small = (
                quotient.protect_complement
                and numerator is not None
                and denominator is not None
                and may_be_small(denominator - numerator, limit)
            )
            if rest_is_small or any(may_be_small(part, limit) for part in parts):
                found.add((quotient.ref, month))
    return found


def parts_of(grid: Grid, quotient: Quotient, month: Month) -> tuple[Range | None, Range | None]:
    """Numerator and denominator: as the figure says, as their own rows say, or as the percentage
    and the other one allow. Of a rate the numerator alone, of the population where no row has it.
    """
    figure = grid.figures.get((quotient.ref, month))
    numerator = _total(grid, quotient.numerator, month)
    denominator = _total(grid, quotient.denominator, month)
    if figure is not None and figure.numerator is not None:
        numerator = Range.exactly(figure.numerator)
    if figure is not None and figure.denominator is not None:
        denominator = Range.exactly(figure.denominator)
    told = grid.known((quotient.ref, month))
    if quotient.unit.is_rate:
        people = grid.people_per(quotient.unit)
        if numerator is None and told is not None and people is not None:
            numerator = told * people
        return numerator, None
    if told is not None and numerator is None and denominator is not None:
        numerator = (told * denominator).scaled(Fraction(1, 100))
    if told is not None and denominator is None and numerator is not None and told.low > 0:
        denominator = (numerator / told).scaled(100)
    return numerator, denominator


def _total(grid: Grid, refs: tuple[str, ...], month: Month) -> Range | None:
    """What the counts sum to; None where one of them is not known."""
    counts = [grid.known_count(ref, month) for ref in refs]
    known = [count for count in counts if count is not None]
    if not known or len(known) < len(counts):
        return None
    return sum_of(known)
