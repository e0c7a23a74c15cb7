"""A figure's working and the rows behind it, by hand, on the small council of small_council.py."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest
from small_council import load_month, three_loads, with_settings
from workspace_pages import cell, loaded, new_load

from openscorecard import run
from openscorecard.errors import InputError
from openscorecard.locks import locked
from openscorecard.measures.figures import Status
from openscorecard.periods import Month
from openscorecard.scorecard.page import Vintage
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.forget_records import drop_rows
from openscorecard.workspace.working_rows import Line

MARCH, APRIL, MAY, JUNE = (Month(2021, number) for number in (3, 4, 5, 6))
JUNE_1 = "2021-06-records-001"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return three_loads(tmp_path_factory.mktemp("council"))


def steps(workspace: Workspace, ref: str, month: Month = JUNE) -> list[tuple[str, str, int]]:
    parts = run.explain(ref, month, workspace).parts
    return [(part.name, step.text, step.rows) for part in parts for step in part.steps]


def rows(workspace: Workspace, ref: str, wanted: str, month: Month = JUNE) -> list[str]:
    return [one.row for one in run.rows_behind(ref, month, workspace, wanted)]


def test_a_flow_with_a_look_back(workspace: Workspace) -> None:
    """R2 (A) and R5 (C) came in June; A's assessment of August 2020 ended without further help."""
    assert steps(workspace, "M6-QL (val)") == [
        ("count", "rows of ssd_cin_episodes with cine_referral_date in June 2021", 2),
        ("count", "the child had an assessment that ended with no further help in the twelve "
         "months before", 1),
    ]  # fmt: skip


def test_a_stock_that_leaves_others_out(workspace: Workspace) -> None:
    """Open at the end of June: R2 (A), R4 (D), R5 (C; looked after). R3 closed on 30 June."""
    assert steps(workspace, "EH2") == [
        ("count", "rows of ssd_cin_episodes open on the last day of June 2021 "
         "(cine_referral_date to cine_close_date)", 3),
        ("count", "not looked after (LAC1)", 2),
        ("count", "not on a protection plan, this council's or another's", 2),
        ("count", "not a care leaver with whom the council is working", 2),
        ("count", "children, each once", 2),
    ]  # fmt: skip


def test_an_as_of(workspace: Workspace) -> None:
    """May: B was seen 12 working days before its end (the 31st is a holiday), D was not."""
    counts = [number for _, _, number in steps(workspace, "CP8-QL", MAY)]
    assert counts == [2, 2, 2, 1]
    assert [number for _, _, number in steps(workspace, "CP8-QL")] == [1, 1, 1, 0]
    working = run.explain("CP8-QL", MAY, workspace)
    assert working.tells_rest
    assert (working.figure.value, working.figure.numerator, working.figure.denominator) == (
        50, 1, 2,
    )  # fmt: skip


def test_a_ratio_of_two_indicators(workspace: Workspace) -> None:
    assert steps(workspace, "M3") == [
        ("numerator", "rows of ssd_cin_episodes with cine_referral_date in June 2021", 2),
        ("denominator", "rows of ssd_contacts with cont_contact_date in June 2021", 2),
    ]
    working = run.explain("m3", JUNE, workspace)
    assert [part.titles for part in working.parts] == [("M2",), ("M1",)]
    assert "-- numerator: M2\n" in working.sql
    assert "-- denominator: M1\n" in working.sql
    assert [one.table for one in working.files] == ["ssd_contacts", "ssd_cin_episodes"]
    assert working.vintage is Vintage.MONTH_CLOSE


def test_a_rate(workspace: Workspace) -> None:
    working = run.explain("M2-NI", JUNE, workspace)
    assert (working.figure.value, working.figure.denominator) == (2, 10_000)
    assert working.population == "mid-2020"
    assert [part.name for part in working.parts] == ["numerator"]
    assert not working.tells_rest


def test_children_put_together(workspace: Workspace) -> None:
    """In need A, D; on a plan B; looked after C, E; leaving care F."""
    assert [(text, number) for _, text, number in steps(workspace, "CIN5")] == [
        ("children of EH2", 2),
        ("children of children-on-any-plan", 1),
        ("children of LAC1", 2),
        ("children of open-care-leavers", 1),
        ("together, each child once", 6),
    ]
    lines = run.rows_behind("CIN5", JUNE, workspace)
    assert [one.child for one in sorted(lines, key=lambda line: line.child)] == list("ABCDEF")
    assert all(one.row == one.child for one in lines)


