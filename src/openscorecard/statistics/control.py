"""Control limits: what a process does by itself, from its own months.

Everything is worked on arrays of shape (series, points), oldest point first, NaN for a gap.
Which rules then fire is in `signals`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]
Ints: TypeAlias = NDArray[np.int64]

# Wheeler's rounded factors for moving ranges of two, as the NHS's tools have them: three sigma is
# 2.66 mean moving ranges (3 / 1.128), and a moving range of 3.267 means is itself unusual.
XMR_FACTOR = 2.66
XMR_NEAR_FACTOR = 2 * (XMR_FACTOR / 3)
SCREEN_FACTOR = 3.267
D2 = 1.128  # mean moving range of two, in standard deviations of a normal series
_NOISE = 1e-12  # of the level: what floats leave of equal numbers


class ChartKind(StrEnum):
    """Which chart: XMR individual values; P and U proportions and rates with their own
    denominators; PPRIME and UPRIME the same, corrected for spread beyond chance; C counts."""

    XMR = "xmr"
    P = "p"
    PPRIME = "pprime"
    U = "u"
    UPRIME = "uprime"
    C = "c"

    @property
    def has_sizes(self) -> bool:
        """Whether it takes events and denominators."""
        return self not in (ChartKind.XMR, ChartKind.C)

    @property
    def is_proportion(self) -> bool:
        return self in (ChartKind.P, ChartKind.PPRIME)

    @property
    def is_prime(self) -> bool:
        return self in (ChartKind.PPRIME, ChartKind.UPRIME)


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings of a chart. `shift` and `trend` count points: a trend of 7 points has 6 steps.
    `screen` leaves unusual moving ranges out of an XmR chart's limits (not so in the official
    workbooks of the NHS, hence off)."""

    shift: int = 7
    trend: int = 7
    two_of_three: bool = True
    screen: bool = False

    def __post_init__(self) -> None:
        if self.shift < 2 or self.trend < 3:
            raise ValueError(f"no run: a shift of {self.shift}, a trend of {self.trend} points")


STANDARD = Rules()


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """Arrays of shape (series, points), in the units plotted: values, or fractions and rates per
    one. NaN where nothing can be said (no point in the group, or no moving range).

    `near_lower`, `near_upper` lie at two thirds of the way. `points` says how many points a group's
    limits rest on. `flat`: the limits collapse, or every point of the group is the same; nothing
    can be judged then.
    """

    centre: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    points: Ints
    flat: Bools


def plotted(kind: ChartKind, values: ArrayLike, sizes: ArrayLike | None = None) -> Floats:
    """What the chart shows and judges: the values, or events by denominator, per one.

    A denominator of 0 or less leaves a gap.
    """
    events = _rows(values)
    if not kind.has_sizes:
        return events
    by = _sizes(kind, sizes, events)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(by > 0, events / by, np.nan)


def limits(
    kind: ChartKind,
    values: ArrayLike,
    sizes: ArrayLike | None = None,
    *,
    groups: ArrayLike | None = None,
    baseline: int | None = None,
    rules: Rules = STANDARD,
) -> Limits:
    """The limits of every series, each group of points (between two rebases) by itself.

    `values` are counts or measurements; of p and u charts the events, with `sizes` their
    denominators. `groups` (one whole number a point, never falling) says where limits start anew:
    no moving range crosses it. `baseline`: only the first so many points of a group that are no
    gaps fix its limits.

    XmR after Wheeler and Provost & Murray, with the conventions of NHSRplotthedots; P, U and C
    after Shewhart, as Provost & Murray give them; P' and U' after Laney (2002).
    """
    if baseline is not None and baseline < 1:
        raise ValueError(f"limits cannot rest on {baseline} points")
    events = _rows(values)
    shown = plotted(kind, events, sizes)
    by = _sizes(kind, sizes, events) if kind.has_sizes else np.ones_like(shown)
    parts = []
    for at in group_slices(groups, shown.shape[1]):
        known = ~np.isnan(shown[:, at])
        used = known if baseline is None else known & (np.cumsum(known, axis=1) <= baseline)
        if kind is ChartKind.XMR:
            part = _individuals(shown[:, at], used, screen=rules.screen)
        else:
            part = _attributes(kind, shown[:, at], events[:, at], by[:, at], used)
        parts.append(_with_same(part, shown[:, at], known))
    return _joined(parts)


def group_slices(groups: ArrayLike | None, points: int) -> Iterator[slice]:
    """The stretch of points of each group, in order; `groups` None: all are one.

    >>> [(at.start, at.stop) for at in group_slices([0, 0, 1], 3)]
    [(0, 2), (2, 3)]
    """
    numbers = np.zeros(points, dtype=np.int64) if groups is None else np.asarray(groups)
    if numbers.shape != (points,):
        raise ValueError(f"{numbers.shape} group numbers for {points} points")
    steps = np.diff(numbers)
    if (steps < 0).any():
        raise ValueError("group numbers must not fall")
    starts = [0, *(np.flatnonzero(steps) + 1).tolist(), points]
    return (slice(first, last) for first, last in pairwise(starts))


def moving_ranges(values: Floats) -> Floats:
    """The distance of each point from the one before; NaN for the first, and beside a gap."""
    ranges = np.full_like(values, np.nan)
    ranges[:, 1:] = np.abs(np.diff(values, axis=1))
    return ranges


