"""What is missing in a workspace, what that stops, and what to do next.

Each check is a function of what was looked at, named in CHECKS. Only what is broken is an error;
what is merely not there yet is a warning or, where the page does without, information.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from openscorecard.catalogue.indicator import Catalogue, Frequency
from openscorecard.catalogue.load import load_catalogue
from openscorecard.commentary.store import read_comments
from openscorecard.errors import InputError
from openscorecard.findings import Severity
from openscorecard.periods import Month
from openscorecard.workspace.figures import SET_ASIDE
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.load import Load, cells_of, check_source, load_folders, read_load
from openscorecard.workspace.released import ReleasedFigures, released
from openscorecard.workspace.settings import FILE
from openscorecard.workspace.store import forgotten, leftovers


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of the doctor's: what is so, what it stops ("" if nothing), what to do."""

    severity: Severity
    about: str
    found: str
    stops: str
    todo: str

    def as_json(self) -> dict[str, str]:
        return {
            "severity": self.severity.value,
            "about": self.about,
            "found": self.found,
            "stops": self.stops,
            "todo": self.todo,
        }


@dataclass(frozen=True)
class Looked:
    """What there is to look at; `catalogue` and `figures` are None where they are broken."""

    workspace: Workspace
    loads: tuple[Load, ...]
    catalogue: Catalogue | None = None
    figures: ReleasedFigures | None = None
    broken: tuple[Remark, ...] = field(default=())

    @property
    def newest(self) -> Month | None:
        return max((load.month for load in self.loads), default=None)


def examine(workspace: Workspace) -> tuple[Remark, ...]:
    """All remarks, the worst first."""
    looked = _look(workspace)
    remarks = [remark for check in CHECKS for remark in check(looked)]
    order = list(Severity)
    return tuple(sorted(remarks, key=lambda remark: order.index(remark.severity)))


def _look(workspace: Workspace) -> Looked:
    broken: list[Remark] = []
    loads: list[Load] = []
    for folder in load_folders(workspace.loads):
        try:
            load = read_load(folder)
            cells_of(folder, load)
            check_source(folder, load)
            loads.append(load)
        except InputError as error:
            broken.append(
                _broken(f"load {folder.name}", error, "every page that its figures are on")
            )
    try:
        forgotten(workspace.loads)
    except InputError as error:
        broken.append(_broken("forgotten loads", error, "loading"))
    catalogue = None
    try:
        catalogue = load_catalogue(workspace.definitions)
    except InputError as error:
        broken.append(_broken("definitions", error, "every page"))
    figures = None if broken else released(workspace)
    return Looked(workspace, tuple(loads), catalogue, figures, tuple(broken))


def _broken(about: str, error: InputError, stops: str) -> Remark:
    return Remark(Severity.ERROR, about, f"{error.where}: {error.found}.", stops, error.todo)


def _broken_parts(looked: Looked) -> list[Remark]:
    return list(looked.broken)


def _settings(looked: Looked) -> list[Remark]:
    settings = looked.workspace.settings
    remarks: list[Remark] = []

    def missing(severity: Severity, found: str, stops: str, todo: str) -> None:
        remarks.append(Remark(severity, "settings", found, stops, f"{todo} in {FILE}"))

    if not settings.council:
        missing(
            Severity.WARNING,
            "The council has no name.",
            "a page that says whose it is",
            "write it after `name =`",
        )
    if not settings.region:
        missing(
            Severity.INFORMATION,
            "No region is named.",
            "the name above the region's comparators",
            "write region and region_label",
        )
    if settings.population is None or not settings.population_edition:
        missing(
            Severity.INFORMATION,
            "No population of children aged 0 to 17, or no edition of it, is stated.",
            _rates(looked),
            "write edition and aged_0_to_17",
        )
    if not settings.code:
        missing(
            Severity.INFORMATION,
            "The council's code is not stated.",
            "finding the council in published statistics",
            "write code",
        )
    return remarks


