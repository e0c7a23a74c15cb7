"""What a cell's digits allow, and how an expected figure is put in words.

Example. A percentage of 23% may be anything from 22.5 to 23.5; a count of 23 is 23, for a count is
a whole number. But "Average caseload: 23" is measured, not counted, and may be 22.6.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction

from openscorecard.findings import Expected
from openscorecard.records.printed.page import Cell, CellStatus, PrintedRow
from openscorecard.scorecard.wording import figure_text
from openscorecard.statistics.ranges import Range, half_up
from openscorecard.units import Unit

MOST_DECIMALS = 9  # what of a workbook's number is certainly no noise of its arithmetic
_COUNTED = re.compile(r"\b(?:number|count)\b|^\W*(?:no\.?|total) of\b", re.IGNORECASE)
_MEASURED = re.compile(
    r"\b(?:average|mean|median|rate|ratio|per (?!quarter|month|week|year)|days|weeks|hours|"
    r"duration|length|(?<!on )(?<!in )time|costs?|spend|expenditure|budget|caseloads?|score|"
    r"fte)\b|£",
    re.IGNORECASE,
)


_SHARE = re.compile(r"^\W*(?:percentage|proportion|share|percent|per cent|%) of\b", re.IGNORECASE)
_AGAINST = re.compile(
    r"\b(?:target|planned|budget|spend|spent|expected|capacity|savings?|against|compared|"
    r"establishment|increase|change|growth|profile)\b",
    re.IGNORECASE,
)


# Of posts, beds or visits more may be filled or made than there were to be.
_PLACES = re.compile(
    r"\b(?:posts?|beds?|places?|occupancy|occupied|visits?|capacity|budgets?|vacanc(?:y|ies))\b",
    re.IGNORECASE,
)


def may_pass_100(row: PrintedRow) -> bool:
    """Whether a percentage sets what was done against what was planned, and may pass 100%."""
    return _AGAINST.search(row.name) is not None


def is_share(row: PrintedRow) -> bool:
    """Whether a percentage is a share of a whole, by its name: 100% at most."""
    name = row.name
    return _SHARE.match(name) is not None and not may_pass_100(row) and not _PLACES.search(name)


def is_counted(row: PrintedRow) -> bool:
    """Whether a row's figures are whole numbers: of children, referrals, plans.

    Days, costs and averages are measured; they print as whole numbers for being rounded.
    """
    if row.unit is not Unit.COUNT:
        return False
    figures = [cell for cell in row.values.values() if cell.number is not None]
    if 2 * sum(1 for cell in figures if cell.decimals) > len(figures):
        return False
    return _COUNTED.search(row.name) is not None or _MEASURED.search(row.name) is None


def value_range(cell: Cell, *, counted: bool, share: bool = False) -> Range | None:
    """What the digits of a month's value allow: of a count themselves alone, of another figure
    whatever prints so, but not below 0, and of a share not above 100."""
    if cell.number is None:
        return None
    if counted and cell.number.denominator == 1:
        return Range.exactly(cell.number)
    allowed = derived_range(cell)
    if allowed is None or cell.number < 0:
        return allowed
    high = min(allowed.high, Fraction(100)) if share and cell.number <= 100 else allowed.high
    return Range(max(allowed.low, Fraction(0)), high)


def derived_range(cell: Cell | None) -> Range | None:
    """What the digits of a change, an average or a maximum allow.

    A number that a workbook holds beyond its printed digits (`exact`) may still have been typed, so
    it too is good to its own last digit only.
    """
    if cell is None or cell.number is None:
        return None
    decimals = decimals_of(cell.number) if cell.exact else cell.decimals
    return Range.of_printed(cell.number, decimals)


def maximum_range(row: PrintedRow, counted: bool) -> Range | None:
    """What the digits of the 12-month maximum allow: a count's maximum is a whole number too."""
    cell = row.maximum_12m
    return None if cell is None else value_range(cell, counted=counted)


def decimals_of(number: Fraction) -> int:
    """How many decimals a number needs, nine at most."""
    decimals, scaled = 0, number
    while scaled.denominator != 1 and decimals < MOST_DECIMALS:
        decimals, scaled = decimals + 1, scaled * 10
    return decimals


def expected_of(allowed: Range, decimals: int = 0) -> Expected:
    """The printed form that a range asks for: one value where rounding settles it, else a range."""
    low, high = half_up(allowed.low, decimals), half_up(allowed.high, decimals)
    return Expected(value=low) if low == high else Expected(low=low, high=high)


def expected_count(allowed: Range) -> Expected:
    """The whole numbers in a range, or the range itself where it holds none."""
    allowed = whole_numbers(allowed) or allowed
    if allowed.low == allowed.high:
        return Expected(value=allowed.low)
    return Expected(low=allowed.low, high=allowed.high)


def expected_text(expected: Expected, unit: Unit, decimals: int = 0) -> str:
    """`-34%`, or `275 to 277`."""
    if expected.text is not None:
        return expected.text
    if expected.value is not None:
        return figure_text(expected.value, unit, decimals)
    if expected.low is None or expected.high is None:
        bound = expected.low if expected.high is None else expected.high
        assert bound is not None
        words = "or more" if expected.high is None else "at most"
        return f"{figure_text(bound, unit, decimals)} {words}"
    low = figure_text(expected.low, unit, decimals)
    return f"{low} to {figure_text(expected.high, unit, decimals)}"


def is_nothing(cell: Cell) -> bool:
    """Blank, dash or not available: a cell that holds no figure and says no more."""
    return cell.status in (CellStatus.BLANK, CellStatus.DASH, CellStatus.NOT_AVAILABLE)


def whole_numbers(allowed: Range) -> Range | None:
    """The whole numbers in a range, from the first to the last; None where it holds none."""
    low, high = math.ceil(allowed.low), math.floor(allowed.high)
    return Range(Fraction(low), Fraction(high)) if low <= high else None