def mean(values: Floats, used: Bools) -> Floats:
    """The mean of each row's `used` values, shape (series, 1); NaN of none.

    The second pass takes out what the first one rounded away: a point that lies on the mean must
    be found on it, not a billionth of a billionth beside it.
    """
    count = used.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        first = np.where(used, values, 0.0).sum(axis=1, keepdims=True) / count
        rest = np.where(used, values - first, 0.0).sum(axis=1, keepdims=True) / count
    result: Floats = first + rest
    return result


def _individuals(values: Floats, used: Bools, *, screen: bool) -> Limits:
    """XmR: mean -/+ 2.66 mean moving ranges (Wheeler; Provost & Murray), limits not clipped.

    Screening is one pass and strict: moving ranges of 3.267 means and more are left out of the
    mean (Nelson 1982), as NHSRplotthedots does; the points stay in the mean.
    """
    centre = mean(values, used)
    ranges = moving_ranges(np.where(used, values, np.nan))
    known = ~np.isnan(ranges)
    usual = mean(ranges, known)
    if screen:
        kept = known & (ranges < SCREEN_FACTOR * usual)
        usual = np.where(kept.any(axis=1, keepdims=True), mean(ranges, kept), 0 * usual)
    level = np.where(used, np.abs(values), 0.0).max(axis=1, initial=0.0, keepdims=True)
    flat = usual <= _NOISE * level
    far, near = XMR_FACTOR * usual, XMR_NEAR_FACTOR * usual
    return _across(values, used, centre, far, near, flat)


def _attributes(
    kind: ChartKind, shown: Floats, events: Floats, sizes: Floats, used: Bools
) -> Limits:
    """P, U and C (Shewhart): the centre is all events by all denominators, the limits lie three
    standard deviations of chance away: sqrt(p(1-p)/n), sqrt(u/n), sqrt(c). P' and U' (Laney 2002)
    multiply them by sigma z, the mean moving range of the standardised values by 1.128: how much
    more (or less) than chance the series moves. Clipped to what can be: 0 to 1, 0 and more.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        if kind.has_sizes:
            centre = _total(events, used) / _total(sizes, used)
        else:
            centre = mean(events, used)
        spread = centre * (1 - centre) if kind.is_proportion else centre
        sd = np.sqrt(np.maximum(spread, 0.0) / np.where(sizes > 0, sizes, np.nan))
        flat = ~(spread > _NOISE)
        if kind.is_prime:
            standard = np.where(used & (sd > 0), (shown - centre) / sd, np.nan)
            ranges = moving_ranges(standard)
            sigma = mean(ranges, ~np.isnan(ranges)) / D2
            flat = flat | (sigma <= 1e-9)
            sd = np.where(flat, 0.0, sd * sigma)
    found = _across(shown, used, centre, 3 * sd, 2 * sd, flat & ~np.isnan(centre))
    top = 1.0 if kind.is_proportion else np.inf
    return replace(
        found, lower=np.clip(found.lower, 0.0, top), upper=np.clip(found.upper, 0.0, top)
    )


def _total(values: Floats, used: Bools) -> Floats:
    total: Floats = np.where(used, values, 0.0).sum(axis=1, keepdims=True)
    return total


def _across(
    shown: Floats, used: Bools, centre: Floats, far: Floats, near: Floats, flat: Bools
) -> Limits:
    """The limits at every point; `centre` and `flat` have one column, the distances one or all."""
    every = np.ones_like(shown)
    count = used.sum(axis=1, keepdims=True)
    return Limits(
        centre=centre * every,
        lower=(centre - far) * every,
        upper=(centre + far) * every,
        near_lower=(centre - near) * every,
        near_upper=(centre + near) * every,
        points=np.broadcast_to(count, shown.shape).astype(np.int64),
        flat=np.broadcast_to(flat, shown.shape).copy(),
    )


def _with_same(part: Limits, shown: Floats, known: Bools) -> Limits:
    """A group of two points and more that are all the same is flat on any chart."""
    low = np.where(known, shown, np.inf).min(axis=1, initial=np.inf, keepdims=True)
    high = np.where(known, shown, -np.inf).max(axis=1, initial=-np.inf, keepdims=True)
    same = (low == high) & (known.sum(axis=1, keepdims=True) > 1)
    return replace(part, flat=part.flat | same)


def _joined(parts: list[Limits]) -> Limits:
    def side_by_side(name: str) -> NDArray[np.generic]:
        return np.concatenate([getattr(part, name) for part in parts], axis=1)

    return Limits(**{name: side_by_side(name) for name in Limits.__slots__})  # type: ignore[arg-type]


def _rows(values: ArrayLike) -> Floats:
    rows: Floats = np.asarray(values, dtype=np.float64)
    if rows.ndim != 2:
        raise ValueError(f"values of shape (series, points) are needed, these are {rows.shape}")
    return rows


def _sizes(kind: ChartKind, sizes: ArrayLike | None, events: Floats) -> Floats:
    if sizes is None:
        raise ValueError(f"a {kind} chart needs denominators")
    return np.broadcast_to(np.asarray(sizes, dtype=np.float64), events.shape)
