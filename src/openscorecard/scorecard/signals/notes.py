"""The sentences that go with a verdict: what it does not say by itself."""

from __future__ import annotations

from fractions import Fraction

from openscorecard.scorecard.build import PROVISIONAL
from openscorecard.scorecard.page import Figure
from openscorecard.scorecard.signals.found import Found
from openscorecard.scorecard.signals.method import Basis
from openscorecard.scorecard.signals.series import hidden_points, mean_counted
from openscorecard.scorecard.signals.settings import SETTLED_POINTS
from openscorecard.scorecard.signals.words import points_word, reason_of, working_days_note
from openscorecard.scorecard.verdict import Baseline
from openscorecard.statistics.ranges import printed

FEW = 5  # children a month: below it a chart has little power
RARE = 1  # and below this none: of counts of mean 0.3 the rules would flag one month in five
MOST_LATER = 12  # months since a baseline that says nothing, in which it may be otherwise
LEAST_LATER = 3  # of them, before a mean says anything
MOST_DRIFT, LEAST_DRIFT = 24, 12  # months over which the move of a stock is told


def is_few(found: Found, at: int) -> bool:
    """Whether so few are counted that no better or worse can be said.

    Where small numbers are hidden and nothing tells how many are counted, few may be.
    """
    counted = found.counted(at)
    if counted is None:
        return hidden_points(found.series) > 0
    return counted.least < FEW


def is_rare(found: Found, at: int) -> bool:
    """Whether less than one a month is counted (or left out of a share): then most months are 0,
    seven of these in a row are no run, and two are no surprise."""
    counted = found.counted(at)
    return counted is not None and counted.least < RARE


def is_outgrown(found: Found, at: int) -> bool:
    """Whether the baseline says nothing (it did not move, or next to nothing was counted) and the
    months since are otherwise: the chart cannot speak of what may be the greatest change of all."""
    base, members = found.baseline(at), found.members(at)
    later = members[len(base) :][-MOST_LATER:]
    if not later:
        return False
    if found.flat[at]:
        return found.judged[later[-1]] != found.judged[base[0]]
    since = mean_counted(found.series, later)
    counts = since is not None and since.least >= RARE and len(later) >= LEAST_LATER
    return is_rare(found, at) and counts


def notes_of(
    found: Found,
    alone: Found | None,
    baseline: Baseline | None,
    *,
    seasonal: bool,
    lasting: str = "",
) -> tuple[str, ...]:
    """The notes on the latest point, which is judged; `alone` is the chart of the bare count where
    the count is judged per working day, `lasting` what is said of a level that has lasted."""
    at = found.last
    flagged = found.fired(at) is not None
    notes = []
    if seasonal:
        before = found.series.months[at].plus(-12).long
        notes.append(
            f"By the rules it is unusual ({reason_of(found, at)}), but so it went a year before, "
            f"to {before}, and it came back in between."
        )
    if flagged and found.series.method.neither:
        notes.append(found.series.method.neither)
    if not seasonal:
        notes += _return(found)
    notes += _few(found, at)
    notes += _working_days(found, alone)
    if baseline is not None and baseline.trial:
        notes.append(
            f"Trial limits: they rest on {baseline.points} points and settle at {SETTLED_POINTS}."
        )
    if hidden_points(found.series):
        notes.append("Some months are hidden: the limits rest on those that are shown.")
    notes += _provisional(found)
    if lasting:
        notes.append(lasting)
    notes += _drift(found)
    return tuple(notes)


def _few(found: Found, at: int) -> list[str]:
    if not is_few(found, at):
        return []
    counted = found.counted(at)
    what = "Few a month"
    if counted is not None and counted.of_the_rest:
        what = "Few a month are not in it"
    mean = "" if counted is None else f" ({printed(Fraction(counted.least), 1)} on average)"
    return [f"{what}{mean}: the chart has little power."]


def _working_days(found: Found, alone: Found | None) -> list[str]:
    at, series = found.last, found.series
    if alone is None or at < 1 or not (found.can_judge(at) and alone.can_judge(at)):
        return []
    by_count = alone.fired(at) is not None
    if by_count == (found.fired(at) is not None):
        return []
    month, before = series.months[at], series.months[at - 1]
    return [working_days_note(month, before, series.days[at - 1 :], by_count=by_count)]


def _provisional(found: Found) -> list[str]:
    """Of a run how many of its months can still change; else whether the latest can."""
    figures, at = found.series.figures, found.last
    months = found.rests_on(at)
    open_ = [one for one in months if _is_provisional(figures[one])]
    if len(months) > 1 and open_:
        held = f"{len(open_)} of these {len(months)} {points_word(found.series)}"
        if len(open_) == len(months):
            held = "Both months" if len(months) == _BOTH else f"All {len(months)} months"
        verb = "is" if len(open_) == 1 else "are"
        return [f"{held} {verb} provisional, and the verdict may change."]
    if not _is_provisional(figures[at]):
        return []
    month = found.series.months[at].long
    return [f"The figure for {month} is provisional, and its verdict may change."]


_BOTH = 2


def _is_provisional(figure: Figure | None) -> bool:
    return figure is not None and PROVISIONAL in figure.note


def _return(found: Found) -> list[str]:
    """A change that takes back the one before it is no change of its own."""
    one = found.returns_from(found.last)
    if one is None:
        return []
    move = found.judged[one]
    what = "rise" if move > 0 else "fall" if move < 0 else "change"
    month = found.series.months[one].long
    return [f"It follows the {what} of {month}: a return rather than a change of its own."]


def _drift(found: Found) -> list[str]:
    """The move over two years of what is judged on its change, or over the longest time on record
    from one year on: many small changes one way are no special cause, and may be a lot."""
    series, at = found.series, found.last
    if series.method.basis is not Basis.CHANGE:
        return []
    latest = series.figures[at]
    for one in range(at):
        months = series.months[at].minus(series.months[one])
        then = series.figures[one]
        if months < LEAST_DRIFT or series.groups[one] != series.groups[at]:
            continue
        if months <= MOST_DRIFT and then is not None and then.value is not None:
            assert latest is not None
            went = f"it went from {_as_printed(then)} to {_as_printed(latest)}"
            if _as_printed(then) == _as_printed(latest):
                went = f"it did not move on balance ({_as_printed(latest)})"
            since = f"in the {months} months since {then.month.long}"
            return [f"This looks for jumps, not for a slow drift: {since} {went}."]
    return []


def _as_printed(figure: Figure) -> str:
    return figure.printed.removesuffix(" [r]")
