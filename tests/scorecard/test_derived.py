"""The derived columns, by hand."""

from dataclasses import replace
from fractions import Fraction

import pytest
from council import JUNE, computed, indicator, observations, printed, released, revised
from hypothesis import given
from hypothesis import strategies as st

from openscorecard.catalogue.indicator import Frequency
from openscorecard.scorecard.derived import arrow_of, average, change, maximum
from openscorecard.scorecard.page import FigureStatus
from openscorecard.statistics.ranges import half_up
from openscorecard.units import Arrow, Unit

COUNT = indicator("A1")
PERCENT = indicator("A1", Unit.PERCENT)
YEAR = [3, 9, 4, 6, 8, 2, 7, 5, 1, 10, 6, 5]  # sum 66, mean 5.5, greatest 10


def on_month(one, figures, cells=()):
    return change(one, observations(figures, cells), JUNE, 1)


class TestChange:
    def test_of_counts_is_exact(self):
        found = on_month(COUNT, computed("A1", [1801, 2080]))  # 279 / 1801 = 15.49%
        assert (found.printed, found.arrow) == ("15%", Arrow.UP)
        assert (found.moved, found.way) == ("279", Arrow.UP)

    def test_is_worked_out_from_unrounded_values(self):
        # 442/1801 = 24.542%, 339/2080 = 16.298%: -33.59%. From the rounded 24% and 16%: -33.3%.
        shares = [Fraction(44200, 1801), Fraction(33900, 2080)]
        found = on_month(PERCENT, computed("A1", shares))
        assert (found.printed, found.moved, found.way) == ("-34%", "8 pts", Arrow.DOWN)

    def test_near_nothing_is_0_and_level_and_never_minus_0(self):
        found = on_month(COUNT, computed("A1", [340, 339]))  # -0.29%
        assert (found.printed, found.arrow, found.moved) == ("0%", Arrow.LEVEL, "1")

    @pytest.mark.parametrize("values", [[None, 5], [5, None], [None, None]])
    def test_without_both_figures_there_is_none(self, values):
        found = on_month(COUNT, computed("A1", values))
        assert (found.printed, found.arrow, found.status) == (
            "n/a",
            None,
            FigureStatus.NOT_AVAILABLE,
        )

    def test_from_0_there_is_a_move_but_no_percentage(self):
        found = on_month(COUNT, computed("A1", [0, 2]))
        assert (found.printed, found.percent, found.moved, found.way) == (
            "n/a",
            None,
            "2",
            Arrow.UP,
        )

    def test_to_0_is_minus_100(self):
        assert on_month(COUNT, computed("A1", [4, 0])).printed == "-100%"

    def test_of_a_blank_is_not_minus_100(self):
        """A page once counted a blank June as 0 and printed -100%."""
        cells = [released("A1", "change_month", -100)]
        assert on_month(COUNT, printed("A1", [4, None]), cells).printed == "n/a"

    def test_rounded_figures_that_do_not_settle_it_leave_it_to_the_released_cell(self):
        # 13% to 6% may be anything from -59% to -48%; the page, which knew more, says -57%.
        found = on_month(PERCENT, printed("A1", [13, 6]), [released("A1", "change_month", -57)])
        assert (found.printed, found.as_printed) == ("-57%", True)

    def test_a_released_cell_outside_what_the_figures_allow_is_not_believed(self):
        found = on_month(PERCENT, printed("A1", [13, 6]), [released("A1", "change_month", -6)])
        assert (found.printed, found.as_printed) == ("-54%", False)  # 6/13 - 1 = -53.8%
        assert found.note == "worked out from rounded figures"

    def test_a_released_cell_does_not_outlive_the_figure_it_rests_on(self):
        before, now = printed("A1", [84, 86])
        cells = [released("A1", "change_month", 4)]  # (88 - 84) / 84, as printed before
        assert not on_month(PERCENT, [before, revised(now, 86, 88)], cells).as_printed
        assert on_month(PERCENT, [before, replace(now, order=1)], cells).percent is not None

    def test_a_figure_of_an_older_page_that_came_later_takes_no_released_cell_away(self):
        # 23% to 24% may be anything from 0 to 9%; June's page, which knew more, says 2%.
        before, now = printed("A1", [23, 24])
        cells = [released("A1", "change_month", 2)]
        found = on_month(PERCENT, [replace(before, load="older", order=1), now], cells)
        assert (found.printed, found.as_printed) == ("2%", True)

    def test_on_a_year_that_is_not_held_the_released_cell_speaks(self):
        cells = [released("A1", "change_year", 48, arrow=Arrow.UP)]
        found = change(COUNT, observations(computed("A1", [1801, 2080]), cells), JUNE, 12)
        assert (found.printed, found.arrow, found.moved) == ("48%", Arrow.UP, "")


