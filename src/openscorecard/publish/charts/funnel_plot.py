"""Draws a funnel: the band of chance, the councils, England's line, and this council."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from markupsafe import Markup

from openscorecard.publish.charts.grid import tick_words
from openscorecard.publish.charts.labels import Box
from openscorecard.publish.charts.scale import Axis, Scale
from openscorecard.publish.charts.svg import diamond, dot, drawing, element, number, path
from openscorecard.scorecard.page import Row
from openscorecard.scorecard.wording import figure_text

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sized:
    """A council on the plot."""

    size: Fraction
    value: Fraction
    neighbour: bool


@dataclass(frozen=True, slots=True)
class Own:
    """This council: its printed value, and over what."""

    size: Fraction
    value: Fraction
    words: str


@dataclass(frozen=True, slots=True)
class Plot:
    """All that both drawings share."""

    row: Row
    councils: tuple[Sized, ...]
    own: Own | None
    england: Fraction
    across: Axis
    up: Axis
    limits: tuple[tuple[Fraction, float, float, float, float], ...]
    size_words: str
    told: str


def draw_funnel(plot: Plot, *, wide: bool) -> Markup:
    """The wide drawing, or the one for phones."""
    width, left, right, top, foot = (
        (620.0, 52.0, 500.0, 16.0, 320.0) if wide else (343.0, 44.0, 335.0, 16.0, 270.0)
    )
    x = Scale(plot.across.low, plot.across.high, left, right)
    y = Scale(plot.up.low, plot.up.high, foot, top)
    parts = _band(plot, x, y)
    parts += _frame(plot, x, y, (left, right, foot))
    level = y.at(plot.england)
    parts.append(path([(left, level), (right, level)], "g-mean"))
    taken: list[Box] = []
    for one in sorted(plot.councils, key=lambda one: one.neighbour):
        at = (x.at(one.size), y.at(one.value))
        parts.append(diamond(*at, 5.4, "g-peer") if one.neighbour else dot(*at, 3, "g-other"))
    england = f"England {_figure(plot, plot.england)}"
    if wide:
        parts.append(element("text", england, class_="t-s", x=right + 10, y=level + 5))
    else:
        box = Box.of_text(england, right, level - 6, 14, "end")
        taken.append(box)
        parts.append(
            element("text", england, class_="t-s halo", x=right, y=level - 6, text_anchor="end")
        )
    if plot.own is not None:
        spot = (x.at(plot.own.size), y.at(plot.own.value))
        taken += _marks_of(plot, x, y)
        lines = [line for piece in _edges(plot, x, y) for line in pairwise(piece)]
        lines.append(((left, level), (right, level)))
        room = Box(left + 2, top - 8, width - 2, foot - 4)
        parts += _own_mark(plot.own, spot, room, taken, lines)
    return drawing(
        parts,
        width=width,
        height=foot + 50,
        ident=f"funnel-{'wide' if wide else 'narrow'}",
        title=f"{plot.row.indicator.short_name}: England’s councils by size",
        description=plot.told,
        css="only-wide" if wide else "only-narrow",
    )


def _band(plot: Plot, x: Scale, y: Scale) -> list[str]:
    """The outer limits as a band with edges, the inner ones dashed; cut off at the axis's ends."""

    def line(column: int) -> list[tuple[float, float]]:
        low, high = float(plot.up.low), float(plot.up.high)
        return [
            (x.at(at[0]), y.at(Fraction(min(max(float(at[column]), low), high))))
            for at in plot.limits
        ]

    outer = [*line(4), *reversed(line(1))]
    steps = "L".join(f"{number(a)} {number(b)}" for a, b in outer)
    parts = [element("path", class_="g-band", d=f"M{steps}z")]
    for spots, css in zip(
        _edges(plot, x, y), ("g-edge", "g-inner", "g-inner", "g-edge"), strict=True
    ):
        if len(spots) > 1:
            parts.append(path(spots, css))
    return parts


