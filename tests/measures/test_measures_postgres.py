"""Every indicator's query gives on PostgreSQL what it gives on DuckDB: portable in deed.

The rows are a batch of invented histories, the tables and the calendar those of the engine, put
into a real server. Needs the PostgreSQL of the machine (Debian: postgresql), and is left out with
a reason where there is none; with OPENSCORECARD_COMPLETE=yes that is a failure.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from counted_by_query import settings_of, tables_without
from histories import MONTHS, STEP_UP_REASONS, history
from postgres_server import Server, programs, server

from openscorecard.catalogue import load_catalogue
from openscorecard.engines.duckdb import Engine
from openscorecard.engines.from_rows import engine_over
from openscorecard.measures.queries import query, query_for_all, query_of_rows, written_for
from openscorecard.measures.resolve import LIST, Plan, resolve
from openscorecard.records.standard import TABLES

HISTORIES = 60
MONTH = MONTHS[-1]
OURS = ("calendar", "months", "councils", "steps")  # what the engine makes beside the tables


@dataclass(frozen=True, slots=True)
class Both:
    """The two databases, with the same rows."""

    duckdb: Engine
    postgres: Server


@pytest.fixture(scope="module")
def both() -> Iterator[Both]:
    folder = programs()
    if folder is None:
        if os.environ.get("OPENSCORECARD_COMPLETE") == "yes":
            pytest.fail("nothing may be left out, but there is no PostgreSQL on this machine")
        pytest.skip("there is no PostgreSQL on this machine")
    rows = [history(number).rows for number in range(HISTORIES)]
    with server(folder) as postgres, engine_over(rows, MONTHS, MONTH) as engine:
        postgres.run("".join(_copied(engine, name) for name in (*_standard(), *OURS)))
        postgres.run("ANALYZE;")
        yield Both(engine, postgres)


def _standard() -> list[str]:
    return [one.name for one in TABLES]


def _copied(engine: Engine, name: str) -> str:
    """A table of the engine as a script for psql."""
    described = engine.rows(f"DESCRIBE {name}")
    columns = ", ".join(f"{column} {kind}" for column, kind, *_ in described)
    with tempfile.TemporaryDirectory(prefix="scorecard-rows-") as folder:
        path = Path(folder) / "rows.csv"
        engine.connection.execute(f"COPY {name} TO '{path}' (HEADER false)")
        lines = path.read_text(encoding="utf-8")
    return (
        f"CREATE TABLE {name} ({columns});\nCOPY {name} FROM STDIN WITH (FORMAT csv);\n{lines}\\.\n"
    )


CHOICES: dict[str, dict[str, object]] = {
    "as by default": {},
    "closure, referral, grace": {
        "re_referral_clock": "closure",
        "assessment_clock": "referral",
        "new_plan_grace": True,
        "cla_visit_days_after_first_year": 91,
    },
    "referral": {"re_referral_clock": "referral"},
}


def plan_of(choice: str, missing: frozenset[str]) -> Plan:
    chosen = settings_of({"step_up_end_reasons": list(STEP_UP_REASONS), **CHOICES[choice]})
    return resolve(load_catalogue(), MONTH, chosen, tables_without(missing))


def levels_of(plan: Plan) -> list[str]:
    return [name for name, level in plan.levels.items() if level.place != LIST]


def compare(both: Both, queries: dict[str, str]) -> None:
    """Both answers of each query, as text and in one order; no answer may be empty."""
    theirs = both.postgres.answers({k: written_for(sql, "postgres") for k, sql in queries.items()})
    differing = {}
    for name, sql in queries.items():
        ours = sorted(tuple(_text(cell) for cell in row) for row in both.duckdb.rows(sql))
        if ours != sorted(theirs[name]):
            differing[name] = set(ours) ^ set(theirs[name])
    assert differing == {}


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)


def test_the_rows_are_not_trivial(both: Both) -> None:
    """A comparison of nothing with nothing would prove nothing."""
    plan = plan_of("as by default", frozenset())
    counted: dict[str, int] = {}
    for name, _, _, number, _ in both.duckdb.rows(query_for_all(plan, levels_of(plan))):
        counted[name] = counted.get(name, 0) + number
    assert set(counted) == set(levels_of(plan))
    assert min(counted.values()) > 0


def test_every_indicators_query_counts_alike(both: Both) -> None:
    plan = plan_of("as by default", frozenset())
    names = levels_of(plan)
    assert len(names) == 52  # 46 indicators with a level of their own, and 6 groups in months
    compare(both, {name: query(plan, name) for name in names})


@pytest.mark.parametrize(
    ("choice", "missing"),
    [
        ("as by default", frozenset({"plan_authorisations"})),
        ("closure, referral, grace", frozenset()),
        ("referral", frozenset()),
    ],
)
def test_choices_and_stand_ins_count_alike(
    both: Both, choice: str, missing: frozenset[str]
) -> None:
    """Of those indicators whose levels the choice changes."""
    plan, by_default = plan_of(choice, missing), plan_of("as by default", frozenset())
    names = [one for one in levels_of(plan) if plan.levels[one] != by_default.levels[one]]
    assert names
    compare(both, {name: query(plan, name) for name in names})


def test_the_shared_query_counts_alike(both: Both) -> None:
    plan = plan_of("as by default", frozenset())
    compare(both, {"all": query_for_all(plan, levels_of(plan))})


def test_the_rows_behind_every_indicator_are_the_same(both: Both) -> None:
    plan = plan_of("as by default", frozenset())
    compare(both, {name: query_of_rows(plan, name) for name in levels_of(plan)})
