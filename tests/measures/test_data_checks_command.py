"""`scorecard data`: from an extract to what would mislead the page."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from openscorecard.cli.main import cli
from openscorecard.errors import InputError
from openscorecard.workspace.folder import make_workspace

EXTRACT = {
    "load.toml": "extracted = 2021-07-05\n[coverage]\nall = 2017-04-01\n",
    "ssd_person.csv": "pers_person_id,pers_dob\n10007,2010-03-01\n",
    "ssd_cin_episodes.csv": (
        "cine_referral_id,cine_person_id,cine_referral_date,cine_close_date,cine_close_reason\n"
        "R1,10007,2021-03-04,,RC1\n"
    ),
}
# An assessment authorised before it began: certainly wrong.
ASSESSMENT = (
    "cina_assessment_id,cina_person_id,cina_referral_id,cina_assessment_start_date,"
    "cina_assessment_auth_date,cina_assessment_outcome_nfa\n"
    "S1,10007,R1,2021-03-10,2021-03-09,N\n"
)


def council(folder: Path, **more: str) -> Path:
    """A workspace with one load."""
    make_workspace(folder / "council")
    extract = folder / "extract"
    extract.mkdir()
    for name, content in {**EXTRACT, **{f"{key}.csv": text for key, text in more.items()}}.items():
        (extract / name).write_text(content, encoding="utf-8")
    loaded = run(folder / "council", "load", str(extract))
    assert loaded.exit_code in (0, 1), loaded.output
    return folder / "council"


def run(workspace: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--workspace", str(workspace), *words])


def test_it_prints_the_rule_the_sentence_and_the_rows(tmp_path: Path) -> None:
    result = run(council(tmp_path), "data", "2021-06")
    assert result.exit_code == 0, result.output
    lines = [line.strip() for line in result.output.splitlines()]
    assert "1 warning" in lines
    assert "referral-reason-without-closure" in lines
    assert "child 10007, referral R1: referred 2021-03-04, reason RC1" in lines
    assert lines[-1] == "0 errors, 1 warning, 0 notes"


def test_without_a_month_the_newest_load_is_taken(tmp_path: Path) -> None:
    workspace = council(tmp_path)
    assert run(workspace, "data").output == run(workspace, "data", "2021-06").output


def test_an_error_is_exit_code_1_and_stands_first(tmp_path: Path) -> None:
    result = run(council(tmp_path, ssd_cin_assessments=ASSESSMENT), "data", "--format", "json")
    assert result.exit_code == 1, result.output
    said = json.loads(result.output)
    assert [one["rule"] for one in said["findings"]] == [
        "assessment-authorised-before-start",
        "referral-reason-without-closure",
    ]
    first = said["findings"][0]
    assert (first["severity"], first["rows"]) == ("error", 1)
    assert "EH3a%" in first["refs"]
    assert first["samples"] == [
        "child 10007, assessment S1: started 2021-03-10, authorised 2021-03-09"
    ]


def test_csv_has_a_line_a_finding(tmp_path: Path) -> None:
    result = run(council(tmp_path), "data", "--format", "csv")
    (line,) = csv.DictReader(io.StringIO(result.output))
    assert (line["rule"], line["rows"]) == ("referral-reason-without-closure", "1")
    assert line["refs"] == "EH2, CIN5, EH5-QL"
    assert line["samples"] == "child 10007, referral R1: referred 2021-03-04, reason RC1"


def test_a_month_that_is_none_changes_nothing(tmp_path: Path) -> None:
    result = run(council(tmp_path), "data", "June")
    assert isinstance(result.exception, InputError)


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_nothing_found_is_said_in_every_form(tmp_path: Path, form: str) -> None:
    make_workspace(tmp_path / "council")
    extract = tmp_path / "extract"
    extract.mkdir()
    clean = {**EXTRACT, "ssd_cin_episodes.csv": EXTRACT["ssd_cin_episodes.csv"].replace("RC1", "")}
    for name, content in clean.items():
        (extract / name).write_text(content, encoding="utf-8")
    run(tmp_path / "council", "load", str(extract))
    result = run(tmp_path / "council", "data", "--format", form)
    assert result.exit_code == 0, result.output
    if form == "table":
        said = "2021-06-records-001, read out on 2021-07-05, closes June 2021.\nNothing found.\n"
        assert result.output == said
    elif form == "json":
        assert json.loads(result.output)["findings"] == []
    else:
        assert result.output == "rule,severity,rows,refs,message,samples\n"
