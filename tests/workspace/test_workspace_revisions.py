"""A figure as first published and as now known, and the rows that moved it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from small_council import load_month, small_council, three_loads
from workspace_pages import cell, loaded, new_load

from openscorecard import run
from openscorecard.errors import InputError
from openscorecard.locks import locked
from openscorecard.periods import Month
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.forget_records import drop_rows
from openscorecard.workspace.revisions import MovedRow, Revision
from openscorecard.workspace.take_records import load_records

APRIL, MAY, JUNE = (Month(2021, number) for number in (4, 5, 6))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return three_loads(tmp_path_factory.mktemp("council"))


def figures(found: tuple[Revision, ...]) -> list[tuple[object, object]]:
    return [
        (None if one.at_close is None else one.at_close.value,
         None if one.now is None else one.now.value)
        for one in found
    ]  # fmt: skip


def test_a_row_that_vanished_and_one_that_arrived_late(workspace: Workspace) -> None:
    found = run.revisions("M1", workspace)
    assert [one.month for one in found] == [APRIL, MAY, JUNE]
    assert figures(found) == [(2, 1), (2, 3), (2, 2)]
    assert [one.closed_by.id[:7] for one in found if one.closed_by] == [
        "2021-04", "2021-05", "2021-06",
    ]  # fmt: skip
    assert {one.now_by.id for one in found} == {"2021-06-records-001"}
    assert [one.rows for one in found] == [
        (MovedRow("count", "M1", "K2", "B", True, False, "vanished"),),
        (MovedRow("count", "M1", "K7", "E", False, True, "arrived late"),),
        (),
    ]


def test_a_row_that_changed_names_the_column(workspace: Workspace) -> None:
    """That D's plan had ended on 25 May was recorded in June."""
    found = run.revisions("CP6B", workspace)
    assert figures(found) == [(1, 1), (2, 1), (1, 1)]
    assert found[1].rows == (
        MovedRow("count", "CP6B", "P2", "D", True, False, "changed", ("cppl_cp_plan_end_date",)),
    )


def test_a_row_that_other_records_moved(tmp_path: Path) -> None:
    """C's episode of care is as it was; the care plan of March came with June's load."""
    workspace = small_council(tmp_path)
    load_month(workspace, "may", ssd_cla_care_plan="")
    load_month(workspace, "june")
    found = run.revisions("LAC10-QL", workspace)
    assert figures(found) == [(0, 1), (1, 1)]
    assert found[0].rows == (MovedRow("count", "LAC10-QL", "E1", "C", False, True, "changed"),)


def test_a_test_that_is_met_no_more(workspace: Workspace) -> None:
    """CP8-QL of May: 1 of 2, now 1 of 1; the child who was not seen has gone."""
    may = run.revisions("CP8-QL", workspace)[1]
    assert (may.at_close and may.at_close.value, may.now and may.now.value) == (50, 100)
    assert may.rows is not None
    (row,) = may.rows
    assert (row.row, row.counted_then, row.counted_now, row.why) == (
        "P2", False, False, "changed",
    )  # fmt: skip


def test_children_by_the_councils_own_ids(tmp_path: Path) -> None:
    """E's care, recorded a week later: a child more of all."""
    workspace = small_council(tmp_path)
    load_month(workspace, "june", ssd_cla_episodes="E1,C,L1,2021-03-01")
    load_month(workspace, "june", "2021-08-04")
    june = run.revisions("CIN5", workspace)[0]
    assert june.rows == ()  # care leavers are as on the day of a load: August's cannot tell June's
    assert june.now is not None
    assert june.now.value is None
    june = run.revisions("LAC1", workspace)[0]
    assert june.rows == (MovedRow("count", "LAC1", "E2", "E", False, True, "arrived late"),)


def test_nothing_moved_where_nothing_differs(workspace: Workspace) -> None:
    for ref in ("LAC1", "LAC16", "CP1"):
        assert {one.rows for one in run.revisions(ref, workspace)} == {()}


def test_a_supplied_figure_has_no_rows(workspace: Workspace) -> None:
    found = run.revisions("LSCB17a", workspace)
    assert figures(found)[1] == (None, 3)
    assert {one.rows for one in found} == {()}


def test_what_was_released_stands_beside_it(tmp_path: Path) -> None:
    workspace = three_loads(tmp_path)
    loaded(workspace, new_load(MAY, cell("M1", MAY, "7")))
    found = run.revisions("M1", workspace)
    assert [one.released and one.released.number for one in found] == [None, 7, None]


def test_dropped_rows_leave_figures_and_no_reasons(tmp_path: Path) -> None:
    workspace = three_loads(tmp_path)
    with locked(workspace.loads):
        drop_rows(workspace.loads, "2021-04-records-001")
    found = run.revisions("M1", workspace)
    assert figures(found) == [(2, 1), (2, 3), (2, 2)]
    assert [one.rows is None for one in found] == [True, False, False]


def test_without_records_there_is_nothing_to_revise(tmp_path: Path) -> None:
    workspace = small_council(tmp_path)
    assert run.revisions("M1", workspace) == ()
    with pytest.raises(InputError, match="there is no indicator"):
        run.revisions("M99", workspace)


def test_figures_of_other_teams_alone_are_not_what_is_now_known(tmp_path: Path) -> None:
    """YO2 of September comes on 4 October, with no case records: M1 is still known by June's."""
    workspace = three_loads(tmp_path)
    path = tmp_path / "youth.csv"
    path.write_text("ref,month,value\nYO2,2021-09,42\n", encoding="utf-8")
    sent = load_records(workspace, path, extracted=dt.date(2021, 10, 4)).load
    found = run.revisions("M1", workspace)
    assert {one.now_by.id for one in found} == {"2021-06-records-001"}
    assert figures(found)[:3] == [(2, 1), (2, 3), (2, 2)]
    youth = run.revisions("YO2", workspace)[-1]
    assert (youth.month, youth.now_by.id) == (Month(2021, 9), sent.id)
    assert youth.now is not None
    assert youth.now.value == 42
