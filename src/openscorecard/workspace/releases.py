"""The releases kept in a workspace: `releases/2021-06-public-1/release.json` and what beside it.

Each folder is written whole beside its place and then renamed: a killed command leaves all of a
release or nothing. A release is never written over. While one is damaged no page is made: without
it an earlier month could show another figure than was published.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from openscorecard.errors import InputError
from openscorecard.files import sync_folder, write_synced
from openscorecard.locks import locked
from openscorecard.periods import Month
from openscorecard.scorecard.release import ChangedCell, EarlierRelease, Release

FOLDER, RECORD, PLACE, KEY = "releases", "release.json", "place.json", "key"
KEY_BYTES = 32
_NAME = re.compile(r"(\d{4}-\d{2})-(internal|public)-([1-9]\d*)")
_NEW = ".new-"
_DAMAGE = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, InputError)


@dataclass(frozen=True, slots=True)
class KeptRelease:
    """A release as kept. `sequence` is its place among all releases, from 1; `sha256` is that of
    the release.json released."""

    sequence: int
    month: Month
    audience: str
    release: Release
    made_by: str
    sha256: str
    folder: Path

    @property
    def id(self) -> str:
        """Both audiences have versions of their own, so it names the audience too."""
        return f"release {self.month.iso} {self.audience} version {self.release.version}"


@dataclass(frozen=True, slots=True)
class DamagedRelease:
    """The folder of a release that is no whole release any more, and what is amiss in it."""

    folder: Path
    found: str


def releases_in(root: Path) -> tuple[tuple[KeptRelease, ...], tuple[DamagedRelease, ...]]:
    """All releases in the order in which they were made, and those that cannot be read."""
    place = root / FOLDER
    if not place.is_dir():
        return (), ()
    kept: list[KeptRelease] = []
    damaged: list[DamagedRelease] = []
    for folder in sorted(one for one in _listed(place) if _NAME.fullmatch(one.name)):
        try:
            kept.append(_read(folder))
        except _DAMAGE as error:
            damaged.append(DamagedRelease(folder, _amiss(folder, error)))
    kept.sort(key=lambda one: (one.sequence, one.folder.name))
    return tuple(kept), tuple(damaged)


def kept_releases(root: Path) -> tuple[KeptRelease, ...]:
    """All releases in the order in which they were made; InputError, with the folder and what to
    do, where one cannot be read."""
    kept, damaged = releases_in(root)
    if damaged:
        first, *others = damaged
        also = ", ".join(one.folder.name for one in others)
        found = f"the release cannot be read: {first.found}"
        raise InputError(
            f"{found}; nor can {also}" if also else found,
            where=str(first.folder),
            todo=f"{PUT_BACK} (`scorecard releases` lists those that are whole)",
        )
    return kept


PUT_BACK = (
    "put the whole folder back from a copy of the workspace; without it an earlier month could "
    "show another figure than was published"
)


def last_release(root: Path, month: Month, audience: str) -> KeptRelease | None:
    """The newest version of the month's page for that audience; None where none was released."""
    versions = [
        one for one in kept_releases(root) if (one.month, one.audience) == (month, audience)
    ]
    return max(versions, key=lambda one: one.release.version, default=None)


def release_folder(root: Path, month: Month, audience: str, version: int) -> Path:
    """Where that version is kept, or would be."""
    return root / FOLDER / _name(month, audience, version)


def record_of(root: Path, month: Month, audience: str, version: int) -> bytes | None:
    """The bytes of release.json as it was released; None where no such version is kept."""
    try:
        return (root / FOLDER / _name(month, audience, version) / RECORD).read_bytes()
    except FileNotFoundError:
        return None


