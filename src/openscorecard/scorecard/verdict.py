"""What can be said of a row's latest figure with a straight face: types only, no judging.

The words are made once, here in the page, and every medium prints them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from openscorecard.periods import Month


class Signal(StrEnum):
    """NONE: no special cause, usual variation. NEUTRAL: a special cause that is neither better nor
    worse. NOT_JUDGED: the method does not hold for this series, and the verdict says why."""

    NONE = "none"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL = "neutral"
    NOT_JUDGED = "not-judged"

    @property
    def is_special(self) -> bool:
        return self in (Signal.IMPROVEMENT, Signal.CONCERN, Signal.NEUTRAL)


class Rule(StrEnum):
    """Which rule fired, in the order in which they are tried (STATISTICS.md, section 2)."""

    OUTSIDE = "outside"
    TREND = "trend"
    TWO_OF_THREE = "two-of-three"
    SHIFT = "shift"


class Side(StrEnum):
    """Above or below the centre; of a trend, rising or falling."""

    ABOVE = "above"
    BELOW = "below"


class Assurance(StrEnum):
    """Whether the process meets its target by itself: the target against the latest limits."""

    MEETS = "meets"
    HIT_OR_MISS = "hit-or-miss"
    MISSES = "misses"


@dataclass(frozen=True, slots=True)
class JudgedMonth:
    """One month of the chart, in the units that the page prints. `value` is the figure, None in a
    gap. The limits lie around it as drawn: of a stock, whose net change is judged, around the
    month before; of a count judged per working day, times that month's working days. `signal` is
    by today's limits; `first` is the word that was published first, "" where none was.
    """

    month: Month
    value: float | None
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    rule: Rule | None = None
    side: Side | None = None
    signal: Signal = Signal.NOT_JUDGED
    seasonal: bool = False
    per_working_day: float | None = None
    first: str = ""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The months that limits rest on. `frozen`: later months no longer move them. `trial`: fewer
    than twelve. `reason` is why a person dated a new one, "" for the first."""

    first: Month
    last: Month
    points: int
    frozen: bool
    trial: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FirstPublished:
    """The verdict as it stood when the month was first published."""

    signal: Signal
    word: str
    reason: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on the latest month.

    `word` is what the page shows (Concern, Improvement, Unusually high, Unusually low, Unusual rise
    and Unusual fall of a trend or of what is judged on its change, Usual variation, Not judged;
    Hidden from the public where the figure is), `reason` a short clause that says why ("7 months in
    a row above the average", "above the usual range (up to 2,012)", "no figure for June 2021");
    both "" never.
    `months` are those that the rule rests on, the latest last. `method` is the chart's kind (xmr,
    p, pprime, u, uprime, c; "" where not judged), `judged_on` level, change (stocks: the net change
    from month to month) or per-working-day. `method_words` says it in a sentence, rules and run
    lengths included. `few`: so few are counted that no better or
    worse is said. `usual` is the usual range of the latest month as printed, ("1,204", "2,012"),
    None where there is none. `notes` are sentences that go with it: little power, seasonal, part of
    a composition, trial limits, a shift that has lasted twelve months.

    `flagged_12` is how many of the last twelve months are unusual by today's limits, to the side on
    which most of them are. `target_met` says that so many of the last twelve months with a figure
    met the target. `offer` are the lines of the settings that would date a new baseline, "" where
    none is due. `outgrown`: not judged because nothing moved, or next to nothing was counted,
    in the months that the limits rest on, and the months since are otherwise.
    """

    signal: Signal
    word: str
    reason: str
    rule: Rule | None = None
    side: Side | None = None
    months: tuple[Month, ...] = ()
    method: str = ""
    judged_on: str = ""
    method_words: str = ""
    usual: tuple[str, str] | None = None
    centre: str = ""
    chart: tuple[JudgedMonth, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    notes: tuple[str, ...] = ()
    seasonal: bool = False
    few: bool = False
    assurance: Assurance | None = None
    target: str = ""
    first_published: FirstPublished | None = None
    flagged_12: int = 0
    target_met: tuple[int, int] | None = None
    offer: str = ""
    outgrown: bool = False

    def at(self, month: Month) -> JudgedMonth | None:
        return next((item for item in self.chart if item.month == month), None)
