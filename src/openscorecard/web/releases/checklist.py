"""What stands between a month and its release, worked out from the workspace as it is now.

Takes a month; gives its two pages as they would be released, what is wrong in the data, what is not
commented or signed, and what reads otherwise than in the last release. Nothing here is kept.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, replace

from openscorecard import publishing, run
from openscorecard.commentary.signoff import Progress, State
from openscorecard.errors import InputError
from openscorecard.findings import Finding, Severity
from openscorecard.periods import Month
from openscorecard.publish.release_words import ChangedLine, changed_groups
from openscorecard.scorecard.page import FigureStatus, Row, Scorecard
from openscorecard.scorecard.printed_cells import printed_cells
from openscorecard.scorecard.release import Release
from openscorecard.units import Unit
from openscorecard.web.months import kept, progress, root, seen, stamp, workspace
from openscorecard.web.releases.places import AUDIENCES
from openscorecard.workspace.releasing import SinceLast, since_last

# What a reason may override, in the order shown, and what is said of it. A conflict is not among
# them: which of two texts would be published would be left to chance.
MAY_BE_OPEN: tuple[tuple[State, str], ...] = (
    (State.DUE, "No comment"),
    (State.RETURNED, "Returned by its owner"),
    (State.REOPENED, "Signed, and a figure changed since"),
    (State.WRITTEN, "Not signed"),
)


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An indicator whose comment is not where it should be."""

    ref: str
    id: str
    name: str
    state: State
    said: str
    owner: str
    reporter: str


@dataclass(frozen=True, slots=True)
class HiddenCell:
    """An indicator of which the public sees less: this month's figure for both, why it is hidden
    ("" where it is not), and how many figures of other months are."""

    ref: str
    id: str
    name: str
    internal: str
    public: str
    why: str
    others: int


@dataclass(frozen=True, slots=True)
class Revised:
    """A figure of an earlier month that reads otherwise than it was published."""

    ref: str
    id: str
    name: str
    month: Month
    printed: str
    note: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """`pages` are both as they would be released; `since` is how they stand to the last release;
    `number` changes when anything of it does. `unchecked` says why the records could not be."""

    month: Month
    pages: dict[str, Scorecard]
    since: dict[str, SinceLast]
    findings: tuple[Finding, ...]
    unchecked: str
    numbers: tuple[Finding, ...]
    conflicts: tuple[OpenItem, ...]
    open: tuple[OpenItem, ...]
    due: int
    commented: int
    signed: int
    number: str = ""

    @property
    def public(self) -> Scorecard:
        return self.pages["public"]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.severity is Severity.WARNING)

    @property
    def ended(self) -> bool:
        return dt.date.today() > self.month.last_day

    @property
    def blocking(self) -> tuple[str, ...]:
        """What no reason overrides, each in a few words."""
        counts = (
            (len(self.errors), "1 finding is certainly wrong", "{} findings are certainly wrong"),
            (
                len(self.numbers),
                "1 number in a comment may give away a hidden one",
                "{} numbers in comments may give away hidden ones",
            ),
            (
                len(self.conflicts),
                "1 comment has two texts, and nobody has chosen",
                "{} comments have two texts, and nobody has chosen",
            ),
        )
        said = [(one if number == 1 else many).format(number)
                for number, one, many in counts if number]  # fmt: skip
        if not self.ended:
            said.append("the month has not ended")
        return tuple(said)

    @property
    def ready(self) -> bool:
        return not self.blocking and not self.open

    @property
    def changes(self) -> bool:
        """Whether releasing would record anything: a first version, or a correction."""
        return any(not self.since[one].same for one in AUDIENCES)

    @property
    def needs_reason(self) -> bool:
        return any(self.since[one].needs_reason for one in AUDIENCES)

    def corrects(self, audience: str) -> bool:
        return self.since[audience].needs_reason

    def next_version(self, audience: str) -> int:
        since = self.since[audience]
        if since.last is None:
            return 1
        return since.last.release.version + (0 if since.same else 1)

    def open_of(self, state: str) -> tuple[OpenItem, ...]:
        return tuple(one for one in self.open if one.state == state)


def checklist(month: Month) -> Checklist:
    """InputError where the month has no page."""
    internal = seen(month)  # fills what is kept of the month
    key = ("checklist", internal.stamp, stamp(), dt.date.today())
    return kept(key, lambda: _checklist(month))


