"""Early help: assessments, plans and episodes of families below the threshold of social care.

More assessments are completed than begin in a month's figures, since partners send in a form only
once it is filled: its start lies back, and is known from the day of completion.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from openscorecard.demo.council.days import birthday, first_day, last_day, load_day, working_day
from openscorecard.demo.council.earlier import FIXED_FROM, START, Target
from openscorecard.demo.council.people import AGES_EARLY_HELP, NEVER, Child, EarlyHelp
from openscorecard.demo.council.state import State

_YOUNG_SHARE = 0.72
_OPEN_AT_START = 420
_FROM_SOCIAL_CARE = 0.15  # children whose referral ended not long ago
_FROM_CONTACTS = 0.3
_ENDS = (
    "Needs met", "Needs met", "Needs met", "Needs met", "Family withdrew consent",
    "Family withdrew consent", "Supported by universal services", "Moved out of area",
    "Did not engage",
)  # fmt: skip


@dataclass(slots=True, eq=False)
class _Assessed:
    """Somebody being assessed: a child, or an adult of the family (`child` is None)."""

    id: str
    person: str
    born: int
    begun: int
    recorded: int
    child: Child | None
    completed: int = NEVER
    known: int = NEVER


@dataclass(slots=True, eq=False)
class EarlyHelpWork:
    """What is open from month to month."""

    young: list[_Assessed] = field(default_factory=list)
    adults: list[_Assessed] = field(default_factory=list)
    all: list[_Assessed] = field(default_factory=list)
    done_lately: list[_Assessed] = field(default_factory=list)
    plan_until: dict[str, int] = field(default_factory=dict)
    adult_number: int = 900_000


def open_at_start(state: State, work: EarlyHelpWork) -> None:
    first = first_day(START)
    for _ in range(_OPEN_AT_START):
        day = working_day(state.rng, first - 100, first - 1)
        _begin(state, work, day, day, young=state.rng.random() < _YOUNG_SHARE)


def month(state: State, target: Target, work: EarlyHelpWork) -> None:
    first, last = first_day(target.month), last_day(target.month)
    for _ in range(target["early_begun"]):
        day = working_day(state.rng, first, last)
        _begin(state, work, day, state.lag(day), young=state.rng.random() < _YOUNG_SHARE)
    done = _complete(state, work, target, work.young, target["early_done_young"], young=True)
    done += _complete(
        state,
        work,
        target,
        work.adults,
        target["early_done"] - target["early_done_young"],
        young=False,
    )
    work.done_lately = done + work.done_lately[:900]
    _plans(state, work, target)
    _end_episodes(state, first, last)


def _begin(state: State, work: EarlyHelpWork, day: int, recorded: int, *, young: bool) -> _Assessed:
    child = _somebody(state, day) if young else None
    if child is not None:
        child.recorded = min(child.recorded, day)
        person, born = child.id, child.born
        if child.early_help is None and child.of_age > day + 300:
            episode = EarlyHelp(state.ledger.id("H"), child, day, recorded)
            child.early_help = episode
            state.early_help.append(episode)
    else:
        work.adult_number += 1 + int(state.rng.random() * 5)
        person = str(work.adult_number)
        born = birthday(day, -(22 + int(state.rng.random() * 26))) - int(state.rng.random() * 365)
    one = _Assessed(state.ledger.id("X"), person, born, day, recorded, child)
    (work.young if young else work.adults).append(one)
    work.all.append(one)
    return one


def _somebody(state: State, day: int) -> Child:
    rng = state.rng
    chance = rng.random()
    pool = None
    if chance < _FROM_SOCIAL_CARE:
        pool = state.closed if rng.random() < 0.5 else state.closed_after_assessment
    elif chance < _FROM_SOCIAL_CARE + _FROM_CONTACTS:
        pool = state.known
    if pool:
        child = pool[int(rng.random() * len(pool))]
        if (
            child.early_help is None
            and child.referral is None
            and child.last_closed < day
            and child.last_early_help < day
            and child.born + 200 < day < child.of_age - 400
        ):
            return child
    return state.register.child(day, AGES_EARLY_HELP)


def _complete(
    state: State,
    work: EarlyHelpWork,
    target: Target,
    waiting: list[_Assessed],
    count: int,
    *,
    young: bool,
) -> list[_Assessed]:
    """The oldest of those under way, and the forms that partners send in complete."""
    rng = state.rng
    first, last = first_day(target.month), last_day(target.month)
    done: list[_Assessed] = []
    by_form = 0
    if target.month >= FIXED_FROM:
        share = 0.1 * (target.month - FIXED_FROM)
        by_form = round(count * min(0.45 if young else 0.55, share))
    ready = [one for one in waiting if one.begun < last - 20]
    ready.sort(key=lambda one: one.begun + 45 * rng.random())
    for one in ready[: count - by_form]:
        one.completed = working_day(rng, max(first, one.begun + 5), last)
        one.known = state.lag(one.completed)
        done.append(one)
    finished = {id(one) for one in done}
    waiting[:] = [one for one in waiting if id(one) not in finished]
    while len(done) < count:
        completed = working_day(rng, max(first, load_day(target.month - 1) + 1), last)
        begun = working_day(rng, first - 50, first - 1)
        one = _begin(state, work, begun, completed, young=young)
        waiting.remove(one)
        one.completed = one.known = completed
        done.append(one)
    return done


def _plans(state: State, work: EarlyHelpWork, target: Target) -> None:
    """A plan for each of those assessed lately, and more for their families."""
    rng = state.rng
    first, last = first_day(target.month), last_day(target.month)
    begun = 0
    for one in work.done_lately:
        if begun == target["early_planned"]:
            return
        if work.plan_until.get(one.person, NEVER) >= first or rng.random() < 0.12:
            continue
        day = working_day(rng, max(first, one.completed), last)
        _plan(state, work, one.person, day)
        begun += 1
    while begun < target["early_planned"]:
        day = working_day(rng, first, last)
        child = state.register.child(day, AGES_EARLY_HELP)
        _plan(state, work, child.id, day)
        begun += 1


def _plan(state: State, work: EarlyHelpWork, person: str, day: int) -> None:
    end = working_day(state.rng, day + 60, day + 65 + min(700, int(state.rng.expovariate(1 / 110))))
    work.plan_until[person] = end
    state.ledger.add(
        "early_help_plans",
        state.lag(day),
        state.lag(end),
        state.ledger.id("J"),
        person,
        day,
        end,
    )


def _end_episodes(state: State, first: int, last: int) -> None:
    rng = state.rng
    keep = []
    for episode in state.early_help:
        months = (last - episode.begun) / 30
        chance = 0.0 if months < 1.5 else 0.14 if months < 9 else 0.3
        if rng.random() < chance:
            episode.ended = working_day(rng, max(first, episode.begun + 7), last)
            episode.reason = _ENDS[int(rng.random() * len(_ENDS))]
            episode.child.early_help = None
            episode.child.last_early_help = episode.ended
            _write_episode(state, episode)
        else:
            keep.append(episode)
    state.early_help = keep


def step_up(state: State, episode: EarlyHelp, day: int) -> None:
    """The episode ends since social care takes over; that is written up at once."""
    episode.ended = day
    episode.reason = "Stepped up to social care"
    episode.child.early_help = None
    episode.child.last_early_help = day
    state.early_help.remove(episode)
    _write_episode(state, episode)


def _write_episode(state: State, episode: EarlyHelp) -> None:
    worker, _ = state.roster.next("early help")
    ended = episode.ended or None
    state.ledger.add(
        "ssd_early_help_episodes",
        min(episode.recorded, episode.ended or episode.recorded),
        ended,
        episode.id,
        episode.child.id,
        episode.begun,
        ended,
        episode.reason or None,
        worker,
    )


def write(state: State, work: EarlyHelpWork) -> None:
    for episode in state.early_help:
        _write_episode(state, episode)
    for one in work.all:
        state.ledger.add(
            "early_help_assessments",
            one.recorded,
            one.known or None,
            one.id,
            one.person,
            one.child.born if one.child else one.born,
            one.begun,
            one.completed or None,
        )
