"""What is wrong in the rows of one table, cell by cell: counted in one pass, then sampled.

A value that cannot be one (a day that no calendar has, a flag that is none) is taken as blank; a
value that is merely doubtful (an end before its start, a code that nobody knows) is kept as it
came. Nothing is mended.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openscorecard.findings import Finding, Severity
from openscorecard.records.extracts.found import MOST_SAMPLES, Found, rows_of
from openscorecard.records.extracts.tables_in import typed_name, unread
from openscorecard.records.extracts.typed import MAY_LIE_AHEAD, far, in_a_form, in_range, known_code
from openscorecard.records.standard import Table, Type

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Check:
    """`where` is SQL over typed_<table> t; `of_all` and `of_one` say what it means,
    of many rows and of one, whose value is put for {value}. `text` is SQL over the rows r as text
    that has to hold too, "" where that says nothing."""

    rule: str
    severity: Severity
    column: str
    where: str
    of_all: str
    of_one: str
    text: str = ""


def check_cells(
    connection: DuckDBPyConnection,
    table: Table,
    extracted: dt.date,
    files: Mapping[int, str],
    as_text: str,
) -> list[Found]:
    """What was found in the cells of the table; `files` names the file of each council, `as_text`
    is SQL of its rows as text."""
    checks = [check for kind in _KINDS for check in kind(table, extracted)]
    if not checks:
        return []
    wanted = ", ".join(f"count(*) FILTER (WHERE {check.where})" for check in checks)
    counts = connection.execute(f"SELECT {wanted} FROM {typed_name(table)} t").fetchone()  # noqa: S608
    assert counts is not None
    found = []
    for check, rows in zip(checks, counts, strict=True):
        if rows and check.text:
            rows = _with_text(connection, table, check, as_text)
        if rows:
            sampled = connection.execute(
                f"""SELECT r.council, r.row, r.{check.column}
                FROM ({as_text}) r SEMI JOIN (
                    SELECT n FROM {typed_name(table)} t WHERE {check.where}
                    ORDER BY t.council, t.row, t.n{_few(check)}) t USING (n)
                WHERE {check.text or "TRUE"}
                ORDER BY r.council, r.row, r.n LIMIT {MOST_SAMPLES}"""  # noqa: S608
            ).fetchall()
            samples = tuple(_sample(check, files[code], row, text) for code, row, text in sampled)
            message = f"{rows_of(rows)} of {table.name}: {check.of_all}"
            found.append(
                Found(check.rule, check.severity, message, table.name, check.column, rows, samples)
            )
    return found


def _few(check: Check) -> str:
    """Where the text matters, any of the rows may be among the samples."""
    return "" if check.text else f" LIMIT {MOST_SAMPLES}"


def _with_text(connection: DuckDBPyConnection, table: Table, check: Check, as_text: str) -> int:
    counted = connection.execute(
        f"""SELECT count(*) FROM ({as_text}) r
        SEMI JOIN (SELECT n FROM {typed_name(table)} t WHERE {check.where}) t USING (n)
        WHERE {check.text}"""  # noqa: S608
    ).fetchone()
    assert counted is not None
    return int(counted[0])


def _sample(check: Check, file: str, row: int, text: str | None) -> Finding:
    return Finding(
        check.rule,
        check.severity,
        check.of_one.replace("{value}", f"“{(text or '')[:60]}”"),
        column=check.column,
        printed=text,
        place=f"{file}, row {row}, column {check.column}",
    )


def _dates(table: Table, extracted: dt.date) -> Iterator[Check]:
    for column in table.columns:
        name = column.name
        if column.type is not Type.DATE:
            continue
        then = "the row is set aside" if column.required else "taken as blank"
        yield Check(
            "date-impossible",
            Severity.ERROR,
            name,
            unread(table, name),
            f"{name} holds no date of the calendar; {then}.",
            "{value} is no date of the calendar.",
            in_a_form(f"r.{name}"),
        )
        yield Check(
            "date-unread",
            Severity.ERROR,
            name,
            unread(table, name),
            f"{name} is in a form that is not read; {then}. Write 2021-06-30 or 30/06/2021.",
            "{value} is in a form that is not read; write 2021-06-30 or 30/06/2021.",
            f"NOT {in_a_form(f'r.{name}')}",
        )
        yield Check(
            "date-out-of-range",
            Severity.ERROR,
            name,
            f"NOT ({in_range(f't.{name}', extracted)})",
            f"{name} lies before 1900 or after {far(extracted).year}; {then}.",
            "{value} cannot be right.",
        )
        if name not in MAY_LIE_AHEAD:
            yield Check(
                "date-in-future",
                Severity.WARNING,
                name,
                f"t.{name} > DATE '{extracted}' AND {in_range(f't.{name}', extracted)}",
                f"{name} lies after the day of extraction, {extracted}; kept as it is.",
                "{value} lies after the day of extraction.",
            )


def _spans(table: Table, extracted: dt.date) -> Iterator[Check]:
    for start, end in table.spans:
        yield Check(
            "end-before-start",
            Severity.ERROR,
            end,
            f"t.{end} < t.{start} AND {in_range(f't.{start}', extracted)} "
            f"AND {in_range(f't.{end}', extracted)}",
            f"{end} lies before {start}; kept as it is.",
            f"{{value}} lies before {start}.",
        )


def _codes(table: Table, extracted: dt.date) -> Iterator[Check]:
    del extracted
    for column in table.columns:
        if column.type is Type.CODE:
            name = column.name
            yield Check(
                "code-unknown",
                Severity.WARNING,
                name,
                f"t.{name} IS NOT NULL AND t.note IS NULL AND NOT (t.{known_code(column)})",
                f"{name} holds codes that are not in the set {column.codes}; kept as they came, "
                "and counted by no rule that asks for a code.",
                f"{{value}} is no code of {column.codes}.",
            )


def _flags(table: Table, extracted: dt.date) -> Iterator[Check]:
    del extracted
    for column in table.columns:
        if column.type is Type.FLAG:
            yield Check(
                "flag-unknown",
                Severity.WARNING,
                column.name,
                unread(table, column.name),
                f"{column.name} is neither yes nor no; taken as blank.",
                "{value} is neither yes nor no.",
            )


_KINDS: tuple[Callable[[Table, dt.date], Iterator[Check]], ...] = (_dates, _spans, _codes, _flags)
