"""One CSV file into the database, everything as text.

A sound file goes straight in. What is odd (another encoding, blank lines, rows of other widths) is
read cell by cell and written anew first, with the row numbers that a spreadsheet shows.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from openscorecard.errors import InputError
from openscorecard.files import read_file
from openscorecard.records.extracts.columns import (
    Columns,
    FileIn,
    names_in_files,
    place_columns,
    plain_heading,
)
from openscorecard.records.extracts.engine import file_literal, quoted
from openscorecard.records.extracts.folder import ExtractFile
from openscorecard.records.extracts.found import Found
from openscorecard.records.extracts.typed import BLANKS
from openscorecard.records.printed.encoding import decode
from openscorecard.records.standard import Table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST_BYTES = 4_000_000_000
SHORT, LONG = "short", "long"  # notes on rows with fewer or more cells than headings
_DELIMITERS = (",", ";", "\t", "|")
_BLANK_LINE = re.compile(rb"\n[ \t]*\r?\n")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\0")


def read_text_table(
    connection: DuckDBPyConnection, into: str, file: ExtractFile, table: Table, scratch: Path
) -> FileIn:
    """Puts the file into the table `into`, with a column `c<place>` for each that we take."""
    data = read_file(
        file.path,
        most_bytes=MOST_BYTES,
        if_larger="give the table as Parquet",
        if_empty="extract it again, or leave the file out; a table without rows still has headings",
    )
    digest = hashlib.sha256(data).hexdigest()
    plain = _plain_text(data)
    text, found = (plain, []) if plain is not None else _decoded(file, data)
    sign, header_row, headings = _headings(file, text, table)
    columns = place_columns(table, headings, file.name)
    sound = plain is not None and header_row == 1 and not _has_odd_lines(data.rstrip())
    if sound and _straight_in(connection, into, file.path, sign, len(headings), columns):
        trim = frozenset(columns.at.values()) if may_have_blanks(data, sign) else frozenset[int]()
        return FileIn(digest, columns, into, tuple(found), row="rowid + 2", trim=trim)
    tidied = scratch / f"{into}.csv"
    try:
        _write_tidied(file, text, sign, header_row, len(headings), tidied)
        _tidied_in(connection, into, tidied, len(headings), columns)
    finally:
        tidied.unlink(missing_ok=True)
    everywhere = frozenset(columns.at.values())
    return FileIn(digest, columns, into, tuple(found), note="note", trim=everywhere)


def _has_odd_lines(data: bytes) -> bool:
    """Blank lines, which spreadsheets count and databases skip, or breaks of an old Mac. Asked of
    the bytes with as little as it takes: the file may be large."""
    if b"\n\n" in data or b"\n\r\n" in data or data.count(b"\r") != data.count(b"\r\n"):
        return True
    return (b"\n " in data or b"\n\t" in data) and bool(_BLANK_LINE.search(data))


def may_have_blanks(data: bytes, sign: str) -> bool:
    """Whether a cell may begin or end with a blank, so that all have to be trimmed."""
    if any(blank.encode() in data for blank in BLANKS if blank not in (sign, " ", "\r", "\n")):
        return True
    edges = (sign.encode(), b"\n", b"\r")
    return (
        b'"' in data  # anything may stand inside
        or b" " in (data[:1], data[-1:])
        or any(edge + b" " in data or b" " + edge in data for edge in edges)
    )


def _plain_text(data: bytes) -> str | None:
    """The text of a file in sound UTF-8; None where it has to be looked at."""
    if data.startswith(_WIDE[:2]) or b"\0" in data:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _decoded(file: ExtractFile, data: bytes) -> tuple[str, list[Found]]:
    text, findings = decode(file.name, data)
    return text, [
        Found(one.rule, one.severity, one.message, file.table, samples=(one,)) for one in findings
    ]


def _headings(file: ExtractFile, text: str, table: Table) -> tuple[str, int, list[str]]:
    """The delimiter, the row of the headings and the headings."""
    lines = text.lstrip("\r\n").split("\n", 1)[0].split("\r", 1)[0]
    wanted = names_in_files(table)

    def known(sign: str) -> int:
        return sum(plain_heading(cell) in wanted for cell in lines.split(sign))

    sign = max(_DELIMITERS, key=known)
    for number, cells in enumerate(_records(file, text, sign), start=1):
        if any(cell.strip() for cell in cells):
            return sign, number, cells
    raise InputError("the file is empty", where=file.name, todo="extract it again, or leave it out")


def _records(file: ExtractFile, text: str, sign: str) -> Iterator[list[str]]:
    """Each record as a spreadsheet counts rows: blank lines too, a cell of several lines once."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    started = 1
    try:
        for cells in reader:
            started = reader.line_num + 1
            yield cells
    except csv.Error as error:
        raise InputError(
            f"a quotation mark or a cell from line {started} on cannot be read for certain "
            f"({error})",
            where=file.name,
            todo="write the file anew, with quotation marks inside cells doubled",
        ) from error


def _straight_in(
    connection: DuckDBPyConnection, into: str, path: Path, sign: str, width: int, columns: Columns
) -> bool:
    """Whether the file is sound enough to be read as it is."""
    import duckdb

    names = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(width))
    try:
        connection.execute(
            f"""CREATE OR REPLACE TABLE {into} AS SELECT {_taken(columns)}
            FROM read_csv({file_literal(path)}, columns = {{{names}}}, auto_detect = false,
                header = true, delim = {quoted(sign)}, quote = '"', escape = '"')"""  # noqa: S608
        )
    except duckdb.Error:
        return False
    return True


def _taken(columns: Columns) -> str:
    return ", ".join(f"c{index}" for index in sorted(columns.at.values()))


def _write_tidied(
    file: ExtractFile, text: str, sign: str, header_row: int, width: int, path: Path
) -> None:
    """Rows as: number, note, cells, of one width all."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
        for number, cells in enumerate(_records(file, text, sign), start=1):
            if number <= header_row or not any(cell.strip() for cell in cells):
                continue
            note = ""
            if len(cells) < width:
                note = SHORT
            elif any(cell.strip() for cell in cells[width:]):
                note = LONG
            cells = (cells + [""] * width)[:width]
            writer.writerow([number, note, *cells])


def _tidied_in(
    connection: DuckDBPyConnection, into: str, path: Path, width: int, columns: Columns
) -> None:
    names = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(width))
    names = f"'row': 'BIGINT', 'note': 'VARCHAR', {names}"
    connection.execute(
        f"""CREATE OR REPLACE TABLE {into} AS
        SELECT row, nullif(note, '') AS note, {_taken(columns)}
        FROM read_csv({file_literal(path)}, columns = {{{names}}},
            auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
            max_line_size = 16000000)"""  # noqa: S608
    )
