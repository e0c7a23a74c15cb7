"""LAIT's long table: a row a measure, year and area, values as text, areas by the Department's
number. And LAIT's dictionary, which says of each measure which way is better."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from openscorecard.comparators.cell import COUNCIL, NATIONAL, REGION, MeasureNote
from openscorecard.comparators.places import ENGLAND, REGIONS
from openscorecard.comparators.sources import LAIT, series_name
from openscorecard.comparators.staged import RAW, STAGED
from openscorecard.records.extracts.engine import quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TOLD_BY = ("Short Desc", "Years", "LA and Regions", "Values", "LA Number")
DICTIONARY_TOLD_BY = ("Measure_short", "Polarity", "Year_Type")


def is_lait(columns: Sequence[str]) -> bool:
    return _has(columns, TOLD_BY)


def is_dictionary(columns: Sequence[str]) -> bool:
    return _has(columns, DICTIONARY_TOLD_BY)


def _has(columns: Sequence[str], told_by: Sequence[str]) -> bool:
    names = {column.casefold() for column in columns}
    return all(name.casefold() in names for name in told_by)


def stage_lait(connection: DuckDBPyConnection, columns: Sequence[str]) -> None:
    """`RAW` into `STAGED`. England and the regions get their codes here; councils keep their
    number, for their codes stand in other files."""
    at = {column.casefold(): f"trim(coalesce(c{index}, ''))"
          for index, column in enumerate(columns)}  # fmt: skip
    number = f"regexp_replace({at['la number']}, '\\.0+$', '')"
    wider = [(ENGLAND.code, ENGLAND.dfe), *((code, dfe) for code, dfe, *_ in REGIONS)]
    codes = " ".join(f"WHEN {quoted(dfe)} THEN {quoted(code)}" for code, dfe in wider)
    regions = ", ".join(quoted(dfe) for _, dfe, *_ in REGIONS)
    region = f"nullif({at['region']}, 'NA')" if "region" in at else "NULL"
    connection.execute(
        f"""CREATE TABLE {STAGED} AS
        SELECT rowid + 1 AS line, {quoted(series_name(LAIT, ""))} || {at["short desc"]} AS series,
          {at["years"]} AS period, '' AS identifier,
          CASE WHEN {number} = {quoted(ENGLAND.dfe)} THEN {quoted(NATIONAL)}
            WHEN {number} IN ({regions}) THEN {quoted(REGION)} ELSE {quoted(COUNCIL)} END AS level,
          CASE {number} {codes} ELSE '' END AS code, {number} AS dfe,
          {at["la and regions"]} AS name, '' AS region_code, coalesce({region}, '') AS region,
          {at["values"]} AS raw
        FROM {RAW}"""  # noqa: S608
    )
    connection.execute(f"DROP TABLE {RAW}")


def dictionary_notes(
    headings: Sequence[str], rows: Iterable[Sequence[str]]
) -> tuple[MeasureNote, ...]:
    """A note a measure. Where the dictionary has a measure several times and contradicts itself
    about which way is better, it says neither."""
    at = {name.casefold(): index for index, name in enumerate(headings)}
    found: dict[str, MeasureNote] = {}
    for row in rows:

        def cell(name: str, row: Sequence[str] = row) -> str:
            index = at.get(name.casefold(), len(row))
            text = row[index].strip() if index < len(row) else ""
            return "" if text in ("NA", "-") else text

        polarity = cell("Polarity").casefold()
        polarity = polarity if polarity in ("high", "low") else ""
        dps = cell("dps")
        note = MeasureNote(
            measure=cell("Measure_short"),
            title=cell("Chart_title") or cell("Measure"),
            polarity=polarity,
            year_type=cell("Year_Type"),
            decimals=int(dps) if dps.isdecimal() else None,
            description=cell("Description"),
        )
        if not note.measure:
            continue
        had = found.get(note.measure)
        if had is None:
            found[note.measure] = note
        elif had.polarity != note.polarity:
            found[note.measure] = MeasureNote(
                had.measure, had.title, "", had.year_type, had.decimals, had.description
            )
    return tuple(found.values())
