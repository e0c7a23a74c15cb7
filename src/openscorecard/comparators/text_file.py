"""A CSV file's bytes: its text, its headings, and its rows in the database."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from openscorecard.comparators.staged import FETCH_ANEW, RAW
from openscorecard.errors import InputError
from openscorecard.records.extracts.engine import file_literal, quoted
from openscorecard.records.printed.encoding import decode

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SIGNS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class TextFile:
    """A delimited text, its delimiter and its first line that is not blank."""

    path: Path
    text: str
    sign: str
    headings: tuple[str, ...]

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Line number and cells of each row of data, blank lines left out."""
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.sign, strict=True)
        started, first = 1, True
        try:
            for cells in reader:
                line, started = started, reader.line_num + 1
                if not any(cell.strip() for cell in cells):
                    continue
                if not first:
                    yield line, cells
                first = False
        except csv.Error as error:
            raise InputError(
                f"the quotation mark in line {started} has no end", where=str(self.path),
                todo=FETCH_ANEW,
            ) from error  # fmt: skip

    def line(self, number: int) -> str:
        """Where the nth row of data stands, the first being 1."""
        for count, (line, _) in enumerate(self.records(), start=1):
            if count == number:
                return f"line {line}"
        return f"row {number}"

    @property
    def ends_with_line(self) -> bool:
        return self.text.endswith(("\n", "\r"))


def text_file(path: Path, data: bytes) -> TextFile:
    text, _ = decode(str(path), data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    sign = max(_SIGNS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    try:
        headings = next(cells for cells in reader if any(cell.strip() for cell in cells))
    except (csv.Error, StopIteration):
        headings = [first]
    return TextFile(path, text, sign, tuple(cell.strip() for cell in headings))


def text_in(connection: DuckDBPyConnection, file: TextFile, data: bytes, scratch: Path) -> None:
    """Puts the rows into `RAW`, all as text; InputError for rows of another width."""
    import duckdb

    width = len(file.headings)
    source = file.path
    plain = file.text == data.decode("utf-8-sig", errors="replace")
    if not plain or _has_blank_lines(file.text):
        source = scratch / "as-utf-8.csv"
        with source.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, delimiter=file.sign, lineterminator="\n")
            writer.writerow(file.headings)
            writer.writerows(cells for _, cells in file.records())
    names = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(width))
    try:
        connection.execute(
            f"""CREATE TABLE {RAW} AS SELECT * FROM read_csv({file_literal(source)},
                columns = {{{names}}}, auto_detect = false, header = true,
                delim = {quoted(file.sign)}, quote = '"', escape = '"')"""  # noqa: S608
        )
    except duckdb.Error as error:
        _refuse_other_widths(file)
        raise InputError(
            f"it is no sound CSV ({str(error).splitlines()[0][:160]})",
            where=str(file.path), todo=FETCH_ANEW,
        ) from error  # fmt: skip


def _has_blank_lines(text: str) -> bool:
    return text[:1] in "\r\n" or "\n\n" in text or "\n\r\n" in text or "\r\r" in text


def _refuse_other_widths(file: TextFile) -> None:
    width = len(file.headings)
    for line, cells in file.records():
        if len(cells) != width:
            raise InputError(
                f"it has {len(cells)} cells, and the headings are {width}",
                where=f"{file.path}, line {line}",
                todo=FETCH_ANEW if len(cells) < width else "mend the line, or fetch the file anew",
            )
