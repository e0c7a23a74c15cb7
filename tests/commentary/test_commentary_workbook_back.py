"""The commentary workbook as it comes back: a change, a removal, a conflict, any text."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from comment_pages import CARE, FRONT, NOW, indicator, page, row, stored, written
from commentary_workbooks import COMMENT, HEADER, columns, line_of, rules, taken, write_into
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openscorecard.commentary.entries import EntryKind
from openscorecard.commentary.text import clean_text
from openscorecard.commentary.workbook import export_comments, import_comments
from openscorecard.commentary.workbook.opening import lines_of_workbook
from openscorecard.findings import Severity


def test_what_she_wrote_comes_in_under_her_role(sent):
    path = sent()
    write_into(path, M1="Contacts rose.", M1_public="More contacts.", M2="Fewer referrals.")
    result = taken(path, stored())
    assert result.changed == ("M1", "M2")
    assert result.findings == ()
    comment = result.stored.current("M1")
    assert (comment.text, comment.public_text) == ("Contacts rose.", "More contacts.")
    assert (comment.by, comment.edited) == (FRONT, NOW)
    assert taken(path, stored(), by="Deputy").stored.current("M2").by == "Deputy"


def test_a_workbook_sent_back_untouched_changes_nothing(sent):
    comments = stored(written("M1", "Contacts rose.", public="More."), written("M2", " x\n\ny "))
    result = taken(sent(comments), comments)
    assert result.stored == comments
    assert result.changed == ()
    assert result.findings == ()


def test_taking_it_in_twice_changes_nothing_more(sent):
    path = sent()
    write_into(path, M1="Contacts rose.")
    once = taken(path, stored()).stored
    assert taken(path, once).stored == once


def test_an_emptied_box_removes_the_comment_and_keeps_it_in_the_history(sent):
    comments = stored(written("M1", "Contacts rose."))
    path = sent(comments)
    write_into(path, M1=None, M2=None)
    result = taken(path, comments)
    assert result.stored.current("M1") is None
    assert result.stored.history("M1")[0].text == "Contacts rose."
    assert rules(result) == [("comment-removed", Severity.INFORMATION, "M1")]
    assert result.changed == ("M1",)


def test_a_comment_changed_on_both_sides_is_a_conflict_that_keeps_both(sent):
    comments = stored(written("M1", "As it was."))
    path = sent(comments)
    write_into(path, M1="Changed in the workbook.", M2="New.")
    meanwhile = comments.with_entry(written("M1", "Changed in the store.", by=CARE))
    result = taken(path, meanwhile)
    assert rules(result) == [("comment-conflict", Severity.ERROR, "M1")]
    assert "Changed in the store." in result.findings[0].message
    assert "Changed in the workbook." in result.findings[0].message
    assert result.stored.current("M1").text == "Changed in the store."
    (beside,) = result.stored.conflicts("M1")
    assert (beside.kind, beside.text, beside.by, beside.at) == (
        EntryKind.CONFLICT, "Changed in the workbook.", FRONT, NOW,
    )  # fmt: skip
    assert result.changed == ("M2",)
    again = taken(path, result.stored)
    assert rules(again) == [("comment-conflict", Severity.ERROR, "M1")]
    assert again.stored == result.stored


def test_the_next_workbook_shows_what_is_not_settled(sent):
    comments = stored(written("M1", "As it was."))
    path = sent(comments)
    write_into(path, M1="Theirs.")
    both = taken(path, comments.with_entry(written("M1", "Ours."))).stored
    path = sent(both)
    sheet = openpyxl.load_workbook(path)[FRONT]
    assert "NOT SETTLED" in sheet.cell(line_of(sheet, "M1"), 5).value
    assert "Theirs." in sheet.cell(line_of(sheet, "M1"), 5).value
    write_into(path, M1="Ours and theirs.")
    assert taken(path, both).stored.conflicts("M1") == ()


def test_an_emptied_box_against_a_changed_comment_is_a_conflict(sent):
    comments = stored(written("M1", "As it was."))
    path = sent(comments)
    write_into(path, M1=None)
    result = taken(path, comments.with_entry(written("M1", "Changed.")))
    assert rules(result) == [("comment-conflict", Severity.ERROR, "M1")]
    assert result.stored.current("M1").text == "Changed."


def test_the_same_change_on_both_sides_is_no_conflict(sent):
    comments = stored(written("M1", "As it was."))
    path = sent(comments)
    write_into(path, M1="Agreed words.")
    result = taken(path, comments.with_entry(written("M1", "Agreed words.")))
    assert result.findings == ()
    assert result.changed == ()


def test_rows_sorted_and_columns_moved_come_in_by_ref(sent, tmp_path):
    path = sent(stored(written("M2", "Referrals fell.")))
    write_into(path, M1="Contacts rose.", M1_public="More contacts.")
    sheet = openpyxl.load_workbook(path)[FRONT]
    lines = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=HEADER)]
    order = [9, 5, 0, 7, 2, 6, 8, 1]  # other columns first, two of them gone
    book = openpyxl.Workbook()
    book.active.append(["a line of somebody's own"])
    for line in (lines[0], *reversed(lines[1:])):
        book.active.append([line[number] for number in order])
    book.save(tmp_path / "sorted.xlsx")
    result = taken(tmp_path / "sorted.xlsx", stored(written("M2", "Referrals fell.")))
    assert result.changed == ("M1",)
    assert result.stored.current("M1").public_text == "More contacts."
    assert result.findings == ()


@pytest.mark.parametrize("text", ["=1+1", "+44 more", "-5 fewer", "@all", '=HYPERLINK("x")'])
def test_text_that_looks_like_a_formula_goes_out_and_comes_in_as_text(sent, text):
    comments = stored(written("M1", text))
    path = sent(comments)
    sheet = openpyxl.load_workbook(path)[FRONT]
    cell = sheet.cell(line_of(sheet, "M1"), columns(sheet)[COMMENT])
    assert (cell.value, cell.data_type) == (text, "s")
    write_into(path, M1="x", M2=text)
    result = taken(path, stored(written("M1", text)))
    assert result.stored.current("M2").text == text
    assert result.findings == ()


def test_a_formula_in_a_box_is_an_error_that_leaves_the_comment_as_it_was(sent):
    comments = stored(written("M1", "As it was."))
    path = sent(comments)
    write_into(path, M2="Referrals fell.")
    book = openpyxl.load_workbook(path)
    sheet = book[FRONT]
    sheet.cell(line_of(sheet, "M1"), columns(sheet)[COMMENT]).value = "=A1&B1"
    book.save(path)
    result = taken(path, comments)
    assert result.stored.history("M1") == comments.history("M1")
    assert result.changed == ("M2",)
    assert rules(result) == [("comment-is-formula", Severity.ERROR, "M1")]
    message = result.findings[0].message
    assert message.startswith(f"Sheet '{FRONT}', row 7: The box “Your comment” holds a formula")
    assert "apostrophe" in message


def test_numbers_and_line_ends_of_other_programs_come_in_as_text(sent):
    path = sent()
    write_into(path, M1=5, M2="one_x000D_\ntwo")
    result = taken(path, stored())
    assert result.stored.current("M1").text == "5"
    assert result.stored.current("M2").text == "one\ntwo"


@given(text=st.text(max_size=200), public=st.text(max_size=50))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_survives_out_and_back(tmp_path: Path, text, public):
    """Control characters, which XML cannot hold, are left out when a text comes in first."""
    card = page(row(indicator("M1"), [1, 2]))
    comments = stored(written("M1", text, public=public))
    path = tmp_path / "any.xlsx"
    path.unlink(missing_ok=True)  # the one of another example, whose text is not stored
    export_comments(card, comments, path)
    (line,) = [line for line in lines_of_workbook(path) if line.cells[0] == "M1"]
    assert [clean_text(cell) for cell in line.cells[5:7]] == [clean_text(text), clean_text(public)]
    untouched = import_comments(path, comments, card, at=NOW)
    assert untouched.stored == comments
