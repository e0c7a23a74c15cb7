"""The comments of a month: everything that anyone wrote, in order, in one readable file.

Entries are only ever added. What stands for an indicator now follows from them: its newest text,
unless that was removed since.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from openscorecard.commentary.text import clean_text
from openscorecard.periods import Month


class EntryKind(StrEnum):
    """TEXT stands from then on. CONFLICT was written from something older than what stood here:
    kept beside it. SETTLED: somebody looked at the text that stood and answers for it. SIGNED,
    RETURNED and UNSIGNED: what its owner decided about the text and figures of then."""

    TEXT = "text"
    REMOVED = "removed"
    CONFLICT = "conflict"
    SETTLED = "settled"
    SIGNED = "signed"
    RETURNED = "returned"
    UNSIGNED = "unsigned"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened to one indicator's comment. `by` is a role, never a name; `account`
    is the number of the web application's account that did it, "" for a command.

    `public_text` is what the public reads in its place, None for the same text. `version` (of
    SETTLED) says which text was looked at, `because` why it may stand, and `numbers` which of its
    numbers were in question then: `2 = LAC6 (val), 2021-06`, the number said and the hidden figure
    that it equals. `figures` (of SIGNED, RETURNED and UNSIGNED) is the version of the figures that
    the owner saw, as `version` is that of the text, and `numbers` are those figures as printed:
    `June 2021: 2,080`. A TEXT with a `because` was chosen of several in conflict.
    """

    ref: str
    kind: EntryKind
    by: str
    at: dt.datetime
    text: str = ""
    public_text: str | None = None
    version: str = ""
    because: str = ""
    numbers: tuple[str, ...] = ()
    figures: str = ""
    account: str = ""

    @property
    def own_version(self) -> str:
        return version_of(self.text, self.public_text)


@dataclass(frozen=True, slots=True)
class StoredComment:
    """What stands for an indicator now. `numbers_checked` is role and reason, if somebody settled
    exactly this text; `numbers_settled` are the numbers that were in question then."""

    ref: str
    month: Month
    text: str
    by: str
    version: str
    edited: dt.datetime
    public_text: str | None = None
    numbers_checked: str | None = None
    numbers_settled: frozenset[str] = frozenset()

    def shown_to(self, audience: str) -> str:
        """The text that this audience reads."""
        if audience == "public" and self.public_text is not None:
            return self.public_text
        return self.text


@dataclass(frozen=True, slots=True)
class StoredComments:
    """All entries of a month, oldest first."""

    month: Month
    entries: tuple[Entry, ...] = ()

    @property
    def refs(self) -> tuple[str, ...]:
        """Every ref that has an entry, in the order of the first one."""
        return tuple(dict.fromkeys(entry.ref for entry in self.entries))

    def history(self, ref: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.ref == ref)

    def current(self, ref: str) -> StoredComment | None:
        """The comment that stands; None where there is none, or the last one was removed."""
        standing: Entry | None = None
        for entry in self.history(ref):
            if entry.kind is EntryKind.TEXT:
                standing = entry
            elif entry.kind is EntryKind.REMOVED:
                standing = None
        if standing is None:
            return None
        version = standing.own_version
        settled = [
            entry
            for entry in self.history(ref)
            if entry.kind is EntryKind.SETTLED and entry.version == version
        ]
        return StoredComment(
            ref=ref,
            month=self.month,
            text=standing.text,
            by=standing.by,
            version=version,
            edited=standing.at,
            public_text=standing.public_text,
            numbers_checked=f"{settled[-1].by}: {settled[-1].because}" if settled else None,
            numbers_settled=frozenset(number for entry in settled for number in entry.numbers),
        )

    def version(self, ref: str) -> str:
        """The version of what stands, the version of nothing included."""
        comment = self.current(ref)
        return comment.version if comment else NOTHING

    def conflicts(self, ref: str) -> tuple[Entry, ...]:
        """What came in beside the text that stands, since that was last written or settled. No
        removal and no decision of an owner makes an end of it."""
        found: tuple[Entry, ...] = ()
        for entry in self.history(ref):
            if entry.kind is EntryKind.CONFLICT:
                found = (*found, entry)
            elif entry.kind in (EntryKind.TEXT, EntryKind.SETTLED):
                found = ()
        return found

    def with_entry(self, entry: Entry) -> StoredComments:
        """The same comments with one entry more, its texts made clean."""
        public = clean_text(entry.public_text or "") or None
        at = entry.at.astimezone(dt.UTC).replace(microsecond=0)
        clean = replace(entry, text=clean_text(entry.text), public_text=public, at=at)
        return replace(self, entries=(*self.entries, clean))

    def settled(
        self, ref: str, *, by: str, because: str, at: dt.datetime, numbers: Iterable[str] = ()
    ) -> StoredComments:
        """Somebody answers for the text that stands: those of its numbers may be published, and it
        is the one to keep of two in conflict.

        A later change of the text asks again; so does a number that was not in question now.
        """
        version = self.version(ref)
        entry = Entry(
            ref, EntryKind.SETTLED, by, at, version=version, because=because, numbers=tuple(numbers)
        )
        return self.with_entry(entry)


def version_of(text: str, public_text: str | None) -> str:
    """A short fingerprint of a comment and its public wording, the same after every journey."""
    both = [clean_text(text), clean_text(public_text or "")]
    packed = json.dumps(both, ensure_ascii=False).encode()
    return hashlib.sha256(packed).hexdigest()[:12]


NOTHING = version_of("", None)
