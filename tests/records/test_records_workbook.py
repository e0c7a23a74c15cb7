"""Workbooks: what a reader sees, the number behind it, and what is hidden."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from records_pages import only, rules

from openscorecard.periods import Month
from openscorecard.records.printed.number_format import shown
from openscorecard.records.printed.page import Cell, PrintedPage
from openscorecard.records.printed.read import read_page

JUNE = Month(2021, 6)


def page_of(folder: Path, book: openpyxl.Workbook) -> PrintedPage:
    path = folder / "page.xlsx"
    book.save(path)
    return read_page(path)


def a_sheet() -> tuple[openpyxl.Workbook, Worksheet]:
    """Title rows, dates as headers, and the forms in which figures are kept."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "June"
    sheet["A1"] = "Scorecard"
    sheet.append([])
    sheet.append(["KPI", "Indicator", "Owner", dt.datetime(2021, 5, 1), dt.datetime(2021, 6, 30),
                  "% change from May-21", "12 month average", "Good is"])  # fmt: skip
    sheet["D3"].number_format = sheet["E3"].number_format = "mmm-yy"
    sheet.append(["Z1", "Enquiries", "Avery Moss", 980, 1176.4, 0.2004, "1,050", "Low"])
    sheet.append(["Z2", "Answered in a day", None, 0.25, 0.2345, -0.062, 0.231, "High"])
    sheet["E4"].number_format = "#,##0"
    sheet["F4"].number_format = '[>=0.1]"↑" 0%;[<=-0.1]"↓" -0%;"→" 0%'
    for name in ("D5", "E5", "F5", "G5"):
        sheet[name].number_format = "0%"
    sheet["G5"].number_format = "0.0%"
    return book, sheet


def test_dates_percentages_and_thousands_as_they_are_shown(tmp_path: Path) -> None:
    page = page_of(tmp_path, a_sheet()[0])
    assert page.months == (Month(2021, 5), JUNE)
    row = only(page, "Z1")
    assert row.value(JUNE) == Cell(
        "1,176", row.value(JUNE).status, Fraction("1176.4"), exact=True
    )  # fmt: skip
    assert row.change_month is not None
    assert (row.change_month.raw, row.change_month.arrow) == ("↑ 20%", "up")
    assert row.change_month.number == Fraction("20.04")
    assert row.average_12m is not None
    assert (row.average_12m.raw, row.average_12m.number) == ("1,050", 1050)  # kept as text
    assert (row.preferred_direction, row.line) == ("down", 4)


def test_a_percentage_holds_more_than_it_shows_or_just_that(tmp_path: Path) -> None:
    row = only(page_of(tmp_path, a_sheet()[0]), "Z2")
    may, june = row.value(Month(2021, 5)), row.value(JUNE)
    assert (june.raw, june.number, june.exact) == ("23%", Fraction("23.45"), True)
    assert (may.raw, may.number, may.exact) == ("25%", 25, False)
    assert row.average_12m is not None
    assert (row.average_12m.raw, row.average_12m.number, row.average_12m.decimals) == (
        "23.1%", Fraction("23.1"), 1
    )  # fmt: skip
    assert not row.average_12m.exact
    assert (row.unit.value, row.preferred_direction) == ("percent", "up")


def test_title_rows_are_named_by_sheet_and_row(tmp_path: Path) -> None:
    (finding,) = page_of(tmp_path, a_sheet()[0]).findings
    assert finding.rule == "unplaced-line"
    assert finding.place == "page.xlsx, sheet 'June', row 1"


def test_a_merged_owner_applies_to_its_rows_and_a_merged_figure_to_its_first(
    tmp_path: Path,
) -> None:
    book, sheet = a_sheet()
    sheet.merge_cells("C4:C5")
    sheet.merge_cells("D4:D5")
    page = page_of(tmp_path, book)
    assert [row.owner for row in page.rows] == ["Avery Moss", "Avery Moss"]
    assert only(page, "Z2").value(Month(2021, 5)).status.value == "blank"
    found = [f for f in page.findings if f.rule == "merged-figure"]
    assert [(f.ref, f.column) for f in found] == [("Z2", "2021-05")]


def test_a_formula_without_its_result_is_said_never_shown(tmp_path: Path) -> None:
    book, sheet = a_sheet()
    sheet["E4"] = "=D4*2"
    page = page_of(tmp_path, book)
    cell = only(page, "Z1").value(JUNE)
    assert (cell.raw, cell.number, cell.status.value) == ("", None, "text")
    (finding,) = [f for f in page.findings if f.rule == "unread-cell"]
    assert (finding.ref, finding.column) == ("Z1", "2021-06")
    assert "without its result" in finding.message


