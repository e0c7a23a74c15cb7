"""The commentary workbook: out, written in, sorted, moved about, and back."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from comment_pages import CARE, FRONT, JUNE, MAY, NOW, indicator, page, row, stored, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openscorecard.commentary.entries import EntryKind
from openscorecard.commentary.text import clean_text
from openscorecard.commentary.workbook import export_comments, import_comments
from openscorecard.commentary.workbook.opening import lines_of_workbook
from openscorecard.errors import InputError
from openscorecard.findings import Severity

HEADER = 6
COMMENT, PUBLIC = "Your comment", "Public wording, if different"
HIDDEN = ("openscorecard ref", "openscorecard month", "openscorecard version")


@pytest.fixture
def sent(tmp_path):
    """Makes the workbook; gives its path."""

    def make(comments=None, reporter=FRONT, card=None, **more):
        path = tmp_path / "comments.xlsx"
        export_comments(card or page(), comments or stored(), path, reporter, **more)
        return path

    return make


def columns(sheet):
    return {cell.value: cell.column for cell in sheet[HEADER] if cell.value}


def line_of(sheet, ref):
    return next(cell.row for cell in sheet["A"] if cell.value == ref)


def write_into(path, **texts):
    """What a service manager does: `M1="..."`, `M1_public="..."`; None empties the box."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for name, text in texts.items():
            ref, _, public = name.partition("_")
            if ref in [cell.value for cell in sheet["A"]]:
                column = columns(sheet)[PUBLIC if public else COMMENT]
                cell = sheet.cell(line_of(sheet, ref), column)
                cell.value = text
                if isinstance(text, str) and text.startswith("="):
                    cell.data_type = "s"  # as Excel does in a cell that is formatted as text
    book.save(path)


def taken(path, comments, **more):
    return import_comments(path, comments, page(), at=NOW, **more)


def rules(result):
    return [(finding.rule, finding.severity, finding.ref) for finding in result.findings]


# out


def test_it_shows_the_figures_that_matter_in_words(sent):
    may = stored(written("M1", "Said in May."), month=MAY)
    sheet = openpyxl.load_workbook(sent(earlier=[may]))[FRONT]
    assert sheet["A1"].value == f"Comments on June 2021: {FRONT}"
    line = [cell.value for cell in sheet[line_of(sheet, "M1")]]
    assert line[:3] == ["M1", "Number of M1", "2,080"]
    assert line[3].split("\n") == [
        "Up 279 on May 2021 (1,801)",
        "Change on June 2020: n/a",
        "12-month average 1,922",  # (1,886 + 1,801 + 2,080) / 3 = 1,922.3
        "12-month highest 2,080",
        "ENG 1,900",
        "No preferred direction",
    ]
    assert line[4] == "May 2021: Said in May."
    assert line[7:9] == ["M1", "2021-06"]


def test_a_reporter_gets_her_own_indicators(sent):
    sheet = openpyxl.load_workbook(sent(reporter=CARE))[CARE]
    refs = [cell.value for cell in sheet["A"][HEADER:]]
    assert refs == ["LAC2"]


def test_without_a_reporter_each_has_a_sheet(sent):
    book = openpyxl.load_workbook(sent(reporter=None))
    assert book.sheetnames == [FRONT, CARE]


def test_sheet_names_are_such_as_excel_takes(sent):
    names = ["A" * 40, "A" * 50, "Head: care/help [x]?*\\", "'History'", ""]
    card = page(*(row(indicator(f"R{n}", reporter=name), [1, 2]) for n, name in enumerate(names)))
    book = openpyxl.load_workbook(sent(reporter=None, card=card))
    assert book.sheetnames == [
        "A" * 31, "A" * 27 + " (2)", "Head care help x", "History of", "No reporter",
    ]  # fmt: skip


def test_an_unknown_reporter_is_refused_and_nothing_written(sent, tmp_path):
    with pytest.raises(InputError, match=CARE):
        sent(reporter="Nobody")
    assert list(tmp_path.iterdir()) == []


def test_only_the_boxes_can_be_written_in_and_the_machine_columns_are_hidden(sent):
    sheet = openpyxl.load_workbook(sent())[FRONT]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert not sheet.protection.selectLockedCells
    at = columns(sheet)
    for ref in ("M1", "M2"):
        unlocked = {
            name for name, column in at.items()
            if not sheet.cell(line_of(sheet, ref), column).protection.locked
        }  # fmt: skip
        assert unlocked == {COMMENT, PUBLIC}
        assert sheet.cell(line_of(sheet, ref), at[COMMENT]).number_format == "@"
    for name in HIDDEN:
        letter = openpyxl.utils.get_column_letter(at[name])
        hidden = [
            dimension for key, dimension in sheet.column_dimensions.items()
            if dimension.hidden and dimension.min <= at[name] <= dimension.max
        ]  # fmt: skip
        assert hidden, letter


def test_the_row_is_high_enough_for_a_long_comment(sent):
    long = "A comment of some length that goes on. " * 20
    sheet = openpyxl.load_workbook(sent(stored(written("M1", long))))[FRONT]
    # 780 signs, some 50 to a line of the box: 16 lines of 14 points at the least.
    assert sheet.row_dimensions[line_of(sheet, "M1")].height > 16 * 14
    assert sheet.row_dimensions[line_of(sheet, "M2")].height >= 100


def test_the_same_comments_give_the_same_bytes(sent):
    first = sent(stored(written("M1", "Contacts rose."))).read_bytes()
    assert sent(stored(written("M1", "Contacts rose."))).read_bytes() == first


