"""A load that was a mistake goes wholly, and what stood before it stands again; and rows go only
where the figures counted from them are kept."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_council import HEADS, load_month, small_council, three_loads, write_extract
from workspace_pages import JUNE as JUNE_MONTH
from workspace_pages import a_workspace, cell, loaded, new_load

from openscorecard import run
from openscorecard.cli.main import cli
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.workspace.computed import FIGURES
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.records_load import all_records_loads, child_ids, records_loads
from openscorecard.workspace.store import forgotten
from openscorecard.workspace.take_records import load_records

JUNE = Month(2021, 6)
JUNE_1, JUNE_2 = "2021-06-records-001", "2021-06-records-002"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return three_loads(tmp_path)


def command(workspace: Workspace, *words: str, answer: str | None = None) -> Result:
    inside = ["--workspace", str(workspace.root), *words]
    result = CliRunner().invoke(cli, inside, input=answer)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def mistaken_load(workspace: Workspace) -> str:
    """One table of the extract alone, read out a week later: it closes June too."""
    absent = {name: None for name in HEADS if name != "ssd_contacts"}
    return load_month(workspace, "june", "2021-07-12", **absent)


def test_what_stood_before_a_mistaken_load_stands_again(workspace: Workspace) -> None:
    before = run.build(JUNE, workspace)
    assert mistaken_load(workspace) == JUNE_2
    row = run.build(JUNE, workspace).row("CP6B")
    assert row is not None
    assert row.latest.value is None
    assert (workspace.root / FIGURES / f"{JUNE_2}.csv").is_file()
    result = command(workspace, "loads", "remove", JUNE_2, "--yes")
    assert f"{JUNE_2} is removed, with the figures that were counted from it." in result.output
    assert run.build(JUNE, workspace) == before
    assert not (workspace.loads / JUNE_2).exists()
    assert not list((workspace.root / FIGURES).glob(f"{JUNE_2}*"))
    assert (workspace.root / FIGURES / f"{JUNE_1}.csv").is_file()
    (noted,) = forgotten(workspace.loads)
    assert (noted["id"], noted["kind"], noted["extracted"], noted["source"]) == (
        JUNE_2, "records", "2021-07-12", "june-0",
    )  # fmt: skip
    assert json.loads((workspace.loads / "forgotten.json").read_bytes()) == [noted]


def test_the_same_extract_can_be_loaded_again(tmp_path: Path) -> None:
    """Also where its rows had been dropped first; its number is never given again."""
    workspace = small_council(tmp_path)
    folder = write_extract(tmp_path / "extract", "june")
    assert load_records(workspace, folder).load.id == JUNE_1
    with pytest.raises(InputError, match="loaded already"):
        load_records(workspace, folder)
    command(workspace, "loads", "forget", JUNE_1, "--yes")
    command(workspace, "loads", "remove", JUNE_1, "--yes")
    assert all_records_loads(workspace.loads) == ()
    assert load_records(workspace, folder).load.id == JUNE_2
    row = run.build(JUNE, workspace).row("M1")
    assert row is not None
    assert row.latest.value == 2


def test_children_of_a_removed_load_are_in_the_map_no_more(workspace: Workspace) -> None:
    """Z came with the mistaken load alone; the others keep their numbers."""
    before = child_ids(workspace)
    load_month(workspace, "june", "2021-07-12", ssd_contacts="K1,Z,2021-06-10",
               ssd_person="Z,2010-01-01 A,2010-05-01 C,2014-01-01")  # fmt: skip
    numbers = {one.id: number for number, one in child_ids(workspace).items()}
    assert "Z" in numbers
    command(workspace, "loads", "remove", JUNE_2, "--yes")
    assert child_ids(workspace) == before
    load_month(workspace, "june", "2021-07-13", ssd_contacts="K1,Z,2021-06-10")
    again = {one.id: number for number, one in child_ids(workspace).items()}
    assert again["Z"] > numbers["Z"]


def test_forgetting_is_said_to_be_no_undoing(workspace: Workspace) -> None:
    said = command(workspace, "loads", "forget", JUNE_1, "--yes").output
    assert "It still closes June 2021." in said
    assert f"`scorecard loads remove {JUNE_1}`" in said
    assert "scorecard loads forget" in command(workspace, "loads", "remove", "--help").output
    assert "scorecard loads remove" in command(workspace, "loads", "forget", "--help").output


def test_a_page_is_removed_as_it_is_forgotten(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    loaded(workspace, new_load(JUNE_MONTH, cell("M1", JUNE_MONTH, "5")))
    said = command(workspace, "loads", "remove", "2021-06-page-001", "--yes").output
    assert "stand again" in said
    assert [one["id"] for one in forgotten(workspace.loads)] == ["2021-06-page-001"]


@pytest.mark.parametrize(
    "words", [("remove", JUNE_1), ("forget", JUNE_1), ("forget", "--child", "A")]
)
def test_it_asks_and_a_script_is_told_how_to_answer(
    workspace: Workspace, words: tuple[str, ...]
) -> None:
    assert command(workspace, "loads", *words, answer="n\n").exit_code == 1
    with pytest.raises(InputError) as refused:
        command(workspace, "loads", *words)
    assert refused.value.todo == "in a script, add --yes"
    with pytest.raises(InputError, match="there is no load"):
        command(workspace, "loads", "remove", "2021-06-records-009", "--yes")
    assert len(records_loads(workspace.loads)) == 3
    assert not any(load.forgotten for load in records_loads(workspace.loads))


@contextmanager
def full_disk() -> Iterator[None]:
    """No file can be written; modules neither, for one cut short would break later tests."""
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    written, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        sys.dont_write_bytecode = written


@pytest.mark.parametrize("words", [(JUNE_1,), ("--child", "A")])
def test_no_row_goes_where_its_figures_cannot_be_kept(
    workspace: Workspace, words: tuple[str, ...]
) -> None:
    """Figures by other settings are there, and those of today do not fit on the disk."""
    settings = workspace.root / "openscorecard.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}[measures]\ncp_visit_days = 16\n", encoding="utf-8")
    with full_disk(), pytest.raises(InputError) as refused:
        command(workspace, "loads", "forget", *words, "--yes")
    assert "no row was dropped" in refused.value.found
    assert "make room on the disk" in refused.value.todo
    assert len(records_loads(workspace.loads)) == 3
    assert not any(load.forgotten for load in records_loads(workspace.loads))
    command(workspace, "loads", "forget", *words, "--yes")
    row = run.build(JUNE, workspace).row("CP8-QL")
    assert row is not None
    assert row.latest.value is not None


def test_a_load_of_whom_nobody_knows_keeps_its_rows(tmp_path: Path) -> None:
    """Of two councils, and the settings do not say which is the council's own."""
    workspace = small_council(tmp_path)
    for code in ("E06000001", "E06000002"):
        folder = write_extract(tmp_path / "region" / code, "june")
    shutil.move(folder / "load.toml", tmp_path / "region" / "load.toml")
    (tmp_path / "region" / "E06000001" / "load.toml").unlink()
    load_records(workspace, tmp_path / "region")
    with pytest.raises(InputError, match="several councils"):
        command(workspace, "loads", "forget", JUNE_1, "--yes")
    assert len(records_loads(workspace.loads)) == 1


def test_build_says_that_a_load_with_fewer_tables_closes_the_month(workspace: Workspace) -> None:
    assert "closes" not in command(workspace, "build", "2021-06").output
    mistaken_load(workspace)
    said = " ".join(command(workspace, "build", "2021-06").output.split())
    tables = len(all_records_loads(workspace.loads)[2].tables)
    assert (
        f"{JUNE_2} closes June 2021 too and has 1 table: figures of {tables - 1} others, which "
        f"{JUNE_1} has, cannot be counted from it."
    ) in said
    assert f"`scorecard loads remove {JUNE_2}`" in said
    command(workspace, "loads", "remove", JUNE_2, "--yes")
    assert "closes June" not in command(workspace, "build", "2021-06").output
