"""Puts loads into the workspace and takes them out, whole or not at all.

A load is written into a folder whose name begins with a full stop, forced to disk, and renamed:
the rename is the moment at which it is there. Forgetting is a rename the other way. What a killed
command leaves under such a name is no load, and is swept before the next change.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from openscorecard.errors import InputError
from openscorecard.files import replace_file, sync_folder, write_synced
from openscorecard.periods import Month
from openscorecard.workspace.amend import PENDING, STAGED, finish
from openscorecard.workspace.figures import LoadedCell, write_cells
from openscorecard.workspace.load import (
    FIGURES,
    MANIFEST,
    Load,
    load_folders,
    manifest_bytes,
    read_load,
    records_folders,
    sha256_of,
)
from openscorecard.workspace.records_load import KIND, read_records_load

GOING = ".forgetting-"
FORGOTTEN = "forgotten.json"
L = TypeVar("L", covariant=True)


@dataclass(frozen=True, slots=True)
class Place:
    """What the workspace gives a load: its id, its number among all loads, and the time."""

    id: str
    sequence: int
    loaded_at: str


class New(Protocol[L]):
    """A load about to be kept, of a page or of records."""

    @property
    def month(self) -> Month: ...

    @property
    def word(self) -> str:
        """What the id says it is: `page`, `records`."""
        ...

    def write(self, folder: Path, place: Place) -> L:
        """Writes its files into the folder, each forced to disk; returns the load as kept."""
        ...


@dataclass(frozen=True, slots=True)
class NewLoad:
    """A page about to be kept: `load` without id, sequence, time and hash of figures."""

    load: Load
    cells: tuple[LoadedCell, ...]
    content: bytes

    @property
    def month(self) -> Month:
        return self.load.month

    @property
    def word(self) -> str:
        return "page"

    def write(self, folder: Path, place: Place) -> Load:
        figures = write_cells(self.cells)
        load = replace(
            self.load,
            id=place.id,
            sequence=place.sequence,
            loaded_at=place.loaded_at,
            figures_sha256=sha256_of(figures),
        )
        write_synced(folder / load.source, self.content)
        write_synced(folder / FIGURES, figures)
        write_synced(folder / MANIFEST, manifest_bytes(load))
        return load


def keep(loads: Path, new: Iterable[New[L]]) -> tuple[L, ...]:
    """Keeps the loads, in their order; call it under `locked`. Returns them with their ids.

    All are on disk before the first is renamed into place, and an error takes back those that
    were: all or nothing but for a power cut between two renames, which leaves whole loads only.
    """
    sweep(loads)
    return put(loads, new)


def put(loads: Path, new: Iterable[New[L]]) -> tuple[L, ...]:
    """As `keep`, after a sweep of one's own."""
    staged: list[tuple[Path, Path]] = []
    moved: list[Path] = []
    kept: list[L] = []
    try:
        for one, place in _placed(loads, new):
            folder = Path(tempfile.mkdtemp(prefix=STAGED, dir=loads))
            staged.append((folder, loads / place.id))
            kept.append(one.write(folder, place))
            folder.chmod(_permissions())  # mkdtemp alone gives 0700
            sync_folder(folder)
        for folder, final in staged:
            folder.rename(final)
            moved.append(final)
    except BaseException as error:
        for folder in (*moved, *(folder for folder, _ in staged)):
            shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError):
            raise InputError(
                f"the load could not be written ({error.strerror or error})",
                where=str(loads),
                todo="make room on the disk, or see that you may write there",
            ) from error
        raise
    sync_folder(loads)
    return tuple(kept)


