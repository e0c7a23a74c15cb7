"""A judged series, and its chart in words: what is drawn, for those who do not see it."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from openscorecard.publish.charts.limits import Bounds
from openscorecard.scorecard.verdict import Rule, Side, Signal

SHAPES = {
    Signal.CONCERN: "concern",
    Signal.IMPROVEMENT: "improvement",
    Signal.NEUTRAL: "special cause, neither better nor worse",
    Signal.NOT_JUDGED: "not judged",
}


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One date, in the units printed. `value` is None in a gap. `group` counts the baselines;
    `drawn`: its limits may be drawn, for they can be trusted."""

    date: dt.date
    label: str
    group: int
    value: float | None
    centre: float | None
    lower: float | None
    upper: float | None
    rule: Rule | None
    side: Side | None
    signal: Signal
    drawn: bool


@dataclass(frozen=True, slots=True)
class Series:
    """What is drawn: the points, oldest first, and the words around them. `title` says what the
    series is, `findings` what its latest point says, `method` how it was judged, `notes` what is
    not judged or with reserve. `least` and `most` are what the values cannot pass."""

    title: str
    findings: tuple[str, ...]
    method: str
    notes: str
    points: tuple[SeriesPoint, ...]
    suffix: str = ""
    target: float | None = None
    least: float | None = None
    most: float | None = None

    @property
    def known(self) -> list[SeriesPoint]:
        return [point for point in self.points if point.value is not None]

    def when(self, point: SeriesPoint) -> str:
        return date_words(point, self.points)


def date_words(point: SeriesPoint, points: Sequence[SeriesPoint]) -> str:
    """`Mar 2019`; with its day where the dates are not all firsts of months."""
    month = f"{calendar.month_abbr[point.date.month]} {point.date.year}"
    return month if all(one.date.day == 1 for one in points) else f"{point.date.day} {month}"


def in_words(series: Series) -> str:
    """The chart for those who do not see it, from the numbers that it draws."""
    known = series.known
    low = min(known, key=lambda one: one.value or 0)
    high = max(known, key=lambda one: one.value or 0)
    told = [
        f"{len(known)} values from {series.when(known[0])} to {series.when(known[-1])}.",
        f"Lowest {value_of(series, low)} in {series.when(low)}, "
        f"highest {value_of(series, high)} in {series.when(high)}.",
        *series.findings,
        levels_in_words(series),
    ]
    for signal in (Signal.CONCERN, Signal.IMPROVEMENT, Signal.NEUTRAL):
        some = [series.when(one) for one in known if one.signal is signal]
        if some:
            told.append(f"{SHAPES[signal].capitalize()}: {', '.join(some)}.")
    return " ".join(filter(None, [*told, series.notes]))


def number_text(series: Series, number: float) -> str:
    """A level with as many digits as the spread of the series bears: three or so."""
    text = f"{number:,.{_decimals(series)}f}"
    return text.removeprefix("-") if not text.strip("-0.") else text


def _decimals(series: Series) -> int:
    seen = [one.value for one in series.known if one.value is not None]
    seen += [
        level for one in series.points for level in (one.lower, one.upper) if level is not None
    ]
    span = max(seen) - min(seen) or abs(max(seen)) or 1.0
    places = 0
    while span * 10**places < 100 and places < 6:
        places += 1
    return places


def value_text(series: Series, value: float) -> str:
    """A value; of a series of whole numbers a whole one."""
    whole = all(one.value is not None and one.value == round(one.value) for one in series.known)
    return f"{value:,.0f}" if whole else number_text(series, value)


def value_of(series: Series, point: SeriesPoint) -> str:
    return value_text(series, point.value or 0.0) + series.suffix


def bounds_of(series: Series) -> list[list[Bounds]]:
    """The limits that may be drawn, a stretch a baseline; what runs past the possible is open."""
    found: list[list[Bounds]] = []
    last: tuple[int, int] | None = None
    for index, one in enumerate(series.points):
        if not one.drawn or one.lower is None or one.upper is None or one.centre is None:
            continue
        low, high = one.lower, one.upper
        open_low = series.least is not None and low <= series.least
        open_high = series.most is not None and high >= series.most
        if series.least is not None:
            low = max(low, series.least)
        if series.most is not None:
            high = min(high, series.most)
        bounds = Bounds(
            index, Fraction(low), Fraction(high), open_low, open_high, Fraction(one.centre)
        )
        if found and last == (index - 1, one.group):
            found[-1].append(bounds)
        else:
            found.append([bounds])
        last = (index, one.group)
    return found


def levels(series: Series) -> list[tuple[str, float]]:
    """The names of the lines at the right end, and where they lie."""
    stretches = bounds_of(series)
    found: list[tuple[str, float]] = []
    if stretches:
        last = stretches[-1][-1]
        if not last.open_high:
            found.append(("Upper limit", float(last.high)))
        if last.centre is not None:
            found.append(("Mean", float(last.centre)))
        if not last.open_low:
            found.append(("Lower limit", float(last.low)))
    if series.target is not None:
        found.append(("Target", series.target))
    return found


def levels_in_words(series: Series) -> str:
    named = [f"{name} {number_text(series, at)}{series.suffix}" for name, at in levels(series)]
    return f"{', '.join(named).capitalize()}." if named else ""
