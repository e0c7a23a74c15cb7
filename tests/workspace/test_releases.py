"""Releases kept in a workspace: in order, whole, never written over, under a key of its own."""

import datetime as dt
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.publish.file_names import RELEASE as FILE
from openscorecard.publish.release_file import release_bytes_of, under_key
from openscorecard.publish.verify import verify
from openscorecard.scorecard.page import Scorecard
from openscorecard.scorecard.release import ChangedCell, EarlierRelease, Fingerprint, Release
from openscorecard.workspace.releases import (
    keep_release,
    kept_releases,
    key_of,
    last_release,
    record_of,
    releases_in,
    set_key,
)

JUNE = Month(2021, 6)
FIRST = Release(1, dt.date(2021, 7, 23))
SECOND = Release(
    2,
    dt.date(2021, 8, 2),
    "two referrals came late",
    (ChangedCell("M1", "2021-06", "399", "401"),),
    (EarlierRelease(1, dt.date(2021, 7, 23), ""),),
)


def page(release):
    from fractions import Fraction

    return Scorecard("Ourshire", "Scorecard", JUNE, (JUNE,), "public", (), (), Fraction(10),
                     release=release)  # fmt: skip


def test_versions_are_kept_in_order_and_read_back_as_released(tmp_path):
    for release in (FIRST, SECOND):
        content = release_bytes_of(page(release), tmp_path / "nothing")
        keep_release(tmp_path, JUNE, "public", release.version, {FILE: content})
    assert [one.release for one in kept_releases(tmp_path)] == [FIRST, SECOND]
    assert [one.sequence for one in kept_releases(tmp_path)] == [1, 2]
    assert last_release(tmp_path, JUNE, "public").id == "release 2021-06 public version 2"
    assert last_release(tmp_path, JUNE, "internal") is None
    assert record_of(tmp_path, JUNE, "public", 2) == content
    assert record_of(tmp_path, JUNE, "public", 3) is None
    with pytest.raises(InputError, match="released already"):
        keep_release(tmp_path, JUNE, "public", 2, {FILE: b"{}"})


def test_a_release_file_is_what_verify_reads(tmp_path):
    (tmp_path / "index.html").write_bytes(b"a page")
    (tmp_path / FILE).write_bytes(release_bytes_of(page(FIRST), tmp_path))
    assert verify(tmp_path) == ()
    (tmp_path / "index.html").write_bytes(b"A page")
    assert len(verify(tmp_path)) == 1


def test_the_key_is_kept_and_is_its_owners_alone(tmp_path):
    key = key_of(tmp_path)
    assert len(key) == 32
    assert key_of(tmp_path) == key
    assert (tmp_path / "releases" / "key").stat().st_mode & 0o777 == 0o600


def test_the_public_reads_neither_a_file_name_nor_its_plain_hash():
    plain = Fingerprint("load", "names of children.xlsx", "ab" * 32)
    (told,) = under_key([plain], b"k" * 32)
    assert (told.keyed, told.name) == (True, "1")
    assert told.sha256 != plain.sha256
    assert under_key([plain], b"l" * 32) != (told,)
    assert replace(told, sha256="") == Fingerprint("load", "1", "", True)


def keep(root, audience, version, release=FIRST):
    content = release_bytes_of(replace(page(release), audience=audience), root / "nothing")
    keep_release(root, JUNE, audience, version, {FILE: content})


