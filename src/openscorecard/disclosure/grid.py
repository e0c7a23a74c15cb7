"""What a reader of the page knows about each indicator in each month, as a range.

A count is known exactly. A percentage or rate is known within its printed digits. A month that the
page does not show may still be known from a printed change: 14, up 180%, was 5.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from openscorecard.catalogue.indicator import Relation
from openscorecard.disclosure.ties import Quotient, Rest, quotients_of, rests_of
from openscorecard.periods import Month
from openscorecard.scorecard.page import Change, Figure, FigureStatus, Row, Scorecard
from openscorecard.statistics.ranges import Range, half_up
from openscorecard.units import Unit

Cell = tuple[str, Month]
_DECIMALS = re.compile(r"\d\.(\d+)")


@dataclass(frozen=True)
class Grid:
    """The page by (ref, month). `months` are all that any row shows, charts, compares with or is
    judged by.

    `ranges` are the numbers that a cell may hold, as far as the page tells. `quotients` are its
    percentages and rates, `rests` the pairs of counts whose difference is a number of people too.
    `population` is that of all under 18, where the page or its rates tell it.
    """

    rows: dict[str, Row]
    figures: dict[Cell, Figure]
    ranges: dict[Cell, Range]
    months: tuple[Month, ...]
    quotients: tuple[Quotient, ...] = ()
    rests: tuple[Rest, ...] = ()
    population: Range | None = None

    def known(self, cell: Cell) -> Range | None:
        """The numbers that the cell may hold, as far as the page tells; None where it does not."""
        return self.ranges.get(cell)

    def known_count(self, ref: str | None, month: Month) -> Range | None:
        """The same for a row of the page that counts; None for any other."""
        row = self.rows.get(ref) if ref is not None else None
        if row is None or row.indicator.unit is not Unit.COUNT:
            return None
        return self.known((row.indicator.ref, month))

    def shown(self, cell: Cell, hidden: frozenset[Cell]) -> Range | None:
        """What is known of a cell that is not among the hidden ones."""
        return None if cell in hidden or cell[0] not in self.rows else self.known(cell)

    def people_per(self, unit: Unit) -> Range | None:
        """How many people 1 of a rate stands for; None where nothing tells."""
        if self.population is None:
            return None
        if unit is Unit.PER_10000:
            return self.population.scaled(Fraction(1, 10_000))
        return (self.population * YOUNG).scaled(Fraction(1, 100_000))


# Those of an age group that a rate per 100,000 is about, of all under 18. Aged 10 to 17 are 8 of 18
# years of age; a council's own rate may be about all.
YOUNG = Range(Fraction(2, 5), Fraction(1))


def grid_of(scorecard: Scorecard, relations: Iterable[Relation] = ()) -> Grid:
    relations = tuple(relations)
    rows = {row.indicator.ref: row for row in scorecard.rows}
    figures: dict[Cell, Figure] = {}
    ranges: dict[Cell, Range] = {}
    for ref, row in rows.items():
        for figure in (*row.on_record, *row.history, *row.figures):
            held = figures.get((ref, figure.month))
            if held is None or held.status is not FigureStatus.HIDDEN:
                figures[ref, figure.month] = figure
        for change in (row.change_month, row.change_year):
            base = implied_base(row, change)
            if base is not None:
                ranges[ref, change.base] = base
    months = {month for _, month in (*figures, *ranges)}
    for cell, figure in figures.items():
        if figure.status is FigureStatus.VALUE:
            ranges[cell] = shown_range(rows[cell[0]], figure)
        elif figure.status is FigureStatus.HIDDEN:
            ranges.pop(cell, None)
    quotients = quotients_of(rows, relations)
    rests = rests_of(rows, quotients, relations)
    grid = Grid(rows, figures, ranges, tuple(sorted(months)), quotients, rests)
    if scorecard.population is not None:
        return replace(grid, population=Range.exactly(scorecard.population))
    return replace(grid, population=_population_told(grid))


def _population_told(grid: Grid) -> Range | None:
    """The population that counts and their rates tell together; None where they tell none."""
    told: Range | None = None
    for quotient in grid.quotients:
        if quotient.unit is not Unit.PER_10000 or len(quotient.numerator) != 1:
            continue
        for month in grid.months:
            rate = grid.known((quotient.ref, month))
            count = grid.known_count(quotient.numerator[0], month)
            if rate is None or count is None or rate.low <= 0:
                continue
            one = (count / rate).scaled(10_000)
            told = one if told is None else told.within(one)
            if told is None:
                return None
    return told


def shown_range(row: Row, figure: Figure) -> Range:
    """What a figure with a value tells: a count itself, else what its printed digits allow."""
    assert figure.value is not None
    if row.indicator.unit is Unit.COUNT:
        return Range.exactly(figure.value)
    decimals = printed_decimals(figure.printed)
    return Range.of_printed(half_up(figure.value, decimals), decimals)


def printed_decimals(printed: str) -> int:
    match = _DECIMALS.search(printed)
    return len(match[1]) if match else 0


def may_be_small(numbers: Range, limit: int) -> bool:
    """Whether a count in this range may be one of 1 to `limit`.

    >>> may_be_small(Range.exactly(0), 5), may_be_small(Range.exactly(5), 5)
    (False, True)
    """
    least, most = math.ceil(numbers.low), math.floor(numbers.high)
    if least > most:  # no whole number in it: not a count of people, but treat it as one
        return numbers.high > 0 and numbers.low <= limit
    return max(least, 1) <= min(most, limit)


def sum_of(numbers: Iterable[Range]) -> Range:
    total = Range.exactly(0)
    for one in numbers:
        total = total + one
    return total


def implied_base(row: Row, change: Change) -> Range | None:
    """What the earlier month was, if the change and the latest figure give it away."""
    latest = row.latest
    if change.status is not FigureStatus.VALUE or latest.status is not FigureStatus.VALUE:
        return None
    if change.difference is not None and latest.value is not None:
        if row.indicator.unit is Unit.COUNT:
            return Range.exactly(latest.value - change.difference)
        decimals = printed_decimals(change.moved)
        moved = Range.of_printed(half_up(change.difference, decimals), decimals)
        return shown_range(row, latest) - moved
    if change.percent is None:
        return None
    decimals = printed_decimals(change.printed)
    percent = Range.of_printed(half_up(change.percent, decimals), decimals)
    factor = Range(percent.low / 100 + 1, percent.high / 100 + 1)
    if factor.low <= 0:  # down 100%: the base may have been anything
        return None
    return shown_range(row, latest) / factor
