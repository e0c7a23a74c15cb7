"""What must hold across keys and across indicators; each rule a function, listed in `RULES`.

Each takes the whole of what is in force and yields the mistakes that it finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from openscorecard.catalogue.beside_rules import beside_its_own_kind
from openscorecard.catalogue.indicator import Kind, RelationKind
from openscorecard.catalogue.keys import GROUP, INDICATOR, SECTION, Key
from openscorecard.catalogue.layers import Layered
from openscorecard.catalogue.measure_rules import measures
from openscorecard.catalogue.written import Entry, Mistake, WrittenTable, like
from openscorecard.units import Unit


@dataclass(frozen=True, slots=True)
class InForce:
    """Sections and groups by id and indicators by ref, the retired ones among them; all relations;
    and the refs that the council's own worked examples are of."""

    sections: dict[str, Layered]
    indicators: dict[str, Layered]
    relations: tuple[WrittenTable, ...]
    groups: dict[str, Layered]
    examples: tuple[Entry, ...] = ()

    @property
    def on_the_page(self) -> dict[str, Layered]:
        return {ref: item for ref, item in self.indicators.items() if not item.retired}


def complete(all_: InForce) -> Iterator[Mistake]:
    """Every key that must be there is there."""
    for section in all_.sections.values():
        yield from _lacks(section, SECTION, all_.sections)
    for item in all_.indicators.values():
        yield from _lacks(item, INDICATOR, all_.indicators)
    for group in all_.groups.values():
        yield from _lacks(group, GROUP, all_.groups)


def _lacks(item: Layered, keys: tuple[Key, ...], all_: dict[str, Layered]) -> Iterator[Mistake]:
    missing = [key.name for key in keys if key.required and key.name not in item.table.keys]
    if keys is INDICATOR and not item.dated["definition"]:
        missing.append("definition")
    if not missing:
        return
    text = "lacks " + ", ".join(f'"{name}"' for name in missing)
    if item.of_ours:
        yield Mistake(item.place, f"{item.name} {text}")
        return
    others = [name for name, other in all_.items() if other.of_ours]
    yield Mistake(
        item.place,
        f"{item.name} is not in the catalogue, and as one of your own it {text}"
        f"{like(item.name, others)}",
    )


def unlike(all_: InForce) -> Iterator[Mistake]:
    """Ids, short names and (but for case and spaces) refs each stand once."""
    for key in ("ref", "id", "short_name"):
        first: dict[str, Layered] = {}
        for item in all_.indicators.values():
            value = item.table.value(key)
            # A retired one's id stays taken, for old addresses lead to it; its short name does not.
            if value is None or (item.retired and key == "short_name"):
                continue
            same = value.casefold() if key == "short_name" else value.replace(" ", "").casefold()
            other = first.setdefault(same, item)
            if other is not item:
                whose = f"{other.name} ({other.table.keys[key].place})"
                text = f'{key} "{value}" of {item.name} is also that of {whose}'
                if key == "ref":
                    text = f'ref "{value}" cannot be told from {whose}'
                yield Mistake(item.table.keys[key].place, text)


def in_a_section(all_: InForce) -> Iterator[Mistake]:
    for item in all_.on_the_page.values():
        section = item.table.value("section")
        if section is not None and section not in all_.sections:
            text = (
                f'section "{section}" of {item.name} does not exist{like(section, all_.sections)}'
            )
            yield Mistake(item.table.keys["section"].place, text)


def of_a_fitting_unit(all_: InForce) -> Iterator[Mistake]:
    """A ratio is a percentage, a rate is a rate, what is counted is a count."""
    units = {
        Kind.FLOW: (Unit.COUNT,),
        Kind.STOCK: (Unit.COUNT,),
        Kind.OVERLAP: (Unit.COUNT,),
        Kind.AS_OF: (Unit.COUNT, Unit.PERCENT),
        Kind.RATIO: (Unit.PERCENT,),
        Kind.RATE: (Unit.PER_10000, Unit.PER_100000),
        Kind.SUPPLIED: tuple(Unit),
    }
    for item in all_.on_the_page.values():
        kind, unit = item.table.value("kind"), item.table.value("unit")
        if kind is None or unit is None:
            continue
        if unit not in units[kind]:
            allowed = " or ".join(f'"{allowed}"' for allowed in units[kind])
            text = f'{item.name} is a {kind}, whose unit is {allowed}, not "{unit}"'
            yield Mistake(item.table.keys["unit"].place, text)
        if unit is not Unit.PERCENT:
            continue
        for since, target in item.dated["target"].items():
            if target.value("value") > 100:
                text = f"target of {item.name} from {since} is over 100%"
                yield Mistake(target.keys["value"].place, text)


