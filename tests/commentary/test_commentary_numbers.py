"""Which numbers in a text are figures."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openscorecard.commentary.numbers import mentions


def numbers_in(text):
    """The whole numbers that the text gives as counts."""
    found = mentions(text)
    return {int(item.value) for item in found if not item.percent and not item.decimals}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Two children moved.", {2}),
        ("Both children moved.", {2}),
        ("one, Three and TEN", {1, 3, 10}),
        ("no more than one", {1}),
        ("twenty-one of forty", {21, 40}),
        ("a couple of families", {2}),
        ("1,223 contacts and 14 others", {1223, 14}),
        ("3,4 and 5 in each month", {3, 4, 5}),
        ("3 of 5, or 3/5", {3, 5}),
        ("2-3 children, 4–5 families", {2, 3, 4, 5}),
        ("(3); n=4; x2; SGOs-1", {1, 2, 3, 4}),
        ("It was 3. Then 4.", {3, 4}),
        ("a fall of -3", {3}),
        ("0 adoptions", {0}),
    ],
)
def test_counts_in_digits_and_words(text, numbers):
    assert numbers_in(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "in 2021, 2019-20 and 2020/21",
        "on 5 July 2021, 5th July, July 5th, July 5, 2021, since 3 May",
        "1/7/21, 01.07.2021, 2021-07-01, 2021-07, Jun-21, June ’21, at 9:30",
        "within 45 days, 11-25 days, 10 to 15 working days, between 2 and 3 weeks",
        "two weeks, a 12-month average, 24 hours / 1 working day, three years",
        "aged 13+, aged 5, ages 0 to 4, 16-17 year olds, under-5s, post-16",
        "M4, CP5-QL, EH3a%, S47, E11, LAC12, Q1",
        "section 47, Section 17, regulation 24, Tier 4, Key Stage 2, Level 3",
        "£5,000, £3m and £1.5 million",
        "5% and five per cent, 8 pts, 2 percentage points",
        "1.5 times and 94.8%",
        "no one, no-one, one another, a one-off, one-to-one, 24/7, 1st, 2nd, COVID-19",
    ],
)
def test_what_is_no_count(text):
    assert numbers_in(text) == set()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        # Each could be read as a date, an age or a label. It may be a count: so it is one.
        ("in May 5 children came", 5),
        ("the 5 May conferences", 5),
        ("down from 5 May to June", 5),
        ("this year 3 children came", 3),
        ("this week 2 children came", 2),
        ("at this level 3 are few", 3),
        ("over 5 children", 5),
        ("three 16 year olds", 3),
        ("4 - 10 days later than in May", 4),
    ],
)
def test_where_it_is_not_certain_a_number_is_a_count(text, number):
    assert number in numbers_in(text)


def test_percentages_are_kept_apart_with_their_digits():
    found = [(item.value, item.decimals, item.percent) for item in mentions("94.8%, five per cent")]
    assert found == [(Fraction("94.8"), 1, True), (Fraction(5), 0, True)]


def test_a_mention_says_where_it_stands():
    text = "We saw three children."
    (found,) = mentions(text)
    assert text[found.start : found.end] == "three"


@given(st.text())
def test_any_text_can_be_looked_through(text):
    for item in mentions(text):
        assert 0 <= item.start < item.end <= len(text)


@given(st.integers(0, 99_999).filter(lambda number: not 1900 <= number < 2100))
def test_a_number_among_words_is_found(number):
    assert number in numbers_in(f"There were {number} such children.")
    assert number in numbers_in(f"There were {number:,} such children.")
