"""The populations that the rates of a page rest on, worked out from the page itself.

Example. 339 referrals at 67 per 10,000 ask for 50,222 to 50,977 children. Every rate of a page asks
for such a range, and where all rest on one population they share a number. A new edition may come
into use at a month; then there is one population before it and another from then on.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from openscorecard.periods import Month
from openscorecard.scorecard.checks.facts import Facts, Rate
from openscorecard.statistics.ranges import Range
from openscorecard.units import Unit

CELLS_NEEDED = 5  # fewer cells than this do not show what population a page uses
SIDE_NEEDED = 3  # nor fewer than this on a side of a change of edition, but for two rows at once
GAINED = 2  # a change of edition must explain so many cells more than none does
MOST_PEOPLE = Fraction(10**9)
EDITIONS_DIFFER = Fraction(1, 20)  # by no more than this


@dataclass(frozen=True, slots=True)
class Asked:
    """What one cell asks of the population."""

    rate: Rate
    month: Month
    people: Range


@dataclass(frozen=True, slots=True)
class Era:
    """A population in use from `first` on (None: from the first month shown)."""

    first: Month | None
    people: Range


@dataclass(frozen=True, slots=True)
class Population:
    """The eras of a population, oldest first, and the cells that bear them out."""

    eras: tuple[Era, ...]
    cells: tuple[Asked, ...]

    def at(self, month: Month) -> Range:
        held = [era for era in self.eras if era.first is None or era.first <= month]
        return held[-1].people

    def explains(self, facts: Facts, rate: Rate) -> bool:
        """Whether every month of the rate comes from its count and this population."""
        months = facts.rows[rate.rate].values
        people = {month: people_for(facts, rate, month) for month in months}
        return all(one is None or one.meets(self.at(month)) for month, one in people.items())

    def from_to(self, base: Month, now: Month) -> Range | None:
        """How the population of `base` stands to that of `now`, as a factor.

        A new edition may have come into use between the two without showing in the printed digits,
        so each side is judged by its own months alone.
        """
        starts = [era.first for era in self.eras if era.first is not None and era.first <= base]
        first = max(starts, default=Month(1900, 1))
        before = common(cell for cell in self.cells if first <= cell.month <= base)
        after = common(cell for cell in self.cells if cell.month == now)
        return None if before is None or after is None else before / after


def per(unit: Unit) -> int:
    return 100_000 if unit is Unit.PER_100000 else 10_000


def asked(facts: Facts, rate: Rate) -> list[Asked]:
    """What every month of a rate asks, but for values known to be wrong."""
    return [
        Asked(rate, month, people)
        for month in facts.rows[rate.rate].values
        if not facts.spoiled((rate.rate, rate.count), month)
        and (people := people_for(facts, rate, month)) is not None
    ]


def people_for(facts: Facts, rate: Rate, month: Month) -> Range | None:
    """The populations that make this month's rate of this month's count.

    A printed 0 asks for so many people at least; a rate of no events asks for none at all.
    """
    printed, count = facts.range(rate.rate, month), facts.range(rate.count, month)
    if printed is None or count is None or (printed.low <= 0 and count.low <= 0):
        return None
    if count.low <= 0:
        return Range.exactly(0)
    times = count.scaled(per(facts.rows[rate.rate].unit))
    if printed.low <= 0:
        least = times.low / printed.high if printed.high > 0 else None
        return None if least is None else Range(least, max(least, MOST_PEOPLE))
    return times / printed


def common(cells: Iterable[Asked]) -> Range | None:
    """The populations that all cells allow; None where there are none, or no cells."""
    found: Range | None = None
    for cell in cells:
        found = cell.people if found is None else found.within(cell.people)
        if found is None:
            return None
    return found


def most_agreed(cells: Sequence[Asked]) -> list[Asked]:
    """The largest set of cells that one population explains; of several the one that leaves out
    cells of the fewest rates, and of these the vaguest cells."""
    if common(cells) is not None:
        return list(cells)
    lows, highs = sorted(c.people.low for c in cells), sorted(c.people.high for c in cells)
    holding = {low: bisect_right(lows, low) - bisect_left(highs, low) for low in set(lows)}
    most = max(holding.values(), default=0)
    best: list[Asked] = []
    best_score: tuple[int, float] | None = None
    for low in sorted(low for low, number in holding.items() if number == most):
        left_out = [cell for cell in cells if not cell.people.holds(low)]
        score = (-len({cell.rate for cell in left_out}), sum(map(_vague, left_out)))
        if best_score is None or score > best_score:
            best, best_score = [cell for cell in cells if cell.people.holds(low)], score
    return best


def _vague(cell: Asked) -> float:
    """How wide a range a cell asks for, against its lower end: small counts ask for wide ones."""
    return float((cell.people.high - cell.people.low) / max(cell.people.low, Fraction(1)))


def population(cells: Sequence[Asked]) -> Population | None:
    """The population under most of the cells; None where too few share one."""
    agreed = most_agreed(cells)
    found = _with_new_edition(cells, len(agreed)) if len(agreed) < len(cells) else None
    if found is None:
        people = common(agreed)
        if people is None:
            return None
        found = Population((Era(None, people),), tuple(agreed))
    enough = len(found.cells) >= CELLS_NEEDED and 2 * len(found.cells) > len(cells)
    return found if enough else None


def _with_new_edition(cells: Sequence[Asked], without: int) -> Population | None:
    """Two populations, one up to a month and one from then on, where they explain more."""
    best: Population | None = None
    for month in sorted({cell.month for cell in cells})[1:]:
        before = most_agreed([cell for cell in cells if cell.month < month])
        after = most_agreed([cell for cell in cells if cell.month >= month])
        old, new = common(before), common(after)
        if not (_shows(before) and _shows(after)) or old is None or new is None:
            continue
        if old.meets(new) or _apart(old, new) > EDITIONS_DIFFER * old.low:
            continue
        if best is None or len(before) + len(after) > len(best.cells):
            best = Population((Era(None, old), Era(month, new)), (*before, *after))
    return best if best is not None and len(best.cells) >= without + GAINED else None


def two_editions_explain(cells: Sequence[Asked]) -> bool:
    """Whether a new edition, in use from some month on, would explain all cells."""
    return any(_two_editions(cells, month) for month in {cell.month for cell in cells})


def _two_editions(cells: Sequence[Asked], first: Month) -> bool:
    before = common(cell for cell in cells if cell.month < first)
    after = common(cell for cell in cells if cell.month >= first)
    if before is None or after is None:
        return False
    return _apart(before, after) <= EDITIONS_DIFFER * before.low


def _apart(one: Range, other: Range) -> Fraction:
    """How far apart two ranges lie; below 0 where they meet."""
    return max(one.low - other.high, other.low - one.high)


def _shows(cells: Sequence[Asked]) -> bool:
    """Whether cells show a population: three of them, or two rows of one month."""
    return len(cells) >= SIDE_NEEDED or len({cell.rate for cell in cells}) >= 2


def populations(facts: Facts) -> dict[str, Population]:
    """The population under each rate: the page's, or one of its own (other ages, say)."""
    found = {}
    for unit in (Unit.PER_10000, Unit.PER_100000):
        rates = [rate for rate in facts.rates if facts.rows[rate.rate].unit is unit]
        asks = {rate.rate: cells for rate in rates if (cells := asked(facts, rate))}
        page = population([cell for cells in asks.values() for cell in cells])
        for ref, mine in asks.items():
            under = page if page is not None and _mostly_under(page, mine) else population(mine)
            if under is not None:
                found[ref] = under
    return found


def _mostly_under(page: Population, mine: Sequence[Asked]) -> bool:
    return 2 * sum(1 for cell in mine if cell.people.meets(page.at(cell.month))) > len(mine)


def bears_rate_out(facts: Facts, rate: Rate, month: Month) -> bool | None:
    """Whether this month's rate asks for a population that the other months' rates allow too."""
    here = people_for(facts, rate, month)
    row = facts.rows[rate.rate]
    others = [people_for(facts, rate, other) for other in row.values if other != month]
    known = [one for one in others if one is not None]
    if here is None or len(known) < 2:
        return None
    return 2 * sum(1 for one in known if here.meets(one)) > len(known)
