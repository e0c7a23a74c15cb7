"""The rows of an example: a few lines of text for one table.

Takes lines of comma-separated cells under a line of column names, blanks around cells ignored,
`#` and what follows it on a line a remark; gives typed rows with every column of the table.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.records.standard import CODE_SETS, Column, Type, table

SUPPLIED = "supplied_figures"  # not a table of case records: what other teams send
_SUPPLIED_COLUMNS = ("ref", "month", "value")

Cell = str | dt.date | Month | Fraction | None

_NUMBER = re.compile(r"\d+(\.\d+|/[1-9]\d*)?")


@dataclass(frozen=True, slots=True)
class RowMistake:
    """`line` counts the lines of the text from 0."""

    line: int
    text: str


def number(text: str) -> Fraction | None:
    """The number that "1", "94.8" or "200/3" names; None for anything else."""
    return Fraction(text) if _NUMBER.fullmatch(text) else None


def read_rows(name: str, text: str) -> tuple[tuple[Mapping[str, Cell], ...], list[RowMistake]]:
    """The rows of one table, which has to be standard or `supplied_figures`, and what is wrong.

    A row that has a mistake in it is not among the rows.
    """
    columns = _columns(name)
    header: list[str] = []
    rows: list[Mapping[str, Cell]] = []
    mistakes: list[RowMistake] = []
    for line, cells in _lines(text):
        if not header:
            header = cells
            unknown = [cell for cell in header if cell not in columns]
            doubled = {cell for cell in header if header.count(cell) > 1}
            wrong = [f'{name} has no column "{cell}"' for cell in unknown]
            wrong += [f'the column "{cell}" stands twice' for cell in sorted(doubled)]
            if wrong:
                return (), [RowMistake(line, one) for one in wrong]
            continue
        if len(cells) != len(header):
            said = f"{len(cells)} cells under {len(header)} columns"
            mistakes.append(RowMistake(line, said))
            continue
        row, wrong = _row(columns, dict(zip(header, cells, strict=True)))
        mistakes.extend(RowMistake(line, one) for one in wrong)
        if not wrong:
            rows.append(row)
    return tuple(rows), mistakes


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """The lines that hold cells, each with its number."""
    found = []
    for line, whole in enumerate(text.split("\n")):
        kept = whole.split("#")[0].strip()
        if kept:
            cells = next(csv.reader([kept], skipinitialspace=True))
            found.append((line, [cell.strip() for cell in cells]))
    return found


def _columns(name: str) -> dict[str, Column | None]:
    """Column name -> column; None for those of supplied figures."""
    standard = table(name)
    if standard is None:
        return dict.fromkeys(_SUPPLIED_COLUMNS)
    return {column.name: column for column in standard.columns}


def _row(
    columns: dict[str, Column | None], cells: dict[str, str]
) -> tuple[dict[str, Cell], list[str]]:
    row: dict[str, Cell] = {}
    wrong = []
    for name, column in columns.items():
        try:
            row[name] = _cell(name, column, cells.get(name, ""))
        except ValueError as error:
            wrong.append(f"{name}: {error}")
    return row, wrong


def _cell(name: str, column: Column | None, text: str) -> Cell:
    if column is None:
        return _supplied_cell(name, text)
    if not text:
        if column.required:
            raise ValueError("may not be blank")
        return None
    if column.type is Type.DATE:
        return _date(text)
    if column.type is Type.FLAG and text not in ("Y", "N"):
        raise ValueError(f'"{text}" is neither Y nor N')
    if column.type is Type.CODE and column.codes and text not in CODE_SETS[column.codes]:
        raise ValueError(f'"{text}" is no code of {column.codes}')
    return text


def _date(text: str) -> dt.date:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            pass
    raise ValueError(f'"{text}" is not a date as in 2021-06-30')


def _supplied_cell(name: str, text: str) -> Cell:
    if name == "ref":
        return text
    if name == "month":
        try:
            return Month.parse(text)
        except InputError as error:
            raise ValueError(error.found) from error
    value = number(text)
    if text and value is None:
        raise ValueError(f'"{text}" is not a number')
    return value