class TestArrow:
    @pytest.mark.parametrize(
        ("percent", "arrow"),
        [
            (10, Arrow.UP),
            (Fraction(999, 100), Arrow.LEVEL),  # prints 10%, and is level all the same
            (-10, Arrow.DOWN),
            (Fraction(-999, 100), Arrow.LEVEL),
            (0, Arrow.LEVEL),
        ],
    )
    def test_turns_at_ten_in_a_hundred(self, percent, arrow):
        assert arrow_of(Fraction(percent)) is arrow

    def test_tolerance_is_a_setting(self):
        assert arrow_of(Fraction(6), Fraction(5)) is Arrow.UP


class TestAverageAndMaximum:
    def test_over_twelve_months(self):
        seen = observations(computed("A1", YEAR))
        mean, most = average(COUNT, seen, JUNE), maximum(COUNT, seen, JUNE)
        assert (mean.printed, mean.value, mean.months) == ("6", Fraction(11, 2), 12)
        assert (most.printed, most.months) == ("10", 12)

    def test_the_thirteenth_month_back_counts_for_neither(self):
        seen = observations(computed("A1", [1000, *YEAR]))
        assert average(COUNT, seen, JUNE).printed == "6"
        assert maximum(COUNT, seen, JUNE).printed == "10"

    def test_months_without_a_figure_are_left_out_and_said(self):
        seen = observations(computed("A1", [None] * 10 + [4, 8]))
        mean = average(COUNT, seen, JUNE)
        assert (mean.printed, mean.months, mean.note) == ("6", 2, "from 2 of 12 months")

    def test_a_true_0_counts(self):
        seen = observations(computed("A1", [0] * 10 + [6, 6]))
        assert average(COUNT, seen, JUNE).printed == "1"

    def test_of_nothing_is_nothing_not_0(self):
        """A page once printed 0 as the maximum of twelve blanks."""
        cells = [released("A1", "average_12m", None), released("A1", "maximum_12m", 0)]
        seen = observations(printed("A1", [None] * 7), cells)
        assert average(COUNT, seen, JUNE).printed == "[x]"
        assert maximum(COUNT, seen, JUNE).printed == "[x]"

    def test_quarterly_figures_over_the_quarters(self):
        quarterly = indicator("A1", frequency=Frequency.QUARTERLY)
        # Sep 39, Dec 23, Mar and Jun blank: (39 + 23) / 2 = 31.
        values = [None, None, 39, None, None, 23, None, None, None, None, None, None]
        seen = observations(computed("A1", values))
        mean = average(quarterly, seen, JUNE)
        assert (mean.printed, mean.note) == ("31", "from 2 of 4 quarters")

    def test_a_page_of_seven_months_keeps_the_released_average(self):
        cells = [released("A1", "average_12m", 6), released("A1", "maximum_12m", 10)]
        seen = observations(printed("A1", YEAR[5:]), cells)
        mean, most = average(COUNT, seen, JUNE), maximum(COUNT, seen, JUNE)
        assert (mean.printed, mean.as_printed) == ("6", True)
        assert (most.printed, most.as_printed) == ("10", True)

    def test_a_released_average_outlives_a_revision_too_small_to_move_it(self):
        cells = [released("A1", "average_12m", 264), released("A1", "maximum_12m", 366)]
        *most, last = printed("A1", [366, 255, 226, 241, 263, 285])
        # 285 became 277: 8 less over twelve months is 0.67, less than the last digit.
        moved = revised(last, 277, before=285)
        figures = observations([*most, moved], cells)
        assert average(COUNT, figures, JUNE).as_printed
        assert maximum(COUNT, figures, JUNE).as_printed  # no revised figure was the maximum
        # 25 less would be 2: the released 264 is gone, and the months at hand speak.
        moved = replace(moved, value=Fraction(260))
        assert not average(COUNT, observations([*most, moved], cells), JUNE).as_printed

    def test_a_released_maximum_that_was_the_revised_figure_goes_with_it(self):
        cells = [released("A1", "maximum_12m", 366)]
        first, *rest = printed("A1", [366, 255, 226])
        moved = revised(first, 266, before=366)
        most = maximum(COUNT, observations([moved, *rest], cells), JUNE)
        assert (most.printed, most.as_printed) == ("266", False)

    def test_a_released_maximum_below_a_figure_is_not_believed(self):
        cells = [released("A1", "maximum_12m", 9)]
        assert maximum(COUNT, observations(printed("A1", YEAR[5:]), cells), JUNE).printed == "10"

    def test_a_released_average_of_a_share_above_100_is_not_believed(self):
        cells = [released("A1", "average_12m", 792), released("A1", "maximum_12m", 8571)]
        seen = observations(printed("A1", [83, 82, 84, 82, 85, 85, 86]), cells)
        # (83 + 82 + 84 + 82 + 85 + 85 + 86) / 7 = 587 / 7 = 83.86
        assert average(PERCENT, seen, JUNE).printed == "84%"
        assert maximum(PERCENT, seen, JUNE).printed == "86%"


