"""A staged table into long form: year, value and status of each cell, checked and written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openscorecard.comparators.cell import COUNCIL, NATIONAL, REGION, Area
from openscorecard.comparators.kept_figures import COLUMNS, write_tables
from openscorecard.comparators.places import wider_area
from openscorecard.comparators.staged import FETCH_ANEW, STAGED, LineOf, left_out
from openscorecard.comparators.symbols import Status, symbol
from openscorecard.comparators.values import kept_text
from openscorecard.comparators.years import mark_rank, year_of
from openscorecard.errors import InputError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MOST_TOLD = 5
_SERIES_AT_ONCE = 20
_NO_SIGN = (Status.NOT_APPLICABLE, Status.NOT_AVAILABLE, Status.BLANK)


def normalise(
    connection: DuckDBPyConnection, into: Path, where: str, line: LineOf
) -> tuple[int, dict[str, int], dict[str, int]]:
    """Writes `STAGED` into the file; how many cells, symbols by status, and rows left out
    by reason. InputError for what is neither figure nor symbol, and for two figures of one area,
    year and series."""
    _values(connection, where, line)
    skipped = _years(connection)
    _codes_of_wider_areas(connection)
    connection.execute(
        f"""CREATE TABLE long AS
        SELECT s.line, s.series, p.year, {_plain("s.period")} AS period, p.rank, s.level,
          s.code, {_plain("s.dfe")} AS dfe, {_plain("s.name")} AS name, s.region_code, s.region,
          v.value, v.status
        FROM {STAGED} AS s JOIN periods AS p USING (period, identifier) JOIN texts AS v USING (raw)
        WHERE p.year IS NOT NULL"""  # noqa: S608
    )
    connection.execute(f"DROP TABLE {STAGED}")
    skipped |= _one_a_year(connection, where, line)
    rows = _one(connection, "SELECT count(*) FROM long")
    if not rows:
        raise InputError(
            "no row of it is of England, a region or a council, and of one year"
            + left_out(skipped),
            where=where,
            todo="give a table of yearly figures by area",
        )  # fmt: skip
    symbols = dict(
        connection.execute(
            "SELECT status, count(*) FROM long WHERE status <> 'value' GROUP BY 1 ORDER BY 2 DESC"
        ).fetchall()
    )
    write_tables(into, _tables(connection))
    return rows, symbols, skipped


def _tables(connection: DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    """Each series with its lines, in order of name."""
    listed = ", ".join(f"coalesce({column}, '')" for column in COLUMNS[1:])
    # In batches of a few series: LAIT's table is 50 MB of text.
    connection.execute(
        f"""SELECT series, string_agg(concat_ws('\t', year, {listed}), '\n' ORDER BY year,
            CASE level WHEN '{NATIONAL}' THEN 0 WHEN '{REGION}' THEN 1 ELSE 2 END, name, code, dfe)
        FROM long GROUP BY series ORDER BY series"""  # noqa: S608
    )
    while some := connection.fetchmany(_SERIES_AT_ONCE):
        yield from some


def years_by_series(connection: DuckDBPyConnection) -> dict[str, tuple[int, ...]]:
    found = connection.execute(
        "SELECT series, list(DISTINCT year ORDER BY year) FROM long GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return {series: tuple(years) for series, years in found}


def areas_in(connection: DuckDBPyConnection) -> tuple[Area, ...]:
    """Every council of the table, with the years in which it was there. Tables list councils that
    are no more, or not yet, with nothing but "not applicable" and "not available"."""
    listed = ", ".join(f"'{status}'" for status in _NO_SIGN)
    found = connection.execute(
        f"""WITH yearly AS (
          SELECT code, dfe, year, any_value(name) AS name, any_value(region_code) AS region_code,
            any_value(region) AS region, bool_or(status NOT IN ({listed}))
              OR NOT bool_or(status = '{Status.NOT_APPLICABLE}') AS there
          FROM long WHERE level = '{COUNCIL}' GROUP BY 1, 2, 3
        ) SELECT code, dfe, arg_max(name, year), arg_max(region_code, year),
          arg_max(region, year), list(year ORDER BY year) FILTER (WHERE there)
        FROM yearly GROUP BY 1, 2 ORDER BY 1, 2"""  # noqa: S608
    ).fetchall()
    return tuple(
        Area(code, name, COUNCIL, dfe, region_code, region, tuple(years or ()))
        for code, dfe, name, region_code, region, years in found
    )


def _values(connection: DuckDBPyConnection, where: str, line: LineOf) -> None:
    """The table `texts`: what each different text means."""
    texts, values, statuses = [], [], []
    for (raw,) in connection.execute(f"SELECT DISTINCT raw FROM {STAGED}").fetchall():  # noqa: S608
        value = kept_text(raw)
        status = Status.VALUE if value is not None else symbol(raw)
        texts.append(raw)
        values.append(value)
        statuses.append(None if status is None else status.value)
    _table(connection, "texts", {"raw": "VARCHAR", "value": "VARCHAR", "status": "VARCHAR"},
           (texts, values, statuses))  # fmt: skip
    unknown = connection.execute(
        f"""SELECT raw, min(line), arg_min(series, line), count(*)
        FROM {STAGED} JOIN texts USING (raw) WHERE status IS NULL GROUP BY 1 ORDER BY 2"""  # noqa: S608
    ).fetchall()
    if not unknown:
        return
    told = "; ".join(
        f"{raw[:40]!r} ({line(number)}, {series.partition(':')[2]})"
        for raw, number, series, _ in unknown[:_MOST_TOLD]
    )
    more = f", and {len(unknown) - _MOST_TOLD} more" if len(unknown) > _MOST_TOLD else ""
    raise InputError(
        f"neither a figure nor a symbol that we know: {told}{more}",
        where=where,
        todo="see what the file's notes say of it, and fetch the file anew if it is damaged",
    )


def _years(connection: DuckDBPyConnection) -> dict[str, int]:
    """The table `periods`, and how many rows are of a period that is no clear year."""
    periods, identifiers, years, ranks = [], [], [], []
    skipped = {}
    for period, identifier, rows in connection.execute(
        f"SELECT period, identifier, count(*) FROM {STAGED} GROUP BY 1, 2 ORDER BY 1, 2"  # noqa: S608
    ).fetchall():
        year = year_of(period, identifier)
        periods.append(period)
        identifiers.append(identifier)
        years.append(year)
        ranks.append(mark_rank(period))
        if year is None:
            what = f"{period!r} ({identifier})" if identifier else repr(period)
            skipped[f"of the period {what}"] = rows
    types = {"period": "VARCHAR", "identifier": "VARCHAR", "year": "INTEGER", "rank": "INTEGER"}
    _table(connection, "periods", types, (periods, identifiers, years, ranks))
    return skipped


def _codes_of_wider_areas(connection: DuckDBPyConnection) -> None:
    """England and the regions have codes, whether or not the file says them."""
    without = connection.execute(
        f"SELECT DISTINCT name FROM {STAGED} WHERE code = '' AND level <> '{COUNCIL}'"  # noqa: S608
    ).fetchall()
    for (name,) in without:
        area = wider_area(name)
        if area is not None:
            connection.execute(
                f"UPDATE {STAGED} SET code = ? WHERE code = '' AND name = ? "  # noqa: S608
                f"AND level <> '{COUNCIL}'",
                [area.code, name],
            )


def _one_a_year(connection: DuckDBPyConnection, where: str, line: LineOf) -> dict[str, int]:
    """Takes out what the file says a second time, and the provisional figure beside a final one;
    two different figures for the same are an error."""
    key = "series, year, level, code, dfe, name"
    repeated = connection.execute(
        f"SELECT 1 FROM long GROUP BY {key} HAVING count(*) > 1 LIMIT 1"  # noqa: S608
    ).fetchone()
    if repeated is None:
        return {}
    before = _one(connection, "SELECT count(*) FROM long")
    connection.execute(
        f"DELETE FROM long WHERE rowid IN (SELECT row FROM (SELECT rowid AS row, rank, "  # noqa: S608
        f"min(rank) OVER (PARTITION BY {key}) AS best FROM long) WHERE rank > best)"
    )
    settled = _one(connection, "SELECT count(*) FROM long")
    twice = connection.execute(
        f"""SELECT series, year, any_value(name), min(line), max(line) FROM long GROUP BY {key}
        HAVING count(DISTINCT coalesce(value, status)) > 1 ORDER BY 4 LIMIT 1"""  # noqa: S608
    ).fetchone()
    if twice:
        series, year, name, first, last = twice
        raise InputError(
            f"{line(first)} and {line(last)} give different figures of {name} for {year} "
            f"({series.partition(':')[2]})",
            where=where,
            todo="take out the column or the rows that make it so, or " + FETCH_ANEW,
        )
    connection.execute(
        f"DELETE FROM long WHERE rowid NOT IN (SELECT min(rowid) FROM long GROUP BY {key})"  # noqa: S608
    )
    after = _one(connection, "SELECT count(*) FROM long")
    said = {
        "of a provisional figure beside a final one": before - settled,
        "said twice": settled - after,
    }
    return {why: number for why, number in said.items() if number}


def _table(
    connection: DuckDBPyConnection, name: str, types: dict[str, str], columns: Sequence[list[Any]]
) -> None:
    """A small table from Python lists, a list a column."""
    picked = ", ".join(f"unnest(?::{kind}[]) AS {column}" for column, kind in types.items())
    connection.execute(f"CREATE TABLE {name} AS SELECT {picked}", list(columns))


def _plain(column: str) -> str:
    """Names and years in one line, as a table of text can hold them."""
    return f"regexp_replace({column}, '\\s+', ' ', 'g')"


def _one(connection: DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return int(row[0])
