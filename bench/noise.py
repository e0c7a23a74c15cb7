"""Series in which nothing changed, as a council's figures are made: for bench/false_alarms.py.

Each kind gives what is counted, (series, points), and the denominators where there are any. The
caller brings the random numbers, and so fixes the seed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from openscorecard.periods import Month, months_to
from openscorecard.scorecard.signals.method import Basis
from openscorecard.scorecard.signals.series import working_days
from openscorecard.statistics.control import ChartKind

Floats = NDArray[np.float64]
SETTLING = 100  # points that an autocorrelated series runs before it is looked at
AUGUST = 8
A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Counted:
    """`values` and `sizes` are (series, points), oldest first. Of percentages and rates the values
    are the numerators and the sizes the denominators."""

    values: Floats
    sizes: Floats | None = None


Make = Callable[[Generator, int, tuple[Month, ...]], Counted]  # how many series, which months


@dataclass(frozen=True, slots=True)
class Noise:
    """`little` marks a mean under 5, which is never called an improvement or a concern; `calendar`
    a series to which it matters in which month of the year the record ends."""

    name: str
    make: Make
    chart: ChartKind = ChartKind.XMR
    basis: Basis = Basis.LEVEL
    little: bool = False
    calendar: bool = False
    quarterly: bool = False


def count(mean: float) -> Make:
    def make(random: Generator, series: int, months: tuple[Month, ...]) -> Counted:
        return Counted(random.poisson(mean, (series, len(months))).astype(np.float64))

    return make


def front_door(mean: float) -> Make:
    """As many as the month has working days: 18 to 23 in these years."""

    def make(random: Generator, series: int, months: tuple[Month, ...]) -> Counted:
        days = days_of(months)
        counts = random.poisson(mean * days / days.mean(), (series, len(months)))
        return Counted(counts.astype(np.float64))

    return make


def percentage(denominator: float, share: float) -> Make:
    """How many met a test, of another number of children each month."""

    def make(random: Generator, series: int, months: tuple[Month, ...]) -> Counted:
        sizes = np.maximum(random.poisson(denominator, (series, len(months))), 1)
        met = random.binomial(sizes, share)
        return Counted(met.astype(np.float64), sizes.astype(np.float64))

    return make


def rate(mean: float, population: float = 50_000) -> Make:
    """Of a population that stands still."""

    def make(random: Generator, series: int, months: tuple[Month, ...]) -> Counted:
        counts = random.poisson(mean, (series, len(months)))
        return Counted(counts.astype(np.float64), np.full(counts.shape, population))

    return make


def autocorrelated(keeps: float) -> Make:
    """A stock around 350 that keeps so much of its last departure: AR(1), whole children."""

    def make(random: Generator, series: int, months: tuple[Month, ...]) -> Counted:
        pushes = random.normal(size=(series, len(months) + SETTLING))
        departures = np.zeros_like(pushes)
        for at in range(1, pushes.shape[1]):
            departures[:, at] = keeps * departures[:, at - 1] + pushes[:, at]
        return Counted(np.round(350 + 10 * departures[:, SETTLING:]))

    return make


def in_and_out(each: float) -> Make:
    """A stock that nothing holds: what joins less what leaves, summed. It wanders."""

    def make(random: Generator, series: int, months: tuple[Month, ...]) -> Counted:
        shape = (series, len(months))
        net = random.poisson(each, shape) - random.poisson(each, shape)
        return Counted(350.0 + np.cumsum(net, axis=1))

    return make


def seasonal(mean: float, swing: float, august: float) -> Make:
    """A yearly sine of `swing`, and an August lower by `august`."""

    def make(random: Generator, series: int, months: tuple[Month, ...]) -> Counted:
        of_year = np.array([month.number for month in months])
        shape = 1 + swing * np.sin(2 * np.pi * of_year / A_YEAR)
        shape = np.where(of_year == AUGUST, shape * (1 - august), shape)
        return Counted(random.poisson(mean * shape, (series, len(months))).astype(np.float64))

    return make


def rolling_year(mean: float) -> Make:
    """The mean of twelve months, worked out anew each month. The page refuses to judge it."""

    def make(random: Generator, series: int, months: tuple[Month, ...]) -> Counted:
        noise = random.poisson(mean, (series, len(months) + A_YEAR)).astype(np.float64)
        sums = np.cumsum(noise, axis=1)
        return Counted((sums[:, A_YEAR:] - sums[:, :-A_YEAR]) / A_YEAR)

    return make


STEADY = Noise("count, mean 100", count(100))
DEVIATION = 10  # one standard deviation of it
# Every kind of figure that the page has.
KINDS = (
    Noise("count, mean 2", count(2), little=True),
    Noise("count, mean 20", count(20)),
    STEADY,
    Noise(
        "front-door count, mean 100", front_door(100), basis=Basis.PER_WORKING_DAY, calendar=True
    ),
    Noise(
        "front-door count, mean 800", front_door(800), basis=Basis.PER_WORKING_DAY, calendar=True
    ),
    Noise("% of about 20, at 60%", percentage(20, 0.60), ChartKind.PPRIME),
    Noise("% of about 60, at 85%", percentage(60, 0.85), ChartKind.PPRIME),
    Noise("% of about 300, at 95%", percentage(300, 0.95), ChartKind.PPRIME),
    Noise("rate, 60 children a month", rate(60), ChartKind.UPRIME),
    Noise("stock, AR(1) 0.6", autocorrelated(0.6), basis=Basis.CHANGE),
    Noise("stock, AR(1) 0.9", autocorrelated(0.9), basis=Basis.CHANGE),
    Noise("stock, 16 in and 16 out", in_and_out(16), basis=Basis.CHANGE),
    Noise("quarterly count, mean 20", count(20), quarterly=True),
    Noise("seasonal count, mean 100", seasonal(100, 0.15, 0.20), calendar=True),
    Noise("count, mean 100, quiet August", seasonal(100, 0.0, 0.20), calendar=True),
)


@cache
def days_of(months: tuple[Month, ...]) -> Floats:
    """Working days of each month."""
    return np.array([working_days(month) for month in months], dtype=np.float64)


def months_of(kind: Noise, last: Month, length: int) -> tuple[Month, ...]:
    """The months of a record of `length` months that have a figure."""
    months = months_to(last, length)
    return tuple(one for one in months if one.number % 3 == 0) if kind.quarterly else months