def _edges(plot: Plot, x: Scale, y: Scale) -> list[list[Spot]]:
    """The four limits, from the lowest, as far as they lie within the axis."""
    low, high = float(plot.up.low), float(plot.up.high)
    return [
        [
            (x.at(at[0]), y.at(Fraction(float(at[column]))))
            for at in plot.limits
            if low < float(at[column]) < high
        ]
        for column in (1, 2, 3, 4)
    ]


def _marks_of(plot: Plot, x: Scale, y: Scale) -> list[Box]:
    """The room that the other councils' marks take."""
    boxes = []
    for one in plot.councils:
        a, b, half = x.at(one.size), y.at(one.value), 5.0 if one.neighbour else 3.5
        boxes.append(Box(a - half, b - half, a + half, b + half))
    return boxes


def _frame(plot: Plot, x: Scale, y: Scale, at: tuple[float, float, float]) -> list[str]:
    left, right, foot = at
    suffix = plot.row.indicator.unit.suffix
    parts = []
    for tick in plot.up.ticks:
        level = y.at(tick)
        css = "g-axis" if tick == plot.up.low else "g-grid"
        parts.append(path([(left, level), (right, level)], css))
        words = tick_words(tick) + (suffix if tick == plot.up.high else "")
        parts.append(
            element("text", words, class_="t-s", x=left - 8, y=level + 5, text_anchor="end")
        )
    last: Box | None = None
    for tick in plot.across.ticks:
        words = tick_words(tick)
        anchor = "end" if tick == plot.across.high else "middle"
        box = Box.of_text(words, x.at(tick), foot + 18, 16, anchor)
        if last is not None and box.meets(last):
            continue
        last = box
        parts.append(
            element("text", words, class_="t-s", x=x.at(tick), y=foot + 18, text_anchor=anchor)
        )
    middle = (left + right) / 2
    parts.append(
        element("text", plot.size_words, class_="t-s", x=middle, y=foot + 41, text_anchor="middle")
    )
    return parts


def _own_mark(
    own: Own, at: Spot, room: Box, taken: list[Box], lines: list[tuple[Spot, Spot]]
) -> list[str]:
    """The filled dot and its words, where they cover the fewest marks and lines; a thin line leads
    to words that stand further off."""
    x, y = at
    best, fewest = (x, y + 24, "middle"), float("inf")
    for away, (across, up, anchor) in _seats():
        box = Box.of_text(own.words, x + across, y + up, 16, anchor)
        if box.left < room.left or box.right > room.right:
            continue
        if box.top < room.top or box.bottom > room.bottom:
            continue
        covered = sum(3.0 for other in taken if box.meets(other))
        covered += sum(1.0 for line in lines if box.crosses(*line)) + away
        if covered < fewest:
            best, fewest = (x + across, y + up, anchor), covered
    words = element("text", own.words, class_="t-b halo", x=best[0], y=best[1], text_anchor=best[2])
    mark = dot(x, y, 6.5, "g-dot g-own")
    if abs(best[1] - y) <= NEAR:
        return [mark, words]
    end = best[1] + 5 if best[1] < y else best[1] - 15
    return [path([(x, y), (x, end)], "g-edge"), mark, words]


NEAR = 26  # the words of a mark that stand no further off need no line to it


def _seats() -> list[tuple[float, tuple[float, float, str]]]:
    """Where the words may stand from their mark, each with how little it is wanted."""
    seats = [(0.0, (11.0, 5.0, "start")), (0.0, (-11.0, 5.0, "end"))]
    for step, off in enumerate((24.0, 40.0, 56.0, 72.0, 88.0, 104.0, 120.0)):
        for up in (off, -off + 11):
            for across, anchor in ((0.0, "middle"), (-6.0, "start"), (6.0, "end")):
                seats.append((0.2 + step * 0.4, (across, up, anchor)))
    return seats


def _figure(plot: Plot, value: Fraction) -> str:
    return figure_text(value, plot.row.indicator.unit, plot.row.indicator.decimals)
