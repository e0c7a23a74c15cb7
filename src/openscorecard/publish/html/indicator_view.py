"""An indicator's own page, laid out: the strip of facts, the chart, the months, the working."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from openscorecard.findings import Finding
from openscorecard.periods import Month
from openscorecard.publish.charts.bars import whole
from openscorecard.publish.charts.levels import level_lines, target_in_force
from openscorecard.publish.charts.line import LineChart, line_chart
from openscorecard.publish.charts.working_day import DayChart, working_day_chart
from openscorecard.publish.html.month_table import MonthTable, month_table
from openscorecard.publish.html.origin import (
    Origin,
    origins,
    vintage_words,
)
from openscorecard.publish.html.others_view import OthersView, others_view
from openscorecard.publish.html.row_view import (
    ChangeView,
    CommentView,
    change_view,
    changes_of,
    comment_view,
    file_name,
)
from openscorecard.publish.html.said_view import SaidView, said_view
from openscorecard.publish.html.signal_view import SignalView, shapes
from openscorecard.publish.html.words import (
    BETTER,
    FREQUENCY,
    UNIT,
    definition_words,
    reason,
    sentence,
    value_and_mark,
)
from openscorecard.publish.month_notes import all_figures, row_notes
from openscorecard.scorecard.page import (
    Change,
    Figure,
    FigureStatus,
    Row,
    Scorecard,
)
from openscorecard.statistics.ranges import printed
from openscorecard.units import Unit


@dataclass(frozen=True, slots=True)
class Fact:
    """One piece of the strip under the title. `small` says what it rests on."""

    label: str
    value: str
    small: str = ""
    glyph: str = ""
    way: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    href: str
    words: str
    ref: str


@dataclass(frozen=True, slots=True)
class IndicatorView:
    row: Row
    section_title: str
    section_anchor: str
    row_anchor: str
    reason: str
    headline: str
    facts: tuple[Fact, ...]
    chart: LineChart | None
    daily: DayChart | None
    shapes: tuple[SignalView, ...]
    phone_key: str
    rebased: tuple[str, ...]
    said: SaidView | None
    span: int
    numerator: Link | None
    denominator: Link | None
    vintages: str
    months: MonthTable
    notes: tuple[str, ...]
    comment: CommentView | None
    earlier: tuple[CommentView, ...]
    others: OthersView
    findings: tuple[Finding, ...]
    working: tuple[tuple[str, str], ...]
    changes: tuple[ChangeView, ...]
    sources: tuple[Origin, ...]
    before: Link | None
    after: Link | None


def indicator_view(card: Scorecard, at: int) -> IndicatorView:
    """The page of the row at that place on the scorecard."""
    row = card.rows[at]
    own = months_of(row)
    chart = line_chart(row, own)
    section = next(item for item in card.sections if item.id == row.indicator.section)
    return IndicatorView(
        row=row,
        section_title=section.title,
        section_anchor=f"section-{section.id}",
        row_anchor=f"row-{row.indicator.id}",
        reason=reason(row.latest),
        headline=headline(row),
        facts=_facts(card, row),
        chart=chart,
        daily=working_day_chart(row, own),
        shapes=shapes(chart.shapes) if chart else (),
        phone_key=_phone_key(row, chart),
        rebased=rebased(row) if chart else (),
        said=said_view(row),
        span=len(own),
        numerator=_sibling(card, row.indicator.numerator),
        denominator=_sibling(card, row.indicator.denominator),
        vintages=vintage_words(row),
        months=month_table(row),
        notes=row_notes(row),
        comment=comment_view(row.comment, card.month),
        earlier=tuple(
            view for item in row.earlier_comments if (view := comment_view(item, item.month))
        ),
        others=others_view(card, row),
        findings=tuple(item for item in card.findings if item.ref == row.indicator.ref),
        working=tuple(_working(card, row)),
        changes=tuple(change_view(change, card.month) for change in changes_of(row)),
        sources=origins(card, row),
        before=_link(card.rows[at - 1]) if at > 0 else None,
        after=_link(card.rows[at + 1]) if at + 1 < len(card.rows) else None,
    )


def _phone_key(row: Row, chart: LineChart | None) -> str:
    """What the lines are, for the drawing that has no room for their names."""
    if chart is None:
        return ""
    parts = []
    if chart.has_band and row.verdict is not None and row.verdict.usual is not None:
        low, high = row.verdict.usual
        parts.append(f"Band: usual range, {low} to {high}.")
    if chart.has_centre and row.verdict is not None:
        parts.append(f"Long dashes: its centre, {row.verdict.centre}.")
    parts += [f"{DASHES[level.css]}: {level.told}." for level in level_lines(row)]
    return " ".join(parts)


def rebased(row: Row) -> tuple[str, ...]:
    """Since when limits are new, and why: what the words beside the line on the chart mean."""
    lines = []
    for one in row.verdict.baselines[1:] if row.verdict else ():
        why = f": {one.reason.strip()}" if one.reason.strip() else ""
        lines.append(sentence(f"New limits from {one.first.long}{why}"))
    return tuple(lines)


DASHES = {"g-mean": "Dashes", "g-ref": "Dots"}


def months_of(row: Row) -> tuple[Month, ...]:
    """Every month from the row's first to its latest, those without a figure too."""
    latest = row.latest.month
    first = min(figure.month for figure in all_figures(row))
    return tuple(first.plus(step) for step in range(latest.minus(first) + 1))


