"""Placements, legal statuses and the episodes that both make, for every day of every period.

Written once all periods are known: a child who will be adopted is placed with the adopters some
months before, one who will have a guardian lives with relatives by then.
"""

from __future__ import annotations

from dataclasses import dataclass

from openscorecard.demo.council.days import (
    any_day,
    birthday,
    first_day,
    last_day,
    working_day,
)
from openscorecard.demo.council.earlier import END, START, Target
from openscorecard.demo.council.legal import Statuses, status_on
from openscorecard.demo.council.people import NEVER, Care
from openscorecard.demo.council.state import State
from openscorecard.errors import InternalError

_FOSTER = ("U4", "U5", "U6")
_AGENCY = ("PR4", "PR5")
# By age: what the first and later placements are, in hundredths. F = with foster carers.
_KINDS = (
    (5, ("F",) * 87 + ("U3",) * 5 + ("R3",) * 3 + ("P1",) * 5),
    (12, ("F",) * 75 + ("U1",) * 8 + ("K2",) * 6 + ("P1",) * 10 + ("S1",) * 1),
    (16, ("F",) * 62 + ("U1",) * 5 + ("K2",) * 22 + ("P1",) * 8 + ("S1",) * 3),
    (99, ("F",) * 44 + ("U1",) * 5 + ("K2",) * 18 + ("H5",) * 26 + ("P2",) * 7),
)
_PROVIDER = {"U1": "PR1", "U3": "PR1", "P1": "PR0", "K2": "PR4", "S1": "PR4", "R3": "PR4"}
_GUARDIANS = ("E43", "E44", "E45", "E46", "E47", "E48")
_FOSTERED = ("F", "U1", "U3")  # special guardians have fostered the child
_AT_HOME = ("C1", "C2")  # placed with own parents: only under a care order
_STAYS = ("P1", "A5", "A6", "U1", "U3")  # placements meant to last


@dataclass(slots=True, eq=False)
class Placement:
    id: str
    care: Care
    begun: int
    kind: str
    provider: str
    ended: int = NEVER

    @property
    def agency(self) -> bool:
        return self.kind in _FOSTER and self.provider in _AGENCY


Placements = dict[str, list[Placement]]  # by the id of the period of care, in order


def place(state: State, targets: dict[int, Target], legal: dict[str, Statuses]) -> Placements:
    """Every placement, as the legal statuses allow; at each month's end so many with independent
    agencies as there should be."""
    placed: Placements = {}
    for number in range(START, END + 1):
        first, last = first_day(number), last_day(number)
        for care in state.all_cares:
            if care.begun > last or (care.ended and care.ended < first):
                continue
            spells = placed.get(care.id)
            if spells is None:
                placed[care.id] = _first_placements(state, care, first, legal[care.id])
            else:
                _move(state, care, spells, first, last, legal[care.id])
        _agencies(state, targets[number], placed)
    for care in state.all_cares:
        if care.id in placed and care.ended:
            placed[care.id][-1].ended = care.ended
            _name_guardian(care, placed[care.id][-1])
    return placed


def _name_guardian(care: Care, last: Placement) -> None:
    """The code says whether the guardians had fostered the child as relatives or friends."""
    if last.kind in ("U1", "U3"):
        care.reason = {"E46": "E45", "E48": "E47"}.get(care.reason, care.reason)
    else:
        care.reason = {"E45": "E46"}.get(care.reason, care.reason)


def _first_placements(state: State, care: Care, first: int, legal: Statuses) -> list[Placement]:
    rng = state.rng
    if care.short_breaks:
        return [Placement(state.ledger.id("B"), care, care.begun, "U6", "PR1")]
    spells = [_placement(state, care, care.begun, legal)]
    if care.begun < first - 200 and rng.random() < 0.6:
        day = working_day(rng, care.begun + 30, first - 20)
        _change(spells, _placement(state, care, day, legal))
    return spells


def _placement(state: State, care: Care, day: int, legal: Statuses, kind: str = "") -> Placement:
    rng = state.rng
    if not kind:
        age = (day - care.child.born) / 365.25
        kinds = next(kinds for limit, kinds in _KINDS if age < limit)
        kind = kinds[int(rng.random() * len(kinds))]
        if care.child.asylum and kind not in ("F", "H5"):
            kind = "H5" if birthday(care.child.born, 16) <= day else "F"
        reason = care.reason or care.expected_reason
        guarded = reason in _GUARDIANS and kind not in _FOSTERED
        unlawful = kind == "P1" and (status_on(legal, day) not in _AT_HOME or legal[-1][0] == "E1")
        if guarded or unlawful:
            kind = "F"
    provider = _PROVIDER.get(kind, "PR4")
    if kind == "F":
        stay = (care.ended or care.expected_end or 9_999_999) - day  # long stays are planned so
        kind = "U4" if stay > 500 and rng.random() < 0.5 else "U6"
        agency = rng.random() < 0.44
        provider = ("PR4" if rng.random() < 0.85 else "PR5") if agency else "PR1"
    elif kind in ("A5", "A6"):
        provider = "PR1" if rng.random() < 0.6 else "PR5"
    elif kind == "K2" and rng.random() < 0.2:
        provider = "PR1"
    return Placement(state.ledger.id("B"), care, day, kind, provider)


def _change(spells: list[Placement], new: Placement) -> None:
    spells[-1].ended = new.begun
    spells.append(new)


