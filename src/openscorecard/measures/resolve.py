"""The first pass: what is written, the council's settings and the tables at hand -> levels.

A level is a set of rows in months: the rows of a standard table that count, or those of another
level looked at further. M2 is a level on ssd_cin_episodes, M4 one on M2.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from openscorecard.catalogue.indicator import Catalogue, Definition, Indicator
from openscorecard.catalogue.measure import Condition, Lookup, Measure, StandIn
from openscorecard.catalogue.measure_settings import BY_NAME, MeasureSettings, Value
from openscorecard.periods import Month
from openscorecard.records.standard import Table, table

FLOW, STOCK, OVERLAP, AT_LOAD, LIST = "flow", "stock", "overlap", "at-load", "list"


@dataclass(frozen=True, slots=True)
class Level:
    """`name` stands in SQL, `title` is the ref or the group's id. `source` is the name of the
    level or table that it looks at, "" where it puts children together (`any_of`, names of
    levels). `table` is the standard table that its rows are rows of, None for children put
    together. `key` tells its rows apart. `place` says how a table's rows lie in months, by the
    columns `start` and `end`; a LIST lies in none. `said` are the words of stand-ins in use."""

    name: str
    title: str
    source: str
    table: Table | None
    key: str
    counts: str
    place: str
    start: str = ""
    end: str = ""
    any_of: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    test: tuple[Condition, ...] = ()
    due: str = ""
    said: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that tell its rows apart, in one month of one council."""
        if self.table is not None and not self.table.key:
            return self.table.natural_key
        return (self.key,)

    @property
    def is_root(self) -> bool:
        """Whether it looks at a standard table itself."""
        return self.table is not None and self.source == self.table.name

    @property
    def adds_nothing(self) -> bool:
        return not (self.is_root or self.any_of or self.where or self.lookups or self.test)


@dataclass(frozen=True, slots=True)
class Plan:
    """All levels by name, each after those that it rests on; `of` finds the level of a ref or a
    group; `missing` says of a ref or group why it cannot be counted."""

    levels: dict[str, Level]
    of: dict[str, str]
    missing: dict[str, str]

    def level(self, title: str) -> Level | None:
        name = self.of.get(title)
        return None if name is None else self.levels[name]


def ways(level: Level, plan: Plan) -> tuple[Level, ...]:
    """The level and those that it looks at, down to its table: the level first."""
    found = [level]
    while not found[-1].is_root and found[-1].source:
        found.append(plan.levels[found[-1].source])
    return tuple(found)


def is_tested(level: Level, plan: Plan) -> bool:
    """Whether the level, or one that it looks at, has a test."""
    return any(one.test for one in ways(level, plan))


def with_child(level: Level) -> bool:
    """Whether its rows are about children, or other people."""
    return level.table is None or bool(level.table.person)


def definition_in(indicator: Indicator, month: Month) -> Definition:
    """The definition in force; before the first, the first."""
    return indicator.definition(month) or indicator.definitions[0]


def resolve(
    catalogue: Catalogue,
    month: Month,
    settings: MeasureSettings,
    tables: Collection[str],
    seen: Mapping[str, Sequence[str]] | None = None,
    absent: Collection[str] = (),
) -> Plan:
    """The levels as they are in that month, for a load that holds `tables`, but for the columns in
    `absent`, which may name whole tables too. `seen` are the values that the records have where a
    setting picks from them."""
    resolver = _Resolver(catalogue, month, settings, tables, seen or {}, absent)
    for group in catalogue.groups:
        resolver.title(group.id)
    for indicator in (*catalogue, *catalogue.retired):
        resolver.title(indicator.ref)
    return Plan(resolver.levels, resolver.of, resolver.missing)


class UnavailableError(Exception):
    """A level cannot be counted from this load; the message says why."""