def headline(row: Row) -> str:
    """What the chart shows, as a finding: where the latest figure stands among those shown.

    Equal as printed is equal: a reader sees no more digits.
    """
    latest = row.latest
    if latest.status is FigureStatus.HIDDEN:
        return f"{latest.month.long} is hidden"
    shown = [figure for figure in all_figures(row) if figure.value is not None]
    if latest.value is None:
        return f"No figure for {latest.month.long}"
    now = value_and_mark(latest.printed)[0]
    opening = f"{now} in {latest.month.long}"
    if len(shown) < 2:
        return f"{opening}, the only month shown"
    low, high = (pick(shown, key=_value) for pick in (min, max))
    ends = [value_and_mark(figure.printed)[0] for figure in (low, high)]
    if ends[0] == ends[1]:
        return f"{opening}, as in every month shown"
    same = sum(value_and_mark(figure.printed)[0] == now for figure in shown)
    among = f"of the {len(shown)} months shown"
    if now in ends:
        end = "lowest" if now == ends[0] else "highest"
        return (
            f"{opening}, the {end} {among}" if same == 1 else f"{opening}, again the {end} {among}"
        )
    return f"{opening}, between {ends[0]} and {ends[1]} in the months shown"


def _value(figure: Figure) -> Fraction:
    return figure.value or Fraction(0)


def _facts(card: Scorecard, row: Row) -> tuple[Fact, ...]:
    latest = row.latest
    value, mark = value_and_mark(latest.printed)
    facts = [Fact(card.month.long, value, _counted_from(latest), mark=mark)]
    facts += [_change_fact(card, row, change) for change in changes_of(row)]
    average, highest = row.average_12m, row.maximum_12m
    facts.append(Fact("12-month average", average.printed, f"highest {highest.printed}"))
    beside = next((item for item in row.comparators if item.status == "value"), None)
    if beside is not None:
        small = "depends on size" if row.indicator.unit is Unit.COUNT else beside.year
        facts.append(Fact(beside.name, beside.printed, small))
    return tuple(facts)


def _counted_from(figure: Figure) -> str:
    if figure.numerator is None or figure.denominator is None:
        return ""
    return f"{whole(figure.numerator)} of {whole(figure.denominator)}"


def _change_fact(card: Scorecard, row: Row, change: Change) -> Fact:
    view = change_view(change, card.month)
    base = next((figure for figure in row.history if figure.month == change.base), None)
    small = ""
    if base is not None and base.value is not None and row.latest.value is not None:
        small = f"from {value_and_mark(base.printed)[0]}"
    label = f"On {change.base.long}"
    if view.moved:
        return Fact(label, view.moved, small, view.glyph, view.way)
    if view.classic_glyph:
        small = "of the figure then"
    return Fact(label, change.printed, small, view.classic_glyph, view.classic_way)


def _sibling(card: Scorecard, ref: str | None) -> Link | None:
    row = card.row(ref) if ref else None
    return None if row is None else _link(row)


def _link(row: Row) -> Link:
    return Link(file_name(row), row.indicator.short_name, row.indicator.ref)


def _working(card: Scorecard, row: Row) -> list[tuple[str, str]]:
    """The definition list; what is not known is left out."""
    indicator = row.indicator
    target = target_in_force(row)
    aim = ""
    if target is not None:
        aim = f"{printed(target.value, indicator.decimals)}{indicator.unit.suffix}"
        aim = f"{aim}, since {target.since.long}"
    lines = [
        ("Full name", indicator.name),
        ("Definition", definition_words(indicator, card.month)),
        ("Outcome", indicator.outcome),
        ("Preferred direction", BETTER[indicator.preferred_direction]),
        ("Target", aim),
        ("Unit", UNIT[indicator.unit]),
        ("How often", FREQUENCY[indicator.frequency]),
        ("Owner", indicator.owner),
        ("Reporter", indicator.reporter),
        ("12 months", _summary_words(row)),
    ]
    return [(name, words) for name, words in lines if words]


def _summary_words(row: Row) -> str:
    """What the average and maximum rest on."""
    average = row.average_12m
    if average.note:
        return average.note
    if average.as_printed:
        return "The average and the maximum are as printed on a released page."
    if average.months is None:
        return ""
    return f"The average and the maximum rest on {average.months} of 12 months."
