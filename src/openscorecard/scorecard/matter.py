"""What matters this month, the big moves that do not, and the gaps to others: types only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from openscorecard.scorecard.verdict import Signal


class MatterKind(StrEnum):
    """In the order in which they come: special causes, standing gaps, data notes."""

    CONCERN = "concern"
    IMPROVEMENT = "improvement"
    UNUSUAL = "unusual"
    GAP = "gap"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class Matter:
    """One of at most five. `refs` are the rows that it speaks of, the first the one that the link
    leads to and whose chart is drawn; a data note speaks of several rows, and has none. `rule` says
    in plain words which rule chose it."""

    kind: MatterKind
    word: str  # "Concern", "Standing gap", "Data note"
    headline: str
    sentence: str
    refs: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class UsualMove:
    """A big move that is usual variation. `moved` is "65" or "24 pts", `way` up or down; `sentence`
    goes on from there: "section 47 enquiries, to 93. They run from 79 to 174."."""

    ref: str
    way: str
    moved: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Chance:
    """How many of the page's indicators chance alone would flag. `expected` is that number, None
    where the rules are not those measured; `sentence` says it."""

    judged: int
    flagged: int
    expected: float | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the council stands against one comparator over a whole year, chance allowed for.

    `ours` is over `period` ("12 months to June 2021", or "30 June 2021" for a stock), of
    `numerator` and `denominator` (of a rate: the population); `is_day` says that it is of one day.
    The limits are where a council of this size would lie by chance alone round `theirs` (95% and
    99.8%). `place` is above, below or within the 99.8% limits; `signal` is improvement, concern,
    neutral or none by the preferred direction. `councils` of England have a published figure and a
    size, `apart` of them lie outside the limits of their own size; 0 and 0 where that is not known.
    `sentence` stands alone; `short` is its second half, for a list of several whose first has said
    our side: "South East 76% (year ended March 2020): lower than chance explains."
    """

    against: str  # eng, sn or region
    name: str
    ours: Fraction
    ours_printed: str
    theirs: Fraction
    theirs_printed: str
    period: str
    numerator: Fraction
    denominator: Fraction
    low_95: float
    high_95: float
    low_998: float
    high_998: float
    place: str
    signal: Signal
    sentence: str
    is_day: bool = False
    councils: int = 0
    apart: int = 0
    short: str = ""