def test_the_two_audiences_releases_of_one_version_are_told_apart(tmp_path):
    keep(tmp_path, "internal", 1)
    keep(tmp_path, "public", 1)
    assert [one.id for one in kept_releases(tmp_path)] == [
        "release 2021-06 internal version 1",
        "release 2021-06 public version 1",
    ]


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("release.json", None, "its release.json is not there"),
        ("release.json", b"", "its release.json is damaged"),
        ("release.json", b"[" * 100_000, "its release.json is damaged"),
        ("release.json", b"[]", "its release.json or place.json does not say what it should"),
        ("place.json", None, "its place.json is not there"),
        ("place.json", b"{}", "its release.json or place.json does not say what it should"),
    ],
)
def test_a_damaged_one_is_named_and_the_rest_can_be_seen(tmp_path, file, content, words):
    keep(tmp_path, "internal", 1)
    keep(tmp_path, "public", 1)
    folder = tmp_path / "releases" / "2021-06-internal-1"
    (folder / file).unlink()
    if content is not None:
        (folder / file).write_bytes(content)
    kept, damaged = releases_in(tmp_path)
    assert [one.id for one in kept] == ["release 2021-06 public version 1"]
    assert [(one.folder, one.found) for one in damaged] == [(folder, words)]
    # Without it an earlier month could show another figure: whoever makes a page is refused.
    with pytest.raises(InputError, match=words) as refused:
        kept_releases(tmp_path)
    assert refused.value.where == str(folder)
    assert "put the whole folder back from a copy" in refused.value.todo
    with pytest.raises(InputError, match=words):
        keep(tmp_path, "public", 2, SECOND)


def test_another_release_s_record_in_its_place_is_no_release(tmp_path):
    keep(tmp_path, "public", 1)
    keep(tmp_path, "internal", 1)
    releases = tmp_path / "releases"
    other = (releases / "2021-06-public-1" / FILE).read_bytes()
    (releases / "2021-06-internal-1" / FILE).write_bytes(other)
    ((_, damaged),) = [(one.folder, one.found) for one in releases_in(tmp_path)[1]]
    assert damaged == "its release.json is that of another release"


def test_several_damaged_ones_are_all_named(tmp_path):
    for audience in ("internal", "public"):
        keep(tmp_path, audience, 1)
    for audience in ("internal", "public"):
        (tmp_path / "releases" / f"2021-06-{audience}-1" / FILE).unlink()
    with pytest.raises(InputError, match="nor can 2021-06-public-1"):
        kept_releases(tmp_path)


def test_a_known_key_is_given_once_and_never_over_another(tmp_path):
    set_key(tmp_path, b"a" * 32)
    set_key(tmp_path, b"a" * 32)
    assert key_of(tmp_path) == b"a" * 32
    with pytest.raises(InputError, match="a key of its own"):
        set_key(tmp_path, b"b" * 32)
    assert key_of(tmp_path) == b"a" * 32
    if sys.platform != "win32":
        assert (tmp_path / "releases" / "key").stat().st_mode & 0o777 == 0o600


# Waits for the file `go`, so that both begin at once; says whether its key was taken.
_SETTING = """
import sys, time
from pathlib import Path
from openscorecard.errors import InputError
from openscorecard.workspace.releases import set_key
root, own = Path(sys.argv[1]), sys.argv[2]
(root / f"ready-{own}").touch()
while not (root / "go").exists():
    time.sleep(0.0002)
for number in range(40):
    try:
        set_key(root / str(number), own.encode() * 32)
        print(number)
    except InputError:
        pass
"""


def test_of_two_processes_at_once_one_gives_the_key(tmp_path):
    """Forty workspaces, and two commands that each give all of them a key of their own."""
    both = {
        own: subprocess.Popen(
            [sys.executable, "-c", _SETTING, str(tmp_path), own], stdout=subprocess.PIPE, text=True
        )
        for own in "ab"
    }
    until = time.monotonic() + 30
    while not all((tmp_path / f"ready-{own}").exists() for own in both):
        assert time.monotonic() < until
        time.sleep(0.005)
    (tmp_path / "go").touch()
    taken = {own: set(process.communicate(timeout=60)[0].split()) for own, process in both.items()}
    assert all(process.returncode == 0 for process in both.values())
    assert not taken["a"] & taken["b"]
    assert taken["a"] | taken["b"] == {str(number) for number in range(40)}
    for own, numbers in taken.items():
        for number in numbers:
            assert Path(tmp_path, number, "releases", "key").read_bytes() == own.encode() * 32
