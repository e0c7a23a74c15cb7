"""Changes against their row, and against what stands behind the printed digits."""

from __future__ import annotations

from fractions import Fraction

import pytest
from printed_pages import exact, expected, found, row, the_one, where

from openscorecard.records.printed.page import PrintedRow

CONTRADICTED, INFECTED = "change-contradicts-row", "change-from-wrong-value"
ROUNDED, BLANK, NOT_COMPUTED = (
    "change-from-rounded-figures",
    "change-from-blank",
    "change-not-computed",
)


def visits(*values: object, **more: object) -> PrintedRow:
    return row("V1", "Number of visits", *values, **more)  # type: ignore[arg-type]


def test_a_change_of_the_wrong_sign() -> None:
    # 173/138 - 1 = 25.4%
    one = the_one(found(visits(138, 173, change_month="→ -6%"), rule=CONTRADICTED))
    assert where([one]) == [("V1", "change_month", "error")]
    assert expected(one) == {"value": 25}
    assert one.message == (
        "The change from May-21 prints → -6%, but from 138 (May-21) to 173 (Jun-21) it is 25%."
    )


def test_rounding_explains_a_change_of_percentages() -> None:
    # 23.5..24.5 to 15.5..16.5: anything from -37% to -30%.
    share = row("S", "Percentage of plans", "24%", "16%", change_month="↓ -31%")
    assert found(share, rule=CONTRADICTED) == []


def test_and_does_not_explain_more_than_that() -> None:
    share = row("S", "Percentage of plans", "24%", "16%", change_month="↓ -28%")
    assert expected(the_one(found(share, rule=CONTRADICTED))) == {"low": -37, "high": -30}


def test_days_are_measured_and_round_too() -> None:
    # 17.4 to 17.6 is 1%, and prints as 17 and 18; for a count 17 to 18 is 6%.
    days = row("D", "Average days to a visit", 17, 18, change_month="→ 1%")
    assert found(days, rule=CONTRADICTED) == []
    assert where(found(visits(17, 18, change_month="→ 1%"))) == [("V1", "change_month", "error")]


def test_halves_may_round_either_way() -> None:
    # 41/40 = +2.5%: 2 or 3.
    for shown in ("2%", "3%"):
        assert found(visits(40, 41, change_month=shown), rule=CONTRADICTED) == []


def test_a_decimal_in_the_change_is_held_to() -> None:
    # 41/40 = 2.5
    one = the_one(found(visits(40, 41, change_month="2.6%"), rule=CONTRADICTED))
    assert expected(one) == {"value": 2.5}


def test_the_change_on_the_year_where_last_year_is_shown() -> None:
    # 30/20 - 1 = 50%
    months = [20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 30, 30]
    assert found(visits(*months, change_year="↑ 50%")) == []
    one = the_one(found(visits(*months, change_year="↑ 44%"), rule=CONTRADICTED))
    assert (one.column, expected(one)) == ("change_year", {"value": 50})


def test_a_page_that_prints_changes_of_percentages_in_points() -> None:
    # 30 to 45 is 15 points (and 50%); 62 to 53 is -9 points (and -15%).
    rows = [
        row("S", "Percentage of plans", "30%", "45%", change_month="↑ 15%"),
        row("T", "Percentage of reviews", "62%", "53%", change_month="→ -9%"),
        row("U", "Percentage of visits", "50%", "58%", change_month="→ -8%"),
    ]
    one = the_one(found(*rows, rule=CONTRADICTED))
    # 57.5..58.5 less 49.5..50.5
    assert (one.ref, expected(one)) == ("U", {"low": 7, "high": 9})


def test_a_change_made_from_a_wrong_value_is_wrong_with_it() -> None:
    # 8571/85 - 1 = 9,984%; right: 85.705..85.715 after 84.5..85.5, 0.2% to 1.4%
    homes = row(
        "H",
        "Percentage of young people housed",
        *("83%", "82%", "84%", "82%", "85%", "85%", "8571%"),
        change_month="↑ 9984%",
        change_year="↑ 9840%",
    )
    month, year = found(homes, rule=INFECTED)
    assert (month.column, month.severity, expected(month)) == (
        "change_month",
        "error",
        {"low": 0, "high": 1},
    )
    assert "it rests on 8571% of Jun-21, which cannot stand" in month.message
    # (98.395..98.405 + 1) * 85.71 / 8571 - 1: -0.6% to -0.5%, in whole numbers -1 to 0
    assert (year.column, expected(year)) == ("change_year", {"low": -1, "high": 0})


def test_a_change_that_fits_the_right_value_is_left_alone() -> None:
    # The change was made before 85.71% became 8571%: 85.71 after 85 is 1%.
    homes = row(
        "H",
        "Percentage of young people housed",
        *("83%", "82%", "84%", "82%", "85%", "85%", "8571%"),
        change_month="→ 1%",
    )
    assert where(found(homes)) == [("H", "2021-06", "error")]


LEAVERS = [
    row("B1", "Number of leavers", 442, 400, 380, 410, 339),
    row("B2", "Number of leavers adopted", 38, 32, 40, 29, 20),
]


