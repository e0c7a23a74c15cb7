"""Which worker and team each open child was with."""

from __future__ import annotations

from openscorecard.demo.council.leavers import Leavers
from openscorecard.demo.council.people import NEVER, Care, Referral
from openscorecard.demo.council.state import State
from openscorecard.demo.council.workers import LOADED_FROM, TEAMS


def write(state: State, leavers: Leavers) -> None:
    for team in TEAMS:
        state.ledger.add("ssd_department", LOADED_FROM, None, team.id, team.name)
    for worker, staff, title in state.roster.rows:
        state.ledger.add("ssd_professionals", LOADED_FROM, None, worker, staff, title)
    cares: dict[str, Care] = {
        care.referral: care for care in state.all_cares if not care.short_breaks
    }
    for referral in state.referrals:
        _referral(state, referral, cares.get(referral.id))
    for one in leavers.everybody:
        _write(state, one.child.id, one.worker, one.begun, one.ended, one.begun)


def _referral(state: State, referral: Referral, care: Care | None) -> None:
    """The assessment worker, then one of a long-term team, then one for looked-after children."""
    child = referral.child
    end = referral.closed
    handed = referral.first_assessed
    in_care = care.begun if care else NEVER
    first_end = min((day for day in (handed, in_care, end) if day), default=NEVER)
    _write(state, child.id, referral.worker, referral.begun, first_end, referral.recorded)
    if handed and handed != end and (not in_care or handed < in_care):
        kind = "disability" if referral.need == "N2" else "safeguarding"
        until = in_care or end
        _write(state, child.id, state.roster.next(kind), handed, until, referral.recorded)
    if care:
        worker = state.roster.next("looked after")
        _write(state, child.id, worker, in_care, care.ended, care.recorded, care.end_known)
        if care.ended and care.ended != end and not child.leaver_until:
            worker = state.roster.next("safeguarding")
            _write(state, child.id, worker, care.ended, end, care.end_known)


def _write(
    state: State,
    child: str,
    worker: tuple[str, str],
    begun: int,
    ended: int,
    recorded: int,
    known: int = NEVER,
) -> None:
    person, team = worker
    state.ledger.add(
        "ssd_involvements",
        max(recorded, state.lag(begun)),
        (known or max(state.lag(ended), recorded)) if ended else None,
        state.ledger.id("W"),
        person,
        team,
        begun,
        ended or None,
        child,
    )
