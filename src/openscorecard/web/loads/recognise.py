"""What an upload is before it is loaded: an extract, supplied figures, or printed pages.

Takes a folder of files; gives what would be loaded, what is still to be stated, and what a reader
cannot tell; changes nothing. The same functions tell as `scorecard load` asks.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from openscorecard.catalogue.indicator import Catalogue
from openscorecard.catalogue.measure_settings import MeasureSettings
from openscorecard.errors import InputError
from openscorecard.measures.resolve import resolve
from openscorecard.periods import Month
from openscorecard.records.extracts.folder import Folder, look_into
from openscorecard.records.extracts.found import Found
from openscorecard.records.extracts.statement import coverage_of, read_statement
from openscorecard.records.standard import TABLES, table
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.needed import said_of_absent
from openscorecard.workspace.take_records import is_records

_READ_FIRST = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".html", ".htm")
_READ_MOST_BYTES = 2_000_000  # a page is 35,000: what is larger is read when it is loaded


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file of an extract: which standard table it is, and what that is about."""

    name: str
    about: str
    kilobytes: int


@dataclass(frozen=True, slots=True)
class PageFile:
    """A printed page; `month` and `rows` where it could be read at once, else `amiss` why not."""

    name: str
    kilobytes: int
    month: Month | None = None
    rows: int = 0
    amiss: str = ""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What lies in an upload. `extract` is a folder of tables, `supplied` are tables of supplied
    figures of any name, `pages` printed pages. `unstated` says that the day of the extract is to
    be asked for, `uncovered` from when on it is complete."""

    root: Path
    extract: Folder | None = None
    tables: tuple[TableFile, ...] = ()
    supplied: tuple[Path, ...] = ()
    pages: tuple[PageFile, ...] = ()
    not_taken: tuple[str, ...] = ()
    extracted: dt.date | None = None
    unstated: bool = False
    uncovered: bool = False
    absent: tuple[Found, ...] = ()
    can_count: int = 0
    of_all: int = 0

    @property
    def is_records(self) -> bool:
        return self.extract is not None or bool(self.supplied)

    @property
    def month(self) -> Month | None:
        """The month that the records close, where their day is known."""
        day = self.extracted
        return None if day is None else Month(day.year, day.month).plus(-1)


def recognise(root: Path, workspace: Workspace, catalogue: Catalogue) -> Recognised:
    """InputError where nothing in it can be loaded, or records and pages are mixed."""
    files = sorted(path for path in root.iterdir() if path.is_file())
    try:
        extract: Folder | None = look_into(root)
    except InputError:
        if any(path.is_dir() for path in root.iterdir()):
            raise
        extract = None
    if extract is not None and (extract.files or extract.statement):
        return _of_extract(root, extract, workspace, catalogue)
    supplied = tuple(path for path in files if is_records(path))
    pages = [path for path in files if path not in supplied]
    if supplied and pages:
        names = f"{supplied[0].name} holds supplied figures and {pages[0].name} does not"
        raise InputError(names, where="the upload", todo="load them one after the other")
    if supplied:
        return Recognised(root, supplied=supplied, unstated=True)
    lost = [path.name for path in pages if path.suffix.lower() in (".parquet", ".toml")]
    if lost:
        raise InputError(
            f"{', '.join(lost)} belongs to an extract, and no standard table is with it",
            where="the upload",
            todo="name the files after the tables: ssd_contacts.csv, ssd_cin_episodes.parquet, ...",
        )
    limit = workspace.settings.file_limit_bytes
    return Recognised(root, pages=tuple(_page(path, limit) for path in pages))


def _of_extract(
    root: Path, extract: Folder, workspace: Workspace, catalogue: Catalogue
) -> Recognised:
    present = [one.name for one in TABLES if any(file.table == one.name for file in extract.files)]
    tables = tuple(
        TableFile(one.name, _about(one.table), _kilobytes(one.path))
        for one in (*extract.files, *extract.supplied)
    )
    day, unstated, uncovered = _stated(extract, present)
    month = None if day is None else Month(day.year, day.month).plus(-1)
    can, of_all = computable(catalogue, month, workspace.settings.measures, present)
    return Recognised(
        root,
        extract,
        tables,
        not_taken=extract.not_taken,
        extracted=day,
        unstated=unstated,
        uncovered=uncovered,
        absent=tuple(said_of_absent(present, catalogue)) if extract.files else (),
        can_count=can if extract.files else 0,
        of_all=of_all,
    )


def _stated(extract: Folder, present: list[str]) -> tuple[dt.date | None, bool, bool]:
    """The day stated; whether it is to be asked for, and the coverage. InputError where load.toml
    holds mistakes."""
    asked = dt.date.today()
    where = "load.toml"
    try:
        statement = read_statement(extract.statement, where=where)
        day: dt.date | None = statement.extracted
    except InputError as error:
        if "not stated" not in error.found:
            raise
        statement = read_statement(extract.statement, where=where, extracted=asked)
        day = None
    try:
        coverage_of(statement, present, where=where)
    except InputError:
        return day, day is None, True
    return day, day is None, False


def computable(
    catalogue: Catalogue,
    month: Month | None,
    settings: MeasureSettings,
    present: list[str],
    absent: frozenset[str] = frozenset(),
) -> tuple[int, int]:
    """How many of the indicators that are counted from records these tables give, and of how
    many."""
    at = month or Month(dt.date.today().year, dt.date.today().month)
    everything = [one.name for one in TABLES]
    all_missing = resolve(catalogue, at, settings, everything).missing
    missing = resolve(catalogue, at, settings, present, absent=absent).missing
    wanted = [one.ref for one in catalogue if one.ref not in all_missing]
    return sum(ref not in missing for ref in wanted), len(wanted)


def _about(name: str) -> str:
    one = table(name)
    return "figures that other teams sent" if one is None else one.about


def _kilobytes(path: Path) -> int:
    return max(1, round(path.stat().st_size / 1000))


def _page(path: Path, limit: int) -> PageFile:
    """The page as far as it can be told quickly: a PDF is read when it is loaded."""
    from openscorecard.records.printed.read import read_page

    kilobytes = _kilobytes(path)
    if path.suffix.lower() not in _READ_FIRST or path.stat().st_size > _READ_MOST_BYTES:
        return PageFile(path.name, kilobytes)
    try:
        page = read_page(path, limit_bytes=limit)
    except InputError as error:
        return PageFile(path.name, kilobytes, amiss=f"{error.found}. {error.todo}.")
    return PageFile(path.name, kilobytes, page.report_month, len(page.rows))
