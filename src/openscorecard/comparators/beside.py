"""What stands beside an indicator: published values, made into the indicator's own unit and month.

Types only. `comparators.derive` makes them, the page carries them.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

ENGLAND = "England"


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One area's value in the indicator's own unit, as a month's equivalent where that is the kind.

    `numerator` and `denominator` are the year's own counts, where they are published: of a rate the
    denominator is the population. `code` is the area's nine-character code, "" for a mean of
    neighbours. `formula` shows the sum as `BesideValue.formula` does.
    """

    code: str
    name: str
    value: Fraction
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    formula: str = ""


@dataclass(frozen=True, slots=True)
class BesideValue:
    """One of the page's comparators: key is sn, eng or region. `formula` shows the sum with its
    numbers: "642,980 referrals in the year / 12 months / 152 councils". `edition` is as a
    page says it, `full_edition` as the list of loaded files has it."""

    key: str
    name: str
    value: Fraction
    year: str
    edition: str
    source: str
    formula: str
    full_edition: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """Ten years of one area. `key` is own, sn, eng or region; `points` are (year, value), the year
    being that of 31 March; a year without a value is left out."""

    key: str
    name: str
    points: tuple[tuple[int, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """All that is published beside one indicator, in one year.

    `measure` names the published measure in words; `how` is one of `count`, `stock`, `rate`,
    `stock-rate`, `percentage`, `complement` (see catalogue/published_measures). `differs` says what
    the published measure counts otherwise, "" where nothing is known. `councils` are England's, in
    order of name; `own` is the council's own published figure, None for a council that stands in no
    table. `rank` 1 is the best by the preferred direction (the highest where there is none) among
    `of`; `quartile` A is the best quarter, D the worst, None without a preferred direction. Both
    are those of `own`. A count or a stock depends on a council's size: its rank is by size, and it
    has no quartile. `statuses` say of own, sn, eng and region whether there is a value, and if not,
    why (see absent.py).
    """

    ref: str
    measure: str
    how: str
    year: int
    period: str
    edition: str
    source: str
    values: tuple[BesideValue, ...]
    councils: tuple[PublishedFigure, ...] = ()
    neighbours: tuple[str, ...] = ()
    own: PublishedFigure | None = None
    rank: int | None = None
    of: int = 0
    quartile: str | None = None
    trends: tuple[Trend, ...] = ()
    differs: str = ""
    statuses: tuple[tuple[str, str], ...] = ()

    @property
    def rank_by(self) -> str:
        """`size` for a number of children or events, else `value`."""
        return "size" if self.how in ("count", "stock") else "value"

    def status(self, key: str) -> str:
        """`value`, or why there is none; "" where nothing is known of the key."""
        return dict(self.statuses).get(key, "")

    def value(self, key: str) -> BesideValue | None:
        return next((item for item in self.values if item.key == key), None)
