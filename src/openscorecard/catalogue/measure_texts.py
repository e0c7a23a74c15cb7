"""What may stand in the texts of a measure: columns, lookups, settings and functions there are.

The SQL is read by sql_text.py; here its names are held against the tables, the lookups and the
settings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from openscorecard.catalogue.measure import Condition, Lookup
from openscorecard.catalogue.measure_choices import always, plain_when, wrong_setting
from openscorecard.catalogue.measure_types import kind_of_name, kind_taken
from openscorecard.catalogue.measures_in_month import InMonth, Lying, Shape, WrittenMeasure
from openscorecard.catalogue.places import KeyPath
from openscorecard.catalogue.sql_text import (
    FOR_DUE,
    FUNCTIONS,
    MONTH_WORDS,
    PERSON_WORDS,
    read_sql,
)
from openscorecard.catalogue.sql_values import DATE, SAID, Value, of_one_kind
from openscorecard.catalogue.written import Mistake, like
from openscorecard.records.standard import Type, table


@dataclass(frozen=True, slots=True)
class _Text:
    """One text of a measure: what may be named in it besides the row's own columns. `other` is what
    `other.` stands for, None where there is no other row."""

    one: WrittenMeasure
    path: KeyPath
    shape: Shape
    lookups: tuple[Lookup, ...] = ()
    when: str = ""
    other: Shape | None = None

    def wrong(self, text: str) -> Mistake:
        return self.one.wrong(f'"{self.path[-1]}" {text}', *self.path)


def names_what_is_there(all_: InMonth) -> Iterator[Mistake]:
    """Every name in every text of a measure is there, and of a kind that fits where it stands."""
    for one in all_.in_use():
        changed = None if one.entry.place.own else _changed_beneath(all_, one)
        for mistake in _names(all_, one):
            why = f", since {changed.title} was changed in {changed.at()}" if changed else ""
            yield Mistake(mistake.place, f"{mistake.text}{why}")


def _changed_beneath(all_: InMonth, one: WrittenMeasure) -> WrittenMeasure | None:
    """The measure of the council's own that one of ours looks at, if it does."""
    seen: set[str] = set()
    parent = all_.measures.get(one.measure.of)
    while parent is not None and not parent.entry.place.own and parent.title not in seen:
        seen.add(parent.title)
        parent = all_.measures.get(parent.measure.of)
    return parent if parent is not None and parent.entry.place.own else None


def _names(all_: InMonth, one: WrittenMeasure) -> Iterator[Mistake]:
    shape = all_.shape_of(one.measure)
    if shape is None:
        return
    yield from _lookup_names(one, shape)
    for key in ("where", "test"):
        conditions: tuple[Condition, ...] = getattr(one.measure, key)
        for index, condition in enumerate(conditions):
            if condition.sql:
                when = plain_when(condition.when)
                text = _Text(one, (key, index, "sql"), shape, shape.lookups, when)
                yield from _check(text, condition.sql, condition=True)
    if one.measure.due:
        text = _Text(one, ("due",), shape, shape.lookups)
        yield from _check(text, one.measure.due, condition=False)
    above = shape.lookups[: len(shape.lookups) - len(one.measure.lookups)]
    for index, lookup in enumerate(one.measure.lookups):
        other = _looked_into(all_, lookup)
        if other is not None:
            yield from _lookup(one, index, lookup, shape, above, other)


def _looked_into(all_: InMonth, lookup: Lookup) -> Shape | None:
    standard = table(lookup.of)
    if standard is not None:
        return Shape(standard, Lying.LIST, (), False, "rows")
    return all_.shape(lookup.of)


def _lookup(
    one: WrittenMeasure,
    index: int,
    lookup: Lookup,
    shape: Shape,
    above: tuple[Lookup, ...],
    other: Shape,
) -> Iterator[Mistake]:
    """A lookup cannot use those beside it, only those of the rows that the measure looks at."""
    when = plain_when(lookup.when)

    def text(key: str) -> _Text:
        return _Text(one, ("lookup", index, key), shape, above, when, other)

    if "other." not in lookup.match:
        yield text("match").wrong("says nothing of the other row (other.x)")
    yield from _check(text("match"), lookup.match, condition=True)
    if lookup.where:
        yield from _check(text("where"), lookup.where, condition=True)
    if lookup.take:
        taken = re.fullmatch(r"(?:MIN|MAX)\s*\((.*)\)", lookup.take)
        if taken is None:
            yield text("take").wrong("has to be MIN(...) or MAX(...)")
        else:
            yield from _check(text("take"), taken[1], condition=False)


