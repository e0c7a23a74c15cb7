"""The Department's open-data tables: a row an area and year, a column a measure.

Told by their columns `time_period` and `geographic_level`. Measures are the columns that are no
identifying column and hold figures and symbols; what holds words is what a figure is counted over
(`category`, `population_type`). A table transcribed by hand may name its areas in a column `area`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from openscorecard.comparators.cell import COUNCIL, NATIONAL, REGION
from openscorecard.comparators.places import ENGLAND_CODE
from openscorecard.comparators.sources import Known, known_source, prefix_of, series_name
from openscorecard.comparators.staged import RAW, STAGED, left_out
from openscorecard.comparators.symbols import symbol
from openscorecard.comparators.values import kept_text
from openscorecard.errors import InputError
from openscorecard.records.extracts.engine import quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TOLD_BY = ("time_period", "geographic_level")
UNKNOWN_PLACE = "of no known place"
LEVELS = {
    "national": NATIONAL,
    "regional": REGION,
    "region": REGION,
    "local authority": COUNCIL,
}
IDENTIFYING = frozenset(
    (
        *TOLD_BY,
        *("time_identifier", "country_code", "country_name", "region_code", "region_name"),
        *("old_la_code", "new_la_code", "la_name", "area", "version", "area_code"),
    )
)


def is_open_data(columns: Sequence[str]) -> bool:
    names = {column.casefold() for column in columns}
    return all(name in names for name in TOLD_BY)


def stage_open_data(
    connection: DuckDBPyConnection, columns: Sequence[str], file: str, where: str
) -> tuple[Known | None, dict[str, int]]:
    """`RAW` into `STAGED`; the known publication, and how many rows were left out and why."""
    at = {column.casefold(): f"c{index}" for index, column in enumerate(columns)}
    if "area" not in at and not {"la_name", "country_name"} <= at.keys():
        raise InputError(
            "it does not say which area a row is of: there is no column la_name, and none area",
            where=where,
            todo="give the file as the Department publishes it",
        )
    skipped = _skip_other_areas(connection, at)
    _refuse_without_rows(connection, skipped, where)
    others = [
        (name, at[name.casefold()])
        for name in columns
        if name and name.casefold() not in IDENTIFYING
    ]
    known = known_source(columns)
    prefix = known.prefix if known else prefix_of(file)
    measures, within = _measures_and_filters(connection, others)
    if not measures:
        raise InputError("no column of it holds figures", where=where,
                         todo="give a table of figures by area and year")  # fmt: skip
    brackets = _brackets(connection, within, known)
    parts = [_measure_rows(prefix, name, column, at, brackets) for name, column in measures]
    connection.execute(f"CREATE TABLE {STAGED} AS {' UNION ALL '.join(parts)}")
    connection.execute(f"DROP TABLE {RAW}")
    return known, skipped


def _measures_and_filters(
    connection: DuckDBPyConnection, others: Sequence[tuple[str, str]]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """A column is a measure where at least half of its different entries are figures or symbols:
    one odd text in it is then found and told, and does not turn it into a filter."""
    measures: list[tuple[str, str]] = []
    within: list[tuple[str, str]] = []
    for name, column in others:
        texts = connection.execute(
            f"SELECT DISTINCT trim({column}) FROM {RAW} WHERE trim({column}) <> ''"  # noqa: S608
        ).fetchall()
        read = sum(kept_text(text) is not None or symbol(text) is not None for (text,) in texts)
        if not texts:
            continue
        (measures if 2 * read >= len(texts) else within).append((name, column))
    return measures, within


def _skip_other_areas(connection: DuckDBPyConnection, at: dict[str, str]) -> dict[str, int]:
    """Takes wards, districts, schools, other countries and "Not available" (which has the code x or
    z by the Department's open data standards) out of the table."""
    skipped: dict[str, int] = {}
    levels = ", ".join(quoted(level) for level in LEVELS)
    level = f"lower(trim(coalesce({at['geographic_level']}, '')))"
    for name, number in connection.execute(
        f"SELECT {level}, count(*) FROM {RAW} WHERE {level} NOT IN ({levels}) GROUP BY 1"  # noqa: S608
    ).fetchall():
        skipped[f"of the level {name!r}"] = number
    connection.execute(f"DELETE FROM {RAW} WHERE {level} NOT IN ({levels})")  # noqa: S608
    for key, why, known in (
        ("country_code", "of areas outside England", f"IN ('', {quoted(ENGLAND_CODE)})"),
        ("region_code", UNKNOWN_PLACE, "NOT IN ('x', 'z')"),
        ("new_la_code", UNKNOWN_PLACE, "NOT IN ('x', 'z')"),
    ):
        if key not in at:
            continue
        other = f"NOT (coalesce(trim({at[key]}), '') {known})"
        counted = connection.execute(f"SELECT count(*) FROM {RAW} WHERE {other}").fetchone()  # noqa: S608
        if counted and counted[0]:
            skipped[why] = skipped.get(why, 0) + counted[0]
            connection.execute(f"DELETE FROM {RAW} WHERE {other}")  # noqa: S608
    return skipped


def _refuse_without_rows(
    connection: DuckDBPyConnection, skipped: dict[str, int], where: str
) -> None:
    if connection.execute(f"SELECT 1 FROM {RAW} LIMIT 1").fetchone():  # noqa: S608
        return
    raise InputError(
        f"no row of it is of England, a region or a council{left_out(skipped)}"
        if skipped
        else "it has headings and no rows",
        where=where,
        todo="give a table of figures by area and year, or fetch the file anew",
    )


def _brackets(
    connection: DuckDBPyConnection, within: Sequence[tuple[str, str]], known: Known | None
) -> str:
    """SQL for what stands in brackets behind a measure, '' where nothing does."""
    parts = []
    for name, column in within:
        plain = known.plain.get(name, "") if known else ""
        row = connection.execute(f"SELECT count(DISTINCT trim({column})) FROM {RAW}").fetchone()  # noqa: S608
        several = bool(row and row[0] > 1)
        if several or plain or (known and name in known.within):
            parts.append(f"nullif(nullif(trim({column}), ''), {quoted(plain)})")
    if not parts:
        return "''"
    joined = f"concat_ws('; ', {', '.join(parts)})"
    return f"CASE WHEN {joined} = '' THEN '' ELSE '[' || {joined} || ']' END"


def _measure_rows(prefix: str, name: str, column: str, at: dict[str, str], brackets: str) -> str:
    def text(key: str) -> str:
        return f"trim(coalesce({at[key]}, ''))" if key in at else "''"

    level = f"lower({text('geographic_level')})"
    levels = " ".join(f"WHEN {quoted(key)} THEN {quoted(to)}" for key, to in LEVELS.items())
    mine = {
        "code": ("country_code", "region_code", "new_la_code"),
        "name": ("country_name", "region_name", "la_name"),
    }
    of = {
        key: f"CASE CASE {level} {levels} END WHEN {quoted(NATIONAL)} THEN {text(country)} "
        f"WHEN {quoted(REGION)} THEN {text(region)} ELSE {text(council)} END"
        for key, (country, region, council) in mine.items()
    }
    if "area" in at:
        of = {"code": f"nullif({of['code']}, '')", "name": text("area")}
    series = f"{quoted(series_name(prefix, name))} || {brackets}"
    return f"""SELECT rowid + 1 AS line, {series} AS series,
        {text("time_period")} AS period, {text("time_identifier")} AS identifier,
        CASE {level} {levels} END AS level, coalesce({of["code"]}, '') AS code,
        {text("old_la_code")} AS dfe, {of["name"]} AS name,
        CASE WHEN {level} = 'local authority' THEN {text("region_code")} ELSE '' END AS region_code,
        CASE WHEN {level} = 'local authority' THEN {text("region_name")} ELSE '' END AS region,
        trim(coalesce({column}, '')) AS raw FROM {RAW}"""  # noqa: S608
