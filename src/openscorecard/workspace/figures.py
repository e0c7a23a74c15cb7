"""The cells of one load, as figures.csv holds them.

Numbers stand there exactly (`94.8`, `1/3`), beside the text as printed; text that a spreadsheet
would take for a formula has an apostrophe before it, taken away again on reading.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, fields
from fractions import Fraction

from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.units import Arrow

VALUE = "value"
DERIVED = ("change_month", "change_year", "average_12m", "maximum_12m", "sn", "eng", "region")
SET_ASIDE = "set-aside"


@dataclass(frozen=True, slots=True)
class LoadedCell:
    """One cell of a printed page.

    `column` is `value`, with the month it stands under, or one of DERIVED, with the report month.
    `status` is the reader's (value, blank, dash, ...) or `set-aside`: a number that cannot be true,
    with the finding that says so in `note`. `base` is the month that a change is from, if printed.
    """

    ref: str
    month: Month
    column: str
    status: str
    raw: str
    number: Fraction | None = None
    decimals: int = 0
    percent: bool = False
    exact: bool = False
    arrow: Arrow | None = None
    base: Month | None = None
    note: str = ""


HEADER = tuple(field.name for field in fields(LoadedCell))


def write_cells(cells: tuple[LoadedCell, ...]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")  # RFC 4180; and a bare \r gets its quotes
    writer.writerow(HEADER)
    for cell in cells:
        writer.writerow(
            [
                _safe(cell.ref),
                cell.month.iso,
                cell.column,
                cell.status,
                _safe(cell.raw),
                "" if cell.number is None else exact_text(cell.number),
                cell.decimals,
                "yes" if cell.percent else "",
                "yes" if cell.exact else "",
                cell.arrow or "",
                cell.base.iso if cell.base else "",
                _safe(cell.note),
            ]
        )
    return text.getvalue().encode("utf-8")


def read_cells(content: bytes, where: str) -> tuple[LoadedCell, ...]:
    """The cells; InputError where the file is not as `write_cells` wrote it."""
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
        if not rows or tuple(rows[0]) != HEADER:
            raise ValueError("another header")
        return tuple(_cell(row) for row in rows[1:])
    except (ValueError, csv.Error, InputError) as error:
        raise InputError(
            "it is not as it was written when the page was loaded",
            where=where,
            todo="forget this load (`scorecard loads forget`) and load the page again",
        ) from error


def _cell(row: list[str]) -> LoadedCell:
    if len(row) != len(HEADER):
        raise ValueError("a row of another length")
    ref, month, column, status, raw, number, decimals, percent, exact, arrow, base, note = row
    return LoadedCell(
        _plain(ref),
        Month.parse(month),
        column,
        status,
        _plain(raw),
        Fraction(number) if number else None,
        int(decimals),
        percent == "yes",
        exact == "yes",
        Arrow(arrow) if arrow else None,
        Month.parse(base) if base else None,
        _plain(note),
    )


def exact_text(number: Fraction) -> str:
    """The number without loss: as a decimal where it has one of at most nine places, else as a
    fraction.

    >>> exact_text(Fraction(948, 10)), exact_text(Fraction(1, 3))
    ('94.8', '1/3')
    """
    if number.denominator == 1:
        return str(number.numerator)
    for places in range(1, 10):
        scaled: Fraction = number * 10**places
        if scaled.denominator == 1:
            digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
            return f"{'-' if number < 0 else ''}{digits[:-places]}.{digits[-places:]}"
    return str(number)


def _safe(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r", "'") else text


def _plain(text: str) -> str:
    return text[1:] if text.startswith("'") else text
