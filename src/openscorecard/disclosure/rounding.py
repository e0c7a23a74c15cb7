"""The last rule: a public number has no more digits than the page prints.

The rules before it reason about what is printed, and a file with twelve digits would undo them:
25.9259259259% of repeat plans is 14 of 54. What anybody may work out from counts that are shown
stays as it is.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from openscorecard.disclosure.grid import Cell, Grid, printed_decimals
from openscorecard.periods import Month, months_to
from openscorecard.scorecard.page import Change, Figure, FigureStatus, Row, Scorecard, Summary
from openscorecard.statistics.ranges import half_up
from openscorecard.units import Unit

WINDOW = 12  # months in an average or a maximum


def as_printed(page: Scorecard, grid: Grid) -> Scorecard:
    """The page with its unrounded numbers as printed, but for those that its counts give. `grid`
    is that of `page` itself."""
    exact = frozenset(cell for cell in grid.figures if _is_exact(page, grid, cell))
    return replace(page, rows=tuple(_row(row, exact) for row in page.rows))


def _is_exact(page: Scorecard, grid: Grid, cell: Cell) -> bool:
    """Whether the page shows what the figure is made from: a count is its own."""
    ref, month = cell
    figure, unit = grid.figures[cell], grid.rows[ref].indicator.unit
    if figure.status is not FigureStatus.VALUE:
        return False
    if unit is Unit.COUNT:
        return True
    made = next((one for one in grid.quotients if one.ref == ref), None)
    if made is None:
        return False
    top = figure.numerator is not None or _all_shown(grid, made.numerator, month)
    if unit.is_rate:
        return top and page.population is not None
    return top and (figure.denominator is not None or _all_shown(grid, made.denominator, month))


def _all_shown(grid: Grid, refs: tuple[str, ...], month: Month) -> bool:
    figures = [grid.figures.get((ref, month)) for ref in refs]
    return bool(refs) and all(
        figure is not None and figure.status is FigureStatus.VALUE for figure in figures
    )


def _row(row: Row, exact: frozenset[Cell]) -> Row:
    return replace(
        row,
        figures=tuple(_figure(row, figure, exact) for figure in row.figures),
        history=tuple(_figure(row, figure, exact) for figure in row.history),
        on_record=tuple(_figure(row, figure, exact) for figure in row.on_record),
        change_month=_change(row, row.change_month, exact),
        change_year=_change(row, row.change_year, exact),
        average_12m=_summary(row, row.average_12m, exact),
        maximum_12m=_summary(row, row.maximum_12m, exact),
    )


def _figure(row: Row, figure: Figure, exact: frozenset[Cell]) -> Figure:
    if figure.value is None or (row.indicator.ref, figure.month) in exact:
        return figure
    return replace(figure, value=_rounded(figure.value, figure.printed))


def _change(row: Row, change: Change, exact: frozenset[Cell]) -> Change:
    ref = row.indicator.ref
    if {(ref, row.latest.month), (ref, change.base)} <= exact:
        return change
    percent, difference = change.percent, change.difference
    if percent is not None:
        percent = _rounded(percent, change.printed)
    if difference is not None and row.indicator.unit is not Unit.COUNT:
        difference = _rounded(difference, change.moved)
    return replace(change, percent=percent, difference=difference)


def _summary(row: Row, summary: Summary, exact: frozenset[Cell]) -> Summary:
    if summary.value is None:
        return summary
    window = months_to(row.latest.month, WINDOW)
    held = sum((row.indicator.ref, month) in exact for month in window)
    if not summary.as_printed and summary.months == held:
        return summary
    return replace(summary, value=_rounded(summary.value, summary.printed))


def _rounded(number: Fraction, printed: str) -> Fraction:
    return half_up(number, printed_decimals(printed))
