"""Each rule on a series worked by hand: the verdict, its words, and the months that it rests on."""

from __future__ import annotations

from fractions import Fraction

import pytest
from signal_rows import JUNE, STEADY, indicator, judge, of_parts, series

from openscorecard.catalogue.indicator import Direction, Kind, Target
from openscorecard.periods import Month
from openscorecard.scorecard.signals.settings import Rebase, SignalSettings
from openscorecard.scorecard.verdict import Assurance, Rule, Side, Signal
from openscorecard.units import Unit


def verdict(latest, **more):
    """Of STEADY and these last months."""
    return judge(indicator("A1", **more), series("A1", (*STEADY, *latest)))


@pytest.mark.parametrize(
    ("direction", "signal", "word"),
    [
        (Direction.NONE, Signal.NEUTRAL, "Unusually high"),
        (Direction.DOWN, Signal.CONCERN, "Concern"),
        (Direction.UP, Signal.IMPROVEMENT, "Improvement"),
    ],
)
def test_outside_the_limits(direction: Direction, signal: Signal, word: str) -> None:
    found = verdict([17], preferred_direction=direction)
    assert (found.signal, found.word) == (signal, word)
    assert found.reason == "above the usual range (up to 16)"
    assert (found.rule, found.side, found.months) == (Rule.OUTSIDE, Side.ABOVE, (JUNE,))
    assert found.usual == ("6", "16")  # whole numbers within 5.68 and 16.32
    assert found.centre == "11"


def test_within_them() -> None:
    found = verdict([16])
    assert (found.signal, found.word, found.rule) == (Signal.NONE, "Usual variation", None)
    assert found.reason == "within the usual range (6 to 16)"
    assert found.months == ()


def test_a_run_on_one_side() -> None:
    found = verdict([12] * 8)
    assert found.rule is Rule.SHIFT
    assert found.reason == (
        "8 months in a row above 11.0, its average from November 2018 to October 2020"
    )
    assert found.months == tuple(JUNE.plus(back) for back in range(-7, 1))
    assert verdict([12] * 7).rule is None


def test_a_trend_speaks_of_the_rise_and_not_of_the_level() -> None:
    found = verdict([8, 9, 10, 11, 12, 13, 14])  # 7 months, 6 steps
    assert (found.rule, found.side, found.word) == (Rule.TREND, Side.ABOVE, "Unusual rise")
    assert found.reason == "rising 7 months in a row"
    assert len(found.months) == 7
    falling = verdict([14, 13, 12, 11, 10, 9, 8])
    assert (falling.word, falling.reason) == ("Unusual fall", "falling 7 months in a row")


def test_two_of_three_near_a_limit() -> None:
    found = verdict([15, 12, 15])
    assert found.rule is Rule.TWO_OF_THREE
    assert found.reason == "2 of 3 months near the upper limit (16)"
    assert found.months == (Month(2021, 4), JUNE)
    off = SignalSettings(two_of_three=False)
    item = indicator("A1")
    assert judge(item, series("A1", (*STEADY, 15, 12, 15)), settings=off).rule is None


def test_run_lengths_are_settings() -> None:
    values = series("A1", (*STEADY, *[12] * 7))
    longer = judge(indicator("A1"), values, settings=SignalSettings(shift=8))
    assert longer.rule is None
    assert "8 on one side" in longer.method_words


def test_the_method_in_a_sentence() -> None:
    assert verdict([12]).method_words == (
        "XmR of the monthly count; limits from June 2019 to May 2021 (24 months), frozen; rules: "
        "outside the limits, 7 rising or falling, 2 of 3 near a limit, 8 on one side."
    )


def test_limits_are_frozen_at_the_baseline() -> None:
    found = verdict([60] * 12)  # a new level does not pull the limits after it
    assert found.usual == ("6", "16")
    (baseline,) = found.baselines
    assert (baseline.points, baseline.frozen, baseline.trial) == (24, True, False)
    assert baseline.first == JUNE.plus(-35)


def test_every_month_of_the_record_is_judged_by_todays_limits() -> None:
    found = verdict([17, 12])
    assert len(found.chart) == 26
    may = found.at(Month(2021, 5))
    assert may is not None
    assert (may.value, may.rule, may.signal) == (17, Rule.OUTSIDE, Signal.NEUTRAL)
    assert may.lower == pytest.approx(5.68)
    assert may.upper == pytest.approx(16.32)


# Stocks: 25 month ends of 100, 102, 100 ... move by +2, -2, ...: mean 0, each moving range 4, so
# the limits of the move lie at -/+ 2.66 * 4 = 10.64.
EVEN = (100, 102) * 12 + (100,)


def stock(latest, **more):
    return judge(indicator("S", kind=Kind.STOCK, **more), series("S", (*EVEN, *latest)))


def test_a_stock_is_judged_on_its_change() -> None:
    found = stock([112])
    assert (found.judged_on, found.word) == ("change", "Unusual rise")
    assert found.reason == (
        "the rise of 12 on May is more than it moves from month to month (up to 10)"
    )
    assert found.usual == ("90", "110")  # round last month's 100: 89.36 and 110.64
    june = found.at(JUNE)
    assert june is not None
    assert (june.lower, june.upper) == (pytest.approx(89.36), pytest.approx(110.64))
    down = stock([88], preferred_direction=Direction.DOWN)
    assert (down.signal, down.word) == (Signal.IMPROVEMENT, "Improvement")
    assert "the fall of 12 on May is more than" in down.reason


