"""Backup and restore: everything comes back, and nothing is restored over."""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.db import connection
from web_people import ASSESSMENT, person

from openscorecard.commentary.entries import Entry, EntryKind
from openscorecard.commentary.store import change_comments, read_comments
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.web.accounts.models import Account, Holding
from openscorecard.web.audit.models import Event, What
from openscorecard.web.audit.record import record
from openscorecard.web.backup import back_up, check, restore_database, unpack
from openscorecard.web.commentary.models import Draft

JUNE = Month(2021, 6)
pytestmark = pytest.mark.django_db


def quiet(_: str) -> None:
    """Nobody listens."""


@pytest.fixture
def packed(council, tmp_path: Path) -> Path:
    """A backup of the small council, with somebody, what she wrote and what she is writing."""
    ann = person("Ann Lee", ASSESSMENT, analyst=True)
    record(ann, What.LOADED, month=JUNE, detail="june")
    Draft.objects.create(
        account=ann, month=JUNE.iso, ref="M1", page="p1", base="", text="Half a sentence – so far"
    )
    at = dt.datetime(2021, 7, 8, 10, tzinfo=dt.UTC)
    said = Entry("M2", EntryKind.TEXT, ASSESSMENT, at, text="Two referrals.", account=str(ann.pk))
    change_comments(council.root, JUNE, lambda held: held.with_entry(said))
    file = tmp_path / "backup.zip"
    back_up(council.root, file, quiet)
    return file


def test_every_file_of_the_workspace_comes_back_byte_for_byte(packed, council, tmp_path):
    number = unpack(packed, tmp_path / "again")
    there = [
        path.relative_to(council.root)
        for path in sorted(council.root.rglob("*"))
        if path.is_file() and path.name != ".lock"
    ]
    kept = [path for path in there if path.parts[0] not in ("cache", "web")]
    assert number == len(kept) > 10
    for path in kept:
        assert (tmp_path / "again" / path).read_bytes() == (council.root / path).read_bytes(), path
    assert read_comments(tmp_path / "again", JUNE).current("M2").text == "Two referrals."


def test_what_its_owner_alone_could_read_stays_so(packed, council, tmp_path):
    unpack(packed, tmp_path / "again")
    for path in council.root.rglob("*"):
        again = tmp_path / "again" / path.relative_to(council.root)
        if path.is_file() and again.exists():
            assert again.stat().st_mode & 0o777 == path.stat().st_mode & 0o777, path


def test_accounts_drafts_and_the_record_come_back(packed):
    key = Account.objects.get().password
    Draft.objects.all().delete()
    with connection.cursor() as cursor:  # the model drops no line; here the database is a new one
        cursor.execute("DELETE FROM audit_event")
    Account.objects.all().delete()
    restore_database(packed)
    ann = Account.objects.get()
    assert (ann.name, ann.analyst, ann.password) == ("Ann Lee", True, key)
    assert [one.title for one in Holding.objects.all()] == [ASSESSMENT]
    assert Draft.objects.get().text == "Half a sentence – so far"
    assert [(one.what, one.who, one.account) for one in Event.objects.all()] == [
        ("loaded", "Ann Lee", ann)
    ]
    bob = person("Bob Ray")  # numbers go on after those restored
    assert bob.pk > ann.pk


def test_nothing_is_restored_over(packed, tmp_path):
    with pytest.raises(InputError, match="accounts already"):
        restore_database(packed)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="not empty"):
        unpack(packed, tmp_path / "full")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]


def test_a_changed_backup_is_refused_and_restores_nothing(packed, tmp_path):
    with zipfile.ZipFile(packed) as whole:
        content = {name: whole.read(name) for name in whole.namelist()}
    name = next(name for name in content if name.endswith("2021-06.toml"))
    changed = content | {name: content[name].replace(b"Two referrals", b"Ten referrals")}
    file = tmp_path / "changed.zip"
    with zipfile.ZipFile(file, "w") as again:
        for each, data in changed.items():
            again.writestr(each, data)
    with pytest.raises(InputError, match=r"2021-06.toml was changed"):
        unpack(file, tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_a_backup_that_leads_out_of_its_folder_is_refused(tmp_path):
    file = tmp_path / "out.zip"
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("workspace/../../evil", "x")
        listed = {"workspace/../../evil": "0" * 64}
        made.writestr("backup.json", json.dumps({"format": 1, "version": "1", "files": listed}))
    with pytest.raises(InputError, match="outside"):
        unpack(file, tmp_path / "again")


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all"])
def test_what_is_no_backup_is_said(tmp_path, content):
    file = tmp_path / "other.zip"
    file.write_bytes(content)
    with pytest.raises(InputError, match="no backup"):
        check(file)


def test_a_backup_is_for_its_owner_alone_and_never_written_over(packed, council):
    assert packed.stat().st_mode & 0o077 == 0
    with pytest.raises(InputError, match="file of that name"):
        back_up(council.root, packed, quiet)
    with pytest.raises(InputError, match="in the workspace"):
        back_up(council.root, council.root / "b.zip", quiet)


@pytest.mark.django_db(transaction=True)
def test_the_database_is_packed_as_of_one_moment(council, tmp_path):
    person("Ann Lee")
    file = tmp_path / "backup.zip"
    back_up(council.root, file, quiet)
    with zipfile.ZipFile(file) as whole:
        rows = json.loads(whole.read("database.json"))
    assert [row["fields"]["name"] for row in rows if row["model"] == "accounts.account"] == [
        "Ann Lee"
    ]


def command(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    scorecard = Path(sys.executable).parent / "scorecard"
    outside = {**os.environ, **environment}
    return subprocess.run([scorecard, *words], capture_output=True, text=True, env=outside)


def test_the_command_checks_without_a_folder_and_asks_for_one_to_restore(packed):
    assert "all as they were written" in command("restore", "--check", packed).stdout
    asked = command("restore", packed)
    assert (asked.returncode, "no folder is named" in asked.stderr) == (2, True)


@pytest.mark.postgres
def test_what_another_database_does_not_take_leaves_no_folder_behind(council, tmp_path):
    """SQLite takes a text that is longer than its column; PostgreSQL says no."""
    made = command("--workspace", council.root, "people", "add", "a@b.example", "--name", "Ann",
                   DATABASE_URL="")  # fmt: skip
    assert made.returncode == 0, made.stderr
    kept = sqlite3.connect(council.root / "web" / "scorecard.sqlite3")
    kept.execute("UPDATE accounts_account SET name = ?", ["A" * 200])
    kept.commit()
    kept.close()
    file = tmp_path / "long.zip"
    assert command("--workspace", council.root, "backup", file, DATABASE_URL="").returncode == 0
    refused = command("restore", file, tmp_path / "again")
    assert refused.returncode == 2, refused.stderr
    assert "does not take a row" in refused.stderr
    assert not (tmp_path / "again").exists()
