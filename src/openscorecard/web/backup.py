"""Backup and restore: the workspace's files and the application's database in one zip file.

Takes a workspace, or such a file; gives the file, or the workspace as it was; refuses a file that
was changed or cut, and to restore over anything.

The database goes in as JSON, so that a backup of SQLite can be restored to PostgreSQL and the other
way. Sessions, lock-outs and the signing key are left out: after a restore everybody signs in again.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from openscorecard import __version__
from openscorecard.errors import InputError
from openscorecard.files import sync_folder
from openscorecard.locks import LOCK, locked

MANIFEST, DATABASE, FILES = "backup.json", "database.json", "workspace/"
FORMAT = 1
# What is kept of the database; what names these comes along, what is not named stays out.
MODELS = (
    "accounts.account",
    "accounts.holding",
    "accounts.deadline",
    "audit.event",
    "drafts.draft",
    "loads.job",
    "socialaccount.socialaccount",
    "account.emailaddress",
)
LEFT_OUT = ("cache", "web")  # made anew; the database is written out beside
_CHUNK = 1 << 20
Tell = Callable[[str], None]


def back_up(root: Path, to: Path, tell: Tell) -> int:
    """Writes the backup, whole or not at all, readable by its owner alone; how many files it holds.

    Whoever writes a comment meanwhile waits for a moment. A load or a release that comes in
    meanwhile is in it whole or not at all.
    """
    if to.exists():
        raise InputError("there is a file of that name", where=str(to), todo="name another")
    if to.resolve().is_relative_to(root):
        raise InputError(
            "a backup in the workspace would go into the next one",
            where=str(to),
            todo="name a place outside of the workspace, best on another machine",
        )
    try:
        handle, name = tempfile.mkstemp(prefix=f".{to.name}.", suffix=".part", dir=to.parent)
    except OSError as error:
        raise _unwritable(to, error) from error
    part = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            tell("the database")
            database = _database()
            listed = {DATABASE: hashlib.sha256(database).hexdigest()}
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
                packed.writestr(DATABASE, database)
                with locked(root / "comments", wait=10):
                    _add(packed, root, root / "comments", listed)
                for place in sorted(root.iterdir()):
                    if place.name not in (*LEFT_OUT, "comments"):
                        tell(place.name)
                        _add(packed, root, place, listed)
                packed.writestr(MANIFEST, _manifest(listed))
            file.flush()
            os.fsync(file.fileno())
        part.rename(to)
        sync_folder(to.parent)
    except OSError as error:
        raise _unwritable(to, error) from error
    finally:
        part.unlink(missing_ok=True)
    return len(listed) - 1


def _database() -> bytes:
    from django.apps import apps
    from django.core import serializers
    from django.db import connection, transaction

    own = not connection.in_atomic_block
    with transaction.atomic():
        if own and connection.vendor == "postgresql":  # all tables as of one moment
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        rows = [
            row
            for name in MODELS
            for row in apps.get_model(name)._default_manager.order_by("pk").iterator()
        ]
        written: str = serializers.serialize("json", rows, indent=1)
    return written.encode("utf-8")


def _add(packed: zipfile.ZipFile, root: Path, place: Path, listed: dict[str, str]) -> None:
    for path in _files_below(place):
        name = FILES + path.relative_to(root).as_posix()
        digest = hashlib.sha256()
        try:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (path.stat().st_mode & 0o777) << 16  # who may read it
            with path.open("rb") as file, packed.open(entry, "w", force_zip64=True) as into:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
                    into.write(chunk)
        except FileNotFoundError:  # a load forgotten meanwhile
            continue
        listed[name] = digest.hexdigest()


def _files_below(place: Path) -> Iterator[Path]:
    """Without locks, and what a command is writing at this moment beside its place."""
    if place.is_symlink():
        return
    if place.is_file():
        if place.name != LOCK and not (place.name.startswith(".") and place.suffix == ".part"):
            yield place
    elif place.is_dir() and not place.name.startswith((".new-", ".scorecard-")):
        for inside in sorted(place.iterdir()):
            yield from _files_below(inside)


def _manifest(listed: dict[str, str]) -> str:
    return json.dumps(
        {
            "format": FORMAT,
            "made": datetime.now(UTC).isoformat(timespec="seconds"),
            "version": __version__,
            "files": listed,
        },
        indent=1,
    )


def check(file: Path) -> dict[str, str]:
    """The files of a backup and their hashes, all read and found unchanged; InputError else."""
    try:
        with zipfile.ZipFile(file) as packed:
            stated = json.loads(packed.read(MANIFEST))
            listed: dict[str, str] = stated["files"]
            if stated["format"] != FORMAT:
                raise InputError(
                    f"it is of format {stated['format']}",
                    where=str(file),
                    todo=f"restore it with OpenScorecard {stated['version']}",
                )
            for name, sha256 in listed.items():
                _refuse_way_out(name, file)
                if _hash_in(packed, name) != sha256:
                    raise InputError(f"{name} was changed in it", where=str(file), todo=_OTHER)
            return listed
    except FileNotFoundError as error:
        raise InputError("there is no such file", where=str(file), todo="check the name") from error
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError) as error:
        raise InputError(
            f"it is no backup, or it is damaged ({error})", where=str(file), todo=_OTHER
        ) from error


_OTHER = "take another copy of it, or an earlier backup"


def _hash_in(packed: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with packed.open(name) as inside:
        while chunk := inside.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _refuse_way_out(name: str, file: Path) -> None:
    parts = PurePosixPath(name).parts
    inside = name == DATABASE or name.startswith(FILES)
    if not inside or ".." in parts or name.startswith("/") or set(name) & set("\\:\0"):
        raise InputError(f"it names a place outside of it: {name!r}", where=str(file), todo=_OTHER)


def unpack(file: Path, to: Path) -> int:
    """Puts the workspace's files into the new or empty folder `to`, all or none; how many."""
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise InputError(
            "it is not empty", where=str(to), todo="name a new folder: nothing is restored over"
        )
    listed = check(file)
    names = [name for name in listed if name != DATABASE]
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".restore-", dir=to.parent))
    except OSError as error:
        raise _unwritable(to, error) from error
    try:
        with zipfile.ZipFile(file) as packed:
            for name in names:
                target = staging / name.removeprefix(FILES)
                target.parent.mkdir(parents=True, exist_ok=True)
                with packed.open(name) as inside, target.open("wb") as out:
                    shutil.copyfileobj(inside, out, _CHUNK)
                target.chmod(packed.getinfo(name).external_attr >> 16 & 0o777 or 0o600)
        with suppress(FileNotFoundError):
            to.rmdir()
        staging.chmod(0o755)
        staging.rename(to)
    except OSError as error:
        raise _unwritable(to, error) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return len(names)


