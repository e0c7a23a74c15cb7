"""Verdicts as JSON: codes as codes, words and numbers as the page prints them."""

from __future__ import annotations

from openscorecard.scorecard.matter import Chance
from openscorecard.scorecard.verdict import Baseline, FirstPublished, Verdict


def verdict_as_json(verdict: Verdict) -> dict[str, object]:
    """`usual` is the latest month's usual range as printed, [low, high], null where there is none;
    `baseline` the one that its limits rest on; `target_met` [months that met it, months with a
    figure] of the last twelve; `offer` the lines of the settings that date a new baseline."""
    return {
        "signal": verdict.signal.value,
        "word": verdict.word,
        "reason": verdict.reason,
        "rule": None if verdict.rule is None else verdict.rule.value,
        "side": None if verdict.side is None else verdict.side.value,
        "months": [month.iso for month in verdict.months],
        "method": verdict.method,
        "method_words": verdict.method_words,
        "judged_on": verdict.judged_on,
        "baseline": _baseline(verdict.baselines[-1]) if verdict.baselines else None,
        "usual": None if verdict.usual is None else list(verdict.usual),
        "centre": verdict.centre,
        "notes": list(verdict.notes),
        "seasonal": verdict.seasonal,
        "assurance": None if verdict.assurance is None else verdict.assurance.value,
        "target": verdict.target,
        "flagged_12": verdict.flagged_12,
        "target_met": None if verdict.target_met is None else list(verdict.target_met),
        "offer": verdict.offer,
        "first_published": _first(verdict.first_published),
    }


def chance_as_json(chance: Chance) -> dict[str, object]:
    return {
        "judged": chance.judged,
        "flagged": chance.flagged,
        "expected": None if chance.expected is None else round(chance.expected, 4),
        "sentence": chance.sentence,
    }


def _baseline(one: Baseline) -> dict[str, object]:
    return {
        "from": one.first.iso,
        "to": one.last.iso,
        "points": one.points,
        "frozen": one.frozen,
        "trial": one.trial,
        "reason": one.reason,
    }


def _first(first: FirstPublished | None) -> dict[str, object] | None:
    if first is None:
        return None
    return {
        "signal": first.signal.value,
        "word": first.word,
        "reason": first.reason,
        "on": first.on.isoformat(),
    }
