"""A 12-month maximum below a value shown, above all twelve, or taken over from a wrong value.

Example. A maximum of 380 beside a shown 410 needs no arithmetic. And a maximum of 8571% is the
8571% of June, which cannot stand itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from openscorecard.findings import Expected, Finding, Severity
from openscorecard.periods import Month
from openscorecard.records.printed.page import PrintedRow
from openscorecard.scorecard.checks.digits import (
    expected_of,
    expected_text,
    is_nothing,
    may_pass_100,
)
from openscorecard.scorecard.checks.facts import Facts, Wrong
from openscorecard.statistics.ranges import Range
from openscorecard.units import Unit

BELOW, NOT_SHOWN = "maximum-below-shown", "maximum-not-shown"
OF_NOTHING, INFECTED = "maximum-of-nothing", "summary-from-wrong-value"


def wrong_maxima(facts: Facts) -> Iterator[Finding]:
    for row in facts.page.rows:
        printed = facts.maximum(row)
        if printed is None:
            continue
        found = (
            _of_nothing(facts, row)
            or _taken_over(facts, row, printed)
            or _below(facts, row, printed)
            or _not_shown(facts, row, printed)
        )
        if found is not None:
            yield found


def shown_months(facts: Facts, row: PrintedRow) -> dict[Month, Range]:
    """The months of the window that show a figure, as printed."""
    return {
        month: seen for month in facts.window if (seen := facts.range(row.ref, month)) is not None
    }


def right_months(facts: Facts, row: PrintedRow) -> dict[Month, Range]:
    """The months of the window that show a figure, after what is wrong was put right."""
    return {
        month: right
        for month in facts.window
        if month in row.values and (right := facts.right(row.ref, month)) is not None
    }


def unseen_months(facts: Facts, row: PrintedRow) -> int:
    return sum(1 for month in facts.window if month not in row.values)


def _of_nothing(facts: Facts, row: PrintedRow) -> Finding | None:
    if shown_months(facts, row) or row.average_12m is None or not is_nothing(row.average_12m):
        return None
    return _finding(
        row,
        OF_NOTHING,
        "no month shows a figure and there is no average: a maximum of blanks is no value.",
        Expected(text="no value"),
        Severity.WARNING,
    )


def _below(facts: Facts, row: PrintedRow, printed: Range) -> Finding | None:
    shown = shown_months(facts, row)
    above = [month for month, seen in shown.items() if seen.low > printed.high]
    above = [month for month in above if facts.wrong_at(row.ref, month) is None]
    if not above:
        return None
    month = max(above, key=lambda one: shown[one].low)
    value = row.value(month)
    assert value.number is not None
    expected = Expected(value=value.number)
    if unseen_months(facts, row):
        expected = Expected(low=value.number, high=_most(row))
    return _finding(row, BELOW, f"{month.short} is {value.raw.strip()}.", expected)


def _taken_over(facts: Facts, row: PrintedRow, printed: Range) -> Finding | None:
    wrong, right = carried(facts, row, printed), right_months(facts, row)
    if wrong is None or not right:
        return None
    assert row.maximum_12m is not None
    top = expected_of(max(right.values(), key=lambda one: one.high), row.maximum_12m.decimals)
    low = top.value if top.value is not None else top.low
    expected = Expected(low=low, high=_most(row))
    if not unseen_months(facts, row):
        expected = top
    greatest = expected_text(top, row.unit, row.maximum_12m.decimals)
    return _finding(
        row,
        INFECTED,
        f"that is the {wrong.finding.printed} of {wrong.month.short}, which cannot stand. With "
        f"that put right the greatest value shown is {greatest}.",
        expected,
    )


def carried(facts: Facts, row: PrintedRow, printed: Range) -> Wrong | None:
    """The wrong value that the maximum has taken over; None where a right value is as high."""
    if any(one.meets(printed) for one in right_months(facts, row).values()):
        return None
    for month, seen in shown_months(facts, row).items():
        wrong = facts.wrong_at(row.ref, month)
        if wrong is not None and seen.meets(printed):
            return wrong
    return None


def _not_shown(facts: Facts, row: PrintedRow, printed: Range) -> Finding | None:
    shown = right_months(facts, row)
    if unseen_months(facts, row) or not shown:
        return None
    if any(seen.meets(printed) for seen in shown.values()):
        return None
    assert row.maximum_12m is not None
    expected = expected_of(max(shown.values(), key=lambda one: one.high), row.maximum_12m.decimals)
    return _finding(
        row,
        NOT_SHOWN,
        "all twelve months are on the page and the greatest is "
        f"{expected_text(expected, row.unit, row.maximum_12m.decimals)}.",
        expected,
    )


def _most(row: PrintedRow) -> Fraction | None:
    return Fraction(100) if row.unit is Unit.PERCENT and not may_pass_100(row) else None


def _finding(
    row: PrintedRow,
    rule: str,
    why: str,
    expected: Expected,
    severity: Severity = Severity.ERROR,
) -> Finding:
    assert row.maximum_12m is not None
    raw = row.maximum_12m.raw
    message = f"The 12-month maximum prints {raw.strip()}, but {why}"
    return Finding(rule, severity, message, row.ref, "maximum_12m", raw, expected)
