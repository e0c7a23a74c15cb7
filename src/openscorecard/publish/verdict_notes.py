"""The notes of a verdict, as its reader may see them.

What its owner is asked to type stands on further lines of a note; the public reads what it says
before that.
"""

from __future__ import annotations

from openscorecard.scorecard.verdict import Verdict


def verdict_notes(verdict: Verdict, *, internal: bool) -> tuple[tuple[str, str], ...]:
    """(what is said, what is to be typed as it is or "")."""
    found = []
    for note in verdict.notes:
        said, _, to_copy = note.partition("\n")
        if to_copy and not internal:
            said, to_copy = said.partition(":")[0], ""
        found.append((said, to_copy))
    return tuple(found)
