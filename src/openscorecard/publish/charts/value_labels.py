"""The figures on a line, each where it covers the least: above a peak, below a dip.

One rule places them all. A figure stands on the plot, never among the names beside it; clear of
words, points and the line itself; then where the fewest level lines and edges pass; then nearest.
Up to thirteen points all have theirs where the drawing is wide; a phone's has as many as fit. Of
more points only the latest, the highest and the lowest have one, and of these only the latest must:
another that would lie on the line is left to the table of months, which has them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from openscorecard.publish.charts.frame import MANY, Frame
from openscorecard.publish.charts.labels import Box
from openscorecard.publish.charts.scale import Point
from openscorecard.publish.charts.svg import element

Spot = tuple[float, float]
Stroke = tuple[Spot, Spot]

_OVER = 4.0  # how far a figure may reach over the plot's left end, towards the scale's numbers
_FURTHER = (0, 8, 16, 26)  # how much further off than close by it may stand


def told_points(drawn: list[Point]) -> list[Point]:
    """The points whose figures are to be written, what matters most first."""
    low = min(drawn, key=lambda point: point.value)
    high = max(drawn, key=lambda point: point.value)
    few = [drawn[-1], high, low] if len(drawn) > MANY else [drawn[-1], drawn[0], high, low, *drawn]
    return list({point.index: point for point in few}.values())


def value_labels(
    drawn: list[Point],
    spots: dict[int, Spot],
    joined: list[list[Point]],
    levels: list[Stroke],
    beside: list[Box],
    frame: Frame,
    banded: dict[int, tuple[float, float]] | None = None,
) -> list[str]:
    """The figures as printed. `levels` are the level lines, `beside` the words that stand already,
    `banded` the top and foot of the band at each month that has one.

    Where every month has its name every figure is written; else those that have room.
    """
    taken = beside + [Box(x - 5, y - 5, x + 5, y + 5) for x, y in spots.values()]
    line = [pair for run in joined for pair in pairwise(spots[p.index] for p in run)]
    must_all = frame.wide and not frame.many
    parts = []
    for place, point in enumerate(told_points(drawn)):
        words = point.figure.printed
        seats = _seats(spots[point.index], words, _is_peak(point, drawn), frame)
        around = (min(one.box.left for one in seats), max(one.box.right for one in seats))
        near, edges = _between(line, *around), _between(levels, *around)
        free = (one for one in seats if not any(one.box.meets(box) for box in taken))
        seat, crossed = _clearest(free, near, edges)
        if place > 0 and not must_all and (seat is None or crossed):
            continue
        seat = seat or _clearest(seats, near, edges)[0] or seats[0]
        taken.append(seat.box)
        top, foot = (banded or {}).get(point.index, (0.0, 0.0))
        halo = "halo-b" if top < seat.y - 5 < foot else "halo"
        css = f"t-b {halo}" if point is drawn[-1] else f"t-m {halo}"
        label = element("text", words, class_=css, x=seat.x, y=seat.y, text_anchor=seat.anchor)
        parts.append(label)
    return parts


@dataclass(frozen=True, slots=True)
class Seat:
    """A place where a label may stand."""

    x: float
    y: float
    anchor: str
    box: Box


def _between(strokes: list[Stroke], left: float, right: float) -> list[Stroke]:
    """Those that reach in between the two."""
    return [one for one in strokes if one[1][0] > left and one[0][0] < right]


def _clearest(
    seats: Iterable[Seat], line: list[Stroke], levels: list[Stroke]
) -> tuple[Seat | None, int]:
    """The seat that the line crosses least, then that the fewest levels cross; of equals the first.
    And how often the line does; None where there is no seat."""
    best, least = None, (len(line) + 1, 0)
    for seat in seats:
        crossed = sum(seat.box.crosses(*stroke) for stroke in line)
        if crossed > least[0]:
            continue
        cost = (crossed, sum(seat.box.crosses(*stroke) for stroke in levels))
        if cost < least:
            best, least = seat, cost
        if not any(cost):
            break
    return best, least[0]


def _seats(spot: Spot, words: str, peak: bool, frame: Frame) -> list[Seat]:
    """The places around a point, the nearest first, a peak's above before below. On a phone's year
    the months stand so close that one further off would be taken for another's."""
    x, y = spot
    above, below = y - 11, y + 11 + frame.size * 0.75
    sides = [(above, -1), (below, 1)] if peak else [(below, 1), (above, -1)]
    tried = []
    for off in _FURTHER if frame.wide or frame.many else _FURTHER[:1]:
        heights = [side + off * way for side, way in sides]
        tried += [(x, height, "middle") for height in heights]
        tried += [(x + move, height, "middle") for height in heights for move in (12, -12)]
        if not off:
            tried += [(x + 9, y + 5, "start"), (x - 9, y + 5, "end")]
    seats = [Seat(a, b, c, Box.of_text(words, a, b, frame.size, c)) for a, b, c in tried]
    right = frame.right if frame.wide else frame.width
    inside = [
        seat
        for seat in seats
        if seat.box.left >= frame.left - _OVER
        and seat.box.right <= right
        and seat.box.bottom < frame.foot
        and seat.box.top >= 0
    ]
    return inside or seats


def _is_peak(point: Point, drawn: list[Point]) -> bool:
    """Whether the value lies at or above the middle of its neighbours'."""
    at = drawn.index(point)
    beside = [drawn[index].value for index in (at - 1, at + 1) if 0 <= index < len(drawn)]
    return point.value * len(beside) >= sum(beside)