class _Resolver:
    """Walks from indicator to indicator; a level is made after those that it rests on."""

    def __init__(
        self,
        catalogue: Catalogue,
        month: Month,
        settings: MeasureSettings,
        tables: Collection[str],
        seen: Mapping[str, Sequence[str]],
        absent: Collection[str],
    ) -> None:
        self.settings, self.tables, self.seen, self.absent = settings, tables, seen, absent
        self.levels: dict[str, Level] = {}
        self.of: dict[str, str] = {}
        self.missing: dict[str, str] = {}
        self._measures: dict[str, tuple[str, Measure, tuple[StandIn, ...]]] = {}
        for group in catalogue.groups:
            self._measures[group.id] = (group.id, group.measure, group.stand_ins)
        for indicator in (*catalogue, *catalogue.retired):
            definition = definition_in(indicator, month)
            if definition.measure is not None:
                measure = definition.measure
                self._measures[indicator.ref] = (indicator.id, measure, definition.stand_ins)

    def title(self, title: str) -> None:
        """Makes the level of a ref or group, if it has one of its own and is not made yet."""
        if title in self.of or title in self.missing or title not in self._measures:
            return
        measure = self._measures[title][1]
        if not (measure.of or measure.any_of):
            return  # a sum, or a ratio with a denominator of its own
        try:
            level = self._level(title)
        except UnavailableError as error:
            self.missing[title] = str(error)
            return
        self.levels[level.name] = level
        self.of[title] = level.name

    def _level(self, title: str) -> Level:
        name_, measure, stand_ins = self._measures[title]
        said: tuple[str, ...] = ()
        for stand_in in stand_ins:
            if stand_in.without not in self.tables:
                measure, said = stand_in.measure, (stand_in.words,)
                break
        for need in measure.needs:
            if not self.settings.value(need):
                raise UnavailableError(self._empty(need))
        where = self._chosen(measure.where)
        lookups = tuple(self._lookup(one) for one in measure.lookups if self._holds(one.when))
        test = self._chosen(measure.test)
        rests_on = [*measure.any_of, *(one.among or one.not_among for one in (*where, *test))]
        rests_on += [one.of for one in lookups if table(one.of) is None]
        for other in filter(None, rests_on):
            said += self._said(other)
        for lookup in lookups:
            self._hold(lookup.of)
        texts = [one.sql for one in (*where, *test)] + [measure.due]
        texts += [text for one in lookups for text in (one.match, one.where, one.take)]
        if any("date_of_birth" in text for text in texts):
            self._hold("ssd_person")
            texts.append("pers_dob")
        texts += [measure.in_month, measure.counts, *(measure.open or ()), *(measure.touches or ())]
        self._have_columns(texts)
        name = name_.replace("-", "_")
        due = self._filled(measure.due)
        if measure.any_of:
            names = tuple(self.of[other] for other in measure.any_of)
            places = {self.levels[one].place for one in names}
            place = AT_LOAD if AT_LOAD in places else STOCK
            return Level(name, title, "", None, "child", "children", place, any_of=names,
                         where=where, lookups=lookups, test=test, due=due, said=said)  # fmt: skip
        standard = table(measure.of)
        if standard is None:
            said = self._said(measure.of) + said
            parent = self.levels[self.of[measure.of]]
            return Level(name, title, parent.name, parent.table, parent.key,
                         measure.counts or parent.counts, parent.place, where=where,
                         lookups=lookups, test=test, due=due, said=said)  # fmt: skip
        self._hold(standard.name)
        place, (start, end) = _place(measure)
        return Level(name, title, standard.name, standard, standard.key or standard.natural_key[0],
                     measure.counts or "rows", place, start, end, where=where, lookups=lookups,
                     test=test, due=due, said=said)  # fmt: skip

    def _empty(self, setting: str) -> str:
        text = f"setting {setting} is empty. {BY_NAME[setting].words}"
        values = self.seen.get(setting)
        return f"{text} The records have: {', '.join(values)}." if values else text

    def _said(self, title: str) -> tuple[str, ...]:
        """Sees to the level that another rests on; its stand-ins are then said of both."""
        self.title(title)
        if title in self.missing:
            raise UnavailableError(self.missing[title])
        return self.levels[self.of[title]].said

    def _hold(self, name: str) -> None:
        if table(name) is not None and name not in self.tables:
            raise UnavailableError(f"the load holds no table {name}")
        if name in self.absent:
            raise UnavailableError(f"no row of {name} could be used: see what the load set aside")

    def _have_columns(self, texts: Iterable[str]) -> None:
        """A column that is not there is no blank one: blank ends would leave everything open."""
        for text in texts:
            for name in _WORD.findall(text):
                if name in self.absent:
                    raise UnavailableError(
                        f"the load has no column {name} (where there is nothing to enter, give it "
                        "the column, empty)"
                    )

    def _holds(self, when: str) -> bool:
        if not when:
            return True
        name, _, choice = (part.strip() for part in when.partition("="))
        value = self.settings.value(name)
        return choice == (str(value).lower() if isinstance(value, bool) else str(value))

    def _chosen(self, conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
        return tuple(
            Condition(one.words, self._filled(one.sql), one.among, one.not_among)
            for one in conditions
            if self._holds(one.when)
        )

    def _lookup(self, one: Lookup) -> Lookup:
        return Lookup(
            one.name,
            one.words,
            one.of,
            self._filled(one.match),
            self._filled(one.where),
            one.take,
            looks_back=max(one.looks_back, self._in_months(one.looks_back_days)),
            within_days=self._number(one.within_days),
            within_working_days=self._number(one.within_working_days),
        )

    def _number(self, written: str) -> str:
        return written if not written or written.isdecimal() else str(self.settings.value(written))

    def _in_months(self, days: str) -> int:
        return int(self._number(days)) // 28 + 1 if days else 0

    def _filled(self, sql: str) -> str:
        return _SETTING.sub(lambda match: self._literal(match[1]) if match[1] else match[0], sql)

    def _literal(self, name: str) -> str:
        for end, index in (("_from", 0), ("_to", 1)):
            value = self.settings.value(name.removesuffix(end)) if _is_pair(name, end) else None
            if isinstance(value, tuple):
                return str(value[index])
        return literal(self.settings.value(name))


_WORD = re.compile(r"[a-z][a-z0-9_]*")
_SETTING = re.compile(r"'(?:[^']|'')*'|\bsetting\.([a-z_]+)")  # what is quoted is passed over


def _is_pair(name: str, end: str) -> bool:
    return name not in BY_NAME and name.endswith(end) and name.removesuffix(end) in BY_NAME


def literal(value: Value) -> str:
    """A setting as it stands in SQL: 15, 'M', or 'M', 'A' for a list."""
    if isinstance(value, tuple):
        return ", ".join(literal(one) for one in value) or "''"  # a text that no record holds
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    return "'" + value.replace("'", "''") + "'"


def _place(measure: Measure) -> tuple[str, tuple[str, str]]:
    if measure.in_month:
        return FLOW, (measure.in_month, "")
    if measure.open:
        return STOCK, measure.open
    if measure.touches:
        return OVERLAP, measure.touches
    return (AT_LOAD if measure.as_at_load else LIST), ("", "")
