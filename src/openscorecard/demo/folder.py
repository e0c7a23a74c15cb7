"""The folder of the demonstration: built whole inside it, then swapped in.

Only a folder that bears our marker is ever made anew. What stood there stays until all of the new
is built, and comes back if the swap fails.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from openscorecard.errors import InputError

MARKER = ".openscorecard-demo"
_MARKER_TEXT = """\
Made by `scorecard demo`. The next `scorecard demo` on this folder makes everything in it anew.
Remove this file to keep what is here.
"""
_NEW, _OLD = ".demo-new-", ".demo-old-"


def refuse_foreign(folder: Path) -> None:
    """InputError where the folder holds anything that is not ours to make anew."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise InputError("it is a file", where=str(folder), todo="name a folder")
    try:
        names = [one.name for one in folder.iterdir()]
    except OSError as error:
        raise _unwritable(folder, error) from error
    foreign = [name for name in names if not name.startswith((_NEW, _OLD))]
    if foreign and MARKER not in names:
        raise InputError(
            "the folder holds something that `scorecard demo` did not make",
            where=str(folder),
            todo="name a new or an empty folder; nothing was changed in this one",
        )


@contextmanager
def fresh_folder(folder: Path) -> Iterator[Path]:
    """A new folder to build in; at the end of the block its content becomes that of `folder`.

    If the block fails or is interrupted, `folder` is as it was before.
    """
    refuse_foreign(folder)
    made = [one for one in (folder, *folder.absolute().parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=_NEW, dir=folder))
    except OSError as error:
        raise _unwritable(folder, error) from error
    done = False
    try:
        yield fresh
        (fresh / MARKER).write_text(_MARKER_TEXT, encoding="utf-8", newline="\n")
        _swap(fresh, folder)
        done = True
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        if not done:
            for one in made:
                one.rmdir()


def _swap(fresh: Path, folder: Path) -> None:
    """Moves the old content away and the new in, or else back as it was. The marker goes in first
    and out last, so that a folder left half swapped by a power cut is still known to be ours."""
    there = [one for one in folder.iterdir() if one != fresh]
    old = Path(tempfile.mkdtemp(prefix=_OLD, dir=folder))
    moves = [(one, old / one.name) for one in _marker_last(there)]
    moves += [(one, folder / one.name) for one in reversed(_marker_last(list(fresh.iterdir())))]
    moved: list[tuple[Path, Path]] = []
    try:
        for start, end in moves:
            start.rename(end)
            moved.append((start, end))
    except BaseException as error:
        for start, end in reversed(moved):
            end.rename(start)
        old.rmdir()
        if isinstance(error, OSError):
            raise _unwritable(folder, error) from error
        raise
    shutil.rmtree(old, ignore_errors=True)


def _marker_last(entries: list[Path]) -> list[Path]:
    return sorted(entries, key=lambda one: (one.name == MARKER, one.name))


def _unwritable(folder: Path, error: OSError) -> InputError:
    return InputError(
        f"the demonstration could not be written there ({error.strerror or error})",
        where=str(folder),
        todo="close what has its files open, or name a folder that you may write to",
    )
