"""The numbers that the page has and its public view has not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from openscorecard.periods import Month
from openscorecard.scorecard.page import Change, Figure, FigureStatus, Row, Scorecard, Summary
from openscorecard.statistics.ranges import half_up
from openscorecard.units import Unit

HIDDEN = FigureStatus.HIDDEN


@dataclass(frozen=True, slots=True)
class HiddenNumber:
    """`value` in printed units; `percent` for percentages, points and % changes. `place` says
    which cell it is, for people: `M4, April 2021`."""

    value: Fraction
    percent: bool
    place: str


def hidden_by_ref(before: Scorecard, protected: Scorecard) -> dict[str, tuple[HiddenNumber, ...]]:
    """What is hidden of each row, with what could be worked out from it: parts, moves, bases."""
    found = {}
    for row in before.rows:
        public = protected.row(row.indicator.ref)
        if public is not None:
            found[row.indicator.ref] = tuple(dict.fromkeys(_of_row(row, public, protected)))
    return found


def shown_numbers(row: Row) -> frozenset[tuple[Fraction, bool]]:
    """The figures that a public row shows, rounded as it prints them, and whether in percent."""
    percent = row.indicator.unit is Unit.PERCENT
    decimals = row.indicator.decimals
    return frozenset(
        (half_up(figure.value, decimals), percent)
        for figure in (*row.figures, *row.history)
        if figure.value is not None
    )


def _of_row(row: Row, public: Row, protected: Scorecard) -> Iterator[HiddenNumber]:
    ref, percent = row.indicator.ref, row.indicator.unit is Unit.PERCENT
    hidden = {item.month for item in (*public.figures, *public.history) if item.status is HIDDEN}
    for figure in (*row.figures, *row.history):
        if figure.month in hidden:
            place = f"{ref}, {figure.month.long}"
            if figure.value is not None:
                yield HiddenNumber(figure.value, percent, place)
            for part in _parts(row, figure, protected):
                yield HiddenNumber(part, False, place)
    changes = ((row.change_month, public.change_month), (row.change_year, public.change_year))
    for change, shown in changes:
        if shown.status is HIDDEN:
            yield from _of_change(row, change, percent)
    summaries: tuple[tuple[Summary, Summary, str], ...] = (
        (row.average_12m, public.average_12m, "12-month average"),
        (row.maximum_12m, public.maximum_12m, "12-month maximum"),
    )
    for summary, kept, name in summaries:
        if kept.status is HIDDEN and summary.value is not None:
            yield HiddenNumber(summary.value, percent, f"{ref}, {name}")


def _parts(row: Row, figure: Figure, protected: Scorecard) -> Iterator[Fraction]:
    """Numerator, denominator and the rest, as far as no other row shows them in that month."""
    top, bottom = figure.numerator, figure.denominator
    if top is not None and not _is_shown(row.indicator.numerator, figure.month, protected):
        yield top
    if bottom is not None and not _is_shown(row.indicator.denominator, figure.month, protected):
        yield bottom
    if top is not None and bottom is not None and row.indicator.protect_complement:
        yield bottom - top


def _is_shown(ref: str | None, month: Month, protected: Scorecard) -> bool:
    row = protected.row(ref) if ref is not None else None
    figures = (*row.figures, *row.history) if row else ()
    return any(item.month == month and item.status is FigureStatus.VALUE for item in figures)


def _of_change(row: Row, change: Change, percent: bool) -> Iterator[HiddenNumber]:
    """The change, the move, and the earlier month's figure that either would give away."""
    ref = row.indicator.ref
    place = f"{ref}, change from {change.base.long}"
    latest = row.latest.value
    if change.percent is not None:
        yield HiddenNumber(change.percent, True, place)
    if change.difference is not None:
        yield HiddenNumber(change.difference, percent, place)
    if latest is None:
        return
    if change.difference is not None:
        yield HiddenNumber(latest - change.difference, percent, f"{ref}, {change.base.long}")
    elif change.percent is not None and change.percent > -100:
        base = latest / (1 + change.percent / 100)
        rounded = half_up(base) if row.indicator.unit is Unit.COUNT else base
        yield HiddenNumber(rounded, percent, f"{ref}, {change.base.long}")
