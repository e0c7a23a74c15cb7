"""A stock that does not move by what joins and leaves it. Information: late records do that.

Example. 508 children looked after in January, 13 who started and 21 who stopped in February make
500; the page prints 507, seven more: seven starts or stops were recorded late or left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from openscorecard.findings import Expected, Finding, Severity
from openscorecard.periods import Month
from openscorecard.scorecard.checks.facts import Facts, Flow
from openscorecard.statistics.ranges import printed

RULE = "stock-against-flows"


def stocks_against_flows(facts: Facts) -> Iterator[Finding]:
    for flow in facts.flows:
        for month in facts.rows[flow.stock].values:
            finding = _judged(facts, flow, month)
            if finding is not None:
                yield finding


def _judged(facts: Facts, flow: Flow, month: Month) -> Finding | None:
    stock = facts.rows[flow.stock]
    before, now = stock.value(month.plus(-1)).number, stock.value(month).number
    joined = [facts.rows[ref].value(month).number for ref in flow.joining]
    left = [facts.rows[ref].value(month).number for ref in flow.leaving]
    if before is None or now is None or None in joined or None in left:
        return None
    came = sum((n for n in joined if n is not None), Fraction(0))
    went = sum((n for n in left if n is not None), Fraction(0))
    asked = before + came - went
    if asked == now:
        return None
    off = now - asked
    return Finding(
        RULE,
        Severity.INFORMATION,
        f"{month.short} prints {stock.value(month).raw}, but {printed(before)} "
        f"({month.plus(-1).short}) plus {printed(came)} ({', '.join(flow.joining)}) less "
        f"{printed(went)} ({', '.join(flow.leaving)}) is {printed(asked)}: "
        f"{printed(abs(off))} {'more' if off > 0 else 'fewer'}. Records that came late do that.",
        stock.ref,
        month.iso,
        stock.value(month).raw,
        Expected(value=asked),
    )
