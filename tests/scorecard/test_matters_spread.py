"""How far councils lie apart, beside a gap of one of them."""

from fractions import Fraction

from openscorecard.comparators.beside import Beside, BesideValue, PublishedFigure
from openscorecard.scorecard.spread import Spread, spread
from openscorecard.units import Unit


def beside(values, size=400, how="percentage", own=None):
    councils = tuple(
        PublishedFigure(f"E{at}", f"Council {at}", Fraction(value), None, Fraction(size))
        for at, value in enumerate(values)
    )
    england = BesideValue("eng", "England", Fraction(50), "year", "", "", "")
    return Beside("A", "", how, 2020, "", "", "", (england,), councils, own=own)


def test_most_councils_may_lie_outside_and_this_one_is_set_among_them():
    """Round 50% of 400 the 99.8% limits lie 3.09 * 2.5 = 7.7 points away: 42.3 and 57.7."""
    thirty = beside([40] * 10 + [50] * 12 + [60] * 8)
    assert spread(Unit.PERCENT, thirty, Fraction(41), above=False) == Spread(30, 18, 20, 30)
    assert spread(Unit.PERCENT, thirty, Fraction(61), above=True) == Spread(30, 18, 30, 30)


def test_the_councils_own_published_figure_is_not_among_those_passed():
    own = PublishedFigure("E0", "Council 0", Fraction(90), None, Fraction(400))
    thirty = beside([90] + [50] * 29, own=own)
    found = spread(Unit.PERCENT, thirty, Fraction(40), above=False)
    assert (found.passed, found.of) == (29, 29)


def test_a_rate_of_a_month_is_held_against_the_counts_of_a_year():
    """50 per 10,000 a month of 2,000 children are 120 in a year: 3.09 * 11 = 34 to either side by
    chance, which is 14 per 10,000 a month; 70 lies outside, 60 within."""
    thirty = beside([60] * 20 + [70] * 5, size=2000, how="rate")
    assert spread(Unit.PER_10000, thirty, Fraction(80), above=True) == Spread(25, 5, 25, 25)


def test_too_few_councils_and_counts_say_nothing():
    assert spread(Unit.PERCENT, beside([50] * 19), Fraction(40), above=False) is None
    assert spread(Unit.COUNT, beside([50] * 30), Fraction(40), above=False) is None
