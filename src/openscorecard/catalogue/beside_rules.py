"""A comparator is of its indicator's kind: the rule on `beside`, held when the catalogue loads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from openscorecard.catalogue.indicator import Kind
from openscorecard.catalogue.published_measures import How, StandsBeside
from openscorecard.catalogue.written import Mistake
from openscorecard.units import Unit

if TYPE_CHECKING:
    from openscorecard.catalogue.layers import Layered
    from openscorecard.catalogue.rules import InForce

_UNITS: dict[How, Unit] = {
    How.COUNT: Unit.COUNT,
    How.STOCK: Unit.COUNT,
    How.RATE: Unit.PER_10000,
    How.STOCK_RATE: Unit.PER_10000,
    How.PERCENTAGE: Unit.PERCENT,
    How.COMPLEMENT: Unit.PERCENT,
}
# What is counted over a month beside a year's events, what is counted on a day beside a day's.
_OF_A_MONTH, _ON_A_DAY = (Kind.FLOW, Kind.SUPPLIED), (Kind.STOCK, Kind.AS_OF, Kind.SUPPLIED)
_KINDS: dict[How, tuple[Kind, ...]] = {
    How.COUNT: _OF_A_MONTH,
    How.RATE: _OF_A_MONTH,
    How.STOCK: _ON_A_DAY,
    How.STOCK_RATE: _ON_A_DAY,
}


def beside_its_own_kind(all_: InForce) -> Iterator[Mistake]:
    """A flow stands beside a year's events, a stock beside a number on a day; units agree."""
    for item in all_.on_the_page.values():
        beside: StandsBeside | None = item.table.value("beside")
        if beside is None or beside.how is None:
            continue
        place = item.table.keys["beside"].at("how")
        unit = item.table.value("unit")
        wanted = _UNITS[beside.how]
        if unit is not None and unit is not wanted:
            text = f'beside of {item.name} is made by "{beside.how}", which gives a {wanted}'
            yield Mistake(place, f"{text}; the indicator is a {unit}")
            continue
        kind = _kind(item, all_)
        kinds = _KINDS.get(beside.how)
        if kind is not None and kinds is not None and kind not in kinds:
            text = f'beside of {item.name} is made by "{beside.how}", and the indicator is a {kind}'
            yield Mistake(place, f"{text}: a stock stands beside a stock, a flow beside a flow")


def _kind(item: Layered, all_: InForce) -> Kind | None:
    """Of a rate, the kind of what it counts; None where that cannot be told."""
    kind: Kind | None = item.table.value("kind")
    if kind is not Kind.RATE:
        return kind
    counted = all_.indicators.get(item.table.value("numerator") or "")
    return None if counted is None else counted.table.value("kind")
