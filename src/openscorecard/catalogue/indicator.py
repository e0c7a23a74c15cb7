"""An indicator and the catalogue, as the rest of the program reads them: resolved and frozen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from openscorecard.catalogue.measure import Group, Measure, StandIn
from openscorecard.catalogue.published_measures import StandsBeside
from openscorecard.periods import Month
from openscorecard.units import Unit


class Direction(StrEnum):
    """Which way the council would like the figure to go; NONE where neither is better."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Frequency(StrEnum):
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class Kind(StrEnum):
    """How a figure comes about; DESIGN.md's measure kinds."""

    FLOW = "flow"
    STOCK = "stock"
    OVERLAP = "overlap"
    AS_OF = "as-of"
    RATIO = "ratio"
    RATE = "rate"
    SUPPLIED = "supplied"


class JudgedOn(StrEnum):
    """On what a verdict rests where the indicator's kind would mislead: its level, its change from
    month to month, or nothing, where it cannot be judged."""

    LEVEL = "level"
    CHANGE = "change"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Target:
    """What the council aims at from a month on; `tolerance` in the indicator's own unit."""

    since: Month
    value: Fraction
    tolerance: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Definition:
    """The definition from a month on, in words and as a measure; a later one draws a break.

    `measure` is None where the figure is one of other indicators over another, or is supplied.
    """

    since: Month
    words: str
    measure: Measure | None = None
    stand_ins: tuple[StandIn, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of the page.

    `id` is permanent and stands in addresses, files and tests; `ref` is what the page prints.
    `numerator` and `denominator` name other indicators by ref where both are on the page; a rate
    names its count as numerator and has no denominator here (its population is the council's).
    `protect_complement` says whether a small rest (denominator - numerator of 1 to 5) is hidden
    from the public too. A figure can still rise for `provisional_months` months, its own among
    them. `beside` is the published measure that it stands beside, or why there is none.
    `judged_on` is None where the kind decides how change is judged; else `judged_because` says why
    not.
    """

    ref: str
    id: str
    name: str
    short_name: str
    section: str
    order: int
    outcome: str
    unit: Unit
    kind: Kind
    decimals: int = 0
    preferred_direction: Direction = Direction.NONE
    frequency: Frequency = Frequency.MONTHLY
    owner: str = ""
    reporter: str = ""
    numerator: str | None = None
    denominator: str | None = None
    people: bool = True  # counts children or other people, so small numbers are hidden in public
    protect_complement: bool = True
    provisional_months: int = 0
    judged_on: JudgedOn | None = None
    judged_because: str = ""
    beside: StandsBeside | None = None
    definitions: tuple[Definition, ...] = ()
    targets: tuple[Target, ...] = ()

    def definition(self, month: Month) -> Definition | None:
        """The definition in force in that month."""
        in_force = [item for item in self.definitions if item.since <= month]
        return max(in_force, key=lambda item: item.since, default=None)


class RelationKind(StrEnum):
    """What must hold between indicators.

    BANDS: percentages of one whole that sum to 100. COMPLEMENTS: two percentages that sum to 100.
    PARTS: counts that sum to another count. FLOWS: a stock moves by what joins and what leaves it.
    SHARES: a percentage or rate of sums of counts. WITHIN: counts that are some of another count.
    """

    BANDS = "bands"
    COMPLEMENTS = "complements"
    PARTS = "parts"
    FLOWS = "flows"
    SHARES = "shares"
    WITHIN = "within"


@dataclass(frozen=True, slots=True)
class Relation:
    """`members` are refs: the bands, the two complements, the parts, what joins a stock, or the
    counts that sum to a numerator.

    `whole` is the ref of the whole (bands, parts, within), of the stock (flows), or of the
    percentage or rate (shares); `leaving` is what leaves; `over` are the counts that sum to a
    percentage's denominator, while a rate's is the council's population.
    """

    kind: RelationKind
    members: tuple[str, ...]
    whole: str | None = None
    leaving: tuple[str, ...] = ()
    over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: str
    order: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All indicators in the page's order. `origin` says where each key came from:
    `origin[ref][key] = "front-door.toml, line 12"`. `retired` are off the page and may still be
    counted, for measures that rest on them."""

    sections: tuple[Section, ...]
    indicators: tuple[Indicator, ...]
    relations: tuple[Relation, ...] = ()
    groups: tuple[Group, ...] = ()
    origin: dict[str, dict[str, str]] = field(default_factory=dict)
    retired: tuple[Indicator, ...] = ()

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self.indicators)

    def get(self, ref: str) -> Indicator | None:
        return next((item for item in self.indicators if item.ref == ref), None)

    def group(self, group_id: str) -> Group | None:
        return next((item for item in self.groups if item.id == group_id), None)

    def of_section(self, section: str) -> tuple[Indicator, ...]:
        return tuple(item for item in self.indicators if item.section == section)
