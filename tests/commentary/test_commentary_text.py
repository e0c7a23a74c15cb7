"""Headline and rest: where the first sentence of a comment ends."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openscorecard.commentary.text import as_argument, clean_text, first_sentence, first_words


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("Contacts rose. Schools came back.", "Contacts rose."),
        ("One sentence only", "One sentence only"),
        ("It stands at 94.8%. That is less.", "It stands at 94.8%."),
        ("The rate is 1.5 times that of May. We look again.", "The rate is 1.5 times that of May."),
        ("Some delays, e.g. in booking, grew. We act.", "Some delays, e.g. in booking, grew."),
        ("Delays (i.e. Late reports) grew. We act.", "Delays (i.e. Late reports) grew."),
        ("It was higher in Nov. 2020 than now. We act.", "It was higher in Nov. 2020 than now."),
        ("It fell in Nov. We know why.", "It fell in Nov."),
        ("See No. 5 of the plan. We act.", "See No. 5 of the plan."),
        ("Is it better? No. We act.", "Is it better?"),
        ("Staff said “it is busy.” We listen.", "Staff said “it is busy.”"),
        ("It rose (as in 2020.) We act.", "It rose (as in 2020.)"),
        ("Better than before! We go on.", "Better than before!"),
        ("We act. “Good,” said the panel.", "We act."),
        ("14 children came. 3 left.", "14 children came."),
        ("Led by Dr. Smith of St. John. We act.", "Led by Dr. Smith of St. John."),
        ("Numbers rose. but only a little. We act.", "Numbers rose. but only a little."),
        ("A heading\nThen the text.", "A heading"),
        ("A line that was\nbroken by a mailer. Then more.", "A line that was\nbroken by a mailer."),
        ("We wait... and see. Then act.", "We wait... and see."),
        ("", ""),
    ],
)
def test_the_headline_is_the_first_sentence(text, headline):
    found, rest = first_sentence(text)
    assert found == headline
    assert text == headline or rest == text[len(headline) :].strip()


@given(st.text())
def test_headline_and_rest_hold_the_whole_text(text):
    headline, rest = first_sentence(text)
    assert f"{headline}{rest}".split() == "".join([headline, rest]).split()
    assert "".join(f"{headline} {rest}".split()) == "".join(text.split())


@given(st.text(st.characters()))
def test_cleaning_twice_changes_nothing(text):
    assert clean_text(clean_text(text)) == clean_text(text)


def test_messages_quote_the_first_words():
    assert first_words("one two three", 2) == "one two …"
    assert first_words("one two", 2) == "one two"


@pytest.mark.parametrize("text", ["june.xlsx", "our comments/1.xlsx", "LAC6 (val)", "£$x`"])
def test_what_a_command_shows_can_be_typed(text):
    assert shlex.split(f"scorecard {as_argument(text)}") == ["scorecard", text]
