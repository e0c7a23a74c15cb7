"""Which rows cannot be used, and why; the others are the clean table.

    aside_<table>   n, reason: the rows that are set aside
    clean_<table>   n, row, council and the columns, dates out of range blank; where all is sound
                    no more than a view of the typed table

A row is kept whenever it can count for anything: it needs its child, the dates and ids that the
table cannot do without, and something to know it by.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openscorecard.findings import Finding, Severity
from openscorecard.records.extracts.factors import JSON_COLUMN, UNREADABLE
from openscorecard.records.extracts.found import MOST_SAMPLES, Found, rows_of
from openscorecard.records.extracts.tables_in import typed_name, unread
from openscorecard.records.extracts.text_table import LONG
from openscorecard.records.extracts.typed import in_range
from openscorecard.records.standard import Table, Type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from duckdb import DuckDBPyConnection

NO_DATE = "cannot be a date"  # said of the cell already, with its text
DUPLICATE = "the same as an earlier row in every column"
_BETWEEN = "chr(31)"  # a sign that stands in no id


def aside(table: Table) -> str:
    return f"aside_{table.name}"


def clean(table: Table) -> str:
    return f"clean_{table.name}"


def part_usable(
    connection: DuckDBPyConnection, table: Table, extracted: dt.date, files: Mapping[int, str]
) -> list[Found]:
    """Makes the two tables; returns what was found on the way."""
    connection.execute(f"CREATE TABLE {aside(table)} (n BIGINT, reason VARCHAR)")
    looked = _look_over(connection, table, extracted)
    if looked.is_sound:
        columns = ", ".join(column.name for column in table.columns)
        connection.execute(
            f"""CREATE VIEW {clean(table)} AS
            SELECT n, row, council, {columns} FROM {typed_name(table)}"""  # noqa: S608
        )
        return []
    if looked.without_use:
        _set_useless_aside(connection, table, extracted)
    doubled = not looked.all_differ and _set_duplicates_aside(connection, table)
    columns = ", ".join(
        f"CASE WHEN {in_range(f't.{column.name}', extracted)} THEN t.{column.name} END "
        f"AS {column.name}"
        if column.type is Type.DATE
        else f"t.{column.name}"
        for column in table.columns
    )
    connection.execute(
        f"""CREATE TABLE {clean(table)} AS SELECT t.n, t.row, t.council, {columns}
        FROM {typed_name(table)} t ANTI JOIN {aside(table)} a ON a.n = t.n"""  # noqa: S608
    )
    found = _said_of_aside(connection, table, files)
    return found + (_said_of_keys(connection, table, files) if doubled else [])


@dataclass(frozen=True, slots=True)
class _Looked:
    """How many rows are of no use and how many have a date out of range; whether certainly no two
    rows are known by the same."""

    without_use: int
    out_of_range: int
    all_differ: bool

    @property
    def is_sound(self) -> bool:
        return not self.without_use and not self.out_of_range and self.all_differ


def _look_over(connection: DuckDBPyConnection, table: Table, extracted: dt.date) -> _Looked:
    """What there is to do, in one pass: mostly nothing. Where all hashes differ, so do the keys."""
    useless = " OR ".join(f"({where})" for where, _ in _reasons(table, extracted))
    out = " OR ".join(
        f"NOT ({in_range(f't.{column.name}', extracted)})"
        for column in table.columns
        if column.type is Type.DATE
    )
    counted = connection.execute(
        f"""SELECT count(*) FILTER (WHERE {useless}), count(*) FILTER (WHERE {out or "FALSE"}),
            count(*) = count(DISTINCT hash(council, {known_by(table)}))
        FROM {typed_name(table)} t"""  # noqa: S608
    ).fetchone()
    assert counted is not None
    return _Looked(*counted)


def _set_useless_aside(connection: DuckDBPyConnection, table: Table, extracted: dt.date) -> None:
    reasons = list(_reasons(table, extracted))
    whens = " ".join(f"WHEN {where} THEN $r{at}" for at, (where, _) in enumerate(reasons))
    connection.execute(
        f"""INSERT INTO {aside(table)} SELECT * FROM (
            SELECT t.n, CASE {whens} END AS reason FROM {typed_name(table)} t)
        WHERE reason IS NOT NULL""",  # noqa: S608
        {f"r{at}": reason for at, (_, reason) in enumerate(reasons)},
    )


def known_by(table: Table) -> str:
    """SQL of what tells rows apart: the id, else the natural key; NULL where there is neither."""
    natural = f"concat_ws({_BETWEEN}, '', {', '.join(_parts(table))})" if table.natural_key else ""
    if not table.key:
        return natural
    return f"coalesce({table.key}, {natural})" if natural else table.key


def _parts(table: Table) -> list[str]:
    return [f"coalesce(CAST({name} AS VARCHAR), '')" for name in table.natural_key]


def _reasons(table: Table, extracted: dt.date) -> Iterator[tuple[str, str]]:
    """Conditions in their order, each with the reason that it gives."""
    yield f"t.note = '{LONG}'", "the row has more cells than there are headings"
    yield f"t.note = '{UNREADABLE}'", f"the factors in {JSON_COLUMN} cannot be read"
    for column in table.columns:
        name = column.name
        if not column.required or (name == table.key and table.natural_key):
            continue
        if column.type is Type.DATE:
            yield f"t.{name} IS NULL AND NOT ({unread(table, name)})", f"{name} is blank"
            yield (
                f"t.{name} IS NULL OR NOT ({in_range(f't.{name}', extracted)})",
                f"{name} {NO_DATE}",
            )
        else:
            what = "no child: " if name == table.person else ""
            yield f"t.{name} IS NULL", f"{what}{name} is blank"
    if table.key and table.natural_key:
        others = [name for name in table.natural_key if name not in (table.person, table.key)]
        if others or table.key in table.natural_key:
            blank = " AND ".join(f"t.{name} IS NULL" for name in others)
            without = "TRUE" if table.key in table.natural_key else f"({blank})"
            yield (
                f"t.{table.key} IS NULL AND {without}",
                f"nothing to know the row by: {table.key} and what could stand for it are blank",
            )


def _set_duplicates_aside(connection: DuckDBPyConnection, table: Table) -> bool:
    """Sets exact copies aside; returns whether a key stands in several rows at all."""
    key = known_by(table)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE doubled AS
        SELECT council, {key} AS key
        FROM {typed_name(table)} t ANTI JOIN {aside(table)} a ON a.n = t.n
        GROUP BY council, {key} HAVING count(*) > 1"""  # noqa: S608
    )
    doubled = connection.execute("SELECT count(*) FROM doubled").fetchone()
    assert doubled is not None
    if not doubled[0]:
        return False
    columns = ", ".join(column.name for column in table.columns)
    connection.execute(
        f"""INSERT INTO {aside(table)}
        SELECT n, $reason FROM (
            SELECT n, row_number() OVER (PARTITION BY council, {columns} ORDER BY n) AS copy
            FROM (SELECT t.*, {key} AS known
                FROM {typed_name(table)} t ANTI JOIN {aside(table)} a ON a.n = t.n) k
            SEMI JOIN doubled d ON d.council = k.council AND d.key = k.known)
        WHERE copy > 1""",  # noqa: S608
        {"reason": DUPLICATE},
    )
    return True


