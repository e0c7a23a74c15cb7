"""The month's file: everything that anyone wrote is in it, in order, and comes back the same."""

from __future__ import annotations

import subprocess
import sys
import tomllib

import pytest
from comment_pages import CARE, FRONT, JUNE, MAY, NOW, stored, written
from hypothesis import given
from hypothesis import strategies as st

from openscorecard.commentary.entries import Entry, EntryKind, version_of
from openscorecard.commentary.store import (
    as_toml,
    comments_path,
    read_comments,
    read_earlier,
    write_comments,
)
from openscorecard.errors import InputError
from openscorecard.locks import locked


def test_a_month_without_a_file_has_no_comments(tmp_path):
    comments = read_comments(tmp_path, JUNE)
    assert comments.entries == ()
    assert comments.current("M1") is None
    assert not (tmp_path / "comments").exists()


def test_comments_come_back_as_they_were_written(tmp_path):
    comments = stored(
        written("M1", "Contacts rose.\n\nSchools “came back”, \\ and so on."),
        written("LAC2", 'Ends with a "quote"', public="Other words.", by=CARE),
    )
    write_comments(tmp_path, comments)
    assert read_comments(tmp_path, JUNE) == comments
    text = comments_path(tmp_path, JUNE).read_text(encoding="utf-8")
    assert 'text = """\nContacts rose.\n\nSchools “came back”' in text
    assert tomllib.loads(text)["entry"][0]["at"] == NOW


def test_the_newest_text_stands_and_the_earlier_ones_are_kept():
    comments = stored(written("M1", "First."), written("M1", "Second.", by=CARE))
    now = comments.current("M1")
    assert (now.text, now.by, now.month, now.edited) == ("Second.", CARE, JUNE, NOW)
    assert [entry.text for entry in comments.history("M1")] == ["First.", "Second."]


def test_a_removed_comment_is_not_shown_but_kept():
    comments = stored(written("M1", "First."), Entry("M1", EntryKind.REMOVED, FRONT, NOW))
    assert comments.current("M1") is None
    assert comments.version("M1") == version_of("", None)
    assert comments.history("M1")[0].text == "First."


def test_the_public_wording_is_what_the_public_reads():
    comment = stored(written("M1", "Three children.", public="A few children.")).current("M1")
    assert comment.shown_to("internal") == "Three children."
    assert comment.shown_to("public") == "A few children."
    assert stored(written("M1", "Same.")).current("M1").shown_to("public") == "Same."


def test_settling_holds_for_exactly_that_text():
    comments = stored(written("M1", "Two managers joined."))
    comments = comments.settled("M1", by=FRONT, because="managers, not children", at=NOW)
    assert comments.current("M1").numbers_checked == f"{FRONT}: managers, not children"
    changed = comments.with_entry(written("M1", "Three managers joined."))
    assert changed.current("M1").numbers_checked is None
    other_public = comments.with_entry(written("M1", "Two managers joined.", public="Two came."))
    assert other_public.current("M1").numbers_checked is None


def test_a_settlement_says_in_the_file_which_numbers_were_in_question(tmp_path):
    comments = stored(written("M1", "Two managers joined."))
    comments = comments.settled(
        "M1", by=FRONT, because="managers", at=NOW, numbers=["2 = M4, 2021-06", "2 = M5, 2021-05"]
    )
    write_comments(tmp_path, comments)
    text = comments_path(tmp_path, JUNE).read_text(encoding="utf-8")
    assert 'numbers = [\n  "2 = M4, 2021-06",\n  "2 = M5, 2021-05",\n]\n' in text
    again = read_comments(tmp_path, JUNE)
    assert again == comments
    assert again.current("M1").numbers_settled == {"2 = M4, 2021-06", "2 = M5, 2021-05"}
    later = again.settled("M1", by=CARE, because="still", at=NOW, numbers=["2 = M6, 2021-06"])
    assert len(later.current("M1").numbers_settled) == 3  # the same text, looked at twice
    changed = later.with_entry(written("M1", "Two managers left."))
    assert changed.current("M1").numbers_settled == frozenset()


def test_a_settlement_of_before_numbers_were_kept_is_read_and_names_none(tmp_path):
    comments = stored(written("M1", "Two managers joined."))
    comments = comments.settled("M1", by=FRONT, because="managers", at=NOW)
    assert "numbers" not in as_toml(comments)
    write_comments(tmp_path, comments)
    now = read_comments(tmp_path, JUNE).current("M1")
    assert (now.numbers_checked, now.numbers_settled) == (f"{FRONT}: managers", frozenset())


