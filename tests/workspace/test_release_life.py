"""The life of a release, on a council of six children: published, published again, corrected.

May as its own extract has it: contacts K3 and K4, so M1 is 2. K7 of 20 May arrives late; an extract
that holds it makes M1 of May 3.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small_council import EXTRACTS, load_month, small_council, three_loads, with_settings

from openscorecard import publishing, run
from openscorecard.commentary.entries import Entry, EntryKind
from openscorecard.commentary.store import read_comments, write_comments
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.publish.verify import verify
from openscorecard.scorecard.page import WRITTEN_BEFORE
from openscorecard.scorecard.printed_cells import changed_cells
from openscorecard.scorecard.release import ChangedCell
from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.outdated_comments import with_corrected_since
from openscorecard.workspace.releases import kept_releases

MAY, JUNE = Month(2021, 5), Month(2021, 6)
JUNE_14, JUNE_20, JULY_20 = dt.date(2021, 6, 14), dt.date(2021, 6, 20), dt.date(2021, 7, 20)
WITH_K7 = EXTRACTS["may"]["ssd_contacts"] + " K7,E,2021-05-20"
WHY = "a contact of 20 May was recorded late"


def printed(workspace: Workspace, month: Month, at: Month, ref: str = "M1") -> str:
    row = run.build(month, workspace).row(ref)
    assert row is not None
    return next(figure.printed for figure in row.figures if figure.month == at)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Path]:
    """May published, then corrected; after that June published."""
    folder = tmp_path_factory.mktemp("life")
    workspace = small_council(folder, "april", "may")
    publishing.publish(MAY, workspace, "internal", folder / "may", JUNE_14)
    load_month(workspace, "may", "2021-06-18", ssd_contacts=WITH_K7)
    publishing.publish(MAY, workspace, "internal", folder / "may", JUNE_20, reason=WHY)
    load_month(workspace, "june")
    publishing.publish(JUNE, workspace, "internal", folder / "june", JULY_20)
    return workspace, folder


def test_a_correction_is_a_new_version_with_its_reason_and_what_it_changed(
    corrected: tuple[Workspace, Path],
) -> None:
    workspace, folder = corrected
    first, second, june = kept_releases(workspace.root)
    assert (first.release.version, first.release.on, first.release.changed) == (1, JUNE_14, ())
    assert (second.release.version, second.release.reason) == (2, WHY)
    assert second.release.earlier[0].on == JUNE_14
    assert (june.month, june.release.version) == (JUNE, 1)
    changed = {(one.ref, one.column): (one.was, one.now) for one in second.release.changed}
    assert changed["M1", "2021-05"] == ("2", "3 [r]")
    assert changed["M1", "maximum_12m"] == ("2", "3")
    # April had K1 and K2: 2 contacts; (2 + 2) / 2 and (2 + 3) / 2, printed half up.
    assert changed["M1", "average_12m"] == ("2", "3")
    # From 2 to 2, and from 2 to 3: half as much again.
    assert changed["M1", "change_month"] == ("0%", "50%")
    assert changed["M1", "move_month"] == ("no change", "up 1")
    assert ("LAC1", "2021-05") not in changed
    stated = json.loads((folder / "may" / "release.json").read_bytes())
    assert (stated["version"], stated["on"], stated["reason"]) == (2, "2021-06-20", WHY)
    assert {"ref": "M1", "column": "2021-05", "was": "2", "now": "3 [r]"} in stated["changed"]
    assert verify(folder / "may") == verify(folder / "june") == ()


def test_a_later_page_shows_what_was_released_revised_where_it_was_corrected(
    corrected: tuple[Workspace, Path],
) -> None:
    workspace, _ = corrected
    assert printed(workspace, JUNE, MAY) == "3 [r]"
    june = run.build(JUNE, workspace).row("M1")
    assert june is not None
    may, last = june.figures[-2:]
    assert (may.vintage, may.load) == ("released", "release 2021-05 internal version 2")
    assert "2" in may.note
    assert WHY in may.note
    assert last.vintage == "month-close"


def test_published_again_whatever_day_is_given_it_is_the_same_version_with_the_same_bytes(
    corrected: tuple[Workspace, Path],
) -> None:
    """That no clock is asked: test_release_clock.py."""
    workspace, folder = corrected
    before = contents(folder / "may")
    publishing.publish(MAY, workspace, "internal", folder / "again", dt.date(2033, 5, 18))
    assert contents(folder / "again") == before
    publishing.publish(MAY, workspace, "internal", folder / "twice", reason=WHY)
    assert contents(folder / "twice") == before
    assert len(kept_releases(workspace.root)) == 3


def test_without_a_reason_a_correction_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    workspace = small_council(tmp_path, "april", "may")
    publishing.publish(MAY, workspace, "public", tmp_path / "out", JUNE_14)
    before = contents(tmp_path / "out") | contents(workspace.root / "releases")
    load_month(
        workspace, "may", "2021-06-18", ssd_cla_episodes="E1,C,L1,2021-03-01 E9,E,L9,2021-05-02"
    )
    with pytest.raises(InputError, match=r"otherwise than in version 1 of 2021-06-14") as refused:
        publishing.publish(MAY, workspace, "public", tmp_path / "out", JUNE_20)
    assert "--reason" in refused.value.todo
    assert "change_" not in refused.value.found
    with pytest.raises(InputError, match="2021-06-14"):
        publishing.publish(
            MAY, workspace, "public", tmp_path / "out", dt.date(2021, 6, 13), reason=WHY
        )
    assert contents(tmp_path / "out") | contents(workspace.root / "releases") == before


def test_a_refusal_names_cells_by_their_headings_and_the_corrected_figure_first(
    tmp_path: Path,
) -> None:
    workspace = small_council(tmp_path, "april", "may")
    publishing.publish(MAY, workspace, "internal", tmp_path / "out", JUNE_14)
    load_month(workspace, "may", "2021-06-18", ssd_contacts=WITH_K7)
    with pytest.raises(InputError) as refused:
        publishing.publish(MAY, workspace, "internal", tmp_path / "out", JUNE_20)
    _, *cells, _ = refused.value.found.splitlines()
    # From 2 in April to 2, and from 2 to 3: half as much again.
    assert cells[:3] == [
        "  M1, May 2021: 2 → 3 [r]",
        "  M1, % change from Apr-21: 0% → 50%",
        "  M1, Change from Apr-21: no change → up 1",
    ]


def test_where_only_texts_changed_the_refusal_says_which(tmp_path: Path) -> None:
    workspace = three_loads(tmp_path)
    publishing.publish(JUNE, workspace, "internal", tmp_path / "out", JULY_20)
    workspace = with_settings(workspace.root, '[page]\ntitle = "Monthly scorecard"\n')
    with pytest.raises(InputError, match="no cell reads otherwise") as refused:
        publishing.publish(JUNE, workspace, "internal", tmp_path / "out", JULY_20)
    assert refused.value.found.endswith("but texts around them do: the title and the contact")


def test_a_comment_that_quotes_what_was_corrected_since_is_told_and_marked(tmp_path: Path) -> None:
    """M1 of May was 2, and is 3; the comment of before says 2, that of after does not."""
    workspace = small_council(tmp_path, "april", "may")
    written = dt.datetime(2021, 6, 10, tzinfo=dt.UTC)

    def comment(text: str) -> None:
        stored = read_comments(workspace.root, MAY)
        entry = Entry("M1", EntryKind.TEXT, "Service manager", written, text)
        write_comments(workspace.root, stored.with_entry(entry))

    def publish(on: dt.date, reason: str = "") -> tuple[list[str], str]:
        told: list[str] = []
        publishing.publish(
            MAY, workspace, "internal", tmp_path / "out", on, reason=reason, warn=told.append
        )
        (page,) = (tmp_path / "out" / "indicators").glob("contacts*received*.html")
        return told, page.read_text(encoding="utf-8")

    comment("We had 2 contacts.")
    told, page = publish(JUNE_14)
    assert (told, WRITTEN_BEFORE in page) == ([], False)
    load_month(workspace, "may", "2021-06-18", ssd_contacts=WITH_K7)
    told, page = publish(JUNE_20, WHY)
    assert told == ["the comment for M1 still says 2; it is now 3"]
    assert WRITTEN_BEFORE in page
    assert publish(JUNE_20)[0] == told  # the same version again
    load_month(workspace, "june")
    june = with_corrected_since(run.page(JUNE, workspace), workspace.root).row("M1")
    assert june is not None
    assert [one.remark for one in june.earlier_comments] == [WRITTEN_BEFORE]
    comment("We had 3 contacts; we had said 2.")
    told, page = publish(dt.date(2021, 6, 21), "the comment follows")
    assert (told, WRITTEN_BEFORE in page) == ([], False)


def test_what_is_refused_of_a_first_version(tmp_path: Path) -> None:
    workspace = three_loads(tmp_path)
    with pytest.raises(InputError, match="nothing that it corrects"):
        publishing.publish(JUNE, workspace, "internal", tmp_path / "out", JULY_20, reason=WHY)
    with pytest.raises(InputError, match="before the month has ended"):
        publishing.publish(JUNE, workspace, "internal", tmp_path / "out", dt.date(2021, 6, 30))
    publishing.publish(JUNE, workspace, "internal", tmp_path / "out", JULY_20)
    with pytest.raises(InputError, match="nothing has changed since version 1"):
        publishing.publish(JUNE, workspace, "internal", tmp_path / "out", JULY_20, reason=WHY)


def test_a_draft_is_marked_and_nothing_of_it_is_kept(tmp_path: Path) -> None:
    workspace = three_loads(tmp_path)
    publishing.publish(JUNE, workspace, "public", tmp_path / "draft", draft=True)
    assert kept_releases(workspace.root) == ()
    assert not (workspace.root / "releases").exists()
    assert "DRAFT" in (tmp_path / "draft" / "index.html").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "draft" / "release.json").read_bytes())["version"] is None
    publishing.publish(JUNE, workspace, "public", tmp_path / "out", JULY_20)
    before = contents(tmp_path / "out")
    with pytest.raises(InputError, match="as it was released"):
        publishing.publish(JUNE, workspace, "public", tmp_path / "out", draft=True)
    assert contents(tmp_path / "out") == before


def test_to_the_public_a_cell_that_is_hidden_now_does_not_say_what_it_was() -> None:
    before = {"CP1": {"2021-05": "3", "2021-06": "12", "verdict": "Usual variation: none",
                      "commentary": "Three plans ended."}}  # fmt: skip
    now = {"CP1": {"2021-05": "[c]", "2021-06": "13 [r]", "verdict": "Hidden: a small number",
                   "commentary": "Some plans ended."}}  # fmt: skip
    assert changed_cells(before, now, "public") == (
        ChangedCell("CP1", "2021-05", "", "[c]", withheld=True),
        ChangedCell("CP1", "2021-06", "12", "13 [r]"),
        ChangedCell("CP1", "verdict", "", "Hidden: a small number", withheld=True),
        ChangedCell("CP1", "commentary", "", "Some plans ended.", withheld=True),
    )
    assert changed_cells(before, now, "internal")[0] == ChangedCell("CP1", "2021-05", "3", "[c]")
    assert changed_cells(before, {}, "public") == tuple(
        ChangedCell("CP1", column, "", "", withheld=True) for column in before["CP1"]
    )


def test_the_public_record_holds_no_plain_hash_and_no_hidden_figure(tmp_path: Path) -> None:
    """May is published with nothing hidden, then counts of 1 to 5 are: M1 is 2, M2 is 1 (R4)
    and LAC1 is 1 (C). The correction says that they are hidden now, and not what they were."""
    workspace = small_council(tmp_path, "april", "may")
    workspace = with_settings(workspace.root, "[page]\nsmall_numbers = 0\n")
    publishing.publish(MAY, workspace, "public", tmp_path / "out", JUNE_14)
    kept = workspace.root / "releases"
    open_cells = json.loads((kept / "2021-05-public-1" / "page.json").read_bytes())["cells"]
    figures = {ref: open_cells[ref]["2021-05"] for ref in ("M1", "M2", "LAC1")}
    assert figures == {"M1": "2", "M2": "1", "LAC1": "1"}

    workspace = with_settings(workspace.root, "")
    publishing.publish(MAY, workspace, "public", tmp_path / "out", JUNE_20,
                       reason="small numbers are hidden from now on")  # fmt: skip
    content = (tmp_path / "out" / "release.json").read_bytes()
    assert content == (kept / "2021-05-public-2" / "release.json").read_bytes()
    stated = json.loads(content)
    assert stated["inputs"]
    assert all(set(one) == {"kind", "name", "hmac_sha256"} for one in stated["inputs"])
    assert all(one["name"].isdecimal() for one in stated["inputs"])
    plain = {path.name: hashlib.sha256(path.read_bytes()).hexdigest()
             for path in workspace.root.rglob("*") if path.is_file()}  # fmt: skip
    assert [name for name, digest in plain.items() if digest.encode() in content] == []

    changed = {(one["ref"], one["column"]): one for one in stated["changed"]}
    for ref in figures:
        assert (changed[ref, "2021-05"]["was"], changed[ref, "2021-05"]["now"]) == (None, "[c]")
    # Nothing of a row that is hidden now is told: not its change, average, parts or verdict.
    for (ref, column), one in changed.items():
        if ref in figures and "[c]" in one["now"]:
            assert not one["was"], (ref, column)
    cells = json.loads((kept / "2021-05-public-2" / "page.json").read_bytes())["cells"]
    for ref in figures:
        months = {column: text for column, text in cells[ref].items() if column[:4] == "2021"}
        assert set(months.values()) <= {"[c]", "[x]", "0"}, ref
        assert cells[ref]["average_12m"] == cells[ref]["maximum_12m"] == "[c]"
    told = (kept / "2021-05-public-1" / "verdicts.json").read_bytes()
    assert json.loads(told)["audience"] == "public"
    # What is kept of the whole page stays in the workspace.
    assert not {path.name for path in (tmp_path / "out").rglob("*")} & {"figures.json", "page.json"}
    if sys.platform != "win32":
        assert (kept / "key").stat().st_mode & 0o077 == 0


def test_internal_after_public_is_one_release_too(tmp_path: Path) -> None:
    workspace = three_loads(tmp_path)
    publishing.publish(JUNE, workspace, "public", tmp_path / "public", JULY_20)
    publishing.publish(JUNE, workspace, "internal", tmp_path / "one", dt.date(2021, 7, 21))
    publishing.publish(JUNE, workspace, "internal", tmp_path / "two", dt.date(2021, 7, 22))
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert len(kept_releases(workspace.root)) == 2


def test_a_figure_that_was_withdrawn_does_not_come_back(tmp_path: Path) -> None:
    workspace = small_council(tmp_path, "april", "may")
    publishing.publish(MAY, workspace, "internal", tmp_path / "out", JUNE_14)
    suspended = '[[measures.suspended]]\nref = "M1"\nfrom = "2021-05"\nto = "2021-05"\n'
    suspended += 'reason = "counted twice"\n'
    workspace = with_settings(workspace.root, suspended)
    publishing.publish(MAY, workspace, "internal", tmp_path / "out", JUNE_20, reason="withdrawn")
    load_month(workspace, "june")
    row = run.build(JUNE, workspace).row("M1")
    assert row is not None
    may = row.figures[-2]
    assert (may.value, may.printed) == (None, "[x] [r]")
    assert may.note == "published as 2 before. withdrawn"


def test_to_the_public_only_what_it_was_given_is_revised(tmp_path: Path) -> None:
    """Of LAC1, whose counts of 1 to 5 are hidden, nothing tells; with no limit all is told."""
    workspace = small_council(tmp_path, "april", "may")
    workspace = with_settings(workspace.root, "[page]\nsmall_numbers = 0\n")
    publishing.publish(MAY, workspace, "internal", tmp_path / "own", JUNE_14)
    load_month(workspace, "may", "2021-06-18", ssd_contacts=WITH_K7)
    publishing.publish(MAY, workspace, "internal", tmp_path / "own", JUNE_20, reason=WHY)
    public = run.page(MAY, workspace, "public").row("M1")
    assert public is not None
    assert (public.latest.printed, public.latest.revised, public.latest.note.count("before")) == (
        "3",
        False,
        0,
    )
    internal = run.page(MAY, workspace).row("M1")
    assert internal is not None
    assert internal.latest.printed == "3 [r]"
    assert not any("before" in note for note in public.notes)


def test_the_publics_note_says_that_a_figure_was_revised_and_never_the_number_or_the_reason(
    tmp_path: Path,
) -> None:
    workspace = small_council(tmp_path, "april", "may")
    workspace = with_settings(workspace.root, "[page]\nsmall_numbers = 1\n")
    publishing.publish(MAY, workspace, "public", tmp_path / "out", JUNE_14)
    load_month(workspace, "may", "2021-06-18", ssd_contacts=WITH_K7)
    publishing.publish(MAY, workspace, "public", tmp_path / "out", JUNE_20, reason=WHY)
    may = run.page(MAY, workspace, "public").row("M1")
    assert may is not None
    assert may.latest.printed == "3 [r]"
    assert "May 2021: another figure was published before." in may.notes
    load_month(workspace, "june")
    june = run.page(JUNE, workspace, "public").row("M1")
    assert june is not None
    assert june.figures[-2].printed == "3 [r]"
    assert "May 2021: another figure was published before." in june.notes
    assert WHY not in repr(june)
    assert "as 2 before" not in repr(june)


def test_the_reason_of_a_public_correction_names_no_small_number(tmp_path: Path) -> None:
    workspace = three_loads(tmp_path)
    publishing.publish(JUNE, workspace, "public", tmp_path / "out", JULY_20)
    with pytest.raises(InputError, match="names a small number \\(three\\)"):
        publishing.publish(JUNE, workspace, "public", tmp_path / "out", JULY_20,
                           reason="three children were counted twice")  # fmt: skip


def test_without_its_key_no_public_release_is_made_or_compared(tmp_path: Path) -> None:
    workspace = three_loads(tmp_path)
    publishing.publish(JUNE, workspace, "public", tmp_path / "out", JULY_20)
    (workspace.root / "releases" / "key").unlink()
    recorded = (tmp_path / "out" / "release.json").read_bytes()
    with pytest.raises(InputError, match="the key is not there"):
        publishing.changed_inputs(recorded, workspace)
    assert not (workspace.root / "releases" / "key").exists()


def test_a_damaged_record_is_said_and_not_taken(tmp_path: Path) -> None:
    workspace = three_loads(tmp_path)
    publishing.publish(JUNE, workspace, "internal", tmp_path / "out", JULY_20)
    kept = workspace.root / "releases" / "2021-06-internal-1"
    for name, words in (("page.json", "page of a release"), ("verdicts.json", "first verdicts")):
        whole = (kept / name).read_bytes()
        (kept / name).unlink()
        with pytest.raises(InputError, match=words):
            publishing.publish(JUNE, workspace, "internal", tmp_path / "out", JULY_20)
        (kept / name).write_bytes(whole)
    publishing.publish(JUNE, workspace, "internal", tmp_path / "out", JULY_20)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not there")
def test_killed_at_any_point_there_is_a_whole_release_or_none(tmp_path: Path) -> None:
    """Twelve times, later each time; then publishing gives what an undisturbed one gives."""
    workspace = three_loads(tmp_path)
    out = tmp_path / "out"
    command = [sys.executable, "-c", "from openscorecard.cli import main; main()",
               "--workspace", str(workspace.root), "publish", "2021-06", "--audience", "internal",
               "--to", str(out), "--on", "2021-07-20"]  # fmt: skip
    for attempt in range(12):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.25 + attempt * 0.2)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert len(kept_releases(workspace.root)) in (0, 1)
        if out.exists():
            assert verify(out) == ()
            assert len(kept_releases(workspace.root)) == 1
    publishing.publish(JUNE, workspace, "internal", out, dt.date(2021, 7, 20))
    assert verify(out) == ()
    assert len(kept_releases(workspace.root)) == 1
