"""How far chance alone may have moved a proportion, a count or a rate.

The methods are those of England's public health statistics (PHEindicatormethods, Fingertips):
Wilson for proportions; for counts and rates exact Poisson limits under 10, Byar's from 10. All
take arrays or single numbers and give arrays; NaN gives NaN. Fractions and rates are per one.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from openscorecard.statistics.control import Floats
from openscorecard.statistics.incomplete_gamma import quantile

SMALL = 10  # counts from here on have Byar's limits


@dataclass(frozen=True, slots=True, eq=False)
class Interval:
    """Both ends, of the shape of what they belong to; NaN where there is none."""

    lower: Floats
    upper: Floats


def as_share(confidence: float) -> float:
    """Confidence as a fraction: 0.9 up to 1, or 90 up to 100 (PHEindicatormethods' convention).

    >>> as_share(0.998), as_share(95)
    (0.998, 0.95)
    """
    share = confidence / 100 if 90 <= confidence < 100 else confidence
    if not 0.9 <= share < 1:
        raise ValueError(f"confidence must be from 0.9 or 90, below 1 or 100, not {confidence}")
    return share


def normal_quantile(confidence: float) -> float:
    """How many standard deviations hold so much of a normal distribution: 1.96 for 95%."""
    share = as_share(confidence)
    return NormalDist().inv_cdf(share + (1 - share) / 2)


def wilson(count: ArrayLike, size: ArrayLike, confidence: float = 0.95) -> Interval:
    """The score interval of a proportion `count` of `size` (Wilson 1927), within 0 to 1.

    The proportions p for which the observed one lies within z sqrt(p(1-p)/n). Counts need not be
    whole. NaN where the size is not above 0.
    """
    z = normal_quantile(confidence)
    events, by = _pair(count, size)
    if (events > by).any() or (events < 0).any():
        raise ValueError("a proportion counts no more than its size, and no less than 0")
    with np.errstate(divide="ignore", invalid="ignore"):
        by = np.where(by > 0, by, np.nan)
        reach = z * np.sqrt(z**2 + 4 * events * (1 - events / by))
        lower = (2 * events + z**2 - reach) / (2 * (by + z**2))
        upper = (2 * events + z**2 + reach) / (2 * (by + z**2))
    return Interval(np.clip(lower, 0.0, 1.0), np.clip(upper, 0.0, 1.0))


def byar(count: ArrayLike, confidence: float = 0.95) -> Interval:
    """Byar's approximation to the exact limits of a Poisson count (Breslow & Day 1987).

    No lower end (NaN) where the approximation falls below 0, and for a count of 0.
    """
    z = normal_quantile(confidence)
    events = _counts(count)
    with np.errstate(divide="ignore", invalid="ignore"):
        lower = events * (1 - 1 / (9 * events) - z / (3 * np.sqrt(events))) ** 3
        more = events + 1
        upper = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
        return Interval(np.where(lower >= 0, lower, np.nan), upper)


def exact_poisson(count: ArrayLike, confidence: float = 0.95) -> Interval:
    """The exact limits of a Poisson count: the means under which so many events or more, and so
    many or fewer, have half the remaining chance each (Garwood 1936; the chi-square form, which
    also serves counts that are not whole). The lower end of 0 is 0.
    """
    tail = (1 - as_share(confidence)) / 2
    events = _counts(count)
    lower, upper = np.full_like(events, np.nan), np.full_like(events, np.nan)
    for number in np.unique(events[~np.isnan(events)]):
        same = events == number
        lower[same] = quantile(float(number), tail) if number > 0 else 0.0
        upper[same] = quantile(float(number) + 1, 1 - tail)
    return Interval(lower, upper)


def poisson_interval(count: ArrayLike, confidence: float = 0.95) -> Interval:
    """The limits of a count as PHEindicatormethods takes them: exact under 10, Byar's from 10."""
    events = _counts(count)
    small = exact_poisson(np.where(events < SMALL, events, np.nan), confidence)
    large = byar(events, confidence)
    return Interval(
        np.where(events < SMALL, small.lower, large.lower),
        np.where(events < SMALL, small.upper, large.upper),
    )


def rate_interval(count: ArrayLike, size: ArrayLike, confidence: float = 0.95) -> Interval:
    """The limits of a rate per one: those of its count by its size (PHEindicatormethods)."""
    events, by = _pair(count, size)
    of_count = poisson_interval(events, confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        by = np.where(by > 0, by, np.nan)
        return Interval(of_count.lower / by, of_count.upper / by)


def _counts(count: ArrayLike) -> Floats:
    events: Floats = np.array(count, dtype=np.float64)
    if (events < 0).any():
        raise ValueError("a count is not below 0")
    return events


def _pair(count: ArrayLike, size: ArrayLike) -> tuple[Floats, Floats]:
    events, by = np.broadcast_arrays(
        np.asarray(count, dtype=np.float64), np.asarray(size, dtype=np.float64)
    )
    return events, by
