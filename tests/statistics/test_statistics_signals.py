"""Which rules fire: small series worked by hand, and what must hold for any series."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openscorecard.statistics.control import ChartKind, Limits, Rules, limits
from openscorecard.statistics.signals import Fired, Signals, back_flagged, signals, trend_ends

NAN = math.nan


def between(centre, lower, upper, points) -> Limits:
    """Limits given outright: two thirds of the way to them lie the near ones."""

    def level(number):
        return np.full((1, points), float(number))

    return Limits(
        centre=level(centre),
        lower=level(lower),
        upper=level(upper),
        near_lower=level(centre - (centre - lower) * 2 / 3),
        near_upper=level(centre + (upper - centre) * 2 / 3),
        points=np.full((1, points), points),
        flat=np.zeros((1, points), dtype=bool),
    )


def judged(values, rules=Rules(), groups=None) -> tuple[list[int], list[int]]:  # noqa: B008
    """Rules and sides of values on a chart with centre 0, near limits at 2, limits at 3."""
    found: Signals = signals([values], between(0, -3, 3, len(values)), groups=groups, rules=rules)
    return found.rule[0].tolist(), found.side[0].tolist()


def test_a_point_outside_a_limit_and_none_on_it():
    assert judged([0, 3.01, 0, -3.01, 3, -3]) == ([0, 1, 0, 1, 0, 0], [0, 1, 0, -1, 0, 0])


def test_seven_points_on_one_side_are_all_flagged():
    assert judged([-1, 1, 1, 1, 1, 1, 1, 1, -1])[0] == [0, 4, 4, 4, 4, 4, 4, 4, 0]
    assert judged([1, 1, 1, 1, 1, 1])[0] == [0] * 6


def test_a_point_on_the_centre_breaks_a_shift():
    assert judged([1, 1, 1, 1, 0, 1, 1, 1, 1])[0] == [0] * 9


def test_a_gap_breaks_a_shift_and_a_trend():
    assert judged([1, 1, 1, 1, NAN, 1, 1, 1, 1])[0] == [0] * 9
    assert judged([-0.4, -0.3, -0.2, -0.1, NAN, 0.1, 0.2, 0.3, 0.4])[0] == [0] * 9


def test_seven_points_each_above_the_one_before_are_a_trend_and_all_flagged():
    rising = [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]

    assert judged(rising) == ([2] * 7, [1] * 7)
    assert judged(rising[::-1]) == ([2] * 7, [-1] * 7)
    assert judged(rising[:-1])[0] == [0] * 6
    assert judged([-0.3, -0.2, -0.1, -0.1, 0.1, 0.2, 0.3])[0] == [0] * 7  # equal neighbours


def test_the_peak_of_a_rise_and_a_fall_belongs_to_the_fall():
    up = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]

    assert judged([*up, *up[-2::-1]])[1] == [1] * 6 + [-1] * 7


def test_two_of_three_flags_the_points_near_a_limit_alone():
    assert judged([-1, 2.5, 1, 2.5, -1]) == ([0, 3, 0, 3, 0], [0, 1, 0, 1, 0])
    assert judged([2.5, 2.5, 1])[0] == [3, 3, 0]


def test_two_of_three_needs_all_three_on_one_side():
    assert judged([2.5, -1, 2.5])[0] == [0, 0, 0]
    assert judged([2.5, -2.5, -1])[0] == [0, 0, 0]
    assert judged([2.5, 2.5, 0])[0] == [0, 0, 0]
    assert judged([2.5, NAN, 2.5])[0] == [0, 0, 0]


def test_a_point_outside_is_not_near():
    assert judged([3.5, 2.5, 1])[0] == [1, 0, 0]
    assert judged([2, 2, 1])[0] == [0, 0, 0]  # on the near limit is not beyond it


def test_the_first_rule_in_order_names_the_point():
    # outside before trend before two of three before shift
    values = [0.1, 0.2, 0.3, 0.4, 2.2, 2.3, 3.2, 1, 1]

    assert judged(values)[0] == [2, 2, 2, 2, 2, 2, 1, 4, 4]
    assert judged([1, 1, 1, 2.5, 1, 2.5, 1])[0] == [4, 4, 4, 3, 4, 3, 4]


def test_run_lengths_are_settings():
    assert judged([1, 1, 1, 1, 1], Rules(shift=5))[0] == [4] * 5
    assert judged([1] * 7, Rules(shift=8))[0] == [0] * 7
    assert judged([-1, -0.5, 0.5, 1], Rules(trend=4))[0] == [2] * 4
    assert judged([1, 2.5, 2.5], Rules(two_of_three=False))[0] == [0] * 3


def test_no_run_crosses_from_one_group_to_the_next():
    assert judged([1] * 8, groups=[0] * 4 + [1] * 4)[0] == [0] * 8


def test_a_series_too_short_for_a_run_has_none():
    assert trend_ends([], 7).tolist() == []
    assert trend_ends([1.0], 7).tolist() == [0]
    assert back_flagged([1], 7).tolist() == [1]
    assert judged([])[0] == []


def test_without_limits_nothing_lies_outside():
    found = limits(ChartKind.XMR, [[5.0]])

    assert signals([[5.0]], found).rule.tolist() == [[Fired.NONE]]


def test_limits_of_another_shape_are_refused():
    with pytest.raises(ValueError, match="shape"):
        signals([[1.0, 2.0]], between(0, -1, 1, 3))


SERIES = st.lists(st.one_of(st.just(NAN), st.integers(-60, 60).map(float)), min_size=1, max_size=40)


def fired(values) -> Signals:
    return signals([values], limits(ChartKind.XMR, [values]))


@given(SERIES)
def test_upside_down_the_rules_are_the_same_and_the_sides_the_others(values):
    ours, other = fired(values), fired([-value for value in values])

    assert np.array_equal(ours.rule, other.rule)
    assert np.array_equal(ours.side, -other.side)


@given(SERIES, st.sampled_from([0.5, 2.0, 8.0]), st.integers(-500, 500))
def test_another_unit_changes_no_label(values, scale, moved):
    ours, other = fired(values), fired([value * scale + moved for value in values])

    assert np.array_equal(ours.rule, other.rule)
    assert np.array_equal(ours.side, other.side)


@given(SERIES)
def test_a_gap_is_never_judged_and_a_side_goes_with_a_rule(values):
    found = fired(values)
    gaps = np.isnan(np.array([values]))

    assert not found.rule[gaps].any()
    assert np.array_equal(found.rule == 0, found.side == 0)


def plainly(values, found: Limits) -> list[int]:
    """The rules read word by word, point by point."""
    n = len(values)
    centre, low, high = found.centre[0, 0], found.lower[0, 0], found.upper[0, 0]
    near_low, near_high = found.near_lower[0, 0], found.near_upper[0, 0]
    side = [0 if math.isnan(v) or v == centre else (1 if v > centre else -1) for v in values]
    out = [v > high or v < low for v in values]
    close = [not o and (v > near_high or v < near_low) for v, o in zip(values, out, strict=True)]
    rule = [0] * n
    for start in range(n - 6):
        if side[start] and len(set(side[start : start + 7])) == 1:
            rule[start : start + 7] = [4] * 7
    for start in range(n - 2):
        window = range(start, start + 3)
        if (
            side[start]
            and len({side[i] for i in window}) == 1
            and sum(close[i] for i in window) > 1
        ):
            for i in window:
                rule[i] = 3 if close[i] else rule[i]
    for start in range(n - 6):
        steps = [values[i + 1] - values[i] for i in range(start, start + 6)]
        if all(step > 0 for step in steps) or all(step < 0 for step in steps):
            rule[start : start + 7] = [2] * 7
    return [1 if o else r for o, r in zip(out, rule, strict=True)]


@given(SERIES)
def test_the_rules_are_those_that_the_words_say(values):
    found = limits(ChartKind.XMR, [values])

    assert signals([values], found).rule[0].tolist() == plainly(values, found)
