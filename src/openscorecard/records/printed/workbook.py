"""The sheets of a workbook (.xlsx, .xlsm) to grids: what a reader sees, and what is behind it."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

import openpyxl
from openpyxl.utils import column_index_from_string, get_column_letter

from openscorecard.errors import InputError
from openscorecard.findings import Finding
from openscorecard.periods import Month
from openscorecard.records.printed.grid import (
    MOST_CELLS,
    NOTHING,
    Grid,
    Line,
    RawCell,
    information,
)
from openscorecard.records.printed.number_format import general, shown
from openscorecard.records.printed.workbook_safety import check_container, corrupt

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.cell.cell import MergedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

# What a workbook holds of a number: fifteen digits; what follows them is noise of its arithmetic.
_STORED = ".15g"
_MOST = 10**15
_NO_RESULT = "is a formula without its result; open the workbook in Excel and save it again"


def grids_of_workbook(name: str, data: bytes) -> tuple[list[Grid], list[Finding]]:
    """One grid a sheet, hidden ones too (which is said); `line` is the sheet's row."""
    has_formulas = check_container(name, data)
    book = _open(name, data, results=True)
    formulas = _open(name, data, results=False) if has_formulas else None
    grids: list[Grid] = []
    findings: list[Finding] = []
    room = MOST_CELLS
    for sheet in book.worksheets:
        without = _formulas_without_result(sheet, formulas)
        grid = Grid(
            name, f"sheet {sheet.title!r}", _lines(name, sheet, without, room), "row", False
        )
        room -= sum(len(line.cells) for line in grid.lines)
        grids.append(grid)
        if grid.lines:
            findings.extend(_hidden(grid, sheet))
    return grids, findings


def _open(name: str, data: bytes, *, results: bool) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on parts of a workbook that hold no cells
            return openpyxl.load_workbook(io.BytesIO(data), data_only=results)
    except Exception as error:  # its parser raises whatever a broken part provokes
        raise corrupt(name) from error


def _cells(sheet: Worksheet) -> dict[tuple[int, int], SheetCell | MergedCell]:
    """The cells that the file has. `iter_rows` would make one for every place up to the last,
    which a stray format in the last column of a sheet turns into millions."""
    return sheet._cells


def _formulas_without_result(sheet: Worksheet, formulas: Workbook | None) -> set[tuple[int, int]]:
    if formulas is None or sheet.title not in formulas.sheetnames:
        return set()
    results = _cells(sheet)
    return {
        place
        for place, cell in _cells(formulas[sheet.title]).items()
        if cell.data_type == "f" and (place not in results or results[place].value is None)
    }


def _lines(
    name: str, sheet: Worksheet, without_result: set[tuple[int, int]], room: int
) -> tuple[Line, ...]:
    rows: dict[int, dict[int, RawCell]] = {}
    for place, cell in _cells(sheet).items():
        raw = RawCell("", problem=_NO_RESULT) if place in without_result else _raw(cell)
        if raw.own:
            rows.setdefault(place[0], {})[place[1]] = raw
    _spread(sheet, rows)
    if sum(max(cells) for cells in rows.values()) > room:
        raise InputError(
            f"the sheets have more than {MOST_CELLS:,} cells, which no page has",
            where=f"{name}, sheet {sheet.title!r}",
            todo="copy the page alone into a new workbook and give that",
        )
    return tuple(
        Line(row, tuple(cells.get(column, NOTHING) for column in range(1, max(cells) + 1)))
        for row, cells in sorted(rows.items())
    )


def _spread(sheet: Worksheet, rows: dict[int, dict[int, RawCell]]) -> None:
    """Fills merged cells: the value belongs to the first, the others show that it spreads."""
    last_row = max(rows, default=0)
    last_column = max((max(cells) for cells in rows.values()), default=0)
    for merged in sheet.merged_cells.ranges:
        owner = rows.get(merged.min_row, {}).get(merged.min_col)
        if owner is None:
            continue
        for row in range(merged.min_row, min(merged.max_row, last_row) + 1):
            for column in range(merged.min_col, min(merged.max_col, last_column) + 1):
                if (row, column) != (merged.min_row, merged.min_col) and row in rows:
                    way = "down" if column == merged.min_col else "across"
                    rows[row][column] = RawCell(owner.text, month=owner.month, spread=way)


def _raw(cell: SheetCell | MergedCell) -> RawCell:
    value = cell.value
    if value is None:
        return NOTHING
    if isinstance(value, dt.datetime | dt.date):
        return _date(value, str(cell.number_format or ""))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return RawCell(str(value).replace("_x000D_", "").replace("\r\n", "\n"))
    if not abs(value) < _MOST:
        return RawCell(str(value), problem="is a number too large for any figure")
    stored = Fraction(format(value, _STORED))
    code = str(cell.number_format or "General")
    if code in ("General", "@"):
        return RawCell(general(stored), number=stored)
    as_shown = shown(stored, code)
    if as_shown is None:
        return RawCell(
            general(stored),
            problem=f"is a number in the number format {code!r}, which we do not read",
        )
    return RawCell(as_shown.text, number=stored * 100 if as_shown.percent else stored)


def _date(value: dt.date, code: str) -> RawCell:
    """A date as its month; where the format shows a day and no year, as the reader sees it."""
    if not 1900 <= value.year <= 2200:
        return RawCell(f"{value:%Y-%m-%d}")
    month = Month(value.year, value.month)
    signs = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code).lower()
    if "d" in signs and "m" in signs and "y" not in signs:
        return RawCell(f"{value.day}-{month.short[:3]}")
    return RawCell(month.short, month=month, date=dt.date(value.year, value.month, value.day))


def _hidden(grid: Grid, sheet: Worksheet) -> Iterator[Finding]:
    """Hidden sheets, columns and rows are read like the others: the reader of the page may not
    have seen them, so they are named."""
    place = f"{grid.file}, {grid.part}"
    if sheet.sheet_state != "visible":
        yield information("hidden-cells", f"The {grid.part} is hidden; it was read too.", place)
    columns = [
        letter
        for letter in _hidden_columns(sheet)
        if any(line.cell(column_index_from_string(letter) - 1).own for line in grid.lines)
    ]
    if columns:
        word = "Column" if len(columns) == 1 else "Columns"
        note = (
            f"{word} {', '.join(columns)} of {grid.part} {_is(columns)} hidden; read all the same."
        )
        yield information("hidden-cells", note, place)
    rows = [str(line.number) for line in grid.lines if sheet.row_dimensions[line.number].hidden]
    if rows:
        word = "Row" if len(rows) == 1 else "Rows"
        some = ", ".join(rows[:8]) + (f" and {len(rows) - 8} more" if len(rows) > 8 else "")
        note = f"{word} {some} of {grid.part} {_is(rows)} hidden; read all the same."
        yield information("hidden-cells", note, place)


def _hidden_columns(sheet: Worksheet) -> Iterator[str]:
    """One entry of the file may cover several neighbouring columns."""
    for letter, dimension in sorted(sheet.column_dimensions.items()):
        if dimension.hidden:
            first = dimension.min or column_index_from_string(letter)
            last = min(dimension.max or first, first + 200)
            yield from (get_column_letter(column) for column in range(first, last + 1))


def _is(things: list[str]) -> str:
    return "is" if len(things) == 1 else "are"
