"""The control charts: where a band lies, where it has an edge, what is marked, and the charts of
other councils."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from example_scorecard import HISTORY, JUNE, example
from example_signals import CONFERENCES, ENQUIRIES, judged

from openscorecard.publish.charts.funnel import FunnelChart, funnel_chart
from openscorecard.publish.charts.limits import Place, band, limits
from openscorecard.publish.charts.line import LineChart, line_chart
from openscorecard.publish.charts.sparkline import sparkline
from openscorecard.publish.charts.trend import trend_chart
from openscorecard.publish.charts.working_day import working_day_chart
from openscorecard.scorecard.page import Row
from openscorecard.scorecard.verdict import JudgedMonth, Rule, Signal, Verdict
from openscorecard.units import Unit

CARD = judged(example(audience="internal"))
FLAT = Place(
    x=lambda at: 10.0 * at,
    before=lambda at: 10.0 * at - 5,
    after=lambda at: 10.0 * at + 5,
    y=lambda value: 100 - float(value),
)


def row_of(ref: str) -> Row:
    found = CARD.row(ref)
    assert found is not None
    return found


def with_limits(pairs: list[tuple[float | None, float | None]], unit: Unit = Unit.COUNT) -> Row:
    """The row of contacts with these limits in the last months to June 2021."""
    months = HISTORY[-len(pairs) :]
    chart = tuple(
        JudgedMonth(month, 50.0, 50.0, low, high, signal=Signal.NONE)
        for month, (low, high) in zip(months, pairs, strict=True)
    )
    row = row_of("M1")
    return replace(
        row,
        indicator=replace(row.indicator, unit=unit),
        verdict=Verdict(Signal.NONE, "Usual variation", "", judged_on="level", chart=chart),
    )


def edges_of(row: Row, count: int) -> list[list[tuple[float, float]]]:
    return band(limits(row, HISTORY[-count:]), FLAT)[1]


# --- the band --------------------------------------------------------------------------------


def test_level_limits_give_two_straight_edges_half_a_step_beyond_the_months() -> None:
    assert edges_of(with_limits([(20, 80)] * 3), 3) == [
        [(-5, 20), (25, 20)],
        [(-5, 80), (25, 80)],
    ]


def test_a_band_that_has_run_into_0_or_100_per_cent_has_no_edge_there() -> None:
    assert edges_of(with_limits([(-4, 80)] * 2), 2) == [[(-5, 20), (15, 20)]]
    assert edges_of(with_limits([(20, 130)] * 2, Unit.PERCENT), 2) == [[(-5, 80), (15, 80)]]
    assert edges_of(with_limits([(-4, 130)] * 2, Unit.PERCENT), 2) == []
    # A count may pass 100, and then it has its edge.
    assert len(edges_of(with_limits([(20, 130)] * 2), 2)) == 2


def test_an_edge_stands_only_for_the_months_that_have_one() -> None:
    # Open below in the first month of three: the lower edge begins with the second.
    lower = edges_of(with_limits([(0, 80), (10, 80), (10, 80)]), 3)[1]
    assert lower == [(10, 90), (25, 90)]


def test_a_month_without_limits_breaks_the_band() -> None:
    found = limits(with_limits([(20, 80), (None, None), (20, 80)]), HISTORY[-3:])
    assert [[one.index for one in stretch] for stretch in found] == [[0], [2]]


def test_a_new_baseline_breaks_the_band() -> None:
    # CP6B: the second baseline begins in December 2020, the seventh month; the first has no limits.
    found = limits(row_of("CP6B"), HISTORY)
    assert [[one.index for one in stretch] for stretch in found] == [
        [1, 2, 3, 4, 5],
        [6, 7, 8, 9, 10, 11, 12],
    ]
    drawn = line_chart(row_of("CP6B"), HISTORY)
    assert drawn is not None
    assert drawn.wide.count("new limits") == drawn.narrow.count("new limits") == 1


def test_no_verdict_no_band() -> None:
    assert limits(replace(row_of("M1"), verdict=None), HISTORY) == []
    assert "g-band" not in (sparkline(replace(row_of("M1"), verdict=None), HISTORY) or "")


# --- the marks -------------------------------------------------------------------------------


def test_the_small_chart_marks_the_run_that_reaches_this_month_and_months_outside() -> None:
    drawing = sparkline(row_of("LAC9"), HISTORY)
    assert drawing is not None
    assert drawing.count("g-bad") == 7
    # An old month outside bears its shape; the latest, which is usual, its dot.
    conferences = sparkline(row_of("CP3-QL"), HISTORY) or ""
    assert (conferences.count("g-bad"), conferences.count("g-dot")) == (1, 1)


def test_an_old_run_is_left_to_the_indicators_page() -> None:
    row = row_of("LAC9")
    verdict = row.verdict
    assert verdict is not None
    over = replace(
        row, verdict=replace(verdict, signal=Signal.NONE, word="Usual variation", months=())
    )
    assert "g-bad" not in (sparkline(over, HISTORY) or "")
    large = line_chart(over, HISTORY)
    assert large is not None
    assert large.wide.count("g-bad") == 7
    assert large.shapes == (Signal.CONCERN,)


@pytest.mark.parametrize(
    ("signal", "css", "tag"),
    [
        (Signal.CONCERN, "g-bad", "path"),
        (Signal.IMPROVEMENT, "g-good", "circle"),
        (Signal.NEUTRAL, "g-odd", "rect"),
    ],
)
def test_each_signal_has_a_shape_of_its_own(signal: Signal, css: str, tag: str) -> None:
    row = with_limits([(20, 80)] * 3)
    assert row.verdict is not None
    chart = tuple(
        replace(one, signal=signal, rule=Rule.OUTSIDE) if one.month == JUNE else one
        for one in row.verdict.chart
    )
    marked = replace(row, verdict=replace(row.verdict, chart=chart))
    assert f'<{tag} class="{css}"' in (sparkline(marked, HISTORY) or "")


# --- the large chart -------------------------------------------------------------------------


def drawn(ref: str) -> LineChart:
    found = line_chart(row_of(ref), HISTORY)
    assert found is not None
    return found


def names(drawing: str) -> list[str]:
    """The words at the right end of a wide chart."""
    return re.findall(r'<text class="t-s" x="702"[^>]*>([^<]*)<', drawing)


def test_edges_average_centre_and_target_are_named_at_their_ends() -> None:
    # The average of the twelve months is 63%, the centre of the limits 61%: both are named. The
    # upper limit has run into 100% and has no name.
    assert names(drawn("CP3-QL").wide) == [
        "12-month average 63%",
        "Target 80%",
        "Centre 61%",
        "Usual, from 16%",
    ]


def test_a_stock_has_neither_average_nor_centre_and_its_band_is_named() -> None:
    low, high = row_of("LAC1").verdict.usual  # type: ignore[union-attr]
    assert names(drawn("LAC1").wide) == [f"Usual, up to {high}", f"Usual, from {low}"]
    assert "g-mean" not in drawn("LAC1").wide
    assert "g-centre" not in drawn("LAC1").wide


def test_the_description_says_in_words_what_is_drawn() -> None:
    description = re.search(r"<desc[^>]*>([^<]*)<", drawn("CP3-QL").wide)
    assert description is not None
    assert "Usual range in June 2021: 16% to 100%." in description[1]
    assert "Usual variation: within the usual range (16% to 100%)." in description[1]
    assert "Target 80%." in description[1]


def test_the_front_door_has_a_second_chart_per_working_day() -> None:
    found = working_day_chart(row_of("M1"), HISTORY)
    assert found is not None
    latest = row_of("M1").latest.value
    assert latest is not None
    assert found.latest == f"{float(latest) / 20:.1f}"  # the example's months have 20 days each
    assert "g-odd" in found.wide
    assert working_day_chart(row_of("M2"), HISTORY) is None


# --- other councils --------------------------------------------------------------------------


def funnel_of(ref: str) -> FunnelChart:
    found = funnel_chart(row_of(ref), "Children")
    assert found is not None
    return found


def test_the_funnel_has_a_dot_a_council_diamonds_for_neighbours_and_our_own_filled() -> None:
    drawing = funnel_of("CP3-QL").wide
    # Sixty councils: ours is drawn from its own months, two are off the scale, two are neighbours.
    assert drawing.count('class="g-other"') == 60 - 1 - 2 - 2
    assert drawing.count('class="g-peer"') == 2
    assert drawing.count("g-own") == 1
    assert "This council 61%" in drawing
    assert "England 78%" in drawing
    assert funnel_of("CP3-QL").off_scale == "Off the scale: 2 larger councils."


def test_the_funnels_limits_are_those_of_chance_round_england() -> None:
    # At 1,000 children the 99.8% limits lie 3.0902 x sqrt(0.78 x 0.22 / 1000) = 4.05 points from
    # England's 78%: at 73.95% and 82.05%.
    row = row_of("CP3-QL")
    councils = tuple(
        replace(one, denominator=Fraction(1000), numerator=Fraction(1))
        for one in CONFERENCES.councils
    )
    flat = replace(row, beside=replace(CONFERENCES, councils=councils, own=None), standings=())
    found = funnel_chart(flat, "Children")
    assert found is not None
    top, foot, low, high = _frame(found.wide)
    ends = _ends_at(found.wide, "g-edge")
    values = [low + (foot - y) / (foot - top) * (high - low) for y in ends]
    assert sorted(values) == pytest.approx([73.95, 82.05], abs=0.1)


def _frame(drawing: str) -> tuple[float, float, float, float]:
    """Top and foot of the plot in pixels, and the numbers there."""
    ticks = re.findall(r'<text class="t-s" x="44" y="([\d.]+)"[^>]*>([\d.]+)%?<', drawing)
    heights = [(float(y) - 5, float(words)) for y, words in ticks]
    (foot, low), (top, high) = heights[0], heights[-1]
    return top, foot, low, high


def _ends_at(drawing: str, css: str) -> list[float]:
    """The heights at which lines of a class end on the right."""
    return [
        float(steps.rsplit("L", 1)[1].split()[1])
        for steps in re.findall(rf'<path class="{css}" d="([^"]*)"', drawing)
    ]


def test_a_rate_of_a_years_events_stands_as_a_month_of_it() -> None:
    # England's 14 a month is 168 of 10,000 a year; at 80,000 children 1,344 are expected. Poisson,
    # 99.8%: about 3.09 x sqrt(1344) = 113 more or less, 1.18 a month: 12.8 to 15.2.
    drawing = funnel_of("CP1-NI").wide
    top, foot, low, high = _frame(drawing)
    values = [low + (foot - y) / (foot - top) * (high - low) for y in _ends_at(drawing, "g-edge")]
    assert sorted(values) == pytest.approx([12.8, 15.2], abs=0.1)


def test_no_funnel_without_sizes_without_councils_or_of_counts() -> None:
    row = row_of("CP1-NI")
    unsized = tuple(replace(one, denominator=None) for one in ENQUIRIES.councils)
    few = ENQUIRIES.councils[:19]
    for councils in (unsized, few):
        assert funnel_chart(replace(row, beside=replace(ENQUIRIES, councils=councils)), "") is None
    assert funnel_chart(row_of("LAC1"), "") is None
    assert funnel_chart(row_of("M1"), "") is None


def test_ten_years_are_named_at_their_ends_and_told_apart_without_colour() -> None:
    found = trend_chart(row_of("CP3-QL"))
    assert found is not None
    for said in ("This council 54%", "Neighbours 80%", "England 79%", "South East 66%"):
        assert said in found.wide
        assert said in found.narrow
    assert (found.first, found.last) == (2011, 2020)
    lines = re.findall(r'class="g-line( g-[a-z]+)?"', found.wide)
    # The region lacks 2012: no line crosses it, and its first year stands by itself.
    assert lines.count(" g-region") == 1
    assert {" g-sn", " g-eng", " g-region", ""} == set(lines)


def test_a_trend_of_one_or_two_years_is_none() -> None:
    row = row_of("CP3-QL")
    short = tuple(replace(one, points=one.points[:2]) for one in CONFERENCES.trends)
    assert trend_chart(replace(row, beside=replace(CONFERENCES, trends=short))) is None
