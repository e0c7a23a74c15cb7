"""A header line: which of its columns holds what, settled with all of them in view."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from openscorecard.errors import InputError
from openscorecard.findings import Finding
from openscorecard.periods import Month
from openscorecard.records.printed.cells import read_figure
from openscorecard.records.printed.grid import Grid, Line, information, quoted, warning
from openscorecard.records.printed.headers import FIGURES, Heading, Role, heading
from openscorecard.records.printed.months import date_of, is_compact, month_of, months_in

_NO_COLUMN = (Role.UNKNOWN, Role.CHANGE, Role.NOT_READ, Role.MONTH)
# `[note 1]` points to a note that stands elsewhere in the file: a column of these holds nothing.
_NOTE_MARKS = re.compile(r"(?:\[note \d+\]\s*)+", re.IGNORECASE)
_MONTH_FIRST = (
    "; dates are read with the day first: where the month stands first, write the months as 2023-03"
)
_YEAR_SLASH = re.compile(r"[0-9]{4}/[0-9]{1,2}")
# Columns that mean something in a long table only (one line a figure).
_LONG_ONLY = (Role.PERIOD, Role.MEASURE, Role.VALUE, Role.PRINTED, Role.STATUS)


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of one table. `columns` has a role's column, `months` those of the months.

    `change_bases` are the months from which the changes are reckoned. `unplaced` are the columns
    whose header was not understood, or stands there twice.
    """

    line: Line
    headings: tuple[Heading, ...]
    columns: dict[Role, int]
    months: dict[Month, int]
    change_bases: dict[Role, Month]
    unplaced: tuple[int, ...]

    @property
    def width(self) -> int:
        """How many cells the line has, blank ones at its end too."""
        return len(self.line.cells)

    @property
    def is_long(self) -> bool:
        """Whether the table has one line a figure: a month column, and a column of values."""
        has = self.columns.keys()
        named = Role.REF in has or Role.NAME in has
        return named and Role.PERIOD in has and (Role.VALUE in has or Role.PRINTED in has)

    @property
    def figure_columns(self) -> dict[int, str]:
        """The columns that hold figures, with the names that findings give them."""
        months = {index: month.iso for month, index in self.months.items()}
        others = {self.columns[role]: role.value for role in FIGURES if role in self.columns}
        return months | others

    def text(self, role: Role) -> str:
        return self.headings[self.columns[role]].text


def header_of(line: Line) -> Header | None:
    """The header that the line is, or None for any other line.

    A header names the reference or the indicator beside a month, or three columns that we know.
    Two months alone make a header too: one of a table that cannot be placed.
    """
    texts = [cell for cell in line.cells if cell.own]
    if len(texts) < 2 or not _may_be_header(line):
        return None
    headings = [heading(cell) for cell in line.cells]
    roles = {item.role for item in headings}
    months = [item for item in headings if item.role is Role.MONTH]
    named = Role.REF in roles or Role.NAME in roles or Role.MEASURE in roles
    known = len(roles - {Role.UNKNOWN, Role.EMPTY, Role.MONTH, Role.NOT_READ})
    bare = sum(item.bare_month or item.day_month for item in headings)
    certain = sum(not is_compact(item.text) for item in months)  # 202104 may be a figure
    if (named and (months or known >= 3 or bare >= 2)) or certain >= 2:
        return _settle(line, headings)
    return None


def _may_be_header(line: Line) -> bool:
    """A quick look, so that rows are not put through every pattern."""
    for cell in line.cells:
        if cell.month is not None or (len(cell.text) <= 40 and month_of(cell.words)):
            return True
        if len(cell.text) <= 40 and heading(cell).role in (Role.REF, Role.NAME):
            return True
    return False


def newest_with_figures(header: Header, lines: Sequence[Line]) -> Month | None:
    """The newest month that has figures: a page may have columns for the months to come."""
    filled = [
        month
        for month, index in header.months.items()
        if any(read_figure(line.cell(index)).cell.has_number for line in lines)
    ]
    return max(filled, default=None)


