"""The level lines of a chart's scale and their numbers."""

from __future__ import annotations

from fractions import Fraction

from openscorecard.publish.charts.frame import Frame
from openscorecard.publish.charts.scale import Axis, Scale
from openscorecard.publish.charts.svg import element, path
from openscorecard.statistics.ranges import printed


def grid(ticks: Axis, height: Scale, frame: Frame, suffix: str) -> list[str]:
    """A line and a number a tick, the unit at the highest; the lowest line is the axis."""
    parts = []
    for tick in ticks.ticks:
        y = height.at(tick)
        first = tick == ticks.low
        parts.append(path([(frame.left, y), (frame.right, y)], "g-axis" if first else "g-grid"))
        words = tick_words(tick) + (suffix if tick == ticks.high else "")
        parts.append(
            element("text", words, class_="t-s", x=frame.left - 9, y=y + 5, text_anchor="end")
        )
    return parts


def tick_words(tick: Fraction) -> str:
    return printed(tick, 0 if tick.denominator == 1 else _places(tick))


def _places(tick: Fraction) -> int:
    places = 1
    while (tick * 10**places).denominator != 1 and places < 4:
        places += 1
    return places
