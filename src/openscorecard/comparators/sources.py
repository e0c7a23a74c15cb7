"""The publications that we know by their columns, and what the series of each are called.

A table that is none of these loads too: its prefix is then its file's name without the years.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

POPULATION = "population"
LAIT = "lait"
LAIT_TITLE = "Local authority interactive tool (LAIT)"


@dataclass(frozen=True, slots=True)
class Known:
    """A table told by `columns`, all of which it has. What it is counted over stands in brackets
    behind a measure: of `within` always, of `plain` all but the value given there."""

    prefix: str
    title: str
    columns: tuple[str, ...]
    within: tuple[str, ...] = ()
    plain: Mapping[str, str] = field(default_factory=dict)


KNOWN: tuple[Known, ...] = (
    Known(
        "b1",
        "Characteristics of children in need: B1, children in need and episodes",
        ("Anypoint_episodes", "At31_episodes"),
        plain={"category": "Children in Need"},
    ),
    Known(
        "c1",
        "Characteristics of children in need: C1, referrals and re-referrals",
        ("referral_count", "rereferral_count"),
        plain={"category": "Referrals and Re-referrals"},
    ),
    Known(
        "c4",
        "Characteristics of children in need: C4, section 47 enquiries and initial conferences",
        ("Section47", "ICPC"),
    ),
    Known(
        "d3",
        "Characteristics of children in need: D3, second or subsequent protection plans",
        ("CPP_start", "CPP_subsequent"),
        plain={"category": "Child Protection Plans which are a second or subsequent plan"},
    ),
    Known(
        "cla",
        "Children looked after in England: number and rate per 10,000 children",
        ("population_type", "children_count", "rate_per_10000"),
        within=("population_type",),
    ),
    Known(
        POPULATION,
        "ONS mid-year population estimates, children aged 0 to 17",
        ("age_group", "population_estimate"),
        plain={"age_group": "Children aged 0 to 17 years"},
    ),
)

_YEARS = re.compile(r"[_ -]*(?:19|20)\d{2}(?:[_ -]*(?:to|and|-)?[_ -]*(?:(?:19|20)?\d{2}))?$")


def known_source(columns: Collection[str]) -> Known | None:
    """The publication with these columns, None for one that is not in the list."""
    have = {column.casefold() for column in columns}
    for known in KNOWN:
        if all(column.casefold() in have for column in known.columns):
            return known
    return None


def prefix_of(file: str) -> str:
    """What the series of an unknown table are called, from its file's name.

    >>> prefix_of("c3_Factors at assessment_2018_to_2025.csv")
    'c3_factors_at_assessment'
    """
    stem = _YEARS.sub("", Path(file).stem)
    return re.sub(r"[^a-z0-9]+", "_", stem.casefold()).strip("_") or "table"


def series_name(prefix: str, measure: str, within: Collection[str] = ()) -> str:
    return f"{prefix}:{measure}" + (f"[{'; '.join(within)}]" if within else "")
