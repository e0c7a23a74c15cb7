"""Figures as they are kept: a ZIP of text tables, one a series, read without a database.

    c1-001.zip
      0001-no_further_action_count.tsv     year, code, dfe, name, level, period, value, status
      0002-no_further_action_percent.tsv

Values are exact decimal text. A page needs some thirty series of ten years: out of Parquet that
took 0.2 s, half of it the starting of the database that reads it; out of this it takes 0.06 s. Any
program that opens ZIP and tab-separated text reads it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from openscorecard.errors import InternalError

COLUMNS = ("year", "code", "dfe", "name", "level", "period", "value", "status")
_ALL_FILES_DATE = (1980, 1, 1, 0, 0, 0)  # the oldest that a ZIP can hold: the same bytes always


def write_tables(path: Path, tables: Iterable[tuple[str, str]]) -> None:
    """Writes the series (name, lines without headings) into a new ZIP, in their order."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for number, (series, lines) in enumerate(tables, start=1):
            measure = re.sub(r"[^A-Za-z0-9]+", "_", series.partition(":")[2]).strip("_")[:60]
            member = zipfile.ZipInfo(f"{number:04d}-{measure}.tsv", _ALL_FILES_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, "\t".join(COLUMNS) + "\n" + lines + "\n")


class KeptFigures:
    """One file's figures. `series` are its series in the order in which they were written."""

    def __init__(self, content: bytes, series: Sequence[str]) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        names = self._archive.namelist()
        if len(names) != len(series):
            raise InternalError(f"{len(names)} tables are kept for {len(series)} series")
        self._names = dict(zip(series, names, strict=True))

    def text(self, series: str) -> str:
        """A series' table: by year, then England, the regions, the councils by name."""
        return self._archive.read(self._names[series]).decode("utf-8")


def lines_of_year(text: str, year: int) -> list[str]:
    """The year's lines of a table."""
    sign = f"\n{year}\t"
    first, last = text.find(sign), text.rfind(sign)
    return [] if first < 0 else text[first + 1 : text.index("\n", last + 1)].split("\n")
