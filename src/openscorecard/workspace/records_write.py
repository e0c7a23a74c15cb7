"""Writes a load of case records: children numbered, rows keyed and sorted, each file forced to
disk, load.json last."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from openscorecard import __version__
from openscorecard.files import sync_file, sync_folder, write_synced
from openscorecard.periods import Month
from openscorecard.records.extracts.engine import quoted, short_reason, side_by_side
from openscorecard.records.extracts.found import Found
from openscorecard.records.extracts.read import Extracts
from openscorecard.records.extracts.supplied import SuppliedFigure
from openscorecard.records.extracts.usable import clean
from openscorecard.records.standard import Table, Type, table
from openscorecard.workspace.child_map import number_children, write_councils
from openscorecard.workspace.load import MANIFEST
from openscorecard.workspace.records_load import (
    FINDINGS,
    SET_ASIDE,
    SUPPLIED,
    TABLES,
    RecordsLoad,
    records_manifest,
    supplied_bytes,
)
from openscorecard.workspace.store import Place

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Before the natural key of a row that came without an id; no case system begins an id with it.
NATURAL = "~"


@dataclass(frozen=True, slots=True)
class NewRecords:
    """Records about to be kept: `load` without what only writing tells. `council_numbers` is the
    whole map of the workspace; `highest` the highest child's number that a load has; `scratch` is
    a folder of the same disk for what is written on the way."""

    load: RecordsLoad
    extracts: Extracts | None
    found: tuple[Found, ...]
    supplied: tuple[SuppliedFigure, ...]
    loads: Path
    council_numbers: Mapping[str, int]
    highest: int
    scratch: Path
    tell: Callable[[str], None] = lambda _: None

    @property
    def month(self) -> Month:
        return self.load.month

    @property
    def word(self) -> str:
        return "records"

    def write(self, folder: Path, place: Place) -> RecordsLoad:
        import duckdb

        try:
            return self._write(folder, place)
        except duckdb.IOException as error:  # the disk is full, or refuses
            raise OSError(errno.EIO, short_reason(error)) from error

    def _write(self, folder: Path, place: Place) -> RecordsLoad:
        highest = self.highest
        if self.extracts is not None:
            self.tell("numbering the children")
            names = list(self.extracts.counts)
            highest = number_children(
                self.extracts.connection, self.loads, names, self.highest, self.scratch
            )
            (folder / TABLES).mkdir()

            def write(cursor: DuckDBPyConnection, name: str) -> None:
                self.tell(f"writing {name}")
                self._write_table(cursor, folder, name)

            side_by_side(self.extracts.connection, write, names)
        write_councils(self.loads, self.council_numbers)
        write_synced(folder / FINDINGS, findings_bytes(self.found))
        if self.supplied:
            write_synced(folder / SUPPLIED, supplied_bytes(self.supplied))
        load = replace(
            self.load,
            id=place.id,
            sequence=place.sequence,
            loaded_at=place.loaded_at,
            program=__version__,
            highest_child=highest,
            stored=hashes(folder),
        )
        write_synced(folder / MANIFEST, records_manifest(load))
        for inside in folder.rglob("*"):
            if inside.is_dir():
                sync_folder(inside)
        return load

    def _write_table(self, connection: DuckDBPyConnection, folder: Path, name: str) -> None:
        assert self.extracts is not None
        one = table(name)
        assert one is not None, name
        if len(self.load.councils) == 1:
            copy_table(connection, one, folder / TABLES / f"{name}.parquet")
        else:
            for council in sorted({f.council for f in self.load.files if f.table == name}):
                part = folder / TABLES / name / f"council={council}" / "part.parquet"
                part.parent.mkdir(parents=True)
                copy_table(connection, one, part, f"WHERE t.council = {council}")
        if self.extracts.counts[name].set_aside:
            (folder / SET_ASIDE).mkdir(exist_ok=True)
            write_synced(folder / SET_ASIDE / f"{name}.csv", self.extracts.set_aside_csv(name))


def copy_table(connection: DuckDBPyConnection, one: Table, path: Path, where: str = "") -> None:
    """The clean table to Parquet, by council and date; the table `children` has the numbers."""
    join = ""
    if one.person:
        join = f"JOIN children c ON c.council = t.council AND c.id = t.{one.person}"
    columns = ", ".join(f"{_stored(one, column.name)} AS {column.name}" for column in one.columns)
    order = ", ".join(["t.council", *([f"t.{one.date}"] if one.date else []), "t.n"])
    connection.execute(
        f"""COPY (SELECT t.council, {columns} FROM {clean(one)} t {join} {where}
            ORDER BY {order})
        TO {quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)"""  # noqa: S608
    )
    sync_file(path)


def _stored(one: Table, name: str) -> str:
    column = one.column(name)
    assert column is not None, name
    if column.type is Type.CHILD:
        return "c.number"
    if name != one.key or not one.natural_key:
        return f"t.{name}"
    parts = ", ".join(
        "CAST(c.number AS VARCHAR)"
        if part == one.person
        else f"coalesce(CAST(t.{part} AS VARCHAR), '')"
        for part in one.natural_key
    )
    return f"coalesce(t.{name}, '{NATURAL}' || concat_ws('{NATURAL}', {parts}))"


def findings_bytes(found: Iterable[Found]) -> bytes:
    content = {"found": [one.as_json() for one in found]}
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def hashes(folder: Path) -> dict[str, str]:
    """The hash of each file below the folder, by its place."""
    import hashlib

    found = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        found[path.relative_to(folder).as_posix()] = digest
    return found
