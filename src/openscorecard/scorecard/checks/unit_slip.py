"""A value in the wrong unit: a hundred or a thousand times its neighbours, or a share above 100%.

Example. A row prints 83%, 82%, 84%, 82%, 85%, 85% and then 8571%. A share of people cannot pass
100%, and a hundredth of it, 85.71%, lies among its neighbours: the percent sign was put on a
number that was a percentage already.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator
from fractions import Fraction

from openscorecard.findings import Expected, Finding, Severity
from openscorecard.periods import Month
from openscorecard.records.printed.page import Cell, PrintedRow
from openscorecard.scorecard.checks.facts import Facts, Wrong
from openscorecard.scorecard.wording import figure_text
from openscorecard.statistics.ranges import Range, printed
from openscorecard.units import Unit

RULE = "unit-slip"
FACTORS = (Fraction(100), Fraction(1000), Fraction(1, 100), Fraction(1, 1000))
NEIGHBOURS = 3  # fewer than this are no neighbourhood
SPREAD = Fraction(13, 10)  # a neighbourhood reaches so far beyond its lowest and highest value
STEADY = 4  # neighbours whose highest is over so many times their lowest prove no slip
_SHARE = re.compile(r"^\s*(?:percentage|proportion|share|%) of\b", re.IGNORECASE)


def wrong_units(facts: Facts) -> Iterator[Wrong]:
    for row in facts.page.rows:
        for month, cell in row.values.items():
            if cell.number is None:
                continue
            finding = _slip(row, month, cell) or _over_a_hundred(row, month, cell)
            if finding is None:
                continue
            value = finding.expected.value if finding.expected else None
            if finding.severity is Severity.ERROR:
                yield Wrong(
                    row.ref, month, None if value is None else Range.exactly(value), finding
                )


def doubtful_units(facts: Facts) -> Iterator[Finding]:
    """Slips that are likely but not certain."""
    for row in facts.page.rows:
        for month, cell in row.values.items():
            if cell.number is None:
                continue
            finding = _slip(row, month, cell) or _over_a_hundred(row, month, cell)
            if finding is not None and finding.severity is not Severity.ERROR:
                yield finding


def _neighbours(row: PrintedRow, month: Month) -> list[Fraction]:
    return [
        cell.number
        for other, cell in row.values.items()
        if other != month and cell.number is not None and cell.number > 0
    ]


def _slip(row: PrintedRow, month: Month, cell: Cell) -> Finding | None:
    near = _neighbours(row, month)
    assert cell.number is not None
    if len(near) < NEIGHBOURS or cell.number <= 0:
        return None
    low, high = min(near), max(near)
    if high > STEADY * low:
        return None
    for factor in FACTORS:
        true = cell.number / factor
        if low / SPREAD <= true <= high * SPREAD and not low / SPREAD <= cell.number <= high:
            return _finding(row, month, cell, factor, true, near)
    return None


def _finding(
    row: PrintedRow,
    month: Month,
    cell: Cell,
    factor: Fraction,
    true: Fraction,
    near: list[Fraction],
) -> Finding:
    times = f"{printed(factor)} times" if factor > 1 else f"a {printed(1 / factor)}th of"
    middle = figure_text(statistics.median_high(near), row.unit)
    # A small count may jump a hundredfold; one that is a decimal fraction cannot be a count.
    impossible = (row.unit is Unit.PERCENT and cell.number is not None and cell.number > 100) or (
        row.unit is Unit.COUNT and cell.number is not None and cell.number.denominator != 1
    )
    certain = impossible or min(near) >= 10
    text = figure_text(true, row.unit, _digits(true))
    return Finding(
        RULE,
        Severity.ERROR if certain else Severity.WARNING,
        f"{month.short} prints {cell.raw}, {times} its neighbours (about {middle}): "
        f"a slip of the unit; it should be {text}.",
        row.ref,
        month.iso,
        cell.raw,
        Expected(value=true),
    )


def _digits(number: Fraction) -> int:
    for decimals in range(4):
        if number * 10**decimals == int(number * 10**decimals):
            return decimals
    return 4


def _over_a_hundred(row: PrintedRow, month: Month, cell: Cell) -> Finding | None:
    """A share of a whole above 100%; a row that passes 100% in two months or more is taken for
    something else (spending against plan, say)."""
    assert cell.number is not None
    if row.unit is not Unit.PERCENT or cell.number <= 100:
        return None
    if any(number > 100 for number in _neighbours(row, month)):
        return None
    certain = bool(_SHARE.match(row.name))
    return Finding(
        "percentage-over-100",
        Severity.ERROR if certain else Severity.WARNING,
        f"{month.short} prints {cell.raw}, but a share of a whole is 100% at most"
        + ("." if certain else ", if that is what this row is."),
        row.ref,
        month.iso,
        cell.raw,
        Expected(low=Fraction(0), high=Fraction(100)) if certain else None,
    )
