"""What the chart says: the verdict, what would count as a change, and how it was judged."""

from __future__ import annotations

from dataclasses import dataclass

from openscorecard.periods import day_in_words
from openscorecard.publish.html.signal_view import (
    SignalView,
    but_the_year,
    published_otherwise,
    signal_view,
)
from openscorecard.publish.html.words import sentence
from openscorecard.scorecard.page import Row
from openscorecard.scorecard.verdict import Assurance, Baseline, Signal, Verdict
from openscorecard.units import Unit

_TARGET = {
    Assurance.MEETS: "The target is {target}. As things stand every month can be expected to meet "
    "it.",
    Assurance.HIT_OR_MISS: "The target is {target}. Without any change some months would meet it "
    "and others miss it.",
    Assurance.MISSES: "The target is {target}. As things stand no month can be expected to meet "
    "it: that takes a change.",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One thing said: a few words as a head, then a sentence."""

    head: str
    words: str


@dataclass(frozen=True, slots=True)
class SaidView:
    signal: SignalView
    why: str
    points: tuple[Point, ...]
    how: tuple[str, ...]
    seasonal: bool


def said_view(row: Row) -> SaidView | None:
    """None where the page bears no verdict, as an older release."""
    verdict = row.verdict
    if verdict is None:
        return None
    view = signal_view(row)
    return SaidView(
        signal=view,
        why=sentence(verdict.reason),
        points=tuple(_points(row, verdict)),
        how=tuple(_how(verdict)),
        seasonal=verdict.seasonal,
    )


def _points(row: Row, verdict: Verdict) -> list[Point]:
    points = []
    if verdict.signal is Signal.NONE:
        words = f"{_usual(verdict)} A usual level can still be the wrong level."
        points.append(Point("Usual is not fine", words.strip()))
    points += [Point("", sentence(note)) for note in verdict.notes]
    if verdict.usual is not None and verdict.signal is not Signal.NOT_JUDGED:
        points.append(Point("What would count as a change", _change(row, verdict)))
    if verdict.assurance is not None and verdict.target:
        words = _TARGET[verdict.assurance].format(target=verdict.target)
        points.append(Point("Against the target", f"{words}{_met(verdict)}"))
    first = verdict.first_published
    if first is not None:
        before = published_otherwise(verdict)
        if before:
            now = f"Now: {verdict.word}, as later months and figures have come in."
            points.append(Point("First published", f"{day_in_words(first.on)}: {before}. {now}"))
        else:
            points.append(Point("", f"As first published, {day_in_words(first.on)}."))
    return points


def _usual(verdict: Verdict) -> str:
    """What is usual: the level, or only how it moved. Of a year that was not, its own note tells
    more; without one the months are counted here."""
    if but_the_year(verdict):
        months = f"{verdict.flagged_12} of the last 12 months"
        told = any(months in note for note in verdict.notes)
        return "" if told else f"This month is a usual one, but {months} were not."
    if verdict.judged_on == "change":
        return "Its change on the month is a usual one."
    return "It goes up and down by this much by itself."


def _met(verdict: Verdict) -> str:
    """` 2 of the last 12 months met it.`, "" where that is not known."""
    if verdict.target_met is None or not verdict.target_met[1]:
        return ""
    met, of = verdict.target_met
    whole = "the last 12 months" if of == 12 else f"the {of} months with a figure in the last 12"
    return f" {met or 'None'} of {whole} met it."


def _change(row: Row, verdict: Verdict) -> str:
    """The figures that would have been outside, as far as there can be any."""
    low, high = verdict.usual or ("", "")
    latest = verdict.at(row.latest.month)
    top = 100 if row.indicator.unit is Unit.PERCENT else None
    ways = []
    if latest is None or latest.lower is None or latest.lower > 0:
        ways.append(f"below {low}")
    if latest is None or top is None or latest.upper is None or latest.upper < top:
        ways.append(f"above {high}")
    run = "A run of months can be one too: see how this is judged."
    if not ways:
        return f"No single month can be one: they range too widely. {run}"
    around = ", from where the month before left it" * (verdict.judged_on == "change")
    return f"In {row.latest.month.long}{around}: a figure {' or '.join(ways)}. {run}"


def _how(verdict: Verdict) -> list[str]:
    lines = [sentence(verdict.method_words)] if verdict.method_words else []
    return lines + [_baseline(one, at) for at, one in enumerate(verdict.baselines)]


def _baseline(one: Baseline, at: int) -> str:
    since = "Limits" if at == 0 else f"From {one.first.long} new limits"
    months = "month" if one.points == 1 else "months"
    words = f"{since} rest on {one.first.long} to {one.last.long}, {one.points} {months} with a"
    words = f"{words} figure"
    if one.trial:
        words += "; these are trial limits, which each new month still moves"
    elif one.frozen:
        words += "; later months no longer move them"
    reason = f" {sentence(one.reason)}" if one.reason else ""
    return f"{words}.{reason}"
