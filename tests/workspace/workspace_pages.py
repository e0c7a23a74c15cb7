"""Workspaces and loads for the tests, made by hand."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from openscorecard.locks import locked
from openscorecard.periods import Month
from openscorecard.workspace.figures import VALUE, LoadedCell
from openscorecard.workspace.folder import Workspace, make_workspace
from openscorecard.workspace.load import Load, sha256_of
from openscorecard.workspace.store import NewLoad, keep

MAY, JUNE, JULY = Month(2021, 5), Month(2021, 6), Month(2021, 7)


def cell(
    ref: str, month: Month, raw: str, status: str = "value", column: str = VALUE, note: str = ""
) -> LoadedCell:
    """A cell as the reader would give it: `23%`, `1,223`, `-`."""
    digits = raw.rstrip("%").replace(",", "")
    number = Fraction(digits) if digits.replace(".", "").lstrip("-").isdigit() else None
    decimals = len(digits.partition(".")[2])
    return LoadedCell(
        ref, month, column, status, raw, number, decimals, raw.endswith("%"), note=note
    )


def new_load(
    month: Month, *cells: LoadedCell, content: bytes = b"a page", reason: str = ""
) -> NewLoad:
    load = Load(
        id="",
        sequence=0,
        month=month,
        file="page.csv",
        source="source.csv",
        sha256=sha256_of(content),
        figures_sha256="",
        loaded_at="",
        indicators=len({one.ref for one in cells}),
        months=(month,),
        comparators={"eng": "ENG"},
        reason=reason,
    )
    return NewLoad(load, cells, content)


def loaded(workspace: Workspace, *new: NewLoad) -> tuple[Load, ...]:
    with locked(workspace.loads):
        return keep(workspace.loads, new)


def a_workspace(folder: Path, council: str = "Northshire") -> Workspace:
    return make_workspace(folder / "northshire", council)
