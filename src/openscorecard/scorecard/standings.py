"""Where the council stands against England, its neighbours and its region, chance allowed for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from openscorecard.catalogue.indicator import Direction, Frequency, Indicator
from openscorecard.comparators.beside import Beside
from openscorecard.periods import Month
from openscorecard.scorecard.families import YEAR, is_snapshot, year_of
from openscorecard.scorecard.matter import Standing
from openscorecard.scorecard.page import Comparator, Figure, FigureStatus, Row
from openscorecard.scorecard.spread import MONTHS, Spread, spread
from openscorecard.scorecard.verdict import Signal
from openscorecard.scorecard.wording import figure_text
from openscorecard.statistics.ranges import HALF, Range, printed
from openscorecard.units import Unit

AGAINST = ("eng", "sn", "region")
LEAST_MONTHS = 6
ABOVE, BELOW, WITHIN = "above", "below", "within"

_PER = {Unit.PERCENT: 100, Unit.PER_10000: 10_000, Unit.PER_100000: 100_000}


@dataclass(frozen=True, slots=True)
class Year:
    """Our side. `size` is what chance is reckoned for: of a rate over months, the population times
    the months. `denominator` is the population itself."""

    value: Fraction
    numerator: Fraction
    denominator: Fraction
    size: Fraction
    period: str
    snapshot: bool


@dataclass(frozen=True, slots=True)
class Theirs:
    """Their side. `allowed` are the values that its digits may stand for; `alike` is
    False where something is counted otherwise there."""

    key: str
    name: str
    value: Fraction
    allowed: Range
    year: str
    alike: bool = True


def standings(
    row: Row,
    beside: Beside | None,
    month: Month,
    *,
    snapshot: bool | None = None,
    doubted: frozenset[str] | None = frozenset(),
    neutral: bool = False,
) -> tuple[Standing, ...]:
    """The council's own twelve months against each published value of the same kind.

    Percentages and rates only: counts depend on a council's size. Numerators and denominators are
    summed, never percentages averaged. What is published goes before what the council states.
    `snapshot` says that the figure speaks of the month's last day: that day's own numerator and
    denominator then stand; None leaves it to the row's kind and to what is published. `doubted` are
    stated comparators (eng, sn, region) that a finding speaks against: they do not stand. None
    doubts them all. `neutral`: neither better nor worse, as for a part of a composition.
    """
    if snapshot is None:
        snapshot = _snapshot(row.indicator, beside)
    ours = None if snapshot is None else year(row, month, snapshot)
    if ours is None:
        return ()
    return tuple(
        _standing(row.indicator, ours, theirs, neutral, beside)
        for theirs in _published(row, beside, ours.snapshot, doubted)
    )


def _snapshot(indicator: Indicator, beside: Beside | None) -> bool | None:
    if beside is not None and beside.how in ("rate", "stock-rate"):
        return beside.how == "stock-rate"
    return is_snapshot(indicator, {})


def year(row: Row, month: Month, snapshot: bool) -> Year | None:
    """Our figure over the twelve months to `month`, or on its last day; None where the page does
    not carry it. A year in which one month is hidden has none: the rest would give it back."""
    if row.indicator.unit not in _PER or row.indicator.frequency is not Frequency.MONTHLY:
        return None
    figures = year_of(row, month)
    hidden = any(one is not None and one.status is FigureStatus.HIDDEN for one in figures)
    if hidden or row.average_12m.value is None:
        return None
    if snapshot:
        whole = [one for one in figures[-1:] if one is not None and _adds_up(row.indicator, one)]
        return None if not whole else _sum(row.indicator, whole, _day(month), True)
    whole = [one for one in figures if one is not None and _adds_up(row.indicator, one)]
    nobody = sum(one is not None and one.status is FigureStatus.NOT_APPLICABLE for one in figures)
    if len(whole) < LEAST_MONTHS:
        return None
    months = f"{YEAR} months" if len(whole) + nobody == YEAR else f"{len(whole)} of the 12 months"
    return _sum(row.indicator, whole, f"{months} to {month.long}", False)


def _adds_up(indicator: Indicator, figure: Figure) -> bool:
    """Whether its parts are known and give what is printed: a released percentage that its own
    parts contradict settles nothing."""
    if figure.value is None or figure.numerator is None or not figure.denominator:
        return False
    text = figure.printed.removesuffix(" [r]").removesuffix(indicator.unit.suffix)
    decimals = len(text.partition(".")[2])
    by_parts = figure.numerator * _PER[indicator.unit] / figure.denominator
    return Range.of_printed(figure.value, decimals).holds(by_parts)


def _sum(indicator: Indicator, whole: list[Figure], period: str, snapshot: bool) -> Year:
    numerator = sum((one.numerator or Fraction(0) for one in whole), Fraction(0))
    size = sum((one.denominator or Fraction(0) for one in whole), Fraction(0))
    people = size / len(whole) if indicator.unit.is_rate else size
    value = numerator * _PER[indicator.unit] / size
    return Year(value, numerator, people, size, period, snapshot)


def _day(month: Month) -> str:
    return f"{month.last_day.day} {month.long}"


def _published(
    row: Row, beside: Beside | None, snapshot: bool, doubted: frozenset[str] | None
) -> Iterator[Theirs]:
    if beside is not None and not _same_kind(row.indicator.unit, beside.how, snapshot):
        return
    stated = {one.key: one for one in row.comparators}
    for key in AGAINST:
        published = None if beside is None else beside.value(key)
        if beside is not None and published is not None:
            value = published.value
            allowed = _as_published(value, beside.how)
            alike = not beside.differs
            yield Theirs(key, published.name, value, allowed, published.year, alike)
            continue
        one = stated.get(key)
        if one is None or doubted is None or key in doubted:
            continue
        if _can_stand(one, row.indicator.unit, snapshot):
            yield _stated(one)


def _as_published(value: Fraction, how: str) -> Range:
    """All that the published digits may stand for: 11% may be 11.49%. A rate for a month is a
    twelfth of the year's, and its digits are the year's."""
    parts = MONTHS if how == "rate" else 1
    whole = (value * parts).denominator == 1
    slack = HALF / (1 if whole else 10) / parts
    return Range(value - slack, value + slack)


def _same_kind(unit: Unit, how: str, snapshot: bool) -> bool:
    if unit is Unit.PERCENT:
        return how in ("percentage", "complement")
    return how == ("stock-rate" if snapshot else "rate")


def _can_stand(one: Comparator, unit: Unit, snapshot: bool) -> bool:
    """A stated value without a year cannot be looked up by anybody. Its formula tells its kind: a
    year's rate is divided by 12 for a month's, a percentage or a rate on a day never."""
    if one.status != "value" or one.value is None or not one.year:
        return False
    a_month = "/ 12" in one.formula
    return a_month == (unit.is_rate and not snapshot)


def _stated(one: Comparator) -> Theirs:
    """A value of which only the digits are known: whatever they may stand for is allowed for."""
    assert one.value is not None
    decimals = len(one.printed.removesuffix("%").partition(".")[2])
    return Theirs(one.key, one.name, one.value, Range.of_printed(one.value, decimals), one.year)


def _standing(
    indicator: Indicator, ours: Year, theirs: Theirs, neutral: bool, beside: Beside | None
) -> Standing:
    low_95, high_95 = _limits(theirs.allowed, ours.size, indicator.unit, 0.95)
    low_998, high_998 = _limits(theirs.allowed, ours.size, indicator.unit, 0.998)
    at = float(ours.value)
    place = ABOVE if at > high_998 else BELOW if at < low_998 else WITHIN
    digits = _digits(indicator, ours.value, theirs.value, place)
    found = Standing(
        against=theirs.key,
        name=theirs.name,
        ours=ours.value,
        ours_printed=figure_text(ours.value, indicator.unit, digits),
        theirs=theirs.value,
        theirs_printed=figure_text(theirs.value, indicator.unit, digits),
        period=ours.period,
        is_day=ours.snapshot,
        numerator=ours.numerator,
        denominator=ours.denominator,
        low_95=low_95,
        high_95=high_95,
        low_998=low_998,
        high_998=high_998,
        place=place,
        signal=_signal(indicator.preferred_direction, place, neutral),
        sentence="",
    )
    around = None
    if beside is not None and theirs.key == "eng":
        around = spread(indicator.unit, beside, ours.value, above=place == ABOVE)
    short = _short(found, theirs, around)
    sentence = f"{_ours(indicator.unit, ours, found)}; {short}"
    known = (0, 0) if around is None else (around.councils, around.apart)
    return replace(found, sentence=sentence, short=short, councils=known[0], apart=known[1])


def _limits(around: Range, size: Fraction, unit: Unit, confidence: float) -> tuple[float, float]:
    """Where a council of this size lies by chance, in the unit of the page: below the lowest value
    that theirs may stand for, and above the highest."""
    from openscorecard.statistics.funnel import proportion_limits, rate_limits

    limits = proportion_limits if unit is Unit.PERCENT else rate_limits
    most = 1.0 if unit is Unit.PERCENT else float(around.high / _PER[unit])
    ends = [min(max(float(end / _PER[unit]), 0.0), most) for end in (around.low, around.high)]
    low, high = limits(ends[0], [float(size)], confidence)
    if ends[1] != ends[0]:
        high = limits(ends[1], [float(size)], confidence)[1]
    return float(low[0]) * _PER[unit], float(high[0]) * _PER[unit]


def _signal(direction: Direction, place: str, neutral: bool) -> Signal:
    if place == WITHIN:
        return Signal.NONE
    if neutral or direction is Direction.NONE:
        return Signal.NEUTRAL
    better = (place == ABOVE) == (direction is Direction.UP)
    return Signal.IMPROVEMENT if better else Signal.CONCERN


def _digits(indicator: Indicator, ours: Fraction, theirs: Fraction, place: str) -> int:
    """As many decimals as the page prints; more where the two would else look alike and are not."""
    for digits in range(indicator.decimals, indicator.decimals + 2):
        if place == WITHIN or printed(ours, digits) != printed(theirs, digits):
            return digits
    return indicator.decimals + 2


def _ours(unit: Unit, ours: Year, one: Standing) -> str:
    """`61% over the 12 months to June 2021 (334 of 548)`."""
    when = f"on {ours.period}" if ours.snapshot else f"over the {ours.period}"
    number, people = printed(ours.numerator), printed(ours.denominator)
    if unit is Unit.PERCENT:
        return f"{one.ours_printed} {when} ({number} of {people})"
    per = f" per {_PER[unit]:,}" + ("" if ours.snapshot else " a month")
    return f"{one.ours_printed}{per} {when} ({number} in a population of {people})"


def _short(one: Standing, theirs: Theirs, around: Spread | None) -> str:
    """`England 78% (year ended March 2020): lower than chance explains, and than in 121 of 137
    councils.` Where something is counted otherwise there, it says so; `Beside` has what."""
    than = ""
    if around is not None and one.place != WITHIN:
        than = f", and than in {around.passed} of {around.of} councils"
    unlike = "" if theirs.alike else " (counted somewhat otherwise there)"
    return f"{one.name} {one.theirs_printed} ({theirs.year}): {_how_far(one)}{than}{unlike}."


def _how_far(one: Standing) -> str:
    at = float(one.ours)
    word = "higher" if at > float(one.theirs) else "lower"
    if one.place != WITHIN:
        return f"{word} than chance explains"
    if at > one.high_95 or at < one.low_95:
        return f"{word}, though chance can explain it"
    return "no further apart than chance explains"
