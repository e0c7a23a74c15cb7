"""Changes against what stands behind the printed digits: a value known to be wrong, or the counts
that a percentage or a rate is made from.

Example. A page prints 8571% and, from that, a change of 9965%: both are wrong, and only the first
can be seen from its row. And 18 per 10,000 after 31 is -42%, but the counts behind them, 93 after
158, say -41%: the change was worked out from rounded figures.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from openscorecard.findings import Expected, Finding, Severity
from openscorecard.scorecard.checks.changes import (
    CONTRADICTED,
    PrintedChange,
    changes,
    finding,
    text,
)
from openscorecard.scorecard.checks.digits import derived_range, expected_of
from openscorecard.scorecard.checks.evidence import change_between, ratio_holds
from openscorecard.scorecard.checks.facts import Facts, Wrong
from openscorecard.statistics.ranges import Range, change_percent, half_up
from openscorecard.units import Unit

INFECTED = "change-from-wrong-value"
ROUNDED = "change-from-rounded-figures"
TENFOLD = Fraction(900)  # a rise of 900% or more within a year comes from a slip


def changes_of_wrong_values(facts: Facts) -> Iterator[Finding]:
    """Changes that fit a value known to be wrong, and not what it should be."""
    for change in changes(facts):
        ref, printed = change.row.ref, derived_range(change.cell)
        wrong = facts.wrong_at(ref, change.now) or facts.wrong_at(ref, change.base)
        if printed is None or wrong is None:
            continue
        found = (
            _infected(facts, change, wrong, printed)
            if change.base_shown
            else _infected_on_unseen_base(facts, change, wrong, printed)
        )
        if found is not None:
            yield found


def _because(wrong: Wrong) -> str:
    return f"it rests on {wrong.finding.printed} of {wrong.month.short}, which cannot stand"


def _infected(facts: Facts, change: PrintedChange, wrong: Wrong, printed: Range) -> Finding | None:
    ref = change.row.ref
    seen, seen_before = facts.range(ref, change.now), facts.range(ref, change.base)
    if seen is None or seen_before is None or seen_before.low <= 0:
        return None
    if not printed.meets(change_between(facts, change.row, seen, seen_before)):
        return None  # not made from the wrong value: changes.py judges it
    now, before = facts.exact(ref, change.now), facts.exact(ref, change.base)
    if now is None or before is None:
        message = f"prints {change.raw}, but {_because(wrong)}; no change can be worked out."
        return finding(change, INFECTED, message, Expected(text="n/a"))
    if before.low <= 0:
        return None
    right = change_between(facts, change.row, now, before)
    if printed.meets(right):
        return None
    expected = expected_of(right, change.cell.decimals)
    message = f"prints {change.raw}, but {_because(wrong)}; it should be "
    return finding(change, INFECTED, f"{message}{text(facts, expected, change)}.", expected)


def _infected_on_unseen_base(
    facts: Facts, change: PrintedChange, wrong: Wrong, printed: Range
) -> Finding | None:
    """The base month is not on the page. Where the change was made from the wrong value, the right
    one is about as much as the printed one times the right value over the wrong one."""
    seen = facts.range(change.row.ref, change.now)
    if seen is None or seen.low <= 0 or _in_points(facts, change):
        return None
    if wrong.should_be is None:
        message = f"prints {change.raw}, but {_because(wrong)}; no change can be worked out."
        return finding(change, INFECTED, message, Expected(text="n/a"))
    right = (printed.shifted(100) * wrong.should_be / seen).shifted(-100)
    far = printed.low > TENFOLD or right.low > TENFOLD
    if printed.meets(right) or not (far or _month_rests_on(facts, change, wrong.should_be)):
        return None
    low, high = Fraction(math.floor(right.low)), Fraction(math.ceil(right.high))
    expected = Expected(value=low) if low == high else Expected(low=low, high=high)
    message = f"prints {change.raw}, but {_because(wrong)}; without that it is about "
    return finding(
        change,
        INFECTED,
        f"{message}{text(facts, expected, change)}.",
        expected,
        Severity.ERROR if far else Severity.WARNING,
    )


def _month_rests_on(facts: Facts, change: PrintedChange, right: Range) -> bool:
    """Whether the change on the month was made from the wrong value: then this one was too. Else
    the value may have been mistyped after the changes were worked out."""
    row, base = change.row, change.row.change_month_base
    printed = derived_range(row.change_month)
    if printed is None or base is None:
        return False
    seen, before = facts.range(row.ref, change.now), facts.right(row.ref, base)
    if seen is None or before is None or before.low <= 0:
        return False
    fits_wrong = printed.meets(change_between(facts, row, seen, before))
    return fits_wrong and not printed.meets(change_between(facts, row, right, before))


def _in_points(facts: Facts, change: PrintedChange) -> bool:
    return facts.as_difference(change.row)


def changes_against_parts(facts: Facts) -> Iterator[Finding]:
    """Counts on the same page make a percentage or a rate, and so its change, exact."""
    for change in changes(facts):
        printed = derived_range(change.cell)
        if printed is None or not change.base_shown or change.row.unit is Unit.COUNT:
            continue
        exact, parts, certain = _by_counts(facts, change)
        if exact is None:
            exact, parts = _by_rate(facts, change)
        if exact is not None and not printed.meets(exact):
            found = _settled(facts, change, exact, parts, certain=certain)
            if found is not None:
                yield found


def _settled(
    facts: Facts, change: PrintedChange, exact: Range, parts: str, *, certain: bool
) -> Finding | None:
    """A change that fits the printed digits, but not the counts behind them."""
    row, printed = change.row, derived_range(change.cell)
    now, before = facts.range(row.ref, change.now), facts.range(row.ref, change.base)
    assert printed is not None
    if now is None or before is None or before.low <= 0:
        return None
    if not printed.meets(change_between(facts, row, now, before)):
        return None  # said already
    expected = expected_of(exact, change.cell.decimals)
    words = text(facts, expected, change)
    if _from_rounded(facts, change) == change.cell.number:
        if _in_points(facts, change):
            return None  # a reader takes the two printed figures from each other
        start, end = row.value(change.base).raw, row.value(change.now).raw
        message = f"prints {change.raw}, the change of the rounded {start} and {end}; "
        message += f"from {parts} it is {words}."
        return finding(change, ROUNDED, message, expected, Severity.WARNING)
    message = f"prints {change.raw}, but from {parts} it is {words}."
    severity = Severity.ERROR if certain else Severity.WARNING
    return finding(change, CONTRADICTED, message, expected, severity)


def _from_rounded(facts: Facts, change: PrintedChange) -> Fraction | None:
    end, start = change.row.value(change.now).number, change.row.value(change.base).number
    if end is None or not start:
        return None
    moved = end - start if _in_points(facts, change) else (end / start - 1) * 100
    return half_up(moved, change.cell.decimals)


def _by_counts(facts: Facts, change: PrintedChange) -> tuple[Range | None, str, bool]:
    """The change that a percentage's parts make, the parts in words, and whether it is certain:
    the parts are stated, and make the percentages of both months."""
    ratio = facts.parts_of(change.row.ref) or facts.likely_parts_of(change.row.ref)
    if ratio is None or ratio.numerator is None:
        return None, "", False
    ref = ratio.percentage
    if facts.spoiled((ref,), change.now) or facts.spoiled((ref,), change.base):
        return None, "", False  # changes_of_wrong_values judges it
    now, before = facts.quotient(ratio, change.now), facts.quotient(ratio, change.base)
    if now is None or before is None or before.low <= 0:
        return None, "", False
    top, bottom = facts.rows[ratio.numerator], facts.rows[ratio.denominator]
    words = " and ".join(
        f"{top.value(month).raw} of {bottom.value(month).raw}"
        for month in (change.base, change.now)
    )
    holds = [ratio_holds(facts, ratio, month) for month in (change.base, change.now)]
    certain = ratio.stated and False not in holds
    return change_between(facts, change.row, now, before), words, certain


def _by_rate(facts: Facts, change: PrintedChange) -> tuple[Range | None, str]:
    """The change that a rate's count and population make, and the count in words."""
    for rate in facts.rates:
        people = facts.people.get(rate.rate)
        if rate.rate != change.row.ref or people is None or _in_points(facts, change):
            continue
        if not people.explains(facts, rate):
            return None, ""  # the row is made from another count
        months = (change.now, change.base)
        if any(facts.spoiled((rate.rate, rate.count), month) for month in months):
            return None, ""
        now, before = (facts.range(rate.count, month) for month in months)
        factor = people.from_to(change.base, change.now)
        if now is None or before is None or before.low <= 0 or factor is None:
            return None, ""
        count = facts.rows[rate.count]
        start, end = count.value(change.base).raw, count.value(change.now).raw
        return change_percent(now * factor, before), f"{count.ref} ({start}, then {end})"
    return None, ""
