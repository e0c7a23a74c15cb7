"""Figures that other teams send: a table of ref, month, value, and the counts behind it if given.

Takes CSV or XLSX with a heading row; gives one figure a line, a blank value where none was sent;
what cannot be taken for certain is a finding and is left out.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from openscorecard.errors import InputError
from openscorecard.files import MEGABYTE, read_file
from openscorecard.findings import Finding, Severity
from openscorecard.periods import Month
from openscorecard.records.extracts.columns import plain_heading
from openscorecard.records.extracts.found import MOST_SAMPLES, Found
from openscorecard.records.extracts.supplied_sums import cannot_be, decimals_of
from openscorecard.records.printed.cells import read_figure
from openscorecard.records.printed.encoding import decode
from openscorecard.records.printed.grid import Line, RawCell
from openscorecard.records.printed.months import month_of
from openscorecard.records.printed.page import CellStatus
from openscorecard.units import Unit

NEEDED = ("ref", "month", "value")
COLUMNS = (*NEEDED, "numerator", "denominator")
_LIMIT = 25 * MEGABYTE
_NONE = (CellStatus.BLANK, CellStatus.DASH, CellStatus.NOT_AVAILABLE)
_TABLE = "supplied_figures"
_HEADINGS_BY = 20  # lines in which the headings have to stand; above them there may be a title


@dataclass(frozen=True, slots=True)
class SuppliedFigure:
    """One figure as sent: percentages in points; no value where none was sent for the month.
    `council` is the number in the workspace."""

    ref: str
    month: Month
    value: Fraction | None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    council: int = 1


@dataclass(frozen=True, slots=True)
class Expectations:
    """What the catalogue knows: the unit of each ref, which stand for a quarter, and which are
    counted from records, so that nobody has to supply them."""

    units: Mapping[str, Unit]
    quarterly: Collection[str]
    counted: Collection[str] = ()


def is_supplied(path: Path) -> bool:
    """Whether the file is a table of supplied figures, or is meant to be one, by its headings."""
    ending = path.suffix.lower()
    try:
        if ending == ".csv" and path.is_file():
            with path.open("rb") as file:
                head = file.read(4_000)
            text = head.decode("utf-8-sig", errors="replace")
            first = [line for line in text.splitlines() if line.strip(" ,;\t")][:_HEADINGS_BY]
            return any(_are_headings(re.split("[,;\t]", line)) for line in first)
        if ending == ".xlsx" and path.is_file():
            return any(
                _are_headings([cell.text for cell in line.cells]) for line in _first_lines(path)
            )
    except (OSError, InputError):
        return False  # whatever else reads it will say what is wrong with it
    return False


def read_supplied(
    path: Path, name: str, expected: Expectations, council: int = 1
) -> tuple[tuple[SuppliedFigure, ...], list[Found]]:
    """The figures of one file in the order of its rows, and what was found."""
    lines = _lines(path, name)
    header = _header(lines)
    headings = [] if header is None else [plain_heading(cell.text) for cell in header.cells]
    missing = [column for column in NEEDED if column not in headings]
    if header is None or missing:
        raise InputError(
            f"it lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}",
            where=name,
            todo="give one row a figure under the headings ref, month, value (and, where you have "
            "them, numerator, denominator)",
        )
    at = {column: headings.index(column) for column in COLUMNS if column in headings}
    doubts: list[Finding] = []
    taken: dict[tuple[str, Month], list[tuple[int, SuppliedFigure]]] = {}
    for line in lines:
        if line.number <= header.number or line.blank:
            continue
        figure = _figure(line, at, name, expected, council, doubts)
        if figure is not None:
            taken.setdefault((figure.ref, figure.month), []).append((line.number, figure))
    figures = tuple(_one_each(taken, name, doubts))
    return figures, _counted(doubts)


def _figure(
    line: Line,
    at: dict[str, int],
    name: str,
    expected: Expectations,
    council: int,
    doubts: list[Finding],
) -> SuppliedFigure | None:
    """The line's figure; None, with the reason among the doubts, where it cannot be taken."""

    def doubt(
        rule: str,
        column: str,
        message: str,
        ref: str | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        words = line.cell(at[column]).words
        place = f"{name}, row {line.number}, column {column}"
        doubts.append(Finding(rule, severity, message, ref, column, words, None, place))

    ref = line.cell(at["ref"]).words
    unit = expected.units.get(ref)
    if unit is None:
        doubt("unknown-ref", "ref", f"“{ref}” is no indicator of the catalogue; not taken.")
        return None
    if ref in expected.counted:
        doubt("counted-figure", "ref", f"{ref} is counted from records; this is not used.", ref,
              Severity.WARNING)  # fmt: skip
        return None
    cell = line.cell(at["month"])
    month = cell.month or month_of(cell.words)
    if month is None:
        doubt("bad-month", "month", f"“{cell.words}” is no month; write 2021-06. Not taken.", ref)
        return None
    numbers: dict[str, Fraction | None] = {}
    for column in at:
        if column in ("ref", "month"):
            continue
        reading = read_figure(line.cell(at[column]))
        words = line.cell(at[column]).words
        percent = reading.cell.percent
        if reading.cell.status in _NONE:
            numbers[column] = None
        elif reading.cell.number is not None and reading.cell.number < 0:
            doubt("bad-number", column, f"“{words}” is below 0; {ref} of {month} not taken.", ref)
            return None
        elif reading.cell.number is None or reading.doubt:
            doubt("bad-number", column, f"“{words}” is no figure; {ref} of {month} not taken.", ref)
            return None
        elif percent and (column != "value" or unit is not Unit.PERCENT):
            doubt("bad-number", column, f"“{words}” is a percentage, and {ref} counts; not taken.",
                  ref)  # fmt: skip
            return None
        else:
            numbers[column] = reading.cell.number
    if numbers["value"] is None and any(numbers.values()):
        doubt("bad-number", "value", f"{ref} of {month} has counts and no value; not taken.", ref)
        return None
    if numbers["value"] is not None and ref in expected.quarterly and month.number % 3:
        doubt("bad-month", "month", f"{ref} is counted by the quarter, and {month} ends none; its "
              "figure stands in the quarter's last month. Not taken.", ref)  # fmt: skip
        return None
    figure = SuppliedFigure(
        ref, month, numbers["value"], numbers.get("numerator"), numbers.get("denominator"), council
    )
    value = line.cell(at["value"])
    wrong = figure.value is not None and cannot_be(
        figure.value, figure.numerator, figure.denominator, unit, decimals_of(value)
    )
    if wrong:
        words = value.words
        doubt("bad-number", "value", f"“{words}” {wrong}; {ref} of {month} not taken.", ref)
        return None
    return figure


def _one_each(
    taken: dict[tuple[str, Month], list[tuple[int, SuppliedFigure]]],
    name: str,
    doubts: list[Finding],
) -> Iterator[SuppliedFigure]:
    """Where two lines give one figure, one of them if they agree, else none."""
    for (ref, month), lines in taken.items():
        rows = " and ".join(str(number) for number, _ in lines)
        figures = {figure for _, figure in lines}
        if len(figures) == 1:
            yield lines[0][1]
        if len(lines) > 1:
            agree = len(figures) == 1
            message = f"{ref} of {month} is there {len(lines)} times (rows {rows}), " + (
                "always the same; taken once." if agree else "with different figures; not taken."
            )
            severity = Severity.WARNING if agree else Severity.ERROR
            place = f"{name}, row {lines[-1][0]}"
            doubts.append(
                Finding("doubled-figure", severity, message, ref, None, None, None, place)
            )


def _counted(doubts: list[Finding]) -> list[Found]:
    found = []
    for rule, severity in sorted({(one.rule, one.severity) for one in doubts}):
        some = [one for one in doubts if (one.rule, one.severity) == (rule, severity)]
        lines = f"{len(some)} line{'' if len(some) == 1 else 's'}"
        what = _WHAT[rule, severity]
        message = f"{lines} of the supplied figures: {what}."
        samples = tuple(some[:MOST_SAMPLES])
        found.append(Found(rule, severity, message, _TABLE, "", len(some), samples))
    return found


_WHAT = {
    ("unknown-ref", Severity.ERROR): "no indicator of the catalogue; not taken",
    ("bad-month", Severity.ERROR): "no month that the figure can stand for; not taken",
    ("bad-number", Severity.ERROR): "no figure that the indicator can have; not taken",
    ("doubled-figure", Severity.WARNING): "a figure twice, the same; taken once",
    ("counted-figure", Severity.WARNING): "of indicators that are counted from records; not used",
    ("doubled-figure", Severity.ERROR): "two different figures for one cell; neither is taken",
}


def _are_headings(cells: list[str]) -> bool:
    headings = [plain_heading(cell) for cell in cells if cell.strip()]
    if set(NEEDED) <= set(headings):
        return set(headings) <= set(COLUMNS)
    # Of no page either: whoever sent it left `value` out, or calls it otherwise.
    return {"ref", "month"} <= set(headings) and not {"value", "measure"} & set(headings)


def _first_lines(path: Path) -> list[Line]:
    return [line for line in _lines(path, path.name) if not line.blank][:_HEADINGS_BY]


def _header(lines: tuple[Line, ...]) -> Line | None:
    """The line of the headings: the first that has most of those that are needed."""
    filled = [line for line in lines if not line.blank][:_HEADINGS_BY]

    def known(line: Line) -> int:
        return len(set(NEEDED) & {plain_heading(cell.text) for cell in line.cells})

    return max(filled, key=known, default=None)


def _lines(path: Path, name: str) -> tuple[Line, ...]:
    data = read_file(
        path,
        most_bytes=_LIMIT,
        if_larger="give the supplied figures alone",
        if_empty="extract it again, or leave it out",
    )
    if path.suffix.lower() == ".xlsx":
        from openscorecard.records.printed.workbook import grids_of_workbook

        grids, _ = grids_of_workbook(name, data)
        first = next((grid for grid in grids if any(not line.blank for line in grid.lines)), None)
        return () if first is None else first.lines
    text, _ = decode(name, data)
    heads = [line for line in text.splitlines() if line.strip()][:_HEADINGS_BY]
    own = [line for line in heads if _are_headings(re.split("[,;\t]", line))]
    head = "".join((*own, *heads)[:1])
    sign = max(",;\t", key=head.count)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True))
    except csv.Error as error:
        raise InputError(f"it cannot be read as CSV ({error})", where=name,
                         todo="save it again as CSV") from error  # fmt: skip
    return tuple(
        Line(number, tuple(RawCell(cell.strip()) for cell in cells))
        for number, cells in enumerate(records, start=1)
    )
