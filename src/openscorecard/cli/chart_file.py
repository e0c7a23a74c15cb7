"""Reads one series out of anybody's CSV file for `scorecard chart`: dates, values, denominators.

Whatever cannot be read is said all at once, each with its line. An empty value is a gap.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from openscorecard.cli.chart_cells import date_in, impossible, names_day, number_in, two_orders
from openscorecard.cli.output import count
from openscorecard.errors import InputError
from openscorecard.files import MEGABYTE, PAGE_LIMIT_MB, read_file
from openscorecard.records.printed.encoding import decode
from openscorecard.records.printed.grid import quoted
from openscorecard.statistics.control import ChartKind

_DELIMITERS = (",", ";", "\t", "|")
_MOST_SAID = 20  # faults listed; more are only counted


@dataclass(frozen=True, slots=True)
class Reading:
    """One line of the file. `label` is its date as printed. `value` is the count or measurement,
    `size` its denominator; None for a gap. `line` is 0 for a date that the file leaves out."""

    line: int
    date: dt.date
    label: str
    value: Fraction | None
    size: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns' names."""

    date: str
    value: str
    denominator: str | None = None

    @property
    def names(self) -> list[str]:
        return [name for name in (self.date, self.value, self.denominator) if name is not None]


def read_series(path: Path, columns: Columns, kind: ChartKind) -> list[Reading]:
    """The lines in order of their dates."""
    lines, sign = _lines(path, columns)
    places = _places(path, lines[0][1], columns)
    faults: list[str] = []
    found, dates = [], []
    for number, cells in lines[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        picked = [cells[at].strip() if at < len(cells) else "" for at in places]
        dates.append((number, picked[0]))
        reading = _reading(number, picked, kind, faults, semicolons=sign == ";")
        if reading is not None:
            found.append(reading)
    faults += _twice(found) + two_orders(dates)
    if faults:
        raise _input_error(path, faults)
    if not found:
        raise InputError("there is no line below the header", where=str(path),
                         todo="give a file with a line for each date")  # fmt: skip
    return _labelled(sorted(found, key=lambda one: one.date))


def _lines(path: Path, columns: Columns) -> tuple[list[tuple[int, list[str]]], str]:
    """The lines of the file with their numbers, and the sign that divides them: the one that gives
    the most of the columns asked for."""
    data = read_file(
        path,
        most_bytes=PAGE_LIMIT_MB * MEGABYTE,
        if_larger="give the series alone",
        if_empty="give a CSV file with a line for each date",
    )
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise InputError("this is a workbook, no CSV file", where=str(path),
                         todo="save the sheet as CSV")  # fmt: skip
    text, _ = decode(str(path), data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first = next((line for line in text.split("\n") if line.strip()), "")
    best: list[tuple[int, list[str]]] = []
    most, divides = -1, ""
    for sign in _DELIMITERS:
        header = [cell.strip(' "') for cell in first.split(sign)]
        known = sum(_plain(cell) in map(_plain, columns.names) for cell in header)
        if known > most:
            most, divides, best = known, sign, _split(path, text, sign)
    if not best:
        raise InputError("the file holds no line", where=str(path),
                         todo="give a CSV file with a line for each date")  # fmt: skip
    return best, divides


def _split(path: Path, text: str, sign: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    found: list[tuple[int, list[str]]] = []
    at = 1
    try:
        for cells in reader:
            if found or any(cell.strip() for cell in cells):
                found.append((at, cells))
            at = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"it cannot be read as CSV ({error})", where=f"{path}, line {at}",
                         todo="save it as CSV anew") from error  # fmt: skip
    return found


def _places(path: Path, header: Sequence[str], columns: Columns) -> list[int]:
    """Where the columns stand: by their very name, else without regard to case and spaces."""
    places, faults = [], []
    for name in columns.names:
        same = [at for at, cell in enumerate(header) if cell == name]
        same = same or [at for at, cell in enumerate(header) if _plain(cell) == _plain(name)]
        if len(same) == 1:
            places.append(same[0])
        elif same:
            faults.append(f"{len(same)} columns are named {quoted(name)}")
        else:
            faults.append(f"there is no column {quoted(name)}")
    if faults:
        there = ", ".join(quoted(cell) for cell in header[:30] if cell.strip())
        raise InputError("; ".join(faults), where=f"{path}, line 1",
                         todo=f"name one of its columns: {there}")  # fmt: skip
    return places


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _reading(
    line: int, cells: Sequence[str], kind: ChartKind, faults: list[str], *, semicolons: bool
) -> Reading | None:
    """One line, or None with what is wrong in it put to the faults."""
    before = len(faults)
    date = date_in(cells[0])
    if date is None:
        said = f"{quoted(cells[0])} is no date" if cells[0] else "there is no date"
        faults.append(f"line {line}: {said}")
    numbers: list[Fraction | None] = []
    for cell in cells[1:]:
        number, problem = number_in(cell, kind, semicolons=semicolons)
        numbers.append(number)
        if problem:
            faults.append(f"line {line}: {problem}")
    if len(faults) > before:
        return None
    value, size = numbers[0], numbers[1] if len(numbers) > 1 else None
    problem = impossible(value, size, kind)
    if problem or date is None:
        faults.append(f"line {line}: {problem}")
        return None
    return Reading(line, date, cells[0], value, size)


def _twice(found: Sequence[Reading]) -> list[str]:
    """Dates that stand on more lines than one: which value counts nobody can tell."""
    first: dict[dt.date, Reading] = {}
    faults = []
    for one in found:
        if one.date in first:
            at = first[one.date].line
            faults.append(f"line {one.line}: the date {quoted(one.label)} stands on line {at} too")
        else:
            first[one.date] = one
    return faults


def _input_error(path: Path, faults: list[str]) -> InputError:
    listed = "".join(f"\n  {fault}" for fault in faults[:_MOST_SAID])
    more = len(faults) - _MOST_SAID
    rest = f"\n  and {more:,} more" if more > 0 else ""
    return InputError(
        f"{count(len(faults), 'line')} cannot be charted:{listed}{rest}",
        where=str(path),
        todo="mend them, or leave the value empty where there is none; one series to a file",
    )


def _labelled(found: list[Reading]) -> list[Reading]:
    """With their dates as printed: months where the file names nothing but months, else days."""
    months = all(one.date.day == 1 and not names_day(one.label) for one in found)
    return [
        Reading(
            one.line,
            one.date,
            one.date.isoformat()[:7] if months else one.date.isoformat(),
            one.value,
            one.size,
        )
        for one in found
    ]
