"""Finding, opening and making a workspace."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from openscorecard.cli.init import init
from openscorecard.errors import InputError
from openscorecard.workspace import find_workspace, open_workspace
from openscorecard.workspace.folder import make_workspace


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_init_makes_a_workspace_and_says_what_is_next(tmp_path: Path) -> None:
    folder = tmp_path / "councils" / "northshire"
    result = CliRunner().invoke(init, [str(folder), "--council", "Northshire"])
    assert result.exit_code == 0
    assert [line[:4] for line in result.output.splitlines() if line.startswith("  ")] == [
        "  1.", "  2.", "  3.",
    ]  # fmt: skip
    assert names(folder) == ["definitions", "loads", "openscorecard.toml"]
    assert "own definitions" in (folder / "definitions" / "README.md").read_text(encoding="utf-8")
    assert open_workspace(folder).settings.council == "Northshire"
    mode = stat.S_IMODE((folder / "loads").stat().st_mode)
    assert mode == stat.S_IMODE(folder.stat().st_mode)


def test_init_without_a_name_asks_for_it_first(tmp_path: Path) -> None:
    result = CliRunner().invoke(init, [str(tmp_path / "our council")])
    steps = result.output.split("Next:\n")[1].splitlines()
    assert steps[0].startswith("  1. Write the council's name into ")
    assert "nothing is published without it" in steps[0]
    assert steps[1].startswith(f"  2. scorecard --workspace '{tmp_path / 'our council'}' load PAGE")


def test_init_here_names_the_folder_and_needs_no_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(init, [".", "--council", "Northshire"])
    assert result.output.splitlines()[0] == f"A workspace is made in {tmp_path.resolve()}"
    assert "  2. scorecard load PAGE" in result.output


@pytest.mark.parametrize("council", ["Two\nlines", "x" * 201, "\udc80"])
def test_a_name_that_cannot_be_one_makes_nothing(tmp_path: Path, council: str) -> None:
    with pytest.raises(InputError, match="one line of at most 200 characters"):
        make_workspace(tmp_path / "northshire", council)
    assert names(tmp_path) == []


def test_empty_folders_of_a_workspaces_names_are_no_obstacle(tmp_path: Path) -> None:
    for name in ("definitions", "loads", ".scorecard-init-abc"):
        (tmp_path / name).mkdir()
    make_workspace(tmp_path, "Northshire")
    assert names(tmp_path) == ["definitions", "loads", "openscorecard.toml"]
    assert names(tmp_path / "definitions") == ["README.md"]


@pytest.mark.parametrize("name", ["definitions", "loads"])
def test_folders_of_those_names_that_hold_something_stay(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "README.md").write_text("somebody's own")
    with pytest.raises(InputError, match="stands there already"):
        make_workspace(tmp_path, "Northshire")
    assert names(tmp_path) == [name]


def test_a_folder_with_other_files_is_fine_and_they_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("ours")
    make_workspace(tmp_path, "")
    assert names(tmp_path) == ["definitions", "loads", "notes.txt", "openscorecard.toml"]


@pytest.mark.parametrize("name", ["openscorecard.toml", "definitions", "loads"])
def test_what_stands_in_the_way_is_refused_and_nothing_changes(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("ours")
    with pytest.raises(InputError):
        make_workspace(tmp_path, "")
    assert names(tmp_path) == [name]
    assert (tmp_path / name).read_text() == "ours"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="it is a file"):
        make_workspace(tmp_path / "file", "")
    with pytest.raises(InputError, match="could not be made"):
        make_workspace(tmp_path / "file" / "below", "")


def test_the_workspace_is_the_nearest_folder_upwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outer = make_workspace(tmp_path / "outer", "Outer")
    inner = make_workspace(tmp_path / "outer" / "inner", "Inner")
    deep = inner.root / "definitions"
    assert find_workspace(deep) == inner.root
    assert find_workspace(outer.loads) == outer.root
    monkeypatch.chdir(deep)
    assert open_workspace().settings.council == "Inner"


def test_without_a_workspace_the_error_says_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_workspace() is None
    with pytest.raises(InputError, match="scorecard init DIR"):
        open_workspace()
    with pytest.raises(InputError, match="scorecard init"):
        open_workspace(tmp_path / "elsewhere")
