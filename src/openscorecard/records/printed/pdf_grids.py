"""A PDF to grids: one a table, over as many pages as it goes.

A tagged PDF is read by its tags, any other by the lines that rule its tables. A scan has neither,
and is refused: figures guessed from a picture are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from openscorecard.errors import InputError
from openscorecard.findings import Finding, Severity
from openscorecard.records.printed.alike import alike_joined
from openscorecard.records.printed.cells import read_figure
from openscorecard.records.printed.grid import (
    MOST_CELLS,
    Grid,
    Line,
    RawCell,
    information,
    quoted,
    warning,
)
from openscorecard.records.printed.header import Header, header_of
from openscorecard.records.printed.headers import Role, heading
from openscorecard.records.printed.pdf_cells import PdfRow, PdfTable, rooms
from openscorecard.records.printed.pdf_joined import as_line, join_pages, told
from openscorecard.records.printed.pdf_outside import lines_outside
from openscorecard.records.printed.pdf_own import (
    as_other_media_have_it,
    is_our_table,
    longer_comments,
    refuse_paper,
)
from openscorecard.records.printed.pdf_pages import Document, PdfPage, opened
from openscorecard.records.printed.pdf_rules import ruled_tables
from openscorecard.records.printed.pdf_tagged import tagged_tables
from openscorecard.records.printed.pdf_text import Habits, TextLine, habits

_COVERED = 0.6  # of a page, by one picture: a scan with recognised text, if no table is ruled in it
_PASTED = 0.2  # of a page: a picture that may be one of a table
_MANY_SHAPES = 200  # on a page without text: letters that were turned into drawings
_BROKEN = re.compile(r"(?<=[a-z])[-‐](?=[a-z])")
_ROW_OF_FIGURES = 3  # cells with a number: a row of figures rather than a table of notes
_MOST_OVERLAID = 5  # cells that a stamp or a signature may lie on
ASK = "ask for the workbook or the original PDF that it was made from, and give that"


def grids_of_pdf(name: str, data: bytes) -> tuple[list[Grid], list[Finding]]:
    """One grid a table; `line` counts the rows of all of them. Rows are named by their page."""
    with opened(name, data) as document:
        findings = _pictures(name, document)
        tables, doubts = _tables(name, document)
        if not tables:
            raise _no_tables(name)
        refuse_paper(name, tables)
        _check_overlaid(name, tables)
        ours = is_our_table(document)
        longer = longer_comments(document) if ours else {}
        whole = join_pages(tables)
        habit = habits(_cells(whole.tables))
        grids: list[Grid] = []
        before = 0
        for table in whole.tables:
            grid, more = _grid(name, table, habit, before)
            before += len(grid.lines)
            grids.append(as_other_media_have_it(grid, table.above, longer) if ours else grid)
            doubts.extend((*more, *_without_header(grid)))
        if before * max(table.width for table in whole.tables) > MOST_CELLS:
            raise InputError(f"the tables have more than {MOST_CELLS:,} cells, which no page has",
                             where=name, todo="give the page alone")  # fmt: skip
        outside = [] if ours else lines_outside(name, document, tables)
        return grids, [*findings, *_mended(name, document), *doubts, *outside,
                       *_cut(name, whole.cut)]  # fmt: skip


def _tables(name: str, document: Document) -> tuple[list[PdfTable], list[Finding]]:
    """By tags where these give a table with a header; the pages without any, and all pages of
    other documents, by ruled lines."""
    tables, findings = tagged_tables(name, document)
    if not any(_has_header(table) for table in tables):
        tables, findings = [], []
    tagged = {page for table in tables for page in range(table.first_page, table.end + 1)}
    for page in document.pages:
        if page.number not in tagged and page.has_text and not page.hidden:
            tables.extend(ruled_tables(page))
    return sorted(tables, key=lambda table: table.first_page), findings


def _check_overlaid(name: str, tables: Sequence[PdfTable]) -> None:
    """InputError where texts lie on one another in many cells, as where rows are too low for what
    they hold: then cells that look whole are cut off too."""
    cells = [cell for table in tables for row in table.rows for cell in row.cells if cell.own]
    overlaid = sum(cell.overlaid for cell in cells)
    if overlaid > _MOST_OVERLAID:
        raise InputError(
            f"in {overlaid} cells of the tables texts lie on one another",
            where=name,
            todo="ask for the workbook that it was made from; or make the rows high enough for "
            "their text, and print it again",
        )


def _has_header(table: PdfTable) -> bool:
    return any(header_of(as_line(row)) is not None for row in table.rows[:10])


def _cells(tables: Sequence[PdfTable]) -> list[tuple[Sequence[TextLine], float]]:
    found: list[tuple[Sequence[TextLine], float]] = []
    for table in tables:
        room = rooms(table)
        for row in table.rows:
            found.extend(
                (cell.lines, room[index]) for index, cell in enumerate(row.cells) if cell.own
            )
    return found


def _grid(name: str, table: PdfTable, habit: Habits, before: int) -> tuple[Grid, list[Finding]]:
    room = rooms(table)
    lines: list[Line] = []
    names: dict[int, str] = {}
    findings: list[Finding] = []
    header: Header | None = None
    for number, row in enumerate(table.rows, start=before + 1):
        names[number] = f"page {row.page}, row {row.number}"
        raw = [cell.raw(room[index], habit) for index, cell in enumerate(row.cells)]
        line = Line(number, tuple(raw))
        if header_of(line) is not None:
            line = _with_whole_headings(line)
        header = header_of(line) or header
        if header is not None and header.line is not line:
            line = _with_whole_key(line, row, header, room, habit)
            line, doubts = _with_whole_figures(name, line, row, header, names[number])
            findings.extend(doubts)
        lines.append(line)
    grid = Grid(name, "", tuple(lines), "row", ragged=False, names=names)
    return grid, alike_joined(findings)


def _without_header(grid: Grid) -> list[Finding]:
    """What there is to say of a table that has no header with months: nothing of it is read."""
    if any(header.months or header.is_long for header in filter(None, map(header_of, grid.lines))):
        return []
    first, last = grid.lines[0].number, grid.lines[-1].number
    count = f"{len(grid.lines)} row{'' if len(grid.lines) == 1 else 's'}"
    words = quoted(" | ".join(grid.lines[0].texts))
    text = (
        f"The table in {grid.lines_name(first, last)} has no header with months, and is no part of "
        f"the table before it: its {count} were not read. It begins {words}."
    )
    figures = [line for line in grid.lines if _figures(line) >= _ROW_OF_FIGURES]
    if not figures:
        return [information("no-table", text, grid.place(first))]
    return [Finding("table-not-read", Severity.ERROR, text, place=grid.place(first))]


def _figures(line: Line) -> int:
    return sum(read_figure(cell).cell.has_number for cell in line.cells if cell.own)


def _with_whole_headings(line: Line) -> Line:
    """The header with headings that a hyphen at a line's end made unknown: `Pre-ferred DoT`."""
    cells = []
    for cell in line.cells:
        whole = RawCell(_BROKEN.sub("", cell.text))
        better = heading(cell).role is Role.UNKNOWN and heading(whole).role is not Role.UNKNOWN
        cells.append(whole if better and not cell.spread else cell)
    return replace(line, cells=tuple(cells))


