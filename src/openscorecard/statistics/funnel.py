"""Funnel limits: how far from a common value chance alone takes a council of a given size.

Between the 95% limits lies what chance often does; beyond the 99.8% limits what it hardly does
(two and three standard deviations; Spiegelhalter 2005). Sizes and values may be arrays, to draw a
funnel at once. Proportions and rates are per one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from openscorecard.statistics.control import Floats
from openscorecard.statistics.incomplete_gamma import crossing, lower
from openscorecard.statistics.intervals import SMALL, as_share, normal_quantile

CONFIDENCES = (0.95, 0.998)


class FunnelKind(StrEnum):
    """PROPORTION: so many of so many. RATE: events by a population."""

    PROPORTION = "proportion"
    RATE = "rate"


@dataclass(frozen=True, slots=True, eq=False)
class Funnel:
    """The limits of the shape of the sizes, per one."""

    lower_95: Floats
    upper_95: Floats
    lower_998: Floats
    upper_998: Floats


def funnel(kind: FunnelKind, around: float, sizes: ArrayLike) -> Funnel:
    """The 95% and 99.8% limits around the value `around` at each size; see `proportion_limits`
    and `rate_limits`."""
    limits = proportion_limits if kind is FunnelKind.PROPORTION else rate_limits
    pairs = [limits(around, sizes, confidence) for confidence in CONFIDENCES]
    (low_95, high_95), (low_998, high_998) = pairs
    return Funnel(low_95, high_95, low_998, high_998)


def place(kind: FunnelKind, values: ArrayLike, around: float, sizes: ArrayLike) -> NDArray[np.int8]:
    """Where each value lies: 0 within the 95% limits or on them, -1 or 1 beyond them, -2 or 2
    beyond the 99.8% limits; 0 too where there is no value or no size."""
    limits = funnel(kind, around, sizes)
    shown = np.asarray(values, dtype=np.float64)
    above = (shown > limits.upper_95).astype(np.int8) + (shown > limits.upper_998)
    below = (shown < limits.lower_95).astype(np.int8) + (shown < limits.lower_998)
    found: NDArray[np.int8] = (above - below).astype(np.int8)
    return found


def proportion_limits(around: float, sizes: ArrayLike, confidence: float) -> tuple[Floats, Floats]:
    """p -/+ z sqrt(p(1-p)/n), within 0 to 1: the score test of a proportion, so that a council lies
    outside exactly where its Wilson interval (1927) leaves the common value out. NaN for no size.
    """
    if not 0 <= around <= 1:
        raise ValueError(f"a proportion lies between 0 and 1, not at {around}")
    by = _sizes(sizes)
    reach = normal_quantile(confidence) * np.sqrt(around * (1 - around) / by)
    return np.clip(around - reach, 0.0, 1.0), np.clip(around + reach, 0.0, 1.0)


def rate_limits(around: float, sizes: ArrayLike, confidence: float) -> tuple[Floats, Floats]:
    """The rates of the counts whose Poisson interval (exact under 10, Byar's from 10, as in
    PHEindicatormethods) only just holds the count expected at that size. The lower limit is 0 where
    even no event at all would not be unusual. NaN for no size.
    """
    if around < 0:
        raise ValueError(f"a rate is not below 0: {around}")
    by = _sizes(sizes)
    expected = around * by
    z = normal_quantile(confidence)
    tail = (1 - as_share(confidence)) / 2
    high, low = _byar_counts(expected, z)
    with np.errstate(invalid="ignore"):
        for number in np.unique(expected[(high < SMALL) | (low < SMALL)]):
            same = expected == number
            if (high[same] < SMALL).any():
                high[same] = _exact_high(float(number), tail)
            if (low[same] < SMALL).any():
                low[same] = _exact_low(float(number), tail)
    return low / by, high / by


def _byar_counts(expected: Floats, z: float) -> tuple[Floats, Floats]:
    """The counts whose Byar limits are the expected count: above it (its lower limit), below it
    (its upper limit). Both solved by halving, all sizes at once; a limit's cube root rises with
    the sixth root t of the count: t^2 - z/(3t) - 1/(9t^4), and with z the other way round.
    """
    root = np.cbrt(expected)
    found = []
    for turn in (z, -z):
        low = np.full_like(root, 1e-3)
        high = np.sqrt(root + 2 * z + 3)
        for _ in range(64):
            middle = (low + high) / 2
            under = middle**2 - turn / (3 * middle) - 1 / (9 * middle**4) < root
            low, high = np.where(under, middle, low), np.where(under, high, middle)
        found.append(np.where(np.isnan(root), np.nan, high**6))
    return found[0], found[1] - 1  # Byar's upper limit of x is a matter of x + 1


def _exact_high(expected: float, tail: float) -> float:
    """The count, at most 10, under whose exact lower limit the expected count lies."""
    if expected == 0:
        return 0.0
    if lower(SMALL, expected) > tail:
        return float(SMALL)  # between the two methods, which meet there but for a little
    return crossing(lambda count: tail - lower(count, expected), 1e-12, SMALL)


def _exact_low(expected: float, tail: float) -> float:
    """The count, at most 10, over whose exact upper limit the expected count lies; 0 for none."""
    if expected == 0 or lower(1, expected) < 1 - tail:
        return 0.0
    if lower(SMALL + 1, expected) > 1 - tail:
        return float(SMALL)
    return crossing(lambda count: 1 - tail - lower(count + 1, expected), 0.0, SMALL)


def _sizes(sizes: ArrayLike) -> Floats:
    by = np.atleast_1d(np.asarray(sizes, dtype=np.float64))
    found: Floats = np.where(by > 0, by, np.nan)
    return found
