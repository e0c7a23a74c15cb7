"""The real files give the values that a real page printed; and other years and councils the sums
that plain reading of the same files gives."""

from __future__ import annotations

import csv
import re
import statistics
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from printed_table import BENCHMARKS, MATCH, MISSING, NEAR, PRINTED, june_2021, published_in

from openscorecard.catalogue.load import load_catalogue
from openscorecard.comparators.beside import Beside
from openscorecard.comparators.derive import all_beside, beside, lookup, where
from openscorecard.comparators.published import Published
from openscorecard.periods import Month
from openscorecard.statistics.ranges import half_up

pytestmark = pytest.mark.skipif(not BENCHMARKS.is_dir(), reason=MISSING)
CATALOGUE = load_catalogue()
C1 = BENCHMARKS / "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv"
D3 = BENCHMARKS / "d3_cpps_subsequent_plan_2013_to_2025.csv"
CLA = BENCHMARKS / "cla_number_and_rate_per_10k_children.csv"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return published_in(tmp_path_factory.mktemp("published"))


@pytest.fixture(scope="module")
def june(published: Published) -> dict[str, Beside]:
    return june_2021(published)


def rows(file: Path, year: int) -> Iterator[dict[str, str]]:
    """The file's rows of a year, read plainly."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        yield from (row for row in csv.DictReader(text) if row["time_period"] == str(year))


def council_values(file: Path, year: int, column: str) -> dict[str, Fraction]:
    return {
        row["new_la_code"]: Fraction(row[column])
        for row in rows(file, year)
        if row["geographic_level"] == "Local authority" and re.fullmatch(r"[\d.]+", row[column])
    }


def area_value(file: Path, year: int, area: str, column: str) -> Fraction:
    found = [
        row[column]
        for row in rows(file, year)
        if area in (row["new_la_code"], row["region_name"] if not row["la_name"] else "")
        or (area == "England" and row["geographic_level"] == "National")
    ]
    assert len(found) == 1, (area, found)
    return Fraction(found[0])


def shown(published: Published, ref: str, year: int, la: str = "", region: str = "") -> Beside:
    indicator = CATALOGUE.get(ref)
    assert indicator is not None
    area = where(published, la, region, at=year)
    found = beside(indicator, lookup([indicator], published, area, year), area, year)
    assert found is not None
    return found


def value(found: Beside, key: str) -> Fraction:
    one = found.value(key)
    assert one is not None, key
    return one.value


@pytest.mark.parametrize(("ref", "england", "south_east", "verdict"), PRINTED)
def test_the_printed_page(
    june: dict[str, Beside], ref: str, england: int, south_east: int, verdict: str
) -> None:
    found = june[ref]
    assert found.year == 2020, "the newest year that was out in June 2021"
    eng, region = value(found, "eng"), value(found, "region")
    if verdict == MATCH:
        assert half_up(eng) == england
        assert half_up(region) == south_east
    elif verdict == NEAR:
        assert abs(eng - england) <= Fraction(3, 2)
        assert abs(region - south_east) <= Fraction(3, 2)
    else:
        assert abs(eng - england) > 2
        assert abs(region - south_east) > 2


def test_the_sums_are_those_of_the_table(june: dict[str, Beside]) -> None:
    # STATISTICS.md, section 9: what was got, to one decimal
    got = {
        "M2": ("352.5", "501.9"), "CP1": ("110.2", "154.6"), "CP6B": ("338.9", "426.8"),
        "CP2": ("42.5", "53.2"), "CP3-QL (val)": ("33.0", "40.4"), "CP5-QL (val)": ("8.0", "10.6"),
        "LAC1": ("526.3", "548.9"), "LAC2": ("17.0", "19.2"), "LAC3": ("16.3", "18.8"),
        "LAC13": ("33.4", "55.8"),
    }  # fmt: skip
    for ref, values in got.items():
        for key, text in zip(("eng", "region"), values, strict=True):
            one = june[ref].value(key)
            assert one is not None
            assert one.formula.endswith(f"= {text}"), one.formula
            assert abs(float(one.value) - float(text)) < 0.0501


def test_the_formula_shows_the_real_numbers(june: dict[str, Beside]) -> None:
    one = june["M2"].value("eng")
    assert one is not None
    assert one.formula == "642,980 referrals / 12 months / 152 councils = 352.5"
    assert one.value == Fraction(642_980, 12 * 152)


def test_another_year_of_england_and_its_region(published: Published) -> None:
    for year, england in ((2018, 152), (2021, 151), (2023, 152), (2025, 153)):
        found = shown(published, "M2", year, region="South East")
        total = area_value(C1, year, "England", "referral_count")
        assert value(found, "eng") == total / 12 / england
        total = area_value(C1, year, "South East", "referral_count")
        assert value(found, "region") == total / 12 / 19


def test_the_number_of_councils_is_that_of_the_file(published: Published) -> None:
    for year in (2014, 2019, 2021, 2022, 2024, 2025):
        councils = [row for row in rows(C1, year) if row["geographic_level"] == "Local authority"]
        england = shown(published, "M2", year).value("eng")
        assert england is not None
        assert f"/ {len(councils)} councils" in england.formula


def test_2019_20_is_divided_by_152_though_the_file_has_151(published: Published) -> None:
    """Bournemouth and Poole became one council in April 2019; pages of that time used 152."""
    councils = [row for row in rows(C1, 2020) if row["geographic_level"] == "Local authority"]
    england = shown(published, "M2", 2020).value("eng")
    assert england is not None
    assert len(councils) == 151
    assert "/ 152 councils" in england.formula


def test_a_council_by_code_number_and_name(published: Published) -> None:
    # Reading is E06000038, by the Department's number 870
    own = area_value(D3, 2025, "E06000038", "CPP_subsequent_percent")
    for la in ("E06000038", "870", "Reading"):
        found = shown(published, "CP5-QL", 2025, la)
        assert found.own is not None
        assert found.own.value == own
        assert found.own.numerator == area_value(D3, 2025, "E06000038", "CPP_subsequent")
        assert found.own.denominator == area_value(D3, 2025, "E06000038", "CPP_start")


@pytest.mark.parametrize("la", ["E06000038", "E10000016", "E08000003", "E09000007"])
@pytest.mark.parametrize("year", [2016, 2020, 2024])
def test_rank_and_quarter_among_all_councils(published: Published, la: str, year: int) -> None:
    """Re-referrals, of which fewer are better: counted off the plain file."""
    values = council_values(C1, year, "rereferral_percent")
    found = shown(published, "M6-QL", year, la)
    assert found.of == len(values)
    assert found.rank == 1 + sum(one < values[la] for one in values.values())
    low, middle, high = statistics.quantiles(values.values(), n=4, method="inclusive")
    of_la = values[la]
    quarter = "A" if of_la <= low else "B" if of_la <= middle else "C" if of_la <= high else "D"
    assert found.quartile == quarter


def test_neighbours_are_the_mean_of_the_ten(published: Published) -> None:
    percent = council_values(C1, 2024, "rereferral_percent")
    number = council_values(C1, 2024, "referral_count")
    ten = published.neighbours("E06000038")
    assert len(ten) == 10
    found = shown(published, "M6-QL", 2024, "E06000038")
    assert found.neighbours == ten
    assert value(found, "sn") == sum(percent[one] for one in ten) / 10
    assert value(shown(published, "M2", 2024, "870"), "sn") == sum(number[c] for c in ten) / 120


def test_a_page_takes_the_list_of_neighbours_that_was_there(published: Published) -> None:
    page = where(published, "E06000038", at=Month(2021, 6))
    assert page.listed == "the list of April 2021"
    assert where(published, "E06000038", at=2021).listed == "the list of May 2025"


def test_ten_years_of_each(published: Published) -> None:
    found = shown(published, "M2", 2022, "E06000038")
    trends = {one.key: dict(one.points) for one in found.trends}
    assert set(trends) == {"own", "sn", "eng", "region"}
    assert list(trends["own"]) == list(range(2013, 2023))
    for year in (2013, 2017, 2022):
        own = area_value(C1, year, "E06000038", "referral_count")
        assert trends["own"][year] == own / 12


def test_a_council_that_changed_its_code_keeps_its_years(published: Published) -> None:
    # Buckinghamshire was E10000002 until 2020 and is E06000060 since
    for code in ("E10000002", "E06000060"):
        found = shown(published, "M2", 2020, code)
        assert found.own is not None
        assert found.own.value == area_value(C1, 2020, "E10000002", "referral_count") / 12


def test_london_is_one_region(published: Published) -> None:
    found = shown(published, "M2", 2020, "E09000007")  # Camden, in Inner London
    region = found.value("region")
    assert region is not None
    assert region.name == "London"
    assert region.value == area_value(C1, 2020, "London", "referral_count") / 12 / 33


def test_looked_after_children_by_the_file_of_its_own(published: Published) -> None:
    with CLA.open(encoding="utf-8-sig", newline="") as text:
        england = next(
            row
            for row in csv.DictReader(text)
            if row["time_period"] == "2023"
            and row["geographic_level"] == "National"
            and row["population_type"] == "Children looked after on 31 March each year"
        )
    found = shown(published, "LAC1", 2023)
    assert value(found, "eng") == Fraction(england["children_count"]) / 152
    rate = shown(published, "LAC1-NI", 2023)
    assert value(rate, "eng") == Fraction(england["rate_per_10000"])


def test_a_page_knows_only_what_was_out(published: Published) -> None:
    def year_of(ref: str, month: Month) -> int:
        area = where(published, region="South East", at=month)
        found = all_beside(CATALOGUE, lookup(CATALOGUE, published, area, month), area, month)
        return found[ref].year

    assert year_of("M2", Month(2020, 9)) == 2019
    assert year_of("M2", Month(2020, 10)) == 2020  # children in need: late in October
    assert year_of("LAC1", Month(2020, 11)) == 2019
    assert year_of("LAC1", Month(2020, 12)) == 2020  # looked-after children: December that year
    assert year_of("M2", Month(2021, 6)) == year_of("LAC1", Month(2021, 6)) == 2020
