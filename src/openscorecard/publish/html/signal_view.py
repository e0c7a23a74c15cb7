"""A verdict laid out: its shape, its word and why; the same on every page."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from openscorecard.publish.charts.marks import beside_words, key_signal
from openscorecard.publish.charts.svg import diamond, element
from openscorecard.scorecard.matter import MatterKind
from openscorecard.scorecard.page import FigureStatus, Row
from openscorecard.scorecard.verdict import JudgedMonth, Rule, Side, Signal, Verdict

NOT_JUDGED = "Not judged"
USUAL = "Usual variation"

# Of the last twelve months: from so many unusual ones on, a usual one is not said without them.
MANY_FLAGGED = 8

# What a signal's wash is called in the stylesheet; what has none stands in plain grey.
WASH = {Signal.CONCERN: "bad", Signal.IMPROVEMENT: "good", Signal.NEUTRAL: "odd"}

RULE_WORDS = {
    Rule.OUTSIDE: "outside the usual range",
    Rule.TREND: "a steady rise or fall",
    Rule.TWO_OF_THREE: "two of three near a limit",
    Rule.SHIFT: "a run on one side",
}


@dataclass(frozen=True, slots=True)
class SignalView:
    """`wash` is "" for what is plain: usual, not judged, a data note's flag has its own."""

    word: str
    why: str
    wash: str
    shape: Markup | None


def signal_view(row: Row) -> SignalView:
    """The verdict of a row, with its reason. What is usual needs none in a list (its range is on
    its own page) unless most of its year was not, and where there is no latest figure the reason
    stands beside it already."""
    verdict = row.verdict
    if verdict is None:
        return SignalView(NOT_JUDGED, "", "", None)
    plain = verdict.signal is Signal.NONE or row.latest.status is not FigureStatus.VALUE
    why = but_the_year(verdict) if plain else verdict.reason
    return _view(verdict.signal, verdict.word, why)


def but_the_year(verdict: Verdict) -> str:
    """`but 10 of the last 12 months were not` of a usual month in an unusual year, else ""."""
    if verdict.signal is not Signal.NONE or verdict.flagged_12 < MANY_FLAGGED:
        return ""
    return f"but {verdict.flagged_12} of the last 12 months were not"


def _view(signal: Signal, word: str, why: str) -> SignalView:
    if signal.is_special:
        return SignalView(word, why, WASH[signal], key_signal(signal))
    return SignalView(word, why, "", None)


_SHAPES = {
    Signal.CONCERN: "concern",
    Signal.IMPROVEMENT: "improvement",
    Signal.NEUTRAL: "unusual, neither better nor worse",
}


def shapes(signals: tuple[Signal, ...]) -> tuple[SignalView, ...]:
    """The shapes that a chart uses and what they stand for."""
    return tuple(_view(signal, _SHAPES[signal], "") for signal in signals if signal in _SHAPES)


def matter_badge(kind: MatterKind, word: str) -> SignalView:
    """The word and shape of what matters; a gap has a hollow diamond, a data note a flag."""
    of_signal = {
        MatterKind.CONCERN: Signal.CONCERN,
        MatterKind.IMPROVEMENT: Signal.IMPROVEMENT,
        MatterKind.UNUSUAL: Signal.NEUTRAL,
    }
    if kind in of_signal:
        return _view(of_signal[kind], word, "")
    if kind is MatterKind.GAP:
        return SignalView(word, "", "gap", beside_words(diamond(8, 8, 6, "g-peer")))
    flag = element("path", d="M4 15V2.5h8.5L10 5.75 12.5 9H4")
    return SignalView(word, "", "note", beside_words(flag))


def month_word(judged: JudgedMonth, verdict: Verdict) -> str:
    """A month's verdict by today's limits, in the words that the page uses for the latest."""
    moves = judged.rule is Rule.TREND or verdict.judged_on == "change"
    high, low = ("Unusual rise", "Unusual fall") if moves else ("Unusually high", "Unusually low")
    return {
        Signal.CONCERN: "Concern",
        Signal.IMPROVEMENT: "Improvement",
        Signal.NEUTRAL: low if judged.side is Side.BELOW else high,
        Signal.NONE: USUAL,
        Signal.NOT_JUDGED: NOT_JUDGED,
    }[judged.signal]


def month_words(judged: JudgedMonth, verdict: Verdict) -> str:
    """The same, and by which rule."""
    word = month_word(judged, verdict)
    if judged.rule is not None and judged.signal.is_special:
        word = f"{word}: {RULE_WORDS[judged.rule]}"
    return f"{word} (seasonal)" if judged.seasonal else word


def published_otherwise(verdict: Verdict | None) -> str:
    """`Concern, 7 months in a row above the average` where the verdict differs from the one that
    was first published; "" where it does not."""
    first = None if verdict is None else verdict.first_published
    if verdict is None or first is None or first.word == verdict.word:
        return ""
    return ", ".join(words for words in (first.word, first.reason) if words)
