"""What is not judged, or gets no better or worse, and what is said of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from signal_rows import JUNE, STEADY, indicator, judge, of_parts, page_of, series

from openscorecard.catalogue.indicator import (
    Definition,
    Direction,
    Frequency,
    JudgedOn,
    Kind,
    Relation,
    RelationKind,
)
from openscorecard.periods import Month
from openscorecard.scorecard.build import PROVISIONAL
from openscorecard.scorecard.signals.chance import FALSE_ALARMS, FEW_A_MONTH
from openscorecard.scorecard.signals.settings import Rebase, SignalSettings
from openscorecard.scorecard.verdict import Rule, Signal
from openscorecard.units import Unit


def why(item, observations, **more) -> str:
    found = judge(item, observations, **more)
    assert (found.signal, found.word) == (Signal.NOT_JUDGED, "Not judged")
    assert found.usual is None
    return found.reason


def test_too_short_a_record() -> None:
    item = indicator("A1")
    assert why(item, series("A1", [5, 6, 5, 6, 5, 6])) == ("6 months on record: a verdict needs 7")
    assert why(item, series("A1", [5])) == "1 month on record: a verdict needs 7"
    stock = indicator("S", kind=Kind.STOCK)  # 7 month ends are 6 changes
    assert why(stock, series("S", [5, 6, 5, 6, 5, 6, 5])) == (
        "6 changes from month to month on record: a verdict needs 7"
    )
    found = judge(item, series("A1", [5, 6] * 3))
    assert (found.method, found.judged_on, found.method_words) == ("", "", "")
    assert [one.value for one in found.chart] == [5, 6] * 3


def test_from_7_months_on_limits_are_on_trial() -> None:
    found = judge(indicator("A1"), series("A1", [50, 60] * 4))
    assert found.signal is Signal.NONE
    assert found.notes == ("Trial limits: they rest on 8 points and settle at 12.",)
    assert "(8 months), on trial" in found.method_words
    twelve = judge(indicator("A1"), series("A1", [50, 60] * 6))
    assert twelve.notes == ()
    assert "(12 months); rules" in twelve.method_words


def test_no_figure_this_month() -> None:
    item = indicator("A1")
    assert why(item, series("A1", [*STEADY, None])) == "no figure for June 2021"
    assert why(item, []) == "no figure for June 2021"
    found = judge(item, series("A1", [*STEADY, None]))
    assert found.chart[-2].upper == pytest.approx(16.32)  # the months before have their limits


def test_a_series_that_does_not_move() -> None:
    reason = "the figure did not move, so there is no usual range"
    assert why(indicator("A1"), series("A1", [3] * 24)) == reason
    assert why(indicator("A1"), series("A1", [0] * 24)) == reason


def test_a_fall_after_years_without_movement_is_not_passed_over() -> None:
    """60 of 60 for two years, then 58, 50, 40, 20: no chart can weigh it, so the page says so."""
    item = indicator("P", Unit.PERCENT, kind=Kind.RATIO)
    parts = [(60, 60)] * 24 + [(58, 60), (50, 60), (40, 60), (20, 60)]
    found = judge(item, of_parts("P", parts))
    assert found.reason == (
        "the figure did not move from March 2019 to February 2021, so there is no usual range"
    )
    assert found.outgrown
    assert found.notes[0].startswith("It has been otherwise since, which the chart cannot weigh")
    assert 'from = "2021-03"' in found.offer
    matter = page_of((item, of_parts("P", parts))).matters[0]
    assert matter.headline == "One figure has changed where its usual range cannot tell"
    assert not judge(item, of_parts("P", [(60, 60)] * 28)).outgrown


def test_nor_is_a_count_that_was_rare_and_is_not_any_more() -> None:
    item = indicator("A1")
    assert judge(item, series("A1", [*[0, 1] * 12, 12, 14, 15])).outgrown
    assert not judge(item, series("A1", [*[0, 1] * 12, 0, 1, 0])).outgrown


def test_a_rolling_figure_by_its_definition() -> None:
    because = "it runs over twelve months"
    item = indicator("Y", judged_on=JudgedOn.NOTHING, judged_because=because)
    found = judge(item, series("Y", STEADY))
    assert (found.word, found.reason, found.method) == ("Not judged", because, "")


def test_a_definition_may_judge_a_snapshot_on_its_level() -> None:
    because = "it is earned anew each month"
    item = indicator("P", Unit.PERCENT, kind=Kind.AS_OF, judged_on=JudgedOn.LEVEL,
                     judged_because=because)  # fmt: skip
    found = judge(item, of_parts("P", [(80, 100), (84, 100)] * 12))
    assert (found.method, found.judged_on) == ("pprime", "level")
    assert found.method_words.endswith(f"judged so because {because}.")


def test_quarters_are_the_points() -> None:
    item = indicator("Q", frequency=Frequency.QUARTERLY)
    six = series("Q", [60, 50] * 3, every=3)
    assert why(item, six) == "6 quarters on record: a verdict needs 7"
    eight = judge(item, series("Q", [60, 50] * 4, every=3))
    assert eight.signal is Signal.NONE
    assert len(eight.chart) == 8
    assert "XmR of the quarterly count" in eight.method_words
    may = Month(2021, 5)
    assert why(item, series("Q", [60, 50] * 4, Month(2021, 3), every=3), month=may) == (
        "a quarterly figure, and none is due for May 2021"
    )


def test_few_a_month_are_neither_better_nor_worse() -> None:
    item = indicator("A1", preferred_direction=Direction.DOWN)
    found = judge(item, series("A1", [*[1, 3] * 12, 9]))  # mean 2, up to 7.32
    assert (found.signal, found.word) == (Signal.NEUTRAL, "Unusually high")
    assert found.notes == ("Few a month (2.0 on average): the chart has little power.",)


def test_less_than_one_a_month_is_too_rare_for_a_chart() -> None:
    """0, 1, 0, 1 ...: mean 0.5, up to 0.5 + 2.66, and seven months of 0 would be no run at all."""
    item = indicator("A1")
    reason = "less than one a month from June 2019 to May 2021, too few for a usual range"
    assert why(item, series("A1", [*[0, 1] * 12, 4])) == reason
    found = judge(item, series("A1", [*[0, 1] * 12, 4]))
    assert all((one.rule, one.upper) == (None, None) for one in found.chart)


def test_few_are_those_of_the_baseline() -> None:
    """Mean 8 in the 24 months that the limits rest on; that it is 2 now is what shall be said."""
    item = indicator("A1", preferred_direction=Direction.DOWN)
    found = judge(item, series("A1", [*[6, 10] * 12, *[2] * 36]))
    assert found.signal is Signal.IMPROVEMENT
    assert not any("Few" in note for note in found.notes)


def test_few_in_a_percentage_or_few_left_out_of_it() -> None:
    item = indicator("R", Unit.PERCENT, kind=Kind.RATIO, preferred_direction=Direction.UP)
    few = judge(item, of_parts("R", [(2, 100), (4, 100)] * 12))
    assert few.notes == ("Few a month (3.0 on average): the chart has little power.",)
    rest = judge(item, of_parts("R", [(96, 100), (98, 100)] * 12))
    assert rest.notes == (
        "Few a month are not in it (3.0 on average): the chart has little power.",
    )
    assert judge(item, of_parts("R", [(92, 100), (94, 100)] * 12)).notes == ()


def test_parts_of_a_composition_leave_the_verdict_to_their_whole() -> None:
    bands = [indicator(ref, Unit.PERCENT, kind=Kind.RATIO, preferred_direction=Direction.UP)
             for ref in ("a%", "late%", "ok%")]  # fmt: skip
    shares = [(50, 100), (54, 100)] * 12 + [(70, 100)]
    relations = (
        Relation(RelationKind.BANDS, ("a%", "late%"), whole="W"),
        Relation(RelationKind.COMPLEMENTS, ("late%", "ok%")),
    )
    page = page_of(*((one, of_parts(one.ref, shares)) for one in bands), relations=relations)
    words = {row.indicator.ref: row.verdict for row in page.rows}
    assert words["a%"].signal is words["late%"].signal is Signal.NEUTRAL
    assert words["a%"].notes == (
        "One of 2 shares of W that make 100%: when one rises, others fall. ok% carries the "
        "verdict of better or worse.",
    )
    assert words["ok%"].signal is Signal.IMPROVEMENT


def test_a_share_of_a_stock_is_judged_on_its_change() -> None:
    stock = indicator("S", kind=Kind.STOCK)
    share = indicator("S%", Unit.PERCENT, kind=Kind.RATIO, numerator="S")
    of_stock = indicator("V%", Unit.PERCENT, kind=Kind.RATIO, denominator="S")
    flow = indicator("F%", Unit.PERCENT, kind=Kind.RATIO)
    rows = page_of((stock, []), (share, series("S%", STEADY)), (of_stock, series("V%", STEADY)),
                   (flow, series("F%", STEADY))).rows  # fmt: skip
    assert [row.verdict.judged_on for row in rows[1:]] == ["change", "change", "level"]


def test_a_new_baseline_is_dated_by_a_person_and_says_why() -> None:
    values = series("A1", [*STEADY, *(30, 32) * 6])
    without = judge(indicator("A1"), values)
    assert without.rule is Rule.OUTSIDE
    assert without.notes == (
        "The level has held on one side for 12 months: if the reason is known, a new baseline can "
        "be dated (`scorecard signals 2021-06 --ref A1` has the lines).",
    )
    assert without.offer == '[[signals.rebase]]\nref = "A1"\nfrom = "2020-07"\nreason = "..."'
    settings = SignalSettings(rebases=(Rebase("A1", Month(2020, 7), "two teams were joined"),))
    found = judge(indicator("A1"), values, settings=settings)
    assert (found.signal, found.usual) == (Signal.NONE, ("26", "36"))  # 31 -/+ 5.32
    assert [one.points for one in found.baselines] == [24, 12]
    assert "(12 months); a new baseline because two teams were joined" in found.method_words
    assert found.at(Month(2020, 7)).signal is Signal.NONE
    early = SignalSettings(rebases=(Rebase("A1", Month(2021, 3), "two teams were joined"),))
    assert why(indicator("A1"), values, settings=early) == (
        "4 months on record since the new baseline: a verdict needs 7"
    )


def test_the_step_to_a_new_baseline_is_no_change_of_a_stock() -> None:
    levels = [*[100, 102] * 12, *[200, 202] * 6]
    settings = SignalSettings(rebases=(Rebase("S", Month(2020, 7), "a transfer"),))
    found = judge(indicator("S", kind=Kind.STOCK), series("S", levels), settings=settings)
    july = found.at(Month(2020, 7))
    assert (july.value, july.rule, july.signal) == (200, None, Signal.NOT_JUDGED)
    assert found.signal is Signal.NONE


def test_a_change_of_definition_starts_anew() -> None:
    item = indicator("A1", definitions=(Definition(Month(2018, 1), "as it was"),
                                        Definition(Month(2020, 7), "as it is")))  # fmt: skip
    found = judge(item, series("A1", [*STEADY, *(30, 32) * 6]))
    assert found.signal is Signal.NONE
    assert found.baselines[-1].reason == "the definition changed"


def test_a_provisional_figure_is_judged_and_says_so() -> None:
    found = judge(indicator("A1"), series("A1", [*STEADY, 17], note=PROVISIONAL))
    assert found.rule is Rule.OUTSIDE
    assert found.notes == ("The figure for June 2021 is provisional, and its verdict may change.",)


# With June 2020 at 20 the 24 months to it have a mean of 274 / 24 = 11.42 and moving ranges of 2
# but for one of 8: 52 / 23 = 2.26, so half the usual range is 6.01 wide, up to 17.43.
TO_JUNE_2020 = (*STEADY[:-1], 20)
BETWEEN = (12, 10) * 5 + (12,)


def test_a_month_that_repeats_last_years_is_seasonal() -> None:
    found = judge(indicator("A1"), series("A1", [*TO_JUNE_2020, *BETWEEN, 21]))
    assert (found.signal, found.word) == (Signal.NONE, "Usual variation")
    assert (found.seasonal, found.reason) == (True, "seasonal: as in June 2020")
    assert found.rule is Rule.OUTSIDE
    assert found.notes == (
        "By the rules it is unusual (above the usual range (up to 17)), but so it went a year "
        "before, to June 2020, and it came back in between.",
    )


@pytest.mark.parametrize(
    ("between", "june"),
    [
        (BETWEEN, 25),  # 5 above last June's: more than 2 sigma, which are 4.0
        ((20, 21) * 5 + (20,), 21),  # it never went back: a new level, and no season
    ],
)
def test_and_is_not_where_it_is_another_departure(between, june: int) -> None:
    found = judge(indicator("A1"), series("A1", [*TO_JUNE_2020, *between, june]))
    assert not found.seasonal
    assert found.signal is Signal.NEUTRAL


YEAR = (6, 12) * 6
SUMMER = (6, 8, 6, 12)  # July to October
WINTER = (13,) * 8  # November to June, above the average


def test_a_run_that_came_last_year_too_is_seasonal() -> None:
    """The first two years: 108 + 32 + 104 in 24 months, an average of 10.17; October (12) and all
    of the winter lie above it, in both winters."""
    again = judge(indicator("A1"), series("A1", [*YEAR, *SUMMER, *WINTER, *SUMMER, *WINTER]))
    assert (again.rule, again.seasonal) == (Rule.SHIFT, True)
    assert again.notes[0].startswith("By the rules it is unusual (9 months in a row above")
    first = judge(indicator("A1"), series("A1", [*YEAR, *YEAR, *SUMMER, *WINTER]))
    assert (first.rule, first.seasonal) == (Rule.SHIFT, False)


def test_a_count_leaves_better_and_worse_to_its_share() -> None:
    """40 conferences on time may be better than 30, or just more conferences."""
    count = indicator("V", preferred_direction=Direction.UP)
    share = indicator(
        "P", Unit.PERCENT, kind=Kind.RATIO, preferred_direction=Direction.UP, numerator="V"
    )
    parts = of_parts("P", [(10, 20), (12, 20)] * 12 + [(30, 60)])
    rows = page_of((count, series("V", [*STEADY, 30])), (share, parts)).rows
    assert rows[0].verdict.signal is Signal.NEUTRAL
    assert rows[0].verdict.notes == (
        "This count also follows how many there were. P carries the verdict of better or worse.",
    )
    alone = judge(count, series("V", [*STEADY, 30]))
    assert alone.signal is Signal.IMPROVEMENT


def test_a_season_needs_two_years() -> None:
    short = [*STEADY[-10:-1], 20, *BETWEEN, 21]  # 21 months
    assert not judge(indicator("A1"), series("A1", short)).seasonal


def test_chance_alone() -> None:
    rows = [(indicator(f"A{at}"), series(f"A{at}", [*STEADY, 17])) for at in range(50)]
    rows.append((indicator("short"), series("short", [1, 2])))
    chance = page_of(*rows).chance
    assert chance is not None
    assert (chance.judged, chance.flagged) == (50, 50)
    frozen = FALSE_ALARMS["xmr", "level"][1]  # June is the 25th month
    assert chance.expected == pytest.approx(50 * frozen)
    assert chance.sentence == (
        "With 50 indicators judged, about one false signal a month is expected by chance, "
        "where nothing has changed."
    )
    young = [(indicator(f"A{at}"), series(f"A{at}", [11, 12] * 6)) for at in range(50)]
    assert page_of(*young).chance.expected == pytest.approx(50 * FALSE_ALARMS["xmr", "level"][0])
    few = [(indicator(f"A{at}"), series(f"A{at}", [2, 3] * 12)) for at in range(50)]
    assert page_of(*few).chance.expected == pytest.approx(50 * FEW_A_MONTH[0])
    seven = SignalSettings(shift=7)
    assert page_of(*rows, settings=seven).chance.expected == pytest.approx(50 * frozen * 1.4)
    assert page_of(rows[-1]).chance.sentence == "No indicator is judged."


def test_months_of_the_record_beyond_the_chart() -> None:
    values = [*STEADY, *(12, 10) * 18]  # 60 months, of which the chart of figures has 36
    row = page_of((indicator("A1"), series("A1", values))).rows[0]
    assert (len(row.on_record), len(row.history)) == (60, 36)
    assert row.verdict.baselines[0].first == JUNE.plus(-59)
    assert replace(row, on_record=()).on_record == ()
