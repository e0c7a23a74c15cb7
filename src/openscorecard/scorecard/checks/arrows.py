"""An arrow against its percentage.

Example. "↑ -23%" points the wrong way. "→ 31%" is level where the page's other rows turn the arrow
from 10% on. The page's own tolerance is worked out from its own rows before any is blamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from openscorecard.findings import Expected, Finding, Severity
from openscorecard.scorecard.checks.changes import PrintedChange, changes
from openscorecard.scorecard.checks.digits import derived_range
from openscorecard.scorecard.checks.facts import Facts
from openscorecard.statistics.ranges import Range
from openscorecard.units import Arrow, Unit

RULE = "arrow-against-percentage"
USUAL = Fraction(10)
CANDIDATES = (USUAL, *(Fraction(n, 2) for n in (*range(1, 20), *range(22, 62, 2))))
ROWS_NEEDED = 5  # fewer arrows than this do not show what tolerance a page uses


def arrows_against_percentages(facts: Facts) -> Iterator[Finding]:
    shown = list(_arrows(facts))
    if _arrows_mean_something_else(shown):
        return
    tolerances = page_tolerances(
        [
            (arrow, allowed)
            for change, arrow, _, allowed in shown
            if not facts.as_difference(change.row) or change.row.unit is Unit.PERCENT
        ]
    )
    for change, arrow, number, allowed in shown:
        relative = change.row.unit is Unit.PERCENT or not facts.as_difference(change.row)
        if _opposite(number, arrow):
            way = "rise" if number > 0 else "fall"
            message = f"the arrow points {arrow.value}, but {change_text(change)} is a {way}."
            yield _finding(change, message, tolerances)
        elif relative and tolerances and not any(fits(arrow, allowed, one) for one in tolerances):
            where = f"the page's others turn at {float(tolerances[0]):g}%"
            which = "is level" if arrow is Arrow.LEVEL else f"points {arrow.value}"
            yield _finding(
                change, f"the arrow {which} at {change_text(change)}; {where}.", tolerances
            )


def change_text(change: PrintedChange) -> str:
    """The change as printed, without its arrow."""
    return change.raw.lstrip("↑↓→➔⬆⬇➡\ufe0f▲▼►◄▶ ")


def _opposite(number: Fraction, arrow: Arrow) -> bool:
    return (arrow is Arrow.UP and number < 0) or (arrow is Arrow.DOWN and number > 0)


def _arrows(facts: Facts) -> Iterator[tuple[PrintedChange, Arrow, Fraction, Range]]:
    """Every change with an arrow and a number, and what its digits allow."""
    for change in changes(facts):
        allowed = derived_range(change.cell)
        if change.cell.arrow is not None and change.cell.number is not None and allowed is not None:
            yield change, change.cell.arrow, change.cell.number, allowed


def _arrows_mean_something_else(
    shown: Sequence[tuple[PrintedChange, Arrow, Fraction, Range]],
) -> bool:
    """Some pages turn the arrow up for better, not for more: many then point against the sign."""
    against = sum(1 for _, arrow, number, _ in shown if _opposite(number, arrow))
    return against >= 3 and against * 5 > len(shown)


def page_tolerances(shown: Sequence[tuple[Arrow, Range]]) -> list[Fraction]:
    """The tolerances that most arrows of the page follow, the usual 10% first if it is one; none
    where too few arrows show one, or where none is followed by nine arrows of ten, or by all but
    one."""
    if len(shown) < ROWS_NEEDED:
        return []
    followed = {one: sum(fits(arrow, at, one) for arrow, at in shown) for one in CANDIDATES}
    most = max(followed.values())
    if len(shown) - most > max(1, len(shown) // 10):
        return []
    return [one for one in CANDIDATES if followed[one] == most]


def fits(arrow: Arrow, allowed: Range, tolerance: Fraction) -> bool:
    """Whether the arrow can be right at that tolerance, given what the digits allow."""
    if arrow is Arrow.UP:
        return allowed.high >= tolerance
    if arrow is Arrow.DOWN:
        return allowed.low <= -tolerance
    return allowed.low < tolerance and allowed.high > -tolerance


def _finding(change: PrintedChange, message: str, tolerances: Sequence[Fraction]) -> Finding:
    number, tolerance = change.cell.number, (*tolerances, USUAL)[0]
    assert number is not None
    right = Arrow.LEVEL if abs(number) < tolerance else Arrow.UP if number > 0 else Arrow.DOWN
    return Finding(
        RULE,
        Severity.ERROR,
        f"In the change from {change.base.short} {message}",
        change.row.ref,
        change.column,
        change.cell.raw,
        Expected(text=right.value),
    )
