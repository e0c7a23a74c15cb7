"""Who comes into care in a month and who leaves it, and why."""

from __future__ import annotations

from collections.abc import Callable

from openscorecard.demo.council.care import begin_care, end_care, sixteen_or_seventeen
from openscorecard.demo.council.days import (
    any_day,
    birthday,
    first_day,
    last_day,
    load_day,
    month,
    working_day,
)
from openscorecard.demo.council.earlier import Target
from openscorecard.demo.council.people import NEVER, Care, Referral
from openscorecard.demo.council.plans import cancel_review, end_plan
from openscorecard.demo.council.state import State
from openscorecard.errors import InternalError

_ON_PLAN_SHARE = 0.45  # of those who come into care, children on a plan
_STAY_ON_PLAN = (month("2020-01"), month("2020-04"))
_STAYING = 2  # children who stay on their plan in care, from one of those months on
# Special guardianship: who the guardian is has had codes of its own since April 2019.
_GUARDIAN_UNTIL_2019 = ("E44", "E44", "E43")
_GUARDIAN = ("E45", "E46", "E47", "E47", "E48")
_GUARDIAN_CODES_FROM = first_day(month("2019-04"))
_ENTRY_AGES = ((0, 1, 27), (1, 5, 21), (5, 10, 18), (10, 16, 34))
_ENTRY_AGE_OF = tuple((low, high) for low, high, share in _ENTRY_AGES for _ in range(share))


def change_care(state: State, target: Target, of_age: int) -> list[Care]:
    """The other starts and ends of the month; gives the starts. The number of those of 16 and 17 is
    kept by whom they are."""
    last, load = last_day(target.month), load_day(target.month)
    grown = sum(sixteen_or_seventeen(one.child, last) for one in state.known_in_care(last))
    wanted = target["looked_after_16_17"] - grown
    most = target["care_begun"] - target["asylum_begun"]
    least = of_age + target["adopted"] + target["guardianship"] - target["care_ceased"]
    if wanted > most:
        wanted -= _choose_birthdays(state, last, wanted - most, sooner=True)
    elif wanted < least:
        wanted += _choose_birthdays(state, last, least - wanted, sooner=False)
    begun = _begin(state, target, of_age, max(0, wanted))
    _end(state, target, of_age, max(0, -wanted))
    for _ in range(target.late("care_ceased")):
        care = _leaver(state, target, lambda care: care.child.born > last - 14 * 365)
        day = working_day(state.rng, last - 14, last)
        end_care(state, care, day, "E4A", known=load + 3 + int(state.rng.random() * 10))
    return begun


def _choose_birthdays(state: State, last: int, count: int, *, sooner: bool) -> int:
    """Turns so many children 16 some weeks sooner or later. Only of those long in care, on whose
    birthday nothing has depended so far."""
    ready = [
        care.child
        for care in state.cares.values()
        if last - care.begun > 700
        and not care.child.asylum
        and not care.short_breaks
        and last - care.child.recorded > 700
    ]
    done = 0
    for child in ready:
        after = birthday(child.born, 16) - last
        if done < count and (0 < after <= 60 if sooner else -27 <= after <= 0):
            child.born += (-after - 3) if sooner else 32
            child.of_age = birthday(child.born, 18)
            done += 1
    return done


def _begin(state: State, target: Target, of_age: int, grown: int) -> list[Care]:
    rng = state.rng
    first, last = first_day(target.month), last_day(target.month)
    ends = max(0, target["care_ceased"] - of_age)
    count = target["looked_after"] - len(state.known_in_care(last)) + ends
    if target.exact and count != target["care_begun"] - target["asylum_begun"]:
        raise InternalError(f"month {target.month}: {count} would have to come into care")
    late = target.late("care_begun")
    if grown > count:
        if target.exact:
            raise InternalError(f"month {target.month}: {grown} of 16 and 17 have to come in")
        grown = count
    ready = [
        one
        for one in state.open.values()
        if one.begun <= last - 8
        and one.child.care is None
        and one.child.leaver_until == NEVER
        and not one.no_action
        and one.recorded <= last
        and one.child.last_care < first - 60
        and (one.child.plan is None or one.child.plan.begun <= last - 8)
    ]
    rng.shuffle(ready)
    begun = []
    for number in range(count + late):
        is_late = number >= count
        referral = _entrant(state, ready, last, grown=number < grown, late=is_late)
        ready.remove(referral)
        child = referral.child
        earliest = max(first, referral.begun + 1, child.born + 1)
        if child.plan:
            earliest = max(earliest, child.plan.begun + 1)
        if is_late:
            earliest = max(earliest, last - 20)
        day = any_day(rng, earliest, last, weekends=0.1)
        recorded = load_day(target.month) + 3 + int(rng.random() * 10) if is_late else NEVER
        plan = child.plan
        care = begin_care(state, referral, day, recorded=recorded)
        begun.append(care)
        if plan is None:
            continue
        staying = _STAY_ON_PLAN[0] <= target.month <= _STAY_ON_PLAN[1]
        if (
            staying
            and sum(one.kept for one in state.cares.values()) < _STAYING
            and 3 * 365 < last - child.born < 12 * 365
        ):
            plan.kept = care.kept = True
        else:
            end_plan(state, plan, day)
            cancel_review(state, plan)
    return begun


