"""`scorecard doctor`: what is missing, what that stops, what to do."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from workspace_pages import JUNE, MAY, a_workspace, cell, loaded, new_load

from openscorecard.cli.doctor import doctor
from openscorecard.findings import Severity
from openscorecard.workspace import open_workspace
from openscorecard.workspace.doctor import Remark, examine
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.store import STAGED


def about(workspace: Workspace, what: str) -> list[Remark]:
    return [remark for remark in examine(workspace) if remark.about == what]


def test_a_new_workspace_lacks_much_but_nothing_is_broken(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    remarks = examine(workspace)
    assert [(one.severity, one.about, one.found) for one in remarks[:1]] == [
        (Severity.WARNING, "loads", "Nothing is loaded."),
    ]
    rates = next(one for one in remarks if "population" in one.found)
    assert "M2-NI" in rates.stops
    result = CliRunner().invoke(doctor, [], obj=workspace.root)
    assert result.exit_code == 0
    assert "a folder of case records: `scorecard load PATH`." in result.output


def test_a_council_without_a_name_cannot_publish_and_that_comes_first(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path, council="")
    first = examine(workspace)[0]
    assert (first.severity, first.found) == (Severity.ERROR, "Missing: the council's name.")
    assert "all publishing" in first.stops
    result = CliRunner().invoke(doctor, [], obj=workspace.root)
    assert result.exit_code == 1
    assert result.output.splitlines()[1].startswith("  settings: Missing: the council's name.")


def test_a_remark_says_the_same_in_every_form(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    as_json = CliRunner().invoke(doctor, ["--format", "json"], obj=workspace.root).output
    as_csv = CliRunner().invoke(doctor, ["--format", "csv"], obj=workspace.root).output
    remarks = examine(workspace)
    assert json.loads(as_json) == [one.as_json() for one in remarks]
    assert as_csv.splitlines()[0] == "severity,about,found,stops,todo"
    assert len(as_csv.splitlines()) == 1 + len(remarks)


def test_indicators_without_a_figure_in_the_newest_month_are_named(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    loaded(
        workspace,
        new_load(
            JUNE,
            cell("M1", JUNE, "2,080"),
            cell("M2", JUNE, "", status="blank"),
            cell("NI147", JUNE, "8571%", status="set-aside", note="It cannot be over 100%."),
        ),
    )
    (missing,) = about(workspace, "figures 2021-06")
    # 64 less M1, which has a figure, and NI147, which has a remark of its own
    assert missing.found.startswith("62 of 64 indicators have no figure for June 2021: M2, M3, ")
    assert " M1," not in missing.found
    assert "NI147" not in missing.found
    assert missing.todo == "load a page that has them"
    (aside,) = about(workspace, "NI147")
    assert aside.found == "June 2021 is set aside (8571%): It cannot be over 100%."
    assert "corrected page" in aside.todo


def test_a_quarterly_figure_is_due_in_the_last_month_of_its_quarter(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    loaded(workspace, new_load(MAY, cell("M1", MAY, "1,801")))
    (may,) = about(workspace, "figures 2021-05")
    assert "FM011" not in may.found
    loaded(workspace, new_load(JUNE, cell("M1", JUNE, "2,080")))
    (june,) = about(workspace, "figures 2021-06")
    assert "FM011" in june.found


def test_months_between_without_a_page_are_named(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    march = JUNE.plus(-3)
    loaded(workspace, new_load(march, cell("M1", march, "1,886")))
    loaded(workspace, new_load(JUNE, cell("M1", JUNE, "2,080")))
    found = [one.found for one in examine(workspace) if one.found.startswith("No page of")]
    assert found == ["No page of April 2021 is loaded.", "No page of May 2021 is loaded."]


def test_comments_that_are_missing_are_counted(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    loaded(workspace, new_load(JUNE, cell("M1", JUNE, "2,080"), cell("M2", JUNE, "339")))
    (remark,) = about(workspace, "comments 2021-06")
    assert remark.found == "2 of 2 indicators have no comment: M1, M2."


def test_what_is_broken_is_an_error_and_the_exit_code_says_so(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    (load,) = loaded(workspace, new_load(JUNE, cell("M1", JUNE, "2,080")))
    (workspace.loads / load.id / "source.csv").write_bytes(b"another page")
    definitions = workspace.root / "definitions" / "ours.toml"
    definitions.write_text('[[indicator]]\nref = "M1"\ncolour = "red"\n')
    (workspace.root / "comments").mkdir()
    remarks = [one for one in examine(workspace) if one.severity is Severity.ERROR]
    assert [one.about for one in remarks] == [f"load {load.id}", "definitions"]
    assert f"loads/{load.id}/source.csv: the copy of the page was changed" in remarks[0].found
    assert f"scorecard loads forget {load.id}" in remarks[0].todo
    assert "definitions/ours.toml, line 3" in remarks[1].found
    assert CliRunner().invoke(doctor, [], obj=workspace.root).exit_code == 1


def test_what_a_stopped_command_left_is_no_fault(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    (workspace.loads / f"{STAGED}abc").mkdir()
    remarks = [one for one in examine(open_workspace(workspace.root)) if STAGED in one.found]
    assert [one.severity for one in remarks] == [Severity.INFORMATION]
