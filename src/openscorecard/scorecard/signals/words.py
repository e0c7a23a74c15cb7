"""The words of a verdict: short clauses, with numbers as the page prints them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from openscorecard.catalogue.indicator import Frequency, Indicator
from openscorecard.periods import Month
from openscorecard.scorecard.signals.found import Found
from openscorecard.scorecard.signals.method import Basis
from openscorecard.scorecard.signals.series import Series, hidden_points
from openscorecard.scorecard.signals.settings import LEAST_POINTS, SignalSettings
from openscorecard.scorecard.verdict import Baseline, Rule, Side, Signal
from openscorecard.scorecard.wording import figure_text, month_name, moved_text
from openscorecard.statistics.control import ChartKind
from openscorecard.statistics.ranges import half_up
from openscorecard.units import Unit

USUAL, NOT_JUDGED, HIDDEN = "Usual variation", "Not judged", "Hidden"
UNLIKE = "Unusual change"  # of what falls less than it used to: it lies above, and does not rise
_EVEN = 1e-9  # of a count: what floats leave of a whole number
_MOST_DECIMALS = 3
_SMALL = 100  # a mean count below it is told with a decimal
_TENS, _MANY_DIGITS = 10, 2  # a mean per working day below it is told with two


def word_of(signal: Signal, found: Found, at: int) -> str:
    """The one word that the page shows. What is judged on its change, or is a trend, is an unusual
    rise or fall, or an unusual change: its level may be quite usual."""
    if signal is Signal.NOT_JUDGED:
        return NOT_JUDGED
    if signal is Signal.NEUTRAL:
        above = found.side_of(at) is Side.ABOVE
        by_change = found.series.method.basis is Basis.CHANGE
        if by_change and not found.goes_its_way(at):
            return UNLIKE
        if found.fired(at) is Rule.TREND or by_change:
            return "Unusual rise" if above else "Unusual fall"
        return "Unusually high" if above else "Unusually low"
    return {Signal.IMPROVEMENT: "Improvement", Signal.CONCERN: "Concern"}.get(signal, USUAL)


def drawn(found: Found, at: int, limit: float) -> float | None:
    """A limit in the units that the page prints, as the chart draws it; None where it has none.
    What cannot be (counts below 0, percentages above 100) is cut off."""
    series = found.series
    value = series.offset[at] + series.scale[at] * limit
    if math.isnan(value) or not found.can_judge(at):
        return None
    value = max(value, 0.0)
    return min(value, 100.0) if series.row.indicator.unit is Unit.PERCENT else value


def usual_range(found: Found, at: int) -> tuple[str, str] | None:
    """The usual range as printed: of a count the whole numbers within the limits, so that no count
    can be printed both beyond it and in it."""
    low, high = (drawn(found, at, limit[at]) for limit in (found.lower, found.upper))
    if low is None or high is None:
        return None
    indicator, value = found.series.row.indicator, found.series.shown[at]
    return _low(low, indicator, value), _high(high, indicator, value)


def centre_text(found: Found, at: int) -> str:
    """The centre as the chart draws it, printed; "" where there is none."""
    centre = drawn(found, at, found.centre[at])
    indicator = found.series.row.indicator
    return "" if centre is None else figure_text(Fraction(centre), indicator.unit,
                                                 indicator.decimals)  # fmt: skip


def _average(found: Found, at: int) -> str:
    """The centre with a digit more than its figures have: all of a run lie on one side of it."""
    indicator = found.series.row.indicator
    if found.series.method.basis is Basis.PER_WORKING_DAY:
        daily = Fraction(found.centre[at])
        digits = indicator.decimals + (1 if daily >= _TENS else _MANY_DIGITS)
        return f"{figure_text(daily, indicator.unit, digits)} per working day"
    centre = drawn(found, at, found.centre[at])
    assert centre is not None
    more = indicator.unit is not Unit.COUNT or centre < _SMALL
    return figure_text(Fraction(centre), indicator.unit, indicator.decimals + more)


def _whose_average(found: Found, at: int) -> str:
    """Whose average a run is held against: not the page's own of twelve months."""
    months = found.series.months
    base, members = found.baseline(at), found.members(at)
    shown = " of the months shown" if hidden_points(found.series) else ""
    first = months[base[0]].long
    if len(base) < len(members):
        return f"its average{shown} from {first} to {months[base[-1]].long}"
    since = f"since {first}" if found.series.groups[at] else "so far"
    return f"its average{shown} {since}"


