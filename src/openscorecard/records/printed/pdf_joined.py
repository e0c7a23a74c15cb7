"""Tables that go on over several pages: one table again, each of its rows whole.

A header that is repeated is left out, a table that goes on without one is taken as what it is, and
a row that the end of a page cuts is put together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite

from openscorecard.records.printed.grid import Line, RawCell
from openscorecard.records.printed.header import Header, header_of
from openscorecard.records.printed.headers import Role
from openscorecard.records.printed.pdf_cells import EMPTY, PdfRow, PdfTable

_SAME = 4.0  # points by which the columns of one table may differ from page to page
_HEADER_ROWS = 5  # a table's header stands in one of its first rows


@dataclass(frozen=True, slots=True)
class JoinedTables:
    """The tables, and the rows of which a reference or a figure was put together: that of a cut
    row may be another row's, where long texts can only be its own."""

    tables: tuple[PdfTable, ...]
    cut: tuple[PdfRow, ...]


def join_pages(parts: Sequence[PdfTable]) -> JoinedTables:
    """The tables that the parts, in the order of their pages, make up."""
    tables: list[PdfTable] = []
    cut: list[PdfRow] = []
    for part in parts:
        before = tables[-1] if tables else None
        if before is None or not _may_go_on(before, part):
            tables.append(part)
            continue
        head = _header(before)
        repeated = _repeated(before, part)
        if repeated is None or (repeated and _is_new(before, part, head, repeated)):
            tables.append(part)
            continue
        rows = part.rows[repeated:]
        kept = before.rows
        if rows and head is not None and _goes_on(kept[-1], rows[0], head[1]):
            whole = _whole(kept[-1], rows[0])
            if _in_doubt(rows[0], head[1]):
                cut.append(whole)
            kept, rows = (*kept[:-1], whole), rows[1:]
        tables[-1] = replace(before, rows=(*kept, *rows), last=part.last, end=part.end)
    return JoinedTables(tuple(tables), tuple(cut))


def _may_go_on(before: PdfTable, part: PdfTable) -> bool:
    """Whether the part is the first table of the page after that on which the table ended, in the
    same columns."""
    if not (before.last and part.first and part.first_page in (before.end, before.end + 1)):
        return False
    if part.first_page == before.rows[0].page:
        return False
    if len(before.edges) != len(part.edges):
        return False
    pairs = [(a, b) for a, b in zip(before.edges, part.edges, strict=True) if isfinite(a + b)]
    return bool(pairs) and all(abs(b - a - (pairs[0][1] - pairs[0][0])) <= _SAME for a, b in pairs)


def as_line(row: PdfRow) -> Line:
    """The row as other kinds of file have it, its texts on one line: enough to know a header."""
    return Line(0, tuple(RawCell(cell.words, spread=cell.spread) for cell in row.cells))


def _header(table: PdfTable) -> tuple[int, Header] | None:
    """The table's header and which of its rows that is."""
    for index, row in enumerate(table.rows[:_HEADER_ROWS]):
        header = header_of(as_line(row))
        if header is not None:
            return index, header
    return None


def _repeated(before: PdfTable, part: PdfTable) -> int | None:
    """How many rows at the part's beginning repeat the table's; None where it has another header,
    and so is another table."""
    head, own = _header(before), _header(part)
    if own is None:
        return 0
    if head is None or head[0] != own[0]:
        return None
    count = own[0] + 1
    same = all(
        _words(a) == _words(b) for a, b in zip(before.rows[:count], part.rows[:count], strict=True)
    )
    return count if same else None


def _words(row: PdfRow) -> list[str]:
    return ["".join(cell.words.split()) for cell in row.cells]


def _is_new(
    before: PdfTable, part: PdfTable, head: tuple[int, Header] | None, repeated: int
) -> bool:
    """Whether the part is a table of its own with the same header: another heading stands above
    it, and its first row is whole."""
    if not part.above.strip() or part.above.strip() == before.above.strip():
        return False
    rows = part.rows[repeated:]
    return head is None or not rows or not _goes_on(before.rows[-1], rows[0], head[1])


def _goes_on(row: PdfRow, rest: PdfRow, header: Header) -> bool:
    """Whether the row at the head of a page is the rest of the last row of the page before.

    A row of its own has a reference, and figures or a name. The rest of one has its reference
    (and its figures) on the page before, or, where cells are set low, the row before has none.
    """
    ref = header.columns.get(Role.REF, header.columns.get(Role.NAME))
    figures = list(header.figure_columns)
    if ref is None:
        return False
    above, below = _cell(row, ref), _cell(rest, ref)
    if _spans(rest) or _spans(row):
        return False  # a heading within the table
    has_above = sum(bool(_cell(row, column)) for column in figures)
    has_below = sum(bool(_cell(rest, column)) for column in figures)
    both = sum(bool(_cell(row, column) and _cell(rest, column)) for column in figures)
    if not below:
        return 2 * both <= len(figures) or not above
    if not above:
        return has_above == 0 and sum(cell.own for cell in row.cells) >= 2
    if has_above and has_below:
        return False
    return above.endswith(("-", "‐", "‑")) or below.startswith("(") or "(" in above.split(")")[-1]


def _in_doubt(rest: PdfRow, header: Header) -> bool:
    columns = [*header.figure_columns, header.columns.get(Role.REF, 0)]
    return any(_cell(rest, column) for column in columns)


def _cell(row: PdfRow, column: int) -> str:
    cell = row.cells[column] if column < len(row.cells) else None
    return cell.words if cell is not None and cell.own else ""


def _spans(row: PdfRow) -> bool:
    return sum(cell.spread == "across" for cell in row.cells) > len(row.cells) // 2


def _whole(row: PdfRow, rest: PdfRow) -> PdfRow:
    width = max(len(row.cells), len(rest.cells))
    cells = list(row.cells) + [EMPTY] * (width - len(row.cells))
    for index, cell in enumerate(rest.cells):
        if cell.own or not cells[index].lines:
            cells[index] = cells[index] + cell
    return replace(row, cells=tuple(cells))


def told(row: PdfRow) -> str:
    """The row as messages call it."""
    words = next((cell.words for cell in row.cells if cell.own), "")
    return re.sub(r"\s+", " ", words)[:40]
