"""Where the council stands: only against values of the same kind, and with chance allowed for."""

from dataclasses import replace
from fractions import Fraction
from math import sqrt

import pytest
from council import JUNE, indicator
from matters_pages import DOWN, UP, beside, counts, noted, page, shares, stated

from openscorecard.catalogue.indicator import Kind, Relation, RelationKind
from openscorecard.findings import Finding, Severity
from openscorecard.scorecard.families import families, is_snapshot
from openscorecard.scorecard.matters import with_matters
from openscorecard.scorecard.page import FigureStatus
from openscorecard.scorecard.standings import standings
from openscorecard.scorecard.verdict import Signal
from openscorecard.units import Unit

# 27 conferences in time of 45 each month: 324 of 540 over the year, 60%.
IN_TIME = [(27, 45)] * 12


def stand(row, **more):
    return standings(row, row.beside, JUNE, **({"snapshot": False} | more))


def test_a_year_is_its_sums_and_not_the_mean_of_its_percentages():
    # 1 of 2 in eleven months, 78 of 78 in June: 89 of 100. The mean of the percentages is 54%.
    row = beside(shares("A", [(1, 2)] * 11 + [(78, 78)]), "percentage", eng=85)
    found = stand(row)[0]
    assert (found.ours, found.numerator, found.denominator) == (89, 89, 100)
    assert found.ours_printed == "89%"


def test_the_limits_are_those_of_chance_for_a_council_of_this_size():
    # Round 78% for 540: one standard deviation is sqrt(78 x 22 / 540) = 1.783 points; 1.959964 of
    # them hold 95%, 3.090232 hold 99.8%. Published as 78 it may be 77.5 to 78.5, so the lower limit
    # is that of 77.5 and the upper that of 78.5.
    found = stand(beside(shares("A", IN_TIME), "percentage", eng=78))[0]
    assert found.low_95 == pytest.approx(77.5 - 1.959964 * sqrt(77.5 * 22.5 / 540), abs=1e-4)
    assert found.high_998 == pytest.approx(78.5 + 3.090232 * sqrt(78.5 * 21.5 / 540), abs=1e-4)
    assert found.place == "below"


def test_a_percentage_published_whole_may_be_nearly_half_a_point_more():
    # 78 of 540 is 14.4%. Round 10% exactly, 3.09 x sqrt(10 x 90 / 540) = 3.99: 13.99% is the limit,
    # and 14.4% would lie outside. Round 10.5%, 3.09 x sqrt(10.5 x 89.5 / 540) = 4.08: 14.58%.
    row = shares("A", [(13, 90)] * 6)
    found = stand(beside(row, "percentage", eng=10))[0]
    assert found.place == "within"
    assert found.short == (
        "England 10% (year ended March 2020): higher, though chance can explain it."
    )
    # Published as 10.1%, it is at most 10.15: 3.09 x sqrt(10.15 x 89.85 / 540) = 4.02, and 14.17%.
    finer = stand(beside(row, "percentage", eng=Fraction("10.1")))[0]
    assert finer.place == "above"
    assert finer.high_998 == pytest.approx(10.15 + 3.090232 * sqrt(10.15 * 89.85 / 540), abs=1e-4)


def test_a_rate_for_a_month_has_the_digits_of_the_years():
    # 168 a year is 14 a month; the year may be 167.5 to 168.5, the month 13.958 to 14.042. Of
    # 168.4 a year (14.0333 a month) the last digit is a tenth: 168.35 to 168.45.
    row = shares("R", [(93, 50_860)] * 12, Unit.PER_10000, kind=Kind.RATE)
    whole = stand(beside(row, "rate", eng=14))[0]
    finer = stand(beside(row, "rate", eng=Fraction("168.4") / 12))[0]
    a_year = 50_860 / 10_000  # events for each one of the year's rate
    spread = 3.090232 * sqrt(168.5 * a_year) / a_year / 12
    assert whole.high_998 == pytest.approx(168.5 / 12 + spread, abs=0.05)  # Poisson’s is wider
    # Between the two upper limits lie the twelfth of 168.5 - 168.45, and as good as no more.
    assert whole.high_998 - finer.high_998 == pytest.approx(0.05 / 12, abs=0.0005)


