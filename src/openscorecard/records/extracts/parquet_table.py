"""One Parquet file as the database reads it, everything as text: dates as ISO, whole numbers
without a point, whatever type the program that wrote the file chose for them. Dates that are dates
already are given as such too."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from openscorecard.errors import InputError
from openscorecard.records.extracts.columns import FileIn, place_columns
from openscorecard.records.extracts.engine import file_literal, identifier, short_reason
from openscorecard.records.extracts.folder import ExtractFile
from openscorecard.records.standard import Table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_NUMBERS = ("DOUBLE", "FLOAT", "DECIMAL")
_NESTED = ("[]", "STRUCT", "MAP", "UNION")
_EXACT = 9_007_199_254_740_992  # whole numbers beyond it are not exact in a DOUBLE


def read_parquet_table(connection: DuckDBPyConnection, file: ExtractFile, table: Table) -> FileIn:
    """As `read_text_table`; the first row counts as row 2, as if headings stood above it.

    Nothing is read yet but the file's head: the rows are read where they are put in.
    """
    import duckdb

    source = f"read_parquet({file_literal(file.path)}, file_row_number = true)"
    try:
        with file.path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        described = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()  # noqa: S608
    except OSError as error:
        raise InputError(
            f"the file cannot be opened ({error.strerror or error})",
            where=file.name,
            todo="check that you may read it and that no other program has it open",
        ) from error
    except duckdb.Error as error:
        raise unsound(file, error) from error
    headings = [str(name) for name, *_ in described if name != "file_row_number"]
    types = {str(name): str(kind) for name, kind, *_ in described}
    columns = place_columns(table, headings, file.name)
    places = sorted(columns.at.values())
    taken = [
        f"{_as_text(identifier(headings[place]), types[headings[place]])} AS c{place}"
        for place in places
    ]
    dates = frozenset(place for place in places if types[headings[place]] == "DATE")
    taken += [f"{identifier(headings[place])} AS d{place}" for place in sorted(dates)]
    rows = f"(SELECT file_row_number, {', '.join(taken)} FROM {source})"  # noqa: S608
    trim = frozenset(place for place in places if types[headings[place]] == "VARCHAR")
    return FileIn(
        digest,
        columns,
        rows,
        at="file_row_number",
        row="file_row_number + 2",
        trim=trim,
        dates=dates,
    )


def unsound(file: ExtractFile, error: Exception) -> InputError:
    return InputError(
        f"this is no sound Parquet file ({short_reason(error)})",
        where=file.name,
        todo="extract it again, or give the table as CSV",
    )


def _as_text(column: str, kind: str) -> str:
    if any(sign in kind for sign in _NESTED):
        return f"CAST(to_json({column}) AS VARCHAR)"
    if kind.startswith(_NUMBERS):  # an id column with blanks comes as 123.0
        return (
            f"CASE WHEN {column} = trunc({column}) AND abs({column}) < {_EXACT} "
            f"THEN CAST(CAST({column} AS BIGINT) AS VARCHAR) ELSE CAST({column} AS VARCHAR) END"
        )
    return f"CAST({column} AS VARCHAR)"
