"""What a correction comes to: the figures corrected, what follows from each, and what changed else.

Takes the changed cells of a release; gives them in groups and names their columns as the page does;
a cell that no figure of its row explains is never said to follow from one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openscorecard.periods import Month
from openscorecard.scorecard.printed_cells import COMMENTARY, HIDDEN_FIGURE
from openscorecard.scorecard.release import ChangedCell

MARK = " [r]"
COLUMNS = {
    "average_12m": "12-month average",
    "maximum_12m": "12-month maximum",
    "sn": "Statistical neighbours",
    "eng": "England",
    "region": "Region",
    "verdict": "Signal",
    "usual_range": "Usual range",
    "commentary": "Commentary",
}
_OF_A_CHANGE = {"change": "% change", "move": "Change", "arrow": "Arrow of the % change"}
_BACK = {"month": (-1, "the month before"), "year": (-12, "the year before")}
_OF_A_MONTH = re.compile(r"(?:(counted|out_of|signal)_)?(\d{4}-\d{2})")
_OF_MONTHS = {"counted": "Counted, ", "out_of": "Out of, ", "signal": "Signal, "}
_DERIVED = ("change_", "move_", "arrow_", "average_", "maximum_", "signal_", "standing_", "verdict",
            "usual_range")  # fmt: skip


@dataclass(frozen=True, slots=True)
class RowsChanges:
    """The changed cells of one row. `corrected` are cells of figures that have another number,
    each figure's value before its parts; `follows` are what is made from such figures; `rest` is
    neither."""

    ref: str
    corrected: tuple[ChangedCell, ...] = ()
    follows: tuple[ChangedCell, ...] = ()
    rest: tuple[ChangedCell, ...] = ()

    @property
    def figures(self) -> int:
        """How many figures were corrected: a month's value, counted and out of are one."""
        return len({_month(cell.column) for cell in self.corrected})

    @property
    def cells(self) -> tuple[ChangedCell, ...]:
        return (*self.corrected, *self.follows, *self.rest)


def by_row(changed: Iterable[ChangedCell]) -> tuple[RowsChanges, ...]:
    """The changes row by row: those with a corrected figure first, else in their order."""
    rows: dict[str, list[ChangedCell]] = {}
    for cell in changed:
        rows.setdefault(cell.ref, []).append(cell)
    found = [_row(ref, cells) for ref, cells in rows.items()]
    return tuple(sorted(found, key=lambda one: not one.corrected))


def _row(ref: str, cells: list[ChangedCell]) -> RowsChanges:
    months = {_month(cell.column) for cell in cells if _is_corrected(cell)}
    of_them = [cell for cell in cells if is_figure(cell.column) and _month(cell.column) in months]
    corrected = sorted(of_them, key=lambda cell: _month(cell.column), reverse=True)
    follows = [cell for cell in cells if months and cell.column.startswith(_DERIVED)]
    rest = [cell for cell in cells if cell not in corrected and cell not in follows]
    return RowsChanges(ref, tuple(corrected), tuple(follows), tuple(rest))


def _is_corrected(cell: ChangedCell) -> bool:
    """Whether a figure has another number: not only a mark, not only that it is hidden or shown by
    now, which the figures of other rows may bring about, and no cell that was not there."""
    if not is_figure(cell.column) or is_hidden(cell) or is_shown(cell):
        return False
    was, now = cell.was.removesuffix(MARK), cell.now.removesuffix(MARK)
    return bool(was and now) and was != now


def is_figure(column: str) -> bool:
    """Whether it is a month's own value, or what that was counted from."""
    return bool(_OF_A_MONTH.fullmatch(column)) and not column.startswith("signal")


def is_hidden(cell: ChangedCell) -> bool:
    """A figure, or a part of one, that is hidden now."""
    return is_figure(cell.column) and (cell.withheld or cell.now == HIDDEN_FIGURE)


def is_shown(cell: ChangedCell) -> bool:
    """A figure, or a part of one, that was hidden and is shown now."""
    return is_figure(cell.column) and cell.was == HIDDEN_FIGURE != cell.now


def is_comment(cell: ChangedCell) -> bool:
    return cell.column == COMMENTARY


def _month(column: str) -> str:
    found = _OF_A_MONTH.fullmatch(column)
    return found[2] if found else ""


def column_words(
    column: str, month: Month | None = None, names: Mapping[str, str] | None = None
) -> str:
    """A column as the page heads it: `June 2021`, `Counted, June 2021`, `% change from May-21`.

    `month` is the page's, without which a change is from `the month before`; `names` are what it
    calls its comparators.
    """
    of_month = _OF_A_MONTH.fullmatch(column)
    if of_month:
        return _OF_MONTHS.get(of_month[1] or "", "") + Month.parse(of_month[2]).long
    kind, _, rest = column.partition("_")
    if kind in _OF_A_CHANGE and rest in _BACK:
        back, words = _BACK[rest]
        return f"{_OF_A_CHANGE[kind]} from {words if month is None else month.plus(back).short}"
    name = (names or {}).get(rest if kind == "standing" else column)
    if kind == "standing":
        return f"Beside {name or COLUMNS.get(rest, rest)} over a year"
    return name or COLUMNS.get(column, column)
