"""Files written whole or not at all.

Takes a path and the bytes that it shall hold; gives a file that is either the old one or the new
one, never a half; refuses, as InputError, a place that cannot be written.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from openscorecard.errors import InputError


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
