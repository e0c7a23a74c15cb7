"""A count against which several cells of the page speak."""

from __future__ import annotations

from printed_pages import expected, found, row, the_one, where

RULE = "count-contradicted"


def test_two_digits_swapped_in_the_newest_month() -> None:
    # 14 typed as 41. 64% of 22 is 13.97 to 14.19; from 20 a fall of 30% is 13.9 to 14.1; and the
    # 12-month maximum is 20.
    rows = [
        row("K1", "Number of moves", 30, 25, 28, 31, 22),
        row(
            "K2", "Number of moves planned", 18, 16, 17, 20, 41,
            change_month="↓ -30%", maximum_12m="20",
        ),
        row("K3", "Percentage of moves planned", "60%", "64%", "61%", "65%", "64%"),
    ]  # fmt: skip
    one = the_one(found(*rows, rule=RULE))
    assert where([one]) == [("K2", "2021-06", "error")]
    assert expected(one) == {"value": 14}
    assert one.message == (
        "Jun-21 prints 41, but K3 (64%) of K1 (22), the change from May-21 (↓ -30%) and the "
        "12-month maximum (20) ask for 14: two digits of 14 changed places."
    )


def test_the_cells_that_speak_against_it_are_not_blamed() -> None:
    rows = [
        row("K1", "Number of moves", 30, 25, 28, 31, 22),
        row(
            "K2", "Number of moves planned", 18, 16, 17, 20, 41,
            change_month="↓ -30%", maximum_12m="20",
        ),
        row("K3", "Percentage of moves planned", "60%", "64%", "61%", "65%", "64%"),
    ]  # fmt: skip
    assert where(found(*rows)) == [("K2", "2021-06", "error")]


def test_one_cell_against_it_does_not_convict_it() -> None:
    rows = [row("K2", "Number of moves planned", 18, 16, 20, 41, change_month="↓ -30%")]
    assert found(*rows, rule=RULE) == []
    assert where(found(*rows)) == [("K2", "change_month", "error")]


def test_cells_that_ask_for_different_values_do_not_agree_on_anything() -> None:
    # The change asks for 14, the share for 20: one of them is wrong, or both.
    rows = [
        row("K1", "Number of moves", 30, 25, 28, 31, 22),
        row("K2", "Number of moves planned", 18, 16, 17, 20, 41, change_month="↓ -30%"),
        row("K3", "Percentage of moves planned", "60%", "64%", "61%", "65%", "91%"),
    ]
    assert found(*rows, rule=RULE) == []


def test_the_average_speaks_where_all_twelve_months_are_shown() -> None:
    # Eleven months of 20 and one of 91 for 19: the mean is (220 + 19) / 12 = 19.9, printed 19.9
    # (19.85 to 19.95 ask for 18.2 to 19.4), and the maximum is 20.
    months = [20] * 8 + [91] + [20] * 3
    rows = [row("K2", "Number of moves", *months, average_12m="19.9", maximum_12m="20")]
    one = the_one(found(*rows, rule=RULE))
    assert (one.ref, one.column, expected(one)) == ("K2", "2021-03", {"value": 19})
