"""The thirteen extracts: what the council's case system gave out on the day of each load.

A row is in an extract if it had been recorded by then; its end or outcome only if that was known.
"""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from openscorecard.demo.council import world
from openscorecard.demo.council.days import first_day, label, load_day, month
from openscorecard.demo.council.earlier import COMPLETE, FIXED_FROM, FIXED_TO
from openscorecard.demo.council.tables import SHEETS, Row, Sheet, Value
from openscorecard.demo.council.targets import SUPPLIED
from openscorecard.errors import InputError

_PLANS_COMPLETE = "2003-04-01"
_VERSION = "1.3"
_EPOCH = dt.date(1970, 1, 1).toordinal()
_NEVER = dt.date.max.toordinal()
_MONTHLY = ("LSCB17a",)
_QUARTERLY = ("YO2", "FM011", "FM012")


@dataclass(frozen=True, slots=True)
class Load:
    """One extract: the month that it closes, and the day on which it was read out."""

    month: str
    extracted: dt.date


LOADS: tuple[Load, ...] = tuple(
    Load(label(number), dt.date.fromordinal(load_day(number)))
    for number in range(FIXED_FROM, FIXED_TO + 1)
)


Record = dict[str, str | dt.date | None]


def records(known_on: dt.date) -> dict[str, list[Record]]:
    """Every table as it was known on a day, one dict a row: dates are dates, all else is text.
    The dicts are shared between calls: do not alter them."""
    day = known_on.toordinal()
    return {
        name: [
            whole if known <= day else before
            for recorded, known, gone, whole, before in kept
            if recorded <= day < gone
        ]
        for name, kept in _kept().items()
    }


_Kept = tuple[int, int, int, Record, Record]  # recorded, known, gone, the row, and before `known`


@cache
def _kept() -> dict[str, list[_Kept]]:
    return {sheet.name: [_keep(sheet, row) for row in world.rows()[sheet.name]] for sheet in SHEETS}


def _keep(sheet: Sheet, row: Row) -> _Kept:
    whole: Record = dict(zip(sheet.columns, (_text(value) for value in row[3:]), strict=True))
    for name, value in zip(sheet.columns, row[3:], strict=True):
        if isinstance(value, int) and name in sheet.days:
            whole[name] = dt.date.fromordinal(value)
    before = whole
    if sheet.late:
        before = {name: None if name in sheet.late else value for name, value in whole.items()}
    recorded, known, gone = row[:3]
    assert isinstance(recorded, int)
    return (
        recorded,
        known if isinstance(known, int) else _NEVER,
        gone if isinstance(gone, int) else _NEVER,
        whole,
        before,
    )


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def extracts(folder: Path) -> tuple[Path, ...]:
    """Writes one folder a load (2020-06 .. 2021-06) with Parquet files, `load.toml` and
    `supplied_figures.csv`; gives the folders in order. InputError where `folder` holds something.
    The same bytes each time."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            "this folder is not empty", where=str(folder), todo="name an empty or new folder"
        )
    import duckdb  # only here: other commands need not wait for it

    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "threads": 1,
    }
    with tempfile.TemporaryDirectory() as scratch, duckdb.connect(config=config) as connection:
        for sheet in SHEETS:
            path = Path(scratch) / "rows.csv"
            _write_rows(path, world.rows()[sheet.name])
            connection.execute(_take_in(sheet, path))

        def write(load: Load) -> Path:
            with connection.cursor() as cursor:
                return _extract(cursor.execute, folder, load)

        with ThreadPoolExecutor(2) as pool:  # each query on one thread: the bytes stay the same
            return tuple(pool.map(write, LOADS))


def _write_rows(path: Path, rows: tuple[Row, ...]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def _take_in(sheet: Sheet, path: Path) -> str:
    """The rows with their three days of knowledge, dates still as numbers of days."""
    types = ["'recorded': 'INTEGER'", "'known': 'INTEGER'", "'gone': 'INTEGER'"]
    types += [f"'{name}': '{_type(sheet, name)}'" for name in sheet.columns]
    columns = "{" + ", ".join(types) + "}"
    source = str(path).replace("'", "''")
    return (
        f"CREATE OR REPLACE TABLE {sheet.name} AS FROM read_csv('{source}', header = false, "
        f"delim = ',', quote = '\"', nullstr = '', columns = {columns})"
    )


def _type(sheet: Sheet, name: str) -> str:
    return "INTEGER" if name in sheet.days else "VARCHAR"


def _extract(execute: Callable[[str], object], folder: Path, load: Load) -> Path:
    target = folder / load.month
    target.mkdir(parents=True)
    for sheet in SHEETS:
        destination = str(target / f"{sheet.name}.parquet").replace("'", "''")
        execute(f"COPY ({_select(sheet, load)}) TO '{destination}' (FORMAT parquet)")
    (target / "load.toml").write_text(_terms(load), encoding="utf-8", newline="\n")
    (target / "supplied_figures.csv").write_text(_supplied(load), encoding="utf-8", newline="\n")
    return target


def _select(sheet: Sheet, load: Load) -> str:
    day = load.extracted.toordinal()
    columns = []
    for name in sheet.columns:
        value = f"DATE '1970-01-01' + ({name} - {_EPOCH})" if name in sheet.days else name
        if name in sheet.late:
            value = f"CASE WHEN known <= {day} THEN {value} END"
        columns.append(f"{value} AS {name}")
    return (
        f"SELECT {', '.join(columns)} FROM {sheet.name} "  # noqa: S608 - names of our own
        f"WHERE recorded <= {day} AND (gone IS NULL OR gone > {day})"
    )


def _terms(load: Load) -> str:
    complete = dt.date.fromordinal(first_day(COMPLETE))
    return (
        f"extracted = {load.extracted}\n"
        f'version = "{_VERSION}"\n'
        "\n"
        "[coverage]\n"
        f"all = {complete}\n"
        f"ssd_cp_plans = {_PLANS_COMPLETE}\n"
    )


def _supplied(load: Load) -> str:
    """Other teams' figures up to the month; a quarter's stands in its last month, a blank is one
    that nobody sent."""
    given = {(ref, name): value for ref, name, value in SUPPLIED}
    lines = ["ref,month,value"]
    for number in range(FIXED_FROM, month(load.month) + 1):
        refs = _MONTHLY + (_QUARTERLY if number % 3 == 2 else ())
        lines += [f"{ref},{label(number)},{given.get((ref, label(number)), '')}" for ref in refs]
    return "\n".join(lines) + "\n"
