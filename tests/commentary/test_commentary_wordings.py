"""Words that tell a number: found beside what is counted, looked past elsewhere."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openscorecard.commentary.wordings import lone_children, worded_numbers


def told(text):
    return [(round(item.value), item.percent) for item in worded_numbers(text)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("A single child was referred.", 1),
        ("The sole referral came in March.", 1),
        ("The only adoption of the year.", 1),
        ("Just a girl.", 1),
        ("The 1st girl to come.", 1),
        ("The first young person of the year.", 1),
        ("a second unaccompanied child", 2),
        ("the third and last boy", 3),
        ("a 5th baby", 5),
        ("Both were adopted.", 2),
        ("both of them", 2),
        ("both girls", 2),
        ("both of the young people", 2),
        ("Neither was in school.", 2),
        ("neither of the boys", 2),
        ("a boy and a girl", 2),
        ("one teenage boy and another child", 2),
        ("a pair of siblings", 2),
        ("a couple of children", 2),
        ("Twins came into care.", 2),
        ("triplets", 3),
        ("half a dozen boys", 6),
        ("a dozen referrals", 12),
    ],
)
def test_a_count_told_in_words(text, number):
    assert told(text) == [(number, False)]


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("half of them", 50),
        ("A third of those who left.", 33),
        ("two thirds were in time", 67),
        ("a quarter of children", 25),
        ("Numbers doubled.", 100),
    ],
)
def test_a_percentage_told_in_words(text, percent):
    assert told(text) == [(percent, True)]


@pytest.mark.parametrize(
    "text",
    [
        "both months; both in number and in rate; both internally and externally; both teams",
        "both boys and girls; neither up nor down",
        "a single assessment, a single point of access, every single day, single parents",
        "the only reason, the sole carer, a lone parent",
        "a first child protection conference, a second child protection plan",
        "the first child and family assessment; the first children and families team",
        "the first half, the second half of the year, half term, half a day, half of the year",
        "the third quarter; a quarter of the year; the first time; the third month; 1st June",
        "twin-track planning, a couple of weeks, a pair of terms",
        "when a child is referred; the voice of the child",
    ],
)
def test_words_that_tell_no_number(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "A girl was adopted.",
        "A child aged 5 was adopted.",
        "The child has been placed with family.",
        "Another baby came into care.",
        "We know of a child who was referred twice.",
        "The boy, aged 3, had waited.",
        "When schools opened again referrals fell; a young person left care.",
        "A child looked after was placed far away.",
    ],
)
def test_one_child_of_whom_something_is_told(text):
    assert len(list(lone_children(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "When a child is referred we see them within a day.",
        "When a child was referred we saw them.",
        "If the child was seen alone we count it.",
        "A child who is referred is seen.",
        "Every time a child was moved we asked why.",
        "The voice of the child was heard.",
        "A child protection plan was made.",
        "The child’s plan was late.",
        "A child has a right to be heard.",
        "Children were seen.",
        "We looked again to see that no child was turned away.",
    ],
)
def test_a_general_sentence_tells_of_no_one_child(text):
    assert list(lone_children(text)) == []


@given(st.text())
def test_any_text_can_be_looked_through(text):
    for item in (*worded_numbers(text), *lone_children(text)):
        assert 0 <= item.start < item.end <= len(text)


def test_a_very_long_text_takes_no_long_time():
    before = time.perf_counter()
    for text in ("a child " * 4000, "both of the " * 4000, "a " * 16_000, "first and " * 4000):
        list(worded_numbers(text))
        list(lone_children(text))
    assert time.perf_counter() - before < 5
