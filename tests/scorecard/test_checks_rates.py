"""Rates against their counts and the page's population."""

from __future__ import annotations

import pytest
from printed_pages import expected, found, row, the_one, where

from openscorecard.records.printed.page import PrintedRow

RULE, NEW = "rates-of-no-one-population", "population-changed"
COUNTS = (351, 271, 244, 460, 334, 442, 339)
STARTS = (149, 91, 91, 174, 117, 158, 93)


def rates(counts: tuple[int, ...], people: int, later: int | None = None) -> list[str]:
    """Per 10,000 people; `later` people in the newest two months."""
    found = []
    for index, count in enumerate(counts):
        under = later if later is not None and index >= len(counts) - 2 else people
        found.append(str(round(10_000 * count / under)))
    return found


def two_rates(one: list[str], other: list[str]) -> list[PrintedRow]:
    return [
        row("R", "Number of referrals", *COUNTS),
        row("R-NI", "Number of referrals, rate per 10,000", *one),
        row("S", "Number of enquiries", *STARTS),
        row("S-NI", "Number of enquiries, rate per 10,000", *other),
    ]


def test_one_population_explains_all() -> None:
    rows = two_rates(rates(COUNTS, 50_860), rates(STARTS, 50_860))
    assert found(*rows, rule=RULE) == []


def test_a_rate_that_is_far_off() -> None:
    # 158 of 50,860 are 31.1 per 10,000; 51 would be 259 of them.
    other = rates(STARTS, 50_860)
    other[5] = "51"
    one = the_one(found(*two_rates(rates(COUNTS, 50_860), other), rule=RULE))
    assert where([one]) == [("S-NI", "2021-05", "error")]
    assert expected(one) == {"value": 31}


def test_a_rate_that_a_few_late_records_would_explain() -> None:
    # 91 are 17.9; 19 takes 94.1 of 50,860 at least, which is four more.
    other = rates(STARTS, 50_860)
    other[1] = "19"
    one = the_one(found(*two_rates(rates(COUNTS, 50_860), other), rule=RULE))
    assert where([one]) == [("S-NI", "2021-01", "warning")]
    assert expected(one) == {"value": 18}


def test_a_row_made_from_another_count() -> None:
    # The rate takes in others in two months (51 and 39 for 48 and 38): 10.03 and 7.67.
    rows = two_rates(rates(COUNTS, 50_860), rates(STARTS, 50_860))
    rows += [
        row("I", "Number of meetings", 48, 56, 20, 38, 45, 49, 58),
        row("I-NI", "Number of meetings, rate per 10,000", 10, 11, 4, 8, 9, 10, 11),
    ]
    one = the_one(found(*rows, rule=RULE))
    assert (one.ref, one.column, one.severity) == ("I-NI", "2021-03", "warning")
    # 38 of 50,860 are 7.47
    assert expected(one) == {"value": 7}
    assert "Dec-20 10 for 48 and Mar-21 8 for 38" in one.message


def test_a_row_of_another_age_group_has_its_own_population() -> None:
    rows = two_rates(rates(COUNTS, 50_860), rates(STARTS, 50_860))
    rows += [
        row("Y", "Number of entrants aged 10 to 17", 20, 22, 25, 18, 30, 27, 21),
        row(
            "Y-NI",
            "Number of entrants aged 10 to 17, rate per 10,000",
            *rates((20, 22, 25, 18, 30, 27, 21), 21_400),
        ),
    ]
    assert found(*rows, rule=RULE) == []


def test_a_new_edition_is_said_for_information() -> None:
    rows = two_rates(rates(COUNTS, 50_860, 52_900), rates(STARTS, 50_860, 52_900))
    assert found(*rows, rule=RULE) == []
    one = the_one(found(*rows, rule=NEW))
    assert (one.ref, one.column, one.severity) == (None, "2021-05", "information")


@pytest.mark.parametrize(("rate", "count"), [("0", 149), ("29", 0)])
def test_a_rate_of_none_and_none_of_a_rate(rate: str, count: int) -> None:
    one, other = rates(COUNTS, 50_860), rates(STARTS, 50_860)
    rows = two_rates(one, [rate, *other[1:]])
    rows[2] = row("S", "Number of enquiries", count, *STARTS[1:])
    assert the_one(found(*rows, rule=RULE)).column == "2020-12"


def test_no_one_population_within_a_row() -> None:
    # 40 per 10,000 of 100, 120 and 110 ask for 25,000, 30,000 and 27,500, and so on.
    rows = [
        row("R", "Number of referrals", 100, 120, 110, 140, 90),
        row("R-NI", "Number of referrals, rate per 10,000", 40, 40, 40, 40, 40),
    ]
    one = the_one(found(*rows, rule=RULE))
    assert (one.ref, one.severity) == ("R-NI", "warning")
    assert one.message.startswith("No one population makes its rates from R:")


def test_one_month_of_a_row_alone_on_the_page() -> None:
    # 271 at 53 ask for 50,654 people or more, 334 at 66 for 50,992 or fewer. 460 of so many are
    # 90.2 to 90.8.
    rows = [
        row("R", "Number of referrals", 351, 271, 244, 460, 334),
        row("R-NI", "Number of referrals, rate per 10,000", 69, 53, 48, 60, 66),
    ]
    one = the_one(found(*rows, rule=RULE))
    assert where([one]) == [("R-NI", "2021-05", "warning")]
    assert expected(one) == {"low": 90, "high": 91}
