"""The thirteen extracts: what a load brings, what it does not know yet, the same bytes always."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import duckdb
import pytest

from openscorecard.demo.council import LOADS, extracts, records
from openscorecard.demo.council.targets import RECORDED_LATE
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.records.standard import TABLES, Type
from openscorecard.working_days import is_working_day


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    return extracts(tmp_path_factory.mktemp("council") / "extracts")


def test_one_folder_a_month(folders: tuple[Path, ...]) -> None:
    assert [folder.name for folder in folders] == [load.month for load in LOADS]
    assert (LOADS[0].month, LOADS[-1].month) == ("2020-06", "2021-06")
    names = {f"{table.name}.parquet" for table in TABLES} | {"load.toml", "supplied_figures.csv"}
    for folder in folders:
        assert {path.name for path in folder.iterdir()} == names


def test_each_load_closes_its_month(folders: tuple[Path, ...]) -> None:
    for folder, load in zip(folders, LOADS, strict=True):
        terms = tomllib.loads((folder / "load.toml").read_text(encoding="utf-8"))
        month = Month.parse(load.month)
        assert terms["extracted"] == load.extracted
        assert month.last_day < load.extracted <= month.plus(1).last_day
        assert is_working_day(load.extracted)
        assert load.extracted.day >= 5
        assert terms["coverage"]["all"] == dt.date(2017, 4, 1)
        assert terms["coverage"]["ssd_cp_plans"] == dt.date(2003, 4, 1)


def test_files_hold_the_rows_as_known_that_day(folders: tuple[Path, ...]) -> None:
    connection = duckdb.connect()
    for folder, load in zip(folders[::12], LOADS[::12], strict=True):
        known = records(load.extracted)
        for table in TABLES:
            path = folder / f"{table.name}.parquet"
            found = connection.execute(f"FROM '{path}'")
            columns = [column[0] for column in found.description]
            rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
            assert rows == known[table.name]


def test_dates_are_dates_and_all_else_is_text(folders: tuple[Path, ...]) -> None:
    connection = duckdb.connect()
    for table in TABLES:
        path = folders[0] / f"{table.name}.parquet"
        types = {row[0]: row[1] for row in connection.execute(f"DESCRIBE FROM '{path}'").fetchall()}
        for column in table.columns:
            assert types[column.name] == ("DATE" if column.type is Type.DATE else "VARCHAR")


def test_references_lead_to_rows_in_each_load() -> None:
    for load in LOADS[::4]:
        rows = records(load.extracted)
        for table in TABLES:
            for column in table.columns:
                if column.refers:
                    other, key = column.refers.split(".")
                    there = {row[key] for row in rows[other]}
                    here = {row[column.name] for row in rows[table.name]} - {None}
                    assert here <= there, (load.month, column.name)


def test_nothing_is_known_before_it_happened() -> None:
    ahead = {"cppr_cp_review_due", "icpc_icpc_target_date", "pers_expected_dob"}
    for load in LOADS[::6]:
        for name, rows in records(load.extracted).items():
            for row in rows:
                for column, value in row.items():
                    if isinstance(value, dt.date) and column not in ahead:
                        assert value <= load.extracted, (load.month, name, row)


def test_supplied_figures_are_those_of_other_teams(folders: tuple[Path, ...]) -> None:
    """In a quarter's last month, and blank where nobody sent one."""
    with (folders[-1] / "supplied_figures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    given = {(row["ref"], row["month"]): row["value"] for row in rows if row["value"]}
    assert given == {
        ("FM011", "2020-09"): "39",
        ("FM011", "2020-12"): "23",
        ("FM012", "2020-09"): "51",
    }
    assert {row["ref"] for row in rows} == {"LSCB17a", "YO2", "FM011", "FM012"}


Dated = tuple[str, str, str]  # table, key, column of a date

PLANS_BEGUN: Dated = ("ssd_cp_plans", "cppl_cp_plan_id", "cppl_cp_plan_start_date")
PLANS_ENDED: Dated = ("ssd_cp_plans", "cppl_cp_plan_id", "cppl_cp_plan_end_date")
CARE_BEGUN: Dated = ("ssd_cla_episodes", "clae_cla_episode_id", "clae_cla_episode_start_date")
CARE_ENDED: Dated = ("ssd_cla_episodes", "clae_cla_episode_id", "clae_cla_episode_ceased_date")


def dated(day: dt.date, what: Dated, month: str) -> set[object]:
    """What has a date of that month, as known on a day."""
    table, key, column = what
    return {row[key] for row in records(day)[table] if starts(row[column], month)}


def starts(value: object, month: str) -> bool:
    return isinstance(value, dt.date) and f"{value:%Y-%m}" == month


@pytest.mark.parametrize("place", [6, 7, 8, 9, 11], ids=lambda place: LOADS[place].month)
def test_starts_and_ends_come_late_as_the_stocks_ask(place: int) -> None:
    """Of a month: what the load that closes it lacks, and the next one has."""
    load, following = LOADS[place], LOADS[place + 1]

    def late(what: Dated) -> int:
        known = dated(load.extracted, what, load.month)
        return len(dated(following.extracted, what, load.month) - known)

    assert late(PLANS_BEGUN) == RECORDED_LATE["plans_begun"].get(load.month, 0)
    assert late(PLANS_ENDED) == RECORDED_LATE["plans_ended"].get(load.month, 0)
    assert late(CARE_BEGUN) >= RECORDED_LATE["care_begun"].get(load.month, 0)  # with moves since
    assert late(CARE_ENDED) == RECORDED_LATE["care_ceased"].get(load.month, 0)


def test_some_rows_come_late_and_some_vanish() -> None:
    contacts = ("ssd_contacts", "cont_contact_id", "cont_contact_date")
    first = dated(LOADS[7].extracted, contacts, "2021-01")
    second = dated(LOADS[10].extracted, contacts, "2021-01")
    assert second - first
    assert first - second


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(InputError, match="not empty"):
        extracts(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_same_bytes_in_another_process(folders: tuple[Path, ...], tmp_path: Path) -> None:
    """With another order of sets and hashes."""
    code = (
        "import sys, pathlib; from openscorecard.demo.council import extracts; "
        "extracts(pathlib.Path(sys.argv[1]))"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "again")],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "4711"},
    )
    assert digest(tmp_path / "again") == digest(folders[0].parent)


def digest(folder: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found.update(str(path.relative_to(folder)).encode())
            found.update(path.read_bytes())
    return found.hexdigest()
