"""Comments, headings, repeated texts and small numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from printed_pages import JUNE, expected, found, row, the_one, where

from openscorecard.records.printed.page import PrintedRow

MISSING, OTHER, HEADING = (
    "comment-missing",
    "comment-about-another-month",
    "heading-of-another-month",
)
NOWHERE, REPEATED, SMALL = "points-to-nowhere", "text-repeated", "small-number"


def rows_with(*comments: str) -> list[PrintedRow]:
    return [
        row(f"K{n}", f"Number of things {n}", 40, 50, commentary=text)
        for n, text in enumerate(comments)
    ]


def test_a_comment_is_missing_where_the_others_have_one() -> None:
    rows = rows_with("Steady.", "Steady too.", "")
    assert where(found(*rows, rule=MISSING)) == [("K2", "commentary", "warning")]


def test_without_a_figure_it_is_information() -> None:
    blank = row("B", "Number of other things", 40, "", commentary="")
    found_here = found(*rows_with("Steady.", "Steady too."), blank, rule=MISSING)
    assert where(found_here) == [("B", "commentary", "information")]


def test_a_page_that_comments_by_exception_gets_one_line() -> None:
    one = the_one(found(*rows_with("A rise.", "", "", ""), rule=MISSING))
    assert (one.ref, one.severity) == (None, "information")
    assert one.message.startswith("3 of 4 rows have no comment")


def test_a_page_before_its_comments_are_written() -> None:
    assert found(*rows_with("", "", ""), rule=MISSING) == []


@pytest.mark.parametrize(
    "text",
    [
        "In April 2021 the service took on two teams.",
        "April saw more of these than usual.",
        "Apr-21: a busy month, with two large families.",
        "Mar 21 was quiet, and so were the two months before.",
    ],
)
def test_a_comment_left_from_an_earlier_month(text: str) -> None:
    assert where(found(*rows_with(text), rule=OTHER)) == [("K0", "commentary", "warning")]


@pytest.mark.parametrize(
    "text",
    [
        "A rise on May 21, as expected.",
        "No data since April to comment on.",
        "Lower than in June 2020.",
        "In April 2021 a team left; in June 2021 its work was shared out.",
        "A review is planned for July 2021.",
        "In July 2021 the service moves.",
        "The rise of March to May has ended.",
        "Numbers may be lower than last year.",
        "Numbers were steady, and May have been so.",
        "Jan Brown leads on this.",
        "The year to March 2021 was the highest on record.",
        "We march on.",
        "In 2020-21 there were 40.",
    ],
)
def test_a_comment_that_only_compares_or_plans(text: str) -> None:
    assert found(*rows_with(text), rule=OTHER) == []


@pytest.mark.parametrize(
    "text",
    [
        "The same as in May.",
        "Half as many as in May, for the office was closed.",
        "In May it was 42 of 49; it is now 50.",
        "An audit will report in September.",
        "Fewer families came forward than in the whole of April.",
    ],
)
def test_a_month_set_beside_this_one_or_still_to_come(text: str) -> None:
    assert found(*rows_with(text), rule=OTHER) == []


def test_a_figure_of_another_month_alone_is_no_comparison() -> None:
    assert len(found(*rows_with("In May it was 42 of 49."), rule=OTHER)) == 1


def test_a_comment_on_the_last_month_with_a_figure() -> None:
    quarterly = row("Q", "Families, per quarter", 40, 50, "", commentary="In May 2021 we met 50.")
    assert found(quarterly, rule=OTHER) == []


def test_a_heading_that_was_not_moved_on() -> None:
    stale = replace(rows_with("Steady.")[0], change_month_base=JUNE.plus(-2))
    one = the_one(found(stale, rule=HEADING))
    assert (one.ref, one.column, one.severity) == (None, "change_month", "warning")
    assert expected(one) == {"text": "May-21"}


@pytest.mark.parametrize(
    "text", ["As above", "see above.", "As above. The rise goes on.", "See the comment above"]
)
def test_nothing_stands_above_the_first_row(text: str) -> None:
    assert where(found(*rows_with(text, "Steady."), rule=NOWHERE)) == [
        ("K0", "commentary", "warning")
    ]


def test_pointers_are_followed() -> None:
    assert found(*rows_with("Steady.", "As above", "See above"), rule=NOWHERE) == []
    assert where(found(*rows_with("Steady.", "", "As above"), rule=NOWHERE)) == [
        ("K2", "commentary", "warning")
    ]
    assert where(found(*rows_with("See below", "As above", "Steady."), rule=NOWHERE)) == [
        ("K0", "commentary", "warning"),
        ("K1", "commentary", "warning"),
    ]


def test_above_in_a_sentence_is_no_pointer() -> None:
    assert found(*rows_with("As above average as last year.", "Steady."), rule=NOWHERE) == []


EXPLOITATION = "The needs of children at risk of sexual exploitation are met with determination."


def test_an_outcome_copied_from_another_row() -> None:
    rows = [
        row("R", "Referrals where sexual exploitation was a factor", 40, outcome=EXPLOITATION),
        row("T", "Families of early support who were stepped up", 50, outcome=EXPLOITATION),
    ]
    assert where(found(*rows, rule=REPEATED)) == [("T", "outcome", "warning")]
    # Whichever stands first.
    assert where(found(*reversed(rows), rule=REPEATED)) == [("T", "outcome", "warning")]


def test_an_outcome_of_a_whole_service() -> None:
    rows = [
        row(f"R{n}", f"Referrals for {thing}", 40, outcome=EXPLOITATION)
        for n, thing in enumerate(("sexual exploitation", "neglect", "absence"))
    ]
    assert found(*rows, rule=REPEATED) == []


def test_a_rate_may_share_its_counts_outcome_and_comment() -> None:
    rows = [
        row("X", "Number of homes", 40, 50, outcome=EXPLOITATION, commentary=EXPLOITATION),
        row("X-NI", "Homes per 10,000", 8, 10, outcome=EXPLOITATION, commentary=EXPLOITATION),
    ]
    assert where(found(*rows, rule=REPEATED)) == [("X-NI", "commentary", "information")]


def test_short_texts_may_well_be_meant_twice() -> None:
    assert found(*rows_with("No change.", "No change.", "No change."), rule=REPEATED) == []


def test_small_numbers_on_a_public_page_only() -> None:
    rows = [row("V", "Number of visits", 4, 0, 6)]
    one = the_one(found(*rows, rule=SMALL, audience="public"))
    assert where([one]) == [("V", "2021-04", "warning")]
    assert found(*rows, rule=SMALL, audience="internal") == []


@pytest.mark.parametrize("name", ["Average days to a visit", "Claims paid per quarter"])
def test_what_counts_no_people_may_be_small(name: str) -> None:
    assert found(row("V", name, 4, 3), rule=SMALL, audience="public") == []
