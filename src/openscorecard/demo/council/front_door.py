"""The front door: contacts, the referrals that some become, and the decision on each."""

from __future__ import annotations

from collections.abc import Callable

from openscorecard.demo.council.days import (
    any_day,
    first_day,
    last_day,
    later,
    load_day,
    year_before,
)
from openscorecard.demo.council.earlier import Target
from openscorecard.demo.council.early_help import step_up
from openscorecard.demo.council.people import AGES_REFERRED, Child, Referral
from openscorecard.demo.council.state import State
from openscorecard.errors import InternalError

_SOURCES = tuple(
    ["6"] * 28 + ["2A"] * 17 + ["2B"] * 3 + ["3A"] * 3 + ["3B"] * 4 + ["3C"] * 2 + ["3D"] * 2
    + ["3E"] * 4 + ["3F"] * 4 + ["4"] * 2 + ["5A"] * 4 + ["5B"] * 4 + ["5C"] * 3 + ["5D"] * 4
    + ["7"] * 3 + ["8"] * 3 + ["9"] * 3 + ["1A"] * 5 + ["1B"] * 1 + ["1C"] * 1 + ["1D"] * 1
)  # fmt: skip
_NEEDS = tuple(
    ["N1"] * 55 + ["N2"] * 6 + ["N3"] * 4 + ["N4"] * 12 + ["N5"] * 14 + ["N6"] * 4 + ["N7"] * 1
    + ["N8"] * 2 + ["N9"] * 2
)  # fmt: skip
_KNOWN_SHARE = 0.30  # of new referrals, from children of whom there was a contact before
_UNBORN_SHARE = 0.025
_RETURN_SHARE = 0.2  # back, but not within a year of an assessment that led to nothing
_SHORTEST_GAP = 62  # days between two referrals of one child


def refer(
    state: State, child: Child, day: int, *, need: str = "", source: str = "", contact: bool = True
) -> Referral:
    """Opens a referral, with the contact that led to it."""
    rng = state.rng
    referral = Referral(
        id=state.ledger.id("R"),
        child=child,
        begun=day,
        recorded=state.lag(day),
        need=need or _NEEDS[int(rng.random() * len(_NEEDS))],
        source=source or _SOURCES[int(rng.random() * len(_SOURCES))],
        worker=state.roster.next("assessment"),
    )
    child.recorded = min(child.recorded, day)
    state.open[referral.id] = referral
    state.referrals.append(referral)
    child.referral = referral
    child.last_referral = day
    if contact:
        _contact(state, child, day, referral.source)
    return referral


def _contact(state: State, child: Child, day: int, source: str, *, gone: int | None = None) -> None:
    child.recorded = min(child.recorded, day)
    row = (state.lag(day), None, gone, state.ledger.id("K"), child.id, day, source)
    state.ledger.rows["ssd_contacts"].append(row)


def may_return(child: Child, day: int) -> bool:
    return (
        child.referral is None
        and child.care is None
        and child.plan is None
        and not child.left_grown  # care leavers have a team of their own
        and day - child.last_closed >= 14
        and day - child.last_referral >= _SHORTEST_GAP
        and day < child.of_age - 200
        and child.born < day
    )


def _draw(state: State, pool: list[Child], fits: Callable[[Child], bool]) -> Child | None:
    """Somebody from the pool who fits, who leaves it; None after many tries. Those who joined it
    lately come back sooner than others."""
    for _ in range(min(len(pool) * 2, 400)):
        place = int(state.rng.random() ** 0.4 * len(pool))
        if fits(pool[place]):
            pool[place], pool[-1] = pool[-1], pool[place]
            return pool.pop()
    return None


def referrals(state: State, target: Target) -> list[Referral]:
    """The month's referrals but those that other parts open (arrivals, transfer-ins): who has been
    here before is chosen first, since the re-referrals are counted."""
    begun = _returned(state, target) + _stepped_up(state, target)
    rng = state.rng
    first, last = first_day(target.month), last_day(target.month)
    missing = target["referrals"] - len(begun) - target["asylum_begun"] - target["transfers"]
    returning = round(_RETURN_SHARE * target["referrals"] * (0.8 + 0.4 * rng.random()))
    for number in range(missing):
        day = any_day(rng, first, last, weekends=0.04)
        child = None
        if number < returning:
            child = _draw(state, state.closed, _fits_return(day, no_action=False))
            if child is None:
                child = _draw(
                    state, state.closed_after_assessment, _fits_return(day, no_action=False)
                )
        elif rng.random() < _KNOWN_SHARE:
            child = _draw(state, state.known, _fits_return(day, no_action=False))
        if child is None and rng.random() < _UNBORN_SHARE:
            child = state.register.unborn(day)
        begun.append(refer(state, child or state.register.child(day, AGES_REFERRED), day))
    return begun


