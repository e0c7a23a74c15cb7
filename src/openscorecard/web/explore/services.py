"""What reading writes: a line of the record for each look at children, and for each file taken."""

from __future__ import annotations

from openscorecard.periods import Month
from openscorecard.publish.html.words import counted
from openscorecard.web.accounts.models import Account
from openscorecard.web.audit.models import Event, What
from openscorecard.web.audit.record import record


def children_looked_at(
    account: Account, month: Month, ref: str, which: str, shown: int, of: int, how: str
) -> Event:
    """Written before anything is shown: `not met, 22 rows, as CSV`."""
    rows = counted(of, "row", "rows")
    rows = rows if shown == of else f"{shown} of {rows}"
    detail = f"{which.replace('-', ' ')}, {rows}, {how}"
    return record(account, What.CHILDREN_SEEN, month=month, ref=ref, detail=detail)


def draft_taken(account: Account, month: Month, file: str) -> Event:
    """That somebody took the internal draft of a month away as a file."""
    return record(account, What.DOWNLOADED, month=month, detail=f"draft, {file}")
