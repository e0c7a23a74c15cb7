"""Where a value lies on a drawing: scales, axes with round numbers, and unbroken runs of months."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from openscorecard.catalogue.indicator import Frequency
from openscorecard.periods import Month
from openscorecard.scorecard.page import Figure, Row


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps `low`..`high` to `start`..`end` pixels; where all values are one, to the middle."""

    low: Fraction
    high: Fraction
    start: float
    end: float
    _from: float = field(init=False, repr=False, compare=False)  # `low`, for it is asked so often
    _span: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_from", float(self.low))
        object.__setattr__(self, "_span", float(self.high) - float(self.low))

    def at(self, value: Fraction) -> float:
        if self._span == 0:
            return (self.start + self.end) / 2
        share = (float(value) - self._from) / self._span
        return self.start + share * (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis from the first tick to the last."""

    ticks: tuple[Fraction, ...]

    @property
    def low(self) -> Fraction:
        return self.ticks[0]

    @property
    def high(self) -> Fraction:
        return self.ticks[-1]

    @property
    def from_zero(self) -> bool:
        return self.low == 0


def axis(
    values: list[Fraction], *, steps: int = 4, from_zero: bool = False, whole: bool = False
) -> Axis:
    """Round ticks that hold all values; `whole` where nothing lies between 1 and 2 (children).

    Starts at 0 unless that would press the values into the upper part of the chart: then it is
    for the caller to say that the scale does not start at 0.

    >>> [int(tick) for tick in axis([Fraction(13), Fraction(94)]).ticks]
    [0, 25, 50, 75, 100]
    """
    low, high = min(values), max(values)
    if low >= 0 and (from_zero or low * 5 <= high * 3):
        low = Fraction(0)
    span = high - low if high > low else max(abs(high), Fraction(1))
    least = span / (steps + Fraction(1, 2))  # half a step of air above the values is enough
    step = _round_step(max(least, Fraction(1)) if whole else least)
    first = (low // step) * step
    ticks = [first]
    while ticks[-1] < high or len(ticks) < 2:
        ticks.append(ticks[-1] + step)
    return Axis(tuple(ticks))


def _round_step(least: Fraction) -> Fraction:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that is not below `least`."""
    power = Fraction(1)
    while power > least:
        power /= 10
    while power * 10 <= least:
        power *= 10
    for factor in (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5), Fraction(10)):
        # Half a child is no tick: 2.5 is kept for steps of 25 and more.
        if power * factor >= least and not (factor.denominator == 2 and power < 10):
            return power * factor
    raise AssertionError("one of the factors reaches the next power of ten")


@dataclass(frozen=True, slots=True)
class Point:
    """A month that has a number, and its place among the months drawn."""

    index: int
    figure: Figure
    value: Fraction


def points(row: Row, months: tuple[Month, ...]) -> list[Point]:
    """The months of the row's history that have a number, oldest first."""
    place = {month: index for index, month in enumerate(months)}
    return [
        Point(place[figure.month], figure, figure.value)
        for figure in row.history
        if figure.value is not None and figure.month in place
    ]


def runs(row: Row, drawn: list[Point]) -> list[list[Point]]:
    """The points that a line may join: neighbouring months, or neighbouring quarters."""
    reach = 3 if row.indicator.frequency is Frequency.QUARTERLY else 1
    found: list[list[Point]] = []
    for point in drawn:
        if found and point.index - found[-1][-1].index <= reach:
            found[-1].append(point)
        else:
            found.append([point])
    return found
