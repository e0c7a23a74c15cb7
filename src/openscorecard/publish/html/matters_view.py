"""The top of the page: what matters this month, and the big moves that are usual variation."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from openscorecard.periods import Month
from openscorecard.publish.charts.sparkline import sparkline
from openscorecard.publish.html.row_view import file_name
from openscorecard.publish.html.signal_view import SignalView, matter_badge
from openscorecard.publish.html.words import GLYPH, WAY, value_and_mark
from openscorecard.scorecard.matter import MatterKind
from openscorecard.scorecard.page import Row, Scorecard
from openscorecard.units import Arrow


@dataclass(frozen=True, slots=True)
class MatterView:
    """`latest` stands beside the chart, `others` are the further rows that it speaks of."""

    badge: SignalView
    headline: str
    href: str
    sentence: str
    spark: Markup | None
    latest: str
    others: tuple[tuple[str, str], ...]
    rule: str


@dataclass(frozen=True, slots=True)
class MoveView:
    """`name` is the beginning of the sentence, which is the link; `rest` goes on from there."""

    glyph: str
    way: str
    moved: str
    href: str
    name: str
    rest: str


def matters_view(card: Scorecard, months: tuple[Month, ...]) -> list[MatterView]:
    views = []
    for matter in card.matters:
        rows = [row for ref in matter.refs if (row := card.row(ref)) is not None]
        first = rows[0] if rows else None
        # A data note speaks of several rows: the line of one would not show what it says.
        drawn = None if matter.kind is MatterKind.DATA else first
        spark = None if drawn is None else sparkline(drawn, months, of="matter")
        views.append(
            MatterView(
                badge=matter_badge(matter.kind, matter.word),
                headline=matter.headline,
                href="" if first is None else _href(first),
                sentence=matter.sentence,
                spark=spark,
                latest="" if first is None else value_and_mark(first.latest.printed)[0],
                others=tuple(
                    (row.indicator.short_name, _href(row))
                    for row in rows[1:]
                    if matter.kind is not MatterKind.DATA  # these are one fold away, each with why
                ),
                rule=matter.rule,
            )
        )
    return views


def moves_view(card: Scorecard) -> list[MoveView]:
    views = []
    for move in card.usual_moves:
        row = card.row(move.ref)
        if row is None:
            continue
        way = Arrow(move.way)
        name, rest = _parted(move.sentence)
        views.append(MoveView(GLYPH[way], WAY[way], move.moved, _href(row), name, rest))
    return views


def _parted(sentence: str) -> tuple[str, str]:
    """The name at the sentence's beginning, and what is said of it."""
    for mark in (": to ", ", to "):
        name, found, rest = sentence.partition(mark)
        if found:
            return name, f"{found}{rest}"
    return sentence, ""


def _href(row: Row) -> str:
    return f"indicators/{file_name(row)}"
