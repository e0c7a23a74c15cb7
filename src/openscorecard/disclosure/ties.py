"""Which rows are made of which: the percentages and rates of a page, and the rests it tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from openscorecard.catalogue.indicator import Relation, RelationKind
from openscorecard.scorecard.page import Row
from openscorecard.units import Unit


@dataclass(frozen=True, slots=True)
class Quotient:
    """A percentage or rate. `numerator` and `denominator` are the refs of the counts that sum to
    either; none where no row has them. A rate is over the population, which everybody may know."""

    ref: str
    unit: Unit
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    people: bool
    protect_complement: bool

    @property
    def parts(self) -> tuple[str, ...]:
        return (*self.numerator, *self.denominator)

    @property
    def of_sums(self) -> bool:
        """Whether one hidden count is not given back by the other terms at once."""
        return len(self.numerator) > 1 or len(self.denominator) > 1

    @property
    def scale(self) -> int:
        return {Unit.PERCENT: 100, Unit.PER_10000: 10_000}.get(self.unit, 100_000)


@dataclass(frozen=True, slots=True)
class Rest:
    """Two counts, one of them part of the other: what is left is a number of people as well."""

    part: str
    whole: str


def quotients_of(rows: dict[str, Row], relations: Iterable[Relation]) -> tuple[Quotient, ...]:
    """In the page's order. What a relation says of a row goes before what its indicator says."""
    sums = {
        relation.whole: (relation.members, relation.over)
        for relation in relations
        if relation.kind is RelationKind.SHARES
    }
    found = []
    for ref, row in rows.items():
        item = row.indicator
        if item.unit is Unit.COUNT:
            continue
        one = (_known(item.numerator), _known(item.denominator))
        numerator, denominator = sums.get(ref, one)
        found.append(
            Quotient(ref, item.unit, numerator, denominator, item.people, item.protect_complement)
        )
    return tuple(found)


def _known(ref: str | None) -> tuple[str, ...]:
    return () if ref is None else (ref,)


def rests_of(
    rows: dict[str, Row], quotients: Iterable[Quotient], relations: Iterable[Relation]
) -> tuple[Rest, ...]:
    """The numerators and denominators whose difference is protected, and what is within what."""
    found: dict[Rest, None] = {}
    for one in quotients:
        guarded = one.people and one.protect_complement and one.unit is Unit.PERCENT
        if guarded and len(one.numerator) == 1 and len(one.denominator) == 1:
            found[Rest(one.numerator[0], one.denominator[0])] = None
    for relation in relations:
        whole, members = relation.whole, relation.members
        if relation.kind is RelationKind.WITHIN and whole is not None and len(members) == 1:
            found[Rest(members[0], whole)] = None
    return tuple(
        rest
        for rest in found
        if all(ref in rows and rows[ref].indicator.people for ref in (rest.part, rest.whole))
    )
