"""What the months share: who is open to what, and the rows written so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from openscorecard.demo.council.days import load_day, month_of
from openscorecard.demo.council.people import (
    NEVER,
    Assessment,
    Care,
    Child,
    EarlyHelp,
    Plan,
    Referral,
    Register,
)
from openscorecard.demo.council.tables import SHEETS, Row, Value
from openscorecard.demo.council.workers import Roster

# How many days after something happened it is written up: most on the day, some after a weekend.
_LAGS = (0, 0, 0, 0, 0, 1, 1, 1, 2, 3)


class Ledger:
    """The rows of every table, in the order in which they were written, and running numbers."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {sheet.name: [] for sheet in SHEETS}
        self._numbers: dict[str, int] = {}

    def id(self, prefix: str) -> str:
        number = self._numbers.get(prefix, 0) + 1
        self._numbers[prefix] = number
        return f"{prefix}{number:06d}"

    def add(self, table: str, recorded: int, known: int | None, *values: Value) -> None:
        self.rows[table].append((recorded, known, None, *values))

    def add_until(self, table: str, recorded: int, gone: int, *values: Value) -> None:
        """A row that somebody took out of the case system on the day `gone`."""
        if recorded < gone:
            self.rows[table].append((recorded, None, gone, *values))


@dataclass(slots=True, eq=False)
class Enquiry:
    """A section 47 enquiry that may yet lead to a conference."""

    id: str
    referral: Referral
    begun: int
    recorded: int
    conference: int = NEVER


@dataclass(slots=True, eq=False)
class Conference:
    id: str
    referral: Referral
    enquiry: Enquiry | None
    held: int
    recorded: int
    plan: Plan | None
    transfer: bool


@dataclass(slots=True, eq=False)
class State:
    rng: Random
    ledger: Ledger
    register: Register
    roster: Roster
    open: dict[str, Referral] = field(default_factory=dict)
    referrals: list[Referral] = field(default_factory=list)
    plans: dict[str, Plan] = field(default_factory=dict)  # open ones
    all_plans: list[Plan] = field(default_factory=list)
    cares: dict[str, Care] = field(default_factory=dict)  # open ones
    all_cares: list[Care] = field(default_factory=list)
    enquiries: list[Enquiry] = field(default_factory=list)  # that may yet lead to a conference
    settled: list[Enquiry] = field(default_factory=list)
    conferences: list[Conference] = field(default_factory=list)
    early_help: list[EarlyHelp] = field(default_factory=list)  # open ones
    known: list[Child] = field(default_factory=list)  # contacts that led to nothing
    closed: list[Child] = field(default_factory=list)
    closed_after_assessment: list[Child] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    assessed_this_month: list[Assessment] = field(default_factory=list)
    left_care: list[Care] = field(default_factory=list)  # at 16 or later
    looked_after: dict[int, list[Care]] = field(default_factory=dict)  # as the month's load saw it
    on_plan: dict[int, list[Plan]] = field(default_factory=dict)

    def lag(self, day: int) -> int:
        """The day on which something of that day is written up."""
        return day + _LAGS[int(self.rng.random() * 10)]

    def known_on_plan(self, last: int) -> list[Plan]:
        """Plans of this council that the load of a month sees open at its end."""
        load = load_day_of(last)
        return [
            plan
            for plan in self.all_plans
            if plan.begun <= last
            and plan.recorded <= load
            and not plan.other_council
            and (plan.ended == NEVER or plan.ended > last or plan.end_known > load)
        ]

    def known_in_care(self, last: int) -> list[Care]:
        """Periods of care, short breaks left out, that the load of a month sees open at its end."""
        load = load_day_of(last)
        return [
            care
            for care in self.all_cares
            if care.begun <= last
            and care.recorded <= load
            and not care.short_breaks
            and (care.ended == NEVER or care.ended > last or care.end_known > load)
        ]


def load_day_of(last: int) -> int:
    """The day of the load that closes the month which ends on that day."""
    return load_day(month_of(last))


def close(state: State, referral: Referral, day: int, reason: str, *, known: int = 0) -> None:
    """Ends a referral; the child may come back from then on."""
    referral.closed = day
    referral.reason = reason
    del state.open[referral.id]
    child = referral.child
    child.referral = None
    child.last_closed = day
    if reason == "RC8":  # whoever comes back within a year of it is a re-referral
        child.last_no_action = max(child.last_no_action, referral.assessed)
    if child.last_no_action > NEVER:
        state.closed_after_assessment.append(child)
    elif reason not in ("RC1", "RC2", "RC5", "RC6"):
        state.closed.append(child)
    state.ledger.add(
        "ssd_cin_episodes",
        referral.recorded,
        known or state.lag(day),
        *_referral_values(referral),
    )


def write_open_referrals(state: State) -> None:
    """The rows of referrals that nothing has ended."""
    for referral in state.open.values():
        state.ledger.add("ssd_cin_episodes", referral.recorded, None, *_referral_values(referral))


def _referral_values(referral: Referral) -> tuple[Value, ...]:
    worker, team = referral.worker
    return (
        referral.id,
        referral.child.id,
        referral.begun,
        referral.need,
        referral.source,
        "Y" if referral.no_action else "N",
        referral.reason or None,
        referral.closed or None,
        team,
        worker,
    )
