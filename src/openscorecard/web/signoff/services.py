"""What an owner does: signs exactly the text and the figures that she saw, returns, takes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from openscorecard.catalogue.indicator import Indicator
from openscorecard.commentary.entries import StoredComments
from openscorecard.commentary.signoff import Action, decided, figures_told, figures_version
from openscorecard.commentary.store import change_comments
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.web.access import Can, require
from openscorecard.web.accounts.models import Account
from openscorecard.web.months import root, row_of, seen


@dataclass(frozen=True, slots=True)
class Read:
    """An indicator whose comment was read: the versions of its text and of its figures."""

    indicator: Indicator
    version: str
    figures: str


def decide(account: Account, month: Month, read: Read, action: Action, because: str = "") -> None:
    """Signs, returns or takes the signature back. InputError where text or figures are others by
    now, where the state does not allow it, or where a reason is missing."""
    require(account, Can.SIGN, read.indicator)

    def change(stored: StoredComments) -> StoredComments:
        return _decided(stored, account, month, read, action, because)

    change_comments(root(), month, change)


def sign(
    account: Account, month: Month, ticked: Sequence[Read]
) -> tuple[list[str], list[tuple[str, str]]]:
    """Signs each that is still as it was read, as one step: (refs signed, (ref, why not))."""
    for one in ticked:
        require(account, Can.SIGN, one.indicator)
    signed: list[str] = []
    left: list[tuple[str, str]] = []

    def change(stored: StoredComments) -> StoredComments:
        signed.clear()
        left.clear()
        for one in ticked:
            try:
                stored = _decided(stored, account, month, one, Action.SIGN, "")
            except InputError as error:
                left.append((one.indicator.ref, str(error.found)))
            else:
                signed.append(one.indicator.ref)
        return stored

    change_comments(root(), month, change)
    return signed, left


def _decided(
    stored: StoredComments, account: Account, month: Month, read: Read, action: Action, because: str
) -> StoredComments:
    row = row_of(seen(month).page, read.indicator)
    return decided(
        stored, read.indicator.ref, action, by=read.indicator.owner, at=timezone.now(),
        version=read.version, figures=figures_version(row), seen_figures=read.figures,
        because=because, account=str(account.pk), told=figures_told(row),
    )  # fmt: skip