def restore_database(file: Path) -> int:
    """Fills the database, which has to be new; all of it or nothing. How many rows."""
    from django.core import serializers
    from django.core.management.color import no_style
    from django.db import connection, transaction

    from openscorecard.web.accounts.models import Account

    if Account.objects.exists():
        raise InputError(
            "the database has accounts already",
            where="DATABASE_URL",
            todo="name a new database: nothing is restored over",
        )
    with zipfile.ZipFile(file) as packed:
        stream = io.BytesIO(packed.read(DATABASE))
    number, models = 0, set()
    with transaction.atomic(), _refused_in_words(file):
        for row in serializers.deserialize("json", stream):
            row.save()
            models.add(type(row.object))
            number += 1
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
                cursor.execute(statement)
    return number


@contextmanager
def _refused_in_words(file: Path) -> Iterator[None]:
    """SQLite takes what other databases refuse: a text that is longer than its column."""
    from django.db import DatabaseError

    try:
        yield
    except DatabaseError as error:
        raise InputError(
            f"the database does not take a row of it ({str(error).strip().splitlines()[0]})",
            where=str(file),
            todo="restore it to SQLite, mend the row there, and make a new backup",
        ) from error


def _unwritable(to: Path, error: OSError) -> InputError:
    return InputError(
        f"it could not be written ({error.strerror or error})",
        where=str(to),
        todo="make room on the disk, or name a place that you may write to",
    )
