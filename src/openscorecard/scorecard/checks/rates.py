"""Rates that their counts and the page's population contradict.

Example. The page's rates rest on 50,829 to 50,894 children. 149 enquiries among them are 29 per
10,000; a printed 49 is wrong. A printed 30 is a warning only: three enquiries recorded since would
explain it. A row with several cells outside is made from another count than the one beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from openscorecard.findings import Finding, Severity
from openscorecard.scorecard.checks.digits import (
    expected_count,
    expected_of,
    expected_text,
    whole_numbers,
)
from openscorecard.scorecard.checks.evidence import odd_one_out
from openscorecard.scorecard.checks.facts import Facts, Rate, Wrong
from openscorecard.scorecard.checks.population import (
    Asked,
    Era,
    Population,
    asked,
    common,
    per,
    populations,
    two_editions_explain,
)
from openscorecard.scorecard.wording import listed
from openscorecard.statistics.ranges import Range, printed

RULE, NEW_EDITION = "rates-of-no-one-population", "population-changed"
FEW, SMALL_PART = Fraction(3), Fraction(1, 20)  # what records that came late may explain
SEVERAL = 3  # a row must agree in more months than this before one of them is blamed


def contradicted_rates(facts: Facts) -> Iterator[Wrong]:
    """Single cells too far out for late records to explain."""
    for _, people, outside, of in _outside(facts, populations(facts)):
        if len(outside) == 1 and of > SEVERAL and not _near(facts, outside[0], people):
            wrong, drawn = _wrong(facts, outside[0], people)
            if not drawn:
                yield wrong


def doubtful_rates(facts: Facts) -> Iterator[Finding]:
    """Cells that late records may explain, rows made from another count, and new editions."""
    for rate, people, outside, of in _outside(facts, facts.people):
        far = len(outside) == 1 and of > SEVERAL and not _near(facts, outside[0], people)
        if outside and not far:
            yield _doubtful(facts, rate, people, outside, of)
    for rate in facts.rates:
        mine = asked(facts, rate)
        if rate.rate in facts.people or len(mine) <= SEVERAL:
            continue
        if common(mine) is None and not two_editions_explain(mine):
            yield _of_no_population(facts, mine)
    for people in {id(one): one for one in facts.people.values()}.values():
        yield from _new_edition(people)


def _outside(
    facts: Facts, known: dict[str, Population]
) -> Iterator[tuple[Rate, Population, list[Asked], int]]:
    """The cells of each rate that its population does not explain, and of how many; none where a
    new edition would explain the rate together with the others that rest on that population."""
    cells = {rate: asked(facts, rate) for rate in facts.rates if rate.rate in known}
    for rate, mine in cells.items():
        people = known[rate.rate]
        outside = [cell for cell in mine if not cell.people.meets(people.at(cell.month))]
        if outside:
            alike = [one for other in cells if known[other.rate] is people for one in cells[other]]
            outside = [] if two_editions_explain(alike) else outside
        yield rate, people, outside, len(mine)


def _near(facts: Facts, cell: Asked, people: Population) -> bool:
    """Whether a few events more or fewer in the count would give the printed rate."""
    count, needed = facts.range(cell.rate.count, cell.month), _count_for(facts, cell, people)
    assert count is not None
    gap = max(needed.low - count.high, count.low - needed.high)
    return gap <= max(FEW, count.low * SMALL_PART)


def _count_for(facts: Facts, cell: Asked, people: Population) -> Range:
    rate = facts.range(cell.rate.rate, cell.month)
    assert rate is not None
    return rate * people.at(cell.month).scaled(Fraction(1, per(facts.rows[cell.rate.rate].unit)))


def _rate_for(facts: Facts, cell: Asked, people: Population) -> Range:
    count = facts.range(cell.rate.count, cell.month)
    assert count is not None
    return count.scaled(per(facts.rows[cell.rate.rate].unit)) / people.at(cell.month)


def drawn_rates(facts: Facts) -> Iterator[Finding]:
    """Single cells far out, where nothing else tells whether the rate or its count is wrong."""
    for _, people, outside, of in _outside(facts, facts.people):
        if len(outside) == 1 and of > SEVERAL and not _near(facts, outside[0], people):
            found = _wrong(facts, outside[0], people)[0].finding
            message = f"{found.message} One of the two is wrong; the page does not tell which."
            pair = (outside[0].rate.rate, outside[0].rate.count)
            yield replace(found, message=message, one_of=pair)


def _wrong(facts: Facts, cell: Asked, people: Population) -> tuple[Wrong, bool]:
    row, count = facts.rows[cell.rate.rate], facts.rows[cell.rate.count]
    month, rate = cell.month, row.value(cell.month)
    corrections = {row.ref: _rate_for(facts, cell, people)}
    needed = _count_for(facts, cell, people)
    corrections[count.ref] = whole_numbers(needed) or needed
    odd, why = odd_one_out(facts, corrections, month, cell.rate)
    right = corrections[odd]
    raw = count.value(month).raw
    if odd == row.ref:
        expected = expected_of(right, rate.decimals)
        message = (
            f"{month.short} prints {rate.raw}, but {count.ref} ({raw}) among the "
            f"{_people(people.at(month))} people that the page's other rates rest on is "
            f"{expected_text(expected, row.unit, rate.decimals)}."
        )
        found = Finding(RULE, Severity.ERROR, message, row.ref, month.iso, rate.raw, expected)
        return Wrong(row.ref, month, right, found), not why
    expected = expected_count(right)
    message = (
        f"{month.short} prints {raw}, but {row.ref} ({rate.raw}) among the "
        f"{_people(people.at(month))} people that the page's other rates rest on asks for "
        f"{expected_text(expected, count.unit)}, and {why}."
    )
    found = Finding(RULE, Severity.ERROR, message, count.ref, month.iso, raw, expected)
    return Wrong(count.ref, month, right, found), False


def _doubtful(
    facts: Facts, rate: Rate, people: Population, outside: Sequence[Asked], of: int
) -> Finding:
    row, count = facts.rows[rate.rate], facts.rows[rate.count]
    last = outside[-1]
    cell = row.value(last.month)
    expected = expected_of(_rate_for(facts, last, people), cell.decimals)
    shown = listed(
        [
            f"{c.month.short} {row.value(c.month).raw} for {count.value(c.month).raw}"
            for c in outside
        ]
    )
    which = "One of its rates" if len(outside) == 1 else f"{len(outside)} of its {of} rates"
    return Finding(
        RULE,
        Severity.WARNING,
        f"{which} ({shown}) {'does' if len(outside) == 1 else 'do'} not come "
        f"from {count.ref} and the {_people(people.at(last.month))} people that the page's other "
        f"rates rest on; in {last.month.short} those make "
        f"{expected_text(expected, row.unit, cell.decimals)}. It may be made from a count that "
        "includes others, or was taken at another time.",
        row.ref,
        last.month.iso,
        cell.raw,
        expected,
    )


def _of_no_population(facts: Facts, mine: Sequence[Asked]) -> Finding:
    """Of the one cell without which the row would rest on one population, where there is such a
    one; else of the row."""
    row, count = facts.rows[mine[0].rate.rate], facts.rows[mine[0].rate.count]
    alone = [cell for cell in mine if common(one for one in mine if one is not cell) is not None]
    month = alone[0].month if len(alone) == 1 else mine[-1].month
    cell = row.value(month)
    if len(alone) == 1:
        under = common(one for one in mine if one is not alone[0])
        assert under is not None
        people = Population((Era(None, under),), tuple(mine))
        expected = expected_of(_rate_for(facts, alone[0], people), cell.decimals)
        message = (
            f"{month.short} prints {cell.raw} for {count.value(month).raw} ({count.ref}), which "
            f"asks for {_people(alone[0].people)} people; the row's other months rest on "
            f"{_people(under)}, and so it is {expected_text(expected, row.unit, cell.decimals)}."
        )
        return Finding(RULE, Severity.WARNING, message, row.ref, month.iso, cell.raw, expected)
    low = min(mine, key=lambda one: one.people.high)
    high = max(mine, key=lambda one: one.people.low)
    message = (
        f"No one population makes its rates from {count.ref}: {low.month.short} asks for "
        f"{_people(low.people)} people, {high.month.short} for {_people(high.people)}."
    )
    return Finding(RULE, Severity.WARNING, message, row.ref, month.iso, cell.raw)


def _new_edition(people: Population) -> Iterator[Finding]:
    for before, after in zip(people.eras, people.eras[1:], strict=False):
        assert after.first is not None
        yield Finding(
            NEW_EDITION,
            Severity.INFORMATION,
            f"The rates before {after.first.short} rest on a population of "
            f"{_people(before.people)}, those from then on of {_people(after.people)}: a new "
            "edition came into use. The page should say so.",
            column=after.first.iso,
        )


def _people(common: Range) -> str:
    low, high = printed(common.low), printed(common.high)
    return low if low == high else f"{low} to {high}"
