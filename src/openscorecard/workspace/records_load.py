"""A load of case records: one extract in the workspace, as it was on one day.

    loads/2021-06-records-001/
      load.json            what was loaded, when, from which files; coverage and counts
      tables/<table>.parquet                       the rows; where a load holds several councils,
      tables/<table>/council=<n>/part.parquet      one file each
      set-aside/<table>.csv                        rows that could not be used, and why
      findings.json        what was found, counted and sampled
      supplied.csv         the figures that other teams sent

Every Parquet file begins with the column `council` (SMALLINT) and has every declared column: a
child is a BIGINT of the workspace's own map, a date a DATE, all else text; flags are Y, N or blank.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from openscorecard.errors import InputError
from openscorecard.locks import locked
from openscorecard.periods import Month
from openscorecard.records.extracts.counts import RowCounts
from openscorecard.records.extracts.read import FileRead
from openscorecard.records.extracts.statement import Coverage
from openscorecard.records.extracts.supplied import SuppliedFigure
from openscorecard.workspace.amend import finish, is_pending
from openscorecard.workspace.child_map import Child, read_children
from openscorecard.workspace.figures import exact_text
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.load import MANIFEST, records_folders, sha256_of

KIND = "records"
FORMAT = 1
TABLES, SET_ASIDE = "tables", "set-aside"
FINDINGS, SUPPLIED = "findings.json", "supplied.csv"
SUPPLIED_HEADER = ("council", "ref", "month", "value", "numerator", "denominator")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """That a child's rows were taken out: when, and how many."""

    on: str
    rows: int


@dataclass(frozen=True, slots=True)
class RecordsLoad:
    """What load.json says. It closes `month`, the one before that of the day `extracted`.

    `coverage` and `tables` (rows kept) have an entry for each table that was in the extract;
    `counts` says how many rows were read and set aside too. `councils` maps numbers to codes.
    `stored` are the hashes of the files here, by their places in the load's folder. `rows_dropped`
    is when the rows were dropped, "" while they are here. `absent` are by table the columns that
    a file of it did not have; `unusable` are tables that a council has no file of, or one with rows
    of which none was kept.
    """

    id: str
    sequence: int
    month: Month
    extracted: dt.date
    version: str
    source: str
    councils: dict[int, str]
    coverage: dict[str, Coverage]
    counts: dict[str, RowCounts]
    files: tuple[FileRead, ...]
    supplied: int
    found: dict[str, int]
    highest_child: int
    stored: dict[str, str] = field(default_factory=dict)
    loaded_at: str = ""
    program: str = ""
    reason: str = ""
    rows_dropped: str = ""
    forgotten: tuple[Forgotten, ...] = ()
    absent: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unusable: tuple[str, ...] = ()
    kind: str = KIND

    @property
    def tables(self) -> dict[str, int]:
        return {name: counts.kept for name, counts in self.counts.items()}

    @property
    def lacking(self) -> frozenset[str]:
        """What no figure may rest on: columns that a file did not have, and tables of which no row
        could be used."""
        columns = (name for of_table in self.absent.values() for name in of_table)
        return frozenset((*columns, *self.unusable))

    @property
    def rows(self) -> int:
        return sum(self.tables.values())

    @property
    def set_aside(self) -> int:
        return sum(counts.set_aside for counts in self.counts.values())


def records_loads(loads: Path) -> tuple[RecordsLoad, ...]:
    """The loads of case records whose rows are here, in the order in which they came; InputError
    for one that cannot be read."""
    return tuple(load for load in all_records_loads(loads) if not load.rows_dropped)


def all_records_loads(loads: Path) -> tuple[RecordsLoad, ...]:
    """Those whose rows were dropped as well."""
    if is_pending(loads):  # a command was killed just after it had decided: end what it began
        with locked(loads):
            finish(loads)
    found = [read_records_load(folder) for folder in records_folders(loads)]
    return tuple(sorted(found, key=lambda load: (load.sequence, load.id)))


def table_paths(loads: Path, load: RecordsLoad) -> dict[str, tuple[Path, ...]]:
    """The Parquet files of each table of the load: one, or one a council."""
    folder = loads / load.id
    paths: dict[str, list[Path]] = {}
    for place in load.stored:
        parts = place.split("/")
        if parts[0] == TABLES:
            paths.setdefault(parts[1].removesuffix(".parquet"), []).append(folder / place)
    return {name: tuple(sorted(of_one)) for name, of_one in paths.items()}


def supplied(loads: Path, load: RecordsLoad) -> tuple[SuppliedFigure, ...]:
    """The figures of other teams that came with the load."""
    if SUPPLIED not in load.stored:
        return ()
    where = f"loads/{load.id}/{SUPPLIED}"
    try:
        content = (loads / load.id / SUPPLIED).read_bytes()
    except OSError as error:
        raise broken(where, "it cannot be read", load.id) from error
    if sha256_of(content) != load.stored[SUPPLIED]:
        raise broken(where, "it was changed after it was loaded", load.id)
    rows = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    return tuple(
        SuppliedFigure(
            row["ref"],
            Month.parse(row["month"]),
            _number(row["value"]),
            _number(row["numerator"]),
            _number(row["denominator"]),
            int(row["council"]),
        )
        for row in rows
    )