def test_a_conflict_stays_until_somebody_writes_or_settles():
    beside = Entry("M1", EntryKind.CONFLICT, CARE, NOW, "Theirs.")
    comments = stored(written("M1", "Ours."), beside)
    assert comments.current("M1").text == "Ours."
    assert [entry.text for entry in comments.conflicts("M1")] == ["Theirs."]
    assert comments.with_entry(written("M1", "Both.")).conflicts("M1") == ()
    assert comments.settled("M1", by=FRONT, because="ours", at=NOW).conflicts("M1") == ()


def test_nobody_s_entries_are_overwritten(tmp_path):
    mine = stored(written("M1", "Mine."))
    write_comments(tmp_path, stored(written("M1", "Theirs.")))
    with pytest.raises(InputError, match="meanwhile"):
        write_comments(tmp_path, mine)
    assert read_comments(tmp_path, JUNE).current("M1").text == "Theirs."


def test_no_half_written_file_is_left_behind(tmp_path):
    write_comments(tmp_path, stored(written("M1", "Mine.")))
    # and the lock, which stays: it is held, not made
    names = sorted(path.name for path in (tmp_path / "comments").iterdir())
    assert names == [".lock", "2021-06.toml"]


WRITER = """
import datetime as dt, sys
from pathlib import Path
from openscorecard.commentary.entries import Entry, EntryKind
from openscorecard.commentary.store import read_comments, write_comments
from openscorecard.errors import InputError as Refused
from openscorecard.periods import Month

root, role, month = Path(sys.argv[1]), sys.argv[2], Month(2021, 6)
for number in range(25):
    entry = Entry("M1", EntryKind.TEXT, role, dt.datetime.now(dt.UTC), f"{role} {number}")
    while True:
        try:
            write_comments(root, read_comments(root, month).with_entry(entry))
            break
        except Refused:  # as told: run the same command again
            pass
"""


def test_of_two_that_write_in_the_same_instant_nobody_loses_an_entry(tmp_path):
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), role])
        for role in ("front", "care")
    ]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    entries = read_comments(tmp_path, JUNE).entries
    assert len(entries) == 50
    for role in ("front", "care"):
        texts = [entry.text for entry in entries if entry.by == role]
        assert texts == [f"{role} {number}" for number in range(25)]


def test_while_another_command_writes_comments_nothing_is_written(tmp_path):
    mine = stored(written("M1", "Mine."))
    with locked(tmp_path / "comments"), pytest.raises(InputError, match="is changing the comments"):
        write_comments(tmp_path, mine)
    assert read_comments(tmp_path, JUNE).entries == ()
    write_comments(tmp_path, mine)


def test_earlier_months_come_newest_first(tmp_path):
    for month in (MAY.plus(-1), MAY):
        write_comments(tmp_path, stored(written("M1", f"On {month}."), month=month))
    assert [item.month for item in read_earlier(tmp_path, JUNE)] == [MAY, MAY.plus(-1)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'month = "2021-06"\n[[entry]]\nref = \n', "line 3"),
        (b"\xff\xfe\x00", "TOML"),
        (b'month = "2021-05"\n', "its month"),
        (b'month = "2021-06"\nauthor = "x"\n', "'author'"),
        (b'month = "2021-06"\nentry = 5\n', "month"),
        (b'month = "2021-06"\nentry = [5]\n', "entry 1"),
        (b'month = "2021-06"\n[[entry]]\nref = "M1"\ncolour = "red"\n', "'colour'"),
        (b'month = "2021-06"\n[[entry]]\nref = "M1"\nkind = "text"\nby = "x"\n', "at is missing"),
        (b'month = "2021-06"\n[[entry]]\nref = 5\nby = "x"\n', "'ref' is not a text"),
        (
            b'month = "2021-06"\n[[entry]]\nref = "M1"\nby = "x"\nkind = "new"\n'
            b"at = 2021-07-05T10:00:00Z\n",
            "'new'",
        ),
        (
            b'month = "2021-06"\n[[entry]]\nref = "M1"\nby = "x"\nkind = "settled"\n'
            b"at = 2021-07-05T10:00:00Z\nnumbers = [2]\n",
            "'numbers' is not a list of texts",
        ),
    ],
)
def test_a_file_that_is_not_sound_is_named_with_its_place(tmp_path, content, says):
    path = comments_path(tmp_path, JUNE)
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(InputError) as raised:
        read_comments(tmp_path, JUNE)
    assert says in str(raised.value)
    assert path.name in str(raised.value)
    assert path.read_bytes() == content


@given(st.text(), st.none() | st.text(), st.text())
def test_any_text_survives_the_file(text, public, role):
    role = role.encode("utf-8", "ignore").decode("utf-8")
    comments = stored(written("M1", text, public=public, by=role))
    table = tomllib.loads(as_toml(comments))
    (entry,) = table["entry"]
    assert entry["text"] == comments.entries[0].text
    assert entry.get("public_text") == comments.entries[0].public_text
    assert entry["by"] == role
