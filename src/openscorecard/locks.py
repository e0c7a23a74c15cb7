"""One change at a time: a lock that the system lets go of when its holder ends.

Takes a folder that several commands may change; gives one of them at a time the right to; refuses,
as InputError, whoever comes while another holds it: at once, or after the wait that was asked for.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from openscorecard.errors import InputError

LOCK = ".lock"
_AGAIN = 0.02  # seconds between two tries


@contextmanager
def locked(folder: Path, wait: float = 0.0) -> Iterator[None]:
    """Holds the lock of the folder (made if need be); InputError if another holds it for longer
    than `wait` seconds.

    Its name says what it holds: `loads`, `comments`.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise InputError(
            f"the {folder.name} cannot be written ({error.strerror or error})",
            where=str(folder),
            todo="see that you may write to the workspace",
        ) from error
    try:
        until = time.monotonic() + wait
        while not (taken := _take(handle)) and time.monotonic() < until:
            time.sleep(_AGAIN)
        if not taken:
            raise InputError(
                f"another scorecard command is changing the {folder.name}",
                where=str(folder),
                todo="wait until it is done, then try again",
            )
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