def with_report_month(header: Header, report: Month) -> Header:
    """The header with its changes placed by that month."""
    if report == max(header.months):
        return header
    return _settle(header.line, [heading(cell) for cell in header.line.cells], report)


def _settle(line: Line, headings: list[Heading], report: Month | None = None) -> Header:
    while headings and headings[-1].role is Role.EMPTY:
        headings.pop()
    headings = _settle_years(_settle_names(headings))
    headings, bases = _settle_changes(headings, report)
    columns: dict[Role, int] = {}
    months: dict[Month, int] = {}
    unplaced: list[int] = []
    for index, item in enumerate(headings):
        spread = line.cell(index).spread
        if item.role is Role.MONTH and item.month is not None and spread != "across":
            months.setdefault(item.month, index)
        elif item.role is Role.OWNER_AND_REPORTER and spread == "across":
            # one header over two columns: the first is the owner's, the second the reporter's
            columns[Role.OWNER] = columns.pop(Role.OWNER_AND_REPORTER, index - 1)
            columns[Role.REPORTER] = index
        elif item.role in _NO_COLUMN or item.role in columns:
            unplaced.append(index)
        elif item.role is not Role.EMPTY:
            columns[item.role] = index
    header = Header(line, tuple(headings), columns, months, bases, tuple(unplaced))
    if header.is_long:
        return header
    of_long_tables = [columns[role] for role in _LONG_ONLY if role in columns]
    return replace(
        header,
        columns={role: index for role, index in columns.items() if role not in _LONG_ONLY},
        unplaced=tuple(sorted((*unplaced, *of_long_tables))),
    )


def _settle_names(headings: list[Heading]) -> list[Heading]:
    """`KPI` and `Measure` mean the reference, the name or the kind of figure by their company."""
    roles = [item.role for item in headings]
    words = [item.text.strip(" .:*").lower() for item in headings]
    long_table = Role.PERIOD in roles and (Role.VALUE in roles or Role.PRINTED in roles)
    settled = list(headings)
    for index, word in enumerate(words):
        others = [role for place, role in enumerate(roles) if place != index]
        if word == "kpi" and Role.REF in others and Role.NAME not in others:
            settled[index] = replace(headings[index], role=Role.NAME)
        elif word == "kpi" and Role.REF in others:
            settled[index] = replace(headings[index], role=Role.UNKNOWN)
        elif word == "measure" and long_table and (Role.NAME in others or Role.REF in others):
            settled[index] = replace(headings[index], role=Role.MEASURE)
        elif word == "responsible officer" and Role.OWNER in others:
            settled[index] = replace(headings[index], role=Role.REPORTER)
    return settled


def _settle_years(headings: list[Heading]) -> list[Heading]:
    """`2010/11` is November 2010 where another header is a month written so: `2010/10`."""
    if not any(item.role is Role.MONTH and _YEAR_SLASH.fullmatch(item.text) for item in headings):
        return headings
    return [
        replace(item, role=Role.MONTH, month=item.maybe_month) if item.maybe_month else item
        for item in headings
    ]


def _settle_changes(
    headings: list[Heading], report: Month | None
) -> tuple[list[Heading], dict[Role, Month]]:
    """Which change is from last month and which from last year: its base says so.

    A base one month before the report month (the newest month column, unless it is given) is last
    month's, one of twelve months last year's. A heading that was not moved on says one month more;
    its column is placed all the same, since only the figures can tell that it is stale, and the
    checks do. Any other base is neither.
    """
    months = [item.month for item in headings if item.role is Role.MONTH and item.month]
    report = report or max(months, default=None)
    settled = list(headings)
    found: dict[Role, tuple[int, Month]] = {}
    for index, item in enumerate(headings):
        if item.role is not Role.CHANGE or report is None:
            continue
        base = min(item.bases, default=None)
        if base is None and item.since:
            base = report.plus(-12 if item.since == "year" else -1)
        months_back = report.minus(base) if base else 0
        role = _CHANGES.get(months_back)
        if base is None or role is None:
            if base is not None:
                settled[index] = replace(item, months_back=months_back)
            continue
        if role not in found or base > found[role][1]:
            found[role] = (index, base)
    for role, (index, _) in found.items():
        settled[index] = replace(headings[index], role=role)
    return settled, {role: base for role, (_, base) in found.items()}


