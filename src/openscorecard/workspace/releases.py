"""The releases kept in a workspace: `releases/2021-06-public-1/release.json` and what beside it.

Each folder is written whole beside its place and then renamed: a killed command leaves all of a
release or nothing. A release is never written over.
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
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from openscorecard.errors import InputError
from openscorecard.files import sync_folder, write_synced
from openscorecard.locks import locked
from openscorecard.periods import Month
from openscorecard.scorecard.release import ChangedCell, EarlierRelease, Release

FOLDER, RECORD, PLACE, KEY = "releases", "release.json", "place.json", "key"
_NAME = re.compile(r"(\d{4}-\d{2})-(internal|public)-([1-9]\d*)")
_NEW = ".new-"


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
        return f"release {self.month.iso} version {self.release.version}"


def kept_releases(root: Path) -> tuple[KeptRelease, ...]:
    """All releases in the order in which they were made; InputError for one that cannot be read."""
    place = root / FOLDER
    if not place.is_dir():
        return ()
    found = [_read(one) for one in place.iterdir() if _NAME.fullmatch(one.name)]
    return tuple(sorted(found, key=lambda one: (one.sequence, one.folder.name)))


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
    """Gives a workspace that has released nothing a key that is known beforehand: the demonstration
    is the same each time."""
    path = root / FOLDER / KEY
    path.parent.mkdir(parents=True, exist_ok=True)
    write_synced(path, key)
    path.chmod(0o600)


def key_of(root: Path) -> bytes:
    """The workspace's own key of 32 bytes, made where there is none; its owner alone may read it.
    InputError where it is not whole."""
    path = root / FOLDER / KEY
    with locked(path.parent):
        if not path.exists():
            if any(one.audience == "public" for one in kept_releases(root)):
                todo = "put it back from a copy: public releases rest on it"
                raise InputError("the key is not there", where=str(path), todo=todo)
            handle, part = tempfile.mkstemp(prefix=".key-", dir=path.parent)  # mode 0600
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(32))
                file.flush()
                os.fsync(file.fileno())
            Path(part).replace(path)
        key = path.read_bytes()
    if len(key) != 32:
        raise InputError("the key is not whole", where=str(path), todo="put it back from a copy")
    return key


def _name(month: Month, audience: str, version: int) -> str:
    return f"{month.iso}-{audience}-{version}"


def _read(folder: Path) -> KeptRelease:
    try:
        content = (folder / RECORD).read_bytes()
        raw = json.loads(content)
        month, audience = Month.parse(raw["month"]), str(raw["audience"])
        release = Release(
            int(raw["version"]),
            dt.date.fromisoformat(raw["on"]),
            str(raw["reason"]),
            tuple(
                ChangedCell(one["ref"], one["column"], one["was"], one["now"])
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
            raise ValueError("of another page")
        sequence = int(json.loads((folder / PLACE).read_bytes())["sequence"])
        digest = hashlib.sha256(content).hexdigest()
        return KeptRelease(sequence, month, audience, release, str(raw["made_by"]), digest, folder)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, InputError) as error:
        raise InputError("the release cannot be read", where=str(folder),
                         todo="put the folder back from a copy: it says what was published",
                         ) from error  # fmt: skip
