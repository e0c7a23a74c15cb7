"""What a reporter does: saves, sends, takes back, chooses, says that nothing needs explaining."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from openscorecard.catalogue.indicator import Indicator
from openscorecard.commentary.entries import StoredComments
from openscorecard.commentary.sending import Sent, chosen, sent, taken_back
from openscorecard.commentary.signoff import (
    NOTHING_TO_EXPLAIN,
    State,
    figures_version,
    progress_of,
)
from openscorecard.commentary.store import change_comments
from openscorecard.periods import Month
from openscorecard.scorecard.page import Row
from openscorecard.web.access import Can, require
from openscorecard.web.accounts.models import Account
from openscorecard.web.commentary.drafts import Writing, drop_sent, save_draft
from openscorecard.web.commentary.worth import is_usual
from openscorecard.web.months import root, row_of, seen


def send(account: Account, month: Month, indicator: Indicator, writing: Writing) -> Sent:
    """Sends a text for sign-off, under the indicator's reporter's title. InputError for an empty
    one; nothing is written and no draft dropped then."""
    require(account, Can.WRITE, indicator)
    figures = figures_version(_row(month, indicator))
    outcome = Sent.STOOD

    def change(stored: StoredComments) -> StoredComments:
        nonlocal outcome
        changed, outcome = sent(
            stored, indicator.ref, writing.text, writing.public_text or None,
            base=writing.base, figures=figures, by=indicator.reporter, at=timezone.now(),
            account=str(account.pk),
        )  # fmt: skip
        return changed

    change_comments(root(), month, change)
    drop_sent(account, month, indicator.ref, writing)
    return outcome


def take_back(account: Account, month: Month, indicator: Indicator, version: str) -> None:
    """The comment of that version no longer stands, and its text is a draft again."""
    require(account, Can.WRITE, indicator)
    figures = figures_version(_row(month, indicator))
    text, public = "", ""

    def change(stored: StoredComments) -> StoredComments:
        nonlocal text, public
        standing = stored.current(indicator.ref)
        if standing is not None:
            text, public = standing.text, standing.public_text or ""
        return taken_back(
            stored, indicator.ref, version, figures=figures, by=indicator.reporter,
            at=timezone.now(), account=str(account.pk),
        )  # fmt: skip

    changed = change_comments(root(), month, change)
    base = progress_of(changed, indicator.ref, figures).seen
    save_draft(account, month, indicator.ref, Writing(text, public, base))


def choose(
    account: Account, month: Month, indicator: Indicator, version: str, seen_version: str
) -> None:
    """The text of that version stands, of those in conflict that she saw."""
    require(account, Can.WRITE, indicator)
    figures = figures_version(_row(month, indicator))

    def change(stored: StoredComments) -> StoredComments:
        return chosen(
            stored, indicator.ref, version, seen=seen_version, figures=figures,
            by=indicator.reporter, at=timezone.now(), account=str(account.pk),
        )  # fmt: skip

    change_comments(root(), month, change)


@dataclass(frozen=True, slots=True)
class Ticked:
    """An indicator that was ticked, with the versions of what was seen of it."""

    indicator: Indicator
    base: str
    figures: str


def nothing_to_explain(
    account: Account, month: Month, ticked: Sequence[Ticked]
) -> tuple[list[str], list[str]]:
    """Says of each that its variation is usual: (refs done, refs left because they changed since
    they were looked at)."""
    done: list[str] = []
    left: list[str] = []
    page = seen(month).page
    for one in ticked:
        require(account, Can.WRITE, one.indicator)

    def change(stored: StoredComments) -> StoredComments:
        done.clear()
        left.clear()
        for one in ticked:
            ref = one.indicator.ref
            row = page.row(ref)
            figures = figures_version(row) if row is not None else ""
            progress = progress_of(stored, ref, figures)
            as_seen = (figures, progress.seen) == (one.figures, one.base)
            if row is None or not as_seen or progress.state is not State.DUE or not is_usual(row):
                left.append(ref)
                continue
            stored, _ = sent(
                stored, ref, NOTHING_TO_EXPLAIN, None, base=one.base, figures=figures,
                by=one.indicator.reporter, at=timezone.now(), account=str(account.pk),
            )  # fmt: skip
            done.append(ref)
        return stored

    change_comments(root(), month, change)
    return done, left


def _row(month: Month, indicator: Indicator) -> Row:
    return row_of(seen(month).page, indicator)
