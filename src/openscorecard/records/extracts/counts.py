"""How many rows of each table and council were read, kept and set aside, and what is said where
nothing is left: a 0 that nobody counted looks like any other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openscorecard.findings import Severity
from openscorecard.records.extracts.folder import Folder
from openscorecard.records.extracts.found import Found, listed
from openscorecard.records.extracts.tables_in import typed_name
from openscorecard.records.extracts.usable import aside
from openscorecard.records.standard import Table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class RowCounts:
    """Of one table: rows in the files, rows kept, rows set aside."""

    read: int
    kept: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a table, and its rows by council."""

    found: list[Found]
    counts: dict[int, RowCounts]

    @property
    def total(self) -> RowCounts:
        counts = self.counts.values()
        return RowCounts(
            sum(one.read for one in counts),
            sum(one.kept for one in counts),
            sum(one.set_aside for one in counts),
        )

    @property
    def is_unusable(self) -> bool:
        return any(one.read and not one.kept for one in self.counts.values())


def without(folder: Folder, one: Table) -> list[str]:
    """The councils of the folder that have no file of a table that others have."""
    having = {file.council for file in folder.files if file.table == one.name}
    return [code for code in folder.councils if code not in having]


def said_of_councils(folder: Folder, one: Table) -> list[Found]:
    lacking = without(folder, one)
    if not lacking:
        return []
    message = (
        f"{one.name} is not there for {listed(lacking)}: no figure that is counted from it, "
        "for any council of this load. Give the file, or load the councils one by one."
    )
    return [Found("table-in-part", Severity.WARNING, message, one.name)]


def said_of_none(one: Table, file: str, counts: RowCounts) -> list[Found]:
    """That nothing is left of a file: its figures would be 0 or missing, and look like any."""
    if counts.kept:
        return []
    if counts.read:
        message = f"{file}: no row of {one.name} could be used: {counts.set_aside:,} set aside."
        return [Found("no-row-usable", Severity.ERROR, message, one.name, "", counts.read)]
    message = f"{file}: the file has headings and no rows: inside its coverage that counts as 0."
    return [Found("no-rows", Severity.ERROR, message, one.name)]


def counts_by_council(
    connection: DuckDBPyConnection, one: Table, files: Mapping[int, str]
) -> dict[int, RowCounts]:
    read = dict(
        connection.execute(
            f"SELECT council, count(*) FROM {typed_name(one)} GROUP BY council"  # noqa: S608
        ).fetchall()
    )
    set_aside = dict(
        connection.execute(
            f"""SELECT council, count(*) FROM {typed_name(one)} t SEMI JOIN {aside(one)} a
            ON a.n = t.n GROUP BY council"""  # noqa: S608
        ).fetchall()
    )
    return {
        code: RowCounts(
            read.get(code, 0), read.get(code, 0) - set_aside.get(code, 0), set_aside.get(code, 0)
        )
        for code in files
    }
