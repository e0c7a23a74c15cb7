"""A table's lines made into rows: every cell by its header."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from openscorecard.findings import Finding, Severity
from openscorecard.periods import Month
from openscorecard.records.printed.alike import alike_joined
from openscorecard.records.printed.cells import read_direction, read_figure
from openscorecard.records.printed.grid import Line, RawCell, information, quoted, warning
from openscorecard.records.printed.header import header_findings
from openscorecard.records.printed.headers import BESIDE, CHANGES, COMPARATORS, Role
from openscorecard.records.printed.mistaken_dates import date_findings
from openscorecard.records.printed.month_order import month_findings
from openscorecard.records.printed.months import month_of
from openscorecard.records.printed.page import BLANK, Cell, PrintedRow
from openscorecard.records.printed.people import PeopleCells
from openscorecard.records.printed.shape import mended, width_findings
from openscorecard.records.printed.subheadings import with_chosen_columns
from openscorecard.records.printed.tables import Table, unplaced_lines
from openscorecard.records.printed.unit import odd_signs, unit_of
from openscorecard.units import Unit

# What can be the reference of a row that has no figure: a note below a table is none.
_REF_LIKE = re.compile(
    r"(?!(?:nb|notes?|key|source)\b)(?=.*[0-9]|(?-i:[A-Z\W_]+$))"
    r"[^\s:;!?]{1,12}(?: [^\s:;!?]{1,8}){0,2}",
    re.IGNORECASE,
)
_LONGEST_REF, _LONGEST_NAME = 40, 300
# What our own media print before and beneath a comment, each in a line of its own.
_ABOUT = re.compile(r"About ([A-Z][a-z]+ [0-9]{4})\.")
REMARK = "Written before this figure was corrected."


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A row whose owner, reporter and outcome are not settled yet: that takes the whole file."""

    row: PrintedRow
    people: PeopleCells
    place: str


def read_table(table: Table, number: int) -> tuple[list[DraftRow], list[Finding]]:
    """The rows of a table with month columns, and what in it was not placed."""
    table, chosen = with_chosen_columns(table)
    lines, findings = mended(table)
    kept: list[Line] = []
    loose: list[Line] = []
    for line in lines:
        what = _what_is(table, line)
        if what == "row":
            kept.append(line)
        elif what == "no ref":
            findings.append(_without_ref(table, line))
        else:
            loose.append(line)
    rows = tuple(kept)
    findings = [
        *header_findings(table.grid, table.header, number, rows),
        *_months_and_refs(table, number),
        *chosen,
        *findings,
        *width_findings(table, rows),
        *unplaced_lines(table.grid, tuple(loose)),
    ]
    drafts: list[DraftRow] = []
    cells: list[Finding] = []
    for line in rows:
        draft, doubts = _draft(table, number, line)
        drafts.append(draft)
        cells.extend(doubts)
    return drafts, [*findings, *alike_joined(cells)]


def _what_is(table: Table, line: Line) -> str:
    """`row`, `no ref` (figures that belong to no reference) or `loose` (a title, a note)."""
    columns = table.header.columns
    ref, name = line.cell(_ref_column(table)), line.cell(columns.get(Role.NAME))
    figures = sum(line.cell(index).own for index in table.header.figure_columns)
    enough = figures >= min(2, len(table.header.figure_columns)) or (figures == 1 and name.own)
    if (
        ref.own
        and ref.words
        and len(ref.words) <= (_LONGEST_REF if Role.REF in columns else _LONGEST_NAME)
    ):
        if enough:
            return "row"
        something = figures or name.own
        return "row" if something and _REF_LIKE.fullmatch(ref.words) else "loose"
    return "no ref" if enough else "loose"


def _ref_column(table: Table) -> int | None:
    """The reference's column; in a table without one the name stands for it, and that is said."""
    return table.header.columns.get(Role.REF, table.header.columns.get(Role.NAME))


