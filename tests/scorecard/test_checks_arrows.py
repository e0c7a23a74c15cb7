"""Arrows against their percentages."""

from __future__ import annotations

from printed_pages import expected, found, row, the_one, where

from openscorecard.records.printed.page import PrintedRow

RULE = "arrow-against-percentage"


def rows_of(*changes: str) -> list[PrintedRow]:
    """A row of 100 and so many more or fewer for each change."""
    rows = []
    for index, change in enumerate(changes):
        moved = int(change.split()[1].rstrip("%"))
        rows.append(row(f"A{index}", f"Number {index}", 100, 100 + moved, change_month=change))
    return rows


TEN = ("↑ 12%", "↑ 40%", "→ 9%", "→ -8%", "↓ -11%", "↓ -30%", "→ 0%", "→ 4%")


def test_arrows_that_turn_at_ten() -> None:
    assert found(*rows_of(*TEN), rule=RULE) == []


def test_an_arrow_against_its_sign() -> None:
    one = the_one(found(*rows_of(*TEN, "↑ -23%"), rule=RULE))
    assert where([one]) == [("A8", "change_month", "error")]
    assert expected(one) == {"text": "down"}
    assert "the arrow points up, but -23% is a fall" in one.message


def test_a_level_arrow_where_the_others_turn() -> None:
    one = the_one(found(*rows_of(*TEN, "→ 31%"), rule=RULE))
    assert expected(one) == {"text": "up"}
    assert "the arrow is level at 31%; the page's others turn at 10%" in one.message


def test_the_pages_own_tolerance_counts() -> None:
    # Turns at 5%: 9%, -6% and -8% point, 4% does not.
    five = ("↑ 12%", "↑ 9%", "↓ -8%", "→ 4%", "→ -3%", "↓ -30%", "↓ -6%")
    assert found(*rows_of(*five), rule=RULE) == []
    one = the_one(found(*rows_of(*five, "→ 9%"), rule=RULE))
    assert (one.ref, expected(one)) == ("A7", {"text": "up"})


def test_9_6_prints_as_10_and_may_be_level() -> None:
    assert found(*rows_of(*TEN, "→ 10%"), rule=RULE) == []


def test_too_few_arrows_show_no_tolerance() -> None:
    assert found(*rows_of("↑ 12%", "→ 31%", "→ 2%"), rule=RULE) == []


def test_arrows_that_follow_no_tolerance_are_left_alone() -> None:
    # 40% level, 2% up, -30% level, -1% down: whatever these arrows mean, it is not the size.
    odd = ("→ 40%", "↑ 2%", "→ -30%", "↓ -1%", "↑ 12%", "→ 9%")
    assert found(*rows_of(*odd), rule=RULE) == []


def test_arrows_that_mean_better_and_worse_are_left_alone() -> None:
    better = ("↑ -12%", "↑ 40%", "↓ 19%", "↑ -28%", "↓ -11%", "↓ 30%", "→ 0%")
    assert found(*rows_of(*better), rule=RULE) == []
