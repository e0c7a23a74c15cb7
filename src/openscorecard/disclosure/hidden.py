"""The numbers that the council's own page has and its public view has not.

For whoever must look for them elsewhere: in comments, in published files.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from openscorecard.disclosure.grid import implied_base
from openscorecard.periods import Month
from openscorecard.scorecard.page import Change, Figure, FigureStatus, Row, Scorecard, Summary
from openscorecard.statistics.ranges import half_up
from openscorecard.units import Unit


@dataclass(frozen=True, slots=True)
class HiddenNumber:
    """`column` is a month (`2021-06`), or change_month, change_year, average_12m, maximum_12m;
    `month` is that month, or the report month.

    `value` is unrounded, in printed units; `percent` for percentages, their points and % changes.
    `place` says for people where it stood: `M4, April 2021`.
    """

    ref: str
    month: Month
    column: str
    value: Fraction
    percent: bool
    place: str


def hidden_numbers(before: Scorecard, after: Scorecard) -> tuple[HiddenNumber, ...]:
    """What `before` says and `after`, its public view, does not; in the page's order, each once.

    A hidden figure also gives its numerator, its denominator and, where that is protected, the
    rest, unless their own rows show them in that month. A hidden change gives its percent, its
    difference and the earlier month that it would tell: 14, up 180%, hides the 5 of a year before.
    """
    found: dict[HiddenNumber, None] = {}
    for row in before.rows:
        public = after.row(row.indicator.ref)
        if public is not None:
            found |= dict.fromkeys(_of_figures(row, public, after))
            found |= dict.fromkeys(_of_changes(row, public))
            found |= dict.fromkeys(_of_summaries(row, public))
    return tuple(found)


def _of_figures(row: Row, public: Row, after: Scorecard) -> Iterator[HiddenNumber]:
    hidden = {figure.month for figure in _all(public) if _is_hidden(figure)}
    for figure in _all(row):
        if figure.month in hidden:
            if figure.value is not None:
                yield _in_month(row, figure.month, figure.value, _in_percent(row))
            for part in _parts(row, figure, after):
                yield _in_month(row, figure.month, part, False)


def _of_changes(row: Row, public: Row) -> Iterator[HiddenNumber]:
    ref, report = row.indicator.ref, row.latest.month
    for column, change, seen in (
        ("change_month", row.change_month, public.change_month),
        ("change_year", row.change_year, public.change_year),
    ):
        if not _is_hidden(seen):
            continue
        place = f"{ref}, change from {change.base.long} to {report.long}"
        if change.percent is not None:
            yield HiddenNumber(ref, report, column, change.percent, True, place)
        if change.difference is not None:
            yield HiddenNumber(ref, report, column, change.difference, _in_percent(row), place)
        base = _base_told_by(row, change)
        if base is not None:
            yield _in_month(row, change.base, base, _in_percent(row))


def _of_summaries(row: Row, public: Row) -> Iterator[HiddenNumber]:
    ref, report = row.indicator.ref, row.latest.month
    for column, summary, seen, name in (
        ("average_12m", row.average_12m, public.average_12m, "average"),
        ("maximum_12m", row.maximum_12m, public.maximum_12m, "maximum"),
    ):
        if _is_hidden(seen) and summary.value is not None:
            place = f"{ref}, 12-month {name} to {report.long}"
            yield HiddenNumber(ref, report, column, summary.value, _in_percent(row), place)


def _all(row: Row) -> tuple[Figure, ...]:
    """Every figure of the row, those that are only judged by among them."""
    return (*row.on_record, *row.history, *row.figures)


def _is_hidden(cell: Figure | Change | Summary) -> bool:
    return cell.status is FigureStatus.HIDDEN


def _in_month(row: Row, month: Month, value: Fraction, percent: bool) -> HiddenNumber:
    ref = row.indicator.ref
    return HiddenNumber(ref, month, month.iso, value, percent, f"{ref}, {month.long}")


def _in_percent(row: Row) -> bool:
    return row.indicator.unit is Unit.PERCENT


def _parts(row: Row, figure: Figure, after: Scorecard) -> Iterator[Fraction]:
    top, bottom = figure.numerator, figure.denominator
    if top is not None and not _is_shown(row.indicator.numerator, figure.month, after):
        yield top
    if bottom is not None and not _is_shown(row.indicator.denominator, figure.month, after):
        yield bottom
    if top is not None and bottom is not None and row.indicator.protect_complement:
        yield bottom - top


def _is_shown(ref: str | None, month: Month, after: Scorecard) -> bool:
    row = after.row(ref) if ref is not None else None
    figures = _all(row) if row else ()
    return any(item.month == month and item.status is FigureStatus.VALUE for item in figures)


def _base_told_by(row: Row, change: Change) -> Fraction | None:
    """The figure of a month that the page does not hold, from the latest one and the change."""
    latest = row.latest.value
    held = _all(row)
    if latest is None or any(item.month == change.base and item.value is not None for item in held):
        return None
    if change.difference is not None:
        return latest - change.difference
    if change.percent is None or change.percent <= -100:
        return None
    base = latest / (1 + change.percent / 100)
    if row.indicator.unit is not Unit.COUNT:
        return base
    known = implied_base(row, change)  # the printed digits may leave one count only
    if known is not None and math.ceil(known.low) == math.floor(known.high):
        return Fraction(math.ceil(known.low))
    return half_up(base)
