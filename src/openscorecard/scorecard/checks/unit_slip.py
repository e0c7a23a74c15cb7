"""A value in the wrong unit: a hundred or a thousand times its neighbours, or a share above 100%.

Example. A row prints 83%, 82%, 84%, 82%, 85%, 85% and then 8571%. A share of people cannot pass
100%, and a hundredth of it, 85.71%, lies among its neighbours: the percent sign was put on a
number that was a percentage already.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from fractions import Fraction

from openscorecard.findings import Expected, Finding, Severity
from openscorecard.periods import Month
from openscorecard.records.printed.page import Cell, PrintedRow
from openscorecard.scorecard.checks.digits import decimals_of, is_share, may_pass_100
from openscorecard.scorecard.checks.facts import Facts, Wrong
from openscorecard.scorecard.wording import figure_text
from openscorecard.statistics.ranges import Range, printed
from openscorecard.units import Unit

RULE, OVER_100 = "unit-slip", "percentage-over-100"
FACTORS = (Fraction(100), Fraction(1000), Fraction(1, 100), Fraction(1, 1000))
NEIGHBOURS = 3  # fewer than this are no neighbourhood
SPREAD = Fraction(13, 10)  # a neighbourhood reaches so far beyond its lowest and highest value
STEADY = 4  # neighbours whose highest is over so many times their lowest prove no slip
NEAR = 20  # values further than this from the middle one are no neighbours but slips too
LARGE = 10  # below this a count may well jump a hundredfold


def wrong_units(facts: Facts) -> Iterator[Wrong]:
    """Values certainly in the wrong unit, with the value that they should be."""
    for row, month, finding in _slips(facts):
        if finding.severity is Severity.ERROR:
            value = finding.expected.value if finding.expected else None
            right = None if value is None else _digits_kept(row, month, value)
            yield Wrong(row.ref, month, right, finding)


def doubtful_units(facts: Facts) -> Iterator[Finding]:
    """Slips that are likely but not certain."""
    for _, _, finding in _slips(facts):
        if finding.severity is not Severity.ERROR:
            yield finding


def _slips(facts: Facts) -> Iterator[tuple[PrintedRow, Month, Finding]]:
    for row in facts.page.rows:
        figures = [cell.number for cell in row.values.values() if cell.number]
        if not figures:
            continue
        over = row.unit is Unit.PERCENT and max(figures) > 100
        if not over and max(figures) < 50 * min(figures):
            continue  # no value can be a hundred times its neighbours
        for month, cell in row.values.items():
            if cell.number is not None and cell.number > 0:
                finding = _slip(row, month, cell) or _over_a_hundred(row, month, cell)
                if finding is not None:
                    yield row, month, finding


def _neighbours(row: PrintedRow, month: Month) -> list[Fraction]:
    """The other months' values; those far from the middle one have slipped themselves."""
    others = [
        cell.number
        for other, cell in row.values.items()
        if other != month and cell.number is not None and cell.number > 0
    ]
    if not others:
        return []
    middle = statistics.median_low(others)
    near = [number for number in others if middle / NEAR < number < middle * NEAR]
    return near if 2 * len(near) > len(others) else []


def _slip(row: PrintedRow, month: Month, cell: Cell) -> Finding | None:
    near = _neighbours(row, month)
    assert cell.number is not None
    if len(near) < NEIGHBOURS or max(near) > STEADY * min(near):
        return None
    low, high = min(near), max(near)
    for factor in FACTORS:
        true = cell.number / factor
        if low / SPREAD <= true <= high * SPREAD and not low / SPREAD <= cell.number <= high:
            return _finding(row, month, cell, factor, near)
    return None


def _is_certain(row: PrintedRow, cell: Cell, factor: Fraction, near: Sequence[Fraction]) -> bool:
    """Whether nothing but a slip gives such a value.

    A small count may jump a hundredfold, and one of hundreds may fall to a handful when a system
    is replaced; but a count is no fraction, no share passes 100%, and nobody who prints 86% and
    84% prints 0.85% in between.
    """
    assert cell.number is not None
    if row.unit is Unit.PERCENT and factor > 1:
        return cell.number > 100
    if factor < 1:
        digits = max(other.decimals for other in row.values.values() if other.number in near)
        return cell.decimals > digits and cell.number.denominator != 1
    return min(near) >= LARGE


def _finding(
    row: PrintedRow, month: Month, cell: Cell, factor: Fraction, near: Sequence[Fraction]
) -> Finding:
    assert cell.number is not None
    times = f"{printed(factor)} times" if factor > 1 else f"a {_part(factor)} of"
    middle = statistics.median_high(near)
    true = cell.number / factor
    certain = _is_certain(row, cell, factor, near)
    judged = "A slip of the unit: it should be" if certain else "If the unit slipped, it is"
    return Finding(
        RULE,
        Severity.ERROR if certain else Severity.WARNING,
        f"{month.short} prints {cell.raw.strip()}, {times} its neighbours (about "
        f"{figure_text(middle, row.unit, decimals_of(middle))}). "
        f"{judged} {figure_text(true, row.unit, decimals_of(true))}.",
        row.ref,
        month.iso,
        cell.raw,
        Expected(value=true),
    )


def _part(factor: Fraction) -> str:
    return "hundredth" if factor == Fraction(1, 100) else "thousandth"


def _digits_kept(row: PrintedRow, month: Month, value: Fraction) -> Range:
    """The value set right, good to the digits that it was printed with: 8571% is 85.705 to 85.715,
    and 0.23% is 22.5 to 23.5."""
    cell = row.value(month)
    assert cell.number is not None
    factor = cell.number / value
    shown = decimals_of(cell.number) if cell.exact else cell.decimals
    if row.unit is Unit.COUNT and value.denominator == 1:
        return Range.exactly(value)
    half = Range.of_printed(cell.number, shown)
    return Range(half.low / factor, half.high / factor)


def _over_a_hundred(row: PrintedRow, month: Month, cell: Cell) -> Finding | None:
    """A share of a whole above 100%; a row that passes 100% in two months or more is taken for
    something else (spending against plan, say)."""
    assert cell.number is not None
    if row.unit is not Unit.PERCENT or cell.number <= 100 or may_pass_100(row):
        return None
    if any(number > 100 for number in _neighbours(row, month)):
        return None
    certain = is_share(row)
    return Finding(
        OVER_100,
        Severity.ERROR if certain else Severity.WARNING,
        f"{month.short} prints {cell.raw.strip()}, but a share of a whole is 100% at most"
        + ("." if certain else ", if that is what this row is."),
        row.ref,
        month.iso,
        cell.raw,
        Expected(low=Fraction(0), high=Fraction(100)),
    )
