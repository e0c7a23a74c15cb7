"""The demonstration's folder: ours is made anew, anybody else's is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from openscorecard.demo.folder import MARKER, fresh_folder
from openscorecard.errors import InputError


def build(folder: Path, text: str) -> None:
    with fresh_folder(folder) as fresh:
        (fresh / "pages").mkdir()
        (fresh / "pages" / "page.csv").write_text(text)


def build_and_fail(folder: Path, fault: type[BaseException]) -> None:
    with fresh_folder(folder) as fresh:
        (fresh / "pages").mkdir()
        raise fault


def content(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MARKER
    }


def test_a_new_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    build(tmp_path / "a" / "b", "one")
    assert content(tmp_path / "a" / "b") == {"pages/page.csv": "one"}
    assert {path.name for path in (tmp_path / "a" / "b").iterdir()} == {MARKER, "pages"}


def test_our_own_folder_is_made_anew_with_all_that_was_put_in_since(tmp_path: Path) -> None:
    build(tmp_path, "one")
    (tmp_path / "notes.txt").write_text("mine")
    build(tmp_path, "two")
    assert content(tmp_path) == {"pages/page.csv": "two"}


def test_the_folder_one_stands_in_can_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    build(Path(), "one")
    build(Path(), "two")
    assert Path("pages/page.csv").read_text() == "two"


def test_a_foreign_folder_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "openscorecard.toml").write_text("[council]")  # even a workspace, if not ours
    with pytest.raises(InputError, match="did not make"):
        build(tmp_path, "one")
    assert content(tmp_path) == {"openscorecard.toml": "[council]"}


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("a file")
    with pytest.raises(InputError, match="it is a file"):
        build(tmp_path / "demo", "one")


@pytest.mark.parametrize("fault", [KeyboardInterrupt, ValueError])
def test_a_run_that_is_interrupted_leaves_what_was_there(
    tmp_path: Path, fault: type[BaseException]
) -> None:
    build(tmp_path, "one")
    before = content(tmp_path)
    with pytest.raises(fault):
        build_and_fail(tmp_path, fault)
    assert content(tmp_path) == before
    assert {path.name for path in tmp_path.iterdir()} == {MARKER, "pages"}


def test_a_first_run_that_is_interrupted_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), fresh_folder(tmp_path / "a" / "b"):
        raise KeyboardInterrupt
    assert not list(tmp_path.iterdir())


def test_what_a_killed_run_left_is_no_foreign_content(tmp_path: Path) -> None:
    (tmp_path / ".demo-new-abc").mkdir()
    build(tmp_path, "one")
    assert {path.name for path in tmp_path.iterdir()} == {MARKER, "pages"}


def test_a_folder_half_swapped_is_still_ours(tmp_path: Path) -> None:
    build(tmp_path, "one")
    (tmp_path / ".demo-old-abc").mkdir()  # killed between two renames
    (tmp_path / "pages").rename(tmp_path / ".demo-old-abc" / "pages")
    build(tmp_path, "two")
    assert content(tmp_path) == {"pages/page.csv": "two"}
