"""What one cell says: every form that pages print."""

from __future__ import annotations

from fractions import Fraction

import pytest

from openscorecard.records.printed.cells import read_direction, read_figure
from openscorecard.records.printed.grid import RawCell

# as printed: status, number, decimals, percent sign, arrow
FORMS = {
    "0": ("value", "0", 0, False, None),
    "1507": ("value", "1507", 0, False, None),
    "1,223": ("value", "1223", 0, False, None),
    "1,234,567": ("value", "1234567", 0, False, None),
    "94.8%": ("value", "94.8", 1, True, None),
    "94.80 %": ("value", "94.8", 2, True, None),
    "23 per cent": ("value", "23", 0, True, None),
    ".5": ("value", "0.5", 1, False, None),
    "+15%": ("value", "15", 0, True, None),
    "-15%": ("value", "-15", 0, True, None),
    "−15%": ("value", "-15", 0, True, None),  # a real minus sign
    "–15%": ("value", "-15", 0, True, None),  # an en dash typed for it
    " 16%\u00a0": ("value", "16", 0, True, None),  # a space that does not break
    "85.7% [r]": ("value", "85.7", 1, True, None),
    "12 [note 3]": ("value", "12", 0, False, None),
    "↑ 15%": ("value", "15", 0, True, "up"),
    "15% ↑": ("value", "15", 0, True, "up"),
    "↓ -23%": ("value", "-23", 0, True, "down"),
    "➔ -1%": ("value", "-1", 0, True, "level"),
    "→ 0%": ("value", "0", 0, True, "level"),
    "⬆️ 80%": ("value", "80", 0, True, "up"),
    "⬇️ -100%": ("value", "-100", 0, True, "down"),
    "▲ 4%": ("value", "4", 0, True, "up"),
    "▼4%": ("value", "4", 0, True, "down"),
    "►4%": ("value", "4", 0, True, "level"),
    "◄► 4%": ("value", "4", 0, True, "level"),
    "↑ 1,200%": ("value", "1200", 0, True, "up"),
    "■ 2,080": ("value", "2080", 0, False, None),  # a verdict's shape, no arrow
    "● 99%": ("value", "99", 0, True, None),
    "": ("blank", None, 0, False, None),
    " \u00a0 ": ("blank", None, 0, False, None),
    "-": ("dash", None, 0, False, None),
    "–": ("dash", None, 0, False, None),
    "—": ("dash", None, 0, False, None),
    "n/a": ("not-available", None, 0, False, None),
    "N/A": ("not-available", None, 0, False, None),
    "- n/a": ("not-available", None, 0, False, None),
    "– n/a": ("not-available", None, 0, False, None),
    "[x]": ("not-available", None, 0, False, None),
    "[z] [r]": ("not-available", None, 0, False, None),
    "[z]": ("not-available", None, 0, False, None),
    "Local": ("local", None, 0, False, None),
    "LOCAL": ("local", None, 0, False, None),
    "[c]": ("text", None, 0, False, None),
    "<5": ("text", None, 0, False, None),
    "up 279": ("text", None, 0, False, "up"),
    "down 8 pts": ("text", None, 0, False, "down"),
    "no change": ("text", None, 0, False, "level"),
    "↑": ("text", None, 0, False, "up"),
}


@pytest.mark.parametrize("printed", FORMS)
def test_a_cell_is_what_it_looks_like(printed: str) -> None:
    status, number, decimals, percent, arrow = FORMS[printed]
    reading = read_figure(RawCell(printed))
    cell = reading.cell
    assert cell.status.value == status
    assert cell.number == (None if number is None else Fraction(number))
    assert (cell.decimals, cell.percent, cell.arrow) == (decimals, percent, arrow)
    assert not reading.doubt
    assert cell.raw == " ".join(printed.split())


@pytest.mark.parametrize(
    "printed",
    ["see note", "1,5", "94,8%", "12,34", "1.2.3", "12k", "(15%)", "- 5%", "1 223", "15/06/2021",
     "#DIV/0!", "1234567890123456789", "٣"],
)  # fmt: skip
def test_what_is_neither_number_nor_word_is_a_text_with_a_doubt(printed: str) -> None:
    reading = read_figure(RawCell(printed))
    assert reading.unread
    assert reading.cell.status.value == "text"
    assert reading.cell.number is None
    assert reading.cell.raw == printed


@pytest.mark.parametrize(("printed", "number"), [("£1,234", 1234), ("12*", 12), ("↗ 15%", 15)])
def test_a_number_with_something_odd_is_read_with_a_remark(printed: str, number: int) -> None:
    reading = read_figure(RawCell(printed))
    assert reading.cell.number == number
    assert reading.doubt
    assert not reading.unread


def test_markup_around_a_figure_is_not_part_of_it() -> None:
    assert read_figure(RawCell("<b>16%</b>")).cell.raw == "16%"


@pytest.mark.parametrize(
    ("shown", "stored", "number", "exact"),
    [
        ("23%", "23.45", "23.45", True),  # the workbook holds 0.2345 and shows 23%
        ("23%", "23", "23", False),
        ("1,223", "1222.6", "1222.6", True),
        ("94.8%", "94.8", "94.8", False),
    ],
)
def test_a_workbooks_number_is_kept_beside_what_it_shows(
    shown: str, stored: str, number: str, exact: bool
) -> None:
    cell = read_figure(RawCell(shown, number=Fraction(stored))).cell
    assert (cell.raw, cell.number, cell.exact) == (shown, Fraction(number), exact)


def test_a_zero_that_a_format_prints_as_a_dash_is_a_zero_and_said_to_be() -> None:
    reading = read_figure(RawCell("-", number=Fraction(0)))
    assert (reading.cell.number, reading.cell.raw) == (0, "-")
    assert "0" in reading.doubt


@pytest.mark.parametrize(
    ("printed", "direction"),
    [("▲", "up"), ("▼", "down"), ("", "none"), ("up", "up"), ("High", "up"), ("Low", "down"),
     ("Higher is better", "up"), ("Lower is better.", "down"), ("▲ up", "up"), ("▼ down", "down"),
     ("none", "none"), ("-", "none"), ("◄►", "none"), ("sideways", None), ("▲ down", None)],
)  # fmt: skip
def test_the_preferred_direction(printed: str, direction: str | None) -> None:
    assert read_direction(RawCell(printed)) == direction
