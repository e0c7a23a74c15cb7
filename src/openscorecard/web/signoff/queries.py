"""The owner's desk: every indicator of her titles, by section, with its figures and its comment."""

from __future__ import annotations

from dataclasses import dataclass

from openscorecard.catalogue.indicator import Indicator
from openscorecard.commentary.entries import EntryKind
from openscorecard.commentary.signoff import (
    OWNER,
    Action,
    Progress,
    State,
    figures_version,
)
from openscorecard.periods import Month
from openscorecard.publish.html.row_view import RowView
from openscorecard.web import months
from openscorecard.web.accounts.models import Account
from openscorecard.web.accounts.queries import deadlines_of
from openscorecard.web.commentary.history import Happened, history_of, names_of, writer_of
from openscorecard.web.commentary.queries import Due, changed_since, due_by, row_views
from openscorecard.web.commentary.worth import worth_of

# What a state is called to the owner, and its wash in work.css.
TAGS: dict[State, tuple[str, str]] = {
    State.DUE: ("Not written yet", ""),
    State.WRITTEN: ("Waits for you", "waits"),
    State.RETURNED: ("Returned", ""),
    State.SIGNED: ("Signed", "good"),
    State.REOPENED: ("Figures changed", "bad"),
    State.CONFLICT: ("Two texts", ""),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator on the desk. `changed` are the figures that differ from those that were signed,
    as (which, was, is); `own` says that she wrote the comment herself."""

    indicator: Indicator
    view: RowView
    progress: Progress
    tag: tuple[str, str]
    worth: tuple[str, ...]
    figures: str
    changed: tuple[tuple[str, str, str], ...]
    written: Happened | None
    last: Happened | None
    history: tuple[Happened, ...]
    own: bool

    @property
    def can_sign(self) -> bool:
        return self.progress.allows(Action.SIGN, OWNER)

    @property
    def can_return(self) -> bool:
        return self.progress.allows(Action.RETURN, OWNER)

    @property
    def can_unsign(self) -> bool:
        return self.progress.allows(Action.UNSIGN, OWNER)

    @property
    def has_comment(self) -> bool:
        return self.progress.comment is not None


@dataclass(frozen=True, slots=True)
class Part:
    """A section: what has a comment, and the indicators that nobody has written about yet."""

    title: str
    lines: tuple[Line, ...]
    unwritten: tuple[Line, ...]

    @property
    def open(self) -> tuple[Line, ...]:
        """What is not signed, those that wait for the owner first."""
        unsigned = [one for one in self.lines if one.progress.state is not State.SIGNED]
        return tuple(sorted(unsigned, key=lambda one: not one.can_sign))

    @property
    def signed(self) -> tuple[Line, ...]:
        return tuple(one for one in self.lines if one.progress.state is State.SIGNED)


@dataclass(frozen=True, slots=True)
class Desk:
    month: Month
    titles: tuple[str, ...]
    due: Due
    parts: tuple[Part, ...]

    @property
    def all(self) -> tuple[Line, ...]:
        return tuple(one for part in self.parts for one in (*part.lines, *part.unwritten))

    @property
    def waiting(self) -> tuple[Line, ...]:
        states = (State.WRITTEN, State.REOPENED)
        return tuple(one for one in self.all if one.progress.state in states)

    @property
    def can_sign(self) -> bool:
        return any(one.can_sign for one in self.all)

    @property
    def signed(self) -> int:
        return sum(one.progress.state is State.SIGNED for one in self.all)

    @property
    def counts(self) -> tuple[tuple[int, str], ...]:
        states = [one.progress.state for one in self.all]
        found = (
            (self.signed, "signed"),
            (len(self.waiting), "wait for you"),
            (states.count(State.RETURNED), "returned"),
            (states.count(State.CONFLICT), "with two texts"),
            (states.count(State.DUE), "not written yet"),
        )
        return tuple((count, said) for count, said in found if count)


def desk(account: Account, month: Month) -> Desk:
    """Three queries: her titles, the deadline, the names of those who wrote and signed."""
    page = months.seen(month).page
    stored = months.comments(month)
    progress, views = months.progress(month), row_views(month)
    rows = [row for row in page.rows if row.indicator.owner in account.titles]
    names = names_of(stored.entries)
    lines: dict[str, list[Line]] = {}
    for row in rows:
        indicator = row.indicator
        now = progress[indicator.ref]
        history = history_of(stored, indicator.ref, names)
        line = Line(
            indicator=indicator,
            view=views[indicator.ref],
            progress=now,
            tag=TAGS[now.state],
            worth=worth_of(page, row).worth,
            figures=figures_version(row),
            changed=changed_since(now, row),
            written=next((one for one in history if one.kind == EntryKind.TEXT), None),
            last=_last(now, history),
            history=history,
            own=bool(now.comment) and writer_of(stored, indicator.ref) == str(account.pk),
        )
        lines.setdefault(indicator.section, []).append(line)
    parts = tuple(
        Part(
            section.title,
            tuple(one for one in lines[section.id] if one.progress.state is not State.DUE),
            tuple(one for one in lines[section.id] if one.progress.state is State.DUE),
        )
        for section in page.sections
        if section.id in lines
    )
    titles = dict.fromkeys(row.indicator.owner for row in rows)
    return Desk(month, tuple(titles), due_by(deadlines_of(month)[1]), parts)


def _last(progress: Progress, history: tuple[Happened, ...]) -> Happened | None:
    """What the owner decided about the text that stands."""
    if progress.decision is None:
        return None
    return next((one for one in history if one.kind == progress.decision.kind), None)
