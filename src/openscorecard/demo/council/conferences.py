"""Section 47 enquiries, and the initial conferences that some lead to."""

from __future__ import annotations

from random import Random

from openscorecard.demo.council.assessment import start
from openscorecard.demo.council.days import (
    FLOOR,
    ORDER,
    WORKING,
    any_day,
    first_day,
    last_day,
    later,
    load_day,
    working_day,
)
from openscorecard.demo.council.earlier import Target
from openscorecard.demo.council.front_door import refer
from openscorecard.demo.council.involvements import Work, worker_on
from openscorecard.demo.council.people import NEVER, Child, Referral
from openscorecard.demo.council.plans import begin_plan
from openscorecard.demo.council.state import Conference, Enquiry, State
from openscorecard.errors import InternalError

_IN_TIME = (4, 15)  # working days from strategy discussion to conference
_OUT_OF_TIME = (16, 30)
_EARLIER_PLAN_SHARE = 0.34  # of enquiries, about children who were on a plan before
_OPEN_ANYWAY_SHARE = 0.06  # about children on a plan or in care: no conference follows
_SOON_SHARE = 0.7  # of the others, those that follow a referral within days
_OLDEST_ON_PLAN = 16 * 365  # days


def enquire(state: State, target: Target, begun: list[Referral]) -> None:
    """The month's enquiries: most soon after a referral, others about children long open."""
    rng = state.rng
    first, last = first_day(target.month), last_day(target.month)
    recent = {one.referral.child.id for one in state.enquiries if one.begun > first - 45}
    ready = [
        one
        for one in state.open.values()
        if one.begun <= last - 2
        and not one.no_action
        and one.child.of_age > last + 90
        and one.child.id not in recent
        and not one.child.asylum
        and not one.transfer
    ]
    ready.sort(key=lambda one: _worry(rng, one.child, first))
    new = {id(one) for one in begun}
    free = [one for one in ready if one.child.care is None and one.child.plan is None]
    earlier = [
        one for one in free if one.child.first_plan and one.child.last_plan_ended < first - 100
    ]
    long_ago = first - 730
    earlier.sort(key=lambda one: rng.random() - 0.9 * (one.child.last_plan_ended < long_ago))
    fresh = [one for one in free if not one.child.first_plan and id(one) in new]
    older = [one for one in free if not one.child.first_plan and id(one) not in new]
    known = [one for one in ready if one.child.care is not None or one.child.plan is not None]
    count = target["enquiries"]
    chosen = known[: round(count * _OPEN_ANYWAY_SHARE)]
    chosen += earlier[: round(count * _EARLIER_PLAN_SHARE)]
    soon = round((count - len(chosen)) * _SOON_SHARE)
    chosen += fresh[:soon]
    chosen += older[: count - len(chosen)]
    chosen += fresh[soon : soon + count - len(chosen)]
    if len(chosen) != count and target.exact:
        raise InternalError("too few children for the month's enquiries")
    for referral in chosen:
        _enquire(state, referral, first, last, soon=id(referral) in new)


def _worry(rng: Random, child: Child, day: int) -> float:
    """Chance, with the smallest children first more often than not."""
    worry = rng.random() + min(15.0, (day - child.born) / 365) * 0.007
    if child.first_plan and child.last_plan_ended < day - 730:  # it comes back after years
        worry -= 0.4
    return worry


def _enquire(state: State, referral: Referral, first: int, last: int, *, soon: bool) -> None:
    rng = state.rng
    earliest = max(first, referral.begun)
    if referral.child.plan:
        earliest = max(earliest, referral.child.plan.begun)
    latest = min(last, referral.begun + 6) if soon else last
    day = any_day(rng, earliest, max(earliest, latest), weekends=0.03)
    enquiry = Enquiry(state.ledger.id("E"), referral, day, max(state.lag(day), referral.recorded))
    referral.busy = max(referral.busy, later(day, 22))
    state.enquiries.append(enquiry)


def settle_enquiries(state: State, last: int) -> None:
    """Sets aside the enquiries that have led to a conference, or no longer will."""
    keep = []
    for enquiry in state.enquiries:
        if enquiry.conference == NEVER and ORDER[last - FLOOR] - ORDER[enquiry.begun - FLOOR] < 30:
            keep.append(enquiry)
        else:
            state.settled.append(enquiry)
    state.enquiries = keep


def write(state: State, work: Work) -> None:
    """The rows of all enquiries and conferences, with whoever worked with the child that day."""
    for enquiry in state.settled + state.enquiries:
        _write_enquiry(state, enquiry, *worker_on(work, enquiry.referral, enquiry.begun))
    for conference in state.conferences:
        _write_conference(state, conference, *worker_on(work, conference.referral, conference.held))


def _write_enquiry(state: State, enquiry: Enquiry, worker: str, team: str) -> None:
    rng = state.rng
    referral = enquiry.referral
    ended = later(enquiry.begun, 3 + int(rng.random() * 12))
    if enquiry.conference:
        ended = min(ended, enquiry.conference)
    if referral.closed:
        ended = min(ended, referral.closed)
    state.ledger.add(
        "ssd_s47_enquiry",
        enquiry.recorded,
        state.lag(ended),
        enquiry.id,
        referral.id,
        referral.child.id,
        enquiry.begun,
        max(ended, enquiry.begun),
        "N" if enquiry.conference or rng.random() < 0.4 else "Y",
        worker,
        team,
    )


