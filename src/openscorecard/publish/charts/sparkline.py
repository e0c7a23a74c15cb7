"""The row's small chart: the months as a line on its usual range, the 12-month average dashed.

Marks stand only on months outside the range and on the run that reaches the latest: old runs are
the indicator's page's. Stocks have no average line (they drift; an average is no yardstick for
them). A gap is a gap, and lies pale. A row whose history begins later than the others' says with
which month. Where the latest month has no number, a hollow dot marks the last one that has. The
height stands for 10 points or a tenth of the level at least: a wobble must not look like a crash.
"""

from __future__ import annotations

from fractions import Fraction

from markupsafe import Markup

from openscorecard.catalogue.indicator import Kind
from openscorecard.periods import Month
from openscorecard.publish.charts.gaps import gaps
from openscorecard.publish.charts.labels import Box
from openscorecard.publish.charts.levels import AVERAGED
from openscorecard.publish.charts.limits import Place, band, extremes, limits, run_to_latest
from openscorecard.publish.charts.marks import signal_mark
from openscorecard.publish.charts.scale import Point, Scale, points, runs
from openscorecard.publish.charts.svg import dot, drawing, element, path
from openscorecard.publish.charts.told import told_of
from openscorecard.scorecard.page import Row
from openscorecard.scorecard.verdict import Rule, Signal
from openscorecard.units import Unit

WIDTH, HEIGHT, EDGE = 152.0, 44.0, 5.0


def sparkline(row: Row, months: tuple[Month, ...], *, of: str = "spark") -> Markup | None:
    """The chart of one row over the months that all rows share. `of` begins its id on the page.

    None unless two neighbouring months have a number: specks tell nothing.
    """
    drawn = points(row, months)
    joined = runs(row, drawn)
    if not any(len(run) > 1 for run in joined):
        return None
    average = row.average_12m.value if row.indicator.kind is not Kind.STOCK else None
    stretches = limits(row, months)
    seen = [*(point.value for point in drawn), *extremes(stretches)]
    if average is not None:
        seen.append(average)
    place = _place(len(months), Scale(*_span(seen, row.indicator.unit), HEIGHT - EDGE, EDGE))
    first = max(min(figure.month for figure in row.history), months[0])
    begins = first.minus(months[0])
    parts = _begins_later(first, place.x(begins) - 6) if begins else []
    parts += [_stretch(place.before(gap.first), place.after(gap.last)) for gap in gaps(row, months)]
    parts += band(stretches, place)[0]
    if average is not None:
        level = place.y(average)
        since = max(len(months) - AVERAGED, 0)
        parts.append(path([(place.x(since), level), (place.x(len(months) - 1), level)], "g-mean"))
    for run in joined:
        spots = [(place.x(point.index), place.y(point.value)) for point in run]
        if len(spots) > 1:
            parts.append(path(spots, "g-line"))
        elif run[-1] is not drawn[-1]:
            parts.append(dot(*spots[0], 1.9, "g-dot"))
    parts += _marks(row, drawn, len(months), place)
    return drawing(
        parts,
        width=WIDTH,
        height=HEIGHT,
        ident=f"{of}-{row.indicator.id}",
        title=f"{row.indicator.short_name}, {first.long} to {months[-1].long}",
        description=_description(row, months),
        css="spark",
    )


def _place(count: int, height: Scale) -> Place:
    step = (WIDTH - 2 * EDGE) / max(count - 1, 1)
    return Place(
        x=lambda index: EDGE + step * index,
        before=lambda index: EDGE + step * (index - 0.5),
        after=lambda index: EDGE + step * (index + 0.5),
        y=height.at,
    )


def _stretch(left: float, right: float) -> str:
    return element("rect", class_="g-gap", x=left, y=0.0, width=right - left, height=HEIGHT)


def _marks(row: Row, drawn: list[Point], count: int, place: Place) -> list[str]:
    """The shapes of what is special, and the dot on the latest figure if that is not."""
    special = _special(row)
    parts = []
    for point in drawn:
        last = point is drawn[-1]
        at_end = last and point.index == count - 1
        spot = (place.x(point.index), place.y(point.value))
        signal = special.get(point.figure.month)
        if signal is not None:
            parts.append(signal_mark(signal, *spot, 4.4 if at_end else 2.7))
        elif last:
            parts.append(dot(*spot, 3.6 if at_end else 3.2, "g-dot" if at_end else "g-open"))
    return parts


def _special(row: Row) -> dict[Month, Signal]:
    """The months that the small chart marks, and as what."""
    verdict = row.verdict
    if verdict is None:
        return {}
    found = {
        judged.month: judged.signal
        for judged in verdict.chart
        if judged.rule is Rule.OUTSIDE and judged.signal.is_special
    }
    return found | dict.fromkeys(run_to_latest(verdict), verdict.signal)


def _description(row: Row, months: tuple[Month, ...]) -> str:
    """The chart in words, and the verdict where there is one to give."""
    verdict = row.verdict
    told = told_of(row, months)
    if verdict is None or verdict.signal is Signal.NOT_JUDGED:
        return told
    parts = [told]
    if verdict.usual is not None:
        parts.append(f"Usual range {verdict.usual[0]} to {verdict.usual[1]}.")
    said = ": ".join(words for words in (verdict.word, verdict.reason) if words)
    return " ".join([*parts, f"{said.rstrip('.')}."])


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
