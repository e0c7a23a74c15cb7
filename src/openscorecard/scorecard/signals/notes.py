"""The sentences that go with a verdict: what it does not say by itself."""

from __future__ import annotations

from fractions import Fraction

from openscorecard.scorecard.build import PROVISIONAL
from openscorecard.scorecard.signals.found import Found
from openscorecard.scorecard.signals.series import hidden_points
from openscorecard.scorecard.signals.settings import SETTLED_POINTS
from openscorecard.scorecard.signals.words import reason_of, working_days_note
from openscorecard.scorecard.verdict import Baseline
from openscorecard.statistics.ranges import printed

FEW = 5  # children a month: below it a chart has little power
RARE = 1  # and below this none: of counts of mean 0.3 the rules would flag one month in five
LASTING = 12  # months on one side after which a new baseline is offered


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


def notes_of(
    found: Found,
    alone: Found | None,
    baseline: Baseline | None,
    *,
    seasonal: bool,
    audience: str,
) -> tuple[str, ...]:
    """The notes on the latest point, which is judged; `alone` is the chart of the bare count where
    the count is judged per working day."""
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
    notes += _few(found, at)
    notes += _working_days(found, alone)
    if baseline is not None and baseline.trial:
        notes.append(
            f"Trial limits: they rest on {baseline.points} points and settle at {SETTLED_POINTS}."
        )
    if hidden_points(found.series):
        notes.append("Some months are hidden: the limits rest on those that are shown.")
    latest = found.series.figures[at]
    if latest is not None and PROVISIONAL in latest.note:
        month = found.series.months[at].long
        notes.append(f"The figure for {month} is provisional, and its verdict may change.")
    if flagged and not seasonal:
        notes += _lasting(found, audience)
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


def _lasting(found: Found, audience: str) -> list[str]:
    """A shift of a year and more is offered for a new baseline; to the council, with the lines."""
    at, months = found.last, found.series.months
    run = found.one_side(at)
    if not run or months[at].minus(months[run[0]]) + 1 < LASTING:
        return []
    lasted = months[at].minus(months[run[0]]) + 1
    held = f"The level has held on one side for {lasted} months"
    if audience == "public":
        return [f"{held}."]
    known = f"{held}: if the reason is known, date a new baseline in openscorecard.toml:"
    return [f"{known}\n{rebase_lines(found)}"]


def rebase_lines(found: Found) -> str:
    """The lines of the settings that date a new baseline at the start of the present run."""
    first = found.series.months[found.one_side(found.last)[0]]
    ref = found.series.row.indicator.ref
    return "\n".join(
        ("[[signals.rebase]]", f'ref = "{ref}"', f'from = "{first.iso}"', 'reason = "..."')
    )
