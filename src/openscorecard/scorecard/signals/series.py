"""A row as a series of points: what is judged, and how its limits are drawn in printed units."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from dataclasses import dataclass
from fractions import Fraction

from openscorecard.catalogue.indicator import Frequency, Indicator, Kind
from openscorecard.periods import Month, months_to
from openscorecard.scorecard.page import Figure, FigureStatus, Row
from openscorecard.scorecard.signals.method import Basis, Method
from openscorecard.scorecard.signals.settings import SignalSettings
from openscorecard.statistics.control import ChartKind
from openscorecard.units import Unit
from openscorecard.working_days import working_days_between

NAN = math.nan
OF_PARTS = {
    Kind.RATIO: ChartKind.PPRIME,
    Kind.AS_OF: ChartKind.PPRIME,
    Kind.RATE: ChartKind.UPRIME,
}
PER = {Unit.PERCENT: 100, Unit.PER_10000: 10_000, Unit.PER_100000: 100_000}


@dataclass(frozen=True, slots=True)
class Series:
    """One row's points, oldest first; `months` are quarters' last ones where it is quarterly.

    `values` are what the chart is given (events, of a P' or U' chart, with `sizes` their
    denominators), NaN in a gap. A limit is drawn at `offset + scale * limit`. `groups` numbers the
    stretches between new baselines; `reasons` says why each began. `days` are the working days of
    each month, where they matter. `parts_hidden`: a percentage or rate is not judged by its own
    numbers because some of these are hidden from the public.
    """

    row: Row
    method: Method
    chart: ChartKind
    months: tuple[Month, ...]
    figures: tuple[Figure | None, ...]
    values: tuple[float, ...]
    sizes: tuple[float, ...] | None
    scale: tuple[float, ...]
    offset: tuple[float, ...]
    groups: tuple[int, ...]
    reasons: tuple[str, ...]
    days: tuple[int, ...] = ()
    parts_hidden: bool = False

    @property
    def shown(self) -> tuple[float, ...]:
        """The figures as printed, in floats; NaN in a gap."""
        return tuple(_float(None if one is None else one.value) for one in self.figures)

    @property
    def same_shape(self) -> tuple[ChartKind, tuple[Month, ...], tuple[int, ...]]:
        """Series with the same are worked on together."""
        return (self.chart, self.months, self.groups)


def series_of(
    row: Row,
    method: Method,
    month: Month,
    most: int,
    settings: SignalSettings,
    hidden: Set[tuple[str, Month]] = frozenset(),
) -> Series:
    """The series of one row over the `most` months to `month`; `hidden` are the refs and months
    that the public does not see."""
    indicator = row.indicator
    held = {figure.month: figure for figure in row.on_record}
    months = months_to(month, most)
    if indicator.frequency is Frequency.QUARTERLY:
        months = tuple(one for one in months if one.number % 3 == 0)
    figures = tuple(held.get(one) for one in months)
    shown = tuple(_float(None if one is None else one.value) for one in figures)
    groups, reasons = _groups(indicator, months, settings)
    zeros, ones = (0.0,) * len(months), (1.0,) * len(months)

    def of(chart: ChartKind, values: tuple[float, ...], sizes: tuple[float, ...] | None = None,
           scale: tuple[float, ...] = ones, offset: tuple[float, ...] = zeros,
           days: tuple[int, ...] = (), parts_hidden: bool = False) -> Series:  # fmt: skip
        return Series(row, method, chart, months, figures, values, sizes, scale, offset, groups,
                      reasons, days, parts_hidden)  # fmt: skip

    if method.basis is Basis.CHANGE:
        before = (NAN, *shown[:-1])
        exact = tuple(None if one is None else one.value for one in figures)
        return of(ChartKind.XMR, _changes(exact, groups), offset=before)
    if method.basis is Basis.PER_WORKING_DAY:
        days = tuple(working_days(one) for one in months)
        daily = tuple(value / by for value, by in zip(shown, days, strict=True))
        return of(ChartKind.XMR, daily, scale=tuple(map(float, days)), days=days)
    kind = None if indicator.unit is Unit.COUNT else OF_PARTS.get(indicator.kind)
    if kind is not None and _has_parts(indicator, figures):
        tops = tuple(_float(None if one is None else one.numerator) for one in figures)
        sizes = tuple(_float(None if one is None else one.denominator) for one in figures)
        return of(kind, tops, sizes, scale=(float(PER[indicator.unit]),) * len(months))
    lacking = kind is not None and _parts_hidden(indicator, figures, hidden)
    return of(ChartKind.XMR, shown, parts_hidden=lacking)


def working_days(month: Month) -> int:
    """The working days of a month.

    >>> working_days(Month(2021, 5)), working_days(Month(2021, 6))
    (19, 22)
    """
    return working_days_between(month.plus(-1).last_day, month.last_day)


def _changes(exact: Sequence[Fraction | None], groups: Sequence[int]) -> tuple[float, ...]:
    """The moves from point to point; none beside a gap, and none across a new baseline. Taken
    exactly: two equal moves of a rate have to be equal, or a trend is seen where there is none."""
    found = [NAN]
    for at in range(1, len(exact)):
        now, before = exact[at], exact[at - 1]
        if now is None or before is None or groups[at] != groups[at - 1]:
            found.append(NAN)
        else:
            found.append(float(now - before))
    return tuple(found)


def _groups(
    indicator: Indicator, months: Sequence[Month], settings: SignalSettings
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Where limits start anew, and why: a later definition, or a baseline that a person dated."""
    starts = {one.since: DEFINED_ANEW for one in indicator.definitions[1:]}
    starts |= {one.since: one.reason for one in settings.of(indicator.ref)}
    dated = sorted(starts)
    numbers = [sum(since <= month for since in dated) for month in months]
    used = sorted(set(numbers))
    reasons = tuple("" if number == 0 else starts[dated[number - 1]] for number in used)
    return tuple(used.index(number) for number in numbers), reasons


