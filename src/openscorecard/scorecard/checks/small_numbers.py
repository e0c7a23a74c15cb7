"""Counts of 1 to 5 on a page that the public can read.

Example. "Adoptions: 1" beside last month's comment on one family may tell who they are. A public
page hides counts of 1 to 5 and all that would give them away; 0 may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openscorecard.findings import Finding, Severity
from openscorecard.scorecard.checks.facts import Facts
from openscorecard.scorecard.wording import listed

RULE = "small-number"
LARGEST = 5
_NOT_PEOPLE = re.compile(r"\b(?:claims?|payments?|£)", re.IGNORECASE)


def small_numbers(facts: Facts) -> Iterator[Finding]:
    if facts.audience != "public":
        return
    for row in facts.page.rows:
        if row.ref not in facts.counted or _NOT_PEOPLE.search(row.name):
            continue
        small = [
            month
            for month, cell in row.values.items()
            if cell.number is not None and 1 <= cell.number <= LARGEST
        ]
        if small:
            shown = listed([f"{m.short} ({row.value(m).raw})" for m in small])
            yield Finding(
                RULE,
                Severity.WARNING,
                f"Counts of 1 to {LARGEST} stand in {shown}: a page for the public hides them, "
                "with every cell that gives them away.",
                row.ref,
                max(small).iso,
                row.value(max(small)).raw,
            )
