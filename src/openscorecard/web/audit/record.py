"""Writes a line of the record."""

from __future__ import annotations

from openscorecard.periods import Month
from openscorecard.web.accounts.models import Account
from openscorecard.web.audit.models import Event, What


def record(
    account: Account | None, what: What, *, month: Month | None = None, ref: str = "",
    detail: str = "", who: str = "",
) -> Event:  # fmt: skip
    """`who` names whoever has no account: the address that somebody tried to sign in with."""
    return Event.objects.create(
        account=account,
        who=str(account) if account else who,
        what=what,
        month=month.iso if month else "",
        ref=ref,
        detail=detail,
    )
