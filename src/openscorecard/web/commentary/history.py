"""What was done about a comment, in words: who, when and what, newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from openscorecard.commentary.entries import Entry, EntryKind, StoredComments
from openscorecard.periods import day_in_words
from openscorecard.web.accounts.models import Account

Names = Mapping[str, str]

_DONE = {
    EntryKind.TEXT: "wrote",
    EntryKind.REMOVED: "took the comment back",
    EntryKind.CONFLICT: "sent another text, not knowing the one that stood",
    EntryKind.SETTLED: "settled what was in question",
    EntryKind.SIGNED: "signed",
    EntryKind.RETURNED: "returned it",
    EntryKind.UNSIGNED: "took the signature back",
}
CHOSE = "chose this of several texts"
OWN = "the same person wrote it"


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry. `remark` says what a reader should know of it: that she signed her own comment."""

    who: str
    title: str
    done: str
    at: str
    text: str
    public_text: str
    because: str
    remark: str
    kind: str


def names_of(entries: Iterable[Entry]) -> dict[str, str]:
    """The names behind the account numbers of these entries, in one query."""
    numbers = {int(one.account) for one in entries if one.account.isdecimal()}
    if not numbers:
        return {}
    found = Account.objects.filter(pk__in=numbers)
    return {str(account.pk): str(account) for account in found}


def history_of(stored: StoredComments, ref: str, names: Names) -> tuple[Happened, ...]:
    writer = ""
    lines = []
    for entry in stored.history(ref):
        if entry.kind is EntryKind.TEXT:
            writer = entry.account
        own = entry.kind is EntryKind.SIGNED and entry.account and entry.account == writer
        chose = entry.kind is EntryKind.TEXT and entry.because
        lines.append(
            Happened(
                who=who(entry, names),
                title=entry.by,
                done=CHOSE if chose else _DONE[entry.kind],
                at=when(entry.at),
                text=entry.text,
                public_text=entry.public_text or "",
                because="" if chose else entry.because,
                remark=OWN if own else "",
                kind=entry.kind.value,
            )
        )
    return tuple(reversed(lines))


def who(entry: Entry, names: Names) -> str:
    """The person's name where an account did it, "" for a command or a workbook."""
    return names.get(entry.account, "") if entry.account else ""


def writer_of(stored: StoredComments, ref: str) -> str:
    """The account of the text that was written last, "" for none."""
    texts = [one for one in stored.history(ref) if one.kind is EntryKind.TEXT]
    return texts[-1].account if texts else ""


def when(at: dt.datetime) -> str:
    """`5 July 2021, 11:11`, by England's clocks."""
    local = timezone.localtime(at)
    return f"{day_in_words(local.date())}, {local:%H:%M}"


def clock(at: dt.datetime) -> str:
    """`11:11` of today, else the day too."""
    local = timezone.localtime(at)
    return f"{local:%H:%M}" if local.date() == timezone.localdate() else when(at)
