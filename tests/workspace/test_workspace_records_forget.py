"""Rows go when they are no longer needed; figures, counts and hashes stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from killed import fork_only, killed_at
from records_extracts import AUGUST_4, TABLES, extract, load, stored_rows
from workspace_pages import a_workspace

from openscorecard.errors import InputError
from openscorecard.locks import locked
from openscorecard.workspace.amend import amend, is_pending
from openscorecard.workspace.child_map import Child
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.forget_records import drop_rows, forget_child, known_child
from openscorecard.workspace.records_load import (
    all_records_loads,
    check_stored,
    child_ids,
    records_loads,
    supplied,
    table_paths,
)
from openscorecard.workspace.store import leftovers, sweep


def two_loads(tmp_path: Path) -> Workspace:
    """A is in both, with a row set aside in the second."""
    workspace = a_workspace(tmp_path)
    load(workspace, extract(tmp_path / "june"))
    contacts = "cont_contact_id,cont_person_id,cont_contact_date\nK1,A,2021-06-31\nK2,B,soon\n"
    load(workspace, extract(tmp_path / "july", ssd_contacts=contacts), AUGUST_4)
    return workspace


def texts_of(workspace: Workspace) -> str:
    """All that the loads hold as text."""
    files = [path for path in workspace.loads.rglob("*") if path.suffix in (".csv", ".json")]
    return "".join(path.read_text(encoding="utf-8") for path in files)


def test_dropped_rows_are_gone_and_the_load_is_still_told(tmp_path: Path) -> None:
    workspace = two_loads(tmp_path)
    june, july = records_loads(workspace.loads)
    with locked(workspace.loads):
        drop_rows(workspace.loads, june.id)
    assert records_loads(workspace.loads) == (july,)
    dropped = all_records_loads(workspace.loads)[0]
    assert (dropped.counts, dropped.files, dropped.coverage) == (
        june.counts, june.files, june.coverage,
    )  # fmt: skip
    assert dropped.rows_dropped
    assert table_paths(workspace.loads, dropped) == {}
    assert len(supplied(workspace.loads, dropped)) == 2  # sums of other teams, no child's rows
    folder = workspace.loads / june.id
    assert sorted(path.name for path in folder.iterdir()) == [
        "findings.json", "load.json", "supplied.csv",
    ]  # fmt: skip
    check_stored(folder, dropped)
    assert len(child_ids(workspace)) == 3  # numbers are never given out anew
    with locked(workspace.loads), pytest.raises(InputError, match="dropped already"):
        drop_rows(workspace.loads, june.id)


def test_dropped_records_may_come_back_as_another_load(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    folder = extract(tmp_path / "june")
    one = load(workspace, folder).load
    with locked(workspace.loads):
        drop_rows(workspace.loads, one.id)
    again = load(workspace, folder).load
    assert (again.id, again.stored) == ("2021-06-records-002", one.stored)


def test_a_forgotten_child_is_in_no_load(tmp_path: Path) -> None:
    workspace = two_loads(tmp_path)
    before = records_loads(workspace.loads)
    with locked(workspace.loads):
        gone = forget_child(workspace.loads, known_child(workspace.loads, "A"))
    # a person, a referral, an assessment and its two factors; in July a contact set aside too
    assert gone.rows == {"2021-06-records-001": 5, "2021-07-records-001": 6}
    after = records_loads(workspace.loads)
    for one, old in zip(after, before, strict=True):
        check_stored(workspace.loads / one.id, one)
        assert one.counts == old.counts  # as it was on the day
        assert one.forgotten[0].rows == gone.rows[one.id]
        assert stored_rows(workspace, one, "ssd_cin_episodes", "cine_referral_id") == [
            ("R2",), ("~3~2021-06-03",),
        ]  # fmt: skip
        assert stored_rows(workspace, one, "ssd_assessment_factors", "cinf_assessment_id") == [
            ("AS2",)
        ]
        assert stored_rows(workspace, one, "foster_carers", "foca_household_id") == [("H1",)]
    assert "K1" not in texts_of(workspace)
    assert "K2" in texts_of(workspace)
    assert child_ids(workspace) == {2: Child(1, "B"), 3: Child(1, "C")}


def test_the_number_of_a_forgotten_child_is_not_given_again(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    load(workspace, extract(tmp_path / "june"))
    with locked(workspace.loads):
        forget_child(workspace.loads, known_child(workspace.loads, "C"))
    more = TABLES["ssd_person"] + "D,2015-01-01\n"
    load(workspace, extract(tmp_path / "july", ssd_person=more), AUGUST_4)
    assert child_ids(workspace) == {
        1: Child(1, "A"), 2: Child(1, "B"), 4: Child(1, "C"), 5: Child(1, "D"),
    }  # fmt: skip


def test_a_child_of_several_councils_has_to_be_told(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    extract(tmp_path / "region" / "E06000001")
    extract(tmp_path / "region" / "E06000002")
    one = load(workspace, tmp_path / "region").load
    with pytest.raises(InputError, match="several councils"):
        known_child(workspace.loads, "A")
    with pytest.raises(InputError, match="no load has a child 'Z'"):
        known_child(workspace.loads, "Z")
    number = known_child(workspace.loads, "A", council=2)
    with locked(workspace.loads):
        gone = forget_child(workspace.loads, number)
    assert gone.rows == {one.id: 5}
    (one,) = records_loads(workspace.loads)
    people = stored_rows(workspace, one, "ssd_person", "council", "pers_person_id")
    assert people == [(1, 1), (1, 2), (1, 3), (2, 5), (2, 6)]


def test_a_change_that_fails_on_the_way_changes_nothing(tmp_path: Path) -> None:
    workspace = two_loads(tmp_path)
    before = {path: path.read_bytes() for path in workspace.loads.rglob("*") if path.is_file()}

    def write(folder: Path) -> list[str]:
        (folder / "children.parquet").write_bytes(b"")
        raise OSError(28, "No space left on device")

    with locked(workspace.loads), pytest.raises(InputError, match="No space left"):
        amend(workspace.loads, write)
    assert {p: p.read_bytes() for p in workspace.loads.rglob("*") if p.is_file()} == before


@fork_only
def test_forgetting_that_is_killed_is_done_or_not(tmp_path: Path) -> None:
    """Killed at every third touch of the disk; what had been decided is carried to its end."""
    outcomes = set()
    for step in range(1, 900, 3):
        workspace = a_workspace(tmp_path / str(step))
        folder = workspace.loads / "2021-06-records-001"
        folder.mkdir()
        (folder / "tables").mkdir()
        for name in ("load.json", "findings.json", "tables/one.parquet", "tables/two.parquet"):
            (folder / name).write_bytes(b"old")

        def write(staged: Path) -> list[str]:
            inside = staged / "2021-06-records-001" / "tables"
            inside.mkdir(parents=True)
            for path in (inside.parent / "load.json", inside / "one.parquet"):
                path.write_bytes(b"new")
            return ["2021-06-records-001/tables/two.parquet"]

        def work(loads: Path = workspace.loads) -> None:
            with locked(loads):
                amend(loads, write)

        killed = killed_at(step, work)
        decided = is_pending(workspace.loads)
        with locked(workspace.loads):
            sweep(workspace.loads)
        now = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        names = ("load.json", "findings.json", "one.parquet", "two.parquet")
        old = dict.fromkeys(names, b"old")
        new = {"load.json": b"new", "findings.json": b"old", "one.parquet": b"new"}
        assert now in (old, new)
        assert not decided or now == new
        assert leftovers(workspace.loads) == []
        outcomes.add((now == new, decided))
        if not killed:
            break
    assert outcomes == {(False, False), (True, True), (True, False)}


def test_a_reader_ends_what_a_killed_command_had_decided(tmp_path: Path) -> None:
    workspace = two_loads(tmp_path)
    june, july = records_loads(workspace.loads)
    pending = workspace.loads / ".amending"
    pending.mkdir()
    (pending / "remove.json").write_text(f'["{june.id}"]')
    assert records_loads(workspace.loads) == (july,)
    assert not pending.exists()
