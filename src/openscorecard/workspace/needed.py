"""Which indicators rest on which standard tables, as the catalogue's definitions say."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from openscorecard.catalogue.indicator import Catalogue, Indicator
from openscorecard.catalogue.measure import Group, Measure, StandIn
from openscorecard.records.extracts.found import Found, listed, note
from openscorecard.records.standard import TABLES, table


def indicators_of(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """For each standard table the refs of the indicators that are counted from it, directly or by
    others."""
    found: dict[str, list[str]] = {one.name: [] for one in TABLES}
    for item in catalogue:
        for name in _tables(item, catalogue, set()):
            found[name].append(item.ref)
    return {name: tuple(refs) for name, refs in found.items()}


def said_of_absent(present: Collection[str], catalogue: Catalogue) -> list[Found]:
    """What the load cannot give because a table is not in it."""
    needing = indicators_of(catalogue)
    found = []
    for one in TABLES:
        if one.name in present:
            continue
        instead = [item.ref for item in catalogue if _stands_in(item, catalogue, one.name)]
        stopped = [ref for ref in needing[one.name] if ref not in instead]
        parts = [f"{one.name} ({one.about}) is not in the extract"]
        if stopped:
            parts.append(f"no figure for {listed(stopped, 70)}")
        if instead:
            parts.append(f"another measure stands in for {', '.join(instead)}")
        if not needing[one.name]:
            parts.append("no indicator needs it; lists and checks do")
        found.append(note("table-absent", f"{'; '.join(parts)}.", table=one.name))
    return found


def _tables(item: Indicator | Group, catalogue: Catalogue, seen: set[str]) -> set[str]:
    """The standard tables that an indicator or group rests on; `seen` ends circles."""
    title = item.ref if isinstance(item, Indicator) else item.id
    if title in seen:
        return set()
    seen.add(title)
    found: set[str] = set()
    for name in _named(item):
        other = catalogue.get(name) or catalogue.group(name)
        if table(name) is not None:
            found.add(name)
        elif other is not None:
            found |= _tables(other, catalogue, seen)
    return found


def _stands_in(item: Indicator | Group, catalogue: Catalogue, without: str) -> bool:
    """Whether something stands in for the table in all that the item counts by it."""
    if any(one.without == without for one in _stand_ins(item)):
        return True
    if without in _named(item):
        return False
    others = [catalogue.get(name) or catalogue.group(name) for name in _named(item)]
    using = [
        other
        for other in others
        if other is not None and other != item and without in _tables(other, catalogue, set())
    ]
    return bool(using) and all(_stands_in(other, catalogue, without) for other in using)


def _stand_ins(item: Indicator | Group) -> list[StandIn]:
    if isinstance(item, Group):
        return list(item.stand_ins)
    return [one for definition in item.definitions for one in definition.stand_ins]


def _measures_of(item: Indicator | Group) -> list[Measure]:
    if isinstance(item, Group):
        return [item.measure]
    return [one.measure for one in item.definitions if one.measure is not None]


def _named(item: Indicator | Group) -> Iterator[str]:
    if isinstance(item, Indicator):
        yield from filter(None, (item.numerator, item.denominator))
    for measure in _measures_of(item):
        yield from _in_measure(measure)


def _in_measure(measure: Measure) -> Iterator[str]:
    """The tables, indicators and groups that a measure speaks of."""
    yield from filter(None, (measure.of, measure.denominator))
    yield from (*measure.any_of, *measure.sum_of)
    yield from (lookup.of for lookup in measure.lookups)
    for condition in (*measure.where, *measure.test):
        yield from filter(None, (condition.among, condition.not_among))