def over_what_is_there(all_: InForce) -> Iterator[Mistake]:
    """Numerators and denominators are counts on the page, where the unit calls for them."""
    for item in all_.on_the_page.values():
        for key in ("numerator", "denominator"):
            ref = item.table.value(key)
            if not ref:
                continue
            entry = item.table.keys[key]
            unit = item.table.value("unit")
            if unit is Unit.COUNT:
                yield Mistake(entry.place, f"{item.name} is a count, and a count has no {key}")
            elif unit is not None and unit.is_rate and key == "denominator":
                text = f"{item.name} is a rate, whose denominator is the council's population"
                yield Mistake(entry.place, f"{text}: leave it out")
            other = all_.indicators.get(ref)
            what = f'{key} of {item.name} is "{ref}"'
            if other is None:
                text = f"{what}, which is not in the catalogue{like(ref, all_.indicators)}"
                yield Mistake(entry.place, text)
            elif other.retired and entry.place.own:
                yield Mistake(entry.place, f"{what}, which is retired")
            elif other.table.value("unit") not in (Unit.COUNT, None):
                yield Mistake(entry.place, f"{what}, which is not a count")


def judged_otherwise_for_a_reason(all_: InForce) -> Iterator[Mistake]:
    """What is not judged as its kind would have it says why."""
    for item in all_.on_the_page.values():
        judged, because = (item.table.keys.get(key) for key in ("judged_on", "judged_because"))
        alone = because is None or (judged and judged.place.own and not because.place.own)
        if judged is not None and alone:
            text = f'{item.name} has "judged_on", and lacks "judged_because", which says why'
            yield Mistake(judged.place, text)
        elif because is not None and judged is None:
            text = f'{item.name} has "judged_because" without "judged_on"'
            yield Mistake(because.place, text)


def without_circles(all_: InForce) -> Iterator[Mistake]:
    """No indicator rests on itself by way of numerators and denominators."""
    rests_on = {
        ref: [other for key in ("numerator", "denominator") if (other := item.table.value(key))]
        for ref, item in all_.on_the_page.items()
    }
    done: set[str] = set()
    for start in rests_on:
        circle = _circle(start, rests_on, done, [])
        if circle is None:
            continue
        item = all_.indicators[circle[0]]
        key = "numerator" if item.table.value("numerator") == circle[1] else "denominator"
        text = f"{circle[0]} rests on itself: " + " over ".join(circle)
        yield Mistake(item.table.keys[key].place, text)


def _circle(
    ref: str, rests_on: dict[str, list[str]], done: set[str], way: list[str]
) -> list[str] | None:
    """The first circle met from `ref` on, its first member again at the end. `done` grows by what
    has been walked, so that each circle is met once."""
    if ref in way:
        return [*way[way.index(ref) :], ref]
    if ref in done:
        return None
    done.add(ref)
    for other in rests_on.get(ref, []):
        circle = _circle(other, rests_on, done, [*way, ref])
        if circle is not None:
            return circle
    return None


def related_to_what_is_there(all_: InForce) -> Iterator[Mistake]:
    """Relations have the keys of their kind, and name indicators of fitting units."""
    for table in all_.relations:
        kind = table.value("kind")
        for key in ("kind", "members"):
            if key not in table.keys:
                yield Mistake(table.place, f'the relation lacks "{key}"')
        if isinstance(kind, RelationKind):
            yield from _shape(table, kind)
        for key in _WITH_REFS:
            for ref in _refs(table, key):
                item = all_.indicators.get(ref)
                if item is None:
                    text = f'{key} names "{ref}", which is not in the catalogue'
                    place = table.keys[key].place
                    yield Mistake(place, f"{text}{like(ref, all_.indicators)}")
                elif item.retired and table.place.own:
                    yield Mistake(table.keys[key].place, f'{key} names "{ref}", which is retired')


