"""Takes rows of case records out of the workspace; figures, counts and hashes stay.

Child-level data is kept no longer than needed: an old load's rows can go, and so can one child's
rows from every load. Either happens wholly or not at all.
"""

from __future__ import annotations

import csv
import datetime as dt
import errno
import io
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openscorecard.errors import InputError
from openscorecard.files import sync_file, write_synced
from openscorecard.records.extracts.engine import (
    connect,
    file_literal,
    quoted,
    short_reason,
)
from openscorecard.records.standard import Table, Type, table
from openscorecard.workspace.amend import amend
from openscorecard.workspace.child_map import CHILDREN, copy_map, open_map, read_children
from openscorecard.workspace.load import MANIFEST, sha256_of
from openscorecard.workspace.records_load import (
    FINDINGS,
    SET_ASIDE,
    TABLES,
    Forgotten,
    RecordsLoad,
    all_records_loads,
    records_loads,
    records_manifest,
    table_paths,
)
from openscorecard.workspace.store import sweep

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class ChildGone:
    """Rows of a child that were taken out, by load."""

    child: str
    rows: dict[str, int]


def drop_rows(loads: Path, load_id: str) -> None:
    """Drops the rows of a records load, those set aside too, and the samples of its findings.

    Under `locked`. What it was, its counts and hashes stay, and so do supplied figures.
    """
    sweep(loads)
    load = next((one for one in all_records_loads(loads) if one.id == load_id), None)
    if load is None:
        raise InputError(f"there is no load {load_id!r}", where=str(loads),
                         todo="see `scorecard loads`")  # fmt: skip
    if load.rows_dropped:
        raise InputError(
            f"its rows were dropped already ({load.rows_dropped[:10]})",
            where=load_id,
            todo="nothing",
        )

    def write(folder: Path) -> list[str]:
        inside = folder / load_id
        inside.mkdir()
        findings = _without_samples(loads / load_id / FINDINGS)
        write_synced(inside / FINDINGS, findings)
        stored = {
            place: digest
            for place, digest in load.stored.items()
            if not place.startswith((f"{TABLES}/", f"{SET_ASIDE}/"))
        }
        stored[FINDINGS] = sha256_of(findings)
        dropped = replace(load, rows_dropped=_now(), stored=stored)
        write_synced(inside / MANIFEST, records_manifest(dropped))
        return [f"{load_id}/{TABLES}", f"{load_id}/{SET_ASIDE}"]

    amend(loads, write)


