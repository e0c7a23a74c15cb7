"""A 12-month average that no unseen months could give.

Example. Seven shown months of a count sum to 2,000 and the printed maximum is 400, so the five
unseen months add 2,000 at most: the average lies between 167 and 333, and a printed 350 cannot be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from openscorecard.findings import Expected, Finding, Severity
from openscorecard.periods import Month
from openscorecard.records.printed.page import PrintedRow
from openscorecard.scorecard.averages import averages_possible, each_month
from openscorecard.scorecard.checks.digits import (
    expected_of,
    expected_text,
)
from openscorecard.scorecard.checks.facts import Facts
from openscorecard.scorecard.checks.maxima import (
    INFECTED,
    carried,
    right_months,
    shown_months,
    unseen_months,
)
from openscorecard.statistics.ranges import Range
from openscorecard.units import Unit

RULE = "average-impossible"
_QUARTERLY = re.compile(r"\b(?:per|each|in the) quarter\b|\bquarterly\b", re.IGNORECASE)


def impossible_averages(facts: Facts) -> Iterator[Finding]:
    for row in facts.page.rows:
        cell, printed = row.average_12m, facts.average(row)
        if cell is None or printed is None:
            continue
        held = shown_months(facts, row)
        possible = _possible(facts, row, printed, list(held.values()), right=False)
        fits = any(printed.meets(one) for one in possible)
        if any(facts.wrong_at(row.ref, month) for month in held):
            yield from _infected(facts, row, printed, fits=fits)
        elif not fits:
            yield _impossible(facts, row, printed, possible)
        elif _QUARTERLY.search(row.name):
            yield from _by_quarters(facts, row, printed)


def _possible(
    facts: Facts, row: PrintedRow, printed: Range, held: Sequence[Range], *, right: bool
) -> tuple[Range, ...]:
    """The averages that the shown months and some unseen ones can give."""
    unseen = unseen_months(facts, row)
    maximum = facts.maximum(row)
    if right and maximum is not None and carried(facts, row, maximum) is not None:
        maximum = None
    if maximum is not None and any(seen.low > maximum.high for seen in held):
        maximum = None  # the maximum is wrong itself, and said to be
    passes = [*held, *([] if maximum is None else [maximum])]
    over = row.unit is Unit.PERCENT and any(one.low > 100 for one in passes)
    each = each_month(Unit.COUNT if over else row.unit, printed, maximum)
    reaches = maximum is not None and any(seen.meets(maximum) for seen in held)
    if maximum is None or reaches or not unseen:
        return averages_possible(held, unseen, each)
    # The printed maximum stands in no shown month, so one unseen month must have been it.
    return averages_possible([*held, maximum], unseen - 1, each)


def _nearest(possible: Sequence[Range], printed: Range) -> Range:
    """The possible averages next to the printed one, those that run together taken as one."""
    joined: list[Range] = []
    for one in sorted(possible, key=lambda one: one.low):
        if joined and joined[-1].meets(one):
            joined[-1] = Range(joined[-1].low, max(joined[-1].high, one.high))
        else:
            joined.append(one)
    return min(joined, key=lambda one: max(one.low - printed.high, printed.low - one.high))


def _impossible(
    facts: Facts, row: PrintedRow, printed: Range, possible: Sequence[Range]
) -> Finding:
    cell = row.average_12m
    assert cell is not None
    if not possible:
        why = "all twelve months are on the page and none shows a figure."
        return _finding(row, f"but {why}", Expected(text="no value"))
    expected = expected_of(_nearest(possible, printed), cell.decimals)
    words = expected_text(expected, row.unit, cell.decimals)
    shown = (
        "the mean of the twelve months on the page is"
        if not unseen_months(facts, row)
        else "with the months shown and the printed maximum it can be"
    )
    message = f"but {shown} {words}{'' if expected.low is None else ' only'}."
    if _fits_with_zeros(facts, row, printed):
        message += " It fits if the blank months were counted as 0, which they are not."
    if _may_be_pooled(facts, row, printed):
        message += " An average over all cases of the year, not over its months, may differ."
        return _finding(row, message, expected, Severity.WARNING)
    return _finding(row, message, expected)


def _may_be_pooled(facts: Facts, row: PrintedRow, printed: Range) -> bool:
    """Whether a percentage of the whole year's counts could be it: that lies between the lowest
    and the highest month."""
    if row.unit is not Unit.PERCENT:
        return False
    held = list(shown_months(facts, row).values())
    maximum = facts.maximum(row)
    if unseen_months(facts, row):
        held += [Range.exactly(0), *([] if maximum is None else [maximum])]
    return (
        bool(held)
        and printed.low <= max(one.high for one in held)
        and printed.high >= min(one.low for one in held)
    )


def _fits_with_zeros(facts: Facts, row: PrintedRow, printed: Range) -> bool:
    held = list(shown_months(facts, row).values())
    blanks = sum(1 for month in facts.window if month in row.values) - len(held)
    if not blanks:
        return False
    held += [Range.exactly(0)] * blanks
    return any(printed.meets(one) for one in _possible(facts, row, printed, held, right=False))


def _infected(facts: Facts, row: PrintedRow, printed: Range, *, fits: bool) -> Iterator[Finding]:
    """An average that the wrong value gives and the right one does not."""
    cell = row.average_12m
    assert cell is not None
    held = list(right_months(facts, row).values())
    possible = _possible(facts, row, printed, held, right=True)
    if any(printed.meets(one) for one in possible):
        return
    wrong = next(facts.wrong[row.ref, m] for m in facts.window if facts.wrong_at(row.ref, m))
    expected = (
        expected_of(_nearest(possible, printed), cell.decimals)
        if possible
        else Expected(text="no value")
    )
    words = expected_text(expected, row.unit, cell.decimals)
    if fits:
        why = f"but it rests on {wrong.finding.printed} of {wrong.month.short}, which cannot "
        yield _finding(row, f"{why}stand; without that it is {words}.", expected, rule=INFECTED)
    else:
        yield _finding(row, f"but with {wrong.month.short} put right it is {words}.", expected)


def _by_quarters(facts: Facts, row: PrintedRow, printed: Range) -> Iterator[Finding]:
    """A quarter's figure stands in its last month, so only four months of twelve can hold one."""
    cell, maximum = row.average_12m, facts.maximum(row)
    assert cell is not None
    ends: list[Month] = [month for month in facts.window if month.number % 3 == 0]
    shown = shown_months(facts, row)
    if any(month not in ends for month in shown):
        return
    if maximum is not None and any(seen.low > maximum.high for seen in shown.values()):
        return  # the maximum is wrong itself, and said to be
    held, unseen = list(shown.values()), sum(1 for month in ends if month not in row.values)
    one_is = ""
    if maximum is not None and unseen and not any(seen.meets(maximum) for seen in held):
        held, unseen = [*held, maximum], unseen - 1
        assert row.maximum_12m is not None
        one_is = f", one of which must have been the printed maximum of {row.maximum_12m.raw}"
    possible = averages_possible(held, unseen, each_month(row.unit, printed, maximum))
    if not possible or any(printed.meets(one) for one in possible):
        return
    expected = expected_of(_nearest(possible, printed), cell.decimals)
    words = expected_text(expected, row.unit, cell.decimals)
    message = f"but over the quarters of the twelve months{one_is}, it is {words}."
    yield _finding(row, message, expected, Severity.WARNING)


def _finding(
    row: PrintedRow,
    why: str,
    expected: Expected,
    severity: Severity = Severity.ERROR,
    rule: str = RULE,
) -> Finding:
    assert row.average_12m is not None
    raw = row.average_12m.raw
    message = f"The 12-month average prints {raw.strip()}, {why}"
    return Finding(rule, severity, message, row.ref, "average_12m", raw, expected)