def confer(state: State, target: Target) -> None:
    """The month's conferences, each with its outcome, its timeliness and whether the child was on
    a plan before, all three counted."""
    plans = target["conferences_to_plan"]
    slots = ["repeat"] * target["repeat_plans"]
    slots += ["plan"] * (plans - target["repeat_plans"])
    slots += ["none"] * (target["conferences"] - plans)
    rng = state.rng
    rng.shuffle(slots)
    slots.sort(key=lambda kind: kind != "repeat")  # the scarcest are served first
    timely = [True] * target["conferences_in_time"]
    timely += [False] * (len(slots) - len(timely))
    rng.shuffle(timely)
    carried = target.carried_out
    ready = _ready_for_conference(state, target)
    for kind, in_time in zip(slots, timely, strict=True):
        late_begun = bool(carried and kind == "plan" and in_time)
        enquiry = _find(state, target, ready, kind, in_time=in_time, latest=late_begun)
        if enquiry is None:
            if target.exact:
                raise InternalError(f"month {target.month}: no enquiry for {kind} {in_time}")
            continue
        ready.remove(enquiry)
        carried -= late_begun
        _hold(state, target, enquiry, to_plan=kind != "none", in_time=in_time, carried=late_begun)
    for _ in range(target.late("plans_begun")):
        enquiry = _find(state, target, ready, "plan", in_time=True)
        if enquiry is None:
            raise InternalError("no enquiry for a plan recorded late")
        ready.remove(enquiry)
        late = load_day(target.month) + 4 + int(rng.random() * 9)
        _hold(state, target, enquiry, to_plan=True, in_time=True, recorded=late)


def _ready_for_conference(state: State, target: Target) -> list[Enquiry]:
    last = last_day(target.month)
    found = [
        one
        for one in state.enquiries
        if one.conference == NEVER
        and not one.referral.closed
        and one.referral.child.care is None
        and one.referral.child.plan is None
        and last - one.referral.child.born < _OLDEST_ON_PLAN
    ]
    first = first_day(target.month)
    return sorted(found, key=lambda one: _worry(state.rng, one.referral.child, first))


def _find(
    state: State,
    target: Target,
    ready: list[Enquiry],
    kind: str,
    *,
    in_time: bool,
    latest: bool = False,
) -> Enquiry | None:
    """An enquiry about a child who was on a plan before ("repeat"), was on none ("plan"), or for a
    conference that leads to none, about any; `latest`: one whose conference can be the month's
    last."""
    if latest:
        ready = sorted(ready, key=lambda one: one.begun, reverse=True)
        end = ORDER[last_day(target.month) - FLOOR]
    for enquiry in ready:
        window = _conference_window(enquiry, target, in_time=in_time)
        if window is None or (latest and window[1] < end):
            continue
        child = enquiry.referral.child
        earlier = bool(child.first_plan)
        if kind != "none" and earlier != (kind == "repeat"):
            continue
        if kind == "none" and earlier and state.rng.random() < 0.7:
            continue
        return enquiry
    return None


def _conference_window(
    enquiry: Enquiry, target: Target, *, in_time: bool
) -> tuple[int, int] | None:
    low, high = _IN_TIME if in_time else _OUT_OF_TIME
    order = ORDER[enquiry.begun - FLOOR]
    born = enquiry.referral.child.born  # nobody is conferred on before birth
    first = max(first_day(target.month), born + 1)
    earliest = max(order + low, ORDER[first - 1 - FLOOR] + 1)
    latest = min(order + high, ORDER[last_day(target.month) - FLOOR])
    return (earliest, latest) if earliest <= latest else None


def _hold(
    state: State,
    target: Target,
    enquiry: Enquiry,
    *,
    to_plan: bool,
    in_time: bool,
    carried: bool = False,
    recorded: int = NEVER,
) -> None:
    window = _conference_window(enquiry, target, in_time=in_time)
    assert window is not None
    low, high = window
    share = max(state.rng.random(), state.rng.random())
    day = WORKING[high - 1 if carried else low - 1 + int(share * (high - low + 1))]
    enquiry.conference = day
    referral = enquiry.referral
    seen = recorded or max(state.lag(day), enquiry.recorded)
    plan = None
    conference = state.ledger.id("C")
    if to_plan:
        start_day = later(last_day(target.month), 1) if carried else day
        plan = begin_plan(state, referral.child, start_day, max(seen, start_day), conference)
    referral.busy = max(referral.busy, day)
    state.conferences.append(
        Conference(conference, referral, enquiry, day, seen, plan, transfer=False)
    )


def _write_conference(state: State, conference: Conference, worker: str, team: str) -> None:
    enquiry, plan = conference.enquiry, conference.plan
    state.ledger.add(
        "ssd_initial_cp_conference",
        conference.recorded,
        None,
        conference.id,
        enquiry.id if enquiry else None,
        conference.referral.child.id,
        plan.id if plan else None,
        conference.referral.id,
        "Y" if conference.transfer else "N",
        later(enquiry.begun, 15) if enquiry else None,
        conference.held,
        "Y" if plan else "N",
        team,
        worker,
    )


def transfer_in(state: State, target: Target) -> list[Referral]:
    """Children who come from another council's plan: referred, and conferred on within weeks."""
    rng = state.rng
    first, last = first_day(target.month), last_day(target.month)
    begun = []
    for number in range(target["transfers"]):
        day = working_day(rng, first, last - 17)
        child = state.register.child(day, tuple(range(1, 15)))
        referral = refer(state, child, day, need="N1", source="5C")
        referral.transfer = True
        start(state, referral)
        held = later(day, 4 + int(rng.random() * 6))
        conference = state.ledger.id("C")
        seen = max(state.lag(held), referral.recorded)
        plan = None
        if number < target["transfers_to_plan"]:
            plan = begin_plan(state, child, held, seen, conference)
        state.conferences.append(
            Conference(conference, referral, None, held, seen, plan, transfer=True)
        )
        referral.busy = max(referral.busy, held + 20)
        begun.append(referral)
    return begun
