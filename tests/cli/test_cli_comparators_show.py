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
from published_files import council, england, referrals, table


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


def test_a_number_has_its_rank_by_size(workspace: Workspace) -> None:
    found = as_json(workspace, "comparators", "show", "--la", "886", "--year", "2020")
    rows = {row["ref"]: row for row in found["rows"]}
    assert (rows["M2"]["rank"], rows["M2"]["rank_by"]) == (1, "size")
    assert rows["M6-QL"]["rank_by"] == "value"
    assert rows["M1"]["rank_by"] is None
    lines = as_csv(workspace, "comparators", "show", "--la", "886", "--year", "2020")
    by = {line["ref"]: line["rank_by"] for line in lines}
    assert (by["M2"], by["M6-QL"], by["M1"]) == ("size", "value", "")
    text = printed(workspace, "comparators", "show", "--la", "886", "--year", "2020")
    assert "1 of 2 by size" in text


def test_the_own_value_has_its_sum(workspace: Workspace) -> None:
    words = ("comparators", "show", "--la", "886", "--year", "2020", "--ref", "M2")
    said = "22,000 referrals / 12 months = 1,833.3"
    assert as_json(workspace, *words)["rows"][0]["own"]["formula"] == said
    assert as_csv(workspace, *words)[0]["own_formula"] == said
    assert f"Kent: {said}" in printed(workspace, *words)


def test_why_there_is_no_value(workspace: Workspace) -> None:
    """Buckinghamshire's are withheld, not applicable and of low reliability in 2021."""
    words = ("comparators", "show", "--la", "Buckinghamshire", "--year", "2021")
    rows = {row["ref"]: row for row in as_json(workspace, *words)["rows"]}
    assert (rows["M2"]["own"], rows["M2"]["own_status"]) == (None, "suppressed")
    assert (rows["M6-QL"]["own_status"], rows["M6-QL"]["eng_status"]) == ("not-applicable", "value")
    assert (rows["M6-QL"]["sn_status"], rows["M1"]["own_status"]) == ("no-neighbours", None)
    lines = {line["ref"]: line for line in as_csv(workspace, *words)}
    assert lines["M6-QL"]["own_status"] == "not-applicable"
    assert lines["M6-QL (val)"]["own_status"] == "low-reliability"
    text = printed(workspace, *words)
    assert "withheld" in text
    assert "not applicable" in text
    assert "not reliable" in text


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two councils called Dorset, one after the other; Kent in all years; population of 2012."""
    folder = tmp_path_factory.mktemp("changing")
    made = make_workspace(folder / "council", "A council")
    lines = [line for year in (2019, 2020) for line in (
        england(year, 60_000, 12_000, 20), council(year, "886", "E10000016", "Kent", 900, 90, 10),
    )]  # fmt: skip
    lines.append(council(2019, "835", "E10000009", "Dorset", 500, 50, 10))
    lines.append(council(2020, "838", "E06000059", "Dorset", 300, 30, 10))
    d3 = table(folder / "d3.csv", "CPP_start,CPP_subsequent,CPP_subsequent_percent",
               *(line.replace(",All,", ",Child Protection Plans which are a second or subsequent "
                              "plan,") for line in lines))  # fmt: skip
    people = table(folder / "people.csv", "population_estimate", england(2012, 11_000_000))
    people.write_text(people.read_text(encoding="utf-8").replace("category", "age_group"),
                      encoding="utf-8")  # fmt: skip
    load_published(made, [d3, people])
    return made


def test_a_council_that_is_not_there_yet(changing: Workspace) -> None:
    words = ("comparators", "show", "--la", "Dorset", "--year", "2019", "--ref", "CP5-QL")
    note = (
        "Dorset (E06000059) begins in 2019, its first year being that to March 2020; before it: "
        "E10000009."
    )
    found = as_json(changing, *words)
    assert found["notes"] == [note]
    assert found["rows"][0]["own_status"] == "not-there"
    text = " ".join(printed(changing, *words).split())
    assert note in text
    assert "not there" in text
    assert as_json(changing, *words[:3], "E10000009", *words[4:])["notes"] == []


def test_a_council_that_is_no_more(changing: Workspace) -> None:
    words = ("comparators", "show", "--la", "E10000009", "--ref", "CP5-QL")
    (note,) = as_json(changing, *words)["notes"]  # of 2020, the newest
    assert note == (
        "Dorset (E10000009) ends in 2019, with the year to March 2019; after it: E06000059."
    )


def test_a_year_that_the_population_alone_has(changing: Workspace) -> None:
    error = refused(changing, "--year", "2012")
    assert error.found == "no measure that an indicator stands beside has the year 2012"
    assert error.todo == "name one from 2019 to 2020"


def test_england_and_a_region_are_no_councils(workspace: Workspace) -> None:
    england_, region = (
        refused(workspace, "--la", "England"),
        refused(workspace, "--la", "south east"),
    )
    assert england_.found == "England is the whole country, no council"
    assert region.found == "South East is a region, no council"
    assert "its region too" in region.todo


def test_the_nearest_names_read_as_a_sentence(workspace: Workspace) -> None:
    assert "?." not in str(refused(workspace, "--la", "Buckinghamshir"))


def test_a_number_without_a_population_says_so(tmp_path: Path) -> None:
    made = make_workspace(tmp_path / "council", "A council")
    file = tmp_path / "l.csv"
    file.write_text(
        '"Short Desc","Data item","Years","LA and Regions","Values","LA Number","Region"\n'
        '"Section_47","",2020,"England",170.5,970,"NA"\n', encoding="utf-8",
    )  # fmt: skip
    load_published(made, [file])
    text = printed(made, "comparators", "show", "--ref", "CP1")
    assert "Nothing stands beside CP1: England in 2020: no population loaded." in text
