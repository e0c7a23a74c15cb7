"""Fostering households: the council's own, and some of agencies that it has on file."""

from __future__ import annotations

from openscorecard.demo.council.days import first_day, last_day, working_day
from openscorecard.demo.council.earlier import END, START, Target
from openscorecard.demo.council.state import State


def write(state: State, targets: dict[int, Target]) -> None:
    """So many own households at each month's end; in most months some are approved and some go."""
    rng = state.rng
    first = first_day(START)
    here: list[tuple[str, int]] = []
    for _ in range(targets[START]["households"]):
        here.append((state.ledger.id("HH"), first - 30 - int(rng.expovariate(1 / 2200)) % 9000))
    for number in range(START, END + 1):
        first, last = first_day(number), last_day(number)
        approved = int(rng.random() * 3)
        ceased = len(here) + approved - targets[number]["households"]
        if ceased < 0:
            approved, ceased = approved - ceased, 0
        for _ in range(ceased):
            identifier, since = here.pop(int(rng.random() * len(here)))
            _write(state, identifier, since, working_day(rng, first, last))
        for _ in range(approved):
            here.append((state.ledger.id("HH"), working_day(rng, first, last)))
    for identifier, since in here:
        _write(state, identifier, since, None)
    for _ in range(12):
        since = first_day(START) + int(rng.random() * 1200)
        _write(state, state.ledger.id("HH"), since, None, own=False)


def _write(
    state: State, identifier: str, since: int, until: int | None, *, own: bool = True
) -> None:
    state.ledger.add(
        "foster_carers",
        state.lag(since),
        state.lag(until) if until else None,
        identifier,
        since,
        until,
        "Y" if own else "N",
    )
