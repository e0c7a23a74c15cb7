"""How change is judged, for the page on how to read it: from the page's own settings and verdicts,
so that the rules and run lengths told are those in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from openscorecard.publish.html.words import sentence
from openscorecard.scorecard.page import Scorecard
from openscorecard.scorecard.signals.settings import SETTLED_POINTS, SignalSettings
from openscorecard.scorecard.verdict import Signal

METHODS = {
    ("xmr", "level"): "Numbers: each month against the council’s own months (an XmR chart).",
    ("xmr", "per-working-day"): "Numbers at the front door: per working day, because a month with "
    "more of them brings more (XmR).",
    ("xmr", "change"): "What is counted at a month’s end: the change since the month before, "
    "because most of the children are the same (XmR).",
    ("pprime", "level"): "Percentages: with the number that each month’s percentage is of (a P′ "
    "chart).",
    ("uprime", "level"): "Rates: with the population (a U′ chart).",
}


@dataclass(frozen=True, slots=True)
class Told:
    """`words`, and the indicators that they are true of."""

    words: str
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JudgingView:
    """`methods` and `reasons` (why not judged), what is said of most indicators first."""

    rules: tuple[str, ...]
    limits: str
    methods: tuple[Told, ...]
    reasons: tuple[Told, ...]
    chance: str


def judging_view(card: Scorecard) -> JudgingView | None:
    """None where no row bears a verdict, as on a page of an older release."""
    methods: list[tuple[str, str]] = []
    reasons: list[tuple[str, str]] = []
    judged = [(row.indicator.ref, row.verdict) for row in card.rows if row.verdict is not None]
    for ref, verdict in judged:
        if verdict.signal is Signal.NOT_JUDGED:
            reasons.append((sentence(verdict.reason), ref))
        else:
            known = METHODS.get((verdict.method, verdict.judged_on))
            methods.append((known or sentence(verdict.method_words), ref))
    if not judged:
        return None
    return JudgingView(
        rules=_rules(card.signal_settings),
        limits=_limits(card.signal_settings),
        methods=_told(methods),
        reasons=_told(reasons),
        chance="" if card.chance is None else card.chance.sentence,
    )


def _rules(settings: SignalSettings) -> tuple[str, ...]:
    rules = (
        "Outside: one month outside the usual range.",
        f"Trend: {settings.trend} months, each higher than the one before or each lower.",
        "Near a limit: two of three months in a row close to the same end of the usual range.",
        f"Run: {settings.shift} months in a row on one side of the centre.",
    )
    return rules if settings.two_of_three else (*rules[:2], rules[3])


def _limits(settings: SignalSettings) -> str:
    return (
        f"The usual range rests on the first {settings.baseline_months} months on record and then "
        "stays, so that a slow drift is not chased; until then on all there are. With fewer than "
        f"{SETTLED_POINTS} it is on trial. After a real and lasting change a person can date a new "
        "one, with a reason that is printed."
    )


def _told(found: Iterable[tuple[str, str]]) -> tuple[Told, ...]:
    by_words: dict[str, list[str]] = {}
    for words, ref in found:
        if words:
            by_words.setdefault(words, []).append(ref)
    told = [Told(words, tuple(refs)) for words, refs in by_words.items()]
    return tuple(sorted(told, key=lambda one: -len(one.refs)))
