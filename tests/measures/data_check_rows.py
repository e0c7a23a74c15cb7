"""A few rows by hand, in the tables of a load, and what the data checks make of them.

The load is that of June 2021, read out on 5 July. Children are letters: A is number 1.

    table: ssd_cin_episodes
    cine_referral_id, cine_person_id, cine_referral_date
    R1, A, 2021-03-04

The columns may go on over several lines, each but the last of which ends with a comma.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from openscorecard.catalogue.measure_settings import MeasureSettings
from openscorecard.engines.duckdb import Engine
from openscorecard.measures.data_checks import DataFinding, check_records, rows_concerned
from openscorecard.periods import Month
from openscorecard.records.extracts.statement import Coverage
from openscorecard.records.standard import Type, table

JUNE = Month(2021, 6)
EXTRACTED = dt.date(2021, 7, 5)
CHILDREN = dict(enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1))
NUMBERS = {letter: number for number, letter in CHILDREN.items()}


@dataclass(frozen=True)
class Case:
    """Rows in which the rule finds just `finds` (child and record, "A R2"), and near misses."""

    rule: str
    rows: str
    finds: tuple[str, ...]
    near: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)


class Records:
    """An engine whose tables are filled by hand, again and again."""

    def __init__(self) -> None:
        self.engine = Engine({}, [JUNE], JUNE)
        self._filled: set[str] = set()

    def hold(self, text: str, council: int = 1) -> None:
        """Puts these rows, and no others, into the tables."""
        for one in self._filled:
            self.engine.connection.execute(f"DELETE FROM {one}")
        self._filled.clear()
        self.add(text, council)

    def add(self, text: str, council: int = 1) -> None:
        name, columns, named_all = "", [], False
        rows: dict[tuple[str, ...], list[str]] = {}
        for line in text.strip().splitlines():
            said = line.strip()
            if not said:
                continue
            if said.startswith("table:"):
                name, columns, named_all = said.removeprefix("table:").strip(), [], False
            elif not named_all:
                columns += [cell.strip() for cell in said.rstrip(",").split(",")]
                named_all = not said.endswith(",")
            else:
                cells = [cell.strip() for cell in said.split(",")]
                assert len(cells) == len(columns), said
                values = [_literal(name, *one) for one in zip(columns, cells, strict=True)]
                rows.setdefault((name, *columns), []).append(f"({council}, {', '.join(values)})")
        for (into, *named), lines in rows.items():
            self.insert(into, f"({', '.join(['council', *named])}) VALUES {', '.join(lines)}")

    def insert(self, name: str, what: str) -> None:
        self._filled.add(name)
        self.engine.connection.execute(f"INSERT INTO {name} {what}")

    def concerned(
        self,
        rule: str,
        settings: Mapping[str, Any] | None = None,
        coverage: Mapping[str, Coverage] | None = None,
        council: int = 1,
    ) -> list[str]:
        """Child and record of everything that one rule finds."""
        _, lines = rows_concerned(
            rule,
            self.engine.rows,
            JUNE,
            council,
            CHILDREN,
            MeasureSettings(dict(settings or {})),
            extracted=EXTRACTED,
            coverage=coverage,
        )
        return sorted(" ".join(str(one) for one in line[:2] if one is not None) for line in lines)

    def findings(
        self,
        settings: Mapping[str, Any] | None = None,
        coverage: Mapping[str, Coverage] | None = None,
    ) -> tuple[DataFinding, ...]:
        return check_records(
            self.engine.rows,
            JUNE,
            1,
            CHILDREN,
            MeasureSettings(dict(settings or {})),
            extracted=EXTRACTED,
            coverage=coverage,
        )


def _literal(name: str, column: str, cell: str) -> str:
    standard = table(name)
    assert standard is not None, name
    kind = standard.column(column)
    assert kind is not None, column
    if not cell:
        return "NULL"
    if kind.type is Type.CHILD:
        return str(NUMBERS[cell])
    quoted = cell.replace("'", "''")
    return f"'{quoted}'"


def check_case(records: Records, case: Case) -> None:
    records.hold(case.rows)
    assert records.concerned(case.rule, case.settings) == sorted(case.finds)
    for near in case.near:
        records.hold(near)
        assert records.concerned(case.rule, case.settings) == [], near


def by_rule(cases: tuple[Case, ...]) -> list[Any]:
    return [pytest.param(case, id=case.rule) for case in cases]
