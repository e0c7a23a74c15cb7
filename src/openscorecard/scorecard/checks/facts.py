"""What the rules look at: a printed page with its ranges, and what belongs together on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from openscorecard.findings import Finding
from openscorecard.periods import Month
from openscorecard.records.printed.page import PrintedPage, PrintedRow
from openscorecard.scorecard.checks.digits import derived_range, maximum_range
from openscorecard.scorecard.checks.habits import Rebased, widened
from openscorecard.statistics.ranges import Range
from openscorecard.units import Unit

if TYPE_CHECKING:
    from openscorecard.scorecard.checks.population import Population

Cell = tuple[str, Month]  # a value's place on the page


@dataclass(frozen=True, slots=True)
class Ratio:
    """A percentage with its counts on the same page; `numerator` is None where only the
    denominator stands there.

    `stated`: by the catalogue. `sure`: stated, or shown by names and figures together; a ratio that
    is not sure rests on figures alone.
    """

    percentage: str
    numerator: str | None
    denominator: str
    sure: bool = True
    stated: bool = False

    @property
    def members(self) -> tuple[str, ...]:
        refs = (self.percentage, self.numerator, self.denominator)
        return tuple(ref for ref in refs if ref is not None)


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate per so many people, and the count that it is made from."""

    rate: str
    count: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Percentages of one whole, which make 100: bands, or a share and its complement.

    `sure`: stated by the catalogue, or named as parts of one whole.
    """

    members: tuple[str, ...]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Flow:
    stock: str
    joining: tuple[str, ...]
    leaving: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A value that cannot stand, with what it must have been (None: there should be no value)."""

    ref: str
    month: Month
    should_be: Range | None
    finding: Finding


@dataclass(frozen=True, slots=True)
class Facts:
    """A page, and the relations that its names, its figures and the catalogue show.

    `counted` are the rows of whole numbers, `window` the months of the average and the maximum;
    `ranges` holds what the digits of every value allow. `ratios` are sure, `likely_ratios` rest on
    figures alone, and `departed` are stated ratios that the page does not follow. `sums` are bands
    and complements. `wrong` is filled by the rules on values, and `people` (the population under
    each rate) after them, for the rules on derived cells.

    The page's habits: its changes of percentages are `changes_in_points`, of other figures
    `changes_as_differences`; its counts are `rounded` to 5 or 10 (0: not); columns were `rebased`
    to the month that their changes fit; and `later_months` hold no figure yet.
    """

    page: PrintedPage
    audience: str = "public"
    rows: dict[str, PrintedRow] = field(default_factory=dict)
    counted: frozenset[str] = frozenset()
    window: tuple[Month, ...] = ()
    ranges: dict[Cell, Range] = field(default_factory=dict)
    ratios: tuple[Ratio, ...] = ()
    likely_ratios: tuple[Ratio, ...] = ()
    departed: tuple[Ratio, ...] = ()
    rates: tuple[Rate, ...] = ()
    sums: tuple[Sum, ...] = ()
    flows: tuple[Flow, ...] = ()
    stems: dict[str, str] = field(default_factory=dict)
    changes_in_points: bool = False
    changes_as_differences: bool = False
    rounded: int = 0
    rebased: tuple[Rebased, ...] = ()
    later_months: tuple[Month, ...] = ()
    wrong: dict[Cell, Wrong] = field(default_factory=dict)
    people: dict[str, Population] = field(default_factory=dict)

    @property
    def month(self) -> Month:
        return self.window[-1] if self.window else self.page.report_month

    def as_difference(self, row: PrintedRow) -> bool:
        """Whether the page prints this row's changes as a difference, not relative to the base."""
        if row.unit is Unit.PERCENT:
            return self.changes_in_points
        return self.changes_as_differences

    def maximum(self, row: PrintedRow) -> Range | None:
        """What the digits of the 12-month maximum allow."""
        counted = row.ref in self.counted
        return widened(maximum_range(row, counted), self.rounded if counted else 0)

    def average(self, row: PrintedRow) -> Range | None:
        """What the digits of the 12-month average allow."""
        rounded = self.rounded if row.ref in self.counted else 0
        return widened(derived_range(row.average_12m), rounded)

    def range(self, ref: str, month: Month) -> Range | None:
        """The values that the printed cell allows; None where no number stands."""
        return self.ranges.get((ref, month))

    def wrong_at(self, ref: str, month: Month) -> Wrong | None:
        return self.wrong.get((ref, month))

    def right(self, ref: str, month: Month) -> Range | None:
        """The range after what is known to be wrong was put right."""
        wrong = self.wrong.get((ref, month))
        return self.ranges.get((ref, month)) if wrong is None else wrong.should_be

    def spoiled(self, refs: tuple[str, ...], month: Month) -> bool:
        """Whether one of these values is known to be wrong in that month."""
        return any((ref, month) in self.wrong for ref in refs)

    def parts_of(self, ref: str) -> Ratio | None:
        """The sure ratio of a percentage whose counts both stand on the page."""
        for ratio in self.ratios:
            if ratio.percentage == ref and ratio.numerator is not None:
                return ratio
        return None

    def likely_parts_of(self, ref: str) -> Ratio | None:
        return next((ratio for ratio in self.likely_ratios if ratio.percentage == ref), None)

    def exact(self, ref: str, month: Month) -> Range | None:
        """As `right`, narrowed by the parts of a percentage where both stand on the page."""
        printed, ratio = self.right(ref, month), self.parts_of(ref)
        if printed is None or ratio is None or ratio.numerator is None:
            return printed
        by_parts = self.quotient(ratio, month)
        return printed if by_parts is None else (printed.within(by_parts) or printed)

    def quotient(self, ratio: Ratio, month: Month) -> Range | None:
        """What a percentage's parts make, in points; None where they make nothing."""
        if ratio.numerator is None:
            return None
        top, bottom = self.right(ratio.numerator, month), self.right(ratio.denominator, month)
        if top is None or bottom is None or bottom.low <= 0:
            return None
        return (top / bottom).scaled(100)

    def total(self, refs: tuple[str, ...], month: Month) -> Range | None:
        """What the rows sum to in a month, as their digits allow; None where one has no number."""
        total = Range.exactly(0)
        for ref in refs:
            allowed = self.range(ref, month)
            if allowed is None:
                return None
            total = total + allowed
        return total

    def related(self, one: str, other: str) -> bool:
        """Whether two rows speak of the same thing: parts of a ratio, a rate and its count, ..."""
        groups = [group.members for group in self.sums]
        groups += [ratio.members for ratio in (*self.ratios, *self.likely_ratios)]
        groups += [(rate.rate, rate.count) for rate in self.rates]
        if any(one in group and other in group for group in groups):
            return True
        return self.stems.get(one, one) == self.stems.get(other, other)
