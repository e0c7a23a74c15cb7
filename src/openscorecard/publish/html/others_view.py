"""Other councils, laid out: the plot, the standings, the funnel, ten years, and the origin."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from openscorecard.publish.charts.benchmarks import benchmark_plot
from openscorecard.publish.charts.funnel import FunnelChart, funnel_chart
from openscorecard.publish.charts.trend import TrendChart, trend_chart
from openscorecard.publish.html.origin import OtherFigure, is_left_out, other_figures
from openscorecard.publish.html.signal_view import WASH
from openscorecard.publish.html.words import sentence
from openscorecard.scorecard.matter import Standing
from openscorecard.scorecard.page import Row, Scorecard
from openscorecard.scorecard.wording import figure_text
from openscorecard.units import Unit

LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."


@dataclass(frozen=True, slots=True)
class StandingView:
    """`wash` is the stylesheet's name of its signal, "" where chance explains the gap."""

    sentence: str
    wash: str


@dataclass(frozen=True, slots=True)
class OthersView:
    """`rank` is a sentence, "" where there is none; `source` is empty where nothing published
    stands beside the row."""

    figures: tuple[OtherFigure, ...]
    without: tuple[str, ...]
    is_count: bool
    plot_wide: Markup | None
    plot_narrow: Markup | None
    standings: tuple[StandingView, ...]
    rank: str
    funnel: FunnelChart | None
    funnel_head: str
    trend: TrendChart | None
    period: str
    has_year: bool
    measure: str
    source: tuple[str, ...]


def others_view(card: Scorecard, row: Row) -> OthersView:
    beside = row.beside
    return OthersView(
        figures=other_figures(row),
        without=tuple(
            item.name
            for item in row.comparators
            if item.status != "value" and not is_left_out(item)
        ),
        is_count=row.indicator.unit is Unit.COUNT,
        plot_wide=benchmark_plot(row, wide=True),
        plot_narrow=benchmark_plot(row, wide=False),
        standings=tuple(
            StandingView(sentence(words), WASH.get(one.signal, ""))
            for one, words in zip(row.standings, _standing_words(row.standings), strict=True)
        ),
        rank=_rank(row),
        funnel=funnel_chart(row, _size_words(card, row)),
        funnel_head=_funnel_head(row.standings),
        trend=trend_chart(row),
        period="" if beside is None else beside.period,
        has_year=any(not one.is_day for one in row.standings),
        measure="" if beside is None else sentence(beside.measure),
        source=_source(row),
    )


def _standing_words(standings: tuple[Standing, ...]) -> list[str]:
    """The first in full; of the others only what differs: our own figure stands already."""
    return [
        one.sentence if at == 0 else one.short or one.sentence for at, one in enumerate(standings)
    ]


def _printed(row: Row, value: Fraction) -> str:
    return figure_text(value, row.indicator.unit, row.indicator.decimals)


def _funnel_head(standings: tuple[Standing, ...]) -> str:
    """The finding of the funnel, from where the council stands to England."""
    standing = next((one for one in standings if one.against == "eng"), None)
    if standing is None:
        return "England’s councils by size"
    if standing.place == "within":
        return "Within what chance alone would give a council this size"
    way = "Higher" if standing.place == "above" else "Lower"
    return f"{way} than chance would explain for a council this size"


_BEST = {"A": "the best", "B": "the second best", "C": "the third best", "D": "the worst"}


def _rank(row: Row) -> str:
    """Where the council's own published figure stands among England's councils."""
    beside = row.beside
    if beside is None or beside.own is None or beside.rank is None or not beside.of:
        return ""
    own = _printed(row, beside.own.value)
    if beside.rank_by == "size":
        nth = _ordinal(beside.rank)
        return f"By number its own published figure, {own}, is the {nth} of {beside.of}."
    order = "highest" if beside.quartile is None else "best"
    words = f"Its own published figure, {own}, ranks {beside.rank} of {beside.of} councils, 1 being"
    words = f"{words} the {order}"
    if beside.quartile in _BEST:
        words = f"{words}: {_BEST[beside.quartile]} quarter"
    return f"{words}."


def _ordinal(number: int) -> str:
    last = "th" if number % 100 in (11, 12, 13) else ""
    return f"{number:,}{last or {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _size_words(card: Scorecard, row: Row) -> str:
    """What the funnel's axis of sizes counts."""
    if row.indicator.unit is not Unit.PERCENT:
        return "Population"
    whole = card.row(row.indicator.denominator) if row.indicator.denominator else None
    if whole is None:
        return "Number that the percentage is of"
    return f"{whole.indicator.short_name}, in the year"


def _source(row: Row) -> tuple[str, ...]:
    beside = row.beside
    if beside is None:
        return ()
    where = ", ".join(part for part in (beside.source, beside.period) if part)
    where += f", edition {beside.edition}" if beside.edition else ""
    lines = [f"Source: {where.rstrip('.')}. {LICENCE}"]
    if beside.differs:
        lines.append(f"What is published counts otherwise: {sentence(beside.differs)}")
    return tuple(lines)
