"""The row's small chart: the months as a line, the 12-month average dashed, a dot on the latest.

Stocks have no average line (they drift; an average is no yardstick for them). A gap is a gap, and
lies pale. A row whose history begins later than the others' says with which month. Where the latest
month has no number, a hollow dot marks the last one that has. The height stands for 10 points or a
tenth of the level at least: a wobble must not look like a crash.
"""

from __future__ import annotations

from fractions import Fraction

from markupsafe import Markup

from openscorecard.catalogue.indicator import Kind
from openscorecard.periods import Month
from openscorecard.publish.charts.gaps import gaps
from openscorecard.publish.charts.labels import Box
from openscorecard.publish.charts.line import AVERAGED
from openscorecard.publish.charts.scale import Scale, points, runs
from openscorecard.publish.charts.svg import dot, drawing, element, path
from openscorecard.scorecard.page import Row
from openscorecard.units import Unit

WIDTH, HEIGHT, EDGE = 152.0, 44.0, 5.0


def sparkline(row: Row, months: tuple[Month, ...]) -> Markup | None:
    """The chart of one row over the months that all rows share.

    None unless two neighbouring months have a number: specks tell nothing.
    """
    drawn = points(row, months)
    joined = runs(row, drawn)
    if not any(len(run) > 1 for run in joined):
        return None
    values = [point.value for point in drawn]
    average = row.average_12m.value if row.indicator.kind is not Kind.STOCK else None
    seen = values if average is None else [*values, average]
    across = max(len(months) - 1, 1)
    height = Scale(*_span(seen, row.indicator.unit), HEIGHT - EDGE, EDGE)

    def place(index: int) -> float:
        return EDGE + (WIDTH - 2 * EDGE) * index / across

    first = max(min(figure.month for figure in row.history), months[0])
    begins = first.minus(months[0])
    half = (WIDTH - 2 * EDGE) / across / 2
    parts = _begins_later(first, place(begins) - 6) if begins else []
    for gap in gaps(row, months):
        left, right = place(gap.first) - half, place(gap.last) + half
        parts.append(
            element("rect", class_="g-gap", x=left, y=0.0, width=right - left, height=HEIGHT)
        )
    if average is not None:
        level = height.at(average)
        since = max(across + 1 - AVERAGED, 0)
        parts.append(path([(place(since), level), (place(across), level)], "g-mean"))
    for run in joined:
        spots = [(place(point.index), height.at(point.value)) for point in run]
        if len(spots) > 1:
            parts.append(path(spots, "g-line"))
        elif run[-1] is not drawn[-1]:
            parts.append(dot(*spots[0], 1.9, "g-dot"))
    last = drawn[-1]
    at_end = last.index == len(months) - 1
    spot = (place(last.index), height.at(last.value))
    parts.append(dot(*spot, 3.6 if at_end else 3.2, "g-dot" if at_end else "g-open"))
    return drawing(
        parts,
        width=WIDTH,
        height=HEIGHT,
        ident=f"spark-{row.indicator.id}",
        title=f"{row.indicator.short_name}, {first.long} to {months[-1].long}",
        description=row.chart_text,
        css="spark",
    )


def _begins_later(first: Month, end: float) -> list[str]:
    """`from Jun 20` in the empty part before the first month, where it has room."""
    words = f"from {first.short.replace('-', ' ')}"
    if Box.of_text(words, end, HEIGHT / 2, 14, "end").left < 0:
        return []
    return [element("text", words, class_="t-s", x=end, y=HEIGHT / 2 + 5, text_anchor="end")]


def _span(seen: list[Fraction], unit: Unit) -> tuple[Fraction, Fraction]:
    """What foot and top of the drawing stand for: 10 points or a tenth of the level at least.

    >>> [int(end) for end in _span([Fraction(98), Fraction(99)], Unit.PERCENT)]
    [90, 100]
    """
    low, high = min(seen), max(seen)
    least = Fraction(10) if unit is Unit.PERCENT else max(abs(low), abs(high)) / 10
    if high - low >= least:
        return low, high
    low, high = (low + high - least) / 2, (low + high + least) / 2
    if unit is Unit.PERCENT and high > 100:
        low, high = low - (high - 100), Fraction(100)
    if low < 0:
        low, high = Fraction(0), high - low
    return low, high
