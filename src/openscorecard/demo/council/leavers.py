"""Care leavers: a list as it stood on the day of each load, without a past.

Who left care at 16 or later joins; the oldest go when there are more than there should be.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from openscorecard.demo.council.authorisations import Papers
from openscorecard.demo.council.care import sixteen_or_seventeen
from openscorecard.demo.council.days import birthday, first_day, last_day, load_day
from openscorecard.demo.council.earlier import FIXED_FROM, FIXED_TO, Target
from openscorecard.demo.council.people import NEVER, Child
from openscorecard.demo.council.state import State
from openscorecard.errors import InternalError

_ACCOMMODATION = tuple(
    "U" * 38 + "D" * 18 + "Z" * 12 + "B" * 14 + "K" * 4 + "E" * 8 + "T" * 3 + "C" * 3
)
_POOR = ("S", "W", "V", "X", "Y")
_LOST = ("NO", "NO", "NO", "REFU", "NREQ")
_ACTIVITIES = tuple(
    ["F1"] * 6 + ["F2"] * 22 + ["F4"] * 5 + ["F5"] * 18 + ["P2"] * 3 + ["P5"] * 6 + ["G4"] * 9
    + ["G5"] * 23 + ["G6"] * 8
)  # fmt: skip
_AWAY = ("RHOM", "G", "RHOM", "R", "RHOM", "G", "H")
_OVER_21 = 3  # of those who still have support


@dataclass(slots=True, eq=False)
class Leaver:
    child: Child
    left: int
    eligibility: str
    worker: tuple[str, str]
    begun: int
    away: str = ""  # returned home, gone abroad, deported, residence not known
    well: bool = True  # in touch and in suitable accommodation
    in_touch: str = "YES"
    accommodation: str = "U"
    activity: str = "F2"
    ended: int = NEVER


@dataclass(frozen=True, slots=True)
class Leavers:
    """How those open at each month's end were then, and everybody who ever was."""

    months: dict[int, list[Leaver]]
    everybody: list[Leaver]


def follow(state: State, targets: dict[int, Target]) -> Leavers:
    """The open care leavers at each month's end for which there is a load."""
    found = Leavers({}, [])
    waiting = [
        care.child
        for care in sorted(state.left_care, key=lambda care: (care.ended, care.id))
        if care.ended - care.begun > 91 and care.reason not in ("E3", "E13")
    ]
    left = {care.child.id: care.ended for care in state.left_care}
    now: list[Leaver] = []
    for number in range(FIXED_FROM, FIXED_TO + 1):
        last = last_day(number)
        joining = [
            child
            for child in waiting
            if left[child.id] <= last
            and birthday(child.born, 17) <= last < birthday(child.born, 21)
        ]
        if number == FIXED_FROM:  # the latest of them, as many as there is room for
            joining = joining[-targets[number]["leavers"] + _OVER_21 :]
        waiting = [
            child for child in waiting if left[child.id] > last or birthday(child.born, 17) > last
        ]
        now = now + [_leaver(state, child, left[child.id]) for child in joining]
        now = _fit(state, now, targets[number], number)
        found.everybody.extend(one for one in now if one not in found.everybody)
        for one in now:
            if one.eligibility == "Relevant" and one.child.of_age <= last:
                one.eligibility = "Former Relevant"
        _how_they_are(state, now, targets[number], last)
        found.months[number] = [replace(one) for one in now]
    return found


def _leaver(state: State, child: Child, left: int) -> Leaver:
    rng = state.rng
    chance = rng.random()
    if left < child.of_age:
        eligibility = "Relevant"
    else:
        eligibility = "Former Relevant" if chance < 0.92 else "Qualifying" if chance < 0.97 else ""
    return Leaver(
        child,
        left,
        eligibility,
        state.roster.next("leaving care"),
        left,
        accommodation=_ACCOMMODATION[int(rng.random() * len(_ACCOMMODATION))],
        activity=_ACTIVITIES[int(rng.random() * len(_ACTIVITIES))],
    )


def _fit(state: State, now: list[Leaver], target: Target, number: int) -> list[Leaver]:
    """As many as there should be: the oldest end first; those who ask for help again come back."""
    first, last = first_day(number), last_day(number)
    now = sorted(now, key=lambda one: (one.child.born, one.child.id))
    over = [one for one in now if birthday(one.child.born, 22) <= last]
    excess = max(len(over) - _OVER_21, len(now) - target["leavers"])
    dropped = [one for one in now if one.child.leaver_until <= last][: max(0, excess)]
    for one in dropped:
        one.ended = first + int(state.rng.random() * 28)
    now = [one for one in now if one not in dropped]
    while len(now) < target["leavers"]:
        young = len(over) - len(dropped) >= _OVER_21
        low = 18.2 if young else 22.05
        born = last - int(365.25 * (low + state.rng.random() * (2.2 if young else 1.5)))
        child = state.register.born(birthday(born, 15), born)
        one = _leaver(state, child, child.of_age)
        one.begun = first + int(state.rng.random() * 25)
        if number == FIXED_FROM:
            one.begun = child.of_age
        if not young:
            over.append(one)
        now.append(one)
    return now


