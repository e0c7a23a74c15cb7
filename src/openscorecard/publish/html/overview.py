"""All indicators at a glance, and what to know about this month's data: it counts and points."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from openscorecard.catalogue.indicator import Section
from openscorecard.findings import Finding, Severity
from openscorecard.publish.charts.glance import Glance, key_mark, section_marks
from openscorecard.publish.html.row_view import RowView
from openscorecard.publish.html.words import counted
from openscorecard.publish.month_notes import row_notes
from openscorecard.scorecard.page import FigureStatus, Scorecard


@dataclass(frozen=True, slots=True)
class Pointer:
    """A link to a row, with what is to be said of it."""

    anchor: str
    name: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class DataItem:
    """One thing to know. Its `pointers` are folded away under the heading; those that carry words
    make a list, others stand in one line."""

    code: str
    heading: str
    pointers: tuple[Pointer, ...] = ()

    @property
    def as_list(self) -> bool:
        return any(pointer.words for pointer in self.pointers)


@dataclass(frozen=True, slots=True)
class GlanceLine:
    title: str
    anchor: str
    marks: Markup


@dataclass(frozen=True, slots=True)
class KeyLine:
    mark: Markup
    number: int
    words: str


def section_anchor(section: Section) -> str:
    return f"section-{section.id}"


def data_items(card: Scorecard, rows: list[RowView]) -> list[DataItem]:
    """What to know about the data of this month, what changes a reading most first."""
    items = [DataItem("", note) for note in card.notes]
    items += _revised(rows)
    noted = [
        _pointer(view, row_notes(view.row)[0])
        for view in rows
        if view.row.notes and not _is_revised(view) and view.row.latest.status not in _UNKNOWN
    ]
    if noted:
        heading = counted(len(noted), "indicator has a data note", "indicators have a data note")
        items.append(DataItem("", heading, tuple(noted)))
    for code, statuses, one, many in (
        ("[x]", _UNKNOWN, "indicator has no figure", "indicators have no figure"),
        ("[z]", _NOTHING, "indicator had nothing to count", "indicators had nothing to count"),
        ("[c]", (FigureStatus.HIDDEN,), "indicator is hidden", "indicators are hidden"),
    ):
        found = [_pointer(view) for view in rows if view.row.latest.status in statuses]
        if found:
            heading = f"{counted(len(found), one, many)} in {card.month.long}"
            items.append(DataItem(code, heading, tuple(found)))
    items += _checks(card, rows)
    return items


_UNKNOWN = (FigureStatus.NOT_AVAILABLE, FigureStatus.OUTSIDE_COVERAGE)
_NOTHING = (FigureStatus.NOT_APPLICABLE,)


def _is_revised(view: RowView) -> bool:
    return any(figure.revised for figure in view.row.figures)


def _revised(rows: list[RowView]) -> list[DataItem]:
    """The rows with a figure that was released otherwise before, each with its reason."""
    found = []
    for view in rows:
        months = [figure.month.short for figure in view.row.figures if figure.revised]
        if months:
            reason = (
                row_notes(view.row)[0] if view.row.notes else f"revised for {', '.join(months)}"
            )
            found.append(_pointer(view, reason))
    if not found:
        return []
    heading = counted(
        len(found), "indicator has revised figures", "indicators have revised figures"
    )
    return [DataItem("[r]", heading, tuple(found))]


def _checks(card: Scorecard, rows: list[RowView]) -> list[DataItem]:
    """The findings, errors first; what is only good to know stays on the indicator's page."""
    by_ref = {view.row.indicator.ref: view for view in rows}
    items = []
    for severity, one, many in (
        (Severity.ERROR, "error found by the checks", "errors found by the checks"),
        (Severity.WARNING, "thing to look at", "things to look at"),
    ):
        found = [item for item in card.findings if item.severity is severity]
        if found:
            heading = counted(len(found), one, many)
            pointers = [_of_finding(item, by_ref) for item in found]
            items.append(DataItem("", heading, tuple(pointers)))
    return items


def _of_finding(finding: Finding, by_ref: dict[str, RowView]) -> Pointer:
    view = by_ref.get(finding.ref or "")
    if view is None:
        return Pointer("", finding.ref or "The page", finding.message)
    return _pointer(view, finding.message)


def _pointer(view: RowView, words: str = "") -> Pointer:
    return Pointer(view.anchor, view.row.indicator.short_name, words)


KEY = {
    Glance.CONCERN: ("concern", "concerns"),
    Glance.IMPROVEMENT: ("improvement", "improvements"),
    Glance.UNUSUAL: ("unusual, neither better nor worse", "unusual, neither better nor worse"),
    Glance.USUAL: ("usual variation", "usual variation"),
    Glance.NOT_JUDGED: ("not judged", "not judged"),
    Glance.HIDDEN: ("hidden: small numbers", "hidden: small numbers"),
    Glance.MISSING: ("no figure this month", "no figure this month"),
}


def key(rows: list[RowView]) -> list[KeyLine]:
    """What the marks mean, and how many there are of each; marks that do not occur are left out."""
    kinds = [view.kind for view in rows]
    return [
        KeyLine(key_mark(kind), kinds.count(kind), said[kinds.count(kind) > 1])
        for kind, said in KEY.items()
        if kind in kinds
    ]


def tolerance(card: Scorecard) -> str:
    """The move that turns a classic arrow: `10%`."""
    return f"{float(card.arrow_tolerance):g}%"


def glance_line(card: Scorecard, section: Section, rows: list[RowView]) -> GlanceLine:
    """One section's marks, told in words to those who do not see them."""
    told = [f"{line.number} {line.words}" for line in key(rows)]
    marks = section_marks(
        [view.kind for view in rows],
        ident=f"glance-{section.id}",
        title=f"{section.title}, {card.month.long}",
        description=f"{counted(len(rows), 'indicator', 'indicators')}: {'; '.join(told)}.",
    )
    return GlanceLine(section.title, section_anchor(section), marks)
