"""Funnels: what chance does to councils of a size."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openscorecard.statistics.funnel import (
    FunnelKind,
    funnel,
    place,
    proportion_limits,
    rate_limits,
)
from openscorecard.statistics.intervals import exact_poisson, poisson_interval, wilson


def test_the_limits_of_a_proportion():
    # around 50% of 100: 0.5 -/+ 1.959964 x 0.05
    low, high = proportion_limits(0.5, [100], 0.95)

    assert (low[0], high[0]) == pytest.approx((0.4020018, 0.5979982), abs=1e-7)


def test_a_proportion_on_its_limit_has_a_wilson_interval_that_ends_at_the_common_value():
    low, high = proportion_limits(0.3, [80], 0.998)

    assert float(wilson(low[0] * 80, 80, 0.998).upper) == pytest.approx(0.3)
    assert float(wilson(high[0] * 80, 80, 0.998).lower) == pytest.approx(0.3)


def test_a_rate_on_its_limit_has_a_poisson_interval_that_ends_at_the_common_value():
    # 2 per one: 3 expected of 1.5, 60 of 30
    for size in (1.5, 30):
        low, high = rate_limits(2, [size], 0.95)
        assert float(poisson_interval(high[0] * size).lower) == pytest.approx(2 * size)
        if low[0] > 0:
            assert float(poisson_interval(low[0] * size).upper) == pytest.approx(2 * size)


def test_where_even_no_event_is_usual_the_lower_limit_is_zero():
    # none has a chance of 2.5% at an expected count of 3.689
    least = float(exact_poisson(0).upper)
    low, _ = rate_limits(1, [least - 0.01, least + 0.01], 0.95)

    assert low[0] == 0
    assert low[1] > 0


def test_a_funnel_narrows_and_its_outer_limits_lie_outside():
    for kind, around in ((FunnelKind.PROPORTION, 0.2), (FunnelKind.RATE, 0.02)):
        found = funnel(kind, around, np.linspace(5, 5000, 60))
        assert (np.diff(found.upper_95) < 0).all()
        assert (found.upper_998 > found.upper_95).all()
        assert (found.lower_998 <= found.lower_95).all()
        assert (np.diff(found.lower_95) >= 0).all()


def test_the_place_of_a_council():
    # around 50% of 100: 95% limits 40.2 and 59.8, 99.8% limits 34.5 and 65.5
    values = [0.30, 0.38, 0.45, 0.60, 0.70, math.nan]

    assert place(FunnelKind.PROPORTION, values, 0.5, [100] * 6).tolist() == [-2, -1, 0, 1, 2, 0]
    assert place(FunnelKind.PROPORTION, [0.7], 0.5, [0]).tolist() == [0]


@given(st.integers(0, 400), st.floats(0.05, 300))
def test_a_count_lies_outside_exactly_where_its_interval_leaves_out_the_expected(count, expected):
    interval = poisson_interval(count)
    # at one event a person the expected count is the size itself
    low, high = (float(rate[0]) * expected for rate in rate_limits(1, [expected], 0.95))
    margin = 1e-6 * (expected + 1)
    lower = 0.0 if math.isnan(float(interval.lower)) else float(interval.lower)

    if abs(lower - expected) > margin:
        assert (lower > expected) == (count > high)
    if abs(float(interval.upper) - expected) > margin:
        assert (float(interval.upper) < expected) == (count < low)


@given(st.integers(1, 300), st.integers(0, 300), st.floats(0.01, 0.99))
def test_a_share_lies_outside_exactly_where_wilson_leaves_out_the_common_value(size, count, around):
    count = min(count, size)
    interval = wilson(count, size)
    seen = int(place(FunnelKind.PROPORTION, [count / size], around, [size])[0])
    low, high = float(interval.lower), float(interval.upper)

    if min(abs(low - around), abs(high - around)) > 1e-9:
        assert (low <= around <= high) == (seen == 0)


@pytest.mark.parametrize(
    "wrong", [lambda: proportion_limits(1.2, [10], 0.95), lambda: rate_limits(-1, [10], 0.95)]
)
def test_impossible_values_are_refused(wrong):
    with pytest.raises(ValueError, match=r"."):
        wrong()


def test_no_events_anywhere():
    low, high = rate_limits(0, [10.0, 20.0], 0.95)

    assert (low.tolist(), high.tolist()) == ([0, 0], [0, 0])
