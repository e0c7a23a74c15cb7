"""A number in a public comment that equals a hidden one is a question that a person answers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from comment_pages import FRONT, JUNE, MAY, NOW, indicator, page, row, stored, written

from openscorecard.catalogue.indicator import Relation, RelationKind
from openscorecard.disclosure import hidden_in_comments, numbers_in_question
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
CONTACTS = row(indicator("M1", section="front door"), [1886, 1801, 2080])
BEFORE = page(ADOPTIONS, LEAVERS, SHARE, CONTACTS)
AFTER = page(
    hide(ADOPTIONS, MAY, JUNE), LEAVERS, hide(SHARE, MAY, JUNE), CONTACTS, audience="public"
)


def found(ref, text, public=None):
    comments = stored(written(ref, text, public=public))
    return [
        (finding.ref, finding.printed) for finding in hidden_in_comments(BEFORE, AFTER, comments)
    ]


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


@pytest.mark.parametrize(
    ("ref", "text", "said"),
    [
        ("LAC6 (val)", "Both were adopted by their carers.", ["Both"]),
        ("LAC6 (val)", "A boy and a girl were adopted.", ["A boy and a girl"]),
        ("LAC6 (val)", "Twins were adopted.", ["Twins"]),
        ("LAC6 (val)", "The third child waited two years.", ["third"]),  # May had 3
        ("LAC6 (val)", "The single girl among them waited.", ["single"]),  # a fall of 1 on May
        ("LAC6 (val)", "A child was adopted.", []),  # there is no count of 1
        ("LAC6 (val)", "A third of those who left.", ["A third"]),  # 33% down on May
        ("LAC6 (%)", "A fifth of those who left in May.", ["A fifth"]),  # 3 of 15
        ("LAC6 (val)", "Both months were quiet.", []),
        ("M1", "Both children came by school.", []),
    ],
)
def test_words_that_tell_a_hidden_number_are_a_question(ref, text, said):
    assert found(ref, text) == [(ref, words) for words in said]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A girl was referred by her school.", ["A girl"]),
        ("A single child was referred.", ["single"]),
        ("A sole referral. A child was referred by school.", ["sole"]),  # asked once
        ("When a child is referred we see them within a day.", []),
        ("The voice of the child was heard.", []),
    ],
)
def test_a_child_told_of_is_a_question_where_the_row_s_own_count_is_1(text, said):
    line, other = (
        row(indicator("M4"), [40, 30, 1]),
        row(indicator("M5", section="other"), [40, 30, 31]),
    )
    before = page(line, other)
    after = page(hide(line, JUNE, derived=False), other, audience="public")
    comments = stored(written("M4", text))
    findings = hidden_in_comments(before, after, comments)
    assert [finding.printed for finding in findings] == said
    assert hidden_in_comments(before, after, settled_on(before, after, comments, "M4")) == ()
    # On another row such words say nothing, though it names this one.
    elsewhere = stored(written("M5", f"See M4. {text.replace('ingle', 'mall').replace('ole', '')}"))
    assert hidden_in_comments(before, after, elsewhere) == ()


def test_the_message_says_what_number_the_words_tell():
    comments = stored(written("LAC6 (val)", "Both were adopted."))
    (finding,) = hidden_in_comments(BEFORE, AFTER, comments)
    assert "“Both” tells the number 2, which is hidden on the public page (" in finding.message


def test_only_the_public_wording_is_looked_at():
    assert found("LAC6 (val)", "Two children.", public="Few children.") == []
    assert found("LAC6 (val)", "Few children.", public="Two children.") == [("LAC6 (val)", "Two")]


def test_the_message_says_what_where_and_how_to_settle():
    comments = stored(written("LAC6 (val)", "The court sat once, and two children were adopted."))
    (finding,) = hidden_in_comments(BEFORE, AFTER, comments)
    assert finding.rule == "hidden-number-in-comment"
    assert finding.severity is Severity.ERROR
    assert finding.column == "commentary"
    assert "LAC6 (val) of June 2021" in finding.message
    assert "two children were adopted" in finding.message
    assert "LAC6 (val), June 2021" in finding.message
    assert 'comments settle 2021-06 "LAC6 (val)"' in finding.message


def settled_on(before, after, comments, ref="LAC6 (val)"):
    """The comments after somebody settled the one on `ref`, with that page before her."""
    numbers = numbers_in_question(before, after, comments, ref)
    return comments.settled(ref, by=FRONT, because="managers", at=NOW, numbers=numbers)


def test_a_settled_text_is_passed_over_until_it_changes():
    comments = stored(written("LAC6 (val)", "Two managers joined the team."))
    assert hidden_in_comments(BEFORE, AFTER, comments)
    settled = settled_on(BEFORE, AFTER, comments)
    assert hidden_in_comments(BEFORE, AFTER, settled) == ()
    changed = settled.with_entry(written("LAC6 (val)", "Two managers left the team."))
    assert len(hidden_in_comments(BEFORE, AFTER, changed)) == 1


@pytest.mark.parametrize(
    ("ref", "text", "numbers"),
    [
        # June's adoptions, which are also the numerator of the percentage beside them.
        ("LAC6 (val)", "Two, and 2 again.", ["2 = LAC6 (%), 2021-06", "2 = LAC6 (val), 2021-06"]),
        ("LAC6 (val)", "A fall of 33% on May.", ["33% = LAC6 (val), change_month of 2021-06"]),
        ("LAC6 (%)", "It was 15.4%.", ["15.4% = LAC6 (%), 2021-06"]),
        ("LAC6 (val)", "Fewer than in May.", []),
        ("LAC9", "Two.", []),
    ],
)
def test_what_somebody_who_settles_answers_for(ref, text, numbers):
    comments = stored(written(ref, text))
    assert list(numbers_in_question(BEFORE, AFTER, comments, ref)) == numbers


def test_a_further_cell_that_is_hidden_since_asks_again():
    after = page(hide(ADOPTIONS, JUNE), LEAVERS, hide(SHARE, JUNE), CONTACTS, audience="public")
    comments = stored(written("LAC6 (val)", "Two managers joined, and three teams moved."))
    settled = settled_on(BEFORE, after, comments)
    assert hidden_in_comments(BEFORE, after, settled) == ()
    (finding,) = hidden_in_comments(BEFORE, AFTER, settled)  # May is hidden too: 3
    assert finding.printed == "three"
    assert "settled this comment before, but not for that" in finding.message
    assert hidden_in_comments(BEFORE, AFTER, settled_on(BEFORE, AFTER, settled)) == ()


def test_a_figure_that_changed_since_asks_again_for_its_own_place_alone():
    comments = stored(written("LAC6 (val)", "Two managers joined the team."))
    settled = settled_on(BEFORE, AFTER, comments)
    revised = row(indicator("LAC6 (val)"), [10, 2, 2])  # May had 2 adoptions, not 3
    before = page(revised, LEAVERS, SHARE, CONTACTS)
    after = page(
        hide(revised, MAY, JUNE), LEAVERS, hide(SHARE, MAY, JUNE), CONTACTS, audience="public"
    )
    (finding,) = hidden_in_comments(before, after, settled)
    assert "(LAC6 (val), May 2021)" in finding.message


def test_a_settlement_that_names_no_number_covers_none():
    comments = stored(written("LAC6 (val)", "Two managers joined the team."))
    settled = comments.settled("LAC6 (val)", by=FRONT, because="managers", at=NOW)
    (finding,) = hidden_in_comments(BEFORE, AFTER, settled)
    assert finding.printed == "Two"


def test_the_limit_of_small_numbers_is_the_page_s():
    # 13 is hidden in June and shown in April: a question only where 13 is a small number.
    line = row(indicator("LAC3"), [13, 20, 13])
    before, after = page(line), page(hide(line, JUNE), audience="public")
    comments = stored(written("LAC3", "13 left."))
    assert hidden_in_comments(before, after, comments) == ()
    assert len(hidden_in_comments(before, replace(after, small_numbers=15), comments)) == 1


def test_earlier_comments_on_the_page_are_looked_at_too():
    may = stored(written("LAC6 (val)", "Three children were adopted."), month=MAY)
    (finding,) = hidden_in_comments(BEFORE, AFTER, stored(), [may])
    assert finding.printed == "Three"
    assert "settle 2021-05" in finding.message
    settled = settled_on(BEFORE, AFTER, may)
    assert hidden_in_comments(BEFORE, AFTER, stored(), [settled]) == ()


def test_a_small_number_that_the_year_before_hides_is_a_question():
    # 14 now, up 180%: the year before had 5, which no column of the page shows.
    line = row(indicator("CP5"), [7, 6, 14])
    year = Change(JUNE.plus(-12), FigureStatus.VALUE, "180%", percent=Fraction(180))
    before = page(replace(line, change_year=year))
    after = page(
        replace(line, change_year=Change(JUNE.plus(-12), HIDDEN, "[c]")), audience="public"
    )
    comments = stored(written("CP5", "There were 5 a year ago."))
    assert [item.printed for item in hidden_in_comments(before, after, comments)] == ["5"]


def test_nothing_hidden_nothing_found():
    public = page(ADOPTIONS, LEAVERS, SHARE, CONTACTS, audience="public")
    comments = stored(written("LAC6 (val)", "Two children were adopted, 3 in May."))
    assert hidden_in_comments(BEFORE, public, comments) == ()


FLOWS = Relation(RelationKind.FLOWS, ("CP4", "CP2b"), whole="CP6B", leaving=("CP7",))
STOCK = row(indicator("CP6B"), [337, 355, 381])
MOVED = row(indicator("CP2b"), [3, 1, 4])
ENDED = row(indicator("CP7"), [19, 28, 27])
OTHER = row(indicator("CP2"), [45, 49, 58])


@pytest.mark.parametrize(
    ("ref", "text", "numbers"),
    [
        ("CP6B", "Four transfer-ins from one council.", ["Four"]),  # tied by the flow
        ("CP2", "Transfer-ins too, to 4.", ["4"]),  # of its section
        ("CP6B", "More began than the 27 that ended.", ["27"]),  # a guard, tied by the flow
        ("CP2", "More began than the 27 that ended.", []),  # of its section, and not small
        ("CP2", "Three meetings were put off.", []),  # 3 is April's
        ("CP2", "The gap is an old one.", []),
        ("M1", "Four schools sent most.", []),  # another section
    ],
)
def test_numbers_of_rows_that_are_tied_or_of_one_section(ref, text, numbers):
    before = page(STOCK, MOVED, ENDED, OTHER, CONTACTS)
    after = page(
        STOCK, hide(MOVED, MAY, JUNE, MAY.plus(-1)), hide(ENDED, JUNE), OTHER, CONTACTS,
        audience="public",
    )  # fmt: skip
    comments = stored(written(ref, text))
    found = hidden_in_comments(before, after, comments, relations=(FLOWS,))
    assert [one.printed for one in found] == numbers
