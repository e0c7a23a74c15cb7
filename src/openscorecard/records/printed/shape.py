"""Lines of a text file or web page that do not fit their header: broken in two, or too narrow.

A figure under the wrong month is the worst that a reader can do. So a line of another width than
its header is put right where there is one way only to do so, and reported either way.
"""

from __future__ import annotations

from openscorecard.findings import Finding
from openscorecard.records.printed.cells import read_figure
from openscorecard.records.printed.grid import Line, RawCell, information, warning
from openscorecard.records.printed.headers import CHANGES, Role
from openscorecard.records.printed.tables import Table

_MOST_PIECES = 6  # a cell with more line breaks than that before the figures is no cell


def mended(table: Table) -> tuple[tuple[Line, ...], list[Finding]]:
    """The table's lines, those that a line break in a cell cut in two joined again."""
    if not table.grid.ragged or not table.header.months:
        return table.lines, []
    lines: list[Line] = []
    findings: list[Finding] = []
    index = 0
    while index < len(table.lines):
        count = _pieces(table, index)
        line = table.lines[index]
        if count > 1:
            line = _joined(table.lines[index : index + count])
            last = table.lines[index + count - 1].number
            findings.append(warning(
                "joined-lines",
                f"Lines {line.number} to {last} are one row, cut by a line break in a cell: "
                f"together they have the {table.header.width} cells of their header, and were "
                "read as one.",
                table.grid.place(line.number), ref=_ref(table, line),
            ))  # fmt: skip
        shifted = _with_people_in_their_columns(table, line)
        if shifted is not None:
            findings.append(information(
                "row-realigned",
                f"{table.grid.line_word.capitalize()} {line.number} has owner and reporter "
                f"{'apart' if len(line.cells) > table.header.width else 'in one cell'}, unlike its "
                "header; its other cells were placed with that in mind.",
                table.grid.place(line.number), ref=_ref(table, line),
            ))  # fmt: skip
        lines.append(shifted or line)
        index += count
    return tuple(lines), findings


def width_findings(table: Table, rows: tuple[Line, ...]) -> list[Finding]:
    """The rows that are narrower or wider than their header, where that is not how the file is.

    Some programs leave blank cells off the end of a line: where no row of the table ends with a
    blank one, a narrow row that reaches beyond its figures is taken for that.
    """
    if not table.grid.ragged:
        return []
    width, findings = table.header.width, []
    trims = all(line.cells[-1].own for line in rows if line.cells)
    after_figures = max(table.header.figure_columns, default=-1) + 1
    for line in rows:
        have = len(line.cells)
        beyond = any(cell.own for cell in line.cells[width:])
        if have == width or (have > width and not beyond):
            continue
        if trims and after_figures <= have < width and not _unread(table, line):
            continue
        findings.append(warning(
            "row-width",
            f"{table.grid.line_word.capitalize()} {line.number} has {have} cells where the header "
            f"of its table has {width}: a cell may be missing or split, and its figures may stand "
            "under the wrong headers.",
            table.grid.place(line.number), ref=_ref(table, line),
        ))  # fmt: skip
    return findings


def _ref(table: Table, line: Line) -> str | None:
    return line.cell(table.header.columns.get(Role.REF)).words or None


def _pieces(table: Table, start: int) -> int:
    """How many lines from `start` on are one row: 1, or as many as make up the width exactly."""
    width = table.header.width
    first_month = min(table.header.months.values())
    first = table.lines[start]
    if len(first.cells) >= width or len(first.cells) > first_month or not first.cells[0].own:
        return 1
    total = len(first.cells)
    for count in range(2, _MOST_PIECES + 1):
        if start + count > len(table.lines):
            return 1
        if _complete(table, table.lines[start + count - 1]):
            return 1  # what stands above a complete row is a section line, no piece of it
        total += len(table.lines[start + count - 1].cells) - 1
        if total == width:
            whole = _joined(table.lines[start : start + count])
            return count if _figures_read(table, whole) else 1
        if total > width:
            return 1
    return 1


def _complete(table: Table, line: Line) -> bool:
    """Whether the line is a row by itself: a reference (or name), and figures in their places."""
    columns = table.header.columns
    named = line.cell(columns.get(Role.REF, columns.get(Role.NAME))).own
    last = max(table.header.figure_columns, default=0)
    return named and len(line.cells) > last and _figures_read(table, line)


def _joined(pieces: tuple[Line, ...]) -> Line:
    cells = list(pieces[0].cells)
    for piece in pieces[1:]:
        cut = RawCell(f"{cells[-1].text}\n{piece.cells[0].text}")
        cells = [*cells[:-1], cut, *piece.cells[1:]]
    return Line(pieces[0].number, tuple(cells))


def _figures_read(table: Table, line: Line) -> bool:
    """Whether every figure column of the line holds what a figure column may hold."""
    cells = [line.cell(index) for index in table.header.figure_columns]
    return any(cell.own for cell in cells) and not _unread(table, line)


def _unread(table: Table, line: Line) -> bool:
    return any(
        read_figure(line.cell(index), change=column in CHANGES).unread
        for index, column in table.header.figure_columns.items()
    )


def _with_people_in_their_columns(table: Table, line: Line) -> Line | None:
    """The line put right where it has one cell more (or fewer) because of owner and reporter.

    Only where the line as it stands makes no sense, and put so it makes sense throughout.
    """
    columns, cells = table.header.columns, line.cells
    if _figures_read(table, line):
        return None
    shifted = None
    both = columns.get(Role.OWNER_AND_REPORTER)
    owner, reporter = columns.get(Role.OWNER), columns.get(Role.REPORTER)
    if len(cells) == table.header.width + 1 and both is not None and "\n" not in cells[both].text:
        people = RawCell(f"{cells[both].text}\n{cells[both + 1].text}")
        shifted = Line(line.number, (*cells[:both], people, *cells[both + 2 :]))
    elif len(cells) == table.header.width - 1 and owner is not None and reporter == owner + 1:
        shifted = Line(line.number, (*cells[:owner], *_in_two(cells[owner]), *cells[owner + 1 :]))
    return shifted if shifted is not None and _figures_read(table, shifted) else None


def _in_two(cell: RawCell) -> tuple[RawCell, RawCell]:
    """Owner and reporter by the line break; without one, all of it the owner's."""
    parts = [part.strip() for part in cell.text.split("\n") if part.strip()]
    return (RawCell(parts[0]), RawCell(parts[1])) if len(parts) == 2 else (cell, RawCell(""))
