"""Rows of which it is not certain where they belong, and workbooks that lost columns."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest
from comment_pages import FRONT, MAY, indicator, page, row, stored, written
from commentary_workbooks import (
    COMMENT,
    HEADER,
    columns,
    line_of,
    rules,
    taken,
    write_into,
)

from openscorecard.commentary.workbook import export_comments
from openscorecard.errors import InputError
from openscorecard.findings import Severity


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
    assert rules(result) == [("comment-version-missing", Severity.WARNING, None)]
    assert "none was stored: M1." in result.findings[0].message


def test_without_its_version_a_comment_never_replaces_another(sent):
    comments = stored(written("M1", "Stored."), written("M2", "Stored too."))
    path = sent(comments)
    write_into(path, M1="Other words.", M2=None)
    without_versions(path)
    result = taken(path, comments)
    assert result.stored.current("M1").text == "Stored."
    assert result.stored.conflicts("M1")[0].text == "Other words."
    assert result.stored.current("M2").text == "Stored too."
    assert rules(result) == [("comment-conflict", Severity.ERROR, "M1")]
    assert "lost the hidden columns" in result.findings[0].message


def only_visible(path, *, without=()):
    """What comes of copying the visible cells into a workbook of one's own."""
    book = openpyxl.load_workbook(path)
    copy = openpyxl.Workbook()
    for line in book[FRONT].iter_rows():
        cells = [cell.value for cell in line[:7]]
        copy.active.append([None if value in without else value for value in cells])
    copy.save(path)


@pytest.mark.parametrize("without", [(), ("June 2021",), (f"Comments on June 2021: {FRONT}",)])
def test_without_hidden_columns_it_is_taken_by_visible_ref_and_the_month_in_words(sent, without):
    comments = stored(written("M2", "Stored."))
    path = sent(comments)
    write_into(path, M1="Contacts rose.", M2="Other words.")
    only_visible(path, without=without)
    result = taken(path, comments)
    assert not result.refused
    assert result.stored.current("M1").text == "Contacts rose."
    assert result.stored.current("M2").text == "Stored."
    assert [entry.text for entry in result.stored.conflicts("M2")] == ["Other words."]
    assert rules(result) == [
        ("comment-conflict", Severity.ERROR, "M2"),
        ("comment-version-missing", Severity.WARNING, None),
    ]


def test_without_hidden_columns_and_any_word_of_the_month_it_is_refused_once(sent):
    path = sent()
    write_into(path, M1="Contacts rose.", M2="Referrals fell.")
    only_visible(path, without=("June 2021", f"Comments on June 2021: {FRONT}"))
    with pytest.raises(InputError) as raised:
        taken(path, stored())
    assert str(raised.value).count("hidden columns") == 1
    assert "comments export 2021-06 NEW.xlsx" in raised.value.todo


def test_title_and_header_that_name_two_months_name_none(sent):
    path = sent()
    write_into(path, M1="Contacts rose.")
    only_visible(path)
    book = openpyxl.load_workbook(path)
    book.active["A1"] = f"Comments on May 2021: {FRONT}"
    book.save(path)
    with pytest.raises(InputError, match="hidden columns"):
        taken(path, stored())


def test_without_hidden_columns_a_ref_beside_another_name_refuses_the_workbook(sent):
    path = sent()
    write_into(path, M1="Contacts rose.")
    only_visible(path)
    book = openpyxl.load_workbook(path)
    book.active["A7"], book.active["A8"] = "M2", "M1"  # the first column sorted alone
    book.save(path)
    result = taken(path, stored())
    assert result.refused
    assert "“Number of M1”, is not that of M2" in result.findings[0].message


def test_a_workbook_of_another_month_is_refused_once_and_named(tmp_path):
    path = tmp_path / "may comments.xlsx"
    export_comments(replace(page(), month=MAY), stored(month=MAY), path)
    write_into(path, M1="Contacts rose.")
    with pytest.raises(InputError, match="is for 2021-05, not for 2021-06") as raised:
        taken(path, stored())
    assert f'comments import 2021-05 "{path}"' in raised.value.todo