def _said_of_aside(
    connection: DuckDBPyConnection, table: Table, files: Mapping[int, str]
) -> list[Found]:
    """One finding a reason, but for what the checks of cells say already."""
    source = f"{aside(table)} a JOIN {typed_name(table)} t ON t.n = a.n"
    reasons = connection.execute(
        f"SELECT reason, count(*) FROM {source} GROUP BY reason ORDER BY reason"  # noqa: S608
    ).fetchall()
    found = []
    for reason, rows in reasons:
        if reason.endswith(NO_DATE):
            continue
        sampled = connection.execute(
            f"""SELECT council, row FROM {source} WHERE reason = $1
            ORDER BY council, row LIMIT {MOST_SAMPLES}""",  # noqa: S608
            [reason],
        ).fetchall()
        rule = "duplicate-row" if reason == DUPLICATE else "row-set-aside"
        severity = Severity.WARNING if reason == DUPLICATE else Severity.ERROR
        samples = tuple(
            Finding(rule, severity, f"Set aside: {reason}.", place=f"{files[council]}, row {row}")
            for council, row in sampled
        )
        message = f"{rows_of(rows)} of {table.name} set aside: {reason}."
        found.append(Found(rule, severity, message, table.name, "", rows, samples))
    return found


def _said_of_keys(
    connection: DuckDBPyConnection, table: Table, files: Mapping[int, str]
) -> list[Found]:
    """Rows that share a key and differ: all are kept, for nothing tells which is right."""
    rows = connection.execute(
        f"""SELECT council, row, key FROM (
            SELECT council, row, {known_by(table)} AS key,
                count(*) OVER (PARTITION BY council, {known_by(table)}) AS times
            FROM {clean(table)}) WHERE times > 1 ORDER BY council, key, row"""  # noqa: S608
    ).fetchall()
    if not rows:
        return []
    column = table.key or table.natural_key[0]
    message = (
        f"{rows_of(len(rows))} of {table.name} share their {column} with another row and differ "
        "from it; all are kept."
    )
    samples = tuple(
        Finding(
            "duplicate-key",
            Severity.ERROR,
            "Another row has the same key and other values.",
            column=column,
            printed=key if key and "\x1f" not in key else None,
            place=f"{files[council]}, row {row}, column {column}",
        )
        for council, row, key in rows[:MOST_SAMPLES]
    )
    return [Found("duplicate-key", Severity.ERROR, message, table.name, column, len(rows), samples)]
