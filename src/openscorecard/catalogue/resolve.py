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
from openscorecard.catalogue.rules import InForce
from openscorecard.catalogue.written import WrittenTable

BY_DEFAULT = "by default"


def resolve(in_force: InForce) -> Catalogue:
    """The catalogue. Retired indicators are left out, and what of ours rested on them with them."""
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
    relations = []
    for table in in_force.relations:
        relation = _relation(table)
        if all(ref in on_the_page for ref in refs_of(relation)):
            relations.append(relation)
            origin[f"relation {len(relations)}"] = _places(table)
    return Catalogue(tuple(sections), tuple(indicators), tuple(relations), origin)


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
    for key in ("numerator", "denominator"):
        value[key] = value[key] if value[key] in on_the_page else None
    definitions = tuple(
        Definition(since, table.value("words"))
        for since, table in layer.dated["definition"].items()
    )
    targets = tuple(
        Target(since, table.value("value"), table.value("tolerance") or Fraction(0))
        for since, table in layer.dated["target"].items()
    )
    return Indicator(**{**value, "order": order}, definitions=definitions, targets=targets)


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
