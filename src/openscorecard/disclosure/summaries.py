"""Which averages and maxima would give a hidden or an unseen small number away."""

from __future__ import annotations

from fractions import Fraction

from openscorecard.catalogue.indicator import Frequency
from openscorecard.disclosure.grid import Cell, Grid, may_be_small, printed_decimals
from openscorecard.periods import Month, months_to
from openscorecard.scorecard.page import FigureStatus, Row
from openscorecard.statistics.ranges import Range, half_up
from openscorecard.units import Unit

WINDOW = 12  # months in an average or a maximum


def hidden_averages(
    grid: Grid, hidden: frozenset[Cell], report_month: Month, limit: int
) -> frozenset[str]:
    """Refs whose average is hidden: a month of it is; or the largest month is small; or taking the
    shown months away leaves a small number for the months that the page does not show."""
    found = {
        ref
        for ref, row in grid.rows.items()
        if _touches(ref, hidden, report_month)
        or _small_maximum(row, limit)
        or _small_remainder(grid, row, report_month, limit)
    }
    return _with_rates(grid, found)


def hidden_maxima(
    grid: Grid, hidden: frozenset[Cell], report_month: Month, limit: int
) -> frozenset[str]:
    """Refs whose maximum is hidden: a month of it is, or it is a small count itself."""
    found = {
        ref
        for ref, row in grid.rows.items()
        if _touches(ref, hidden, report_month) or _small_maximum(row, limit)
    }
    return _with_rates(grid, found)


def _touches(ref: str, hidden: frozenset[Cell], report_month: Month) -> bool:
    return any((ref, month) in hidden for month in months_to(report_month, WINDOW))


def _counts_people(row: Row) -> bool:
    return row.indicator.unit is Unit.COUNT and row.indicator.people


def _small_maximum(row: Row, limit: int) -> bool:
    most = row.maximum_12m.value
    return _counts_people(row) and most is not None and 0 < most <= limit


def _small_remainder(grid: Grid, row: Row, report_month: Month, limit: int) -> bool:
    mean = row.average_12m
    if not _counts_people(row) or mean.status is not FigureStatus.VALUE or mean.value is None:
        return False
    seen = [
        figure.value
        for month in months_to(report_month, WINDOW)
        if (figure := grid.figures.get((row.indicator.ref, month))) and figure.value is not None
    ]
    full = 4 if row.indicator.frequency is Frequency.QUARTERLY else WINDOW
    months = full if mean.months is None else mean.months
    if months <= len(seen):
        return False
    decimals = printed_decimals(mean.printed)
    total = Range.of_printed(half_up(mean.value, decimals), decimals).scaled(months)
    return may_be_small(total.shifted(-sum(seen, Fraction(0))), limit)


def _with_rates(grid: Grid, refs: set[str]) -> frozenset[str]:
    """A rate's average or maximum is its count's, divided by a population that all may know."""
    pairs = [
        (row.indicator.ref, row.indicator.numerator)
        for row in grid.shares()
        if row.indicator.unit.is_rate and row.indicator.numerator in grid.rows
    ]
    both = {ref for pair in pairs if not refs.isdisjoint(pair) for ref in pair if ref is not None}
    return frozenset(refs | both)
