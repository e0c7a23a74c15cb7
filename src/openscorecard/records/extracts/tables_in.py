"""The files of one standard table into one table of the database, as its types.

typed_<table>   n (which tells its rows apart, in the order of the files), row, council, note,
                unread (a bit for each column whose text cannot be its type) and the columns

What stood in the files is read again where something has to be said about it: `as_text` is SQL of
the same rows, with n, row, council, note and the columns as cleaned text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from openscorecard.findings import Finding, Severity
from openscorecard.records.extracts.columns import NO_NOTE, Columns, FileIn
from openscorecard.records.extracts.factors import FACTOR, JSON_COLUMN, open_factors
from openscorecard.records.extracts.folder import ExtractFile
from openscorecard.records.extracts.found import MOST_SAMPLES, Found, listed, note, rows_of
from openscorecard.records.extracts.parquet_table import read_parquet_table, unsound
from openscorecard.records.extracts.text_table import SHORT, read_text_table
from openscorecard.records.extracts.typed import cleaned, of_calendar, typed
from openscorecard.records.standard import Table, Type

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MAY_BE_UNREAD = (Type.DATE, Type.FLAG)


@dataclass(frozen=True, slots=True)
class Added:
    """A file that is in: how many numbers its rows may have taken, SQL of them as text, and whether
    some may have fewer cells than headings."""

    sha256: str
    columns: Columns
    numbers: int
    as_text: str
    may_be_short: bool
    found: tuple[Found, ...]


def typed_name(table: Table) -> str:
    return f"typed_{table.name}"


def unread(table: Table, name: str) -> str:
    """SQL of whether the column `name` of typed_<table> t holds nothing though text stood there."""
    return f"t.unread & {_bit(table, name)} <> 0"


def start_table(connection: DuckDBPyConnection, table: Table) -> None:
    columns = ", ".join(
        f"{column.name} {'DATE' if column.type is Type.DATE else 'VARCHAR'}"
        for column in table.columns
    )
    connection.execute(
        f"""CREATE TABLE {typed_name(table)}
        (n BIGINT, row BIGINT, council SMALLINT, note VARCHAR, unread BIGINT, {columns})"""
    )


def add_file(
    connection: DuckDBPyConnection,
    table: Table,
    file: ExtractFile,
    council: int,
    scratch: Path,
    first: int,
) -> Added:
    """Adds one file's rows, numbered from `first` on. Wholly blank rows are left."""
    import duckdb

    if file.is_parquet:
        file_in = read_parquet_table(connection, file, table)
    else:
        file_in = read_text_table(connection, f"file_{table.name}_{council}", file, table, scratch)
    try:
        numbers, blank, as_text = _put_in(connection, table, file_in, council, first)
    except duckdb.Error as error:
        if file.is_parquet:
            raise unsound(file, error) from error
        raise
    found = list(file_in.found)
    if blank:
        message = (
            f"{file.name}: {rows_of(blank)} without any value in the columns that we take; "
            "left out."
        )
        found.append(note("blank-rows", message, table=table.name, rows=blank))
    found.extend(_said_of_columns(table, file, file_in.columns))
    return Added(
        file_in.sha256, file_in.columns, numbers, as_text, file_in.note != NO_NOTE, tuple(found)
    )


def all_as_text(table: Table, added: list[Added]) -> str:
    """SQL of the rows of all files as text."""
    names = ", ".join(["n", "row", "council", "note", *(column.name for column in table.columns)])
    return " UNION ALL ".join(f"SELECT {names} FROM ({one.as_text})" for one in added)  # noqa: S608


def short_rows(
    connection: DuckDBPyConnection, table: Table, added: list[Added], files: Mapping[int, str]
) -> list[Found]:
    """That rows have fewer cells than headings, once all files are in."""
    if not any(one.may_be_short for one in added):
        return []
    short = connection.execute(
        f"SELECT council, row FROM {typed_name(table)} WHERE note = '{SHORT}' ORDER BY ALL"  # noqa: S608
    ).fetchall()
    return [_short_rows(table, short, files)] if short else []