def _with_whole_key(
    line: Line, row: PdfRow, header: Header, room: Sequence[float], habit: Habits
) -> Line:
    column = header.columns.get(Role.REF)
    if column is None or not line.cell(column).own:
        return line
    cells = list(line.cells)
    cells[column] = row.cells[column].raw(room[column], habit, key=True)
    return replace(line, cells=tuple(cells))


def _with_whole_figures(
    name: str, line: Line, row: PdfRow, header: Header, place: str
) -> tuple[Line, list[Finding]]:
    """The line with figures that their narrow cell broke in two put together: `1,2` and `23`.

    Only where the parts make no figure and the whole does; and it is said.
    """
    cells, findings = list(line.cells), []
    ref = line.cell(header.columns.get(Role.REF)).words or None
    for index, column in header.figure_columns.items():
        raw = line.cell(index)
        if index >= len(row.cells) or len(row.cells[index].lines) < 2 or not raw.own:
            continue
        tight = "".join(part.plain for part in row.cells[index].lines)
        if not read_figure(raw).unread or not _is_broken_figure(tight):
            continue
        cells[index] = RawCell(tight, problem=raw.problem)
        text = (
            f"The cell under {column} stands in {len(row.cells[index].lines)} lines "
            f"({quoted(raw.text)}), a number broken by its narrow column; it was read as {tight}."
        )
        findings.append(information("figure-on-two-lines", text, f"{name}, {place}",
                                    ref=ref, column=column, printed=raw.words))  # fmt: skip
    return replace(line, cells=tuple(cells)), findings


