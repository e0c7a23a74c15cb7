"""How a figure has changed since it was first published, month by month, and by which rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from openscorecard.catalogue.find import find_indicator
from openscorecard.catalogue.indicator import Catalogue, Indicator, Kind
from openscorecard.engines.duckdb import Engine
from openscorecard.measures.count import plan_for
from openscorecard.measures.figures import MeasuredFigure, Status
from openscorecard.measures.resolve import Level, Plan, literal
from openscorecard.measures.working import CountedRow, rows_of
from openscorecard.periods import Month
from openscorecard.records.standard import Table
from openscorecard.workspace.computed import Tell, engine_of, nobody
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.records_load import RecordsLoad, child_ids
from openscorecard.workspace.release_figures import ReleasedHere, first_released
from openscorecard.workspace.released import ReleasedFigure, released
from openscorecard.workspace.vintages import (
    closing_loads,
    figures_of_load,
    newest_load,
    own_council,
    own_loads,
)
from openscorecard.workspace.working import parts_in

COUNTED = {Status.VALUE, Status.NOTHING_TO_COUNT}
ARRIVED_LATE, CHANGED, VANISHED = "arrived late", "changed", "vanished"


@dataclass(frozen=True, slots=True)
class MovedRow:
    """A row that counts now and did not when the month was closed, or the reverse. `why` is one of
    arrived late (it was not in that load), changed, vanished (it is in the new load no more).
    `columns` are those, of the ones that the figure asks for, in which a changed row differs; none
    where it is other records about it that came, changed or went."""

    part: str
    title: str
    row: str
    child: str
    counted_then: bool
    counted_now: bool
    why: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """One month of an indicator: as first published (`first` by a release made here, `released` on
    a loaded page, else by the load that closed the month) and as now known. `rows` are what made
    the difference, None where they can no longer be told, because the rows of a load were
    dropped."""

    month: Month
    released: ReleasedFigure | None
    at_close: MeasuredFigure | None
    closed_by: RecordsLoad | None
    now: MeasuredFigure | None
    now_by: RecordsLoad
    rows: tuple[MovedRow, ...] | None
    first: ReleasedHere | None = None

    @property
    def published(self) -> Fraction | None:
        """The figure as first released here, else as a loaded page has it; None where neither has
        one."""
        if self.first is not None:
            return self.first.value
        return None if self.released is None else self.released.number

    @property
    def differs(self) -> bool:
        """Whether the records put it otherwise now than when they closed the month; False where
        one of the two loads cannot tell."""
        if self.at_close is None or self.now is None:
            return False
        if not {self.at_close.status, self.now.status} <= COUNTED:
            return False
        parts = [(one.value, one.numerator, one.denominator) for one in (self.at_close, self.now)]
        return parts[0] != parts[1]


def revisions_of(
    workspace: Workspace,
    catalogue: Catalogue,
    ref: str,
    until: Month | None = None,
    tell: Tell = nobody,
    *,
    with_rows: bool = True,
) -> tuple[Revision, ...]:
    """Every month that a load has closed (to `until`), oldest first. Empty where there are no case
    records. Without `with_rows` the figures alone, which takes a tenth of the time: `rows` are
    None then where figures differ."""
    indicator = find_indicator(catalogue, ref)
    ref = indicator.ref
    loads = own_loads(workspace)
    closing = {
        month: load
        for month, load in closing_loads(loads).items()
        if until is None or month <= until
    }
    if not closing:
        return ()
    newest = _newest(workspace, loads, indicator, min(closing))
    months = tuple(sorted(closing))
    now = figures_of_load(workspace, catalogue, newest, months, loads, tell=tell)
    pages = released(workspace).values
    first = first_released(workspace.root, ref)
    found = []
    for month in months:
        load = closing[month]
        then = figures_of_load(workspace, catalogue, load, (month,), loads, tell=tell)
        one = Revision(
            month=month,
            released=pages.get((ref, month)),
            at_close=then.get((ref, month)),
            closed_by=load,
            now=now.get((ref, month)),
            now_by=newest,
            rows=(),
            first=first.get(month),
        )
        if one.differs and not with_rows:
            one = replace(one, rows=None)
        elif one.differs and indicator.kind is not Kind.SUPPLIED:
            tell(f"comparing the rows of {month.long}")
            one = replace(one, rows=_moved(workspace, catalogue, indicator, month, load, newest))
        found.append(one)
    return tuple(found)


def _newest(
    workspace: Workspace, loads: tuple[RecordsLoad, ...], indicator: Indicator, first: Month
) -> RecordsLoad:
    """The load by which a figure is now known: the one read out last. What is counted is known by
    loads with tables alone; a figure that another team sends, by any."""
    latest = max(loads, key=lambda load: (load.extracted, load.sequence))
    if indicator.kind is Kind.SUPPLIED:
        return latest
    return newest_load(workspace, after=first) or latest


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one load counts for one part of the figure. `asked` are the words of its query; `holds`
    are the keys of all rows of the table behind it: of children put together, all children."""

    level: Level | None
    counted: dict[tuple[int | None, str], CountedRow]
    asked: frozenset[str]
    holds: frozenset[str]

    @property
    def table(self) -> Table | None:
        return None if self.level is None else self.level.table


