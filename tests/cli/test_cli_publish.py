"""`scorecard publish`: what it says, its exit codes and what it refuses; and what `releases` says
of a public page that is older than a correction.

May's own extract has contacts K3 and K4, so M1 is 2. K7 of 20 May arrives late: then it is 3.
"""

from __future__ import annotations

import datetime as dt
import json

import pytest
from click.testing import CliRunner, Result
from command_runs import as_json, printed
from small_council import EXTRACTS, load_month, small_council, three_loads, with_settings

from openscorecard.cli.main import cli
from openscorecard.commentary.entries import Entry, EntryKind
from openscorecard.commentary.store import read_comments, write_comments
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.workspace.folder import Workspace

MAY, JUNE = Month(2021, 5), Month(2021, 6)
WITH_K7 = EXTRACTS["may"]["ssd_contacts"] + " K7,E,2021-05-20"
TO_OUT = ("--to", "out")


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def ran(workspace: Workspace, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--workspace", str(workspace.root), *words])


def publish(workspace, month, audience, *words, to="out"):
    return printed(workspace, "publish", month, "--audience", audience, "--to", to, *words)


def remark_on(workspace: Workspace, month: Month, text: str) -> None:
    stored = read_comments(workspace.root, month)
    at = dt.datetime(2021, 7, 10, 12, tzinfo=dt.UTC)
    entry = Entry(ref="M1", kind=EntryKind.TEXT, by="Head of service", at=at, text=text,
                  public_text=text)  # fmt: skip
    write_comments(workspace.root, stored.with_entry(entry))


def test_it_says_which_release_it_is_what_was_written_and_how_to_verify_it(tmp_path):
    council = three_loads(tmp_path)
    said = publish(council, "2021-06", "internal", "--on", "2021-07-20").splitlines()
    assert said[0] == "June 2021, internal: version 1 of 2021-07-20"
    written = {line.split()[0] for line in said[1:-2]}
    assert {"pages", "workbook", "PDF", "CSV", "Parquet", "descriptions"} <= written
    assert said[-2].split() == ["Open", "out/index.html"]
    assert said[-1].startswith("Verify  ")
    assert ran(council, "verify", "out").exit_code == 0


def test_a_draft_is_called_one_and_has_no_day(tmp_path):
    council = three_loads(tmp_path)
    said = publish(council, "2021-06", "public", "--draft")
    assert said.startswith("June 2021, public: a draft, which counts as no release\n")
    assert printed(council, "releases").startswith("Nothing has been published yet.")
    for words in (("--on", "2021-07-20"), ("--reason", "late")):
        answer = ran(council, "publish", "2021-06", "--audience", "public", *TO_OUT, "--draft",
                     *words)  # fmt: skip
        assert (answer.exit_code, "a draft is no release" in answer.output) == (2, True)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("2021-06", *TO_OUT), "Missing option '--audience'"),
        (("2021-06", "--audience", "public"), "Missing option '--to'"),
        (("2021-06", "--audience", "all", *TO_OUT), "'all' is not one of"),
        (("2021-06", "--audience", "public", *TO_OUT, "--on", "20 July"), "'20 July' does not"),
    ],
)
def test_what_is_typed_wrong_ends_with_2(tmp_path, words, found):
    answer = ran(three_loads(tmp_path), "publish", *words)
    assert (answer.exit_code, found in answer.output) == (2, True), answer.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("month", "more", "found", "todo"),
    [
        ("june", (), "june", "2021-06"),
        ("2021-12", (), "", ""),
        ("2021-06", ("--on", "2021-06-30"), "before the month has ended", "--on"),
        ("2021-06", ("--reason", "late"), "nothing that it corrects", "leave out --reason"),
    ],
)
def test_what_cannot_be_published_is_refused_and_nothing_is_written(
    tmp_path, month, more, found, todo
):
    council = three_loads(tmp_path)
    with pytest.raises(InputError) as refused:
        publish(council, month, "internal", *more)
    assert found in str(refused.value)
    assert todo in refused.value.todo
    assert not (tmp_path / "out").exists()
    assert printed(council, "releases").startswith("Nothing has been published yet.")


def test_a_folder_with_other_things_in_it_is_refused(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("mine")
    with pytest.raises(InputError, match="no publication of ours"):
        publish(three_loads(tmp_path), "2021-06", "internal", "--on", "2021-07-20")
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["letter.txt"]


def remark(council):
    return [one["remark"] for one in as_json(council, "releases")]


def test_a_correction_says_what_it_is_and_the_public_page_that_is_behind_bears_a_remark(tmp_path):
    """Small numbers are shown: M1 of May is 3 to the council's own people then, and still 2 to the
    public."""
    council = small_council(tmp_path, "april", "may")
    council = with_settings(council.root, "[page]\nsmall_numbers = 0\n")
    for audience in ("internal", "public"):
        publish(council, "2021-05", audience, "--on", "2021-06-14", to=audience)
    load_month(council, "may", "2021-06-18", ssd_contacts=WITH_K7)
    assert remark(council) == ["", ""]  # no correction yet
    words = ("2021-05", "internal", "--on", "2021-06-20")
    with pytest.raises(InputError, match="otherwise than in version 1 of 2021-06-14"):
        publish(council, *words, to="internal")

    said = publish(council, *words, "--reason", "K7 was late", to="internal").splitlines()[0]
    changed = json.loads((tmp_path / "internal" / "release.json").read_bytes())["changed"]
    assert said.startswith("May 2021, internal: version 2 of 2021-06-20, ")
    assert f"{len(changed)} cells changed" in said
    assert said.endswith(": K7 was late")
    first, public, second = remark(council)
    assert (first, second) == ("", "")
    assert public.startswith("older than internal version 2, and ")
    assert public.endswith("otherwise by now: publish it again with a reason")


def test_a_public_page_that_would_read_the_same_bears_none(tmp_path):
    """Counts of 1 to 5 are hidden: to the public M1 of May is [c], be it 2 or 3."""
    council = small_council(tmp_path, "april", "may")
    publish(council, "2021-05", "internal", "--on", "2021-06-14", to="internal")
    publish(council, "2021-05", "public", "--on", "2021-06-14", to="public")
    load_month(council, "may", "2021-06-18", ssd_contacts=WITH_K7)
    publish(council, "2021-05", "internal", "--on", "2021-06-20", "--reason", "late", to="internal")
    assert remark(council) == ["", "", ""]


def test_a_character_that_the_pdfs_cannot_show_is_said_with_its_place_and_name(tmp_path):
    """The typeface has neither the face nor the sign; é and → it has."""
    council = three_loads(tmp_path)
    remark_on(council, JUNE, "Café → fewer contacts 🙂 in 漢 week.")
    words = ("publish", "2021-06", "--audience", "internal", *TO_OUT, "--on", "2021-07-20")
    answer = ran(council, *words)
    assert answer.exit_code == 0
    (line,) = [one for one in answer.stderr.splitlines() if "[?]" in one]
    assert "M1, comment: 漢, U+6F22 cjk unified ideograph-6f22, and 🙂, U+1F642 slightly" in line
    assert "are [?] in the PDFs; write it in other words or signs" in line
    remark_on(council, JUNE, "Café → fewer contacts.")
    said = ran(council, *words[:4], "--to", "draft", "--draft")
    assert "[?]" not in said.output
