"""Values in the wrong unit."""

from __future__ import annotations

from fractions import Fraction

from printed_pages import exact, expected, found, row, the_one, where

RULE, OVER = "unit-slip", "percentage-over-100"


def test_a_percentage_a_hundred_times_its_neighbours() -> None:
    months = ("83%", "82%", "84%", "82%", "85%", "85%", "8571%")
    one = the_one(found(row("H4", "Percentage of young people housed", *months), rule=RULE))
    assert (one.ref, one.column, one.severity) == ("H4", "2021-06", "error")
    assert expected(one) == {"value": 85.71}
    assert "100 times its neighbours (about 84%)" in one.message


def test_two_slipped_months_do_not_hide_each_other() -> None:
    months = ("83%", "82%", "8412%", "82%", "85%", "85%", "8571%")
    slips = found(row("H4", "Percentage of young people housed", *months), rule=RULE)
    assert where(slips) == [("H4", "2021-02", "error"), ("H4", "2021-06", "error")]


def test_a_count_of_tens_that_jumps_a_hundredfold() -> None:
    slips = found(row("V1", "Number of visits", 31, 28, 33, 3000, 30), rule=RULE)
    assert where(slips) == [("V1", "2021-05", "error")]
    assert expected(slips[0]) == {"value": 30}


def test_a_small_count_may_jump_so_it_is_only_likely() -> None:
    slips = found(row("V1", "Number of visits", 3, 4, 3, 400, 4), rule=RULE)
    assert where(slips) == [("V1", "2021-05", "warning")]


def test_a_fall_to_a_handful_may_be_a_new_system() -> None:
    # 3 among 300 and 340 is a hundredth, but a month of a new system may well hold 3.
    slips = found(row("V1", "Number of visits", 310, 300, 340, 3, 320), rule=RULE)
    assert where(slips) == [("V1", "2021-05", "warning")]


def test_a_count_is_no_fraction() -> None:
    # 1.223 where 1,223 was meant: a thousandth, and three decimals that no count has.
    slips = found(row("V1", "Number of visits", "1,226", "1,162", "1.223", "1,217"), rule=RULE)
    assert where(slips) == [("V1", "2021-05", "error")]
    assert expected(slips[0]) == {"value": 1223}


def test_a_percentage_left_as_a_fraction() -> None:
    slips = found(row("P", "Percentage of plans", "86%", "84%", "0.85%", "88%"), rule=RULE)
    assert where(slips) == [("P", "2021-05", "error")]
    assert expected(slips[0]) == {"value": 85}


def test_one_per_cent_among_nineties_is_only_likely() -> None:
    slips = found(row("P", "Percentage of plans", "96%", "94%", "1%", "98%"), rule=RULE)
    assert where(slips) == [("P", "2021-05", "warning")]


def test_a_restless_row_proves_nothing() -> None:
    # 4 to 40 among the neighbours: tenfold already, so 400 is no slip.
    assert found(row("V1", "Number of visits", 4, 40, 12, 400), rule=RULE) == []


def test_three_months_are_too_few() -> None:
    assert found(row("V1", "Number of visits", 30, 31, 3000), rule=RULE) == []


def test_a_share_cannot_pass_100() -> None:
    one = the_one(found(row("S", "Percentage of referrals", "97%", "99%", "104%"), rule=OVER))
    assert where([one]) == [("S", "2021-06", "error")]
    assert expected(one) == {"low": 0, "high": 100}


def test_a_row_that_does_not_say_that_it_is_a_share_is_only_likely() -> None:
    over = found(row("S", "Timeliness", "97%", "99%", "104%"), rule=OVER)
    assert where(over) == [("S", "2021-06", "warning")]


def test_spending_may_pass_its_budget() -> None:
    assert found(row("B", "Percentage of budget spent", "97%", "99%", "104%"), rule=OVER) == []


def test_a_row_that_passes_100_twice_is_something_else() -> None:
    assert found(row("S", "Percentage of dues", "97%", "106%", "104%"), rule=OVER) == []


def test_a_workbooks_cell_is_judged_by_its_number() -> None:
    slipped = exact("8571%", Fraction("8571.43"))
    slips = found(row("H4", "Percentage of homes", "83%", "82%", "84%", slipped), rule=RULE)
    assert expected(the_one(slips)) == {"value": 85.7143}