def test_the_second_sentence_of_several_leaves_our_side_to_the_first():
    found = stand(beside(shares("A", IN_TIME), "percentage", eng=78, region=76))
    assert found[1].short == "South East 76% (year ended March 2020): lower than chance explains."
    assert found[1].sentence == (
        f"60% over the 12 months to June 2021 (324 of 540); {found[1].short}"
    )


def test_the_sentence_carries_both_figures_their_periods_and_what_ours_is_made_of():
    found = stand(beside(shares("A", IN_TIME, preferred_direction=UP), "percentage", eng=78))[0]
    assert found.sentence == (
        "60% over the 12 months to June 2021 (324 of 540); England 78% (year ended March 2020): "
        "lower than chance explains."
    )
    assert found.signal is Signal.CONCERN


@pytest.mark.parametrize(
    ("direction", "theirs", "signal"),
    [
        (UP, 78, Signal.CONCERN),
        (UP, 40, Signal.IMPROVEMENT),
        (DOWN, 78, Signal.IMPROVEMENT),
        (DOWN, 40, Signal.CONCERN),
        (UP, 61, Signal.NONE),  # a point away, where chance gives six
    ],
)
def test_the_signal_is_by_the_preferred_direction(direction, theirs, signal):
    row = beside(shares("A", IN_TIME, preferred_direction=direction), "percentage", eng=theirs)
    assert stand(row)[0].signal is signal


def test_without_a_preferred_direction_or_as_a_part_of_a_whole_it_is_neither():
    row = beside(shares("A", IN_TIME), "percentage", eng=78)
    assert stand(row)[0].signal is Signal.NEUTRAL
    part = beside(shares("A", IN_TIME, preferred_direction=UP), "percentage", eng=78)
    assert stand(part, neutral=True)[0].signal is Signal.NEUTRAL


def test_between_the_two_pairs_of_limits_chance_can_still_explain_it():
    # 60% is 2.4 standard deviations of sqrt(65 x 35 / 540) = 2.05 points under 65%.
    found = stand(beside(shares("A", IN_TIME, preferred_direction=UP), "percentage", eng=65))[0]
    assert (found.place, found.signal) == ("within", Signal.NONE)
    assert found.sentence.endswith(": lower, though chance can explain it.")


def test_a_rate_of_events_is_a_months_equivalent_of_the_year():
    # 93 a month of 50,860: 1,116 in the year / 50,860 / 12 x 10,000 = 18.29 a month.
    row = shares("R", [(93, 50_860)] * 12, Unit.PER_10000, kind=Kind.RATE)
    found = stand(beside(row, "rate", eng=14))[0]
    assert found.ours == Fraction(1116 * 10_000, 50_860 * 12)
    assert (found.numerator, found.denominator) == (1116, 50_860)
    # 14 a month would be 854.4 a year here, 167.5 to 168.5 per 10,000 a year 851.9 to 857.0; by
    # chance 763 to 949 or so (3.09 x 29.2 either way), and Poisson's limits lie a bit higher.
    assert found.low_998 * 50_860 * 12 / 10_000 == pytest.approx(763, abs=3)
    assert found.high_998 * 50_860 * 12 / 10_000 == pytest.approx(950, abs=3)
    assert found.sentence == (
        "18 per 10,000 a month over the 12 months to June 2021 (1,116 in a population of 50,860); "
        "England 14 (year ended March 2020): higher than chance explains."
    )


def test_a_snapshot_is_the_last_day_and_never_the_sum_of_its_months():
    row = shares("S", [(400, 50_860)] * 11 + [(497, 50_860)], Unit.PER_10000, kind=Kind.RATE)
    found = stand(beside(row, "stock-rate", eng=67), snapshot=True)[0]
    assert (found.numerator, found.denominator, found.period) == (497, 50_860, "30 June 2021")
    assert found.sentence.startswith(
        "98 per 10,000 on 30 June 2021 (497 in a population of 50,860)"
    )


