"""The second stage: what is written on both levels -> the catalogue in force.

Takes sound layers only (rules.py has passed them); gives frozen values and where each key of them
came from.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from openscorecard.catalogue.indicator import (
    Catalogue,
    Definition,
    Indicator,
    Relation,
    Section,
    Target,
)
from openscorecard.catalogue.keys import INDICATOR
from openscorecard.catalogue.layers import Layered
from openscorecard.catalogue.measure import Group, Measure
from openscorecard.catalogue.measure_reader import MEASURE_KEYS
from openscorecard.catalogue.places import KeyPath
from openscorecard.catalogue.rules import InForce
from openscorecard.catalogue.written import Entry, WrittenTable
from openscorecard.periods import Month

BY_DEFAULT = "by default"


def resolve(in_force: InForce) -> Catalogue:
    """The catalogue. Retired indicators are off the page, and what it says of them (a numerator, a
    relation) with them; what is measured by way of them is measured still."""
    origin: dict[str, dict[str, str]] = {}
    sections = []
    for order, layer in enumerate(_in_order(list(in_force.sections.values())), start=1):
        sections.append(Section(layer.name, layer.table.value("title"), order))
        origin[f"section {layer.name}"] = _places(layer.table)
    on_the_page = in_force.on_the_page
    indicators = []
    for order, layer in enumerate(_in_order(list(on_the_page.values())), start=1):
        indicators.append(_indicator(layer, order, on_the_page))
        origin[layer.name] = _origin(layer)
        for since, table in layer.dated["definition"].items():
            origin[measure_origin(layer.name, since)] = _measure_places(table)
    retired = [layer for layer in in_force.indicators.values() if layer.retired]
    relations = []
    for table in in_force.relations:
        relation = _relation(table)
        if all(ref in on_the_page for ref in refs_of(relation)):
            relations.append(relation)
            origin[f"relation {len(relations)}"] = _places(table)
    groups = []
    for layer in in_force.groups.values():
        table = layer.table
        stand_ins = table.value("stand_in") or ()
        groups.append(Group(layer.name, table.value("words"), table.value("measure"), stand_ins))
        origin[f"group {layer.name}"] = _places(table)
        origin[measure_origin(layer.name)] = _measure_places(table)
    return Catalogue(
        tuple(sections),
        tuple(indicators),
        tuple(relations),
        tuple(groups),
        origin,
        tuple(_indicator(layer, 0, on_the_page) for layer in retired),
    )


def measure_origin(title: str, since: Month | None = None) -> str:
    """Under which name `origin` holds where a measure's keys came from."""
    return f"measure of {title}" + ("" if since is None else f" from {since}")


def refs_of(relation: Relation) -> tuple[str, ...]:
    """Every ref that the relation speaks of."""
    whole = () if relation.whole is None else (relation.whole,)
    return whole + relation.members + relation.leaving + relation.over


def _in_order(layers: list[Layered]) -> list[Layered]:
    """By the order written. One that the council has placed comes after ours of the same number."""
    return sorted(
        layers, key=lambda layer: (layer.table.value("order"), layer.table.keys["order"].place.own)
    )


def _indicator(layer: Layered, order: int, on_the_page: dict[str, Layered]) -> Indicator:
    value: dict[str, Any] = {key.name: key.default for key in INDICATOR}
    value.update((name, entry.value) for name, entry in layer.table.keys.items())
    del value["retired"]
    off_the_page = _off_the_page(value, on_the_page)
    for key in ("numerator", "denominator"):
        value[key] = value[key] if value[key] in on_the_page else None
    definitions = tuple(
        Definition(
            since,
            table.value("words"),
            table.value("measure") or off_the_page,
            table.value("stand_in") or (),
        )
        for since, table in layer.dated["definition"].items()
    )
    targets = tuple(
        Target(since, table.value("value"), table.value("tolerance") or Fraction(0))
        for since, table in layer.dated["target"].items()
    )
    return Indicator(**{**value, "order": order}, definitions=definitions, targets=targets)


def _off_the_page(value: dict[str, Any], on_the_page: dict[str, Layered]) -> Measure | None:
    """What a figure is made of where its numerator or denominator is off the page; else None."""
    numerator, denominator = value["numerator"], value["denominator"]
    if all(ref in on_the_page for ref in (numerator, denominator) if ref):
        return None
    return Measure(sum_of=(numerator,) if numerator else (), denominator=denominator or "")


def _relation(table: WrittenTable) -> Relation:
    return Relation(
        table.value("kind"),
        table.value("members"),
        table.value("whole"),
        table.value("leaving") or (),
        table.value("over") or (),
    )


def _places(table: WrittenTable) -> dict[str, str]:
    return {name: str(entry.place) for name, entry in table.keys.items()}


def _measure_places(table: WrittenTable) -> dict[str, str]:
    """Where the parts of a measure stand: "of", "where 1", "lookup decided", "stand-in 1"."""
    places: dict[str, str] = {}
    if (entry := table.keys.get("measure")) is not None:
        places.update(_part_places(entry, entry.value, ()))
    if (entry := table.keys.get("stand_in")) is not None:
        for index, one in enumerate(entry.value):
            name = f"stand-in {index + 1}"
            places[name] = str(entry.at(index))
            inside = _part_places(entry, one.measure, (index,))
            places.update((f"{name} {part}", place) for part, place in inside.items())
    return places


def _part_places(entry: Entry, measure: Measure, inside: KeyPath) -> dict[str, str]:
    listed = ("where", "test", "lookup")
    places = {
        key: str(entry.at(*inside, key))
        for key in MEASURE_KEYS
        if key not in listed and getattr(measure, key)
    }
    for key, conditions in (("where", measure.where), ("test", measure.test)):
        for index in range(len(conditions)):
            places[f"{key} {index + 1}"] = str(entry.at(*inside, key, index))
    for index, lookup in enumerate(measure.lookups):
        places[f"lookup {lookup.name}"] = str(entry.at(*inside, "lookup", index))
    return places


def _origin(layer: Layered) -> dict[str, str]:
    """Key -> place, for every key that an indicator has, in the order of keys.py; dated tables as
    "definition from 2020-04"."""
    written = _places(layer.table)
    places = {
        key.name: written.get(key.name, BY_DEFAULT) for key in INDICATOR if key.name != "retired"
    }
    for kind, tables in layer.dated.items():
        for since, table in tables.items():
            places[f"{kind} from {since}"] = str(table.keys["from"].place)
    return places
