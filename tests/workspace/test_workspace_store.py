"""Loads come and go whole, whatever happens on the way."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workspace_pages import JUNE, MAY, a_workspace, cell, loaded, new_load

from openscorecard.errors import InputError
from openscorecard.locks import locked
from openscorecard.units import Arrow
from openscorecard.workspace.figures import LoadedCell, exact_text, read_cells, write_cells
from openscorecard.workspace.load import cells_of, check_source, page_loads
from openscorecard.workspace.store import forget, forgotten, leftovers

CELLS = (
    cell("M1", JUNE, "2,080"),
    cell("LAC10 (%)", JUNE, "94.8%"),
    cell("M3", JUNE, "-31%", column="change_month"),
    cell("CP2b %", JUNE, "8571%", status="set-aside", note="=A percentage cannot be over 100."),
    cell("EH1c", JUNE, "", status="blank"),
)


def test_a_load_is_a_folder_with_a_name_that_people_can_read(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    (load,) = loaded(workspace, new_load(JUNE, *CELLS, content=b"the page"))
    assert load.id == "2021-06-page-001"
    folder = workspace.loads / load.id
    assert sorted(path.name for path in folder.iterdir()) == [
        "figures.csv", "load.json", "source.csv",
    ]  # fmt: skip
    assert (folder / "source.csv").read_bytes() == b"the page"
    assert page_loads(workspace.loads) == (load,)
    assert cells_of(folder, load) == CELLS
    check_source(folder, load)


def test_ids_and_order_go_on_and_are_never_used_twice(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    loaded(workspace, new_load(JUNE, *CELLS), new_load(MAY, *CELLS))
    with locked(workspace.loads):
        forget(workspace.loads, "2021-06-page-001")
    (load,) = loaded(workspace, new_load(JUNE, *CELLS))
    assert (load.id, load.sequence) == ("2021-06-page-002", 3)
    assert [one.id for one in page_loads(workspace.loads)] == ["2021-05-page-001", load.id]


def test_the_same_page_gives_the_same_figures_byte_for_byte(tmp_path: Path) -> None:
    one, other = a_workspace(tmp_path / "a"), a_workspace(tmp_path / "b")
    (load,), (again,) = loaded(one, new_load(JUNE, *CELLS)), loaded(other, new_load(JUNE, *CELLS))
    assert load.figures_sha256 == again.figures_sha256


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@given(
    st.builds(
        LoadedCell,
        ref=texts,
        month=st.just(JUNE),
        column=st.sampled_from(["value", "sn"]),
        status=st.sampled_from(["value", "dash", "text"]),
        raw=texts,
        number=st.none() | st.fractions(),
        decimals=st.integers(0, 9),
        percent=st.booleans(),
        exact=st.booleans(),
        arrow=st.none() | st.sampled_from(Arrow),
        base=st.none() | st.just(MAY),
        note=texts,
    )
)
def test_cells_come_back_as_they_were_and_none_is_a_formula(one: LoadedCell) -> None:
    content = write_cells((one,))
    assert read_cells(content, "here") == (one,)
    body = content.decode().split("\n", 1)[1]
    assert body.lstrip('"')[:1] not in ("=", "+", "-", "@")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(2080), "2080"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(5, 100), "0.05"),
        (Fraction(10, 3), "10/3"),
    ],
)
def test_numbers_are_written_exactly(number: Fraction, text: str) -> None:
    assert exact_text(number) == text


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("figures.csv", "changed after the page was loaded"),
        ("load.json", "cannot be read"),
        ("source.csv", "changed after it was loaded"),
    ],
)
def test_a_load_that_was_changed_is_refused(tmp_path: Path, file: str, says: str) -> None:
    workspace = a_workspace(tmp_path)
    (load,) = loaded(workspace, new_load(JUNE, *CELLS))
    folder = workspace.loads / load.id
    path = folder / file
    path.write_bytes(path.read_bytes()[:-9] + b"something")

    def read() -> None:
        for one in page_loads(workspace.loads):
            cells_of(folder, one)
            check_source(folder, one)

    with pytest.raises(InputError, match=says):
        read()


def test_a_broken_load_can_be_forgotten(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    (load,) = loaded(workspace, new_load(JUNE, *CELLS))
    (workspace.loads / load.id / "load.json").write_bytes(b"{")
    with locked(workspace.loads):
        forget(workspace.loads, load.id)
    assert page_loads(workspace.loads) == ()
    assert forgotten(workspace.loads)[0]["id"] == load.id


def test_forgetting_is_noted(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    (load,) = loaded(workspace, new_load(JUNE, *CELLS))
    with locked(workspace.loads):
        with pytest.raises(InputError, match="no load"):
            forget(workspace.loads, "../loads/" + load.id)
        forget(workspace.loads, load.id)
    (entry,) = json.loads((workspace.loads / "forgotten.json").read_bytes())
    assert (entry["id"], entry["sequence"], entry["file"]) == (load.id, 1, "page.csv")
    assert (entry["sha256"], entry["loaded_at"]) == (load.sha256, load.loaded_at)


def test_a_load_that_cannot_be_noted_as_forgotten_stays(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    (load,) = loaded(workspace, new_load(JUNE, *CELLS))
    (workspace.loads / "forgotten.json").mkdir()  # in the way of the note
    with locked(workspace.loads), pytest.raises(InputError):
        forget(workspace.loads, load.id)
    assert page_loads(workspace.loads) == (load,)
    assert cells_of(workspace.loads / load.id, load) == CELLS
    assert leftovers(workspace.loads) == []


FULL = """
import resource, sys
from pathlib import Path
from openscorecard.errors import InputError
from openscorecard.workspace.store import forget
sys.dont_write_bytecode = True  # a module cut short would break every test after this one
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # no file may hold anything: a full disk
try:
    forget(Path(sys.argv[1]), sys.argv[2])
except InputError as error:
    sys.exit(str(error))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_on_a_full_disk_nothing_is_forgotten(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    (load,) = loaded(workspace, new_load(JUNE, *CELLS))
    command = [sys.executable, "-c", FULL, str(workspace.loads), load.id]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "could not be written" in ended.stderr
    assert page_loads(workspace.loads) == (load,)
    assert leftovers(workspace.loads) == []
    with locked(workspace.loads):
        forget(workspace.loads, load.id)
    assert [entry["id"] for entry in forgotten(workspace.loads)] == [load.id]


def test_two_commands_do_not_change_the_loads_at_once(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    with (
        locked(workspace.loads),
        pytest.raises(InputError, match="another scorecard command"),
        locked(workspace.loads),
    ):
        pass
    with locked(workspace.loads):
        pass


def test_an_error_between_two_loads_takes_the_first_back(
    tmp_path: Path,
) -> None:
    workspace = a_workspace(tmp_path)
    (workspace.loads / "2021-06-page-001").write_text("a file where the folder has to go")
    with pytest.raises(InputError, match="could not be written"):
        loaded(workspace, new_load(MAY, *CELLS), new_load(JUNE, *CELLS))
    assert page_loads(workspace.loads) == ()
    assert leftovers(workspace.loads) == []
