"""What is published, set beside a council's own page."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import pytest

from openscorecard.catalogue.load import load_catalogue
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.scorecard.comparators_of import comparators_of
from openscorecard.scorecard.observation import Observations, StatedComparator
from openscorecard.workspace.beside import area_of, with_published
from openscorecard.workspace.folder import Workspace, make_workspace, open_workspace
from openscorecard.workspace.published import load_published, published_of

sys.path.insert(0, str(Path(__file__).parents[1] / "comparators"))
from published_files import referrals

CATALOGUE = load_catalogue()
JUNE = Month(2021, 6)
COLUMNS = (("sn", "SN", "Neighbours"), ("eng", "ENG", "England"), ("region", "SE", "South East"))


def council(folder: Path, *lines: str) -> Workspace:
    """Kent, with a table of referrals loaded: England 640,000 in the year ended March 2020."""
    made = make_workspace(folder / "council", "A council")
    text = "\n".join(("[council]", 'name = "Kent"', 'code = "E10000016"', *lines))
    (made.root / "openscorecard.toml").write_text(text + "\n", encoding="utf-8")
    load_published(made, [referrals(folder / "c1_2021.csv")])
    return open_workspace(made.root)


def test_a_published_value_goes_before_a_stated_one(tmp_path: Path) -> None:
    workspace = council(tmp_path)
    stated = {
        ("M2", "eng"): StatedComparator("M2", "eng", Fraction(4211), formula="typed"),
        ("M2", "sn"): StatedComparator("M2", "sn", Fraction(368), formula="typed"),
    }
    seen, found = with_published(Observations(stated=stated), CATALOGUE, JUNE, workspace)
    referrals_ = CATALOGUE.get("M2")
    assert referrals_ is not None
    sn, eng, region = comparators_of(referrals_, JUNE, seen, COLUMNS)
    assert (eng.printed, eng.year) == ("351", "year ended March 2020")
    assert eng.formula == "640,000 referrals / 12 months / 152 councils = 350.9"
    assert eng.edition.startswith("Characteristics of children in need, edition 2021")
    assert region.printed == "482"  # 110,000 / 12 / 19
    assert sn.printed == "368"  # no list of neighbours is loaded
    # 4,211 is 640,000 / 152 = 4,210.5: not divided by 12
    wrong = [one for one in found if one.ref == "M2"]
    assert [(one.rule, one.column) for one in wrong] == [
        ("comparator-of-another-kind", "eng"),
    ]


def test_neighbours_of_the_settings(tmp_path: Path) -> None:
    workspace = council(tmp_path, 'neighbours = ["Buckinghamshire"]')
    seen, _ = with_published(Observations(), CATALOGUE, JUNE, workspace)
    value = seen.beside["M2"].value("sn")
    assert value is not None
    assert value.value == Fraction(7_000, 12)
    assert "neighbours by the settings" in value.formula


def test_a_neighbour_that_no_file_names_is_refused(tmp_path: Path) -> None:
    workspace = council(tmp_path, 'neighbours = ["Wexmoor"]')
    with pytest.raises(InputError, match="no published file names Wexmoor"):
        with_published(Observations(), CATALOGUE, JUNE, workspace)


def test_another_council_has_its_own_region_and_neighbours(tmp_path: Path) -> None:
    workspace = council(tmp_path, 'region = "London"', 'neighbours = ["Buckinghamshire"]')
    published = published_of(workspace)
    assert published is not None
    assert area_of(published, workspace, "E10000016", 2020).region == "E12000007"
    other = area_of(published, workspace, "Buckinghamshire", 2020)
    assert (other.region, other.neighbours) == ("E12000008", ())


def test_nothing_loaded_changes_nothing(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "council", "A council")
    seen = Observations()
    assert with_published(seen, CATALOGUE, JUNE, workspace) == (seen, ())
