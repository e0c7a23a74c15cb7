"""One series with its charts -> the verdict on its latest month."""

from __future__ import annotations

import math
from fractions import Fraction

from openscorecard.catalogue.indicator import Direction, Frequency, Indicator, Target
from openscorecard.periods import Month
from openscorecard.scorecard.page import Figure, FigureStatus, Row
from openscorecard.scorecard.signals.found import Found
from openscorecard.scorecard.signals.lasting import (
    YEAR,
    Lasting,
    flagged_12,
    lasting_of,
    offered,
    rebase_lines,
)
from openscorecard.scorecard.signals.method import Basis
from openscorecard.scorecard.signals.notes import is_few, is_outgrown, is_rare, notes_of
from openscorecard.scorecard.signals.series import hidden_points
from openscorecard.scorecard.signals.settings import (
    LEAST_POINTS,
    SETTLED_POINTS,
    SignalSettings,
)
from openscorecard.scorecard.signals.words import (
    HIDDEN,
    NOT_JUDGED,
    centre_text,
    drawn,
    method_words,
    reason_of,
    too_few,
    usual_range,
    word_of,
)
from openscorecard.scorecard.verdict import (
    Assurance,
    Baseline,
    JudgedMonth,
    Side,
    Signal,
    Verdict,
)
from openscorecard.scorecard.wording import figure_text
from openscorecard.statistics.assurance import assurance
from openscorecard.statistics.ranges import half_up

MOST_HIDDEN = Fraction(1, 4)  # of the months with a figure: what is left is no fair sample


def verdict_of(
    found: Found, alone: Found | None, settings: SignalSettings, month: Month, audience: str
) -> Verdict:
    """The verdict on `month`; `alone` is the chart of the bare count of what is judged per working
    day."""
    baselines = _baselines(found, settings)
    baseline = baselines[-1] if baselines and _of_latest(found) else None
    word, why_not = _refused(found, month)
    judged_at_all = _is_judged_at_all(found)
    target = _target(found.series.row.indicator, month)
    chart = _chart(found, judged_at_all)
    common: dict[str, object] = {
        "method": found.series.chart.value if judged_at_all else "",
        "judged_on": found.series.method.basis.value if judged_at_all else "",
        "method_words": method_words(found.series, baseline, settings) if judged_at_all else "",
        "chart": chart,
        "baselines": baselines if judged_at_all else (),
        "target": "" if target is None else _printed(target, found.series.row.indicator),
        "flagged_12": flagged_12(chart, month)[0],
        "target_met": None if target is None else _target_met(found.series.row, target, month),
    }
    at = found.last
    if why_not:
        outgrown = word == NOT_JUDGED and bool(found.judged) and is_outgrown(found, at)
        note, offer = _outgrown(found, month, audience) if outgrown else ("", "")
        notes = (note,) if note else ()
        return Verdict(
            Signal.NOT_JUDGED, word, why_not, notes=notes, offer=offer, outgrown=outgrown,
            **common,  # type: ignore[arg-type]
        )  # fmt: skip
    seasonal = found.repeats_last_year(at)
    signal = signal_at(found, at)
    reason = reason_of(found, at)
    if seasonal:
        reason = f"seasonal: as in {month.plus(-12).long}"
    since = None if baseline is None else baseline.first
    lasting = lasting_of(found, chart, since, seasonal=seasonal)
    said, offer = _said_of(lasting, found.series.row.indicator.ref, month, audience)
    return Verdict(
        signal,
        word_of(signal, found, at),
        reason,
        rule=found.fired(at),
        side=found.side_of(at),
        months=tuple(found.series.months[one] for one in found.rests_on(at)),
        usual=usual_range(found, at),
        centre=centre_text(found, at),
        notes=notes_of(found, alone, baseline, seasonal=seasonal, lasting=said),
        seasonal=seasonal,
        few=is_few(found, at),
        assurance=None if target is None else _assurance(found, target),
        offer=offer,
        **common,  # type: ignore[arg-type]
    )


