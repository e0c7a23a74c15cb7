"""Which load a figure is taken from (DESIGN decision 3).

A month's load is the latest one that closes it. On a page each earlier month shows the figure of
the load that closed that month, else of the report month's own load. A council's first page rests
on one load alone, and nothing was published before: all of it is as now known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from openscorecard.catalogue.indicator import Catalogue
from openscorecard.errors import InputError
from openscorecard.measures.figures import MeasuredFigure, Status
from openscorecard.periods import Month, day_in_words
from openscorecard.records.extracts.supplied import SuppliedFigure
from openscorecard.scorecard.page import Vintage
from openscorecard.workspace.computed import Figures, Tell, are_kept, figures_of, nobody
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.records_load import RecordsLoad, all_records_loads, supplied


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure, the load that it was counted from, and what that makes it on a page."""

    figure: MeasuredFigure
    load: RecordsLoad
    vintage: Vintage


def own_loads(workspace: Workspace) -> tuple[RecordsLoad, ...]:
    """The loads of case records and supplied figures that hold the workspace's own council."""
    loads = all_records_loads(workspace.loads)
    return tuple(load for load in loads if _own(workspace, load) is not None)


def closing_loads(loads: Iterable[RecordsLoad]) -> dict[Month, RecordsLoad]:
    """The load that closes each month: the latest of those with tables. Where figures of other
    teams alone were sent for a month, the latest of these."""
    closing: dict[Month, RecordsLoad] = {}
    for load in sorted(loads, key=_came):
        before = closing.get(load.month)
        if load.tables or before is None or not before.tables:
            closing[load.month] = load
    return closing


def poorer_loads(loads: Iterable[RecordsLoad], months: Iterable[Month]) -> tuple[str, ...]:
    """A sentence on each of these months whose load lacks tables that another load which closes
    the same month has: one table extracted again takes the place of a whole extract."""
    said = []
    all_loads = tuple(loads)
    closing = closing_loads(all_loads)
    for month in sorted(set(months) & closing.keys()):
        load = closing[month]
        others = [one for one in all_loads if one.month == month and one.id != load.id]
        has_now = _usable(load)
        fullest = max(others, key=lambda one: len(_usable(one) - has_now), default=load)
        missing = len(_usable(fullest) - has_now)
        if missing and load.tables:
            has = "1 table" if len(has_now) == 1 else f"{len(has_now)} tables"
            lacks = "another" if missing == 1 else f"{missing} others"
            said.append(
                f"{load.id} closes {month.long} too and has {has}: figures of {lacks}, which "
                f"{fullest.id} has, cannot be counted from it. If it should not stand for "
                f"{month.long}, remove it with `scorecard loads remove {load.id}`."
            )
    return tuple(said)


def _usable(load: RecordsLoad) -> set[str]:
    """The tables that figures can be counted from."""
    return load.tables.keys() - set(load.unusable)


def load_for(month: Month, workspace: Workspace, load_id: str = "") -> RecordsLoad | None:
    """The load that a page of the month rests on: the one named, else the one that closes the
    month; None where there is none. InputError for a name that no load has."""
    if not load_id:
        return closing_loads(own_loads(workspace)).get(month)
    for load in all_records_loads(workspace.loads):
        if load.id == load_id:
            own_council(workspace, load)
            if not load.tables:
                raise InputError(
                    "it holds figures that other teams sent, and no case records",
                    where=load_id,
                    todo="name a load of case records: see `scorecard loads`",
                )
            if load.extracted <= month.last_day:
                raise InputError(
                    f"it was read out on {day_in_words(load.extracted)}, before {month.long} had "
                    "ended",
                    where=load_id,
                    todo="name a later load: see `scorecard loads`",
                )
            return load
    raise InputError(
        f"there is no load of case records {load_id!r}",
        where=str(workspace.loads),
        todo="see `scorecard loads`",
    )


def newest_load(workspace: Workspace, after: Month) -> RecordsLoad | None:
    """The load with tables that was read out last, and after the month had ended."""
    loads = [
        load for load in own_loads(workspace) if load.tables and load.extracted > after.last_day
    ]
    return max(loads, key=_came, default=None)


def _came(load: RecordsLoad) -> tuple[dt.date, int]:
    return load.extracted, load.sequence


def nothing_for(month: Month, workspace: Workspace) -> InputError:
    """What to say where nothing was loaded that a page of the month could rest on."""
    for load in all_records_loads(workspace.loads):
        if not own_loads(workspace):
            own_council(workspace, load)  # says whose records they are
    newer = newest_load(workspace, month)
    todo = (
        "load the extract with `scorecard load DIR`, or a printed page with `scorecard load PAGE`"
    )
    if newer is not None:
        todo = (
            f"name a load (`--load {newer.id}`), or take everything as it is known now "
            "(`--as-now-known`)"
        )
    return InputError(
        f"no load closes {month.long}, and no page of it has been loaded",
        where=str(workspace.root),
        todo=todo,
    )