def _fits_return(day: int, *, no_action: bool) -> Callable[[Child], bool]:
    """Whether somebody may come back that day, within a year of an assessment that led to nothing
    (`no_action`), or not."""
    start = year_before(day)

    def fits(child: Child) -> bool:
        return may_return(child, day) and (start <= child.last_no_action < day) == no_action

    return fits


def _returned(state: State, target: Target) -> list[Referral]:
    begun = []
    first, last = first_day(target.month), last_day(target.month)
    for _ in range(target["rereferrals"]):
        day = any_day(state.rng, first, last, weekends=0.04)
        pool = state.closed_after_assessment
        child = _draw(state, pool, _fits_return(day, no_action=True))
        if child is not None:
            begun.append(refer(state, child, day))
        elif target.exact:
            raise InternalError("nobody to be re-referred")
    return begun


def _stepped_up(state: State, target: Target) -> list[Referral]:
    """Children whose early help ends because social care takes over."""
    begun = []
    first, last = first_day(target.month), last_day(target.month)
    for _ in range(target["stepped_up"]):
        day = any_day(state.rng, first, last, weekends=0.0)
        fits = _fits_return(day, no_action=False)
        found = next(
            (one for one in state.early_help if one.begun < day - 14 and fits(one.child)), None
        )
        if found is None:
            if target.exact:
                raise InternalError("nobody in early help to be stepped up")
            continue
        step_up(state, found, day - 3 + int(state.rng.random() * 8))
        begun.append(refer(state, found.child, day, source="5D"))
    return begun


def decide(state: State, target: Target, begun: list[Referral]) -> None:
    """The decision on each referral: all within a working day but the few that were slow, of which
    some were not even on record when the month's load was taken."""
    rng = state.rng
    slow = set(rng.sample(range(len(begun)), len(begun) - target["decided_in_time"]))
    for number, referral in enumerate(begun):
        recorded = referral.recorded
        if number in slow:
            day = later(referral.begun, 2 + int(rng.random() * 4))
            if rng.random() < 0.25:
                recorded = load_day(target.month) + 1 + int(rng.random() * 20)
        elif rng.random() < 0.6:
            day = referral.begun
        else:
            day = later(referral.begun, int(rng.random() * 2))
        state.ledger.add(
            "front_door_decisions",
            max(day + int(rng.random() * 2), recorded),
            None,
            state.ledger.id("D"),
            referral.id,
            referral.child.id,
            day,
        )


def contacts(state: State, target: Target) -> None:
    """The contacts that led to no referral: about open children, about children known from before,
    and about new ones."""
    rng = state.rng
    first, last = first_day(target.month), last_day(target.month)
    open_now = [one for one in state.open.values() if one.begun < first]
    for number in range(target["contacts"] - target["referrals"]):
        day = any_day(rng, first, last, weekends=0.1)
        chance = rng.random()
        child = None
        if chance < 0.28:
            child = open_now[int(rng.random() * len(open_now))].child
        elif chance < 0.84 and state.known:
            child = state.known[int(rng.random() * len(state.known))]
        elif chance < 0.91 and state.closed:
            child = state.closed[int(rng.random() * len(state.closed))]
        if child is None or not child.born <= day < child.of_age:
            child = state.register.child(day, AGES_REFERRED)
            state.known.append(child)
        # The first is taken out weeks later: it was written up under the wrong child.
        gone = None if number else later(last + 20, int(rng.random() * 30))
        _contact(state, child, day, _SOURCES[int(rng.random() * len(_SOURCES))], gone=gone)
    for _ in range(3):  # found later, when a mailbox was cleared
        day = any_day(rng, first, last, weekends=0.1)
        child = state.known[int(rng.random() * len(state.known))]
        if child.born <= day < child.of_age and child.recorded <= day:
            seen = later(last + 14, int(rng.random() * 20))
            state.ledger.add("ssd_contacts", seen, None, state.ledger.id("K"), child.id, day, "6")
