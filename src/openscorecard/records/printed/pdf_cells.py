"""What the readers of a PDF find: tables of rows of cells, the cells still lines of text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from openscorecard.records.printed.grid import NOTHING, RawCell
from openscorecard.records.printed.pdf_text import Habits, TextLine, joined, markup, plain

UNNAMED = (
    "holds characters that the PDF's font gives no meaning, so that they cannot be read; ask for "
    "the workbook that the PDF was made from"
)


OVERLAID = "holds texts that lie on one another, so that nobody can tell them apart"


@dataclass(frozen=True, slots=True)
class PdfCell:
    """`spread` is `down` or `across` where the lines belong to a merged cell that begins elsewhere;
    `unnamed` says that it holds characters that nobody can read."""

    lines: tuple[TextLine, ...] = ()
    spread: str = ""
    unnamed: bool = False

    @property
    def words(self) -> str:
        return " ".join(line.plain for line in self.lines)

    @property
    def own(self) -> bool:
        return bool(self.lines) and not self.spread

    @property
    def overlaid(self) -> bool:
        return any(line.overlaid for line in self.lines)

    def __add__(self, below: PdfCell) -> PdfCell:
        """The cell with its other part, which stands on the next page."""
        return replace(
            self, lines=self.lines + below.lines, unnamed=self.unnamed or below.unnamed,
            spread=self.spread if self.lines else below.spread,
        )  # fmt: skip

    def raw(self, room: float, habit: Habits, *, key: bool = False) -> RawCell:
        """The cell as every kind of file has it."""
        if not self.lines:
            return NOTHING
        text = joined(self.lines, room, habit, key=key)
        problem = UNNAMED if self.unnamed else OVERLAID if self.overlaid else ""
        problem = "" if self.spread else problem
        return RawCell(plain(text), markup=markup(text), spread=self.spread, problem=problem)


EMPTY = PdfCell()


@dataclass(frozen=True, slots=True)
class PdfRow:
    """`page` and `number` say where it begins: the number counts the rows of its page."""

    page: int
    number: int
    cells: tuple[PdfCell, ...]


@dataclass(frozen=True, slots=True)
class PdfTable:
    """A table, or the part of one that stands on a page.

    `edges` are the left edges of its columns, as far as they are known, in points; `right` is the
    right edge of the last, where it is ruled. `first` and
    `last` say whether no other table stands before it on its first page, or behind it on its last.
    `above` is the text right above it, with figures left out. `end` is the last page on which
    anything of it stands; `held` are the characters that stand in it (their `id`).
    """

    rows: tuple[PdfRow, ...]
    edges: tuple[float, ...]
    first: bool
    last: bool
    end: int
    right: float | None = None
    above: str = ""
    held: frozenset[int] = frozenset()

    @property
    def first_page(self) -> int:
        return self.rows[0].page

    @property
    def width(self) -> int:
        return max(len(row.cells) for row in self.rows)


def end_of(row: PdfRow) -> int:
    """The page on which the row ends."""
    return max((line.page for cell in row.cells for line in cell.lines), default=row.page)


def rooms(table: PdfTable) -> list[float]:
    """The room that each column's text has: between its rules, where the table is ruled, as much
    left free as its lines leave at their beginning; else the width of its widest line."""
    found = [0.0] * table.width
    free = [float("inf")] * table.width
    for row in table.rows:
        for index, cell in enumerate(row.cells):
            if cell.own and index < len(table.edges):
                found[index] = max(found[index], *(line.width for line in cell.lines))
                before = min(line.at for line in cell.lines) - table.edges[index]
                free[index] = min(free[index], before)
    if table.right is None:
        return found
    ends = (*table.edges[1:], table.right)
    return [
        max(room, end - start - 2 * max(before, 0.0)) if before < (end - start) / 2 else room
        for room, before, start, end in zip(found, free, table.edges, ends, strict=True)
    ]