def _moved(
    workspace: Workspace,
    catalogue: Catalogue,
    indicator: Indicator,
    month: Month,
    then: RecordsLoad,
    now: RecordsLoad,
) -> tuple[MovedRow, ...] | None:
    if then.rows_dropped or now.rows_dropped:
        return None
    before, after = (_plan(workspace, catalogue, month, load) for load in (then, now))
    council = own_council(workspace, then), own_council(workspace, now)
    ids = {number: child.id for number, child in child_ids(workspace).items()}
    found: list[MovedRow] = []
    with (
        engine_of(workspace, then, (month,)) as old_engine,
        engine_of(workspace, now, (month,)) as new_engine,
    ):
        for part, titles in parts_in(after, indicator, month):
            for title in titles:
                old = _seen(old_engine, before, title, council[0])
                new = _seen(new_engine, after, title, council[1])
                moved = _between(part, title, old, new, ids)
                found += _told(moved, new, (old_engine, new_engine), council)
    return tuple(found)


def _plan(workspace: Workspace, catalogue: Catalogue, month: Month, load: RecordsLoad) -> Plan:
    return plan_for(catalogue, month, workspace.settings.measures, load.tables, absent=load.lacking)


def _seen(engine: Engine, plan: Plan, title: str, council: int) -> _Seen:
    from openscorecard.measures.queries import query_of_rows  # brings SQLGlot, which takes time

    counted = {(one.child, one.row): one for one in rows_of(plan, title, engine.rows, council)}
    level = plan.level(title)
    if level is None:
        return _Seen(None, counted, frozenset(), frozenset())
    table, key = ("ssd_person", "pers_person_id")
    if level.table is not None:
        table, key = level.table.name, level.key
    answer = engine.rows(f"SELECT {key} FROM {table} WHERE council = {council}")  # noqa: S608
    asked = frozenset(re.findall(r"\w+", query_of_rows(plan, level.name)))
    return _Seen(level, counted, asked, frozenset(str(row) for (row,) in answer))


def _between(
    part: str, title: str, old: _Seen, new: _Seen, ids: Mapping[int, str]
) -> list[MovedRow]:
    found = []
    for key in sorted(old.counted.keys() | new.counted.keys(), key=str):
        then, now = old.counted.get(key), new.counted.get(key)
        counted_then, counted_now = then is not None and then.met, now is not None and now.met
        if then is not None and now is not None and counted_then == counted_now:
            continue
        child, row = key
        if row not in old.holds:
            why = ARRIVED_LATE
        else:
            why = VANISHED if row not in new.holds else CHANGED
        shown = "" if child is None else ids.get(child, str(child))
        found.append(MovedRow(part, title, row, shown, counted_then, counted_now, why))
    return found


def _told(
    moved: list[MovedRow], seen: _Seen, engines: tuple[Engine, Engine], councils: tuple[int, int]
) -> list[MovedRow]:
    """The changed rows with the columns in which they differ; a child that stands for itself by
    the id that the council gave it."""
    table, level = seen.table, seen.level
    changed = [one.row for one in moved if one.why == CHANGED]
    if table is None:
        return [replace(one, row=one.child) for one in moved]
    if level is None or not changed:
        return moved
    keys = ", ".join(literal(row) for row in changed)
    then, now = (
        _contents(engine, table, level.key, keys, council)
        for engine, council in zip(engines, councils, strict=True)
    )
    found = []
    for one in moved:
        old, new = then.get(one.row, ()), now.get(one.row, ())
        names = [
            column.name
            for column, before, after in zip(table.columns, old, new, strict=False)
            if before != after and column.name in seen.asked
        ]
        found.append(replace(one, columns=tuple(names)) if one.why == CHANGED else one)
    return found


def _contents(
    engine: Engine, table: Table, key: str, keys: str, council: int
) -> dict[str, tuple[object, ...]]:
    columns = ", ".join(column.name for column in table.columns)
    answer = engine.rows(
        f"SELECT CAST({key} AS VARCHAR), {columns} FROM {table.name} "  # noqa: S608
        f"WHERE council = {council} AND CAST({key} AS VARCHAR) IN ({keys})"
    )
    return {row[0]: tuple(row[1:]) for row in answer}
