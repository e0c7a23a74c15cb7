"""The measures that are in force in one month, and what can be said of each without counting.

Takes what is written on both levels; gives each measure with its place in the file, and of each ref
and group what its rows are: of which table, how they lie in months, which columns can be named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from openscorecard.catalogue.layers import Layered
from openscorecard.catalogue.measure import Lookup, Measure
from openscorecard.catalogue.places import KeyPath, Place
from openscorecard.catalogue.written import Entry, Mistake, WrittenTable
from openscorecard.periods import Month
from openscorecard.records.standard import Column, Table, table

if TYPE_CHECKING:
    from openscorecard.catalogue.rules import InForce


class Lying(StrEnum):
    """How rows lie in months; the value is the key that says so."""

    FLOW = "in_month"
    STOCK = "open"
    OVERLAP = "touches"
    AT_LOAD = "as_at_load"
    LIST = ""


@dataclass(frozen=True, slots=True)
class WrittenMeasure:
    """One measure as it is written, that of a stand-in with its index in `inside`."""

    title: str  # the ref of its indicator, or the id of its group
    measure: Measure
    entry: Entry
    inside: KeyPath = ()
    without: str = ""  # of a stand-in: the table that is missing

    def at(self, *path: str | int) -> Place:
        return self.entry.at(*self.inside, *path)

    def wrong(self, text: str, *path: str | int) -> Mistake:
        return Mistake(self.at(*path), f"{self.title}: {text}")


@dataclass(frozen=True, slots=True)
class Shape:
    """What the rows of a measure are. `table` is None where children are put together. `lookups`
    are those of the measure and of all that it looks at. `tested` is whether a test stands on the
    way; `counts` what is counted."""

    table: Table | None
    lying: Lying
    lookups: tuple[Lookup, ...]
    tested: bool
    counts: str

    @property
    def about_children(self) -> bool:
        return self.table is None or bool(self.table.person)

    def column(self, name: str) -> Column | None:
        return None if self.table is None else self.table.column(name)

    def names(self) -> set[str]:
        """The names that a condition may use, lookups left out."""
        found = {"child"} if self.about_children else set()
        if self.table is not None:
            found |= {column.name for column in self.table.columns}
        return found


class InMonth:
    """The measures of one month. `measures` has that of each ref and group, the retired ones among
    them, for what is off the page may still be counted for others."""

    def __init__(self, all_: InForce, month: Month) -> None:
        self.all, self.month = all_, month
        self.measures: dict[str, WrittenMeasure] = {}
        self.stand_ins: list[WrittenMeasure] = []
        self.unreadable: set[str] = set()  # their measure has mistakes that are reported already
        self.definitions: dict[str, WrittenTable] = {}
        self._shapes: dict[str, Shape | None] = {}
        for group in all_.groups.values():
            self._take(group.name, group.table)
        for item in all_.indicators.values():
            definition = _in_force(item, month)
            if definition is not None:
                self.definitions[item.name] = definition
                self._take(item.name, definition)

    def _take(self, title: str, table_: WrittenTable) -> None:
        entry = table_.keys.get("measure")
        if entry is not None and entry.sound:
            self.measures[title] = WrittenMeasure(title, entry.value, entry)
        elif entry is not None:
            self.unreadable.add(title)
        stand_ins = table_.keys.get("stand_in")
        if stand_ins is not None and stand_ins.sound:
            for index, one in enumerate(stand_ins.value):
                self.stand_ins.append(
                    WrittenMeasure(title, one.measure, stand_ins, (index,), one.without)
                )

    def on_the_page(self) -> Iterator[Layered]:
        return iter(self.all.on_the_page.values())

    def in_use(self) -> Iterator[WrittenMeasure]:
        """Every measure of the page and of groups, stand-ins among them."""
        for one in (*self.measures.values(), *self.stand_ins):
            item = self.all.indicators.get(one.title)
            if item is None or not item.retired:
                yield one

    def titles(self) -> list[str]:
        """What a measure may name beside tables."""
        return [*self.all.indicators, *self.all.groups]

    def shape(self, title: str) -> Shape | None:
        """What the rows of a ref or group are; None where it has none, or where that cannot be
        told because of a mistake that is reported elsewhere."""
        if title not in self._shapes:
            self._shapes[title] = None  # what rests on itself has no shape
            one = self.measures.get(title)
            if one is not None:
                self._shapes[title] = self.shape_of(one.measure)
        return self._shapes[title]

    def shape_of(self, measure: Measure) -> Shape | None:
        test = bool(measure.test)
        if measure.any_of:
            shapes = [self.shape(title) for title in measure.any_of]
            if None in shapes:
                return None
            at_load = any(one is not None and one.lying is Lying.AT_LOAD for one in shapes)
            lying = Lying.AT_LOAD if at_load else Lying.STOCK
            return Shape(None, lying, measure.lookups, test, "children")
        standard = table(measure.of)
        if standard is not None:
            counts = measure.counts or "rows"
            return Shape(standard, lying_of(measure), measure.lookups, test, counts)
        parent = self.shape(measure.of)
        if parent is None:
            return None
        return Shape(
            parent.table,
            parent.lying,
            parent.lookups + measure.lookups,
            parent.tested or test,
            measure.counts or parent.counts,
        )

    def rests_on(self, one: WrittenMeasure) -> Iterator[tuple[str, KeyPath]]:
        """Every ref or group that a measure names, and at which key."""
        measure = one.measure
        if measure.of and table(measure.of) is None:
            yield measure.of, ("of",)
        for key in ("any_of", "sum_of"):
            for title in getattr(measure, key):
                yield title, (key,)
        if measure.denominator:
            yield measure.denominator, ("denominator",)
        for key in ("where", "test"):
            for index, condition in enumerate(getattr(measure, key)):
                for word in ("among", "not_among"):
                    if title := getattr(condition, word):
                        yield title, (key, index, word)
        for index, lookup in enumerate(measure.lookups):
            if table(lookup.of) is None:
                yield lookup.of, ("lookup", index, "of")


def months_of(all_: InForce) -> tuple[Month, ...]:
    """The months from which some definition holds: between two of them nothing changes."""
    return tuple(
        sorted({since for item in all_.indicators.values() for since in item.dated["definition"]})
    )


def lying_of(measure: Measure) -> Lying:
    """How the rows of a measure on a standard table lie in months."""
    for lying in (Lying.FLOW, Lying.STOCK, Lying.OVERLAP, Lying.AT_LOAD):
        if getattr(measure, lying.value):
            return lying
    return Lying.LIST


def _in_force(item: Layered, month: Month) -> WrittenTable | None:
    """The definition of that month; before the first, the first."""
    found = None
    for since, definition in item.dated["definition"].items():
        if found is None or since <= month:
            found = definition
    return found
