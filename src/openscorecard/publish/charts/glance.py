"""All indicators at a glance: one mark each, by what can be said of its latest figure."""

from __future__ import annotations

from enum import StrEnum

from markupsafe import Markup

from openscorecard.publish.charts.marks import beside_words, signal_mark
from openscorecard.publish.charts.svg import drawing, element
from openscorecard.scorecard.page import FigureStatus, Row
from openscorecard.scorecard.verdict import Signal

STEP, TALL, A_LINE = 16.0, 22.0, 14
SIZE = 5.0


class Glance(StrEnum):
    """In the order of the key."""

    CONCERN = "concern"
    IMPROVEMENT = "improvement"
    UNUSUAL = "unusual"
    USUAL = "usual"
    NOT_JUDGED = "not-judged"
    HIDDEN = "hidden"
    MISSING = "missing"


_OF_SIGNAL = {
    Signal.CONCERN: Glance.CONCERN,
    Signal.IMPROVEMENT: Glance.IMPROVEMENT,
    Signal.NEUTRAL: Glance.UNUSUAL,
    Signal.NONE: Glance.USUAL,
    Signal.NOT_JUDGED: Glance.NOT_JUDGED,
}
_SIGNAL_OF = {glance: signal for signal, glance in _OF_SIGNAL.items()}


def glance_of(row: Row) -> Glance:
    """A row's mark. One without a figure is hidden or missing, whatever its verdict says."""
    if row.latest.status is FigureStatus.HIDDEN:
        return Glance.HIDDEN
    if row.latest.status is not FigureStatus.VALUE:
        return Glance.MISSING
    return Glance.NOT_JUDGED if row.verdict is None else _OF_SIGNAL[row.verdict.signal]


def mark(kind: Glance, x: float, y: float) -> str:
    if kind is Glance.HIDDEN:
        return element("path", class_="g-x", d=f"M{x - 4.5:g} {y:g}h9")
    if kind is Glance.MISSING:
        return element("path", class_="g-x", d=f"M{x - 3.5:g} {y - 3.5:g}l7 7m0 -7l-7 7")
    return signal_mark(_SIGNAL_OF[kind], x, y, SIZE)


def key_mark(kind: Glance) -> Markup:
    """A mark for the key, decoration beside its words."""
    return beside_words(mark(kind, 8, 8))


def section_marks(kinds: list[Glance], *, ident: str, title: str, description: str) -> Markup:
    """The marks of one section, fourteen to a line."""
    parts = [
        mark(kind, STEP * (index % A_LINE) + STEP / 2, TALL * (index // A_LINE) + TALL / 2)
        for index, kind in enumerate(kinds)
    ]
    lines = max(1, -(-len(kinds) // A_LINE))
    return drawing(
        parts,
        width=STEP * A_LINE,
        height=TALL * lines,
        ident=ident,
        title=title,
        description=description,
        css="marks",
    )