def _without_ref(table: Table, line: Line) -> Finding:
    name = line.cell(table.header.columns.get(Role.NAME)).words
    figures = [line.cell(index).words for index in table.header.figure_columns]
    if line.cell(_ref_column(table)).spread == "down":
        return Finding(
            "row-without-ref",
            Severity.ERROR,
            f"{table.grid.line_name(line.number).capitalize()} ({quoted(name)}) shares the merged "
            f"reference {quoted(line.cell(_ref_column(table)).text)} with the row above, so that "
            "its figures belong to no indicator and were not read. Give each row its own "
            "reference.",
            place=table.grid.place(line.number),
        )
    return Finding(
        "row-without-ref",
        Severity.ERROR,
        f"{table.grid.line_name(line.number).capitalize()} has figures but no reference of its "
        f"own, so that they belong to no indicator and were not read. It says {quoted(name)}, with "
        f"{', '.join(filter(None, figures))}.",
        place=table.grid.place(line.number),
    )


def _months_and_refs(table: Table, number: int) -> list[Finding]:
    findings = [
        *date_findings(table.grid, table.header, number),
        *month_findings(table, number),
    ]
    if Role.REF not in table.header.columns:
        findings.append(warning(
            "no-ref-column",
            f"Table {number} has no column of references: each indicator's name stands for it.",
            table.place,
        ))  # fmt: skip
    return findings


def _draft(table: Table, number: int, line: Line) -> tuple[DraftRow, list[Finding]]:
    header, place = table.header, table.grid.place(line.number)
    columns = header.columns
    ref, name = line.cell(_ref_column(table)).words, _text(line, columns.get(Role.NAME))
    figures, findings = _figures(table, line, ref)
    values: dict[Month, Cell] = {month: figures[month.iso] for month in sorted(header.months)}
    unit, doubts = _unit(table, line, f"{ref} | {name}", figures)
    findings.extend(replace(doubt, ref=ref) for doubt in doubts)
    direction, doubts = _direction(table, line, ref)
    findings.extend((*doubts, *_unread_texts(table, line, ref)))
    comment = columns.get(Role.COMMENTARY)
    commentary, doubts = _comment(table, line, ref)
    findings.extend(doubts)
    row = PrintedRow(
        ref=ref,
        name=name,
        table=number,
        line=line.number,
        values=values,
        commentary=commentary,
        unit=unit,
        preferred_direction=direction,
        change_month=figures.get("change_month"),
        change_year=figures.get("change_year"),
        average_12m=figures.get("average_12m"),
        maximum_12m=figures.get("maximum_12m"),
        sn=figures.get("sn"),
        eng=figures.get("eng"),
        region=figures.get("region"),
        change_month_base=header.change_bases.get(CHANGES[0]),
        change_year_base=header.change_bases.get(CHANGES[1]),
        comment_month=None if comment is None else header.headings[comment].month,
        has_commentary_column=comment is not None,
    )
    people = PeopleCells(
        owner=_marked(line, columns.get(Role.OWNER)),
        reporter=_marked(line, columns.get(Role.REPORTER)),
        both=_marked(line, columns.get(Role.OWNER_AND_REPORTER)),
        outcome=_marked(line, columns.get(Role.OUTCOME)),
    )
    return DraftRow(row, people, place), findings


def _figures(table: Table, line: Line, ref: str) -> tuple[dict[str, Cell], list[Finding]]:
    """The row's figures by the names of their columns."""
    place, findings = table.grid.place(line.number), []
    figures: dict[str, Cell] = {}
    for index, column in table.header.figure_columns.items():
        figures[column], doubts = _figure(line.cell(index), ref, column, place)
        findings.extend(doubts)
    if not any(line.cell(index).own for index in table.header.figure_columns):
        text = "The row has no figures."
        findings.append(information("row-without-figures", text, place, ref=ref))
    return figures, findings


