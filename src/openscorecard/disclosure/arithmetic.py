"""The second rule: what would give a hidden number back by plain arithmetic.

Each function looks at one kind of tie between rows, in every month, and names the cells to hide
besides. Where there is a choice it falls on the smallest shown figure that is not 0, the earlier
in the relation's own order where two are equal: the same page is always protected the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from openscorecard.catalogue.indicator import Relation, RelationKind
from openscorecard.disclosure.grid import Cell, Grid, may_be_small, sum_of
from openscorecard.disclosure.small import parts_of
from openscorecard.periods import Month
from openscorecard.statistics.ranges import Range


def shares(grid: Grid, hidden: frozenset[Cell]) -> set[Cell]:
    """Numerator, denominator and percentage: two of them give the third. A rate and its count
    give each other, because the population is public. Of a sum, one hidden term may stay hidden
    behind the digits that the percentage prints: narrow.py says where it does not."""
    found: set[Cell] = set()
    for quotient in grid.quotients:
        for month in grid.months:
            cell = (quotient.ref, month)
            parts = [(ref, month) for ref in quotient.parts]
            if not quotient.of_sums and not hidden.isdisjoint(parts):
                found.add(cell)
            if (
                cell in hidden
                and quotient.numerator
                and (quotient.denominator or quotient.unit.is_rate)
                and all(_shown(grid, hidden, part) for part in parts)
            ):
                found |= _smallest(grid, [(ref, month) for ref in quotient.numerator])
    return found


def relations(
    grid: Grid, hidden: frozenset[Cell], limit: int, some: Iterable[Relation]
) -> set[Cell]:
    """What the declared relations give away, relation by relation and month by month."""
    found: set[Cell] = set()
    for relation in some:
        for month in grid.months:
            found |= BY_KIND[relation.kind](grid, hidden, limit, relation, month)
    return found


def complements(
    grid: Grid, hidden: frozenset[Cell], limit: int, relation: Relation, month: Month
) -> set[Cell]:
    """Two percentages that sum to 100: both or none. One that is not there, set aside or not
    supplied, is told by the other, and is judged as if it were there."""
    cells = [(ref, month) for ref in relation.members if ref in grid.rows]
    if not hidden.isdisjoint(cells):
        return set(cells)
    shown = [cell for cell in cells if _shown(grid, hidden, cell)]
    if len(cells) != 2 or len(shown) != 1:
        return set()
    for quotient in grid.quotients:
        if quotient.people and (quotient.ref, month) == shown[0]:
            numerator, denominator = parts_of(grid, quotient, month)
            if numerator is not None and denominator is not None:
                return set(shown) if may_be_small(denominator - numerator, limit) else set()
    return set()


def bands(
    grid: Grid, hidden: frozenset[Cell], limit: int, relation: Relation, month: Month
) -> set[Cell]:
    """Percentages of one whole: no band hidden alone, nor bands that hold few people together."""
    cells = [(ref, month) for ref in relation.members]
    if hidden.isdisjoint(cells):
        return set()
    shown = [cell for cell in cells if _shown(grid, hidden, cell)]
    whole = grid.known_count(relation.whole, month)
    few = False
    if whole is not None:
        people = (Range.exactly(100) - _sum(grid, shown)) * whole
        few = may_be_small(people.scaled(Fraction(1, 100)), limit)
    return _smallest(grid, shown) if few or len(cells) - len(shown) == 1 else set()


def parts(
    grid: Grid, hidden: frozenset[Cell], limit: int, relation: Relation, month: Month
) -> set[Cell]:
    """Counts that sum to a whole: no member hidden alone, nor members that sum to a small count;
    nor the whole while all its members are shown."""
    whole = (relation.whole or "", month)
    cells = [(ref, month) for ref in relation.members]
    if hidden.isdisjoint([whole, *cells]):
        return set()
    shown = [cell for cell in cells if _shown(grid, hidden, cell)]
    unseen = len(cells) - len(shown)
    if not _shown(grid, hidden, whole):
        return _smallest(grid, shown) if whole in hidden and unseen == 0 else set()
    few = may_be_small(_known(grid, whole) - _sum(grid, shown), limit)
    if unseen > 1 and not few:
        return set()
    return _smallest(grid, shown) or ({whole} if unseen == 1 else set())


def flows(
    grid: Grid, hidden: frozenset[Cell], limit: int, relation: Relation, month: Month
) -> set[Cell]:
    """This month's stock is last month's, plus those who joined, less those who left: no term
    hidden alone. The other flows of the month are hidden first: hiding a stock would reach into
    the months beside it."""
    del limit
    stock = relation.whole or ""
    stocks = [(stock, month), (stock, month.plus(-1))]
    moves = [(ref, month) for ref in (*relation.members, *relation.leaving)]
    unseen = [cell for cell in (*stocks, *moves) if not _shown(grid, hidden, cell)]
    if len(unseen) != 1 or unseen[0] not in hidden:
        return set()
    others = [cell for cell in moves if cell not in unseen]
    return _smallest(grid, others) or {cell for cell in stocks[:1] if cell not in unseen}


def within(
    grid: Grid, hidden: frozenset[Cell], limit: int, relation: Relation, month: Month
) -> set[Cell]:
    """Counts that are some of another: the others are people as well, and no row has them."""
    whole = (relation.whole or "", month)
    cells = [(ref, month) for ref in relation.members]
    if not all(_shown(grid, hidden, cell) for cell in (whole, *cells)):
        return set()
    rest = _known(grid, whole) - _sum(grid, cells)
    return _smallest(grid, cells) if may_be_small(rest, limit) else set()


def no_sum(
    grid: Grid, hidden: frozenset[Cell], limit: int, relation: Relation, month: Month
) -> set[Cell]:
    """Percentages and rates of sums: `shares` looks at them with all the others."""
    del grid, hidden, limit, relation, month
    return set()


Rule = Callable[[Grid, frozenset[Cell], int, Relation, Month], set[Cell]]
BY_KIND: dict[RelationKind, Rule] = {
    RelationKind.COMPLEMENTS: complements,
    RelationKind.BANDS: bands,
    RelationKind.PARTS: parts,
    RelationKind.FLOWS: flows,
    RelationKind.SHARES: no_sum,
    RelationKind.WITHIN: within,
}


def _shown(grid: Grid, hidden: frozenset[Cell], cell: Cell | None) -> bool:
    return (
        cell is not None
        and cell not in hidden
        and cell[0] in grid.rows
        and grid.known(cell) is not None
    )


def _known(grid: Grid, cell: Cell) -> Range:
    known = grid.known(cell)
    assert known is not None
    return known


def _sum(grid: Grid, cells: Iterable[Cell]) -> Range:
    return sum_of(_known(grid, cell) for cell in cells)


def _smallest(grid: Grid, cells: list[Cell]) -> set[Cell]:
    """The cell of the smallest figure that is not 0 (a printed 0% is one); a 0 only where there is
    nothing else."""

    def key(cell: Cell) -> tuple[bool, Fraction]:
        known = _known(grid, cell)
        return known.low <= 0, known.low + known.high

    return {min(cells, key=key)} if cells else set()
