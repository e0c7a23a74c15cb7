"""Takes printed pages into the workspace, as figures released before.

What a page prints is taken as it is, but for cells that cannot be true: those that a check finds
certainly wrong are set aside, and count as not available until a corrected page is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from openscorecard.catalogue.indicator import Catalogue
from openscorecard.catalogue.load import load_catalogue
from openscorecard.errors import InputError
from openscorecard.findings import Finding
from openscorecard.locks import locked
from openscorecard.periods import Month
from openscorecard.records.printed.page import Cell, CellStatus, PrintedPage, PrintedRow
from openscorecard.workspace.figures import DERIVED, SET_ASIDE, VALUE, LoadedCell
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.load import Load, page_loads, sha256_of
from openscorecard.workspace.page_findings import find_in_page
from openscorecard.workspace.store import NewLoad, keep

_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Taken:
    """A page that was loaded: the load, its cells, and what the checks found in the page."""

    load: Load
    cells: tuple[LoadedCell, ...]
    findings: tuple[Finding, ...]

    @property
    def set_aside(self) -> tuple[LoadedCell, ...]:
        """The month figures that were set aside."""
        return tuple(cell for cell in _aside(self.cells) if cell.column == VALUE)

    @property
    def derived_aside(self) -> tuple[LoadedCell, ...]:
        """The changes, averages, maxima and comparators that were set aside."""
        return tuple(cell for cell in _aside(self.cells) if cell.column != VALUE)

    @property
    def unread(self) -> tuple[LoadedCell, ...]:
        """The cells that hold a text which is neither a figure nor a sign for none, and formulas
        that came without their result."""
        doubted = {(one.ref, one.column) for one in self.findings if one.rule == "unread-cell"}
        return tuple(
            cell
            for cell in self.cells
            if cell.status == CellStatus.TEXT
            and (cell.ref, cell.month.iso if cell.column == VALUE else cell.column) in doubted
        )

    def by_status(self) -> dict[str, int]:
        """How many month figures the page has of each status, the most frequent first."""
        counts: dict[str, int] = {}
        for cell in self.cells:
            if cell.column == VALUE:
                counts[cell.status] = counts.get(cell.status, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def load_pages(
    workspace: Workspace,
    paths: Iterable[Path],
    *,
    as_printed: bool = False,
    reason: str = "",
    limit_bytes: int | None = None,
) -> tuple[Taken, ...]:
    """Loads the pages, the oldest report month first, and gives what was taken of each.

    `as_printed` sets nothing aside; `reason` is kept with the loads and shown beside figures that
    they revise; `limit_bytes` goes before the workspace's own limit on a file. All pages are read
    and checked before the first is kept. InputError, with nothing changed, for a page that cannot
    be read or is loaded already.
    """
    catalogue = load_catalogue(workspace.definitions)
    limit = workspace.settings.file_limit_bytes if limit_bytes is None else limit_bytes
    read = [(path, *_read(path, catalogue, as_printed, reason, limit)) for path in paths]
    read.sort(key=lambda one: one[1].load.month)  # a stable sort: as given within a month
    with locked(workspace.loads):
        _refuse_twice(workspace, [(path, new) for path, new, _ in read])
        loads = keep(workspace.loads, [new for _, new, _ in read])
    return tuple(
        Taken(load, new.cells, findings)
        for load, (_, new, findings) in zip(loads, read, strict=True)
    )


def _read(
    path: Path, catalogue: Catalogue, as_printed: bool, reason: str, limit_bytes: int
) -> tuple[NewLoad, tuple[Finding, ...]]:
    from openscorecard.records.printed.read import read_page

    page = read_page(path, limit_bytes=limit_bytes)
    content = path.read_bytes()
    found = find_in_page(page, catalogue)
    cells = _cells(page, {} if as_printed else found.not_taken)
    suffix = path.suffix.lower()
    load = Load(
        id="",
        sequence=0,
        month=page.report_month,
        file=path.name,
        source=f"source{suffix if _SUFFIX.fullmatch(suffix) else ''}",
        sha256=sha256_of(content),
        figures_sha256="",
        loaded_at="",
        indicators=len(page.rows),
        months=page.months,
        comparators=dict(page.comparators),
        unknown_refs=found.unknown_refs,
        set_aside=sum(cell.column == VALUE for cell in _aside(cells)),
        as_printed=as_printed,
        reason=reason,
    )
    return NewLoad(load, cells, content), found.findings


def _refuse_twice(workspace: Workspace, new: list[tuple[Path, NewLoad]]) -> None:
    loaded = {load.sha256: f"loaded already, as {load.id}" for load in page_loads(workspace.loads)}
    for path, one in new:
        if one.load.sha256 in loaded:
            raise InputError(
                f"this page is {loaded[one.load.sha256]}",
                where=str(path),
                todo="nothing, if that load is right; else `scorecard loads forget ID` first",
            )
        loaded[one.load.sha256] = f"the same file as {path}"


def _cells(page: PrintedPage, wrong: dict[tuple[str, str], str]) -> tuple[LoadedCell, ...]:
    cells: list[LoadedCell] = []
    for row in page.rows:
        for month, cell in row.values.items():
            cells.append(_cell(row.ref, month, VALUE, cell, wrong.get((row.ref, month.iso))))
        for column in DERIVED:
            held: Cell | None = getattr(row, column)
            if held is not None:
                note = wrong.get((row.ref, column))
                base = _base(row, column)
                cells.append(_cell(row.ref, page.report_month, column, held, note, base))
    return tuple(cells)


def _aside(cells: Iterable[LoadedCell]) -> list[LoadedCell]:
    return [cell for cell in cells if cell.status == SET_ASIDE]


def _base(row: PrintedRow, column: str) -> Month | None:
    bases = {"change_month": row.change_month_base, "change_year": row.change_year_base}
    return bases.get(column)


def _cell(
    ref: str, month: Month, column: str, cell: Cell, wrong: str | None, base: Month | None = None
) -> LoadedCell:
    aside = wrong is not None and cell.has_number
    return LoadedCell(
        ref=ref,
        month=month,
        column=column,
        status=SET_ASIDE if aside else cell.status.value,
        raw=cell.raw,
        number=cell.number,
        decimals=cell.decimals,
        percent=cell.percent,
        exact=cell.exact,
        arrow=cell.arrow,
        base=base,
        note=(wrong or "") if aside else "",
    )
