"""The chart of an indicator's page: every month's value, and what it was counted from below.

Drawn twice, for wide pages and for phones: a drawing shrunk to a phone cannot be read. Labels on
the wide one name every month; the phone's name as many as fit, the latest, first, lowest and
highest before others. The table of months beside the chart always has them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from markupsafe import Markup

from openscorecard.catalogue.indicator import Frequency, Kind, Target
from openscorecard.periods import Month
from openscorecard.publish.charts.bars import bars, has_bars
from openscorecard.publish.charts.labels import Box, spread
from openscorecard.publish.charts.scale import Axis, Point, Scale, axis, points, runs
from openscorecard.publish.charts.svg import dot, drawing, element, path
from openscorecard.scorecard.page import Row
from openscorecard.statistics.ranges import printed
from openscorecard.units import Unit


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a drawing and where its plot lies."""

    width: float
    left: float
    right: float
    top: float
    foot: float
    size: float  # of the text

    def month_x(self, index: int, count: int) -> float:
        inset = 22.0 if self.wide else 12.0
        across = max(count - 1, 1)
        return self.left + inset + (self.right - self.left - 2 * inset) * index / across

    @property
    def wide(self) -> bool:
        return self.width > 500


WIDE = Frame(width=856, left=52, right=692, top=34, foot=300, size=15)
NARROW = Frame(width=336, left=44, right=334, top=30, foot=238, size=14)


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
        wide=_draw(row, months, drawn, scale, WIDE),
        narrow=_draw(row, months, drawn, scale, NARROW),
        from_zero=scale.from_zero,
        has_bars=has_bars(row),
    )


def target_in_force(row: Row) -> Target | None:
    """The target that holds in the latest month."""
    known = [item for item in row.indicator.targets if item.since <= row.latest.month]
    return max(known, key=lambda item: item.since, default=None)


def _axis(row: Row, drawn: list[Point]) -> Axis:
    seen = [point.value for point in drawn]
    seen += [value for *_, value in _level_lines(row)]
    return axis(seen, whole=row.indicator.unit is Unit.COUNT)


def _draw(
    row: Row, months: tuple[Month, ...], drawn: list[Point], ticks: Axis, frame: Frame
) -> Markup:
    height = Scale(ticks.low, ticks.high, frame.foot, frame.top)
    parts = _grid(row, ticks, height, frame)
    parts += _levels(row, height, frame)
    joined = runs(row, drawn)
    parts += _gaps(row, months, frame)
    spots = {p.index: (frame.month_x(p.index, len(months)), height.at(p.value)) for p in drawn}
    for run in joined:
        if len(run) > 1:
            parts.append(path([spots[point.index] for point in run], "g-line"))
    last = drawn[-1]
    at_end = last.index == len(months) - 1
    for point in drawn:
        latest = point is last
        css = "g-open" if latest and not at_end else "g-dot"
        parts.append(dot(*spots[point.index], 5.5 if latest else 3.6, css))
    levels = [height.at(value) for *_, value in _level_lines(row)]
    beside = [Box(0, y - 8, frame.left - 7, y + 8) for y in map(height.at, ticks.ticks)]
    parts += _labels(drawn, spots, joined, levels, beside, frame)
    foot = frame.foot + 12
    if has_bars(row):
        drawn_bars, foot = bars(row, months, frame.month_x, foot, wide=frame.wide)
        parts += drawn_bars
    parts += _month_names(months, foot, frame)
    return drawing(
        parts,
        width=frame.width,
        height=foot + 42,
        ident=f"line-{'wide' if frame.wide else 'narrow'}",
        title=f"{row.indicator.short_name}, {months[0].long} to {months[-1].long}",
        description=row.chart_text,
        css="only-wide" if frame.wide else "only-narrow",
    )


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


def _level_lines(row: Row) -> list[tuple[str, str, str, Fraction]]:
    """The 12-month average (not of a stock, which drifts) and the target."""
    lines = []
    average, target = row.average_12m, target_in_force(row)
    if average.value is not None and row.indicator.kind is not Kind.STOCK:
        lines.append(("g-mean", "12-month average", average.printed, average.value))
    if target is not None:
        words = f"{printed(target.value, row.indicator.decimals)}{row.indicator.unit.suffix}"
        lines.append(("g-ref", "Target", words, target.value))
    return lines


def _levels(row: Row, height: Scale, frame: Frame) -> list[str]:
    """A line for each level, named at its end where there is room."""
    lines = _level_lines(row)
    parts = []
    for css, _, _, value in lines:
        y = height.at(value)
        parts.append(path([(frame.left, y), (frame.right, y)], css))
    if frame.wide:
        wanted = [height.at(value) for *_, value in lines]
        heights = spread(wanted, 20, frame.top, frame.foot)
        for (_, name, words, _), y in zip(lines, heights, strict=True):
            x = frame.right + 10
            parts.append(element("text", f"{name} {words}", class_="t-s", x=x, y=y + 5))
    return parts


