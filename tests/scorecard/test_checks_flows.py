"""Stocks against what joins and leaves them."""

from __future__ import annotations

from printed_pages import expected, found, row, the_one

RULE = "stock-against-flows"


def test_late_records_are_information() -> None:
    # 508 + 13 - 21 = 500, printed 507
    rows = [
        row("S", "Number of children in homes at end of period", 508, 507, 496),
        row("J", "Number of new children in homes", 23, 13, 6),
        row("L", "Number of ceasing children in homes", 14, 21, 17),
    ]
    one = the_one(found(*rows, rule=RULE))
    assert (one.ref, one.column, one.severity) == ("S", "2021-05", "information")
    assert expected(one) == {"value": 500}
    assert "is 500: 7 more." in one.message


def test_a_month_without_a_figure_before_it_is_not_judged() -> None:
    rows = [
        row("S", "Number of children in homes at end of period", "", 507),
        row("J", "Number of new children in homes", 23, 13),
        row("L", "Number of ceasing children in homes", 14, 21),
    ]
    assert found(*rows, rule=RULE) == []
