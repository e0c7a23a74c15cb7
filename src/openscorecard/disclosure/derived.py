"""The third rule: what is made from a hidden number goes with it.

Changes and arrows, averages and maxima, chart points and the chart's words, numerators and
denominators, notes. Nothing is worked out here: cells are kept or hidden.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from openscorecard.catalogue.indicator import Relation
from openscorecard.disclosure.grid import Cell, Grid
from openscorecard.disclosure.summaries import hidden_averages, hidden_maxima
from openscorecard.disclosure.words import COLUMNS, kept, reason
from openscorecard.scorecard.build import BETWEEN_QUARTERS
from openscorecard.scorecard.observation import NOTHING
from openscorecard.scorecard.page import Change, Figure, FigureStatus, Row, Scorecard, Summary
from openscorecard.scorecard.wording import PUBLISHED_AS, chart_text

HIDDEN = FigureStatus.HIDDEN


@dataclass(frozen=True)
class Cover:
    """What is hidden on one page: cells, averages and maxima; and, for the notes of each row, the
    numbers hidden on it and on the rows tied to it."""

    hidden: frozenset[Cell]
    averages: frozenset[str]
    maxima: frozenset[str]
    tied: dict[str, frozenset[str]]
    numbers: dict[str, tuple[Fraction, ...]]
    limit: int
    reason: str

    def of_change(self, row: Row, change: Change) -> bool:
        ref = row.indicator.ref
        return not self.hidden.isdisjoint({(ref, row.latest.month), (ref, change.base)})

    def note(self, ref: str, text: str) -> str:
        numbers = (number for one in self.tied[ref] for number in self.numbers.get(one, ()))
        return kept(text, numbers, self.limit)


def without(
    page: Scorecard, grid: Grid, hidden: frozenset[Cell], relations: Iterable[Relation], limit: int
) -> Scorecard:
    """The page without the hidden cells and without everything made from them."""
    cover = Cover(
        hidden,
        hidden_averages(grid, hidden, page.month, limit),
        hidden_maxima(grid, hidden, page.month, limit),
        _tied(grid, relations),
        {},
        limit,
        reason(page),
    )
    cover = replace(cover, numbers={ref: _numbers(row, cover) for ref, row in grid.rows.items()})
    everything = [number for some in cover.numbers.values() for number in some]
    notes = _distinct(kept(note, everything, limit) for note in page.notes)
    return replace(page, rows=tuple(_row(row, cover) for row in page.rows), notes=notes)


def _row(row: Row, cover: Cover) -> Row:
    ref = row.indicator.ref
    history = tuple(_figure(ref, figure, cover) for figure in row.history)
    changed: dict[str, str] = {}  # notes of figures that say less now: as the row repeats them
    unsaid: set[str] = set()
    for figure in (*row.on_record, *row.history, *row.figures):
        told = _figure(ref, figure, cover).note
        if figure.note and told != figure.note:
            unsaid.add(figure.note.rstrip("."))
            changed[_of_month(figure, figure.note)] = (
                _of_month(figure, told) if told.endswith(REVISED) else ""
            )
    repeated = (
        changed.get(note, "" if any(text in note for text in unsaid) else note)
        for note in row.notes
    )
    notes = [cover.note(ref, note) for note in repeated]
    charted = [figure.status for figure in history] == [figure.status for figure in row.history]
    public = replace(
        row,
        figures=tuple(_figure(ref, figure, cover) for figure in row.figures),
        history=history,
        on_record=tuple(_figure(ref, figure, cover) for figure in row.on_record),
        change_month=_change(row, row.change_month, cover),
        change_year=_change(row, row.change_year, cover),
        average_12m=_summary(ref, row.average_12m, cover, ref in cover.averages),
        maximum_12m=_summary(ref, row.maximum_12m, cover, ref in cover.maxima),
        chart_text=row.chart_text if charted else chart_text(row.indicator, history),
    )
    return replace(public, notes=_distinct(note for note in notes if not _of_hidden(note, public)))


def _of_month(figure: Figure, note: str) -> str:
    """A figure's note as its row repeats it (scorecard/build.py)."""
    return f"{figure.month.long}: {note.rstrip('.')}."


