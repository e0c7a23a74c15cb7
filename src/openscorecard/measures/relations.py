"""The fourth pass: levels become named relations.

A relation has one row for each row that counts in each month:

    council, month_index, the key, child, and those of its columns that somebody wants
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from openscorecard.measures.conditions import PEOPLE, PEOPLE_SQL
from openscorecard.measures.parts import LookupPart, Parts, parts_of
from openscorecard.measures.resolve import (
    AT_LOAD,
    FLOW,
    LIST,
    OVERLAP,
    STOCK,
    Level,
    Plan,
    is_tested,
)


@dataclass(slots=True)
class Relations:
    """The relations of some levels, in the order in which they have to stand: name -> SQL."""

    plan: Plan
    all_the_way: bool = False
    made: dict[str, str] = field(default_factory=dict)
    _parts: dict[str, Parts] = field(default_factory=dict)
    _wanted: dict[str, set[str]] = field(default_factory=dict)

    def want(self, name: str, columns: frozenset[str] | set[str] = frozenset()) -> None:
        """Says that somebody wants these columns of a level; before anything is made."""
        level = self.plan.levels[name]
        seen = self._wanted.setdefault(name, set())
        new = set(columns) - seen
        first_time = name not in self._parts
        seen |= new
        if first_time:
            parts = parts_of(level, self.plan, all_the_way=self.all_the_way)
            self._parts[name] = parts
            if parts.of_people:
                self.made.setdefault(PEOPLE, PEOPLE_SQL)
            for other, wanted in parts.of_others.items():
                self.want(other, wanted)
            for other in level.any_of:
                self.want(other)
        elif not new:
            return
        if not level.is_root and level.source:
            own = {one.name for one in level.lookups}
            passed = (seen | self._parts[name].wanted) - own - {"met"}
            if not level.test and "met" in seen:
                passed.add("met")
            self.want(level.source, passed)

    def relation(self, name: str) -> str:
        """Makes a level's relation, after those that it rests on, and gives the name that it has:
        its own, or that of the level which it takes over unchanged."""
        level = self.plan.levels[name]
        if level.adds_nothing:
            return self.relation(level.source)
        if name in self.made:
            return name
        parts = self._parts[name]
        for other in (*parts.of_others, *level.any_of):
            self.relation(other)
        if level.is_root:
            self._rooted(level, parts)
        elif level.any_of:
            self._together(level, parts)
        else:
            self._further(level, parts, self.relation(level.source))
        return name

    def tested_together(self, names: Iterable[str]) -> dict[str, str]:
        """One relation for levels that ask nothing but different tests of the same rows, as bands
        do: level -> relation, with a column met_<level> for each. One scan, and one set of joins,
        in the place of one for each."""
        alike: dict[tuple[str, tuple[str, ...], bool], list[str]] = {}
        for name in names:
            level, parts = self.plan.levels[name], self._parts[name]
            if _only_tests(level, parts) and not is_tested(
                self.plan.levels[level.source], self.plan
            ):
                key = (self.relation(level.source), parts.then_joins, parts.then_month)
                alike.setdefault(key, []).append(name)
        found: dict[str, str] = {}
        for (source, joins, month), together in alike.items():
            if len(together) > 1:
                relation = f"{together[0]}__and_others"
                self.made[relation] = self._tests(together, source, joins, month)
                found |= dict.fromkeys(together, relation)
        return found

    def _tests(self, names: list[str], source: str, joins: tuple[str, ...], month: bool) -> str:
        identity = _identity(self.plan.levels[names[0]])
        wanted = set().union(*(self._wanted[name] for name in names)) - {"met", "due", *identity}
        columns = [f"r.{column}" for column in (*identity, *sorted(wanted))]
        columns += [
            f"CASE WHEN {self._parts[name].met} THEN 1 ELSE 0 END AS met_{name}" for name in names
        ]
        sql = [f"SELECT {', '.join(columns)}", f"FROM {source} AS r"]
        sql += ["JOIN months AS m ON m.month_index = r.month_index"] if month else []
        return "\n".join([*sql, *joins])

    def _rooted(self, level: Level, parts: Parts) -> None:
        simple = not (parts.lookups or parts.then or parts.members)
        wanted = self._wanted[level.name] | (frozenset() if simple else parts.wanted)
        wanted -= {one.name for one in level.lookups} | {"met", "due"}
        assert level.table is not None
        columns = ["r.council"]
        if level.place != LIST:
            columns.append("m.month_index")
        columns += [f"r.{key}" for key in level.keys]
        if level.table.person:
            columns.append(f"r.{level.table.person} AS child")
        columns += [f"r.{name}" for name in sorted(wanted - {*level.keys, "child"})]
        if simple:
            columns += _computed(parts)
        sql = [f"SELECT {', '.join(columns)}", f"FROM {level.table.name} AS r"]
        sql += _months(level)
        sql += parts.first_joins
        sql += _where(parts.first)
        if simple:
            self.made[level.name] = "\n".join(sql)
            return
        rows = f"{level.name}__rows"
        self.made[rows] = "\n".join(sql)
        self._further(level, parts, rows)

    def _together(self, level: Level, parts: Parts) -> None:
        names = [self.relation(name) for name in level.any_of]
        union = "\nUNION\n".join(
            f"SELECT r.council, r.month_index, r.child FROM {name} AS r" for name in names
        )
        if not (parts.lookups or parts.then or parts.members or parts.met):
            self.made[level.name] = union
            return
        rows = f"{level.name}__rows"
        self.made[rows] = union
        self._further(level, parts, rows)

    def _further(self, level: Level, parts: Parts, source: str) -> None:
        """Rows of another relation, with the lookups beside them, and what must hold of them."""
        for lookup in parts.lookups:
            self.made[f"{level.name}__of_{lookup.name}"] = _lookup_sql(level, lookup, source,
                                                                   self.relation)  # fmt: skip
        for name in parts.members:
            members = f"{name}__children"
            if members not in self.made:
                relation = self.relation(name)
                self.made[members] = (
                    f"SELECT DISTINCT r.council, r.month_index, r.child\nFROM {relation} AS r"
                )
        own = {one.name for one in level.lookups}
        wanted = self._wanted[level.name] - {"met", "due"}
        columns = [f"r.{name}" for name in _identity(level)]
        columns += [f"r.{name}" for name in sorted(wanted - own - set(_identity(level)))]
        columns += [f"{name}.{name}" for name in sorted(wanted & own)]
        columns += _computed(parts)
        if not level.test and "met" in self._wanted[level.name]:
            columns.append("r.met")
        sql = [f"SELECT {', '.join(columns)}", f"FROM {source} AS r"]
        if parts.then_month:
            sql.append("JOIN months AS m ON m.month_index = r.month_index")
        for lookup in parts.lookups:
            sql.append(_beside(level, lookup))
        for name in parts.members:
            sql.append(
                f"LEFT JOIN {name}__children AS among_{name} ON among_{name}.council = r.council"
                f" AND among_{name}.month_index = r.month_index AND among_{name}.child = r.child"
            )
        sql += parts.then_joins
        sql += _where(parts.then)
        self.made[level.name] = "\n".join(sql)


def _only_tests(level: Level, parts: Parts) -> bool:
    """Whether it is another level's rows, each with a test that needs no other rows."""
    asks_more = level.is_root or level.any_of or level.where or level.lookups or parts.members
    return bool(parts.met) and not asks_more


