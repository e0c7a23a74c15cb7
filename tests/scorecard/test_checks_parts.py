"""Percentages against their own counts, and percentages of nothing."""

from __future__ import annotations

from printed_pages import expected, found, page, row, the_one, where

from openscorecard.catalogue.indicator import Catalogue, Indicator, Kind
from openscorecard.scorecard.checks import check_page
from openscorecard.units import Unit

RULE, NOTHING = "percentage-contradicts-parts", "percentage-of-nothing"


def ratio(whole: tuple[int, ...], part: tuple[int, ...], share: tuple[str, ...]) -> list:  # type: ignore[type-arg]
    return [
        row("B1", "Number of leavers", *whole),
        row("B2", "Number of leavers adopted", *part),
        row("B2 (%)", "Percentage of leavers adopted", *share),
    ]


def test_one_of_six_is_17_and_not_7() -> None:
    # 4/12 = 33.3, 1/14 = 7.1, 10/21 = 47.6, 1/17 = 5.9; 1/6 = 16.7
    rows = ratio((12, 14, 21, 17, 6), (4, 1, 10, 1, 1), ("33%", "7%", "48%", "6%", "7%"))
    one = the_one(found(*rows, rule=RULE))
    assert (one.ref, one.column, one.severity) == ("B2 (%)", "2021-06", "error")
    assert expected(one) == {"value": 17}
    assert one.message == (
        "Jun-21 prints 7%, but B2 (1) of B1 (6) is 17%. "
        "One of these is wrong; the page does not tell which."
    )


def test_rounding_explains_half_a_point() -> None:
    # 442/1801 = 24.54 prints 25; 24 is 0.04 too low to be rounding; 5/8 = 62.5 may print 62 or 63
    rows = ratio((100, 40, 50, 8, 8), (25, 10, 13, 5, 5), ("25%", "25%", "26%", "62%", "63%"))
    assert found(*rows, rule=RULE) == []


def test_the_complement_bears_the_percentage_out_so_the_count_is_odd() -> None:
    # 285 of 321 is 88.8. The late ones, 14%, leave 85.5 to 86.5 in time: 274.5 to 277.7 of 321.
    rows = [
        row("A1", "Number of reviews", 410, 305, 304, 288, 321),
        row("A2", "Number of reviews within 45 days", 366, 255, 226, 241, 285),
        row("A3", "Percentage of reviews within 45 days", "89%", "84%", "74%", "84%", "86%"),
        row("A4", "Percentage of reviews over 45 days", "11%", "16%", "26%", "16%", "14%"),
    ]
    one = the_one(found(*rows, rule=RULE))
    assert (one.ref, one.column, one.severity) == ("A2", "2021-06", "error")
    assert expected(one) == {"low": 275, "high": 277}
    assert "these ask for 275 to 277" in one.message


def test_more_than_all_blames_no_percentage() -> None:
    # 52 of 46 would be 113%: a count is wrong. 52 is among its own months, 46 is not: 52/81% = 64.2
    rows = ratio((62, 60, 66, 61, 26), (50, 49, 53, 50, 52), ("81%", "82%", "80%", "82%", "81%"))
    one = the_one(found(*rows, rule=RULE))
    assert (one.ref, one.column) == ("B1", "2021-06")
    # 52 / 0.815 = 63.8 and 52 / 0.805 = 64.6
    assert expected(one) == {"value": 64}


def test_some_of_none() -> None:
    rows = ratio((12, 14, 21, 17, 0), (4, 1, 10, 1, 2), ("33%", "7%", "48%", "6%", "15%"))
    one = the_one([one for one in found(*rows) if one.rule in (RULE, NOTHING)])
    assert (one.ref, one.column) == ("B1", "2021-06")
    # 2 / 0.155 = 12.9 and 2 / 0.145 = 13.8: 13
    assert expected(one) == {"value": 13}


def test_figures_alone_make_a_warning() -> None:
    # Six months agree: 4/12, 1/14, 10/21, 1/17, 3/15, 2/13. Nothing in the names says so.
    rows = [
        row("X", "Stopped", 12, 14, 21, 17, 15, 13, 6),
        row("Y", "Adoptions", 4, 1, 10, 1, 3, 2, 1),
        row("Z", "Adopted", "33%", "7%", "48%", "6%", "20%", "15%", "7%"),
    ]
    one = the_one(found(*rows, rule=RULE))
    assert (one.ref, one.severity, expected(one)) == ("Z", "warning", {"value": 17})
    assert one.message.endswith("In the other months those two give it exactly.")


