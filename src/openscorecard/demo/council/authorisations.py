"""Care plans and pathway plans, and when a manager authorised them.

At each month's end so many have none in force: new children whose plan is being written, and some
whose plan was ended for a new one that is not yet signed.
"""

from __future__ import annotations

from dataclasses import dataclass

from openscorecard.demo.council.care import sixteen_or_seventeen
from openscorecard.demo.council.days import (
    birthday,
    first_day,
    last_day,
    working_day,
)
from openscorecard.demo.council.earlier import END, FIXED_FROM, FIXED_TO, START, Target
from openscorecard.demo.council.people import NEVER, Care, Child
from openscorecard.demo.council.state import State
from openscorecard.errors import InternalError

_RENEWED = 1 / 10  # of plans, each month
_UNSIGNED_BEFORE = 2  # pathway plans, in the months before the fixed ones


@dataclass(slots=True, eq=False)
class Paper:
    """One plan on paper: begun, signed, ended."""

    id: str
    child: Child
    begun: int
    recorded: int
    signed: int = NEVER
    ended: int = NEVER
    end_known: int = NEVER


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who should have a plan: from `since` on; `gone` = has in truth left already."""

    child: Child
    since: int
    recorded: int
    gone: bool = False


class Papers:
    """The plans of one kind. `signs(month)` keeps as many unsigned as there should be."""

    def __init__(self, state: State, prefix: str) -> None:
        self._state = state
        self._prefix = prefix
        self._now: dict[str, Paper] = {}
        self._by_child: dict[str, list[Paper]] = {}
        self.all: list[Paper] = []

    def authorised_before(self, child: str, day: int) -> int | None:
        days = [one.signed for one in self._by_child.get(child, ()) if NEVER < one.signed <= day]
        return max(days, default=None)

    def _new(self, child: Child, begun: int, recorded: int) -> Paper:
        paper = Paper(self._state.ledger.id(self._prefix), child, begun, recorded)
        self._now[child.id] = paper
        self._by_child.setdefault(child.id, []).append(paper)
        self.all.append(paper)
        return paper

    def end(self, child: Child, day: int, known: int) -> None:
        paper = self._now.pop(child.id, None)
        if paper is not None:
            paper.ended, paper.end_known = max(day, paper.begun, paper.signed), known

    def sign(self, number: int, members: list[Member], unsigned: int) -> None:
        """So that at the end of the month `unsigned` of the members have no plan in force."""
        first, last = first_day(number), last_day(number)
        rng = self._state.rng
        for member in members:
            if member.child.id not in self._now:
                begun = min(last, member.since + int(rng.random() * 8))
                known = max(self._state.lag(begun), member.recorded)
                paper = self._new(member.child, begun, known)
                if begun < first - 60:  # long there: signed long since
                    paper.signed = begun + 5
        waiting = [one for one in members if not self._now[one.child.id].signed]
        waiting.sort(key=lambda one: self._now[one.child.id].begun + 20 * rng.random())
        done = max(0, len(waiting) - unsigned)
        gone_first = sorted(waiting, key=lambda one: not one.gone)
        for member in gone_first[:done]:
            paper = self._now[member.child.id]
            paper.signed = max(paper.begun, working_day(rng, max(first, paper.begun), last))
        settled = [
            one
            for one in members
            if NEVER < self._now[one.child.id].signed < first and not one.gone
        ]
        rng.shuffle(settled)
        missing = unsigned - (len(waiting) - done)
        if missing > len(settled):
            raise InternalError("too few plans that could be under revision")
        for place, member in enumerate(settled):
            if place < missing:
                self._renew(member.child, first, last, signed=False)
            elif rng.random() < _RENEWED:
                self._renew(member.child, first, last, signed=True)

    def _renew(self, child: Child, first: int, last: int, *, signed: bool) -> None:
        day = working_day(self._state.rng, first, last)
        known = max(self._state.lag(day), self._now[child.id].recorded)
        self.end(child, day, known)  # the new plan is written up with the old one's end
        paper = self._new(child, day, known)
        if signed:
            paper.signed = working_day(self._state.rng, day, last)

    def write_authorisations(self, kind: str) -> None:
        for paper in self.all:
            if not paper.signed:
                continue
            self._state.ledger.add(
                "plan_authorisations",
                max(self._state.lag(paper.signed), paper.recorded),
                paper.end_known or None,
                self._state.ledger.id("N"),
                paper.child.id,
                kind,
                paper.id,
                paper.signed,
                paper.ended or None,
            )


def care_plans(state: State, targets: dict[int, Target]) -> None:
    papers = Papers(state, "F")
    ended = sorted((one for one in state.all_cares if one.ended), key=lambda one: one.ended)
    place = 0
    for number in range(START, END + 1):
        last = last_day(number)
        members = [_member(care, last) for care in state.looked_after[number]]
        counted = {id(care) for care in state.looked_after[number]}
        waiting_end: list[Care] = []
        while place < len(ended) and ended[place].ended <= last:
            waiting_end.append(ended[place])
            place += 1
        for care in waiting_end:  # seen as ended by this month's load
            if id(care) not in counted:
                papers.end(care.child, care.ended, care.end_known)
        papers.sign(number, members, max(0, len(members) - targets[number]["care_planned"]))
        for care in waiting_end:
            if id(care) in counted:
                papers.end(care.child, care.ended, care.end_known)
    for paper in papers.all:
        state.ledger.add(
            "ssd_cla_care_plan",
            paper.recorded,
            paper.end_known or None,
            paper.id,
            paper.child.id,
            paper.begun,
            paper.ended or None,
        )
    papers.write_authorisations("CARE")


def _member(care: Care, last: int) -> Member:
    return Member(
        care.child, care.begun, care.recorded, gone=bool(care.ended and care.ended <= last)
    )


def pathway_plans(
    state: State, targets: dict[int, Target], leavers: dict[int, list[tuple[Child, int]]]
) -> Papers:
    """For looked-after children of 16 and 17 and care leavers, each once; `leavers` gives those of
    each month with the day they left care."""
    papers = Papers(state, "Y")
    before: list[tuple[Child, int]] = []
    for number in range(START, FIXED_TO + 1):
        last = last_day(number)
        members = [
            Member(care.child, max(care.begun, birthday(care.child.born, 16)), care.recorded)
            for care in state.looked_after[number]
            if sixteen_or_seventeen(care.child, last)
        ]
        unsigned = _UNSIGNED_BEFORE
        if number >= FIXED_FROM:
            now = leavers[number]
            here = {id(child) for child, _ in now}
            for child, _ in before:
                if id(child) not in here:
                    papers.end(child, first_day(number) + 5, first_day(number) + 7)
            members += [Member(child, left, left) for child, left in now]
            unsigned = len(members) - targets[number]["pathway"]
            before = now
        papers.sign(number, members, unsigned)
    papers.write_authorisations("PATHWAY")
    return papers
