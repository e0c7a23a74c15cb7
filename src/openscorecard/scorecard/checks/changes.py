"""A change that its own row, or the parts of its own row, contradict.

Example. A row goes from 138 to 173 and prints "-6%": it rose by 25%. Rounding is minded: from 24%
to 16% the change may be anything from -37% to -30%, so a printed -31% stands, unless the counts on
the page (442 of 1,801, then 339 of 2,080) settle it: then it is -34%.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from openscorecard.findings import Expected, Finding, Severity
from openscorecard.periods import Month
from openscorecard.records.printed.page import Cell, PrintedRow
from openscorecard.scorecard.checks.facts import (
    Facts,
    Wrong,
    derived_range,
    expected_of,
    expected_text,
    is_nothing,
)
from openscorecard.statistics.ranges import Range, change_percent, half_up
from openscorecard.units import Unit

CONTRADICTED = "change-contradicts-row"
INFECTED = "change-from-wrong-value"
ROUNDED = "change-from-rounded-figures"
FROM_BLANK = "change-from-blank"
NOT_COMPUTED = "change-not-computed"


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
        return self.cell.raw


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
    for change in changes(facts):
        if change.cell.number is None:
            continue
        if change.base in change.row.values:
            finding = _judged(facts, change)
        else:
            finding = _infected_on_unseen_base(facts, change)
        if finding is not None:
            yield finding


def _judged(facts: Facts, change: PrintedChange) -> Finding | None:
    ref, printed = change.row.ref, derived_range(change.cell)
    now, before = facts.range(ref, change.now), facts.range(ref, change.base)
    if printed is None or now is None or before is None or before.low <= 0:
        return None
    if not printed.meets(_change(facts, change.row, now, before)):
        return _contradicted(facts, change, now, before)
    wrong = facts.wrong_at(ref, change.now) or facts.wrong_at(ref, change.base)
    if wrong is not None:
        return _infected(facts, change, wrong, printed)
    return _settled_by_parts(facts, change, printed)


def _change(facts: Facts, row: PrintedRow, now: Range, before: Range) -> Range:
    in_points = facts.changes_in_points and row.unit is Unit.PERCENT
    return now - before if in_points else change_percent(now, before)


def _contradicted(facts: Facts, change: PrintedChange, now: Range, before: Range) -> Finding:
    expected = expected_of(_change(facts, change.row, now, before), change.cell.decimals)
    start, end = (change.row.value(month).raw for month in (change.base, change.now))
    return _finding(
        change,
        CONTRADICTED,
        f"prints {change.raw}, but from {start} ({change.base.short}) to {end} "
        f"({change.now.short}) the change is {_text(expected, change)}.",
        expected,
    )


def _infected(facts: Facts, change: PrintedChange, wrong: Wrong, printed: Range) -> Finding | None:
    """The change of a value that is wrong is wrong with it, unless it happens to fit both."""
    ref = change.row.ref
    now, before = facts.right(ref, change.now), facts.right(ref, change.base)
    because = f"it rests on {wrong.finding.printed} of {wrong.month.short}, which cannot stand"
    if now is None or before is None:
        message = f"prints {change.raw}, but {because}; no change can be worked out."
        return _finding(change, INFECTED, message, Expected(text="n/a"))
    if before.low <= 0:
        return None
    exact_now, exact_before = facts.exact(ref, change.now), facts.exact(ref, change.base)
    right = _change(facts, change.row, exact_now or now, exact_before or before)
    if printed.meets(right):
        return None
    expected = expected_of(right, change.cell.decimals)
    message = f"prints {change.raw}, but {because}; it should be {_text(expected, change)}."
    return _finding(change, INFECTED, message, expected)


def _infected_on_unseen_base(facts: Facts, change: PrintedChange) -> Finding | None:
    """The base month is not on the page, but the wrong value went into the change: undone, the
    change is about as much as the printed one times the right value over the wrong one."""
    wrong = facts.wrong_at(change.row.ref, change.now)
    printed, seen = derived_range(change.cell), facts.range(change.row.ref, change.now)
    if wrong is None or printed is None or seen is None or seen.low <= 0:
        return None
    because = f"it rests on {wrong.finding.printed} of {wrong.month.short}, which cannot stand"
    if wrong.should_be is None or (facts.changes_in_points and change.row.unit is Unit.PERCENT):
        expected = Expected(text="n/a")
        message = f"prints {change.raw}, but {because}; no change can be worked out."
        return _finding(change, INFECTED, message, expected)
    right = (printed.shifted(100) * wrong.should_be / seen).shifted(-100)
    if printed.meets(right):
        return None
    low, high = Fraction(math.floor(right.low)), Fraction(math.ceil(right.high))
    expected = Expected(low=low, high=high)
    message = f"prints {change.raw}, but {because}; undone, it is {_text(expected, change)}."
    return _finding(change, INFECTED, message, expected)


def _settled_by_parts(facts: Facts, change: PrintedChange, printed: Range) -> Finding | None:
    """Counts on the same page make the percentage or rate, and so its change, exact."""
    row = change.row
    now, before, parts = _by_parts(facts, change)
    if now is None or before is None or before.low <= 0:
        return None
    exact = _change(facts, row, now, before)
    if printed.meets(exact):
        return None
    expected = expected_of(exact, change.cell.decimals)
    start, end = row.value(change.base), row.value(change.now)
    assert start.number is not None
    assert end.number is not None
    assert change.cell.number is not None
    rounded = (end.number / start.number - 1) * 100
    if half_up(rounded, change.cell.decimals) == change.cell.number:
        return _finding(
            change,
            ROUNDED,
            f"prints {change.raw}, the change of the rounded {start.raw} and {end.raw}; "
            f"from {parts} it is {_text(expected, change)}.",
            expected,
            Severity.WARNING,
        )
    message = f"prints {change.raw}, but from {parts} the change is {_text(expected, change)}."
    return _finding(change, CONTRADICTED, message, expected)


def _by_parts(facts: Facts, change: PrintedChange) -> tuple[Range | None, Range | None, str]:
    ref = change.row.ref
    for ratio in facts.ratios:
        if ratio.percentage == ref and ratio.numerator is not None:
            top, bottom = facts.rows[ratio.numerator], facts.rows[ratio.denominator]
            words = " and ".join(
                f"{top.value(month).raw} of {bottom.value(month).raw}"
                for month in (change.base, change.now)
            )
            return facts.exact(ref, change.now), facts.exact(ref, change.base), words
    for rate in facts.rates:
        # One population lies under both months of a page, so it falls out of the quotient.
        if rate.rate == ref and ref in facts.steady_rates:
            count = facts.rows[rate.count]
            words = f"{count.ref} ({count.value(change.base).raw}, then "
            words += f"{count.value(change.now).raw}; one population under both)"
            now, before = (facts.right(rate.count, m) for m in (change.now, change.base))
            return now, before, words
    return None, None, ""


def changes_from_blank(facts: Facts) -> Iterator[Finding]:
    """A change worked out from a month that holds no figure, or from a count of 0."""
    for change in changes(facts):
        if change.cell.number is None:
            continue
        for month in (change.now, change.base):
            if month not in change.row.values:
                continue
            cell = change.row.value(month)
            nothing = is_nothing(cell)
            if nothing or (month == change.base and cell.number == 0 and _is_count(change.row)):
                shown = "is 0" if not nothing else f"holds no figure ({cell.raw or 'blank'})"
                yield _finding(
                    change,
                    FROM_BLANK,
                    f"prints {change.raw}, but {month.short} {shown}: "
                    "no % change can be worked out.",
                    Expected(text="n/a"),
                )
                break


def _is_count(row: PrintedRow) -> bool:
    return row.unit is Unit.COUNT


def changes_not_computed(facts: Facts) -> Iterator[Finding]:
    """`n/a`, a dash or a blank where both months hold a figure and the first is not 0."""
    for change in changes(facts):
        if not is_nothing(change.cell) or change.base not in change.row.values:
            continue
        ref = change.row.ref
        now, before = facts.exact(ref, change.now), facts.exact(ref, change.base)
        if now is None or before is None or before.low <= 0:
            continue
        expected = expected_of(_change(facts, change.row, now, before))
        start, end = (change.row.value(month).raw for month in (change.base, change.now))
        stated = bool(change.raw.strip())
        yield _finding(
            change,
            NOT_COMPUTED,
            f"prints {change.raw.strip() if stated else 'nothing'}, but {start} "
            f"({change.base.short}) and {end} ({change.now.short}) give "
            f"{_text(expected, change)}.",
            expected,
            Severity.ERROR if stated else Severity.WARNING,
        )


def _text(expected: Expected, change: PrintedChange) -> str:
    return expected_text(expected, Unit.PERCENT, change.cell.decimals)


def _finding(
    change: PrintedChange,
    rule: str,
    message: str,
    expected: Expected,
    severity: Severity = Severity.ERROR,
) -> Finding:
    heading = f"The change from {change.base.short} "
    return Finding(
        rule, severity, heading + message, change.row.ref, change.column, change.raw, expected
    )
