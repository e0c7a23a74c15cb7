"""From a file to a `PrintedPage`: the file's kind, its grids, their tables, the rows, the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from openscorecard.errors import InputError
from openscorecard.files import MEGABYTE, PAGE_LIMIT_MB, read_file
from openscorecard.findings import Finding
from openscorecard.records.printed import whole
from openscorecard.records.printed.encoding import decode
from openscorecard.records.printed.file_kind import Kind, kind_of
from openscorecard.records.printed.grid import Grid, Line, information, warning
from openscorecard.records.printed.header import month_twice
from openscorecard.records.printed.headers import COMPARATORS, Role, heading
from openscorecard.records.printed.mistaken_dates import days_for_months
from openscorecard.records.printed.page import PrintedPage, PrintedRow
from openscorecard.records.printed.people import settle
from openscorecard.records.printed.rows import DraftRow, comparators_of, read_table
from openscorecard.records.printed.tables import (
    Table,
    of_one_page,
    tables_of,
    unplaced_lines,
    without_table,
)
from openscorecard.records.printed.tidy import read_long_table

DEFAULT_LIMIT = PAGE_LIMIT_MB * MEGABYTE  # a page of 64 indicators is 35,000 bytes


@dataclass(frozen=True, slots=True)
class Rows:
    """What the tables gave: rows in the order of the file, each with its place in it."""

    rows: tuple[PrintedRow, ...]
    places: tuple[str, ...]
    tables: int
    comparators: dict[str, str]
    findings: tuple[Finding, ...]


def read_page(path: Path, *, limit_bytes: int = DEFAULT_LIMIT) -> PrintedPage:
    """The printed page in the file, with a finding for everything that could not be placed.

    Takes tab-separated text, CSV, XLSX, HTML and PDF, told apart by content. Everything is placed
    by its header, never by its position. InputError for what is no page: see tests/records for the
    list, each with the place (the path as it was given) and what to do.
    """
    data = read_file(
        path,
        most_bytes=limit_bytes,
        if_larger="give the page alone, or raise the limit with --limit-mb",
        if_empty="export the page again",
    )
    try:
        return _page(path.name, data)
    except InputError as error:
        where = error.where
        if where == path.name or where.startswith(f"{path.name}, "):
            where = f"{path}{where.removeprefix(path.name)}"
        raise InputError(error.found, where=where, todo=error.todo) from error


def _page(name: str, data: bytes) -> PrintedPage:
    """The page; places in it, those of errors too, begin with the file's bare name."""
    grids, findings = _grids(name, data)
    tables: list[Table] = []
    without: list[Grid] = []
    for grid in grids:
        found, above = tables_of(grid)
        readable = [table for table in found if _is_page_table(table)]
        tables.extend(readable)
        if readable:
            findings.extend(_left_out(grid, found, readable, above))
        else:
            without.append(grid)
    findings.extend(without_table(without))
    wide = of_one_page([table for table in tables if not table.header.is_long])
    if not tables:
        raise _no_table(name, grids)
    if wide:
        gathered = _from_wide(wide)
        for table in tables:
            if table.header.is_long:
                text = "The long table repeats the figures of the page; it was not read."
                findings.append(information("long-table", text, table.place))
    else:
        gathered = _from_long(tables[0])
        for table in tables[1:]:
            text = "A second long table stands in the file; it was not read."
            findings.append(warning("long-table", text, table.place))
    whole.check_refs(gathered.rows, gathered.places)
    months = sorted({month for row in gathered.rows for month in row.values})
    if not gathered.rows or not months:
        raise InputError(
            "the tables have headers but no rows of figures",
            where=name,
            todo="give a page whose rows begin with a reference, such as M1",
        )
    return PrintedPage(
        file=name,
        tables=gathered.tables,
        months=tuple(months),
        comparators=gathered.comparators,
        rows=gathered.rows,
        findings=(*findings, *gathered.findings, *whole.refs_alike(gathered.rows, gathered.places)),
    )


