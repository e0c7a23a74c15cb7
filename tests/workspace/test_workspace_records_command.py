"""`scorecard load` and `loads` with case records, and what `doctor` says of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from records_extracts import TABLES, extract
from workspace_pages import JUNE, a_workspace, cell, loaded, new_load

from openscorecard.cli.doctor import doctor
from openscorecard.cli.load import load
from openscorecard.cli.loads import loads
from openscorecard.errors import InputError
from openscorecard.findings import Severity
from openscorecard.workspace.doctor import examine
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.records_load import all_records_loads, records_loads

STATED = ("--extracted", "2021-07-05", "--complete-from", "2017-04-01")
CLEAN = TABLES["ssd_cin_episodes"].rpartition("R4,")[0]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return a_workspace(tmp_path)


def run(workspace: Workspace, command: object, *words: object) -> Result:
    result = CliRunner().invoke(command, [str(word) for word in words], obj=workspace.root)  # type: ignore[arg-type]
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_it_says_what_was_taken_set_aside_and_found(workspace: Workspace, tmp_path: Path) -> None:
    result = run(workspace, load, extract(tmp_path / "june"), *STATED)
    assert result.exit_code == 1  # a row without its child is certainly wrong
    lines = result.output.splitlines()
    assert lines[:3] == [
        "june: loaded as 2021-06-records-001",
        "  read out on 5 July 2021: closes June 2021",
        "  5 tables, 12 rows",
    ]
    assert "    ssd_cin_episodes           3          1  2017-04-01 to 2021-07-05" in lines
    assert "  2 supplied figures" in lines
    assert "    ssd_cin_episodes.csv, row 5: Set aside: no child: cine_person_id is blank." in lines
    assert any("tables are not in the extract" in line for line in lines)
    assert lines[-1].startswith("Next: `")
    assert "build 2021-06" in lines[-1]


def test_a_clean_extract_ends_with_0(workspace: Workspace, tmp_path: Path) -> None:
    folder = extract(tmp_path / "june", ssd_cin_episodes=CLEAN)
    (folder / "load.toml").write_text(
        "extracted = 2021-07-05\n[coverage]\nall = 2017-04-01\n", encoding="utf-8"
    )
    result = run(workspace, load, folder)
    assert result.exit_code == 0
    assert "certainly wrong" not in result.output


def test_supplied_figures_alone_are_a_load(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "from the youth service.csv"
    path.write_text("ref,month,value\nYO2,2021-06,42\n", encoding="utf-8")
    result = run(workspace, load, path, "--extracted", "2021-07-06")
    assert result.exit_code == 0
    assert "1 supplied figure" in result.output


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ((), "--extracted 2021-07-05"),
        (("--extracted", "2021-07-05"), "--complete-from 2017-04-01"),
    ],
)
def test_what_is_not_stated_is_asked_for(
    workspace: Workspace, tmp_path: Path, options: tuple[str, ...], says: str
) -> None:
    with pytest.raises(InputError) as refused:
        run(workspace, load, extract(tmp_path / "june"), *options)
    assert says in refused.value.todo


def test_records_and_pages_are_loaded_one_after_the_other(
    workspace: Workspace, tmp_path: Path
) -> None:
    page = tmp_path / "page.csv"
    page.write_text("Ref,Indicator,Jun-21\nM1,Contacts,5\n", encoding="utf-8")
    result = run(workspace, load, extract(tmp_path / "june"), page, *STATED)
    assert (result.exit_code, "one after the other" in result.output) == (2, True)
    result = run(workspace, load, page, *STATED)
    assert (result.exit_code, "are for records" in result.output) == (2, True)


def test_the_doctor_names_columns_and_rows_that_are_missing(
    workspace: Workspace, tmp_path: Path
) -> None:
    carers = "foca_household_id,foca_approved_date,foca_in_house\nH1,some day,Y\n"
    run(workspace, load, extract(tmp_path / "june", foster_carers=carers), *STATED)
    remarks = {(one.severity, one.found): one for one in examine(workspace)}
    unusable = remarks[
        Severity.ERROR,
        "No row of foster_carers in 2021-06-records-001 could be used: all were set aside.",
    ]
    assert unusable.stops == "figures of LAC16"  # foster carers at the end of the month
    absent = remarks[
        Severity.WARNING,
        "ssd_cin_assessments has no column cina_assessment_auth_date in 2021-06-records-001.",
    ]
    assert "EH3" in absent.stops


def test_a_load_that_takes_the_place_of_a_fuller_one_is_told_of(
    workspace: Workspace, tmp_path: Path
) -> None:
    run(workspace, load, extract(tmp_path / "june"), *STATED)
    alone = dict.fromkeys(TABLES, "") | {"ssd_person": "pers_person_id\nA\n"}
    result = run(workspace, load, extract(tmp_path / "one table", **alone), *STATED)
    # 5 tables before; 4 of them are not in the new load
    assert "2021-06-records-002 closes June 2021 too and has 1 table" in result.output
    assert "scorecard loads remove 2021-06-records-002" in result.output


def test_what_was_loaded_before_a_failure_is_said(workspace: Workspace, tmp_path: Path) -> None:
    good, bad = extract(tmp_path / "good"), extract(tmp_path / "bad", ssd_person="name\nA\n")
    with pytest.raises(InputError) as refused:
        run(workspace, load, good, bad, *STATED)
    assert f"loaded before it: {good} as 2021-06-records-001" in refused.value.found
    assert "pers_person_id" in refused.value.found
    assert refused.value.todo.endswith(f"then load {bad}")
    assert len(records_loads(workspace.loads)) == 1
    with pytest.raises(InputError) as refused:
        run(workspace, load, bad, *STATED)
    assert "loaded before it" not in refused.value.found


def test_loads_lists_both_kinds(workspace: Workspace, tmp_path: Path) -> None:
    loaded(workspace, new_load(JUNE, cell("M1", JUNE, "2,080")))
    run(workspace, load, extract(tmp_path / "june"), *STATED, "--reason", "the first extract")
    printed = run(workspace, loads).output
    assert "1 indicator" in printed
    assert "12 rows in 5 tables, 2 figures" in printed
    assert "because: the first extract" in printed
    rows = json.loads(run(workspace, loads, "--format", "json").output)
    assert [(row["kind"], row["rows"], row["extracted"]) for row in rows] == [
        ("printed-page", None, None),
        ("records", 12, "2021-07-05"),
    ]
    assert run(workspace, loads, "--format", "csv").output.count("\n") == 3


def test_forgetting_a_load_of_records_drops_its_rows(workspace: Workspace, tmp_path: Path) -> None:
    run(workspace, load, extract(tmp_path / "june"), *STATED)
    asked = CliRunner().invoke(
        loads, ["forget", "2021-06-records-001"], obj=workspace.root, input="n\n"
    )
    assert "Drop the 12 rows of 2021-06-records-001?" in asked.output
    assert len(records_loads(workspace.loads)) == 1
    result = run(workspace, loads, "forget", "2021-06-records-001", "--yes")
    assert "counts and hashes stay" in result.output
    assert records_loads(workspace.loads) == ()
    assert "rows dropped on" in run(workspace, loads).output


def test_a_broken_load_of_records_goes_whole(workspace: Workspace, tmp_path: Path) -> None:
    run(workspace, load, extract(tmp_path / "june"), *STATED)
    folder = workspace.loads / "2021-06-records-001"
    (folder / "load.json").write_text("{")
    assert "every figure that is counted from it" in {one.stops for one in examine(workspace)}
    run(workspace, loads, "forget", "2021-06-records-001", "--yes")
    assert not folder.exists()
    assert all_records_loads(workspace.loads) == ()


def test_forgetting_a_child(workspace: Workspace, tmp_path: Path) -> None:
    run(workspace, load, extract(tmp_path / "june"), *STATED)
    result = run(workspace, loads, "forget", "--child", "A", "--yes")
    assert "Child A is forgotten: 5 rows taken out." in result.output
    assert "2021-06-records-001: 5 rows" in result.output
    with pytest.raises(InputError, match="no load has a child 'A'"):
        run(workspace, loads, "forget", "--child", "A", "--yes")
    assert run(workspace, loads, "forget").exit_code == 2


def test_the_doctor_says_what_there_is_and_what_is_missing(
    workspace: Workspace, tmp_path: Path
) -> None:
    run(workspace, load, extract(tmp_path / "april"), "--extracted", "2021-05-04",
        "--complete-from", "2021-01-01")  # fmt: skip
    run(workspace, load, extract(tmp_path / "june", foster_carers=""), "--extracted", "2021-07-05",
        "--complete-from", "2021-01-01")  # fmt: skip
    remarks = examine(workspace)
    found = [one.found for one in remarks if one.about == "records"]
    assert found == [
        "2 loads of case records, the newest 2021-06-records-001: read out on 5 July 2021, 4 "
        "tables, 11 rows.",
        "No records were read out just after May-21.",
    ]
    carers = next(one for one in remarks if one.about == "foster_carers")
    assert (carers.severity, "LAC16" in carers.stops) == (Severity.WARNING, True)
    (coverage,) = [one for one in remarks if one.about == "coverage"]
    assert "complete from 1 January 2021 only: ssd_cin_episodes" in coverage.found
    assert run(workspace, doctor).exit_code == 0


def test_the_doctor_misses_a_lost_map_of_children(workspace: Workspace, tmp_path: Path) -> None:
    run(workspace, load, extract(tmp_path / "june"), *STATED)
    (workspace.loads / "children.parquet").unlink()
    (lost,) = [one for one in examine(workspace) if one.about == "children"]
    assert (lost.severity, lost.todo) == (
        Severity.ERROR, "put it back from a copy of the workspace",
    )  # fmt: skip
