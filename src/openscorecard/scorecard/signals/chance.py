"""How many of a page's indicators chance alone would flag."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from openscorecard.scorecard.matter import Chance
from openscorecard.scorecard.signals.settings import SignalSettings
from openscorecard.scorecard.verdict import Signal, Verdict

# How often the latest month is flagged where nothing has changed: by chart and what is judged,
# while a record is no longer than its baseline, and beside frozen limits. Measured by
# bench/false_alarms on 25 November 2026, on 30,000 series of each kind, with a shift of 8 and all
# else by default. Of stocks the rate lies between 0.5 and 2.7% by how much of a month stays in the
# next.
FALSE_ALARMS: dict[tuple[str, str], tuple[float, float]] = {
    ("xmr", "level"): (0.009, 0.026),
    ("xmr", "per-working-day"): (0.009, 0.026),
    ("xmr", "change"): (0.008, 0.020),
    ("pprime", "level"): (0.009, 0.026),
    ("uprime", "level"): (0.009, 0.026),
}
FEW_A_MONTH = (0.019, 0.043)  # counts of a mean under 5, neither better nor worse
SHIFT_OF_OTHERS = 7
WITH_A_SHIFT_OF_7 = 1.4  # times as many


def chance_of(verdicts: Iterable[Verdict], settings: SignalSettings) -> Chance:
    """What to expect of the verdicts of one page if nothing had changed anywhere."""
    judged = [one for one in verdicts if one.signal is not Signal.NOT_JUDGED]
    flagged = sum(one.signal.is_special for one in judged)
    if not _measured(settings):
        return Chance(len(judged), flagged, None, _not_measured(len(judged)))
    expected = sum(_rate(one) for one in judged)
    if settings.shift == SHIFT_OF_OTHERS:
        expected *= WITH_A_SHIFT_OF_7
    return Chance(len(judged), flagged, expected, _sentence(len(judged), expected))


def _measured(settings: SignalSettings) -> bool:
    """Whether the rates above are those of these rules: the built-in ones, shift 8 or 7."""
    asked = replace(settings, rebases=())
    return asked in (SignalSettings(), SignalSettings(shift=SHIFT_OF_OTHERS))


def _not_measured(judged: int) -> str:
    noun = "indicator is" if judged == 1 else "indicators are"
    return (
        f"{judged} {noun} judged by rules of the council's own; how many false signals a month "
        "these give by chance has not been measured."
    )


def _rate(verdict: Verdict) -> float:
    rates = FEW_A_MONTH if verdict.few else FALSE_ALARMS[verdict.method, verdict.judged_on]
    baseline = verdict.baselines[-1]
    beyond = sum(one.month > baseline.last and one.value is not None for one in verdict.chart)
    return rates[1] if baseline.frozen and beyond else rates[0]


def _sentence(judged: int, expected: float) -> str:
    if not judged:
        return "No indicator is judged."
    verb = "is" if round(expected) < _PLURAL else "are"
    noun = "indicator" if judged == 1 else "indicators"
    return (
        f"With {judged} {noun} judged, {_about(expected)} a month {verb} expected by chance, "
        "where nothing has changed."
    )


_PLURAL = 2
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _about(expected: float) -> str:
    nearest = round(expected)
    if nearest < 1:
        return "less than one false signal"
    number = _NUMBERS[nearest - 1] if nearest <= len(_NUMBERS) else str(nearest)
    return f"about {number} false signal{'' if nearest == 1 else 's'}"
