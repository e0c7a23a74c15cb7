"""Ten years: this council, its neighbours, England and its region, named at their ends.

Rates and percentages only. Dashes and shapes tell the lines apart without colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from openscorecard.comparators.beside import Trend
from openscorecard.publish.charts.benchmarks import peer
from openscorecard.publish.charts.grid import tick_words
from openscorecard.publish.charts.labels import spread
from openscorecard.publish.charts.scale import Axis, Scale, axis
from openscorecard.publish.charts.svg import dot, drawing, element, path
from openscorecard.scorecard.page import Row
from openscorecard.scorecard.wording import figure_text, listed
from openscorecard.units import Unit

_LINE = {"own": "g-line", "sn": "g-line g-sn", "eng": "g-line g-eng", "region": "g-line g-region"}
_SHORT = {"own": "This council", "sn": "Neighbours"}


@dataclass(frozen=True, slots=True)
class TrendChart:
    """Both drawings, the first and last year, and whether the scale starts at 0."""

    wide: Markup
    narrow: Markup
    first: int
    last: int
    from_zero: bool


def trend_chart(row: Row) -> TrendChart | None:
    """The chart; None for counts, and where no area has three years."""
    beside = row.beside
    if beside is None or row.indicator.unit is Unit.COUNT:
        return None
    trends = [one for one in beside.trends if len(one.points) > 1]
    if not any(len(one.points) > 2 for one in trends):
        return None
    values = [value for one in trends for _, value in one.points]
    ticks = axis([*values, *_least_span(values, row.indicator.unit)])
    if row.indicator.unit is Unit.PERCENT and ticks.high > 100:
        ticks = Axis(tuple(tick for tick in ticks.ticks if tick <= 100))
    years = [year for one in trends for year, _ in one.points]
    return TrendChart(
        wide=_draw(row, trends, ticks, wide=True),
        narrow=_draw(row, trends, ticks, wide=False),
        first=min(years),
        last=max(years),
        from_zero=ticks.from_zero,
    )


def _least_span(values: list[Fraction], unit: Unit) -> tuple[Fraction, Fraction]:
    """Ends that hold 20 points or a third of the level at least: five points are no cliff.

    >>> [int(end) for end in _least_span([Fraction(72), Fraction(79)], Unit.PERCENT)]
    [65, 85]
    """
    low, high = min(values), max(values)
    least = Fraction(20) if unit is Unit.PERCENT else high / 3
    short = max(least - (high - low), Fraction(0)) / 2
    low, high = low - short, high + short
    if unit is Unit.PERCENT and high > 100:
        low, high = low - (high - 100), Fraction(100)
    return (low, high) if low >= 0 else (Fraction(0), high - low)


def _draw(row: Row, trends: list[Trend], ticks: Axis, *, wide: bool) -> Markup:
    width, left, right, top, foot = (
        (620.0, 52.0, 462.0, 16.0, 270.0) if wide else (343.0, 44.0, 214.0, 16.0, 220.0)
    )
    years = sorted({year for one in trends for year, _ in one.points})
    x = Scale(Fraction(years[0]), Fraction(years[-1]), left + 8, right - 4)
    y = Scale(ticks.low, ticks.high, foot, top)
    parts = []
    for tick in ticks.ticks:
        level = y.at(tick)
        first = tick == ticks.low
        parts.append(path([(left, level), (right, level)], "g-axis" if first else "g-grid"))
        suffix = row.indicator.unit.suffix if tick == ticks.high else ""
        words = tick_words(tick) + suffix
        parts.append(
            element("text", words, class_="t-s", x=left - 8, y=level + 5, text_anchor="end")
        )
    step = 2 if wide else max(1, (len(years) + 2) // 3)
    for year in years:
        if (years[-1] - year) % step == 0:
            parts.append(
                element(
                    "text",
                    str(year),
                    class_="t-s",
                    x=x.at(Fraction(year)),
                    y=foot + 18,
                    text_anchor="middle",
                )
            )
    for one in sorted(trends, key=lambda one: one.key == "own"):
        parts += _line(one, x, y)
    parts += _names(row, trends, y, (right + 10, top, foot))
    return drawing(
        parts,
        width=width,
        height=foot + 26,
        ident=f"trend-{'wide' if wide else 'narrow'}",
        title=f"{row.indicator.short_name}, years to March {years[0]} to {years[-1]}",
        description=_told(row, trends),
        css="only-wide" if wide else "only-narrow",
    )


def _line(trend: Trend, x: Scale, y: Scale) -> list[str]:
    """The line, broken where a year is missing, and its shape on every year."""
    spots = [(year, (x.at(Fraction(year)), y.at(value))) for year, value in trend.points]
    pieces: list[list[tuple[float, float]]] = []
    for at, (year, spot) in enumerate(spots):
        if at and year - spots[at - 1][0] == 1:
            pieces[-1].append(spot)
        else:
            pieces.append([spot])
    css = _LINE.get(trend.key, "g-line")
    parts = [path(piece, css) for piece in pieces if len(piece) > 1]
    if trend.key == "own":
        return parts + [dot(*spot, 4.2, "g-dot") for _, spot in spots]
    ends = [spots[0][1], spots[-1][1]]
    return parts + [peer(trend.key, *spot, 4.4) for spot in ends]


def _names(row: Row, trends: list[Trend], y: Scale, at: tuple[float, float, float]) -> list[str]:
    x, top, foot = at
    wanted = [y.at(one.points[-1][1]) for one in trends]
    parts = []
    for one, height in zip(trends, spread(wanted, 20, top, foot), strict=True):
        css = "t-b" if one.key == "own" else "t-s"
        words = f"{_SHORT.get(one.key, one.name)} {_figure(row, one.points[-1][1])}"
        parts.append(element("text", words, class_=css, x=x, y=height + 5))
    return parts


def _told(row: Row, trends: list[Trend]) -> str:
    said = []
    for one in trends:
        (first, before), (last, now) = one.points[0], one.points[-1]
        said.append(
            f"{_SHORT.get(one.key, one.name)} from {_figure(row, before)} in {first} to "
            f"{_figure(row, now)} in {last}"
        )
    return f"{listed(said)}."


def _figure(row: Row, value: Fraction) -> str:
    return figure_text(value, row.indicator.unit, row.indicator.decimals)
