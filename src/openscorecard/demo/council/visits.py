"""Visits to children on a plan and to looked-after children.

Each month's end asks for so many children seen in time. Who is not, is chosen first; the visits of
the others then fall where people pay them.
"""

from __future__ import annotations

from openscorecard.demo.council.care_records import Placements
from openscorecard.demo.council.days import (
    FLOOR,
    ORDER,
    WORKING,
    any_day,
    first_day,
    last_day,
    later,
    month_of,
)
from openscorecard.demo.council.earlier import COMPLETE, END, Target
from openscorecard.demo.council.people import NEVER, Care, Child, Plan
from openscorecard.demo.council.state import State
from openscorecard.errors import InternalError

_PLAN_DAYS = 15  # working days
_CARE_DAYS = 42
_NEWLY_PLACED = 7
_FIRST_CARE_MONTH = COMPLETE - 2


def visit_plans(state: State, targets: dict[int, Target]) -> None:
    missed: set[str] = set()
    for number in range(COMPLETE, END + 1):
        first, last = first_day(number), last_day(number)
        cut = WORKING[ORDER[last - FLOOR] - _PLAN_DAYS - 1]
        counted = state.on_plan[number]
        missed = _missed_plans(state, counted, targets[number], missed, last)
        ids = {plan.id for plan in counted}
        for plan in state.all_plans:
            if plan.begun > last or (plan.ended and plan.ended < first) or plan.other_council:
                continue
            start, end = max(first, plan.begun), min(last, plan.ended or last)
            if plan.id in missed:
                _visits_to_plan(state, plan, start, min(end, cut - 1))
                if state.rng.random() < 0.3:  # nobody in
                    _write_plan_visit(state, plan, max(start, min(cut + 3, end)), seen=False)
            else:
                days = _visits_to_plan(state, plan, start, end)
                if plan.id in ids and not any(day >= cut for day in days):
                    _write_plan_visit(
                        state, plan, any_day(state.rng, max(start, cut), end, weekends=0), seen=True
                    )


def _missed_plans(
    state: State, counted: list[Plan], target: Target, before: set[str], last: int
) -> set[str]:
    """The plans whose child is not seen in time: some begun just now, some missed before."""
    count = len(counted) - target["seen_on_plan"]
    if target.exact and len(counted) != target["on_plan"]:
        raise InternalError("the stock of plans is not what it should be")
    weighed = []
    for place, plan in enumerate(counted):
        if plan.ended and plan.ended <= last:
            continue
        chance = state.rng.random()
        if plan.begun > last - 6:
            chance += 0.35
        if plan.id in before:
            chance += 0.15
        weighed.append((chance, place, plan.id))
    weighed.sort(reverse=True)
    return {found for _, _, found in weighed[: max(0, count)]}


def _visits_to_plan(state: State, plan: Plan, start: int, end: int) -> list[int]:
    """One about every ten working days."""
    rng = state.rng
    days = []
    day = later(start, int(rng.random() * 10))
    while day <= end:
        days.append(day)
        _write_plan_visit(state, plan, day, seen=True)
        day = later(day, 8 + int(rng.random() * 5))
    return days


def _write_plan_visit(state: State, plan: Plan, day: int, *, seen: bool) -> None:
    state.ledger.add(
        "ssd_cp_visits",
        max(state.lag(day), plan.recorded),
        None,
        state.ledger.id("Q"),
        plan.child.id,
        plan.id,
        day,
        "Y" if seen else "N",
        _alone(state, plan.child, day, seen=seen),
    )


def _alone(state: State, child: Child, day: int, *, seen: bool) -> str:
    old_enough = day - child.born > 4 * 365
    return "Y" if seen and old_enough and state.rng.random() < 0.75 else "N"


