"""Bands and complements that do not sum to 100.

Example. Five bands print 16%, 31%, 19%, 24% and 11%: 101, which rounding explains (each may be off
by half a point). If they print 16%, 31%, 19%, 42% and 11%, nothing explains 119; and if the fourth
row's own change asks for 24%, that one is the odd one out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from openscorecard.findings import Finding, Severity
from openscorecard.periods import Month
from openscorecard.scorecard.checks.facts import (
    Facts,
    Wrong,
    derived_range,
    expected_of,
    expected_text,
    total_of,
)
from openscorecard.statistics.ranges import Range, change_percent
from openscorecard.units import Unit

RULE = "parts-do-not-sum"


def sums(facts: Facts) -> Iterator[tuple[tuple[str, ...], Month, Range]]:
    """The groups and months whose digits cannot sum to 100, with what they sum to."""
    for group in (*facts.bands, *facts.complements):
        rows = [facts.rows[ref] for ref in group]
        for month in rows[0].values:
            total = total_of(rows, month)
            if total is None or total.holds(Fraction(100)):
                continue
            if not any(facts.wrong_at(ref, month) for ref in group):
                yield group, month, total


def bands_that_do_not_sum(facts: Facts) -> Iterator[Wrong]:
    """Those where one member can be named as the odd one out."""
    for group, month, _ in sums(facts):
        odd = _odd_one_out(facts, group, month)
        if odd is None:
            continue
        allowed = _by_the_others(facts, group, odd, month)
        assert allowed is not None
        cell = facts.rows[odd].value(month)
        expected = expected_of(allowed, cell.decimals)
        message = (
            f"{_sum_text(facts, group, month)}, not 100%. {odd} is the odd one out: the others "
            f"leave {expected_text(expected, Unit.PERCENT, cell.decimals)} for it, "
            "and the rest of the page bears that out."
        )
        finding = Finding(RULE, Severity.ERROR, message, odd, month.iso, cell.raw, expected)
        yield Wrong(odd, month, allowed, finding)


def unexplained_sums(facts: Facts) -> Iterator[Finding]:
    """Those where the page does not tell which member is wrong."""
    for group, month, _ in sums(facts):
        if _odd_one_out(facts, group, month) is None:
            yield Finding(
                RULE,
                Severity.ERROR,
                f"{_sum_text(facts, group, month)}, not 100%, and rounding does not explain it. "
                "The page does not tell which of them is wrong.",
                group[0],
                month.iso,
                facts.rows[group[0]].value(month).raw,
            )


def _sum_text(facts: Facts, group: Sequence[str], month: Month) -> str:
    shown = [facts.rows[ref].value(month) for ref in group]
    total = sum((cell.number for cell in shown if cell.number is not None), Fraction(0))
    parts = " + ".join(f"{ref} {cell.raw}" for ref, cell in zip(group, shown, strict=True))
    return f"In {month.short} {parts} sum to {float(total):g}%"


def _by_the_others(facts: Facts, group: Sequence[str], ref: str, month: Month) -> Range | None:
    """What the other members leave for this one; None where that is no percentage."""
    total = total_of([facts.rows[one] for one in group if one != ref], month)
    if total is None:
        return None
    left = Range(100 - total.high, 100 - total.low)
    return left.within(Range(Fraction(0), Fraction(100)))


def _odd_one_out(facts: Facts, group: Sequence[str], month: Month) -> str | None:
    """The one member whose other relations ask for what the rest of the group leaves to it."""
    odd = []
    for ref in group:
        left = _by_the_others(facts, group, ref, month)
        if left is not None and _asked(facts, group, ref, month, left):
            odd.append(ref)
    return odd[0] if len(odd) == 1 else None


def _asked(facts: Facts, group: Sequence[str], ref: str, month: Month, left: Range) -> bool:
    """Whether the member's own change or another sum fits what is left, and not what is printed."""
    printed = facts.range(ref, month)
    assert printed is not None
    for other in (*facts.bands, *facts.complements):
        if other is group or ref not in other or set(other) == set(group):
            continue
        by_others = _by_the_others(facts, other, ref, month)
        if by_others is not None and by_others.meets(left) and not by_others.meets(printed):
            return True
    row = facts.rows[ref]
    change, base = derived_range(row.change_month), row.change_month_base
    if change is None or base is None or facts.changes_in_points:
        return False
    if month == facts.month:
        before = facts.range(ref, base)
        pairs = [(left, before), (printed, before)]
    elif month == base:
        now = facts.range(ref, facts.month)
        pairs = [(now, left), (now, printed)]  # type: ignore[list-item]
    else:
        return False
    fits = [
        over is not None
        and under is not None
        and under.low > 0
        and change.meets(change_percent(over, under))
        for over, under in pairs
    ]
    return fits == [True, False]
