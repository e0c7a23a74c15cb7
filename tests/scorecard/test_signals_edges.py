"""Where a rule just holds, and where it just does not."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from signal_rows import JUNE, STEADY, indicator, judge, of_parts, page_of, series

from openscorecard.catalogue.indicator import Direction, Kind, Target
from openscorecard.scorecard.verdict import Assurance, Rule, Side, Signal
from openscorecard.units import Unit

HIGH_JUNE = (*STEADY[:-1], 20)  # 24 months to June 2020, with an average of 11.4


@pytest.mark.parametrize(("back", "seasonal"), [(3, True), (2, False)])
def test_a_season_goes_back_for_three_months(back: int, seasonal: bool) -> None:
    between = [12, 10] * back + [12] * (11 - 2 * back)  # the tens lie below the average
    found = judge(indicator("A1"), series("A1", [*HIGH_JUNE, *between, 21]))
    assert (found.rule, found.seasonal) == (Rule.OUTSIDE, seasonal)


YEAR = (6, 12) * 6
SUMMER = (6, 8, 6, 12)  # October lies above the average of about 10, as the winter does


@pytest.mark.parametrize(("low", "seasonal"), [(2, True), (3, False)])
def test_three_in_four_months_of_a_run_were_so_a_year_before(low: int, seasonal: bool) -> None:
    """The run has 9 months, October and the winter. With 2 low months a year before 7 were alike,
    with 3 it is 6, and three in four of 9 are 6.75."""
    first = [9] * low + [13] * (8 - low)
    values = [*YEAR, *SUMMER, *first, *SUMMER, *[13] * 8]
    found = judge(indicator("A1"), series("A1", values))
    assert (found.rule, len(found.months), found.seasonal) == (Rule.SHIFT, 9, seasonal)


@pytest.mark.parametrize(("winter", "seasonal"), [(14, True), (15, False)])
def test_a_run_further_out_than_last_years_is_no_season(winter: int, seasonal: bool) -> None:
    """The moving ranges of the first two years sum to 83, a mean of 3.609: sigma is 3.2, half of
    it 1.6. October and eight months of 14 lie 8/9 above last year's, of 15 they lie 16/9."""
    values = [*YEAR, *SUMMER, *[13] * 8, *SUMMER, *[winter] * 8]
    found = judge(indicator("A1"), series("A1", values))
    assert (found.rule, found.seasonal) == (Rule.SHIFT, seasonal)


@pytest.mark.parametrize(("values", "few"), [((4, 6) * 12, False), ((4, 5) * 12, True)])
def test_five_a_month_are_not_few(values, few: bool) -> None:
    item = indicator("A1", preferred_direction=Direction.DOWN)
    found = judge(item, series("A1", [*values, 30]))
    assert found.few is few
    assert found.signal is (Signal.NEUTRAL if few else Signal.CONCERN)


@pytest.mark.parametrize(("run", "offered"), [(12, True), (11, False)])
def test_a_new_baseline_is_offered_after_twelve_months(run: int, offered: bool) -> None:
    found = judge(indicator("A1"), series("A1", [*STEADY, *[18] * run]))
    assert bool(found.offer) is offered


def test_a_target_holds_from_its_first_month() -> None:
    item = indicator("A1", preferred_direction=Direction.UP)
    values = series("A1", STEADY)
    now = replace(item, targets=(Target(JUNE, Fraction(5)),))
    assert judge(now, values).assurance is Assurance.MEETS  # 5 lies below the limits of 5.68
    later = replace(item, targets=(Target(JUNE.plus(1), Fraction(5)),))
    assert judge(later, values).assurance is None


def test_what_falls_less_than_it_used_to_does_not_rise() -> None:
    """A stock that fell by 5 and 7 in turn, and by 3 since: each change lies above the usual one,
    and the stock still falls, so that it is no concern where fewer is better."""
    item = indicator("S", kind=Kind.STOCK, preferred_direction=Direction.DOWN)
    levels = [900]
    for change in [*(-5, -7) * 12, *[-3] * 9]:
        levels.append(levels[-1] + change)
    found = judge(item, series("S", levels))
    assert (found.rule, found.side) == (Rule.SHIFT, Side.ABOVE)
    assert (found.signal, found.word) == (Signal.NEUTRAL, "Unusual change")
    headline = page_of((item, series("S", levels))).matters[0].headline
    assert headline.endswith("its monthly change is unlike before")


def test_equal_moves_of_a_rate_are_equal() -> None:
    """-4, -3, -2, -1, 0, 1, 1: the last two are alike, which breaks a trend. As a rate per 10,000
    of 50,829 children they differ by a billionth of a billionth, if they are taken as floats."""
    moves = [3, -3] * 12 + [-4, -3, -2, -1, 0, 1, 1]
    levels = [380]
    for move in moves:
        levels.append(levels[-1] + move)
    rate = indicator("R", Unit.PER_10000, kind=Kind.RATE, numerator="S")
    stock = indicator("S", kind=Kind.STOCK)
    parts = of_parts("R", [(one, 50_829) for one in levels], per=10_000)
    rows = page_of((stock, series("S", levels)), (rate, parts)).rows
    assert [row.verdict.rule for row in rows] == [None, None]
