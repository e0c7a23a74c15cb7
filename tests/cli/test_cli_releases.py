"""`scorecard releases`: what was published when, and what a correction changed."""

import datetime as dt
import shutil

import pytest
from click.testing import CliRunner
from command_runs import as_csv, as_json, printed
from small_council import three_loads

from openscorecard.cli.main import cli
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.publish.verify import sealed
from openscorecard.workspace.folder import make_workspace
from openscorecard.workspace.releases import keep_release
from openscorecard.workspace.withdrawal import withdraw

JUNE = Month(2021, 6)
REASON = "A late referral was counted"


@pytest.fixture
def workspace(tmp_path):
    return make_workspace(tmp_path / "anytown", "Anytown Council")


def keep(workspace, audience, version, on, reason="", changed=(), month=JUNE):
    stated = {
        "made_by": "OpenScorecard 1.0",
        "council": "Anytown Council",
        "month": month.iso,
        "audience": audience,
        "version": version,
        "on": on,
        "reason": reason,
        "changed": [dict(zip(("ref", "column", "was", "now"), one, strict=True))
                    for one in changed],
        "earlier": [],
        "outputs": [],
    }  # fmt: skip
    beside = dict.fromkeys(("page.json", "figures.json", "verdicts.json"), b"{}")
    files = {"release.json": sealed(stated), **beside}
    keep_release(workspace.root, month, audience, version, files)


@pytest.fixture
def corrected(workspace):
    """Both pages published, then the internal one corrected."""
    keep(workspace, "internal", 1, "2021-07-23")
    keep(workspace, "public", 1, "2021-07-23")
    cells = (("M2", "2021-06", "355", "356"), ("M2", "commentary", "", "One more."))
    keep(workspace, "internal", 2, "2021-07-30", REASON, cells)
    return workspace


def test_before_anything_was_published_it_says_how_to(workspace):
    said = printed(workspace, "releases")
    assert said.startswith("Nothing has been published yet.\n")
    assert "publish 2021-06 --audience public --to out" in said


def test_each_release_has_a_line_in_the_order_in_which_they_were_made(corrected):
    listed, remark = printed(corrected, "releases").split("\n\n")
    _, *lines = listed.splitlines()
    assert [line.split()[:6] for line in lines] == [
        ["Jun-21", "internal", "1", "23", "July", "2021"],
        ["Jun-21", "public", "1", "23", "July", "2021"],
        ["Jun-21", "internal", "2", "30", "July", "2021"],
    ]
    assert REASON in lines[2]
    # The council has no records, so that its page cannot be composed; with some: test_cli_publish.
    assert remark.startswith("Jun-21, public version 1: older than internal version 2, and it can")


def test_a_public_page_made_after_the_correction_bears_no_remark(corrected):
    keep(corrected, "public", 2, "2021-07-30", REASON, [("M2", "2021-06", "355", "356")])
    assert "older than" not in printed(corrected, "releases")


def test_a_withdrawn_release_says_when_and_why(corrected):
    at = dt.datetime(2021, 8, 2, 12, tzinfo=dt.UTC)
    withdraw(corrected.root, JUNE, "public", 1, reason="A name stood in it", at=at)
    remarks = [one["remark"] for one in as_json(corrected, "releases")]
    assert "withdrawn on 2 August 2021: A name stood in it" in remarks
    assert "public version 1: withdrawn on 2 August 2021: A name stood in it." in printed(
        corrected, "releases"
    ).replace("\n", " ")


def test_with_a_month_it_shows_what_was_and_what_is(corrected):
    keep(corrected, "public", 1, "2021-06-20", month=Month(2021, 5))
    said = printed(corrected, "releases", "2021-06")
    assert "May-21" not in said
    assert "internal, version 2: 2 cells changed" in said
    assert "  M2  June 2021   355 -> 356" in said
    assert "  M2  Commentary  nothing -> comment added" in said


def test_what_the_public_may_not_be_told_any_more_is_not_shown(corrected):
    keep(corrected, "public", 2, "2021-07-30", REASON, [("CP4", "2021-06", "", "[c]")])
    assert "not shown -> [c]" in printed(corrected, "releases", "2021-06")


