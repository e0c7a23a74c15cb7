"""Children: who they are, and what stands open for each while the history is written."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from openscorecard.demo.council.days import birthday

# Shares of a town in the south of England, most families White British, some of every other group.
_ETHNICITY = (
    ("WBRI", 702), ("WOTH", 62), ("WIRI", 5), ("WIRT", 5), ("WROM", 8), ("MWBC", 30),
    ("MWBA", 14), ("MWAS", 14), ("MOTH", 24), ("AIND", 10), ("APKN", 20), ("ABAN", 14),
    ("AOTH", 16), ("BCRB", 10), ("BAFR", 28), ("BOTH", 9), ("CHNE", 3), ("OOTH", 12),
    ("REFU", 2), ("NOBT", 12),
)  # fmt: skip
_ETHNICITIES = tuple(code for code, share in _ETHNICITY for _ in range(share))
_ARRIVALS = ("OOTH", "OOTH", "AOTH", "AOTH", "BAFR", "BAFR", "BOTH")
# Years of age of children referred: many small ones, many in the first years of secondary school.
_AGES = (
    (0, 14), (1, 7), (2, 6), (3, 6), (4, 6), (5, 6), (6, 6), (7, 6), (8, 6), (9, 6), (10, 6),
    (11, 6), (12, 6), (13, 6), (14, 6), (15, 6), (16, 4), (17, 1),
)  # fmt: skip
AGES_REFERRED = tuple(age for age, share in _AGES for _ in range(share))
AGES_EARLY_HELP = tuple(range(1, 17))

NEVER = 0  # no such day yet


@dataclass(slots=True, eq=False)
class Referral:
    """A spell of being a child in need. `busy` is the last day of something that keeps it open."""

    id: str
    child: Child
    begun: int
    recorded: int
    need: str
    source: str
    worker: tuple[str, str] = ("", "")  # and team
    no_action: bool = False
    transfer: bool = False  # from another council's plan
    assess_from: int = NEVER  # an assessment that is under way since then
    assess_seen: bool = True
    assessed: int = NEVER  # authorised last on
    first_assessed: int = NEVER
    busy: int = NEVER
    closed: int = NEVER
    reason: str = ""


@dataclass(slots=True, eq=False)
class Assessment:
    id: str
    referral: Referral
    begun: int
    authorised: int
    known: int
    anew: bool = False
    no_action: bool = False
    exploited: bool = False


@dataclass(slots=True, eq=False)
class Plan:
    id: str
    child: Child
    begun: int
    recorded: int
    referral: str
    conference: str
    category: str
    ended: int = NEVER
    end_known: int = NEVER
    other_council: bool = False
    kept: bool = False  # goes on while the child is looked after
    last_review: int = NEVER
    review_due: int = NEVER
    review_row: str = ""
    review_recorded: int = NEVER


@dataclass(slots=True, eq=False)
class Care:
    """A period of being looked after."""

    id: str
    child: Child
    begun: int
    recorded: int
    referral: str
    need: str
    ended: int = NEVER
    end_known: int = NEVER
    reason: str = ""
    short_breaks: bool = False
    kept: bool = False
    expected_end: int = NEVER  # after the history: where care is heading
    expected_reason: str = ""


@dataclass(slots=True, eq=False)
class EarlyHelp:
    id: str
    child: Child
    begun: int
    recorded: int
    ended: int = NEVER
    reason: str = ""


@dataclass(slots=True, eq=False)
class Child:
    id: str
    born: int
    of_age: int
    sex: str
    ethnicity: str
    recorded: int = NEVER
    expected: int = NEVER  # referred before birth
    asylum: bool = False
    referral: Referral | None = None
    plan: Plan | None = None
    care: Care | None = None
    early_help: EarlyHelp | None = None
    last_referral: int = NEVER
    last_closed: int = NEVER
    last_no_action: int = NEVER  # an assessment that led to nothing more, authorised on
    first_plan: int = NEVER
    last_plan_ended: int = NEVER
    last_care: int = NEVER
    last_early_help: int = NEVER
    still_missing: bool = False  # away over the end of a month
    left_grown: bool = False  # left care at 16 or later
    leaver_until: int = NEVER  # a care leaver whose referral was left open until then


class Register:
    """Makes children, and remembers all of them in the order in which they became known."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self.children: list[Child] = []
        self._number = 100_000

    def child(self, day: int, ages: tuple[int, ...]) -> Child:
        """Somebody new, of one of those ages on that day, known from that day on."""
        rng = self._rng
        age = ages[int(rng.random() * len(ages))]
        born = birthday(day, -age) - int(rng.random() * 365)
        return self.born(day, born)

    def born(self, day: int, born: int, *, asylum: bool = False) -> Child:
        rng = self._rng
        self._number += 1 + int(rng.random() * 9)
        chance = rng.random()
        ethnicity = _ARRIVALS if asylum else _ETHNICITIES
        child = Child(
            id=str(self._number),
            born=born,
            of_age=birthday(born, 18),
            sex="M" if chance < (0.9 if asylum else 0.515) else "F",
            ethnicity=ethnicity[int(rng.random() * len(ethnicity))],
            recorded=day,
            asylum=asylum,
        )
        self.children.append(child)
        return child

    def unborn(self, day: int) -> Child:
        """Somebody to be born some months from now."""
        rng = self._rng
        expected = day + 25 + int(rng.random() * 110)
        child = self.born(day, expected + int(rng.gauss(-3, 7)))
        child.expected = expected
        if child.born <= day:
            child.born = day + 1
        child.of_age = birthday(child.born, 18)
        return child
