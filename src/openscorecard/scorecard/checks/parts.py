"""A percentage that its own numerator and denominator contradict.

Example. One adoption among six children who left care is 17%; the page prints 7%. And: 285 of 321
assessments in time is 89%, but the page prints 86%. There the late ones, printed as 14%, bear the
86% out, so the count 285 is the odd one out: it should lie between 275 and 277.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from openscorecard.findings import Finding, Severity
from openscorecard.periods import Month
from openscorecard.scorecard.checks.digits import (
    expected_count,
    expected_of,
    expected_text,
    whole_numbers,
)
from openscorecard.scorecard.checks.evidence import HUNDRED, odd_one_out, ratio_holds, sum_holds
from openscorecard.scorecard.checks.facts import Facts, Ratio, Wrong
from openscorecard.scorecard.wording import listed
from openscorecard.statistics.ranges import Range
from openscorecard.units import Unit

RULE = "percentage-contradicts-parts"


def contradicted_percentages(facts: Facts) -> Iterator[Wrong]:
    """Months in which a percentage and its parts cannot all be right, with the odd one out."""
    for ratio in facts.ratios:
        for month in facts.rows[ratio.percentage].values:
            if facts.spoiled(ratio.members, month) or ratio_holds(facts, ratio, month) is not False:
                continue
            if ratio.numerator is not None:
                wrong, drawn = _judged(facts, ratio, month, ratio.numerator)
                if not drawn:
                    yield wrong


def drawn_percentages(facts: Facts) -> Iterator[Finding]:
    """Contradictions that are certain, where nothing else on the page tells which cell is wrong:
    said of the percentage, and no other cell is said to be infected by it."""
    for ratio in facts.ratios:
        for month in facts.rows[ratio.percentage].values:
            if facts.spoiled(ratio.members, month) or ratio_holds(facts, ratio, month) is not False:
                continue
            if ratio.numerator is not None:
                found = _judged(facts, ratio, month, ratio.numerator)[0].finding
                message = f"{found.message} One of these is wrong; the page does not tell which."
                yield replace(found, message=message, one_of=ratio.members)


def doubtful_percentages(facts: Facts) -> Iterator[Finding]:
    """Contradictions that another choice of parts would explain: warnings.

    Counts that only figures show to be the parts; a denominator known by its name alone; and a
    stated ratio from which the page departs in so many months that it must mean something else.
    """
    for ratio in facts.likely_ratios:
        for month in facts.rows[ratio.percentage].values:
            holds = ratio_holds(facts, ratio, month)
            if holds is False and facts.quotient(ratio, month) is not None:
                finding = _percentage_is_odd(facts, ratio, month).finding
                yield replace(
                    finding,
                    severity=Severity.WARNING,
                    message=f"{finding.message} In the other months those two give it exactly.",
                )
    for whole, month, rows in _no_whole_numbers(facts):
        yield _no_whole_number(facts, whole, month, rows)
    for ratio in facts.departed:
        yield _departed(facts, ratio)


def _judged(facts: Facts, ratio: Ratio, month: Month, numerator: str) -> tuple[Wrong, bool]:
    """The odd one out, and whether it is a draw.

    On a draw the percentage is suspected before the counts, and the numerator before the
    denominator: a percentage is worked out from the counts, and a count is typed.
    """
    corrections: dict[str, Range] = {}
    by_parts = facts.quotient(ratio, month)
    if by_parts is not None and (by_parts.low <= HUNDRED or not _is_share(facts, ratio)):
        corrections[ratio.percentage] = by_parts
    for odd, other in ((numerator, ratio.denominator), (ratio.denominator, numerator)):
        allowed = _count_for(facts, ratio, month, odd, other)
        if allowed is not None:
            corrections[odd] = allowed
    odd, why = odd_one_out(facts, corrections, month, ratio)
    if odd == ratio.percentage:
        return _percentage_is_odd(facts, ratio, month), not why
    other = numerator if odd == ratio.denominator else ratio.denominator
    return _count_is_odd(facts, ratio, month, odd, other, why), False


def _is_share(facts: Facts, ratio: Ratio) -> bool:
    """Whether the row never passes 100%."""
    cells = facts.rows[ratio.percentage].values.values()
    return all(cell.number is None or cell.number <= HUNDRED for cell in cells)


def _count_for(facts: Facts, ratio: Ratio, month: Month, odd: str, other: str) -> Range | None:
    """What one count must be beside the percentage and the other count; None where it could not be
    that."""
    percent, count = _borne_out(facts, ratio.percentage, month), facts.range(other, month)
    if percent is None or count is None:
        return None
    if odd != ratio.denominator:
        allowed = count * percent.scaled(1 / HUNDRED)
    elif percent.low > 0:
        allowed = count.scaled(100) / percent
    else:
        return None
    return whole_numbers(allowed) or allowed


def _percentage_is_odd(facts: Facts, ratio: Ratio, month: Month) -> Wrong:
    row = facts.rows[ratio.percentage]
    cell = row.value(month)
    assert ratio.numerator is not None
    top, bottom = facts.rows[ratio.numerator], facts.rows[ratio.denominator]
    by_parts = facts.quotient(ratio, month)
    assert by_parts is not None
    expected = expected_of(by_parts, cell.decimals)
    message = (
        f"{month.short} prints {cell.raw}, but {top.ref} ({top.value(month).raw}) of {bottom.ref} "
        f"({bottom.value(month).raw}) is {expected_text(expected, Unit.PERCENT, cell.decimals)}."
    )
    finding = Finding(RULE, Severity.ERROR, message, row.ref, month.iso, cell.raw, expected)
    return Wrong(row.ref, month, by_parts, finding)


def _count_is_odd(
    facts: Facts, ratio: Ratio, month: Month, odd: str, other: str, why: str
) -> Wrong:
    """`other` is the count that stands."""
    share, row = facts.rows[ratio.percentage], facts.rows[odd]
    allowed = _count_for(facts, ratio, month, odd, other)
    assert allowed is not None
    expected = expected_count(allowed)
    beside, printed = facts.rows[other].value(month).raw, row.value(month).raw
    message = (
        f"{month.short} prints {printed}, which cannot stand beside {share.ref} "
        f"({share.value(month).raw}) and {other} ({beside}): these ask for "
        f"{expected_text(expected, row.unit)}, and {why}."
    )
    finding = Finding(RULE, Severity.ERROR, message, odd, month.iso, printed, expected)
    return Wrong(odd, month, allowed, finding)


def _borne_out(facts: Facts, ref: str, month: Month) -> Range | None:
    """The percentage's range, narrowed by what its complement and its bands leave."""
    allowed = facts.range(ref, month)
    for group in facts.sums:
        if ref not in group.members or not group.sure or allowed is None:
            continue
        rest = facts.total(tuple(one for one in group.members if one != ref), month)
        if rest is not None:
            allowed = allowed.within(Range(100 - rest.high, 100 - rest.low)) or allowed
    return allowed


