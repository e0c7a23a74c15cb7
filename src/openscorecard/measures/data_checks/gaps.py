"""Months inside the coverage of a table that hold too few of its rows: the worst that can be.

A figure made from them is too low, and nothing in the records contradicts it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import sqrt
from statistics import median
from typing import TYPE_CHECKING

from openscorecard.findings import Severity
from openscorecard.measures.data_checks.check import Asked, DataCheck, Row
from openscorecard.periods import Month, months_to
from openscorecard.records.standard import TABLES, Table

if TYPE_CHECKING:
    from openscorecard.records.extracts.statement import Coverage

DATED = tuple(one for one in TABLES if one.date and not one.current and one.name != "ssd_person")
_MONTHS_LOOKED_AT = 36
_NEIGHBOURS = 6  # months before and after, of which the usual number of rows is the median
_FEWEST_EMPTY = 30  # usual rows from which on an empty month cannot be chance
_FEWEST_DOUBTFUL = 20  # from which on it is worth a look
_FAMILY = 3  # children who come at once: a real page's month had 45 reviews, 91 being usual

# The figures that rest on a table by its rows' own dates.
RESTING: Mapping[str, tuple[str, ...]] = {
    "ssd_contacts": ("M1", "M3"),
    "ssd_cin_episodes": ("M2", "M2-NI", "M3", "M8-QL", "M6-QL (val)", "M6-QL", "M4", "M5", "EH2"),
    "ssd_cin_assessments": ("EH3", "EH4 (val)", "EH4-QL", "M6-QL (val)", "M4"),
    "ssd_s47_enquiry": ("CP1", "CP1-NI", "CP3-QL (val)", "CP3-QL"),
    "ssd_initial_cp_conference": ("CP2", "CP2-NI", "CP4 (val)", "CP4", "CP2b", "CP3-QL"),
    "ssd_cp_plans": ("CP6B", "CP6B-NI", "CP5-QL (val)", "CP5-QL", "CP7"),
    "ssd_cp_visits": ("CP8-QL",),
    "ssd_cp_reviews": ("CP9",),
    "ssd_cla_episodes": ("LAC1", "LAC1-NI", "LAC2", "LAC3"),
    "ssd_legal_status": ("LAC1", "LAC2", "LAC3"),
    "ssd_cla_placement": ("LAC7-QL", "LAC9 (val)", "LAC9"),
    "ssd_cla_visits": ("LAC7-QL",),
    "ssd_cla_care_plan": ("LAC10-QL", "LAC10 (%)"),
    "ssd_immigration_status": ("LAC13", "LAC14"),
    "ssd_missing": ("EH5-QL",),
    "ssd_early_help_episodes": ("M5", "EH1b"),
    "front_door_decisions": ("M8-QL",),
    "early_help_assessments": ("EH1a", "EH1c", "EH14b"),
    "early_help_plans": ("EH1b",),
    "plan_authorisations": ("LAC10-QL", "LAC11-QL"),
    "foster_carers": ("LAC16",),
}
ALL_RESTING = tuple(dict.fromkeys(ref for refs in RESTING.values() for ref in refs))


def _rows_by_month(table: Table) -> str:
    month = f"EXTRACT(YEAR FROM t.{table.date}) * 12 + EXTRACT(MONTH FROM t.{table.date}) - 1"
    return (
        f"SELECT NULL AS child, '{table.name}' AS record, {month} AS month_index, "
        f"COUNT(*) AS row_count\nFROM {table.name} AS t\n"
        f"WHERE t.council = $council AND t.{table.date} IS NOT NULL\nGROUP BY {month}"
    )


_BY_MONTH = "\nUNION ALL\n".join(_rows_by_month(table) for table in DATED if table.name in RESTING)


def _few(rows: Sequence[Row], asked: Asked) -> list[tuple[str, Month, int, float]]:
    """Each table and month inside coverage with few rows: how many, and how many are usual."""
    counts: dict[str, dict[Month, int]] = defaultdict(dict)
    for _, name, index, number in rows:
        year, before = divmod(int(index), 12)
        if 1900 <= year <= 2100:
            counts[name][Month(year, before + 1)] = int(number)
    found = []
    for name, of_table in sorted(counts.items()):
        months = _whole_months(asked, asked.coverage.get(name), min(of_table))
        for at, month in enumerate(months):
            around = months[max(0, at - _NEIGHBOURS) : at] + months[at + 1 : at + 1 + _NEIGHBOURS]
            if len(around) < _NEIGHBOURS:
                continue
            usual = median(of_table.get(one, 0) for one in around)
            number = of_table.get(month, 0)
            if number < usual / 2 and (not number or usual - number > 3 * sqrt(_FAMILY * usual)):
                found.append((name, month, number, usual))
    return found


def _whole_months(asked: Asked, coverage: Coverage | None, oldest: Month) -> tuple[Month, ...]:
    """The months to look at: whole ones inside coverage, up to the load's own. Without a stated
    coverage the month of the oldest row is the first that may be whole after it."""
    months = months_to(asked.load_month, _MONTHS_LOOKED_AT)
    if coverage is None:
        return tuple(month for month in months if month > oldest)
    return tuple(
        month
        for month in months
        if coverage.first <= dt.date(month.year, month.number, 1)
        and month.last_day <= coverage.last
    )


def _empty(rows: Sequence[Row], asked: Asked) -> Sequence[Row]:
    return [
        (None, name, month.iso, number, round(usual))
        for name, month, number, usual in _few(rows, asked)
        if number == 0 and usual >= _FEWEST_EMPTY
    ]


def _thin(rows: Sequence[Row], asked: Asked) -> Sequence[Row]:
    return [
        (None, name, month.iso, number, round(usual))
        for name, month, number, usual in _few(rows, asked)
        if usual >= _FEWEST_DOUBTFUL and not (number == 0 and usual >= _FEWEST_EMPTY)
    ]


GAPS: tuple[DataCheck, ...] = (
    DataCheck(
        "month-without-rows",
        Severity.ERROR,
        ALL_RESTING,
        "Months inside the coverage of a table that hold no row of it, though such months usually "
        "hold many",
        "Every figure that rests on that table in that month prints as 0, or as a fall, that "
        "never happened.",
        "Read the table out again, whole; or state in load.toml from when to when it is complete.",
        _BY_MONTH,
        "table",
        ("month", "rows", "usual rows"),
        judge=_empty,
        refs_of=RESTING,
        samples=12,
    ),
    DataCheck(
        "month-with-few-rows",
        Severity.WARNING,
        ALL_RESTING,
        "Months inside the coverage of a table with fewer than half of the usual rows, by more "
        "than chance explains",
        "If rows are missing, every figure that rests on that table in that month is too low.",
        "Compare the number with what the case system says, and read the table out again if it "
        "differs.",
        _BY_MONTH,
        "table",
        ("month", "rows", "usual rows"),
        judge=_thin,
        refs_of=RESTING,
        samples=12,
    ),
)
