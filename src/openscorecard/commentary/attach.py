"""Comments put on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from openscorecard.commentary.entries import StoredComments
from openscorecard.commentary.text import clean_text, first_sentence
from openscorecard.scorecard.page import Comment, Scorecard


def attach(
    scorecard: Scorecard, stored: StoredComments, earlier: Sequence[StoredComments] = ()
) -> Scorecard:
    """The same page with the month's comments and, newest first, those of the months before.

    A public page gets the public wording where there is one. Rows without a stored comment keep
    what they have.
    """
    rows = []
    newest_first = sorted(earlier, key=lambda item: item.month, reverse=True)
    for row in scorecard.rows:
        ref = row.indicator.ref
        now = comment_for(stored, ref, scorecard.audience)
        before = [comment_for(item, ref, scorecard.audience) for item in newest_first]
        told = tuple(item for item in before if item is not None)
        rows.append(
            replace(
                row,
                comment=row.comment if now is None else now,
                earlier_comments=told or row.earlier_comments,
            )
        )
    return replace(scorecard, rows=tuple(rows))


def comment_for(stored: StoredComments, ref: str, audience: str) -> Comment | None:
    """What this audience reads about `ref`; None where nothing was written for it."""
    found = stored.current(ref)
    text = clean_text(found.shown_to(audience)) if found else ""
    if found is None or not text:
        return None
    headline, rest = first_sentence(text)
    return Comment(text, headline, rest, found.by, stored.month)
