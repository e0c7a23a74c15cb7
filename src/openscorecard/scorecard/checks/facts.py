"""What the rules look at: a printed page with its ranges, and what belongs together on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from openscorecard.findings import Expected, Finding
from openscorecard.periods import Month, months_to
from openscorecard.records.printed.page import Cell, CellStatus, PrintedPage, PrintedRow
from openscorecard.scorecard.checks.names import stem
from openscorecard.scorecard.wording import figure_text
from openscorecard.statistics.ranges import Range, half_up
from openscorecard.units import Unit

WINDOW = 12  # the months of the average and the maximum


@dataclass(frozen=True, slots=True)
class Ratio:
    """A percentage with its counts on the same page; `numerator` is None where only the
    denominator stands there. `sure`: stated by the catalogue, or by names and figures together."""

    percentage: str
    numerator: str | None
    denominator: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate per so many people, and the count that it is made from."""

    rate: str
    count: str


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

    `likely_ratios` rest on figures alone. `bands` are groups of percentages of one whole;
    `complements` pairs that sum to 100. `wrong` and `steady_rates` (the rates that one population
    explains in all months) are filled after the rules on values have run: the rules on derived
    cells need them.
    """

    page: PrintedPage
    audience: str = "public"
    rows: dict[str, PrintedRow] = field(default_factory=dict)
    ratios: tuple[Ratio, ...] = ()
    likely_ratios: tuple[Ratio, ...] = ()
    rates: tuple[Rate, ...] = ()
    bands: tuple[tuple[str, ...], ...] = ()
    complements: tuple[tuple[str, str], ...] = ()
    flows: tuple[Flow, ...] = ()
    changes_in_points: bool = False
    steady_rates: frozenset[str] = frozenset()
    wrong: tuple[Wrong, ...] = ()

    @property
    def month(self) -> Month:
        return self.page.report_month

    @property
    def window(self) -> tuple[Month, ...]:
        """The twelve months of the average and the maximum."""
        return months_to(self.month, WINDOW)

    def range(self, ref: str | None, month: Month) -> Range | None:
        """The values that the printed cell allows; None where no number stands."""
        row = self.rows.get(ref or "")
        return None if row is None else cell_range(row, row.value(month))

    def wrong_at(self, ref: str, month: Month) -> Wrong | None:
        return next((w for w in self.wrong if w.ref == ref and w.month == month), None)

    def right(self, ref: str, month: Month) -> Range | None:
        """The range after what is known to be wrong was put right."""
        wrong = self.wrong_at(ref, month)
        return self.range(ref, month) if wrong is None else wrong.should_be

    def exact(self, ref: str, month: Month) -> Range | None:
        """As `right`, narrowed by the parts of a percentage where both stand on the page."""
        printed = self.right(ref, month)
        for ratio in self.ratios:
            if ratio.percentage == ref and ratio.numerator is not None:
                top, bottom = (
                    self.right(ratio.numerator, month),
                    self.right(ratio.denominator, month),
                )
                if printed is None or top is None or bottom is None or bottom.low <= 0:
                    return printed
                return printed.within((top / bottom).scaled(100)) or printed
        return printed

    def related(self, one: str, other: str) -> bool:
        """Whether two rows speak of the same thing: parts of a ratio, a rate and its count, ..."""
        groups: list[tuple[str | None, ...]] = [*self.bands, *self.complements]
        groups += [(r.percentage, r.numerator, r.denominator) for r in self.ratios]
        groups += [(r.rate, r.count) for r in self.rates]
        if any(one in group and other in group for group in groups):
            return True
        return stem(one) == stem(other)


def cell_range(row: PrintedRow, cell: Cell | None) -> Range | None:
    """What a cell's digits allow. A count is a whole number, so its digits are exact; a percentage
    or a rate may be anything that prints so, but not below 0."""
    if cell is None or cell.number is None:
        return None
    if cell.exact or (row.unit is Unit.COUNT and cell.decimals == 0):
        return Range.exactly(cell.number)
    allowed = Range.of_printed(cell.number, cell.decimals)
    if cell.number >= 0 and allowed.low < 0:
        return Range(Fraction(0), allowed.high)
    return allowed


def derived_range(cell: Cell | None) -> Range | None:
    """What the digits of a change, an average or a maximum allow."""
    if cell is None or cell.number is None:
        return None
    if cell.exact:
        return Range.exactly(cell.number)
    return Range.of_printed(cell.number, cell.decimals)


def expected_of(allowed: Range, decimals: int = 0) -> Expected:
    """The printed form that a range asks for: one value where rounding settles it, else a range."""
    low, high = half_up(allowed.low, decimals), half_up(allowed.high, decimals)
    return Expected(value=low) if low == high else Expected(low=low, high=high)


def expected_text(expected: Expected, unit: Unit, decimals: int = 0) -> str:
    """`-34%`, or `between 275 and 277`."""
    if expected.value is not None:
        return figure_text(expected.value, unit, decimals)
    assert expected.low is not None
    assert expected.high is not None
    low = figure_text(expected.low, unit, decimals)
    return f"between {low} and {figure_text(expected.high, unit, decimals)}"


def is_nothing(cell: Cell) -> bool:
    """Blank, dash or not available: a cell that holds no figure and says no more."""
    return cell.status in (CellStatus.BLANK, CellStatus.DASH, CellStatus.NOT_AVAILABLE)


def whole_numbers(allowed: Range) -> Range | None:
    """The whole numbers in a range, from the first to the last; None where it holds none."""
    low = -((-allowed.low.numerator) // allowed.low.denominator)
    high = allowed.high.numerator // allowed.high.denominator
    return Range(Fraction(low), Fraction(high)) if low <= high else None


def total_of(rows: Sequence[PrintedRow], month: Month) -> Range | None:
    """What the rows sum to in a month, as their digits allow; None where one has no number."""
    total = Range.exactly(0)
    for row in rows:
        allowed = cell_range(row, row.value(month))
        if allowed is None:
            return None
        total = total + allowed
    return total


def population_of(row: PrintedRow, count: PrintedRow, month: Month) -> Range | None:
    """The populations that make this month's rate of this month's count."""
    rate, number = cell_range(row, row.value(month)), cell_range(count, count.value(month))
    if rate is None or number is None or rate.low <= 0 or number.low <= 0:
        return None
    per = 10_000 if row.unit is Unit.PER_10000 else 100_000
    return number.scaled(per) / rate
