"""The words of `scorecard chart`: rules, method, and what the latest point says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openscorecard.cli.chart_steps import full_date
from openscorecard.publish.charts.series_words import Series, SeriesPoint, date_words
from openscorecard.scorecard.verdict import Assurance, Rule, Side, Signal

if TYPE_CHECKING:
    from openscorecard.cli.chart_judged import JudgedSeries, Settings
    from openscorecard.cli.chart_steps import SteppedSeries
    from openscorecard.statistics.control import Rules

ASSURANCE = {
    Assurance.MEETS: "The process meets its target month after month as it stands.",
    Assurance.HIT_OR_MISS: "The target lies within the limits: it is hit or missed by chance.",
    Assurance.MISSES: "The process misses its target as it stands.",
}
_CHARTS = {
    "xmr": "XmR chart: mean, and limits 2.66 mean moving ranges away",
    "p": "P chart: all events by all denominators, and limits three standard deviations away",
    "pprime": "P′ chart: limits three standard deviations away, times the spread beyond chance",
    "u": "U chart: all events by all denominators, and limits three standard deviations away",
    "uprime": "U′ chart: limits three standard deviations away, times the spread beyond chance",
    "c": "C chart: mean, and limits three square roots of it away",
}
_VERDICTS = {
    Signal.NONE: "usual variation",
    Signal.IMPROVEMENT: "improvement",
    Signal.CONCERN: "concern",
    Signal.NEUTRAL: "a special cause, neither better nor worse",
    Signal.NOT_JUDGED: "not judged",
}


def rule_words(point: SeriesPoint, rules: Rules) -> str:
    """`7 points in a row below the mean`; "" where no rule fired."""
    if point.rule is None:
        return ""
    above = point.side is Side.ABOVE
    if point.rule is Rule.OUTSIDE:
        return "above the upper limit" if above else "below the lower limit"
    if point.rule is Rule.TREND:
        return f"{rules.trend} points in a row {'rising' if above else 'falling'}"
    if point.rule is Rule.TWO_OF_THREE:
        return f"two of three near the {'upper' if above else 'lower'} limit"
    return f"{rules.shift} points in a row {'above' if above else 'below'} the mean"


def method_words(settings: Settings) -> str:
    """The chart and its rules, in the order in which they are tried."""
    rules = settings.rules
    tried = ["outside a limit", f"trend of {rules.trend} points"]
    tried += ["two of three near a limit"] if rules.two_of_three else []
    tried.append(f"shift of {rules.shift} points")
    told = [f"{_CHARTS[settings.kind]}.", f"Rules: {', '.join(tried)}."]
    if settings.kind == "xmr":
        told.append(f"Moving ranges {'screened' if rules.screen else 'not screened'}.")
    if settings.baseline is not None:
        told.append(f"The first {settings.baseline} values fix the limits.")
    return " ".join(told)


def default_title(
    value: str, denominator: str | None, settings: Settings, series: SteppedSeries
) -> str:
    """`referrals per 10,000 of children by month, January 2020 to December 2021`."""
    name = value
    if denominator is not None:
        many = "as %" if settings.kind.is_proportion else f"per {settings.per:,.10g}"
        name = f"{value} {many} of {denominator}"
    if series.step is not None:
        noun = series.step.noun
        name = f"{name} by {noun}" if noun else f"{name} {series.step.often}"
    first, last = series.readings[0], series.readings[-1]
    days = any(one.date.day != 1 for one in series.readings)
    begin, end = full_date(first.date, days=days), full_date(last.date, days=days)
    return f"{name}, {begin}" if first is last else f"{name}, {begin} to {end}"


def as_series(judged: JudgedSeries, settings: Settings, title: str) -> Series:
    """The series with its words, ready to be drawn."""
    positive = all(one.value is None or one.value >= 0 for one in judged.points)
    return Series(
        title=title,
        findings=_findings(judged, settings),
        method=method_words(settings),
        notes=judged.reason or "",
        points=judged.points,
        suffix="%" if settings.kind.is_proportion else "",
        target=settings.target,
        least=0.0 if positive else None,
        most=100.0 if settings.kind.is_proportion else None,
    )


def _findings(judged: JudgedSeries, settings: Settings) -> tuple[str, ...]:
    """What the latest value says, and whether the target is met by itself."""
    known = [one for one in judged.points if one.value is not None]
    said = []
    if known:
        latest = known[-1]
        why = rule_words(latest, settings.rules)
        when = date_words(latest, judged.points)
        said.append(f"{when}: {_VERDICTS[latest.signal]}{', ' if why else ''}{why}.")
    if judged.assurance:
        said.append(ASSURANCE[judged.assurance])
    return tuple(said)
