"""One published file: told by its columns, never by its name, and read."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from openscorecard.comparators.lait import (
    dictionary_notes,
    is_dictionary,
    is_lait,
    stage_lait,
)
from openscorecard.comparators.lists import Rows, areas_in_list, headings_row, neighbours_in
from openscorecard.comparators.long_form import areas_in, normalise, years_by_series
from openscorecard.comparators.open_data import is_open_data, stage_open_data
from openscorecard.comparators.possible import refuse_impossible, unlikely
from openscorecard.comparators.sources import LAIT, LAIT_TITLE, missing_columns, prefix_of
from openscorecard.comparators.staged import DICTIONARY, FIGURES, ReadFile, parquet_in
from openscorecard.comparators.text_file import TextFile, text_file, text_in
from openscorecard.errors import InputError
from openscorecard.files import read_file
from openscorecard.records.extracts.engine import connect

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from openscorecard.comparators.staged import LineOf

MOST_BYTES = 1_000_000_000
EXPECTED = (
    "an open-data table (time_period, geographic_level, ...), LAIT's long table (Short Desc, "
    "Years, LA and Regions, Values, LA Number) or its dictionary (Measure_short, Polarity), a "
    "list of neighbours (LA num, LA Name, SN1 to SN10), or a list of councils (LA Number, LA "
    "Name, Region)"
)


def read_published(
    path: Path, into: Path, tell: Callable[[str], None] = lambda _: None
) -> tuple[ReadFile, str]:
    """What the file holds, and its hash. Figures go into the file `into` (see kept_figures.py).

    InputError, with nothing written, for a file that is none of those expected, or is not sound.
    """
    data = read_file(
        path,
        most_bytes=MOST_BYTES,
        if_larger="give the table in parts, a few years in each",
        if_empty="fetch the file anew",
    )
    tell(f"reading {path.name}")
    return _read(path, data, into), hashlib.sha256(data).hexdigest()


def _read(path: Path, data: bytes, into: Path) -> ReadFile:
    if data[:4] == b"PK\x03\x04":
        return _workbook(path, data)
    if data[:4] == b"PAR1":
        with connect(into.parent) as connection:
            columns = parquet_in(connection, path)
            return _figures(connection, columns, path, into, lambda number: f"row {number + 1}")
    try:
        file = text_file(path, data)
    except InputError as error:
        raise InputError(
            "it is no text, no workbook and no Parquet file",
            where=str(path),
            todo=f"unpack it if it is packed, and give {EXPECTED}",
        ) from error
    if is_dictionary(file.headings):
        return _dictionary(file.headings, [cells for _, cells in file.records()], path)
    if not (is_lait(file.headings) or is_open_data(file.headings)):
        rows = [file.headings, *(cells for _, cells in file.records())]
        return _lists(rows, str(path)) or _refuse(path, file.headings)
    with connect(into.parent) as connection:
        text_in(connection, file, data, into.parent)
        read = _figures(connection, list(file.headings), path, into, file.line)
    return _with_remarks(read, file)


def _figures(
    connection: DuckDBPyConnection, columns: list[str], path: Path, into: Path, line: LineOf
) -> ReadFile:
    where = str(path)
    _refuse_twice(columns, where)
    left_out: dict[str, int] = {}
    if is_lait(columns):
        prefix, title, known = LAIT, LAIT_TITLE, True
        stage_lait(connection, columns)
    elif is_open_data(columns):
        source, left_out = stage_open_data(connection, columns, path.name, where)
        known = source is not None
        prefix = source.prefix if source else prefix_of(path.name)
        unknown = f"a table that we do not know; its series begin with {prefix}:"
        title = source.title if source else unknown
    else:
        return _refuse(path, columns)
    rows, symbols, skipped = normalise(connection, into, where, line)
    series = years_by_series(connection)
    refuse_impossible(connection, series, known, where, line)
    remarks = (*unlikely(connection), *missing_columns(prefix, columns, known))
    return ReadFile(
        kind=FIGURES,
        prefix=prefix,
        title=title,
        rows=rows,
        years=tuple(sorted({year for years in series.values() for year in years})),
        series=series,
        areas=areas_in(connection),
        symbols=symbols,
        skipped=left_out | skipped,
        remarks=remarks,
        known=known,
    )


def _refuse_twice(columns: Sequence[str], where: str) -> None:
    names = [column.casefold() for column in columns if column]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise InputError(f"the column {twice!r} stands there twice", where=where,
                         todo="take one of them out")  # fmt: skip


def _with_remarks(read: ReadFile, file: TextFile) -> ReadFile:
    if file.ends_with_line:
        return read
    from dataclasses import replace

    remark = "Its last line has no end: see that the file is whole."
    return replace(read, remarks=(*read.remarks, remark))


def _dictionary(headings: Sequence[str], rows: Rows, path: Path) -> ReadFile:
    notes = dictionary_notes(headings, rows)
    if not notes:
        raise InputError("it has the headings and no measure", where=str(path),
                         todo="fetch the file anew: it may be cut short")  # fmt: skip
    return ReadFile(DICTIONARY, "dictionary", "LAIT's data dictionary", len(rows), notes=notes)


def _lists(rows: Rows, where: str) -> ReadFile | None:
    return neighbours_in(rows, where) or areas_in_list(rows, where)


def _workbook(path: Path, data: bytes) -> ReadFile:
    import openpyxl

    from openscorecard.records.printed.workbook_safety import check_container, corrupt

    where = str(path)
    check_container(where, data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = {
            sheet.title: [
                [_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)
            ]
            for sheet in book.worksheets
        }
        book.close()
    except (KeyError, ValueError, TypeError, OSError, AttributeError, SyntaxError) as error:
        raise corrupt(where) from error
    for title, rows in sheets.items():
        found = _lists(rows, f"{where}, sheet {title}")
        if found is not None:
            return found
        for told_by in (("time_period", "geographic_level"), ("short desc", "la and regions")):
            if headings_row(rows, told_by) is not None:
                raise InputError(
                    f"the sheet {title} holds a table that is published as CSV too",
                    where=where,
                    todo="give the CSV, or save this sheet as CSV and give that",
                )
    columns = next((row for rows in sheets.values() for row in rows if any(row)), [])
    return _refuse(path, columns)


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _refuse(path: Path, columns: Sequence[str]) -> ReadFile:
    named = [column.strip()[:40] for column in columns if column.strip()]
    have = ", ".join(named[:8]) + (", ..." if len(named) > 8 else "")
    raise InputError(
        "it is none of the published files that we read; "
        + (f"its first line has: {have}" if have else "it has no headings"),
        where=str(path),
        todo=f"give {EXPECTED}",
    )
