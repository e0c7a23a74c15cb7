"""Which averages and maxima would give a hidden or an unseen small number away."""

from __future__ import annotations

from dataclasses import dataclass

from openscorecard.catalogue.indicator import Frequency
from openscorecard.disclosure.grid import Cell, Grid, may_be_small, printed_decimals, sum_of
from openscorecard.periods import Month, months_to
from openscorecard.scorecard.page import FigureStatus, Row, Summary
from openscorecard.statistics.ranges import Range, half_up
from openscorecard.units import Unit

WINDOW = 12  # months in an average or a maximum


def hidden_averages(
    grid: Grid, hidden: frozenset[Cell], report_month: Month, limit: int
) -> frozenset[str]:
    """Refs whose average is hidden: a month of it is; or the largest month is small; or taking the
    shown months away leaves a small number for the months that the page does not show, of the
    row's own or of those that it leaves of another row."""
    found = _touched(hidden, report_month)
    found |= {
        ref
        for ref, row in grid.rows.items()
        if _small_maximum(grid, row, limit) or _small_remainder(grid, row, report_month, limit)
    }
    found |= {
        rest.part
        for rest in grid.rests
        if found.isdisjoint((rest.part, rest.whole))
        and _small_rest(grid, grid.rows[rest.part], grid.rows[rest.whole], report_month, limit)
    }
    return _with_rates(grid, found)


def hidden_maxima(
    grid: Grid, hidden: frozenset[Cell], report_month: Month, limit: int
) -> frozenset[str]:
    """Refs whose maximum is hidden: a month of it is, or it is a small count itself."""
    found = _touched(hidden, report_month)
    found |= {ref for ref, row in grid.rows.items() if _small_maximum(grid, row, limit)}
    return _with_rates(grid, found)


def _touched(hidden: frozenset[Cell], report_month: Month) -> set[str]:
    """The refs of which a month that counts for an average or a maximum is hidden."""
    window = frozenset(months_to(report_month, WINDOW))
    return {ref for ref, month in hidden if month in window}


def _people_per(grid: Grid, row: Row) -> Range | None:
    """How many people 1 of the row stands for: 1 of a count; so many of a rate whose count has no
    row; None of any other."""
    item = row.indicator
    if not item.people:
        return None
    if item.unit is Unit.COUNT:
        return Range.exactly(1)
    counted = any(one.ref == item.ref and one.numerator for one in grid.quotients)
    return grid.people_per(item.unit) if item.unit.is_rate and not counted else None


def _told(summary: Summary) -> Range | None:
    """What a summary tells by the digits that it prints."""
    if summary.status is not FigureStatus.VALUE or summary.value is None:
        return None
    decimals = printed_decimals(summary.printed)
    return Range.of_printed(half_up(summary.value, decimals), decimals)


def _small_maximum(grid: Grid, row: Row, limit: int) -> bool:
    people, most = _people_per(grid, row), row.maximum_12m.value
    if people is None or most is None:
        return False
    if row.indicator.unit is Unit.COUNT:
        return 0 < most <= limit
    told = _told(row.maximum_12m)
    return told is not None and may_be_small(told * people, limit)


@dataclass(frozen=True)
class _Unseen:
    """The sum over the months of an average that the page does not show, and those it shows."""

    total: Range
    seen: frozenset[Month]
    months: int


def _unseen(grid: Grid, row: Row, report_month: Month) -> _Unseen | None:
    """None where there is no average, or no month of it that is not shown."""
    mean = _told(row.average_12m)
    if mean is None:
        return None
    shown = {
        month: known
        for month in months_to(report_month, WINDOW)
        if (row.indicator.ref, month) in grid.figures
        and (known := grid.known((row.indicator.ref, month))) is not None
    }
    full = 4 if row.indicator.frequency is Frequency.QUARTERLY else WINDOW
    months = full if row.average_12m.months is None else row.average_12m.months
    if months <= len(shown):
        return None
    total = mean.scaled(months) - sum_of(shown.values())
    return _Unseen(total, frozenset(shown), months - len(shown))


def _small_remainder(grid: Grid, row: Row, report_month: Month, limit: int) -> bool:
    people = _people_per(grid, row)
    if people is None:
        return False
    unseen = _unseen(grid, row, report_month)
    return unseen is not None and may_be_small(unseen.total * people, limit)


def _small_rest(grid: Grid, part: Row, whole: Row, report_month: Month, limit: int) -> bool:
    """Whether two averages tell of a small rest in the months that the page does not show."""
    some, all_ = _unseen(grid, part, report_month), _unseen(grid, whole, report_month)
    if some is None or all_ is None or (some.seen, some.months) != (all_.seen, all_.months):
        return False
    return may_be_small(all_.total - some.total, limit)


def _with_rates(grid: Grid, refs: set[str]) -> frozenset[str]:
    """A rate's average or maximum is its count's, divided by a population that all may know. That
    of a sum tells of each count in it."""
    found = set(refs)
    for quotient in grid.quotients:
        if quotient.unit.is_rate and not found.isdisjoint(quotient.numerator):
            found.add(quotient.ref)
        elif quotient.unit.is_rate and quotient.ref in found and len(quotient.numerator) == 1:
            found |= {ref for ref in quotient.numerator if ref in grid.rows}
    return frozenset(found)
