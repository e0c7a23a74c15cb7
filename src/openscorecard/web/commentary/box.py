"""What one indicator's box reads: figures, what is worth a sentence, every text that there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from openscorecard import run
from openscorecard.catalogue.indicator import Indicator
from openscorecard.commentary.entries import NOTHING, Entry, StoredComments, version_of
from openscorecard.commentary.signoff import Progress, State
from openscorecard.periods import Month
from openscorecard.publish.html.indicator_view import IndicatorView, indicator_view
from openscorecard.publish.html.row_view import RowView
from openscorecard.scorecard.page import Comment, Row, Scorecard
from openscorecard.web import months
from openscorecard.web.accounts.models import Account
from openscorecard.web.accounts.queries import deadlines_of
from openscorecard.web.commentary.drafts import (
    Writing,
    drafts_of,
    new_page,
    version,
    writer_token,
)
from openscorecard.web.commentary.history import (
    Happened,
    clock,
    history_of,
    names_of,
    when,
    who,
)
from openscorecard.web.commentary.models import Draft
from openscorecard.web.commentary.queries import (
    Due,
    changed_since,
    due_by,
    row_views,
    tag_of,
    waiting,
)
from openscorecard.web.commentary.worth import Worth, is_usual, worth_of
from openscorecard.web.months import seen


@dataclass(frozen=True, slots=True)
class OtherText:
    """An unsent text of another page, or one of several in conflict."""

    number: int
    at: str
    text: str
    public_text: str
    who: str = ""
    mine: bool = False
    version: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """One indicator's box. `writing` is what stands in it; `unsent` says since when it is a draft
    ("" where it is not); `others` are further unsent texts; `conflict` are the texts to choose
    from, the one that stands first; `behind` is what stands by now where that is not what the
    draft was begun from; `changed` are the figures that differ from those that were signed."""

    indicator: Indicator
    month: Month
    view: IndicatorView
    row: RowView
    usual: bool
    worth: Worth
    progress: Progress
    tag: tuple[str, str]
    changed: tuple[tuple[str, str, str], ...]
    writing: Writing
    writer: str
    unsent: str
    others: tuple[OtherText, ...]
    conflict: tuple[OtherText, ...]
    behind: OtherText | None
    last: Comment | None
    history: tuple[Happened, ...]
    decision: Happened | None
    questions: tuple[str, ...]
    mine: bool
    due: Due
    next: Indicator | None
    left: int

    @property
    def version(self) -> str:
        return self.progress.comment.version if self.progress.comment else NOTHING

    @property
    def nothing(self) -> str:
        return NOTHING


def box(
    account: Account,
    month: Month,
    indicator: Indicator,
    *,
    draft: int | None = None,
    start_from_last: bool = False,
    posted: Writing | None = None,
) -> Box:
    """The page of one indicator. `posted` is what was sent and could not be taken, and goes into
    the box as it came; else the named or the newest draft, else what stands."""
    page = seen(month)
    row = months.row_of(page.page, indicator)
    stored = months.comments(month)
    progress = months.progress(month)[indicator.ref]
    names = names_of(stored.history(indicator.ref))
    of_month = drafts_of(account, month)
    drafts = [
        one
        for one in of_month
        if one.ref == indicator.ref
        and (progress.comment is None or version(one) != progress.comment.version)
    ]
    chosen = None
    if posted is None and not start_from_last:
        chosen = next((one for one in drafts if draft in (None, one.pk)), None)
    last = next((one for one in row.earlier_comments if one.month < month), None)
    writing = posted or _writing(progress, chosen, last if start_from_last else None)
    shown = chosen.page if chosen is not None else writing.page
    left = waiting(account, month, page.page, {one.ref for one in of_month})
    history = history_of(stored, indicator.ref, names)
    return Box(
        indicator=indicator,
        month=month,
        view=_indicator_view(month, page.page, row),
        row=row_views(month)[indicator.ref],
        usual=is_usual(row),
        worth=worth_of(page.page, row),
        progress=progress,
        tag=tag_of(progress, is_draft=chosen is not None),
        changed=changed_since(progress, row),
        writing=writing,
        writer=writer_token(account, month, indicator),
        unsent=clock(chosen.saved_at) if chosen is not None else "",
        others=tuple(_of_draft(one) for one in drafts if one.page != shown),
        conflict=_conflict(account, stored, progress, names),
        behind=_behind(account, stored, progress, names, writing),
        last=last,
        history=history,
        decision=_decision(progress, history),
        questions=_questions(month, indicator.ref) if progress.comment else (),
        mine=_account_of(stored, progress) == str(account.pk),
        due=due_by(deadlines_of(month)[0]),
        next=_next(page.page, left, indicator),
        left=len(left),
    )


def _next(page: Scorecard, waiting: tuple[Indicator, ...], here: Indicator) -> Indicator | None:
    """The next that waits after this one, else the first from the beginning."""
    order = [row.indicator.ref for row in page.rows]
    at = order.index(here.ref)
    others = [one for one in waiting if one.ref != here.ref]
    later = [one for one in others if order.index(one.ref) > at]
    return next(iter((*later, *others)), None)


def _writing(progress: Progress, draft: Draft | None, last: Comment | None) -> Writing:
    if draft is not None:
        # In a conflict everything that stands is shown beside the box.
        in_conflict = progress.state is State.CONFLICT
        base = progress.seen if in_conflict else draft.base
        return Writing(draft.text, draft.public_text, base, draft.page, version(draft))
    if last is not None:
        return _fresh(last.text, "", progress.seen)
    texts = [progress.comment.text] if progress.comment else []
    texts += [entry.text for entry in progress.conflicts if entry.text]
    public = progress.comment.public_text or "" if progress.comment else ""
    return _fresh("\n\n".join(texts), public, progress.seen)


def _fresh(text: str, public: str, base: str) -> Writing:
    """What a page opens with, as something that need not be saved while it is not changed."""
    return Writing(text, public, base, new_page(), version_of(text, public))


def _of_draft(draft: Draft) -> OtherText:
    return OtherText(draft.pk, clock(draft.saved_at), draft.text, draft.public_text)


def _conflict(
    account: Account, stored: StoredComments, progress: Progress, names: Mapping[str, str]
) -> tuple[OtherText, ...]:
    if progress.state is not State.CONFLICT:
        return ()
    stands = _standing_text(account, stored, progress, names)
    beside = [_of_entry(account, entry, names) for entry in progress.conflicts]
    return (*([stands] if stands else []), *beside)


def _behind(
    account: Account, stored: StoredComments, progress: Progress,
    names: Mapping[str, str], writing: Writing,
) -> OtherText | None:  # fmt: skip
    if writing.base == progress.seen or progress.state in (State.CONFLICT, State.DUE):
        return None
    return _standing_text(account, stored, progress, names)


def _standing_text(
    account: Account, stored: StoredComments, progress: Progress, names: Mapping[str, str]
) -> OtherText | None:
    entry = _standing_entry(stored, progress)
    return _of_entry(account, entry, names) if entry else None


def _standing_entry(stored: StoredComments, progress: Progress) -> Entry | None:
    comment = progress.comment
    if comment is None:
        return None
    found = [
        entry for entry in stored.history(progress.ref)
        if entry.own_version == comment.version and entry.text
    ]  # fmt: skip
    return found[-1] if found else None


def _account_of(stored: StoredComments, progress: Progress) -> str:
    entry = _standing_entry(stored, progress)
    return entry.account if entry else ""


def _of_entry(account: Account, entry: Entry, names: Mapping[str, str]) -> OtherText:
    return OtherText(
        number=0,
        at=when(entry.at),
        text=entry.text,
        public_text=entry.public_text or "",
        who=who(entry, names),
        mine=entry.account == str(account.pk),
        version=entry.own_version,
        title=entry.by,
    )


def _decision(progress: Progress, history: tuple[Happened, ...]) -> Happened | None:
    if progress.decision is None:
        return None
    kind = progress.decision.kind.value
    return next((one for one in history if one.kind == kind), None)


def _indicator_view(month: Month, page: Scorecard, row: Row) -> IndicatorView:
    """Laid out once a month's figures; the views of all indicators count as one thing kept."""
    drawn = months.kept(("boxes of commentary", month, months.stamp()), dict[str, IndicatorView])
    ref = row.indicator.ref
    if ref not in drawn:
        drawn[ref] = indicator_view(page, page.rows.index(row))
    return drawn[ref]


def _questions(month: Month, ref: str) -> tuple[str, ...]:
    """What a public number of the comment on `ref` may give away, in sentences."""
    whole, public = seen(month), seen(month, "public")

    def work_out() -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for one in run.open_questions(whole.page, public.page, months.workspace()):
            found.setdefault(one.ref or "", []).append(one.message)
        return found

    return tuple(months.kept(("questions", whole.stamp), work_out).get(ref, ()))