def _outgrown(found: Found, month: Month, audience: str) -> tuple[str, str]:
    """The note on a figure that has changed where its chart cannot say so, and the lines of a new
    baseline from the first month after the old one."""
    at, months = found.last, found.series.months
    began = months[found.members(at)[len(found.baseline(at))]]
    held = "It has been otherwise since, which the chart cannot weigh"
    return _said_of(Lasting(held, began), found.series.row.indicator.ref, month, audience)


def _is_judged_at_all(found: Found) -> bool:
    """Whether any month has limits. Where too many are hidden none has: those in sight are no fair
    sample."""
    if found.series.method.basis is Basis.NOTHING or _too_many_hidden(found):
        return False
    return any(found.can_judge(at) and not is_rare(found, at) for at in range(len(found.judged)))


def _said_of(lasting: Lasting | None, ref: str, month: Month, audience: str) -> tuple[str, str]:
    """The note on what has lasted, and the lines of a new baseline: these are the council's own."""
    if lasting is None:
        return "", ""
    if audience == "public":
        return f"{lasting.held}.", ""
    lines = "" if lasting.since is None else rebase_lines(ref, lasting.since)
    return offered(lasting, ref, month), lines


def signal_at(found: Found, at: int) -> Signal:
    """What one point is, by today's limits."""
    if math.isnan(found.judged[at]) or not found.can_judge(at) or is_rare(found, at):
        return Signal.NOT_JUDGED
    side = found.side_of(at)
    if found.fired(at) is None or found.repeats_last_year(at):
        return Signal.NONE
    wanted = found.series.row.indicator.preferred_direction
    if wanted is Direction.NONE or found.series.method.neither or is_few(found, at):
        return Signal.NEUTRAL
    by_change = found.series.method.basis is Basis.CHANGE
    if by_change and (found.returns_from(at) is not None or not found.goes_its_way(at)):
        return Signal.NEUTRAL
    better = (side is Side.ABOVE) == (wanted is Direction.UP)
    return Signal.IMPROVEMENT if better else Signal.CONCERN


def _refused(found: Found, month: Month) -> tuple[str, str]:
    """The word and the reason where the latest month cannot be judged; "" and "" where it can."""
    series, at = found.series, found.last
    at_month = next((one for one in series.row.on_record if one.month == month), None)
    if at_month is not None and at_month.status is FigureStatus.HIDDEN:
        return HIDDEN, "the figure is hidden, and so is its verdict"
    reason = ""
    points = len(found.members(at)) if found.judged else 0
    if series.method.basis is Basis.NOTHING:
        reason = series.method.why
    elif at_month is None or at_month.value is None:
        reason = _no_figure(series.row.indicator, month)
    elif _too_many_hidden(found):
        reason = "too many months are hidden for a usual range"
    elif points < LEAST_POINTS:
        reason = too_few(series, points)
    elif found.flat[at]:
        reason = f"the figure did not move{_in_baseline(found, at)}, so there is no usual range"
    elif is_rare(found, at):
        reason = f"less than one a month{_in_baseline(found, at)}, too few for a usual range"
    elif math.isnan(found.judged[at]):
        reason = f"no figure for {series.months[at - 1].long} to set it against"
    return (NOT_JUDGED, reason) if reason else ("", "")


def _in_baseline(found: Found, at: int) -> str:
    """Of when that is so: the latest months may well be otherwise."""
    months, base = found.series.months, found.baseline(at)
    if len(base) == len(found.members(at)):
        return ""
    return f" from {months[base[0]].long} to {months[base[-1]].long}"


def _no_figure(indicator: Indicator, month: Month) -> str:
    if indicator.frequency is Frequency.QUARTERLY and month.number % 3:
        return f"a quarterly figure, and none is due for {month.long}"
    return f"no figure for {month.long}"


