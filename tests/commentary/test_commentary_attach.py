"""Comments on the page: this month's, those before, and what the public reads."""

from __future__ import annotations

from comment_pages import FRONT, JUNE, MAY, page, stored, written

from openscorecard.commentary.attach import attach


def test_a_comment_is_cut_into_headline_and_rest():
    comment = attach(page(), stored(written("M1", "Contacts rose. We act."))).row("M1").comment
    assert comment.text == "Contacts rose. We act."
    assert (comment.headline, comment.rest) == ("Contacts rose.", "We act.")
    assert (comment.by, comment.month) == (FRONT, JUNE)


def test_rows_without_a_stored_comment_keep_what_they_have():
    once = attach(page(), stored(written("M1", "Contacts rose.")))
    again = attach(once, stored(written("M2", "Referrals fell.")))
    assert again.row("M1").comment.text == "Contacts rose."
    assert again.row("M2").comment.text == "Referrals fell."
    assert again.row("LAC2").comment is None


def test_the_public_page_gets_the_public_wording():
    comments = stored(written("M1", "Three children.", public="A few."), written("M2", "Fewer."))
    public = attach(page(audience="public"), comments)
    assert public.row("M1").comment.text == "A few."
    assert public.row("M2").comment.text == "Fewer."
    assert attach(page(), comments).row("M1").comment.text == "Three children."


def test_earlier_comments_come_newest_first_in_the_same_wording():
    may = stored(written("M1", "May: three.", public="May: a few."), month=MAY)
    april = stored(written("M1", "April."), month=MAY.plus(-1))
    told = attach(page(audience="public"), stored(), [april, may]).row("M1").earlier_comments
    assert [(item.month, item.text) for item in told] == [
        (MAY, "May: a few."),
        (MAY.plus(-1), "April."),
    ]


def test_the_page_given_is_not_changed():
    before = page()
    attach(before, stored(written("M1", "Contacts rose.")))
    assert before == page()
