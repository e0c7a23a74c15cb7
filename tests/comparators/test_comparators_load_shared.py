"""Against the published files themselves: how many rows there are, values read off by eye, and
every cell of every table held against a plain reading of the CSV."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from published_files import DATA, needs_data

from openscorecard.comparators.published import Published
from openscorecard.comparators.store import Loaded, load_files
from openscorecard.comparators.symbols import Status

pytestmark = needs_data
BENCHMARKS, NEIGHBOURS, POPULATION = DATA / "benchmarks", DATA / "neighbours", DATA / "population"
STOCK = "[Children looked after on 31 March each year]"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Loaded]]:
    folder = tmp_path_factory.mktemp("published") / "comparators"
    paths = [path for place in (BENCHMARKS, NEIGHBOURS, POPULATION) for path in place.iterdir()]
    return folder, {one.entry.file: one for one in load_files(folder, sorted(paths))}


@pytest.fixture(scope="module")
def published(kept: tuple[Path, dict[str, Loaded]]) -> Published:
    return Published(kept[0])


def test_every_file_is_told_and_every_row_read(kept: tuple[Path, dict[str, Loaded]]) -> None:
    # Rows without the heading (wc -l less one) by measures: 2,132 x 8, 2,132 x 10, 2 x 8,
    # 2,505 x 3, 2,132 x 3, 2,132. LAIT has 641,070 rows, of which 170 are of the year "0".
    found = {one.entry.id: (one.entry.rows, len(one.entry.series)) for one in kept[1].values()}
    assert found == {
        "b1-001": (17_056, 8),
        "c1-001": (21_320, 10),
        "c4-001": (16, 8),
        "cla-001": (7_515, 9),
        "d3-001": (6_396, 3),
        "population-001": (2_132, 1),
        "lait-001": (640_900, 434),
        "dictionary-001": (448, 0),
        "areas-001": (158, 0),
        "neighbours-001": (156, 0),
        "neighbours-002": (158, 0),
    }
    lait = next(one.entry for one in kept[1].values() if one.entry.id == "lait-001")
    assert lait.skipped == {"of the period '0'": 170}
    # Of the 93,883 cells "-" those 170 rows are gone.
    assert lait.symbols == {"not-available": 93_713}


@pytest.mark.parametrize(
    ("series", "year", "code", "value"),
    [
        ("c1:referral_count", 2020, "E92000001", "642980"),  # line 823
        ("c1:rereferral_percent", 2020, "E92000001", "22.6"),
        ("c1:rereferral_percent", 2020, "E12000008", "26"),  # line 831
        ("c1:referral_count", 2020, "E10000016", "22349"),  # Kent, line 925
        ("c4:Section47", 2020, "E12000008", "35260"),  # line 3
        (f"cla:children_count{STOCK}", 2023, "E10000016", "1938"),  # line 1350
        (f"cla:rate_per_10000{STOCK}", 2023, "E10000016", "56"),
        ("population:population_estimate", 2019, "E92000001", "11790492"),  # line 823
        ("population:population_estimate", 2019, "E10000016", "333343"),  # line 925
        ("lait:PrevRegCPR", 2020, "E92000001", "21.9"),  # row 29,229
        ("lait:PrevRegCPR", 2020, "E10000016", "22.6"),  # row 29,137
        ("lait:PrevRegCPR", 2020, "E12000008", "23.4"),  # row 29,239
        # Row 346,867, written 2017/18-19/20.
        ("lait:Hosp_Adm_Alc_<18yrs", 2020, "E10000016", "28.18"),
        # Row 47,261, written 4.7980000000000002E-2 and of 2015/16.
        ("lait:TotPermEx", 2016, "301", "0.04798"),
    ],
)
def test_values_are_those_that_the_files_show(
    published: Published, series: str, year: int, code: str, value: str
) -> None:
    cell = published.cell(series, year, code)
    assert cell is not None
    assert cell.value == Fraction(value)


def test_symbols_are_those_that_the_files_show(published: Published) -> None:
    halton = published.cell("d3:CPP_subsequent", 2013, "E06000006")  # line 2001: 112,c,c
    assert halton is not None
    assert (halton.value, halton.status) == (None, Status.SUPPRESSED)
    hackney = published.cell("c1:referral_count", 2021, "E09000012")  # line 792: x
    assert hackney is not None
    assert hackney.status is Status.NOT_AVAILABLE


@pytest.mark.parametrize(
    ("file", "prefix", "bracket"),
    [
        ("b1_children_in_need_2013_to_2025.csv", "b1", None),
        ("c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv", "c1", None),
        ("d3_cpps_subsequent_plan_2013_to_2025.csv", "d3", None),
        ("cla_number_and_rate_per_10k_children.csv", "cla", "population_type"),
    ],
)
def test_every_cell_is_that_of_a_plain_reading(
    published: Published, file: str, prefix: str, bracket: str | None
) -> None:
    compared = 0
    with (BENCHMARKS / file).open(encoding="utf-8-sig", newline="") as text:
        for row in csv.DictReader(text):
            code = row["new_la_code"] or row["region_code"] or row["country_code"]
            names = [name for name in row if name[0] != "_" and _is_measure(name)]
            for name in names:
                series = f"{prefix}:{name}" + (f"[{row[bracket]}]" if bracket else "")
                cell = published.cell(series, int(row["time_period"]), code)
                assert cell is not None
                assert cell.code == code
                if row[name] in ("c", "x", "z", "u"):
                    assert cell.value is None
                else:
                    assert cell.value == Fraction(row[name])
                compared += 1
    assert compared == {"b1": 17_056, "c1": 21_320, "d3": 6_396, "cla": 7_515}[prefix]


def _is_measure(name: str) -> bool:
    ends = ("_count", "_percent", "_episodes", "_child", "_assessment", "_start", "_subsequent",
            "_estimate", "_10000")  # fmt: skip
    return name.endswith(ends)


def test_the_councils_of_each_year_are_those_of_england(published: Published) -> None:
    # 152 until Bournemouth, Poole and Dorset became two in April 2019; 152 again when
    # Northamptonshire became two in 2021; 153 when Cumbria did in 2023.
    counts = {year: len(published.councils(year)) for year in range(2013, 2026)}
    assert counts == {
        **dict.fromkeys(range(2013, 2020), 152),
        **dict.fromkeys((2020, 2021), 151),
        **dict.fromkeys((2022, 2023), 152),
        **dict.fromkeys((2024, 2025), 153),
    }


def test_every_council_of_lait_gets_its_code(published: Published) -> None:
    cells = published.cells("lait:PrevRegCPR", 2020)
    assert len(cells) == 170
    assert all(cell.code.startswith("E") and len(cell.code) == 9 for cell in cells)


def test_neighbours_by_edition(published: Published) -> None:
    # Kent in row 66 of May 2025, 881 845 878 303 ..., and in row 129 of April 2021, 881 845 866 ...
    assert published.neighbour_editions() == ("May 2025", "April 2021")
    codes = {"881": "E10000012", "845": "E10000011", "878": "E10000008", "303": "E09000004",
             "866": "E06000030"}  # fmt: skip
    newest = published.neighbours("E10000016")
    assert newest[:4] == tuple(codes[one] for one in ("881", "845", "878", "303"))
    older = published.neighbours("E10000016", "April 2021")
    assert older[:3] == tuple(codes[one] for one in ("881", "845", "866"))
    for area in published.councils(2025):
        nearest = published.neighbours(area.code)
        assert len(set(nearest)) in (0, 10), area
        assert area.code not in nearest


def test_the_dictionary_covers_lait(published: Published) -> None:
    lait = [series for series in published.series() if series.startswith("lait:")]
    assert all(published.note(series) is not None for series in lait)
    note = published.note("lait:PrevRegCPR")
    assert note is not None
    assert note.polarity == "low"
