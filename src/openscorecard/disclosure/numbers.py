"""The numbers that a public page hides, for those who look for them in text."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import NamedTuple

from openscorecard.disclosure.grid import implied_base
from openscorecard.periods import Month
from openscorecard.scorecard.page import Change, FigureStatus, Row, Scorecard, Summary
from openscorecard.units import Unit


class HiddenNumber(NamedTuple):
    """`column` is a month (`2021-06`), or change_month, change_year, average_12m, maximum_12m.
    `value` is unrounded, in printed units; a change gives its percent and its difference."""

    ref: str
    month: Month
    column: str
    value: Fraction


def hidden_numbers(before: Scorecard, after: Scorecard) -> tuple[HiddenNumber, ...]:
    """What `before` says and `after`, its public view, does not; in the page's order.

    A hidden figure also gives its numerator, if no row shows it in that month. A hidden change
    also gives the month that it would give away: 14, up 180%, hides the 5 of a year before.
    """
    found: dict[HiddenNumber, None] = {}
    for row in before.rows:
        public = after.row(row.indicator.ref)
        if public is not None:
            found.update(dict.fromkeys(_of_row(row, public, before, after)))
    return tuple(found)


def _of_row(row: Row, public: Row, before: Scorecard, after: Scorecard) -> list[HiddenNumber]:
    ref, report = row.indicator.ref, before.month
    found: list[HiddenNumber] = []

    def add(month: Month, column: str, *numbers: Fraction | None) -> None:
        found.extend(HiddenNumber(ref, month, column, one) for one in numbers if one is not None)

    hidden = {
        figure.month
        for figure in (*public.history, *public.figures)
        if figure.status is FigureStatus.HIDDEN
    }
    for figure in (*row.history, *row.figures):
        if figure.month in hidden:
            add(figure.month, figure.month.iso, figure.value)
            if figure.numerator is not None and not _is_shown(
                after, figure.month, figure.numerator
            ):
                add(figure.month, figure.month.iso, figure.numerator)
    changes: list[tuple[str, Change, Change]] = [
        ("change_month", row.change_month, public.change_month),
        ("change_year", row.change_year, public.change_year),
    ]
    for column, change, shown in changes:
        if shown.status is FigureStatus.HIDDEN:
            add(report, column, change.percent, change.difference)
            add(change.base, change.base.iso, *_given_away(row, change))
    summaries: list[tuple[str, Summary, Summary]] = [
        ("average_12m", row.average_12m, public.average_12m),
        ("maximum_12m", row.maximum_12m, public.maximum_12m),
    ]
    for column, summary, kept in summaries:
        if kept.status is FigureStatus.HIDDEN:
            add(report, column, summary.value)
    return found


def _is_shown(after: Scorecard, month: Month, number: Fraction) -> bool:
    return any(
        figure.month == month and figure.value == number
        for row in after.rows
        for figure in row.history
    )


def _given_away(row: Row, change: Change) -> list[Fraction]:
    """The count of a month that the page does not hold, where the change pins it down."""
    if row.indicator.unit is not Unit.COUNT:
        return []
    if any(figure.month == change.base and figure.value is not None for figure in row.history):
        return []
    base = implied_base(row, change)
    if base is None or math.ceil(base.low) != math.floor(base.high):
        return []
    return [Fraction(math.ceil(base.low))]
