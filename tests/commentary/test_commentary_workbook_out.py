"""The commentary workbook as it goes out."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import openpyxl
import pytest
from comment_pages import CARE, FRONT, JUNE, MAY, indicator, page, row, stored, written
from commentary_workbooks import COMMENT, HEADER, HIDDEN, PUBLIC, columns, line_of

from openscorecard.errors import InputError
from openscorecard.scorecard.page import Change, Figure, FigureStatus


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


@pytest.mark.parametrize(
    ("printed", "percent", "says"),
    [
        ("48%", 48, "Up 48% on June 2020"),
        ("-23%", -23, "Down 23% on June 2020"),
        ("0%", 0, "0% change on June 2020"),
    ],
)
def test_a_change_known_only_in_percent_says_which_way(sent, printed, percent, says):
    change = Change(JUNE.plus(-12), FigureStatus.VALUE, printed, Fraction(percent), as_printed=True)
    line = replace(row(indicator("M1"), [1801, 2080]), change_year=change)
    sheet = openpyxl.load_workbook(sent(card=page(line)))[FRONT]
    assert says in sheet.cell(line_of(sheet, "M1"), 4).value.split("\n")


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


def test_sheet_names_of_one_kind_are_shortened_alike(sent):
    names = ["Manager, Front Door", "Manager, Children Who Are Looked After", "Head of Care"]
    card = page(*(row(indicator(f"R{n}", reporter=name), [1, 2]) for n, name in enumerate(names)))
    short = ["Front Door", "Children Who Are Looked After", "Head of Care"]
    assert openpyxl.load_workbook(sent(reporter=None, card=card)).sheetnames == short
    alone = openpyxl.load_workbook(sent(reporter=names[0], card=card))
    assert alone.sheetnames == short[:1]
    assert alone["Front Door"]["A1"].value == "Comments on June 2021: Manager, Front Door"
    assert alone["Front Door"]["A1"].style == "Heading 1"


def test_rows_that_the_public_page_hides_say_so(sent):
    card = page(*(row(indicator(ref), [9, 3]) for ref in ("M1", "M2", "M3")))
    now, before, shown = card.rows
    hidden = Figure(JUNE, FigureStatus.HIDDEN, "[c]")
    now = replace(now, figures=(*now.figures[:-1], hidden))
    before = replace(before, figures=(replace(hidden, month=MAY), before.figures[-1]))
    public = replace(card, audience="public", rows=(now, before, shown))
    sheet = openpyxl.load_workbook(sent(card=card, public=public))[FRONT]
    first = {
        ref: sheet.cell(line_of(sheet, ref), 4).value.split("\n")[0] for ref in ("M1", "M2", "M3")
    }
    assert first == {
        "M1": "NOT SHOWN TO THE PUBLIC: this month's figure",
        "M2": "NOT SHOWN TO THE PUBLIC: some of the figures",
        "M3": "Down 6 on May 2021 (9)",
    }
    assert "a row says NOT SHOWN TO THE PUBLIC" in sheet["A3"].value


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