def test_a_stand_in_is_said(workspace: Workspace) -> None:
    """No table of authorisations: C's care plan began in March; E has none."""
    working = run.explain("LAC10-QL", JUNE, workspace)
    assert (working.figure.value, working.figure.denominator) == (1, 2)
    assert "the day on which the care plan began stands in for it" in working.figure.note
    assert rows(workspace, "LAC10-QL", "not-met") == ["E2"]


def test_a_supplied_figure_names_the_load_that_it_came_with(workspace: Workspace) -> None:
    working = run.explain("LSCB17a", APRIL, workspace)
    assert (working.figure.value, working.parts) == (Fraction(17, 5), ())
    assert (working.load.id, [one.name for one in working.files]) == (
        "2021-04-records-001", ["supplied_figures.csv"],
    )  # fmt: skip
    assert run.explain("LSCB17a", MAY, workspace).figure.status is Status.NOT_SUPPLIED
    later = run.explain("LSCB17a", MAY, workspace, JUNE_1)
    assert (later.figure.value, later.load.id) == (3, JUNE_1)
    with pytest.raises(InputError, match="another team supplies the figure"):
        run.rows_behind("LSCB17a", JUNE, workspace)


def test_a_month_that_the_records_do_not_reach_has_no_counts_and_no_list(
    workspace: Workspace,
) -> None:
    """A count of 0 would be read as no contacts."""
    working = run.explain("M1", MARCH, workspace)
    assert (working.figure.status, working.parts) == (Status.OUTSIDE_COVERAGE, ())
    assert working.figure.note == (
        "the records of contacts received (ssd_contacts) are complete from 1 April 2021 only"
    )
    with pytest.raises(InputError) as refused:
        run.rows_behind("M1", MARCH, workspace)
    assert "no figure for March 2021" in refused.value.found
    assert "complete from 1 April 2021 only" in refused.value.found


def test_a_look_back_that_the_records_cut_short_is_said(workspace: Workspace) -> None:
    """Records from April 2020 on see a year back from April 2021, and not from March."""
    note = run.explain("M6-QL (val)", MARCH, workspace).figure.note
    assert "complete from 1 April 2020 only" in note
    assert "look-back truncated" in note
    assert run.explain("M6-QL (val)", APRIL, workspace).figure.note == ""


@pytest.mark.parametrize(
    ("ref", "says"),
    [
        ("M8-QL", "the load holds no table front_door_decisions"),
        ("M5", "setting step_up_end_reasons is empty"),
    ],
)
def test_what_cannot_be_counted_says_why(workspace: Workspace, ref: str, says: str) -> None:
    working = run.explain(ref, JUNE, workspace)
    assert (working.figure.status, working.parts) == (Status.NOT_COMPUTABLE, ())
    assert says in working.figure.note
    assert f"-- {working.sql.splitlines()[0][3:]}" == working.sql  # one line of comment
    with pytest.raises(InputError, match=says):
        run.rows_behind(ref, JUNE, workspace)


def test_a_released_figure_is_set_beside_the_working(tmp_path: Path) -> None:
    workspace = three_loads(tmp_path)
    loaded(workspace, new_load(JUNE, cell("M1", JUNE, "7"), cell("M2", JUNE, "-", "dash")))
    working = run.explain("M1", JUNE, workspace)
    assert working.released is not None
    assert (working.released.number, working.figure.value) == (7, 2)
    assert run.explain("M2", JUNE, workspace).released is None


