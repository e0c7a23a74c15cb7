"""The publications that we know by their columns, and what the series of each are called.

A table that is none of these loads too: its prefix is then its file's name without the years.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openscorecard.catalogue.published_measures import PUBLISHED

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


def missing_columns(prefix: str, columns: Collection[str], known: bool) -> tuple[str, ...]:
    """Remarks on a table that lacks columns which indicators stand beside: of one that we know by
    the others, and of one that is known by nothing but has some of the columns that tell it.

    A table that is told by none stays one of its own: taken for what it resembles, its figures
    would go before the sound ones.
    """
    have = {column.casefold() for column in columns}
    if prefix == LAIT:
        return ()
    for one in KNOWN if not known else [one for one in KNOWN if one.prefix == prefix]:
        used = _used_columns(one.prefix)
        lacking = [name for name in used if name.casefold() not in have]
        if known and lacking:
            return (f"It has no column {_listed(lacking)}, on which indicators rest: they take it "
                    "from another loaded file, or stand beside nothing.",)  # fmt: skip
        told = [name for name in one.columns if name.casefold() in have]
        if not known and told and len(told) < len(one.columns) and one.prefix in _TELLING:
            lacking = [name for name in one.columns if name not in told]
            return (f"It looks like {one.title}, but without {_listed(lacking)}: it is kept as a "
                    "table of its own, and no indicator stands beside it.",)  # fmt: skip
    return ()


# Of these each column that tells them is in no other table of the Department.
_TELLING = ("b1", "c1", "c4", "d3")


def _used_columns(prefix: str) -> tuple[str, ...]:
    """The columns of a publication that the published measures rest on."""
    sums = (one for measure in PUBLISHED for one in (*measure.number, *measure.whole))
    alone = (one for measure in PUBLISHED for one in (*measure.rate, *measure.percentage))
    names = [*(name for one in sums for name in one), *alone]
    mine = (name.partition(":")[2] for name in names if name.startswith(f"{prefix}:"))
    return tuple(dict.fromkeys(name.partition("[")[0] for name in mine))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def prefix_of(file: str) -> str:
    """What the series of an unknown table are called, from its file's name.

    >>> prefix_of("c3_Factors at assessment_2018_to_2025.csv")
    'c3_factors_at_assessment'
    """
    stem = _YEARS.sub("", Path(file).stem)
    return re.sub(r"[^a-z0-9]+", "_", stem.casefold()).strip("_") or "table"


def series_name(prefix: str, measure: str, within: Collection[str] = ()) -> str:
    return f"{prefix}:{measure}" + (f"[{'; '.join(within)}]" if within else "")
