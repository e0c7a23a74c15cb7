"""Our figure among other councils': the strip in a row, and the plot on an indicator's page.

For rates and percentages only: a count depends on the size of the council.
"""

from __future__ import annotations

from fractions import Fraction

from markupsafe import Markup

from openscorecard.publish.charts.scale import Point, Scale, axis, points
from openscorecard.publish.charts.svg import (
    diamond,
    dot,
    drawing,
    element,
    number,
    path,
    square,
    triangle,
)
from openscorecard.scorecard.page import Comparator, Row
from openscorecard.statistics.ranges import printed
from openscorecard.units import Unit

WIDTH, HEIGHT, EDGE = 176.0, 24.0, 8.0
KEY_SIZE = 13.0


def comparable(row: Row) -> list[Comparator]:
    """The comparators that have a number, if our figure may be set beside them on one scale."""
    if row.indicator.unit is Unit.COUNT:
        return []
    return [item for item in row.comparators if item.value is not None]


def peer(key: str, x: float, y: float, size: float) -> str:
    """The comparator's shape: diamond, square, triangle; a ring for one that we do not know."""
    if key == "sn":
        return diamond(x, y, size * 1.12, "g-peer")
    if key == "eng":
        return square(x, y, size, "g-peer")
    if key == "region":
        return triangle(x, y, size * 1.08, "g-peer")
    return dot(x, y, size, "g-peer")


def key_shape(key: str) -> Markup:
    """The comparator's shape among words, decoration beside its name or figure."""
    size = number(KEY_SIZE)
    opening = element("svg", class_="shape", viewBox=f"0 0 {size} {size}", width=size, height=size)
    hidden = opening.replace("/>", ' aria-hidden="true">')
    middle = KEY_SIZE / 2
    drop = 1.0 if key == "region" else 0.0  # a triangle's weight lies low
    return Markup(f"{hidden}{peer(key, middle, middle + drop, 4.4)}</svg>")  # noqa: S704


def in_words(row: Row) -> str:
    """What a benchmark drawing shows, from the figures as printed."""
    own = f"{row.latest.month.long}: this council {row.latest.printed}."
    others = ", ".join(f"{item.name} {item.printed}" for item in comparable(row))
    return f"{own} {others}."


def benchmark_strip(row: Row) -> Markup | None:
    """Pale bar: our lowest to highest month. Dot: the latest. Shapes: the others.

    The bar needs two months and the latest: of one it would show a range that nobody has seen.
    """
    others = comparable(row)
    months = tuple(figure.month for figure in row.history)
    own = points(row, months)
    if not others or not own:
        return None
    low, high = min(own, key=_value), max(own, key=_value)
    ranged = len(own) > 1 and row.latest.value is not None
    placed = [(item.key, item.value) for item in others if item.value is not None]
    seen = [value for _, value in placed]
    seen += [low.value, high.value] if ranged else []
    seen += [] if row.latest.value is None else [row.latest.value]
    scale = Scale(min(seen), max(seen), EDGE, WIDTH - EDGE)
    middle = HEIGHT / 2
    parts = [path([(2, middle), (WIDTH - 2, middle)], "g-axis")]
    told = in_words(row)
    if ranged:
        left, right = scale.at(low.value), scale.at(high.value)
        told += f" Our months shown: {_plain(low)} to {_plain(high)}."
        parts.append(
            element(
                "rect",
                class_="g-range",
                x=left - 1,
                y=middle - 4.5,
                width=max(right - left + 2, 2),
                height=9,
            )
        )
    taken: list[tuple[float, float]] = []
    if row.latest.value is not None:
        taken.append((scale.at(row.latest.value), middle))
        parts.append(dot(*taken[0], 4.2, "g-dot"))
    for key, value in placed:
        x = scale.at(value)
        y = _free_level(x, taken)
        taken.append((x, y))
        parts.append(peer(key, x, y, 4.4))
    return drawing(
        parts,
        width=WIDTH,
        height=HEIGHT,
        ident=f"strip-{row.indicator.id}",
        title=f"{row.indicator.short_name}: this council beside others",
        description=told,
        css="strip",
    )


def _value(point: Point) -> Fraction:
    return point.value


def _plain(point: Point) -> str:
    """The figure as printed, without its mark."""
    return point.figure.printed.partition(" [")[0]


def _free_level(x: float, taken: list[tuple[float, float]]) -> float:
    """Near neighbours step up and down, so that no shape covers another."""
    middle = HEIGHT / 2
    near = [y for at, y in taken if abs(at - x) < 11]
    levels = (middle, middle - 7, middle + 7)
    return next((y for y in levels if y not in near), middle)


def benchmark_plot(row: Row, *, wide: bool) -> Markup | None:
    """One line a council: this one's month and its year, then the others. The year is what the
    standings speak of, its months summed; without one, the average of the page."""
    others = comparable(row)
    if not others:
        return None
    lines: list[tuple[str, str, str, Fraction]] = []
    if row.latest.value is not None:
        name = f"This council, {row.latest.month.long}"
        lines.append(("own", name, row.latest.printed, row.latest.value))
    lines += _own_year(row)
    lines += [(o.key, o.name, o.printed, o.value) for o in others if o.value is not None]
    ticks = axis([value for *_, value in lines], from_zero=True).ticks
    width, left, right, tall = (560.0, 184.0, 500.0, 34.0) if wide else (336.0, 6.0, 280.0, 48.0)
    scale = Scale(ticks[0], ticks[-1], left, right)
    foot = 8 + tall * len(lines)
    parts = []
    for tick in ticks:
        x = scale.at(tick)
        parts.append(path([(x, 4), (x, foot)], "g-grid"))
        parts.append(_tick(row, tick, x, foot + 18, first=tick == ticks[0]))
    for index, (key, name, words, value) in enumerate(lines):
        y = 8 + tall * index + (tall / 2 if wide else tall * 0.68)
        x = scale.at(value)
        css = "t-b" if key == "own" else "t-m"
        label_y = y + 5 if wide else y - 14
        parts.append(element("text", name, class_=f"{css} halo", x=0 if wide else 6, y=label_y))
        parts.append(path([(left, y), (x, y)], "g-edge"))
        parts.append(dot(x, y, 5.5, "g-dot") if key == "own" else peer(key, x, y, 6))
        parts.append(element("text", words, class_="t-b halo", x=x + 13, y=y + 5))
    return drawing(
        parts,
        width=width,
        height=foot + 26,
        ident=f"peers-{'wide' if wide else 'narrow'}",
        title=f"{row.indicator.short_name}: this council beside others",
        description=in_words(row),
        css="only-wide" if wide else "only-narrow",
    )


def _own_year(row: Row) -> list[tuple[str, str, str, Fraction]]:
    """Nothing for what is counted on a day: its year's average stands beside no other's day."""
    if row.standings:
        standing = row.standings[0]
        if standing.is_day:
            return []
        return [("own", "This council, 12 months", standing.ours_printed, standing.ours)]
    average = row.average_12m
    if average.value is None:
        return []
    return [("own", "This council, average", average.printed, average.value)]


def _tick(row: Row, tick: Fraction, x: float, y: float, *, first: bool) -> str:
    decimals = 0 if tick.denominator == 1 else 1
    words = f"{printed(tick, decimals)}{row.indicator.unit.suffix}"
    return element(
        "text", words, class_="t-s", x=x, y=y, text_anchor="start" if first else "middle"
    )
