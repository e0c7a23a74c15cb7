"""Takes an extract of case records into the workspace, whole or not at all."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from openscorecard.catalogue.indicator import Catalogue, Frequency, Kind
from openscorecard.catalogue.load import load_catalogue
from openscorecard.errors import InputError
from openscorecard.locks import locked
from openscorecard.records.extracts.folder import COUNCIL, Folder, look_into, single_file
from openscorecard.records.extracts.found import Found
from openscorecard.records.extracts.read import Extracts, FileRead, read_extracts
from openscorecard.records.extracts.statement import (
    Coverage,
    Statement,
    coverage_of,
    read_statement,
)
from openscorecard.records.extracts.supplied import (
    Expectations,
    SuppliedFigure,
    is_supplied,
    read_supplied,
)
from openscorecard.records.standard import TABLES
from openscorecard.workspace.amend import STAGED
from openscorecard.workspace.child_map import council_numbers, with_numbers
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.load import sha256_of
from openscorecard.workspace.needed import said_of_absent, said_of_columns
from openscorecard.workspace.records_load import RecordsLoad, all_records_loads
from openscorecard.workspace.records_write import NewRecords
from openscorecard.workspace.store import put, sweep

Tell = Callable[[str], None]
SUPPLIED_TABLE = "supplied_figures"


@dataclass(frozen=True, slots=True)
class TakenRecords:
    """Records that were loaded, and what was found in them."""

    load: RecordsLoad
    found: tuple[Found, ...]
    supplied: tuple[SuppliedFigure, ...]


def is_records(path: Path) -> bool:
    """Whether the path is for `load_records`: a folder, or a table of supplied figures."""
    return path.is_dir() or is_supplied(path)


def load_records(
    workspace: Workspace,
    path: Path,
    *,
    extracted: dt.date | None = None,
    complete_from: dt.date | None = None,
    council: str = "",
    reason: str = "",
    tell: Tell = lambda _: None,
) -> TakenRecords:
    """Loads the extract in a folder, or a file of supplied figures.

    `extracted` and `complete_from` go before what its load.toml says; `council` is the code of the
    council whose extract it is, by default that of the settings; `tell` hears what is being done.
    InputError, with nothing changed, for what cannot be used or is loaded already.
    """
    folder = look_into(path) if path.is_dir() else single_file(path)
    own_code = _own_code(council, folder, workspace)
    statement = read_statement(
        folder.statement, where=str(path), extracted=extracted, complete_from=complete_from
    )
    present = [one.name for one in TABLES if any(file.table == one.name for file in folder.files)]
    coverage = coverage_of(statement, present, where=str(path))
    catalogue = load_catalogue(workspace.definitions)
    loads = workspace.loads
    with locked(loads):
        sweep(loads)
        before = all_records_loads(loads)
        numbers, whole_map = with_numbers(council_numbers(loads), folder.councils, own_code)
        codes = {number: code for code, number in whole_map.items()}
        with _scratch(loads) as scratch:
            figures, figure_files, found = _supplied(folder, catalogue, numbers)
            with _read(folder, statement, numbers, scratch, tell) as extracts:
                files = (*(extracts.files if extracts else ()), *figure_files)
                _refuse_twice(
                    before, path, files, (statement.extracted, statement.version, coverage)
                )
                if extracts is not None:
                    found += [
                        *said_of_absent(present, catalogue),
                        *said_of_columns(
                            extracts.lacking,
                            catalogue,
                            statement.month,
                            workspace.settings.measures,
                            present,
                        ),
                        *extracts.found,
                    ]
                load = RecordsLoad(
                    id="",
                    sequence=0,
                    month=statement.month,
                    extracted=statement.extracted,
                    version=statement.version,
                    source=path.resolve().name,
                    councils={numbers[code]: codes[numbers[code]] for code in folder.councils},
                    coverage=coverage,
                    counts=dict(extracts.counts) if extracts else {},
                    files=files,
                    supplied=len(figures),
                    found=dict(sorted(Counter(one.severity.value for one in found).items())),
                    highest_child=0,
                    reason=reason,
                    absent=extracts.absent if extracts else {},
                    unusable=extracts.unusable if extracts else (),
                )
                highest = max((one.highest_child for one in before), default=0)
                new = NewRecords(
                    load, extracts, tuple(found), figures, loads, whole_map, highest, scratch, tell
                )
                (kept,) = put(loads, [new])
    return TakenRecords(kept, tuple(found), figures)


@contextmanager
def _scratch(loads: Path) -> Iterator[Path]:
    """A folder for what is written on the way; if the command is killed, the next sweeps it."""
    try:
        folder = Path(tempfile.mkdtemp(prefix=STAGED, dir=loads))
    except OSError as error:
        raise InputError(
            f"the load could not be written ({error.strerror or error})",
            where=str(loads),
            todo="make room on the disk, or see that you may write there",
        ) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _read(
    folder: Folder, statement: Statement, numbers: Mapping[str, int], scratch: Path, tell: Tell
) -> AbstractContextManager[Extracts | None]:
    if not folder.files:
        return nullcontext()
    return read_extracts(folder, statement.extracted, numbers, scratch, tell)


def _own_code(council: str, folder: Folder, workspace: Workspace) -> str:
    code = council.strip().upper()
    if not code:
        return workspace.settings.code if folder.councils == ("",) else ""
    if not COUNCIL.fullmatch(code):
        raise InputError(
            f"{council!r} is no council's code",
            where="--council",
            todo="give an ONS code such as E06000000, or DfE's three digits",
        )
    if folder.councils != ("",):
        raise InputError(
            f"the folder has its councils' own folders ({', '.join(folder.councils)})",
            where="--council",
            todo="leave --council out, or name one of the folders in it",
        )
    return code


def _supplied(
    folder: Folder, catalogue: Catalogue, numbers: Mapping[str, int]
) -> tuple[tuple[SuppliedFigure, ...], tuple[FileRead, ...], list[Found]]:
    expected = Expectations(
        {item.ref: item.unit for item in catalogue},
        frozenset(item.ref for item in catalogue if item.frequency is Frequency.QUARTERLY),
        frozenset(item.ref for item in catalogue if item.kind is not Kind.SUPPLIED),
    )
    figures: list[SuppliedFigure] = []
    files: list[FileRead] = []
    found: list[Found] = []
    for file in folder.supplied:
        number = numbers[file.council]
        taken, doubts = read_supplied(file.path, file.name, expected, number)
        figures += taken
        found += doubts
        digest = sha256_of(file.path.read_bytes())
        files.append(FileRead(number, SUPPLIED_TABLE, file.name, digest))
    return tuple(figures), tuple(files), found


def _refuse_twice(
    before: tuple[RecordsLoad, ...],
    path: Path,
    files: tuple[FileRead, ...],
    stated: tuple[dt.date, str, dict[str, Coverage]],
) -> None:
    """The same files again, with the same stated of them; where their rows were dropped they may
    come back."""
    now = {(one.council, one.table, one.sha256) for one in files}
    for load in before:
        then = {(one.council, one.table, one.sha256) for one in load.files}
        same = (load.extracted, load.version, load.coverage) == stated
        if now == then and same and not load.rows_dropped:
            raise InputError(
                f"these records are loaded already, as {load.id}",
                where=str(path),
                todo="nothing, if that load is right; else `scorecard loads remove ID` first",
            )
