"""Early help assessments and plans."""

# ruff: noqa: ARG001 (every count takes the same three things)

from __future__ import annotations

from openscorecard.periods import Month
from plain.counted import Counted, Rows, Settings, day
from plain.days import age, in_month

ADULT = 21


def count(rows: Rows, table: str, column: str, month: Month) -> int:
    """Rows whose date in that column falls in the month."""
    return len([row for row in rows[table] if in_month(day(row, column), month)])


def eh1a(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(count(rows, "early_help_assessments", "ehas_start_date", month))


def eh1b(rows: Rows, month: Month, settings: Settings) -> Counted:
    if "early_help_plans" not in rows:  # each spell of early help is taken as one plan
        return Counted(count(rows, "ssd_early_help_episodes", "earl_episode_start_date", month))
    return Counted(count(rows, "early_help_plans", "ehpl_start_date", month))


def eh1c(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(count(rows, "early_help_assessments", "ehas_completed_date", month))


def eh14b(rows: Rows, month: Month, settings: Settings) -> Counted:
    under_21 = 0
    for row in rows["early_help_assessments"]:
        completed = day(row, "ehas_completed_date")
        if completed is None or not in_month(completed, month):
            continue
        years = age(day(row, "ehas_date_of_birth"), completed)
        if years is None or years < ADULT:  # whose age is not known stays in
            under_21 += 1
    return Counted(under_21)


COUNTS = {"EH1a": eh1a, "EH1c": eh1c, "EH1b": eh1b, "EH14b": eh14b}
