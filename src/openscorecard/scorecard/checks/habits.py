"""The page's own habits of printing, taken into account before any cell is judged.

Example. A page has a column for every month of the financial year, and those to come are blank: it
reports the newest month with a figure. Another prints "↓ 15%" for a fall of 15%: its arrow carries
the sign. On a third the heading still says "change from Apr-22" where every change is from May-22:
the heading is wrong, and the cells are right. And a page that rounds its counts to 5 prints 245 for
anything from 242.5 to 247.5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from openscorecard.periods import Month
from openscorecard.records.printed.page import Cell, PrintedPage, PrintedRow
from openscorecard.scorecard.checks.digits import derived_range, is_counted, value_range
from openscorecard.statistics.ranges import Range, change_percent
from openscorecard.units import Arrow, Unit

COLUMNS = ("change_month", "change_year")
CELLS_NEEDED = 5  # fewer changes than this prove no heading wrong
COUNTS_NEEDED = 15  # fewer counts than this may all be multiples of 5 by chance
FALLS_NEEDED = 3  # fewer arrows down than this show no habit


@dataclass(frozen=True, slots=True)
class Rebased:
    """A column of changes whose heading states another month than the changes are from."""

    table: int
    column: str
    stated: Month
    true: Month
    fits: int
    of: int


def to_report_month(page: PrintedPage) -> PrintedPage:
    """The page without the months after the one it reports, which hold no figure."""
    last = page.report_month
    if page.months[-1] <= last:
        return page
    rows = tuple(
        replace(
            row,
            values={m: cell for m, cell in row.values.items() if m <= last},
            change_month_base=_moved(row.change_month_base, page.months[-1], last, 1),
            change_year_base=_moved(row.change_year_base, page.months[-1], last, 12),
        )
        for row in page.rows
    )
    return replace(page, months=tuple(m for m in page.months if m <= last), rows=rows)


def _moved(base: Month | None, newest: Month, last: Month, back: int) -> Month | None:
    """The base month of a change, where it was counted back from the newest column."""
    return last.plus(-back) if base == newest.plus(-back) else base


def with_signs(page: PrintedPage) -> PrintedPage:
    """The page with a minus where its arrows stand for it: no change bears a minus, and those under
    an arrow down, or a level one, fit as falls."""
    cells = [cell for row in page.rows for name in COLUMNS if (cell := _change(row, name)[0])]
    if any(cell.number is not None and cell.number < 0 for cell in cells):
        return page
    falls = downs = rises = 0
    for row in page.rows:
        for name in COLUMNS:
            cell, base = _change(row, name)
            if cell is None or cell.arrow in (None, Arrow.UP) or base is None or not cell.number:
                continue
            moves = moves_of(row, base)
            fell = _fits(replace(cell, number=-cell.number), moves)
            rose = _fits(cell, moves)
            falls += fell and not rose
            downs += fell and cell.arrow is Arrow.DOWN
            rises += rose and cell.arrow is Arrow.DOWN
    if falls < FALLS_NEEDED or not downs or downs <= 3 * rises:
        return page
    return replace(page, rows=tuple(_with_signs(row) for row in page.rows))


def _with_signs(row: PrintedRow) -> PrintedRow:
    signed = {}
    for name in COLUMNS:
        cell, base = _change(row, name)
        if cell is not None and cell.number:
            signed[name] = replace(cell, number=_signed(row, cell, base))
    return replace(row, **signed)  # type: ignore[arg-type]


def _signed(row: PrintedRow, cell: Cell, base: Month | None) -> Fraction | None:
    """The number with its sign; None where a level arrow leaves it open."""
    assert cell.number is not None
    if cell.arrow is Arrow.DOWN:
        return -cell.number
    if cell.arrow is not Arrow.LEVEL:
        return cell.number
    now = row.value(max(row.values)).number if row.values else None
    before = row.value(base).number if base is not None else None
    if now is None or before is None:
        return None
    if now == before and not _fits(cell, moves_of(row, base)):
        return -cell.number
    return -cell.number if now < before else cell.number


def with_true_bases(page: PrintedPage) -> tuple[PrintedPage, tuple[Rebased, ...]]:
    """The page with every column of changes set against the month that nearly all its cells fit."""
    found = tuple(_rebased(page))
    if not found:
        return page, ()
    true = {(one.table, one.column): one.true for one in found}
    rows = []
    for row in page.rows:
        moved = {
            f"{name}_base": true[row.table, name] for name in COLUMNS if (row.table, name) in true
        }
        rows.append(replace(row, **moved))  # type: ignore[arg-type]
    return replace(page, rows=tuple(rows)), found


def _rebased(page: PrintedPage) -> Iterator[Rebased]:
    for table in sorted({row.table for row in page.rows}):
        rows = [row for row in page.rows if row.table == table and row.values]
        for name in COLUMNS:
            stated = next((b for row in rows if (b := _change(row, name)[1]) is not None), None)
            held = sum(1 for row in rows if (c := _change(row, name)[0]) and c.has_number)
            if stated is None or held < CELLS_NEEDED:
                continue
            as_stated, _ = _fitting(rows, name, stated)
            if 2 * as_stated > held:
                continue
            months = sorted({m for row in rows for m in row.values if m < max(row.values)})
            for month in reversed(months):
                if month == stated:
                    continue
                fits, of = _fitting(rows, name, month)
                if fits >= CELLS_NEEDED and of - fits <= max(1, of // 10) and 2 * as_stated <= fits:
                    yield Rebased(table, name, stated, month, fits, of)
                    break


def _fitting(rows: Sequence[PrintedRow], name: str, base: Month) -> tuple[int, int]:
    """How many changes of a column fit that base month, and how many could be judged."""
    best = (0, 0)
    judged = []
    for row in rows:
        cell, moves = _change(row, name)[0], moves_of(row, base)
        printed = derived_range(cell)
        if printed is not None and moves is not None:
            judged.append((row.unit is Unit.PERCENT, [printed.meets(one) for one in moves]))
    for shares in (0, 1):  # each kind of row in its own way: relative, or as a difference
        for others in (0, 1):
            fits = sum(fit[shares if share else others] for share, fit in judged)
            best = max(best, (fits, len(judged)))
    return best


def _change(row: PrintedRow, name: str) -> tuple[Cell | None, Month | None]:
    if name == "change_month":
        return row.change_month, row.change_month_base
    return row.change_year, row.change_year_base


def moves_of(row: PrintedRow, base: Month | None) -> tuple[Range, Range] | None:
    """What the printed values allow the change from `base` to be, relative and as a difference."""
    if base is None or base not in row.values:
        return None
    counted = is_counted(row)
    now = value_range(row.value(max(row.values)), counted=counted)
    before = value_range(row.value(base), counted=counted)
    if now is None or before is None or before.low <= 0:
        return None
    return change_percent(now, before), now - before


def _fits(cell: Cell, moves: tuple[Range, Range] | None) -> bool:
    printed = derived_range(cell)
    return printed is not None and moves is not None and any(printed.meets(m) for m in moves)


def rounded_to(rows: Iterable[PrintedRow]) -> int:
    """10 or 5 where all counts are multiples of it, else 0."""
    counts = [
        cell.number
        for row in rows
        if is_counted(row)
        for cell in row.values.values()
        if cell.number
    ]
    if len(counts) < COUNTS_NEEDED or len(set(counts)) < COUNTS_NEEDED // 3:
        return 0
    return next((base for base in (10, 5) if all(one % base == 0 for one in counts)), 0)


def widened(allowed: Range | None, rounded: int) -> Range | None:
    """What a rounded count may have been: half the base more or less, and not below 0."""
    if allowed is None or not rounded:
        return allowed
    half = Fraction(rounded, 2)
    return Range(max(Fraction(0), allowed.low - half), max(Fraction(0), allowed.high + half))