def _low(low: float, indicator: Indicator, value: float) -> str:
    if indicator.unit is Unit.COUNT:
        low = math.ceil(low - _EVEN)
    return _beside(low, value, indicator)


def _high(high: float, indicator: Indicator, value: float) -> str:
    if indicator.unit is Unit.COUNT:
        high = math.floor(high + _EVEN)
    return _beside(high, value, indicator)


def _beside(limit: float, value: float, indicator: Indicator) -> str:
    """A limit with as many decimals as tell it from a figure that lies on its other side."""
    decimals = indicator.decimals
    exact = Fraction(limit)
    if not math.isnan(value) and indicator.unit is not Unit.COUNT and limit != value:
        other = Fraction(value)
        while half_up(exact, decimals) == half_up(other, decimals) and decimals < _MOST_DECIMALS:
            decimals += 1
    return figure_text(exact, indicator.unit, decimals)


def reason_of(found: Found, at: int) -> str:
    """Why the point is flagged, or not, in a clause."""
    if found.series.method.basis is Basis.CHANGE:
        return _reason_of_change(found, at)
    rule, above = found.fired(at), found.side_of(at) is Side.ABOVE
    usual = usual_range(found, at)
    assert usual is not None
    if rule is Rule.OUTSIDE:
        if above:
            return f"above the usual range (up to {usual[1]})"
        return f"below the usual range (from {usual[0]})"
    if rule is Rule.TREND:
        return f"{'rising' if above else 'falling'} {_in_a_row(found, at)}"
    if rule is Rule.TWO_OF_THREE:
        near = len(found.rests_on(at))
        limit = f"upper limit ({usual[1]})" if above else f"lower limit ({usual[0]})"
        return f"{near} of 3 {points_word(found.series)} near the {limit}"
    if rule is Rule.SHIFT:
        beside = f"{'above' if above else 'below'} {_average(found, at)}"
        return f"{_in_a_row(found, at)} {beside}, {_whose_average(found, at)}"
    return f"within the usual range ({usual[0]} to {usual[1]})"


def _reason_of_change(found: Found, at: int) -> str:
    """The same of a figure that is judged on its change: it speaks of the change."""
    rule, above = found.fired(at), found.side_of(at) is Side.ABOVE
    series, move = found.series, found.judged[at]
    low, high = _signed_range(found, at)
    moves = f"it moves from {_point(series)} to {_point(series)}"
    if rule is Rule.TREND:
        way = "more" if above else "less"
        return f"each change {way} than the one before, {_in_a_row(found, at)}"
    if rule is Rule.TWO_OF_THREE:
        side = "upper" if above else "lower"
        return f"2 of 3 changes near the {side} limit of what {moves} ({low} to {high})"
    if rule is Rule.SHIFT:
        mean = _signed(found.centre[at], series.row.indicator)
        way = "above" if above else "below"
        return f"{_in_a_row(found, at)} with a change {way} {mean}, {_whose_average(found, at)}"
    what = _move(series, move, month_name(series.months[at - 1], series.months[at]))
    if rule is None and _is_still(series, move):
        return f"{what}; {moves} by {low} to {high}"
    if rule is None:
        return f"{what} is within what {moves} ({low} to {high})"
    limit = found.upper[at] if above else -found.lower[at]
    if (move > 0) == above and move != 0 and limit > 0:
        size = _size(limit, series.row.indicator, abs(move))
        return f"{what} is more than {moves} (up to {size})"
    return f"{what} is not within what {moves} ({low} to {high})"


def _move(series: Series, move: float, before: str) -> str:
    """`the rise of 26 on May`; one too small for the printed digits is no change."""
    indicator = series.row.indicator
    if _is_still(series, move):
        return f"no change on {before}"
    moved = moved_text(Fraction(move), indicator.unit, indicator.decimals)
    return f"the {'rise' if move > 0 else 'fall'} of {moved} on {before}"


def _is_still(series: Series, move: float) -> bool:
    return half_up(Fraction(move), series.row.indicator.decimals) == 0


def _size(limit: float, indicator: Indicator, move: float) -> str:
    if indicator.unit is Unit.COUNT:
        return figure_text(Fraction(math.floor(limit + _EVEN)), Unit.COUNT)
    decimals = indicator.decimals
    exact, other = Fraction(limit), Fraction(move)
    while half_up(exact, decimals) == half_up(other, decimals) and decimals < _MOST_DECIMALS:
        decimals += 1
    return moved_text(exact, indicator.unit, decimals)