_WITH_REFS = ("whole", "members", "leaving", "over")

# Kind -> the keys that it must have beside kind and members, and the unit of its members.
_SHAPES: dict[RelationKind, tuple[tuple[str, ...], Unit]] = {
    RelationKind.BANDS: (("whole",), Unit.PERCENT),
    RelationKind.COMPLEMENTS: ((), Unit.PERCENT),
    RelationKind.PARTS: (("whole",), Unit.COUNT),
    RelationKind.FLOWS: (("whole", "leaving"), Unit.COUNT),
    RelationKind.SHARES: (("whole",), Unit.COUNT),
    RelationKind.WITHIN: (("whole",), Unit.COUNT),
}


def _shape(table: WrittenTable, kind: RelationKind) -> Iterator[Mistake]:
    needed, _ = _SHAPES[kind]
    for key in ("whole", "leaving"):
        if key in needed and key not in table.keys:
            yield Mistake(table.place, f'the relation lacks "{key}", which "{kind}" needs')
        elif key not in needed and key in table.keys:
            yield Mistake(table.keys[key].place, f'"{kind}" takes no "{key}"')
    if kind is not RelationKind.SHARES and "over" in table.keys:
        yield Mistake(table.keys["over"].place, f'"{kind}" takes no "over"')
    members = table.value("members")
    if members is None:
        return
    place = table.keys["members"].place
    if kind is RelationKind.COMPLEMENTS and len(members) != 2:
        yield Mistake(place, f"complements are two, not {len(members)}")
    elif kind in (RelationKind.BANDS, RelationKind.PARTS) and len(members) < 2:
        yield Mistake(place, f"{kind} are two or more, not 1")


def related_in_one_unit(all_: InForce) -> Iterator[Mistake]:
    """Bands and complements are percentages; the whole of shares is a percentage or a rate; all
    others are counts."""
    for table in all_.relations:
        kind = table.value("kind")
        if kind is None:
            continue
        if kind is RelationKind.SHARES:
            yield from _of_a_share(table, all_)
        for key in _WITH_REFS:
            if kind is RelationKind.SHARES and key == "whole":
                continue
            wanted = _SHAPES[kind][1] if key == "members" else Unit.COUNT
            for ref in _refs(table, key):
                item = all_.indicators.get(ref)
                unit = None if item is None else item.table.value("unit")
                if unit is not None and unit is not wanted:
                    text = f'{key} names "{ref}", which is not a {wanted}'
                    yield Mistake(table.keys[key].place, text)


def _of_a_share(table: WrittenTable, all_: InForce) -> Iterator[Mistake]:
    """A percentage is over counts; a rate is over the council's population."""
    whole = table.value("whole")
    item = None if whole is None else all_.indicators.get(whole)
    unit = None if item is None else item.table.value("unit")
    if unit is Unit.COUNT:
        text = f'whole names "{whole}", which is neither a percentage nor a rate'
        yield Mistake(table.keys["whole"].place, text)
    elif unit is Unit.PERCENT and "over" not in table.keys:
        yield Mistake(table.place, 'the relation lacks "over", which a percentage needs')
    elif unit is not None and unit.is_rate and "over" in table.keys:
        text = f"{whole} is a rate, whose denominator is the council's population: leave it out"
        yield Mistake(table.keys["over"].place, text)


def _refs(table: WrittenTable, key: str) -> tuple[str, ...]:
    value = table.value(key)
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


RULES: tuple[Callable[[InForce], Iterator[Mistake]], ...] = (
    complete,
    unlike,
    in_a_section,
    of_a_fitting_unit,
    over_what_is_there,
    judged_otherwise_for_a_reason,
    without_circles,
    related_to_what_is_there,
    related_in_one_unit,
    beside_its_own_kind,
    measures,
)
