"""A comment that points to another row ("As above"), where nothing stands.

Example. The first row of a page says "As above". Or a row says "See above" and the row above it has
no comment, or points on to one that has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from openscorecard.findings import Finding, Severity
from openscorecard.records.printed.page import PrintedRow
from openscorecard.scorecard.checks.facts import Facts

RULE = "points-to-nowhere"
_POINTER = re.compile(
    r"^\W*(?:as|see|please see|refer to|same as|as per)\s+(?:the\s+)?(?:comment(?:s|ary)?\s+)?"
    r"(?:noted\s+|stated\s+)?(?P<way>above|below)(?:\s+(?:comment(?:s|ary)?|row))?"
    r"(?:\W*$|\s*[.,;:–-]\s*(?P<more>\S.*))",
    re.IGNORECASE | re.DOTALL,
)


def is_pointer(text: str) -> bool:
    """Whether a comment says nothing but where to look."""
    match = _POINTER.match(text.strip())
    return match is not None and not match["more"]


def pointers_to_nowhere(facts: Facts) -> Iterator[Finding]:
    rows = facts.page.rows
    for index, row in enumerate(rows):
        text = row.commentary.strip()
        match = _POINTER.match(text)
        if match is None:
            continue
        way = match["way"].lower()
        if not _leads_somewhere(rows, index, -1 if way == "above" else 1):
            said = text if is_pointer(text) else text[: match.start("more")].rstrip(" .,;:–-")
            yield Finding(
                RULE,
                Severity.WARNING,
                f"The comment says “{said}”, but no comment stands {way} it.",
                row.ref,
                "commentary",
                row.commentary,
            )


def _leads_somewhere(rows: Sequence[PrintedRow], index: int, step: int) -> bool:
    """Follows pointers row by row until one has a text of its own."""
    place = index + step
    while 0 <= place < len(rows):
        text = rows[place].commentary.strip()
        if not is_pointer(text):
            return bool(text)
        match = _POINTER.match(text)
        if match is None or (match["way"].lower() == "above") != (step < 0):
            return False  # two rows that point at each other
        place += step
    return False
