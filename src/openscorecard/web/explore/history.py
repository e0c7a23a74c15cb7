"""An indicator's comments through time: all that happened to this month's, and those before."""

from __future__ import annotations

from dataclasses import dataclass

from openscorecard.commentary.entries import Entry, EntryKind, StoredComments
from openscorecard.periods import Month, day_in_words
from openscorecard.publish.html.words import paragraphs
from openscorecard.web import months

MONTHS = 11  # before the month at hand: with it, a year

WORDS: dict[EntryKind, str] = {
    EntryKind.TEXT: "Written",
    EntryKind.REMOVED: "Removed",
    EntryKind.CONFLICT: "Written at the same time, kept beside it",
    EntryKind.SETTLED: "Looked at and kept",
    EntryKind.SIGNED: "Signed",
    EntryKind.RETURNED: "Returned",
    EntryKind.UNSIGNED: "Signature taken back",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened: what, by whom (a role) and when; the text, or the reason."""

    what: str
    by: str
    on: str
    text: tuple[str, ...] = ()
    public: tuple[str, ...] = ()
    because: str = ""


@dataclass(frozen=True, slots=True)
class Stood:
    """What stood for a month, and what its owner last said of it: "" for nothing."""

    month: Month
    by: str
    text: tuple[str, ...]
    decision: str


def of_month(month: Month, ref: str) -> tuple[Told, ...]:
    """Everything that was written, decided or taken back, newest first."""
    return tuple(_told(entry) for entry in reversed(months.comments(month).history(ref)))


def _told(entry: Entry) -> Told:
    return Told(
        what=WORDS[entry.kind],
        by=entry.by,
        on=day_in_words(entry.at.date()),
        text=tuple(paragraphs(entry.text)),
        public=tuple(paragraphs(entry.public_text or "")),
        because=entry.because,
    )


def of_earlier(month: Month, ref: str) -> tuple[Stood, ...]:
    """What stood in each of the months before that has a comment, newest first."""
    found = []
    for back in range(1, MONTHS + 1):
        stored = months.comments(month.plus(-back))
        comment = stored.current(ref)
        if comment is not None:
            decision = _last_decision(stored, ref, comment.version)
            found.append(Stood(stored.month, comment.by, tuple(paragraphs(comment.text)), decision))
    return tuple(found)


def _last_decision(stored: StoredComments, ref: str, version: str) -> str:
    decided = (EntryKind.SIGNED, EntryKind.RETURNED, EntryKind.UNSIGNED)
    last = [one for one in stored.history(ref) if one.kind in decided and one.version == version]
    return f"{WORDS[last[-1].kind]} {day_in_words(last[-1].at.date())}" if last else ""