def _grids(name: str, data: bytes) -> tuple[list[Grid], list[Finding]]:
    """The readers, one a kind of file; those with heavy libraries are loaded when needed."""
    kind = kind_of(name, data)
    if kind is Kind.WORKBOOK:
        from openscorecard.records.printed.workbook import grids_of_workbook

        return grids_of_workbook(name, data)
    if kind is Kind.PDF:
        from openscorecard.records.printed.pdf_grids import grids_of_pdf

        return grids_of_pdf(name, data)
    if kind is Kind.HTML:
        from openscorecard.records.printed.html_tables import grids_of_html

        return grids_of_html(name, data)
    from openscorecard.records.printed.delimited import grid_of_text

    text, findings = decode(name, data)
    grid, more = grid_of_text(name, text)
    return [grid], [*findings, *more]


def _is_page_table(table: Table) -> bool:
    """Whether the table can be read: months (or a long table), and something to name its rows."""
    header = table.header
    error = month_twice(table.grid, header)
    named = Role.REF in header.columns or Role.NAME in header.columns
    error = days_for_months(table.grid, header) or error
    if error is not None and named:
        raise error
    return header.is_long or (bool(header.months) and named)


def _left_out(
    grid: Grid, found: Sequence[Table], readable: Sequence[Table], above: tuple[Line, ...]
) -> list[Finding]:
    """What of the grid belongs to no table that is read."""
    findings = unplaced_lines(grid, above)
    for table in found:
        if table not in readable:
            lacks = "a column of references or names" if table.header.months else "month columns"
            text = (
                f"The table in {grid.line_name(table.header.line.number)} has no {lacks}; its "
                f"{len(table.lines)} line{'' if len(table.lines) == 1 else 's'} were not read."
            )
            findings.append(warning("table-not-read", text, table.place))
    return findings


def _no_table(name: str, grids: Sequence[Grid]) -> InputError:
    for grid in grids:
        for table in tables_of(grid)[0]:
            above = _names_above(table)
            if table.header.months and above is not None:
                return InputError(
                    f"the months stand in {grid.line_name(table.header.line.number)}, and the "
                    f"references or indicators are headed in {grid.line_name(above)} above it",
                    where=table.place,
                    todo="put the whole header into one line",
                )
            if table.header.months:
                return InputError(
                    "the table has months but no column of references or indicators",
                    where=table.place,
                    todo="give it a header such as Ref. or Indicator",
                )
            if any(item.bare_month for item in table.header.headings):
                return InputError(
                    "the month columns do not say their year",
                    where=table.place,
                    todo="write the months as Apr-21 or 2021-04",
                )
            return InputError(
                "the table has no month columns",
                where=table.place,
                todo="give the months as headers, such as Jun-21 or 2021-06",
            )
    return InputError(
        "no table with indicators and month columns was found",
        where=name,
        todo="give a page with a header line, such as Ref., Indicator, May-21, Jun-21",
    )


def _names_above(table: Table) -> int | None:
    """The line right above the header that heads the references or the indicators."""
    number = table.header.line.number
    for line in table.grid.lines:
        if number - 3 <= line.number < number:
            roles = {heading(cell).role for cell in line.cells if cell.own}
            if Role.REF in roles or Role.NAME in roles:
                return line.number
    return None


def _from_wide(tables: Sequence[Table]) -> Rows:
    drafts: list[DraftRow] = []
    findings: list[Finding] = []
    comparators: dict[str, str] = {}
    for number, table in enumerate(tables, start=1):
        found, doubts = read_table(table, number)
        drafts.extend(found)
        findings.extend(doubts)
        comparators = comparators_of(table) | comparators
    people = settle([draft.people for draft in drafts])
    rows = tuple(
        replace(draft.row, owner=who.owner, reporter=who.reporter, outcome=who.outcome)
        for draft, who in zip(drafts, people, strict=True)
    )
    places = tuple(draft.place for draft in drafts)
    ordered: dict[str, str] = {
        str(role): comparators[role] for role in COMPARATORS if role in comparators
    }
    return Rows(
        rows,
        places,
        len(tables),
        ordered,
        (*whole.columns_differ(tables), *findings, *whole.people_findings(rows, places, people)),
    )


def _from_long(table: Table) -> Rows:
    rows, comparators, findings = read_long_table(table)
    places = tuple(table.grid.place(row.line) for row in rows)
    return Rows(tuple(rows), places, 1, comparators, tuple(findings))
