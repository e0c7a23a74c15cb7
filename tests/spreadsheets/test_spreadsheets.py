"""What a cell stores and shows, and how high a row must be."""

from __future__ import annotations

import io
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.spreadsheets import (
    finished,
    lines_of,
    new_workbook,
    number_cell,
    put_text,
    row_height,
    without_controls,
)
from openscorecard.statistics.ranges import half_up, printed
from openscorecard.units import Arrow


@pytest.mark.parametrize(
    ("text", "value", "stored", "form"),
    [
        ("2,080", Fraction(2080), 2080.0, "#,##0"),
        ("399", Fraction(399), 399.0, "#,##0"),
        ("1507", Fraction(1507), 1507.0, "0"),  # printed without a comma, shown without one
        ("16%", Fraction(16), 0.16, "0%"),
        ("94.8%", Fraction(948, 10), 0.948, "0.0%"),
        ("8,571%", Fraction(8571), 85.71, "#,##0%"),
        ("24", Fraction(47, 2), 23.5, "#,##0"),
        ("2,080 [r]", Fraction(2080), 2080.0, '#,##0" [r]";-#,##0" [r]"'),
    ],
)
def test_a_printed_number_is_stored_with_its_digits_as_format(text, value, stored, form):
    cell = number_cell(text, value)
    assert (cell.stored, cell.format) == (stored, form)


@pytest.mark.parametrize(
    "text", ["[x]", "[c]", "n/a", "Local", "", "-", "1.2.3", "5 of 6", "[x] [r]"]
)
def test_what_is_no_number_stays_text(text):
    assert number_cell(text, None) is None


def test_the_arrow_stands_before_the_number_and_its_sign():
    assert number_cell("15%", Fraction(15), Arrow.UP).format == '"↑ "0%;"↑ "-0%'
    # A fall of 0.3% prints as 0%, and shall not show as -0%.
    assert number_cell("0%", Fraction(-3, 10), Arrow.LEVEL).format == '"→ "0%;"→ "0%'


def test_what_is_printed_goes_before_what_lies_beneath():
    # A released 24% whose parts give 24.6: the cell must not show 25%.
    assert number_cell("24%", Fraction(246, 10)).stored == 0.24


@given(
    st.fractions(-10_000, 10_000, max_denominator=10_000),
    st.integers(0, 2),
    st.booleans(),
)
def test_a_spreadsheet_shows_what_is_printed(value, decimals, percent):
    """Checked by the rule of spreadsheets: fifteen digits, halves away from zero."""
    text = printed(value, decimals) + ("%" if percent else "")
    cell = number_cell(text, value)
    shown = Fraction(f"{cell.stored:.15g}") * (100 if percent else 1)
    assert half_up(shown, decimals) == half_up(value, decimals)


def test_headings_are_tagged_by_the_styles_of_excel_and_look_as_they_are_made():
    book, memory = new_workbook(title="t", subject="s", author="a", month=Month(2021, 6))
    plain, title = book.add_format({"bold": True}), book.add_format({"font_size": 20})
    below = book.add_format({"font_size": 13, "text_wrap": True})
    sheet = book.add_worksheet()
    for number, form in enumerate((title, plain, below, title)):
        put_text(sheet, number, 0, "text", form)
    made = openpyxl.load_workbook(io.BytesIO(finished(book, memory, [title, below])))
    cells = [cell for (cell,) in made.active.iter_rows()]
    assert [cell.style for cell in cells] == ["Heading 1", "Normal", "Heading 2", "Heading 1"]
    assert [cell.font.sz for cell in cells] == [20, 11, 13, 20]
    assert cells[2].alignment.wrap_text
    # Excel knows its own styles by number: 16 is Heading 1, 17 is Heading 2.
    builtin = {style.name: style.builtinId for style in made._named_styles}
    assert builtin == {"Normal": 0, "Heading 1": 16, "Heading 2": 17}


def test_controls_go_and_line_ends_become_one_kind():
    assert without_controls("a\r\nb\rc\x00\x1f\ud800\ufffe\td") == "a\nb\nc\td"


def test_a_text_that_no_cell_holds_is_refused():
    book, _ = new_workbook(title="t", subject="s", author="a", month=Month(2021, 6))
    sheet = book.add_worksheet()
    with pytest.raises(InputError, match="32,767"):
        put_text(sheet, 0, 0, "x" * 32_768, book.add_format())


def test_wrapped_text_is_measured_in_lines():
    # Forty words of five letters and a space: 240 signs, of which some 45 fit in 40 digits' width.
    words = "words " * 40
    assert 5 <= lines_of(words.strip(), 40) <= 7
    assert lines_of("x" * 400, 40) >= 8  # a word that must be broken
    assert row_height([("a\nb\nc", 40)]) > 3 * 14
    assert row_height([("a", 40)], least=100) == 100
    assert row_height([("a\n" * 100, 40)]) == 409  # Excel's limit
