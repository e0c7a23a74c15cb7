"""Control limits, worked by hand, and what must hold for any series."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from openscorecard.statistics.control import ChartKind, Limits, Rules, limits, plotted

NAN = math.nan
SERIES = st.lists(st.integers(-200, 200), min_size=3, max_size=30)


def xmr(values, **settings) -> Limits:
    return limits(ChartKind.XMR, [values], **settings)


def at(limits_: Limits, name: str, point: int = 0) -> float:
    return float(getattr(limits_, name)[0, point])


def test_individual_values():
    # mean 12; moving ranges 4, 2, 6, 4, mean 4; 2.66 x 4 = 10.64, two thirds of it 7.09333
    found = xmr([10, 14, 12, 8, 12 + 4])

    assert at(found, "centre") == 12
    # moving ranges: 4, 2, 4, 8, mean 4.5; 2.66 x 4.5 = 11.97
    assert at(found, "upper") == pytest.approx(12 + 11.97)
    assert at(found, "lower") == pytest.approx(12 - 11.97)
    assert at(found, "near_upper") == pytest.approx(12 + 7.98)
    assert at(found, "near_lower") == pytest.approx(12 - 7.98)
    assert at(found, "points") == 5


def test_the_limits_of_individual_values_may_lie_below_zero():
    assert at(xmr([1, 9, 1, 9]), "lower") < 0


def test_a_gap_has_no_moving_range_on_either_side():
    # ranges: 2 (10, 12) and 1 (20, 21); none from 12 over the gap to 20; mean 1.5
    found = xmr([10, 12, NAN, 20, 21])

    assert at(found, "centre") == pytest.approx(63 / 4)
    assert at(found, "upper") == pytest.approx(63 / 4 + 2.66 * 1.5)
    assert at(found, "points") == 4


def test_screening_leaves_out_moving_ranges_from_3_267_means_on_and_keeps_the_points():
    values = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
    # ranges: fifteen 1s, an 8 and a 9, mean 32/17 = 1.882; 3.267 times that is 6.15: 8 and 9 go
    plain, screened = xmr(values), xmr(values, rules=Rules(screen=True))

    assert at(plain, "upper") == pytest.approx(35 / 18 + 2.66 * 32 / 17)
    assert at(screened, "upper") == pytest.approx(35 / 18 + 2.66 * 1)
    assert at(screened, "centre") == at(plain, "centre") == pytest.approx(35 / 18)


def test_screening_is_one_pass():
    # ranges 1 (twelve), 5, 40: mean 57/14 = 4.07, 3.267 means 13.3: only 40 goes. A second pass
    # (mean 17/13 = 1.31, 3.267 means 4.27) would take 5 as well.
    values = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 5, 45]

    found = xmr(values, rules=Rules(screen=True))

    assert at(found, "upper") - at(found, "centre") == pytest.approx(2.66 * 17 / 13)


def test_only_the_first_points_fix_the_limits_and_all_have_them():
    values = [10, 12, 10, 12, 50, 90]

    found = xmr(values, baseline=4)

    assert at(found, "centre", 5) == 11
    assert at(found, "upper", 5) == pytest.approx(11 + 2.66 * 2)
    assert at(found, "points", 5) == 4


def test_a_gap_is_no_point_of_the_baseline():
    assert at(xmr([10, NAN, 12, 14, 99], baseline=3), "centre") == 12


def test_no_moving_range_crosses_from_one_group_to_the_next():
    found = xmr([1, 2, 1, 101, 102, 101], groups=[0, 0, 0, 1, 1, 1])

    assert at(found, "centre", 2) == pytest.approx(4 / 3)
    assert at(found, "centre", 3) == pytest.approx(304 / 3)
    assert at(found, "upper", 3) - at(found, "centre", 3) == pytest.approx(2.66)


def test_a_proportion():
    # 60 of 200: p = 0.3; month 1 of 50: sd = sqrt(.3 x .7 / 50) = 0.0648074
    found = limits(ChartKind.P, [[10, 20, 30]], [[50, 50, 100]])

    assert at(found, "centre") == pytest.approx(0.3)
    assert at(found, "upper") == pytest.approx(0.3 + 3 * 0.0648074, abs=1e-6)
    assert at(found, "near_lower") == pytest.approx(0.3 - 2 * 0.0648074, abs=1e-6)
    # month 3 of 100: sd = sqrt(.0021) = 0.0458258
    assert at(found, "lower", 2) == pytest.approx(0.3 - 3 * 0.0458258, abs=1e-6)


def test_a_proportion_stays_within_what_can_be():
    found = limits(ChartKind.P, [[9, 10, 9, 1]], [[10, 10, 10, 2]])

    assert at(found, "upper", 3) == 1
    assert at(found, "near_upper", 3) > 1  # what lies near is measured before clipping


def test_a_rate_and_a_count():
    # 12 events of 6 person-years: 2 per one; of 2: sd = sqrt(2 / 2) = 1, of 4: sqrt(1/2)
    rate = limits(ChartKind.U, [[3, 9]], [[2, 4]])
    assert (at(rate, "centre"), at(rate, "upper"), at(rate, "lower")) == (2, 5, 0)
    assert at(rate, "upper", 1) == pytest.approx(2 + 3 * math.sqrt(0.5))

    # mean 16: sd 4
    count = limits(ChartKind.C, [[12, 20, 16]])
    assert (at(count, "centre"), at(count, "upper"), at(count, "lower")) == (16, 28, 4)
    assert (at(count, "near_upper"), at(count, "near_lower")) == (24, 8)


def test_laney_widens_the_limits_by_the_spread_beyond_chance():
    # p = 0.5 each of 100, sd 0.05; z = -4, 4, -4, 4: mean moving range 8, sigma z 8 / 1.128
    found = limits(ChartKind.PPRIME, [[30, 70, 30, 70]], [[100] * 4])

    assert at(found, "upper") == 1
    assert at(found, "near_upper") == pytest.approx(0.5 + 2 * 0.05 * 8 / 1.128)

    # u = 4 of 1: sd 2; z = 0, 1, 0, -1: moving ranges 1, 1, 1
    found = limits(ChartKind.UPRIME, [[4, 6, 4, 2]], [[1] * 4])
    assert at(found, "upper") == pytest.approx(4 + 3 * 2 / 1.128)


def test_laney_leaves_gaps_out():
    # as above, with a month without children between: no moving range crosses it
    found = limits(ChartKind.UPRIME, [[4, 6, 0, 4, 2]], [[1, 1, 0, 1, 1]])

    # ranges |1 - 0| and |-1 - 0|: sigma z 1 / 1.128
    assert at(found, "upper") == pytest.approx(4 + 3 * 2 / 1.128)
    assert math.isnan(at(found, "upper", 2))


def test_a_gap_has_limits_where_its_denominator_is_known():
    found = limits(ChartKind.P, [[10, NAN, 30]], [[50, 50, 50]])

    assert at(found, "upper", 1) == at(found, "upper", 0)
    assert at(limits(ChartKind.C, [[4, NAN, 6]]), "upper", 1) == pytest.approx(5 + 3 * 5**0.5)


def test_a_denominator_of_zero_is_a_gap():
    assert np.isnan(plotted(ChartKind.P, [[0, 1]], [[0, 2]])).tolist() == [[True, False]]


@pytest.mark.parametrize("kind", list(ChartKind))
def test_equal_values_are_flat(kind):
    found = limits(kind, [[3.0] * 9], [[7.0] * 9])

    assert found.flat.all()


@pytest.mark.parametrize("kind", [ChartKind.PPRIME, ChartKind.UPRIME])
def test_equal_shares_of_unequal_sizes_are_flat(kind):
    sizes = np.array([[7.0, 49, 21, 70, 28, 14, 35]])

    assert limits(kind, sizes * 3 / 7, sizes).flat.all()


def test_limits_that_screening_has_emptied_are_flat():
    # the only moving range is 1, the mean 1/4, and 1 is more than 3.267 quarters
    assert xmr([1, 1, 1, 1, 2], rules=Rules(screen=True)).flat.all()
    assert not xmr([1, 1, 1, 1, 2]).flat.any()


def test_nothing_can_be_said_of_one_point_or_none():
    assert math.isnan(at(xmr([5]), "upper"))
    assert math.isnan(at(xmr([NAN, NAN]), "centre"))
    assert xmr([]).centre.shape == (1, 0)


def test_a_point_on_the_mean_is_found_on_it():
    # in floats the plain sum of the three is 0.6000000000000001
    assert at(xmr([0.1, 0.2, 0.3]), "centre") == 0.2


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: limits(ChartKind.XMR, [1, 2, 3]),
        lambda: limits(ChartKind.P, [[1, 2]]),
        lambda: xmr([1, 2], groups=[1, 0]),
        lambda: xmr([1, 2], groups=[0]),
        lambda: xmr([1, 2], baseline=0),
        lambda: Rules(shift=1),
        lambda: Rules(trend=2),
    ],
)
def test_what_has_no_answer_is_refused(wrong):
    with pytest.raises(ValueError, match=r"."):
        wrong()


@given(SERIES, st.integers(1, 50), st.integers(-500, 500), st.booleans())
def test_another_unit_moves_the_limits_with_the_values(values, scale, moved, screen):
    rules = Rules(screen=screen)
    ours = xmr(values, rules=rules)
    other = xmr([value * scale + moved for value in values], rules=rules)

    for name in ("centre", "lower", "upper", "near_lower", "near_upper"):
        expected = at(ours, name) * scale + moved
        assert at(other, name) == pytest.approx(expected, abs=1e-6)


@given(SERIES)
def test_read_backwards_a_series_has_the_same_limits(values):
    ours, other = xmr(values), xmr(values[::-1])

    assert at(ours, "upper") == pytest.approx(at(other, "upper"))


@given(SERIES, SERIES, st.sampled_from(list(ChartKind)))
def test_each_series_and_each_group_is_by_itself(one, other, kind):
    sizes = 400
    one, other = [abs(value) for value in one], [abs(value) for value in other]
    both = [*one, *other]
    groups = [0] * len(one) + [1] * len(other)
    together = limits(kind, [both, both], [[sizes] * len(both)], groups=groups)
    alone = limits(kind, [other], [[sizes] * len(other)])

    for row in (0, 1):
        assert np.array_equal(together.upper[row, len(one) :], alone.upper[0], equal_nan=True)
        assert np.array_equal(together.flat[row, len(one) :], alone.flat[0])


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=20),
    st.sampled_from([ChartKind.P, ChartKind.PPRIME]),
)
def test_a_proportion_has_limits_between_nothing_and_all(pairs, kind):
    events, rest = zip(*pairs, strict=True)
    sizes = [a + b for a, b in zip(events, rest, strict=True)]
    assume(sum(size > 0 for size in sizes) > 1)
    found = limits(kind, [events], [sizes])

    with np.errstate(invalid="ignore"):
        assert not (found.lower < 0).any()
        assert not (found.upper > 1).any()
        assert not (found.lower > found.centre + 1e-12).any()