def _put_in(
    connection: DuckDBPyConnection, table: Table, file_in: FileIn, council: int, first: int
) -> tuple[int, int, str]:
    """Puts the file's rows into typed_<table>: how many numbers they took, how many rows were left
    since they are blank, and SQL of the others as text."""
    names = [column.name for column in table.columns]
    as_text = _as_text(table, file_in, council, first)
    if not _is_json(file_in):
        numbers = _number(connection, _insert(table, as_text, _dates(table, file_in)))
        nothing = " AND ".join(f"{name} IS NULL" for name in names)
        blank = _number(
            connection,
            f"DELETE FROM {typed_name(table)} WHERE council = {council} AND unread = 0 "  # noqa: S608
            f"AND {nothing}",
        )
        return numbers, blank, as_text
    opened = f"opened_{table.name}_{council}"
    total = _number(connection, f"CREATE TABLE {opened} AS {as_text}")
    somewhere = " OR ".join(f"{name} IS NOT NULL" for name in names)
    filled = _number(connection, f"SELECT count(*) FROM {opened} WHERE {somewhere}")  # noqa: S608
    open_factors(connection, opened)
    as_text = f"SELECT * REPLACE ({first} + rowid AS n) FROM {opened}"  # noqa: S608
    return _number(connection, _insert(table, as_text, {})), total - filled, as_text


def _number(connection: DuckDBPyConnection, statement: str) -> int:
    """What a count gives, or how many rows a statement wrote."""
    row = connection.execute(statement).fetchone()
    assert row is not None
    return int(row[0])


def _is_json(file_in: FileIn) -> bool:
    return JSON_COLUMN in file_in.columns.at and FACTOR not in file_in.columns.at


def _dates(table: Table, file_in: FileIn) -> dict[str, str]:
    """The columns that are dates in the file already, each with its name in the source."""
    return {
        column.name: f"d{file_in.columns.at[column.name]}"
        for column in table.columns
        if column.type is Type.DATE and file_in.columns.at.get(column.name) in file_in.dates
    }


def _as_text(table: Table, file_in: FileIn, council: int, first: int) -> str:
    """The file's rows as n, row, council, note and the columns as cleaned text; those that are
    dates already stand beside as such."""
    dates = _dates(table, file_in)
    names = [column.name for column in table.columns]
    columns = [_text(name, file_in) for name in names] + list(dates.values())
    return f"""SELECT {first} + {file_in.at} AS n, {file_in.row} AS row,
            {council}::SMALLINT AS council, {file_in.note} AS note, {", ".join(columns)}
        FROM {file_in.source}"""  # noqa: S608


def _text(name: str, file_in: FileIn) -> str:
    place = file_in.columns.at.get(JSON_COLUMN if name == FACTOR and _is_json(file_in) else name)
    if place is None:
        return f"NULL::VARCHAR AS {name}"
    return f"{cleaned(f'c{place}', trim=place in file_in.trim)} AS {name}"


def _insert(table: Table, as_text: str, dates: Mapping[str, str]) -> str:
    """Adds rows of text to typed_<table> as their types; `dates` are those that are so already."""
    names = [column.name for column in table.columns]
    types = ", ".join(
        f"{of_calendar(dates[column.name]) if column.name in dates else typed(column)} "
        f"AS t_{column.name}"
        for column in table.columns
    )
    bits = " + ".join(
        f"CASE WHEN {dates.get(column.name, column.name)} IS NOT NULL AND t_{column.name} IS NULL "
        f"THEN {_bit(table, column.name)} ELSE 0 END"
        for column in table.columns
        if column.type in _MAY_BE_UNREAD
    )
    return f"""INSERT INTO {typed_name(table)}
        SELECT n, row, council, note, {bits or 0}, {", ".join(f"t_{name}" for name in names)}
        FROM (SELECT *, {types} FROM ({as_text}))"""  # noqa: S608


def _bit(table: Table, name: str) -> int:
    return 1 << [column.name for column in table.columns].index(name)


def _said_of_columns(table: Table, file: ExtractFile, columns: Columns) -> list[Found]:
    found = []
    if columns.extra:
        message = f"{file.name}: not taken, since nothing here reads it: {listed(columns.extra)}."
        found.append(note("column-extra", message, table=table.name))
    return found


def _short_rows(table: Table, short: list[tuple[int, int]], files: Mapping[int, str]) -> Found:
    message = (
        f"{rows_of(len(short))} of {table.name} with fewer cells than headings: what is missing at "
        "the end is taken as blank."
    )
    samples = tuple(
        Finding(
            "short-row",
            Severity.WARNING,
            "The row has fewer cells than there are headings.",
            place=f"{files[council]}, row {row}",
        )
        for council, row in short[:MOST_SAMPLES]
    )
    return Found("short-row", Severity.WARNING, message, table.name, "", len(short), samples)
