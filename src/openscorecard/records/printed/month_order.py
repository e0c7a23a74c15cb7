"""The order of the month columns: a slip in a header's year shows in it."""

from __future__ import annotations

from itertools import pairwise

from openscorecard.findings import Finding
from openscorecard.periods import Month
from openscorecard.records.printed.grid import information, warning
from openscorecard.records.printed.tables import Table

_MOST_NAMED = 6


def month_findings(table: Table, number: int) -> list[Finding]:
    """A warning where the months neither rise nor fall, or leave some out.

    The month of last year beside the newest ones is no gap; nor are even steps, such as quarters.
    """
    columns = [month for month, _ in sorted(table.header.months.items(), key=lambda item: item[1])]
    newest = max(columns)
    rest = [month for month in columns if month != newest.plus(-12)]
    findings = []
    steps = [later.minus(one) for one, later in pairwise(rest)]
    if any(step > 0 for step in steps) and any(step < 0 for step in steps):
        findings.append(warning(
            "months-out-of-order",
            f"The month columns of table {number} neither rise nor fall ({_named(columns)}): a "
            "header may have a wrong year.",
            table.place,
        ))  # fmt: skip
    first, last = min(columns), max(columns)
    missing = [
        first.plus(k) for k in range(min(last.minus(first), 120)) if first.plus(k) not in columns
    ]
    if missing:
        text = f"The months of table {number} leave out {_named(missing)}"
        near = [month for month in missing if not rest or month > min(rest)]
        even = len({abs(step) for step in steps}) == 1 and len(steps) > 1
        if near and not even:
            text += ": a column may be missing, or a header may have a wrong month."
            findings.append(warning("months-with-gaps", text, table.place))
        else:
            findings.append(information("months-with-gaps", f"{text}.", table.place))
    return findings


def _named(months: list[Month]) -> str:
    more = " and more" if len(months) > _MOST_NAMED else ""
    return ", ".join(month.short for month in months[:_MOST_NAMED]) + more
