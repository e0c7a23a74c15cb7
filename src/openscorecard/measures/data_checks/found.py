"""The list of checks, and what they find in a load."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from string import Template
from typing import TYPE_CHECKING, Any

from openscorecard.catalogue.measure_settings import MeasureSettings
from openscorecard.findings import Finding, Severity
from openscorecard.measures.data_checks.assessment import ASSESSMENT
from openscorecard.measures.data_checks.care_episodes import EPISODE_CHECKS
from openscorecard.measures.data_checks.check import MONTHS_OF_A_PAGE, Asked, DataCheck, Row
from openscorecard.measures.data_checks.children import CHILDREN
from openscorecard.measures.data_checks.conferences import CONFERENCE_CHECKS
from openscorecard.measures.data_checks.front_door import FRONT_DOOR
from openscorecard.measures.data_checks.gaps import GAPS
from openscorecard.measures.data_checks.leaving_care import LEAVING_CARE, MISSING
from openscorecard.measures.data_checks.looked_after import CARE_CHECKS
from openscorecard.measures.data_checks.plans import PLAN_CHECKS
from openscorecard.measures.data_checks.tables import WHOLE_TABLES
from openscorecard.periods import Month
from openscorecard.records.standard import TABLES

if TYPE_CHECKING:
    from openscorecard.records.extracts.statement import Coverage

Rows = Callable[[str], list[tuple[Any, ...]]]

# In the order in which they are asked and, within a severity, told.
CHECKS: tuple[DataCheck, ...] = (
    *GAPS,
    *WHOLE_TABLES,
    *CHILDREN,
    *FRONT_DOOR,
    *ASSESSMENT,
    *CONFERENCE_CHECKS,
    *PLAN_CHECKS,
    *EPISODE_CHECKS,
    *CARE_CHECKS,
    *LEAVING_CARE,
    *MISSING,
)


@dataclass(frozen=True, slots=True)
class DataFinding(Finding):
    """A finding about many rows: how many, the refs of the figures that they touch, and a few of
    them, each in words."""

    refs: tuple[str, ...] = ()
    rows: int = 0
    samples: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        more = {"refs": list(self.refs), "rows": self.rows, "samples": list(self.samples)}
        return {**Finding.as_json(self), **more}


def check_records(
    rows: Rows,
    load_month: Month,
    council: int,
    child_ids: Mapping[int, str],
    settings: MeasureSettings,
    *,
    extracted: dt.date | None = None,
    coverage: Mapping[str, Coverage] | None = None,
) -> tuple[DataFinding, ...]:
    """What in one council's records of a load would mislead the page, errors first.

    `rows` runs a query over the load (engines.duckdb.Engine.rows). `child_ids` gives the council's
    own id for a child's number. `extracted` is the day on which the records were read out, without
    it the last day on which those of that month can have been; `coverage` is from and to when each
    table is complete, without it the months after a table's oldest row are taken.
    """
    asked = _asked(load_month, council, settings, extracted, coverage)
    remembered = _Remembering(rows)
    present = _present(remembered, council)
    found = []
    for check in CHECKS:
        concerned = _concerned(check, asked, remembered, present)
        if concerned:
            found.append(_finding(check, concerned, child_ids))
    order = list(Severity)
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))


def rows_concerned(
    rule: str,
    rows: Rows,
    load_month: Month,
    council: int,
    child_ids: Mapping[int, str],
    settings: MeasureSettings,
    *,
    extracted: dt.date | None = None,
    coverage: Mapping[str, Coverage] | None = None,
) -> tuple[tuple[str, ...], tuple[tuple[object, ...], ...]]:
    """All that one rule finds, to be mended: the heads of the columns, and a line each. KeyError
    where there is no such rule."""
    check = {one.rule: one for one in CHECKS}[rule]
    asked = _asked(load_month, council, settings, extracted, coverage)
    concerned = _concerned(check, asked, rows, _present(rows, council))
    lines = ((_child(row[0], child_ids), *row[1:]) for row in concerned)
    return ("child", check.record or "record", *check.shown), tuple(lines)


class _Remembering:
    """Runs each query once: two checks may judge the same rows."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._answers: dict[str, list[tuple[Any, ...]]] = {}

    def __call__(self, sql: str) -> list[tuple[Any, ...]]:
        if sql not in self._answers:
            self._answers[sql] = self._rows(sql)
        return self._answers[sql]


