"""A 12-month average that no unseen months could give, and a maximum below a value shown.

Example. Seven shown months of a count sum to 2,000 and the printed maximum is 400, so the five
unseen months add 2,000 at most: the average lies between 167 and 333, and a printed 350 cannot be.
A page's maximum of 380 beside a shown 410 needs no arithmetic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from openscorecard.findings import Expected, Finding, Severity
from openscorecard.periods import Month
from openscorecard.records.printed.page import PrintedRow
from openscorecard.scorecard.averages import averages_possible, each_month
from openscorecard.scorecard.checks.facts import (
    Facts,
    Wrong,
    derived_range,
    expected_of,
    expected_text,
    is_nothing,
)
from openscorecard.statistics.ranges import Range
from openscorecard.units import Unit

AVERAGE, MAXIMUM = "average-impossible", "maximum-below-shown"
INFECTED = "summary-from-wrong-value"
OF_NOTHING = "maximum-of-nothing"
QUARTERLY = re.compile(r"\b(?:per|each|in the) quarter\b|\bquarterly\b", re.IGNORECASE)


def maxima_below_shown(facts: Facts) -> Iterator[Finding]:
    for row in facts.page.rows:
        cell, printed = row.maximum_12m, derived_range(row.maximum_12m)
        if cell is None or printed is None:
            continue
        shown = _shown(facts, row, right=False)
        above = {month: seen for month, seen in shown.items() if seen.low > printed.high}
        if above:
            month = max(above, key=lambda item: above[item].low)
            value = row.value(month)
            assert value.number is not None
            yield _finding(
                row,
                MAXIMUM,
                "maximum_12m",
                f"The 12-month maximum prints {cell.raw}, but {month.short} is {value.raw}.",
                Expected(value=value.number)
                if len(shown) == 12
                else Expected(low=value.number, high=None),
            )
        elif not shown and is_nothing_printed(row):
            yield _finding(
                row,
                OF_NOTHING,
                "maximum_12m",
                f"The 12-month maximum prints {cell.raw}, but no month shows a figure and there "
                "is no average: a maximum of blanks is no value.",
                Expected(text="no value"),
                Severity.WARNING,
            )
        else:
            yield from _maximum_against_right_values(facts, row, printed)


def is_nothing_printed(row: PrintedRow) -> bool:
    return row.average_12m is not None and is_nothing(row.average_12m)


def _maximum_against_right_values(
    facts: Facts, row: PrintedRow, printed: Range
) -> Iterator[Finding]:
    cell = row.maximum_12m
    assert cell is not None
    shown, right = _shown(facts, row, right=False), _shown(facts, row, right=True)
    full = not [month for month in facts.window if month not in row.values]
    wrong = _carried(facts, row, printed)
    if wrong is not None and right:
        top = max(right.values(), key=lambda item: item.high)
        lowest = expected_of(top, cell.decimals)
        yield _finding(
            row,
            INFECTED,
            "maximum_12m",
            f"The 12-month maximum prints {cell.raw}: that is {wrong.month.short}'s wrong value. "
            f"The greatest shown value besides is {expected_text(lowest, row.unit)}.",
            Expected(low=lowest.value or lowest.low, high=_most(row.unit)),
        )
    elif full and shown and not any(seen.meets(printed) for seen in shown.values()):
        top = max(shown.values(), key=lambda item: item.high)
        expected = expected_of(top, cell.decimals)
        yield _finding(
            row,
            "maximum-not-shown",
            "maximum_12m",
            f"The 12-month maximum prints {cell.raw}, but all twelve months are on the page and "
            f"the greatest is {expected_text(expected, row.unit)}.",
            expected,
        )


def _carried(facts: Facts, row: PrintedRow, printed: Range) -> Wrong | None:
    """The wrong value that the maximum has taken over; None where a right value is as high."""
    if any(seen.meets(printed) for seen in _shown(facts, row, right=True).values()):
        return None
    for wrong in facts.wrong:
        seen = facts.range(row.ref, wrong.month)
        if wrong.ref == row.ref and seen is not None and seen.meets(printed):
            right = wrong.should_be
            if right is None or not right.meets(printed):
                return wrong
    return None


def _most(unit: Unit) -> Fraction | None:
    return Fraction(100) if unit is Unit.PERCENT else None


def impossible_averages(facts: Facts) -> Iterator[Finding]:
    for row in facts.page.rows:
        cell, printed = row.average_12m, derived_range(row.average_12m)
        if cell is None or printed is None:
            continue
        if not _fits(facts, row, printed, right=False):
            yield _impossible(facts, row, printed)
        elif not _fits(facts, row, printed, right=True):
            yield _infected_average(facts, row, printed)
        elif QUARTERLY.search(row.name):
            yield from _by_quarters(facts, row, printed)


def _fits(facts: Facts, row: PrintedRow, printed: Range, *, right: bool) -> bool:
    return any(printed.meets(one) for one in _possible(facts, row, printed, right=right))


def _possible(facts: Facts, row: PrintedRow, printed: Range, *, right: bool) -> tuple[Range, ...]:
    """The averages that the shown months and some unseen ones can give."""
    held = list(_shown(facts, row, right=right).values())
    unseen = sum(1 for month in facts.window if month not in row.values)
    maximum = derived_range(row.maximum_12m)
    if right and maximum is not None and _carried(facts, row, maximum) is not None:
        maximum = None
    if maximum is not None and any(seen.low > maximum.high for seen in held):
        maximum = None  # the maximum is wrong itself, and said to be
    if QUARTERLY.search(row.name):
        unseen = min(unseen, 4)
    each = each_month(row.unit, printed, maximum)
    ranges = averages_possible(held, unseen, each)
    reaches = maximum is not None and any(seen.meets(maximum) for seen in held)
    if maximum is None or reaches or not unseen:
        return ranges
    # The printed maximum stands in no shown month, so one unseen month must have been it.
    return averages_possible([*held, maximum], unseen - 1, each)


def _shown(facts: Facts, row: PrintedRow, *, right: bool) -> dict[Month, Range]:
    """The months of the window that show a figure."""
    found = {}
    for month in facts.window:
        seen = facts.right(row.ref, month) if right else facts.range(row.ref, month)
        if month in row.values and seen is not None:
            found[month] = seen
    return found


def _impossible(facts: Facts, row: PrintedRow, printed: Range) -> Finding:
    cell = row.average_12m
    assert cell is not None
    possible = _possible(facts, row, printed, right=False)
    blanks = [m for m in facts.window if m in row.values and facts.range(row.ref, m) is None]
    if not possible:
        return _finding(
            row,
            AVERAGE,
            "average_12m",
            f"The 12-month average prints {cell.raw}, but all twelve months are on the page and "
            "none shows a figure.",
            Expected(text="no value"),
        )
    allowed = Range(min(one.low for one in possible), max(one.high for one in possible))
    expected = expected_of(allowed, cell.decimals)
    text = expected_text(expected, row.unit, cell.decimals)
    message = (
        f"The 12-month average prints {cell.raw}, but the months shown and the printed maximum "
        f"allow {text} only."
    )
    if blanks and _fits_with_zeros(facts, row, printed, len(blanks)):
        message += " It fits if the blank months were counted as 0, which they are not."
    return _finding(row, AVERAGE, "average_12m", message, expected)


def _fits_with_zeros(facts: Facts, row: PrintedRow, printed: Range, blanks: int) -> bool:
    held = [*_shown(facts, row, right=False).values(), *[Range.exactly(0)] * blanks]
    unseen = sum(1 for month in facts.window if month not in row.values)
    each = each_month(row.unit, printed, derived_range(row.maximum_12m))
    return any(printed.meets(one) for one in averages_possible(held, unseen, each))


def _by_quarters(facts: Facts, row: PrintedRow, printed: Range) -> Iterator[Finding]:
    """A quarter's figure stands in its last month, so only four months of twelve can hold one."""
    cell, maximum = row.average_12m, derived_range(row.maximum_12m)
    assert cell is not None
    ends = [month for month in facts.window if month.number % 3 == 0]
    shown = _shown(facts, row, right=True)
    if any(month not in ends for month in shown):
        return
    held, unseen = list(shown.values()), sum(1 for month in ends if month not in row.values)
    if maximum is not None and unseen and not any(seen.meets(maximum) for seen in held):
        held, unseen = [*held, maximum], unseen - 1
    possible = averages_possible(held, unseen, each_month(row.unit, printed, maximum))
    if not possible or any(printed.meets(one) for one in possible):
        return
    allowed = Range(min(one.low for one in possible), max(one.high for one in possible))
    expected = expected_of(allowed, cell.decimals)
    yield _finding(
        row,
        AVERAGE,
        "average_12m",
        f"The 12-month average prints {cell.raw}; over the quarters of the twelve months, one of "
        f"which must be the printed maximum of {row.maximum_12m.raw if row.maximum_12m else ''}, "
        f"it is {expected_text(expected, row.unit, cell.decimals)}.",
        expected,
        Severity.WARNING,
    )


def _infected_average(facts: Facts, row: PrintedRow, printed: Range) -> Finding:
    cell = row.average_12m
    assert cell is not None
    wrong = next(w for w in facts.wrong if w.ref == row.ref)
    possible = _possible(facts, row, printed, right=True)
    expected = Expected(text="no value")
    text = "no value"
    if possible:
        allowed = Range(min(one.low for one in possible), max(one.high for one in possible))
        expected = expected_of(allowed, cell.decimals)
        text = expected_text(expected, row.unit, cell.decimals)
    return _finding(
        row,
        INFECTED,
        "average_12m",
        f"The 12-month average prints {cell.raw}, but it rests on {wrong.finding.printed} of "
        f"{wrong.month.short}, which cannot stand; without it the average is {text}.",
        expected,
    )


def _finding(
    row: PrintedRow,
    rule: str,
    column: str,
    message: str,
    expected: Expected,
    severity: Severity = Severity.ERROR,
) -> Finding:
    cell = row.average_12m if column == "average_12m" else row.maximum_12m
    raw = None if cell is None else cell.raw
    return Finding(rule, severity, message, row.ref, column, raw, expected)
