"""How one figure came about: its working, its revisions, and the children behind it.

What is drawn from counts is kept; rows about children are read anew for each look and kept nowhere.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from openscorecard import run
from openscorecard.catalogue.indicator import Indicator
from openscorecard.measures.figures import MeasuredFigure
from openscorecard.periods import Month
from openscorecard.scorecard.page import Row
from openscorecard.scorecard.wording import figure_text
from openscorecard.units import Unit
from openscorecard.web import months
from openscorecard.web.explore.bodies import Body, drawn
from openscorecard.workspace.revisions import Revision
from openscorecard.workspace.working_rows import Line
from openscorecard.workspace.working_words import NO_FIGURE, figure_in_full, whole

ALL, MET, NOT_MET = "all", "met", "not-met"
WHICH = {ALL: "All", MET: "Met", NOT_MET: "Not met"}
PER_PAGE = 200


def working_body(month: Month, indicator: Indicator) -> Body:
    """Words, query, counts at each condition, the load and its files."""

    def work_out() -> Body:
        working = run.explain(indicator.ref, month, months.workspace())
        return drawn(
            "explore/working.html",
            working=working,
            item=indicator,
            figure=figure_in_full(working),
            load=working.load,
        )

    key = ("working", month, indicator.ref, months.stamp())
    return months.kept_page(key, work_out)


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """A month: as first published, as counted when it was closed, as now known; printed.
    `moved` says what made the difference, None where that was not asked for."""

    month: Month
    published: str
    at_close: str
    now: str
    differs: bool
    moved: str | None


def revisions_body(month: Month, indicator: Indicator, *, with_rows: bool) -> Body:
    """Each month as first published and as now known, newest first; with what moved it, which
    takes long."""

    def work_out() -> Body:
        found = run.revisions(indicator.ref, months.workspace(), with_rows=with_rows)
        return drawn(
            "explore/revisions.html",
            item=indicator,
            month=month,
            lines=[_line(indicator, one, with_rows) for one in reversed(found)],
            newest=found[-1].now_by if found else None,
            with_rows=with_rows,
        )

    key = ("revisions", month, indicator.ref, with_rows, months.stamp())
    return months.kept_page(key, work_out)


def _line(indicator: Indicator, one: Revision, with_rows: bool) -> RevisionLine:
    moved: str | None = None
    if with_rows:
        counts = Counter(row.why for row in one.rows or ())
        moved = ", ".join(f"{number:,} {why}" for why, number in sorted(counts.items()))
        moved = "its rows were dropped" if one.rows is None else moved
    return RevisionLine(
        month=one.month,
        published=_published(indicator, one),
        at_close=_printed(indicator, one.at_close),
        now=_printed(indicator, one.now),
        differs=one.differs,
        moved=moved,
    )


def _published(indicator: Indicator, one: Revision) -> str:
    if one.first is not None and one.first.value is not None:
        return figure_text(one.first.value, indicator.unit, one.first.digits)
    return "" if one.released is None else one.released.cell.raw.strip()


def _printed(indicator: Indicator, figure: MeasuredFigure | None) -> str:
    if figure is None:
        return ""
    if figure.value is None:
        return NO_FIGURE[figure.status].capitalize()
    return figure_text(figure.value, indicator.unit, indicator.decimals)


@dataclass(frozen=True, slots=True)
class Children:
    """The rows behind a figure. `printed` is what the page says: numerator and denominator, or the
    count; `differs` says that these rows come to something else."""

    which: str
    lines: tuple[Line, ...]
    printed: str
    differs: bool
    load: str


def children(month: Month, indicator: Indicator, which: str) -> Children:
    """InputError where there are none to show: the rows were dropped, or another team sends it."""
    workspace = months.workspace()
    lines = run.rows_behind(indicator.ref, month, workspace, which)
    row = months.row_of(months.seen(month).page, indicator)
    return Children(
        which=which,
        lines=lines,
        printed=_counted(row),
        differs=_differs(row, which, lines),
        load=run.load_behind(month, workspace).id,
    )


def _differs(row: Row, which: str, lines: tuple[Line, ...]) -> bool:
    """Whether the page holds another number than these rows come to: a released figure stands."""
    latest = row.latest
    met = len(lines) if which == MET else sum(one.met is True for one in lines)
    of_a_whole = latest.denominator is not None and not row.indicator.unit.is_rate
    if not of_a_whole:
        top = latest.value if row.indicator.unit is Unit.COUNT else latest.numerator
        return which != NOT_MET and top is not None and met != top
    top, whole = latest.numerator, latest.denominator
    if top is None or whole is None:
        return False
    return len(lines) != {ALL: whole, MET: top, NOT_MET: whole - top}[which]


def _counted(row: Row) -> str:
    latest = row.latest
    if latest.numerator is None or latest.denominator is None:
        return latest.printed
    return f"{latest.printed}: {whole(latest.numerator)} of {whole(latest.denominator)}"
