"""DuckDB, in process, over a load's Parquet files.

Beside the tables it makes what the queries join to: the calendar, the months asked for, the
councils, and a few steps. Nothing is installed or fetched at run time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from openscorecard.periods import Month
from openscorecard.records.standard import TABLES, Table
from openscorecard.working_days import bank_holidays

if TYPE_CHECKING:
    import duckdb

# The calendar's days: those on which events of records that figures count may lie. Dates of birth,
# and the starts of spells, need no calendar and may lie before.
FIRST_DAY, LAST_DAY = dt.date(1980, 1, 1), dt.date(2050, 12, 31)
STEPS = 25  # months back that a gathered lookup may reach


def month_index(month: Month) -> int:
    """Months since year 0: what calendar and months count by."""
    return month.year * 12 + month.number - 1


def month_of(index: int) -> Month:
    return Month(index // 12, index % 12 + 1)


class Engine:
    """A connection with the tables of one load. Use it with `with`.

    `tables` gives the file or files of each table; tables that a load lacks are there without
    rows. `councils` are the numbers of the councils in it. `load_month` is the month that the load
    closes: the one for which its current tables speak.
    """

    def __init__(
        self,
        tables: Mapping[str, Sequence[Path]],
        months: Iterable[Month],
        load_month: Month,
        councils: Iterable[int] = (1,),
    ) -> None:
        councils = tuple(councils)
        self.connection = connect()
        if len(councils) == 1:
            # One council's rows are few: a second thread costs more to start than it saves, and
            # each has buffers of its own (45 MB for the query of a month).
            self.connection.execute("SET threads = 1")
        for standard in TABLES:
            self._view(standard, tables.get(standard.name, ()))
        holidays = ",".join(str(day) for day in bank_holidays(FIRST_DAY, LAST_DAY))
        self.connection.execute(_CALENDAR.format(holidays=holidays))
        self._months(sorted(set(months)), load_month)
        self._list("councils", "council SMALLINT", councils)
        self._list("steps", "step INTEGER", range(STEPS))

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql).fetchall()

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.connection.close()

    def _view(self, standard: Table, paths: Sequence[Path]) -> None:
        if paths:
            files = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
            source = f"read_parquet([{files}])"
            self.connection.execute(f"CREATE VIEW {standard.name} AS SELECT * FROM {source}")
            return
        columns = ", ".join(f"{column.name} {column.type.sql}" for column in standard.columns)
        self.connection.execute(f"CREATE TABLE {standard.name} (council SMALLINT, {columns})")

    def _months(self, months: Sequence[Month], load_month: Month) -> None:
        self._list("wanted_months", "month_index INTEGER", map(month_index, months))
        self.connection.execute(_MONTHS.format(load_month=month_index(load_month)))

    def _list(self, name: str, column: str, values: Iterable[int]) -> None:
        self.connection.execute(f"CREATE TABLE {name} ({column})")
        listed = ", ".join(f"({value})" for value in values)
        if listed:
            self.connection.execute(f"INSERT INTO {name} VALUES {listed}")


def connect() -> duckdb.DuckDBPyConnection:
    """A connection in memory that fetches no extension and shows no progress bar."""
    import duckdb

    return duckdb.connect(
        config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    )


# The holidays come as one text: hundreds of dates in a list would take three times as long to read.
_CALENDAR = f"""
CREATE TABLE calendar AS
WITH days AS (
  SELECT CAST(t.day AS DATE) AS day
  FROM generate_series(DATE '{FIRST_DAY}', DATE '{LAST_DAY}', INTERVAL 1 DAY) AS t(day)
), holidays AS (
  SELECT CAST(unnest(string_split('{{holidays}}', ',')) AS DATE) AS day
), marked AS (
  SELECT day, CASE WHEN isodow(day) < 6 AND day NOT IN (SELECT day FROM holidays) THEN 1 ELSE 0 END
    AS is_working_day
  FROM days
)
SELECT day, CAST(year(day) * 12 + month(day) - 1 AS INTEGER) AS month_index,
  CAST(day - DATE '{FIRST_DAY}' AS INTEGER) AS day_number,
  CAST(day - INTERVAL 1 YEAR AS DATE) AS year_before,
  is_working_day,
  CAST(sum(is_working_day) OVER (ORDER BY day) AS INTEGER) AS working_day
FROM marked
"""

_MONTHS = """
CREATE TABLE months AS
SELECT w.month_index, min(c.day) AS month_start, max(c.day) AS month_end,
  max(c.working_day) AS end_working_day, max(c.day_number) AS end_day_number,
  max(c.year_before) AS end_year_before,
  CASE WHEN w.month_index = {load_month} THEN 1 ELSE 0 END AS is_load_month
FROM wanted_months AS w JOIN calendar AS c ON c.month_index = w.month_index
GROUP BY w.month_index
"""
