"""`scorecard comparators load`, `list` and `remove`, as their user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from published_files import (
    council,
    england,
    lait,
    nearest_to,
    neighbours_book,
    referrals,
    table,
)

from openscorecard.cli.comparators import comparators
from openscorecard.errors import InputError
from openscorecard.workspace.folder import Workspace, make_workspace
from openscorecard.workspace.published import published_of


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "northshire", "Northshire")


def run(workspace: Workspace, *words: str | Path) -> Result:
    result = CliRunner().invoke(comparators, [str(word) for word in words], obj=workspace.root)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_a_workspace_begins_with_nothing_published(workspace: Workspace) -> None:
    assert published_of(workspace) is None
    assert "Nothing published is loaded" in run(workspace, "list").output


def test_load_says_what_each_file_is(workspace: Workspace, tmp_path: Path) -> None:
    kent = nearest_to(886, "Kent", *range(850, 860))
    result = run(
        workspace,
        "load",
        referrals(tmp_path / "r.csv"),
        neighbours_book(tmp_path / "neighbours may 2025.xlsx", kent),
        lait(tmp_path / "l.csv", '"A","","2020","England","5",970,"NA"',
             '"A","","0","England","5",970,"NA"'),
    )  # fmt: skip
    assert "r.csv: Characteristics of children in need: C1, referrals" in result.output
    assert "loaded as c1-001, edition 2021 (r.csv)" in result.output
    assert "2020 to 2021: 24 cells of 3 series; 3 councils in all years" in result.output
    assert "1 withheld, so that nobody can be known by it" in result.output
    assert "1 not applicable" in result.output
    assert "loaded as neighbours-001, edition May 2025" in result.output
    assert "ten neighbours each of 1 council" in result.output
    assert "left out: 1 row of the period '0'" in result.output
    assert "comparators show" in result.output
    assert published_of(workspace) is not None


def test_an_unknown_table_names_its_series(workspace: Workspace, tmp_path: Path) -> None:
    path = table(tmp_path / "Absence_2020.csv", "sessions", england(2020, 5))
    result = run(workspace, "load", path)
    assert "a table that we do not know; its series begin with absence:" in result.output
    assert "its series: absence:sessions" in result.output


def test_the_same_file_again_says_so(workspace: Workspace, tmp_path: Path) -> None:
    path = referrals(tmp_path / "r.csv")
    run(workspace, "load", path)
    assert "r.csv: loaded already as c1-001" in run(workspace, "load", path).output


def test_a_bad_file_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    letter = tmp_path / "letter.csv"
    letter.write_text("Dear all,\n", encoding="utf-8")
    with pytest.raises(InputError, match="none of the published files"):
        run(workspace, "load", referrals(tmp_path / "r.csv"), letter)
    with pytest.raises(InputError, match="there is no such file"):
        run(workspace, "load", tmp_path / "none.csv")
    assert published_of(workspace) is None


def test_list_and_remove(workspace: Workspace, tmp_path: Path) -> None:
    first = table(tmp_path / "a.csv", "n", england(2020, 1), council(2020, "1", "E1", "A", 2))
    second = table(tmp_path / "b.csv", "n", england(2021, 1))
    run(workspace, "load", "--edition", "as published", first, second)
    listed = json.loads(run(workspace, "list", "--format", "json").output)
    assert [(one["id"], one["edition"], one["last_year"]) for one in listed] == [
        ("a-001", "as published", 2020),
        ("b-001", "as published", 2021),
    ]
    assert listed[0]["series"] == {"a:n": [2020]}
    text = run(workspace, "list", "--series").output
    assert "a-001" in text
    assert "b:n" in text
    assert run(workspace, "list", "--format", "csv").output.startswith("id,kind,source,title")
    assert "a-001 is taken out" in run(workspace, "remove", "a-001").output
    assert "a-001" not in run(workspace, "list").output


def test_another_name_says_what_differs_and_how_to_undo_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    first = referrals(tmp_path / "r.csv")
    run(workspace, "load", first)
    copy = tmp_path / "copy.csv"
    copy.write_text(first.read_text(encoding="utf-8").replace("22000,", "22001,"), encoding="utf-8")
    said = run(workspace, "load", copy).output
    assert (
        "differs from c1-001 (r.csv) in 1 cell: referral_count, Kent, 2020: 22,000 there, 22,001 "
        "here. c1-002 now counts; `"
    ) in said
    assert "comparators remove c1-002` undoes it." in said


def test_an_edition_for_a_file_that_is_loaded(workspace: Workspace, tmp_path: Path) -> None:
    path = referrals(tmp_path / "r.csv")
    run(workspace, "load", path)
    copy = tmp_path / "copy.csv"
    copy.write_bytes(path.read_bytes())
    said = run(workspace, "load", copy, "--edition", "October 2021").output
    assert "copy.csv, the same content as r.csv: loaded already as c1-001" in said
    assert "Its edition is still 2021 (r.csv). To name it otherwise, take it out and load" in said
    assert "comparators remove c1-001`" in said


def test_list_notices_a_file_that_was_changed(workspace: Workspace, tmp_path: Path) -> None:
    run(workspace, "load", referrals(tmp_path / "r.csv"),
        table(tmp_path / "a.csv", "n", england(2020, 1)))  # fmt: skip
    kept = workspace.root / "comparators" / "c1-001.zip"
    kept.write_bytes(kept.read_bytes() + b" ")
    result = run(workspace, "list")
    assert result.exit_code == 1
    assert "comparators/c1-001.zip: it cannot be read, or was changed" in result.output
    assert "`scorecard comparators remove c1-001` and load r.csv again" in result.output
    listed = run(workspace, "list", "--format", "json").stdout
    assert [one["changed"] for one in json.loads(listed)] == [[], ["c1-001.zip"]]
    assert run(workspace, "remove", "c1-001").exit_code == 0
    assert run(workspace, "list").exit_code == 0
