"""The record as one list: what the database holds of what people did, and what the workspace's
comments say of themselves. Neither a child nor a comment's text is in it."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from django.db.models import QuerySet

from openscorecard.commentary.entries import Entry, EntryKind
from openscorecard.commentary.store import comments_path, read_comments
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.web.accounts.models import Account
from openscorecard.web.audit.models import Event, What
from openscorecard.web.months import Kept, root

PAGE = 100  # lines
NOBODY = "nobody"  # who was not signed in: a command, or somebody who failed to
_LONGEST = 10_000  # pages

# What an entry of the comments is called in the record, and which words stand for it.
_OF_ENTRY: dict[EntryKind, str] = {
    EntryKind.TEXT: What.COMMENT_WRITTEN.value,
    EntryKind.SIGNED: What.SIGNED.value,
    EntryKind.RETURNED: What.RETURNED.value,
    EntryKind.UNSIGNED: What.UNSIGNED.value,
    EntryKind.REMOVED: "comment-removed",
    EntryKind.CONFLICT: "comment-beside",
    EntryKind.SETTLED: "comment-settled",
}
_OWN_WORDS = {
    "comment-removed": "removed a comment",
    "comment-beside": "wrote a comment beside another's",
    "comment-settled": "answered for a comment",
}
KINDS: dict[str, str] = {**{one.value: str(one.label) for one in What}, **_OWN_WORDS}


@dataclass(frozen=True, slots=True)
class Asked:
    """What to show: of one person (the account's number, or NOBODY), of one kind, about one month;
    "" for all."""

    person: str = ""
    kind: str = ""
    month: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that somebody did."""

    at: dt.datetime
    who: str
    kind: str
    month: Month | None
    ref: str
    detail: str

    @property
    def did(self) -> str:
        return KINDS.get(self.kind, self.kind)


@dataclass(frozen=True, slots=True)
class Page:
    lines: tuple[Line, ...]
    number: int
    more: bool


def page_of_record(asked: Asked, number: int = 1) -> Page:
    """The lines of a page, newest first. Two queries, however many lines there are."""
    number = min(max(number, 1), _LONGEST)
    first, last = (number - 1) * PAGE, number * PAGE
    lines = list(islice(_merged(asked, last + 1), first, last + 1))
    return Page(tuple(lines[:PAGE]), number, len(lines) > PAGE)


def whole_record(asked: Asked) -> Iterator[Line]:
    return _merged(asked, None)


def _merged(asked: Asked, most: int | None) -> Iterator[Line]:
    names = {str(one.pk): str(one) for one in Account.objects.only("pk", "name", "email")}
    written = sorted(_entries(asked, names), key=lambda line: line.at, reverse=True)
    events = (_of_event(one) for one in _events(asked)[:most].iterator())
    return heapq.merge(events, written, key=lambda line: line.at, reverse=True)


def _events(asked: Asked) -> QuerySet[Event]:
    found = Event.objects.order_by("-at", "-id")
    if asked.person == NOBODY:
        found = found.filter(account=None)
    elif asked.person:
        found = found.filter(account=int(asked.person))
    if asked.kind:
        found = found.filter(what=asked.kind)
    if asked.month:
        found = found.filter(month=asked.month)
    return found


def _of_event(event: Event) -> Line:
    month = Month.parse(event.month) if event.month else None
    return Line(event.at, event.who, event.what, month, event.ref, event.detail)


def _entries(asked: Asked, names: dict[str, str]) -> Iterator[Line]:
    for month in months_with_comments():
        if asked.month in ("", month.iso):
            yield from _of_month(month, _read(month), asked, names)


# Apart from what the pages keep: reading the record must not put their months out of memory.
_kept = Kept(240)


def _read(month: Month) -> tuple[Entry, ...]:
    found = comments_path(root(), month).stat()
    key = (root(), month, found.st_mtime_ns, found.st_size)
    return _kept.get(key, lambda: _without_texts(read_comments(root(), month).entries))


def _without_texts(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(replace(one, text="", public_text=None, because="", numbers=()) for one in entries)


def _of_month(
    month: Month, entries: Iterable[Entry], asked: Asked, names: dict[str, str]
) -> Iterator[Line]:
    for entry in entries:
        kind = _OF_ENTRY[entry.kind]
        if asked.kind in ("", kind) and asked.person in ("", entry.account or NOBODY):
            who = names.get(entry.account)
            yield Line(entry.at, who or entry.by, kind, month, entry.ref,
                       f"as {entry.by}" if who else "by a command")  # fmt: skip


def months_with_comments() -> tuple[Month, ...]:
    """Newest first. A file there that is no month's is none of ours."""
    found = []
    for path in (root() / "comments").glob("*.toml"):
        try:
            found.append(Month.parse(path.stem))
        except InputError:
            continue
    return tuple(sorted(found, reverse=True))


def months_of_record() -> tuple[Month, ...]:
    """The months that a line is about, newest first."""
    named = Event.objects.exclude(month="").order_by().values_list("month", flat=True).distinct()
    return tuple(sorted({*months_with_comments(), *map(Month.parse, named)}, reverse=True))