def known_child(loads: Path, child: str, council: int | None = None) -> int:
    """The number of the child that the council's case system knows by that id."""
    found = [
        number
        for number, one in read_children(loads).items()
        if one.id == child and council in (None, one.council)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(f"several councils have a child {child!r}", where=str(loads),
                         todo="say which: --council CODE")  # fmt: skip
    raise InputError(
        f"no load has a child {child!r}",
        where=str(loads),
        todo="give the id as the case system has it, upper and lower case as there",
    )


def forget_child(loads: Path, number: int) -> ChildGone:
    """Takes a child's rows out of every load, and the child's id out of the map; under `locked`.

    The number is never given to another child. Each load notes that it was done and how many rows
    went; its counts stay those of the day it was loaded.
    """
    sweep(loads)
    child = read_children(loads)[number]
    gone: dict[str, int] = {}

    def write(folder: Path) -> list[str]:
        import duckdb

        connection = connect()
        try:
            for load in records_loads(loads):
                rows = _without_child(connection, loads, load, number, child.id, folder)
                if rows:
                    gone[load.id] = rows
            open_map(connection, loads, 0)
            connection.execute("UPDATE children SET id = NULL WHERE number = $1", [number])
            copy_map(connection, folder / CHILDREN)
        except duckdb.IOException as error:  # the disk is full, or refuses
            raise OSError(errno.EIO, short_reason(error)) from error
        finally:
            connection.close()
        return []

    amend(loads, write)
    return ChildGone(child.id, gone)


def forget_strangers(loads: Path) -> int:
    """Takes the ids of children of whom no load has a row any longer out of the map, after a load
    was removed; under `locked`. Gives how many; their numbers are never given to another child."""
    import duckdb

    if not (loads / CHILDREN).exists():
        return 0
    gone = 0

    def write(folder: Path) -> list[str]:
        nonlocal gone
        connection = connect()
        try:
            open_map(connection, loads, 0)
            connection.execute("CREATE TABLE known (number BIGINT)")
            for load in records_loads(loads):
                for name, paths in table_paths(loads, load).items():
                    _note_children(connection, name, paths)
            found = connection.execute(
                "UPDATE children SET id = NULL WHERE id IS NOT NULL "
                "AND number NOT IN (SELECT number FROM known)"
            ).fetchone()
            gone = 0 if found is None else int(found[0])
            copy_map(connection, folder / CHILDREN)
        except duckdb.Error as error:  # a file of another load, or the disk
            raise OSError(errno.EIO, short_reason(error)) from error
        finally:
            connection.close()
        return []

    amend(loads, write)
    return gone


def _note_children(connection: DuckDBPyConnection, name: str, paths: tuple[Path, ...]) -> None:
    one = table(name)
    files = ", ".join(file_literal(path) for path in paths)
    for column in () if one is None else one.columns:
        if column.type is Type.CHILD:
            connection.execute(
                f"""INSERT INTO known SELECT DISTINCT {column.name}
                FROM read_parquet([{files}], hive_partitioning = false)
                WHERE {column.name} IS NOT NULL"""  # noqa: S608
            )


def _without_child(
    connection: DuckDBPyConnection,
    loads: Path,
    load: RecordsLoad,
    number: int,
    child_id: str,
    folder: Path,
) -> int:
    """Writes the load's files that speak of the child anew, without; returns how many rows went."""
    inside = folder / load.id
    stored = dict(load.stored)
    rows = 0
    paths = table_paths(loads, load)
    for name, of_table in paths.items():
        one = table(name)
        where = "" if one is None else _of_child(one, paths, number)
        for path in of_table if where else ():
            source = f"read_parquet({file_literal(path)}, hive_partitioning = false)"
            counted = connection.execute(
                f"SELECT count(*) FROM {source} t WHERE {where}"  # noqa: S608
            ).fetchone()
            if counted is None or not counted[0]:
                continue
            rows += counted[0]
            place = path.relative_to(loads / load.id).as_posix()
            new = inside / place
            new.parent.mkdir(parents=True, exist_ok=True)
            connection.execute(
                f"""COPY (SELECT * FROM {source} t WHERE NOT coalesce({where}, FALSE))
                TO {quoted(str(new))} (FORMAT parquet, COMPRESSION zstd)"""  # noqa: S608
            )
            sync_file(new)
            stored[place] = _hash(new)
    for place in [place for place in stored if place.startswith(f"{SET_ASIDE}/")]:
        one = table(Path(place).stem)
        column, values = ("", set[str]()) if one is None else (one.person, {child_id})
        if one is not None and not one.person:
            column, values = _linked(connection, one, paths, number)
        if not column:
            continue
        content, lines = _lines_without(loads / load.id / place, column, values)
        if lines:
            rows += lines
            (inside / SET_ASIDE).mkdir(parents=True, exist_ok=True)
            write_synced(inside / place, content)
            stored[place] = sha256_of(content)
    if not rows:
        return 0
    findings = _without_samples(loads / load.id / FINDINGS)
    write_synced(inside / FINDINGS, findings)
    stored[FINDINGS] = sha256_of(findings)
    forgotten = (*load.forgotten, Forgotten(_now(), rows))
    changed = replace(load, stored=stored, forgotten=forgotten)
    write_synced(inside / MANIFEST, records_manifest(changed))
    return rows


def _of_child(one: Table, paths: dict[str, tuple[Path, ...]], number: int) -> str:
    """SQL of the child's rows in a table; by the row that they belong to where the table has no
    child of its own; "" where it is not about children."""
    if one.person:
        return f"t.{one.person} = {number}"
    column, rows = _parent(one, paths, number)
    return f"(t.council, t.{column}) IN ({rows})" if column else ""


def _linked(
    connection: DuckDBPyConnection, one: Table, paths: dict[str, tuple[Path, ...]], number: int
) -> tuple[str, set[str]]:
    """The column by which rows of the table belong to a child's, and the child's ids in it."""
    column, rows = _parent(one, paths, number)
    if not column:
        return "", set()
    return column, {key for _, key in connection.execute(rows).fetchall()}


def _parent(one: Table, paths: dict[str, tuple[Path, ...]], number: int) -> tuple[str, str]:
    """The column that leads to a table with children, and SQL of the child's rows there."""
    for column in one.columns:
        other, _, key = column.refers.partition(".")
        parent = table(other)
        if parent is not None and parent.person and paths.get(other):
            files = ", ".join(file_literal(path) for path in paths[other])
            rows = f"""SELECT council, {key}
                FROM read_parquet([{files}], hive_partitioning = false)
                WHERE {parent.person} = {number}"""  # noqa: S608
            return column.name, rows
    return "", ""


def _lines_without(path: Path, column: str, values: set[str]) -> tuple[bytes, int]:
    """The set-aside rows but those that hold one of the values in the column, and how many did."""
    text = path.read_bytes().decode("utf-8-sig")
    kept, gone = io.StringIO(), 0
    writer = csv.writer(kept, lineterminator="\r\n")
    rows = csv.reader(io.StringIO(text, newline=""))
    heading = next(rows)
    writer.writerow(heading)
    at = heading.index(column)
    for cells in rows:
        if cells[at].removeprefix("'") in values:
            gone += 1
        else:
            writer.writerow(cells)
    return "\ufeff".encode() + kept.getvalue().encode("utf-8"), gone


def _without_samples(path: Path) -> bytes:
    """The findings counted, and no value or row of any child among them."""
    raw: dict[str, Any] = json.loads(path.read_bytes())
    found = [{**one, "samples": []} for one in raw["found"]]
    return (json.dumps({"found": found}, ensure_ascii=False, indent=2) + "\n").encode()


def _hash(path: Path) -> str:
    return sha256_of(path.read_bytes())


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
