"""Assessments: begun soon after the referral, authorised so that each band of working days gets
the month's number, and the factors that were found.

Which assessment is authorised in a month is decided in that month; its start was known since the
referral. Where a band has too few, an open child is assessed anew: that has no date of its own
before.
"""

from __future__ import annotations

from openscorecard.demo.council.days import (
    FLOOR,
    ORDER,
    WORKING,
    between,
    birthday,
    first_day,
    last_day,
    later,
    load_day,
)
from openscorecard.demo.council.earlier import Target
from openscorecard.demo.council.people import NEVER, Assessment, Child, Referral
from openscorecard.demo.council.state import State
from openscorecard.errors import InternalError

_LIMITS = {
    "days_10": (0, 10),
    "days_25": (11, 25),
    "days_35": (26, 35),
    "days_45": (36, 45),
    "days_more": (46, 75),
}
_ORDER = ("days_more", "days_45", "days_35", "days_10", "days_25")
_REASSESSED_SHARE = 0.08
_OPEN_MONTHS = 1.45  # assessments under way, in months of work
_FACTORS = tuple(
    ["3B"] * 38 + ["4B"] * 30 + ["17A"] * 20 + ["16A"] * 18 + ["2B"] * 18 + ["1B"] * 16
    + ["4A"] * 12 + ["18C"] * 8 + ["20"] * 8 + ["14A"] * 6 + ["3A"] * 6 + ["2A"] * 5 + ["19C"] * 4
    + ["5A"] * 5 + ["6A"] * 4 + ["6B"] * 4 + ["15A"] * 4 + ["3C"] * 4 + ["5B"] * 3 + ["13A"] * 3
    + ["10A"] * 3 + ["19B"] * 2 + ["18B"] * 3 + ["7A"] * 3 + ["1A"] * 2 + ["6C"] * 2 + ["12A"] * 1
)  # fmt: skip
_EXPLOITED = "11A"  # sexual exploitation


def begin(state: State, target: Target, following: Target, begun: list[Referral]) -> None:
    """Which of the month's referrals are assessed; the others end at the front door."""
    under_way = sum(1 for one in state.open.values() if one.assess_from)
    work = (target.assessments + following.assessments) / 2 * (1 - _REASSESSED_SHARE)
    wanted = work + (0.4 * (_OPEN_MONTHS * work - under_way))
    ready = [one for one in begun if not one.assess_from]
    number = max(0, min(round(wanted), round(0.95 * len(ready))))
    state.rng.shuffle(ready)
    # Those nearly of age are left to other services.
    ready.sort(key=lambda one: birthday(one.child.born, 17) + 60 < one.begun)
    for place, referral in enumerate(ready):
        if place < number:
            start(state, referral)
        else:
            referral.no_action = True


def start(state: State, referral: Referral) -> None:
    """The assessment starts on the day of the referral or within days."""
    referral.assess_from = later(referral.begun, int(state.rng.random() ** 2 * 4))


