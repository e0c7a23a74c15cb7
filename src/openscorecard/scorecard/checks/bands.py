"""Bands and complements that do not sum to 100.

Example. Five bands print 16%, 31%, 19%, 24% and 11%: 101, which rounding explains (each may be off
by half a point). If they print 16%, 31%, 19%, 42% and 11%, nothing explains 119; and if the fourth
row's own change asks for 24%, that one is the odd one out.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from openscorecard.findings import Finding, Severity
from openscorecard.periods import Month
from openscorecard.scorecard.checks.digits import derived_range, expected_of, expected_text
from openscorecard.scorecard.checks.evidence import (
    HUNDRED,
    change_between,
    gain,
    least_borne_out,
    sum_holds,
)
from openscorecard.scorecard.checks.facts import Facts, Sum, Wrong
from openscorecard.scorecard.wording import listed
from openscorecard.statistics.ranges import Range
from openscorecard.units import Unit

RULE = "parts-do-not-sum"


def bands_that_do_not_sum(facts: Facts) -> Iterator[Wrong]:
    """Sums off 100 where one member can be named as the odd one out."""
    for group, month in _off(facts):
        odd = odd_one_out(facts, group, month) if group.sure else None
        if odd is None:
            continue
        allowed = left_for(facts, group, odd, month)
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
    """Sums off 100 where the page does not prove which member is wrong. Said once, of the member
    that stands out most from its other months; a warning where only the figures speak of a whole.
    """
    for group, month in _off(facts):
        ref, allowed = _likeliest(facts, group, month)
        cell = facts.rows[ref].value(month)
        expected = expected_of(allowed, cell.decimals)
        tail = (
            f"The page does not tell which is wrong. {ref} stands out most from its other months; "
            f"if it is that one, it should be "
            f"{expected_text(expected, Unit.PERCENT, cell.decimals)}."
        )
        if not group.sure:
            tail = f"In the other months they do. {tail}"
        yield Finding(
            RULE,
            Severity.ERROR if group.sure else Severity.WARNING,
            f"{_sum_text(facts, group, month)}, not 100%, and rounding does not explain it. {tail}",
            ref,
            month.iso,
            cell.raw,
            expected,
            one_of=group.members,
        )


def _off(facts: Facts) -> Iterator[tuple[Sum, Month]]:
    """The groups and months whose digits cannot sum to 100."""
    for group in facts.sums:
        for month in facts.rows[group.members[0]].values:
            if sum_holds(facts, group, month) is False and not facts.spoiled(group.members, month):
                yield group, month


def _sum_text(facts: Facts, group: Sum, month: Month) -> str:
    shown = [facts.rows[ref].value(month) for ref in group.members]
    total = sum((cell.number for cell in shown if cell.number is not None), Fraction(0))
    parts = listed([f"{ref} {cell.raw}" for ref, cell in zip(group.members, shown, strict=True)])
    return f"In {month.short} {parts} sum to {float(total):g}%"


def left_for(facts: Facts, group: Sum, ref: str, month: Month) -> Range | None:
    """What the other members leave for this one; None where that is no percentage."""
    total = facts.total(tuple(one for one in group.members if one != ref), month)
    if total is None:
        return None
    return Range(100 - total.high, 100 - total.low).within(Range(Fraction(0), HUNDRED))


def odd_one_out(facts: Facts, group: Sum, month: Month) -> str | None:
    """The one member whose other relations ask for what the rest of the group leaves to it."""
    odd = []
    for ref in group.members:
        left = left_for(facts, group, ref, month)
        if left is not None and _asks_for(facts, group, ref, month, left):
            odd.append(ref)
    return odd[0] if len(odd) == 1 else None


def _asks_for(facts: Facts, group: Sum, ref: str, month: Month, left: Range) -> bool:
    """Whether another sum or the member's own change fits what is left, and not what is printed."""
    printed = facts.range(ref, month)
    assert printed is not None
    for other in facts.sums:
        if other is group or ref not in other.members or set(other.members) == set(group.members):
            continue
        by_others = left_for(facts, other, ref, month)
        if by_others is not None and by_others.meets(left) and not by_others.meets(printed):
            return True
    as_left = _change_fits(facts, ref, month, left)
    return as_left is True and _change_fits(facts, ref, month, printed) is False


def _change_fits(facts: Facts, ref: str, month: Month, value: Range) -> bool | None:
    """Whether the row's printed change fits that value of that month; None where it says nothing
    of the month."""
    row = facts.rows[ref]
    change, base, now = derived_range(row.change_month), row.change_month_base, max(row.values)
    if change is None or base is None or month not in (base, now):
        return None
    after = value if month == now else facts.range(ref, now)
    before = value if month == base else facts.range(ref, base)
    if after is None or before is None or before.low <= 0:
        return None
    return change.meets(change_between(facts, row, after, before))


def _likeliest(facts: Facts, group: Sum, month: Month) -> tuple[str, Range]:
    """The member least borne out elsewhere, and of several the one that stands out most from its
    other months; with what the rest leaves for it."""
    leaves = {
        ref: left
        for ref in group.members
        if (left := left_for(facts, group, ref, month)) is not None
    } or {group.members[0]: Range(Fraction(0), HUNDRED)}
    least = least_borne_out(facts, leaves, month, group)
    ref = max(least, key=lambda one: gain(facts, one, month, leaves[one]))
    return ref, leaves[ref]
