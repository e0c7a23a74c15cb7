"""The demonstration's published figures, as files in the shapes in which they are published.

They stand in published_figures.csv beside this module, in a layout of our own; the files that are
made of it go through the same reader as those that a council fetches.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from openscorecard.comparators.measures import ENGLAND_CODE, REGIONS
from openscorecard.comparators.places import wider_area

_FIGURES = Path(__file__).parent / "published_figures.csv"
_AREA = ("year", "code", "dfe", "name", "region_code", "region")
_OPEN_DATA = (
    "time_period", "time_identifier", "geographic_level", "country_code", "country_name",
    "region_code", "region_name", "old_la_code", "new_la_code", "la_name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _File:
    """An open-data file: of which series, and what stands in columns that tell it from others.
    `told_by` are columns that it is known by and that the demonstration has no figures of."""

    name: str
    prefix: str
    over: str = ""  # the column that a series' brackets are the value of
    always: tuple[tuple[str, str], ...] = ()
    told_by: tuple[str, ...] = ()


_FILES = (
    _File("c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv", "c1"),
    _File("b1_children_in_need_2013_to_2025.csv", "b1", told_by=("Anypoint_episodes",)),
    _File("d3_cpps_subsequent_plan_2013_to_2025.csv", "d3"),
    _File("cla_number_and_rate_per_10k_children.csv", "cla", over="population_type"),
    _File(
        "ons_mid-year_population_estimates_2012_to_2024.csv",
        "population",
        always=(("age_group", "Children aged 0 to 17 years"),),
    ),
)
_LAIT, _LAIT_HEAD = "lait_long.csv", (
    "Short Desc", "Years", "LA and Regions", "Values", "LA Number", "Region",
)  # fmt: skip


def published_files() -> dict[str, bytes]:
    """The files by name: what a council would fetch from the Department, cut down to what the
    measures use. The same bytes every time."""
    lines = _lines()
    files = {one.name: _as_csv(_open_data(one, lines)) for one in _FILES}
    files[_LAIT] = _as_csv(_lait(lines))
    return files


def edition_of(name: str) -> str:
    """Which edition a file is of: the publications of 2025, and the ONS estimates to mid-2024."""
    return "2024" if name.startswith("ons_") else "2025"


def _lines() -> list[dict[str, str]]:
    with _FIGURES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def _open_data(file: _File, lines: Sequence[dict[str, str]]) -> Iterator[Sequence[str]]:
    series = [name for name in lines[0] if name.startswith(f"{file.prefix}:")]
    groups: dict[str, dict[str, str]] = {}  # what stands in brackets: measure: series
    for name in series:
        measure, _, over = name.partition(":")[2].removesuffix("]").partition("[")
        groups.setdefault(over, {})[measure] = name
    measures = list(dict.fromkeys(measure for group in groups.values() for measure in group))
    fixed = [*([file.over] if file.over else []), *(key for key, _ in file.always)]
    yield [*_OPEN_DATA, *fixed, *file.told_by, *measures]
    for over, group in groups.items():
        beside = [*([over] if file.over else []), *(value for _, value in file.always)]
        for line in lines:
            values = [line[group[measure]] for measure in measures]
            if any(values):
                not_carried = ["x"] * len(file.told_by)
                yield [*_place(line), *beside, *not_carried, *values]


def _place(line: dict[str, str]) -> list[str]:
    """The first columns of an open-data table, in its own words for the levels."""
    start = [line["year"], "Reporting year"]
    country = [ENGLAND_CODE, "England"]
    if line["code"] == ENGLAND_CODE:
        return [*start, "National", *country, "", "", "", "", ""]
    if line["code"] in REGIONS:
        return [*start, "Regional", *country, line["code"], REGIONS[line["code"]], "", "", ""]
    region = [line["region_code"], line["region"]]
    return [*start, "Local authority", *country, *region, line["dfe"], line["code"], line["name"]]


def _lait(lines: Sequence[dict[str, str]]) -> Iterator[Sequence[str]]:
    yield _LAIT_HEAD
    for name in (one for one in lines[0] if one.startswith("lait:")):
        for line in lines:
            if line[name]:
                wider = wider_area(line["code"])
                area, number = (line["name"], line["dfe"]) if wider is None else (
                    wider.name, wider.dfe)  # fmt: skip
                region = line["region"] if wider is None else "NA"
                yield [name.removeprefix("lait:"), line["year"], area, line[name], number, region]


def _as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8")
