"""Bands and complements that do not make 100."""

from __future__ import annotations

from printed_pages import expected, found, row, the_one, where

from openscorecard.records.printed.page import PrintedRow

RULE = "parts-do-not-sum"


def five_bands(fourth: str, **more: object) -> list[PrintedRow]:
    """Bands of which four months make 99 to 101, and the newest as the fourth band makes it."""
    name = "Percentage of checks done {}"
    return [
        row("C1", name.format("within 10 days"), "16%", "10%", "12%", "15%", "16%"),
        row("C2", name.format("within 11-25 days"), "31%", "27%", "35%", "26%", "31%"),
        row("C3", name.format("within 26-35 days"), "19%", "18%", "13%", "28%", "19%"),
        row("C4", name.format("within 36-45 days"), "24%", "28%", "14%", "14%", fourth, **more),
        row("C5", name.format("over 45 days"), "11%", "16%", "26%", "16%", "11%"),
    ]


def test_rounding_explains_101_and_102() -> None:
    # Five bands may each be off by half a point: 97.5 to 102.5.
    assert found(*five_bands("24%"), rule=RULE) == []
    assert found(*five_bands("25%"), rule=RULE) == []


def test_the_rows_own_change_names_the_odd_one() -> None:
    # The others, 16 + 31 + 19 + 11 = 77, leave 21 to 25. A change of +64% from 14 asks for 23.
    one = the_one(found(*five_bands("42%", change_month="↑ 64%"), rule=RULE))
    assert where([one]) == [("C4", "2021-06", "error")]
    assert expected(one) == {"low": 21, "high": 25}
    assert "C4 is the odd one out" in one.message


def test_without_that_the_one_that_stands_out_most_is_named_as_such() -> None:
    one = the_one(found(*five_bands("42%"), rule=RULE))
    assert where([one]) == [("C4", "2021-06", "error")]
    assert "C4 stands out most from its other months" in one.message


def test_the_change_is_not_blamed_for_the_band() -> None:
    assert where(found(*five_bands("42%", change_month="↑ 64%"))) == [("C4", "2021-06", "error")]


def test_complements_by_opposite_names() -> None:
    rows = [
        row("L1", "Percentage of reviews held on time", "80%", "75%", "77%", "82%", "79%"),
        row("L2", "Percentage of reviews held late", "20%", "25%", "23%", "18%", "30%"),
    ]
    one = the_one(found(*rows, rule=RULE))
    assert (one.column, one.severity) == ("2021-06", "error")


def test_two_shares_that_made_100_by_luck_are_only_likely() -> None:
    rows = [
        row("L1", "Percentage of children placed with kin", *_percents(61, 63, 60, 58, 64, 62, 61)),
        row(
            "L2",
            "Percentage of children placed in town",
            *_percents(39, 37, 40, 42, 36, 38, 48),
        ),
    ]
    one = the_one(found(*rows, rule=RULE))
    assert one.severity == "warning"


def test_bands_that_leave_out_a_class_never_made_100() -> None:
    # 90, 91, 89, 92: the unknown ones are left out in every month.
    rows = [
        row("C1", "Percentage of checks within 10 days", "30%", "31%", "29%", "32%"),
        row("C2", "Percentage of checks within 20 days", "30%", "30%", "30%", "30%"),
        row("C3", "Percentage of checks within 30 days", "30%", "30%", "30%", "30%"),
    ]
    assert found(*rows, rule=RULE) == []


def _percents(*numbers: int) -> list[str]:
    return [f"{number}%" for number in numbers]
