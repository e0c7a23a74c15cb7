"""An engine over rows in hand instead of a load's files: worked examples, and tests.

Rows are as people write them (a child is "A"), table -> rows, each a mapping of column -> value;
dates are dates, blanks None. Several sets of rows become several councils of one engine.
"""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from openscorecard.engines.duckdb import Engine
from openscorecard.periods import Month
from openscorecard.records.standard import TABLES, Table, Type

Cell = str | dt.date | None
RowSet = Mapping[str, Sequence[Mapping[str, object]]]


def engine_over(sets: Sequence[RowSet], months: Iterable[Month], load_month: Month) -> Engine:
    """The engine; the first set is council 1. Children are numbered in the order in which they
    turn up, each set for itself."""
    engine = Engine({}, months, load_month, range(1, len(sets) + 1))
    numbers: dict[tuple[int, str], int] = {}
    with tempfile.TemporaryDirectory(prefix="scorecard-rows-") as folder:
        for standard in TABLES:
            path = Path(folder) / f"{standard.name}.csv"
            if _write(path, standard, sets, numbers):
                engine.connection.execute(
                    f"COPY {standard.name} FROM '{path}' (HEADER, DELIMITER ',', QUOTE '\"', "
                    "NULL '')"
                )
    return engine


def _write(
    path: Path, standard: Table, sets: Sequence[RowSet], numbers: dict[tuple[int, str], int]
) -> bool:
    """One table of all sets as CSV; False where none of them has a row."""
    any_row = False
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["council", *(column.name for column in standard.columns)])
        for council, rows in enumerate(sets, start=1):
            for row in rows.get(standard.name, ()):
                any_row = True
                line: list[object] = [council]
                for column in standard.columns:
                    value = row.get(column.name)
                    if column.type is Type.CHILD and value is not None:
                        value = numbers.setdefault((council, str(value)), len(numbers) + 1)
                    line.append("" if value is None else value)
                writer.writerow(line)
    return any_row