DEFINED_ANEW = "the definition changed"


def _has_parts(indicator: Indicator, figures: Sequence[Figure | None]) -> bool:
    """Whether every figure stands with a numerator and denominator that give it."""
    per = PER[indicator.unit]
    slack = Fraction(1, 10**indicator.decimals)
    seen = [one for one in figures if one is not None and one.value is not None]
    for one in seen:
        if one.value is None or one.numerator is None or not one.denominator:
            return False
        if one.denominator < 0 or one.numerator < 0:
            return False
        if indicator.unit is Unit.PERCENT and one.numerator > one.denominator:
            return False
        if abs(one.numerator * per / one.denominator - one.value) > slack:
            return False  # released as something else than its parts give
    return bool(seen)


def _parts_hidden(
    indicator: Indicator, figures: Sequence[Figure | None], hidden: Set[tuple[str, Month]]
) -> bool:
    """Whether a figure in sight lacks its numbers in a month in which one of them is hidden."""
    parts = (indicator.numerator, indicator.denominator)
    return any(
        (part, one.month) in hidden
        for one in figures
        if one is not None and one.value is not None and one.numerator is None
        for part in parts
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """How many a figure counts in a month on the mean; of a percentage, the smaller of those that
    it counts and the rest, for the chart of the one is that of the other upside down."""

    least: float
    of_the_rest: bool


def mean_counted(series: Series, points: Sequence[int]) -> Counted | None:
    """Over these points; None where the numbers are not at hand for half of them."""
    unit = series.row.indicator.unit
    tops: list[Fraction] = []
    rests: list[Fraction] = []
    for at in points:
        figure = series.figures[at]
        if figure is None or figure.value is None:
            continue
        top = figure.value if unit is Unit.COUNT else figure.numerator
        if top is None:
            continue
        tops.append(top)
        if unit is Unit.PERCENT and figure.denominator is not None:
            rests.append(figure.denominator - top)
    if not tops or 2 * len(tops) < len(points):
        return None
    mean = float(sum(tops) / len(tops))
    rest = float(sum(rests) / len(rests)) if rests else mean
    return Counted(min(mean, rest), of_the_rest=rest < mean)


def hidden_points(series: Series) -> int:
    """How many points are hidden from the public."""
    return sum(one is not None and one.status is FigureStatus.HIDDEN for one in series.figures)


def _float(number: Fraction | None) -> float:
    return NAN if number is None else float(number)
