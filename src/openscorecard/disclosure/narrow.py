"""How close a percentage or rate of sums brings a reader to a term of it that the page hides.

A hidden count is one of 1 to the limit, and the page says no more. Where the other terms and the
printed digits leave only some of these numbers, the figure says more than that, and goes too.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from openscorecard.disclosure.grid import Cell, Grid, sum_of
from openscorecard.disclosure.ties import Quotient
from openscorecard.periods import Month
from openscorecard.statistics.ranges import Range

NONE = Fraction(0)
_ANY = Range(NONE, Fraction(10**9))  # a count of which nothing is known


def narrow_sums(grid: Grid, hidden: frozenset[Cell], limit: int) -> set[Cell]:
    """The percentages and rates of sums that tell too much. To be asked last: the more terms are
    hidden, the less a figure tells of each."""
    return {
        (quotient.ref, month)
        for quotient in grid.quotients
        if quotient.of_sums
        for month in grid.months
        if _narrows(grid, hidden, limit, quotient, month)
    }


def _narrows(
    grid: Grid, hidden: frozenset[Cell], limit: int, quotient: Quotient, month: Month
) -> bool:
    """Whether the quotient of that month, if it is shown, tells too much of a term that is not."""
    told = grid.shown((quotient.ref, month), hidden)
    terms = [(ref, month) for ref in quotient.parts]
    if told is None or all(grid.shown(cell, hidden) is not None for cell in terms):
        return False
    if quotient.unit.is_rate and grid.people_per(quotient.unit) is None:
        return not hidden.isdisjoint(terms)  # whoever knows the population can tell; we cannot
    for side, total in _sides(grid, hidden, quotient, month, told):
        for ref in side:
            if grid.shown((ref, month), hidden) is not None:
                continue
            others = sum_of(_range(grid, hidden, (one, month)) for one in side if one != ref)
            left = total - others
            for least, most in _suspected(grid, hidden, limit, ref, month):
                if _tells(left, least, most, marked=(ref, month) in hidden):
                    return True
    return False


def _sides(
    grid: Grid, hidden: frozenset[Cell], quotient: Quotient, month: Month, told: Range
) -> Iterator[tuple[tuple[str, ...], Range]]:
    """Numerator and denominator, each with the range of its sum."""
    told = Range(max(told.low, NONE), max(told.high, NONE))  # a printed 0% is not below 0
    top = sum_of(_range(grid, hidden, (ref, month)) for ref in quotient.numerator)
    if quotient.unit.is_rate:
        people = grid.people_per(quotient.unit)
        assert people is not None
        yield quotient.numerator, told * people
        return
    bottom = sum_of(_range(grid, hidden, (ref, month)) for ref in quotient.denominator)
    if quotient.denominator:
        yield quotient.numerator, (told * bottom).scaled(Fraction(1, 100))
    if quotient.numerator and told.high > 0:
        least = 100 * top.low / told.high
        most = 100 * top.high / told.low if told.low > 0 else least + _ANY.high
        yield quotient.denominator, Range(least, most)


def _range(grid: Grid, hidden: frozenset[Cell], cell: Cell) -> Range:
    known = grid.shown(cell, hidden)
    return _ANY if known is None else known


def _suspected(
    grid: Grid, hidden: frozenset[Cell], limit: int, ref: str, month: Month
) -> Iterator[tuple[int, int]]:
    """The numbers that a reader may take a hidden count for: a small one, or one that leaves a
    small rest."""
    if ref in grid.rows and not grid.rows[ref].indicator.people:
        return
    yield 1, limit
    for rest in grid.rests:
        if rest.part == ref:
            whole = grid.shown((rest.whole, month), hidden)
            if whole is not None and whole.low == whole.high:
                most = math.floor(whole.low)
                yield max(most - limit, 0), most - 1


def _tells(left: Range, least: int, most: int, *, marked: bool) -> bool:
    """Whether `left` shuts out some of the numbers from `least` to `most` and not all; of a count
    that is not marked as hidden, whether it shuts out all others."""
    low, high = max(math.ceil(left.low), 0), math.floor(left.high)
    possible = min(high, most) - max(low, least) + 1
    if possible <= 0:
        return False
    return possible < most - least + 1 if marked else low >= least and high <= most
