"""A change that its own row, or the parts of its own row, contradict.

Example. A row goes from 138 to 173 and prints "-6%": it rose by 25%. Rounding is minded: from 24%
to 16% the change may be anything from -37% to -30%, so a printed -31% stands, unless the counts on
the page (442 of 1,801, then 339 of 2,080) settle it: then it is -34%.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from openscorecard.findings import Expected, Finding, Severity
from openscorecard.periods import Month
from openscorecard.records.printed.page import Cell, CellStatus, PrintedRow
from openscorecard.scorecard.checks.digits import (
    derived_range,
    expected_of,
    expected_text,
    is_nothing,
)
from openscorecard.scorecard.checks.evidence import change_between
from openscorecard.scorecard.checks.facts import Facts
from openscorecard.statistics.ranges import Range
from openscorecard.units import Unit

CONTRADICTED = "change-contradicts-row"
FROM_BLANK = "change-from-blank"
NOT_COMPUTED = "change-not-computed"
SMALL = Fraction(20)  # a count below this may have its changes left out


@dataclass(frozen=True, slots=True)
class PrintedChange:
    """A change cell, the months it speaks of, and the name of its column."""

    row: PrintedRow
    column: str
    cell: Cell
    now: Month
    base: Month

    @property
    def raw(self) -> str:
        return self.cell.raw.strip()

    @property
    def base_shown(self) -> bool:
        return self.base in self.row.values


def changes(facts: Facts) -> Iterator[PrintedChange]:
    """Every change cell whose base month its header states."""
    for row in facts.page.rows:
        for column, cell, base in (
            ("change_month", row.change_month, row.change_month_base),
            ("change_year", row.change_year, row.change_year_base),
        ):
            if cell is not None and base is not None and row.values:
                yield PrintedChange(row, column, cell, max(row.values), base)


def contradicted_changes(facts: Facts) -> Iterator[Finding]:
    """Changes that the two printed values do not give, whatever stood behind their digits.

    Where one of the two is known to be wrong, and the change fits what it should be, the change is
    right.
    """
    for change in changes(facts):
        ref, printed = change.row.ref, derived_range(change.cell)
        now, before = facts.range(ref, change.now), facts.range(ref, change.base)
        if printed is None or now is None or before is None or before.low <= 0:
            continue
        between = change_between(facts, change.row, now, before)
        if printed.meets(between) or _fits_right_values(facts, change, printed):
            continue
        expected = expected_of(between, change.cell.decimals)
        start, end = (change.row.value(month).raw for month in (change.base, change.now))
        yield finding(
            change,
            CONTRADICTED,
            f"prints {change.raw}, but from {start} ({change.base.short}) to {end} "
            f"({change.now.short}) it is {text(facts, expected, change)}.",
            expected,
        )


def _fits_right_values(facts: Facts, change: PrintedChange, printed: Range) -> bool:
    ref = change.row.ref
    if not (facts.wrong_at(ref, change.now) or facts.wrong_at(ref, change.base)):
        return False
    now, before = facts.right(ref, change.now), facts.right(ref, change.base)
    if now is None or before is None or before.low <= 0:
        return False
    return printed.meets(change_between(facts, change.row, now, before))


def changes_from_blank(facts: Facts) -> Iterator[Finding]:
    """A change worked out from a month that holds no figure, or from a 0."""
    for change in changes(facts):
        if change.cell.number is None:
            continue
        for month in (change.now, change.base):
            reason = _nothing_at(facts, change, month)
            if reason:
                yield finding(
                    change,
                    FROM_BLANK,
                    f"prints {change.raw}, but {month.short} {reason}: no change can be worked "
                    "out from that.",
                    Expected(text="n/a"),
                )
                break


def _nothing_at(facts: Facts, change: PrintedChange, month: Month) -> str:
    """Why no change can be worked out from that month; empty where it can."""
    if month not in change.row.values:
        return ""
    cell = change.row.value(month)
    if is_nothing(cell):
        return f"holds no figure ({cell.raw.strip() or 'blank'})"
    if month == change.base and cell.number == 0 and change.row.ref in facts.counted:
        none_to_none = change.cell.number == 0 and change.row.value(change.now).number == 0
        stands = facts.as_difference(change.row) or facts.rounded or none_to_none
        return "" if stands else "is 0"
    return ""


def changes_not_computed(facts: Facts) -> Iterator[Finding]:
    """`n/a`, a dash or a blank where both months hold a figure and the first is not 0.

    Where the figures are small, and the page gives no change of any as small, it may leave them out
    on purpose: one such cell is said for information, several are taken for a habit.
    """
    smallest, left_out = min(_smallest_base(facts), SMALL), list(_not_computed(facts))
    small = [one for one, _, base in left_out if one.row.ref in facts.counted and base < smallest]
    for change, expected, _ in left_out:
        on_purpose = change in small
        if on_purpose and len(small) > 1:
            continue
        start, end = (change.row.value(month).raw for month in (change.base, change.now))
        stated = "n/a" if change.cell.status is CellStatus.NOT_AVAILABLE else change.raw
        severity = Severity.ERROR if change.raw else Severity.WARNING
        yield finding(
            change,
            NOT_COMPUTED,
            f"prints {stated or 'nothing'}, but {start} ({change.base.short}) and {end} "
            f"({change.now.short}) give {text(facts, expected, change)}"
            + (", unless small figures are left out on purpose." if on_purpose else "."),
            expected,
            Severity.INFORMATION if on_purpose else severity,
        )


def _not_computed(facts: Facts) -> Iterator[tuple[PrintedChange, Expected, Fraction]]:
    """The cells without a change that their row gives, with that change and its base."""
    for change in changes(facts):
        if not is_nothing(change.cell) or not change.base_shown:
            continue
        ref = change.row.ref
        now, before = facts.exact(ref, change.now), facts.exact(ref, change.base)
        if now is None or before is None or before.low <= 0:
            continue
        between = change_between(facts, change.row, now, before)
        if change.cell.status is CellStatus.DASH and between.holds(Fraction(0)):
            continue  # a dash for no change
        yield change, expected_of(between, decimals_shown(facts, change)), before.low


def _smallest_base(facts: Facts) -> Fraction:
    """The smallest count from which the page works out a change."""
    bases = [
        base.low
        for change in changes(facts)
        if change.cell.number is not None
        and change.row.ref in facts.counted
        and (base := facts.range(change.row.ref, change.base)) is not None
        and base.low > 0
    ]
    return min(bases, default=SMALL)


def text(facts: Facts, expected: Expected, change: PrintedChange) -> str:
    """The expected change in words: `-34%`, `3 points`, `-37% to -30%`."""
    difference = facts.as_difference(change.row)
    unit = Unit.COUNT if difference and not change.cell.percent else Unit.PERCENT
    return expected_text(expected, unit, decimals_shown(facts, change))


def decimals_shown(facts: Facts, change: PrintedChange) -> int:
    """How many decimals the cell prints; where it holds no number, what its column usually does."""
    if change.cell.number is not None:
        return change.cell.decimals
    used = Counter(
        cell.decimals
        for row in facts.page.rows
        if (cell := getattr(row, change.column)) is not None and cell.number is not None
    )
    return used.most_common(1)[0][0] if used else 0


def finding(
    change: PrintedChange,
    rule: str,
    message: str,
    expected: Expected,
    severity: Severity = Severity.ERROR,
) -> Finding:
    heading = f"The change from {change.base.short} "
    return Finding(
        rule, severity, heading + message, change.row.ref, change.column, change.cell.raw, expected
    )