def test_parts_that_agree_by_luck_are_given_away_by_the_change() -> None:
    # 11/42 = 26.2 is not 24, and the others agree; but from 13% to 26% the page prints 103%, and
    # 14/54 after 6/45 is 94%: the page divides by something else.
    rows = [
        row("X", "Plans", 42, 53, 18, 31, 40, 45, 54),
        row("Y", "Repeats", 11, 19, 0, 5, 7, 6, 14),
        row("Z", "Again", "24%", "36%", "0%", "16%", "17%", "13%", "26%", change_month="↑ 103%"),
    ]
    assert found(*rows, rule=RULE) == []


def test_a_share_that_no_whole_number_makes() -> None:
    # Of 3 the shares are 0, 33, 67 and 100.
    rows = [
        row("T", "Number of transfers", 3, 2, 4, 5, 3),
        row("T %", "Percentage of transfers planned", "33%", "50%", "75%", "40%", "40%"),
    ]
    one = the_one(found(*rows, rule=RULE))
    assert where([one]) == [("T %", "2021-06", "warning")]


def test_several_shares_against_one_count_blame_the_count() -> None:
    # 40 of them make 10.0, 32.5 and 57.5; of 37 the shares next to these are 10.8, 32.4 and 56.8.
    rows = [
        row("T", "Number of transfers", 20, 25, 50, 40, 37),
        row("U", "Percentage of transfers late", "10.0%", "12.0%", "14.0%", "15.0%", "10.0%"),
        row("V", "Percentage of transfers out", "35.0%", "32.0%", "36.0%", "35.0%", "32.5%"),
        row("W", "Percentage of transfers in", "55.0%", "56.0%", "50.0%", "55.0%", "57.5%"),
    ]
    one = the_one(found(*rows, rule=RULE))
    assert where([one]) == [("T", "2021-06", "warning")]


def test_a_percentage_of_nothing() -> None:
    rows = [
        row("T", "Number of transfers", 3, 1, 0, 1, 0),
        row("T %", "Percentage of transfers planned", "33%", "100%", "-", "0%", "100%"),
    ]
    one = the_one(found(*rows, rule=NOTHING))
    assert where([one]) == [("T %", "2021-06", "error")]
    assert expected(one) == {"text": "no value"}


def test_a_dash_for_a_percentage_of_nothing_is_right() -> None:
    rows = [
        row("T", "Number of transfers", 3, 1, 0, 1, 0),
        row("T %", "Percentage of transfers planned", "33%", "100%", "-", "0%", "n/a"),
    ]
    assert found(*rows, rule=NOTHING) == []


def test_a_page_that_means_something_else_by_it_gets_one_warning() -> None:
    """The catalogue calls B1 the denominator, but this council's page divides by another count."""
    rows = ratio((12, 14, 21, 17, 16), (4, 1, 10, 1, 1), ("50%", "9%", "60%", "9%", "17%"))
    items = [
        _indicator("B1", "Number of leavers", Unit.COUNT),
        _indicator("B2", "Number of leavers adopted", Unit.COUNT),
        _indicator("B2 (%)", "Percentage of leavers adopted", Unit.PERCENT, ("B2", "B1")),
    ]
    catalogue = Catalogue(sections=(), indicators=tuple(items))
    findings = check_page(page(*rows), catalogue, audience="internal")
    one = the_one([one for one in findings if one.rule == RULE])
    assert where([one]) == [("B2 (%)", "2021-06", "warning")]
    assert one.message.startswith("5 of its 5 percentages are not B2 of B1")


def _indicator(
    ref: str, name: str, unit: Unit, parts: tuple[str | None, str | None] = (None, None)
) -> Indicator:
    return Indicator(
        ref=ref,
        id=ref,
        name=name,
        short_name=name,
        section="s",
        order=1,
        outcome="",
        unit=unit,
        kind=Kind.RATIO,
        numerator=parts[0],
        denominator=parts[1],
    )
