"""What is missing in a workspace, what that stops, and what to do next.

Each check is a function of what was looked at, named in CHECKS. What is broken is an error, and so
is what stops all publishing; what is merely not there yet is a warning or, where the page does
without, information.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from openscorecard.catalogue.indicator import Catalogue, Frequency, Indicator
from openscorecard.catalogue.load import load_catalogue
from openscorecard.commentary.store import read_comments
from openscorecard.errors import InputError
from openscorecard.findings import Severity
from openscorecard.periods import Month
from openscorecard.workspace.figures import SET_ASIDE
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.load import (
    Load,
    cells_of,
    check_source,
    load_folders,
    page_folders,
    read_load,
)
from openscorecard.workspace.measures_table import check_suspended
from openscorecard.workspace.records_doctor import (
    look_at_records,
    records_missing,
    records_there_are,
)
from openscorecard.workspace.records_load import RecordsLoad
from openscorecard.workspace.released import ReleasedFigures, released
from openscorecard.workspace.remark import Remark
from openscorecard.workspace.remark import broken as broken_part
from openscorecard.workspace.settings import FILE
from openscorecard.workspace.signals_table import check_rebased
from openscorecard.workspace.store import forgotten, leftovers


@dataclass(frozen=True)
class Looked:
    """What there is to look at: the loads of pages, those of records, the definitions;
    `catalogue` and `figures` are None where they are broken."""

    workspace: Workspace
    loads: tuple[Load, ...]
    records: tuple[RecordsLoad, ...] = ()
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
    for folder in page_folders(workspace.loads):
        try:
            load = read_load(folder)
            cells_of(folder, load)
            check_source(folder, load)
            loads.append(load)
        except InputError as error:
            broken.append(
                broken_part(f"load {folder.name}", error, "every page that its figures are on")
            )
    records, wrong = look_at_records(workspace.loads)
    broken.extend(wrong)
    try:
        forgotten(workspace.loads)
    except InputError as error:
        broken.append(broken_part("forgotten loads", error, "loading"))
    catalogue = None
    try:
        catalogue = load_catalogue(workspace.definitions)
    except InputError as error:
        broken.append(broken_part("definitions", error, "every page"))
    figures = None if broken else released(workspace)
    return Looked(workspace, tuple(loads), records, catalogue, figures, tuple(broken))


def _broken_parts(looked: Looked) -> list[Remark]:
    return list(looked.broken)


def _name(looked: Looked) -> list[Remark]:
    if looked.workspace.settings.council:
        return []
    found, stops = "Missing: the council's name.", "all publishing, for a page says whose it is"
    todo = f"write it after `name =` in {FILE}"
    return [Remark(Severity.ERROR, "settings", found, stops, todo)]


def _settings(looked: Looked) -> list[Remark]:
    """What else the council has not stated: if it is there, what is so, what it stops, what to
    write."""
    settings = looked.workspace.settings
    wanted = (
        (
            settings.region,
            "No region is named.",
            "the name above the region's comparators",
            "region and region_label",
        ),
        (
            settings.population is not None and settings.population_edition,
            "No population of children aged 0 to 17, or no edition of it, is stated.",
            _rates(looked),
            "edition and aged_0_to_17",
        ),
        (
            settings.contact,
            "No contact is stated.",
            "an accessibility statement that says whom to ask, as the law requires",
            "contact",
        ),
        (
            settings.code,
            "The council's code is not stated.",
            "finding the council in published statistics",
            "code",
        ),
    )
    return [
        Remark(Severity.INFORMATION, "settings", found, stops, f"write {keys} in {FILE}")
        for stated, found, stops, keys in wanted
        if not stated
    ]


def _suspended(looked: Looked) -> list[Remark]:
    """Figures that the settings suspend and that no indicator has."""
    if looked.catalogue is None:
        return []
    refs = [one.ref for one in (*looked.catalogue, *looked.catalogue.retired)]
    try:
        check_suspended(looked.workspace.settings.measures, refs, FILE)
        check_rebased(looked.workspace.settings.signals, refs, FILE)
    except InputError as error:
        return [broken_part("settings", error, "every page")]
    return []


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
    todo = "load a printed page, or a folder of case records: `scorecard load PATH`"
    return [Remark(Severity.WARNING, "loads", "Nothing is loaded.", "every page", todo)]


def _records(looked: Looked) -> list[Remark]:
    return records_there_are(looked.records)


def _records_missing(looked: Looked) -> list[Remark]:
    return records_missing(looked.records, looked.catalogue, looked.workspace.settings.measures)


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
    """Indicators that have no figure in the newest month, though one is due; those whose figure
    cannot be true one by one, with the reason."""
    newest = looked.newest
    if newest is None or looked.catalogue is None or looked.figures is None:
        return []
    remarks, missing = [], []
    for item in looked.catalogue:
        if not _is_due(item, newest, looked.figures):
            continue
        figure = looked.figures.values.get((item.ref, newest))
        if figure is None or figure.cell.status != SET_ASIDE:
            missing.append(item.ref)
            continue
        raw, note = figure.cell.raw, figure.cell.note
        found = f"{newest.long} is set aside{'' if raw in note else f' ({raw})'}: {note}"
        todo = "load a corrected page; its row alone is enough"
        remarks.append(Remark(Severity.WARNING, item.ref, found, f"{item.ref} this month", todo))
    if missing:
        of_all = f"{len(missing)} of {len(looked.catalogue.indicators)} indicators"
        found = f"{of_all} have no figure for {newest.long}: {', '.join(missing)}."
        todo = "load a page that has them"
        stops = "these indicators this month"
        remarks.append(Remark(Severity.WARNING, f"figures {newest.iso}", found, stops, todo))
    return remarks


def _is_due(item: Indicator, month: Month, figures: ReleasedFigures) -> bool:
    """Whether the month should have a figure and has none."""
    if item.frequency is Frequency.QUARTERLY and month.number % 3 != 0:
        return False
    figure = figures.values.get((item.ref, month))
    if figure is not None and figure.number is not None:
        return False
    whole = figures.values.get((item.denominator or "", month))
    return whole is None or whole.number != 0  # a share of nobody has no figure, and needs none


def _comments(looked: Looked) -> list[Remark]:
    """Comments of the newest month that are not there, or that two people wrote at once."""
    newest = looked.newest
    if newest is None or looked.catalogue is None or looked.figures is None:
        return []
    try:
        stored = read_comments(looked.workspace.root, newest)
    except InputError as error:
        return [broken_part("comments", error, f"the comments of {newest.long}")]
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
    _name,
    _settings,
    _suspended,
    _no_loads,
    _leftovers,
    _records,
    _records_missing,
    _without_figure,
    _months_without_page,
    _comments,
)
