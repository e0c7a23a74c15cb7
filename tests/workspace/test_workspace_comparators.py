"""The comparators that a council states: read, checked, and set beside the figures."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from workspace_pages import JUNE, a_workspace, cell, loaded, new_load

from openscorecard import run
from openscorecard.catalogue import load_catalogue
from openscorecard.errors import InputError
from openscorecard.scorecard.as_json import page_as_json
from openscorecard.scorecard.observation import StatedComparator
from openscorecard.workspace.comparators import FILE, stated_comparators
from openscorecard.workspace.folder import Workspace

CATALOGUE = load_catalogue()
HEAD = "ref,column,value,year,edition,formula\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return a_workspace(tmp_path)


def write(workspace: Workspace, text: str) -> None:
    (workspace.root / FILE).write_text(text, encoding="utf-8")


def test_no_file_states_none(workspace: Workspace) -> None:
    assert stated_comparators(workspace, CATALOGUE) == ()


def test_numbers_as_people_write_them(workspace: Workspace) -> None:
    lines = (
        "CP3-QL,eng,78%,2019-20,Children in need 2020,as published\n"
        'M1,region,"1,223.5",2019-20,"Returns, 2020",a twelfth\n'
        " M2 , SN ,Local,,,\n"
        "\n"
    )
    write(workspace, "\ufeff" + HEAD + lines.replace("SN", "sn"))
    assert stated_comparators(workspace, CATALOGUE) == (
        StatedComparator("CP3-QL", "eng", Fraction(78), 0, "2019-20", "Children in need 2020",
                         "as published"),
        StatedComparator("M1", "region", Fraction(2447, 2), 1, "2019-20", "Returns, 2020",
                         "a twelfth"),
        StatedComparator("M2", "sn", None, 0, "", "", ""),
    )  # fmt: skip


def test_all_mistakes_at_once_each_with_its_line(workspace: Workspace) -> None:
    lines = (
        "M1,eng,5,,,\n"  # 2
        "M1,england,5,,,\n"  # 3
        "M1,sn,five,,,\n"  # 4
        "M1,eng,6,,,\n"  # 5
        "M1,sn\n"  # 6
        ",sn,5,,,\n"  # 7
        "M1,region,nan,,,\n"  # 8
        "M1,region,1/0,,,\n"  # 9
        "XX,eng,5,,,\n"  # 10
    )
    write(workspace, HEAD + lines)
    with pytest.raises(InputError) as refused:
        stated_comparators(workspace, CATALOGUE)
    said = refused.value.found
    assert "8 lines are wrong" in said
    for line, words in (
        (3, "one of sn, eng, region"),
        (4, "'five' is no number"),
        (5, "M1 eng stands there twice"),
        (6, "2 cells"),
        (7, "needs a ref"),
        (8, "'nan' is no number"),
        (9, "'1/0' is no number"),
        (10, 'there is no indicator "XX"'),
    ):
        assert any(f"line {line}: " in one and words in one for one in said.splitlines()), line


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"ref,value\nM1,5\n", "its first line has to be"),
        ("ref;column\n".encode("utf-16"), "no CSV in UTF-8"),
        (b"", "empty"),
    ],
)
def test_a_file_of_another_kind(workspace: Workspace, content: bytes, says: str) -> None:
    (workspace.root / FILE).write_bytes(content)
    with pytest.raises(InputError) as refused:
        stated_comparators(workspace, CATALOGUE)
    assert says in str(refused.value)


def test_it_stands_on_the_page_before_what_a_page_had_printed(workspace: Workspace) -> None:
    cells = (cell("M1", JUNE, "5"), cell("M1", JUNE, "9", column="eng"),
             cell("M1", JUNE, "8", column="sn"))  # fmt: skip
    loaded(workspace, new_load(JUNE, *cells))
    write(workspace, HEAD + "M1,eng,1234,2019-20,Returns 2020,a twelfth of the year\n")
    rows = page_as_json(run.build(JUNE, workspace))["rows"]
    assert isinstance(rows, list)
    (row,) = [one for one in rows if one["ref"] == "M1"]
    assert row["comparators"]["eng"] == {
        "value": 1234,
        "status": "value",
        "name": "England",
        "year": "2019-20",
        "edition": "Returns 2020",
        "formula": "a twelfth of the year",
    }
    assert (row["printed"]["eng"], row["printed"]["sn"]) == ("1,234", "8")
    assert "not traced" in row["comparators"]["sn"]["formula"]
