"""A number in a public comment that equals a hidden one is a question that a person answers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from comment_pages import FRONT, JUNE, MAY, NOW, indicator, page, row, stored, written

from openscorecard.commentary.small_numbers import small_numbers
from openscorecard.findings import Severity
from openscorecard.scorecard.page import Change, Figure, FigureStatus, Summary
from openscorecard.units import Unit

HIDDEN = FigureStatus.HIDDEN


def hide(line, *months, derived=True):
    """The row as the public sees it: those months hidden, and what is made from them."""

    def covered(figure):
        return Figure(figure.month, HIDDEN, "[c]") if figure.month in months else figure

    changes = {}
    if derived:
        changes = {
            "change_month": Change(MAY, HIDDEN, "[c]"),
            "average_12m": Summary(HIDDEN, "[c]"),
            "maximum_12m": Summary(HIDDEN, "[c]"),
        }
    return replace(
        line,
        figures=tuple(map(covered, line.figures)),
        history=tuple(map(covered, line.history)),
        **changes,
    )


ADOPTIONS = row(indicator("LAC6 (val)"), [10, 3, 2])
LEAVERS = row(indicator("LAC3"), [17, 15, 13])
# 2 of 13, 3 of 15, 10 of 17
SHARE = row(
    indicator("LAC6 (%)", Unit.PERCENT, numerator="LAC6 (val)", denominator="LAC3"),
    ["1000/17", 20, "200/13"],
    [(10, 17), (3, 15), (2, 13)],
)
CONTACTS = row(indicator("M1"), [1886, 1801, 2080])
BEFORE = page(ADOPTIONS, LEAVERS, SHARE, CONTACTS)
AFTER = page(
    hide(ADOPTIONS, MAY, JUNE), LEAVERS, hide(SHARE, MAY, JUNE), CONTACTS, audience="public"
)


def found(ref, text, public=None):
    comments = stored(written(ref, text, public=public))
    return [(finding.ref, finding.printed) for finding in small_numbers(BEFORE, AFTER, comments)]


@pytest.mark.parametrize(
    ("ref", "text", "numbers"),
    [
        ("LAC6 (val)", "Two children were adopted.", ["Two"]),
        ("LAC6 (val)", "2 this month after 3 in May.", ["2", "3"]),
        ("LAC6 (val)", "Fewer than in May.", []),
        ("LAC6 (val)", "10 in April.", []),  # April is shown
        ("LAC6 (val)", "Within 2 weeks, since 3 May.", []),
        ("LAC6 (val)", "2% of children.", []),  # a percentage is not the count
        ("LAC6 (%)", "2 of the 13 who left.", ["2"]),  # 13 is shown by LAC3
        ("LAC6 (%)", "15% of those who left.", ["15%"]),  # 200/13 = 15.4
        ("LAC6 (%)", "15.4% of those who left.", ["15.4%"]),
        ("LAC6 (%)", "15.5% of those who left.", []),
        ("LAC6 (%)", "It fell by 5 points.", ["5 points"]),  # from 20% to 15.4%
        ("LAC3", "13 left, 2 of them adopted.", ["2"]),  # the row that it is part of
        ("LAC3", "13 left.", []),
        ("M1", "Two schools sent most.", []),  # nothing to do with adoptions
        ("M1", "As LAC6 (val) says, two were adopted.", ["two"]),  # it names the row
        ("M1", "See lac6 (%): 15% left so.", ["15%"]),
        ("LAC6 (val)", "An average of 5.", ["5"]),  # (10 + 3 + 2) / 3
        ("LAC6 (val)", "One fewer than in May.", ["One"]),  # the move
        ("LAC6 (val)", "A fall of 33% on May.", ["33%"]),  # the hidden change
    ],
)
def test_which_numbers_are_a_question(ref, text, numbers):
    assert found(ref, text) == [(ref, number) for number in numbers]


def test_only_the_public_wording_is_looked_at():
    assert found("LAC6 (val)", "Two children.", public="Few children.") == []
    assert found("LAC6 (val)", "Few children.", public="Two children.") == [("LAC6 (val)", "Two")]


def test_the_message_says_what_where_and_how_to_settle():
    comments = stored(written("LAC6 (val)", "The court sat once, and two children were adopted."))
    (finding,) = small_numbers(BEFORE, AFTER, comments)
    assert finding.rule == "hidden-number-in-comment"
    assert finding.severity is Severity.ERROR
    assert finding.column == "commentary"
    assert "LAC6 (val) of June 2021" in finding.message
    assert "two children were adopted" in finding.message
    assert "LAC6 (val), June 2021" in finding.message
    assert 'comments settle 2021-06 "LAC6 (val)"' in finding.message


def test_a_settled_text_is_passed_over_until_it_changes():
    comments = stored(written("LAC6 (val)", "Two managers joined the team."))
    assert small_numbers(BEFORE, AFTER, comments)
    settled = comments.settled("LAC6 (val)", by=FRONT, because="managers", at=NOW)
    assert small_numbers(BEFORE, AFTER, settled) == ()
    changed = settled.with_entry(written("LAC6 (val)", "Two managers left the team."))
    assert len(small_numbers(BEFORE, AFTER, changed)) == 1


def test_earlier_comments_on_the_page_are_looked_at_too():
    may = stored(written("LAC6 (val)", "Three children were adopted."), month=MAY)
    (finding,) = small_numbers(BEFORE, AFTER, stored(), [may])
    assert finding.printed == "Three"
    assert "settle 2021-05" in finding.message
    settled = may.settled("LAC6 (val)", by=FRONT, because="known", at=NOW)
    assert small_numbers(BEFORE, AFTER, stored(), [settled]) == ()


def test_a_small_number_that_the_year_before_hides_is_a_question():
    # 14 now, up 180%: the year before had 5, which no column of the page shows.
    line = row(indicator("CP5"), [7, 6, 14])
    year = Change(JUNE.plus(-12), FigureStatus.VALUE, "180%", percent=Fraction(180))
    before = page(replace(line, change_year=year))
    after = page(
        replace(line, change_year=Change(JUNE.plus(-12), HIDDEN, "[c]")), audience="public"
    )
    comments = stored(written("CP5", "There were 5 a year ago."))
    assert [item.printed for item in small_numbers(before, after, comments)] == ["5"]


def test_nothing_hidden_nothing_found():
    public = page(ADOPTIONS, LEAVERS, SHARE, CONTACTS, audience="public")
    comments = stored(written("LAC6 (val)", "Two children were adopted, 3 in May."))
    assert small_numbers(BEFORE, public, comments) == ()