def counted(
    workspace: Workspace,
    catalogue: Catalogue,
    month: Month,
    months: tuple[Month, ...],
    load: RecordsLoad,
    *,
    as_now_known: bool = False,
    tell: Tell = nobody,
) -> dict[tuple[str, Month], Counted]:
    """Every indicator in every one of these months, for the page of `month` that rests on `load`.

    `as_now_known` takes all months from that load. Where the load that closed a month can give no
    figure (it lacked the table, or that team had sent nothing yet) and the page's own load can,
    that one's figure stands, as now known.
    """
    loads = own_loads(workspace)
    closing = {} if as_now_known else closing_loads(loads)
    own = figures_of_load(workspace, catalogue, load, months, loads, tell=tell)
    found: dict[tuple[str, Month], Counted] = {}
    for one in months:
        closer = load if one == month else closing.get(one, load)
        figures = own
        if closer.id != load.id:
            figures = figures_of_load(workspace, catalogue, closer, (one,), loads, tell=tell)
        for indicator in catalogue:
            key = (indicator.ref, one)
            figure, from_load = figures.get(key), closer
            if figure is None or figure.status in _WITHOUT:
                known = own.get(key)
                if known is not None and (figure is None or known.status not in _WITHOUT):
                    figure, from_load = known, load
            if figure is not None:
                closed = from_load.month == one and not as_now_known
                vintage = Vintage.MONTH_CLOSE if closed else Vintage.NOW_KNOWN
                found[key] = Counted(figure, from_load, vintage)
    return found


# What another load may know better.
_WITHOUT = (Status.OUTSIDE_COVERAGE, Status.NOT_COMPUTABLE, Status.NOT_SUPPLIED)


def figures_of_load(
    workspace: Workspace,
    catalogue: Catalogue,
    load: RecordsLoad,
    months: tuple[Month, ...],
    loads: Iterable[RecordsLoad],
    *,
    as_counted: bool = False,
    tell: Tell = nobody,
) -> Figures:
    """The load's figures, with what other teams had supplied by then."""
    council = own_council(workspace, load)
    sent = supplied_by(workspace, load, loads, council)
    return figures_of(
        workspace, load, catalogue, months, sent, council, as_counted=as_counted, tell=tell
    )


def kept_of_load(
    workspace: Workspace,
    catalogue: Catalogue,
    load: RecordsLoad,
    months: tuple[Month, ...],
    loads: Iterable[RecordsLoad],
) -> bool:
    """Whether the load's figures of these months are on disk, as they are counted today."""
    council = own_council(workspace, load)
    sent = supplied_by(workspace, load, loads, council)
    return are_kept(workspace, load, catalogue, months, sent, council)


def own_council(workspace: Workspace, load: RecordsLoad) -> int:
    """The number of the workspace's own council in the load; InputError where it is not there."""
    number = _own(workspace, load)
    if number is None:
        code = workspace.settings.code
        held = ", ".join(sorted(load.councils.values()))
        several = "several councils" if len(load.councils) > 1 else "another council"
        raise InputError(
            f"it holds {several} ({held}), and "
            + (f"not {code}" if code else "the settings do not say which is this one"),
            where=load.id,
            todo="write the council's own code under [council] in openscorecard.toml",
        )
    return number


def _own(workspace: Workspace, load: RecordsLoad) -> int | None:
    """By the council's code; a load that names no council is its own, and so is one of a single
    council where the settings have no code."""
    code = workspace.settings.code
    if not load.councils:
        return 1
    for number, of in load.councils.items():
        if code and of == code:
            return number
    unnamed = [number for number, of in load.councils.items() if not of]
    if unnamed:
        return unnamed[0]
    return next(iter(load.councils)) if len(load.councils) == 1 and not code else None


def supplied_by(
    workspace: Workspace, load: RecordsLoad, loads: Iterable[RecordsLoad], council: int
) -> tuple[SuppliedFigure, ...]:
    """What other teams had sent by the time of the load, or for its month later; of two figures the
    later stands, and a blank takes nothing away."""
    known = {
        (figure.ref, figure.month): figure for _, figure in _sent(workspace, load, loads, council)
    }
    return tuple(known[key] for key in sorted(known))


def sent_with(
    workspace: Workspace, load: RecordsLoad, ref: str, month: Month
) -> RecordsLoad | None:
    """The load in which that figure came, as it stands for `load`."""
    found = None
    council = own_council(workspace, load)
    for one, figure in _sent(workspace, load, own_loads(workspace), council):
        if (figure.ref, figure.month) == (ref, month):
            found = one
    return found


def _sent(
    workspace: Workspace, load: RecordsLoad, loads: Iterable[RecordsLoad], council: int
) -> Iterator[tuple[RecordsLoad, SuppliedFigure]]:
    for one in sorted(loads, key=_came):
        if _came(one) <= _came(load) or one.month == load.month:
            for figure in supplied(workspace.loads, one):
                if figure.council == council and figure.value is not None:
                    yield one, figure
