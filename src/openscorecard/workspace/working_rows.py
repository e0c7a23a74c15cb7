"""The children or rows behind a figure, as a list for those who may see it.

Nothing here decides who that is.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace

from openscorecard.catalogue.find import find_indicator
from openscorecard.catalogue.indicator import Catalogue, Indicator, Kind
from openscorecard.catalogue.measure import ROWS
from openscorecard.engines.duckdb import Engine
from openscorecard.errors import InputError
from openscorecard.measures.count import plan_for
from openscorecard.measures.resolve import FLOW, Level, Plan
from openscorecard.measures.working import CountedRow, Rows, rows_of
from openscorecard.periods import Month
from openscorecard.records.standard import Type
from openscorecard.workspace.computed import engine_of
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.records_load import RecordsLoad, child_ids
from openscorecard.workspace.vintages import own_council
from openscorecard.workspace.working import COUNTED, alike, figure_of, looks_at, parts_in


@dataclass(frozen=True, slots=True)
class Line:
    """One counted unit for a list: the row's id, the child's own id at the council, whether it was
    met (None where that cannot be told) and by when that was due, and whose work it was: the worker
    and team of the row itself, where it is an event that has some (an assessment, a conference),
    else those whom the child was with at the month's end."""

    row: str
    child: str
    met: bool | None
    due: dt.date | None
    worker: str
    team: str


def lines_of(
    workspace: Workspace,
    catalogue: Catalogue,
    ref: str,
    month: Month,
    load: RecordsLoad,
    wanted: str = "all",
) -> tuple[Line, ...]:
    """The counted units behind a figure, one line each: all of the denominator, those met (the
    numerator), or the rest."""
    indicator = find_indicator(catalogue, ref)
    if indicator.kind is Kind.SUPPLIED:
        raise InputError(
            "another team supplies the figure: no rows stand behind it here",
            where=indicator.ref,
            todo="ask that team",
        )
    if load.rows_dropped:
        raise InputError(
            "its rows were dropped", where=load.id, todo="load the extract again to see rows"
        )
    figure = figure_of(workspace, catalogue, indicator, month, load, as_counted=True)
    if figure.status not in COUNTED:
        raise InputError(
            f"there is no figure for {month.long}, and so no list: {figure.note}",
            where=indicator.ref,
            todo="see `scorecard doctor`",
        )
    plan = plan_for(catalogue, month, workspace.settings.measures, load.tables, absent=load.lacking)
    council = own_council(workspace, load)
    with engine_of(workspace, load, (month,)) as engine:
        counted = units_behind(plan, indicator, month, engine.rows, council, wanted)
        whose, row_of = _whose(engine), _row_owners(engine, plan, indicator, month, council)
    ids = {number: child.id for number, child in child_ids(workspace).items()}
    lines = []
    for one in counted:
        child = "" if one.child is None else ids.get(one.child, str(one.child))
        row = one.row or child
        owner = row_of.get(one.row) or whose.get(one.child, ("", ""))
        lines.append(Line(row, child, one.met, one.due, *owner))
    return tuple(sorted(lines, key=lambda one: (one.due or dt.date.max, one.team, one.child,
                                                one.row)))  # fmt: skip


def units_of(counted: tuple[CountedRow, ...]) -> dict[tuple[int | None, str], CountedRow]:
    """The rows by what counts once. A unit is met where one of its rows is; what is not met is due
    at the earliest of its days."""
    units: dict[tuple[int | None, str], CountedRow] = {}
    for one in counted:
        key = (one.child, one.unit)
        before = units.get(key)
        better = before is None or (one.met and not before.met)
        if better or (before is not None and one.met == before.met and _sooner(one, before)):
            units[key] = one
    return units


def _sooner(one: CountedRow, before: CountedRow) -> bool:
    return one.due is not None and (before.due is None or one.due < before.due)


@dataclass(frozen=True, slots=True)
class Unit:
    """What counts once: the row that stands for it, "" where a child stands for itself."""

    row: str
    child: int | None
    unit: str
    met: bool | None
    due: dt.date | None


def units_behind(
    plan: Plan, indicator: Indicator, month: Month, rows: Rows, council: int, wanted: str
) -> list[Unit]:
    parts = dict(parts_in(plan, indicator, month))
    for titles in parts.values():
        for title in titles:
            if plan.level(title) is None:
                raise InputError(
                    plan.missing.get(title, "it has no rows of its own"),
                    where=title,
                    todo="see `scorecard doctor`",
                )
    top = parts.get("numerator") or parts["count"]
    found = [unit for title in top for unit in _units(plan, title, rows, council)]
    below = parts.get("denominator")
    if below and not looks_at(plan, top[0], below[0]):
        met = [one for one in found if one.met]
        if wanted == "met":
            return met
        found = _over(plan, met, top[0], below[0], rows, council, wanted)
    if wanted == "all":
        return found
    return [one for one in found if one.met == (wanted == "met")]


