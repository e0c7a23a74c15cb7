"""Sign-off: how far an indicator's comment has come, and what may be done about it now.

The state is not kept anywhere: it follows from the entries and from the figures as they stand. So a
changed figure reopens what was signed, whoever changed it, and no two stores can disagree.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum

from openscorecard.commentary.entries import (
    NOTHING,
    Entry,
    EntryKind,
    StoredComment,
    StoredComments,
)
from openscorecard.errors import InputError
from openscorecard.scorecard.page import Figure, Row
from openscorecard.statistics.ranges import printed

NOTHING_TO_EXPLAIN = "Usual variation: nothing to explain."


class State(StrEnum):
    """DUE: nothing stands. WRITTEN: a comment waits for its owner. RETURNED: the owner wants it
    changed. SIGNED: the owner answers for it. REOPENED: it was signed, and a figure changed since.
    CONFLICT: two texts were written from the same beginning, and somebody has to choose."""

    DUE = "due"
    WRITTEN = "written"
    RETURNED = "returned"
    SIGNED = "signed"
    REOPENED = "reopened"
    CONFLICT = "conflict"


class Action(StrEnum):
    WRITE = "write"  # also over an earlier text
    REMOVE = "remove"
    CHOOSE = "choose"  # the text to keep of two in conflict
    SIGN = "sign"
    RETURN = "return"  # with a reason
    UNSIGN = "unsign"  # take the signature back, with a reason


# What may be done in each state, and by whom: the reporter of the indicator, or its owner.
REPORTER, OWNER = "reporter", "owner"
STATE_TABLE: tuple[tuple[State, Action, str, State], ...] = (
    (State.DUE, Action.WRITE, REPORTER, State.WRITTEN),
    (State.WRITTEN, Action.WRITE, REPORTER, State.WRITTEN),
    (State.WRITTEN, Action.REMOVE, REPORTER, State.DUE),
    (State.WRITTEN, Action.SIGN, OWNER, State.SIGNED),
    (State.WRITTEN, Action.RETURN, OWNER, State.RETURNED),
    (State.RETURNED, Action.WRITE, REPORTER, State.WRITTEN),
    (State.RETURNED, Action.REMOVE, REPORTER, State.DUE),
    (State.RETURNED, Action.SIGN, OWNER, State.SIGNED),
    (State.SIGNED, Action.WRITE, REPORTER, State.WRITTEN),
    (State.SIGNED, Action.UNSIGN, OWNER, State.WRITTEN),
    (State.REOPENED, Action.WRITE, REPORTER, State.WRITTEN),
    (State.REOPENED, Action.REMOVE, REPORTER, State.DUE),
    (State.REOPENED, Action.SIGN, OWNER, State.SIGNED),
    (State.REOPENED, Action.RETURN, OWNER, State.RETURNED),
    (State.CONFLICT, Action.WRITE, REPORTER, State.WRITTEN),
    (State.CONFLICT, Action.CHOOSE, REPORTER, State.WRITTEN),
    (State.CONFLICT, Action.REMOVE, REPORTER, State.DUE),  # chosen: neither
)
NEEDS_REASON = frozenset({Action.RETURN, Action.UNSIGN})
_DECISIONS = {
    Action.SIGN: EntryKind.SIGNED,
    Action.RETURN: EntryKind.RETURNED,
    Action.UNSIGN: EntryKind.UNSIGNED,
}


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an indicator's comment stands. `decision` is the owner's last word on this text."""

    ref: str
    state: State
    comment: StoredComment | None = None
    decision: Entry | None = None
    conflicts: tuple[Entry, ...] = ()

    @property
    def seen(self) -> str:
        """The version of all that somebody who looks now sees: what stands and what came in beside
        it. Whoever writes says which she saw, so that nothing is written over unseen."""
        version = self.comment.version if self.comment else NOTHING
        if not self.conflicts:
            return version
        return _fingerprint([version, *(entry.own_version for entry in self.conflicts)])

    def allows(self, action: Action, by: str) -> bool:
        """Whether `by` (REPORTER or OWNER) may do it now."""
        return any(
            (state, done, who) == (self.state, action, by) for state, done, who, _ in STATE_TABLE
        )


