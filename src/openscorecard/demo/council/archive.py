"""What was there before the history begins: plans since April 2003 with their conferences, and the
children who were open, on a plan or known on the first day.

A repeat plan is one of a child who had any before, however long ago; so the plans reach back to the
day from which the council's records of them are whole.
"""

from __future__ import annotations

from openscorecard.demo.council.days import first_day, last_day, later, month, on_or_before
from openscorecard.demo.council.days import working_day as a_working_day
from openscorecard.demo.council.earlier import IN_NEED_AT_START, ON_PLAN_AT_START, START
from openscorecard.demo.council.front_door import refer
from openscorecard.demo.council.people import AGES_REFERRED, Child, Plan, Referral
from openscorecard.demo.council.plans import put_review_in_diary
from openscorecard.demo.council.state import State

_FROM = month("2003-04")
_AGES = tuple([0] * 20 + [1, 2, 3, 4] * 6 + [5, 6, 7, 8, 9] * 6 + [10, 11, 12, 13, 14] * 5 + [15])
_REPEAT_SHARE = 0.14
_CATEGORIES = tuple(["NEG"] * 44 + ["EMO"] * 34 + ["PHY"] * 13 + ["SAB"] * 8 + ["MUL"] * 1)
# Lengths in days: to the first review, the second, the third and beyond; some are cut short.
_LENGTHS = (
    (20, 88, 10),
    (88, 110, 20),
    (240, 300, 40),
    (400, 490, 20),
    (560, 690, 9),
    (700, 990, 1),
)
_LENGTH_OF = tuple((low, high) for low, high, share in _LENGTHS for _ in range(share))
_KNOWN_AT_START = 1500


def write_past(state: State) -> None:
    _plans(state)
    _in_need(state)
    _known(state)


def _plans(state: State) -> None:
    rng = state.rng
    first = first_day(START)
    found: list[tuple[int, int, Child]] = []  # end, begin, child
    free: list[Child] = []
    until: dict[str, int] = {}
    for number in range(_FROM, START):
        grown = (number - _FROM) / (START - _FROM)
        count = max(8, round((22 + 17 * grown) * (1 + rng.gauss(0, 0.16))))
        for _ in range(count):
            day = a_working_day(rng, first_day(number), last_day(number))
            child = _earlier(state, free, until, day) if rng.random() < _REPEAT_SHARE else None
            if child is None:
                child = state.register.child(day, _AGES)
                free.append(child)
            low, high = _LENGTH_OF[int(rng.random() * 100)]
            end = on_or_before(day + low + int(rng.random() * (high - low)))
            if child.of_age <= end:
                end = on_or_before(child.of_age - 1)
            until[child.id] = end
            found.append((end, day, child))
            child.first_plan = child.first_plan or day
    found.sort(key=lambda plan: (plan[0], plan[1], plan[2].id))
    ended, still_open = found[:-ON_PLAN_AT_START], found[-ON_PLAN_AT_START:]
    for end, day, child in ended:
        if end >= first:  # one more than were open
            end = max(day + 10, on_or_before(first - 1 - int(rng.random() * 60)))
            end = min(end, first - 1)
        _write_ended(state, child, day, end)
    for _, day, child in still_open:
        _still_open(state, child, day)
    for child in free:
        if child.plan is None and child.of_age > first + 3 * 365:
            state.closed.append(child)


def _earlier(state: State, free: list[Child], until: dict[str, int], day: int) -> Child | None:
    for _ in range(30):
        if not free:
            return None
        child = free[int(state.rng.random() * len(free))]
        if until[child.id] < day - 120 and child.of_age > day + 800:
            return child
    return None


def _write_ended(state: State, child: Child, day: int, end: int) -> None:
    plan, conference = state.ledger.id("P"), state.ledger.id("C")
    category = _CATEGORIES[int(state.rng.random() * 100)]
    child.last_plan_ended = end
    child.last_closed = max(child.last_closed, end + 40)
    child.last_referral = max(child.last_referral, day - 20)
    _write_conference(state, child, day, plan, conference, None)
    state.ledger.add(
        "ssd_cp_plans",
        state.lag(day),
        state.lag(end),
        plan,
        None,
        conference,
        child.id,
        day,
        end,
        category,
        "N",
        category,
    )


def _write_conference(
    state: State, child: Child, day: int, plan: str, conference: str, referral: Referral | None
) -> None:
    state.ledger.add(
        "ssd_initial_cp_conference",
        state.lag(day),
        None,
        conference,
        None,
        child.id,
        plan,
        referral.id if referral else None,
        "N",
        None,
        day,
        "Y",
        None,
        None,
    )


def _still_open(state: State, child: Child, day: int) -> None:
    rng = state.rng
    before = max(child.born, day - 20 - int(rng.random() * 60))
    referral = refer(state, child, before, contact=False)
    referral.first_assessed = referral.assessed = max(before, day - 5)
    plan = Plan(
        id=state.ledger.id("P"),
        child=child,
        begun=day,
        recorded=max(state.lag(day), referral.recorded),
        referral=referral.id,
        conference=state.ledger.id("C"),
        category=_CATEGORIES[int(rng.random() * 100)],
    )
    child.plan = plan
    state.plans[plan.id] = plan
    state.all_plans.append(plan)
    _write_conference(state, child, day, plan.id, plan.conference, referral)
    _reviews_before(state, plan)


def _reviews_before(state: State, plan: Plan) -> None:
    """Reviews since the plan began lie before the records are whole; the next one is due."""
    held, due = plan.begun, plan.begun + 88
    while due < first_day(START):
        held, due = later(due, 0), due + 178
    put_review_in_diary(state, plan, held, due)


def _in_need(state: State) -> None:
    """The children in need on the first day, the newest of them being assessed."""
    rng = state.rng
    first = first_day(START)
    for _ in range(IN_NEED_AT_START):
        back = 1 + int(rng.expovariate(1 / 120)) % 900
        day = on_or_before(first - back)
        child = state.register.child(day, AGES_REFERRED)
        if child.of_age < first + 100:
            child = state.register.child(day, tuple(range(14)))
        referral = refer(state, child, day, contact=False)
        if back < 65 and rng.random() < 0.86:
            referral.assess_from = later(day, int(rng.random() * 3))
        else:
            done = later(day, 8 + int(rng.random() * 35))
            referral.first_assessed = referral.assessed = min(done, first - 1)


def _known(state: State) -> None:
    """Families of whom there was a contact, and children once referred."""
    rng = state.rng
    first = first_day(START)
    for number in range(_KNOWN_AT_START):
        day = first - 30 - int(rng.random() * 700)
        child = state.register.child(day, AGES_REFERRED)
        if number % 2:
            state.known.append(child)
        else:
            child.last_referral, child.last_closed = day, day + 60
            state.closed.append(child)
