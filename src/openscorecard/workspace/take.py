"""Takes printed pages into the workspace, as figures released before.

What a page prints is taken as it is, but for cells that cannot be true: those that a check finds
certainly wrong are set aside, and count as not available until a corrected page is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from openscorecard.catalogue.indicator import Catalogue
from openscorecard.catalogue.load import load_catalogue
from openscorecard.errors import InputError
from openscorecard.findings import Finding, Severity
from openscorecard.locks import locked
from openscorecard.periods import Month
from openscorecard.records.printed.page import Cell, PrintedPage, PrintedRow
from openscorecard.workspace.figures import DERIVED, SET_ASIDE, VALUE, LoadedCell
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.load import Load, all_loads, sha256_of
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

    def by_status(self) -> dict[str, int]:
        """How many month figures the page has of each status, the most frequent first."""
        counts: dict[str, int] = {}
        for cell in self.cells:
            if cell.column == VALUE:
                counts[cell.status] = counts.get(cell.status, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def load_pages(
    workspace: Workspace, paths: Iterable[Path], *, as_printed: bool = False, reason: str = ""
) -> tuple[Taken, ...]:
    """Loads the pages, the oldest report month first, and gives what was taken of each.

    `as_printed` sets nothing aside; `reason` is kept with the loads and shown beside figures that
    they revise. All pages are read and checked before the first is kept. InputError, with nothing
    changed, for a page that cannot be read or is loaded already.
    """
    catalogue = load_catalogue(workspace.definitions)
    read = [_read(workspace, path, catalogue, as_printed, reason) for path in paths]
    read.sort(key=lambda one: one[0].load.month)  # a stable sort: as given within a month
    with locked(workspace.loads):
        _refuse_twice(workspace, [new for new, _ in read])
        loads = keep(workspace.loads, [new for new, _ in read])
    return tuple(
        Taken(load, new.cells, findings) for load, (new, findings) in zip(loads, read, strict=True)
    )


def _read(
    workspace: Workspace, path: Path, catalogue: Catalogue, as_printed: bool, reason: str
) -> tuple[NewLoad, tuple[Finding, ...]]:
    from openscorecard.records.printed.read import read_page
    from openscorecard.scorecard.checks import check_page

    page = read_page(path, limit_bytes=workspace.settings.file_limit_bytes)
    content = path.read_bytes()
    unknown = _unknown_refs(page, catalogue)
    found = (*page.findings, *unknown, *check_page(page, catalogue))
    findings = tuple(dict.fromkeys(found))
    cells = _cells(page, {} if as_printed else _cannot_be_true(findings))
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
        unknown_refs=tuple(finding.ref for finding in unknown if finding.ref),
        set_aside=sum(cell.column == VALUE for cell in _aside(cells)),
        as_printed=as_printed,
        reason=reason,
    )
    return NewLoad(load, cells, content), findings


def _refuse_twice(workspace: Workspace, new: list[NewLoad]) -> None:
    loaded = {load.sha256: f"loaded already, as {load.id}" for load in all_loads(workspace.loads)}
    for one in new:
        if one.load.sha256 in loaded:
            raise InputError(
                f"this page is {loaded[one.load.sha256]}",
                where=one.load.file,
                todo="nothing, if that load is right; else `scorecard loads forget ID` first",
            )
        loaded[one.load.sha256] = f"the same file as {one.load.file}"


def _unknown_refs(page: PrintedPage, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Rows whose ref no definition knows: kept in the load, shown on no page."""
    refs = [indicator.ref for indicator in catalogue]
    names = {indicator.name: indicator.ref for indicator in catalogue}
    findings = []
    for row in page.rows:
        if catalogue.get(row.ref) is not None:
            continue
        close = get_close_matches(row.ref, refs, n=3, cutoff=0.75)
        close += [names[name] for name in get_close_matches(row.name, names, n=1, cutoff=0.9)]
        like = ", ".join(dict.fromkeys(close))
        findings.append(
            Finding(
                rule="ref-not-in-catalogue",
                severity=Severity.WARNING,
                message=f"No indicator of the catalogue has the ref {row.ref!r}"
                + (f" (near it: {like})" if like else "")
                + ". Its figures are kept, but no page shows them until it is defined.",
                ref=row.ref,
                place=f"{page.file}, line {row.line}",
            )
        )
    return tuple(findings)


def _cannot_be_true(findings: Iterable[Finding]) -> dict[tuple[str, str], str]:
    """What the first error finding says of each cell that one names: (ref, column) to sentence."""
    said: dict[tuple[str, str], str] = {}
    for finding in findings:
        if finding.severity is Severity.ERROR and finding.ref and finding.column:
            said.setdefault((finding.ref, finding.column), finding.message)
    return said


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
