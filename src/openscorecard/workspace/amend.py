"""Changes files of several loads at once: all of them or none, whatever happens on the way.

The new files are written beside the loads, each at its own place in a folder; renaming that folder
is the moment of decision. From then on the change is carried to its end, by the next command if
this one is killed: files are moved into place, what has to go is removed.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from openscorecard.errors import InputError
from openscorecard.files import sync_folder, write_synced

STAGED = ".loading-"  # what no command has decided on; swept by the next
PENDING = ".amending"
_REMOVE = "remove.json"


def is_pending(loads: Path) -> bool:
    return (loads / PENDING).is_dir()


def amend(loads: Path, write: Callable[[Path], Iterable[str]]) -> None:
    """Calls `write` with a folder, into which it puts new files (forced to disk) at their places
    below `loads`; it returns the places of what shall go. Under `locked`, after `sweep`."""
    staged = Path(tempfile.mkdtemp(prefix=STAGED, dir=loads))
    try:
        removed = sorted(write(staged))
        write_synced(staged / _REMOVE, json.dumps(removed).encode())
        for folder in [*(path for path in staged.rglob("*") if path.is_dir()), staged]:
            sync_folder(folder)
        staged.rename(loads / PENDING)
    except BaseException as error:
        shutil.rmtree(staged, ignore_errors=True)
        if isinstance(error, OSError):
            raise InputError(
                f"the loads could not be changed ({error.strerror or error})",
                where=str(loads),
                todo="make room on the disk, or see that you may write there",
            ) from error
        raise
    sync_folder(loads)
    finish(loads)


def finish(loads: Path) -> None:
    """Ends what was decided; nothing where nothing was. May be called again at any point."""
    pending = loads / PENDING
    if not pending.is_dir():
        return
    try:
        removed: list[str] = json.loads((pending / _REMOVE).read_bytes())
        for file in sorted(path for path in pending.rglob("*") if path.is_file()):
            if file != pending / _REMOVE:
                place = loads / file.relative_to(pending)
                place.parent.mkdir(parents=True, exist_ok=True)
                file.replace(place)
                sync_folder(place.parent)
        for name in removed:
            gone = loads / name
            if gone.is_dir():
                shutil.rmtree(gone)
            else:
                gone.unlink(missing_ok=True)
        # The list goes with the folder's name, in one step: a half-removed folder is no change.
        spent = Path(tempfile.mkdtemp(prefix=STAGED, dir=loads))
        pending.rename(spent / PENDING)
        sync_folder(loads)
        shutil.rmtree(spent)
    except OSError as error:
        raise InputError(
            f"a change of the loads that was begun could not be ended ({error.strerror or error})",
            where=str(pending),
            todo="close what has files of the loads open, then try again",
        ) from error