def test_what_a_share_counts_tells_whether_it_is_a_snapshot():
    kinds = {"STOCK": Kind.STOCK, "FLOW": Kind.FLOW, "MISSING": Kind.OVERLAP}
    share = indicator("S", Unit.PERCENT, kind=Kind.RATIO)
    assert is_snapshot(replace(share, numerator="STOCK"), kinds) is True
    assert is_snapshot(replace(share, denominator="FLOW"), kinds) is False
    # Children who go missing twice count in two months: neither sums up nor is a last day's.
    assert is_snapshot(replace(share, numerator="MISSING"), kinds) is None
    assert is_snapshot(replace(share, numerator="STOCK", denominator="FLOW"), kinds) is None
    assert is_snapshot(share, kinds) is None


def test_a_flow_does_not_stand_beside_a_snapshot_nor_a_share_beside_a_rate():
    rate = shares("R", [(93, 50_860)] * 12, Unit.PER_10000, kind=Kind.RATE)
    assert stand(beside(rate, "stock-rate", eng=14)) == ()
    assert stand(beside(rate, "count", eng=14)) == ()
    assert stand(beside(shares("A", IN_TIME), "rate", eng=14)) == ()


def test_counts_never_stand_because_they_depend_on_size():
    assert stand(beside(counts("C", [9] * 12), "count", eng=50)) == ()
    assert stand(stated(counts("C", [9] * 12), "eng", 50)) == ()


def test_fewer_months_say_how_many_and_under_six_there_is_no_year():
    nine = shares("A", [None] * 3 + [(27, 45)] * 9)
    assert stand(beside(nine, "percentage", eng=78))[0].period == "9 of the 12 months to June 2021"
    five = shares("A", [None] * 7 + [(27, 45)] * 5)
    assert stand(beside(five, "percentage", eng=78)) == ()


def test_a_released_percentage_that_its_parts_contradict_is_left_out_of_the_year():
    row = shares("A", IN_TIME)
    wrong = replace(row.history[3], value=Fraction(90), printed="90%")  # of 27 of 45, which is 60%
    row = replace(row, history=(*row.history[:3], wrong, *row.history[4:]))
    found = stand(beside(row, "percentage", eng=78))[0]
    assert (found.period, found.denominator) == ("11 of the 12 months to June 2021", 495)


def test_a_month_in_which_there_was_nobody_is_a_month_all_the_same():
    row = shares("A", [None, *IN_TIME[1:]])
    nobody = replace(row.history[0], status=FigureStatus.NOT_APPLICABLE)
    row = replace(row, history=(nobody, *row.history[1:]))
    assert stand(beside(row, "percentage", eng=78))[0].period == "12 months to June 2021"


def test_one_hidden_month_hides_the_year():
    # The year less the eleven that are shown would be the hidden month.
    row = shares("A", ["c", *IN_TIME[1:]])
    assert stand(beside(row, "percentage", eng=78)) == ()
    latest = shares("S", ["c", *IN_TIME[1:]], kind=Kind.AS_OF)
    assert stand(beside(latest, "percentage", eng=78), snapshot=True) == ()


def test_a_hidden_average_hides_the_year():
    row = beside(shares("A", IN_TIME), "percentage", eng=78)
    hidden = replace(row.average_12m, status=FigureStatus.HIDDEN, value=None)
    assert stand(replace(row, average_12m=hidden)) == ()


# Comparators that are only stated


def test_a_stated_value_stands_with_a_year_and_not_without():
    row = shares("A", IN_TIME)
    assert stand(stated(row, "eng", 78))[0].theirs == 78
    assert stand(stated(row, "eng", 78, year="")) == ()


def test_what_a_stated_value_was_made_by_has_to_be_of_its_kind():
    share = shares("A", IN_TIME)
    rate = shares("R", [(93, 50_860)] * 12, Unit.PER_10000, kind=Kind.RATE)
    assert stand(stated(share, "eng", 1, formula="the published percentage / 12")) == ()
    assert stand(stated(rate, "eng", 14, formula="the year's rate")) == ()
    by_12 = stated(rate, "eng", 14, formula="the year's rate / 12")
    assert len(stand(by_12)) == 1
    assert stand(by_12, snapshot=True) == ()


