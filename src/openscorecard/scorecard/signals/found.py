"""What the charts say of one series, point by point, and which months a rule rests on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from openscorecard.scorecard.signals.method import Basis
from openscorecard.scorecard.signals.series import Counted, Series, mean_counted
from openscorecard.scorecard.signals.settings import LEAST_POINTS
from openscorecard.scorecard.verdict import Rule, Side

RULES = {1: Rule.OUTSIDE, 2: Rule.TREND, 3: Rule.TWO_OF_THREE, 4: Rule.SHIFT}
SIDES = {1: Side.ABOVE, -1: Side.BELOW}

SEASON_POINTS = 24  # points on record before a season can be told
WENT_BACK = 3  # points between that lie on the other side, before a departure is a season's
SAME_OF_RUN = 0.75  # of a run's months, how many lay on its side a year before
POINTS_APART = 2.0  # sigma between a month and the same month a year before; chance gives 1.4
RUNS_APART = 0.5  # sigma between the means of two runs, which is what chance gives of eight months


@dataclass(frozen=True, slots=True)
class Found:
    """`judged` are the values plotted, in the units of the limits; `rule` and `side` as the charts
    code them (0: none). All by point. Limits rest on the first `baseline_points` of a baseline.
    `known` and `counts` keep what was worked out of each baseline: its points, and how many they
    count."""

    series: Series
    judged: Sequence[float]
    centre: Sequence[float]
    lower: Sequence[float]
    upper: Sequence[float]
    near_lower: Sequence[float]
    near_upper: Sequence[float]
    flat: Sequence[bool]
    rule: Sequence[int]
    side: Sequence[int]
    baseline_points: int = 24
    known: dict[int, list[int]] = field(default_factory=dict, compare=False, repr=False)
    counts: dict[int, Counted | None] = field(default_factory=dict, compare=False, repr=False)

    @property
    def last(self) -> int:
        return len(self.judged) - 1

    def members(self, at: int) -> list[int]:
        """The points that share the limits of this one and have a value."""
        group = self.series.groups[at]
        if group not in self.known:
            self.known[group] = [
                one
                for one, value in enumerate(self.judged)
                if self.series.groups[one] == group and not math.isnan(value)
            ]
        return self.known[group]

    def baseline(self, at: int) -> list[int]:
        """The points that the limits of this one rest on."""
        return self.members(at)[: self.baseline_points]

    def counted(self, at: int) -> Counted | None:
        """How many are counted a month in the baseline of this point, on the mean."""
        group = self.series.groups[at]
        if group not in self.counts:
            self.counts[group] = mean_counted(self.series, self.baseline(at))
        return self.counts[group]

    def can_judge(self, at: int) -> bool:
        return not self.flat[at] and len(self.members(at)) >= LEAST_POINTS

    def position(self, at: int) -> int:
        """+1 above the centre, -1 below, 0 on it or without a value."""
        value, centre = self.judged[at], self.centre[at]
        return (value > centre) - (value < centre)

    def fired(self, at: int) -> Rule | None:
        return RULES.get(self.rule[at]) if self.can_judge(at) else None

    def side_of(self, at: int) -> Side | None:
        return SIDES.get(self.side[at]) if self.can_judge(at) else None

    def rests_on(self, at: int) -> list[int]:
        """The points that the rule which names this one rests on, this one last."""
        rule = self.fired(at)
        if rule is Rule.TREND:
            return self._trend(at)
        if rule is Rule.SHIFT:
            return self.one_side(at)
        if rule is Rule.TWO_OF_THREE:
            return [one for one in range(max(at - 2, 0), at + 1) if self._is_near(one, at)]
        return [at] if rule else []

    def one_side(self, at: int) -> list[int]:
        """The unbroken run of points on one side of the centre that ends here."""
        position = self.position(at)
        run = []
        for one in range(at, -1, -1):
            same = self.series.groups[one] == self.series.groups[at]
            if not position or not same or self.position(one) != position:
                break
            run.append(one)
        return run[::-1]

    def goes_its_way(self, at: int) -> bool:
        """Of what is judged on its change: whether the changes that the rule rests on went to its
        side on balance. A figure that falls less than it used to lies above its usual change, and
        does not rise."""
        net = sum(self.judged[one] for one in self.rests_on(at))
        return net * self.side[at] > 0

    def returns_from(self, at: int) -> int | None:
        """Of a change outside the limits: the change before it that it takes back, or None.

        That is one of the two points before, outside to the other side and no return itself. What
        goes further than back, by more than a usual change, is a change of its own.
        """
        if self.fired(at) is not Rule.OUTSIDE or self.series.method.basis is not Basis.CHANGE:
            return None
        for one in range(at - 1, max(at - 3, -1), -1):
            same = self.series.groups[one] == self.series.groups[at]
            if not same or self.fired(one) is not Rule.OUTSIDE or self.side[one] == self.side[at]:
                continue
            return one if self.returns_from(one) is None and not self._overshoots(one, at) else None
        return None

    def _overshoots(self, one: int, at: int) -> bool:
        """Whether both changes together leave it outside the usual change, on the later's side."""
        offset = self.series.offset
        both = offset[at] + self.judged[at] - offset[one]
        return both > self.upper[at] if self.side[at] > 0 else both < self.lower[at]

    def repeats_last_year(self, at: int) -> bool:
        """Whether what is special about this point is its season.

        It is where the same month a year before lay more than 1 sigma to the same side and within
        2 sigma of this one; of a run on one side, where at least three in four of its months lay on
        that side a year before, and their mean within 0.5 sigma of the run's. The figure has to
        have gone back to the other side in between: a shift that lasts is no season. Only with two
        years on record, and within one baseline. The lengths are measured (decision 5).
        """
        if self.fired(at) is None or len([one for one in self.members(at) if one <= at]) < (
            SEASON_POINTS
        ):
            return False
        before = self._year_before(at)
        if before is None:
            return False
        if not (self._run_repeats(at) if self.fired(at) is Rule.SHIFT else self._point_repeats(at)):
            return False
        other = -self.position(at)
        back = sum(self.position(one) == other for one in range(before + 1, at))
        return other != 0 and back >= WENT_BACK

    def _run_repeats(self, at: int) -> bool:
        """Whether the months of the run that ends here mostly lay on its side a year before, and
        about as far."""
        run = self.rests_on(at)
        pairs = [(one, then) for one in run if (then := self._year_before(one)) is not None]
        same = sum(self.position(then) == self.side[at] for _, then in pairs)
        if same < SAME_OF_RUN * len(run):
            return False
        apart = sum(self.judged[one] - self.judged[then] for one, then in pairs) / len(pairs)
        return abs(apart) <= RUNS_APART * self._sigma(at)

    def _point_repeats(self, at: int) -> bool:
        """Whether the same month a year before departed likewise, and about as far."""
        before = self._year_before(at)
        if before is None:
            return False
        way = self.position(at)
        departed = (self.judged[before] - self.centre[before]) * way > self._sigma(before)
        apart = abs(self.judged[at] - self.judged[before])
        return departed and apart <= POINTS_APART * self._sigma(at)

    def _sigma(self, at: int) -> float:
        return (self.near_upper[at] - self.centre[at]) / 2

    def _year_before(self, at: int) -> int | None:
        months = self.series.months
        wanted = months[at].plus(-12)
        if wanted not in months:
            return None
        before = months.index(wanted)
        same = self.series.groups[before] == self.series.groups[at]
        return before if same and not math.isnan(self.judged[before]) else None

    def _is_near(self, one: int, at: int) -> bool:
        above = self.judged[one] > self.near_upper[one]
        below = self.judged[one] < self.near_lower[one]
        return above if self.side[at] > 0 else below

    def _trend(self, at: int) -> list[int]:
        """The unbroken run of steps one way that ends here."""
        way = self.side[at]
        run = [at]
        while run[-1] > 0 and self.series.groups[run[-1] - 1] == self.series.groups[at]:
            if (self.judged[run[-1]] - self.judged[run[-1] - 1]) * way > 0:
                run.append(run[-1] - 1)
            else:  # a step the other way, none, or a gap
                break
        return run[::-1]