counts = st.lists(st.one_of(st.none(), st.integers(0, 3000)), min_size=13, max_size=13)


@given(counts)
def test_average_lies_between_least_and_greatest_and_maximum_is_one_of_them(values):
    seen = observations(computed("A1", values))
    held = [v for v in values[1:] if v is not None]
    mean, most = average(COUNT, seen, JUNE), maximum(COUNT, seen, JUNE)
    if not held:
        assert mean.value is None
        assert most.value is None
    else:
        assert min(held) <= mean.value <= max(held)
        assert most.value == max(held)
        assert mean.months == most.months == len(held)


@given(counts)
def test_change_undone_gives_the_figure_back(values):
    seen = observations(computed("A1", values))
    for back in (1, 12):
        found, base = change(COUNT, seen, JUNE, back), values[12 - back]
        if found.percent is None:
            assert base is None or base == 0 or values[12] is None
        else:
            assert base * (1 + found.percent / 100) == values[12]
            assert found.arrow is arrow_of(found.percent)
            assert found.printed == f"{int(half_up(found.percent)):,}%"


@given(counts, st.integers(0, 12), st.integers(0, 3000))
def test_a_month_moves_only_what_rests_on_it(values, place, other):
    """A change of one month's figure leaves the columns alone that do not rest on that month."""
    before = observations(computed("A1", values))
    after = observations(computed("A1", [*values[:place], other, *values[place + 1 :]]))
    if place != 12 and place != 11:
        assert change(COUNT, before, JUNE, 1) == change(COUNT, after, JUNE, 1)
    if place not in (0, 12):
        assert change(COUNT, before, JUNE, 12) == change(COUNT, after, JUNE, 12)
    if place == 0:
        assert average(COUNT, before, JUNE) == average(COUNT, after, JUNE)
        assert maximum(COUNT, before, JUNE) == maximum(COUNT, after, JUNE)