def test_what_is_published_goes_before_what_is_stated_and_doubted():
    row = beside(stated(shares("A", IN_TIME), "eng", 1), "percentage", eng=78)
    assert stand(row, doubted=frozenset({"eng"}))[0].theirs == 78


def test_of_a_stated_value_all_that_its_digits_may_stand_for_is_allowed_for():
    # A rate printed as 5 may be 5.49: for 432 of 50,860 in twelve months (7.08 a month), the upper
    # limit round 5.5 is 335.7 + 3.09 x 18.3 = 392, or 6.43 and a little. Published, the year's 60
    # may be 60.5, which is 5.042 a month: 307.7 + 3.09 x 17.5 = 362, or 5.93 and a little.
    row = shares("R", [(36, 50_860)] * 12, Unit.PER_10000, kind=Kind.RATE)
    published = stand(beside(row, "rate", eng=5))[0]
    only_digits = stand(stated(row, "eng", 5, formula="the year's rate / 12"))[0]
    assert only_digits.high_998 == pytest.approx(published.high_998 + 0.5, abs=0.03)
    assert only_digits.low_998 < published.low_998


def test_a_comparator_with_a_finding_against_it_does_not_stand():
    row = stated(stated(shares("A", IN_TIME), "eng", 1), "region", 78, name="South East")
    found = stand(row, doubted=frozenset({"eng"}))
    assert [one.against for one in found] == ["region"]
    assert stand(row, doubted=None) == ()  # nobody has looked


def test_the_page_takes_the_findings_on_its_comparators():
    row = stated(replace(shares("A", IN_TIME), indicator=_flow_share()), "eng", 1)
    wrong = Finding("comparator-kind", Severity.WARNING, "", ref="A", column="eng")
    count = counts("B", [45] * 12)
    card = with_matters(page(row, count))
    assert [one.against for one in card.row("A").standings] == ["eng"]
    assert with_matters(page(row, count, findings=(wrong,))).row("A").standings == ()


def test_a_public_page_needs_the_findings_of_the_whole_one():
    row = stated(replace(shares("A", IN_TIME), indicator=_flow_share()), "eng", 1)
    public = page(row, counts("B", [45] * 12), audience="public")
    wrong = Finding("comparator-kind", Severity.WARNING, "", ref="A", column="eng")
    assert with_matters(public).row("A").standings == ()
    assert with_matters(public, findings=(wrong,)).row("A").standings == ()
    assert len(with_matters(public, findings=()).row("A").standings) == 1


def test_a_part_of_a_composition_is_neither_better_nor_worse_on_thepage():
    row = beside(
        replace(shares("A", IN_TIME), indicator=_flow_share(preferred_direction=UP)),
        "percentage", eng=78,
    )  # fmt: skip
    card = page(row, counts("B", [45] * 12))
    bands = (Relation(RelationKind.BANDS, ("A", "Z"), "B"),)
    assert with_matters(card).row("A").standings[0].signal is Signal.CONCERN
    assert with_matters(card, bands).row("A").standings[0].signal is Signal.NEUTRAL


def test_two_that_look_alike_and_are_not_get_a_digit_more():
    # 84.6% of 100,000 and 85.4%: both print 85%, and chance gives a third of a point.
    row = shares("A", [(84_600, 100_000)] * 12)
    found = stand(beside(row, "percentage", eng=Fraction("85.4")))[0]
    assert (found.ours_printed, found.theirs_printed) == ("84.6%", "85.4%")


def test_a_note_on_the_month_changes_nothing_of_the_year():
    row = beside(shares("A", IN_TIME), "percentage", eng=78)
    assert stand(noted(row, "provisional")) == stand(row)


def test_what_joins_a_stock_is_no_family_of_it():
    related = families(
        [indicator(ref) for ref in ("IN", "STOCK", "PART")],
        [
            Relation(RelationKind.FLOWS, ("IN",), "STOCK"),
            Relation(RelationKind.WITHIN, ("PART",), "STOCK"),
        ],
    )
    assert not related.one_family("IN", "STOCK")
    assert related.one_count("PART", "STOCK")


def _flow_share(**more):
    return indicator("A", Unit.PERCENT, kind=Kind.RATIO, denominator="B", **more)
