"""The figures on a line, each where it covers the least: above a peak, below a dip.

Up to thirteen points all have theirs where the drawing is wide; a phone's has as many as fit. Of
more points only the latest, the highest and the lowest have one. The table of months has them all.
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
    strokes = [pair for run in joined for pair in pairwise(spots[p.index] for p in run)]
    strokes += levels
    must_all = frame.wide and not frame.many
    parts = []
    for place, point in enumerate(told_points(drawn)):
        words = point.figure.printed
        seats = _seats(spots[point.index], words, _is_peak(point, drawn), frame)
        seat = _clearest((s for s in seats if _is_free(s, taken)), strokes)
        if seat is None and not must_all and place > 0:
            continue
        seat = seat or _clearest(seats, strokes) or seats[0]
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


def _is_free(seat: Seat, taken: list[Box]) -> bool:
    return not any(seat.box.meets(box) for box in taken)


def _clearest(seats: Iterable[Seat], strokes: list[Stroke]) -> Seat | None:
    """The seat that the fewest lines cross; of equals, the first. None where there is no seat."""
    best, fewest = None, len(strokes) + 1
    for seat in seats:
        crossed = 0
        for stroke in strokes:
            crossed += seat.box.crosses(*stroke)
            if crossed >= fewest:
                break
        if crossed < fewest:
            best, fewest = seat, crossed
        if not fewest:
            break
    return best


def _seats(spot: Spot, words: str, peak: bool, frame: Frame) -> list[Seat]:
    """The places around a point, best first; among many points also those a line further off."""
    x, y = spot
    above, below = y - 11, y + 11 + frame.size * 0.75
    sides = [above, below] if peak else [below, above]
    tried = [(x, side, "middle") for side in sides]
    tried += [(x + shift, side, "middle") for side in sides for shift in (12, -12)]
    tried += [(x + 9, y + 5, "start"), (x - 9, y + 5, "end")]
    if frame.many:
        for off in (8, 16, 26):
            further = [side + (off if side > y else -off) for side in sides]
            tried += [(x + move, side, "middle") for side in further for move in (0, 14, -14)]
    seats = [Seat(a, b, c, Box.of_text(words, a, b, frame.size, c)) for a, b, c in tried]
    inside = [
        seat
        for seat in seats
        if seat.box.left >= 0
        and seat.box.right <= frame.width
        and seat.box.bottom < frame.foot
        and seat.box.top >= 0
    ]
    return inside or seats


def _is_peak(point: Point, drawn: list[Point]) -> bool:
    """Whether the value lies at or above the middle of its neighbours'."""
    at = drawn.index(point)
    beside = [drawn[index].value for index in (at - 1, at + 1) if 0 <= index < len(drawn)]
    return point.value * len(beside) >= sum(beside)