def test_formulas_without_result_in_headers_and_texts_are_said_too(tmp_path: Path) -> None:
    book, sheet = a_sheet()
    sheet["C4"], sheet["D3"], sheet["A5"] = '="A"&"M"', "=EDATE(E3,-1)", '="Z"&2'
    page = page_of(tmp_path, book)
    assert [row.ref for row in page.rows] == ["Z1"]
    found = {f.rule: f for f in page.findings}
    assert found["unread-cell"].column == "owner"
    assert "column 4" in found["unplaced-header"].message
    assert found["row-without-ref"].severity.value == "error"


def test_hidden_rows_columns_and_sheets_are_read_and_named(tmp_path: Path) -> None:
    book, sheet = a_sheet()
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["D"].hidden = True
    notes = book.create_sheet("Notes")
    notes["A1"] = "Figures are provisional."
    notes.sheet_state = "hidden"
    page = page_of(tmp_path, book)
    assert len(page.rows) == 2
    hidden = [f.message for f in page.findings if f.rule == "hidden-cells"]
    assert [message.split(" of ")[0] for message in hidden[:2]] == ["Column D", "Row 5"]
    assert "'Notes'" in hidden[2]
    assert "no-table" in rules(page)


def test_sheets_without_figures_are_one_remark(tmp_path: Path) -> None:
    book, _ = a_sheet()
    for name in ("Cover", "Notes"):
        book.create_sheet(name).append(["Figures are provisional."])
    book.create_sheet("Blank")
    (finding,) = [f for f in page_of(tmp_path, book).findings if f.rule == "no-table"]
    assert finding.message == (
        "Sheets 'Cover', 'Notes' have no table of indicators with months and were not read: 2 "
        "lines of text."
    )
    assert (finding.severity.value, finding.place) == (
        "information", "page.xlsx, sheet 'Cover', row 1",
    )  # fmt: skip


def test_several_sheets_are_several_tables(tmp_path: Path) -> None:
    book, _ = a_sheet()
    other = book.create_sheet("Other")
    other.append(["Ref", "Jun-21"])
    other.append(["Y1", 7])
    page = page_of(tmp_path, book)
    assert (page.tables, only(page, "Y1").table, only(page, "Y1").line) == (2, 2, 2)


def test_a_stray_format_in_the_last_column_does_not_fill_the_memory(tmp_path: Path) -> None:
    book, sheet = a_sheet()
    sheet["XFD1048576"].number_format = "0%"
    assert len(page_of(tmp_path, book).rows) == 2


def test_text_and_dates_among_figures_are_said(tmp_path: Path) -> None:
    book, sheet = a_sheet()
    sheet["D4"] = dt.datetime(2021, 3, 1)
    sheet["E4"] = "#DIV/0!"
    page = page_of(tmp_path, book)
    assert rules(page).count("unread-cell") == 2


# The number, the format, what Excel shows; each looked up in the rules of the format itself.
FORMATS = [
    ("0.2345", "0%", "23%"),
    ("0.235", "0%", "24%"),  # halves away from 0
    ("0.2345", "0.0%", "23.5%"),
    ("-0.2345", "0.0%", "-23.5%"),
    ("1222.6", "#,##0", "1,223"),
    ("1222.6", "#,##0.00", "1,222.60"),
    ("1222.6", "0", "1223"),
    ("12.5", "0.0#", "12.5"),
    ("12.25", "0.##", "12.25"),
    ("12", "0.##", "12"),
    ("-5", "0;[Red]-0", "-5"),
    ("-5", "0;(0)", "(5)"),
    ("0", '0;-0;"-"', "-"),
    ("5", "+0;-0;0", "+5"),
    ("0.15", '"▲" 0%;"▼" 0%', "▲ 15%"),
    ("-0.15", '"▲" 0%;"▼" 0%', "▼ 15%"),
    ("1234", '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "1,234"),
    ("1234", "[$£-809]#,##0", "£1,234"),
    ("12", 'General" pts"', "12 pts"),
    ("0.05", "[<0.1]0.0%;0%", "5.0%"),
    ("0.5", "[<0.1]0.0%;0%", "50%"),
]


@pytest.mark.parametrize(("number", "code", "text"), FORMATS)
def test_number_formats(number: str, code: str, text: str) -> None:
    found = shown(Fraction(number), code)
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize("code", ["0.00E+00", "# ?/?", "#,##0,", "hh:mm", 'yyyy"-"mm'])
def test_formats_that_show_something_else_than_the_digits_are_not_guessed(code: str) -> None:
    assert shown(Fraction(1234), code) is None