def _identity(level: Level) -> list[str]:
    columns = ["council"] if level.place == LIST else ["council", "month_index"]
    columns += level.keys
    if level.key != "child" and (level.table is None or level.table.person):
        columns.append("child")
    return columns


def _computed(parts: Parts) -> list[str]:
    columns = []
    if parts.met:
        columns.append(f"CASE WHEN {parts.met} THEN 1 ELSE 0 END AS met")
    if parts.due:
        columns.append(f"{parts.due} AS due")
    return columns


def _where(conditions: tuple[str, ...]) -> list[str]:
    if not conditions:
        return []
    return ["WHERE " + "\n  AND ".join(f"({one})" for one in conditions)]


def _months(level: Level) -> list[str]:
    """How the rows of a table lie in months."""
    if level.place == FLOW:
        return [
            f"JOIN calendar AS d ON d.day = r.{level.start}",
            "JOIN months AS m ON m.month_index = d.month_index",
        ]
    if level.place == STOCK:
        return [
            f"JOIN months AS m ON r.{level.start} <= m.month_end"
            f" AND (r.{level.end} IS NULL OR r.{level.end} > m.month_end)"
        ]
    if level.place == OVERLAP:
        return [
            f"JOIN months AS m ON r.{level.start} <= m.month_end"
            f" AND (r.{level.end} IS NULL OR r.{level.end} >= m.month_start)"
        ]
    if level.place == AT_LOAD:
        return ["JOIN months AS m ON m.is_load_month = 1"]
    return []


def _lookup_sql(level: Level, lookup: LookupPart, source: str, relation) -> str:  # type: ignore[no-untyped-def]
    other = relation(lookup.of) if lookup.of_level else lookup.of
    if lookup.months_back is not None:
        return _by_month(lookup, other)
    identity = _identity(level)  # with the child: two children may share an id in real records
    own = ", ".join(f"r.{name}" for name in identity)
    sql = [f"SELECT {own}, {lookup.take} AS {lookup.name}"]
    if not lookup.take:
        sql = [f"SELECT DISTINCT {own}, 1 AS {lookup.name}"]
    sql.append(f"FROM {source} AS r")
    if lookup.needs_month:
        sql.append("JOIN months AS m ON m.month_index = r.month_index")
    sql += lookup.joins
    on = ["o.council = r.council", *lookup.on]
    if lookup.in_months:
        on.insert(1, "o.month_index = r.month_index")
    sql.append(f"JOIN {other} AS o ON " + " AND ".join(on))
    sql += lookup.late
    sql += _where(lookup.where)
    if lookup.take:
        sql.append(f"GROUP BY {own}")
    return "\n".join(sql)


def _by_month(lookup: LookupPart, other: str) -> str:
    """The latest date by month, brought forward as many months as it can matter."""
    keys = ", ".join(f"o.{theirs}" for theirs, _ in lookup.equal)
    where = (f"s.step <= {lookup.months_back}", *lookup.where)
    return "\n".join(
        [
            f"SELECT o.council, d.month_index + s.step AS month_index, {keys},",
            f"  {lookup.take} AS {lookup.name}",
            f"FROM {other} AS o",
            f"JOIN calendar AS d ON d.day = {lookup.taken}",
            "CROSS JOIN steps AS s",
            *_where(where),
            f"GROUP BY o.council, d.month_index + s.step, {keys}",
        ]
    )


def _beside(level: Level, lookup: LookupPart) -> str:
    """The join that puts a lookup's column beside the row."""
    name = lookup.name
    if lookup.months_back is not None:
        pairs = [("council", "council"), ("month_index", "month_index"), *lookup.equal]
    else:
        pairs = [(one, one) for one in _identity(level)]
    on = " AND ".join(f"{name}.{theirs} = r.{ours}" for theirs, ours in pairs)
    return f"LEFT JOIN {level.name}__of_{name} AS {name} ON {on}"
