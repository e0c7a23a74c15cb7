"""What each month of the history aims at: the fixed figures, and invented ones before and after.

The invented months follow from the fixed ones by plain rules: a level that grows slowly towards
June 2020, the seasons of the school year, the first lockdown, and some chance. Stocks stray from
their level about as much from month to month as in the fixed months, and end where June 2020
begins.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

from openscorecard.demo.council.days import label, month
from openscorecard.demo.council.targets import (
    FIGURES,
    FIRST,
    LAST,
    PLAN_BEGUN_NEXT_MONTH,
    RECORDED_LATE,
)
from openscorecard.errors import InternalError

START = month("2016-10")  # the history is written from here on ...
COMPLETE = month("2017-04")  # ... and complete from here on
FIXED_FROM, FIXED_TO = month(FIRST), month(LAST)
END = FIXED_TO + 1  # of this month only the days before the last load will be seen

ON_PLAN_AT_START = 335
LOOKED_AFTER_AT_START = 446
IN_NEED_AT_START = 1180

# Schools see children: fewer contacts in their holidays.
_SEASON = (1.0, 0.94, 1.1, 0.93, 1.02, 1.05, 1.04, 0.86, 0.96, 1.06, 1.1, 0.88)
_LOCKDOWN = {month("2020-03"): 0.95, month("2020-04"): 0.78, month("2020-05"): 0.86}
_BANDS = (("days_10", 0.11), ("days_more", 0.15), ("days_35", 0.20), ("days_45", 0.22))
# How far a month pushes a stock from its level (children, households, points of a share), and how
# much of that is left a month later.
_STRAY = {
    "in_need": (38.0, 0.7),
    "on_plan": (17.0, 0.75),
    "looked_after": (7.5, 0.75),
    "agency_share": (0.009, 0.75),
    "households": (1.3, 0.8),
    "grown": (2.0, 0.7),
}
_HOMING = 2  # months before June 2020 over which they come back to it
# Early help assessments fell when schools and children's centres closed.
_EARLY_LOCKDOWN = {month("2020-03"): 0.86, month("2020-04"): 0.64, month("2020-05"): 0.54}


@dataclass(frozen=True, slots=True)
class Target:
    """One month's figures by the names of targets.py, and what comes in late."""

    month: int
    figures: dict[str, int]

    def __getitem__(self, name: str) -> int:
        return self.figures[name]

    @property
    def exact(self) -> bool:
        return FIXED_FROM <= self.month <= FIXED_TO

    @property
    def assessments(self) -> int:
        return sum(self[name] for name in BANDS)

    @property
    def carried_out(self) -> int:
        return int(label(self.month) in PLAN_BEGUN_NEXT_MONTH)

    def late(self, name: str) -> int:
        return RECORDED_LATE[name].get(label(self.month), 0)


BANDS = ("days_10", "days_25", "days_35", "days_45", "days_more")


def targets(rng: Random, asylum_begun: dict[int, int]) -> dict[int, Target]:
    """Every month's target. The schedule of the unaccompanied children is made elsewhere, since
    each of them has a birthday to keep."""
    found: dict[int, Target] = {}
    before: dict[str, int] = {
        "referrals": 330,
        "on_plan": ON_PLAN_AT_START,
        "looked_after": LOOKED_AFTER_AT_START,
    }
    strays = {name: _strays(rng, *how) for name, how in _STRAY.items()}
    for number in range(START, END + 1):
        if FIXED_FROM <= number <= FIXED_TO:
            figures = {name: row[number - FIXED_FROM] for name, row in FIGURES.items()}
        else:
            figures = _invented(
                rng, number, before, {name: one[number] for name, one in strays.items()}
            )
            figures["asylum_begun"] = asylum_begun.get(number, 0)
        found[number] = Target(number, figures)
        before = figures
    return found


def _around(rng: Random, level: float, spread: float) -> int:
    return max(0, round(level * (1 + rng.gauss(0, spread))))


def _strays(rng: Random, push: float, kept: float) -> dict[int, float]:
    """By month: how far off its level a stock is."""
    found = dict.fromkeys(range(START, END + 1), 0.0)
    now = 0.0
    for number in range(START, FIXED_FROM):
        now = kept * now + rng.gauss(0, push)
        found[number] = now * min(1.0, (FIXED_FROM - 1 - number) / _HOMING)
    return found


def _invented(
    rng: Random, number: int, before: dict[str, int], stray: dict[str, float]
) -> dict[str, int]:
    grown = min(1.0, (number - START) / (FIXED_FROM - START))
    figures: dict[str, int] = {}
    _front_door(rng, figures, number, grown, before)
    level = IN_NEED_AT_START + 140 * grown + 25 * math.sin(number / 2.5)
    figures["in_need"] = round(level + stray["in_need"])
    _protection(rng, figures, number, grown, before, stray)
    _care(rng, figures, number, grown, before, stray)
    _early_help(rng, figures, number)
    return figures


