"""The history of the council, written month by month, and the rows that it leaves.

Within a month the parts follow one another as they do in life: who comes in, who is assessed and
protected, who comes into care and leaves it; the end of referrals comes last, since it is what
makes the stock of children in need come out right.
"""

from __future__ import annotations

from functools import cache
from operator import itemgetter
from random import Random

from openscorecard.demo.council import (
    archive,
    assessment,
    asylum,
    authorisations,
    care,
    care_changes,
    care_records,
    closures,
    conferences,
    early_help,
    fostering,
    front_door,
    involvements,
    leavers,
    legal,
    missing,
    plans,
    temporary,
    visits,
)
from openscorecard.demo.council.days import first_day, last_day, load_day
from openscorecard.demo.council.earlier import COMPLETE, END, FIXED_TO, START, Target, targets
from openscorecard.demo.council.people import NEVER, Child, Register
from openscorecard.demo.council.state import Ledger, State, write_open_referrals
from openscorecard.demo.council.tables import SHEETS, Row
from openscorecard.demo.council.workers import Roster

_SEED = "openscorecard"
# Tables from which rows before the day of completeness are left out, by their date. Of the others
# what was open that day needs its past.
_EVENTS = {
    "ssd_contacts": "cont_contact_date",
    "front_door_decisions": "fdde_decision_date",
    "ssd_cp_visits": "cppv_cp_visit_date",
    "ssd_cla_visits": "clav_cla_visit_date",
    "ssd_missing": "miss_missing_episode_start_date",
    "early_help_plans": "ehpl_start_date",
}


@cache
def rows(seed: str = _SEED) -> dict[str, tuple[Row, ...]]:
    """Every row of every table, sorted; the same each time."""
    rng = Random(seed)  # noqa: S311 - an invented history, nothing secret
    state = State(rng, Ledger(), Register(rng), Roster())
    arriving = asylum.arrivals(rng)
    begun = dict.fromkeys(range(START, END + 1), 0)
    for one in arriving:
        begun[one.month] = begun.get(one.month, 0) + 1
    aims = targets(rng, begun)
    archive.write_past(state)
    care.write_stock(state, arriving)
    work = early_help.EarlyHelpWork()
    early_help.open_at_start(state, work)
    away: list[Child] = []
    for number in range(START, END + 1):
        following = aims.get(number + 1, aims[number])
        away = _month(state, aims[number], following, arriving, work, away)
    _details(state, aims, work)
    return _finished(state)


def _month(
    state: State,
    target: Target,
    following: Target,
    arriving: list[asylum.Arrival],
    work: early_help.EarlyHelpWork,
    away: list[Child],
) -> list[Child]:
    last = last_day(target.month)
    begun = front_door.referrals(state, target)
    of_age = care.come_of_age(state, target)
    begun += care.arrive(state, target, arriving)
    begun += conferences.transfer_in(state, target)
    front_door.decide(state, target, begun)
    assessment.begin(state, target, following, begun)
    conferences.enquire(state, target, begun)
    conferences.confer(state, target)
    entering = care_changes.change_care(state, target, of_age)
    care.change_short_breaks(state, target)
    plans.review_and_end(state, target, entering)
    conferences.settle_enquiries(state, last)
    assessment.authorise(state, target)
    state.looked_after[target.month] = state.known_in_care(last)
    state.on_plan[target.month] = state.known_on_plan(last)
    care.close_leavers(state, last)
    closures.end_referrals(state, target)
    front_door.contacts(state, target)
    early_help.month(state, target, work)
    return missing.go_missing(state, target, away)


def _details(state: State, aims: dict[int, Target], work: early_help.EarlyHelpWork) -> None:
    """What is written once everybody's way is known."""
    who = involvements.work(state)
    conferences.write(state, who)
    assessment.write(state)
    write_open_referrals(state)
    early_help.write(state, work)
    orders = legal.statuses(state)
    placed = care_records.place(state, aims, orders)
    care_records.write(state, placed, orders)
    visits.visit_plans(state, aims)
    visits.visit_care(state, aims, placed)
    plans.write_plans(state)
    temporary.write(state)
    authorisations.care_plans(state, aims)
    left = leavers.follow(state, aims)
    papers = authorisations.pathway_plans(
        state,
        aims,
        {number: [(one.child, one.left) for one in now] for number, now in left.months.items()},
    )
    leavers.write(state, left, papers)
    involvements.write(state, who, left)
    fostering.write(state, aims)
    _write_people(state)


def _write_people(state: State) -> None:
    for child in state.register.children:
        state.ledger.add(
            "ssd_person",
            child.recorded,
            child.born + 4 if child.expected else child.recorded,
            child.id,
            child.sex,
            child.ethnicity,
            child.born,
            child.expected or None,
            None,
        )
        _write_immigration(state, child)


def _write_immigration(state: State, child: Child) -> None:
    """Of the unaccompanied, and of some who came with their families."""
    status, end = "UASC", child.of_age
    if not child.asylum:
        status, end = "Asylum seeker with family", NEVER
        chosen = child.last_referral and child.ethnicity in ("AOTH", "OOTH") and not child.expected
        if not chosen or child.born % 5:
            return
    state.ledger.add(
        "ssd_immigration_status",
        child.recorded,
        end or None,
        child.id,
        f"M{child.id}",
        status,
        child.recorded if child.born % 4 else None,
        end or None,
    )


def _finished(state: State) -> dict[str, tuple[Row, ...]]:
    """Sorted by date or key; without what nobody will see: events from before the day of
    completeness, and what was recorded after the last load."""
    until = load_day(FIXED_TO)
    since = first_day(COMPLETE)
    found = {}
    for sheet in SHEETS:
        kept = [row for row in state.ledger.rows[sheet.name] if _int(row[0]) <= until]
        if sheet.name in _EVENTS:
            place = 3 + sheet.columns.index(_EVENTS[sheet.name])
            kept = [row for row in kept if _int(row[place]) >= since]
        kept.sort(key=itemgetter(0, 3, 4))  # no two rows are alike in these
        found[sheet.name] = tuple(kept)
    return found


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value
