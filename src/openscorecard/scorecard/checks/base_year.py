"""Changes on the year that no one figure of last year gives.

Example. Last June is not on the page, but several cells speak of it. 339 referrals, "-1%", ask for
341 to 344 a year ago; the rate's "0%" asks for 338 to 340, and so does the share of contacts. Two
cells against one: the "-1%" is the odd one out. A warning, since last year's figure may have been
revised between one column and the next; and a rate that is only a little off may rest on last
year's population.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from openscorecard.findings import Finding, Severity
from openscorecard.records.printed.page import PrintedRow
from openscorecard.scorecard.checks.digits import (
    derived_range,
    expected_of,
    expected_text,
    whole_numbers,
)
from openscorecard.scorecard.checks.facts import Facts
from openscorecard.scorecard.wording import listed
from openscorecard.statistics.ranges import Range, change_percent
from openscorecard.units import Unit

RULE = "changes-on-the-year-disagree"
POPULATION_MOVES = Fraction(2, 100)  # at most, within a year
MOST_CANDIDATES = 400  # a change of -99% allows thousands of bases and proves nothing


@dataclass(frozen=True, slots=True)
class Witness:
    """A cell that speaks of a count a year ago; `change(x)` is what it should print for x."""

    ref: str
    printed: Range
    change: Callable[[Fraction], Range | None]
    slack: Fraction = Fraction(0)  # how far another population may move it, as a share

    def bears_out(self, base: Fraction) -> bool:
        change = self.change(base)
        return change is None or change.meets(self.printed)

    def nearly(self, base: Fraction) -> bool:
        """Whether last year's population may explain what this one does not."""
        change = self.change(base)
        if change is None or not self.slack:
            return False
        level = change.shifted(100) * Range(1 - self.slack, 1 + self.slack)
        return level.shifted(-100).meets(self.printed)


def disagreeing_changes_on_the_year(facts: Facts) -> Iterator[Finding]:
    said: set[str] = set()
    for row in facts.page.rows:
        if row.ref not in facts.counted or facts.as_difference(row) or _unusable(facts, row):
            continue
        witnesses = list(_witnesses(facts, row))
        best = _best_bases(facts, row, witnesses) if len(witnesses) >= 3 else None
        if best is None:
            continue
        for witness in witnesses:
            if witness.ref in said or any(
                witness.bears_out(base) or witness.nearly(base) for base in best
            ):
                continue
            said.add(witness.ref)
            agreed = [one.ref for one in witnesses if one.bears_out(best[0])]
            yield _finding(facts, row, witness, best, agreed)


def _unusable(facts: Facts, row: PrintedRow) -> bool:
    now = facts.range(row.ref, facts.month)
    base = row.change_year_base
    return (
        now is None
        or now.low <= 0
        or row.change_year is None
        or row.change_year.number is None
        or row.change_year.number <= -100
        or base is None
        or base in row.values
        or facts.wrong_at(row.ref, facts.month) is not None
    )


def _witnesses(facts: Facts, row: PrintedRow) -> Iterator[Witness]:
    """The count's own change, its rate's, and those of the percentages that it is a part of."""
    now, printed = facts.range(row.ref, facts.month), derived_range(row.change_year)
    assert now is not None
    assert printed is not None
    yield Witness(row.ref, printed, lambda base: change_percent(now, Range.exactly(base)))
    for rate in facts.rates:
        if rate.count == row.ref and rate.rate in facts.people:
            change = derived_range(facts.rows[rate.rate].change_year)
            if change is not None and not facts.spoiled((rate.rate,), facts.month):
                yield Witness(
                    rate.rate,
                    change,
                    lambda base: change_percent(now, Range.exactly(base)),
                    POPULATION_MOVES,
                )
    if facts.changes_in_points:
        return
    for ratio in facts.ratios:
        if ratio.numerator is None or row.ref not in (ratio.numerator, ratio.denominator):
            continue
        change = derived_range(facts.rows[ratio.percentage].change_year)
        other = ratio.denominator if row.ref == ratio.numerator else ratio.numerator
        other_base, other_now = _bases(facts, facts.rows[other]), facts.range(other, facts.month)
        spoiled = facts.spoiled((other, ratio.percentage), facts.month)
        if change is None or other_base is None or other_now is None or spoiled:
            continue
        yield Witness(
            ratio.percentage,
            change,
            _ratio_change(now, other_now, other_base, is_top=row.ref == ratio.numerator),
        )


def _ratio_change(
    now: Range, other_now: Range, other_base: Range, *, is_top: bool
) -> Callable[[Fraction], Range | None]:
    def change(base: Fraction) -> Range | None:
        mine = Range.exactly(base)
        if other_base.low <= 0 or other_now.low <= 0 or base <= 0:
            return None
        if is_top:
            return change_percent(now / other_now, mine / other_base)
        return change_percent(other_now / now, other_base / mine)

    return change


def _bases(facts: Facts, row: PrintedRow) -> Range | None:
    """The whole numbers of a year ago that the row's own change allows."""
    if _unusable(facts, row):
        return None
    now, change = facts.range(row.ref, facts.month), derived_range(row.change_year)
    assert now is not None
    assert change is not None
    factor = change.shifted(100).scaled(Fraction(1, 100))
    return None if factor.low <= 0 else whole_numbers(now / factor)


def _best_bases(
    facts: Facts, row: PrintedRow, witnesses: Sequence[Witness]
) -> list[Fraction] | None:
    """The bases that most witnesses bear out; None where all agree, or where it is a draw."""
    own = _bases(facts, row)
    if own is None or own.high - own.low > MOST_CANDIDATES:
        return None
    spread = max(Fraction(5), own.high - own.low)
    candidates = [
        Fraction(base) for base in range(max(1, int(own.low - spread)), int(own.high + spread) + 1)
    ]
    votes = {base: [w.ref for w in witnesses if w.bears_out(base)] for base in candidates}
    most = max(len(refs) for refs in votes.values())
    best = [base for base, refs in votes.items() if len(refs) == most]
    if most == len(witnesses) or most < 2:
        return None
    return best if len({tuple(votes[base]) for base in best}) == 1 else None


def _finding(
    facts: Facts,
    row: PrintedRow,
    witness: Witness,
    best: Sequence[Fraction],
    agreed: Sequence[str],
) -> Finding:
    mine = facts.rows[witness.ref]
    cell, base = mine.change_year, mine.change_year_base
    assert cell is not None
    assert base is not None
    allowed = [change for one in best if (change := witness.change(one)) is not None]
    between = Range(min(one.low for one in allowed), max(one.high for one in allowed))
    expected = expected_of(between, cell.decimals)
    low, high = int(min(best)), int(max(best))
    number = f"{low}" if low == high else f"{low} to {high}"
    return Finding(
        RULE,
        Severity.WARNING,
        f"The change from {base.short} prints {cell.raw.strip()}, but the changes of "
        f"{listed(agreed)} ask for {number} of {row.ref} in {base.short}; with that it is "
        f"{expected_text(expected, Unit.PERCENT, cell.decimals)}.",
        witness.ref,
        "change_year",
        cell.raw,
        expected,
    )
