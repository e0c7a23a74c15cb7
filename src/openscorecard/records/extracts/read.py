"""Reads an extract: every table in, typed, checked, and parted into what can be used and what not.

The tables stay in a database of their own until they are kept; ids are still those of the case
system, and no number of the workspace has been given out.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from openscorecard.errors import InputError
from openscorecard.records.extracts.checks import check_cells
from openscorecard.records.extracts.columns import Columns
from openscorecard.records.extracts.counts import (
    Checked,
    RowCounts,
    counts_by_council,
    said_of_councils,
    said_of_none,
    without,
)
from openscorecard.records.extracts.engine import connect, short_reason, side_by_side
from openscorecard.records.extracts.folder import ExtractFile, Folder
from openscorecard.records.extracts.found import Found, listed, note
from openscorecard.records.extracts.links import check_links
from openscorecard.records.extracts.tables_in import (
    Added,
    add_file,
    all_as_text,
    short_rows,
    start_table,
)
from openscorecard.records.extracts.usable import aside, part_usable
from openscorecard.records.standard import TABLES, Table, table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Tell = Callable[[str], None]
_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class FileRead:
    council: int
    table: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """A file that lacks declared columns, `absent`; `extra` are headings that nothing reads."""

    table: str
    name: str
    absent: tuple[str, ...]
    extra: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extracts:
    """An extract that has been read. The database holds a table `clean_<table>` for each of
    `counts`: n (the order of the files), row, council, and the declared columns as their types, ids
    as the files have them. `as_text` is SQL of each table's rows as they stood in the files.
    `lacking` are the files without some column; `unusable` are tables that some council has no file
    of, or one with rows of which none could be kept: to count them would give that council 0."""

    connection: DuckDBPyConnection
    counts: Mapping[str, RowCounts]
    files: tuple[FileRead, ...]
    found: tuple[Found, ...]
    as_text: Mapping[str, str]
    lacking: tuple[Lacking, ...] = ()
    unusable: tuple[str, ...] = ()

    @property
    def absent(self) -> dict[str, tuple[str, ...]]:
        """By table the declared columns that a file of it lacks."""
        found: dict[str, list[str]] = {}
        for one in self.lacking:
            found.setdefault(one.table, []).extend(one.absent)
        return {name: tuple(dict.fromkeys(columns)) for name, columns in found.items()}

    def set_aside_csv(self, name: str) -> Iterator[bytes]:
        """The rows of a table that were set aside, as a CSV that an analyst can open: the file and
        row they come from, why, and what stood in them."""
        return _set_aside_csv(self, name)


@contextmanager
def read_extracts(
    folder: Folder,
    extracted: dt.date,
    councils: Mapping[str, int],
    scratch: Path,
    tell: Tell = lambda _: None,
) -> Iterator[Extracts]:
    """Reads all tables of the folder. `councils` gives the number of each code, `scratch` is a
    folder for what has to be written on the way.

    InputError, naming every file that cannot be used.
    """
    import duckdb

    connection = connect(scratch)
    try:
        try:
            extracts = _read(connection, folder, extracted, councils, scratch, tell)
        except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
            raise InputError(
                f"the extract could not be read to its end ({short_reason(error)})",
                where=str(folder.root),
                todo="make room on the disk or in memory, then try again",
            ) from error
        yield extracts
    finally:
        connection.close()


def _read(
    connection: DuckDBPyConnection,
    folder: Folder,
    extracted: dt.date,
    councils: Mapping[str, int],
    scratch: Path,
    tell: Tell,
) -> Extracts:
    present = [one for one in TABLES if any(file.table == one.name for file in folder.files)]
    names = [one.name for one in present]
    files = {
        one.name: {councils[file.council]: file.name for file in _files_of(folder, one)}
        for one in present
    }

    def take(cursor: DuckDBPyConnection, one: Table) -> _TableIn:
        tell(f"reading {one.name}")
        return _take_in(cursor, one, _files_of(folder, one), councils, scratch)

    taken = side_by_side(connection, take, present)
    refused = [error for table_in in taken for error in table_in.refused]
    if refused:
        raise _refused(folder, refused)
    as_text = {one.name: table_in.as_text for one, table_in in zip(present, taken, strict=True)}

    def check(cursor: DuckDBPyConnection, one: Table) -> Checked:
        tell(f"checking {one.name}")
        wrong = check_cells(cursor, one, extracted, files[one.name], as_text[one.name])
        unusable = part_usable(cursor, one, extracted, files[one.name])
        counts = counts_by_council(cursor, one, files[one.name])
        empty = [found for code, name in files[one.name].items()
                 for found in said_of_none(one, name, counts[code])]  # fmt: skip
        return Checked([*empty, *wrong, *unusable], counts)

    checked = side_by_side(connection, check, present)

    def follow(cursor: DuckDBPyConnection, one: Table) -> list[Found]:
        return check_links(cursor, one, names, files[one.name])

    found = [one for table_in in taken for one in table_in.found]
    found += [said for one in present for said in said_of_councils(folder, one)]
    found += [one for of_table in checked for one in of_table.found]
    found += [one for of_table in side_by_side(connection, follow, present) for one in of_table]
    if folder.not_taken:
        message = f"Not taken, since it is no standard table: {listed(folder.not_taken)}."
        found.append(note("table-extra", message))
    return Extracts(
        connection,
        {one.name: of_one.total for one, of_one in zip(present, checked, strict=True)},
        tuple(file for table_in in taken for file in table_in.files),
        tuple(found),
        as_text,
        tuple(one for table_in in taken for one in table_in.lacking),
        tuple(
            one.name
            for one, of_one in zip(present, checked, strict=True)
            if of_one.is_unusable or without(folder, one)
        ),
    )


@dataclass(frozen=True, slots=True)
class _TableIn:
    """A table whose files are in the database, but for those that are refused."""

    files: list[FileRead]
    found: list[Found]
    refused: list[InputError]
    as_text: str
    lacking: list[Lacking]


def _take_in(
    connection: DuckDBPyConnection,
    one: Table,
    files: list[ExtractFile],
    councils: Mapping[str, int],
    scratch: Path,
) -> _TableIn:
    """All files of a table into the database."""
    start_table(connection, one)
    read: list[FileRead] = []
    found: list[Found] = []
    refused: list[InputError] = []
    added: list[Added] = []
    lacking: list[Lacking] = []
    for file in files:
        council = councils[file.council]
        first = sum(before.numbers for before in added)
        try:
            added.append(add_file(connection, one, file, council, scratch, first))
        except InputError as error:
            refused.append(error)
            continue
        read.append(FileRead(council, one.name, file.name, added[-1].sha256))
        found.extend(added[-1].found)
        lacking.extend(_lacking(one, file, added[-1].columns))
    if not refused:
        names = {councils[file.council]: file.name for file in files}
        found.extend(short_rows(connection, one, added, names))
    return _TableIn(read, found, refused, all_as_text(one, added), lacking)


def _lacking(one: Table, file: ExtractFile, columns: Columns) -> list[Lacking]:
    if not columns.absent:
        return []
    return [Lacking(one.name, file.name, columns.absent, columns.extra)]


def _files_of(folder: Folder, one: Table) -> list[ExtractFile]:
    return [file for file in folder.files if file.table == one.name]


def _refused(folder: Folder, errors: list[InputError]) -> InputError:
    if len(errors) == 1:
        return errors[0]
    lines = "".join(f"\n  {error.where}: {error.found}" for error in errors)
    return InputError(
        f"{len(errors)} files cannot be used{lines}",
        where=str(folder.root),
        todo="; ".join(dict.fromkeys(error.todo for error in errors)),
    )


def _set_aside_csv(extracts: Extracts, name: str) -> Iterator[bytes]:
    one = table(name)
    assert one is not None, name
    columns = [column.name for column in one.columns]
    files = {file.council: file.name for file in extracts.files if file.table == name}
    yield "\ufeff".encode()  # so that a spreadsheet reads it as UTF-8
    yield _csv_bytes([["file", "row", "reason", *columns]])
    with extracts.connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT r.council, r.row, a.reason, {", ".join(f"r.{column}" for column in columns)}
            FROM {aside(one)} a JOIN ({extracts.as_text[name]}) r ON r.n = a.n
            ORDER BY r.council, r.row, r.n"""  # noqa: S608
        )
        while rows := cursor.fetchmany(_AT_ONCE):
            yield _csv_bytes([[files[code], row, *map(_safe, rest)] for code, row, *rest in rows])


def _csv_bytes(rows: list[list[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8", errors="replace")


def _safe(text: str | None) -> str:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it."""
    if text is None:
        return ""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r", "'") else text