def _unit(
    table: Table, line: Line, words: str, figures: dict[str, Cell]
) -> tuple[Unit, list[Finding]]:
    place = table.grid.place(line.number)
    months = [figures[month.iso] for month in table.header.months]
    beside = {str(role): figures[role] for role in BESIDE if role in figures}
    printed_unit = line.cell(table.header.columns.get(Role.UNIT)).words
    unit, rule, why = unit_of(words, printed_unit, months, beside.values())
    doubts = [warning(rule, why, place)] if rule else []
    for column, text in odd_signs(months, beside):
        doubts.append(warning("mixed-units", text, place, column=column))
    return unit, doubts


def _figure(raw: RawCell, ref: str, column: str, place: str) -> tuple[Cell, list[Finding]]:
    if raw.spread:
        if not raw.text.strip():
            return BLANK, []
        text = (
            f"The cell under {column} is part of a merged cell that holds {quoted(raw.text)}; that "
            "was read in its first cell alone, and this one as blank."
        )
        return BLANK, [warning("merged-figure", text, place, ref=ref, column=column)]
    reading = read_figure(raw, change=column in CHANGES)
    if not reading.doubt:
        return reading.cell, []
    shown = f"holds {quoted(raw.text)}, which " if raw.text.strip() else ""
    text = f"The cell under {column} {shown}{reading.doubt}."
    make = warning if reading.unread else information
    rule = "unread-cell" if reading.unread else "cell-with-care"
    return reading.cell, [make(rule, text, place, ref=ref, column=column, printed=raw.words)]


def _unread_texts(table: Table, line: Line, ref: str) -> list[Finding]:
    """Texts that a workbook does not give: formulas without their result."""
    place = table.grid.place(line.number)
    return [
        warning("unread-cell", f"The cell under {role} {line.cell(index).problem}.", place,
                ref=ref, column=str(role))
        for role, index in table.header.columns.items()
        if index not in table.header.figure_columns and line.cell(index).problem
    ]  # fmt: skip


def _direction(table: Table, line: Line, ref: str) -> tuple[str | None, list[Finding]]:
    column = table.header.columns.get(Role.DIRECTION)
    if column is None:
        return None, []
    raw = line.cell(column)
    direction = read_direction(raw)
    if direction is not None:
        return direction, []
    text = f"The preferred direction is given as {quoted(raw.text)}, which is neither up nor down."
    place = table.grid.place(line.number)
    return None, [warning("unread-cell", text, place, ref=ref, column="preferred_direction",
                          printed=raw.words)]  # fmt: skip


def comparators_of(table: Table) -> dict[str, str]:
    """The comparators of the table, each with its header as printed."""
    return {
        role.value: table.header.text(role) for role in COMPARATORS if role in table.header.columns
    }


def _comment(table: Table, line: Line, ref: str) -> tuple[str, list[Finding]]:
    """The comment, without the lines that our own media add: that it is not about the month of its
    column, which is worth knowing; and that a figure which it quotes was corrected."""
    text = _paragraphs(line.cell(table.header.columns.get(Role.COMMENTARY)))
    text = text.removesuffix(f"\n{REMARK}")
    first, _, rest = text.partition("\n")
    about = _ABOUT.fullmatch(first)
    month = month_of(about[1]) if about else None
    if month is None or not rest:
        return text, []
    told = f"The comment says that it is about {month.long}."
    found = information("comment-of-another-month", told, table.grid.place(line.number),
                        ref=ref, column="commentary")  # fmt: skip
    return rest.lstrip("\n"), [found]


def _paragraphs(cell: RawCell) -> str:
    """A comment as printed: spaces made plain, line breaks kept. One merged downwards is the
    comment of all its rows."""
    text = "" if cell.spread == "across" else cell.text
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines))


def _text(line: Line, column: int | None) -> str:
    """A cell on one line. A cell merged downwards applies to all its rows."""
    cell = line.cell(column)
    return "" if cell.spread == "across" else cell.words


def _marked(line: Line, column: int | None) -> str | None:
    """The text of a cell with its markup; None where the table has no such column."""
    if column is None:
        return None
    cell = line.cell(column)
    if cell.spread == "across":
        return ""
    return cell.text if cell.markup is None else cell.markup
