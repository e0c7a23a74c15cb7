"""Sending a comment: a text takes another's place only if its writer saw that one.

Else both are kept, the new one beside the one that stands, and somebody chooses.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from openscorecard.commentary.entries import NOTHING, Entry, EntryKind, StoredComments
from openscorecard.commentary.signoff import REPORTER, Action, State, progress_of
from openscorecard.commentary.text import clean_text
from openscorecard.errors import InputError

CHOSEN = "Chosen of several texts."
MOST_CHARACTERS = 5_000  # some 800 words; a page's comment has 60


class Sent(StrEnum):
    """What became of a text: it stands; it stood already; it lies beside one that its writer had
    not seen."""

    STANDS = "stands"
    STOOD = "stood"
    BESIDE = "beside"


def sent(
    stored: StoredComments,
    ref: str,
    text: str,
    public_text: str | None,
    *,
    base: str,
    figures: str,
    by: str,
    at: dt.datetime,
    account: str = "",
) -> tuple[StoredComments, Sent]:
    """The comments with a reporter's text, and what became of it. `base` is what she saw when she
    began (`Progress.seen`). The same text sent twice is one. InputError for an empty one, and for
    one that nobody would read to its end."""
    entry = Entry(ref, EntryKind.TEXT, by, at, text, public_text, account=account)
    if not clean_text(text):
        raise InputError(
            "the comment is empty", where=f"{ref}, {stored.month.long}", todo="write one"
        )
    longest = max(len(text), len(public_text or ""))
    if longest > MOST_CHARACTERS:
        raise InputError(
            f"the comment has {longest:,} characters, more than {MOST_CHARACTERS:,}",
            where=f"{ref}, {stored.month.long}",
            todo="say it in fewer, and keep the rest for the panel's own papers",
        )
    now = progress_of(stored, ref, figures)
    same = now.comment is not None and now.comment.version == entry.own_version
    knew = base == now.seen or (now.comment is None and not now.conflicts)
    if same and (not knew or now.state in (State.WRITTEN, State.SIGNED)):
        return stored, Sent.STOOD
    if knew:
        return stored.with_entry(entry), Sent.STANDS
    if any(beside.own_version == entry.own_version for beside in now.conflicts):
        return stored, Sent.BESIDE
    beside = Entry(ref, EntryKind.CONFLICT, by, at, text, public_text, account=account)
    return stored.with_entry(beside), Sent.BESIDE


def chosen(
    stored: StoredComments,
    ref: str,
    version: str,
    *,
    seen: str,
    figures: str,
    by: str,
    at: dt.datetime,
    account: str = "",
) -> StoredComments:
    """One of the texts in conflict stands from now on: that of `version`, which is the version of
    nothing where there shall be no comment. `seen` is what the chooser saw (`Progress.seen`).

    InputError where there is nothing to choose, or where another text came in meanwhile.
    """
    now = progress_of(stored, ref, figures)
    where = f"{ref}, {stored.month.long}"
    if not now.allows(Action.CHOOSE, REPORTER):
        raise InputError(
            "there is nothing to choose any more", where=where, todo="see what stands now"
        )
    if now.seen != seen:
        raise InputError(
            "another text came in while you were choosing", where=where, todo="choose again"
        )
    if version == NOTHING:
        if now.comment is not None:
            stored = stored.with_entry(Entry(ref, EntryKind.REMOVED, by, at, account=account))
        settled = Entry(
            ref, EntryKind.SETTLED, by, at, version=NOTHING, because=CHOSEN, account=account
        )
        return stored.with_entry(settled)
    texts = {entry.own_version: (entry.text, entry.public_text) for entry in now.conflicts}
    if now.comment is not None:
        texts[now.comment.version] = (now.comment.text, now.comment.public_text)
    if version not in texts:
        raise InputError("that text is not one of them", where=where, todo="choose again")
    text, public = texts[version]
    return stored.with_entry(
        Entry(ref, EntryKind.TEXT, by, at, text, public, because=CHOSEN, account=account)
    )


def taken_back(
    stored: StoredComments,
    ref: str,
    version: str,
    *,
    figures: str,
    by: str,
    at: dt.datetime,
    account: str = "",
) -> StoredComments:
    """The comment of `version` does not stand any more; it stays in the history. InputError where
    another stands by now, or where it may not be taken back: signed, or in conflict."""
    now = progress_of(stored, ref, figures)
    where = f"{ref}, {stored.month.long}"
    if now.comment is None or now.comment.version != version:
        raise InputError(
            "another comment stands by now", where=where, todo="see what stands before you go on"
        )
    if now.state is State.CONFLICT or not now.allows(Action.REMOVE, REPORTER):
        raise InputError(
            f"a comment that is {now.state} cannot be taken back",
            where=where,
            todo="write a new one, or ask its owner",
        )
    return stored.with_entry(Entry(ref, EntryKind.REMOVED, by, at, account=account))