class _CareVisits:
    """Month after month: who will not be seen in time next month is known before this month's
    visits are written, since a visit late in one month is still in time at the end of the next."""

    def __init__(self, state: State, placed: Placements) -> None:
        self.state = state
        self.placed = placed
        self.last_visit: dict[str, int] = {}
        self.missed_months: dict[str, int] = {}
        self._written: set[tuple[str, int]] = set()

    def placed_since(self, care: Care, day: int) -> int:
        return max(spell.begun for spell in self.placed[care.id] if spell.begun <= day)

    def missed_next(
        self, number: int, target: Target, missed: set[str], counted: set[str]
    ) -> set[str]:
        """Who is not seen in time at the end of month `number`, given who was not (`missed`) and
        who was counted (`counted`) a month before."""
        rng = self.state.rng
        last, before = last_day(number), last_day(number - 1)
        group = self.state.looked_after[number]
        count = len(group) - target["visited"]
        weighed = []
        for place, care in enumerate(group):
            since = self.placed_since(care, last)
            if since >= last - _NEWLY_PLACED or (care.ended and care.ended <= last):
                continue
            if not self._may_be_missed(care, since, before, last, missed, counted):
                continue
            chance = rng.random()
            if care.id in missed:
                chance += 0.25 if self.missed_months.get(care.id, 0) < 2 else -0.8
            weighed.append((chance, place, care.id))
        if len(weighed) < count:
            raise InternalError(f"month {number}: too few children who could go unvisited")
        weighed.sort(reverse=True)
        found = {identifier for _, _, identifier in weighed[:count]}
        for care in group:
            months = self.missed_months.get(care.id, 0)
            self.missed_months[care.id] = months + 1 if care.id in found else 0
        return found

    def _may_be_missed(
        self, care: Care, since: int, before: int, last: int, missed: set[str], counted: set[str]
    ) -> bool:
        if since > before or care.id in missed or care.id not in counted:
            return True
        if since >= before - _NEWLY_PLACED:  # placed just then: in time without a visit
            return True
        if self.last_visit.get(care.id, NEVER) >= max(since, before - _CARE_DAYS):
            return True
        limit = last - _CARE_DAYS - 1
        return limit - max(since, first_day_of(before)) >= 4

    def write(self, number: int, missed: set[str], missed_next: set[str]) -> None:
        rng = self.state.rng
        first, last = first_day(number), last_day(number)
        limit = last_day(number + 1) - _CARE_DAYS - 1
        for care in self.state.looked_after[number]:
            since = self.placed_since(care, last)
            end = min(last, care.ended or last)
            if care.id in missed:
                if rng.random() < 0.12:
                    self._write(care, any_day(rng, max(first, since), end, weekends=0), seen=False)
                continue
            start = max(first, since)
            latest = end
            if care.id in missed_next and self._same_placement_next(care, number, since):
                latest = min(end, limit)
            new = since >= last - _NEWLY_PLACED
            fresh = self.last_visit.get(care.id, NEVER) >= max(since, last - _CARE_DAYS)
            if start > latest:
                continue
            if since >= first and rng.random() < 0.8:
                self._write(care, any_day(rng, start, min(latest, since + 6), weekends=0.02))
                fresh = True
            if (not fresh and not new) or (not new and rng.random() < 0.8):
                self._write(care, any_day(rng, start, latest, weekends=0.02))

    def _same_placement_next(self, care: Care, number: int, since: int) -> bool:
        return self.placed_since(care, last_day(number + 1)) == since

    def _write(self, care: Care, day: int, *, seen: bool = True) -> None:
        if (care.id, day) in self._written:
            return
        self._written.add((care.id, day))
        if seen:
            self.last_visit[care.id] = max(day, self.last_visit.get(care.id, NEVER))
        self.state.ledger.add(
            "ssd_cla_visits",
            max(self.state.lag(day), care.recorded),
            None,
            self.state.ledger.id("U"),
            care.id,
            care.child.id,
            day,
            "Y" if seen else "N",
            _alone(self.state, care.child, day, seen=seen),
        )


def first_day_of(last: int) -> int:
    """The first day of the month that ends on that day."""
    return first_day(month_of(last))


def visit_care(state: State, targets: dict[int, Target], placed: Placements) -> None:
    visits = _CareVisits(state, placed)
    missed = visits.missed_next(_FIRST_CARE_MONTH, targets[_FIRST_CARE_MONTH], set(), set())
    for number in range(_FIRST_CARE_MONTH, END + 1):
        following: set[str] = set()
        if number < END:
            counted = {care.id for care in state.looked_after[number]}
            following = visits.missed_next(number + 1, targets[number + 1], missed, counted)
        visits.write(number, missed, following)
        missed = following
