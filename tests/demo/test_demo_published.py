"""The demonstration's page stands beside what is published, and finds out what was typed wrong."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from openscorecard.catalogue.load import load_catalogue
from openscorecard.comparators.derive import all_beside, lookup, where
from openscorecard.comparators.of_its_kind import comparator_findings
from openscorecard.comparators.published import Published
from openscorecard.comparators.store import load_files
from openscorecard.comparators.wrong_sums import KIND_RULE
from openscorecard.demo.comparators import comparators_csv
from openscorecard.demo.content import MONTH, typed_rows
from openscorecard.demo.published import published_files
from openscorecard.scorecard.comparators_of import stated_numbers
from openscorecard.scorecard.observation import Observations
from openscorecard.statistics.ranges import half_up
from openscorecard.workspace.comparators import stated_comparators
from openscorecard.workspace.folder import make_workspace

# STATISTICS.md, section 9: the rows whose sum gives both printed values.
MATCH = (
    "M2", "M6-QL", "EH3e%", "CP1", "CP1-NI", "CP6B", "CP2", "CP2-NI", "CP3-QL (val)", "CP3-QL",
    "CP5-QL (val)", "CP5-QL", "LAC3",
)  # fmt: skip
CATALOGUE = load_catalogue()
COLUMNS = (("sn", "SN", ""), ("eng", "ENG", ""), ("region", "SE region", ""))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    folder = tmp_path_factory.mktemp("demo_published")
    paths = []
    for name, content in published_files().items():
        (folder / name).write_bytes(content)
        paths.append(folder / name)
    load_files(folder / "comparators", paths)
    return Published(folder / "comparators")


def test_england_and_the_south_east_are_those_of_the_typed_page(published: Published) -> None:
    area = where(published, region="South East", at=MONTH)
    besides = all_beside(CATALOGUE, lookup(CATALOGUE, published, area, MONTH), area, MONTH)
    typed = {row.ref: row for row in typed_rows()}
    for ref in MATCH:
        beside = besides[ref]
        assert beside.year == 2020
        for key, text in (("eng", typed[ref].eng), ("region", typed[ref].region)):
            value = beside.value(key)
            assert value is not None
            assert half_up(value.value) == int(text.rstrip("%")), (ref, key)


def test_all_councils_of_2020_and_ten_years_of_england(published: Published) -> None:
    area = where(published, region="South East", at=MONTH)
    besides = all_beside(CATALOGUE, lookup(CATALOGUE, published, area, MONTH), area, MONTH)
    assert len(besides) == 30
    assert len(besides["M2"].councils) == 151
    assert besides["M2"].own is None
    years = {one.key: [year for year, _ in one.points] for one in besides["M2"].trends}
    assert years == {"eng": list(range(2013, 2021)), "region": list(range(2013, 2021))}


def test_what_was_typed_wrong_is_found(published: Published, tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "demo", "Wexmoor Council")
    (workspace.root / "comparators.csv").write_bytes(comparators_csv())
    stated = {(one.ref, one.column): one for one in stated_comparators(workspace, CATALOGUE)}
    seen = Observations(stated=stated)
    area = where(published, region="South East", at=MONTH)
    cells = lookup(CATALOGUE, published, area, MONTH)
    besides = all_beside(CATALOGUE, cells, area, MONTH)
    given = stated_numbers(CATALOGUE, MONTH, seen, COLUMNS)
    found = comparator_findings(CATALOGUE, besides, given, cells, area)
    wrong = [(one.ref, one.column) for one in found if one.rule == KIND_RULE]
    assert wrong == [
        ("LAC2", "eng"), ("LAC2", "region"), ("LAC2", "sn"),
        ("LAC12 (%)", "eng"), ("LAC12 (%)", "region"), ("LAC12 (%)", "sn"),
    ]  # fmt: skip


def test_what_is_published_is_not_stated() -> None:
    lines = list(csv.DictReader(io.StringIO(comparators_csv().decode("utf-8"))))
    stated = {(line["ref"], line["column"]) for line in lines}
    assert ("M2", "sn") in stated
    assert ("M2", "eng") not in stated
    assert ("LAC2", "eng") in stated  # as typed, to be found out
    assert ("EH3", "eng") in stated  # published in a file that is not read


def test_the_files_are_the_same_bytes_and_small() -> None:
    files = published_files()
    assert files == published_files()
    assert sum(map(len, files.values())) < 1_000_000
