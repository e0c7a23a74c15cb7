"""What a page was made from, and which of it has changed since it was released."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

import pytest
from small_council import EXTRACTS, load_month, small_council

from openscorecard import publishing, run
from openscorecard.comparators.manifest import Entry, manifest_bytes
from openscorecard.periods import Month
from openscorecard.publish.release_file import release_bytes_of, under_key
from openscorecard.scorecard.page import Scorecard, Source
from openscorecard.workspace.folder import Workspace, make_workspace
from openscorecard.workspace.forget_records import forget_child, known_child
from openscorecard.workspace.release_inputs import inputs_of, inputs_since
from openscorecard.workspace.releases import key_of

MAY, JUNE = Month(2021, 5), Month(2021, 6)
WITH_K7 = " K7,E,2021-05-20"
MAY_LOAD = Source("2021-05-page-001", "may.csv", "5" * 64)
JUNE_LOAD = Source("2021-06-records-001", "9 files of 2021-07-05", "6" * 64)
MAY_RELEASE = Source("release 2021-05 internal version 1", "release.json", "7" * 64)
KEY = b"k" * 32


def page(*sources: Source) -> Scorecard:
    return Scorecard("Ourshire", "Scorecard", JUNE, (JUNE,), "internal", (), (), Fraction(10),
                     sources=sources)  # fmt: skip


def entry(file: str, digest: str) -> Entry:
    return Entry("c1-001", "figures", "c1", "Referrals", file, digest, "2020", 1, (2020,), {}, "",
                 {}, {}, {})  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """June and April have comments, May has none; one published file, and own targets."""
    made = make_workspace(tmp_path / "w", "Ourshire")
    for name, text in (
        ("comments/2021-06.toml", "june"),
        ("comments/2021-04.toml", "april"),
        ("comments/2021-02.toml", "too early to be looked back on"),
        ("comparators.csv", "stated"),
        ("definitions/targets.toml", "targets"),
        ("definitions/.targets.toml.swp.toml", "what an editor leaves"),
    ):
        path = made.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    (made.root / "comparators").mkdir()
    listed = manifest_bytes([entry("c1_referrals.csv", "c" * 64)])
    (made.root / "comparators" / "manifest.json").write_bytes(listed)
    return made


def inputs(workspace, *sources):
    return inputs_of(workspace, page(*(sources or (MAY_LOAD, JUNE_LOAD, MAY_RELEASE))), 3)


def test_everything_is_there_in_a_fixed_order_with_its_hash(workspace):
    found = inputs(workspace)
    assert [(one.kind, one.name) for one in found] == [
        ("load", "2021-05-page-001"),
        ("load", "2021-06-records-001"),
        ("load", "release 2021-05 internal version 1"),
        ("statistics", "c1_referrals.csv (c1-001)"),
        ("statistics", "comparators.csv"),
        ("settings", "openscorecard.toml"),
        ("definitions", "OpenScorecard's own"),
        ("definitions", "definitions/targets.toml"),
        ("comments", "comments/2021-06.toml"),
        ("comments", "comments/2021-04.toml"),
    ]
    hashes = {one.name: one.sha256 for one in found}
    assert hashes["2021-06-records-001"] == "6" * 64
    assert hashes["c1_referrals.csv (c1-001)"] == "c" * 64
    assert hashes["comments/2021-06.toml"] == sha256(b"june").hexdigest()
    assert not any(one.keyed for one in found)
    assert inputs_since(found, inputs(workspace)) == ()


@pytest.mark.parametrize(
    ("name", "sentence", "to_the_public"),
    [
        ("comments/2021-06.toml", "the comments on June 2021 have changed", "the comments have"),
        ("comparators.csv", "comparators.csv has changed", "the published statistics have"),
        ("openscorecard.toml", "openscorecard.toml has changed", "the settings have"),
        ("definitions/targets.toml", "definitions/targets.toml has changed",
         "the definitions have"),
        ("definitions/more/new.toml", "definitions/more/new.toml is new", "the definitions have"),
        ("comments/2021-05.toml", "the comments on May 2021 are new", "the comments have"),
    ],
)  # fmt: skip
def test_a_file_that_was_changed_is_named_to_the_council_and_not_to_the_public(
    workspace, name, sentence, to_the_public
):
    before = inputs(workspace)
    path = workspace.root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("other words")
    now = inputs(workspace)
    assert inputs_since(before, now) == (sentence,)
    assert inputs_since(under_key(before, KEY), under_key(now, KEY)) == (
        f"{to_the_public} changed",
    )


def test_what_is_gone_is_said(workspace):
    before = inputs(workspace)
    for name in ("comments/2021-04.toml", "definitions/targets.toml", "comparators/manifest.json"):
        (workspace.root / name).unlink()
    assert inputs_since(before, inputs(workspace)) == (
        "c1_referrals.csv (c1-001) is no longer there",
        "definitions/targets.toml is no longer there",
        "the comments on April 2021 are no longer there",
    )


def test_loads_and_earlier_releases(workspace):
    before = inputs(workspace)
    again = replace(JUNE_LOAD, load="2021-06-records-002")
    corrected = replace(MAY_RELEASE, load="release 2021-05 internal version 2")
    now = inputs(workspace, replace(MAY_LOAD, sha256="8" * 64), again, corrected)
    assert inputs_since(before, now) == (
        "load 2021-05-page-001 has changed",
        "load 2021-06-records-001 is no longer used",
        "release 2021-05 internal version 1 is no longer used",
        "load 2021-06-records-002 is new",
        "release 2021-05 internal version 2 is new",
    )


def test_other_definitions_of_our_own_are_said(workspace):
    now = inputs(workspace)
    of_another_version = tuple(
        replace(one, sha256="0" * 64) if one.name == "OpenScorecard's own" else one for one in now
    )
    assert inputs_since(of_another_version, now) == (
        "OpenScorecard's own definitions have changed",
    )


def test_to_the_public_one_more_file_is_one_sentence_and_a_kind_without_change_none(workspace):
    before = under_key(inputs(workspace, JUNE_LOAD), KEY)
    now = under_key(inputs(workspace, MAY_LOAD, JUNE_LOAD), KEY)  # JUNE_LOAD is number 2 now
    assert inputs_since(before, now) == ("the loads have changed",)


def test_a_release_that_recorded_no_inputs_says_nothing(workspace):
    assert inputs_since((), inputs(workspace)) == ()


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_a_late_extract_is_another_load_behind_the_page(tmp_path, audience):
    """May closed by its own extract; then a second one of the same month comes, with K7."""
    council = small_council(tmp_path, "april", "may")
    whole = run.build(MAY, council)
    made_from = inputs_of(council, whole, 3)
    if audience == "public":
        made_from = under_key(made_from, key_of(council.root))
    record = release_bytes_of(replace(whole, audience=audience), tmp_path / "none", made_from)
    assert publishing.changed_inputs(record, council) == ()
    load_month(council, "may", "2021-06-18", ssd_contacts=EXTRACTS["may"]["ssd_contacts"] + WITH_K7)
    assert publishing.changed_inputs(record, council) == (
        ("load 2021-05-records-001 is no longer used", "load 2021-05-records-002 is new")
        if audience == "internal"
        else ("the loads have changed",)
    )


def test_a_forgotten_child_is_told_and_the_release_still_stands(tmp_path):
    """A's rows go: a contact, a referral, an assessment, and the row of A. The figures were counted
    with A and stay; figures that are ever counted anew will be without, and the load says so."""
    council = small_council(tmp_path, "april", "may")
    out, again = tmp_path / "out", tmp_path / "again"
    publishing.publish(MAY, council, "internal", out, dt.date(2021, 6, 14))
    record = (out / "release.json").read_bytes()
    before = run.build(MAY, council)
    run.keep_figures(council)
    forget_child(council.loads, known_child(council.loads, "A"))
    assert publishing.changed_inputs(record, council) == (
        "load 2021-04-records-001 has changed",
        "load 2021-05-records-001 has changed",
    )
    assert run.build(MAY, council) == before
    publishing.publish(MAY, council, "internal", again)
    assert (again / "release.json").read_bytes() == record
