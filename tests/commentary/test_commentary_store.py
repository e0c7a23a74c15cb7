"""The month's file: everything that anyone wrote is in it, in order, and comes back the same."""

from __future__ import annotations

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
    assert [path.name for path in (tmp_path / "comments").iterdir()] == ["2021-06.toml"]


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