def _front_door(
    rng: Random, figures: dict[str, int], number: int, grown: float, before: dict[str, int]
) -> None:
    season = _SEASON[number % 12] * _LOCKDOWN.get(number, 1.0)
    contacts = _around(rng, (1400 + 160 * grown) * season, 0.035)
    referrals = _around(rng, contacts * 0.228, 0.05)
    figures |= {
        "contacts": contacts,
        "referrals": referrals,
        "decided_in_time": referrals - _around(rng, referrals * 0.02, 0.3),
        "rereferrals": _around(rng, referrals * 0.063, 0.2),
        "exploited": _around(rng, 5, 0.4),
        "stepped_up": _around(rng, 7, 0.4),
        "missing": _around(rng, (58 + 8 * grown) * _LOCKDOWN.get(number, 1.0), 0.1),
        "enquiries": _around(rng, referrals * 0.35, 0.1),
    }
    done = _around(rng, 0.86 * (0.35 * referrals + 0.65 * before["referrals"]), 0.03)
    left = done
    for name, share in _BANDS:
        figures[name] = min(left, _around(rng, done * share, 0.2))
        left -= figures[name]
    figures["days_25"] = left


def _protection(
    rng: Random,
    figures: dict[str, int],
    number: int,
    grown: float,
    before: dict[str, int],
    stray: dict[str, float],
) -> None:
    conferences = _around(rng, 42 * _SEASON[number % 12], 0.22)
    to_plan = min(conferences, _around(rng, conferences * 0.89, 0.04))
    transfers = int(rng.random() * 3)
    figures |= {
        "conferences": conferences,
        "conferences_to_plan": to_plan,
        "conferences_in_time": min(conferences, _around(rng, conferences * 0.70, 0.2)),
        "transfers": transfers,
        "transfers_to_plan": max(0, transfers - int(rng.random() < 0.3)),
        "reviewed": _around(rng, 88, 0.22),
    }
    months = sorted(month(text) for text in PLAN_BEGUN_NEXT_MONTH)
    begun = to_plan + figures["transfers_to_plan"] + (number - 1 in months) - (number in months)
    if number >= FIXED_FROM:
        wanted = before["on_plan"] + 6
    else:
        level = ON_PLAN_AT_START + 83 * grown + 22 * math.sin((FIXED_FROM - 1 - number) / 5)
        wanted = round(level + stray["on_plan"])
    if number == FIXED_FROM - 1:  # June 2020 stands on this
        wanted = FIGURES["on_plan"][0] - 36 + FIGURES["plans_ended"][0]
    ended = max(12, before["on_plan"] + begun - wanted)
    on_plan = before["on_plan"] + begun - ended
    if number == FIXED_FROM - 1 and on_plan != wanted:
        raise InternalError("the path of plans misses June 2020")
    figures |= {
        "plans_ended": ended,
        "on_plan": on_plan,
        "repeat_plans": min(_around(rng, begun * 0.2, 0.3), to_plan - 2),
        "seen_on_plan": min(on_plan, _around(rng, on_plan * 0.82, 0.045)),
    }


def _care(
    rng: Random,
    figures: dict[str, int],
    number: int,
    grown: float,
    before: dict[str, int],
    stray: dict[str, float],
) -> None:
    begun = max(7, _around(rng, 15, 0.35))
    level = LOOKED_AFTER_AT_START + 42 * grown + 4 * math.sin((FIXED_FROM - 1 - number) / 3)
    wanted = round(level + stray["looked_after"])
    if number == FIXED_FROM - 1:
        wanted = FIGURES["looked_after"][0] - FIGURES["care_begun"][0] + FIGURES["care_ceased"][0]
    ceased = max(8, before["looked_after"] + begun - wanted)
    begun = wanted - before["looked_after"] + ceased
    figures |= {
        "looked_after": wanted,
        "care_begun": begun,
        "care_ceased": ceased,
        "adopted": min(4, _around(rng, 2.3, 0.5)),
        "guardianship": min(4, _around(rng, 2.4, 0.5)),
        "visited": _around(rng, wanted * 0.82, 0.04),
        "care_planned": min(wanted, _around(rng, wanted * 0.965, 0.005)),
        "agency_fostered": round(wanted * (0.25 + 0.034 * grown + stray["agency_share"])),
        "households": round(178 - 14 * grown + stray["households"]),
        "looked_after_16_17": round(53 + stray["grown"]),
        "leavers": 120,
    }
    if number >= FIXED_FROM:
        figures |= {"looked_after_16_17": 60, "agency_fostered": 157, "households": 155}


def _early_help(rng: Random, figures: dict[str, int], number: int) -> None:
    season = 0.5 + 0.5 * _SEASON[number % 12]
    done = _around(rng, 176 * season, 0.06)
    if number >= month("2020-03"):  # those at home finished what was open
        done = 195 + 16 * (number - month("2020-03"))
    if number >= FIXED_FROM:
        done = 310
    figures |= {
        "early_begun": _around(rng, 186 * season * _EARLY_LOCKDOWN.get(number, 1.0), 0.05),
        "early_done": done,
        "early_done_young": round(done * 0.72),
        "early_planned": _around(rng, done * 1.03, 0.05),
    }
