"""Sign-off: what may be done in each state, walked at random, and what an owner is bound to."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from itertools import count
from pathlib import Path

import pytest
from comment_pages import FRONT, JUNE, NOW, indicator, row, stored, written
from hypothesis import given
from hypothesis import strategies as st

from openscorecard.commentary.entries import NOTHING, Entry, EntryKind, StoredComments
from openscorecard.commentary.sending import Sent, chosen, sent, taken_back
from openscorecard.commentary.signoff import (
    NEEDS_REASON,
    OWNER,
    REPORTER,
    STATE_TABLE,
    Action,
    State,
    decided,
    figures_changed,
    figures_told,
    figures_version,
    progress_of,
)
from openscorecard.commentary.store import change_comments, read_comments, write_comments
from openscorecard.errors import InputError, InternalError
from openscorecard.locks import locked

HEAD = "Head of Service"
FIGURES = "figures one"


def state(comments, figures=FIGURES):
    return progress_of(comments, "M1", figures).state


def write(comments, text, *, base=None, figures=FIGURES, account="1"):
    base = progress_of(comments, "M1", figures).seen if base is None else base
    return sent(
        comments, "M1", text, None, base=base, figures=figures, by=FRONT, at=NOW, account=account
    )


def decide(comments, action, *, because="", figures=FIGURES, seen=None, version=None):
    return decided(
        comments, "M1", action, by=HEAD, at=NOW,
        version=comments.version("M1") if version is None else version,
        figures=figures, seen_figures=figures if seen is None else seen,
        because=because, account="2",
    )  # fmt: skip


def test_a_comment_from_due_to_signed():
    comments = StoredComments(JUNE)
    assert state(comments) is State.DUE
    comments, outcome = write(comments, "Contacts rose.")
    assert (state(comments), outcome) == (State.WRITTEN, Sent.STANDS)
    comments = decide(comments, Action.RETURN, because="Say why.")
    assert state(comments) is State.RETURNED
    assert progress_of(comments, "M1", FIGURES).decision.because == "Say why."
    comments, _ = write(comments, "Contacts rose as schools came back.")
    comments = decide(comments, Action.SIGN)
    assert state(comments) is State.SIGNED
    assert [entry.kind.value for entry in comments.history("M1")] == [
        "text", "returned", "text", "signed",
    ]  # fmt: skip


def test_a_changed_figure_reopens_what_was_signed_and_changed_back_it_is_signed():
    comments = decide(write(StoredComments(JUNE), "Contacts rose.")[0], Action.SIGN)
    assert state(comments, "figures two") is State.REOPENED
    assert state(comments, FIGURES) is State.SIGNED


def test_an_owner_decides_about_what_she_saw_and_nothing_else():
    comments, _ = write(StoredComments(JUNE), "First.")
    first = comments.version("M1")
    comments, _ = write(comments, "Second.")
    with pytest.raises(InputError, match="comment was changed"):
        decide(comments, Action.SIGN, version=first)
    with pytest.raises(InputError, match="figure was changed"):
        decide(comments, Action.SIGN, seen="older figures")
    with pytest.raises(InputError, match="comment was changed"):
        decide(StoredComments(JUNE), Action.SIGN, version=first)


@pytest.mark.parametrize("action", sorted(NEEDS_REASON))
def test_a_return_and_a_taking_back_need_a_reason(action):
    comments, _ = write(StoredComments(JUNE), "First.")
    if action is Action.UNSIGN:
        comments = decide(comments, Action.SIGN)
    with pytest.raises(InputError, match="reason is missing"):
        decide(comments, action, because="  ")


def test_the_same_words_again_after_a_return_ask_again():
    comments, _ = write(StoredComments(JUNE), "It is right as it is.")
    comments = decide(comments, Action.RETURN, because="Is it?")
    comments, outcome = write(comments, "It is right as it is.")
    assert (state(comments), outcome) == (State.WRITTEN, Sent.STANDS)


def test_a_text_sent_twice_is_one():
    # The answer to the first was lost, and the browser sends it again.
    before = StoredComments(JUNE)
    once, _ = write(before, "Contacts rose.", base=NOTHING)
    twice, outcome = write(once, "Contacts rose.", base=NOTHING)
    assert (twice, outcome) == (once, Sent.STOOD)


def test_two_who_wrote_from_the_same_beginning_are_both_kept():
    comments, _ = write(StoredComments(JUNE), "Hers.", base=NOTHING)
    comments, outcome = write(comments, "His.", base=NOTHING, account="3")
    assert (state(comments), outcome) == (State.CONFLICT, Sent.BESIDE)
    now = progress_of(comments, "M1", FIGURES)
    assert (now.comment.text, now.conflicts[0].text) == ("Hers.", "His.")
    again, outcome = write(comments, "His.", base=NOTHING, account="3")
    assert (again, outcome) == (comments, Sent.BESIDE)


def test_one_chooses_and_all_stay_in_the_history():
    comments, _ = write(StoredComments(JUNE), "Hers.", base=NOTHING)
    comments, _ = write(comments, "His.", base=NOTHING)
    now = progress_of(comments, "M1", FIGURES)
    his = now.conflicts[0].own_version
    options = {"seen": now.seen, "figures": FIGURES, "by": FRONT, "at": NOW}
    kept_his = chosen(comments, "M1", his, **options)
    assert (kept_his.current("M1").text, state(kept_his)) == ("His.", State.WRITTEN)
    kept_hers = chosen(comments, "M1", now.comment.version, **options)
    assert (kept_hers.current("M1").text, state(kept_hers)) == ("Hers.", State.WRITTEN)
    none = chosen(comments, "M1", NOTHING, **options)
    assert (none.current("M1"), state(none)) == (None, State.DUE)
    for result in (kept_his, kept_hers, none):
        assert {"Hers.", "His."} <= {entry.text for entry in result.history("M1")}


def test_a_third_text_that_came_in_meanwhile_is_not_chosen_away():
    comments, _ = write(StoredComments(JUNE), "Hers.", base=NOTHING)
    comments, _ = write(comments, "His.", base=NOTHING)
    seen = progress_of(comments, "M1", FIGURES).seen
    comments, _ = write(comments, "A third.", base=NOTHING)
    options = {"figures": FIGURES, "by": FRONT, "at": NOW}
    with pytest.raises(InputError, match="another text came in"):
        chosen(comments, "M1", comments.version("M1"), seen=seen, **options)
    both, outcome = write(comments, "From two.", base=seen)
    assert outcome is Sent.BESIDE
    assert [one.text for one in both.conflicts("M1")] == ["His.", "A third.", "From two."]


def test_what_was_contested_is_signed_anew():
    comments = decide(write(StoredComments(JUNE), "Hers.", base=NOTHING)[0], Action.SIGN)
    comments, _ = write(comments, "His.", base=NOTHING)
    assert state(comments) is State.CONFLICT
    now = progress_of(comments, "M1", FIGURES)
    comments = chosen(
        comments, "M1", now.comment.version, seen=now.seen, figures=FIGURES, by=FRONT, at=NOW
    )
    assert state(comments) is State.WRITTEN


def test_a_removal_by_a_workbook_does_not_drop_the_text_beside():
    comments, _ = write(StoredComments(JUNE), "Hers.", base=NOTHING)
    comments, _ = write(comments, "His.", base=NOTHING)
    comments = comments.with_entry(Entry("M1", EntryKind.REMOVED, FRONT, NOW))
    assert state(comments) is State.CONFLICT
    assert [one.text for one in comments.conflicts("M1")] == ["His."]


def test_taking_back_leaves_the_text_in_the_history():
    comments, _ = write(StoredComments(JUNE), "Too early.")
    version = comments.version("M1")
    options = {"figures": FIGURES, "by": FRONT, "at": NOW}
    back = taken_back(comments, "M1", version, **options)
    assert state(back) is State.DUE
    assert back.history("M1")[0].text == "Too early."
    with pytest.raises(InputError, match="another comment stands"):
        taken_back(back, "M1", version, **options)
    with pytest.raises(InputError, match="signed cannot be taken back"):
        taken_back(decide(comments, Action.SIGN), "M1", version, **options)


def test_an_empty_comment_is_refused():
    with pytest.raises(InputError, match="empty"):
        write(StoredComments(JUNE), " \n ")


# The state table, walked at random: whatever is done in whatever order, each step is one that the
# table has, and nothing that was written is ever gone.

_numbers = count(1)


def _step(comments, action, version, fresh):
    """The step as the application takes it; None where the core refuses it."""
    options = {"figures": FIGURES, "by": FRONT, "at": NOW}
    now = progress_of(comments, "M1", FIGURES)
    try:
        if action is Action.WRITE:
            base = now.seen if fresh else "another"
            return write(comments, f"Text {next(_numbers)}.", base=base)[0]
        if action is Action.REMOVE:
            if now.state is State.CONFLICT:
                return chosen(comments, "M1", NOTHING, seen=now.seen, **options)
            return taken_back(comments, "M1", comments.version("M1"), **options)
        if action is Action.CHOOSE:
            texts = [entry.own_version for entry in now.conflicts]
            texts += [now.comment.version] if now.comment else []
            pick = texts[version % len(texts)] if texts else "none"
            return chosen(comments, "M1", pick, seen=now.seen, **options)
        return decide(comments, action, because="A reason.")
    except InputError:
        return None


steps = st.lists(
    st.tuples(st.sampled_from(list(Action)), st.integers(0, 3), st.booleans()), max_size=14
)


@given(steps)
def test_every_step_is_one_of_the_table(walk):
    comments = StoredComments(JUNE)
    for action, version, fresh in walk:
        before = progress_of(comments, "M1", FIGURES)
        by = OWNER if action in (Action.SIGN, Action.RETURN, Action.UNSIGN) else REPORTER
        after = _step(comments, action, version, fresh)
        if after is None:
            assert not before.allows(action, by)
            continue
        unknowing = action is Action.WRITE and not fresh and before.comment is not None
        if unknowing or (action is Action.WRITE and not fresh and before.conflicts):
            assert state(after) is State.CONFLICT
        else:
            row_of_table = (before.state, action, by, state(after))
            assert row_of_table in STATE_TABLE
        assert after.entries[: len(comments.entries)] == comments.entries
        comments = after
    texts = {entry.text for entry in comments.entries if entry.text}
    standing = comments.current("M1")
    assert standing is None or standing.text in texts


def test_the_table_names_one_outcome_for_each_step():
    steps = [(before, action, by) for before, action, by, _ in STATE_TABLE]
    assert len(set(steps)) == len(steps)


# Figures


def test_the_version_of_figures_changes_with_what_was_counted_and_not_with_others():
    page_row = row(indicator("M1"), [1886, 1801, 2080])
    version = figures_version(page_row)
    assert figures_version(replace(page_row, comparators=())) == version
    assert figures_version(row(indicator("M1"), [1886, 1801, 2081])) != version
    latest = replace(page_row.figures[-1], denominator=Fraction(5000))
    other = replace(page_row, figures=(*page_row.figures[:-1], latest))
    assert figures_version(other) != version


def test_what_changed_since_it_was_signed_is_named():
    before = row(indicator("M1"), [1886, 1801, 2080])
    after = row(indicator("M1"), [1886, 1801, 2095])
    told = figures_told(before)
    # (1886 + 1801 + 2080) / 3 = 1922.33; 15 more over three months is 5 more: 1927.33
    assert told == (
        "June 2021: 2,080", "May 2021: 1,801", "April 2021: 1,886",
        "12-month average: 1,922", "12-month maximum: 2,080",
    )  # fmt: skip
    signed = Entry("M1", EntryKind.SIGNED, HEAD, NOW, numbers=told)
    assert figures_changed(signed, after) == (
        ("June 2021", "2,080", "2,095"),
        ("12-month average", "1,922", "1,927"),
        ("12-month maximum", "2,080", "2,095"),
    )
    assert figures_changed(signed, before) == ()
    assert figures_changed(replace(signed, numbers=()), after) == ()


def test_a_decision_comes_back_from_the_file_as_it_was(tmp_path):
    comments, _ = write(StoredComments(JUNE), "Contacts rose.")
    comments = decided(
        comments, "M1", Action.SIGN, by=HEAD, at=NOW, version=comments.version("M1"),
        figures="abc", seen_figures="abc", account="2", told=("June 2021: 2,080",),
    )  # fmt: skip
    write_comments(tmp_path, comments)
    assert read_comments(tmp_path, JUNE) == comments
    assert read_comments(tmp_path, JUNE).current("M1").numbers_settled == frozenset()


# The one locked step


def test_a_change_that_raises_writes_nothing(tmp_path):
    write_comments(tmp_path, stored(written("M1", "As it was.")))

    def change(_):
        raise InputError("no", where="here", todo="nothing")

    with pytest.raises(InputError, match="no"):
        change_comments(tmp_path, JUNE, change)
    assert len(read_comments(tmp_path, JUNE).entries) == 1


def test_a_change_may_only_add(tmp_path):
    write_comments(tmp_path, stored(written("M1", "As it was.")))
    with pytest.raises(InternalError, match="would be lost"):
        change_comments(tmp_path, JUNE, lambda _: stored(written("M1", "Mine alone.")))
    assert read_comments(tmp_path, JUNE).current("M1").text == "As it was."


def test_whoever_waits_too_long_is_told(tmp_path):
    (tmp_path / "comments").mkdir()
    with (
        locked(tmp_path / "comments"),
        pytest.raises(InputError, match="another scorecard command"),
    ):
        change_comments(tmp_path, JUNE, lambda held: held, wait=0.05)


_WRITER = """
import sys, datetime as dt
from pathlib import Path
from openscorecard.commentary.entries import Entry, EntryKind
from openscorecard.commentary.store import change_comments
from openscorecard.periods import Month
who = sys.argv[2]
for number in range(int(sys.argv[3])):
    entry = Entry("M1", EntryKind.TEXT, who, dt.datetime(2021, 7, 5, tzinfo=dt.UTC), f"{who} {number}")
    change_comments(Path(sys.argv[1]), Month(2021, 6), lambda held: held.with_entry(entry), wait=30)
    print(number, flush=True)
"""  # noqa: E501


def _writing(folder: Path, who: str, number: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _WRITER, str(folder), who, str(number)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_two_processes_lose_nothing(tmp_path):
    writers = [_writing(tmp_path, who, 25) for who in ("Ann", "Bob")]
    for one in writers:
        one.communicate(timeout=60)
    texts = [entry.text for entry in read_comments(tmp_path, JUNE).entries]
    for who in ("Ann", "Bob"):  # all of each, in the order in which they were written
        assert [one for one in texts if one.startswith(who)] == [f"{who} {n}" for n in range(25)]


@pytest.mark.parametrize("after", [0, 1, 7, 30])
def test_whoever_is_killed_while_writing_loses_nothing_that_was_written(tmp_path, after):
    writer = _writing(tmp_path, "Ann", 10_000)
    with writer:
        for _ in range(after + 1):
            told = int(writer.stdout.readline())
        writer.kill()
        told = max([told, *(int(line) for line in writer.stdout.read().split("\n")[:-1])])
    kept = [entry.text for entry in read_comments(tmp_path, JUNE).entries]
    assert kept[: told + 1] == [f"Ann {n}" for n in range(told + 1)]
    change_comments(tmp_path, JUNE, lambda held: held, wait=0)  # and the lock is free
