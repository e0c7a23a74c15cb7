"""From when to when the tables of a load are complete, and what that means for a figure.

A month that lies inside it and has no rows counts as 0. Of a month outside it nobody can say
anything, and so there is no figure, but a reason. Where a look-back reaches further than the table
does, the figure stands with a note.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openscorecard.catalogue.measure import Lookup
from openscorecard.measures.resolve import AT_LOAD, LIST, STOCK, Level, Plan
from openscorecard.periods import Month, day_in_words
from openscorecard.records.standard import table

if TYPE_CHECKING:
    from openscorecard.records.extracts.statement import Coverage


@dataclass(frozen=True, slots=True)
class Use:
    """A table that a figure rests on; `place` is how its rows lie in months (a LIST is looked
    into), `looks_back` how many months before the month its rows may lie."""

    table: str
    place: str
    looks_back: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a figure of a month can stand on the coverage; `why_not` is "" where it can.
    `cut_short` names the day at which a look-back ends too early, None where none does."""

    why_not: str = ""
    cut_short: dt.date | None = None
    cut_table: str = ""


def uses_of(level: Level, plan: Plan, asked: frozenset[str] = frozenset()) -> frozenset[Use]:
    """Every table that the level rests on, by whatever way. `asked` are the names that those who
    look at its rows ask for: a lookup that nobody asks for is not rested on."""
    found: set[Use] = set()
    conditions = (*level.where, *level.test)
    asked |= _names(one.sql for one in conditions)
    if level.is_root and level.table is not None:
        found.add(Use(level.table.name, level.place))
    elif level.source:
        of_lookups = _names(text for one in level.lookups for text in (one.match, one.where))
        found |= uses_of(plan.levels[level.source], plan, asked | of_lookups)
    for name in level.any_of:
        found |= uses_of(plan.levels[name], plan)
    for condition in conditions:
        other = plan.level(condition.among or condition.not_among)
        if other is not None:
            found |= uses_of(other, plan)
    for lookup in level.lookups:
        if lookup.name in asked:
            found |= _uses_of_lookup(lookup, plan)
    return frozenset(found)


def _uses_of_lookup(lookup: Lookup, plan: Plan) -> set[Use]:
    other = plan.level(lookup.of)
    if other is None:
        return {Use(lookup.of, LIST, lookup.looks_back)}
    asked = _names((lookup.match, lookup.where, lookup.take))
    return {
        Use(use.table, use.place, max(use.looks_back, lookup.looks_back))
        for use in uses_of(other, plan, asked)
    }


def _names(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(name for text in texts for name in re.findall(r"[a-z][a-z0-9_]*", text))


def standing(
    uses: frozenset[Use], month: Month, load_month: Month, coverage: Mapping[str, Coverage]
) -> Standing:
    """Whether a month's figure can stand on tables complete as `coverage` says.

    Tables without dates of their own (people, factors) are as complete as those that lead to them.
    """
    first_day = dt.date(month.year, month.number, 1)
    cut: tuple[dt.date, str] | None = None
    for use in sorted(uses, key=lambda one: (one.table, one.place, one.looks_back)):
        standard = table(use.table)
        if use.place == AT_LOAD or (standard is not None and standard.current):
            if month != load_month:
                return Standing(
                    f"the records of {_called(use)} say how things are on the day they were read "
                    "out, so there is a figure for the month before that day alone"
                )
            continue
        if standard is None or not standard.date or standard.name == "ssd_person":
            continue
        span = coverage.get(use.table)
        if span is None:
            return Standing(
                f"it is not stated from when the records of {_called(use)} are complete"
            )
        needed = month.last_day if use.place == STOCK else first_day
        if span.first > needed:
            return Standing(
                f"the records of {_called(use)} are complete from {day_in_words(span.first)} only"
            )
        if span.last < month.last_day:
            return Standing(
                f"the records of {_called(use)} are complete to {day_in_words(span.last)} only"
            )
        if use.looks_back:
            back = month.plus(-use.looks_back)
            if span.first > dt.date(back.year, back.number, 1):
                here = (span.first, _called(use))
                cut = max(cut or here, here)
    return Standing() if cut is None else Standing("", *cut)


def _called(use: Use) -> str:
    """What people call a table: "child protection plans (ssd_cp_plans)"."""
    standard = table(use.table)
    return use.table if standard is None else f"{standard.called} ({use.table})"