def _units(plan: Plan, title: str, rows: Rows, council: int) -> list[Unit]:
    """What a ref or group counts, one each."""
    level = plan.level(title)
    assert level is not None
    found = rows_of(plan, title, rows, council)
    if level.counts != ROWS:
        found = tuple(units_of(found).values())
    of_child = level.table is None or _is_child(level)
    return [
        Unit("" if of_child else one.row, one.child, one.unit, one.met, one.due) for one in found
    ]


def _is_child(level: Level) -> bool:
    """Whether its rows are known by the child's number, which is nobody's business."""
    column = None if level.table is None else level.table.column(level.key)
    return column is not None and column.type is Type.CHILD


def _over(
    plan: Plan,
    met: list[Unit],
    top: str,
    below: str,
    rows: Rows,
    council: int,
    wanted: str,
) -> list[Unit]:
    """The denominator's units, met where the numerator has them too; where the two count different
    things, nothing tells which are met."""
    level, whole = plan.level(top), plan.level(below)
    assert level is not None
    assert whole is not None
    units = _units(plan, below, rows, council)
    left = Counter((one.child, one.unit) for one in met)
    if alike(level, whole):
        found = []
        for one in units:
            key = (one.child, one.unit)
            found.append(replace(one, met=left[key] > 0))
            left[key] -= 1
        if sum(one.met is True for one in found) == len(met):
            return found
    if wanted == "not-met":
        raise InputError(
            f"those of {top} are not some of those of {below}, so nothing tells which are not met",
            where="--rows not-met",
            todo="ask for --rows met or --rows all",
        )
    return [replace(one, met=None) for one in units]


def _row_owners(
    engine: Engine, plan: Plan, indicator: Indicator, month: Month, council: int
) -> dict[str, tuple[str, str]]:
    """Worker and team that the rows of an event name themselves, by the row's key."""
    titles = [title for _, of_part in parts_in(plan, indicator, month) for title in of_part]
    level = plan.level(titles[0]) if titles else None
    if level is None or level.table is None or level.place != FLOW:
        return {}
    columns = {one.refers: one.name for one in level.table.columns}
    worker = columns.get("ssd_professionals.prof_professional_id")
    team = columns.get("ssd_department.dept_team_id")
    if worker is None or team is None:
        return {}
    answer = engine.rows(
        f"""
        SELECT t.{level.key}, COALESCE(p.prof_staff_id, t.{worker}),
          COALESCE(d.dept_team_name, t.{team})
        FROM {level.table.name} AS t
        LEFT JOIN ssd_professionals AS p ON p.council = t.council
          AND p.prof_professional_id = t.{worker}
        LEFT JOIN ssd_department AS d ON d.council = t.council AND d.dept_team_id = t.{team}
        WHERE t.council = {council} AND t.{team} IS NOT NULL
        """  # noqa: S608  names of our own tables, and a number
    )
    return {row: (staff or "", name or "") for row, staff, name in answer}


def _whose(engine: Engine) -> dict[int | None, tuple[str, str]]:
    """Worker and team of each child at the month's end: of the involvement that began last among
    those open then, else among all that had begun."""
    answer = engine.rows(
        """
        SELECT i.invo_person_id,
          CASE WHEN i.invo_involvement_end_date IS NULL
            OR i.invo_involvement_end_date > m.month_end THEN 1 ELSE 0 END AS is_open,
          i.invo_involvement_start_date, i.invo_involvements_id,
          COALESCE(p.prof_staff_id, i.invo_professional_id),
          COALESCE(d.dept_team_name, i.invo_professional_team)
        FROM ssd_involvements AS i
        JOIN months AS m ON i.invo_involvement_start_date <= m.month_end
        LEFT JOIN ssd_professionals AS p ON p.council = i.council
          AND p.prof_professional_id = i.invo_professional_id
        LEFT JOIN ssd_department AS d ON d.council = i.council
          AND d.dept_team_id = i.invo_professional_team
        ORDER BY 1, 2, 3, 4
        """
    )
    return {child: (worker or "", team or "") for child, _, _, _, worker, team in answer}
