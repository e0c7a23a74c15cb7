"""Which rows of a page tell the same story, which are parts of a whole, which rest on few, and
which had an unusual year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from openscorecard.catalogue.indicator import Indicator, Kind, Relation, RelationKind
from openscorecard.periods import Month, months_to
from openscorecard.scorecard.page import Figure, Row
from openscorecard.scorecard.verdict import Signal
from openscorecard.units import Unit

YEAR = 12
MOST_MONTHS = 8  # of twelve: so many unusual ones, and the usual range is not that of today
FEW = 5  # a month: under this a chart has little power (STATISTICS.md, section 8)

_OF_ONE_COUNT = (RelationKind.PARTS, RelationKind.WITHIN, RelationKind.SHARES)
_BY_EACH_OTHER = (RelationKind.BANDS, RelationKind.COMPLEMENTS)
_COMPOSITIONS = (RelationKind.PARTS, RelationKind.BANDS)


@dataclass(frozen=True, slots=True)
class Families:
    """`kin` are pairs of refs that count the same thing: a share or rate and its numerator, two of
    one numerator, a whole and its part, bands of one whole. `wholes` are pairs of a share and what
    it is a share of. `parts` are the members of a composition."""

    kin: frozenset[frozenset[str]] = frozenset()
    wholes: frozenset[frozenset[str]] = frozenset()
    parts: frozenset[str] = frozenset()

    def one_count(self, a: str, b: str) -> bool:
        """Whether the two rows count the same thing."""
        return frozenset((a, b)) in self.kin

    def one_family(self, a: str, b: str) -> bool:
        """The same, and a share beside what it is a share of."""
        return self.one_count(a, b) or frozenset((a, b)) in self.wholes


def families(indicators: Iterable[Indicator], relations: Iterable[Relation] = ()) -> Families:
    """From what indicators name as their numerator and denominator, and from the relations."""
    indicators, relations = tuple(indicators), tuple(relations)
    kin: set[frozenset[str]] = set()
    wholes: set[frozenset[str]] = set()
    for one in indicators:
        if one.denominator is not None:
            wholes.add(frozenset((one.ref, one.denominator)))
        if one.numerator is None:
            continue
        kin.add(frozenset((one.ref, one.numerator)))
        kin |= {
            frozenset((one.ref, other.ref))
            for other in indicators
            if other.numerator == one.numerator and other.ref != one.ref
        }
    for relation in relations:
        kin |= set(_pairs(relation))
        wholes |= {frozenset((relation.whole or "", ref)) for ref in relation.over}
    parts = {ref for item in relations if item.kind in _COMPOSITIONS for ref in item.members}
    return Families(frozenset(kin), frozenset(wholes - kin), frozenset(parts))


def _pairs(relation: Relation) -> Iterator[frozenset[str]]:
    """What joins a stock or leaves it is another thing than the stock: flows make no family."""
    if relation.kind in _OF_ONE_COUNT and relation.whole is not None:
        yield from (frozenset((relation.whole, ref)) for ref in relation.members)
    if relation.kind in _BY_EACH_OTHER:
        for a in relation.members:
            yield from (frozenset((a, b)) for b in relation.members if a != b)


_SNAPSHOT = {
    Kind.STOCK: True,
    Kind.AS_OF: True,
    Kind.FLOW: False,
    # A child who is missing in two months counts in both: neither adds up over a year.
    Kind.OVERLAP: None,
    Kind.SUPPLIED: None,
}


def is_snapshot(indicator: Indicator, kinds: Mapping[str, Kind]) -> bool | None:
    """Whether the figure speaks of the month's last day (True) or of what happened in the month
    (False); None where that cannot be told, or where its months do not add up. `kinds` are those
    of the page's counts, by ref: a share is what its parts are.
    """
    if indicator.kind not in (Kind.RATIO, Kind.RATE):
        return _SNAPSHOT[indicator.kind]
    named = [ref for ref in (indicator.numerator, indicator.denominator) if ref in kinds]
    if not named:
        named = [ref for ref in _counted(indicator) if ref in kinds]
    found = {_SNAPSHOT.get(kinds[ref]) for ref in named if ref is not None}
    return found.pop() if len(found) == 1 else None


def _counted(indicator: Indicator) -> tuple[str, ...]:
    """The indicators that its newest definition counts from."""
    newest = max(indicator.definitions, key=lambda item: item.since, default=None)
    if newest is None or newest.measure is None:
        return ()
    measure = newest.measure
    return tuple(ref for ref in (measure.of, *measure.any_of, *measure.sum_of) if ref)


def year_of(row: Row, month: Month) -> tuple[Figure | None, ...]:
    """The figures of the twelve months to `month`, oldest first; None where nothing is held."""
    held = {figure.month: figure for figure in (*row.history, *row.figures)}
    return tuple(held.get(item) for item in months_to(month, YEAR))


def rests_on_few(row: Row) -> bool | None:
    """Whether the row counts fewer than five a month, over the year; of a percentage, those that it
    counts or the rest. None where the page does not tell."""
    mean = row.average_12m.value
    if mean is None:
        return None
    if row.indicator.unit is Unit.COUNT:
        return mean < FEW
    year = [figure for figure in year_of(row, row.latest.month) if figure is not None]
    tops = [one.numerator for one in year if one.numerator is not None]
    if not tops:
        return False
    rests = [
        one.denominator - one.numerator
        for one in year
        if one.numerator is not None
        and one.denominator is not None
        and row.indicator.unit is Unit.PERCENT
    ]
    return any(sum(some, Fraction(0)) < FEW * len(some) for some in (tops, rests) if some)


def is_mostly_elsewhere(row: Row) -> bool:
    """Whether the month is usual, and most months of the year by the same limits are not."""
    verdict = row.verdict
    return (
        verdict is not None
        and verdict.signal is Signal.NONE
        and row.latest.value is not None
        and verdict.flagged_12 >= MOST_MONTHS
    )