def _asked(
    load_month: Month,
    council: int,
    settings: MeasureSettings,
    extracted: dt.date | None,
    coverage: Mapping[str, Coverage] | None,
) -> Asked:
    latest = extracted or load_month.plus(1).last_day
    return Asked(load_month, council, settings, latest, coverage or {})


def _present(rows: Rows, council: int) -> frozenset[str]:
    """The tables that hold rows of the council."""
    counts = "\nUNION ALL\n".join(
        f"SELECT '{table.name}' AS name, COUNT(*) AS row_count\nFROM {table.name} AS t\n"
        f"WHERE t.council = {council}"
        for table in TABLES
    )
    return frozenset(name for name, number in rows(counts) if number)


def _concerned(check: DataCheck, asked: Asked, rows: Rows, present: frozenset[str]) -> list[Row]:
    """The rows that the check finds, the latest first."""
    if not present.issuperset(check.needs):
        return []
    found: Sequence[Row] = rows(query(check, asked))
    if check.judge is not None:
        found = check.judge(found, asked)
    return sorted(sorted(found, key=_by_id), key=_latest, reverse=True)


def query(check: DataCheck, asked: Asked) -> str:
    """The check's query for one load."""
    since = asked.load_month.plus(1 - MONTHS_OF_A_PAGE)
    first = dt.date(since.year, since.number, 1)
    covered = [asked.coverage[name].first for name in check.needs if name in asked.coverage]
    words = {
        "council": str(asked.council),
        "month_end": _on("e", asked.load_month.last_day),
        "month_end_as_c": _on("c", asked.load_month.last_day),
        "since": _on("w", max([first, *covered])),
        "extracted": _on("x", asked.extracted),
        "care_leaver_categories": _texts(asked.settings.value("care_leaver_categories")),
    }
    return Template(check.sql.strip()).substitute(words)


def _on(alias: str, day: dt.date) -> str:
    """The calendar's row of a day. A literal of a date would be read differently by engines."""
    index = day.year * 12 + day.month - 1
    return f"{alias}.month_index = {index} AND EXTRACT(DAY FROM {alias}.day) = {day.day}"


def _texts(values: object) -> str:
    assert isinstance(values, tuple)
    quoted = ["'" + str(value).replace("'", "''") + "'" for value in values]
    return ", ".join(quoted) or "''"


def _finding(check: DataCheck, concerned: Sequence[Row], ids: Mapping[int, str]) -> DataFinding:
    refs = check.touched(concerned)
    touched = f" Figures touched: {', '.join(refs)}." if refs else ""
    samples = tuple(_sample(check, row, ids) for row in concerned[: check.samples])
    return DataFinding(
        check.rule,
        check.severity,
        f"{check.found}: {len(concerned):,}. {check.effect} {check.mend}{touched}",
        place="; ".join(samples),
        refs=refs,
        rows=len(concerned),
        samples=samples,
    )


def _sample(check: DataCheck, row: Row, ids: Mapping[int, str]) -> str:
    """`child C17, referral R204: referred 2021-03-04, open since 2020-11-02`."""
    child = _child(row[0], ids)
    who = [f"child {child}"] if child is not None else []
    what = [f"{check.record} {row[1]}"] if row[1] is not None else []
    shown = [f"{name} {_in_words(value)}" for name, value in zip(check.shown, row[2:], strict=True)]
    about = ", ".join(who + what)
    return f"{about}: {', '.join(shown)}" if shown else about


def _child(number: int | None, ids: Mapping[int, str]) -> str | None:
    return None if number is None else ids.get(number, f"no. {number}")


def _in_words(value: object) -> str:
    return "(blank)" if value is None else f"{value}"


def _by_id(row: Row) -> tuple[int, str]:
    return (row[0] or 0, str(row[1]))


def _latest(row: Row) -> str:
    """By the first date that the row shows, or the month."""
    dates = [str(one) for one in row[2:] if isinstance(one, dt.date)]
    return dates[0] if dates else str(row[2]) if len(row) > 2 else ""
