"""A printed page as it was read: every cell with its raw text and what it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from openscorecard.findings import Finding
from openscorecard.periods import Month
from openscorecard.units import Arrow, Unit


class CellStatus(StrEnum):
    """What a cell is; a dash, a blank and `n/a` are three different things."""

    VALUE = "value"
    BLANK = "blank"
    DASH = "dash"
    NOT_AVAILABLE = "not-available"
    LOCAL = "local"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Cell:
    """`raw` is the text as printed; `number` is in printed units (percentages in points).

    `decimals` is how many the text prints; `percent` whether it bears a percent sign. `exact` says
    that `number` holds more than the printed digits (a workbook that shows 23% and holds 23.4).
    """

    raw: str
    status: CellStatus
    number: Fraction | None = None
    decimals: int = 0
    percent: bool = False
    exact: bool = False
    arrow: Arrow | None = None

    @property
    def has_number(self) -> bool:
        return self.number is not None


BLANK = Cell(raw="", status=CellStatus.BLANK)


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One indicator of a printed page.

    `values` has every month column of its table, oldest first as printed; `table` counts from 1;
    `line` is the line or row of the file; in a PDF it counts the rows of all its tables.
    """

    ref: str
    name: str
    table: int
    line: int
    values: dict[Month, Cell]
    owner: str = ""
    reporter: str = ""
    outcome: str = ""
    commentary: str = ""
    unit: Unit = Unit.COUNT
    preferred_direction: str | None = None  # up, down, none; None where the page has no such column
    change_month: Cell | None = None  # None where the page has no such column
    change_year: Cell | None = None
    average_12m: Cell | None = None
    maximum_12m: Cell | None = None
    sn: Cell | None = None
    eng: Cell | None = None
    region: Cell | None = None
    change_month_base: Month | None = None
    change_year_base: Month | None = None
    comment_month: Month | None = None
    has_commentary_column: bool = False

    def value(self, month: Month) -> Cell:
        return self.values.get(month, BLANK)


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page as read. `tables` is how many tables had month columns; `months` oldest first.

    `comparators` maps sn, eng, region to the header as printed, for those present.
    """

    file: str
    tables: int
    months: tuple[Month, ...]
    comparators: dict[str, str]
    rows: tuple[PrintedRow, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def report_month(self) -> Month:
        """The newest month in which the page has any figure: the month that it reports.

        A page may have a column for every month of the financial year, the later ones still blank.
        Where no month has a figure, the newest column; and where the heading of the change on the
        month speaks of that newest month with a figure as the one before, the one after it.
        """
        held = {m for row in self.rows for m, cell in row.values.items() if cell.has_number}
        newest = max((month for month in self.months if month in held), default=self.months[-1])
        bases = {row.change_month_base for row in self.rows}
        after = newest.plus(1)
        return after if newest in bases and after in self.months else newest