def _how_they_are(state: State, now: list[Leaver], target: Target, last: int) -> None:
    """Who is not counted, and of the others who is in touch and suitably housed."""
    rng = state.rng
    away = len(now) - target["leavers_counted"]
    out = [one for one in now if _not_counted_by_age(one.child, last)]
    chosen = [one for one in now if one.away and one not in out][: max(0, away - len(out))]
    for one in now:
        if one.away and one not in chosen:
            one.away = ""
    free = [one for one in now if one not in out and one not in chosen]
    missing = away - len(out) - len(chosen)
    if missing < 0:
        raise InternalError("more care leavers outside 17 to 21 than there may be")
    for place, one in enumerate(rng.sample(free, missing)):
        one.away = _AWAY[(place + len(chosen)) % len(_AWAY)]
    counted = [one for one in now if one not in out and not one.away]
    well = [one for one in counted if one.well]
    poor = [one for one in counted if not one.well]
    for one in rng.sample(well, max(0, len(well) - target["leavers_well"])):
        one.well = False
        if rng.random() < 0.6:
            one.in_touch = _LOST[int(rng.random() * len(_LOST))]
        else:
            one.accommodation = _POOR[int(rng.random() * len(_POOR))]
    for one in rng.sample(poor, max(0, target["leavers_well"] - len(well))):
        one.well, one.in_touch = True, "YES"
        one.accommodation = _ACCOMMODATION[int(rng.random() * len(_ACCOMMODATION))]


def _not_counted_by_age(child: Child, last: int) -> bool:
    return not birthday(child.born, 17) <= last < birthday(child.born, 22)


def write(state: State, leavers: Leavers, papers: Papers) -> None:
    """The list of each load: open care leavers, young people still looked after who will be, and
    some who no longer are."""
    died = _one_who_died(state)
    for number, now in leavers.months.items():
        load = load_day(number)
        gone = load_day(number + 1) if number < FIXED_TO else None
        for one in now:
            _write(state, one, load, gone, papers)
        _write(state, died, load, gone, papers)
        here = {one.child.id for one in now}
        earlier = {
            one.child.id: one
            for before in range(number - 4, number)
            for one in leavers.months.get(before, [])
            if one.child.id not in here
        }
        for one in list(earlier.values())[-3:]:
            _write(state, one, load, gone, papers, eligibility="No Current Eligibility")
        for care in state.looked_after[number]:
            last = last_day(number)
            if sixteen_or_seventeen(care.child, last) and care.begun < last - 91:
                eligible = Leaver(care.child, NEVER, "Eligible", ("", ""), NEVER)
                eligible.accommodation = "E"
                _write(state, eligible, load, gone, papers)


def _one_who_died(state: State) -> Leaver:
    born = first_day(FIXED_FROM) - 19 * 365 - 40
    child = state.register.born(birthday(born, 15), born)
    one = _leaver(state, child, child.of_age)
    one.eligibility, one.in_touch = "Former Relevant", "DIED"
    return one


def _write(
    state: State,
    one: Leaver,
    load: int,
    gone: int | None,
    papers: Papers,
    *,
    eligibility: str = "",
) -> None:
    in_touch, accommodation = one.in_touch, one.accommodation
    if one.away:
        in_touch = "RHOM" if one.away == "RHOM" else "NO"
        accommodation = "B" if one.away == "RHOM" else one.away
    touch = in_touch == "YES"
    suitable = None
    if accommodation not in ("G", "H", "R") and in_touch in ("YES", "RHOM"):
        suitable = "2" if accommodation in _POOR else "1"
    contact = load - 3 - (hash_of(one.child.id) + load) % (45 if touch else 300)
    worker, team = one.worker
    row = (
        load,
        None,
        gone,
        f"Z{one.child.id}",
        one.child.id,
        (eligibility or one.eligibility) or None,
        in_touch,
        max(contact, one.child.born),
        accommodation,
        suitable,
        one.activity if touch else "0",
        papers.authorised_before(one.child.id, load),
        team or None,
        worker or None,
    )
    state.ledger.rows["ssd_care_leavers"].append(row)


def hash_of(identifier: str) -> int:
    return int(identifier) * 7919 % 10_007
