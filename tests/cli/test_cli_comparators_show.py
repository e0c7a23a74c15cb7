"""`scorecard comparators show`: any council, any year, in three forms."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click import UsageError
from command_runs import as_csv, as_json, printed

from openscorecard.errors import InputError
from openscorecard.workspace.folder import Workspace, make_workspace
from openscorecard.workspace.published import load_published

sys.path.insert(0, str(Path(__file__).parents[1] / "comparators"))
from published_files import referrals


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Kent with 22,000 referrals in 2019-20, England with 640,000."""
    folder = tmp_path_factory.mktemp("show")
    made = make_workspace(folder / "council", "A council")
    load_published(made, [referrals(folder / "c1_2021.csv")])
    return made


def test_the_json_is_as_designed(workspace: Workspace) -> None:
    found = as_json(workspace, "comparators", "show", "--la", "886", "--year", "2020")
    assert (found["la"], found["year"]) == ("E10000016", 2020)
    assert len(found["rows"]) == 64
    rows = {row["ref"]: row for row in found["rows"]}
    assert set(rows["M2"]) >= {"ref", "sn", "eng", "region", "rank", "quartile", "own"}
    england = rows["M2"]["eng"]
    assert set(england) == {"value", "formula", "source", "edition"}
    assert england["value"] == pytest.approx(640_000 / 12 / 152)
    assert england["formula"] == "640,000 referrals / 12 months / 152 councils = 350.9"
    assert rows["M2"]["own"]["value"] == pytest.approx(22_000 / 12)
    assert rows["M2"]["sn"] is None  # no list of neighbours is loaded
    assert rows["M6-QL"]["region"]["value"] == 26
    assert (rows["M6-QL"]["rank"], rows["M6-QL"]["of"]) == (2, 2)  # 25% and 27.5%
    assert rows["LAC1"]["eng"] is None  # no such file is loaded
    assert rows["M1"]["none"]


def test_without_a_council_england_alone(workspace: Workspace) -> None:
    found = as_json(workspace, "comparators", "show", "--year", "2020", "--ref", "m2")
    assert found["la"] is None
    assert [row["ref"] for row in found["rows"]] == ["M2"]
    assert found["rows"][0]["region"] is None
    assert found["rows"][0]["own"] is None


def test_the_newest_year_where_none_is_asked_for(workspace: Workspace) -> None:
    assert as_json(workspace, "comparators", "show")["year"] == 2021


def test_a_line_an_indicator_in_csv(workspace: Workspace) -> None:
    lines = as_csv(workspace, "comparators", "show", "--la", "Kent", "--year", "2020")
    assert len(lines) == 64
    line = next(one for one in lines if one["ref"] == "M6-QL")
    assert (line["own"], line["eng"], line["region"]) == ("27.5", "22", "26")
    assert line["how"] == "percentage"


def test_the_table_says_the_sums_of_one_indicator(workspace: Workspace) -> None:
    text = printed(workspace, "comparators", "show", "--la", "kent", "--year", "2020",
                   "--ref", "M2")  # fmt: skip
    assert "Kent, the year to March 2020" in text
    assert "England: 640,000 referrals / 12 months / 152 councils = 350.9" in text
    assert "Nothing stands beside M1: " in printed(workspace, "comparators", "show", "--ref", "M1")


def refused(workspace: Workspace, *words: str) -> InputError:
    with pytest.raises(InputError) as caught:
        printed(workspace, "comparators", "show", *words)
    return caught.value


def test_a_council_that_is_not_there_is_named_with_the_nearest(workspace: Workspace) -> None:
    error = refused(workspace, "--la", "Buckinghamshir")
    assert 'names a council "Buckinghamshir"' in error.found
    assert "Buckinghamshire" in error.todo


def test_a_year_that_is_not_there(workspace: Workspace) -> None:
    assert "2020 to 2021" in refused(workspace, "--year", "2010").todo


def test_nothing_loaded(tmp_path: Path) -> None:
    empty = make_workspace(tmp_path / "council", "A council")
    assert "comparators load" in refused(empty).todo


def test_a_year_is_a_number(workspace: Workspace) -> None:
    with pytest.raises(UsageError):
        printed(workspace, "comparators", "show", "--year", "2019-20")