def _gaps(row: Row, months: tuple[Month, ...], frame: Frame) -> list[str]:
    """A month without a number says why, in shorthand, where its point would stand.

    The months within a quarter are no gaps.
    """
    quarterly = row.indicator.frequency is Frequency.QUARTERLY
    place = {month: index for index, month in enumerate(months)}
    return [
        element(
            "text",
            figure.printed,
            class_="t-s",
            x=frame.month_x(place[figure.month], len(months)),
            y=frame.foot - 8,
            text_anchor="middle",
        )
        for figure in row.history
        if figure.value is None
        and figure.month in place
        and not (quarterly and figure.month.number % 3)
    ]


def _labels(
    drawn: list[Point],
    spots: dict[int, tuple[float, float]],
    joined: list[list[Point]],
    levels: list[float],
    beside: list[Box],
    frame: Frame,
) -> list[str]:
    """The values as printed, each where it covers the least: above a peak, below a dip.

    `levels` are the heights of the level lines, `beside` the words along the axis.
    """
    low = min(drawn, key=lambda point: point.value)
    high = max(drawn, key=lambda point: point.value)
    order = list(dict.fromkeys([drawn[-1], drawn[0], high, low, *drawn]))
    taken = beside + [Box(x - 5, y - 5, x + 5, y + 5) for x, y in spots.values()]
    ends = [[spots[point.index] for point in run] for run in joined]
    strokes = [pair for run in ends for pair in pairwise(run)]
    strokes += [((frame.left, y), (frame.right, y)) for y in levels]
    parts = []
    for place, point in enumerate(order):
        words = point.figure.printed
        seats = _seats(spots[point.index], words, _is_peak(point, drawn), frame)
        free = [seat for seat in seats if not any(seat.box.meets(box) for box in taken)]
        if not free and not frame.wide and place > 0:
            continue
        seat = _clearest(free or seats, strokes)
        taken.append(seat.box)
        css = "t-b halo" if point is drawn[-1] else "t-m halo"
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


Stroke = tuple[tuple[float, float], tuple[float, float]]


def _clearest(seats: list[Seat], strokes: list[Stroke]) -> Seat:
    """The seat that the fewest lines cross; of equals, the first."""
    crossed = {}
    for index, seat in enumerate(seats):
        crossed[index] = sum(seat.box.crosses(*stroke) for stroke in strokes)
        if not crossed[index]:
            return seat
    return seats[min(crossed, key=lambda index: crossed[index])]


def _seats(spot: tuple[float, float], words: str, peak: bool, frame: Frame) -> list[Seat]:
    """The places around a point, best first."""
    x, y = spot
    above, below = y - 11, y + 11 + frame.size * 0.75
    sides = [above, below] if peak else [below, above]
    tried = [(x, side, "middle") for side in sides]
    tried += [(x + shift, side, "middle") for side in sides for shift in (12, -12)]
    tried += [(x + 9, y + 5, "start"), (x - 9, y + 5, "end")]
    seats = [Seat(a, b, c, Box.of_text(words, a, b, frame.size, c)) for a, b, c in tried]
    inside = [
        seat
        for seat in seats
        if seat.box.left >= 0 and seat.box.right <= frame.width and seat.box.bottom < frame.foot
    ]
    return inside or seats


def _is_peak(point: Point, drawn: list[Point]) -> bool:
    """Whether the value lies at or above the middle of its neighbours'."""
    at = drawn.index(point)
    beside = [drawn[index].value for index in (at - 1, at + 1) if 0 <= index < len(drawn)]
    return point.value * len(beside) >= sum(beside)


def _month_names(months: tuple[Month, ...], foot: float, frame: Frame) -> list[str]:
    """Month names, every other one on a phone; the year under the first and each January."""
    parts = []
    last = len(months) - 1
    step = 1 if frame.wide or len(months) <= 8 else 2
    for index, month in enumerate(months):
        if (last - index) % step:
            continue
        x = frame.month_x(index, len(months))
        css = "t-b" if index == last else "t-s"
        name = month.short.split("-")[0]
        parts.append(element("text", name, class_=css, x=x, y=foot + 16, text_anchor="middle"))
        shown_before = months[max(index - step, 0)]
        if index == 0 or index == last or shown_before.year != month.year:
            parts.append(
                element(
                    "text", f"{month.year}", class_="t-s", x=x, y=foot + 34, text_anchor="middle"
                )
            )
    return parts