# and back


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


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("openscorecard ref", "M9", "refs differ"),
        ("openscorecard month", "2021-05", "for 2021-05, not for 2021-06"),
        ("openscorecard month", None, "for no month"),
    ],
)
def test_a_row_that_cannot_be_matched_refuses_the_whole_workbook(sent, column, value, says):
    path = sent()
    write_into(path, M1="Contacts rose.", M2="Referrals fell.")
    book = openpyxl.load_workbook(path)
    sheet = book[FRONT]
    sheet.cell(line_of(sheet, "M1"), columns(sheet)[column]).value = value
    book.save(path)
    result = taken(path, stored())
    assert result.refused
    assert result.stored == stored()
    assert result.changed == ()
    (finding,) = result.findings
    assert finding.severity is Severity.ERROR
    assert says in finding.message
    assert finding.place == f"sheet '{FRONT}', row 7"


def test_a_ref_that_the_page_has_not_refuses_the_workbook(sent):
    path = sent(card=page(row(indicator("OLD"), [1, 2])))
    write_into(path, OLD="Gone.")
    result = taken(path, stored())
    assert result.refused
    assert "no indicator 'OLD'" in result.findings[0].message


def test_one_ref_with_two_texts_refuses_the_workbook(sent):
    path = sent()
    write_into(path, M1="One text.", M2="Another text.")
    book = openpyxl.load_workbook(path)
    sheet = book[FRONT]
    line = line_of(sheet, "M2")
    for column in (1, columns(sheet)["openscorecard ref"]):
        sheet.cell(line, column).value = "M1"
    book.save(path)
    result = taken(path, stored())
    assert result.refused
    assert "One text." in result.findings[0].message
    assert "Another text." in result.findings[0].message


def test_text_in_a_row_without_a_ref_refuses_the_workbook(sent):
    path = sent()
    book = openpyxl.load_workbook(path)
    sheet = book[FRONT]
    sheet.cell(20, columns(sheet)[COMMENT]).value = "Where does this belong?"
    book.save(path)
    result = taken(path, stored())
    assert result.refused
    assert "Where does this belong?" in result.findings[0].message


def without_versions(path):
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for line in range(HEADER + 1, sheet.max_row + 1):
            sheet.cell(line, columns(sheet)["openscorecard version"]).value = None
    book.save(path)


def test_without_its_version_a_comment_is_taken_where_none_is_stored(sent):
    path = sent()
    write_into(path, M1="Contacts rose.")
    without_versions(path)
    result = taken(path, stored())
    assert result.changed == ("M1",)
    assert rules(result) == [("comment-version-missing", Severity.WARNING, "M1")]


def test_without_its_version_a_comment_never_replaces_another(sent):
    comments = stored(written("M1", "Stored."), written("M2", "Stored too."))
    path = sent(comments)
    write_into(path, M1="Other words.", M2=None)
    without_versions(path)
    result = taken(path, comments)
    assert result.stored.current("M1").text == "Stored."
    assert result.stored.conflicts("M1")[0].text == "Other words."
    assert result.stored.current("M2").text == "Stored too."
    assert rules(result) == [
        ("comment-version-missing", Severity.WARNING, "M1"),
        ("comment-conflict", Severity.ERROR, "M1"),
    ]


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


def test_a_formula_in_a_box_comes_in_as_its_text_and_is_said(sent):
    path = sent()
    book = openpyxl.load_workbook(path)
    sheet = book[FRONT]
    sheet.cell(line_of(sheet, "M1"), columns(sheet)[COMMENT]).value = "=A1&B1"
    book.save(path)
    result = taken(path, stored())
    assert result.stored.current("M1").text == "=A1&B1"
    assert rules(result) == [("comment-is-formula", Severity.WARNING, "M1")]


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
    export_comments(card, comments, path)
    (line,) = [line for line in lines_of_workbook(path) if line.cells[0] == "M1"]
    assert [clean_text(cell) for cell in line.cells[5:7]] == [clean_text(text), clean_text(public)]
    untouched = import_comments(path, comments, card, at=NOW)
    assert untouched.stored == comments


# bad files


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\x00\x01binary junk" * 50, "no workbook"),
        (b"ref,comment\r\nM1,x\r\n", "no workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old"),
        (b"PK\x03\x04 cut off", "damaged"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused(tmp_path, content, says):
    path = tmp_path / "wrong.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError) as raised:
        taken(path, stored())
    assert says in str(raised.value)
    assert "wrong.xlsx" in str(raised.value)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"none\.xlsx"):
        taken(tmp_path / "none.xlsx", stored())


def test_another_workbook_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Ref.", "Indicator", "Jun-21"])
    book.save(tmp_path / "page.xlsx")
    with pytest.raises(InputError, match="Your comment"):
        taken(tmp_path / "page.xlsx", stored())


def test_a_workbook_that_would_fill_the_memory_is_refused(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 160_000_000)
    with pytest.raises(InputError, match="unpack"):
        taken(path, stored())


def test_a_comment_longer_than_a_cell_is_refused_and_nothing_written(sent, tmp_path):
    with pytest.raises(InputError, match="M1"):
        sent(stored(written("M1", "x" * 32_768)))
    assert list(tmp_path.iterdir()) == []


def test_the_page_given_is_not_changed(sent):
    card = page()
    sent(card=card)
    assert card == page()
    assert replace(card) == card
    assert card.month == JUNE
