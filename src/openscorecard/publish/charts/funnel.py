"""England's councils by their size, and how far from England's figure chance alone takes one.

Hollow dots: councils. Diamonds: statistical neighbours. The filled dot: this council. The pale band
holds 998 of 1,000 councils that differ from England by chance alone, the dashed lines within it 95
of 100. Rates and percentages only. The axes leave out the few that would press all others together;
`FunnelChart.off_scale` says how many.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from openscorecard.comparators.beside import Beside, PublishedFigure
from openscorecard.publish.charts.funnel_plot import Own, Plot, Sized, draw_funnel
from openscorecard.publish.charts.scale import Axis, axis
from openscorecard.scorecard.matter import Standing
from openscorecard.scorecard.page import Row
from openscorecard.scorecard.wording import figure_text, listed
from openscorecard.units import Unit

FUNNELLED = ("rate", "stock-rate", "percentage")
FEWEST = 20  # councils that make a funnel
KEPT = Fraction(97, 100)  # of the councils, by size and by value, that the axes have to hold
STEPS = 48  # points that a limit is drawn through


@dataclass(frozen=True, slots=True)
class FunnelChart:
    """Both drawings. `councils` are shown, `neighbours` says whether some are the
    council's, `off_scale` which are left out ("" for none), `apart` how many lie outside
    the band."""

    wide: Markup
    narrow: Markup
    councils: int
    neighbours: bool
    off_scale: str
    apart: str
    from_zero: bool


def funnel_chart(row: Row, size_words: str) -> FunnelChart | None:
    """The funnel; None for counts and where too few councils have a figure. `size_words` name the
    axis of sizes."""
    beside = row.beside
    england = None if beside is None else beside.value("eng")
    if beside is None or england is None or beside.how not in FUNNELLED:
        return None
    councils = _councils(beside)
    if len(councils) < FEWEST:
        return None
    standing = next((one for one in row.standings if one.against == "eng"), None)
    own = _own(row, standing, beside)
    across, up = _axes(row, councils, own, england.value)
    shown = tuple(
        one for one in councils if one.size <= across.high and up.low <= one.value <= up.high
    )
    plot = Plot(
        row=row,
        councils=shown,
        own=own,
        england=england.value,
        across=across,
        up=up,
        limits=_limits(beside, england.value, _factor(row, beside), across.high),
        size_words=size_words,
        told=_told(row, len(shown), england.value, standing),
    )
    return FunnelChart(
        wide=draw_funnel(plot, wide=True),
        narrow=draw_funnel(plot, wide=False),
        councils=len(shown),
        neighbours=any(one.neighbour for one in shown),
        off_scale=_off_scale(councils, across, up),
        apart=_apart(standing),
        from_zero=up.from_zero,
    )


def _apart(standing: Standing | None) -> str:
    if standing is None or not standing.councils:
        return ""
    return (
        f"{standing.apart} of {standing.councils} councils lie outside the band: they differ by "
        "more than chance."
    )


def _councils(beside: Beside) -> list[Sized]:
    own = "" if beside.own is None else beside.own.code
    return [
        Sized(one.denominator, one.value, one.code in beside.neighbours)
        for one in beside.councils
        if one.denominator and one.code != own
    ]


def _factor(row: Row, beside: Beside) -> Fraction:
    """What a part of one is multiplied by to give the indicator's unit: 100 for percentages; for
    rates their own 10,000, of a year's events as a month's by 12."""
    if beside.how == "percentage":
        return Fraction(100)
    per = 100_000 if row.indicator.unit is Unit.PER_100000 else 10_000
    return Fraction(per, 12 if beside.how == "rate" else 1)


def _own(row: Row, standing: Standing | None, beside: Beside) -> Own | None:
    if standing is not None:
        return Own(standing.denominator, standing.ours, f"This council {standing.ours_printed}")
    published: PublishedFigure | None = beside.own
    if published is None or not published.denominator:
        return None
    words = figure_text(published.value, row.indicator.unit, row.indicator.decimals)
    return Own(published.denominator, published.value, f"This council {words}")


def _axes(row: Row, councils: list[Sized], own: Own | None, england: Fraction) -> tuple[Axis, Axis]:
    """Axes that hold nearly all councils, and this one in any case."""
    sizes = sorted(one.size for one in councils)
    values = sorted(one.value for one in councils)
    last = len(councils) - 1
    most = int(last * KEPT)
    widest = [sizes[most]] + ([] if own is None else [own.size * Fraction(11, 10)])
    tall = [values[last - most], values[most], england] + ([] if own is None else [own.value])
    across = axis([Fraction(0), max(widest)], from_zero=True, whole=True)
    up = axis(tall)
    if row.indicator.unit is Unit.PERCENT and up.high > 100:
        up = Axis(tuple(tick for tick in up.ticks if tick <= 100))
    return across, up


def _limits(
    beside: Beside, england: Fraction, scale: Fraction, largest: Fraction
) -> tuple[tuple[Fraction, float, float, float, float], ...]:
    """(size, low 99.8, low 95, high 95, high 99.8) along the axis, closest where it bends."""
    from openscorecard.statistics.funnel import FunnelKind, funnel

    kind = FunnelKind.PROPORTION if beside.how == "percentage" else FunnelKind.RATE
    sizes = [largest * Fraction(step * step, STEPS * STEPS) for step in range(1, STEPS + 1)]
    found = funnel(kind, float(england / scale), [float(size) for size in sizes])
    by = float(scale)
    return tuple(
        (size, low * by, low_95 * by, high_95 * by, high * by)
        for size, low, low_95, high_95, high in zip(
            sizes,
            found.lower_998.tolist(),
            found.lower_95.tolist(),
            found.upper_95.tolist(),
            found.upper_998.tolist(),
            strict=True,
        )
    )


def _told(row: Row, shown: int, england: Fraction, standing: Standing | None) -> str:
    words = figure_text(england, row.indicator.unit, row.indicator.decimals)
    parts = [f"{shown} councils by size, round England’s {words}."]
    if standing is not None:
        parts.append(standing.sentence)
    return " ".join(parts)


def _off_scale(councils: list[Sized], across: Axis, up: Axis) -> str:
    large = sum(one.size > across.high for one in councils)
    high = sum(one.size <= across.high and one.value > up.high for one in councils)
    low = sum(one.size <= across.high and one.value < up.low for one in councils)
    counted = ((large, "larger"), (high, "higher"), (low, "lower"))
    parts = [f"{count} {words}" for count, words in counted if count]
    if not parts:
        return ""
    return f"Off the scale: {listed(parts)} {'council' if large + high + low == 1 else 'councils'}."