def authorise(state: State, target: Target) -> None:
    """The assessments that a manager authorised in the month, band by band."""
    first, last = first_day(target.month), last_day(target.month)
    rng = state.rng
    waiting = [one for one in state.open.values() if one.assess_from and one.assess_from <= last]
    rng.shuffle(waiting)
    waiting.sort(key=lambda one: one.assess_from // 4)
    exploited = _exploited_first(target, waiting, first, last)
    state.assessed_this_month = []
    for band in _ORDER:
        low, high = _LIMITS[band]
        left = target[band]
        for referral in list(waiting):
            window = _window(referral.assess_from, low, high, first, last)
            if left == 0:
                break
            if window is not None:
                waiting.remove(referral)
                day = _pick(state, window, early=referral in exploited)
                _authorise(state, referral, referral.assess_from, day, anew=False)
                referral.assess_from = NEVER
                left -= 1
        if left:
            _assess_anew(state, target, left, low, high)
    _mark_exploited(state, target, exploited)


def _window(begun: int, low: int, high: int, first: int, last: int) -> tuple[int, int] | None:
    """The numbers of the working days in the month that lie in the band; None if there are none.
    An assessment that starts late in the month is not done the same day."""
    order = ORDER[begun - FLOOR]
    earliest = max(order + max(low, 2), ORDER[first - 1 - FLOOR] + 1)
    latest = min(order + high, ORDER[last - FLOOR])
    return (earliest, latest) if earliest <= latest else None


def _pick(state: State, window: tuple[int, int], *, early: bool = False) -> int:
    """People finish shortly before a limit."""
    low, high = window
    chance = state.rng.random()
    share = chance if early else max(chance, state.rng.random())
    return WORKING[low - 1 + int(share * (high - low + 1))]


def _exploited_first(
    target: Target, waiting: list[Referral], first: int, last: int
) -> list[Referral]:
    """Children of 13 and more referred this month, for whom an assessment done this month has to
    find exploitation: they go to the head of the queue."""
    found = []
    for referral in waiting:
        if (
            referral.begun >= first
            and between(referral.assess_from, last) >= 6
            and _thirteen(referral.child, referral.begun)
        ):
            found.append(referral)
    chosen = found[: target["exploited"]]
    if len(chosen) < target["exploited"] and target.exact:
        raise InternalError("too few referrals of teenagers early in the month")
    for referral in reversed(chosen):
        waiting.remove(referral)
        waiting.insert(0, referral)
    return chosen


def _thirteen(child: Child, day: int) -> bool:
    return birthday(child.born, 13) <= day


def _assess_anew(state: State, target: Target, count: int, low: int, high: int) -> None:
    """Open children whose circumstances changed."""
    rng = state.rng
    first, last = first_day(target.month), last_day(target.month)
    ready = [
        one
        for one in state.open.values()
        if not one.assess_from
        and not one.no_action
        and one.first_assessed
        and one.first_assessed < first - 40
        and one.child.of_age > last
        and one.child.born < first - 130
    ]
    rng.shuffle(ready)
    high = min(high, 60)
    for referral in ready:
        if count == 0:
            return
        day = WORKING[
            ORDER[first - 1 - FLOOR]
            + int(rng.random() * (ORDER[last - FLOOR] - ORDER[first - 1 - FLOOR]))
        ]
        length = max(2, low) + int(rng.random() * (high - max(2, low) + 1))
        begun = WORKING[ORDER[day - FLOOR] - length - 1]
        if begun <= max(referral.assessed, referral.begun) + 20:
            continue
        _authorise(state, referral, begun, day, anew=True)
        count -= 1
    if count and target.exact:
        raise InternalError("nobody left to be assessed anew")


def _authorise(state: State, referral: Referral, begun: int, day: int, *, anew: bool) -> None:
    if not referral.first_assessed:
        referral.first_assessed = day
    referral.assessed = day
    referral.busy = max(referral.busy, day)
    done = Assessment(state.ledger.id("A"), referral, begun, day, state.lag(day), anew=anew)
    state.assessments.append(done)
    state.assessed_this_month.append(done)


def _mark_exploited(state: State, target: Target, expected: list[Referral]) -> None:
    """The month's referrals of teenagers with factor 11A by the load: as many as they have to be.
    A referral of the month before was counted by a load that did not know this assessment."""
    first = first_day(target.month)
    this_month = []
    for done in state.assessed_this_month:
        begun = done.referral.begun
        teenager = _thirteen(done.referral.child, begun)
        if teenager and begun >= first:
            this_month.append(done)
        elif teenager:
            counted = begun >= first_day(target.month - 1)
            unknown = done.known > load_day(target.month - 1)
            done.exploited = (unknown or not counted) and state.rng.random() < 0.015
        else:
            done.exploited = state.rng.random() < 0.002
    this_month.sort(key=lambda done: done.referral not in expected)
    if len(this_month) < target["exploited"] and target.exact:
        raise InternalError("too few assessments of teenagers referred this month")
    for done in this_month[: target["exploited"]]:
        done.exploited = True


def write(state: State) -> None:
    """The rows of all assessments, those under way as well."""
    for done in state.assessments:
        _write_row(state, done)
        _write_factors(state, done)
    for referral in state.open.values():
        if referral.assess_from:
            write_unfinished(state, referral)


def _write_row(state: State, done: Assessment) -> None:
    referral = done.referral
    worker, team = referral.worker
    state.ledger.add(
        "ssd_cin_assessments",
        max(referral.recorded, min(state.lag(done.begun), done.known)),
        done.known,
        done.id,
        referral.child.id,
        referral.id,
        done.begun,
        "Y" if state.rng.random() < 0.97 else "N",
        done.authorised,
        "Y" if done.no_action else "N",
        team,
        worker,
    )


def _write_factors(state: State, done: Assessment) -> None:
    rng = state.rng
    if done.no_action and rng.random() < 0.35:
        factors = ["21"]
    else:
        drawn = (
            _FACTORS[int(rng.random() * len(_FACTORS))] for _ in range(1 + int(rng.random() * 4))
        )
        factors = sorted(set(drawn))
    if done.referral.child.asylum:
        factors = ["9A", *factors]
    if done.exploited:
        factors = [_EXPLOITED, *(code for code in factors if code != "21")]
    for code in factors:
        state.ledger.add("ssd_assessment_factors", done.known, None, done.id, code)


def write_unfinished(state: State, referral: Referral) -> None:
    worker, team = referral.worker
    state.ledger.add(
        "ssd_cin_assessments",
        max(referral.recorded, state.lag(referral.assess_from)),
        None,
        state.ledger.id("A"),
        referral.child.id,
        referral.id,
        referral.assess_from,
        None,
        None,
        None,
        team,
        worker,
    )
