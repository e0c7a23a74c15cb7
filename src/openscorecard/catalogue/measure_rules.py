"""What must hold in the measures: every mistake that would stop a figure, or bend it, is told when
the catalogue loads, with file and line, and before a query is made.

Each rule takes the measures of one month and yields the mistakes that it finds; `MEASURE_RULES`
lists them. `measures` joins them to the rules of the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from openscorecard.catalogue.measure_choices import settings_that_are_there
from openscorecard.catalogue.measure_kinds import of_a_fitting_kind, stand_ins_stand_in
from openscorecard.catalogue.measure_limits import of_what_a_limit_allows
from openscorecard.catalogue.measure_names import names_apart
from openscorecard.catalogue.measure_texts import names_what_is_there
from openscorecard.catalogue.measures_in_month import InMonth, Lying, WrittenMeasure, months_of
from openscorecard.catalogue.written import Mistake, like
from openscorecard.records.standard import TABLES, Table, Type, table

if TYPE_CHECKING:
    from openscorecard.catalogue.rules import InForce

FURTHEST = 400  # days that a limited lookup may see back; queries gather so many months at most
TABLE_NAMES = tuple(one.name for one in TABLES)


def measures(all_: InForce) -> Iterator[Mistake]:
    """Every rule below, in every stretch of months within which no definition changes."""
    for month in months_of(all_):
        in_month = InMonth(all_, month)
        for rule in MEASURE_RULES:
            yield from rule(in_month)


def rests_on_what_is_there(all_: InMonth) -> Iterator[Mistake]:
    """Tables, refs and groups that a measure names exist, and have rows to look at or to count."""
    for one in all_.in_use():
        for title, path in all_.rests_on(one):
            key = f'"{path[-1]}"'
            item = all_.all.indicators.get(title)
            if item is None and title not in all_.all.groups:
                known = all_.titles()
                what = "indicator nor a group"
                if path[-1] == "of":
                    known += TABLE_NAMES
                    what = "standard table nor an indicator nor a group"
                text = f'{key} names "{title}", which is neither a {what}'
                text = text.replace("neither a indicator", "neither an indicator")
                yield one.wrong(f"{text}{like(title, known)}", *path)
            elif item is not None and item.retired and one.entry.place.own:
                yield one.wrong(f'{key} names "{title}", which is retired', *path)
            elif title not in all_.unreadable and not _has_rows(all_, title):
                text = f'{key} names "{title}", which has no rows of its own'
                yield one.wrong(f"{text}: its figure is made of others", *path)
        if one.without and table(one.without) is None:
            text = f'"without" names "{one.without}", which is no standard table'
            yield one.wrong(f"{text}{like(one.without, TABLE_NAMES)}", "without")


def _has_rows(all_: InMonth, title: str) -> bool:
    one = all_.measures.get(title)
    return one is not None and bool(one.measure.of or one.measure.any_of)


def without_circles(all_: InMonth) -> Iterator[Mistake]:
    """No measure rests on itself, by whatever way; numerators and denominators alone are seen to
    elsewhere."""
    edges: dict[str, dict[str, Mistake | None]] = {}
    for item in all_.on_the_page():
        for key in ("numerator", "denominator"):
            if ref := item.table.value(key):
                edges.setdefault(item.name, {})[ref] = None
    for one in all_.in_use():
        for title, path in all_.rests_on(one):
            edges.setdefault(one.title, {}).setdefault(title, one.wrong("", *path))
    done: set[str] = set()
    for start in edges:
        circle = _circle(start, edges, done, [])
        steps = [edges[a][b] for a, b in pairwise(circle)]
        first = next((index for index, step in enumerate(steps) if step is not None), None)
        if first is not None:
            round_ = [*circle[first:-1], *circle[: first + 1]]
            step = steps[first]
            assert step is not None
            text = f"{round_[0]} rests on itself: " + " on ".join(round_)
            yield Mistake(step.place, text)


def _circle(
    title: str, edges: dict[str, dict[str, Mistake | None]], done: set[str], way: list[str]
) -> list[str]:
    """The first circle met from there on, its first member again at the end; [] if there is none.
    `done` grows by what has been walked, so that each circle is met once."""
    if title in way:
        return [*way[way.index(title) :], title]
    if title in done:
        return []
    done.add(title)
    for other in edges.get(title, {}):
        circle = _circle(other, edges, done, [*way, title])
        if circle:
            return circle
    return []


_OF_ROWS = ("counts", "in_month", "open", "touches", "as_at_load", "where", "test", "due", "needs")
_PLACING = ("in_month", "open", "touches", "as_at_load")


def of_fitting_keys(all_: InMonth) -> Iterator[Mistake]:
    """Keys that do not go together would be passed over in silence; none is."""
    for one in all_.in_use():
        measure = one.measure
        if not (measure.of or measure.any_of):
            for key in (*_OF_ROWS, "lookups"):
                if getattr(measure, key):
                    written = "lookup" if key == "lookups" else key
                    text = f'"{written}" is about rows, and a measure has rows by "of" or "any_of"'
                    yield one.wrong(text, written)
            continue
        for key in ("denominator", "sum_of"):
            if getattr(measure, key):
                text = f'"{key}" adds up other figures: it does not stand beside "of" or "any_of"'
                yield one.wrong(text, key)
        if table(measure.of) is None:
            for key in _PLACING:
                if getattr(measure, key):
                    whose = f'rows of "{measure.of}"' if measure.of else 'children of "any_of"'
                    text = f'"{key}" places the rows of a standard table in months, and {whose}'
                    yield one.wrong(f"{text} lie in months as they are", key)
        if measure.any_of and measure.counts not in ("", "children"):
            text = f'"any_of" counts children, each once, and not {measure.counts}'
            yield one.wrong(text, "counts")
        yield from _lookup_keys(one)


def _lookup_keys(one: WrittenMeasure) -> Iterator[Mistake]:
    for index, lookup in enumerate(one.measure.lookups):
        if lookup.within_days and lookup.within_working_days:
            text = (
                f'lookup {lookup.name} has "within_days" and "within_working_days": one is enough'
            )
            yield one.wrong(text, "lookup", index, "within_days")
        for key in ("within_days", "within_working_days"):
            limit = getattr(lookup, key)
            if limit.isdecimal() and int(limit) > FURTHEST:
                text = f'lookup {lookup.name} has "{key}" {limit}: {FURTHEST} at most'
                yield one.wrong(text, "lookup", index, key)
            if limit and not lookup.take:
                text = f'lookup {lookup.name} has "{key}", which needs "take"'
                yield one.wrong(text, "lookup", index, key)


def of_fitting_columns(all_: InMonth) -> Iterator[Mistake]:
    """The columns that place rows in months are dates of the table; what is counted is a column."""
    for one in all_.in_use():
        measure = one.measure
        standard = table(measure.of)
        shape = all_.shape_of(measure)
        if standard is not None:
            yield from _dates_of(one, standard)
        if shape is None or not measure.counts or measure.any_of:
            continue
        if measure.counts == "children" and not shape.about_children:
            assert shape.table is not None
            text = f'"counts" is children, and rows of {shape.table.name} are about none'
            yield one.wrong(text, "counts")
        elif measure.counts not in ("rows", "children") and not shape.column(measure.counts):
            columns = () if shape.table is None else shape.table.columns
            known = ["rows", "children", *(each.name for each in columns)]
            whose = "here" if shape.table is None else f"of {shape.table.name}"
            text = f'"counts" is {measure.counts}: it has to be rows, children or a column {whose}'
            yield one.wrong(f"{text}{like(measure.counts, known)}", "counts")


def _dates_of(one: WrittenMeasure, standard: Table) -> Iterator[Mistake]:
    measure = one.measure
    placing = {
        "in_month": [measure.in_month] if measure.in_month else [],
        "open": measure.open or [],
        "touches": measure.touches or [],
    }
    dates = [each.name for each in standard.columns if each.type is Type.DATE]
    for key, columns in placing.items():
        for name in columns:
            if name not in dates:
                what = "column" if standard.column(name) is None else "date"
                text = f'"{key}" names {name}, which is no {what} of {measure.of}'
                yield one.wrong(f"{text}{like(name, dates)}", key)


def of_rows_that_fit(all_: InMonth) -> Iterator[Mistake]:
    """What is put together, or held against the child of a row, are children in months; and where
    a test stands, only a figure of its own can be made of it, not a membership."""
    for one in all_.in_use():
        here = all_.shape_of(one.measure)
        for title, path in all_.rests_on(one):
            there = all_.shape(title)
            if there is None:
                continue
            key = path[-1]
            said = f'"{key}" names "{title}"'
            into = path[0] == "lookup"
            of_children = key in ("any_of", "among", "not_among")
            if of_children and not there.about_children:
                yield one.wrong(f"{said}, whose rows are not about children", *path)
            if there.lying is Lying.LIST and not into and key != "of":
                text = f"{said}, a list of rows that lie in no month"
                yield one.wrong(f"{text}: give it one of {', '.join(_PLACING)}", *path)
            if there.tested and (of_children or into):
                text = f"{said}, which has a test, and all of its rows would be taken, met or not"
                yield one.wrong(f'{text}: name a group whose "where" says it', *path)
            if there.tested and key == "of" and not into and one.measure.test:
                yield one.wrong(f"{said}, which has a test already: one is enough", "test")
            if here is not None and here.lying is Lying.LIST:
                in_a_month = there.lying is not Lying.LIST
                if key in ("among", "not_among") or (into and in_a_month):
                    text = f"{said}, and its own rows are a list that lies in no month"
                    yield one.wrong(text, *path)
            if here is not None and key in ("among", "not_among") and not here.about_children:
                yield one.wrong(f"{said}, and its own rows are not about children", *path)
        group = one.title in all_.all.groups
        if group and one.measure.test:
            text = 'a group has no "test": what belongs to it is said by "where"'
            yield one.wrong(text, "test", 0)
        if group and not (one.measure.of or one.measure.any_of):
            yield one.wrong('a group is said by "of" or "any_of"')


def with_worked_examples(all_: InMonth) -> Iterator[Mistake]:
    """A measure of the council's own has a worked example beside it."""
    examples = {one.value for one in all_.all.examples}
    for item in all_.on_the_page():
        one = all_.measures.get(item.name)
        if one is not None and one.entry.place.own and item.name not in examples:
            text = f'a measure of your own needs a worked example: [[example]], ref = "{item.name}"'
            yield one.wrong(text)
    for entry in all_.all.examples:
        if entry.value not in all_.all.indicators:
            text = f'the example is of "{entry.value}", which is not in the catalogue'
            yield Mistake(entry.place, f"{text}{like(entry.value, all_.all.indicators)}")


MEASURE_RULES: tuple[Callable[[InMonth], Iterator[Mistake]], ...] = (
    rests_on_what_is_there,
    without_circles,
    names_apart,
    of_fitting_keys,
    of_fitting_columns,
    of_what_a_limit_allows,
    of_rows_that_fit,
    of_a_fitting_kind,
    settings_that_are_there,
    names_what_is_there,
    stand_ins_stand_in,
    with_worked_examples,
)
