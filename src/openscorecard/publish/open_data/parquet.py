"""figures.parquet: the lines of figures.csv with types, for programs that read a lot of them.

An empty cell is null. What the file and each column hold stands in its key-value metadata. One
thread, one row group order and no time in it: the same page gives the same bytes, by the same
version of DuckDB.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from openscorecard.engines.duckdb import connect
from openscorecard.files import replace_file
from openscorecard.publish.file_names import FIGURES_PARQUET
from openscorecard.publish.open_data.columns import FIGURES, Column, Type
from openscorecard.publish.tidy_csv import tidy_csv
from openscorecard.scorecard.page import Scorecard

SQL_TYPES = {
    Type.TEXT: "VARCHAR",
    Type.NUMBER: "DOUBLE",
    Type.WHOLE: "INTEGER",
    Type.MONTH: "VARCHAR",
    Type.DATE: "DATE",
    Type.FLAG: "BOOLEAN",
}


def write_parquet(card: Scorecard, folder: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="scorecard-figures-") as scratch:
        lines, made = Path(scratch) / "figures.csv", Path(scratch) / FIGURES_PARQUET
        lines.write_bytes(tidy_csv(card).encode("utf-8"))
        with connect() as connection:
            connection.execute("SET threads = 1")
            connection.execute(_copy(card, lines, made))
        replace_file(folder / FIGURES_PARQUET, made.read_bytes())


def _copy(card: Scorecard, lines: Path, made: Path) -> str:
    columns = ", ".join(f"{_text(column.name)}: 'VARCHAR'" for column in FIGURES)
    cells = ", ".join(_cell(column) for column in FIGURES)
    about = ", ".join(f"{_text(key)}: {_text(said)}" for key, said in described(card).items())
    # The dialect is told in full: nothing is guessed from what the cells happen to hold. No cell
    # is longer than the whole file.
    dialect = (
        "auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', "
        f"nullstr = '', new_line = '\\r\\n', max_line_size = {max(lines.stat().st_size, 1000)}"
    )
    source = f"read_csv({_text(str(lines))}, columns = {{{columns}}}, {dialect})"
    form = f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{about}}}"
    return f"COPY (SELECT {cells} FROM {source}) TO {_text(str(made))} ({form})"  # noqa: S608


def described(card: Scorecard) -> dict[str, str]:
    """The key-value metadata: the page, and each column by its name."""
    page = {
        "title": f"{card.title}, {card.month.long}",
        "publisher": card.council,
        "audience_of_the_page": card.audience,
    }
    if card.release is not None:
        page["issued"] = card.release.on.isoformat()
        page["version"] = str(card.release.version)
    return page | {f"column:{column.name}": column.about for column in FIGURES}


def _cell(column: Column) -> str:
    wanted = SQL_TYPES[column.type]
    if column.type is Type.FLAG:
        return f"{column.name} = 'yes' AS {column.name}"
    return f"CAST({column.name} AS {wanted}) AS {column.name}"


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
