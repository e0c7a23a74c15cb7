"""A comment that points to another row ("As above"), where nothing stands.

Example. The first row of a page says "As above". Or a row says "See above" and the row above it has
no comment, or points on to one that has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openscorecard.findings import Finding, Severity
from openscorecard.records.printed.page import PrintedRow
from openscorecard.scorecard.checks.facts import Facts

RULE = "points-to-nowhere"
_POINTER = re.compile(
    r"^\W*(?:as|see|please see|refer to|same as)\s+(?:the\s+)?(?:comment(?:s|ary)?\s+)?"
    r"(?P<way>above|below)(?:\s+(?:comment(?:s|ary)?|row))?\W*$",
    re.IGNORECASE,
)


def is_pointer(text: str) -> bool:
    """Whether a comment says nothing but where to look."""
    return _POINTER.match(text.strip()) is not None


def pointers_to_nowhere(facts: Facts) -> Iterator[Finding]:
    rows = facts.page.rows
    for index, row in enumerate(rows):
        match = _POINTER.match(row.commentary.strip())
        if match is None:
            continue
        step = -1 if match["way"].lower() == "above" else 1
        if not _leads_somewhere(rows, index, step):
            yield Finding(
                RULE,
                Severity.WARNING,
                f"The comment says {row.commentary.strip()!r}, but no comment stands "
                f"{match['way'].lower()} it.",
                row.ref,
                "commentary",
                row.commentary,
            )


def _leads_somewhere(rows: tuple[PrintedRow, ...], index: int, step: int) -> bool:
    """Follows pointers row by row until one has a text of its own."""
    place = index + step
    while 0 <= place < len(rows):
        text = rows[place].commentary.strip()
        match = _POINTER.match(text)
        if match is None:
            return bool(text)
        if (match["way"].lower() == "above") != (step < 0):
            return False  # two rows that point at each other
        place += step
    return False
