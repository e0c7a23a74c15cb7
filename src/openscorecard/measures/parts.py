"""The third pass: a level's conditions and lookups, each as plain SQL with what it needs.

Nothing is put together here: relations.py does that, once it is known which columns are wanted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import sqlglot
from sqlglot import exp

from openscorecard.catalogue.measure import Lookup
from openscorecard.measures.conditions import PEOPLE, Scope
from openscorecard.measures.resolve import LIST, Level, Plan
from openscorecard.records.standard import table

DAYS_OF_A_MONTH = 28  # the shortest: so many days back cross no more months than this allows


class DefinitionError(ValueError):
    """A measure names what is not there; the message says what, the level where."""


@dataclass(frozen=True, slots=True)
class LookupPart:
    """A lookup in plain SQL. `on` joins the other row, `where` is asked of both; `joins` and `late`
    are joins before and after it. `months_back` is set where its rows are gathered by month and
    matched by equal columns (`equal`: the other's, ours) alone. `of_level` where it looks at a
    level and not at a table; `in_months` where that level lies in months."""

    name: str
    of: str
    of_level: bool
    in_months: bool
    take: str
    on: tuple[str, ...]
    where: tuple[str, ...]
    joins: tuple[str, ...]
    late: tuple[str, ...]
    needs_month: bool
    months_back: int | None = None
    equal: tuple[tuple[str, str], ...] = ()
    taken: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """A level in pieces.

    `first` are the conditions that need its own rows alone, with their joins; `then` those that
    need lookups or other levels. `met` is the test, "" where there is none. `wanted` are the
    columns of its own rows that it uses, `of_others` those of other levels.
    """

    level: Level
    first: tuple[str, ...]
    first_joins: tuple[str, ...]
    first_month: bool
    then: tuple[str, ...]
    then_joins: tuple[str, ...]
    then_month: bool
    members: tuple[str, ...]
    met: str
    due: str
    lookups: tuple[LookupPart, ...]
    wanted: frozenset[str]
    of_others: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def of_people(self) -> bool:
        """Whether a date of birth is joined anywhere."""
        joins = [*self.first_joins, *self.then_joins]
        joins += [join for one in self.lookups for join in one.joins]
        return any(join.startswith(f"LEFT JOIN {PEOPLE} AS ") for join in joins)


def columns_of(level: Level, plan: Plan) -> set[str]:
    """The names that a condition on this level's rows may use, its own lookups left out."""
    found = {"child", level.key}
    if level.table is not None:
        found |= {column.name for column in level.table.columns}
        if not level.table.person:
            found.discard("child")
    if not level.is_root and level.source:
        parent = plan.levels[level.source]
        found |= columns_of(parent, plan) | {one.name for one in parent.lookups}
    return found


class _Gathering:
    """Names asked for while the conditions of one level are read."""

    def __init__(self, level: Level, plan: Plan) -> None:
        self.level, self.plan = level, plan
        self.known = columns_of(level, plan)
        self.lookups = {one.name for one in level.lookups}
        self.wanted: set[str] = set()
        self.of_others: dict[str, set[str]] = {}

    def own(self, name: str) -> str:
        """A column of the level's own rows."""
        if name not in self.known:
            raise DefinitionError(f"{name}: no such column")
        self.wanted.add(name)
        return f"r.{name}"

    def own_at_the_root(self, name: str) -> str:
        """The same while the rows of the table itself are in hand: the child has its name there."""
        column = self.own(name)
        standard = self.level.table
        if name == "child" and standard is not None and self.level.is_root:
            return f"r.{standard.person}"
        return column

    def own_or_lookup(self, name: str) -> str:
        return f"{name}.{name}" if name in self.lookups else self.own(name)

    def other(self, of: str) -> tuple[str, bool, bool]:
        """The relation that a lookup looks into: its name, whether it is a level, in months."""
        if table(of) is not None:
            return of, False, False
        level = self.plan.level(of)
        if level is None:
            raise DefinitionError(f"{of}: no such table, indicator or group")
        self.of_others.setdefault(level.name, set())
        return level.name, True, level.place != LIST

    def other_column(self, of: str, name: str) -> str:
        standard = table(of)
        if standard is not None:
            if name == "child" and standard.person:
                return f"o.{standard.person}"
            if standard.column(name) is None:
                raise DefinitionError(f"other.{name}: {of} has no such column")
            return f"o.{name}"
        level = self.plan.level(of)
        assert level is not None
        if name not in columns_of(level, self.plan) | {one.name for one in level.lookups}:
            raise DefinitionError(f"other.{name}: {of} has no such column")
        self.of_others.setdefault(level.name, set()).add(name)
        return f"o.{name}"


def parts_of(level: Level, plan: Plan, *, all_the_way: bool = False) -> Parts:
    """The level in pieces. `all_the_way` looks back without limit, for the days that a list shows;
    else no further than a figure needs."""
    gathered = _Gathering(level, plan)
    try:
        return _parts(level, gathered, all_the_way)
    except (KeyError, sqlglot.ParseError, ValueError) as error:
        if isinstance(error, DefinitionError):
            raise DefinitionError(f"{level.title}: {error}") from error
        raise DefinitionError(f"{level.title}: {_said(error)}") from error


def _said(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error.args[0]}: no such column"
    return str(error).split("\n", 1)[0]


def _parts(level: Level, gathered: _Gathering, all_the_way: bool) -> Parts:
    lookups = tuple(_lookup(one, gathered, all_the_way) for one in level.lookups)
    members: list[str] = []
    first, then = (
        Scope(gathered.own_at_the_root),
        Scope(gathered.own_or_lookup, taken=gathered.lookups),
    )
    early, late = [], []
    for condition in level.where:
        other = condition.among or condition.not_among
        if other:
            late.append(_member(other, gathered, members, bool(condition.among)))
        elif level.is_root and not _names(condition.sql) & gathered.lookups:
            early.append(first.sql(condition.sql))
        else:
            late.append(then.sql(condition.sql))
    alone = level.is_root and not lookups and not late
    scope = first if alone and not _tests_members(level) else then
    met = []
    for condition in level.test:
        other = condition.among or condition.not_among
        if other:
            met.append(_member(other, gathered, members, bool(condition.among)))
        else:
            met.append(scope.sql(condition.sql))
    due = scope.sql(level.due) if level.due and all_the_way else ""
    return Parts(
        level,
        tuple(early),
        tuple(first.joins.values()),
        first.needs_month,
        tuple(late),
        tuple(then.joins.values()),
        then.needs_month,
        tuple(members),
        " AND ".join(f"({one})" for one in met),
        due,
        lookups,
        frozenset(gathered.wanted),
        {name: frozenset(columns) for name, columns in gathered.of_others.items()},
    )


def _tests_members(level: Level) -> bool:
    return any(one.among or one.not_among for one in level.test)


def _names(sql: str) -> set[str]:
    return set(re.findall(r"[a-z_][a-z0-9_]*", re.sub(r"'[^']*'", "", sql)))


def _member(other: str, gathered: _Gathering, members: list[str], among: bool) -> str:
    level = gathered.plan.level(other)
    if level is None:
        raise DefinitionError(f"{other}: no such indicator or group")
    gathered.own("child")
    gathered.of_others.setdefault(level.name, set()).add("child")
    if level.name not in members:
        members.append(level.name)
    return f"among_{level.name}.child IS {'NOT ' if among else ''}NULL"


def _lookup(one: Lookup, gathered: _Gathering, all_the_way: bool) -> LookupPart:
    of, of_level, in_months = gathered.other(one.of)
    scope = Scope(gathered.own, lambda name: gathered.other_column(one.of, name))
    limit = _months_back(one)
    parts = scope.parts(one.match)
    asked = scope.parts(one.where) if one.where else []
    taken = scope.sql(one.take) if one.take else ""
    equal = tuple(filter(None, (_equal(part) for part, _ in parts)))
    if limit is not None and len(equal) == len(parts) and taken:
        inner = sqlglot.parse_one(taken, dialect="duckdb")
        day = inner.this.sql(dialect="duckdb") if isinstance(inner, exp.AggFunc) else taken
        if not all_the_way:
            where = tuple(part for part, _ in asked)
            return LookupPart(one.name, of, of_level, in_months, taken, (), where, (), (), False,
                              limit, equal, day)  # fmt: skip
        scope.needs_month = True
        asked = [*asked, (f"{day} <= m.month_end", False)]
    on = tuple(part for part, bare in parts if bare)
    where = tuple(part for part, bare in parts if not bare) + tuple(part for part, _ in asked)
    return LookupPart(one.name, of, of_level, in_months, taken, on, where,
                      tuple(scope.joins.values()), tuple(scope.late.values()),
                      scope.needs_month)  # fmt: skip


def _months_back(one: Lookup) -> int | None:
    """In how many months before the month's end's own such a row may lie at most."""
    if one.within_working_days:
        # Five working days a week, and never more than ten days lost to holidays at once.
        return (int(one.within_working_days) * 7 // 5 + 10) // DAYS_OF_A_MONTH
    return int(one.within_days) // DAYS_OF_A_MONTH if one.within_days else None


def _equal(part: str) -> tuple[str, str] | None:
    """`o.x = r.y` as ("x", "y"); None for anything else."""
    match = re.fullmatch(r"o\.([a-z0-9_]+) = r\.([a-z0-9_]+)", part)
    return (match[1], match[2]) if match else None
