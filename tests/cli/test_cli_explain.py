"""`scorecard explain`: in the terminal, as JSON, and the rows as CSV."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from command_runs import as_csv, as_json, printed
from small_council import load_month, small_council, three_loads
from workspace_pages import JUNE, cell, loaded, new_load

from openscorecard.catalogue import load_catalogue
from openscorecard.errors import InputError
from openscorecard.workspace.folder import Workspace


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return three_loads(tmp_path_factory.mktemp("council"))


def test_in_the_terminal(workspace: Workspace) -> None:
    text = printed(workspace, "explain", "CP8-QL", "2021-05")
    lines = text.splitlines()
    assert lines[1] == "May 2021: 50% = 1 of 2"
    assert lines.index("How many") < lines.index(
        "         2  rows of ssd_cp_plans open on the last day of May 2021 "
        "(cppl_cp_plan_start_date to cppl_cp_plan_end_date)"
    )
    assert "         2  children, each once" in lines
    assert (
        "Counted from 2021-05-records-001, read out on 7 June 2021, which closed May 2021:" in lines
    )
    assert any(line.split()[:4] == ["ssd_cp_plans.csv", "2", "rows", "sha256"] for line in lines)
    assert not any("ssd_contacts" in line for line in lines)
    assert "explain CP8-QL 2021-05 --rows not-met" in text
    assert "sql CP8-QL" in text
    assert str(workspace.root) in lines[-1]


def test_a_ratio_a_rate_and_a_supplied_figure(workspace: Workspace) -> None:
    ratio = printed(workspace, "explain", "M3", "2021-06")
    assert "June 2021: 100% = 2 of 2" in ratio
    assert "Numerator (M2)" in ratio
    assert "Denominator (M1)" in ratio
    assert "--rows all" in ratio
    rate = printed(workspace, "explain", "M2-NI", "2021-06")
    assert "June 2021: 2 per 10,000 = 2 of 10,000" in rate
    assert "10,000  children aged 0 to 17 (mid-2020)" in rate
    sent = printed(workspace, "explain", "LSCB17a", "2021-04")
    assert "April 2021: 3%" in sent
    assert "Sent by another team; it came with 2021-04-records-001" in sent
    assert "--rows" not in sent
    assert "no figure (none was sent)" in printed(workspace, "explain", "YO2", "2021-06")
    before = printed(workspace, "explain", "M1", "2021-03")
    assert "March 2021: no figure (the records of contacts received (ssd_contacts) are" in before
    assert "How many" not in before
    stand_in = printed(workspace, "explain", "LAC10-QL", "2021-06")
    assert "June 2021: 1 of 2" in stand_in
    assert "Note: the records hold no dates of authorisation" in stand_in


def test_the_released_figure_is_named(tmp_path: Path) -> None:
    council = three_loads(tmp_path)
    loaded(council, new_load(JUNE, cell("M1", JUNE, "7")))
    text = printed(council, "explain", "M1", "2021-06")
    assert "The page prints 7: that was released (2021-06-page-001)" in text
    assert as_json(council, "explain", "M1", "2021-06")["released"] == 7


def test_as_json(workspace: Workspace) -> None:
    found = as_json(workspace, "explain", "M6-QL", "2021-06")
    assert [found[name] for name in ("ref", "month", "value", "numerator", "denominator")] == [
        "M6-QL", "2021-06", 50, 1, 2,
    ]  # fmt: skip
    assert [found[name] for name in ("status", "vintage", "load", "unit")] == [
        "value", "month-close", "2021-06-records-001", "percent",
    ]  # fmt: skip
    assert found["definition"].startswith("The month's re-referrals (M6-QL (val)) as a percentage")
    assert "SELECT" in found["sql"]
    assert [(one["part"], one["rows"]) for one in found["conditions"]] == [
        ("numerator", 2), ("numerator", 1), ("denominator", 2),
    ]  # fmt: skip
    files = {one["path"]: one["sha256"] for one in found["files"]}
    assert set(files) == {"ssd_cin_episodes.csv", "ssd_cin_assessments.csv"}


def test_json_of_a_figure_that_is_not_there(workspace: Workspace) -> None:
    found = as_json(workspace, "explain", "M1", "2021-03")
    assert (found["value"], found["status"], found["conditions"]) == (None, "outside-coverage", [])
    assert found["vintage"] == "now-known"


def test_the_load_can_be_named(workspace: Workspace) -> None:
    found = as_json(workspace, "explain", "M1", "2021-05", "--load", "2021-06-records-001")
    assert (found["value"], found["vintage"]) == (3, "now-known")
    text = printed(workspace, "explain", "M1", "2021-05", "--load", "2021-06-records-001")
    assert "--rows all --load 2021-06-records-001" in text


def test_the_rows_as_csv(workspace: Workspace) -> None:
    assert as_csv(workspace, "explain", "CP8-QL", "2021-06", "--rows", "not-met") == [
        {
            "row": "P1",
            "child": "B",
            "met": "no",
            "due": "2021-06-29",
            "worker": "S2",
            "team": "Safeguarding team",
        }
    ]
    text = printed(workspace, "explain", "CP8-QL", "2021-06", "--rows", "met", "--format", "csv")
    assert text == "row,child,met,due,worker,team\n"


def test_the_rows_in_the_terminal_and_as_json(workspace: Workspace) -> None:
    text = printed(workspace, "explain", "CP8-QL", "2021-05", "--rows", "all")
    assert text.splitlines()[0].split() == ["Row", "Child", "Met", "Due", "Worker", "Team"]
    assert "2 in all." in text
    assert "keep it as you keep case records" in text
    rows = as_json(workspace, "explain", "LAC16", "2021-06", "--rows", "all")
    assert rows == [
        {"row": "H1", "child": None, "met": True, "due": None, "worker": None, "team": None}
    ]


COUNTED = (
    "M1",
    "M2-NI",
    "M6-QL",
    "EH4-QL",
    "CP6B",
    "CP8-QL",
    "CP5-QL",
    "LAC10 (%)",
    "NI147",
    "CIN5",
)


@pytest.mark.parametrize("month", ["2021-05", "2021-06"])
def test_met_has_as_many_lines_as_the_numerator(workspace: Workspace, month: str) -> None:
    """And not-met as many as lack to the denominator. One or two of each kind:
    test_measures_rows.py has all indicators."""
    catalogue = load_catalogue()
    for ref in COUNTED:
        indicator = catalogue.get(ref)
        assert indicator is not None
        found = as_json(workspace, "explain", ref, month)
        met = as_csv(workspace, "explain", ref, month, "--rows", "met")
        assert len(met) == found["numerator"], ref
        if found["denominator"] is not None and not indicator.unit.is_rate and ref != "M3":
            rest = as_csv(workspace, "explain", ref, month, "--rows", "not-met")
            assert len(rest) == found["denominator"] - found["numerator"], ref


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("CP3", "2021-06"), 'there is no indicator "CP3"'),
        (("M1", "2021-6"), "is not a month"),
        (("M1", "2021-07"), "no load closes July 2021"),
        (("M1", "2021-03", "--rows", "all"), "and so no list"),
        (("YO2", "2021-06", "--rows", "met"), "another team supplies the figure"),
        (("M3", "2021-06", "--rows", "not-met"), "nothing tells which are not met"),
    ],
)
def test_what_is_wrong_is_told(workspace: Workspace, words: tuple[str, ...], says: str) -> None:
    with pytest.raises(InputError) as refused:
        printed(workspace, "explain", *words)
    assert says in str(refused.value)


def test_the_hash_is_that_of_the_file_that_was_loaded(tmp_path: Path) -> None:
    council = small_council(tmp_path)
    load_month(council, "june")
    found = as_json(council, "explain", "M1", "2021-06")
    (folder,) = (tmp_path / "extracts").iterdir()
    digest = hashlib.sha256((folder / "ssd_contacts.csv").read_bytes()).hexdigest()
    assert found["files"] == [{"path": "ssd_contacts.csv", "sha256": digest}]


def test_it_says_that_a_childs_rows_were_taken_out(tmp_path: Path) -> None:
    """A was one of the two referrals of June."""
    workspace = three_loads(tmp_path)
    assert "taken out" not in printed(workspace, "explain", "M2", "2021-06")
    printed(workspace, "loads", "forget", "--child", "A", "--yes")
    text = " ".join(printed(workspace, "explain", "M2", "2021-06").split())
    assert "June 2021: 2" in text
    assert "A child’s rows were taken out since (" in text
    assert "the conditions above and the lists, is without them" in text
    assert len(as_json(workspace, "explain", "M2", "2021-06")["taken_out"]) == 1
