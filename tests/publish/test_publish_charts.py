"""The hand-drawn charts: scales, gaps, labels, and what is not drawn."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from fractions import Fraction

import pytest
from example_scorecard import HISTORY, HOSTILE, JUNE, example
from hypothesis import given
from hypothesis import strategies as st

from openscorecard.catalogue.indicator import Frequency, Kind
from openscorecard.publish.charts.benchmarks import benchmark_plot, benchmark_strip
from openscorecard.publish.charts.frame import Frame
from openscorecard.publish.charts.labels import Box, spread
from openscorecard.publish.charts.line import line_chart, paper_chart
from openscorecard.publish.charts.scale import Point, Scale, axis
from openscorecard.publish.charts.sparkline import sparkline
from openscorecard.publish.charts.svg import element, number
from openscorecard.publish.charts.value_labels import value_labels
from openscorecard.scorecard.page import Figure, FigureStatus, Row, Summary

CARD = example()
PAPER = Frame(width=700, left=50, right=545, top=26, foot=150, size=15, count=13)
NO_AVERAGE = Summary(FigureStatus.NOT_AVAILABLE, "[x]")


def row_of(ref: str) -> Row:
    found = CARD.row(ref)
    assert found is not None
    return found


def with_values(values: list[int | None], ref: str = "M1") -> Row:
    """The row with these values in the last months to June 2021; None is a gap."""
    months = HISTORY[-len(values) :]
    figures = tuple(
        Figure(month, FigureStatus.NOT_AVAILABLE, "[x]")
        if value is None
        else Figure(month, FigureStatus.VALUE, f"{value:,}", Fraction(value))
        for month, value in zip(months, values, strict=True)
    )
    return replace(row_of(ref), history=figures, figures=figures[-7:])


def lines(drawing: str) -> list[int]:
    """How many points each series line of the drawing joins."""
    found = re.findall(r'class="g-line" d="([^"]*)"', drawing)
    return [len(steps.split("L")) for steps in found]


# --- scales ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([13, 94], [0, 25, 50, 75, 100]),
        # 489 is not within three fifths of 507 of nothing: the scale may leave 0 out.
        ([489, 507], [485, 490, 495, 500, 505, 510]),
        ([0, 7], [0, 2, 4, 6, 8]),
        ([0, 2], [0, 1, 2]),
        ([5, 5], [4, 6]),
        ([0, 0], [0, 1]),
    ],
)
def test_an_axis_has_round_ticks_that_hold_all_values(values: list[int], ticks: list[int]) -> None:
    found = axis([Fraction(value) for value in values], whole=True)
    assert [int(tick) for tick in found.ticks] == ticks


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=13), st.booleans())
def test_any_axis_holds_its_values_in_at_most_eight_steps(values: list[int], whole: bool) -> None:
    found = axis([Fraction(value, 7) for value in values], whole=whole)
    assert found.low <= Fraction(min(values), 7)
    assert found.high >= Fraction(max(values), 7)
    assert 2 <= len(found.ticks) <= 9
    assert found.low >= 0


def test_a_scale_maps_ends_to_ends_and_a_single_value_to_the_middle() -> None:
    scale = Scale(Fraction(0), Fraction(200), 300, 100)
    assert [scale.at(Fraction(value)) for value in (0, 50, 200)] == [300, 250, 100]
    assert Scale(Fraction(5), Fraction(5), 0, 40).at(Fraction(5)) == 20


def test_coordinates_are_short_and_never_minus_nought() -> None:
    assert [number(value) for value in (3, 3.0, 3.14159, -0.04)] == ["3", "3", "3.1", "0"]


def test_words_moved_apart_keep_their_order_and_their_frame() -> None:
    # 100 and 104 must lie 20 apart: 92 and 112. At the edge both move in together.
    assert spread([104, 100], 20, 0, 300) == [112, 92]
    assert spread([298, 296], 20, 0, 300) == [300, 280]
    assert spread([], 20, 0, 300) == []


def test_a_line_crosses_a_box_only_within_it() -> None:
    box = Box(10, 10, 20, 20)
    assert box.crosses((0, 0), (30, 30))
    assert box.crosses((15, 0), (15, 30))
    assert not box.crosses((0, 15), (9, 15))
    assert not box.crosses((0, 30), (9, 0))


# --- the small chart -------------------------------------------------------------------------


def test_a_gap_is_a_gap() -> None:
    drawing = sparkline(with_values([5, 6, 7, None, 8, 9, None, 4]), HISTORY)
    assert drawing is not None
    assert lines(drawing) == [3, 2]


def test_the_latest_point_is_filled_and_a_last_known_one_is_hollow() -> None:
    known = sparkline(with_values([5, 6, 7]), HISTORY)
    stale = sparkline(with_values([5, 6, None]), HISTORY)
    assert known is not None
    assert stale is not None
    assert "g-open" not in known
    assert "g-open" in stale


def test_quarters_are_joined_over_the_months_between() -> None:
    row = with_values([30, None, None, 33, None, None, 29])
    assert lines(sparkline(row, HISTORY) or "") == []
    quarterly = replace(row, indicator=replace(row.indicator, frequency=Frequency.QUARTERLY))
    assert lines(sparkline(quarterly, HISTORY) or "") == [3]


def test_a_stock_has_no_average_line() -> None:
    row = row_of("M1")
    stock = replace(row, indicator=replace(row.indicator, kind=Kind.STOCK))
    assert "g-mean" in (sparkline(row, HISTORY) or "")
    assert "g-mean" not in (sparkline(stock, HISTORY) or "")


def test_under_two_figures_there_is_no_chart() -> None:
    assert sparkline(with_values([None, 5]), HISTORY) is None
    assert line_chart(with_values([None, 5]), HISTORY) is None


def test_specks_without_a_line_between_them_are_no_small_chart() -> None:
    assert sparkline(with_values([5, None, 6, None, 8]), HISTORY) is None
    assert sparkline(with_values([5, None, 6, 7]), HISTORY) is not None


@pytest.mark.parametrize(
    ("ref", "values", "least", "most"),
    [
        # The drawing is 34 high between its edges. 1 point of at least 10: a tenth of that.
        ("M8-QL", [98, 99, 98], 3, 4),
        # 4 of at least a tenth of 500: 34 x 4/50.
        ("LAC1", [496, 500, 496], 2, 3),
        # 50 points stand for the whole height.
        ("M8-QL", [20, 70, 20], 34, 34),
    ],
)
def test_a_wobble_does_not_fill_the_height(
    ref: str, values: list[int | None], least: float, most: float
) -> None:
    drawing = sparkline(replace(with_values(values, ref), average_12m=NO_AVERAGE), HISTORY) or ""
    line = re.search(r'class="g-line" d="M([^"]*)"', drawing)
    assert line is not None
    heights = [float(step.split(" ")[1]) for step in line[1].split("L")]
    assert least <= max(heights) - min(heights) <= most


def test_its_words_are_of_the_months_drawn() -> None:
    """1 in July 2018, 2 in August 2018, ... 24 in June 2020, ... 36 in June 2021."""
    months = [JUNE.plus(at - 35) for at in range(36)]
    figures = tuple(
        Figure(month, FigureStatus.VALUE, f"{value}", Fraction(value))
        for value, month in enumerate(months, start=1)
    )
    whole = "From 1 in July 2018 to 36 in June 2021."
    row = replace(row_of("M1"), history=figures, figures=figures[-7:], chart_text=whole)
    words = re.search(r"<desc[^>]*>([^<]*)", sparkline(row, tuple(months[-13:])) or "")
    assert words is not None
    assert words[1].startswith(
        "From 24 in June 2020 to 36 in June 2021. Lowest 24 in June 2020, highest 36 in June 2021."
    )
    assert whole in (sparkline(row, tuple(months)) or "")


def test_rows_with_fewer_months_share_the_time_scale_of_the_others() -> None:
    drawing = sparkline(with_values([5, 6, 7]), HISTORY) or ""
    first = re.search(r'class="g-line" d="M([0-9.]+) ', drawing)
    assert first is not None
    assert float(first[1]) > 100  # of 152: April is the eleventh of thirteen months


# --- the large chart -------------------------------------------------------------------------


def test_the_wide_chart_names_every_month_with_its_printed_figure() -> None:
    for row in CARD.rows:
        chart = line_chart(row, HISTORY)
        if chart is None:
            continue
        for figure in row.history:
            if figure.value is not None:
                assert f">{figure.printed}</text>" in chart.wide, row.indicator.ref


def test_it_says_whether_the_scale_starts_at_0() -> None:
    steady = line_chart(row_of("LAC1"), HISTORY)
    swinging = line_chart(row_of("CP3-QL"), HISTORY)
    assert steady is not None
    assert swinging is not None
    assert not steady.from_zero
    assert swinging.from_zero


def test_a_month_without_a_figure_says_why_where_its_point_would_stand() -> None:
    chart = line_chart(with_values([5, 6, None, 8]), HISTORY)
    assert chart is not None
    assert chart.wide.count(">[x]</text>") == 1


def test_bars_stand_below_only_where_it_is_known_what_was_counted() -> None:
    ratio = line_chart(row_of("CP3-QL"), HISTORY)
    flow = line_chart(row_of("M1"), HISTORY)
    assert ratio is not None
    assert flow is not None
    assert ratio.wide.count('class="g-part"') == 13 + 1  # and one in the key
    assert "g-part" not in flow.wide


def _labels(drawing: str, size: float = 15) -> list[tuple[str, Box]]:
    """The figures on the line, with the room that each takes."""
    found = re.findall(
        r'<text class="t-[mb] halo[^"]*" x="([^"]*)" y="([^"]*)" text-anchor="(\w+)">([^<]*)<',
        drawing,
    )
    return [(text, Box.of_text(text, float(x), float(y), size, at)) for x, y, at, text in found]


@given(st.lists(st.integers(0, 2_000), min_size=13, max_size=13))
def test_the_figures_of_a_year_stand_on_the_plot_and_clear_of_each_other(
    values: list[int | None],
) -> None:
    row = with_values(values)
    wide = line_chart(row, HISTORY)
    assert wide is not None
    # As in publish/charts/frame.py, and the frame that the paper has.
    paper = paper_chart(row, HISTORY, PAPER)
    for drawing, left, right in ((wide.wide, 52, 692), (paper or "", 50, 545)):
        labels = _labels(drawing)
        assert len(labels) == 13
        boxes = [box for _, box in labels]
        assert not any(one.meets(other) for one, other in itertools.combinations(boxes, 2))
        assert all(box.left >= left - 4 and box.right <= right for box in boxes)


def _placed(heights: list[float], levels: list[float], frame: Frame) -> list[tuple[float, float]]:
    """Where the figures of points at these heights are placed: middle and baseline."""
    figure = with_values([1_000]).latest
    drawn = [Point(at, figure, -Fraction(height)) for at, height in enumerate(heights)]
    spots = {point.index: (frame.month_x(point.index), heights[point.index]) for point in drawn}
    strokes = [((frame.left, y), (frame.right, y)) for y in levels]
    told = "".join(value_labels(drawn, spots, [drawn], strokes, [], frame))
    return [
        (float(x), float(y)) for x, y in re.findall(r' x="([^"]*)" y="([^"]*)" text-anchor', told)
    ]


def test_a_figure_steps_over_the_edge_of_its_band() -> None:
    """Points at 80, edges 10 above and 12 below. Text of 15 reaches 12 over its baseline and 3.75
    below it. Close by, above: baseline 80 - 11 = 69, from 57 to 72.75: the edge at 70 runs through.
    Below: baseline 80 + 11 + 11.25 = 102.25, from 90.25: the edge at 92 does. 8 further up the
    baseline is 61 and the text ends at 64.75, clear of both."""
    placed = _placed([80, 80, 80], [70, 92], replace(PAPER, count=3))
    assert [y for _, y in placed] == [61, 61, 61]


def test_a_figure_that_would_lie_on_a_steep_line_is_left_to_the_table() -> None:
    """Fourteen months, up and down by turns: 495 - 2 x 22 = 451 over 13 steps is 34.7 a step, and
    `1,000` takes 5 x 15 x 0.53 + 3 = 42.8. Above a peak there is room: the latest (at the top) and
    the highest have theirs. A dip lies on the axis: below it stand no figures, and beside or above
    it the line climbs through them."""
    heights = [150.0, 40.0] * 7
    frame = replace(PAPER, count=14)
    placed = _placed(heights, [], frame)
    assert [y for _, y in placed] == [29, 29]  # 40 - 11


# --- other councils --------------------------------------------------------------------------


def test_counts_are_never_drawn_beside_other_councils() -> None:
    assert benchmark_strip(row_of("CP1")) is None
    assert benchmark_plot(row_of("CP1"), wide=True) is None
    assert benchmark_strip(row_of("CP1-NI")) is not None


def test_a_strip_shows_the_others_by_shape_and_tells_them_in_words() -> None:
    row = row_of("M6-QL")
    drawing = benchmark_strip(row)
    assert drawing is not None
    assert drawing.count("g-peer") == 3
    latest = row.latest.printed
    assert f"June 2021: this council {latest}. Statistical neighbours 6%, England 7%" in drawing


def test_without_a_figure_this_month_the_strip_has_no_dot_of_ours() -> None:
    figures = (*row_of("M6-QL").history[:-1], Figure(JUNE, FigureStatus.HIDDEN, "[c]"))
    drawing = benchmark_strip(replace(row_of("M6-QL"), history=figures, figures=figures[-7:]))
    assert drawing is not None
    assert "g-dot" not in drawing
    assert "this council [c]" in drawing


def test_the_range_of_a_strip_needs_two_months_and_the_latest_and_is_told() -> None:
    row = row_of("M6-QL")
    whole = benchmark_strip(row) or ""
    assert whole.count('class="g-range"') == 1
    shown = [figure for figure in row.history if figure.value is not None]
    low = min(shown, key=lambda figure: figure.value or 0).printed
    high = max(shown, key=lambda figure: figure.value or 0).printed
    assert f"Our months shown: {low} to {high}.</desc>" in whole
    hidden = (*row.history[:-1], Figure(JUNE, FigureStatus.HIDDEN, "[c]"))
    for history in (hidden, row.history[-1:]):
        drawing = benchmark_strip(replace(row, history=history, figures=history[-7:])) or ""
        assert "g-peer" in drawing
        assert "g-range" not in drawing
        assert "Our months shown" not in drawing


def test_a_rate_has_no_bars_of_children_among_ten_thousands() -> None:
    row = row_of("CP1-NI")
    figures = tuple(
        replace(figure, numerator=Fraction(120), denominator=Fraction(50_860))
        for figure in row.history
    )
    chart = line_chart(replace(row, history=figures, figures=figures[-7:]), HISTORY)
    assert chart is not None
    assert not chart.has_bars
    assert "g-part" not in chart.wide + chart.narrow


def test_shapes_that_would_cover_each_other_step_aside() -> None:
    row = row_of("M6-QL")
    same = tuple(replace(item, value=Fraction(6)) for item in row.comparators)
    drawing = benchmark_strip(replace(row, comparators=same)) or ""
    shapes = re.findall(r'class="g-peer"[^>]*', drawing)
    assert len(set(shapes)) == 3


def test_text_in_a_drawing_is_escaped() -> None:
    assert element("text", HOSTILE, class_=HOSTILE).count("<") == 2
    drawing = sparkline(replace(row_of("M1"), chart_text=HOSTILE), HISTORY) or ""
    assert "<script" not in drawing
    assert "&lt;script&gt;" in drawing
