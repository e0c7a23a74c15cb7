"""Rounding as people round, and what printed digits allow."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openscorecard.statistics.ranges import Range, change_percent, half_up, printed

numbers = st.fractions(min_value=-10_000, max_value=10_000, max_denominator=500)


@pytest.mark.parametrize(
    ("number", "decimals", "rounded"),
    [
        (Fraction(1, 2), 0, 1),  # halves go away from zero, as in a spreadsheet
        (Fraction(-1, 2), 0, -1),
        (Fraction(5, 2), 0, 3),  # not to the even 2, as Python's round() would
        (Fraction(-67, 2), 0, -34),
        (Fraction(94769, 1000), 1, Fraction(948, 10)),
        (Fraction(1, 8), 2, Fraction(13, 100)),
    ],
)
def test_halves_are_rounded_away_from_zero(number, decimals, rounded):
    assert half_up(number, decimals) == rounded


@given(st.decimals(min_value=-10_000, max_value=10_000, places=4), st.integers(0, 3))
def test_rounding_agrees_with_the_decimal_module(number, decimals):
    expected = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    assert half_up(Fraction(number), decimals) == Fraction(expected)


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        (Fraction(2080), 0, "2,080"),
        (Fraction(-29, 100), 0, "0"),  # 339 on 340 is -0.29%: never "-0"
        (Fraction(-3359, 100), 0, "-34"),
        (Fraction(94769, 1000), 1, "94.8"),
        (Fraction(1_234_567), 0, "1,234,567"),
    ],
)
def test_numbers_are_printed_with_thousands_and_never_as_minus_nothing(number, decimals, text):
    assert printed(number, decimals) == text


@given(numbers, st.integers(0, 2))
def test_a_number_lies_in_the_range_of_its_own_digits(number, decimals):
    assert Range.of_printed(half_up(number, decimals), decimals).holds(number)


@given(numbers, st.integers(0, 2))
def test_a_printed_number_reads_back(number, decimals):
    text = printed(number, decimals)
    assert Fraction(text.replace(",", "")) == half_up(number, decimals)


def test_what_digits_allow():
    # 16% may be 15.5 to 16.5; 24% may be 23.5 to 24.5.
    # The change lies between 15.5/24.5 - 1 = -36.7% and 16.5/23.5 - 1 = -29.8%.
    change = change_percent(Range.of_printed(Fraction(16)), Range.of_printed(Fraction(24)))
    assert float(change.low) == pytest.approx(-36.7347, abs=1e-4)
    assert float(change.high) == pytest.approx(-29.7872, abs=1e-4)


@given(numbers, numbers, st.integers(0, 50), st.integers(0, 50), st.fractions(0, 1))
def test_arithmetic_on_ranges_holds_for_every_number_in_them(a, b, wide_a, wide_b, part):
    one, other = Range(a, a + wide_a), Range(b, b + wide_b)
    x, y = a + part * wide_a, b + (1 - part) * wide_b
    assert (one + other).holds(x + y)
    assert (one - other).holds(x - y)
    assert (one * other).holds(x * y)
    if not other.low <= 0 <= other.high:
        assert (one / other).holds(x / y)


@given(numbers, numbers, numbers, numbers)
def test_what_lies_in_two_ranges_lies_in_both(a, b, c, d):
    one, other = Range(min(a, b), max(a, b)), Range(min(c, d), max(c, d))
    common = one.within(other)
    assert (common is not None) == one.meets(other) == other.meets(one)
    if common is not None:
        assert one.holds(common.low)
        assert other.holds(common.high)


def test_a_range_that_holds_zero_divides_nothing():
    with pytest.raises(ZeroDivisionError):
        Range.exactly(1) / Range(Fraction(-1), Fraction(1))


def test_a_range_has_its_ends_in_order():
    with pytest.raises(ValueError, match="empty"):
        Range(Fraction(2), Fraction(1))
