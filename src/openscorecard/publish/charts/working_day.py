"""A month's count per working day, on its limits: what the front door would show if all months had
the same number of days to come in on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from markupsafe import Markup

from openscorecard.periods import Month
from openscorecard.publish.charts.frame import Frame, narrow, wide
from openscorecard.publish.charts.grid import grid
from openscorecard.publish.charts.levels import EndName, draw_names
from openscorecard.publish.charts.limits import Bounds, Place, band, centre, extremes, limits
from openscorecard.publish.charts.marks import signal_mark
from openscorecard.publish.charts.month_axis import TALL as AXIS_TALL
from openscorecard.publish.charts.month_axis import month_axis
from openscorecard.publish.charts.scale import Axis, Scale, axis
from openscorecard.publish.charts.svg import dot, drawing, path
from openscorecard.scorecard.page import Row
from openscorecard.scorecard.verdict import JudgedMonth
from openscorecard.statistics.ranges import printed

PER_WORKING_DAY = "per-working-day"


@dataclass(frozen=True, slots=True)
class DayChart:
    """Both drawings, and the latest month's number of contacts, referrals and so on a day."""

    wide: Markup
    narrow: Markup
    latest: str


def working_day_chart(row: Row, months: tuple[Month, ...]) -> DayChart | None:
    """The chart; None unless the verdict was made on counts per working day."""
    if row.verdict is None or row.verdict.judged_on != PER_WORKING_DAY:
        return None
    per_day = tuple(filter(None, map(_per_day, row.verdict.chart)))
    place = {month: index for index, month in enumerate(months)}
    drawn = [(place[one.month], one) for one in per_day if one.month in place]
    if len(drawn) < 2:
        return None
    daily = replace(row, verdict=replace(row.verdict, chart=per_day))
    bounds = limits(daily, months)
    seen = [Fraction(one.value or 0) for _, one in drawn]
    ticks = axis([*seen, *extremes(bounds)], steps=3)
    count = len(months)
    return DayChart(
        wide=_draw(row, months, drawn, bounds, ticks, wide(count, foot=170)),
        narrow=_draw(row, months, drawn, bounds, ticks, narrow(count, foot=160)),
        latest=printed(Fraction(drawn[-1][1].value or 0), 1),
    )


def _per_day(judged: JudgedMonth) -> JudgedMonth | None:
    """The month with its value and limits a working day."""
    if judged.per_working_day is None or not judged.value:
        return None
    days = judged.value / judged.per_working_day

    def daily(value: float | None) -> float | None:
        return None if value is None else value / days

    return replace(
        judged,
        value=judged.per_working_day,
        centre=daily(judged.centre),
        lower=daily(judged.lower),
        upper=daily(judged.upper),
    )


def _draw(
    row: Row,
    months: tuple[Month, ...],
    drawn: list[tuple[int, JudgedMonth]],
    bounds: list[list[Bounds]],
    ticks: Axis,
    frame: Frame,
) -> Markup:
    height = Scale(ticks.low, ticks.high, frame.foot, frame.top)
    place = Place(frame.month_x, frame.before, frame.after, height.at)
    parts = band(bounds, place)[0] + grid(ticks, height, frame, "")
    spots = [(place.x(at), height.at(Fraction(one.value or 0))) for at, one in drawn]
    stretch = [spots[0]]
    for (before, _), (at, _), spot in zip(drawn, drawn[1:], spots[1:], strict=False):
        if at - before > 1:
            parts.append(path(stretch, "g-line"))
            stretch = []
        stretch.append(spot)
    parts.append(path(stretch, "g-line"))
    for (_, one), spot in zip(drawn, spots, strict=True):
        last = spot is spots[-1]
        if one.signal.is_special:
            parts.append(signal_mark(one.signal, *spot, 6.4 if last else 3.8))
        else:
            parts.append(dot(*spot, 5.5 if last else 2.0, "g-dot"))
    parts += [path(piece, "g-centre") for piece in centre(bounds, place)]
    parts += _names(drawn[-1][1], bounds, height, frame)
    parts += month_axis(months, frame.foot + 12, frame)
    first, last_month = drawn[0][1], drawn[-1][1]
    told = (
        f"From {_words(first)} in {first.month.long} to {_words(last_month)} in "
        f"{last_month.month.long}."
    )
    return drawing(
        parts,
        width=frame.width,
        height=frame.foot + 12 + AXIS_TALL,
        ident=f"daily-{'wide' if frame.wide else 'narrow'}",
        title=f"{row.indicator.short_name} per working day, to {months[-1].long}",
        description=told,
        css="only-wide" if frame.wide else "only-narrow",
    )


def _names(one: JudgedMonth, bounds: list[list[Bounds]], height: Scale, frame: Frame) -> list[str]:
    """The latest figure, the centre and the limits, at the right end; on a phone the figure stands
    in the heading."""
    last = bounds[-1][-1] if bounds else None
    names = [EndName(_words(one), Fraction(one.value or 0), "t-b")]
    if last is not None:
        names.append(EndName(f"Usual, up to {printed(last.high, 1)}", last.high))
        if last.centre is not None:
            names.append(EndName(f"Centre {printed(last.centre, 1)}", last.centre))
        if not last.open_low:
            names.append(EndName(f"Usual, from {printed(last.low, 1)}", last.low))
    return draw_names(names, height, frame)[0]


def _words(one: JudgedMonth) -> str:
    return printed(Fraction(one.value or 0), 1)
