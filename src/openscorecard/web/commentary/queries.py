"""What the desk reads: what one person has to say about a month, and how far it has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from openscorecard.catalogue.indicator import Indicator
from openscorecard.commentary.signoff import Progress, State, figures_changed, figures_version
from openscorecard.commentary.text import first_sentence
from openscorecard.periods import Month, day_in_words
from openscorecard.publish.html.row_view import RowView, row_view
from openscorecard.publish.html.site import shared_months
from openscorecard.scorecard.page import Row, Scorecard
from openscorecard.scorecard.verdict import Signal
from openscorecard.web import months
from openscorecard.web.accounts.models import Account
from openscorecard.web.accounts.queries import deadlines_of
from openscorecard.web.commentary.drafts import drafts_of
from openscorecard.web.commentary.worth import is_usual, leads, worth_of
from openscorecard.web.months import seen
from openscorecard.working_days import working_days_between

# What a state is called to the reporter, and its wash in work.css.
TAGS: dict[State, tuple[str, str]] = {
    State.DUE: ("To write", "waits"),
    State.WRITTEN: ("Sent", ""),
    State.RETURNED: ("Returned to you", "bad"),
    State.SIGNED: ("Signed", "good"),
    State.REOPENED: ("Figures changed", "waits"),
    State.CONFLICT: ("Two texts", "bad"),
}
LONG_AGO = 20  # working days after which nobody counts them any more
DRAFT = ("Draft", "waits")
SENT = frozenset({State.WRITTEN, State.SIGNED, State.REOPENED})


@dataclass(frozen=True, slots=True)
class Due:
    """`Thursday 8 July 2021: 2 working days left`."""

    day: str
    left: str
    late: bool


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator on a person's desk. `worth` is the first thing to say of it, `said` the first
    sentence of its comment; `open` marks what is begun, or what the page's top speaks of."""

    indicator: Indicator
    view: RowView
    progress: Progress
    tag: tuple[str, str]
    worth: str
    said: str
    figures: str
    open: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """What one person has to say about a month. `to_write` comes first, then `nothing`: those with
    usual variation; `done` are those that were sent or signed."""

    month: Month
    titles: tuple[str, ...]
    due: Due
    to_write: tuple[Line, ...]
    nothing: tuple[Line, ...]
    done: tuple[Line, ...]

    @property
    def all(self) -> tuple[Line, ...]:
        return (*self.to_write, *self.nothing, *self.done)

    @property
    def next(self) -> Line | None:
        return self.to_write[0] if self.to_write else None

    @property
    def counts(self) -> tuple[tuple[int, str], ...]:
        """`(3, "signed")`, for the line beneath the bar; zeros left out."""
        signed = sum(one.progress.state is State.SIGNED for one in self.done)
        returned = sum(one.progress.state is State.RETURNED for one in self.to_write)
        found = (
            (signed, "signed"),
            (len(self.done) - signed, "sent"),
            (returned, "returned"),
            (len(self.to_write) - returned, "to write"),
            (len(self.nothing), "with usual variation"),
        )
        return tuple((count, said) for count, said in found if count)


def due_by(day: dt.date, today: dt.date | None = None) -> Due:
    """The day in words, and the working days left."""
    today = today or timezone.localdate()
    left, late = working_days_between(today, day), working_days_between(day, today)
    said = f"{day:%A} {day_in_words(day)}"
    if today == day:
        return Due(said, "today", False)
    if today > day:
        return Due(said, "overdue" if late > LONG_AGO else f"{_days(late)} ago", True)
    return Due(said, f"{_days(left)} left", False)


def _days(number: int) -> str:
    return f"{number:,} working day{'' if number == 1 else 's'}"


def row_views(month: Month) -> Mapping[str, RowView]:
    """Every row laid out as on the published page, by ref; kept until a figure changes."""
    page = seen(month).page

    def work_out() -> dict[str, RowView]:
        shared = shared_months(page)
        return {row.indicator.ref: row_view(page, row, shared) for row in page.rows}

    return months.kept(("rows of commentary", month, months.stamp()), work_out)


def desk(account: Account, month: Month) -> Desk:
    """Three queries: her titles, the deadline, her drafts."""
    page = seen(month).page
    views, progress = row_views(month), months.progress(month)
    drafted = {draft.ref for draft in drafts_of(account, month)}
    rows = [row for row in page.rows if row.indicator.reporter in account.titles]
    to_write, nothing, done = [], [], []
    for row in rows:
        ref = row.indicator.ref
        line = _line(page, row, views[ref], progress[ref], drafted)
        if line.progress.state in SENT:
            done.append(line)
        elif _nothing(row, line.progress, line.open):
            nothing.append(line)
        else:
            to_write.append(line)
    to_write.sort(key=_order)
    titles = dict.fromkeys(row.indicator.reporter for row in rows)
    due = due_by(deadlines_of(month)[0])
    return Desk(month, tuple(titles), due, tuple(to_write), tuple(nothing), tuple(done))


def _nothing(row: Row, progress: Progress, is_open: bool) -> bool:
    """Whether it is enough to say that it is usual."""
    return progress.state is State.DUE and is_usual(row) and not is_open


def _line(page: Scorecard, row: Row, view: RowView, progress: Progress, drafted: set[str]) -> Line:
    is_draft = progress.state is State.DUE and row.indicator.ref in drafted
    comment = progress.comment
    picked = worth_of(page, row)
    return Line(
        indicator=row.indicator,
        view=view,
        progress=progress,
        tag=tag_of(progress, is_draft=is_draft),
        worth=next(iter((*picked.worth, *picked.know, *picked.leave)), ""),
        said=first_sentence(comment.text)[0] if comment else "",
        figures=figures_version(row),
        open=is_draft or leads(page, row),
    )


def tag_of(progress: Progress, *, is_draft: bool) -> tuple[str, str]:
    return DRAFT if is_draft and progress.state is State.DUE else TAGS[progress.state]


def changed_since(progress: Progress, row: Row) -> tuple[tuple[str, str, str], ...]:
    """The figures that differ from those that were signed, as (which, was, is)."""
    if progress.state is not State.REOPENED or progress.decision is None:
        return ()
    return figures_changed(progress.decision, row)


def _order(line: Line) -> int:
    """What came back and what is in conflict first, then signals, then what is not judged."""
    if line.progress.state in (State.CONFLICT, State.RETURNED):
        return 0
    verdict = line.view.row.verdict
    if line.open or (verdict is not None and verdict.signal.is_special):
        return 1
    return 3 if verdict is not None and verdict.signal is Signal.NOT_JUDGED else 2


def waiting(
    account: Account, month: Month, page: Scorecard, drafted: set[str]
) -> tuple[Indicator, ...]:
    """Her indicators that wait for her words, in the page's order: as `Desk.to_write`."""
    progress = months.progress(month)
    found = []
    for row in page.rows:
        now = progress[row.indicator.ref]
        is_open = row.indicator.ref in drafted or leads(page, row)
        mine = row.indicator.reporter in account.titles
        if mine and now.state not in SENT and not _nothing(row, now, is_open):
            found.append(row.indicator)
    return tuple(found)
