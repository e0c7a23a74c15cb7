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
from openscorecard.demo.council.people import NEVER, Care
from openscorecard.demo.council.state import State
from openscorecard.errors import InternalError

_FOSTER = ("U4", "U5", "U6")
_AGENCY = ("PR4", "PR5")
# By age: what the first and later placements are, in hundredths. F = with foster carers.
_KINDS = (
    (5, ("F",) * 89 + ("U3",) * 5 + ("R3",) * 3 + ("P1",) * 3),
    (12, ("F",) * 79 + ("U1",) * 8 + ("K2",) * 6 + ("P1",) * 6 + ("S1",) * 1),
    (16, ("F",) * 65 + ("U1",) * 5 + ("K2",) * 22 + ("P1",) * 5 + ("S1",) * 3),
    (99, ("F",) * 44 + ("U1",) * 5 + ("K2",) * 18 + ("H5",) * 26 + ("P2",) * 7),
)
_PROVIDER = {"U1": "PR1", "U3": "PR1", "P1": "PR0", "K2": "PR4", "S1": "PR4", "R3": "PR4"}
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


def _heading(state: State) -> None:
    """Of those still in care at the end, some are on their way to adopters or guardians."""
    rng = state.rng
    end = last_day(END)
    for care in state.cares.values():
        age, stay = (end - care.child.born) / 365.25, end - care.begun
        if care.short_breaks or care.kept or stay < 240 or care.child.asylum:
            continue
        if age < 4.5 and rng.random() < 0.4:
            care.expected_reason = "E12"
        elif age < 12 and rng.random() < 0.12:
            care.expected_reason = "E47"
        if care.expected_reason:
            care.expected_end = end + 20 + int(rng.random() * 230)


Placements = dict[str, list[Placement]]  # by the id of the period of care, in order


def place(state: State, targets: dict[int, Target]) -> Placements:
    """Every placement; at each month's end so many with independent agencies as there should be."""
    placed: Placements = {}
    _heading(state)
    for number in range(START, END + 1):
        first, last = first_day(number), last_day(number)
        for care in state.all_cares:
            if care.begun > last or (care.ended and care.ended < first):
                continue
            spells = placed.get(care.id)
            if spells is None:
                placed[care.id] = _first_placements(state, care, first)
            else:
                _move(state, care, spells, first, last)
        _agencies(state, targets[number], placed)
    for care in state.all_cares:
        if care.id in placed and care.ended:
            placed[care.id][-1].ended = care.ended
    return placed


def _first_placements(state: State, care: Care, first: int) -> list[Placement]:
    rng = state.rng
    if care.short_breaks:
        return [Placement(state.ledger.id("B"), care, care.begun, "U6", "PR1")]
    spells = [_placement(state, care, care.begun)]
    if care.begun < first - 200 and rng.random() < 0.6:
        day = working_day(rng, care.begun + 30, first - 20)
        _change(spells, _placement(state, care, day))
    return spells


def _placement(state: State, care: Care, day: int, kind: str = "") -> Placement:
    rng = state.rng
    if not kind:
        age = (day - care.child.born) / 365.25
        kinds = next(kinds for limit, kinds in _KINDS if age < limit)
        kind = kinds[int(rng.random() * len(kinds))]
        if care.child.asylum and kind not in ("F", "H5"):
            kind = "H5" if birthday(care.child.born, 16) <= day else "F"
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


def _move(state: State, care: Care, spells: list[Placement], first: int, last: int) -> None:
    """A move to adopters or guardians that the end of care calls for; else now and then another."""
    rng = state.rng
    now = spells[-1]
    if care.short_breaks or now.begun > first - 5 or (care.ended and care.ended <= last + 12):
        return
    reason = care.reason or care.expected_reason
    end = care.ended or care.expected_end
    ahead = end - last if end else 99_999
    if reason in ("E11", "E12") and ahead < 240 and not now.kind.startswith("A"):
        kind = "A5" if rng.random() < 0.1 else "A6"
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
    day = any_day(rng, first, last - 1, weekends=0.05)
    _change(spells, _placement(state, care, day, kind))


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


def statuses(state: State, care: Care) -> list[tuple[str, int]]:
    """The legal statuses of a period, each with its first day."""
    rng = state.rng
    if care.short_breaks:
        return [("V4", care.begun)]
    if care.child.asylum:
        return [("V2", care.begun)]
    end = care.ended or care.expected_end or 9_999_999
    adopted = (care.reason or care.expected_reason) in ("E11", "E12")
    found: list[tuple[str, int]] = []
    day = care.begun
    if rng.random() < 0.07:
        found.append(("L1", day))
        day += 3
    if rng.random() < 0.5:
        found.append(("V2", day))
        day += 50 + int(rng.random() * 110)
        if rng.random() < 0.35 and not adopted:
            day = end
    if day < end:
        found.append(("C1", day))
        day += 150 + int(rng.random() * 120)
    if day < end:
        found.append(("C2", day))
    if adopted:
        ordered = max(found[-1][1] + 20, end - 200 - int(rng.random() * 180))
        if ordered < end - 60:
            found.append(("E1", ordered))
    return [(code, day) for code, day in found if not care.ended or day < care.ended]


def write(state: State, placed: Placements) -> None:
    for care in state.all_cares:
        legal = statuses(state, care)
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


def _write_legal(state: State, care: Care, legal: list[tuple[str, int]], seen: _Seen) -> None:
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
    legal: list[tuple[str, int]],
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
