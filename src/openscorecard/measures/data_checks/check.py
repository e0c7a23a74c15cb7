"""What a check of the records is, and the pieces of SQL that many of them share.

A check's query is written in the portable subset (measures.portable) over the tables of a load and
the calendar, with a few words that a load fills in:

    $council                the council's number
    $month_end              the alias e of the calendar is the last day of the load's month;
    $month_end_as_c         the alias c is
    $since                  the alias w is the first day of the months that a page shows, or later,
                            where a table that the check needs is complete only from then on
    $extracted              the alias x is the day on which the records were read out
    $step_up_end_reasons, $uasc_statuses, $care_leaver_categories    a setting, as quoted texts

Every query gives the child (or NULL), the id of the record, and then what `shown` names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from openscorecard.catalogue.measure_settings import MeasureSettings
from openscorecard.findings import Severity
from openscorecard.periods import Month

if TYPE_CHECKING:
    from openscorecard.records.extracts.statement import Coverage

Row = tuple[Any, ...]  # child, record, and what the check shows beside
MOST_SAMPLES = 5
MONTHS_OF_A_PAGE = 13  # the report month, and the twelve before for the change on the year


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: the load, and what its council has chosen. `extracted` and `coverage` are
    as the load states them."""

    load_month: Month
    council: int
    settings: MeasureSettings
    extracted: dt.date
    coverage: Mapping[str, Coverage] = field(default_factory=dict)


Judge = Callable[[Sequence[Row], Asked], Sequence[Row]]


@dataclass(frozen=True, slots=True)
class DataCheck:
    """One thing that can be wrong in the records of a load.

    `found` says what was found, however many there are; `effect` what it does to the figures of
    `refs`, and `mend` what to do. `record` names what the record's id is the id of, and `shown` the
    columns after it. Where `refs_of` is given it names the figures that rest on what a row names (a
    table, a column), and a finding speaks of those alone. Without a row in each of the tables
    `needs` nothing is asked. `judge` picks from the query's rows those that are found, where SQL
    alone cannot say.
    """

    rule: str
    severity: Severity
    refs: tuple[str, ...]
    found: str
    effect: str
    mend: str
    sql: str
    record: str
    shown: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    judge: Judge | None = None
    refs_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    samples: int = MOST_SAMPLES

    def touched(self, rows: Iterable[Row]) -> tuple[str, ...]:
        """The refs of the figures that these rows touch."""
        if not self.refs_of:
            return self.refs
        named = {cell for row in rows for cell in row[1:4] if isinstance(cell, str)}
        touched = {ref for name in named for ref in self.refs_of.get(name, ())}
        return tuple(ref for ref in self.refs if ref in touched)


# Refs that stand or fall together.
REFERRALS = ("M2", "M2-NI", "M3", "M6-QL (val)", "M6-QL", "M8-QL")
IN_NEED = ("EH2", "CIN5")
OPEN_CASES = ("EH2", "CIN5", "EH5-QL")
ON_A_PLAN = ("CP6B", "CP6B-NI", "CP8-QL", "CIN5")
CONFERENCES = ("CP2", "CP2-NI", "CP4 (val)", "CP4", "CP3-QL (val)", "CP3-QL")
CONFERENCE_RESULTS = ("CP4 (val)", "CP4")
CONFERENCES_IN_TIME = ("CP3-QL (val)", "CP3-QL")
LOOKED_AFTER = (
    "LAC1", "LAC1-NI", "LAC7-QL", "LAC9 (val)", "LAC9", "LAC10-QL", "LAC10 (%)", "LAC13",
    "EH2", "CIN5",
)  # fmt: skip
CEASED = ("LAC3", "LAC6 (val)", "LAC6 (%)", "LAC12 (val)", "LAC12 (%)")
LEAVERS = ("LAC11-QL", "LAC11-QL (%)", "NI147", "EH2", "CIN5")

# The calendar days that queries join to.
AT_MONTH_END = "JOIN calendar AS e ON $month_end"
SINCE = "JOIN calendar AS w ON $since"
WHEN_EXTRACTED = "JOIN calendar AS x ON $extracted"


def is_open(start: str, end: str, day: str = "e.day") -> str:
    """Open at the end of that day, as stocks count: begun by then, and not ended by then."""
    return f"{start} <= {day} AND ({end} IS NULL OR {end} > {day})"


def born(person: str) -> str:
    return f"COALESCE({person}.pers_dob, {person}.pers_expected_dob)"


def aged(person: str, years: int, day: str = "e.day") -> str:
    """Known to be that old on that day; who is born on 29 February turns older on 1 March."""
    return f"COALESCE({_digits(day)} - ({_digits(born(person))}), 0) >= {years * 10000}"


def _digits(day: str) -> str:
    """20210630: two of them subtract to years, months and days on every engine."""
    year, month = f"EXTRACT(YEAR FROM {day})", f"EXTRACT(MONTH FROM {day})"
    return f"{year} * 10000 + {month} * 100 + EXTRACT(DAY FROM {day})"


def person(child: str, alias: str = "p", *, join: str = "LEFT JOIN") -> str:
    """The join to the child's own row; `child` is "r.cine_person_id"."""
    row = child.partition(".")[0]
    return (
        f"{join} ssd_person AS {alias}\n"
        f"  ON {alias}.council = {row}.council AND {alias}.pers_person_id = {child}"
    )


# Children at the month's end, one row each: council, child.
CHILDREN_LOOKED_AFTER = f"""(
  SELECT DISTINCT a.council, a.clae_person_id AS child
  FROM ssd_cla_episodes AS a
  {AT_MONTH_END}
  {person("a.clae_person_id")}
  WHERE a.council = $council
    AND {is_open("a.clae_cla_episode_start_date", "a.clae_cla_episode_ceased_date")}
    AND NOT ({aged("p", 18)})
)"""
CHILDREN_WITH_AN_OPEN_REFERRAL = f"""(
  SELECT DISTINCT a.council, a.cine_person_id AS child
  FROM ssd_cin_episodes AS a
  {AT_MONTH_END}
  WHERE a.council = $council AND {is_open("a.cine_referral_date", "a.cine_close_date")}
)"""
# Children with something open at the month's end, a row for each thing: what it is, and since when.
EVERYTHING_OPEN = f"""(
  SELECT a.council, a.cine_person_id AS child, 'referral' AS what,
    a.cine_referral_id AS record, a.cine_referral_date AS since
  FROM ssd_cin_episodes AS a
  {AT_MONTH_END}
  WHERE a.council = $council AND {is_open("a.cine_referral_date", "a.cine_close_date")}
  UNION ALL
  SELECT a.council, a.cppl_person_id AS child, 'protection plan' AS what,
    a.cppl_cp_plan_id AS record, a.cppl_cp_plan_start_date AS since
  FROM ssd_cp_plans AS a
  {AT_MONTH_END}
  WHERE a.council = $council
    AND {is_open("a.cppl_cp_plan_start_date", "a.cppl_cp_plan_end_date")}
  UNION ALL
  SELECT a.council, a.clae_person_id AS child, 'episode of care' AS what,
    a.clae_cla_episode_id AS record, a.clae_cla_episode_start_date AS since
  FROM ssd_cla_episodes AS a
  {AT_MONTH_END}
  WHERE a.council = $council
    AND {is_open("a.clae_cla_episode_start_date", "a.clae_cla_episode_ceased_date")}
)"""
