"""The control chart of any series: a drawing that stands by itself, with its own style.

The band is what the process does by itself, with its edges; dashed is its centre. What a rule marks
bears a shape: circle improvement, diamond concern, square neither. A break in the band is a new
baseline. Nothing is computed here: the series comes judged.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from fractions import Fraction
from itertools import groupby, pairwise

from markupsafe import Markup

from openscorecard.publish.charts.date_axis import TALL as AXIS_TALL
from openscorecard.publish.charts.date_axis import DatePlace, date_axis
from openscorecard.publish.charts.frame import Frame
from openscorecard.publish.charts.grid import grid
from openscorecard.publish.charts.labels import Box, spread
from openscorecard.publish.charts.levels import APART
from openscorecard.publish.charts.limits import Place, Spot, band, centre
from openscorecard.publish.charts.marks import signal_mark
from openscorecard.publish.charts.scale import Axis, Scale, axis
from openscorecard.publish.charts.series_frame import GAP, MARGIN, series_frame, width_of
from openscorecard.publish.charts.series_style import STYLE
from openscorecard.publish.charts.series_words import (
    SHAPES,
    Series,
    SeriesPoint,
    bounds_of,
    in_words,
    levels,
    levels_in_words,
    number_text,
    value_of,
)
from openscorecard.publish.charts.svg import dot, drawing, element, path
from openscorecard.scorecard.verdict import Signal


def series_chart(series: Series, *, for_phone: bool = False) -> Markup:
    """The drawing; there must be at least one value."""
    letters = 44 if for_phone else 116
    head = [("t-h", line) for line in textwrap.wrap(series.title, letters - 8)]
    for sentence in series.findings:
        head += [("t-m", line) for line in textwrap.wrap(sentence, letters - 4)]
    top = 12 + 21 * len(head) + 36
    ticks = _axis(series)
    names = [words for words, _ in _named_levels(series)]
    frame = series_frame(ticks, series.suffix, names, len(series.points), top, for_phone=for_phone)
    height = Scale(ticks.low, ticks.high, frame.foot, frame.top)
    x = DatePlace(series.points[0].date, series.points[-1].date, frame)
    parts = [_text(words, css, 0, 18 + 21 * at) for at, (css, words) in enumerate(head)]
    parts += _plot(series, ticks, height, x, frame)
    parts += date_axis([point.date for point in series.points], x, frame.foot + 4)
    foot = frame.foot + AXIS_TALL + 10
    shapes, foot = _key(series, foot, frame)
    parts += shapes
    small = [] if frame.wide else textwrap.wrap(levels_in_words(series), letters)
    small += textwrap.wrap(series.method, letters)
    small += textwrap.wrap(series.notes, letters)
    for line in small:
        foot += 19
        parts.append(_text(line, "t-s", 0, foot))
    inside = f'<g transform="translate({MARGIN:.0f} {MARGIN:.0f})">{"".join(parts)}</g>'
    drawn = drawing(
        [element("style", STYLE), inside],
        width=frame.width + 2 * MARGIN,
        height=foot + 2 * MARGIN,
        ident="series",
        title=series.title,
        description=in_words(series),
    )
    return Markup(str(drawn).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))  # noqa: S704


def _axis(series: Series) -> Axis:
    seen = [Fraction(one.value) for one in series.known if one.value is not None]
    for stretch in bounds_of(series):
        seen += [level for one in stretch for level in (one.low, one.high)]
    if series.target is not None:
        seen.append(Fraction(series.target))
    return axis(seen)


def _plot(series: Series, ticks: Axis, height: Scale, x: DatePlace, frame: Frame) -> list[str]:
    at = [x.at(point.date) for point in series.points]

    def before(index: int) -> float:
        return frame.left if index == 0 else (at[index - 1] + at[index]) / 2

    def after(index: int) -> float:
        return frame.right if index == len(at) - 1 else (at[index] + at[index + 1]) / 2

    place = Place(lambda index: at[index], before, after, height.at)
    stretches = bounds_of(series)
    parts, _ = band(stretches, place)
    parts += grid(ticks, height, frame, series.suffix)
    parts += [path(line, "g-mean") for line in centre(stretches, place)]
    if series.target is not None:
        y = height.at(Fraction(series.target))
        parts.append(path([(frame.left, y), (frame.right, y)], "g-ref"))
    parts += _breaks(series, before, frame)
    spots = {index: (at[index], height.at(Fraction(one.value)))
             for index, one in enumerate(series.points) if one.value is not None}  # fmt: skip
    parts += _line(spots)
    many = len(spots) > 60
    parts += [_mark(series.points[index], spot, many=many) for index, spot in spots.items()]
    named, taken = _level_names(series, height, frame)
    return parts + named + _value_names(series, spots, taken, frame)


def _breaks(series: Series, before: Callable[[int], float], frame: Frame) -> list[str]:
    """A line where limits start anew, and since when."""
    parts = []
    for index, (one, other) in enumerate(pairwise(series.points), start=1):
        if one.group == other.group:
            continue
        x = before(index)
        parts.append(path([(x, frame.top - 24), (x, frame.foot)], "g-break"))
        words = f"new limits from {series.when(other)}"
        long = width_of(words, 14)
        if x + 6 + long > frame.width + MARGIN:
            # Left of the line, but not over the edge of a narrow drawing.
            parts.append(_text(words, "t-s halo", max(x - 6, long), frame.top - 14, "end"))
        else:
            parts.append(_text(words, "t-s halo", x + 6, frame.top - 14))
    return parts


def _line(spots: dict[int, Spot]) -> list[str]:
    """The line through neighbouring values; a gap is a gap."""
    parts = []
    for _, some in groupby(enumerate(sorted(spots)), key=lambda pair: pair[1] - pair[0]):
        run = [spots[index] for _, index in some]
        if len(run) > 1:
            parts.append(path(run, "g-line"))
    return parts


def _mark(point: SeriesPoint, spot: Spot, *, many: bool) -> str:
    if point.signal is Signal.NONE:
        return dot(*spot, 2.2 if many else 3.2, "g-dot")
    return signal_mark(point.signal, *spot, 4.2 if many else 5.4)


def _named_levels(series: Series) -> list[tuple[str, float]]:
    """The lines at the right end, each with its number: `Mean 10.5`."""
    return [(f"{name} {number_text(series, at)}{series.suffix}", at) for name, at in levels(series)]


def _level_names(series: Series, height: Scale, frame: Frame) -> tuple[list[str], list[Box]]:
    named = _named_levels(series)
    if not frame.wide or not named:
        return [], []
    wanted = [height.at(Fraction(at)) for _, at in named]
    parts, boxes = [], []
    for (words, _), y in zip(named, spread(wanted, APART, frame.top, frame.foot), strict=True):
        parts.append(_text(words, "t-s", frame.right + GAP, y + 5))
        boxes.append(Box.of_text(words, frame.right + GAP, y + 5, 14, "start"))
    return parts, boxes


def _value_names(
    series: Series, spots: dict[int, Spot], taken: list[Box], frame: Frame
) -> list[str]:
    """The latest value, the highest and the lowest, where they cover nothing."""
    known = sorted(spots)
    high = min(known, key=lambda index: spots[index][1])
    low = max(known, key=lambda index: spots[index][1])
    taken = taken + [Box(x - 4, y - 4, x + 4, y + 4) for x, y in spots.values()]
    parts = []
    for index in dict.fromkeys([known[-1], high, low]):
        words = value_of(series, series.points[index])
        last = index == known[-1]
        for x, y, anchor in _seats(spots[index], below=index == low):
            box = Box.of_text(words, x, y, frame.size + 1, anchor)
            inside = frame.left < box.left and box.right <= frame.right + 2
            inside = inside and box.top >= frame.top - 24 and box.bottom <= frame.foot + 2
            if inside and not any(box.meets(other) for other in taken):
                taken.append(box)
                parts.append(_text(words, "t-b halo" if last else "t-m halo", x, y, anchor))
                break
    return parts


def _seats(spot: Spot, *, below: bool) -> list[tuple[float, float, str]]:
    """The places around a point where its value may stand, the best first."""
    x, y = spot
    sides = [y + 22, y - 11] if below else [y - 11, y + 22]
    seats = [(x, side, "middle") for side in sides]
    seats += [(x + 10, side, "end") for side in sides]
    seats += [(x - 8, side, "end") for side in (y - 9, y + 19)]
    seats += [(x + 6, side, "start") for side in (y - 9, y + 19)]
    for side in (y - 24, y + 35, y - 38, y + 49):
        seats += [(x, side, "middle"), (x + 10, side, "end"), (x - 10, side, "start")]
    return seats


def _key(series: Series, foot: float, frame: Frame) -> tuple[list[str], float]:
    """The shapes that the drawing has, each with its word."""
    seen = {one.signal for one in series.known}
    parts, x, y = [], 7.0, foot + 12
    for signal, words in SHAPES.items():
        if signal not in seen:
            continue
        wide_ = Box.of_text(words, 0, 0, 14, "start").right + 40
        if x > 10 and x + wide_ > frame.width + 16:
            x, y = 7.0, y + 21
        parts.append(signal_mark(signal, x, y - 5, 5.4))
        parts.append(_text(words, "t-s", x + 13, y))
        x += wide_
    return (parts, y + 4) if parts else ([], foot - 4)


def _text(words: str, css: str, x: float, y: float, anchor: str = "start") -> str:
    return element("text", words, class_=css, x=x, y=y, text_anchor=anchor)
