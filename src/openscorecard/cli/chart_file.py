"""Reads one series out of anybody's CSV file for `scorecard chart`: dates, values, denominators.

Whatever cannot be read is said all at once, each with its line. An empty value is a gap.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from openscorecard.cli.output import count
from openscorecard.errors import InputError
from openscorecard.files import MEGABYTE, PAGE_LIMIT_MB, read_file
from openscorecard.records.printed.cells import WORDS
from openscorecard.records.printed.encoding import decode
from openscorecard.records.printed.grid import quoted
from openscorecard.records.printed.months import date_of, month_of
from openscorecard.statistics.control import ChartKind

_DELIMITERS = (",", ";", "\t", "|")
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+|(?=\.[0-9]))"
    r"(?P<rest>(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,3})?)(?P<percent>\s?%)?"
)
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_NO_VALUE = frozenset(WORDS) | {"", "-", "nan", "null"}
_MOST_SAID = 20  # faults listed; more are only counted


@dataclass(frozen=True, slots=True)
class Reading:
    """One line of the file. `label` is its date as printed. `value` is the count or measurement,
    `size` its denominator; None for a gap."""

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
    lines = _lines(path, columns)
    places = _places(path, lines[0][1], columns)
    faults: list[str] = []
    found = []
    for number, cells in lines[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        picked = [cells[at].strip() if at < len(cells) else "" for at in places]
        reading = _reading(number, picked, kind, faults)
        if reading is not None:
            found.append(reading)
    faults += _twice(found)
    if faults:
        raise _input_error(path, faults)
    if not found:
        raise InputError("there is no line below the header", where=str(path),
                         todo="give a file with a line for each date")  # fmt: skip
    return _labelled(sorted(found, key=lambda one: one.date))


def date_in(text: str) -> dt.date | None:
    """The date that a cell or an option names; of a month its first day.

    >>> [date_in(text).isoformat() for text in ("2021-06", "01/06/2021", "Jun-21", "1 June 2021")]
    ['2021-06-01', '2021-06-01', '2021-06-01', '2021-06-01']
    """
    words = " ".join(text.split())
    if _MONTH.fullmatch(words):
        words += "-01"
    try:
        return dt.datetime.fromisoformat(words).date()
    except ValueError:
        pass
    month = month_of(words)
    return date_of(words) or (dt.date(month.year, month.number, 1) if month else None)


def _lines(path: Path, columns: Columns) -> list[tuple[int, list[str]]]:
    """The lines of the file with their numbers, divided by the sign that gives the most of the
    columns asked for."""
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
    most = -1
    for sign in _DELIMITERS:
        header = [cell.strip(' "') for cell in first.split(sign)]
        known = sum(_plain(cell) in map(_plain, columns.names) for cell in header)
        if known > most:
            most, best = known, _split(path, text, sign)
    if not best:
        raise InputError("the file holds no line", where=str(path),
                         todo="give a CSV file with a line for each date")  # fmt: skip
    return best


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


def _reading(line: int, cells: Sequence[str], kind: ChartKind, faults: list[str]) -> Reading | None:
    """One line, or None with what is wrong in it put to the faults."""
    before = len(faults)
    date = date_in(cells[0])
    if date is None:
        said = f"{quoted(cells[0])} is no date" if cells[0] else "there is no date"
        faults.append(f"line {line}: {said}")
    numbers: list[Fraction | None] = []
    for cell in cells[1:]:
        number, problem = _number(cell, kind)
        numbers.append(number)
        if problem:
            faults.append(f"line {line}: {problem}")
    if len(faults) > before:
        return None
    value, size = numbers[0], numbers[1] if len(numbers) > 1 else None
    problem = _impossible(value, size, kind)
    if problem or date is None:
        faults.append(f"line {line}: {problem}")
        return None
    return Reading(line, date, cells[0], value, size)


def _number(cell: str, kind: ChartKind) -> tuple[Fraction | None, str]:
    """The number in a cell, None for a gap; and what is wrong with it."""
    text = cell.replace("−", "-").strip()
    if text.lower() in _NO_VALUE:
        return None, ""
    match = _NUMBER.fullmatch(text)
    if not match or not math.isfinite(float(text.replace(",", "").rstrip("% "))):
        return None, f"{quoted(cell)} is no number"
    if match["percent"] and kind is not ChartKind.XMR:
        return None, f"{quoted(cell)} is a percentage where a count is needed"
    digits = match["whole"].replace(",", "") or "0"
    return Fraction(f"{match['sign']}{digits}{match['rest'].rstrip('.')}"), ""


def _impossible(value: Fraction | None, size: Fraction | None, kind: ChartKind) -> str:
    """Why these numbers cannot be what the chart takes them for."""
    if kind is ChartKind.XMR:
        return ""
    if value is not None and value < 0:
        return f"{_words(value)} is below 0, which no count is"
    if size is not None and size < 0:
        return f"a denominator of {_words(size)} is below 0"
    if value is None or size is None:
        return ""
    if kind.is_proportion and value > size:
        return f"{_words(value)} is more than its denominator, {_words(size)}"
    if size == 0 and value > 0:
        return f"{_words(value)} out of a denominator of 0"
    return ""


def _words(number: Fraction) -> str:
    return f"{float(number):,.10g}"


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
    months = all(one.date.day == 1 and not _names_day(one.label) for one in found)
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


def _names_day(text: str) -> bool:
    words = " ".join(text.split())
    if _MONTH.fullmatch(words):
        return False
    return date_of(words) is not None or month_of(words) is None
