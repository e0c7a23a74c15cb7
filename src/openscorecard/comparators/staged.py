"""A published table in the database while it is read, and what was found in it.

`STAGED` has a row a cell, all as text: line, series, period, identifier (the table's own word for
its period), level, code, dfe, name, region_code, region, raw.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from openscorecard.comparators.cell import Area, MeasureNote
from openscorecard.errors import InputError
from openscorecard.records.extracts.engine import file_literal, short_reason

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

STAGED = "staged"
RAW = "raw_table"
FETCH_ANEW = "fetch the file anew: it may be cut short"
FIGURES, NEIGHBOURS, AREAS, DICTIONARY = "figures", "neighbours", "areas", "dictionary"

LineOf = Callable[[int], str]  # the place of the nth row of data, in words


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What a file holds, as it is kept. Of figures `series` has the years of each and `rows` the
    cells; they themselves are in a file (kept_figures.py). `symbols` counts cells, `skipped`
    rows, and says why."""

    kind: str
    prefix: str
    title: str
    rows: int
    years: tuple[int, ...] = ()
    series: dict[str, tuple[int, ...]] = field(default_factory=dict)
    areas: tuple[Area, ...] = ()
    neighbours: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[MeasureNote, ...] = ()
    symbols: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    known: bool = True


def left_out(skipped: dict[str, int]) -> str:
    """` (1 row of the period '0'; 2 rows said twice)`; nothing where nothing was left out."""
    told = [f"{number:,} row{'' if number == 1 else 's'} {why}" for why, number in skipped.items()]
    return f" ({'; '.join(told)})" if told else ""


def parquet_in(connection: DuckDBPyConnection, path: Path) -> list[str]:
    """Puts the Parquet file into `RAW`, all as text; returns its columns."""
    import duckdb

    source = f"read_parquet({file_literal(path)})"
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()  # noqa: S608
        names = [str(name) for name, *_ in described]
        columns = ", ".join(
            f"CAST({_whole(_identifier(name), str(kind))} AS VARCHAR) AS c{index}"
            for index, (name, kind, *_) in enumerate(described)
        )
        connection.execute(f"CREATE TABLE {RAW} AS SELECT {columns} FROM {source}")  # noqa: S608
    except duckdb.Error as error:
        raise InputError(
            f"this is no sound Parquet file ({short_reason(error)})",
            where=str(path),
            todo=FETCH_ANEW,
        ) from error
    return names


def _whole(column: str, kind: str) -> str:
    """Numbers of councils come as 301.0 where some have none."""
    if kind in ("DOUBLE", "FLOAT"):
        return f"CASE WHEN {column} = trunc({column}) AND abs({column}) < 1e15 " \
               f"THEN CAST(CAST({column} AS BIGINT) AS VARCHAR) " \
               f"ELSE CAST({column} AS VARCHAR) END"  # fmt: skip
    return column


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
