"""What a command that was killed leaves: the old or the new, and nothing in the way of the next."""

from __future__ import annotations

from pathlib import Path

from killed import fork_only, killed_at
from workspace_pages import JUNE, MAY, a_workspace, cell, loaded, new_load

from openscorecard.locks import locked
from openscorecard.workspace import open_workspace
from openscorecard.workspace.folder import make_workspace
from openscorecard.workspace.load import cells_of, check_source, page_loads
from openscorecard.workspace.store import forget, forgotten, keep, leftovers

CELLS = (cell("M1", JUNE, "2,080"), cell("LAC10 (%)", JUNE, "94.8%"))


@fork_only
def test_a_load_that_is_killed_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    outcomes = set()
    for step in range(1, 400):
        workspace = a_workspace(tmp_path / str(step))

        def load(loads: Path = workspace.loads) -> None:
            with locked(loads):
                keep(loads, [new_load(JUNE, *CELLS, content=b"page" * 50_000)])

        if not killed_at(step, load):
            break
        there = page_loads(workspace.loads)
        for one in there:
            folder = workspace.loads / one.id
            assert cells_of(folder, one) == CELLS
            check_source(folder, one)
        outcomes.add((len(there), len(leftovers(workspace.loads))))
        loaded(workspace, new_load(MAY, *CELLS))
        assert len(page_loads(workspace.loads)) == len(there) + 1
        assert leftovers(workspace.loads) == []
    assert step > 20
    # nothing yet; a folder without a name; the load
    assert outcomes == {(0, 0), (0, 1), (1, 0)}


@fork_only
def test_a_load_whose_forgetting_is_killed_is_there_or_forgotten(tmp_path: Path) -> None:
    outcomes = set()
    for step in range(1, 400):
        workspace = a_workspace(tmp_path / str(step))
        (load,) = loaded(workspace, new_load(JUNE, *CELLS))

        def work(loads: Path = workspace.loads, load_id: str = load.id) -> None:
            with locked(loads):
                forget(loads, load_id)

        if not killed_at(step, work):
            break
        there = page_loads(workspace.loads)
        outcomes.add(len(there))
        if there:
            assert cells_of(workspace.loads / load.id, load) == CELLS
        (other,) = loaded(workspace, new_load(JUNE, *CELLS))
        assert other.id == "2021-06-page-002"
        assert [entry["id"] for entry in forgotten(workspace.loads)] == [load.id] * (not there)
        assert leftovers(workspace.loads) == []
    assert step > 20
    assert outcomes == {0, 1}


@fork_only
def test_a_workspace_whose_making_is_killed_can_be_made_again(tmp_path: Path) -> None:
    outcomes = set()
    for step in range(1, 400):
        folder = tmp_path / str(step)

        def work(folder: Path = folder) -> None:
            make_workspace(folder, "Northshire")

        if not killed_at(step, work):
            break
        made = (folder / "openscorecard.toml").exists()
        outcomes.add(made)
        if not made:
            make_workspace(folder, "Northshire")
            assert sorted(one.name for one in folder.iterdir()) == [
                "definitions", "loads", "openscorecard.toml",
            ]  # fmt: skip
            assert (folder / "definitions" / "README.md").read_bytes()
        assert open_workspace(folder).settings.council == "Northshire"
    assert step > 10
    assert outcomes == {False, True}
