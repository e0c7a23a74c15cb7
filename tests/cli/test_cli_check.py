"""`scorecard check` as data, and in a workspace."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from openscorecard.cli.main import cli
from openscorecard.errors import InputError
from openscorecard.workspace.folder import Workspace, make_workspace

PAGE = """\
Ref,Indicator,May-21,Jun-21
M1,Number of contacts received,50%,60%
M9,Number of callers,7,8
"""
BELOW = """\
Ref,Indicator,May-21,Jun-21,12-mnth max.
M1,Number of contacts received,"1,801","2,080","1,990"
M2,Number of new referrals,442,339,460
"""
OWN = """\
[[indicator]]
ref = "M9"
id = "callers"
order = 3
name = "Number of callers"
short_name = "Callers"
section = "front-door"
outcome = "A caller is heard."
kind = "flow"
unit = "count"
preferred_direction = "none"
owner = "Head of Service, Social Work"
reporter = "Service Manager, Assessment"
[[indicator.definition]]
from = "2021-01"
words = "Callers in the month."
measure = { of = "ssd_contacts", counts = "children", in_month = "cont_contact_date" }
[[example]]
ref = "M9"
"""


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, in no workspace."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def workspace(outside: Path) -> Workspace:
    return make_workspace(outside / "northshire", "Northshire")


def check(content: str, *words: str, before: tuple[str, ...] = ()) -> Result:
    Path("page.csv").write_text(content, encoding="utf-8")
    arguments = [*before, "check", "page.csv", *words]
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


def rules(result: Result) -> set[tuple[str, str | None]]:
    return {(one["rule"], one["ref"]) for one in json.loads(result.output)["findings"]}


def test_without_a_workspace_a_ref_of_another_council_is_no_fault(outside: Path) -> None:
    assert outside.is_dir()
    found = {rule for rule, _ in rules(check(PAGE, "--format", "json"))}
    assert not found & {"ref-not-in-catalogue", "unit-not-as-defined"}


def test_in_a_workspace_the_councils_own_definitions_count(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = ("--workspace", str(workspace.root))
    found = check(PAGE, "--format", "json", before=there)
    assert found.exit_code == 1
    both = {("ref-not-in-catalogue", "M9"), ("unit-not-as-defined", "M1")}
    assert both <= rules(found)

    (workspace.root / "definitions" / "own.toml").write_text(OWN, encoding="utf-8")
    assert ("ref-not-in-catalogue", "M9") not in rules(
        check(PAGE, "--format", "json", before=there)
    )
    monkeypatch.chdir(workspace.root)  # inside it, it need not be named
    inside = check(PAGE)
    assert f"Held against the definitions of {workspace.root}" in inside.output
    assert "M1 is defined as a count" in " ".join(inside.output.split())


def test_the_csv_says_what_should_stand_there_and_where_it_stands(outside: Path) -> None:
    assert outside.is_dir()
    rows = list(csv.DictReader(io.StringIO(check(BELOW, "--format", "csv").output)))
    assert list(rows[0]) == [
        "rule", "severity", "ref", "column", "printed", "expected", "message", "place",
    ]  # fmt: skip
    (maximum,) = [row for row in rows if row["ref"] == "M1"]
    # June alone is 2,080
    assert (maximum["column"], maximum["printed"]) == ("maximum_12m", "1,990")
    assert maximum["expected"] == "2080 or more"
    read = check(BELOW.replace("339", "see note"), "--format", "csv").output
    (unread,) = [row for row in csv.DictReader(io.StringIO(read)) if row["rule"] == "unread-cell"]
    assert unread["place"] == "page.csv, line 3"


def test_one_indicator_is_no_plural(outside: Path) -> None:
    assert outside.is_dir()
    one = check("Ref,Indicator,Jun-21\nM1,Contacts,2080\n")
    assert one.output.splitlines()[0] == "page.csv: 1 indicator, 1 table"


@pytest.mark.parametrize(
    ("content", "place"),
    [(b"", ""), (b"nothing of a page", ""), (b"Ref,Jun-21,Jun-21\nM1,1,2\n", ", line 1")],
)
def test_errors_name_the_file_as_it_was_typed(outside: Path, content: bytes, place: str) -> None:
    (outside / "pages").mkdir()
    (outside / "pages" / "june.csv").write_bytes(content)
    typed = Path("pages") / "june.csv"
    with pytest.raises(InputError) as caught:
        CliRunner().invoke(cli, ["check", str(typed)], catch_exceptions=False)
    assert caught.value.where == f"{typed}{place}"
