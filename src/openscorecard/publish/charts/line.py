"""The chart of an indicator's page: every month's value on its usual range, and what it was counted
from below.

What a rule marked bears its shape, old runs too. A month's figure is named on it as far as that
stays calm: see `value_labels`. The table of months beside the chart always has them all. A row
without a verdict has the line alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from openscorecard.periods import Month
from openscorecard.publish.charts.bars import bars, has_bars
from openscorecard.publish.charts.breaks import breaks
from openscorecard.publish.charts.frame import MANY, Frame, narrow, wide
from openscorecard.publish.charts.gaps import TALL as CODES_TALL
from openscorecard.publish.charts.gaps import codes, gaps, stretches
from openscorecard.publish.charts.grid import grid
from openscorecard.publish.charts.labels import Box
from openscorecard.publish.charts.levels import (
    draw_names,
    end_names,
    has_centre,
    level_lines,
    stroke,
)
from openscorecard.publish.charts.limits import (
    Bounds,
    Place,
    Spot,
    band,
    centre,
    extremes,
    limits,
)
from openscorecard.publish.charts.marks import signal_mark
from openscorecard.publish.charts.month_axis import TALL as AXIS_TALL
from openscorecard.publish.charts.month_axis import month_axis
from openscorecard.publish.charts.scale import Axis, Point, Scale, axis, points, runs
from openscorecard.publish.charts.svg import dot, drawing, path
from openscorecard.publish.charts.told import told_of
from openscorecard.publish.charts.value_labels import told_points, value_labels
from openscorecard.scorecard.page import Row, Vintage
from openscorecard.scorecard.verdict import Signal
from openscorecard.units import Unit


@dataclass(frozen=True, slots=True)
class LineChart:
    """Both drawings. `from_zero` says whether the scale starts at 0; the page must say if not.
    `shapes` are the signals that it marks, `has_centre` and `has_band` what else is to be named
    in words where a drawing has no room for names."""

    wide: Markup
    narrow: Markup
    from_zero: bool
    has_bars: bool
    has_band: bool
    has_centre: bool
    shapes: tuple[Signal, ...]


def line_chart(row: Row, months: tuple[Month, ...]) -> LineChart | None:
    """The chart over these months; None under two numbers."""
    drawn = points(row, months)
    if len(drawn) < 2:
        return None
    bounds = limits(row, months)
    scale = _axis(row, drawn, bounds)
    special = _special(row)
    found = {special[p.figure.month] for p in drawn if p.figure.month in special}
    return LineChart(
        wide=_draw(row, months, drawn, bounds, special, scale, wide(len(months))),
        narrow=_draw(row, months, drawn, bounds, special, scale, narrow(len(months))),
        from_zero=scale.from_zero,
        has_bars=has_bars(row),
        has_band=bool(bounds),
        has_centre=has_centre(row),
        shapes=tuple(signal for signal in Signal if signal in found),
    )


def paper_chart(row: Row, months: tuple[Month, ...], frame: Frame) -> Markup | None:
    """The same chart on a frame for paper, alone: what was counted stands in the table there."""
    drawn = points(row, months)
    if len(drawn) < 2:
        return None
    bounds = limits(row, months)
    scale = _axis(row, drawn, bounds)
    return _draw(row, months, drawn, bounds, _special(row), scale, frame, counted=False)


def _axis(row: Row, drawn: list[Point], bounds: list[list[Bounds]]) -> Axis:
    seen = [point.value for point in drawn]
    seen += [level.value for level in level_lines(row)]
    seen += extremes(bounds)
    return axis(seen, whole=row.indicator.unit is Unit.COUNT)


def _draw(
    row: Row,
    months: tuple[Month, ...],
    drawn: list[Point],
    bounds: list[list[Bounds]],
    special: dict[Month, Signal],
    ticks: Axis,
    frame: Frame,
    *,
    counted: bool = True,
) -> Markup:
    height = Scale(ticks.low, ticks.high, frame.foot, frame.top)
    place = Place(frame.month_x, frame.before, frame.after, height.at)
    missing = gaps(row, months)
    levels = level_lines(row)
    strokes = [stroke(level, months, height, frame) for level in levels]
    middle = centre(bounds, place) if has_centre(row) else []
    parts = stretches(missing, frame, frame.top, frame.foot)
    shaded, edges = band(bounds, place)
    parts += shaded
    parts += grid(ticks, height, frame, row.indicator.unit.suffix)
    parts += [path(stroke, level.css) for level, stroke in zip(levels, strokes, strict=True)]
    parts += [path(piece, "g-centre") for piece in middle]
    latest = _latest(bounds, len(months))
    names = end_names(row, levels, latest)
    named, beside = draw_names(names, height, frame)
    broken, told_breaks = breaks(row, months, frame)
    parts += [*named, *broken, *codes(missing, frame)]
    banded = {
        one.index: (height.at(one.high), height.at(one.low))
        for stretch in bounds
        for one in stretch
    }
    joined = runs(row, drawn)
    spots = {p.index: (frame.month_x(p.index), height.at(p.value)) for p in drawn}
    told = told_points(drawn)
    parts += _line(joined, spots)
    parts += _dots(drawn, special, told, spots, at_end=drawn[-1].index == len(months) - 1)
    beside += [Box(0, y - 8, frame.left - 7, y + 8) for y in map(height.at, ticks.ticks)]
    for line in (*middle, *edges):
        strokes += pairwise(line)
    parts += value_labels(drawn, spots, joined, strokes, beside + told_breaks, frame, banded)
    foot = frame.foot + 12 + (CODES_TALL if missing else 0)
    if counted and has_bars(row):
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
        description=_description(row, months),
        css="only-wide" if frame.wide else "only-narrow",
    )


def _description(row: Row, months: tuple[Month, ...]) -> str:
    """The chart in words, from the numbers that it draws."""
    parts = [told_of(row, months), *(f"{level.told}." for level in level_lines(row))]
    verdict = row.verdict
    if verdict is not None:
        if verdict.usual is not None:
            low, high = verdict.usual
            parts.append(f"Usual range in {row.latest.month.long}: {low} to {high}.")
        if has_centre(row):
            parts.append(f"Its centre: {verdict.centre}.")
        said = ": ".join(words for words in (verdict.word, verdict.reason) if words)
        parts.append(f"{said.rstrip('.')}.")
    return " ".join(parts)


def _latest(bounds: list[list[Bounds]], count: int) -> Bounds | None:
    last = bounds[-1][-1] if bounds else None
    return last if last is not None and last.index == count - 1 else None


def _special(row: Row) -> dict[Month, Signal]:
    """The months in which a rule found a special cause."""
    chart = () if row.verdict is None else row.verdict.chart
    return {judged.month: judged.signal for judged in chart if judged.signal.is_special}


def _line(joined: list[list[Point]], spots: dict[int, Spot]) -> list[str]:
    """The line; what is only as now known lies lighter than what stood when its month closed."""
    parts = []
    for run in joined:
        lines: list[tuple[str, list[Spot]]] = []
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
    special: dict[Month, Signal],
    told: list[Point],
    spots: dict[int, Spot],
    *,
    at_end: bool,
) -> list[str]:
    """A dot for each month, a shape for a special one; among many only the told ones stand out.
    Hollow: the last known."""
    parts = []
    for point in drawn:
        last = point is drawn[-1]
        signal = special.get(point.figure.month)
        if signal is not None:
            size = 6.4 if last else 4.4 if len(drawn) <= MANY else 3.8
            parts.append(signal_mark(signal, *spots[point.index], size))
            continue
        small = 3.6 if len(drawn) <= MANY or point in told else 2.0
        css = "g-open" if last and not at_end else "g-dot"
        if not last and point.figure.vintage is Vintage.NOW_KNOWN:
            css = "g-dot g-later"
        parts.append(dot(*spots[point.index], 5.5 if last else small, css))
    return parts
