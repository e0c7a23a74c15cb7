"""Where the tables of a grid begin and end, and what stands between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from openscorecard.findings import Finding
from openscorecard.records.printed.cells import read_figure
from openscorecard.records.printed.grid import Grid, Line, information, quoted, warning
from openscorecard.records.printed.header import (
    Header,
    header_of,
    newest_with_figures,
    with_report_month,
)
from openscorecard.records.printed.headers import Role

_MOST_QUOTED = 4  # lines that one finding quotes
_MOST_NAMED = 12  # sheets that one finding names


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the lines below it, to the next header; blank lines left out."""

    grid: Grid
    header: Header
    lines: tuple[Line, ...]

    @property
    def place(self) -> str:
        return self.grid.place(self.header.line.number)


def tables_of(grid: Grid) -> tuple[tuple[Table, ...], tuple[Line, ...]]:
    """The tables of the grid, and the lines above the first of them."""
    above: list[Line] = []
    found: list[tuple[Header, list[Line]]] = []
    before: Line | None = None
    for line in grid.lines:
        header = None if found and found[-1][0].is_long else header_of(line)
        whole = None if header is None or before is None else _of_two_lines(before, header)
        if whole is not None:
            header = whole
            if found and found[-1][0].line is before:
                found.pop()
            else:
                (found[-1][1] if found else above).pop()
        before = None if line.blank else line
        if header is not None:
            if found and not found[-1][0].months and not found[-1][1]:
                above.append(found.pop()[0].line)  # the upper line of a header of two
            found.append((header, []))
        elif not line.blank:
            (found[-1][1] if found else above).append(line)
    tables = (Table(grid, header, tuple(lines)) for header, lines in found)
    return tuple(tables), tuple(above)


def of_one_page(tables: Sequence[Table]) -> list[Table]:
    """The tables with their changes placed by the month that the page reports: the newest that has
    figures in any table. One of quarterly figures may have none in it.

    A table without a column for that month, or whose changes are all reckoned from its own newest
    month, stands for itself.
    """
    newest = [newest_with_figures(table.header, table.lines) for table in tables]
    page = max((month for month in newest if month is not None), default=None)
    placed = []
    for table, own in zip(tables, newest, strict=True):
        months = [month for month in (page, own) if month is not None]
        headers = [
            with_report_month(table.header, month)
            for month in months
            if month in table.header.months
        ]
        header = max(headers, key=lambda one: len(one.change_bases), default=table.header)
        placed.append(replace(table, header=header))
    return placed


def _of_two_lines(upper: Line, lower: Header) -> Header | None:
    """The header of two lines, the references and names headed in the upper one, the months in the
    lower one. Each column has its lower heading; the upper one where there is none below."""
    if lower.is_long or not lower.months or lower.columns.keys() & {Role.REF, Role.NAME}:
        return None
    own = header_of(upper)
    if own is not None and (own.months or own.is_long):
        return None
    if any(read_figure(cell).cell.has_number for cell in upper.cells):
        return None
    width = max(len(upper.cells), len(lower.line.cells))
    pairs = [(upper.cell(index), lower.line.cell(index)) for index in range(width)]
    cells = tuple(below if below.own else above for above, below in pairs)
    whole = header_of(Line(lower.line.number, cells))
    if whole is None or not whole.columns.keys() & {Role.REF, Role.NAME}:
        return None
    return whole


def without_table(grids: Sequence[Grid]) -> list[Finding]:
    """The sheets, or the tables of a web page, that hold no table of months: one remark for all.

    Mostly they are covers, notes and definitions.
    """
    named = [grid for grid in grids if grid.part and any(not line.blank for line in grid.lines)]
    if not named:
        return []
    lines = sum(not line.blank for grid in named for line in grid.lines)
    has, was = ("has", "was") if len(named) == 1 else ("have", "were")
    plural = "" if lines == 1 else "s"
    parts = _parts(named[:_MOST_NAMED])
    if len(named) > _MOST_NAMED:
        parts += f" and {len(named) - _MOST_NAMED} more"
    text = (
        f"{parts[:1].upper()}{parts[1:]} {has} no table of indicators with months and {was} not "
        f"read: {lines} line{plural} of text."
    )
    first = next(line for line in named[0].lines if not line.blank)
    return [information("no-table", text, named[0].place(first.number))]


def _parts(grids: Sequence[Grid]) -> str:
    """`sheet 'Cover'`; of several, `sheets 'Cover', 'Notes'`."""
    kinds = {grid.part.partition(" ")[0] for grid in grids}
    if len(grids) == 1 or len(kinds) != 1:
        return ", ".join(grid.part for grid in grids)
    return f"{kinds.pop()}s {', '.join(grid.part.partition(' ')[2] for grid in grids)}"


def unplaced_lines(grid: Grid, lines: tuple[Line, ...]) -> list[Finding]:
    """The lines that are no row of a table: each is quoted or counted, none is dropped silently.

    Lines that follow each other share a finding. One with figures in it is a warning.
    """
    findings = []
    for group in _together(lines):
        first, last = group[0].number, group[-1].number
        where = grid.lines_name(first, last)
        quotes = [quoted(" | ".join(line.texts)) for line in group[:_MOST_QUOTED]]
        if len(group) > _MOST_QUOTED:
            quotes.append(f"and {len(group) - _MOST_QUOTED} more")
        is_are = (
            "is no row of a table and was" if len(group) == 1 else "are no rows of a table and were"
        )
        text = f"{where.capitalize()} {is_are} not read: {', '.join(quotes)}."
        make = warning if any(_has_figures(line) for line in group) else information
        findings.append(make("unplaced-line", text, grid.place(first)))
    return findings


def _together(lines: tuple[Line, ...]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        if groups and line.number <= groups[-1][-1].number + 2:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _has_figures(line: Line) -> bool:
    """Whether two or more cells hold a number: then a row may have gone unread."""
    return sum(read_figure(cell).cell.has_number for cell in line.cells if cell.own) >= 2
