"""`scorecard revisions`: in the terminal, as JSON and as CSV."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_runs import as_csv, as_json, printed
from small_council import load_month, small_council, three_loads

from openscorecard.errors import InputError
from openscorecard.workspace.folder import Workspace


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return three_loads(tmp_path_factory.mktemp("council"))


def test_in_the_terminal(workspace: Workspace) -> None:
    text = printed(workspace, "revisions", "M1")
    lines = [line.split() for line in text.splitlines()]
    assert ["Apr-21", "2", "1", "1", "vanished"] in lines
    assert ["May-21", "2", "3", "1", "arrived", "late"] in lines
    assert ["Jun-21", "2", "2"] in lines
    assert ["vanished", "counts", "no", "more", "K2", "child", "B"] in lines
    assert ["arrived", "late", "counts", "now", "K7", "child", "E"] in lines
    assert "Now known: by 2021-06-records-001, read out on 5 July 2021." in text
    assert "explain M1 2021-05 --rows met" in text


def test_changed_rows_say_how(workspace: Workspace, tmp_path: Path) -> None:
    assert "child D  cppl_cp_plan_end_date" in printed(workspace, "revisions", "CP6B")
    other = small_council(tmp_path)
    load_month(other, "may", ssd_cla_care_plan="")
    load_month(other, "june")
    assert "child C  other records about it" in printed(other, "revisions", "LAC10-QL")


def test_rows_that_do_not_move_the_count_say_what_they_do(workspace: Workspace) -> None:
    text = printed(workspace, "revisions", "CP8-QL")
    assert "no longer looked at" in text


def test_a_figure_that_no_later_load_can_tell(workspace: Workspace) -> None:
    text = printed(workspace, "revisions", "NI147")
    assert "No figure now: the records of care leavers (ssd_care_leavers) say how" in text
    assert "what made the difference" not in text


def test_as_json(workspace: Workspace) -> None:
    found = as_json(workspace, "revisions", "M1")
    assert found["ref"] == "M1"
    may = found["months"][1]
    assert may == {
        "month": "2021-05",
        "released": None,
        "at_close": {"value": 2, "numerator": 2, "denominator": None, "status": "value"},
        "closed_by": "2021-05-records-001",
        "now_known": {"value": 3, "numerator": 3, "denominator": None, "status": "value"},
        "known_by": "2021-06-records-001",
        "rows": [
            {
                "part": "count",
                "of": "M1",
                "row": "K7",
                "child": "E",
                "counted_then": False,
                "counted_now": True,
                "why": "arrived late",
                "columns": [],
            }
        ],
    }


def test_as_csv(workspace: Workspace) -> None:
    assert [
        (one["month"], one["at_close"], one["now_known"], one["moved"])
        for one in as_csv(workspace, "revisions", "M1")
    ] == [("2021-04", "2", "1", "1"), ("2021-05", "2", "3", "1"), ("2021-06", "2", "2", "0")]


def test_nothing_to_revise(tmp_path: Path) -> None:
    workspace = small_council(tmp_path)
    assert "No load of case records has closed a month yet" in printed(workspace, "revisions", "M1")
    with pytest.raises(InputError, match='there is no indicator "M77"'):
        printed(workspace, "revisions", "M77")