def _is_broken_figure(text: str) -> bool:
    reading = read_figure(RawCell(text))
    return reading.cell.has_number and not reading.doubt


def _pictures(name: str, document: Document) -> list[Finding]:
    """The pages, or parts of them, that are pictures; InputError where all pages are."""
    pictures = [page for page in document.pages if _is_picture(page) or _is_recognised(page)]
    if any(page.has_text and page not in pictures for page in document.pages):
        scans = [
            Finding(
                "page-not-read",
                Severity.ERROR,
                f"Page {page.number} is a scan, a picture of a page: what stands in it was not "
                f"read. {ASK[0].upper()}{ASK[1:]}.",
                place=f"{name}, page {page.number}",
            )
            for page in pictures
        ]
        return [*scans, *_pasted(name, [page for page in document.pages if page not in pictures])]
    if not any(page.covered for page in pictures):
        raise InputError("the PDF has no text that can be read: what it shows is drawn",
                         where=name, todo=ASK)  # fmt: skip
    without = ", without text"
    if any(page.has_text for page in document.pages):
        without = ", with text that a program recognised in them, and may have misread"
    raise InputError(f"this is a scan: pictures of pages{without}", where=name, todo=ASK)


def _is_picture(page: PdfPage) -> bool:
    return not page.has_text and (page.covered > _PASTED or page.shapes > _MANY_SHAPES)


def _pasted(name: str, pages: Sequence[PdfPage]) -> list[Finding]:
    return [
        information(
            "picture-not-read",
            f"Page {page.number} has a picture on {100 * page.covered:.0f}% of it. If it is one of "
            "a table, that was not read.",
            f"{name}, page {page.number}",
        )
        for page in pages
        if page.covered > _PASTED
    ]


def _is_recognised(page: PdfPage) -> bool:
    """Whether the page is a picture over which a program has laid the text that it recognised."""
    return page.has_text and page.covered > _COVERED and (page.hidden or not ruled_tables(page))


def _no_tables(name: str) -> InputError:
    return InputError(
        "the PDF has text, but no table that is tagged or ruled with lines between its columns",
        where=name,
        todo="ask for the workbook that it was made from; or print the table with its grid lines, "
        "or as a tagged (accessible) PDF",
    )


def _mended(name: str, document: Document) -> list[Finding]:
    if not document.mended:
        return []
    text = (
        "The PDF's list of its parts is broken. It was read by looking for the parts, and one may "
        "be missing: see that all rows are there."
    )
    return [warning("pdf-mended", text, name)]


def _cut(name: str, rows: Sequence[PdfRow]) -> list[Finding]:
    if not rows:
        return []
    what = "row is" if len(rows) == 1 else "rows are"
    text = (
        f"{len(rows)} {what} cut by the end of a page, and {'was' if len(rows) == 1 else 'were'} "
        f"put together: {', '.join(told(row) for row in rows)}."
    )
    place = f"{name}, page {rows[0].page}, row {rows[0].number}"
    return [information("rows-over-pages", text, place)]
