"""The legal statuses of looked-after children: which stands on which day.

They are settled before the placements, which have to keep to them: nobody is placed with own
parents but under a care order, nobody with adopters but under a placement order.
"""

from __future__ import annotations

from openscorecard.demo.council.days import last_day
from openscorecard.demo.council.earlier import END
from openscorecard.demo.council.people import Care
from openscorecard.demo.council.state import State

Statuses = list[tuple[str, int]]  # each with its first day, in order


def status_on(legal: Statuses, day: int) -> str:
    return [code for code, begun in legal if begun <= day][-1]


def statuses(state: State) -> dict[str, Statuses]:
    """The legal statuses of every period, by its id; decides for whom adopters or guardians are
    being found."""
    _heading(state)
    return {care.id: _statuses(state, care) for care in state.all_cares}


def _statuses(state: State, care: Care) -> Statuses:
    rng = state.rng
    if care.short_breaks:
        return [("V4", care.begun)]
    if care.child.asylum:
        return [("V2", care.begun)]
    end = care.ended or care.expected_end or 9_999_999
    adopted = (care.reason or care.expected_reason) in ("E11", "E12")
    found: Statuses = []
    day = care.begun
    if rng.random() < 0.07:
        found.append(("L1", day))
        day += 3
    if rng.random() < 0.5:
        found.append(("V2", day))
        day += (20 if adopted else 50) + int(rng.random() * (40 if adopted else 110))
        if rng.random() < 0.35 and not adopted:
            day = end
    if day < end:
        found.append(("C1", day))
        day += 150 + int(rng.random() * 120)
    if day < end:
        found.append(("C2", day))
    if adopted:  # a placement order stands before the child goes to the adopters
        ordered = max(care.begun + 100, end - 250 - int(rng.random() * 180))
        found = [(code, day) for code, day in found if day < ordered]
        found.append(("E1", ordered))
    return [(code, day) for code, day in found if not care.ended or day < care.ended]


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