def _move(
    state: State, care: Care, spells: list[Placement], first: int, last: int, legal: Statuses
) -> None:
    """A move to adopters or guardians that the end of care calls for; else now and then another."""
    rng = state.rng
    now = spells[-1]
    if care.short_breaks or now.begun > first - 5 or (care.ended and care.ended <= last + 12):
        return
    reason = care.reason or care.expected_reason
    end = care.ended or care.expected_end
    ahead = end - last if end else 99_999
    earliest = first
    if reason in ("E11", "E12") and ahead < 240 and not now.kind.startswith("A"):
        if status_on(legal, last - 1) != "E1":  # adopters wait for the placement order
            return
        kind = "A5" if rng.random() < 0.1 else "A6"
        earliest = max(first, legal[-1][1])
    elif reason in ("E44", "E45", "E47") and ahead < 220 and now.kind not in ("U1", "U3"):
        kind = "U1" if reason == "E45" else "U3"
    elif (reason == "E17" and ahead < 500) or (now.kind in _STAYS and rng.random() < 0.985):
        return
    else:
        young = last - care.begun < 150
        grown = birthday(care.child.born, 16) <= first
        if rng.random() > (0.08 if young else 0.05 if grown else 0.028):
            return
        kind = "H5" if grown and rng.random() < 0.4 else ""
        if now.kind == "K2" and rng.random() < 0.5:
            kind = "K2"
    day = any_day(rng, earliest, last - 1, weekends=0.05)
    _change(spells, _placement(state, care, day, legal, kind))


def _agencies(state: State, target: Target, placed: Placements) -> None:
    """Brings the placements with independent fostering agencies to their number: by the choice made
    for whoever was placed this month, then by moves."""
    first, last = first_day(target.month), last_day(target.month)
    now = [(care, placed[care.id]) for care in state.looked_after[target.month]]
    excess = sum(spells[-1].agency for _, spells in now) - target["agency_fostered"]
    for _, spells in now:
        spell = spells[-1]
        if (
            excess
            and spell.kind in _FOSTER
            and spell.begun >= first
            and spell.agency == (excess > 0)
        ):
            excess -= 1 if excess > 0 else -1
            spell.provider = "PR1" if spell.agency else "PR4"
    movable = [
        (care, spells)
        for care, spells in now
        if spells[-1].kind in _FOSTER
        and spells[-1].begun < first - 10
        and (not care.ended or care.ended > last + 20)
        and (care.reason or care.expected_reason) not in ("E11", "E12", "E17")
        and spells[-1].agency == (excess > 0)
    ]
    if len(movable) < abs(excess):
        raise InternalError("too few foster placements to move")
    for care, spells in state.rng.sample(movable, abs(excess)):
        day = working_day(state.rng, first, last - 1)
        provider = "PR1" if excess > 0 else "PR4"
        _change(spells, Placement(state.ledger.id("B"), care, day, "U6", provider))


def write(state: State, placed: Placements, orders: dict[str, Statuses]) -> None:
    for care in state.all_cares:
        legal = orders[care.id]
        days = {spell.begun for spell in placed[care.id]} | {day for _, day in legal}
        seen = {day: max(care.recorded, state.lag(day)) for day in sorted(days)}
        seen |= {care.begun: care.recorded, care.ended: care.end_known}
        _write_placements(state, care, placed[care.id], seen)
        _write_legal(state, care, legal, seen)
        _write_episodes(state, care, placed[care.id], legal, seen)


# When what happened on each day was written up: an end with the start that follows it.
_Seen = dict[int, int]


def _write_placements(state: State, care: Care, spells: list[Placement], seen: _Seen) -> None:
    for spell in spells:
        state.ledger.add(
            "ssd_cla_placement",
            seen[spell.begun],
            seen[spell.ended] or None,
            spell.id,
            care.child.id,
            care.id,
            spell.begun,
            spell.kind,
            spell.provider,
            spell.ended or None,
        )


def _write_legal(state: State, care: Care, legal: Statuses, seen: _Seen) -> None:
    for place_, (code, day) in enumerate(legal):
        end = legal[place_ + 1][1] if place_ + 1 < len(legal) else care.ended
        state.ledger.add(
            "ssd_legal_status",
            seen[day],
            seen[end] or None,
            state.ledger.id("S"),
            care.child.id,
            code,
            day,
            end or None,
        )


def _write_episodes(
    state: State,
    care: Care,
    spells: list[Placement],
    legal: Statuses,
    seen: _Seen,
) -> None:
    moves = {spell.begun: spell for spell in spells}
    orders = {day for _, day in legal}
    days = sorted(moves.keys() | orders)
    spell = spells[0]
    for place_, day in enumerate(days):
        reason = "S" if place_ == 0 else "L"
        if place_ and day in moves:
            reason = "B" if day in orders else "P"
        spell = moves.get(day, spell)
        end = days[place_ + 1] if place_ + 1 < len(days) else care.ended
        last = place_ + 1 == len(days)
        state.ledger.add(
            "ssd_cla_episodes",
            seen[day],
            seen[end] or None,
            state.ledger.id("G"),
            care.child.id,
            day,
            reason,
            care.need,
            end or None,
            (care.reason if last else "X1") if end else None,
            care.id,
            care.referral,
            spell.id,
        )
