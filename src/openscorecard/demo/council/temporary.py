"""Temporary registrations: children on another council's plan who stay here for a while.

Two at every month's end. They are on a plan and in no other stock, so that all children in need are
more than the sum of this council's own.
"""

from __future__ import annotations

from openscorecard.demo.council.days import day, later
from openscorecard.demo.council.state import State

# From and to; in one case the receiving conference is on record here.
_STAYS = (
    ("2020-02-12", "2020-09-16", False),
    ("2020-03-05", "2021-01-20", True),
    ("2020-09-09", "2021-03-11", False),
    ("2021-01-13", "", False),
    ("2021-03-03", "", True),
)


def write(state: State) -> None:
    for begun, ended, conference in _STAYS:
        first = day(begun)
        last = day(ended) if ended else None
        child = state.register.child(first, tuple(range(2, 13)))
        plan = state.ledger.id("P")
        held = state.ledger.id("C") if conference else None
        if held:
            state.ledger.add(
                "ssd_initial_cp_conference", first + 1, None, held, None, child.id, plan, None,
                "N", None, first, "Y", None, None,
            )  # fmt: skip
        state.ledger.add(
            "ssd_cp_plans", first + 1, last + 1 if last else None, plan, None, held, child.id,
            first, last, "NEG", "Y", "NEG",
        )  # fmt: skip
        _visits(state, plan, child.id, first, last or day("2021-07-02"))


def _visits(state: State, plan: str, child: str, first: int, last: int) -> None:
    visit = later(first, 8)
    while visit <= last:
        state.ledger.add(
            "ssd_cp_visits", visit + 1, None, state.ledger.id("Q"), child, plan, visit, "Y", "N"
        )
        visit = later(visit, 20)