def progress_of(stored: StoredComments, ref: str, figures: str) -> Progress:
    """How far the comment on `ref` has come; `figures` is the version of its figures by now."""
    comment, conflicts = stored.current(ref), stored.conflicts(ref)
    decision = _decision(stored, ref, comment)
    if conflicts:
        state = State.CONFLICT
    elif comment is None:
        state = State.DUE
    elif decision is None or decision.kind is EntryKind.UNSIGNED:
        state = State.WRITTEN
    elif decision.kind is EntryKind.RETURNED:
        state = State.RETURNED
    else:
        state = State.SIGNED if decision.figures == figures else State.REOPENED
    return Progress(ref, state, comment, decision, conflicts)


def _decision(stored: StoredComments, ref: str, comment: StoredComment | None) -> Entry | None:
    """The owner's last word since the text that stands was written: the same words written again
    ask for another, and so does a text that was contested since."""
    found: Entry | None = None
    for entry in stored.history(ref):
        if entry.kind in (EntryKind.TEXT, EntryKind.REMOVED, EntryKind.CONFLICT):
            found = None
        elif entry.kind in _DECISIONS.values() and comment and entry.version == comment.version:
            found = entry
    return found


def decided(
    stored: StoredComments,
    ref: str,
    action: Action,
    *,
    by: str,
    at: dt.datetime,
    version: str,
    figures: str,
    seen_figures: str,
    because: str = "",
    account: str = "",
    told: tuple[str, ...] = (),
) -> StoredComments:
    """The owner signs, returns or takes back what she saw: the text of `version` and the figures of
    `seen_figures`, where the figures are of `figures` by now. `told` are these figures as printed
    (`figures_told`), so that a later change of them can be named.

    InputError where it became another meanwhile, where the state does not allow it, and for a
    return or a taking back without a reason.
    """
    now = progress_of(stored, ref, figures)
    where = f"{ref}, {stored.month.long}"
    if now.comment is None or now.comment.version != version:
        raise InputError(
            "the comment was changed while you looked at it", where=where, todo="read it again"
        )
    if seen_figures != figures:
        raise InputError(
            "a figure was changed while you looked at it", where=where, todo="look at it again"
        )
    if not now.allows(action, OWNER):
        raise InputError(
            f"a comment that is {now.state} cannot be changed by {action!s}",
            where=where,
            todo="look at what was done about it meanwhile",
        )
    if action in NEEDS_REASON and not because.strip():
        raise InputError("the reason is missing", where=where, todo="say what should be changed")
    return stored.with_entry(
        Entry(
            ref,
            _DECISIONS[action],
            by,
            at,
            version=version,
            because=because.strip(),
            figures=figures,
            account=account,
            numbers=told,
        )
    )


def figures_version(row: Row) -> str:
    """A short fingerprint of the figures that a comment is about: the months that the page shows,
    what was counted and out of how many, the average and the maximum. Comparators are left out:
    a new edition of others' figures does not make a comment on ours wrong."""
    shown = [
        [figure.month.iso, figure.status.value, str(figure.value),
         str(figure.numerator), str(figure.denominator)]
        for figure in row.figures
    ]  # fmt: skip
    return _fingerprint([shown, row.average_12m.printed, row.maximum_12m.printed])


def figures_told(row: Row) -> tuple[str, ...]:
    """The same figures as a reader sees them, newest first: `June 2021: 2,080`."""
    months = [
        f"{figure.month.long}: {figure.printed}{_counts(figure)}" for figure in row.figures[::-1]
    ]
    average, highest = row.average_12m.printed, row.maximum_12m.printed
    return (*months, f"12-month average: {average}", f"12-month maximum: {highest}")


def figures_changed(signed: Entry, row: Row) -> tuple[tuple[str, str, str], ...]:
    """What differs from what `signed` saw: (`June 2021`, as it was, as it is), "" where there was
    or is none. Empty where nothing differs in print, or nothing was noted down then."""
    was = dict(_parted(line) for line in signed.numbers)
    now = dict(_parted(line) for line in figures_told(row))
    if not was:
        return ()
    labels = dict.fromkeys((*now, *was))
    return tuple(
        (label, was.get(label, ""), now.get(label, ""))
        for label in labels
        if was.get(label, "") != now.get(label, "")
    )


def _parted(line: str) -> tuple[str, str]:
    label, _, said = line.partition(": ")
    return label, said


def _counts(figure: Figure) -> str:
    if figure.numerator is None or figure.denominator is None:
        return ""
    return f" ({printed(figure.numerator)} of {printed(figure.denominator)})"


def _fingerprint(what: object) -> str:
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()[:12]