def test_the_list_that_a_manager_asks_for(workspace: Workspace) -> None:
    """B was seen on 8 June: the next visit was due 15 working days later, on the 29th. Two workers
    have been involved; the later one is. In May D had not been seen since the plan began on 15
    April: due on 7 May (3 May is a holiday); the involvement that ended is the last one known."""
    assert run.rows_behind("CP8-QL", JUNE, workspace, "not-met") == (
        Line("P1", "B", False, dt.date(2021, 6, 29), "S2", "Safeguarding team"),
    )
    assert run.rows_behind("CP8-QL", MAY, workspace, "not-met") == (
        Line("P2", "D", False, dt.date(2021, 5, 7), "S1", "Assessment team"),
    )
    assert run.rows_behind("CP8-QL", MAY, workspace, "met") == (
        Line("P1", "B", True, dt.date(2021, 6, 3), "S1", "Assessment team"),
    )
    assert rows(workspace, "CP8-QL", "all", MAY) == ["P2", "P1"]  # by the day it was due


def test_due_of_an_assessment(workspace: Workspace) -> None:
    """45 working days from 11 May 2021, without the holiday of 31 May: 14 July."""
    (line,) = run.rows_behind("EH4-QL", JUNE, workspace, "met")
    assert (line.row, line.child, line.due) == ("AS3", "D", dt.date(2021, 7, 14))
    assert rows(workspace, "EH4-QL", "not-met") == []


def test_rows_of_a_ratio_whose_numerator_are_some_of_its_denominator(
    workspace: Workspace,
) -> None:
    assert rows(workspace, "M6-QL", "met") == ["R2"]
    assert rows(workspace, "M6-QL", "not-met") == ["R5"]
    assert sorted(rows(workspace, "M6-QL", "all")) == ["R2", "R5"]


def test_rows_of_a_ratio_of_different_things(workspace: Workspace) -> None:
    """Referrals are no contacts: which contact became a referral is not recorded."""
    assert sorted(rows(workspace, "M3", "met")) == ["R2", "R5"]
    assert sorted(rows(workspace, "M3", "all")) == ["K5", "K6"]
    assert {one.met for one in run.rows_behind("M3", JUNE, workspace)} == {None}
    with pytest.raises(InputError, match="nothing tells which are not met"):
        run.rows_behind("M3", JUNE, workspace, "not-met")


def test_rows_about_no_child(workspace: Workspace) -> None:
    assert run.rows_behind("LAC16", JUNE, workspace) == (Line("H1", "", True, None, "", ""),)


def test_rows_that_share_an_id_count_each(tmp_path: Path) -> None:
    """The load keeps both and says so; the list is as long as the figure is high."""
    workspace = three_loads(tmp_path)
    load_month(workspace, "june", "2021-07-12",
               ssd_contacts="K5,A,2021-06-01 K5,A,2021-06-02 K6,B,2021-06-30")  # fmt: skip
    assert run.explain("M1", JUNE, workspace).figure.value == 3
    assert rows(workspace, "M1", "met") == ["K5", "K5", "K6"]


def test_a_suspended_figure_can_still_be_looked_into(tmp_path: Path) -> None:
    workspace = with_settings(
        three_loads(tmp_path).root,
        '[[measures.suspended]]\nref = "M1"\nfrom = "2021-06"\nreason = "the form changed"\n',
    )
    working = run.explain("M1", JUNE, workspace)
    assert (working.figure.status, working.figure.value) == (Status.SUSPENDED, None)
    assert working.parts[0].steps[0].rows == 2
    assert rows(workspace, "M1", "all") == ["K5", "K6"]


def test_dropped_rows_leave_the_figure_and_no_counts(tmp_path: Path) -> None:
    workspace = three_loads(tmp_path)
    with locked(workspace.loads):
        drop_rows(workspace.loads, JUNE_1)
    working = run.explain("M1", JUNE, workspace)
    assert (working.figure.value, working.parts) == (2, ())
    with pytest.raises(InputError, match="its rows were dropped"):
        run.rows_behind("M1", JUNE, workspace)
    with pytest.raises(InputError, match="no figure of M1 in July 2015 was kept"):
        run.explain("M1", Month(2015, 7), workspace, JUNE_1)


def test_a_wrong_ref_or_month(workspace: Workspace) -> None:
    with pytest.raises(InputError, match='there is no indicator "CP33"'):
        run.explain("CP33", JUNE, workspace)
    with pytest.raises(InputError, match="no load closes July 2021"):
        run.explain("M1", Month(2021, 7), workspace)
    with pytest.raises(InputError, match="before June 2021 had ended"):
        run.rows_behind("M1", JUNE, workspace, "all", "2021-05-records-001")
