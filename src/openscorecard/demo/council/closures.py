"""The end of referrals: what is free, so that the stock of children in need comes out right."""

from __future__ import annotations

from openscorecard.demo.council.assessment import write_unfinished
from openscorecard.demo.council.days import (
    any_day,
    first_day,
    last_day,
    later,
    load_day,
    working_day,
)
from openscorecard.demo.council.earlier import Target
from openscorecard.demo.council.people import NEVER, Referral
from openscorecard.demo.council.state import State, close
from openscorecard.errors import InternalError

_NO_ACTION_SHARE = 0.34  # of the month's closures, those after an assessment that leads to nothing
_RESTING = 25  # days a child stays open after a plan or care has ended


def in_need(state: State, month: int) -> list[Referral]:
    """Referrals of the children in need as the load of a month sees them at its end: open, not
    looked after (short breaks apart), on no plan, no care leaver."""
    last, load = last_day(month), load_day(month)
    elsewhere = {id(care.child) for care in state.looked_after[month]}
    elsewhere |= {id(plan.child) for plan in state.on_plan[month]}
    return [
        one
        for one in state.open.values()
        if one.begun <= last
        and one.recorded <= load
        and id(one.child) not in elsewhere
        and one.child.leaver_until <= last
    ]


def end_referrals(state: State, target: Target) -> None:
    """Closes as many as the stock of children in need asks for, the most natural ones first."""
    first, last = first_day(target.month), last_day(target.month)
    now = in_need(state, target.month)
    excess = len(now) - target["in_need"]
    free = [
        one
        for one in now
        if one.child.care is None and one.child.plan is None and one.child.leaver_until == NEVER
    ]
    done = _front_door(state, free, first, last)
    done += _of_age(state, free, last)
    left = excess - done
    if left < 0 and target.exact:
        raise InternalError(f"month {target.month}: {-left} referrals ended too many")
    nothing_more = _after_assessment(state, target, max(0, round(left * _NO_ACTION_SHARE)))
    others = _others(state, free, left - nothing_more, first, last)
    if target.exact and others + nothing_more != left:
        raise InternalError(f"month {target.month}: too few referrals that could end")


def _front_door(state: State, free: list[Referral], first: int, last: int) -> int:
    """Referrals on which nothing was done end within days."""
    done = 0
    for one in free:
        if one.no_action:
            day = max(first, later(one.begun, 1 + int(state.rng.random() * 5)))
            if day <= last:
                close(state, one, day, "RC7")
                done += 1
    return done


def _of_age(state: State, free: list[Referral], last: int) -> int:
    """Nobody stays a child in need past 18: those who get there within two months."""
    done = 0
    for one in free:
        if not one.closed and one.child.of_age <= last + 62:
            if one.assess_from:
                write_unfinished(state, one)
                one.assess_from = NEVER
            day = min(last, one.child.of_age - 1)
            close(state, one, max(day, one.assessed, one.begun), "RC6")
            done += 1
    return done


def _after_assessment(state: State, target: Target, wanted: int) -> int:
    last = last_day(target.month)
    ready = [
        done
        for done in state.assessed_this_month
        if not done.anew and not done.exploited and _may_end(done.referral, last)
    ]
    state.rng.shuffle(ready)
    for done in ready[:wanted]:
        done.no_action = True
        referral = done.referral
        referral.child.last_no_action = done.authorised
        day = any_day(state.rng, done.authorised, min(last, done.authorised + 9), weekends=0.0)
        close(state, referral, max(day, done.authorised, referral.busy), "RC8")
    return min(wanted, len(ready))


def _may_end(referral: Referral, last: int) -> bool:
    child = referral.child
    return (
        not referral.closed
        and not referral.assess_from
        and not referral.no_action
        and referral.busy <= last
        and child.care is None
        and child.plan is None
        and child.leaver_until == NEVER
    )


def _others(state: State, free: list[Referral], wanted: int, first: int, last: int) -> int:
    """Longer work that came to its end: mostly after some months, now and then after years."""
    if wanted <= 0:
        return 0
    weighed = []
    for place, one in enumerate(free):
        if not _may_end(one, last) or not one.first_assessed:
            continue
        months = (last - one.begun) / 30
        weight = 0.4 if months < 2 else 1.6 if months < 8 else 1.0
        weighed.append((state.rng.random() ** (1 / weight), place, one))
    weighed.sort(key=lambda item: item[:2], reverse=True)
    for _, _, one in weighed[:wanted]:
        start = max(first, one.busy + 1, one.begun + 1)
        day = working_day(state.rng, start, last) if start <= last else last
        chance = state.rng.random()
        reason = "RC7" if chance < 0.93 else "RC5" if chance < 0.98 else "RC3"
        close(state, one, max(day, one.busy), reason)
    return min(wanted, len(weighed))