def test_counts_show_that_a_change_was_made_from_rounded_figures() -> None:
    # 29/410 = 7.07, 20/339 = 5.90: -16.6%. From the rounded 7 and 6 it is -14.3%.
    share = row("B2 (%)", "Percentage of leavers adopted", "9%", "8%", "11%", "7%", "6%")
    right = row("B2 (%)", share.name, "9%", "8%", "11%", "7%", "6%", change_month="↓ -17%")
    wrong = row("B2 (%)", share.name, "9%", "8%", "11%", "7%", "6%", change_month="↓ -14%")
    assert found(*LEAVERS, right) == []
    one = the_one(found(*LEAVERS, wrong))
    assert (one.rule, one.severity, expected(one)) == (ROUNDED, "warning", {"value": -17})
    assert "from 29 of 410 and 20 of 339" in one.message


def test_counts_show_a_change_that_neither_gives() -> None:
    share = "Percentage of leavers adopted"
    wrong = row("B2 (%)", share, "9%", "8%", "11%", "7%", "6%", change_month="↓ -22%")
    one = the_one(found(*LEAVERS, wrong))
    # The digits allow -26.7% to 0: 5.5/7.5 and 6.5/6.5. A warning, for names and figures alone say
    # that these are its parts.
    assert (one.rule, one.severity, expected(one)) == (CONTRADICTED, "warning", {"value": -17})


def test_a_rate_moves_as_its_count_does() -> None:
    # 93/158 - 1 = -41.1%; from the rounded 31 and 18 it is -41.9%.
    counts, starts = (351, 271, 244, 460, 334, 442, 339), (149, 91, 91, 174, 117, 158, 93)
    many = (1226, 1162, 1109, 1218, 1151, 1217, 1140)
    rows = []
    for ref, numbers in (("R", counts), ("S", starts), ("T", many)):
        rates = [str(round(10_000 * number / 50_860)) for number in numbers]
        change = {"change_month": "↓ -42%"} if ref == "S" else {}
        rows.append(row(ref, f"Number of {ref}-cases", *numbers))
        rows.append(row(f"{ref}-NI", f"Rate of {ref}-cases per 10,000", *rates, **change))
    one = the_one(found(*rows))
    assert (one.rule, one.ref, one.severity) == (ROUNDED, "S-NI", "warning")
    assert expected(one) == {"value": -41}


def test_an_unrounded_workbook_shows_more() -> None:
    # 29/410 and 20/339 as a workbook holds them.
    before = exact("7%", Fraction("7.073170731707317"))
    now = exact("6%", Fraction("5.899705014749263"))
    share = row("S", "Percentage of plans", before, now, change_month="↓ -14%")
    assert expected(the_one(found(share, rule=CONTRADICTED))) == {"value": -17}


def test_a_number_typed_into_a_workbook_is_good_to_its_own_digits() -> None:
    # 7.1 and 5.9 typed: from 7.05..7.15 to 5.85..5.95, -18.2% to -15.6%.
    before, now = exact("7%", Fraction("7.1")), exact("6%", Fraction("5.9"))
    share = row("S", "Percentage of plans", before, now, change_month="↓ -18%")
    assert found(share) == []


@pytest.mark.parametrize(("before", "now"), [("", 12), (12, ""), (12, "-"), ("n/a", 12), (0, 12)])
def test_a_change_from_a_blank_or_from_0(before: str | int, now: str | int) -> None:
    one = the_one(found(visits(before, now, change_month="↓ -100%"), rule=BLANK))
    assert where([one]) == [("V1", "change_month", "error")]
    assert expected(one) == {"text": "n/a"}


def test_a_percentage_of_0_may_be_a_rounded_one() -> None:
    share = row("S", "Percentage of plans", "0%", "12%", change_month="↑ 2400%")
    assert found(share, rule=BLANK) == []


def test_a_suppressed_value_is_no_blank() -> None:
    assert found(visits("<5", 12, change_month="↑ 300%"), rule=BLANK) == []


def test_a_change_that_could_be_computed() -> None:
    # 319/317 - 1 = 0.6%
    one = the_one(found(visits(317, 319, change_month="n/a"), rule=NOT_COMPUTED))
    assert where([one]) == [("V1", "change_month", "error")]
    assert expected(one) == {"value": 1}
    assert "prints n/a, but 317 (May-21) and 319 (Jun-21) give 1%." in one.message


def test_an_empty_cell_is_a_warning() -> None:
    one = the_one(found(visits(317, 319, change_month=""), rule=NOT_COMPUTED))
    assert (one.severity, "prints nothing, but" in one.message) == ("warning", True)


@pytest.mark.parametrize(("before", "now"), [(0, 3), ("", 3), (3, ""), (0, 0)])
def test_n_a_is_right_where_nothing_can_be_computed(before: str | int, now: str | int) -> None:
    assert found(visits(before, now, change_month="n/a"), rule=NOT_COMPUTED) == []


def test_a_council_may_leave_out_changes_of_small_numbers() -> None:
    rows = [
        row("V1", "Number of visits", 3, 4, change_month="n/a"),
        row("V2", "Number of calls", 7, 5, change_month="n/a"),
        row("V3", "Number of letters", 40, 50, change_month="↑ 25%"),
    ]
    assert found(*rows, rule=NOT_COMPUTED) == []


def test_but_not_where_it_prints_one_from_as_small_a_number() -> None:
    rows = [
        row("V1", "Number of visits", 3, 4, change_month="n/a"),
        row("V2", "Number of calls", 2, 5, change_month="↑ 150%"),
    ]
    assert where(found(*rows, rule=NOT_COMPUTED)) == [("V1", "change_month", "error")]
