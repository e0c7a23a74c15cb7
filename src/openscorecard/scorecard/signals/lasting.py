"""A level that has lasted: how much of a year is flagged, and from when a new baseline would run.

Nothing is rebased by itself. What is said here is offered to a person, who may know the reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from openscorecard.periods import Month
from openscorecard.scorecard.signals.found import Found
from openscorecard.scorecard.signals.method import Basis
from openscorecard.scorecard.verdict import JudgedMonth, Rule, Side, Signal

YEAR = 12
LASTING = 12  # months on one side after which a new baseline is offered
MOSTLY = 8  # or flagged ones of the last twelve, where the latest month is not
GAP = 2  # months in a row within the usual range that do not break a stretch of flagged ones


@dataclass(frozen=True, slots=True)
class Lasting:
    """`held` says what has lasted, without a full stop; a new baseline would run from `since`,
    None where none is offered."""

    held: str
    since: Month | None


def flagged_12(chart: Sequence[JudgedMonth], month: Month) -> tuple[int, Side | None]:
    """How many of the twelve months to `month` are flagged to one side, and to which: the side of
    more. A seasonal month is not flagged."""
    flagged = [one for one in chart if 0 <= month.minus(one.month) < YEAR and one.signal.is_special]
    above = sum(one.side is Side.ABOVE for one in flagged)
    below = len(flagged) - above
    if not flagged:
        return 0, None
    return (above, Side.ABOVE) if above > below else (below, Side.BELOW)


def lasting_of(
    found: Found, chart: Sequence[JudgedMonth], since: Month | None, *, seasonal: bool
) -> Lasting | None:
    """What has lasted by the latest point, which is judged; `since` is the first month of its
    baseline."""
    at = found.last
    if found.fired(at) is not None and not seasonal:
        return _one_side(found)
    if chart[-1].signal is not Signal.NONE:
        return None
    return _mostly(found, chart, since or chart[0].month, seasonal=seasonal)


def _one_side(found: Found) -> Lasting | None:
    at, months = found.last, found.series.months
    run = found.one_side(at)
    lasted = months[at].minus(months[run[0]]) + 1 if run else 0
    if lasted < LASTING:
        return None
    held = f"The level has held on one side for {lasted} months"
    if found.series.method.basis is Basis.CHANGE:
        held = f"The change has been on one side of its average for {lasted} months"
    return Lasting(held, months[run[0]])


def _mostly(
    found: Found, chart: Sequence[JudgedMonth], since: Month, *, seasonal: bool
) -> Lasting | None:
    month = found.series.months[found.last]
    count, side = flagged_12(chart, month)
    if side is None or count < MOSTLY:
        return None
    own = [
        one for one in chart
        if 0 <= month.minus(one.month) < YEAR and one.signal.is_special and one.side is side
    ]  # fmt: skip
    now = "Explained by its season" if seasonal else "Within the usual range"
    what = _what(own, side, by_change=found.series.method.basis is Basis.CHANGE)
    held = f"{now} this month, but {count} of the last {YEAR} months {what}"
    return Lasting(held, stretch_began(chart, side, since))


def _what(flagged: Sequence[JudgedMonth], side: Side, *, by_change: bool) -> str:
    signals = {one.signal for one in flagged}
    if signals == {Signal.CONCERN}:
        return "were a concern"
    if signals == {Signal.IMPROVEMENT}:
        return "were an improvement"
    above = side is Side.ABOVE
    if by_change:
        return f"had an unusual {'rise' if above else 'fall'}"
    way = "high" if above else "low"
    if any(one.rule is Rule.TREND for one in flagged):
        way += " or rising" if above else " or falling"
    return f"were unusually {way}"


def stretch_began(chart: Sequence[JudgedMonth], side: Side, since: Month) -> Month | None:
    """The first flagged month of the stretch that reaches the latest month: one or two months in a
    row that are not flagged to this side do not break it, three do. Not before `since`."""
    began, passed = None, 0
    for one in reversed(chart):
        if passed > GAP or one.month < since:
            break
        if one.signal.is_special and one.side is side:
            began, passed = one.month, 0
        else:
            passed += 1
    return began


def offered(lasting: Lasting, ref: str, month: Month) -> str:
    """The council's note: what has held, and where the lines of a new baseline are to be had."""
    if lasting.since is None:
        return f"{lasting.held}."
    name = ref if re.fullmatch(r"[\w%-]+", ref) else f'"{ref}"'
    command = f"`scorecard signals {month.iso} --ref {name}` has the lines"
    return f"{lasting.held}: if the reason is known, a new baseline can be dated ({command})."


def rebase_lines(ref: str, since: Month) -> str:
    """The lines of the settings that date a new baseline."""
    return "\n".join(
        ("[[signals.rebase]]", f'ref = "{ref}"', f'from = "{since.iso}"', 'reason = "..."')
    )