def _of_hidden(note: str, public: Row) -> bool:
    """Whether a note is about a derived column that is hidden: how many months an average rests on
    differs with what is hidden in them."""
    cells: dict[str, Change | Summary] = {
        "change_month": public.change_month,
        "change_year": public.change_year,
        "average_12m": public.average_12m,
        "maximum_12m": public.maximum_12m,
    }
    words = note.replace("12-month average and maximum", "12-month average and 12-month maximum")
    return any(cell.status is HIDDEN and COLUMNS[name] in words for name, cell in cells.items())


def _figure(ref: str, figure: Figure, cover: Cover) -> Figure:
    if (ref, figure.month) in cover.hidden:
        if figure.status in (FigureStatus.VALUE, HIDDEN):
            return Figure(
                figure.month, HIDDEN, HIDDEN.shorthand, vintage=figure.vintage, note=cover.reason
            )
        if figure.status is FigureStatus.NOT_APPLICABLE and figure.note != BETWEEN_QUARTERS:
            return Figure(figure.month, HIDDEN, HIDDEN.shorthand, note=cover.reason)  # tells a 0
        return replace(  # no figure of its own, but a note or a mark may tell of one
            figure,
            printed=figure.status.shorthand,
            revised=False,
            numerator=None,
            denominator=None,
            load=None,
            note=_status_reason(figure),
        )
    near = any((one, figure.month) in cover.hidden for one in cover.tied[ref])
    return replace(
        figure,
        numerator=None if near else figure.numerator,
        denominator=None if near else figure.denominator,
        load=None,
        note=_note_told(ref, figure, cover),
    )


def _note_told(ref: str, figure: Figure, cover: Cover) -> str:
    """The figure's note as far as it may be told. That it was revised may, whatever else goes."""
    note = without_number_before(figure.note)
    revised = REVISED if note.endswith(REVISED) else ""
    return cover.note(ref, note) or revised or _status_reason(figure)


REVISED = "another figure was published before"


def without_number_before(note: str) -> str:
    """What a figure was before it was revised is not told: it may have been hidden."""
    if PUBLISHED_AS not in note:
        return note
    first, _, _ = note.partition(PUBLISHED_AS)
    return f"{first}{REVISED}"


def _status_reason(figure: Figure) -> str:
    """The plain reason of a month without a figure, instead of a note that is left out."""
    if figure.status is not FigureStatus.NOT_APPLICABLE or not figure.note:
        return ""
    return BETWEEN_QUARTERS if figure.note == BETWEEN_QUARTERS else NOTHING


def _change(row: Row, change: Change, cover: Cover) -> Change:
    if change.status is HIDDEN or cover.of_change(row, change):
        return Change(change.base, HIDDEN, HIDDEN.shorthand, note=cover.reason)
    return replace(change, note=cover.note(row.indicator.ref, change.note))


def _summary(ref: str, summary: Summary, cover: Cover, hide: bool) -> Summary:
    if hide or summary.status is HIDDEN:
        return Summary(HIDDEN, HIDDEN.shorthand, note=cover.reason)
    return replace(summary, note=cover.note(ref, summary.note))


def _tied(grid: Grid, relations: Iterable[Relation]) -> dict[str, frozenset[str]]:
    """For each ref, itself and the refs that it stands in a sum or a quotient with."""
    groups = [
        {row.indicator.ref, row.indicator.numerator, row.indicator.denominator}
        for row in grid.rows.values()
    ]
    groups += [{item.whole, *item.members, *item.leaving, *item.over} for item in relations]
    return {
        ref: frozenset(one for group in groups if ref in group for one in group if one is not None)
        for ref in grid.rows
    }


def _numbers(row: Row, cover: Cover) -> tuple[Fraction, ...]:
    """The numbers of one row that the cover hides."""
    ref = row.indicator.ref
    found: list[Fraction | None] = []
    for figure in (*row.on_record, *row.history, *row.figures):
        if (ref, figure.month) in cover.hidden:
            found += [figure.value, figure.numerator]
    for change in (row.change_month, row.change_year):
        if cover.of_change(row, change):
            found += [change.percent, change.difference]
    found.append(row.average_12m.value if ref in cover.averages else None)
    found.append(row.maximum_12m.value if ref in cover.maxima else None)
    return tuple(number for number in found if number is not None)


def _distinct(notes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(note for note in notes if note))