_CHANGES = {
    1: Role.CHANGE_MONTH,
    2: Role.CHANGE_MONTH,
    12: Role.CHANGE_YEAR,
    13: Role.CHANGE_YEAR,
}


def _change_unplaced(item: Heading) -> str:
    if item.months_back is None:
        return "which does not say from which month the change is reckoned"
    if item.months_back < 1:
        return "whose base is no month before the report month"
    return (
        f"whose base is {item.months_back} months before the report month (a page has places for "
        "changes from 1 and from 12 months before)"
    )


def month_twice(grid: Grid, header: Header) -> InputError | None:
    """The error that a month in two columns is: which of them is right nobody can say."""
    seen: dict[Month, str] = {}
    for index, item in enumerate(header.headings):
        if item.role is not Role.MONTH or item.month is None:
            continue
        if header.line.cell(index).spread == "across":
            continue
        if item.month in seen:
            return InputError(
                f"the month {item.month} stands in two columns "
                f"({quoted(seen[item.month])} and {quoted(item.text)})",
                where=grid.place(header.line.number),
                todo="remove one of the columns, or put its header right"
                + (_MONTH_FIRST if date_of(item.text) and "/" in item.text else ""),
            )
        seen[item.month] = item.text
    return None


def header_findings(
    grid: Grid, header: Header, table: int, lines: tuple[Line, ...]
) -> list[Finding]:
    """The columns of a table that were not placed, each named."""
    place = grid.place(header.line.number)
    findings = []
    for index in header.unplaced:
        item = header.headings[index]
        own = [line.cell(index).words for line in lines if line.cell(index).own]
        if item.role is Role.NOT_READ and all(_NOTE_MARKS.fullmatch(words) for words in own):
            continue
        cells = len(own)
        if header.line.cell(index).spread == "across" and not cells:
            continue
        held = f"its {cells} cell{' was' if cells == 1 else 's were'} not read"
        what = f"Table {table} has a column headed {quoted(item.text)}"
        if item.role is Role.NOT_READ:
            text = f"{what}, for which a page as read has no place: {held}."
            findings.append(information("unplaced-header", text, place, printed=item.text))
            continue
        if item.role is Role.CHANGE:
            why = _change_unplaced(item)
        elif item.role is Role.UNKNOWN and item.day_month:
            why = (
                "a day without a year, which a spreadsheet makes of a month such as Jun-21; write "
                "the month as 2021-06"
            )
        elif item.role is Role.UNKNOWN and months_in(item.text):
            month = months_in(item.text)[0]
            why = (
                f"which names the month {month.short}, but with more than a month's name; if these "
                f"are its figures, head the column {month.short}"
            )
        elif item.role is Role.UNKNOWN or item.role in _LONG_ONLY:
            why = "which is none that we know"
        else:
            why = f"but another column of it is the {item.role.value} already"
        findings.append(warning("unplaced-header", f"{what}, {why}: {held}.", place,
                                printed=item.text))  # fmt: skip
    for index, cell in enumerate(header.line.cells):
        if cell.problem:
            text = f"The header of column {index + 1} of table {table} {cell.problem}."
            findings.append(warning("unplaced-header", text, place))
    for index in range(max((len(line.cells) for line in lines), default=0)):
        unnamed = index >= len(header.headings) or header.headings[index].role is Role.EMPTY
        full = [line for line in lines if unnamed and line.cell(index).own]
        if full:
            first = full[0]
            more = f" and {len(full) - 1} more below it" if len(full) > 1 else ""
            findings.append(warning(
                "unplaced-cell",
                f"Column {index + 1} of table {table} has no header: the text "
                f"{quoted(first.cell(index).text)}{more} was not read.",
                grid.place(first.number), printed=first.cell(index).words,
            ))  # fmt: skip
    return findings
