"""Files read whole, and written whole or not at all.

Takes a path, and the bytes that it shall hold; gives what it holds, or a file that is either the
old one or the new one, never a half; refuses, as InputError, what is no file, is empty or too
large, and a place that cannot be written.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from openscorecard.errors import InputError

MEGABYTE = 1_000_000  # bytes
PAGE_LIMIT_MB = 25  # the largest page that is opened, unless a setting or an option says else

_NOTHING = b" \t\r\n\0\xef\xbb\xbf\xfe\xff"  # blanks, and the marks that encodings begin with


def read_file(path: Path, *, most_bytes: int, if_larger: str, if_empty: str) -> bytes:
    """What somebody's file holds; `if_larger` and `if_empty` say what to do about such a file."""
    where = str(path)
    try:
        if path.is_dir():
            raise InputError("this is a folder", where=where, todo="name the file in it")
        if path.is_symlink() and not path.exists():
            raise InputError("this is a link that leads to no file", where=where,
                             todo="give the file itself")  # fmt: skip
        if not path.exists():
            raise InputError("there is no such file", where=where, todo="check the name")
        if not path.is_file():
            raise InputError("this is no plain file", where=where, todo="give a file")
        size = path.stat().st_size
        if size > most_bytes:
            raise InputError(
                f"the file has {size:,} bytes, more than the {most_bytes:,} allowed",
                where=where,
                todo=if_larger,
            )
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"the file cannot be opened ({reason})",
            where=where,
            todo="check that you may read it and that no other program has it open",
        ) from error
    if not data.strip(_NOTHING):
        raise InputError("the file is empty", where=where, todo=if_empty)
    return data


def replace_file(path: Path, content: bytes) -> None:
    """Writes beside the file, forces it to disk, then puts it in the old one's place.

    Folders on the way are made. A full disk or a power cut leaves the old file as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_beside_then_replace(path, content)
    except OSError as error:
        raise InputError(
            f"the file could not be written ({error.strerror or error})",
            where=str(path),
            todo="close it if it is open in another program, or choose another place",
        ) from error


def write_synced(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Writes a new file and forces it to disk; OSError where that cannot be."""
    with path.open("wb") as file:
        for part in (content,) if isinstance(content, bytes) else content:
            file.write(part)
        file.flush()
        os.fsync(file.fileno())


def sync_file(path: Path) -> None:
    """Forces to disk what another library wrote."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Forces the folder's own entries to disk, where the system knows how (Windows does not)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _write_beside_then_replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(_permissions(path))
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _permissions(path: Path) -> int:
    """Those of the file in place, else what the user's umask leaves: mkstemp alone gives 0600."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
