"""Single cells: a printed number with what lies beneath, and text that stays text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from xlsxwriter import Workbook  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from openscorecard.errors import InputError, InternalError
from openscorecard.units import Arrow

__all__ = [
    "Format",
    "NumberCell",
    "Workbook",
    "Worksheet",
    "number_cell",
    "put_text",
    "without_controls",
]

# What XML cannot hold: control characters but tab and line feed, halves of surrogate pairs, and
# the two non-characters.
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_PRINTED = re.compile(r"(-?)(\d[\d,]*)(?:\.(\d+))?(%?)( \[r\])?")


@dataclass(frozen=True, slots=True)
class NumberCell:
    """What a cell stores and how it shows it. Percentages are stored as fractions: 23% is 0.23."""

    stored: float
    format: str


def without_controls(text: str) -> str:
    """The text without what XML cannot hold, so that a workbook gives back what it was given."""
    return _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def number_cell(
    printed: str, value: Fraction | None, arrow: Arrow | None = None
) -> NumberCell | None:
    """The cell that shows `printed` and holds the unrounded `value`; None where it is no number.

    Should a spreadsheet round the value to other digits than those printed, the printed number is
    stored instead: what stands on the page goes before what can be computed from it.

    >>> number_cell("16%", Fraction(33900, 2080))
    NumberCell(stored=0.16298076923076923, format='0%')
    >>> number_cell("-23%", Fraction(-23), Arrow.DOWN).format
    '"↓ "0%;"↓ "-0%'
    >>> number_cell("[x]", None) is None
    True
    """
    match = _PRINTED.fullmatch(printed)
    if match is None:
        return None
    sign, whole, part, percent, revised = match.groups()
    number = Fraction(f"{sign}{whole.replace(',', '')}.{part or 0}")
    scale = 100 if percent else 1
    decimals = len(part or "")
    stored = float((number if value is None else value) / scale)
    if _as_displayed(stored, scale, decimals) != number:
        stored = float(number / scale)
    grouped = "," in whole or (not percent and len(whole) < 4)
    body = ("#,##0" if grouped else "0") + (f".{'0' * decimals}" if decimals else "") + percent
    return NumberCell(stored, _format(body, number, revised or "", arrow))


def _as_displayed(stored: float, scale: int, decimals: int) -> Fraction:
    """The number that a spreadsheet shows: of 15 significant digits, halves away from zero."""
    digits = Decimal(f"{stored:.15g}") * scale
    step = Decimal(1).scaleb(-decimals)
    return Fraction(digits.quantize(step, rounding=ROUND_HALF_UP))


def _format(body: str, number: Fraction, revised: str, arrow: Arrow | None) -> str:
    before = f'"{arrow.glyph} "' if arrow else ""
    after = f'"{revised}"' if revised else ""
    positive = f"{before}{body}{after}"
    if not before and not after:
        return positive
    # A sign goes before the whole format unless negative numbers have their own; and a small fall
    # that is printed as 0% shall not show as -0%.
    minus = "" if number == 0 else "-"
    return f"{positive};{before}{minus}{body}{after}"


def put_text(
    sheet: Worksheet, row: int, column: int, text: str, form: Format, *, where: str = "the page"
) -> None:
    """Text as text, whatever it begins with; InputError if a cell cannot hold so much."""
    clean = without_controls(text)
    if not clean:
        sheet.write_blank(row, column, None, form)
        return
    if clean.startswith("<r>") and clean.endswith("</r>"):
        # XlsxWriter takes such a string for its own mark-up and would write it unescaped.
        code = sheet.write_rich_string(row, column, clean[:2], form, clean[2:], form)
    else:
        code = sheet.write_string(row, column, clean, form)
    if code == -2:
        raise InputError(
            "a text is longer than the 32,767 characters that a cell of a workbook holds",
            where=f"{where}, {clean[:40]!r}",
            todo="shorten it",
        )
    if code != 0:
        raise InternalError(f"cell {row}, {column} was not written (code {code})")