def _entrant(
    state: State, ready: list[Referral], last: int, *, grown: bool, late: bool
) -> Referral:
    """Somebody of the age drawn, on a plan or not as drawn; else the nearest to it."""
    rng = state.rng
    low, high = _ENTRY_AGE_OF[int(rng.random() * 100)]
    on_plan = rng.random() < _ON_PLAN_SHARE and not late
    found = None
    for referral in ready:
        child = referral.child
        if grown:
            if sixteen_or_seventeen(child, last) and child.of_age > last + 120:
                return referral
            continue
        age = (last - child.born) / 365.25
        if age >= 15 or age < 0.03 or (late and (child.plan is not None or age > 14)):
            continue
        found = found or referral
        if low <= age < high:
            if (child.plan is not None) == on_plan:
                return referral
            if not late:
                found = referral
    if found is None:
        raise InternalError("nobody who could come into care")
    return found


def _end(state: State, target: Target, of_age: int, grown: int) -> None:
    rng = state.rng
    first, last = first_day(target.month), last_day(target.month)
    left = target["care_ceased"] - of_age
    adopted = min(target["adopted"], max(0, left))
    guardians = min(target["guardianship"], max(0, left - adopted))
    homes = left - adopted - guardians
    if target.exact and (homes < grown or homes < 0 or adopted != target["adopted"]):
        raise InternalError(f"month {target.month}: {of_age} come of age, {grown} more to leave")
    year = 365
    for _ in range(adopted):
        care = _leaver(state, target, _stayed(first, 300, 4 * year), _stayed(first, 240, 7 * year))
        end_care(
            state, care, _day(state, care, first, last), "E12" if rng.random() < 0.6 else "E11"
        )
    for _ in range(guardians):
        care = _leaver(state, target, _stayed(first, 180, 13 * year))
        day = _day(state, care, first, last)
        codes = _GUARDIAN if day >= _GUARDIAN_CODES_FROM else _GUARDIAN_UNTIL_2019
        end_care(state, care, day, codes[int(rng.random() * len(codes))])
    for number in range(homes):
        if number < grown:
            care = _leaver(state, target, lambda care: sixteen_or_seventeen(care.child, last))
        elif rng.random() < 0.3:  # many of 15 go back to their families
            care = _leaver(state, target, _nearly_sixteen(first), _stayed(first, 5, 16 * year))
        elif rng.random() < 0.6:  # and many before they settle
            care = _leaver(state, target, _not_long(first), _stayed(first, 5, 16 * year))
        else:
            care = _leaver(state, target, _stayed(first, 5, 16 * year, soon=True))
        chance = rng.random()
        reason = "E4A" if chance < 0.5 else "E4B" if chance < 0.72 else "E13"
        if chance > 0.84:
            reason = "E8" if chance < 0.93 else "E3"
        end_care(state, care, _day(state, care, first, last), reason)


def _stayed(first: int, least: int, oldest: int, *, soon: bool = False) -> Callable[[Care], bool]:
    """In care for so many days, and not older than that; `soon` prefers the first months."""

    def fits(care: Care) -> bool:
        if first - care.begun < least or first - care.child.born >= oldest - 31:
            return False
        return not soon or (first - care.begun) < 500 or care.begun % 3 == 0

    return fits


def _not_long(first: int) -> Callable[[Care], bool]:
    def fits(care: Care) -> bool:
        return 5 <= first - care.begun < 200 and first - care.child.born < 16 * 365 - 31

    return fits


def _nearly_sixteen(first: int) -> Callable[[Care], bool]:
    def fits(care: Care) -> bool:
        return 15 * 365 < first - care.child.born < 16 * 365 - 31

    return fits


def _leaver(state: State, target: Target, *tests: Callable[[Care], bool]) -> Care:
    """Somebody in care who passes the first test, else the next."""
    first = first_day(target.month)
    ready = [
        one
        for one in state.cares.values()
        if one.begun < first
        and one.recorded < first
        and not one.kept
        and not one.short_breaks
        and not one.child.asylum
    ]
    for fits in tests:
        found = [one for one in ready if fits(one)]
        if found:
            return found[int(state.rng.random() * len(found))]
    raise InternalError(f"month {target.month}: nobody in care who could leave so")


def _day(state: State, care: Care, first: int, last: int) -> int:
    return working_day(state.rng, max(first, care.begun + 2), last)
