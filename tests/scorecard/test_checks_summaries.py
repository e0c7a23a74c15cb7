"""12-month averages and maxima."""

from __future__ import annotations

from printed_pages import expected, found, row, the_one, where

BELOW, NOT_SHOWN, OF_NOTHING = "maximum-below-shown", "maximum-not-shown", "maximum-of-nothing"
AVERAGE, INFECTED = "average-impossible", "summary-from-wrong-value"


def test_a_maximum_below_a_shown_value() -> None:
    one = the_one(found(row("V", "Number of visits", 380, 410, 390, maximum_12m="380")))
    assert (one.rule, one.column, one.severity) == (BELOW, "maximum_12m", "error")
    # Nine months are not shown, so it may be more.
    assert expected(one) == {"low": 410, "high": None}
    assert one.message == "The 12-month maximum prints 380, but May-21 is 410."


def test_a_percentage_has_a_ceiling() -> None:
    one = the_one(found(row("S", "Percentage of plans", "80%", "91%", maximum_12m="88%")))
    assert expected(one) == {"low": 91, "high": 100}


def test_rounding_explains_a_maximum_with_fewer_digits() -> None:
    # 94.8 prints as 95, and 95 is no less than it.
    assert found(row("S", "Percentage of plans", "94.8%", "94.1%", maximum_12m="95%")) == []


def test_all_twelve_months_on_the_page_settle_it() -> None:
    months = [20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 31, 30]
    one = the_one(found(row("V", "Number of visits", *months, maximum_12m="44")))
    assert (one.rule, expected(one)) == (NOT_SHOWN, {"value": 31})


def test_the_thirteenth_month_is_outside_the_window() -> None:
    months = [50, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 31, 30]
    assert found(row("V", "Number of visits", *months, maximum_12m="31")) == []


def test_a_maximum_of_blanks() -> None:
    one = the_one(found(row("V", "Number of visits", "", "", average_12m="-", maximum_12m="0")))
    assert (one.rule, one.severity, expected(one)) == (
        OF_NOTHING,
        "warning",
        {"text": "no value"},
    )


def test_a_maximum_of_figures_that_are_not_shown_may_stand() -> None:
    assert found(row("V", "Number of visits", "", "", average_12m="12", maximum_12m="20")) == []


def test_a_maximum_taken_over_from_a_wrong_value() -> None:
    homes = row(
        "H",
        "Percentage of young people housed",
        *("83%", "82%", "84%", "82%", "85%", "86%", "8571%"),
        maximum_12m="8571%",
        average_12m="792%",
    )
    average, maximum = sorted(found(homes, rule=INFECTED), key=lambda one: str(one.column))
    # The greatest besides are 86% and 85.71%, both printed 86%.
    assert expected(maximum) == {"low": 86, "high": 100}
    # Seven months sum to 586.71, some 3 more or less for rounding. With five unseen of 0 to 100:
    # (583.7 + 0)/12 = 48.6 to (590.7 + 500)/12 = 90.8.
    assert expected(average) == {"low": 49, "high": 91}


def test_an_average_above_what_the_maximum_allows() -> None:
    # 2,000 in seven months and five of at most 400: 2000/12 = 166.7 to 4000/12 = 333.3
    months = (400, 300, 250, 250, 300, 200, 300)
    one = the_one(
        found(row("V", "Number of visits", *months, average_12m="350", maximum_12m="400"))
    )
    assert (one.rule, one.severity) == (AVERAGE, "error")
    # ... or fewer months, where some were blank: 2000/7 = 285.7 lies within.
    assert expected(one) == {"low": 167, "high": 333}


def test_an_average_within_reach() -> None:
    months = (400, 300, 250, 250, 300, 200, 300)
    for average in ("167", "333", "286"):
        visits = row("V", "Number of visits", *months, average_12m=average, maximum_12m="400")
        assert found(visits) == []


def test_one_unseen_month_must_have_been_the_maximum() -> None:
    # 2,000 in seven months, a maximum of 900 in one unseen: 2900/12 = 241.7 at least.
    months = (400, 300, 250, 250, 300, 200, 300)
    one = the_one(
        found(row("V", "Number of visits", *months, average_12m="230", maximum_12m="900"))
    )
    assert one.rule == AVERAGE
    assert found(row("V", "Number of visits", *months, average_12m="242", maximum_12m="900")) == []


def test_blanks_counted_as_0() -> None:
    # Ten months of 12 and two blanks: 12, not 120/12 = 10.
    months = [12] * 10 + ["", ""]
    visits = row("V", "Number of visits", *months, average_12m="10", maximum_12m="12")
    one = the_one(found(visits, row("C", "Number of calls", 9, 8)))
    assert expected(one) == {"value": 12}
    assert "if the blank months were counted as 0" in one.message


def test_a_percentage_over_the_whole_year_may_differ_from_the_mean_of_months() -> None:
    # The mean is 70.0; an average over all cases may be anything from 60 to 80.
    months = ["60%", "80%"] * 6
    one = the_one(found(row("S", "Percentage of plans", *months, average_12m="76%")))
    assert (one.rule, one.severity) == (AVERAGE, "warning")
    one = the_one(found(row("S", "Percentage of plans", *months, average_12m="84%")))
    assert (one.rule, one.severity) == (AVERAGE, "error")


def test_what_may_pass_100_has_no_ceiling() -> None:
    spent = row("B", "Spend against budget", "97%", "120%", average_12m="112%", maximum_12m="125%")
    assert found(spent) == []


def test_a_quarters_figure_stands_in_its_last_month() -> None:
    # Dec-20 23, Mar-21 and Jun-21 blank, Sep-20 not shown and the maximum of 39: (39 + 23)/2 = 31
    months = (23, "", "", "", "", "", "")
    name = "Families reached per quarter"
    calls = row("C", "Number of calls", 9, 8)
    one = the_one(found(row("F", name, *months, average_12m="30", maximum_12m="39"), calls))
    assert (one.rule, one.severity, expected(one)) == (AVERAGE, "warning", {"value": 31})
    right = row("F", name, *months, average_12m="31", maximum_12m="39")
    assert where(found(right, calls)) == []
