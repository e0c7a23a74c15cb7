"""The usual range behind a line: a band, whose edges are drawn where it has any.

A band that has run into 0 or 100% has no edge there: nothing could lie beyond. The band of a stock
travels, because its net change is judged: it lies round the month before. Baselines break it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from openscorecard.periods import Month
from openscorecard.publish.charts.svg import element, number, path
from openscorecard.scorecard.page import Row
from openscorecard.scorecard.verdict import JudgedMonth, Verdict
from openscorecard.units import Unit

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bounds:
    """One month's limits as drawn. `open_low` and `open_high`: there is no limit to draw there."""

    index: int
    low: Fraction
    high: Fraction
    open_low: bool
    open_high: bool
    centre: Fraction | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where months and values lie on a drawing: the month itself, and half a step either side."""

    x: Callable[[int], float]
    before: Callable[[int], float]
    after: Callable[[int], float]
    y: Callable[[Fraction], float]


def limits(row: Row, months: tuple[Month, ...]) -> list[list[Bounds]]:
    """The unbroken stretches of limits among the months drawn; none where nothing is judged."""
    verdict = row.verdict
    if verdict is None:
        return []
    place = {month: index for index, month in enumerate(months)}
    begins = {place[one.first] for one in verdict.baselines[1:] if one.first in place}
    found: list[list[Bounds]] = []
    for judged in sorted(verdict.chart, key=lambda one: one.month):
        at = place.get(judged.month)
        bounds = None if at is None else _bounds(judged, at, row.indicator.unit)
        if bounds is None:
            continue
        if found and bounds.index == found[-1][-1].index + 1 and bounds.index not in begins:
            found[-1].append(bounds)
        else:
            found.append([bounds])
    return found


def _bounds(judged: JudgedMonth, at: int, unit: Unit) -> Bounds | None:
    top = Fraction(100) if unit is Unit.PERCENT else None
    low = Fraction(0) if judged.lower is None else max(_place_of(judged.lower), Fraction(0))
    high = top if judged.upper is None else _place_of(judged.upper)
    if high is None or (judged.lower is None and judged.upper is None):
        return None
    open_high = top is not None and high >= top
    if top is not None:
        high = min(high, top)
    centre = None if judged.centre is None else _place_of(judged.centre)
    return Bounds(at, low, high, low == 0, open_high, centre)


def _place_of(limit: float) -> Fraction:
    """A limit as a place on a scale: a float's own fraction has more digits than a drawing."""
    return Fraction(round(limit * 1000), 1000)


def extremes(stretches: Iterable[list[Bounds]]) -> list[Fraction]:
    """What an axis has to hold for the band to lie within it."""
    return [value for stretch in stretches for one in stretch for value in (one.low, one.high)]


def band(stretches: Iterable[list[Bounds]], place: Place) -> tuple[list[str], list[list[Spot]]]:
    """The bands with their edges, and where the edges run: where a band has run into 0 or 100% is
    none."""
    parts: list[str] = []
    edges: list[list[Spot]] = []
    for stretch in stretches:
        upper, lower = _both(stretch, place)
        around = [*straightened(upper), *reversed(straightened(lower))]
        steps = "L".join(f"{number(x)} {number(y)}" for x, y in around)
        parts.append(element("path", class_="g-band", d=f"M{steps}z"))
        edges += _closed(upper, [one.open_high for one in stretch])
        edges += _closed(lower, [one.open_low for one in stretch])
    return parts + [path(piece, "g-edge") for piece in edges], edges


def _both(stretch: list[Bounds], place: Place) -> tuple[list[Spot], list[Spot]]:
    """The upper and the lower line of a stretch."""
    upper = _along(stretch, place, [place.y(one.high) for one in stretch])
    return upper, _along(stretch, place, [place.y(one.low) for one in stretch])


def centre(stretches: Iterable[list[Bounds]], place: Place) -> list[list[Spot]]:
    """The centre line, a piece a stretch."""
    lines = []
    for stretch in stretches:
        known = [one for one in stretch if one.centre is not None]
        if known:
            heights = [place.y(one.centre) for one in known if one.centre is not None]
            lines.append(straightened(_along(known, place, heights)))
    return lines


def _along(stretch: list[Bounds], place: Place, heights: list[float]) -> list[Spot]:
    """The line through the months, carried on half a step at either end."""
    inner = [(place.x(one.index), y) for one, y in zip(stretch, heights, strict=True)]
    before, after = place.before(stretch[0].index), place.after(stretch[-1].index)
    return [(before, heights[0]), *inner, (after, heights[-1])]


def straightened(line: list[Spot]) -> list[Spot]:
    """Without the points in the middle of a level piece: limits are level most of the time."""
    kept = line[:1]
    for at in range(1, len(line) - 1):
        if not line[at - 1][1] == line[at][1] == line[at + 1][1]:
            kept.append(line[at])
    return [*kept, line[-1]]


def _closed(line: list[Spot], opened: list[bool]) -> list[list[Spot]]:
    """The pieces of an edge that are one."""
    flags = [opened[0], *opened, opened[-1]]
    pieces: list[list[Spot]] = []
    for at, spot in enumerate(line):
        if flags[at]:
            continue
        if pieces and at and not flags[at - 1]:
            pieces[-1].append(spot)
        else:
            pieces.append([spot])
    return [straightened(piece) for piece in pieces if len(piece) > 1]


def run_to_latest(verdict: Verdict | None) -> frozenset[Month]:
    """The months of the run that reaches the latest one; none where it shows no special cause."""
    if verdict is None or not verdict.signal.is_special:
        return frozenset()
    return frozenset(verdict.months)
