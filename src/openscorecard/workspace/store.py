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
from typing import Any

from openscorecard.errors import InputError
from openscorecard.files import replace_file
from openscorecard.workspace.figures import LoadedCell, write_cells
from openscorecard.workspace.load import (
    FIGURES,
    MANIFEST,
    Load,
    all_loads,
    load_folders,
    manifest_bytes,
    sha256_of,
)

STAGED = ".loading-"
GOING = ".forgetting-"
FORGOTTEN = "forgotten.json"


@dataclass(frozen=True, slots=True)
class NewLoad:
    """A load about to be kept: `load` without id, sequence, time and hash of figures."""

    load: Load
    cells: tuple[LoadedCell, ...]
    content: bytes


def keep(loads: Path, new: Iterable[NewLoad]) -> tuple[Load, ...]:
    """Keeps the loads, in their order; call it under `locked`. Returns them with their ids.

    All are on disk before the first is renamed into place, and an error takes back those that
    were: all or nothing but for a power cut between two renames, which leaves whole loads only.
    """
    sweep(loads)
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    numbered = _numbered(loads, new, now)
    staged: list[tuple[Path, Path]] = []
    moved: list[Path] = []
    try:
        for one in numbered:
            folder = Path(tempfile.mkdtemp(prefix=STAGED, dir=loads))
            staged.append((folder, loads / one.load.id))
            _write(folder, one)
        for folder, place in staged:
            folder.rename(place)
            moved.append(place)
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
    _sync_folder(loads)
    return tuple(one.load for one in numbered)


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
        _sync_folder(loads)
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
    """Ends what a killed command began: staged folders go, forgotten ones are noted and go."""
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
    return sorted(path for path in loads.iterdir() if path.name.startswith((STAGED, GOING)))


def forgotten(loads: Path) -> list[dict[str, Any]]:
    """The entries of forgotten.json: id, sequence, file, sha256, loaded_at, forgotten_at."""
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
    entry["forgotten_at"] = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    content = json.dumps([*entries, entry], ensure_ascii=False, indent=2) + "\n"
    replace_file(loads / FORGOTTEN, content.encode("utf-8"))


def _numbered(loads: Path, new: Iterable[NewLoad], now: str) -> list[NewLoad]:
    """Ids and sequence numbers, never one that was used before, forgotten loads included."""
    gone = forgotten(loads)
    used = {folder.name for folder in load_folders(loads)} | {entry["id"] for entry in gone}
    sequence = max(
        [load.sequence for load in all_loads(loads)]
        + [entry["sequence"] for entry in gone if isinstance(entry.get("sequence"), int)],
        default=0,
    )
    numbered = []
    for one in new:
        sequence += 1
        stem = f"{one.load.month.iso}-page-"
        number = 1 + max(
            (int(name.removeprefix(stem)) for name in used if name.startswith(stem)), default=0
        )
        load_id = f"{stem}{number:03d}"
        used.add(load_id)
        load = replace(
            one.load,
            id=load_id,
            sequence=sequence,
            loaded_at=now,
            figures_sha256=sha256_of(write_cells(one.cells)),
        )
        numbered.append(replace(one, load=load))
    return numbered


def _write(folder: Path, one: NewLoad) -> None:
    _write_file(folder / one.load.source, one.content)
    _write_file(folder / FIGURES, write_cells(one.cells))
    _write_file(folder / MANIFEST, manifest_bytes(one.load))
    mask = os.umask(0)
    os.umask(mask)
    folder.chmod(0o777 & ~mask)  # mkdtemp alone gives 0700
    _sync_folder(folder)


def _write_file(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Forces the folder's own entries to disk, where the system knows how (Windows does not)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
