"""The workspace as the application reads it: months, their pages and their comments.

Takes the workspace's files; gives what `run` makes of them, kept until a file changes; refuses to
compute or to write anything.
"""

from __future__ import annotations

import os
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from django.conf import settings

from openscorecard import run
from openscorecard.catalogue.indicator import Catalogue, Indicator
from openscorecard.commentary.attach import attach
from openscorecard.commentary.signoff import Progress, figures_version, progress_of
from openscorecard.commentary.store import StoredComments, comments_path, read_comments
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.scorecard.page import Row, Scorecard
from openscorecard.workspace import Workspace, open_workspace
from openscorecard.workspace.load import page_loads
from openscorecard.workspace.records_load import all_records_loads
from openscorecard.workspace.settings import FILE
from openscorecard.workspace.vintages import closing_loads

# What a page rests on, beside its comments. A load, a release or a definition is never changed in
# place but written beside and moved in, so that the times of these folders tell.
RESTS_ON = (FILE, "comparators.csv", "comparators", "definitions", "figures", "loads", "releases")
_DEEP = 2  # folders below
LOOK_EVERY = 0.5  # seconds; settings.LOOK_EVERY goes before
_KEPT = 64  # results in memory
_KEPT_CHARACTERS = 60_000_000  # of pages in memory

Found = TypeVar("Found")
Stamp = tuple[tuple[str, int, int], ...]


class Kept:
    """Results by key, the longest unused dropped first. One is worked out once, whoever asks
    meanwhile. `most` is how much they may weigh together; each weighs 1 if `weigh` does not say."""

    def __init__(self, most: int, weigh: Callable[[Any], int] = lambda _: 1) -> None:
        self._most, self._weigh, self._weight = most, weigh, 0
        self._results: OrderedDict[Hashable, Any] = OrderedDict()
        self._locks: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, key: Hashable, work_out: Callable[[], Found]) -> Found:
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                found: Found = self._results[key]
                return found
            waiting = self._locks.setdefault(key, Lock())
        with waiting:
            with self._lock:
                if key in self._results:
                    again: Found = self._results[key]
                    return again
            try:
                found = work_out()
                with self._lock:
                    self._results[key] = found
                    self._weight += self._weigh(found)
                    while self._weight > self._most and len(self._results) > 1:
                        _, dropped = self._results.popitem(last=False)
                        self._weight -= self._weigh(dropped)
            finally:
                with self._lock:
                    self._locks.pop(key, None)
            return found


_kept = Kept(_KEPT)
_kept_pages = Kept(_KEPT_CHARACTERS, weigh=len)


def kept(key: Hashable, work_out: Callable[[], Found]) -> Found:
    """What `work_out` gives, once for a key: the key has to hold the `stamp` that it rests on."""
    return _kept.get(key, work_out)


def kept_page(key: Hashable, work_out: Callable[[], Found]) -> Found:
    """The same for what is drawn: many, small, and counted by its length, so that a hundred drawn
    pages do not push out the figures that they were drawn from."""
    return _kept_pages.get(key, work_out)


def root() -> Path:
    return Path(settings.WORKSPACE)


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at the files: when, at which workspace, the folders at the top, and all of it."""

    at: float
    root: Path
    top: Stamp
    whole: Stamp


_last_look: _Look | None = None


def stamp() -> Stamp:
    """Changes when a file does that a month's page rests on, its comments apart.

    What moves a folder in (a load, figures, a release) is seen at once; what changes a file further
    down, within half a second, or at once after `look_again`.
    """
    global _last_look
    here, now = root(), time.monotonic()
    top = tuple(line for name in RESTS_ON for line in _stamps(here / name, 0))
    last = _last_look
    every = getattr(settings, "LOOK_EVERY", LOOK_EVERY)
    if last and (last.root, last.top) == (here, top) and now - last.at < every:
        return last.whole
    whole = tuple(line for name in RESTS_ON for line in _stamps(here / name, _DEEP))
    _last_look = _Look(now, here, top, whole)
    return whole


def look_again() -> None:
    """After a write of our own: the next `stamp` looks at every file."""
    global _last_look
    _last_look = None


def comments_stamp(month: Month, back: int = run.EARLIER_COMMENTS) -> Stamp:
    """Changes when a comment of the month does, or one of the months before that stand beside."""
    before = [month.plus(-one) for one in range(back + 1)]
    return tuple(line for one in before for line in _stamps(comments_path(root(), one), 0))


def _stamps(place: Path, deep: int) -> Iterator[tuple[str, int, int]]:
    try:
        found = place.stat()
    except FileNotFoundError:
        return
    yield str(place), found.st_mtime_ns, found.st_size
    if deep and place.is_dir():
        with os.scandir(place) as inside:
            below = sorted(one.path for one in inside if not one.name.startswith("."))
        for path in below:
            yield from _stamps(Path(path), deep - 1)


def workspace() -> Workspace:
    return kept(("workspace", tuple(_stamps(root() / FILE, 0))), lambda: open_workspace(root()))


def catalogue() -> Catalogue:
    """The definitions in force."""
    own = tuple(_stamps(root() / "definitions", 1))
    return kept(("catalogue", own), lambda: run.catalogue_of(workspace()))


def indicator_by_id(ident: str) -> Indicator | None:
    return next((one for one in catalogue() if one.id == ident), None)


def months() -> tuple[Month, ...]:
    """The months that have a page to look at, newest first."""

    def work_out() -> tuple[Month, ...]:
        place = workspace().loads
        found = {load.month for load in page_loads(place)}
        found |= set(closing_loads(all_records_loads(place)))
        first = workspace().settings.first_month
        return tuple(sorted((one for one in found if not first or one >= first), reverse=True))

    return kept(("months", stamp()), work_out)


@dataclass(frozen=True, slots=True)
class Seen:
    """A month's page as it stands, and the stamp of all that it rests on."""

    page: Scorecard
    stamp: Hashable


def seen(month: Month, audience: str = "internal") -> Seen:
    """The month's page with its comments. InputError where it cannot be built."""
    of_files = stamp()

    def whole() -> Scorecard:
        return run.build(month, workspace())

    page = kept(("whole", month, of_files), whole)
    if audience == "public":
        page = kept(("public", month, of_files), lambda: run.public_view(page, workspace()))
    of_all = (month, audience, of_files, comments_stamp(month))
    with_comments = kept(
        ("page", of_all), lambda: attach(page, *run.comments_of(month, workspace()))
    )
    return Seen(with_comments, of_all)


def comments(month: Month) -> StoredComments:
    """All that was written about the month."""
    of_file = tuple(_stamps(comments_path(root(), month), 0))
    return kept(("comments", month, of_file), lambda: read_comments(root(), month))


def progress(month: Month) -> dict[str, Progress]:
    """How far each indicator's comment has come, by ref, in the page's order."""
    page = seen(month)

    def work_out() -> dict[str, Progress]:
        stored = comments(month)
        return {
            row.indicator.ref: progress_of(stored, row.indicator.ref, figures_version(row))
            for row in page.page.rows
        }

    return kept(("progress", page.stamp), work_out)


def row_of(page: Scorecard, indicator: Indicator) -> Row:
    """InputError where the page of that month does not have it."""
    row = page.row(indicator.ref)
    if row is None:
        raise InputError(
            f"{indicator.ref} is not on the page of {page.month.long}",
            where="the page",
            todo="choose another month or indicator",
        )
    return row
