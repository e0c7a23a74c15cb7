"""Rates that no one population explains.

Example. 339 referrals at 67 per 10,000 ask for 50,222 to 50,977 children. Every rate of a page asks
for such a range, and all of them must share one number. A single cell outside is wrong; a row with
several cells outside is made from another count than the one beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from openscorecard.findings import Expected, Finding, Severity
from openscorecard.periods import Month
from openscorecard.scorecard.checks.facts import Facts, Rate, cell_range, expected_of, population_of
from openscorecard.statistics.ranges import Range, printed
from openscorecard.units import Unit

RULE = "rates-of-no-one-population"
CELLS_NEEDED = 5  # fewer cells than this do not show what population a page uses


@dataclass(frozen=True, slots=True)
class Asked:
    """What one cell asks of the population."""

    rate: Rate
    month: Month
    population: Range


def asked(facts: Facts, unit: Unit) -> list[Asked]:
    found = []
    for rate in facts.rates:
        row, count = facts.rows[rate.rate], facts.rows[rate.count]
        if row.unit is not unit:
            continue
        for month in row.values:
            spoiled = facts.wrong_at(rate.rate, month) or facts.wrong_at(rate.count, month)
            one = population_of(row, count, month)
            if one is not None and spoiled is None:
                found.append(Asked(rate, month, one))
    return found


def best_population(cells: Sequence[Asked]) -> Range | None:
    """The numbers that most cells allow; None where not three quarters of them agree."""
    best: list[Asked] = []
    for cell in cells:
        point = cell.population.low
        agreed = [other for other in cells if other.population.holds(point)]
        if len(agreed) > len(best):
            best = agreed
    if len(cells) < CELLS_NEEDED or len(best) * 4 < len(cells) * 3:
        return None
    return Range(
        max(cell.population.low for cell in best), min(cell.population.high for cell in best)
    )


def steady_rates(facts: Facts) -> frozenset[str]:
    """The rates that come from their count and one population in every month shown.

    Where a row's own months agree among themselves but too few rows show what the page's population
    is, the row speaks for itself.
    """
    steady = set()
    for unit in (Unit.PER_10000, Unit.PER_100000):
        cells = asked(facts, unit)
        page = best_population(cells)
        for rate in facts.rates:
            mine = [cell for cell in cells if cell.rate == rate]
            common = _common(mine)
            if common is not None and (page is None or common.meets(page)):
                steady.add(rate.rate)
    return frozenset(steady)


def rates_of_no_one_population(facts: Facts) -> Iterator[Finding]:
    for unit in (Unit.PER_10000, Unit.PER_100000):
        cells = asked(facts, unit)
        common = best_population(cells)
        if common is None:
            continue
        split = _new_population(cells)
        if split is not None:
            yield split
            continue
        for rate in facts.rates:
            mine = [cell for cell in cells if cell.rate == rate]
            outside = [cell for cell in mine if not cell.population.meets(common)]
            if len(outside) == 1 and len(mine) >= 4:
                yield _one_cell(facts, outside[0], common)
            elif outside:
                yield _a_row(facts, rate, outside, len(mine), common)


def _new_population(cells: Sequence[Asked]) -> Finding | None:
    """Two populations, one up to a month and one after it: a new edition came into use."""
    if _common(cells) is not None:
        return None
    for month in sorted({cell.month for cell in cells})[1:]:
        before = _common([cell for cell in cells if cell.month < month])
        after = _common([cell for cell in cells if cell.month >= month])
        if before is not None and after is not None:
            return Finding(
                RULE,
                Severity.INFORMATION,
                f"The rates before {month.short} rest on a population of {_people(before)}, those "
                f"from then on of {_people(after)}: the change of edition is not said on the page.",
                column=month.iso,
            )
    return None


def _common(cells: Sequence[Asked]) -> Range | None:
    common: Range | None = Range(Fraction(0), Fraction(10**12))
    for cell in cells:
        common = None if common is None else common.within(cell.population)
    return common if cells else None


def _people(common: Range) -> str:
    low, high = printed(common.low), printed(common.high)
    return low if low == high else f"{low} to {high}"


def _one_cell(facts: Facts, cell: Asked, common: Range) -> Finding:
    row, count = facts.rows[cell.rate.rate], facts.rows[cell.rate.count]
    number = cell_range(count, count.value(cell.month))
    assert number is not None
    per = 10_000 if row.unit is Unit.PER_10000 else 100_000
    decimals = row.value(cell.month).decimals
    expected = expected_of(number.scaled(per) / common, decimals)
    shown = expected.value if expected.value is not None else expected.low
    assert shown is not None
    return Finding(
        RULE,
        Severity.ERROR,
        f"{cell.month.short} prints {row.value(cell.month).raw}, but {count.ref} "
        f"({count.value(cell.month).raw}) among the {_people(common)} children that the page's "
        f"other rates rest on is {printed(shown, decimals)}.",
        row.ref,
        cell.month.iso,
        row.value(cell.month).raw,
        expected,
    )


def _a_row(facts: Facts, rate: Rate, outside: Sequence[Asked], of: int, common: Range) -> Finding:
    row, count = facts.rows[rate.rate], facts.rows[rate.count]
    shown = ", ".join(
        f"{cell.month.short} {row.value(cell.month).raw} for {count.value(cell.month).raw}"
        for cell in outside
    )
    first = outside[0]
    return Finding(
        RULE,
        Severity.WARNING,
        f"{len(outside)} of its {of} rates ({shown}) do not come from {count.ref} and the "
        f"{_people(common)} children that the page's other rates rest on: it may be made from a "
        "count that includes others.",
        row.ref,
        first.month.iso,
        row.value(first.month).raw,
        Expected(text=f"a rate of {count.ref}"),
    )