def _checklist(month: Month) -> Checklist:
    place = workspace()
    whole = kept(("whole", month, stamp()), lambda: run.build(month, place))
    public = kept(("public", month, stamp()), lambda: run.public_view(whole, place))
    bare = {"internal": whole, "public": public}
    pages = {audience: publishing.as_released(bare[audience], place) for audience in AUDIENCES}
    since = {audience: since_last(pages[audience], root()) for audience in AUDIENCES}
    of_data, unchecked = _data(month)
    states = progress(month)
    rows = {row.indicator.ref: row for row in whole.rows}
    waits = {ref: one for ref, one in states.items() if _is_due(rows[ref], one)}
    open_items = [
        _item(rows[ref], one, said)
        for state, said in MAY_BE_OPEN
        for ref, one in waits.items()
        if one.state is state
    ]
    made = Checklist(
        month,
        pages,
        since,
        (*_ordered(whole.findings), *_ordered(of_data)),
        unchecked,
        run.open_questions(whole, public, place),
        tuple(
            _item(rows[ref], one, "Two texts")
            for ref, one in waits.items()
            if one.state is State.CONFLICT
        ),
        tuple(open_items),
        due=len(waits),
        commented=sum(one.comment is not None for one in waits.values()),
        signed=sum(one.state is State.SIGNED for one in waits.values()),
    )
    return replace(made, number=_number(made, states))


def _is_due(row: Row, one: Progress) -> bool:
    """A comment is due where there is a figure; where one was written it counts in any case."""
    return row.latest.status is FigureStatus.VALUE or one.state is not State.DUE


def _data(month: Month) -> tuple[tuple[Finding, ...], str]:
    """What the checks of the records find, and why they could not be made."""
    try:
        _, found = kept(("data", month, stamp()), lambda: run.data_findings(month, workspace()))
    except InputError as error:
        return (), error.found
    return found, ""


def _ordered(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    order = list(Severity)
    return tuple(sorted(findings, key=lambda one: order.index(one.severity)))


def _item(row: Row, one: Progress, said: str) -> OpenItem:
    what = row.indicator
    return OpenItem(
        what.ref, what.id, what.short_name, one.state, said, what.owner or "", what.reporter or ""
    )


def _number(made: Checklist, states: dict[str, Progress]) -> str:
    """A short fingerprint of all that an analyst decides about."""
    told = [
        [printed_cells(made.pages[audience]) for audience in AUDIENCES],
        [made.next_version(audience) for audience in AUDIENCES],
        [(ref, one.state, one.comment.version if one.comment else "")
         for ref, one in states.items()],
        [(one.rule, one.ref, one.message) for one in (*made.findings, *made.numbers)],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def hidden_cells(found: Checklist) -> tuple[HiddenCell, ...]:
    """What the public does not see, indicator by indicator."""
    told = []
    for row in found.pages["internal"].rows:
        what = row.indicator
        seen_row = found.public.row(what.ref)
        if seen_row is None:
            told.append(HiddenCell(what.ref, what.id, what.short_name, row.latest.printed, "",
                                   "The indicator is not on the public page", 0))  # fmt: skip
            continue
        before = {one.month: one for one in (*seen_row.history, *seen_row.figures)}
        here = {one.month: one for one in (*row.history, *row.figures)}
        differ = [
            month
            for month, one in before.items()
            if one.status is FigureStatus.HIDDEN and month in here
        ]
        if not differ:
            continue
        others = [month for month in differ if month != row.latest.month]
        latest = seen_row.latest
        hidden = latest.status is FigureStatus.HIDDEN
        why = _why(row, found.public) if hidden else ""
        told.append(
            HiddenCell(what.ref, what.id, what.short_name, row.latest.printed, latest.printed, why,
                       len(others))
        )  # fmt: skip
    return tuple(told)


def _why(row: Row, public: Scorecard) -> str:
    """Why this month's figure is hidden, as the council's own people may know it."""
    latest, small = row.latest, public.small_numbers
    rest = None
    if latest.numerator is not None and latest.denominator is not None:
        rest = latest.denominator - latest.numerator
    if row.indicator.unit is Unit.COUNT and latest.value and 0 < latest.value <= small:
        return f"The count is {public.small_counts}"
    if latest.numerator and 0 < latest.numerator <= small:
        return f"The count behind it is {public.small_counts}"
    if rest and 0 < rest <= small:
        return f"The count of all others is {public.small_counts}"
    return "It would give a hidden number away"


def revised(found: Checklist) -> tuple[Revised, ...]:
    """The figures of earlier months that this page says otherwise than they were published."""
    told = []
    for row in found.pages["internal"].rows:
        months = {one.month: one for one in (*row.history, *row.figures)}
        for month in sorted(months, reverse=True):
            one = months[month]
            if one.revised and month != found.month:
                what = row.indicator
                told.append(
                    Revised(what.ref, what.id, what.short_name, month, one.printed, one.note)
                )
    return tuple(told)


def changed(found: Checklist, audience: str) -> tuple[tuple[ChangedLine, ...], ...]:
    """What the page prints otherwise than its last release, an indicator at a time, in the words
    that the correction itself will use."""
    since = found.since[audience]
    if not since.changed:
        return ()
    as_if = Release(found.next_version(audience), dt.date.today(), "", since.changed)
    return changed_groups(replace(found.pages[audience], release=as_if))