def _check(text: _Text, sql: str, *, condition: bool) -> Iterator[Mistake]:
    reading = read_sql(sql)
    for said in reading.mistakes:
        yield text.wrong(f"cannot be read: {said}")
    if not reading.mistakes and condition is not reading.is_condition:
        wanted = "true or false of a row" if condition else "a value, and not true or false"
        yield text.wrong(f"has to be {wanted}")
    for name in dict.fromkeys(reading.own):
        yield from _own_name(text, name)
    for name in dict.fromkeys(reading.other):
        yield from _other_name(text, name)
    for name, in_list in dict.fromkeys(reading.settings):
        if wrong := wrong_setting(name, in_list=in_list):
            yield text.wrong(wrong)
    for function, name in dict.fromkeys(reading.dates):
        if not _is_date(text, name):
            shown = name or "a text or a number"
            yield text.wrong(f"gives {shown} to {function}, which takes a date")
    if not reading.mistakes:

        def kind_of(name: str) -> str:
            return kind_of_name(name, text.shape, text.lookups, text.other)

        for said in islice(of_one_kind(reading, kind_of), 1):  # others may follow from it
            yield text.wrong(said)
        if text.path[-1] == "due" and not reading.is_condition:
            yield from _is_no_day(text, reading.value, kind_of)
    for function in dict.fromkeys(reading.functions):
        if function in FOR_DUE and text.path[-1] != "due":
            yield text.wrong(f'names {function}, which stands in "due" only')


def _is_no_day(text: _Text, value: Value, kind_of: Callable[[str], str]) -> Iterator[Mistake]:
    kinds = [kind_of(one[1:]) if one.startswith("@") else one for one in value]
    for kind in kinds:
        if kind not in ("", DATE):
            yield text.wrong(f"has to be a day, and is {SAID[kind]}")
            return


def _own_name(text: _Text, name: str) -> Iterator[Mistake]:
    shape = text.shape
    if name in MONTH_WORDS:
        if shape.lying is Lying.LIST:
            yield text.wrong(f"names {name}, and its rows are a list that lies in no month")
        return
    if name in PERSON_WORDS:
        if not shape.about_children:
            yield text.wrong(f"names {name}, and its rows are not about children")
        return
    if name in shape.names():
        return
    named = [one for one in text.lookups if one.name == name]
    if named:
        whens = {plain_when(one.when) for one in named}
        if not always(whens) and text.when not in whens:
            only = " or ".join(sorted(whens))
            yield text.wrong(
                f'names {name}, which is there only when {only}: write the same "when"'
            )
        return
    if name in FUNCTIONS:
        yield text.wrong(f"names {name} without its brackets")
        return
    known = [*shape.names(), *(one.name for one in text.lookups), *MONTH_WORDS, *PERSON_WORDS]
    beside = name in {one.name for one in text.one.measure.lookups}
    if beside:
        yield text.wrong(f"names {name}, and a lookup cannot use another that stands beside it")
        return
    whose = "here" if shape.table is None else f"of {shape.table.name}"
    yield text.wrong(f"names {name}, which is no column {whose}{like(name, known)}")


def _other_name(text: _Text, name: str) -> Iterator[Mistake]:
    if text.other is None:
        yield text.wrong(f"names other.{name}, and another row is there in a lookup only")
        return
    known = text.other.names() | {one.name for one in text.other.lookups}
    if name not in known:
        of = text.one.measure.lookups[int(text.path[1])].of
        yield text.wrong(f"names other.{name}, which is no column of {of}{like(name, known)}")


def _is_date(text: _Text, name: str) -> bool:
    """Whether a name stands for a date; what is no name at all is reported elsewhere."""
    if not name:
        return False
    shape: Shape | None = text.shape
    lookups = text.lookups
    if name.startswith("other."):
        name, shape = name.removeprefix("other."), text.other
        lookups = () if shape is None else shape.lookups
    elif name in MONTH_WORDS or name == "date_of_birth" or "." in name:
        return "." not in name
    if name == "child":
        return False
    column = None if shape is None else shape.column(name)
    if column is not None:
        return column.type is Type.DATE
    return all(
        one.take and kind_taken(one.take) in ("", DATE) for one in lookups if one.name == name
    )


def _lookup_names(one: WrittenMeasure, shape: Shape) -> Iterator[Mistake]:
    """A lookup's name is its own: no column has it, and no other lookup at the same time."""
    above = shape.lookups[: len(shape.lookups) - len(one.measure.lookups)]
    seen = [(other.name, plain_when(other.when)) for other in above]
    for index, lookup in enumerate(one.measure.lookups):
        when = plain_when(lookup.when)
        path = ("lookup", index, "name")
        if lookup.name in shape.names():
            yield one.wrong(f"the lookup {lookup.name} has the name of a column", *path)
        for name, other_when in seen:
            if name == lookup.name and (not when or not other_when or when == other_when):
                yield one.wrong(f"the lookup {name} is written twice", *path)
                break
        seen.append((lookup.name, when))