def forget(loads: Path, load_id: str) -> None:
    """Takes a load out, even a broken one, and notes it in forgotten.json; under `locked`.

    Where it cannot be noted, the load comes back.
    """
    sweep(loads)
    folder, going = known_load(loads, load_id), loads / f"{GOING}{load_id}"
    try:
        folder.rename(going)
    except OSError as error:
        raise InputError(
            f"the load could not be taken out ({error.strerror or error})",
            where=str(folder),
            todo="see that you may write there, and close what has its files open",
        ) from error
    try:
        sync_folder(loads)
        _note_forgotten(loads, going)
    except (OSError, InputError) as error:
        going.rename(folder)
        if isinstance(error, InputError):
            raise
        raise InputError(
            f"the load could not be taken out ({error.strerror or error})",
            where=str(loads),
            todo="make room on the disk, or see that you may write there",
        ) from error
    sweep(loads)


def known_load(loads: Path, load_id: str) -> Path:
    """The load's folder; InputError where there is none of that id."""
    folder = loads / load_id
    if folder not in load_folders(loads):
        raise InputError(
            f"there is no load {load_id!r}", where=str(loads), todo="see `scorecard loads`"
        )
    return folder


def sweep(loads: Path) -> None:
    """Ends what a killed command began: staged folders go, forgotten ones are noted and go, a
    change that was decided is carried out."""
    finish(loads)
    for folder in leftovers(loads):
        if folder.name.startswith(GOING):
            _note_forgotten(loads, folder)
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise InputError(
                f"what is no load any more could not be removed ({error.strerror or error})",
                where=str(folder),
                todo="remove this folder, then try again",
            ) from error


def leftovers(loads: Path) -> list[Path]:
    if not loads.is_dir():
        return []
    begun = (STAGED, GOING, PENDING)
    return sorted(path for path in loads.iterdir() if path.name.startswith(begun))


def forgotten(loads: Path) -> list[dict[str, Any]]:
    """The entries of forgotten.json: id, sequence, file, sha256, loaded_at, forgotten_at; of case
    records kind, source and extracted too."""
    path = loads / FORGOTTEN
    if not path.exists():
        return []
    try:
        entries = json.loads(path.read_bytes())
        return [entry for entry in entries if isinstance(entry["id"], str)]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise InputError(
            "it cannot be read", where=f"loads/{FORGOTTEN}", todo="put it back from a copy"
        ) from error


def _note_forgotten(loads: Path, folder: Path) -> None:
    load_id = folder.name.removeprefix(GOING)
    entries = forgotten(loads)
    if any(entry["id"] == load_id for entry in entries):
        return
    raw: dict[str, Any] = {}
    with contextlib.suppress(OSError, ValueError):
        raw = json.loads((folder / MANIFEST).read_bytes())
    entry: dict[str, Any] = {"id": load_id}
    entry |= {key: raw.get(key) for key in ("sequence", "file", "sha256", "loaded_at")}
    if raw.get("kind") == KIND:  # case records: their files are told by the folder and the day
        entry |= {key: raw.get(key) for key in ("kind", "source", "extracted")}
    entry["forgotten_at"] = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    content = json.dumps([*entries, entry], ensure_ascii=False, indent=2) + "\n"
    replace_file(loads / FORGOTTEN, content.encode("utf-8"))


def _placed(loads: Path, new: Iterable[New[L]]) -> list[tuple[New[L], Place]]:
    """Ids and sequence numbers, never one that was used before, forgotten loads included."""
    gone = forgotten(loads)
    folders = load_folders(loads)
    used = {folder.name for folder in folders} | {entry["id"] for entry in gone}
    sequence = max(
        [_sequence(folder, loads) for folder in folders]
        + [entry["sequence"] for entry in gone if isinstance(entry.get("sequence"), int)],
        default=0,
    )
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    placed = []
    for one in new:
        sequence += 1
        stem = f"{one.month.iso}-{one.word}-"
        number = 1 + max(
            (int(name.removeprefix(stem)) for name in used if name.startswith(stem)), default=0
        )
        load_id = f"{stem}{number:03d}"
        used.add(load_id)
        placed.append((one, Place(load_id, sequence, now)))
    return placed


def _sequence(folder: Path, loads: Path) -> int:
    if folder in records_folders(loads):
        return read_records_load(folder).sequence
    return read_load(folder).sequence


def _permissions() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o777 & ~mask