def _rates(looked: Looked) -> str:
    """Which indicators a population is for."""
    rates = [item.ref for item in looked.catalogue or () if item.unit.is_rate and item.numerator]
    return f"rates worked out from counts: {', '.join(rates)}" if rates else "rates"


def _leftovers(looked: Looked) -> list[Remark]:
    return [
        Remark(
            Severity.INFORMATION,
            "loads",
            f"A command that was stopped left the folder {folder.name} behind.",
            "",
            "nothing: it is no load, and the next `scorecard load` removes it",
        )
        for folder in leftovers(looked.workspace.loads)
    ]


def _no_loads(looked: Looked) -> list[Remark]:
    if load_folders(looked.workspace.loads):
        return []
    todo = "load a printed page: `scorecard load PAGE`"
    return [Remark(Severity.WARNING, "loads", "Nothing is loaded.", "every page", todo)]


def _months_without_page(looked: Looked) -> list[Remark]:
    """Months between the first and the newest report month that no page reports."""
    newest = looked.newest
    if newest is None:
        return []
    reported = {load.month for load in looked.loads}
    first = looked.workspace.settings.first_month or min(reported)
    missing = [first.plus(step) for step in range(max(0, newest.minus(first)))]
    return [
        Remark(
            Severity.INFORMATION,
            month.iso,
            f"No page of {month.long} is loaded.",
            "its changes, average and maximum as they were released",
            "load that month's page, if there was one",
        )
        for month in missing
        if month not in reported
    ]


def _without_figure(looked: Looked) -> list[Remark]:
    """Indicators that have no figure in the newest month, though one is due."""
    newest = looked.newest
    if newest is None or looked.catalogue is None or looked.figures is None:
        return []
    remarks = []
    for item in looked.catalogue:
        if item.frequency is Frequency.QUARTERLY and newest.number % 3 != 0:
            continue
        figure = looked.figures.values.get((item.ref, newest))
        if figure is not None and figure.number is not None:
            continue
        whole = looked.figures.values.get((item.denominator or "", newest))
        if whole is not None and whole.number == 0:
            continue  # a share of nobody has no figure, and needs none
        found, todo = f"No figure for {newest.long}.", "load a page that has it"
        if figure is not None and figure.cell.status == SET_ASIDE:
            found = f"{newest.long} is set aside ({figure.cell.raw}): {figure.cell.note}"
            todo = "load a corrected page; its row alone is enough"
        remarks.append(Remark(Severity.WARNING, item.ref, found, f"{item.ref} this month", todo))
    return remarks


def _comments(looked: Looked) -> list[Remark]:
    """Comments of the newest month that are not there, or that two people wrote at once."""
    newest = looked.newest
    if newest is None or looked.catalogue is None or looked.figures is None:
        return []
    try:
        stored = read_comments(looked.workspace.root, newest)
    except InputError as error:
        return [_broken("comments", error, f"the comments of {newest.long}")]
    remarks = []
    due = [item.ref for item in looked.catalogue if (item.ref, newest) in looked.figures.values]
    missing = [ref for ref in due if stored.current(ref) is None]
    if missing:
        found = f"{len(missing)} of {len(due)} indicators have no comment: {', '.join(missing)}."
        todo = f"send out the workbook: `scorecard comments export {newest.iso} FILE.xlsx`"
        stops = "their commentary on the page"
        remarks.append(Remark(Severity.WARNING, f"comments {newest.iso}", found, stops, todo))
    for ref in stored.refs:
        if stored.conflicts(ref):
            found = "Two texts came in for the same comment; both are kept."
            todo = "decide between them, and take the workbook in again"
            stops = f"a settled comment on {ref}"
            remarks.append(Remark(Severity.WARNING, ref, found, stops, todo))
    return remarks


CHECKS: tuple[Callable[[Looked], list[Remark]], ...] = (
    _broken_parts,
    _settings,
    _no_loads,
    _leftovers,
    _without_figure,
    _months_without_page,
    _comments,
)
