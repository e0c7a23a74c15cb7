"""The page's cells as they are printed, and what another version of it prints otherwise.

Takes pages as they are published; gives cells by ref and column; a page compares equal to itself
however it was made. What may not be told to the public any more is not told here.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from openscorecard.scorecard.page import Change, FigureStatus, Row, Scorecard
from openscorecard.scorecard.release import ChangedCell
from openscorecard.scorecard.signals.words import HIDDEN, NOT_JUDGED, USUAL
from openscorecard.scorecard.verdict import JudgedMonth, Rule, Side, Signal, Verdict
from openscorecard.statistics.ranges import printed
from openscorecard.units import Arrow

Cells = Mapping[str, Mapping[str, str]]  # ref: column: as printed

HIDDEN_FIGURE = FigureStatus.HIDDEN.shorthand
COMMENTARY, VERDICT, USUAL_RANGE = "commentary", "verdict", "usual_range"
COUNTED, OUT_OF = "counted", "out_of"  # of a month: `counted_2021-06`
SIGNAL, STANDING = "signal", "standing"  # of a month before, and against a comparator
_SINCE_KEPT = (COUNTED, OUT_OF, "move_", "arrow_", SIGNAL, STANDING, USUAL_RANGE)
_WORDS = {
    Signal.CONCERN: "Concern",
    Signal.IMPROVEMENT: "Improvement",
    Signal.NONE: USUAL,
    Signal.NOT_JUDGED: NOT_JUDGED,
}


def printed_cells(page: Scorecard) -> dict[str, dict[str, str]]:
    """What stands in each cell of any medium: `{"M1": {"2021-06": "2,080", "counted_2021-06": "7",
    "change_month": "15%", "move_month": "up 279", ...}}`."""
    return {row.indicator.ref: _cells(row) for row in page.rows}


def _cells(row: Row) -> dict[str, str]:
    cells: dict[str, str] = {}
    for figure in (*row.history, *row.figures):
        cells[figure.month.iso] = figure.printed
        for name, part in ((COUNTED, figure.numerator), (OUT_OF, figure.denominator)):
            if part is not None:
                cells[f"{name}_{figure.month.iso}"] = _count(part)
    for span, change in (("month", row.change_month), ("year", row.change_year)):
        cells[f"change_{span}"] = change.printed
        cells[f"move_{span}"] = _move(change)
        cells[f"arrow_{span}"] = "" if change.arrow is None else change.arrow.glyph
    cells["average_12m"] = row.average_12m.printed
    cells["maximum_12m"] = row.maximum_12m.printed
    cells |= {one.key: one.printed for one in row.comparators}
    cells |= {f"{STANDING}_{one.against}": one.sentence for one in row.standings}
    if row.verdict is not None:
        cells |= _judged(row, row.verdict)
    if row.comment is not None:
        cells[COMMENTARY] = row.comment.text
    return cells


def _judged(row: Row, verdict: Verdict) -> dict[str, str]:
    """The signal, the usual range, and the signals of the months before."""
    cells = {VERDICT: f"{verdict.word}: {verdict.reason}"}
    if verdict.usual is not None:
        cells[USUAL_RANGE] = "{} to {}".format(*verdict.usual)
    shown = {figure.month for figure in (*row.history, *row.figures)} - {row.latest.month}
    for one in verdict.chart:
        if one.month in shown and one.value is not None:
            cells[f"{SIGNAL}_{one.month.iso}"] = _month_word(one, verdict)
    return cells


def _month_word(judged: JudgedMonth, verdict: Verdict) -> str:
    if judged.signal is not Signal.NEUTRAL:
        return _WORDS[judged.signal]
    below = judged.side is Side.BELOW
    if judged.rule is Rule.TREND or verdict.judged_on == "change":
        return "Unusual fall" if below else "Unusual rise"
    return "Unusually low" if below else "Unusually high"


def _move(change: Change) -> str:
    """`up 279`, `down 8 pts`, `no change`; "" where the plain move is not known."""
    if change.way is None or not change.moved:
        return ""
    return "no change" if change.way is Arrow.LEVEL else f"{change.way.value} {change.moved}"


def _count(number: Fraction) -> str:
    return printed(number, 0 if number.denominator == 1 else 1)


def changed_cells(before: Cells, now: Cells, audience: str) -> tuple[ChangedCell, ...]:
    """The cells that print otherwise, in the page's order; a row that is no more comes last.

    From the public `was` is withheld where the cell is hidden now, and of every comment: what was
    taken out of one may be what had to go. Columns that an older program kept no record of are not
    compared.
    """
    kept_all = any("move_month" in cells for cells in before.values())
    found: list[ChangedCell] = []
    for ref in (*now, *(one for one in before if one not in now)):
        there, here = before.get(ref, {}), now.get(ref, {})
        for column in (*here, *(one for one in there if one not in here)):
            was, stands = there.get(column, ""), here.get(column, "")
            if was == stands or (column.startswith(_SINCE_KEPT) and not kept_all):
                continue
            told = not was or audience == "internal" or _may_be_told(column, here, stands)
            found.append(ChangedCell(ref, column, was if told else "", stands, withheld=not told))
    return tuple(found)


def _may_be_told(column: str, here: Mapping[str, str], stands: str) -> bool:
    if column == COMMENTARY or not here:  # a row that left the page may have left for a reason
        return False
    if column == VERDICT:
        return not stands.startswith(HIDDEN)
    return bool(stands) and HIDDEN_FIGURE not in stands
