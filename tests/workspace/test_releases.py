"""Releases kept in a workspace: in order, whole, never written over, under a key of its own."""

import datetime as dt
from dataclasses import replace

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
    assert last_release(tmp_path, JUNE, "public").id == "release 2021-06 version 2"
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
