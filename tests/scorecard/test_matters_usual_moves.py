"""Big moves that are usual variation: what an arrow marks and a verdict does not."""

from dataclasses import replace

from council import JUNE
from matters_pages import counts, outside, page, shares, usual

from openscorecard.catalogue.indicator import Kind
from openscorecard.scorecard.matters import with_matters
from openscorecard.scorecard.page import FigureStatus
from openscorecard.scorecard.verdict import JudgedMonth, Rule, Signal
from openscorecard.units import Unit


def moves(*rows):
    return with_matters(page(*rows)).usual_moves


def year(before, now):
    return [before] * 11 + [now]


def before(row, at):
    """The row with the month before as it was judged."""
    return replace(row, verdict=replace(row.verdict, chart=(at, *row.verdict.chart)))


def test_the_sentence_says_the_figure_what_it_was_and_where_it_usually_lies():
    row = usual(counts("CP1", year(158, 93), short_name="Section 47 enquiries started"), 79, 174)
    found = moves(row)[0]
    assert (found.ref, found.way, found.moved) == ("CP1", "down", "65")
    assert found.sentence == (
        "Section 47 enquiries started: to 93 from 158. Usual range 79 to 174."
    )


def test_of_a_stock_the_usual_range_goes_from_last_months_figure():
    row = usual(counts("LAC1", year(500, 560)), 400, 600)
    row = replace(row, verdict=replace(row.verdict, judged_on="change"))
    assert moves(row)[0].sentence == "LAC1: to 560 from 500. After 500, 400 to 600 is usual."


def test_a_percentage_moves_in_points_and_at_least_five():
    # 20% to 24%: an arrow of +20%, and four points.
    assert moves(usual(shares("A", year((20, 100), (24, 100))), 10, 40)) == ()
    found = moves(usual(shares("A", year((20, 100), (25, 100))), 10, 40))[0]
    assert (found.moved, found.sentence) == ("5 pts", "A: to 25% from 20%. Usual range 10% to 40%.")


def test_a_move_under_the_arrows_tolerance_is_not_big():
    assert moves(usual(counts("A", year(100, 109)), 80, 120)) == ()  # +9%
    assert len(moves(usual(counts("A", year(100, 110)), 80, 120))) == 1


def test_the_share_of_an_unusual_count_is_no_usual_move():
    count = counts("N", year(100, 150))
    parts = year((100, 1000), (150, 1000))  # 10% to 15%: five points
    share = usual(shares("S", parts, numerator="N", denominator="D"), 5, 20)
    assert [one.ref for one in moves(usual(count, 50, 180), share)] == ["N"]
    assert moves(outside(count, 80, 120), share) == ()


def test_what_is_unusual_or_not_judged_is_no_usual_move():
    row = counts("A", year(100, 150))
    assert moves(outside(row, 80, 120)) == ()
    assert moves(row) == ()


def test_the_way_back_from_an_unusual_month_is_no_usual_variation():
    row = usual(counts("M2", year(442, 339)), 260, 432)
    may = JudgedMonth(JUNE.plus(-1), 430.0, 346.0, 260.0, 432.0, signal=Signal.NONE)
    assert len(moves(before(row, may))) == 1
    assert moves(before(row, replace(may, signal=Signal.NEUTRAL))) == ()
    # A run that ended there leaves a rule, though the month alone was not unusual.
    assert moves(before(row, replace(may, rule=Rule.TWO_OF_THREE))) == ()
    assert moves(before(row, replace(may, value=442.0))) == ()  # outside its own limits
    assert moves(before(row, replace(may, value=200.0))) == ()
    assert len(moves(before(row, replace(may, value=442.0, upper=450.0)))) == 1


def test_in_a_year_that_was_mostly_unusual_no_range_is_usual():
    row = usual(counts("A", year(100, 140)), 50, 150)
    assert len(moves(replace(row, verdict=replace(row.verdict, flagged_12=7)))) == 1
    assert moves(replace(row, verdict=replace(row.verdict, flagged_12=8))) == ()


def test_the_biggest_by_the_share_of_the_usual_range_that_it_crossed():
    rows = (
        usual(counts("A", year(100, 140)), 50, 150),  # 40 of 100: 0.4
        usual(counts("B", year(1000, 1110)), 800, 1200),  # 110 of 400: 0.275
        usual(shares("C", year((50, 100), (80, 100))), 40, 90),  # 30 points of 50: 0.6
    )
    assert [move.ref for move in moves(*rows)] == ["C", "A", "B"]


def test_at_most_four_and_ties_go_by_the_order_of_the_page():
    rows = [usual(counts(ref, year(100, 140), order=n), 50, 150) for n, ref in enumerate("EDCBA")]
    assert [move.ref for move in moves(*rows)] == ["E", "D", "C", "B"]
    assert moves(*reversed(rows)) == moves(*rows)


def test_one_of_a_family():
    count = usual(counts("CP1", year(158, 93)), 79, 174)  # 65 of 95
    pairs = year((158, 50_860), (93, 50_860))
    rate = usual(
        shares("CP1-NI", pairs, Unit.PER_10000, kind=Kind.RATE, numerator="CP1", order=2), 15, 35
    )  # 31.07 to 18.29, 12.8 of 20: a little less
    whole = usual(counts("CP2", year(60, 90)), 30, 120)  # 30 of 90
    share = usual(
        shares("CP3", year((30, 60), (80, 90)), numerator="CP3v", denominator="CP2"), 20, 100
    )  # 38.9 points of 80
    assert [move.ref for move in moves(count, rate)] == ["CP1"]
    wide = usual(
        counts("CP1", year(158, 93)), 0, 300
    )  # 65 of 300: the rate crossed more of its own
    assert [move.ref for move in moves(wide, rate)] == ["CP1"]  # and it is the same move
    assert [move.ref for move in moves(whole, share)] == ["CP3"]


def test_few_a_month_are_left_out():
    # From 3 to 6 is an arrow of 100%; the mean of the year is 3.25.
    assert moves(usual(counts("A", year(3, 6)), 0, 12)) == ()
    # Shares of which fewer than five are counted, or all but fewer than five.
    assert moves(usual(shares("A", year((2, 13), (4, 13))), 0, 60)) == ()
    assert moves(usual(shares("A", year((7, 9), (6, 10))), 20, 100)) == ()


def test_a_hidden_change_or_average_says_nothing():
    row = usual(counts("A", year(100, 140)), 50, 150)
    hidden = replace(row.change_month, status=FigureStatus.HIDDEN, arrow=None, difference=None)
    assert moves(replace(row, change_month=hidden)) == ()
    mean = replace(row.average_12m, status=FigureStatus.HIDDEN, value=None)
    assert moves(replace(row, average_12m=mean)) == ()
    before = replace(row.history[-2], value=None, status=FigureStatus.HIDDEN)
    assert moves(replace(row, history=(*row.history[:-2], before, row.history[-1]))) == ()


def test_without_limits_there_is_no_share_of_the_range():
    row = usual(counts("A", year(100, 140)), 50, 150)
    assert moves(replace(row, verdict=replace(row.verdict, usual=None))) == ()
    assert moves(replace(row, verdict=replace(row.verdict, chart=()))) == ()
    assert row.verdict.chart[0].month == JUNE
