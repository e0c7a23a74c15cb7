"""The page as one value: rows, states, notes, comparators."""

from dataclasses import replace
from fractions import Fraction

from council import JUNE, catalogue, computed, indicator, observations, printed, released

from openscorecard.catalogue.indicator import Frequency
from openscorecard.scorecard.build import PageSettings, scorecard
from openscorecard.scorecard.page import FigureStatus, Vintage
from openscorecard.units import Unit

SETTINGS = PageSettings("Anytown")
CONTACTS = indicator("M1")
REFERRALS = indicator("M2", order=2)
SHARE = indicator("M3", Unit.PERCENT, order=3, numerator="M2", denominator="M1")
RATE = indicator("M2-NI", Unit.PER_10000, order=4, numerator="M2")


def page(figures, cells=(), indicators=(CONTACTS, REFERRALS, SHARE, RATE), settings=SETTINGS):
    return scorecard(catalogue(*indicators), JUNE, observations(figures, cells), settings)


def test_seven_months_in_the_order_of_the_catalogue():
    found = page(computed("M1", [1, 2, 3]))
    assert [row.indicator.ref for row in found.rows] == ["M1", "M2", "M3", "M2-NI"]
    assert [month.short for month in found.months][::6] == ["Dec-20", "Jun-21"]
    assert [figure.printed for figure in found.row("M1").figures] == [
        "[x]", "[x]", "[x]", "[x]", "1", "2", "3",
    ]  # fmt: skip


def test_months_never_held_are_outside_coverage_and_months_without_a_figure_not_available():
    figures = page(computed("M1", [None, 3])).row("M1").figures
    assert figures[-3].status is FigureStatus.OUTSIDE_COVERAGE
    assert figures[-2].status is FigureStatus.NOT_AVAILABLE


def test_a_printed_share_is_made_exact_from_its_counts():
    figures = [*computed("M1", [1801, 2080]), *computed("M2", [400, 339]), *printed("M3", [22, 16])]
    latest = page(figures).row("M3").latest
    assert latest.value == Fraction(33900, 2080)
    assert (latest.numerator, latest.denominator, latest.printed) == (339, 2080, "16%")


def test_a_printed_share_that_its_counts_contradict_stays_as_released_and_is_said():
    figures = [*computed("M1", [1801]), *computed("M2", [442]), *printed("M3", [24])]
    row = page(figures).row("M3")
    assert row.latest.printed == "24%"
    assert "June 2021: released as 24%, but 442 of 1801 is 25%." in row.notes  # 24.54%


def test_a_share_of_nobody_does_not_apply_whatever_was_printed():
    figures = [*computed("M1", [0]), *computed("M2", [0]), *printed("M3", [100])]
    latest = page(figures).row("M3").latest
    assert (latest.status, latest.printed, latest.value) == (
        FigureStatus.NOT_APPLICABLE,
        "[z]",
        None,
    )


def test_a_rate_is_made_exact_by_the_population_that_the_council_states():
    figures = [*computed("M2", [339]), *printed("M2-NI", [67])]
    stated = PageSettings("Anytown", population=Fraction(50_860))
    # 339 x 10,000 / 50,860 = 66.65
    assert page(figures, settings=stated).row("M2-NI").latest.value == Fraction(3_390_000, 50_860)
    assert page(figures).row("M2-NI").latest.value == 67


def test_between_quarters_a_quarterly_figure_does_not_apply():
    quarterly = indicator("F1", frequency=Frequency.QUARTERLY)
    row = page(computed("F1", [None, None, 23]), indicators=(quarterly,)).row("F1")
    assert [figure.printed for figure in row.figures[-3:]] == ["[z]", "[z]", "23"]


def test_a_revised_figure_is_marked_and_says_why():
    before, latest = computed("M1", [5, 6])
    figures = [before, replace(latest, released_before=Fraction(600), note="a slip of the unit")]
    row = page(figures).row("M1")
    assert (row.latest.printed, row.latest.revised) == ("6 [r]", True)
    assert "June 2021: a slip of the unit." in row.notes


def test_comparators_are_the_released_ones_and_say_that_nobody_traced_them():
    cells = [
        released("M1", "sn", 368),
        released("M1", "eng", 353),
        released("M1", "region", None, raw="Local"),
    ]
    sn, eng, region = page(computed("M1", [1]), cells).row("M1").comparators
    assert (sn.printed, eng.printed, region.status) == ("368", "353", "not-available")
    assert "not traced" in sn.formula


def test_a_chart_is_described_in_the_words_of_its_numbers():
    text = page(computed("M1", [1507, 1297, 2080])).row("M1").chart_text
    assert text.startswith("From 1,507 in April 2021 to 2,080 in June 2021. ")
    assert "Lowest 1,297 in May 2021, highest 2,080 in June 2021." in text


def test_what_can_still_rise_says_so_until_it_is_settled():
    late = indicator("M4", provisional_months=3)
    counted = [
        replace(one, vintage=Vintage.MONTH_CLOSE) for one in computed("M4", [2, 2, 1, 3, 1, 1, 1])
    ]
    found = page(counted, indicators=(late,)).row("M4").figures
    assert [bool(figure.note) for figure in found] == [False] * 4 + [True] * 3
    assert found[-1].note == "provisional: it can still rise as more is recorded"


def test_thirty_six_months_are_charted_where_they_are_held():
    assert len(page(computed("M1", list(range(1, 50)))).row("M1").history) == 36
    assert len(page(computed("M1", list(range(1, 30)))).row("M1").history) == 29
    assert len(page(computed("M1", [1, 2])).row("M1").history) == 7


def test_a_blank_comparator_on_a_newer_page_leaves_the_older_one_standing():
    cells = [
        released("M1", "sn", 50, month=JUNE.plus(-1)),
        released("M1", "sn", None, raw=""),
    ]
    assert page(computed("M1", [1]), cells).row("M1").comparators[0].printed == "50"


def test_a_share_that_a_file_gives_in_twelve_digits_gets_its_counts_too():
    share = Fraction("16.2980769231")  # 339 of 2,080, as a CSV writes it
    figures = [*computed("M1", [2080]), *computed("M2", [339]), *computed("M3", [share])]
    latest = page(figures).row("M3").latest
    assert (latest.value, latest.numerator, latest.denominator) == (
        Fraction(33900, 2080),
        339,
        2080,
    )
