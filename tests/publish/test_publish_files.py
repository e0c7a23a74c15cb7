"""A publication on disk: whole or not at all, the same bytes, and in nobody else's place."""

import json
import os
from dataclasses import replace
from hashlib import sha256

import pytest
from example_scorecard import example

from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.publish import files
from openscorecard.publish.files import write_publication
from openscorecard.publish.media import Medium


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_all_media_stand_in_the_folder_and_are_listed_with_their_hashes(tmp_path):
    written = write_publication(example(audience="internal"), tmp_path / "out")
    found = contents(tmp_path / "out")
    assert {"index.html", "table.html", "scorecard.xlsx", "figures.csv"} <= set(found)
    assert {path.relative_to(tmp_path / "out").as_posix() for path in written} == set(found)
    listed = json.loads(found.pop("release.json"))
    assert {one["file"]: one["sha256"] for one in listed["outputs"]} == {
        name: sha256(data).hexdigest() for name, data in found.items()
    }
    assert (listed["month"], listed["audience"]) == (
        example(audience="internal").month.iso,
        "internal",
    )


def test_same_page_same_bytes_wherever_it_is_written(tmp_path):
    write_publication(example(audience="internal"), tmp_path / "one")
    write_publication(example(audience="internal"), tmp_path / "a" / "nother")
    assert contents(tmp_path / "one") == contents(tmp_path / "a" / "nother")


def test_an_earlier_publication_of_the_same_page_is_replaced_whole(tmp_path):
    out = tmp_path / "out"
    write_publication(example(audience="internal"), out)
    (out / "index.html").write_text("an older version")
    write_publication(example(audience="internal"), out)
    assert "an older version" not in (out / "index.html").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]  # nothing else lies about


def test_what_somebody_put_into_a_publication_is_not_deleted_with_it(tmp_path):
    out = tmp_path / "out"
    write_publication(example(audience="internal"), out)
    (out / "CNAME").write_text("scorecard.example")
    with pytest.raises(InputError, match="CNAME"):
        write_publication(example(audience="internal"), out)
    assert (out / "CNAME").exists()


def test_what_a_killed_command_left_is_swept_once_nobody_can_be_writing_it(tmp_path):
    old, under_way = tmp_path / ".scorecard-new-old", tmp_path / ".scorecard-new-now"
    for folder in (old, under_way):
        folder.mkdir()
        (folder / "figures.csv").write_text("internal")
    os.utime(old, (0, 0))
    write_publication(example(audience="internal"), tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".scorecard-new-now", "out"]


def test_a_publication_that_a_killed_command_had_moved_away_comes_back(tmp_path):
    out, aside = tmp_path / "out", tmp_path / ".scorecard-old-x"
    write_publication(example(audience="internal"), out)
    aside.mkdir()
    out.rename(aside / "out")
    os.utime(aside, (0, 0))
    with pytest.raises(InputError, match="name another folder"):  # the internal page is back
        write_publication(example(audience="public"), out)


def test_an_empty_folder_is_used(tmp_path):
    (tmp_path / "out").mkdir()
    assert write_publication(example(audience="internal"), tmp_path / "out")


@pytest.mark.parametrize(
    "other",
    [{"audience": "public"}, {"council": "Elsewhere"}, {"month": Month(2021, 5)}],
)
def test_another_page_s_publication_is_not_replaced(tmp_path, other):
    write_publication(example(audience="internal"), tmp_path / "out")
    before = contents(tmp_path / "out")
    with pytest.raises(InputError, match="name another folder"):
        write_publication(replace(example(audience="internal"), **other), tmp_path / "out")
    assert contents(tmp_path / "out") == before


def test_a_folder_with_other_things_in_it_is_not_touched(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="no publication of ours"):
        write_publication(example(audience="internal"), tmp_path)
    assert contents(tmp_path) == {"mine.txt": b"mine"}


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(InputError, match="it is a file"):
        write_publication(example(audience="internal"), tmp_path / "out")


def test_a_writing_that_fails_half_way_leaves_what_was_there(tmp_path, monkeypatch):
    out = tmp_path / "out"
    write_publication(example(audience="internal"), out)
    before = contents(out)

    def disk_full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "MEDIA", (*files.MEDIA, Medium("full", disk_full)))
    with pytest.raises(InputError, match="No space left"):
        write_publication(example(audience="internal"), out)
    assert contents(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.fixture
def one_medium(monkeypatch):
    """The rules of a folder do not hang on what stands in it."""
    only = Medium("text", lambda page, folder: (folder / "page.txt").write_text(page.month.long))
    monkeypatch.setattr(files, "MEDIA", (only,))


@pytest.mark.usefixtures("one_medium")
def test_a_rolling_folder_takes_a_later_month_and_never_an_earlier_one(tmp_path):
    june = example(audience="public")
    july = replace(june, month=june.month.plus(1))
    out = tmp_path / "out"
    write_publication(june, out)
    write_publication(july, out, latest=True)
    assert (out / "page.txt").read_text() == july.month.long
    with pytest.raises(InputError, match="name another folder"):
        write_publication(june, out, latest=True)
    assert (out / "page.txt").read_text() == july.month.long


@pytest.mark.usefixtures("one_medium")
def test_a_rolling_folder_never_takes_another_audience_s_page(tmp_path):
    june = example(audience="internal")
    write_publication(june, tmp_path / "out")
    with pytest.raises(InputError, match="name another folder"):
        write_publication(
            replace(june, month=june.month.plus(1), audience="public"),
            tmp_path / "out",
            latest=True,
        )


@pytest.mark.usefixtures("one_medium")
def test_a_release_that_cannot_be_kept_is_not_published(tmp_path):
    def cannot(_):
        raise InputError("it cannot be kept", where="releases", todo="make room")

    with pytest.raises(InputError, match="cannot be kept"):
        write_publication(example(audience="internal"), tmp_path / "out", keep=cannot)
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_command_moved_away_is_left_to_its_own_folder(tmp_path):
    moved = tmp_path / ".scorecard-old-x" / "public"
    write_publication(example(audience="internal"), moved)
    os.utime(moved.parent, (0, 0))
    write_publication(example(audience="internal"), tmp_path / "internal")
    assert (moved / "index.html").exists()  # the only copy of a folder beside this one
