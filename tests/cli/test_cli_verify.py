"""`scorecard verify DIR`, with and without the workspace that the release came from."""

import hashlib
import json

import pytest
from click.testing import CliRunner
from command_runs import as_csv, as_json, printed

from openscorecard.cli.main import cli
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.publish.verify import sealed
from openscorecard.workspace.folder import make_workspace
from openscorecard.workspace.releases import keep_release

NUMBERS = b"ref,value\nM1,1600\n"


def release(**changed):
    stated = {
        "made_by": "OpenScorecard 1.0",
        "council": "Anytown Council",
        "month": "2021-06",
        "audience": "public",
        "version": 1,
        "on": "2021-07-23",
        "reason": "",
        "changed": [],
        "earlier": [],
        "outputs": [
            {
                "file": "figures.csv",
                "bytes": len(NUMBERS),
                "sha256": hashlib.sha256(NUMBERS).hexdigest(),
            }
        ],
    }
    return sealed(stated | changed)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # no workspace is near
    out = tmp_path / "out"
    out.mkdir()
    (out / "figures.csv").write_bytes(NUMBERS)
    (out / "release.json").write_bytes(release())
    return out


def exit_code(*words):
    return CliRunner().invoke(cli, words).exit_code


@pytest.mark.usefixtures("folder")
def test_it_says_which_release_it_is_and_that_it_is_sound():
    assert printed(None, "verify", "out") == (
        "out: Anytown Council, 2021-06, public, version 1 of 2021-07-23\n"
        "As released: 1 file, each with the size and hash stated.\n"
    )
    assert exit_code("verify", "out") == 0


def test_it_says_what_was_touched_and_ends_with_1(folder):
    (folder / "figures.csv").write_bytes(NUMBERS.replace(b"1600", b"1610"))
    assert "  figures.csv was changed: it still has 18 bytes" in printed(None, "verify", "out")
    assert exit_code("verify", "out") == 1
    found = as_json(None, "verify", "out")
    assert (found["version"], found["as_released"]) == (1, False)
    assert [one["rule"] for one in found["findings"]] == ["file-changed"]
    (line,) = as_csv(None, "verify", "out")
    assert (line["file"], line["severity"]) == ("figures.csv", "error")


def test_where_there_is_no_release_it_ends_with_2(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="no such folder"):
        printed(None, "verify", "nowhere")


@pytest.mark.usefixtures("folder")
def test_a_release_that_the_workspace_keeps_is_sound(tmp_path):
    workspace = make_workspace(tmp_path / "anytown", "Anytown Council")
    keep_release(workspace.root, Month(2021, 6), "public", 1, {"release.json": release()})
    assert "As released" in printed(workspace, "verify", "out")


def test_a_forged_release_with_a_seal_that_fits_is_caught_by_the_workspace(folder, tmp_path):
    """Somebody changed a figure, and release.json, and sealed it anew."""
    workspace = make_workspace(tmp_path / "anytown", "Anytown Council")
    keep_release(workspace.root, Month(2021, 6), "public", 1, {"release.json": release()})
    (folder / "release.json").write_bytes(release(on="2021-07-24"))
    assert "As released" in printed(None, "verify", "out")
    assert "not the one that was released" in printed(workspace, "verify", "out")
    assert exit_code("--workspace", str(workspace.root), "verify", "out") == 1


@pytest.mark.usefixtures("folder")
def test_a_version_that_the_workspace_does_not_know_is_an_error(tmp_path):
    workspace = make_workspace(tmp_path / "anytown", "Anytown Council")
    assert "does not know" in printed(workspace, "verify", "out")


@pytest.mark.usefixtures("folder")
def test_a_workspace_of_another_council_that_is_merely_near_says_nothing(tmp_path):
    make_workspace(tmp_path, "Elsewhere Council")
    assert "As released" in printed(None, "verify", "out")


def test_a_draft_is_called_one(folder):
    (folder / "release.json").write_bytes(release(version=None, on=None))
    said = printed(None, "verify", "out")
    assert said.startswith("out: Anytown Council, 2021-06, public, a draft\nAs written: 1 file")


def test_json_of_a_damaged_release_file_is_still_json(folder):
    (folder / "release.json").write_bytes(b"{")
    result = CliRunner().invoke(cli, ["verify", "out", "--format", "json"])
    assert (result.exit_code, json.loads(result.output)["as_released"]) == (1, False)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1]",
        b"\xff\xfe",
        b'{"version": null}',
        release(version=None, on="2021-07-23"),
        release(version="2"),
        release(version=True),
        release(version=0),
        release(month=None),
        release(council=""),
    ],
)
def test_a_release_file_that_cannot_be_understood_is_no_draft(folder, content):
    """Even where its seal fits: a file that does not say which release it is, is none."""
    (folder / "release.json").write_bytes(content)
    heading, verdict, *_ = printed(None, "verify", "out").splitlines()
    assert heading == (
        "out: its release.json cannot be understood, so that nothing says what this is"
    )
    assert verdict.startswith("Not as released: ")
    assert exit_code("verify", "out") == 1
    said = as_json(None, "verify", "out")
    assert (said["version"], said["as_released"]) == (None, False)
    assert "release-altered" in {one["rule"] for one in said["findings"]}


@pytest.mark.usefixtures("folder")
def test_the_message_of_what_cannot_be_done_says_what_to_do(tmp_path):
    (tmp_path / "empty").mkdir()
    for name in ("nowhere", "empty"):
        with pytest.raises(InputError) as refused:
            printed(None, "verify", name)
        assert refused.value.todo == "name a folder that `scorecard publish` wrote"


def test_what_a_file_manager_left_does_not_change_the_exit_code(folder):
    (folder / ".DS_Store").write_bytes(b"\0")
    assert ".DS_Store was left by a file manager" in printed(None, "verify", "out")
    assert exit_code("verify", "out") == 0
