"""Coming into care and leaving it: what each means, and what no choice is left about.

Placements, legal statuses and visits follow in modules of their own, once every period is known.
"""

from __future__ import annotations

from openscorecard.demo.council.assessment import start as start_assessment
from openscorecard.demo.council.asylum import Arrival
from openscorecard.demo.council.days import (
    any_day,
    birthday,
    first_day,
    last_day,
    on_or_before,
    working_day,
)
from openscorecard.demo.council.earlier import LOOKED_AFTER_AT_START, START, Target
from openscorecard.demo.council.front_door import refer
from openscorecard.demo.council.people import NEVER, Care, Child, Referral
from openscorecard.demo.council.state import State, close
from openscorecard.errors import InternalError

_SHORT_BREAKS = 16
_STOCK_AGES = tuple([0] * 5 + [1, 2, 3, 4] * 4 + [5, 6, 7, 8, 9] * 5 + [10, 11, 12, 13, 14, 15] * 7)


def sixteen_or_seventeen(child: Child, day: int) -> bool:
    return birthday(child.born, 16) <= day < child.of_age


def begin_care(
    state: State, referral: Referral, day: int, *, recorded: int = NEVER, short_breaks: bool = False
) -> Care:
    child = referral.child
    care = Care(
        id=state.ledger.id("L"),
        child=child,
        begun=day,
        recorded=recorded or max(state.lag(day), referral.recorded),
        referral=referral.id,
        need=referral.need,
        short_breaks=short_breaks,
    )
    child.care = care
    state.cares[care.id] = care
    state.all_cares.append(care)
    referral.busy = max(referral.busy, day)
    return care


def end_care(state: State, care: Care, day: int, reason: str, *, known: int = NEVER) -> None:
    """Adopted children, those with a guardian and those of 16 and over are closed the same day; the
    others stay children in need for a while."""
    child = care.child
    care.ended = day
    care.reason = reason
    care.end_known = known or state.lag(day)
    del state.cares[care.id]
    child.care = None
    child.last_care = day
    referral = child.referral
    grown = birthday(child.born, 16) <= day
    if grown:
        state.left_care.append(care)
        child.left_grown = True
    if referral is None:
        return
    if reason in ("E11", "E12"):
        close(state, referral, day, "RC1")
    elif reason.startswith("E4") and reason not in ("E4A", "E4B"):
        close(state, referral, day, "RC4")
    elif day >= child.of_age and day - care.begun > 91 and state.rng.random() < 0.35:
        child.leaver_until = day + 30 + int(state.rng.random() * 120)
    elif grown:
        close(state, referral, day, "RC7" if state.rng.random() < 0.8 else "RC6")
    else:
        referral.busy = max(referral.busy, day + 30)


def close_leavers(state: State, last: int) -> None:
    """Referrals of care leavers that somebody had left open."""
    for referral in list(state.open.values()):
        until = referral.child.leaver_until
        if until != NEVER and until <= last:
            close(state, referral, on_or_before(until), "RC7")


def write_stock(state: State, arriving: list[Arrival]) -> None:
    """Who is in care on the first day of the history."""
    rng = state.rng
    first = first_day(START)
    here = [one for one in arriving if one.month < START <= one.of_age]
    for arrival in here:
        day = working_day(rng, first_day(arrival.month), last_day(arrival.month))
        _arrive(state, arrival, day, contact=False)
    grown = 55 - len(here)
    for number in range(LOOKED_AFTER_AT_START - len(here)):
        ages = (16, 17) if number < grown else _STOCK_AGES
        child = state.register.child(first, ages)
        if child.of_age <= first + 3:
            child = state.register.child(first, (16,))
        stay = 20 + int(rng.expovariate(1 / 850))
        day = on_or_before(max(child.born + 3, first - min(stay, 3000)))
        day = max(day, child.born + 1)
        child.recorded = day
        before = max(child.born, day - 10 - int(rng.random() * 150))
        referral = refer(state, child, before, need="N1", contact=False)
        referral.first_assessed = referral.assessed = day
        begin_care(state, referral, day)
    _short_breaks(state)


def _short_breaks(state: State) -> None:
    """Children with disabilities who stay away from home now and then: children in need, and not
    counted as looked after."""
    rng = state.rng
    for number in range(_SHORT_BREAKS):
        month_number = START - 20 + number * 4
        day = working_day(rng, first_day(month_number), last_day(month_number))
        if month_number < START:
            child = state.register.child(day, (4, 5, 6, 7, 8, 9))
            referral = refer(state, child, day - 60, need="N2", contact=False)
            referral.first_assessed = referral.assessed = day - 20
            begin_care(state, referral, day, short_breaks=True)


def change_short_breaks(state: State, target: Target) -> None:
    """Now and then a child begins short breaks, or no longer needs them."""
    first, last = first_day(target.month), last_day(target.month)
    if (target.month - START) % 4 == 1:
        ready = [
            one
            for one in state.open.values()
            if one.begun < first
            and one.need == "N2"
            and one.child.care is None
            and one.child.last_care < first
            and one.child.plan is None
            and 4 * 365 < first - one.child.born < 11 * 365
        ]
        if ready:
            day = working_day(state.rng, first, last)
            begin_care(state, ready[0], day, short_breaks=True)
    if (target.month - START) % 5 == 2:
        ending = [one for one in state.cares.values() if one.short_breaks and one.begun < first]
        end_care(state, ending[0], working_day(state.rng, first, last), "E4A")


def _arrive(state: State, arrival: Arrival, day: int, *, contact: bool) -> Referral:
    child = state.register.born(day, arrival.born(state.rng), asylum=True)
    source = "6" if state.rng.random() < 0.7 else "5C"
    referral = refer(state, child, day, need="N8", source=source, contact=contact)
    start_assessment(state, referral)
    begin_care(state, referral, day)
    return referral


def arrive(state: State, target: Target, arriving: list[Arrival]) -> list[Referral]:
    """The month's unaccompanied children: referred and looked after from the first day."""
    first, last = first_day(target.month), last_day(target.month)
    now = [one for one in arriving if one.month == target.month]
    if len(now) != target["asylum_begun"]:
        raise InternalError("the schedule of arrivals and the target differ")
    return [
        _arrive(state, one, any_day(state.rng, first, last, weekends=0.2), contact=True)
        for one in now
    ]


def come_of_age(state: State, target: Target) -> int:
    """Everybody leaves care on the 18th birthday."""
    last = last_day(target.month)
    most = target["care_ceased"] - target["adopted"] - target["guardianship"]
    _postpone(state, last, most)
    done = 0
    for care in list(state.cares.values()):
        if care.child.of_age <= last:
            chance = state.rng.random()
            reason = "E5" if chance < 0.4 else "E17" if chance < 0.65 else "E8"
            if chance > 0.93:
                reason = "E7"
            end_care(state, care, care.child.of_age, reason)
            done += not care.short_breaks
    return done


def _postpone(state: State, last: int, most: int) -> None:
    """No more come of age in a month than may leave care in it."""
    now = [one for one in state.cares.values() if one.child.of_age <= last and not one.short_breaks]
    free = [one.child for one in now if not one.child.asylum and last - one.begun > 400]
    for child in free[: max(0, len(now) - most)]:
        child.born += 33
        child.of_age = birthday(child.born, 18)
