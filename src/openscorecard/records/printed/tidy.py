"""A long table (one line a figure) back to the rows of a page.

This is the form of our own published CSV: `ref, indicator, section, unit, month, measure, value,
status, printed` and what stands beside these. The printed form decides what a cell is; `value`
gives the unrounded number. Numerators, denominators and verdicts are measures that we know; a page
has no column for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from openscorecard.errors import InputError
from openscorecard.findings import Finding
from openscorecard.periods import Month
from openscorecard.records.printed.cells import read_figure
from openscorecard.records.printed.grid import Line, RawCell, information, quoted, warning
from openscorecard.records.printed.headers import BESIDE, COMPARATORS, Role
from openscorecard.records.printed.months import month_of
from openscorecard.records.printed.page import BLANK, Cell, CellStatus, PrintedRow
from openscorecard.records.printed.tables import Table
from openscorecard.records.printed.unit import unit_of
from openscorecard.statistics.ranges import Range

_MONTHLY = ("value", "figure", "")
_DERIVED = tuple(role.value for role in (Role.CHANGE_MONTH, Role.CHANGE_YEAR, Role.AVERAGE,
                                         Role.MAXIMUM, *COMPARATORS))  # fmt: skip
_NOT_ON_A_PAGE = ("numerator", "denominator", "verdict")
# Columns of our own CSV that say what a page says elsewhere, or not at all.
_BESIDE = (
    "council", "audience", "revised", "comparator_period", "comparator_edition",
    "comparator_formula", "rule", "usual_low", "usual_high", "indicator_id", "month_start",
    "report_month",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: whose figure, of which month, and what it measures."""

    ref: str
    month: Month
    measure: str
    line: Line
    cell: Cell


def read_long_table(table: Table) -> tuple[list[PrintedRow], dict[str, str], list[Finding]]:
    """The rows, the comparators and what was not placed. Two lines for one figure: InputError."""
    figures: dict[tuple[str, Month, str], Figure] = {}
    findings: list[Finding] = []
    loose: dict[str, list[int]] = {}
    for line in table.lines:
        if _measure(table, line) in _NOT_ON_A_PAGE:
            continue
        figure, doubts = _figure(table, line)
        findings.extend(doubts)
        if isinstance(figure, str):
            loose.setdefault(figure, []).append(line.number)
            continue
        key = (figure.ref, figure.month, figure.measure)
        if key in figures:
            raise InputError(
                f"{figure.ref} has two figures for {figure.measure} in {figure.month}, the other "
                f"in line {figures[key].line.number}",
                where=table.grid.place(line.number),
                todo="remove one of the two lines",
            )
        figures[key] = figure
    findings.extend(_loose(table, loose))
    findings.extend(_columns_not_read(table))
    rows, more = _rows(table, list(figures.values()))
    measures = {figure.measure for figure in figures.values()}
    comparators: dict[str, str] = {
        role.value: str(role.value) for role in COMPARATORS if role.value in measures
    }
    return rows, comparators, [*findings, *more]


def _measure(table: Table, line: Line) -> str:
    words = line.cell(table.header.columns.get(Role.MEASURE)).words
    return words.lower().replace(" ", "_")


def _figure(table: Table, line: Line) -> tuple[Figure | str, list[Finding]]:
    """The line's figure, or why it has none in a few words."""
    columns = table.header.columns
    ref = line.cell(columns.get(Role.REF, columns.get(Role.NAME))).words
    period = line.cell(columns[Role.PERIOD])
    month = period.month or month_of(period.words)
    measure = _measure(table, line)
    if not ref:
        return "name no indicator", []
    if month is None:
        return "name no month", []
    if measure not in _MONTHLY and measure not in _DERIVED:
        return f"hold the measure {quoted(measure)}, which we do not know", []
    place = table.grid.place(line.number)
    cell, doubt = _cell(line.cell(columns.get(Role.PRINTED)), line.cell(columns.get(Role.VALUE)))
    column = month.iso if measure in _MONTHLY else measure
    findings = []
    if doubt:
        text = f"The figure of {column} {doubt}."
        findings = [warning("unread-cell", text, place, ref=ref, column=column, printed=cell.raw)]
    name = "value" if measure in _MONTHLY else measure
    return Figure(ref, month, name, line, cell), findings