def test_json_has_all_of_it(corrected):
    first, public, second = as_json(corrected, "releases")
    assert (first["month"], first["audience"], first["version"], first["on"]) == (
        "2021-06", "internal", 1, "2021-07-23",
    )  # fmt: skip
    assert public["remark"].startswith("older than internal version 2, and it cannot be told")
    assert second["reason"] == REASON
    assert second["changed"][0] == {
        "ref": "M2", "column": "2021-06", "was": "355", "now": "356",
    }  # fmt: skip


def test_csv_has_a_line_a_release_and_with_a_month_a_line_a_cell(corrected):
    assert [one["changed"] for one in as_csv(corrected, "releases")] == ["0", "0", "2"]
    cells = as_csv(corrected, "releases", "2021-06")
    assert [(one["version"], one["ref"], one["was"], one["now"]) for one in cells] == [
        ("2", "M2", "355", "356"),
        ("2", "M2", "", "One more."),
    ]


def ran(workspace, *words):
    return CliRunner().invoke(cli, ["--workspace", str(workspace.root), *words])


def test_of_a_month_that_was_not_published_it_says_that(corrected):
    said = printed(corrected, "releases", "2021-07")
    assert said.startswith("Nothing of July 2021 has been published yet.\n")
    assert "publish 2021-07 --audience" in said


def test_a_damaged_record_is_named_with_what_to_do_and_the_rest_is_listed(corrected):
    folder = corrected.root / "releases" / "2021-06-public-1"
    (folder / "release.json").write_bytes(b"{")
    for form in ("table", "json", "csv"):
        answer = ran(corrected, "releases", "--format", form)
        assert answer.exit_code == 1
        assert f"{folder}: the release is not as it was kept" in answer.stderr
        assert "its release.json is damaged." in answer.stderr
        assert "What to do: put the whole folder back from a copy" in answer.stderr
        assert answer.stdout.count(REASON) == 1
        assert "public" not in answer.stdout


@pytest.mark.parametrize("name", ["page.json", "figures.json", "verdicts.json"])
def test_what_is_kept_beside_a_record_is_looked_at_too(corrected, name):
    (corrected.root / "releases" / "2021-06-public-1" / name).unlink()
    answer = ran(corrected, "releases")
    assert (answer.exit_code, f"its {name} is not there" in answer.stderr) == (1, True)
    assert len([line for line in answer.stdout.splitlines() if line.startswith("Jun-21 ")]) == 3


def test_a_record_that_somebody_altered_is_told_by_its_seal(corrected):
    path = corrected.root / "releases" / "2021-06-public-1" / "release.json"
    path.write_bytes(path.read_bytes().replace(b"2021-07-23", b"2021-07-22"))
    answer = ran(corrected, "releases")
    assert (answer.exit_code, "no longer fits its own seal" in answer.stderr) == (1, True)


def test_a_version_that_is_gone_is_missed(corrected):
    shutil.rmtree(corrected.root / "releases" / "2021-06-internal-1")
    answer = ran(corrected, "releases")
    assert answer.exit_code == 1
    assert "2021-06-internal-1: the release is not as it was kept: it is not there" in answer.stderr


@pytest.mark.parametrize(
    "words", [("build", "2021-06"), ("revisions", "M1"), ("publish", "2021-06", "--audience",
              "public", "--to", "out")],
)  # fmt: skip
def test_no_page_is_made_without_it(tmp_path, monkeypatch, words):
    """Otherwise an earlier month could show another figure than was published."""
    monkeypatch.chdir(tmp_path)
    council = three_loads(tmp_path)
    keep(council, "public", 1, "2021-06-20", month=Month(2021, 5))
    folder = council.root / "releases" / "2021-05-public-1"
    (folder / "place.json").write_bytes(b"")
    with pytest.raises(InputError, match=r"its place\.json is damaged") as refused:
        printed(council, *words)
    assert refused.value.where == str(folder)
    assert "put the whole folder back from a copy" in refused.value.todo
    assert not (tmp_path / "out").exists()
