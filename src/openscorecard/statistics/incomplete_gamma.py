"""The gamma distribution: what exact limits of Poisson counts are read from.

The chance that a Poisson count with mean m reaches x is P(x, m), the regularised lower incomplete
gamma function; for x that are no whole numbers it is what joins them smoothly.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

_TINY = 1e-300
_CLOSE = 1e-16


def lower(shape: float, at: float) -> float:
    """P(shape, at): by its power series below shape + 1, by Lentz's continued fraction of the rest
    above (Abramowitz & Stegun 6.5.29 and 6.5.31). `shape` above 0, `at` 0 or more.

    >>> round(lower(1, 1), 12)  # 1 - 1/e
    0.632120558829
    """
    if not (shape > 0 and at >= 0):
        raise ValueError(f"P({shape}, {at}) has no value")
    if at == 0:
        return 0.0
    if math.isinf(at):
        return 1.0
    scale = math.exp(shape * math.log(at) - at - math.lgamma(shape))
    if at < shape + 1:
        return scale * _series(shape, at)
    return 1.0 - scale * _fraction(shape, at)


def _series(shape: float, at: float) -> float:
    term = total = 1.0 / shape
    step = shape
    while term > total * _CLOSE:
        step += 1
        term *= at / step
        total += term
    return total


def _fraction(shape: float, at: float) -> float:
    below = at + 1 - shape
    upper, lower_ = 1 / _TINY, 1 / below
    value = lower_
    for turn in range(1, 100_000):
        factor = -turn * (turn - shape)
        below += 2
        lower_ = 1 / _not_zero(factor * lower_ + below)
        upper = _not_zero(below + factor / upper)
        value *= lower_ * upper
        if abs(lower_ * upper - 1) < _CLOSE * 10:
            return value
    raise ArithmeticError(f"Q({shape}, {at}) does not settle")


def _not_zero(number: float) -> float:
    return number if abs(number) > _TINY else _TINY


@lru_cache(maxsize=4096)
def quantile(shape: float, chance: float) -> float:
    """Where P(shape, .) reaches `chance`, 0 < chance < 1: half a chi-square quantile of twice the
    degrees of freedom.

    >>> round(quantile(1, 1 - math.exp(-2)), 10)
    2.0
    """
    if not 0 < chance < 1:
        raise ValueError(f"no quantile for a chance of {chance}")
    high = shape + 10 * math.sqrt(shape) + 10
    while lower(shape, high) < chance:
        high *= 2
    return crossing(lambda at: lower(shape, at) - chance, 0.0, high)


def crossing(above: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function passes 0 between `low` and `high`, by halving until floats end."""
    while True:
        middle = (low + high) / 2
        if not low < middle < high:
            return middle
        if above(middle) < 0:
            low = middle
        else:
            high = middle
