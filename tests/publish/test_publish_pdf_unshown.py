"""Whoever publishes hears which characters the PDFs cannot show, and where each stands."""

import datetime as dt
from dataclasses import replace

import pytest
from example_scorecard import example
from example_signals import judged

from openscorecard.publish.pdf.characters import settable
from openscorecard.publish.pdf.paper import paper_data
from openscorecard.publish.pdf.table import table_data
from openscorecard.publish.pdf.unshown import unshown
from openscorecard.scorecard.release import Release

CARD = judged(example(audience="internal"))


def in_first_row(**changed):
    return replace(CARD, rows=(replace(CARD.rows[0], **changed), *CARD.rows[1:]))


def of_indicator(**changed):
    return in_first_row(indicator=replace(CARD.rows[0].indicator, **changed))


def commented(text):
    return in_first_row(comment=replace(CARD.rows[0].comment, text=text, headline=text, rest=""))


def places(page):
    return {line.partition(": ")[0] for line in unshown(page)}


def test_a_page_that_the_pdfs_can_show_says_nothing():
    assert unshown(CARD) == ()
    # Composed, replaced by its like, or without a look of its own: nothing is lost.
    assert unshown(commented("Cafe\u0301 \u2794 100\u200d%, \u201cfine\u201d")) == ()


def test_it_names_the_row_the_field_the_character_and_what_to_do():
    assert unshown(commented("Fewer \U0001f642 than in May.")) == (
        "M1, comment: \U0001f642, U+1F642 slightly smiling face, is [?] in the PDFs; "
        "write it in other words or signs",
    )
    released = replace(commented("\u6f22 \U0001f642"), release=Release(1, dt.date(2021, 7, 23)))
    (line,) = unshown(released)
    assert "U+6F22 cjk unified ideograph-6f22, and " in line
    assert line.endswith("are [?] in the PDFs; write it in other words or signs, and publish it "
                         "again with a reason")  # fmt: skip


@pytest.mark.parametrize(
    ("page", "where"),
    [
        (of_indicator(name="Contacts \u6f22"), "M1, name"),
        (of_indicator(owner="Team \u6f22"), "M1, owner or reporter"),
        (in_first_row(notes=("Counted by hand \u6f22.",)), "M1, data note"),
        (replace(CARD, council="\u6f22"), "council"),
        (replace(CARD, title="\u6f22"), "title"),
        (replace(CARD, release=Release(2, dt.date(2021, 7, 23), "late \u6f22")),
         "reason for the correction"),
    ],
)  # fmt: skip
def test_each_text_that_is_set_is_looked_at(page, where):
    assert where in places(page)


def test_what_is_not_in_the_pdfs_is_not_told():
    """Definitions stand on the indicators' own pages alone."""
    first = CARD.rows[0].indicator.definitions[0]
    assert unshown(of_indicator(definitions=(replace(first, words="\u6f22"),))) == ()


def test_it_tells_every_character_that_the_pdfs_mark_and_no_other():
    """A character of its own in each text that people write."""
    row = CARD.rows[0]
    item = replace(row.indicator, name="\ue000", short_name="\ue001", owner="\ue002",
                   reporter="\ue003", outcome="\ue004")  # fmt: skip
    page = replace(
        CARD,
        council="\ue005",
        title="\ue006",
        contact="\ue007",
        notes=("\ue008",),
        rows=(
            replace(row, indicator=item, notes=("\ue009",), comparators=tuple(
                replace(one, label="\ue00a", name="\ue00b", year="\ue00c", edition="\ue00d")
                for one in row.comparators
            )),
            *CARD.rows[1:],
        ),
    )  # fmt: skip
    marked = set()
    settable(table_data(page), marked)
    settable(paper_data(page), marked)
    assert {"\ue000", "\ue001", "\ue002", "\ue005", "\ue006", "\ue009"} <= marked
    said = " ".join(unshown(page))
    assert {one for one in map(chr, range(0xE000, 0xE00E)) if one in said} == marked
