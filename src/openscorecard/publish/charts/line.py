"""The chart of an indicator's page: every month's value, and what it was counted from below.

A month's figure is named on it as far as that stays calm: see `value_labels`. The table of months
beside the chart always has them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from markupsafe import Markup

from openscorecard.catalogue.indicator import Kind, Target
from openscorecard.periods import Month
from openscorecard.publish.charts.bars import bars, has_bars
from openscorecard.publish.charts.frame import MANY, Frame, narrow, wide
from openscorecard.publish.charts.gaps import TALL as CODES_TALL
from openscorecard.publish.charts.gaps import codes, gaps, stretches
from openscorecard.publish.charts.labels import Box, spread
from openscorecard.publish.charts.month_axis import TALL as AXIS_TALL
from openscorecard.publish.charts.month_axis import month_axis
from openscorecard.publish.charts.scale import Axis, Point, Scale, axis, points, runs
from openscorecard.publish.charts.svg import dot, drawing, element, path
from openscorecard.publish.charts.value_labels import told_points, value_labels
from openscorecard.scorecard.page import Row, Vintage
from openscorecard.statistics.ranges import printed
from openscorecard.units import Unit

AVERAGED = 12  # months that the average line is the average of


@dataclass(frozen=True, slots=True)
class LineChart:
    """Both drawings. `from_zero` says whether the scale starts at 0; the page must say if not."""

    wide: Markup
    narrow: Markup
    from_zero: bool
    has_bars: bool


def line_chart(row: Row, months: tuple[Month, ...]) -> LineChart | None:
    """The chart over these months; None under two numbers."""
    drawn = points(row, months)
    if len(drawn) < 2:
        return None
    scale = _axis(row, drawn)
    return LineChart(
        wide=_draw(row, months, drawn, scale, wide(len(months))),
        narrow=_draw(row, months, drawn, scale, narrow(len(months))),
        from_zero=scale.from_zero,
        has_bars=has_bars(row),
    )


def target_in_force(row: Row) -> Target | None:
    """The target that holds in the latest month."""
    known = [item for item in row.indicator.targets if item.since <= row.latest.month]
    return max(known, key=lambda item: item.since, default=None)


def _axis(row: Row, drawn: list[Point]) -> Axis:
    seen = [point.value for point in drawn]
    seen += [level.value for level in _level_lines(row)]
    return axis(seen, whole=row.indicator.unit is Unit.COUNT)


def _draw(
    row: Row, months: tuple[Month, ...], drawn: list[Point], ticks: Axis, frame: Frame
) -> Markup:
    height = Scale(ticks.low, ticks.high, frame.foot, frame.top)
    missing = gaps(row, months)
    levels = _level_lines(row)
    strokes = [_stroke(level, months, height, frame) for level in levels]
    parts = stretches(missing, frame, frame.top, frame.foot)
    parts += _grid(row, ticks, height, frame)
    parts += [path(stroke, level.css) for level, stroke in zip(levels, strokes, strict=True)]
    named, beside = _level_names(levels, height, frame)
    parts += named
    parts += codes(missing, frame)
    joined = runs(row, drawn)
    spots = {p.index: (frame.month_x(p.index), height.at(p.value)) for p in drawn}
    told = told_points(drawn)
    parts += _line(joined, spots)
    parts += _dots(drawn, told, spots, at_end=drawn[-1].index == len(months) - 1)
    beside += [Box(0, y - 8, frame.left - 7, y + 8) for y in map(height.at, ticks.ticks)]
    parts += value_labels(drawn, spots, joined, strokes, beside, frame)
    foot = frame.foot + 12 + (CODES_TALL if missing else 0)
    if has_bars(row):
        numbered = [point.figure.month for point in told] if frame.many else list(months)
        drawn_bars, foot = bars(row, months, numbered, foot, frame)
        parts += drawn_bars
    parts += month_axis(months, foot, frame)
    return drawing(
        parts,
        width=frame.width,
        height=foot + AXIS_TALL,
        ident=f"line-{'wide' if frame.wide else 'narrow'}",
        title=f"{row.indicator.short_name}, {months[0].long} to {months[-1].long}",
        description=" ".join([row.chart_text, *(f"{one.name} {one.words}." for one in levels)]),
        css="only-wide" if frame.wide else "only-narrow",
    )


def _line(joined: list[list[Point]], spots: dict[int, tuple[float, float]]) -> list[str]:
    """The line; what is only as now known lies lighter than what stood when its month closed."""
    parts = []
    for run in joined:
        lines: list[tuple[str, list[tuple[float, float]]]] = []
        for one, other in pairwise(run):
            later = Vintage.NOW_KNOWN in (one.figure.vintage, other.figure.vintage)
            css = "g-line g-later" if later else "g-line"
            if not lines or lines[-1][0] != css:
                lines.append((css, [spots[one.index]]))
            lines[-1][1].append(spots[other.index])
        parts += [path(steps, css) for css, steps in lines]
    return parts


def _dots(
    drawn: list[Point],
    told: list[Point],
    spots: dict[int, tuple[float, float]],
    *,
    at_end: bool,
) -> list[str]:
    """A dot for each month; among many only the told ones stand out. Hollow: the last known."""
    parts = []
    for point in drawn:
        last = point is drawn[-1]
        small = 3.6 if len(drawn) <= MANY or point in told else 2.0
        css = "g-open" if last and not at_end else "g-dot"
        if not last and point.figure.vintage is Vintage.NOW_KNOWN:
            css = "g-dot g-later"
        parts.append(dot(*spots[point.index], 5.5 if last else small, css))
    return parts


def _grid(row: Row, ticks: Axis, height: Scale, frame: Frame) -> list[str]:
    parts = []
    for tick in ticks.ticks:
        y = height.at(tick)
        first = tick == ticks.low
        parts.append(path([(frame.left, y), (frame.right, y)], "g-axis" if first else "g-grid"))
        suffix = row.indicator.unit.suffix if tick == ticks.high else ""
        words = printed(tick, 0 if tick.denominator == 1 else _places(tick)) + suffix
        parts.append(
            element("text", words, class_="t-s", x=frame.left - 9, y=y + 5, text_anchor="end")
        )
    return parts


def _places(tick: Fraction) -> int:
    places = 1
    while (tick * 10**places).denominator != 1 and places < 4:
        places += 1
    return places


@dataclass(frozen=True, slots=True)
class Level:
    """A line at one height, for the months that it speaks of: from `since`, or the last twelve."""

    css: str
    name: str
    words: str
    value: Fraction
    since: Month


def _level_lines(row: Row) -> list[Level]:
    """The 12-month average (not of a stock, which drifts) and the target."""
    lines = []
    average, target = row.average_12m, target_in_force(row)
    if average.value is not None and row.indicator.kind is not Kind.STOCK:
        since = row.latest.month.plus(1 - AVERAGED)
        lines.append(Level("g-mean", "12-month average", average.printed, average.value, since))
    if target is not None:
        words = f"{printed(target.value, row.indicator.decimals)}{row.indicator.unit.suffix}"
        lines.append(Level("g-ref", "Target", words, target.value, target.since))
    return lines


def _stroke(
    level: Level, months: tuple[Month, ...], height: Scale, frame: Frame
) -> tuple[tuple[float, float], tuple[float, float]]:
    y = height.at(level.value)
    return (frame.before(level.since.minus(months[0])), y), (frame.right, y)


def _level_names(levels: list[Level], height: Scale, frame: Frame) -> tuple[list[str], list[Box]]:
    """The lines' names at their ends, where there is room, and the room that they take."""
    if not frame.wide:
        return [], []
    parts, boxes = [], []
    heights = spread([height.at(one.value) for one in levels], 20, frame.top, frame.foot)
    for level, y in zip(levels, heights, strict=True):
        words, x = f"{level.name} {level.words}", frame.right + 10
        parts.append(element("text", words, class_="t-s", x=x, y=y + 5))
        boxes.append(Box.of_text(words, x, y + 5, 14, "start"))
    return parts, boxes
