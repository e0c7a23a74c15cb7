"""A percentage that its own numerator and denominator contradict.

Example. One adoption among six children who left care is 17%; the page prints 7%. And: 285 of 321
assessments in time is 89%, but the page prints 86%. There the late ones, printed as 14%, bear the
86% out, so the count 285 is the odd one out: it should lie between 275 and 277.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from openscorecard.findings import Expected, Finding, Severity
from openscorecard.periods import Month
from openscorecard.scorecard.checks.facts import (
    Facts,
    Ratio,
    Wrong,
    expected_of,
    expected_text,
    population_of,
    total_of,
    whole_numbers,
)
from openscorecard.statistics.ranges import Range
from openscorecard.units import Unit

RULE = "percentage-contradicts-parts"


def contradicted_percentages(facts: Facts) -> Iterator[Wrong]:
    for ratio in facts.ratios:
        for month in facts.rows[ratio.percentage].values:
            if any(facts.wrong_at(ref, month) for ref in _members(ratio)):
                continue
            wrong = _judged(facts, ratio, month)
            if wrong is not None:
                yield wrong


def _members(ratio: Ratio) -> list[str]:
    return [
        ref for ref in (ratio.percentage, ratio.numerator, ratio.denominator) if ref is not None
    ]


def holds(facts: Facts, ratio: Ratio, month: Month) -> bool | None:
    """Whether the month's percentage agrees with its parts; None where it cannot be judged."""
    share, whole = facts.range(ratio.percentage, month), facts.range(ratio.denominator, month)
    if share is None or whole is None or whole.low <= 0:
        return None
    if ratio.numerator is None:
        return whole_numbers(share * whole.scaled(Fraction(1, 100))) is not None
    top = facts.range(ratio.numerator, month)
    return None if top is None else share.meets((top / whole).scaled(100))


def _judged(facts: Facts, ratio: Ratio, month: Month) -> Wrong | None:
    if holds(facts, ratio, month) is not False:
        return None
    if ratio.numerator is None:
        return _no_whole_number(facts, ratio, month)
    odd = _odd_one_out(facts, ratio, month)
    if odd == ratio.percentage:
        return _percentage_is_odd(facts, ratio, month)
    return _count_is_odd(facts, ratio, month, odd)


def _odd_one_out(facts: Facts, ratio: Ratio, month: Month) -> str:
    """The member that fewest other relations of the page bear out.

    On a tie the percentage is suspected before the counts, and the numerator before the
    denominator: a percentage is worked out from the counts, and a count is typed.
    """
    assert ratio.numerator is not None
    support = {ref: _support(facts, ref, ratio, month) for ref in _members(ratio)}
    least = min(support.values())
    for ref in (ratio.percentage, ratio.numerator, ratio.denominator):
        if support[ref] == least:
            return ref
    raise AssertionError("a ratio has members")


def _support(facts: Facts, ref: str, judged: Ratio, month: Month) -> int:
    """How many other relations with this row in them hold, less those that fail."""
    votes = [
        holds(facts, ratio, month)
        for ratio in facts.ratios
        if ratio is not judged and ref in _members(ratio) and ratio.numerator is not None
    ]
    for pair in facts.complements:
        if ref in pair:
            total = total_of([facts.rows[one] for one in pair], month)
            votes.append(None if total is None else total.holds(Fraction(100)))
    for rate in facts.rates:
        if ref in (rate.rate, rate.count):
            votes.append(_rate_holds(facts, rate.rate, rate.count, month))
    return sum(1 if vote else -1 for vote in votes if vote is not None)


def _rate_holds(facts: Facts, rate: str, count: str, month: Month) -> bool | None:
    """Whether this month's rate asks for a population that other months' rates allow too."""
    row, number = facts.rows[rate], facts.rows[count]
    here = population_of(row, number, month)
    others = [population_of(row, number, other) for other in row.values if other != month]
    known = [one for one in others if one is not None]
    if here is None or len(known) < 2:
        return None
    return sum(1 for one in known if here.meets(one)) * 2 > len(known)


