"""How one figure came about: its working, its revisions, and the children behind it.

What is drawn from counts is kept; rows about children are read anew for each look and kept nowhere.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

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
from openscorecard.workspace.working import Working
from openscorecard.workspace.working_rows import Line

ALL, MET, NOT_MET = "all", "met", "not-met"
WHICH = {ALL: "All", MET: "Met", NOT_MET: "Not met"}
PER_PAGE = 200

_NO_FIGURE = {
    "nothing-to-count": "there was nobody to take a percentage of",
    "not-supplied": "none was sent",
    "outside-coverage": "the records do not reach that month",
    "not-computable": "it cannot be counted",
    "suspended": "suspended",
}
_PER = {Unit.PER_10000: " per 10,000", Unit.PER_100000: " per 100,000"}


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


def figure_in_full(working: Working) -> str:
    """`62% = 36 of 58`; `18 per 10,000 = 93 of 50,860`; or why there is no figure."""
    figure, indicator = working.figure, working.indicator
    if figure.value is None:
        return f"no figure: {figure.note or _NO_FIGURE[figure.status.value]}"
    text = figure_text(figure.value, indicator.unit, indicator.decimals)
    text += _PER.get(indicator.unit, "")
    if figure.numerator is None or figure.denominator is None:
        return text
    of = f"{_whole(figure.numerator)} of {_whole(figure.denominator)}"
    return f"{text} of {_whole(figure.denominator)}" if indicator.unit is Unit.COUNT else (
        f"{text} = {of}"
    )  # fmt: skip


def _whole(number: Fraction) -> str:
    return f"{int(number):,}" if number.denominator == 1 else str(number)


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
        return _NO_FIGURE[figure.status.value].capitalize()
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
    return f"{latest.printed}: {_whole(latest.numerator)} of {_whole(latest.denominator)}"