def _no_whole_numbers(facts: Facts) -> Iterator[tuple[str, Month, list[str]]]:
    """A denominator, a month, and the percentages that no whole number out of it makes; but for
    those of which a sum or a unit says more."""
    off: dict[tuple[str, Month], list[str]] = {}
    for ratio in facts.ratios:
        for month in facts.rows[ratio.percentage].values:
            if ratio.numerator is not None or facts.spoiled(ratio.members, month):
                continue
            if ratio_holds(facts, ratio, month) is False and not any(
                sum_holds(facts, group, month) is False
                for group in facts.sums
                if ratio.percentage in group.members
            ):
                off.setdefault((ratio.denominator, month), []).append(ratio.percentage)
    for (whole, month), rows in off.items():
        yield whole, month, rows


def _no_whole_number(facts: Facts, whole: str, month: Month, rows: Sequence[str]) -> Finding:
    """Of one percentage, or of the count where several percentages speak against it."""
    number = facts.rows[whole].value(month).raw
    if len(rows) == 1:
        ref, printed = rows[0], facts.rows[rows[0]].value(month).raw
        message = f"prints {printed}, but no whole number out of {whole} ({number}) makes that."
    else:
        ref, printed = whole, number
        shares = listed([f"{one} ({facts.rows[one].value(month).raw})" for one in rows])
        message = f"prints {printed}, but no whole numbers out of that make {shares}."
    return Finding(RULE, Severity.WARNING, f"{month.short} {message}", ref, month.iso, printed)


def _departed(facts: Facts, ratio: Ratio) -> Finding:
    row = facts.rows[ratio.percentage]
    judged = {month: ratio_holds(facts, ratio, month) for month in row.values}
    off = [month for month, held in judged.items() if held is False]
    of = sum(1 for held in judged.values() if held is not None)
    return Finding(
        RULE,
        Severity.WARNING,
        f"{len(off)} of its {of} percentages are not {ratio.numerator} of {ratio.denominator}, of "
        "which the catalogue makes it: this page may define it otherwise.",
        row.ref,
        off[-1].iso,
        row.value(off[-1]).raw,
        expected_of(
            facts.quotient(ratio, off[-1]) or Range.exactly(0), row.value(off[-1]).decimals
        ),
    )