def _percentage_is_odd(facts: Facts, ratio: Ratio, month: Month) -> Wrong:
    row = facts.rows[ratio.percentage]
    cell = row.value(month)
    assert ratio.numerator is not None
    top, bottom = facts.rows[ratio.numerator], facts.rows[ratio.denominator]
    over, under = facts.range(ratio.numerator, month), facts.range(ratio.denominator, month)
    assert over is not None
    assert under is not None
    by_parts = (over / under).scaled(100)
    expected = expected_of(by_parts, cell.decimals)
    message = (
        f"{month.short} prints {cell.raw}, but {top.ref} ({top.value(month).raw}) of {bottom.ref} "
        f"({bottom.value(month).raw}) is {expected_text(expected, Unit.PERCENT, cell.decimals)}."
    )
    finding = Finding(RULE, Severity.ERROR, message, row.ref, month.iso, cell.raw, expected)
    return Wrong(row.ref, month, by_parts, finding)


def _count_is_odd(facts: Facts, ratio: Ratio, month: Month, odd: str) -> Wrong:
    share, row = facts.rows[ratio.percentage], facts.rows[odd]
    assert ratio.numerator is not None
    other = ratio.denominator if odd == ratio.numerator else ratio.numerator
    percent, count = _borne_out(facts, ratio.percentage, month), facts.range(other, month)
    assert percent is not None
    assert count is not None
    if odd == ratio.numerator:
        allowed = count * percent.scaled(Fraction(1, 100))
    else:
        allowed = count.scaled(100) / percent if percent.low > 0 else count
    allowed = whole_numbers(allowed) or allowed
    expected = Expected(low=allowed.low, high=allowed.high)
    if allowed.low == allowed.high:
        expected = Expected(value=allowed.low)
    beside = facts.rows[other].value(month).raw
    message = (
        f"{month.short} prints {row.value(month).raw}, which cannot stand beside "
        f"{share.ref} ({share.value(month).raw}) and {other} ({beside}): these ask for "
        f"{expected_text(expected, row.unit)}. The rest of the page bears those two out "
        f"better than {odd}."
    )
    printed = row.value(month).raw
    finding = Finding(RULE, Severity.ERROR, message, odd, month.iso, printed, expected)
    return Wrong(odd, month, allowed, finding)


def _borne_out(facts: Facts, ref: str, month: Month) -> Range | None:
    """The percentage's range, narrowed by its complement where the page has one."""
    allowed = facts.range(ref, month)
    for pair in facts.complements:
        if ref not in pair or allowed is None:
            continue
        rest = facts.range(pair[1] if pair[0] == ref else pair[0], month)
        if rest is not None:
            allowed = allowed.within(Range(100 - rest.high, 100 - rest.low)) or allowed
    return allowed


def _no_whole_number(facts: Facts, ratio: Ratio, month: Month) -> Wrong | None:
    row, whole = facts.rows[ratio.percentage], facts.rows[ratio.denominator]
    cell, number = row.value(month), whole.value(month)
    finding = Finding(
        RULE,
        Severity.ERROR,
        f"{month.short} prints {cell.raw}, but no whole number out of {whole.ref} "
        f"({number.raw}) is {cell.raw}.",
        row.ref,
        month.iso,
        cell.raw,
    )
    return Wrong(row.ref, month, None, finding)


def doubtful_percentages(facts: Facts) -> Iterator[Finding]:
    """Months in which a percentage departs from the counts that it agrees with in all others.

    A warning: names do not say that these counts are its parts, only the figures do.
    """
    for ratio in facts.likely_ratios:
        for month in facts.rows[ratio.percentage].values:
            if holds(facts, ratio, month) is False:
                finding = _percentage_is_odd(facts, ratio, month).finding
                yield replace(
                    finding,
                    severity=Severity.WARNING,
                    message=f"{finding.message} In the other months those two give it exactly.",
                )