def _signed_range(found: Found, at: int) -> tuple[str, str]:
    indicator = found.series.row.indicator
    low, high = found.lower[at], found.upper[at]
    if indicator.unit is Unit.COUNT:
        low, high = math.ceil(low - _EVEN), math.floor(high + _EVEN)
    return _signed(low, indicator).removesuffix(" pts"), _signed(high, indicator)


def _signed(number: float, indicator: Indicator) -> str:
    """`+18`, `-1.5 pts`, `0`. A mean change of a count needs a decimal."""
    decimals = indicator.decimals
    if indicator.unit is Unit.COUNT and number != int(number):
        decimals = 1
    shown = half_up(Fraction(number), decimals)
    sign = "+" if shown > 0 else "-" if shown < 0 else ""
    return sign + moved_text(shown, indicator.unit, decimals)


def _in_a_row(found: Found, at: int) -> str:
    return f"{len(found.rests_on(at))} {points_word(found.series)} in a row"


def _point(series: Series) -> str:
    return "quarter" if _quarterly(series) else "month"


def points_word(series: Series) -> str:
    return f"{_point(series)}s"


def _quarterly(series: Series) -> bool:
    return series.row.indicator.frequency is Frequency.QUARTERLY


def too_few(series: Series, points: int) -> str:
    """Why a short series is not judged."""
    since = " since the new baseline" if series.groups and series.groups[-1] else ""
    noun = _point(series) if points == 1 else points_word(series)
    if series.method.basis is Basis.CHANGE:
        noun = f"change{'' if points == 1 else 's'} from {_point(series)} to {_point(series)}"
    held = f"{points} {noun}" if points else f"no {noun}"
    return f"{held} on record{since}: a verdict needs {LEAST_POINTS}"


def method_words(series: Series, baseline: Baseline | None, settings: SignalSettings) -> str:
    """How it is judged, in a sentence: the chart, its limits, the rules with their lengths."""
    name = {ChartKind.XMR: "XmR", ChartKind.PPRIME: "P′", ChartKind.UPRIME: "U′"}
    parts = [f"{name[series.chart]} of {_judged(series)}"]
    if baseline is not None:
        parts.append(_of_baseline(series, baseline))
    if settings.screen and series.chart is ChartKind.XMR:
        parts.append("unusual moving ranges left out of the limits")
    parts.append(f"rules: {settings.words}")
    if series.method.why:
        parts.append(f"judged so because {series.method.why}")
    return "; ".join(parts) + "."


def _judged(series: Series) -> str:
    every = "quarterly" if _quarterly(series) else "monthly"
    unit, basis = series.row.indicator.unit, series.method.basis
    what = {Unit.COUNT: "count", Unit.PERCENT: "percentage"}.get(unit, "rate")
    if basis is Basis.CHANGE:
        return f"the change of the {what} from {_point(series)} to {_point(series)}"
    if basis is Basis.PER_WORKING_DAY:
        return f"the {every} {what} per working day"
    if series.chart is ChartKind.XMR and unit is not Unit.COUNT:
        lacking = f"the numbers behind it are not at hand for every {_point(series)}"
        if series.parts_hidden:
            lacking = f"the numbers behind it are hidden for some {points_word(series)}"
        return f"the {every} {what} ({lacking})"
    if series.chart is ChartKind.PPRIME:
        return f"the {every} {what}, by its own numbers"
    return f"the {every} {what}"


def _of_baseline(series: Series, baseline: Baseline) -> str:
    count = f"{baseline.points} {_point(series) if baseline.points == 1 else points_word(series)}"
    if hidden_points(series):
        count = f"the {count} shown"
    state = ", frozen" if baseline.frozen else ", on trial" if baseline.trial else ""
    text = f"limits from {baseline.first.long} to {baseline.last.long} ({count}){state}"
    return f"{text}; a new baseline because {baseline.reason}" if baseline.reason else text


def working_days_note(at: Month, before: Month, days: Sequence[int], *, by_count: bool) -> str:
    """Where the count alone and the figure per working day do not agree."""
    calendar = (
        f"{month_name(before, at)} had {days[0]} working days, {month_name(at, at)} {days[1]}."
    )
    if by_count:
        return f"The count alone would be unusual; per working day it is not: {calendar}"
    return f"The count alone would not be unusual; per working day it is: {calendar}"
