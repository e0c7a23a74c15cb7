"""A workbook that somebody sent: opened with care, read as lines of text."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from openscorecard.errors import InputError
from openscorecard.files import read_file
from openscorecard.periods import day_in_words
from openscorecard.records.printed.file_kind import Kind, kind_of
from openscorecard.records.printed.workbook_safety import check_container, corrupt

MOST_BYTES = 20_000_000
MOST_ROWS, MOST_COLUMNS = 20_000, 200
_CONTROL = re.compile(r"_x00([01][0-9A-Fa-f])_")


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A row of a sheet; `formulas` are the columns that hold one."""

    sheet: str
    row: int
    cells: tuple[str, ...]
    formulas: frozenset[int]


def lines_of_workbook(path: Path) -> tuple[SheetLine, ...]:
    """Every row that has something in it, sheet by sheet; InputError for what is no workbook."""
    name = path.name
    data = read_file(
        path,
        most_bytes=MOST_BYTES,
        if_larger="see whether it is the right file",
        if_empty="ask for it again",
    )
    if kind_of(name, data) is not Kind.WORKBOOK:
        raise InputError(
            "this is no workbook",
            where=name,
            todo="give the workbook that `scorecard comments export` made, as .xlsx",
        )
    check_container(name, data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on parts of a workbook that hold no cells
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
            try:
                return tuple(_lines(book))
            finally:
                book.close()
    except Exception as error:  # its parser raises whatever a broken part provokes
        raise corrupt(name) from error


def _lines(book: openpyxl.Workbook) -> Iterator[SheetLine]:
    for sheet in book.worksheets:
        rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
        for number, row in enumerate(rows, start=1):
            cells = tuple(_text(cell.value) for cell in row)
            if any(cells):
                formulas = frozenset(
                    at for at, cell in enumerate(row) if cell.data_type == "f" and cells[at]
                )
                yield SheetLine(sheet.title, number, cells, formulas)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return day_in_words(value)
    # An array formula is an object that holds its text.
    text = str(getattr(value, "text", value))
    # Excel writes control characters, such as a carriage return, as _x000D_.
    return _CONTROL.sub(lambda match: chr(int(match[1], 16)), text)
