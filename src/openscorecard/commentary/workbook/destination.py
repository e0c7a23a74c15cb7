"""Whether a workbook may be written at a place: nothing that anyone wrote there may be lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openscorecard.commentary.entries import NOTHING, EntryKind, StoredComments
from openscorecard.commentary.text import as_argument
from openscorecard.commentary.workbook.opening import lines_of_workbook
from openscorecard.commentary.workbook.written import Written, rows_of
from openscorecard.errors import InputError

ENDING = ".xlsx"
MOST_NAMED = 5


def check_destination(path: Path, known: Sequence[StoredComments]) -> None:
    """InputError where a workbook may not be written at `path`.

    A commentary workbook that stands there may be replaced if all that its boxes hold is stored in
    `known`, the comments of its month or another. Any other file is somebody's and stays.
    """
    if path.suffix.lower() != ENDING:
        raise InputError(
            f"the workbook's name must end in {ENDING}",
            where=str(path),
            todo=f"name it {as_argument(f'{path}{ENDING}')}",
        )
    if not path.parent.is_dir():
        raise InputError(
            f"there is no folder {path.parent}",
            where=str(path),
            todo="check the name, or make the folder first",
        )
    if not path.exists():
        return
    unsaved = [row for row in _rows_at(path) if not _is_stored(row, known)]
    if unsaved:
        months = {row.month for row in unsaved}
        month = next(iter(months)) if len(months) == 1 else ""
        raise InputError(
            f"this workbook holds what is not stored yet: {_named(unsaved)}",
            where=str(path),
            todo=f"take it in first with `scorecard comments import {month or 'MONTH'} "
            f"{as_argument(str(path))}`, or choose another name",
        )


def _rows_at(path: Path) -> list[Written]:
    try:
        return rows_of(lines_of_workbook(path), path)
    except InputError as error:
        raise InputError(
            f"there is a file of that name, and it is no commentary workbook ({error.found})",
            where=str(path),
            todo="choose another name, or move that file away",
        ) from error


def _is_stored(row: Written, known: Sequence[StoredComments]) -> bool:
    """Whether what the row holds was taken in, so that nothing goes with it: as what stands, in the
    history, or beside another text. Emptying a box is something written too."""
    if row.formulas:
        return False
    if row.own_version == NOTHING and row.version in (None, NOTHING):
        return True
    held = [
        entry.own_version
        for stored in known
        if stored.month.iso == row.month
        for entry in stored.history(row.ref)
        if entry.kind is not EntryKind.SETTLED
    ]
    if row.version in held and row.own_version != row.version:
        # Written since the export. To go back to a text from before it is a change as well.
        held = held[held.index(row.version) + 1 :]
    return row.own_version in held


def _named(rows: list[Written]) -> str:
    refs = list(dict.fromkeys(row.ref or row.place for row in rows))
    more = len(refs) - MOST_NAMED
    return ", ".join(refs[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
