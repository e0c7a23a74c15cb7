"""Which worker and team each open child was with."""

from __future__ import annotations

from dataclasses import dataclass

from openscorecard.demo.council.leavers import Leavers
from openscorecard.demo.council.people import NEVER, Care, Referral
from openscorecard.demo.council.state import State
from openscorecard.demo.council.workers import LOADED_FROM, TEAMS


@dataclass(frozen=True, slots=True)
class Spell:
    """A worker and team with a child, from and to; the last one of a referral may be open."""

    worker: tuple[str, str]
    begun: int
    ended: int
    recorded: int
    end_known: int = NEVER


Work = dict[str, list[Spell]]  # by the id of the referral, in order


def work(state: State) -> Work:
    """Who was with the child of every referral, and when."""
    cares: dict[str, Care] = {
        care.referral: care for care in state.all_cares if not care.short_breaks
    }
    return {one.id: _spells(state, one, cares.get(one.id)) for one in state.referrals}


def worker_on(done: Work, referral: Referral, day: int) -> tuple[str, str]:
    """Worker and team of a referral on a day; on the day of a handover, those who take over."""
    spells = done[referral.id]
    return next((one.worker for one in reversed(spells) if one.begun <= day), spells[0].worker)


def _spells(state: State, referral: Referral, care: Care | None) -> list[Spell]:
    """The assessment worker, then one of a long-term team, then one for looked-after children."""
    end = referral.closed
    handed = referral.first_assessed
    in_care = care.begun if care else NEVER
    first_end = min((day for day in (handed, in_care, end) if day), default=NEVER)
    found = [Spell(referral.worker, referral.begun, first_end, referral.recorded)]
    long_term = "disability" if referral.need == "N2" else "safeguarding"
    if handed and handed != end and (not in_care or handed < in_care):
        worker = state.roster.next(long_term)
        found.append(Spell(worker, handed, in_care or end, referral.recorded))
    if care:
        worker = state.roster.next("looked after")
        found.append(Spell(worker, in_care, care.ended, care.recorded, care.end_known))
        if care.ended and care.ended != end and not referral.child.leaver_until:
            worker = state.roster.next("safeguarding")
            found.append(Spell(worker, care.ended, end, care.end_known))
    return found


def write(state: State, done: Work, leavers: Leavers) -> None:
    for team in TEAMS:
        state.ledger.add("ssd_department", LOADED_FROM, None, team.id, team.name)
    for worker, staff, title in state.roster.rows:
        state.ledger.add("ssd_professionals", LOADED_FROM, None, worker, staff, title)
    for referral in state.referrals:
        for spell in done[referral.id]:
            _write(state, referral.child.id, spell)
    for one in leavers.everybody:
        _write(state, one.child.id, Spell(one.worker, one.begun, one.ended, one.begun))


def _write(state: State, child: str, spell: Spell) -> None:
    worker, team = spell.worker
    known = spell.end_known or max(state.lag(spell.ended), spell.recorded)
    state.ledger.add(
        "ssd_involvements",
        max(spell.recorded, state.lag(spell.begun)),
        known if spell.ended else None,
        state.ledger.id("W"),
        worker,
        team,
        spell.begun,
        spell.ended or None,
        child,
    )