def _too_many_hidden(found: Found) -> bool:
    hidden = hidden_points(found.series)
    shown = sum(not math.isnan(value) for value in found.series.shown)
    return hidden > MOST_HIDDEN * (hidden + shown)


def _of_latest(found: Found) -> bool:
    return bool(found.judged) and bool(found.members(found.last))


def _baselines(found: Found, settings: SignalSettings) -> tuple[Baseline, ...]:
    """The months that each stretch's limits rest on, the oldest stretch first."""
    series = found.series
    baselines = []
    for group, reason in enumerate(series.reasons):
        points = [
            at
            for at, value in enumerate(found.judged)
            if series.groups[at] == group and not math.isnan(value)
        ]
        used = points[: settings.baseline_months]
        if used:
            baselines.append(
                Baseline(
                    series.months[used[0]],
                    series.months[used[-1]],
                    len(used),
                    frozen=len(points) >= settings.baseline_months,
                    trial=len(used) < SETTLED_POINTS,
                    reason=reason,
                )
            )
    return tuple(baselines)


def _chart(found: Found, judged_at_all: bool) -> tuple[JudgedMonth, ...]:
    """Every month of the record from the first figure on."""
    series = found.series
    shown = series.shown
    first = next((at for at, one in enumerate(series.figures) if _held(one)), len(shown))
    return tuple(_month(found, at, shown[at], judged_at_all) for at in range(first, len(shown)))


def _held(figure: Figure | None) -> bool:
    return figure is not None and figure.status in (FigureStatus.VALUE, FigureStatus.HIDDEN)


def _month(found: Found, at: int, value: float, judged_at_all: bool) -> JudgedMonth:
    series = found.series
    plain = JudgedMonth(series.months[at], None if math.isnan(value) else value)
    if not judged_at_all or is_rare(found, at):
        return plain
    daily = series.method.basis is Basis.PER_WORKING_DAY and not math.isnan(value)
    return JudgedMonth(
        plain.month,
        plain.value,
        drawn(found, at, found.centre[at]),
        drawn(found, at, found.lower[at]),
        drawn(found, at, found.upper[at]),
        rule=found.fired(at),
        side=found.side_of(at),
        signal=signal_at(found, at),
        seasonal=found.repeats_last_year(at),
        per_working_day=found.judged[at] if daily else None,
    )


def _target(indicator: Indicator, month: Month) -> Target | None:
    """The target in force in that month."""
    in_force = [one for one in indicator.targets if one.since <= month]
    return max(in_force, key=lambda one: one.since, default=None)


def _printed(target: Target, indicator: Indicator) -> str:
    return figure_text(target.value, indicator.unit, indicator.decimals)


def _target_met(row: Row, target: Target, month: Month) -> tuple[int, int] | None:
    """Of the twelve months to `month` that have a figure, how many met the target now in force, by
    the figure as printed: so anybody can count them again."""
    indicator = row.indicator
    if indicator.preferred_direction is Direction.NONE:
        return None
    values = [
        half_up(one.value, indicator.decimals)
        for one in row.on_record
        if one.value is not None and 0 <= month.minus(one.month) < YEAR
    ]
    if not values:
        return None
    if indicator.preferred_direction is Direction.UP:
        return sum(value >= target.value for value in values), len(values)
    return sum(value <= target.value for value in values), len(values)


def _assurance(found: Found, target: Target) -> Assurance | None:
    """Whether the target is met by itself: of levels alone, for a change says nothing of it."""
    if found.series.method.basis is Basis.CHANGE:
        return None
    at = found.last
    wanted = found.series.row.indicator.preferred_direction
    better = {Direction.UP: 1, Direction.DOWN: -1}.get(wanted, 0)
    low, high = (drawn(found, at, limit[at]) for limit in (found.lower, found.upper))
    standing = assurance(float(target.value), low, high, better)
    return None if standing is None else Assurance(standing)
