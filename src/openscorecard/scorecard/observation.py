"""What the page is made from: observations, and the derived cells of pages released before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from openscorecard.catalogue.indicator import Catalogue, Indicator
from openscorecard.comparators.beside import Beside
from openscorecard.periods import Month
from openscorecard.scorecard.page import FigureStatus, Vintage
from openscorecard.statistics.ranges import Range
from openscorecard.units import Arrow, Unit

FILE_SLACK = Fraction(1, 10**6)
NOTHING = "there was nobody to take a percentage of"


@dataclass(frozen=True, slots=True)
class Observation:
    """One indicator in one month, as computed or as released.

    `value` is in printed units. `decimals` is None for an unrounded value; a number says that
    `value` is what was printed with so many decimals, and that the figure behind it lies in the
    range of those digits. `digits` is how many decimals to print, where not the indicator's own.
    `released_before` is the figure of an earlier release, where this one differs; `filled` says
    that an earlier release left it blank. `order` is the place of its load among all loads.
    """

    ref: str
    month: Month
    status: FigureStatus
    value: Fraction | None = None
    decimals: int | None = None
    digits: int | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    vintage: Vintage = Vintage.RELEASED
    load: str | None = None
    order: int = 0
    released_before: Fraction | None = None
    filled: bool = False
    note: str = ""

    @property
    def range(self) -> Range | None:
        """All values that this observation may stand for; None where there is no figure."""
        if self.value is None:
            return None
        if self.decimals is None:
            return Range.exactly(self.value)
        return Range.of_printed(self.value, self.decimals)


@dataclass(frozen=True, slots=True)
class ReleasedCell:
    """A derived cell or comparator of a page released before.

    `column` is change_month, change_year, average_12m, maximum_12m, sn, eng or region; `month` the
    page's report month; `status` as the reader gave it (value, blank, dash, not-available, local).
    """

    ref: str
    month: Month
    column: str
    raw: str
    status: str
    number: Fraction | None = None
    decimals: int = 0
    arrow: Arrow | None = None
    load: str | None = None
    order: int = 0

    def outdated_by(self, seen: Observation | None) -> bool:
        """Whether a figure that this cell may rest on was put otherwise by a later load."""
        if seen is None or seen.order <= self.order:
            return False
        return seen.filled or seen.released_before is not None


@dataclass(frozen=True, slots=True)
class StatedComparator:
    """A comparator that the council states, with where it comes from.

    `column` is sn, eng or region; `number` is None where no comparable measure exists. `year` is
    the period that it speaks of, `edition` the publication, `formula` how it was made.
    """

    ref: str
    column: str
    number: Fraction | None
    decimals: int = 0
    year: str = ""
    edition: str = ""
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Observations:
    """All observations by ref and month, the released derived cells by ref, month, column, and the
    stated comparators by ref, column; `beside` is what is published beside each ref."""

    figures: dict[tuple[str, Month], Observation] = field(default_factory=dict)
    cells: dict[tuple[str, Month, str], ReleasedCell] = field(default_factory=dict)
    stated: dict[tuple[str, str], StatedComparator] = field(default_factory=dict)
    beside: Mapping[str, Beside] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        figures: Iterable[Observation],
        cells: Iterable[ReleasedCell] = (),
        stated: Iterable[StatedComparator] = (),
    ) -> Observations:
        return cls(
            {(item.ref, item.month): item for item in figures},
            {(item.ref, item.month, item.column): item for item in cells},
            {(item.ref, item.column): item for item in stated},
        )

    def at(self, ref: str, month: Month) -> Observation | None:
        return self.figures.get((ref, month))

    def cell(self, ref: str, month: Month, column: str) -> ReleasedCell | None:
        return self.cells.get((ref, month, column))


def with_parts(
    observations: Observations, catalogue: Catalogue, population: Fraction | None
) -> Observations:
    """Rounded percentages and rates made exact from their own parts, where the parts agree.

    A page prints 16% beside 339 of 2,080: the figure is 16.298...%, and changes are worked out from
    that. A percentage that its parts contradict stays as released, with a note.
    """
    figures = dict(observations.figures)
    for key, seen in observations.figures.items():
        indicator = catalogue.get(seen.ref)
        if indicator is None:
            continue
        if _of_nothing(seen, indicator, observations):
            figures[key] = replace(
                seen, status=FigureStatus.NOT_APPLICABLE, value=None, note=seen.note or NOTHING
            )
        elif seen.value is not None and seen.numerator is None:
            figures[key] = _exact(seen, indicator, observations, population)
    return replace(observations, figures=figures)


def _of_nothing(seen: Observation, indicator: Indicator, observations: Observations) -> bool:
    """A share of a count that is 0 in that month: no percentage exists, whatever was printed."""
    whole = observations.at(indicator.denominator or "", seen.month)
    return indicator.unit is Unit.PERCENT and whole is not None and whole.value == 0


def _exact(
    seen: Observation, indicator: Indicator, observations: Observations, population: Fraction | None
) -> Observation:
    top, bottom = _parts(seen, indicator, observations, population)
    if top is None or not bottom:
        return seen
    per = {Unit.PERCENT: 100, Unit.PER_10000: 10_000, Unit.PER_100000: 100_000}[indicator.unit]
    exact = top * per / bottom
    allowed = seen.range
    assert allowed is not None
    if seen.decimals is None:  # a file keeps twelve digits of a fraction that has no end
        allowed = Range(allowed.low - FILE_SLACK, allowed.high + FILE_SLACK)
    if allowed.holds(exact):
        return replace(
            seen,
            value=exact,
            decimals=None,
            digits=seen.digits if seen.decimals is None else seen.decimals,
            numerator=top,
            denominator=bottom,
        )
    return replace(seen, numerator=top, denominator=bottom if indicator.denominator else None)


def _parts(
    seen: Observation, indicator: Indicator, observations: Observations, population: Fraction | None
) -> tuple[Fraction | None, Fraction | None]:
    """Numerator and denominator from the indicators that stand for them, or from the population."""
    if indicator.numerator is None or indicator.unit is Unit.COUNT:
        return None, None
    top = observations.at(indicator.numerator, seen.month)
    if indicator.unit.is_rate:
        bottom = population
    else:
        whole = observations.at(indicator.denominator or "", seen.month)
        bottom = whole.value if whole else None
    return (top.value if top else None), bottom
