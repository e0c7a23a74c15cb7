"""How a count came about: how many rows there were at each condition, and the rows themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from openscorecard.measures.resolve import (
    AT_LOAD,
    FLOW,
    OVERLAP,
    STOCK,
    Level,
    Plan,
    is_tested,
    ways,
)
from openscorecard.periods import Month

Rows = Callable[[str], list[tuple[Any, ...]]]  # runs a query


@dataclass(frozen=True, slots=True)
class Step:
    """A condition in words, and how many rows (or children) are left after it."""

    text: str
    rows: int


@dataclass(frozen=True, slots=True)
class CountedRow:
    """A row that a level counts. `unit` is what counts once; `met` whether its test is met, true
    where there is none; `due` the day by which it should have been."""

    row: str
    child: int | None
    unit: str
    met: bool
    due: dt.date | None


def steps_of(plan: Plan, title: str, month: Month, rows: Rows, council: int) -> tuple[Step, ...]:
    """The conditions of a ref or group one after another, with what each leaves.

    `rows` runs queries on an engine that has this month alone.
    """
    level = plan.level(title)
    if level is None:
        return ()
    found: list[Step] = []
    chain = ways(level, plan)[::-1]
    if chain[0].any_of:
        for name in chain[0].any_of:
            other = plan.levels[name]
            children = {one.child for one in rows_of(plan, other.title, rows, council)}
            found.append(Step(f"children of {other.title}", len(children)))
        found.append(Step("together, each child once", _left(plan, chain[0], 0, rows, council)))
    else:
        text = _rows_in_words(chain[0], month)
        found.append(Step(text, _left(plan, chain[0], 0, rows, council)))
    for one in chain:
        for number, condition in enumerate(one.where, start=1):
            found.append(Step(condition.words, _left(plan, one, number, rows, council)))
    counted = rows_of(plan, title, rows, council)
    if level.counts != "rows" and not level.any_of:
        what = "children" if level.counts == "children" else f"different values of {level.counts}"
        found.append(Step(f"{what}, each once", len({(one.child, one.unit) for one in counted})))
    if is_tested(level, plan):
        tests = next(one.test for one in chain[::-1] if one.test)
        met = {(one.child, one.unit) for one in counted if one.met}
        found.append(Step(" and ".join(one.words for one in tests), len(met)))
    return tuple(found)


def rows_of(plan: Plan, title: str, rows: Rows, council: int) -> tuple[CountedRow, ...]:
    """The rows that a ref or group counts."""
    from openscorecard.measures.queries import query_of_rows  # brings SQLGlot, which takes time

    level = plan.level(title)
    if level is None:
        return ()
    return tuple(
        CountedRow(str(row), child, str(unit), bool(met), due)
        for of_council, _, row, child, unit, met, due in rows(query_of_rows(plan, level.name))
        if of_council == council
    )


def _left(plan: Plan, level: Level, conditions: int, rows: Rows, council: int) -> int:
    """How many rows are left after so many of the level's own conditions."""
    from openscorecard.measures.queries import query_of_row_count

    cut = replace(level, where=level.where[:conditions], test=(), due="")
    shorter = Plan({**plan.levels, level.name: cut}, plan.of, plan.missing)
    answer = rows(query_of_row_count(shorter, level.name))
    return sum(counted for of_council, _, counted in answer if of_council == council)


def _rows_in_words(level: Level, month: Month) -> str:
    assert level.table is not None
    name = level.table.name
    return {
        FLOW: f"rows of {name} with {level.start} in {month.long}",
        STOCK: f"rows of {name} open on the last day of {month.long} "
        f"({level.start} to {level.end})",
        OVERLAP: f"rows of {name} that touch {month.long} ({level.start} to {level.end})",
        AT_LOAD: f"rows of {name} in the load",
    }.get(level.place, f"rows of {name}")
