"""Which of several values that cannot stand together is the odd one out.

Example. 285 of 321 is 89%, but the page prints 86%. The late ones, printed as 14%, bear the 86%
out; nothing else speaks for 285. A relation that holds is a vote for each of its members, one that
fails a vote against.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator
from fractions import Fraction

from openscorecard.periods import Month
from openscorecard.records.printed.page import PrintedRow
from openscorecard.scorecard.averages import averages_possible
from openscorecard.scorecard.checks.digits import derived_range, whole_numbers
from openscorecard.scorecard.checks.facts import Facts, Rate, Ratio, Sum
from openscorecard.scorecard.checks.population import bears_rate_out
from openscorecard.statistics.ranges import Range, change_percent

HUNDRED = Fraction(100)
Relation = Ratio | Sum | Rate
STANDS_OUT = 0.5  # a value that a correction brings so much nearer to its other months


def ratio_holds(facts: Facts, ratio: Ratio, month: Month) -> bool | None:
    """Whether the month's percentage agrees with its parts; None where it cannot be judged."""
    share, whole = facts.range(ratio.percentage, month), facts.range(ratio.denominator, month)
    if share is None or whole is None:
        return None
    if ratio.numerator is None:
        if whole.low <= 0:
            return None
        return whole_numbers(share * whole.scaled(1 / HUNDRED)) is not None
    top = facts.range(ratio.numerator, month)
    if top is None:
        return None
    if whole.low <= 0:
        return False if top.low > 0 else None
    return share.meets((top / whole).scaled(100))


def sum_holds(facts: Facts, group: Sum, month: Month) -> bool | None:
    """Whether the month's percentages can make 100; None where one has no number."""
    total = facts.total(group.members, month)
    return None if total is None else total.holds(HUNDRED)


def change_holds(facts: Facts, row: PrintedRow, month: Month) -> bool | None:
    """Whether the row's own change fits the values it is between; None in other months."""
    now, base = max(row.values), row.change_month_base
    change = derived_range(row.change_month)
    if change is None or base is None or month not in (now, base):
        return None
    after, before = facts.range(row.ref, now), facts.range(row.ref, base)
    if after is None or before is None or before.low <= 0:
        return None
    return change.meets(change_between(facts, row, after, before))


def change_between(facts: Facts, row: PrintedRow, after: Range, before: Range) -> Range:
    """The change as this page prints it: relative, in points for a percentage, or as a
    difference."""
    if facts.as_difference(row):
        return after - before
    return change_percent(after, before)


def support(facts: Facts, ref: str, month: Month, but: Relation) -> int:
    """How many relations other than `but` bear the value out, less those that contradict it."""
    votes = [*_of_ratios(facts, ref, month, but), *_of_sums(facts, ref, month, but)]
    for rate in facts.rates:
        if rate is not but and ref in (rate.rate, rate.count):
            votes.append(bears_rate_out(facts, rate, month))
    row = facts.rows[ref]
    votes += [change_holds(facts, row, month), within_maximum(facts, row, month)]
    votes.append(average_holds(facts, row))
    return sum(1 if vote else -1 for vote in votes if vote is not None)


def _of_ratios(facts: Facts, ref: str, month: Month, but: Relation) -> Iterator[bool | None]:
    for ratio in facts.ratios:
        if ratio is not but and ref in ratio.members:
            holds = ratio_holds(facts, ratio, month)
            # Nearly any percentage is some whole number of a large count: that tells nothing.
            yield holds if ratio.numerator is not None or not holds else None


def _of_sums(facts: Facts, ref: str, month: Month, but: Relation) -> Iterator[bool | None]:
    for group in facts.sums:
        if group is not but and ref in group.members and group.sure:
            yield sum_holds(facts, group, month)


def within_maximum(facts: Facts, row: PrintedRow, month: Month) -> bool | None:
    """False where the value passes the printed 12-month maximum; that it does not tells nothing."""
    most, seen = facts.maximum(row), facts.range(row.ref, month)
    if most is None or seen is None or month not in facts.window:
        return None
    return False if seen.low > most.high else None


def average_holds(facts: Facts, row: PrintedRow) -> bool | None:
    """Whether the printed average is the mean of the twelve months, where all are on the page."""
    printed = facts.average(row)
    if printed is None or any(month not in row.values for month in facts.window):
        return None
    held = [seen for month in facts.window if (seen := facts.range(row.ref, month)) is not None]
    return any(printed.meets(one) for one in averages_possible(held, 0, Range.exactly(0)))


def odd_one_out(
    facts: Facts, corrections: dict[str, Range], month: Month, but: Relation
) -> tuple[str, str]:
    """The value that fewest other relations bear out, given what each would have to be, and why it
    is taken for the odd one, in words; no words on a draw between what was worked out and a count,
    where nothing tells.

    Of several, the one that stands out from its own months and would no longer do so if put right;
    else the first.
    """
    least = least_borne_out(facts, corrections, month, but)
    gains = {ref: gain(facts, ref, month, corrections[ref]) for ref in least}
    first, best = least[0], max(least, key=lambda ref: gains[ref])
    if best != first and gains[best] > max(0.0, gains[first]) + STANDS_OUT:
        return best, f"of these {best} stands out most from its other months"
    made = {but.percentage} if isinstance(but, Ratio) else set()
    made |= {but.rate} if isinstance(but, Rate) else set()
    drawn = len(least) > 1 and first in made
    return first, "" if drawn else f"the rest of the page bears {first} out least"


def least_borne_out(
    facts: Facts, corrections: dict[str, Range], month: Month, but: Relation
) -> list[str]:
    """Those of the values that fewest relations other than `but` bear out."""
    votes = {ref: support(facts, ref, month, but) for ref in corrections}
    return [ref for ref in corrections if votes[ref] == min(votes.values())]


def gain(facts: Facts, ref: str, month: Month, corrected: Range) -> float:
    """How much nearer to the middle of its other months a correction brings a value, in logarithms
    of their quotients."""
    row = facts.rows[ref]
    others = [c.number for m, c in row.values.items() if m != month and c.number is not None]
    printed = row.value(month).number
    if not others or printed is None:
        return 0.0
    middle, right = statistics.median_low(others), (corrected.low + corrected.high) / 2
    if ref in facts.counted and abs(printed - right) < 3 * math.sqrt(max(0.0, float(middle))):
        return 0.0  # a count may well be so far off its neighbours by chance
    return _apart(printed, middle) - _apart(right, middle)


def _apart(one: Fraction, other: Fraction) -> float:
    return abs(math.log((max(0.0, float(one)) + 1) / (max(0.0, float(other)) + 1)))
