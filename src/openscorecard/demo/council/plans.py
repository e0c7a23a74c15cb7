"""Child protection plans: their reviews and their ends."""

from __future__ import annotations

from openscorecard.demo.council.days import (
    first_day,
    last_day,
    later,
    load_day,
    working_day,
)
from openscorecard.demo.council.earlier import Target
from openscorecard.demo.council.people import NEVER, Care, Child, Plan
from openscorecard.demo.council.state import State
from openscorecard.demo.council.tables import Value
from openscorecard.errors import InternalError

_CATEGORIES = tuple(["NEG"] * 45 + ["EMO"] * 42 + ["PHY"] * 8 + ["SAB"] * 4 + ["MUL"] * 1)
_LONGEST = 700  # days: hardly any plan goes on for two years
_FIRST_REVIEW, _NEXT_REVIEW = 85, 175


def begin_plan(state: State, child: Child, day: int, recorded: int, conference: str) -> Plan:
    assert child.referral is not None
    plan = Plan(
        id=state.ledger.id("P"),
        child=child,
        begun=day,
        recorded=recorded,
        referral=child.referral.id,
        conference=conference,
        category=_CATEGORIES[int(state.rng.random() * len(_CATEGORIES))],
    )
    state.plans[plan.id] = plan
    state.all_plans.append(plan)
    child.plan = plan
    child.first_plan = child.first_plan or day
    put_review_in_diary(state, plan, day, day + _FIRST_REVIEW + int(state.rng.random() * 7))
    return plan


def put_review_in_diary(state: State, plan: Plan, planned_on: int, due: int) -> None:
    """The next review is put in the diary: a row with a due date and no date yet."""
    plan.review_row = state.ledger.id("V")
    plan.review_due = later(due, 0)
    plan.last_review = planned_on
    plan.review_recorded = max(plan.recorded, planned_on + 1)


def _write_review(
    state: State, plan: Plan, held: int, *, goes_on: bool, known: int = NEVER
) -> None:
    state.ledger.add(
        "ssd_cp_reviews",
        min(plan.review_recorded, held + 3),
        known or max(state.lag(held), plan.review_recorded),
        *_review_values(plan),
        held,
        "Y" if goes_on else "N",
    )


def _review_values(plan: Plan) -> tuple[Value, ...]:
    return plan.review_row, plan.child.id, plan.id, plan.review_due


def cancel_review(state: State, plan: Plan) -> None:
    """The plan has ended without the review in the diary, which goes when the end is recorded."""
    state.ledger.add_until(
        "ssd_cp_reviews", plan.review_recorded, plan.end_known, *_review_values(plan), None, None
    )


def end_plan(state: State, plan: Plan, day: int, *, known: int = NEVER) -> None:
    plan.ended = day
    plan.end_known = known or max(state.lag(day), plan.recorded)
    del state.plans[plan.id]
    child = plan.child
    child.plan = None
    child.last_plan_ended = day
    if child.referral is not None:
        child.referral.busy = max(child.referral.busy, day + 25)


def review_and_end(state: State, target: Target, entering_care: list[Care]) -> None:
    """The month's reviews and the plans that end, most of them at one. Those whose child came into
    care have ended already (`entering_care`) and count."""
    first, last = first_day(target.month), last_day(target.month)
    ended_by_care = sum(1 for care in entering_care if care.child.last_plan_ended == care.begun)
    endings = len(state.known_on_plan(last)) - target["on_plan"]
    if target.exact and endings != target["plans_ended"] - ended_by_care:
        raise InternalError(f"month {target.month}: {endings} plans would have to end")
    endings += target.late("plans_ended")
    due = [
        plan
        for plan in state.plans.values()
        if plan.begun < first - 20
        and plan.recorded < first
        and not plan.kept
        and not plan.other_council
    ]
    due.sort(key=lambda plan: (plan.review_due, plan.id))
    ending = _choose_ends(state, due, max(0, endings), first, last)
    if len(ending) != max(0, endings) and target.exact:
        raise InternalError(f"month {target.month}: {len(ending)} plans could end, not {endings}")
    at_review = 0
    for number, plan in enumerate(ending):
        late = number < target.late("plans_ended")
        at_review += _end(state, plan, first, last, target, late=late)
    others = [plan for plan in due if plan.ended == NEVER] + [
        plan for plan in state.plans.values() if plan.kept
    ]
    others.sort(key=lambda plan: (plan.review_due, plan.id))
    left = target["reviewed"] - at_review
    held = 0
    for plan in others:
        if held == left:
            break
        if plan.last_review > first - 45 and plan.last_review > plan.begun:
            continue
        if not target.exact and plan.review_due > last + 70:
            break
        _review(state, plan, first, last)
        held += 1
    if held != left and target.exact:
        raise InternalError(f"month {target.month}: {held} plans to review, not {left}")


def _choose_ends(state: State, due: list[Plan], count: int, first: int, last: int) -> list[Plan]:
    """Plans end when they are reviewed: some at the first review, more at the second."""
    weighed = []
    for place, plan in enumerate(due):
        length = last - plan.begun
        if length < 75 or plan.begun < plan.last_review > first - 45:
            continue
        near = plan.review_due <= last + 35
        weight = 0.15 if not near else 1.0 if length < 150 else 2.0 if length < 420 else 3.0
        if length > _LONGEST:
            weight = 60.0
        weighed.append((state.rng.random() ** (1 / weight), place, plan))
    weighed.sort(key=lambda item: item[:2], reverse=True)
    return [plan for _, _, plan in weighed[:count]]


def _end(state: State, plan: Plan, first: int, last: int, target: Target, *, late: bool) -> bool:
    """Whether the month's load knows of the review at which it ended."""
    day = working_day(state.rng, last - 7 if late else max(first, plan.begun + 1), last)
    known = max(state.lag(day), plan.review_recorded)  # of the review and the end: written at once
    if late:
        known = load_day(target.month) + 3 + int(state.rng.random() * 9)
    _write_review(state, plan, day, goes_on=False, known=known)
    end_plan(state, plan, day, known=known)
    return not late


def _review(state: State, plan: Plan, first: int, last: int) -> None:
    near = min(max(plan.review_due, first + 3), last - 2)
    day = working_day(state.rng, max(first, near - 12), min(last, near + 6))
    _write_review(state, plan, day, goes_on=True)
    put_review_in_diary(state, plan, day, day + _NEXT_REVIEW + int(state.rng.random() * 8))


def write_plans(state: State) -> None:
    """The rows of all plans, and the reviews still in the diary."""
    for plan in state.plans.values():
        if not plan.other_council:
            state.ledger.add(
                "ssd_cp_reviews", plan.review_recorded, None, *_review_values(plan), None, None
            )
    for plan in state.all_plans:
        state.ledger.add(
            "ssd_cp_plans",
            plan.recorded,
            plan.end_known or None,
            plan.id,
            plan.referral or None,
            plan.conference or None,
            plan.child.id,
            plan.begun,
            plan.ended or None,
            plan.category,
            "Y" if plan.other_council else "N",
            plan.category if state.rng.random() < 0.93 else "MUL",
        )
