"""What a reader of the page knows about each indicator in each month, as a range.

A count is known exactly. A percentage or rate is known within its printed digits. A month that the
page does not show may still be known from a printed change: 14, up 180%, was 5.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from openscorecard.periods import Month
from openscorecard.scorecard.page import Change, Figure, FigureStatus, Row, Scorecard
from openscorecard.statistics.ranges import Range, half_up
from openscorecard.units import Unit

Cell = tuple[str, Month]
_DECIMALS = re.compile(r"\d\.(\d+)")


@dataclass(frozen=True)
class Grid:
    """The page by (ref, month). `months` are all that any row shows, charts or compares with."""

    rows: dict[str, Row]
    figures: dict[Cell, Figure]
    implied: dict[Cell, Range]
    months: tuple[Month, ...]

    def known(self, cell: Cell) -> Range | None:
        """The numbers that the cell may hold, as far as the page tells; None where it does not."""
        figure = self.figures.get(cell)
        if figure is not None and figure.status is FigureStatus.VALUE:
            return shown_range(self.rows[cell[0]], figure)
        if figure is not None and figure.status is FigureStatus.HIDDEN:
            return None
        return self.implied.get(cell)

    def known_count(self, ref: str | None, month: Month) -> Range | None:
        """The same for a row of the page that counts; None for any other."""
        row = self.rows.get(ref) if ref is not None else None
        if row is None or row.indicator.unit is not Unit.COUNT:
            return None
        return self.known((row.indicator.ref, month))

    def shares(self) -> Iterator[Row]:
        """The rows that are one number over another: percentages and rates."""
        return (row for row in self.rows.values() if row.indicator.unit is not Unit.COUNT)


def grid_of(scorecard: Scorecard) -> Grid:
    rows = {row.indicator.ref: row for row in scorecard.rows}
    figures: dict[Cell, Figure] = {}
    implied: dict[Cell, Range] = {}
    for ref, row in rows.items():
        for figure in (*row.history, *row.figures):
            held = figures.get((ref, figure.month))
            if held is None or held.status is not FigureStatus.HIDDEN:
                figures[ref, figure.month] = figure
        for change in (row.change_month, row.change_year):
            base = implied_base(row, change)
            if base is not None:
                implied[ref, change.base] = base
    months = {month for _, month in (*figures, *implied)}
    return Grid(rows, figures, implied, tuple(sorted(months)))


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


def implied_base(row: Row, change: Change) -> Range | None:
    """What the earlier month was, if the change and the latest figure give it away."""
    latest = row.latest
    if change.status is not FigureStatus.VALUE or latest.status is not FigureStatus.VALUE:
        return None
    if change.difference is not None and latest.value is not None:
        return Range.exactly(latest.value - change.difference)
    if change.percent is None:
        return None
    decimals = printed_decimals(change.printed)
    percent = Range.of_printed(half_up(change.percent, decimals), decimals)
    factor = Range(percent.low / 100 + 1, percent.high / 100 + 1)
    if factor.low <= 0:  # down 100%: the base may have been anything
        return None
    return shown_range(row, latest) / factor