def child_ids(workspace: Workspace) -> dict[int, Child]:
    """The council's own id of each child's number, for the lists that managers ask for."""
    return read_children(workspace.loads)


def supplied_bytes(figures: tuple[SuppliedFigure, ...]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(SUPPLIED_HEADER)
    for one in sorted(figures, key=lambda one: (one.council, one.ref, one.month)):
        numbers = (one.value, one.numerator, one.denominator)
        texts = ["" if number is None else exact_text(number) for number in numbers]
        writer.writerow([one.council, one.ref, one.month.iso, *texts])
    return text.getvalue().encode("utf-8")


def records_manifest(load: RecordsLoad) -> bytes:
    content = {
        "format": FORMAT,
        "kind": load.kind,
        "id": load.id,
        "sequence": load.sequence,
        "month": load.month.iso,
        "extracted": load.extracted.isoformat(),
        "version": load.version,
        "source": load.source,
        "councils": {str(number): code for number, code in sorted(load.councils.items())},
        "tables": {
            name: {
                "from": load.coverage[name].first.isoformat(),
                "to": load.coverage[name].last.isoformat(),
                "read": counts.read,
                "kept": counts.kept,
                "set_aside": counts.set_aside,
            }
            for name, counts in load.counts.items()
        },
        "files": [
            {"council": one.council, "table": one.table, "name": one.name, "sha256": one.sha256}
            for one in load.files
        ],
        "supplied": load.supplied,
        "found": load.found,
        "highest_child": load.highest_child,
        "stored": load.stored,
        "loaded_at": load.loaded_at,
        "program": load.program,
        "reason": load.reason,
        "rows_dropped": load.rows_dropped,
        "forgotten": [{"on": one.on, "rows": one.rows} for one in load.forgotten],
        "absent": {name: list(columns) for name, columns in load.absent.items()},
        "unusable": list(load.unusable),
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def read_records_load(folder: Path) -> RecordsLoad:
    where = f"loads/{folder.name}/{MANIFEST}"
    try:
        raw: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
        if raw["format"] != FORMAT or raw["kind"] != KIND or raw["id"] != folder.name:
            raise ValueError("of another kind")
        return _of_json(raw)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, InputError) as error:
        raise broken(where, "it cannot be read", folder.name) from error


def _of_json(raw: dict[str, Any]) -> RecordsLoad:
    day = dt.date.fromisoformat
    return RecordsLoad(
        id=str(raw["id"]),
        sequence=int(raw["sequence"]),
        month=Month.parse(raw["month"]),
        extracted=day(raw["extracted"]),
        version=str(raw["version"]),
        source=str(raw["source"]),
        councils={int(number): str(code) for number, code in raw["councils"].items()},
        coverage={
            name: Coverage(day(one["from"]), day(one["to"])) for name, one in raw["tables"].items()
        },
        counts={
            name: RowCounts(int(one["read"]), int(one["kept"]), int(one["set_aside"]))
            for name, one in raw["tables"].items()
        },
        files=tuple(
            FileRead(int(one["council"]), one["table"], one["name"], one["sha256"])
            for one in raw["files"]
        ),
        supplied=int(raw["supplied"]),
        found={str(severity): int(number) for severity, number in raw["found"].items()},
        highest_child=int(raw["highest_child"]),
        stored={str(place): str(digest) for place, digest in raw["stored"].items()},
        loaded_at=str(raw["loaded_at"]),
        program=str(raw["program"]),
        reason=str(raw["reason"]),
        rows_dropped=str(raw["rows_dropped"]),
        forgotten=tuple(Forgotten(one["on"], int(one["rows"])) for one in raw["forgotten"]),
        absent={
            str(name): tuple(map(str, columns)) for name, columns in raw.get("absent", {}).items()
        },
        unusable=tuple(map(str, raw["unusable"])) if "unusable" in raw else _none_kept(raw),
    )


def _none_kept(raw: dict[str, Any]) -> tuple[str, ...]:
    """The unusable tables of a load from before they were noted."""
    return tuple(
        str(name) for name, one in raw["tables"].items() if one["set_aside"] and not one["kept"]
    )


def check_stored(folder: Path, load: RecordsLoad) -> None:
    """InputError where a file of the load is gone or no longer what was loaded."""
    import hashlib

    for place, digest in load.stored.items():
        where = f"loads/{load.id}/{place}"
        try:
            with (folder / place).open("rb") as content:
                found = hashlib.file_digest(content, "sha256").hexdigest()
        except OSError as error:
            raise broken(where, "it cannot be read", load.id) from error
        if found != digest:
            raise broken(where, "it was changed after it was loaded", load.id)


def broken(where: str, found: str, load_id: str) -> InputError:
    return InputError(
        found,
        where=where,
        todo=f"put the folder back from a copy, or `scorecard loads remove {load_id}` and load "
        "the extract again",
    )


def _number(text: str) -> Fraction | None:
    return Fraction(text) if text else None
