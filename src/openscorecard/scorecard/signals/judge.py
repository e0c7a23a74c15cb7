"""Rows in, verdicts out: the charts are worked out for all rows of a page at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from openscorecard.catalogue.indicator import Relation
from openscorecard.periods import Month
from openscorecard.scorecard.page import FigureStatus, Row, Scorecard
from openscorecard.scorecard.signals.chance import chance_of
from openscorecard.scorecard.signals.found import Found
from openscorecard.scorecard.signals.method import Basis, method_of
from openscorecard.scorecard.signals.series import Series, series_of
from openscorecard.scorecard.signals.settings import SignalSettings
from openscorecard.scorecard.signals.verdicts import verdict_of
from openscorecard.statistics.control import ChartKind, Rules, limits, plotted
from openscorecard.statistics.signals import signals


def with_verdicts(page: Scorecard, relations: Iterable[Relation]) -> Scorecard:
    """The page with a verdict on every row, made from what this page itself shows and from nothing
    else, and with the number of signals that chance alone would give."""
    rows = judged(page.rows, page.signal_settings, relations, page.month, page.audience)
    verdicts = [row.verdict for row in rows if row.verdict is not None]
    return replace(page, rows=rows, chance=chance_of(verdicts, page.signal_settings))


def judged(
    rows: Sequence[Row],
    settings: SignalSettings,
    relations: Iterable[Relation],
    month: Month,
    audience: str = "internal",
) -> tuple[Row, ...]:
    """The rows with their verdicts on `month`. `relations` say what is a part of what."""
    relations = tuple(relations)
    others = {row.indicator.ref: row.indicator for row in rows}
    most = max(
        (month.minus(row.on_record[0].month) + 1 for row in rows if row.on_record), default=1
    )
    hidden = {
        (row.indicator.ref, figure.month)
        for row in rows
        for figure in row.on_record
        if figure.status is FigureStatus.HIDDEN
    }
    every = [
        series_of(row, method_of(row.indicator, others, relations), month, most, settings, hidden)
        for row in rows
    ]
    found = charts_of(every, settings)
    counts = _counts_alone(every, settings)
    return tuple(
        replace(row, verdict=verdict_of(one, alone, settings, month, audience))
        for row, one, alone in zip(rows, found, counts, strict=True)
    )


def charts_of(every: Sequence[Series], settings: SignalSettings) -> list[Found]:
    """Limits and rules of every series; those of one kind, with the same months and baselines, in
    one go."""
    alike: dict[object, list[int]] = {}
    for at, series in enumerate(every):
        alike.setdefault(series.same_shape, []).append(at)
    found: dict[int, Found] = {}
    for places in alike.values():
        some = [every[at] for at in places]
        found |= dict(zip(places, _charts(some, settings), strict=True))
    return [found[at] for at in range(len(every))]


def _charts(some: Sequence[Series], settings: SignalSettings) -> list[Found]:
    first = some[0]
    rules = Rules(settings.shift, settings.trend, settings.two_of_three, settings.screen)
    values = [series.values for series in some]
    of = [series.sizes for series in some if series.sizes is not None]
    sizes = of if first.chart.has_sizes else None
    shown = plotted(first.chart, values, sizes)
    around = limits(first.chart, values, sizes, groups=first.groups,
                    baseline=settings.baseline_months, rules=rules)  # fmt: skip
    fired = signals(shown, around, groups=first.groups, rules=rules)
    by_name = {
        "judged": shown.tolist(),
        "centre": around.centre.tolist(),
        "lower": around.lower.tolist(),
        "upper": around.upper.tolist(),
        "near_lower": around.near_lower.tolist(),
        "near_upper": around.near_upper.tolist(),
        "flat": around.flat.tolist(),
        "rule": fired.rule.tolist(),
        "side": fired.side.tolist(),
    }
    return [
        Found(
            series=series,
            baseline_points=settings.baseline_months,
            **{name: each[at] for name, each in by_name.items()},
        )
        for at, series in enumerate(some)
    ]


def _counts_alone(every: Sequence[Series], settings: SignalSettings) -> list[Found | None]:
    """Of what is judged per working day, what the bare figure would say."""
    daily = [at for at, one in enumerate(every) if one.method.basis is Basis.PER_WORKING_DAY]
    bare = [
        replace(every[at], values=every[at].shown, chart=ChartKind.XMR,
                scale=(1.0,) * len(every[at].months))
        for at in daily
    ]  # fmt: skip
    found: list[Found | None] = [None] * len(every)
    for at, one in zip(daily, charts_of(bare, settings), strict=True):
        found[at] = one
    return found
