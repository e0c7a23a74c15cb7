"""Which indicators rest on which standard tables, as the catalogue's definitions say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from openscorecard.catalogue.indicator import Catalogue, Indicator
from openscorecard.catalogue.measure import Group, Measure, StandIn
from openscorecard.catalogue.measure_settings import MeasureSettings
from openscorecard.findings import Severity
from openscorecard.measures.resolve import definition_in, resolve
from openscorecard.periods import Month
from openscorecard.records.extracts.columns import mistyped
from openscorecard.records.extracts.found import Found, listed, note
from openscorecard.records.extracts.read import Lacking
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


def said_of_columns(
    lacking: Collection[Lacking],
    catalogue: Catalogue,
    month: Month,
    settings: MeasureSettings,
    present: Collection[str],
) -> list[Found]:
    """What the load cannot give because a file lacks columns: a warning where a figure rests on
    one, since a mistyped heading looks just so."""
    found = []
    for one in lacking:
        stops = {
            column: stopped_by(column, catalogue, month, settings, present) for column in one.absent
        }
        for column, refs in stops.items():
            if refs:
                message = (
                    f"{one.name} has no column {column}: no figure for {listed(refs, 70)}. Where "
                    "there is nothing to enter, give it the column, empty."
                )
                message += _hints([column], one)
                found.append(Found("column-absent", Severity.WARNING, message, one.table, column))
        others = [column for column, refs in stops.items() if not refs]
        if others:
            message = f"{one.name} has no column {listed(others)}; no figure of this load needs it."
            message += _hints(others, one)
            found.append(note("column-absent", message, table=one.table))
    return found


def _hints(columns: Iterable[str], one: Lacking) -> str:
    return "".join(f" {hint[0].upper()}{hint[1:]}" for hint in mistyped(columns, one.extra))


def stopped_by(
    column: str,
    catalogue: Catalogue,
    month: Month,
    settings: MeasureSettings,
    present: Collection[str],
) -> tuple[str, ...]:
    """The refs that a load with the tables `present` gives, and without the column does not."""
    before = resolve(catalogue, month, settings, present).missing
    after = resolve(catalogue, month, settings, present, absent=(column,)).missing
    gone = set(after) - set(before)
    for _ in catalogue:  # a ratio may stand on a ratio; each turn finds those on what is gone
        more = {item.ref for item in catalogue if gone & set(_beside(item, month))} - gone
        if not more:
            break
        gone |= more
    return tuple(item.ref for item in catalogue if item.ref in gone)


def _beside(item: Indicator, month: Month) -> Iterator[str]:
    """What a figure is made of beside the rows that it counts itself."""
    measure = definition_in(item, month).measure
    if measure is None or not (measure.of or measure.any_of):
        yield from filter(None, (item.numerator, item.denominator))
    if measure is not None:
        yield from filter(None, (measure.denominator, *measure.sum_of))


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
