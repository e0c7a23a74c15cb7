"""Children who went missing: mostly teenagers, the same ones again and again."""

from __future__ import annotations

from openscorecard.demo.council.days import birthday, first_day, last_day
from openscorecard.demo.council.earlier import Target
from openscorecard.demo.council.people import NEVER, Child
from openscorecard.demo.council.state import State

_AGAIN = 0.5  # of the month before
_IN_CARE = 0.6
_OVER_MONTH_END = 3


def go_missing(state: State, target: Target, before: list[Child]) -> list[Child]:
    """The month's episodes; gives those whose episode lasts into the next month. `before` are those
    of the last month: whoever was still away (first in the list, up to three) counts again."""
    rng = state.rng
    first, last = first_day(target.month), last_day(target.month)
    carried = [child for child in before[:_OVER_MONTH_END] if child.still_missing]
    ready = [
        one.child
        for one in state.open.values()
        if one.begun < first
        and one.recorded < first
        and birthday(one.child.born, 10) <= first
        and (birthday(one.child.born, 13) <= first or rng.random() < 0.15)
        and one.child.of_age > last
        and (one.child.care is None or one.child.care.begun < first)
        and one.child.leaver_until == NEVER
    ]
    rng.shuffle(ready)
    again = {id(child) for child in before}
    ready.sort(
        key=lambda child: (
            rng.random()
            - (0.45 if id(child) in again else 0)
            - (0.3 if child.care is not None else 0)
        )
    )
    away = {id(child) for child in carried}
    chosen = [child for child in ready if id(child) not in away]
    chosen = chosen[: max(0, target["missing"] - len(carried))]
    for child in carried:
        child.still_missing = False
    over = rng.sample(chosen, _OVER_MONTH_END) if len(chosen) >= 20 else []
    for child in chosen:
        times = 1 if rng.random() < 0.62 else 2 if rng.random() < 0.6 else 4
        for part in range(times):
            width = (last - 4 - first) // times
            day = first + part * width + int(rng.random() * width)
            _write(state, child, day, day + int(rng.random() ** 2 * min(4, width)), "M")
    for child in over:
        child.still_missing = True
        _write(state, child, last - int(rng.random() * 2), last + 1 + int(rng.random() * 3), "M")
    _others(state, ready, {id(child) for child in chosen} | away, first, last)
    return over + [child for child in chosen if child not in over]


def _others(state: State, ready: list[Child], away: set[int], first: int, last: int) -> None:
    """Children away from where they should be, though everybody knew where; and one who was not
    open to social care."""
    rng = state.rng
    for child in [child for child in ready if id(child) not in away][-4:]:
        day = first + int(rng.random() * (last - first - 4))
        _write(state, child, day, day + 1, "A")
    closed = [
        child
        for child in state.closed[-60:]
        if child.referral is None
        and child.last_closed < first - 20
        and child.last_referral < first
        and birthday(child.born, 12) <= first
        and child.of_age > last
        and child.recorded < first
    ]
    if closed:
        day = first + int(rng.random() * (last - first - 4))
        _write(state, closed[0], day, day + 1, "M")


def _write(state: State, child: Child, day: int, back: int, kind: str) -> None:
    state.ledger.add(
        "ssd_missing",
        day + int(state.rng.random() * 2),
        back + int(state.rng.random() * 2),
        state.ledger.id("I"),
        child.id,
        day,
        kind,
        back,
    )
