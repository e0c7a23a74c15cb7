"""What may stand where a workbook is read from or written to."""

from __future__ import annotations

import zipfile

import openpyxl
import pytest
from comment_pages import FRONT, JUNE, MAY, page, stored, written
from commentary_workbooks import COMMENT, columns, line_of, taken, write_into

from openscorecard.commentary.workbook import export_comments
from openscorecard.errors import InputError

# to read


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
    assert card.month == JUNE


# to write


def refused(path, comments=None, **more):
    """What a second export to that place says; the file must be as it was."""
    before = path.read_bytes()
    with pytest.raises(InputError) as raised:
        export_comments(page(), comments or stored(), path, **more)
    assert path.read_bytes() == before
    return str(raised.value)


def test_an_export_never_goes_over_what_somebody_wrote(sent):
    path = sent()
    write_into(path, M1="Contacts rose.")
    said = refused(path)
    assert "not stored yet: M1" in said
    assert "comments import 2021-06" in said
    assert "another name" in said
    comments = taken(path, stored()).stored
    export_comments(page(), comments, path)  # all of it is stored: it may be replaced
    assert taken(path, comments).changed == ()


def test_an_untouched_workbook_may_be_replaced(sent):
    comments = stored(written("M1", "Contacts rose.", public="More."))
    export_comments(page(), comments, sent(comments))


def test_a_text_kept_beside_another_is_stored_too(sent):
    comments = stored(written("M1", "As it was."))
    path = sent(comments)
    write_into(path, M1="Theirs.")
    both = taken(path, comments.with_entry(written("M1", "Ours."))).stored
    export_comments(page(), both, path)


def test_an_emptied_box_and_a_return_to_older_words_are_something_written(sent):
    comments = stored(written("M1", "Older."), written("M1", "Newer."), written("M2", "Said."))
    path = sent(comments)
    write_into(path, M1="Older.", M2=None)
    assert "not stored yet: M1, M2" in refused(path, comments)


def test_a_formula_in_a_box_is_not_stored_either(sent):
    path = sent()
    book = openpyxl.load_workbook(path)
    sheet = book[FRONT]
    sheet.cell(line_of(sheet, "M2"), columns(sheet)[COMMENT]).value = "=1+1"
    book.save(path)
    assert "not stored yet: M2" in refused(path)


def test_a_workbook_of_another_month_is_held_against_that_month_s_comments(sent):
    path = sent()
    write_into(path, M1="Contacts rose.")
    july, june = JUNE.plus(1), taken(path, stored()).stored
    assert "comments import 2021-06" in refused(path, stored(month=july))
    export_comments(page(), stored(month=july), path, earlier=[june, stored(month=MAY)])


@pytest.mark.parametrize("content", [b"", b"M1\tContacts\n", b"PK\x03\x04 cut off"])
def test_a_file_that_is_no_commentary_workbook_stays(tmp_path, content):
    path = tmp_path / "precious.xlsx"
    path.write_bytes(content)
    assert "no commentary workbook" in refused(path)


def test_another_workbook_stays(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Ref.", "Indicator", "Jun-21"])
    book.save(tmp_path / "page.xlsx")
    assert "no commentary workbook" in refused(tmp_path / "page.xlsx")


@pytest.mark.parametrize("name", ["precious.tsv", "comments", "comments.xls"])
def test_the_name_must_end_as_a_workbook_s(tmp_path, name):
    with pytest.raises(InputError, match=r"must end in \.xlsx"):
        export_comments(page(), stored(), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_mistyped_folder_is_said_and_not_made(tmp_path):
    with pytest.raises(InputError, match="there is no folder"):
        export_comments(page(), stored(), tmp_path / "commments" / "june.xlsx")
    assert list(tmp_path.iterdir()) == []
