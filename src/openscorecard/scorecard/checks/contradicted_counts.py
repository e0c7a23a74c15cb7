"""A count that several other cells of the page contradict, and that all agree what it should be.

Example. A row reads 41 in August. Its share of another row (65% of 22) asks for 14 or 15, its
change from July for 14, and its 12-month maximum is 15. Three cells against one: 41 is 14 with two
digits changed places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from openscorecard.findings import Finding, Severity
from openscorecard.periods import Month
from openscorecard.records.printed.page import PrintedRow
from openscorecard.scorecard.checks.digits import (
    derived_range,
    expected_count,
    expected_text,
    whole_numbers,
)
from openscorecard.scorecard.checks.facts import Facts, Rate, Ratio, Wrong
from openscorecard.scorecard.checks.population import Population, per, populations
from openscorecard.scorecard.wording import listed
from openscorecard.statistics.ranges import Range
from openscorecard.units import Unit

RULE = "count-contradicted"


@dataclass(frozen=True, slots=True)
class Witness:
    """A cell that says what the count was. `limit`: it only bounds it, and bears nothing out."""

    words: str
    asks: Range
    limit: bool = False


def contradicted_counts(facts: Facts) -> Iterator[Wrong]:
    """Counts with two cells against them that ask for the same, and more against than for them."""
    people, related = populations(facts), _related(facts)
    for row in facts.page.rows:
        if row.ref not in facts.counted:
            continue
        for month in row.values:
            printed = facts.range(row.ref, month)
            if printed is None or facts.wrong_at(row.ref, month):
                continue
            witnesses = list(_witnesses(facts, row, month, people, related.get(row.ref, ())))
            against = [one for one in witnesses if not one.asks.meets(printed)]
            borne_out = [one for one in witnesses if one.asks.meets(printed) and not one.limit]
            if len(against) < 2 or len(against) <= len(borne_out):
                continue
            if all(one.limit for one in against):
                continue
            right = _all_ask_for(against)
            if right is not None:
                yield _wrong(row, month, against, right)


def _all_ask_for(witnesses: list[Witness]) -> Range | None:
    common: Range | None = witnesses[0].asks
    for one in witnesses[1:]:
        common = None if common is None else common.within(one.asks)
    return None if common is None else whole_numbers(common)


def _witnesses(
    facts: Facts,
    row: PrintedRow,
    month: Month,
    people: dict[str, Population],
    related: Sequence[Ratio | Rate],
) -> Iterator[Witness]:
    for one in related:
        if isinstance(one, Ratio):
            yield from _percentage(facts, row.ref, month, one)
    for rate in related:
        if not isinstance(rate, Rate):
            continue
        per_head, under = facts.range(rate.rate, month), people.get(rate.rate)
        if rate.count == row.ref and under is not None and per_head is not None:
            asks = per_head * under.at(month).scaled(Fraction(1, per(facts.rows[rate.rate].unit)))
            yield Witness(_cell(facts, rate.rate, month), asks)
    yield from _changes(facts, row, month)
    yield from _summaries(facts, row, month)


def _cell(facts: Facts, ref: str, month: Month) -> str:
    return f"{ref} ({facts.rows[ref].value(month).raw})"


def _related(facts: Facts) -> dict[str, list[Ratio | Rate]]:
    """The ratios and rates of each count."""
    found: dict[str, list[Ratio | Rate]] = {}
    for ratio in facts.ratios:
        for ref in ratio.members:
            found.setdefault(ref, []).append(ratio)
    for rate in facts.rates:
        found.setdefault(rate.count, []).append(rate)
    return found


def _percentage(facts: Facts, ref: str, month: Month, ratio: Ratio) -> Iterator[Witness]:
    share = facts.range(ratio.percentage, month)
    if ratio.numerator is None or share is None or ref == ratio.percentage:
        return
    top, whole = facts.range(ratio.numerator, month), facts.range(ratio.denominator, month)
    words = _cell(facts, ratio.percentage, month)
    if ref == ratio.numerator and whole is not None:
        words = f"{words} of {_cell(facts, ratio.denominator, month)}"
        yield Witness(words, whole * share.scaled(Fraction(1, 100)))
    elif ref == ratio.denominator and top is not None and share.low > 0:
        words = f"{_cell(facts, ratio.numerator, month)} as {words}"
        yield Witness(words, top.scaled(100) / share)


def _changes(facts: Facts, row: PrintedRow, month: Month) -> Iterator[Witness]:
    """The row's own changes, forwards to the newest month and backwards from it."""
    now = max(row.values)
    for cell, base in (
        (row.change_month, row.change_month_base),
        (row.change_year, row.change_year_base),
    ):
        change = derived_range(cell)
        if cell is None or change is None or base is None or month not in (now, base):
            continue
        factor = change.shifted(100).scaled(Fraction(1, 100))
        other = facts.range(row.ref, base if month == now else now)
        words = f"the change from {base.short} ({cell.raw.strip()})"
        if other is not None and facts.as_difference(row):
            yield Witness(words, other + change if month == now else other - change)
            continue
        if other is None or other.low <= 0 or factor.low <= 0:
            continue
        yield Witness(words, other * factor if month == now else other / factor)


def _summaries(facts: Facts, row: PrintedRow, month: Month) -> Iterator[Witness]:
    """The 12-month maximum, and the average where all twelve months are on the page."""
    if month not in facts.window:
        return
    most, mean = facts.maximum(row), facts.average(row)
    if most is not None and row.maximum_12m is not None:
        words = f"the 12-month maximum ({row.maximum_12m.raw})"
        yield Witness(words, Range(Fraction(0), max(Fraction(0), most.high)), limit=True)
    if mean is None or row.average_12m is None or any(m not in row.values for m in facts.window):
        return
    others = [facts.range(row.ref, other) for other in facts.window if other != month]
    held = [one for one in others if one is not None]
    rest = Range(sum((o.low for o in held), Fraction(0)), sum((o.high for o in held), Fraction(0)))
    words = f"the 12-month average ({row.average_12m.raw})"
    yield Witness(words, mean.scaled(len(held) + 1) - rest)


def _wrong(row: PrintedRow, month: Month, against: list[Witness], right: Range) -> Wrong:
    raw, expected = row.value(month).raw, expected_count(right)
    message = (
        f"{month.short} prints {raw}, but {listed([one.words for one in against])} ask for "
        f"{expected_text(expected, Unit.COUNT)}"
    )
    swapped = [number for number in _two_digits_swapped(raw) if right.holds(Fraction(number))]
    if swapped:
        message += f": two digits of {swapped[0]} changed places"
    finding = Finding(RULE, Severity.ERROR, f"{message}.", row.ref, month.iso, raw, expected)
    return Wrong(row.ref, month, right, finding)


def _two_digits_swapped(raw: str) -> list[int]:
    """The numbers from which two neighbouring digits changing places makes this one."""
    digits = "".join(one for one in raw if one.isdigit())
    swaps = [
        digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in range(len(digits) - 1)
    ]
    return [int(one) for one in swaps if one != digits]