def keep_release(
    root: Path, month: Month, audience: str, version: int, files: Mapping[str, bytes]
) -> None:
    """Keeps a release's files, release.json among them; InputError if the version is kept."""
    place = root / FOLDER
    with locked(place):
        for left in place.glob(f"{_NEW}*"):
            shutil.rmtree(left, ignore_errors=True)
        to = place / _name(month, audience, version)
        if to.exists():
            raise InputError("this version was released already", where=str(to),
                             todo="publish again: it becomes the next version")  # fmt: skip
        sequence = max((one.sequence for one in kept_releases(root)), default=0) + 1
        fresh = Path(tempfile.mkdtemp(prefix=_NEW, dir=place))
        for name, content in files.items():
            write_synced(fresh / name, content)
        write_synced(fresh / PLACE, json.dumps({"sequence": sequence}).encode("ascii"))
        sync_folder(fresh)
        fresh.rename(to)
        sync_folder(place)


def set_key(root: Path, key: bytes) -> None:
    """Gives a workspace that has none a key of 32 bytes that is known beforehand: the demonstration
    is the same each time. InputError where it has another one: what it released rests on that."""
    path = root / FOLDER / KEY
    with locked(path.parent):
        if not path.exists():
            _write_key(path, key)
        elif path.read_bytes() != key:
            raise InputError("the workspace has a key of its own", where=str(path),
                             todo="leave it: public releases rest on it")  # fmt: skip


def key_of(root: Path) -> bytes:
    """The workspace's own key of 32 bytes, made where there is none; its owner alone may read it.
    InputError where it is not whole."""
    path = root / FOLDER / KEY
    with locked(path.parent):
        if not path.exists():
            if any(one.audience == "public" for one in kept_releases(root)):
                todo = "put it back from a copy: public releases rest on it"
                raise InputError("the key is not there", where=str(path), todo=todo)
            _write_key(path, secrets.token_bytes(KEY_BYTES))
        key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise InputError("the key is not whole", where=str(path), todo="put it back from a copy")
    return key


def _write_key(path: Path, key: bytes) -> None:
    """Whole or not at all, and never to be read by others; under `locked`."""
    handle, part = tempfile.mkstemp(prefix=".key-", dir=path.parent)  # mode 0600
    with os.fdopen(handle, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    Path(part).replace(path)
    sync_folder(path.parent)


def _name(month: Month, audience: str, version: int) -> str:
    return f"{month.iso}-{audience}-{version}"


def _listed(place: Path) -> list[Path]:
    try:
        return list(place.iterdir())
    except OSError as error:
        raise InputError(f"the releases cannot be read ({error.strerror or error})",
                         where=str(place), todo="see that you may read the workspace",
                         ) from error  # fmt: skip


def _read(folder: Path) -> KeptRelease:
    content = (folder / RECORD).read_bytes()
    raw = json.loads(content)
    month, audience = Month.parse(raw["month"]), str(raw["audience"])
    release = Release(
        int(raw["version"]),
        dt.date.fromisoformat(raw["on"]),
        str(raw["reason"]),
        tuple(
            ChangedCell(one["ref"], one["column"], one["was"] or "", one["now"], one["was"] is None)
            for one in raw["changed"]
        ),
        tuple(
            EarlierRelease(
                int(one["version"]), dt.date.fromisoformat(one["on"]), str(one["reason"])
            )
            for one in raw["earlier"]
        ),
    )
    if folder.name != _name(month, audience, release.version):
        raise InputError(f"its {RECORD} is that of another release", where="", todo="")
    sequence = int(json.loads((folder / PLACE).read_bytes())["sequence"])
    digest = hashlib.sha256(content).hexdigest()
    return KeptRelease(sequence, month, audience, release, str(raw["made_by"]), digest, folder)


def _amiss(folder: Path, error: Exception) -> str:
    """What is amiss in a folder that could not be read, in few words."""
    if isinstance(error, InputError) and not error.where:
        return error.found
    not_there = damage_in(folder, (RECORD, PLACE))
    return not_there or f"its {RECORD} or {PLACE} does not say what it should"


def damage_in(folder: Path, names: Iterable[str]) -> str:
    """What is amiss with the first of these JSON files of a release that is not whole; "" where
    all of them are."""
    for name in names:
        try:
            json.loads((folder / name).read_bytes())
        except FileNotFoundError:
            return f"its {name} is not there"
        except OSError as refused:
            return f"its {name} cannot be opened ({refused.strerror or refused})"
        except (ValueError, RecursionError):
            return f"its {name} is damaged"
    return ""
