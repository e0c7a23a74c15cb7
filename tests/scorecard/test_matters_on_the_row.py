"""What a row shows beside its figure: comparators of its own kind only, and its chart in words."""

from dataclasses import replace
from fractions import Fraction

import pytest
from council import JUNE, catalogue, computed, indicator, observations, released

from openscorecard.comparators.beside import Beside, BesideValue
from openscorecard.comparators.wrong_sums import KIND_RULE
from openscorecard.findings import Finding, Severity
from openscorecard.scorecard.build import PageSettings, scorecard
from openscorecard.scorecard.comparators_of import LEFT_OUT
from openscorecard.scorecard.observation import StatedComparator
from openscorecard.units import Unit

STATED = StatedComparator("LAC2", "sn", Fraction(47), year="year ended March 2020")


def comparators(seen, *findings):
    page = scorecard(
        catalogue(indicator("LAC2")), JUNE, seen, PageSettings("Anytown"), findings=findings
    )
    return page.row("LAC2").comparators


def of_another_kind(column, rule=KIND_RULE):
    return Finding(rule, Severity.WARNING, "", ref="LAC2", column=column)


def with_stated():
    return replace(observations(computed("LAC2", [15])), stated={("LAC2", "sn"): STATED})


def test_a_stated_comparator_of_another_kind_is_left_out_and_says_why():
    sn, eng, _ = comparators(with_stated(), of_another_kind("sn"))
    assert (sn.status, sn.printed, sn.value, sn.formula) == ("not-available", "[x]", None, LEFT_OUT)
    assert (eng.status, eng.formula) == ("not-available", "")  # nobody stated one


def test_one_of_its_kind_and_one_that_is_only_not_traced_stay():
    assert comparators(with_stated())[0].printed == "47"
    assert comparators(with_stated(), of_another_kind("eng"))[0].printed == "47"
    assert comparators(with_stated(), of_another_kind("sn", "comparator-not-traced"))[0].value == 47


def test_one_that_was_printed_is_left_out_as_well():
    seen = observations(computed("LAC2", [15]), [released("LAC2", "sn", 47)])
    assert comparators(seen)[0].printed == "47"
    assert comparators(seen, of_another_kind("sn"))[0].printed == "[x]"


def test_what_is_published_stands_whatever_was_stated():
    value = BesideValue("eng", "England", Fraction(17), "year ended March 2020", "2020", "", "")
    beside = Beside("LAC2", "", "count", 2020, "", "", "", (value,))
    seen = replace(with_stated(), beside={"LAC2": beside})
    assert comparators(seen, of_another_kind("eng"))[1].printed == "17"


def chart_text(values, unit=Unit.COUNT):
    seen = observations(computed("A", values))
    page = scorecard(catalogue(indicator("A", unit)), JUNE, seen, PageSettings("Anytown"))
    return page.row("A").chart_text


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([0] * 7, "0 in every month shown."),
        ([100] * 7, "100 in every month shown."),
        (
            [0, 0, 0, None, 0, 0, 0],
            "0 in every month that has a figure. No figure shown for March 2021.",
        ),
        (
            [0, 0, 0, 0, 0, 0, 1],
            "From 0 in December 2020 to 1 in June 2021. "
            "Lowest 0 in December 2020, highest 1 in June 2021.",
        ),
    ],
)
def test_a_chart_of_one_figure_over_and_over_says_it_once(values, text):
    assert chart_text(values) == text


def test_figures_that_print_alike_are_alike():
    halves = [Fraction("50.1"), Fraction("49.9")] * 4
    assert chart_text(halves, Unit.PERCENT) == "50% in every month shown."
