"""An arrow against its percentage.

Example. "↑ -23%" points the wrong way. "→ 31%" is level where the page's other rows turn the arrow
from 10% on. The page's own tolerance is worked out from its own rows before any is blamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from openscorecard.findings import Expected, Finding, Severity
from openscorecard.scorecard.checks.changes import PrintedChange, changes
from openscorecard.scorecard.checks.facts import Facts, derived_range
from openscorecard.statistics.ranges import Range
from openscorecard.units import Arrow

RULE = "arrow-against-percentage"
USUAL = Fraction(10)
CANDIDATES = tuple(Fraction(n) for n in (10, 5, 2, 1, 3, 4, 7, 8, 15, 20, 25))
ROWS_NEEDED = 5  # fewer arrows than this do not show what tolerance a page uses
NOTHING = Range(Fraction(0), Fraction(0))


def arrows_against_percentages(facts: Facts) -> Iterator[Finding]:
    shown = [
        change
        for change in changes(facts)
        if change.cell.arrow is not None and change.cell.number is not None
    ]
    tolerance = page_tolerance(shown)
    for change in shown:
        assert change.cell.number is not None
        number, arrow = change.cell.number, change.cell.arrow
        if _opposite(number, arrow):
            way = "up" if number > 0 else "down"
            yield _finding(change, f"the arrow points {arrow}, but {number_text(change)} is {way}.")
        elif tolerance is not None and not fits(change, tolerance):
            rule = f"turn their arrow at {float(tolerance):g}%"
            yield _finding(
                change, f"the arrow is {arrow} at {number_text(change)}; the page's others {rule}."
            )


def number_text(change: PrintedChange) -> str:
    assert change.cell.number is not None
    return f"{float(change.cell.number):g}%"


def _opposite(number: Fraction, arrow: Arrow | None) -> bool:
    return (arrow is Arrow.UP and number < 0) or (arrow is Arrow.DOWN and number > 0)


def page_tolerance(shown: Sequence[PrintedChange]) -> Fraction | None:
    """The tolerance that most arrows of the page follow; None where too few show one, or where
    none is followed by nine arrows of ten. On a tie the usual 10% is taken."""
    if len(shown) < ROWS_NEEDED:
        return None
    best = max(CANDIDATES, key=lambda one: sum(fits(change, one) for change in shown))
    agreed = sum(fits(change, best) for change in shown)
    return best if agreed * 10 >= len(shown) * 9 else None


def fits(change: PrintedChange, tolerance: Fraction) -> bool:
    """Whether the arrow can be right at that tolerance, given what the digits allow."""
    allowed = derived_range(change.cell)
    assert allowed is not None
    if change.cell.arrow is Arrow.UP:
        return allowed.high >= tolerance
    if change.cell.arrow is Arrow.DOWN:
        return allowed.low <= -tolerance
    return allowed.low < tolerance and allowed.high > -tolerance


def _finding(change: PrintedChange, message: str) -> Finding:
    return Finding(
        RULE,
        Severity.ERROR,
        f"In the change from {change.base.short} {message}",
        change.row.ref,
        change.column,
        change.raw,
        Expected(text=_right_arrow(change)),
    )


def _right_arrow(change: PrintedChange) -> str:
    assert change.cell.number is not None
    number = change.cell.number
    if number >= USUAL:
        return "up"
    return "down" if number <= -USUAL else "level"
