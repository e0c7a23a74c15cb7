"""A row of the page, laid out: what stands in which column, and what a filter finds it by."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from openscorecard.periods import Month
from openscorecard.publish.charts.benchmarks import benchmark_strip, key_shape
from openscorecard.publish.charts.glance import Glance, glance_of
from openscorecard.publish.charts.sparkline import sparkline
from openscorecard.publish.html.signal_view import SignalView, signal_view
from openscorecard.publish.html.words import (
    GLYPH,
    WAY,
    base_words,
    paragraphs,
    reason,
    sentence,
    value_and_mark,
)
from openscorecard.publish.month_notes import row_notes
from openscorecard.scorecard.page import (
    Change,
    Comment,
    Comparator,
    FigureStatus,
    Row,
    Scorecard,
)
from openscorecard.units import Arrow, Unit


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One line of the change column: `↑ 279 on May`, and the classic `15%` beside it."""

    glyph: str
    way: str
    moved: str
    base: str
    base_long: str
    classic: str
    classic_glyph: str
    classic_way: str

    @property
    def level(self) -> bool:
        return self.way == WAY[Arrow.LEVEL]


@dataclass(frozen=True, slots=True)
class CommentView:
    """`stale` names the month of a comment that is not about this one. `remark` stands beneath it,
    "" where there is none."""

    headline: str
    rest: list[str]
    by: str
    month: str
    stale: str
    remark: str


@dataclass(frozen=True, slots=True)
class OtherView:
    shape: Markup
    label: str
    name: str
    printed: str


@dataclass(frozen=True, slots=True)
class RowView:
    """`span` is how many columns the one reason covers where there is no latest figure (0: none).

    `stands` says that it lies outside what chance explains round England, "" where it does not.
    `tokens` are what the filters look for: signal, note, unjudged.
    """

    row: Row
    anchor: str
    href: str
    value: str
    mark: str
    is_code: bool
    spark: Markup | None
    strip: Markup | None
    changes: tuple[ChangeView, ...]
    others: tuple[OtherView, ...]
    others_words: str
    stands: str
    reason: str
    span: int
    comment: CommentView | None
    notes: tuple[str, ...]
    more_notes: int
    tokens: str
    kind: Glance
    signal: SignalView


NOTES_SHOWN = 2


def file_name(row: Row) -> str:
    return f"{row.indicator.id}.html"


def row_view(card: Scorecard, row: Row, months: tuple[Month, ...]) -> RowView:
    """The row for the main page; `months` are those that all small charts share."""
    value, mark = value_and_mark(row.latest.printed)
    why = reason(row.latest)
    others = tuple(_other(item) for item in row.comparators if item.status == "value")
    notes = tuple(note for note in map(sentence, row_notes(row)) if note != why)
    return RowView(
        row=row,
        anchor=f"row-{row.indicator.id}",
        href=f"indicators/{file_name(row)}",
        value=value,
        mark=mark,
        is_code=row.latest.status is not FigureStatus.VALUE,
        spark=sparkline(row, months),
        strip=benchmark_strip(row),
        changes=tuple(change_view(change, card.month) for change in changes_of(row)),
        others=others,
        others_words=_others_words(row),
        stands=_stands(row),
        reason=why,
        span=_span(row, bool(others)) if why else 0,
        comment=comment_view(row.comment, card.month),
        notes=notes[:NOTES_SHOWN],
        more_notes=max(len(notes) - NOTES_SHOWN, 0),
        tokens=" ".join(_tokens(row)),
        kind=glance_of(row),
        signal=signal_view(row),
    )


def changes_of(row: Row) -> tuple[Change, Change]:
    return row.change_month, row.change_year


def has_data_note(row: Row) -> bool:
    """Whether a reader should know something about the row's data this month."""
    return bool(row.notes) or row.latest.revised or row.latest.status is not FigureStatus.VALUE


SIGNAL, NOTE, UNJUDGED = "signal", "note", "unjudged"


def _tokens(row: Row) -> list[str]:
    kind = glance_of(row)
    return [
        token
        for token, true in (
            (SIGNAL, kind in (Glance.CONCERN, Glance.IMPROVEMENT, Glance.UNUSUAL)),
            (NOTE, has_data_note(row)),
            (UNJUDGED, kind in (Glance.NOT_JUDGED, Glance.HIDDEN, Glance.MISSING)),
        )
        if true
    ]


def change_view(change: Change, month: Month) -> ChangeView:
    """Where the plain move is not known only the classic percentage stands; a code says why."""
    way = change.way
    known = bool(change.moved) and way is not None
    return ChangeView(
        glyph=GLYPH[way] if known and way else "",
        way=WAY[way] if known and way else "",
        moved=change.moved if known else "",
        base=base_words(change.base, month),
        base_long=change.base.long,
        classic=change.printed,
        classic_glyph=change.arrow.glyph if change.arrow else "",
        classic_way=change.arrow.value if change.arrow else "",
    )


def comment_view(comment: Comment | None, month: Month) -> CommentView | None:
    if comment is None or not comment.text.strip():
        return None
    return CommentView(
        headline=comment.headline,
        rest=paragraphs(comment.rest),
        by=comment.by,
        month=comment.month.long,
        stale="" if comment.month == month else comment.month.long,
        remark=comment.remark,
    )


def _other(item: Comparator) -> OtherView:
    return OtherView(key_shape(item.key), item.label, item.name, item.printed)


def _others_words(row: Row) -> str:
    """What to say beside or instead of the others' figures."""
    statuses = {item.status for item in row.comparators}
    if "value" in statuses:
        return "Counts depend on size" if row.indicator.unit is Unit.COUNT else ""
    if statuses == {"not-available"}:
        return "Not available"
    return "No national figure"


def _stands(row: Row) -> str:
    """`above England` where chance does not explain how far apart they are; "" elsewhere."""
    standing = next((one for one in row.standings if one.against == "eng"), None)
    if standing is None or standing.place == "within":
        return ""
    return f"{standing.place} {standing.name}"


def _span(row: Row, has_others: bool) -> int:
    """The columns without anything of their own: change, 12 months, other councils."""
    summed = any(item.value is not None for item in (row.average_12m, row.maximum_12m))
    if summed:
        return 1
    return 2 if has_others else 3
