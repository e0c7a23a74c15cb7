"""Judges a series for `scorecard chart`: limits, rules, verdicts; what is not judged, and why."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from openscorecard.cli.chart_file import Reading
from openscorecard.cli.chart_steps import SteppedSeries
from openscorecard.publish.charts.series_words import SeriesPoint
from openscorecard.scorecard.verdict import Assurance, Rule, Side, Signal

if TYPE_CHECKING:
    from openscorecard.statistics.control import ChartKind, Limits, Rules
    from openscorecard.statistics.signals import Signals

FEWEST = 7  # points that limits must rest on, for a verdict
FEW = 12  # points under which they are trial limits
LITTLE_POWER = 5  # the mean of counts under which a chart hardly shows anything


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    NONE = "none"

    @property
    def sign(self) -> int:
        return {"up": 1, "down": -1, "none": 0}[self.value]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a series is to be judged. `rebase` are the dates from which limits start anew, `per` what
    rates are printed for."""

    kind: ChartKind
    rules: Rules
    direction: Direction
    baseline: int | None = None
    rebase: tuple[dt.date, ...] = ()
    target: float | None = None
    per: float = 1

    @property
    def scale(self) -> float:
        """What a figure per one is printed as: percentages in points, rates per so many."""
        if self.kind.is_proportion:
            return 100
        return self.per if self.kind.has_sizes else 1


@dataclass(frozen=True, slots=True)
class JudgedSeries:
    """The points with their verdicts; `reason` says what is not judged, or only with reserve, and
    which dates have no line."""

    points: tuple[SeriesPoint, ...]
    reason: str | None
    assurance: Assurance | None


def judge(series: SteppedSeries, settings: Settings) -> JudgedSeries:
    """Every point of the series, oldest first, dates without a line among them."""
    from openscorecard.statistics.assurance import assurance
    from openscorecard.statistics.control import limits, plotted
    from openscorecard.statistics.signals import signals

    readings = series.readings
    values = [[_float(one.value) for one in readings]]
    sizes = [[_float(one.size) for one in readings]] if settings.kind.has_sizes else None
    groups = [sum(start <= one.date for start in settings.rebase) for one in readings]
    found = limits(
        settings.kind,
        values,
        sizes,
        groups=groups,
        baseline=settings.baseline,
        rules=settings.rules,
    )
    shown = plotted(settings.kind, values, sizes)
    fired = signals(shown, found, groups=groups, rules=settings.rules)
    points = tuple(
        _point(one, at, groups[at], _figure(one, settings), found, fired, settings)
        for at, one in enumerate(readings)
    )
    latest = next((one for one in reversed(points) if one.value is not None), None)
    standing = None
    if latest is not None and latest.drawn:
        better = settings.direction.sign
        standing = assurance(settings.target, latest.lower, latest.upper, better)
    reasons = [one for one in (_reason(points, found, settings), series.note) if one]
    return JudgedSeries(
        points, " ".join(reasons) or None, Assurance(standing) if standing else None
    )


def _float(number: Fraction | None) -> float:
    return math.nan if number is None else float(number)


def _figure(one: Reading, settings: Settings) -> float | None:
    """The figure as printed, worked exactly; None in a gap."""
    if one.value is None or not settings.kind.has_sizes:
        return None if one.value is None else float(one.value)
    if not one.size:
        return None
    return float(one.value / one.size * Fraction(settings.scale))


def _point(
    one: Reading,
    at: int,
    group: int,
    value: float | None,
    found: Limits,
    fired: Signals,
    settings: Settings,
) -> SeriesPoint:
    scale = settings.scale
    centre = float(found.centre[0, at])
    flat, few = bool(found.flat[0, at]), int(found.points[0, at]) < FEWEST
    code, way = int(fired.rule[0, at]), int(fired.side[0, at])
    rule = None if flat or not code else list(Rule)[code - 1]
    side = None if rule is None else (Side.ABOVE if way > 0 else Side.BELOW)
    if flat or few or value is None or math.isnan(centre):
        signal = Signal.NOT_JUDGED
    elif rule is None:
        signal = Signal.NONE
    elif not settings.direction.sign or _has_little_power(settings, centre):
        signal = Signal.NEUTRAL
    else:
        better = way == settings.direction.sign
        signal = Signal.IMPROVEMENT if better else Signal.CONCERN
    return SeriesPoint(
        date=one.date,
        label=one.label,
        group=group,
        value=value,
        centre=_scaled(centre, scale),
        lower=_scaled(float(found.lower[0, at]), scale),
        upper=_scaled(float(found.upper[0, at]), scale),
        rule=rule,
        side=side,
        signal=signal,
        drawn=not flat and not few,
    )


def _scaled(number: float, scale: float) -> float | None:
    return None if math.isnan(number) else number * scale


def _has_little_power(settings: Settings, centre: float) -> bool:
    return settings.kind == "c" and centre < LITTLE_POWER


def _reason(points: Sequence[SeriesPoint], found: Limits, settings: Settings) -> str:
    """A sentence a group that is not judged, or judged with reserve."""
    groups = sorted({one.group for one in points})
    said = []
    for group in groups:
        mine = [at for at, one in enumerate(points) if one.group == group]
        known = [at for at in mine if points[at].value is not None]
        since = "" if len(groups) == 1 else f"From {points[mine[0]].label}: "
        if not known:
            said.append(f"{since}no point has a value; not judged.")
            continue
        at = known[0]
        rest = int(found.points[0, at])
        if bool(found.flat[0, at]) and len(known) > 1:
            said.append(f"{since}{_why_flat(points, known, settings)}; not judged.")
        elif rest < FEWEST:
            what = "1 point" if rest == 1 else f"{rest} points"
            said.append(f"{since}the limits rest on {what}, fewer than {FEWEST}; not judged.")
        else:
            if rest < FEW:
                said.append(f"{since}trial limits: they rest on {rest} points, fewer than {FEW}.")
            centre = float(found.centre[0, at])
            if _has_little_power(settings, centre):
                said.append(
                    f"{since}the mean is {centre:.2g}, under {LITTLE_POWER}: the chart has little "
                    "power, and a special cause is neither improvement nor concern."
                )
    return " ".join(one[0].upper() + one[1:] for one in said)


def _why_flat(points: Sequence[SeriesPoint], known: Sequence[int], settings: Settings) -> str:
    if len({points[at].value for at in known}) == 1:
        return "all values are the same, so that the moving ranges are zero"
    if settings.kind in ("xmr", "pprime", "uprime"):
        return "the moving ranges that the limits rest on are all zero"
    return "the points that the limits rest on leave no room for chance"
