"""The page as records give it, held against the page as it was printed, cell by cell.

`LANDED_OTHERWISE` names the printed cells that no one set of records can give, with the reason.
Nothing else may differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openscorecard.demo.content import MONTHS, TypedRow, typed_rows
from openscorecard.scorecard.page import Row, Scorecard

DERIVED = ("change_month", "change_year", "average_12m", "maximum_12m")
_NOTHING = ("", "-", "n/a", "[x]", "[z]")
_ARROWS = re.compile("[\u2190-\u21ff\u2794\u2b06\u2b07\ufe0f]")

_BY_M2 = (
    "no number of referrals in June 2020 gives more than two of the four printed changes that rest "
    "on it"
)
_NO_GREATEST = "no month has a figure, so there is no greatest; the page printed 0"
_BY_NI147 = "it rests on the 8571% printed for June 2021"
# (ref, column) -> why records give another figure than the page printed.
LANDED_OTHERWISE: dict[tuple[str, str], str] = {
    ("M3", "2021-05"): "442 of 1,801 is 24.54%, which rounds to 25%",
    ("EH4 (val)", "2021-05"): (
        "the printed bands of 321 assessments leave 276 or 277 within 45 days; 285 fits none"
    ),
    ("LAC6 (%)", "2021-05"): "1 adoption of 6 who left is 16.7%; 7% would be 1 of 15",
    ("CP2b %", "2021-06"): "there were no transfer-ins, so there is no percentage of them",
    ("NI147", "2021-06"): "114 of 133 is 85.714%: the decimal point was lost",
    ("M3", "change_month"): "from 24.54% to 16.30% is a fall of 34%",
    ("EH4 (val)", "change_month"): "from 277 to 284 is a rise of 3%",
    ("LAC6 (%)", "change_month"): "from 1 of 6 to 2 of 13 is a fall of 8%",
    ("CP2b %", "change_month"): "June 2021 has no percentage to compare",
    ("NI147", "average_12m"): _BY_NI147,
    ("NI147", "maximum_12m"): _BY_NI147,
    ("NI147", "change_month"): _BY_NI147,
    ("NI147", "change_year"): _BY_NI147,
    ("EH1a", "change_month"): "from 138 to 173 is a rise of 25%",
    ("EH1c", "change_year"): "June 2021 is blank; the page counted the blank as 0",
    ("EH1b", "change_month"): "from 317 to 319 is a rise of 1%; the page printed n/a",
    ("EH14b", "change_month"): "from 208 to 220 is a rise of 6%; the page printed n/a",
    ("CIN5", "change_month"): "from 2,206 to 2,158 is a fall of 2%; the page printed n/a",
    ("M6-QL", "change_month"): "the page took it from the rounded 6% and 9%; unrounded it is -31%",
    ("CP1-NI", "change_month"): "the page took it from the rounded 18 and 31; unrounded it is -41%",
    ("M2", "change_year"): _BY_M2,
    ("M6-QL", "change_year"): _BY_M2,
    ("LSCB17a", "maximum_12m"): _NO_GREATEST,
    ("YO2", "maximum_12m"): _NO_GREATEST,
    ("FM011", "average_12m"): (
        "the two quarters with a figure, 39 and 23, average 31; 30 and the maximum of 39 exclude "
        "each other"
    ),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the page: `column` is a month (2021-06) or one of DERIVED."""

    ref: str
    column: str
    printed: str
    computed: str

    @property
    def is_dash(self) -> bool:
        """Whether the page printed nothing but a dash."""
        return self.printed.strip() == "-"

    @property
    def landed(self) -> bool:
        printed, computed = _bare(self.printed), _bare(self.computed)
        if printed in _NOTHING or computed in _NOTHING:
            return printed in _NOTHING and computed in _NOTHING
        if "." in printed:  # one cell shows a digit more than its row: 94.8 where 95 stands for it
            return computed == f"{float(printed):.0f}"
        return printed == computed


def landing(page: Scorecard) -> tuple[Cell, ...]:
    """Every cell of the seven months and the four derived columns, in the page's order."""
    return tuple(
        cell
        for typed in typed_rows()
        if (row := page.row(typed.ref)) is not None
        for cell in _cells(typed, row)
    )


def _cells(typed: TypedRow, row: Row) -> Iterator[Cell]:
    for month, printed, figure in zip(MONTHS, typed.values, row.figures, strict=True):
        yield Cell(typed.ref, month.iso, printed, figure.printed)
    for column in DERIVED:
        yield Cell(typed.ref, column, getattr(typed, column), getattr(row, column).printed)


def _bare(text: str) -> str:
    """A cell without arrow, thousands comma and percent sign; a dash before "n/a" is an arrow."""
    bare = _ARROWS.sub("", text).strip().replace(",", "").replace("%", "").replace("−", "-")
    return "n/a" if bare.endswith("n/a") else bare


@dataclass(frozen=True, slots=True)
class Tally:
    """How many printed cells of a kind were landed, of how many; and how many blanks stayed so."""

    name: str
    landed: int
    printed: int
    blanks_kept: int
    blanks: int


KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("month figures", tuple(month.iso for month in MONTHS)),
    ("12-month averages", ("average_12m",)),
    ("12-month maxima", ("maximum_12m",)),
    ("changes on the month", ("change_month",)),
    ("changes on the year", ("change_year",)),
)


def tallies(cells: tuple[Cell, ...]) -> tuple[Tally, ...]:
    """The landing table, a line for each kind of cell. Blank months are counted apart; a dash, and
    n/a, are something printed."""
    found = []
    for name, columns in KINDS:
        of_kind = [cell for cell in cells if cell.column in columns]
        derived = columns[0] in DERIVED
        printed = [cell for cell in of_kind if derived or cell.printed]
        blanks = [cell for cell in of_kind if cell not in printed]
        found.append(
            Tally(
                name,
                sum(cell.landed for cell in printed),
                len(printed),
                sum(cell.landed for cell in blanks),
                len(blanks),
            )
        )
    return tuple(found)