def _cell(printed: RawCell, value: RawCell) -> tuple[Cell, str]:
    """The cell, its number unrounded where the file gives it so, and a doubt."""
    shown = read_figure(printed if printed.own else value)
    stored = read_figure(value).cell.number
    doubt = shown.doubt and f"{shown.doubt}: {quoted(shown.cell.raw)}"
    if shown.cell.number is None:
        if stored is not None and printed.own and shown.cell.status is CellStatus.TEXT:
            doubt = f"is printed as {quoted(printed.text)}, yet its value stands beside it"
        return shown.cell, doubt
    if stored is None or stored == shown.cell.number:
        return shown.cell, doubt
    if not _rounds_to(stored, shown.cell):
        doubt = (
            f"is printed as {quoted(printed.text)}, but its value is {value.words}; read as printed"
        )
        return shown.cell, doubt
    return _exactly(shown.cell, stored), doubt


def _rounds_to(stored: Fraction, cell: Cell) -> bool:
    assert cell.number is not None
    return Range.of_printed(cell.number, cell.decimals).holds(stored)


def _exactly(cell: Cell, number: Fraction) -> Cell:
    return Cell(
        raw=cell.raw,
        status=cell.status,
        number=number,
        decimals=cell.decimals,
        percent=cell.percent,
        exact=True,
        arrow=cell.arrow,
    )


def _loose(table: Table, loose: dict[str, list[int]]) -> list[Finding]:
    findings = []
    for why, lines in loose.items():
        text = f"{len(lines)} line{'' if len(lines) == 1 else 's'} {why}; not read."
        findings.append(warning("unplaced-line", text, table.grid.place(lines[0])))
    return findings


def _columns_not_read(table: Table) -> list[Finding]:
    """Columns that we know and have no place for are one remark together; each that we do not
    know is a doubt."""
    header, findings = table.header, []
    known: list[str] = []
    for index in header.unplaced:
        if not any(line.cell(index).own for line in table.lines):
            continue
        item = header.headings[index]
        if item.role is Role.NOT_READ or item.text.lower() in _BESIDE:
            known.append(quoted(item.text))
            continue
        text = f"The column {quoted(item.text)} has no place in a page; it was not read."
        findings.append(warning("unplaced-header", text, table.place, printed=item.text))
    if known:
        columns = (
            f"column {known[0]} has" if len(known) == 1 else f"columns {', '.join(known)} have"
        )
        were = "it was" if len(known) == 1 else "they were"
        text = f"The {columns} no place in a page; {were} not read."
        findings.append(information("unplaced-header", text, table.place))
    return findings


def _rows(table: Table, figures: list[Figure]) -> tuple[list[PrintedRow], list[Finding]]:
    """The figures gathered by indicator; the derived ones are those of the newest month."""
    months = sorted({figure.month for figure in figures if figure.measure == "value"})
    if not months:
        return [], []
    report = months[-1]
    findings = []
    older = [f for f in figures if f.measure != "value" and f.month != report]
    if older:
        text = f"{len(older)} derived figures belong to another month than {report}; not read."
        findings.append(information("unplaced-line", text, table.grid.place(older[0].line.number)))
    rows = []
    of_ref: dict[str, list[Figure]] = {}
    for figure in figures:
        of_ref.setdefault(figure.ref, []).append(figure)
    for own in of_ref.values():
        row, doubts = _row(table, months, own)
        rows.append(row)
        findings.extend(doubts)
    return rows, findings


def _first(figures: list[Figure]) -> Line:
    """The line that says what the row is: a month's figure, whose unit is the indicator's own."""
    return next((figure.line for figure in figures if figure.measure == "value"), figures[0].line)


def _row(
    table: Table, months: list[Month], figures: list[Figure]
) -> tuple[PrintedRow, list[Finding]]:
    columns, first = table.header.columns, _first(figures)
    ref, report = figures[0].ref, months[-1]
    given = {figure.month: figure.cell for figure in figures if figure.measure == "value"}
    values = {month: given.get(month, BLANK) for month in months}
    derived = {f.measure: f.cell for f in figures if f.measure != "value" and f.month == report}
    name = first.cell(columns.get(Role.NAME)).words
    printed_unit = first.cell(columns.get(Role.UNIT)).words
    beside = [derived[str(role)] for role in BESIDE if role in derived]
    unit, rule, why = unit_of(f"{ref} | {name}", printed_unit, values.values(), beside)
    place = table.grid.place(first.number)
    row = PrintedRow(
        ref=ref,
        name=name,
        table=1,
        line=first.number,
        values=values,
        unit=unit,
        change_month=derived.get("change_month"),
        change_year=derived.get("change_year"),
        average_12m=derived.get("average_12m"),
        maximum_12m=derived.get("maximum_12m"),
        sn=derived.get("sn"),
        eng=derived.get("eng"),
        region=derived.get("region"),
        change_month_base=report.plus(-1) if "change_month" in derived else None,
        change_year_base=report.plus(-12) if "change_year" in derived else None,
    )
    return row, [warning(rule, why, place, ref=ref)] if rule else []
