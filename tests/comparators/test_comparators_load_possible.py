"""Figures that cannot be are refused with their place; unlikely ones are remarked on."""

from __future__ import annotations

from pathlib import Path

import pytest
from published_files import council, england, lait, south_east, table

from openscorecard.comparators.possible import unit_of
from openscorecard.comparators.published import Published
from openscorecard.comparators.store import load_files
from openscorecard.errors import InputError

C1 = "referral_count,rereferral_percent,rereferral_count"
REGIONS = (
    ("E12000001", "North East"), ("E12000002", "North West"),
    ("E12000003", "Yorkshire and The Humber"), ("E12000004", "East Midlands"),
    ("E12000005", "West Midlands"), ("E12000006", "East of England"), ("E12000007", "London"),
    ("E12000008", "South East"), ("E12000009", "South West"),
)  # fmt: skip


def c1(path: Path, *lines: str) -> Path:
    plain = [line.replace(",All,", ",Referrals and Re-referrals,") for line in lines]
    return table(path, C1, *plain)


def regions(*cells: object) -> list[str]:
    """The same cells for each of the nine."""
    line = south_east(2020, *cells)
    return [line.replace("E12000008,South East", f"{code},{name}") for code, name in REGIONS]


def refused(path: Path, tmp_path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        load_files(tmp_path / "kept", [path])
    assert Published(tmp_path / "kept").files() == ()
    return caught.value


def remarks(path: Path, tmp_path: Path) -> tuple[str, ...]:
    (one,) = load_files(tmp_path / "kept", [path])
    assert one.read is not None
    return tuple(line for line in one.read.remarks if "nlikely" in line)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ((500, "122.6", 100), "122.6 (line 3, Kent, 2020, rereferral_percent): a percentage lies"),
        ((500, "-0.1", 100), "-0.1 (line 3, Kent, 2020, rereferral_percent): a percentage lies"),
        (("-5", 20, 100), "-5 (line 3, Kent, 2020, referral_count): a number is never below 0"),
    ],
)
def test_what_cannot_be_is_refused(cells: tuple[object, ...], told: str, tmp_path: Path) -> None:
    path = c1(tmp_path / "c1.csv", england(2020, 640_000, 22, 140_800),
              council(2020, "886", "E10000016", "Kent", *cells))  # fmt: skip
    error = refused(path, tmp_path)
    assert told in error.found
    assert error.where == str(path)


def test_0_and_100_can_be(tmp_path: Path) -> None:
    load_files(tmp_path / "kept", [c1(tmp_path / "c1.csv", england(2020, 0, 0, 0),
                                      england(2021, 5, 100, 5))])  # fmt: skip


def test_a_rate_below_0_and_more_than_five_are_counted(tmp_path: Path) -> None:
    lines = [f'"LAC","",{year},"England",-1,970,"NA"' for year in range(2016, 2023)]
    error = refused(lait(tmp_path / "l.csv", *lines), tmp_path)
    assert "-1 (line 2, England, 2016, LAC): a rate is never below 0" in error.found
    assert error.found.endswith("; and 2 more")


def test_scores_below_0_and_take_up_above_100_of_lait_are_left_alone(tmp_path: Path) -> None:
    path = lait(
        tmp_path / "l.csv",
        '"AVG_Prog8_Score","",2020,"Reading",-0.96,870,"South East"',
        '"%_2yr_olds","",2020,"Reading",233.3,870,"South East"',
    )
    assert remarks(path, tmp_path) == ()


def test_what_is_judged_in_a_table_that_we_do_not_know(tmp_path: Path) -> None:
    below = table(tmp_path / "a.csv", "absence_percent", england(2020, -1))
    assert "a percentage lies between 0 and 100" in refused(below, tmp_path).found
    change = table(tmp_path / "b.csv", "absence_percent_change,score", england(2020, -1, -2))
    assert remarks(change, tmp_path) == ()
    above = table(tmp_path / "c.csv", "take_up_percent", england(2020, 120))
    assert remarks(above, tmp_path) == (
        "Unlikely, see whether it is so: take_up_percent, 2020: England has 120%, more than the "
        "whole.",
    )


def test_an_england_below_one_of_its_regions(tmp_path: Path) -> None:
    path = c1(tmp_path / "c1.csv", england(2020, 64_000, 22, 100), south_east(2020, 110_000, 22, 9))
    assert remarks(path, tmp_path) == (
        "Unlikely, see whether it is so: referral_count, 2020: England has 64,000, less than South "
        "East alone (110,000).",
    )


def test_an_england_far_from_the_sum_of_its_regions(tmp_path: Path) -> None:
    """Nine times 10,000 are 90,000; 91,000 is within 2% of it, 99,000 is not. So for 22%."""
    near = c1(tmp_path / "near.csv", england(2020, 91_000, 22, 1_900), *regions(10_000, 22, 200))
    assert remarks(near, tmp_path / "one") == ()
    far = c1(tmp_path / "far.csv", england(2020, 99_000, 29, 1_800), *regions(10_000, 22, 200))
    assert remarks(far, tmp_path / "other") == (
        "Unlikely, see whether it is so: referral_count, 2020: England has 99,000, its nine "
        "regions together 90,000.",
        "Unlikely, see whether it is so: rereferral_percent, 2020: England has 29, its regions 22 "
        "to 22.",
    )


def test_a_number_that_is_not_whole(tmp_path: Path) -> None:
    kent = council(2020, "886", "E10000016", "Kent", "500.5", 22, 100)
    path = c1(tmp_path / "c1.csv", england(2020, 640_000, 22, 140_800), kent)
    assert remarks(path, tmp_path) == (
        "Unlikely, see whether it is so: referral_count, 2020: Kent has 500.5, which is no whole "
        "number.",
    )


def test_a_withheld_region_makes_no_remark(tmp_path: Path) -> None:
    lines = regions(10_000, 22, 200)
    lines[0] = lines[0].replace("10000,22,200", "c,c,c")
    path = c1(tmp_path / "c1.csv", england(2020, 99_000, 29, 1_800), *lines)
    assert remarks(path, tmp_path) == ()


def test_units_by_the_series() -> None:
    units = {
        "lait:LAC": "rate", "lait:CPP_Num": "number", "lait:PrevRegCPR": "percentage",
        "lait:KS2_Progress": None, "c4:Section47_child": "number",
        "c1:no_further_action_percent": "percentage",
    }  # fmt: skip
    for series, unit in units.items():
        assert unit_of(series, known=True) == unit, series


def test_a_known_table_without_a_column_that_measures_use(tmp_path: Path) -> None:
    path = table(tmp_path / "c1.csv", "referral_count,rereferral_count", england(2020, 5, 1))
    (one,) = load_files(tmp_path / "kept", [path])
    assert one.read is not None
    assert one.read.remarks == (
        "It has no column rereferral_percent, on which indicators rest: they take it from another "
        "loaded file, or stand beside nothing.",
    )


def test_a_table_that_looks_like_a_known_one(tmp_path: Path) -> None:
    path = table(tmp_path / "c1.csv", "rereferral_count,rereferral_percent", england(2020, 5, 1))
    (one,) = load_files(tmp_path / "kept", [path])
    assert one.read is not None
    assert one.read.remarks == (
        "It looks like Characteristics of children in need: C1, referrals and re-referrals, but "
        "without referral_count: it is kept as a table of its own, and no indicator stands beside "
        "it.",
    )
