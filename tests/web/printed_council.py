"""A council whose page was printed: two years of figures, most of them usual.

M1 leaps in June 2021; M2, EH3 and CP6B go up and down as they always did. Their titles: M1, M2 and
EH3 are reported by the Service Manager, Assessment, and owned by the Head of Service, Social Work.
"""

from __future__ import annotations

from pathlib import Path

from workspace_pages import JUNE, a_workspace, cell, loaded, new_load

from openscorecard.periods import months_to
from openscorecard.workspace.figures import LoadedCell
from openscorecard.workspace.folder import Workspace

HEAD = "Head of Service, Social Work"
UP_AND_DOWN = (0, 7, -4, 9, -8, 3, -2, 6, -9, 1, 5, -6)
LEAP = 460


def printed_council(folder: Path) -> Workspace:
    workspace = a_workspace(folder)
    loaded(workspace, new_load(JUNE, *_cells()))
    return workspace


def correct(workspace: Workspace, ref: str, raw: str) -> None:
    """The page comes again, with another figure for June."""
    cells = [one for one in _cells() if (one.ref, one.month) != (ref, JUNE)]
    again = new_load(JUNE, *cells, cell(ref, JUNE, raw), content=b"again", reason="a correction")
    loaded(workspace, again)


def _cells() -> list[LoadedCell]:
    found = []
    for ref, level in (("M1", 300), ("M2", 100), ("EH3", 120), ("CP6B", 90)):
        for at, month in enumerate(months_to(JUNE, 24)):
            value = level + UP_AND_DOWN[at % len(UP_AND_DOWN)]
            if (ref, month) == ("M1", JUNE):
                value = LEAP
            found.append(cell(ref, month, str(value)))
    return found
