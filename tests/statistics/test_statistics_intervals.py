"""Intervals of proportions, counts and rates."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openscorecard.statistics import incomplete_gamma
from openscorecard.statistics.intervals import (
    as_share,
    byar,
    exact_poisson,
    normal_quantile,
    poisson_interval,
    rate_interval,
    wilson,
)


def ends(interval) -> tuple[float, float]:
    return float(interval.lower), float(interval.upper)


def test_wilson_by_hand():
    # 20 of 100, z = 2 would give (40 + 4 -/+ 2 sqrt(4 + 80 x 0.8)) / 208; with z = 1.959964:
    # (40 + 3.841459 -/+ 1.959964 sqrt(3.841459 + 64)) / 207.682918
    assert ends(wilson(20, 100)) == pytest.approx((0.1333669, 0.2888292), abs=1e-7)


def test_wilson_at_the_ends():
    # none of ten: 0 and z^2 / (10 + z^2)
    z2 = normal_quantile(95) ** 2

    assert ends(wilson(0, 10)) == pytest.approx((0, z2 / (10 + z2)))
    assert ends(wilson(10, 10)) == pytest.approx((10 / (10 + z2), 1))
    assert math.isnan(ends(wilson(0, 0))[0])


def test_exact_limits_of_small_counts():
    # none seen: no lower end but 0; the mean under which none has a chance of 2.5%: -ln 0.025
    assert ends(exact_poisson(0)) == pytest.approx((0, -math.log(0.025)), rel=1e-12)
    # one: 1 - e^-m = 0.025, so m = -ln 0.975; (1 + m) e^-m = 0.025 at 5.5716434
    assert ends(exact_poisson(1)) == pytest.approx((-math.log(0.975), 5.5716434), abs=1e-7)


def test_exact_limits_leave_the_tails_that_they_promise():
    low, high = ends(exact_poisson(7, 0.998))

    def chance(mean, counts):
        return sum(math.exp(-mean) * mean**k / math.factorial(k) for k in counts)

    assert 1 - chance(low, range(7)) == pytest.approx(0.001, rel=1e-9)
    assert chance(high, range(8)) == pytest.approx(0.001, rel=1e-9)


def test_a_count_has_exact_limits_under_ten_and_byars_from_ten():
    assert ends(poisson_interval(9.99)) == ends(exact_poisson(9.99))
    assert ends(poisson_interval(10)) == ends(byar(10))


def test_byar_has_no_lower_end_below_zero():
    assert math.isnan(ends(byar(1, 99.8))[0])
    assert math.isnan(ends(byar(0))[0])
    # the upper end of none: (1 - 1/9 + z/3)^3
    assert ends(byar(0))[1] == pytest.approx((8 / 9 + normal_quantile(95) / 3) ** 3)


def test_a_rate_has_the_limits_of_its_count():
    low, high = ends(rate_interval(5, 200))

    assert (low * 200, high * 200) == pytest.approx(ends(exact_poisson(5)))
    assert math.isnan(ends(rate_interval(5, 0))[0])


def test_what_is_not_known_has_no_interval():
    assert np.isnan(poisson_interval([math.nan, 3]).lower).tolist() == [True, False]
    assert math.isnan(ends(wilson(math.nan, 10))[0])
    assert math.isnan(ends(wilson(5, math.nan))[1])


def test_confidence_is_a_fraction_or_a_percentage_from_90():
    assert as_share(99.8) == pytest.approx(0.998)
    for wrong in (0.5, 0.899, 1, 1.5, 89, 100, 101, math.nan):
        with pytest.raises(ValueError, match="confidence"):
            as_share(wrong)


@pytest.mark.parametrize(
    "wrong", [lambda: wilson(11, 10), lambda: wilson(-1, 10), lambda: poisson_interval(-1)]
)
def test_impossible_counts_are_refused(wrong):
    with pytest.raises(ValueError, match=r"."):
        wrong()


def test_an_array_is_as_good_as_its_numbers():
    found = poisson_interval([[0, 3.5], [12, 3.5]])

    assert found.upper.shape == (2, 2)
    assert found.upper[0, 1] == found.upper[1, 1] == ends(poisson_interval(3.5))[1]


CONFIDENCE = st.floats(0.9, 0.999)


@given(st.floats(0, 500), st.floats(0, 500), CONFIDENCE)
def test_wilson_lies_within_nothing_and_all_and_holds_its_proportion(count, rest, confidence):
    low, high = ends(wilson(count, count + rest, confidence))
    if count + rest == 0:
        return

    assert 0 <= low <= count / (count + rest) + 1e-12
    assert count / (count + rest) - 1e-12 <= high <= 1


@given(st.floats(10, 5000), CONFIDENCE)
def test_byar_is_close_to_exact(count, confidence):
    (low, high), (exact_low, exact_high) = (
        ends(byar(count, confidence)),
        ends(exact_poisson(count, confidence)),
    )

    assert low == pytest.approx(exact_low, rel=0.035)
    assert high == pytest.approx(exact_high, rel=0.01)


@given(st.floats(0.01, 2000), st.floats(0.001, 0.999))
def test_a_quantile_is_where_the_chance_is_reached(shape, chance):
    at = incomplete_gamma.quantile(shape, chance)

    assert incomplete_gamma.lower(shape, at) == pytest.approx(chance, rel=1e-7)


@given(st.integers(1, 60), st.floats(0.01, 120))
def test_the_gamma_function_is_the_chance_of_so_many_events(count, mean):
    terms = (math.exp(-mean + k * math.log(mean) - math.lgamma(k + 1)) for k in range(count))

    assert incomplete_gamma.lower(count, mean) == pytest.approx(1 - math.fsum(terms), abs=1e-10)
