"""What is kept of the workspace in memory, and how a change to it is noticed."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass

import pytest

from openscorecard.commentary.entries import Entry, EntryKind
from openscorecard.commentary.store import change_comments
from openscorecard.periods import Month
from openscorecard.web import months
from openscorecard.web.months import Kept

JUNE = Month(2021, 6)


@pytest.fixture
def seldom(settings) -> None:
    """As in service, but so that no test is long enough for a second look."""
    settings.LOOK_EVERY = 3600
    months.look_again()


@pytest.mark.usefixtures("council", "seldom")
def test_what_is_moved_in_is_seen_at_once() -> None:
    before = months.stamp()
    (months.root() / "loads" / "2021-07-records-001").mkdir()
    assert months.stamp() != before


@pytest.mark.usefixtures("council", "seldom")
def test_what_changes_further_down_is_seen_at_the_next_look() -> None:
    before = months.stamp()
    load = next(one for one in (months.root() / "loads").iterdir() if one.name.startswith("2021"))
    os.utime(load / "load.json", (1, 1))
    assert months.stamp() == before
    months.look_again()
    assert months.stamp() != before


@pytest.mark.usefixtures("council")
def test_another_workspace_is_another_stamp(tmp_path, settings) -> None:
    before = months.stamp()
    settings.WORKSPACE = tmp_path / "none"
    assert months.stamp() != before


@pytest.mark.usefixtures("council", "seldom")
def test_a_comment_changes_its_month_and_those_that_look_back_on_it() -> None:
    watched = (JUNE, JUNE.plus(3), JUNE.plus(4), JUNE.plus(-1))
    before, of_files = [months.comments_stamp(one) for one in watched], months.stamp()
    change_comments(
        months.root(), JUNE,
        lambda held: held.with_entry(
            Entry("M1", EntryKind.TEXT, "Service Manager", months_now(), text="Two contacts.")
        ),
    )  # fmt: skip
    after = [months.comments_stamp(one) for one in watched]
    changed = [one != other for one, other in zip(before, after, strict=True)]
    assert changed == [True, True, False, False]
    assert months.stamp() == of_files  # the figures need not be built again
    assert months.progress(JUNE)["M1"].state == "written"


def months_now():
    import datetime as dt

    return dt.datetime(2021, 7, 8, 9, 0, tzinfo=dt.UTC)


@pytest.mark.usefixtures("council")
def test_the_months_with_a_page_are_those_that_were_loaded() -> None:
    assert [one.iso for one in months.months()] == ["2021-06", "2021-05", "2021-04"]


def test_the_longest_unused_go_first_by_what_they_weigh() -> None:
    kept = Kept(10, weigh=len)
    for key, text in (("a", "aaaa"), ("b", "bbbb"), ("a", "never asked for"), ("c", "cccc")):
        kept.get(key, lambda text=text: text)
    assert kept.get("a", lambda: "new") == "aaaa"  # used again after b
    assert kept.get("b", lambda: "new") == "new"


def test_what_weighs_more_than_all_is_given_all_the_same() -> None:
    kept = Kept(10, weigh=len)
    assert len(kept.get("long", lambda: "x" * 100)) == 100


def test_a_result_is_worked_out_once_whoever_asks_meanwhile() -> None:
    kept, times, begun = Kept(10), [], threading.Event()

    def slow() -> int:
        times.append(1)
        begun.wait(0.05)
        return 7

    threads = [threading.Thread(target=kept.get, args=("key", slow)) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert times == [1]


@dataclass
class Flaky:
    tries: int = 0

    def __call__(self) -> int:
        self.tries += 1
        if self.tries == 1:
            raise OSError("the disk was away")
        return self.tries


def test_what_failed_is_tried_again() -> None:
    kept, work_out = Kept(10), Flaky()
    with pytest.raises(OSError, match="away"):
        kept.get("key", work_out)
    assert kept.get("key", work_out) == 2
