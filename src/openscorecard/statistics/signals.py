"""Which rules fire on a control chart, point by point.

The rules, their order and their back-flagging are those of NHSRplotthedots ("Making Data Count"),
after Provost & Murray's rules for special causes: a later month may thus flag an earlier one. Run
lengths are settings. A gap breaks a run and a trend, and nothing crosses from one group to the
next.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from openscorecard.statistics.control import STANDARD, Bools, Floats, Limits, Rules, group_slices

Signs: TypeAlias = NDArray[np.int8]


class Fired(IntEnum):
    """The rules in the order in which they are tried; the first that fires names the point."""

    NONE = 0
    OUTSIDE = 1
    TREND = 2
    TWO_OF_THREE = 3
    SHIFT = 4


@dataclass(frozen=True, slots=True, eq=False)
class Signals:
    """Shape (series, points). `rule` holds `Fired` codes; `side` +1 above, -1 below the centre (of
    a trend: rising, falling), 0 where no rule fires."""

    rule: Signs
    side: Signs


def signals(
    values: ArrayLike,
    limits: Limits,
    *,
    groups: ArrayLike | None = None,
    rules: Rules = STANDARD,
) -> Signals:
    """Judges the values plotted against their limits; see `Fired` for the order.

    Whether the limits can be trusted (`points`, `flat`) is for the caller to weigh.
    """
    shown: Floats = np.asarray(values, dtype=np.float64)
    if shown.shape != limits.centre.shape:
        raise ValueError(f"values of shape {shown.shape}, limits of {limits.centre.shape}")
    side = sides(shown, limits)
    beyond = outside(shown, limits)
    close = near(shown, limits)
    rule = np.zeros(shown.shape, dtype=np.int8)
    said = np.zeros(shown.shape, dtype=np.int8)
    for at in group_slices(groups, shown.shape[1]):
        here = side[:, at]
        trend = back_flagged(trend_ends(shown[:, at], rules.trend), rules.trend)
        shift = back_flagged(shift_ends(here, rules.shift), rules.shift)
        tried = [
            (Fired.OUTSIDE, beyond[:, at], here),
            (Fired.TREND, trend != 0, trend),
            (Fired.SHIFT, shift != 0, shift),
        ]
        if rules.two_of_three:
            pair = two_of_three(close[:, at], here) & close[:, at]
            tried.insert(2, (Fired.TWO_OF_THREE, pair, here))
        found = [fires for _, fires, _ in tried]
        rule[:, at] = np.select(found, [np.int8(code) for code, _, _ in tried], np.int8(0))
        said[:, at] = np.select(found, [ways for _, _, ways in tried], np.int8(0))
    return Signals(rule, said)


def sides(values: Floats, limits: Limits) -> Signs:
    """+1 above the centre, -1 below, 0 on it and in a gap."""
    return (values > limits.centre).astype(np.int8) - (values < limits.centre).astype(np.int8)


def outside(values: Floats, limits: Limits) -> Bools:
    """Beyond a limit; a point on it is within (Shewhart's rule, strict as in NHSRplotthedots)."""
    return (values > limits.upper) | (values < limits.lower)


def near(values: Floats, limits: Limits) -> Bools:
    """Beyond a near limit, two sigma, yet not outside (NHSRplotthedots: close to a limit)."""
    beyond = (values > limits.near_upper) | (values < limits.near_lower)
    return beyond & ~outside(values, limits)


def shift_ends(side: ArrayLike, length: int) -> Signs:
    """The side at every point that ends `length` points in a row on one side of the centre.

    A point on the centre breaks the run, as in NHSRplotthedots (others skip it).
    """
    signs: Signs = np.asarray(side, dtype=np.int8)
    return _run_ends(signs, length, signs.shape)


def trend_ends(values: ArrayLike, length: int) -> Signs:
    """+1 at every point that ends `length` points each above the one before, -1 each below.

    Two equal neighbours break the trend (Provost & Murray; strict as in NHSRplotthedots).
    """
    shown = np.asarray(values, dtype=np.float64)
    steps = np.diff(shown, axis=-1)
    signs = (steps > 0).astype(np.int8) - (steps < 0).astype(np.int8)
    return _run_ends(signs, length - 1, shown.shape)


def _run_ends(signs: Signs, run: int, shape: tuple[int, ...]) -> Signs:
    """The sign of every unbroken run of `run` signs at its last one, among points of `shape`."""
    found = np.zeros(shape, dtype=np.int8)
    if signs.shape[-1] >= run:
        windows = sliding_window_view(signs, run, axis=-1)
        ends = np.all(windows == 1, axis=-1).astype(np.int8) - np.all(windows == -1, axis=-1)
        found[..., shape[-1] - ends.shape[-1] :] = ends
    return found


def back_flagged(ends: ArrayLike, length: int) -> Signs:
    """Each run spread back over all its `length` points, not over its last alone.

    A point in two runs takes the later one: the peak of a rise and a fall belongs to the fall.
    """
    marks: Signs = np.asarray(ends, dtype=np.int8)
    found = marks.copy()
    for ahead in range(1, min(length, marks.shape[-1])):
        later = marks[..., ahead:]
        found[..., :-ahead] = np.where(later != 0, later, found[..., :-ahead])
    return found


def two_of_three(close: ArrayLike, side: ArrayLike) -> Bools:
    """The points in a window of three on one side of the centre of which two or more are near a
    limit (the Western Electric rule, as NHSRplotthedots has it since its version 0.2.2: points on
    opposite sides do not count together). Flag those of them that are near: `& close`.
    """
    nearby = np.asarray(close, dtype=np.int8)
    signs = np.asarray(side, dtype=np.int8)
    found: Bools = np.zeros(nearby.shape, dtype=np.bool_)
    if nearby.shape[-1] < 3:
        return found
    fires = (sliding_window_view(nearby, 3, axis=-1).sum(axis=-1) >= 2) & (
        np.abs(sliding_window_view(signs, 3, axis=-1).sum(axis=-1)) == 3
    )
    for offset in range(3):
        found[..., offset : found.shape[-1] - 2 + offset] |= fires
    return found