def test_the_level_of_a_stock_is_never_judged() -> None:
    found = stock([106, 112, 118, 124, 130, 136])  # far above, by moves of 6
    assert found.signal is Signal.NONE
    assert found.reason == (
        "the rise of 6 on May is within what it moves from month to month (-10 to +10)"
    )
    level = stock([100])
    assert level.reason == "no change on May; it moves from month to month by -10 to +10"


def test_a_run_of_changes_says_that_they_are_changes() -> None:
    found = stock([101, 102, 103, 104, 105, 106, 107, 108])
    assert found.rule is Rule.SHIFT
    assert found.reason == (
        "8 months in a row with a change above 0, its average from November 2018 to October 2020"
    )


def test_a_stock_without_last_month_has_nothing_to_be_set_against() -> None:
    found = stock([None, 100])
    assert found.signal is Signal.NOT_JUDGED
    assert found.reason == "no figure for May 2021 to set it against"


# 50 and 54 of 100 in turn: mean 0.52, sigma of chance 0.04996, z moves by 0.8006, so sigma z is
# 0.8006 / 1.128 = 0.7098 and the limits lie 3 * 0.04996 * 0.7098 = 10.64 points away: 41.36, 62.64.
SHARES = [(50, 100), (54, 100)] * 12


def test_a_percentage_by_its_own_numbers() -> None:
    item = indicator("R", Unit.PERCENT, kind=Kind.RATIO, preferred_direction=Direction.DOWN)
    found = judge(item, of_parts("R", [*SHARES, (63, 100)]))
    assert (found.method, found.judged_on, found.word) == ("pprime", "level", "Concern")
    # 63% lies above 62.64, which would print as 63% too: one digit more tells them apart
    assert found.reason == "above the usual range (up to 62.6%)"
    # a month of 25 children: limits twice as far away (30.72 to 73.28), so 68% is usual
    few = judge(item, of_parts("R", [*SHARES, (17, 25)]))
    assert (few.signal, few.usual) == (Signal.NONE, ("31%", "73%"))


def test_limits_of_percentages_stay_within_0_and_100() -> None:
    item = indicator("R", Unit.PERCENT, kind=Kind.RATIO)
    found = judge(item, of_parts("R", [(90, 100), (96, 100)] * 12))
    assert found.usual is not None
    assert found.usual[1] == "100%"


def test_a_percentage_whose_numbers_are_not_at_hand() -> None:
    item = indicator("R", Unit.PERCENT, kind=Kind.RATIO)
    found = judge(item, series("R", [50, 54] * 12))
    assert found.method == "xmr"
    assert "the numbers behind it are not at hand for every month" in found.method_words


def test_a_run_says_whose_average_it_is_held_against() -> None:
    """Not the page's own of twelve months: here (3 * 20 + 5 * 26) / 16 = 11.875."""
    young = judge(indicator("A1"), series("A1", [9, 11] * 3 + [12, 14] * 5))
    assert young.reason == "10 months in a row above 11.9, its average so far"
    rebased = SignalSettings(rebases=(Rebase("A1", Month(2020, 3), "a merger"),))
    values = series("A1", [50, 52] * 12 + [9, 11] * 3 + [12, 14] * 5)
    assert judge(indicator("A1"), values, settings=rebased).reason == (
        "10 months in a row above 11.9, its average since March 2020"
    )


def test_a_rate_of_a_flow_is_judged_as_its_count_is() -> None:
    """At one population U' and XmR are the same chart: 3 / 1.128 moving ranges for 2.66."""
    count = indicator("C")
    rate = indicator("N", Unit.PER_10000, kind=Kind.RATE, numerator="C")
    counts = [120, 100] * 12 + [164]  # mean 110, moving range 20: up to 163.2
    found = judge(rate, of_parts("N", [(one, 20_000) for one in counts], per=10_000))
    assert found.method == "uprime"
    assert found.rule is Rule.OUTSIDE
    assert judge(count, series("C", counts)).rule is Rule.OUTSIDE


def test_a_target_against_the_limits() -> None:
    def with_target(value: int, direction: Direction):
        target = Target(Month(2021, 4), Fraction(value))
        return verdict([12], preferred_direction=direction, targets=(target,))

    assert with_target(20, Direction.DOWN).assurance is Assurance.MEETS
    assert with_target(20, Direction.UP).assurance is Assurance.MISSES
    assert with_target(15, Direction.UP).assurance is Assurance.HIT_OR_MISS
    assert with_target(20, Direction.UP).target == "20"
    assert with_target(20, Direction.NONE).assurance is None
    later = Target(Month(2021, 7), Fraction(20))
    assert verdict([12], targets=(later,)).target == ""


def test_a_target_says_nothing_of_a_change() -> None:
    target = Target(Month(2021, 4), Fraction(90))
    found = stock([100], preferred_direction=Direction.DOWN, targets=(target,))
    assert (found.target, found.assurance) == ("90", None)
