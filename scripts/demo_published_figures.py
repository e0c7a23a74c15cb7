"""Writes the demonstration's published figures out of the Department's own files.

    python scripts/demo_published_figures.py BENCHMARKS POPULATION.csv > published_figures.csv

Only what the catalogue's measures use: England and its nine regions in every year from 2013 on, all
councils in the year ended March 2020. Run it when a measure joins the list or a year comes out.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from openscorecard.catalogue.published_measures import PUBLISHED
from openscorecard.comparators.measures import ENGLAND_CODE, REGIONS
from openscorecard.comparators.places import wider_area

OPEN_DATA = {
    "c1": "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv",
    "b1": "b1_children_in_need_2013_to_2025.csv",
    "d3": "d3_cpps_subsequent_plan_2013_to_2025.csv",
    "cla": "cla_number_and_rate_per_10k_children.csv",
}
LAIT = "lait_long.parquet"
COUNCILS_OF = 2020
AREA = ("year", "code", "dfe", "name", "region_code", "region")
Found = dict[tuple[int, str], dict[str, str]]


def main(benchmarks: Path, population: Path) -> None:
    wanted = [name for measure in PUBLISHED for name in measure.series]
    wanted = [*dict.fromkeys(wanted), "population:population_estimate"]
    found: Found = {}
    places: dict[tuple[int, str], tuple[str, str, str, str]] = {}
    sources = [*((prefix, benchmarks / name) for prefix, name in OPEN_DATA.items()),
               ("population", population)]  # fmt: skip
    for prefix, path in sources:
        for place, area, series, text in _open_data(prefix, path):
            if series in wanted:
                found.setdefault(place, {})[series] = text
                if not (prefix == "cla" and place in places):
                    places.setdefault(place, area)
    numbers = {(year, area[0]): code for (year, code), area in places.items() if area[0]}
    for year, number, series, text in _lait(benchmarks / LAIT):
        wider = wider_area(number)
        code = numbers.get((year, number), "") if wider is None else wider.code
        if series in wanted and (year, code) in places:
            found[year, code][series] = text
    _write(found, places, [name for name in wanted if any(name in one for one in found.values())])


def _open_data(
    prefix: str, path: Path
) -> Iterator[tuple[tuple[int, str], tuple[str, str, str, str], str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            year = int(row["time_period"])
            code = row["new_la_code"] or row["region_code"] or row["country_code"]
            area = (row["old_la_code"], row["la_name"], row["region_code"], row["region_name"])
            of = f"[{row['population_type']}]" if "population_type" in row else ""
            if _kept(year, code, prefix):
                for name, text in row.items():
                    yield (year, code), area, f"{prefix}:{name}{of}", text


def _lait(path: Path) -> Iterator[tuple[int, str, str, str]]:
    import duckdb

    rows = duckdb.execute(
        'SELECT "Years", CAST("LA Number" AS INTEGER), "Short Desc", "Values" FROM read_parquet(?)',
        [str(path)],
    ).fetchall()
    for years, number, measure, text in rows:
        if re.fullmatch(r"\d{4}", years) and number is not None:
            yield int(years), str(number), f"lait:{measure}", _short(text)


def _short(text: str) -> str:
    """43.700000000000003 is 43.7 kept in binary."""
    return f"{float(text):.10g}" if re.fullmatch(r"-?\d+\.\d{8,}", text) else text


def _kept(year: int, code: str, prefix: str) -> bool:
    if code == ENGLAND_CODE or code in REGIONS:
        return year >= 2013 - (prefix == "population")
    councils = COUNCILS_OF - (prefix == "population")
    return year == councils and not code.startswith("E13")


def _write(
    found: Found, places: dict[tuple[int, str], tuple[str, str, str, str]], series: list[str]
) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([*AREA, *series])
    for year, code in sorted(found):
        values = [found[year, code].get(name, "") for name in series]
        writer.writerow([year, code, *places[year, code], *values])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
