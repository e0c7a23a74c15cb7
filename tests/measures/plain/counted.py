"""What goes into a plain count and what comes out of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

Row = dict[str, object]
Rows = dict[str, list[Row]]  # table -> its rows, each with all columns of the table


@dataclass(frozen=True, slots=True)
class Counted:
    """`denominator` is None for a count. `numerator` is None where no figure can be given."""

    numerator: int | None
    denominator: int | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of the measures with their defaults, and the population aged 0 to 17."""

    re_referral_clock: str = "closure-assessment"  # or closure, referral
    step_up_end_reasons: tuple[str, ...] = ()
    step_up_days: int = 30
    missing_types: tuple[str, ...] = ("M",)
    assessment_clock: str = "assessment"  # or referral
    cp_visit_days: int = 15
    new_plan_grace: bool = False
    cla_visit_days_after_first_year: int = 42  # or 91
    uasc_statuses: tuple[str, ...] = ("UASC",)
    care_leaver_categories: tuple[str, ...] = ("Relevant", "Former Relevant", "Qualifying")
    care_leaver_ages: str = "17-21"  # or 19-21
    population: int | None = None


PERCENT = (
    "M3",
    "M8-QL",
    "M6-QL",
    "EH3a%",
    "EH3b%",
    "EH3c%",
    "EH3d%",
    "EH3e%",
    "EH4-QL",
    "CP4",
    "CP2b %",
    "CP3-QL",
    "CP8-QL",
    "CP5-QL",
    "LAC6 (%)",
    "LAC12 (%)",
    "LAC7-QL",
    "LAC10 (%)",
    "LAC11-QL (%)",
    "NI147",
    "LAC9",
)
PER_10000 = ("M2-NI", "CP1-NI", "CP6B-NI", "CP2-NI", "LAC1-NI")


def figure(ref: str, counted: Counted) -> Fraction | None:
    """The figure in printed units (percentages in points); None where there is none."""
    if counted.numerator is None:
        return None
    if ref not in PERCENT and ref not in PER_10000:
        return Fraction(counted.numerator)
    if not counted.denominator:
        return None
    scale = 100 if ref in PERCENT else 10_000
    return Fraction(scale * counted.numerator, counted.denominator)


def day(row: Row, column: str) -> dt.date | None:
    """The date in that column, None where it is blank."""
    value = row[column]
    assert value is None or isinstance(value, dt.date), (column, value)
    return value


def text(row: Row, column: str) -> str | None:
    """The text or id in that column, None where it is blank."""
    value = row[column]
    assert value is None or isinstance(value, str), (column, value)
    return value


def child(row: Row, column: str) -> str:
    """The child's id, which is never blank."""
    value = row[column]
    assert isinstance(value, str), (column, value)
    return value


def is_yes(row: Row, column: str) -> bool:
    """A flag counts as set only if it is Y; blank and N are not."""
    return row[column] == "Y"
