"""Mistakes planted on clean pages: the kinds that people make when they type a page.

Each planter takes a clean page and a random source and gives what it planted, or None where the
page offers no place for it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from clean_pages import CleanPage

from openscorecard.periods import Month
from openscorecard.records.printed.page import BLANK, Cell, CellStatus, PrintedPage, PrintedRow
from openscorecard.units import Arrow, Unit


@dataclass(frozen=True)
class Planted:
    """The page with the mistake in it; `true` is what the cell held, as printed, or None where it
    should hold nothing; `group` the rows that a wrong value may well drag along."""

    page: PrintedPage
    ref: str
    column: str
    rules: tuple[str, ...]
    true: Fraction | None
    group: frozenset[str]
    blanked: str | None = None  # a month whose value was taken out too

    def infects(self, ref: str | None, column: str | None) -> bool:
        """Whether a finding on that cell is owed to the planted one."""
        if ref not in self.group:
            return False
        derived = ("change_month", "change_year", "average_12m", "maximum_12m")
        if self.column in derived and not self.blanked:
            return column == self.column
        return column in (self.column, self.blanked, *derived)


Planter = Callable[[CleanPage, random.Random], Planted | None]


def _with(page: PrintedPage, row: PrintedRow, **changed: object) -> PrintedPage:
    new = replace(row, **changed)  # type: ignore[arg-type]
    return replace(page, rows=tuple(new if one is row else one for one in page.rows))


def _planted(
    clean: CleanPage, row: PrintedRow, column: str, cell: Cell, rules: tuple[str, ...]
) -> Planted:
    """The page with that cell in that column (a derived column's name, or a month)."""
    if column.startswith(("change", "average", "maximum")):
        true = getattr(row, column).number
        page = _with(clean.page, row, **{column: cell})
    else:
        month = Month.parse(column)
        true = row.value(month).number
        page = _with(clean.page, row, values={**row.values, month: cell})
    return Planted(page, row.ref, column, rules, true, frozenset(clean.related(row.ref)))


def _like(cell: Cell, number: Fraction, decimals: int | None = None) -> Cell:
    digits = cell.decimals if decimals is None else decimals
    suffix = "%" if cell.percent else ""
    raw = f"{float(number):.{digits}f}{suffix}"
    return Cell(raw, CellStatus.VALUE, number, digits, cell.percent, arrow=cell.arrow)


def _cells(clean: CleanPage, unit: Unit, least: int) -> list[tuple[PrintedRow, Month, Fraction]]:
    """Values of that unit, of at least so much."""
    return [
        (row, month, cell.number)
        for row in clean.page.rows
        if row.unit is unit
        for month, cell in row.values.items()
        if cell.number is not None and cell.number >= least
    ]


def _kinds(clean: CleanPage, *kinds: str) -> set[str]:
    return {line.ref for line in clean.council.lines if line.kind in kinds}


ANY_VALUE = (
    "count-contradicted",
    "percentage-contradicts-parts",
    "rates-of-no-one-population",
    "maximum-below-shown",
    "average-impossible",
    "change-contradicts-row",
    "stock-against-flows",
    "unit-slip",
)


def swapped_digits(clean: CleanPage, rng: random.Random) -> Planted | None:
    """381 typed as 318."""
    places = []
    for row, month, number in _cells(clean, Unit.COUNT, 12):
        digits = str(int(number))
        swaps = [
            int(digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :])
            for i in range(len(digits) - 1)
            if digits[i] != digits[i + 1] and not (i == 0 and digits[1] == "0")
        ]
        if row.ref in _kinds(clean, "count", "part") and swaps:
            places.append((row, month, Fraction(rng.choice(swaps))))
    if not places:
        return None
    row, month, number = rng.choice(places)
    cell = _like(row.value(month), number, 0)
    return _planted(clean, row, month.iso, cell, ANY_VALUE)


def _scaled(unit: Unit, factor: Fraction, least: int) -> Planter:
    def plant(clean: CleanPage, rng: random.Random) -> Planted | None:
        places = [
            (row, month, number)
            for row, month, number in _cells(clean, unit, least)
            if row.ref not in _kinds(clean, "measured", "over", "quarterly")
        ]
        if not places:
            return None
        row, month, number = rng.choice(places)
        printed = row.value(month)
        decimals = printed.decimals + (2 if factor < 1 else 0)
        held = number if not printed.exact else Fraction(printed.raw.strip("% ").replace(",", ""))
        cell = _like(printed, held * factor, decimals)
        rules = ("unit-slip", "percentage-over-100", "percentage-contradicts-parts")
        rules += ("rates-of-no-one-population", "parts-do-not-sum")
        return _planted(clean, row, month.iso, cell, rules)

    return plant


percentage_times_100 = _scaled(Unit.PERCENT, Fraction(100), 2)
percentage_over_100 = _scaled(Unit.PERCENT, Fraction(1, 100), 2)
count_times_100 = _scaled(Unit.COUNT, Fraction(100), 2)


def _changes(clean: CleanPage) -> list[tuple[PrintedRow, str, Cell]]:
    return [
        (row, column, cell)
        for row in clean.page.rows
        for column, cell, base in (
            ("change_month", row.change_month, row.change_month_base),
            ("change_year", row.change_year, row.change_year_base),
        )
        if cell is not None and cell.number is not None and base in row.values
    ]


def wrong_sign(clean: CleanPage, rng: random.Random) -> Planted | None:
    """A fall printed as a rise."""
    places = [place for place in _changes(clean) if abs(place[2].number or 0) >= 2]
    if not places:
        return None
    row, column, cell = rng.choice(places)
    assert cell.number is not None
    number = Fraction(-round(cell.number))
    arrow = {Arrow.UP: Arrow.DOWN, Arrow.DOWN: Arrow.UP}.get(cell.arrow or Arrow.LEVEL, cell.arrow)
    turned = Cell(f"{number}%", CellStatus.VALUE, number, 0, True, arrow=arrow)
    return _planted(clean, row, column, turned, ("change-contradicts-row",))


def not_computed(clean: CleanPage, rng: random.Random) -> Planted | None:
    """A change that the row gives, left as n/a."""
    places = _changes(clean)
    if not places:
        return None
    row, column, _ = rng.choice(places)
    cell = Cell("n/a", CellStatus.NOT_AVAILABLE)
    return _planted(clean, row, column, cell, ("change-not-computed",))


def from_blank(clean: CleanPage, rng: random.Random) -> Planted | None:
    """The newest month is blank, and the change reads -100%."""
    places = [row for row, column, _ in _changes(clean) if column == "change_month"]
    places = [row for row in places if row.ref not in _kinds(clean, "band", "complement")]
    if not places:
        return None
    row = rng.choice(places)
    values = {**row.values, max(row.values): BLANK}
    cell = Cell("↓ -100%", CellStatus.VALUE, Fraction(-100), 0, True, arrow=Arrow.DOWN)
    page = _with(clean.page, row, values=values, change_month=cell)
    group, newest = frozenset(clean.related(row.ref)), max(row.values).iso
    return Planted(page, row.ref, "change_month", ("change-from-blank",), None, group, newest)


def arrow_turned(clean: CleanPage, rng: random.Random) -> Planted | None:
    places = _changes(clean)
    if not places:
        return None
    row, column, cell = rng.choice(places)
    other = rng.choice([arrow for arrow in Arrow if arrow is not cell.arrow])
    turned = replace(cell, arrow=other, raw=f"{other.glyph} {cell.raw[1:].strip()}")
    return _planted(clean, row, column, turned, ("arrow-against-percentage",))


def maximum_too_low(clean: CleanPage, rng: random.Random) -> Planted | None:
    """Below a value shown, as when last year's maximum is left standing."""
    places = []
    for row in clean.page.rows:
        cell = row.maximum_12m
        window = sorted(row.values)[-12:]
        values = [n for m in window if (n := row.values[m].number) is not None]
        if cell is not None and cell.number is not None and values and max(values) >= 5:
            places.append((row, cell, Fraction(int(max(values) * Fraction(8, 10)))))
    if not places:
        return None
    row, cell, number = rng.choice(places)
    rules = ("maximum-below-shown", "maximum-not-shown")
    return _planted(clean, row, "maximum_12m", _like(cell, number), rules)


def average_out_of_reach(clean: CleanPage, rng: random.Random) -> Planted | None:
    """Above the maximum beside it."""
    places = [
        (row, row.average_12m, row.maximum_12m.number)
        for row in clean.page.rows
        if row.average_12m is not None
        and row.maximum_12m is not None
        and row.maximum_12m.number is not None
        and row.maximum_12m.number >= 5
    ]
    if not places:
        return None
    row, cell, most = rng.choice(places)
    number = Fraction(int(most * Fraction(13, 10)) + 1)
    return _planted(clean, row, "average_12m", _like(cell, number), ("average-impossible",))


def band_altered(clean: CleanPage, rng: random.Random) -> Planted | None:
    places = [
        (row, month, cell)
        for row in clean.page.rows
        if row.ref in _kinds(clean, "band")
        for month, cell in row.values.items()
        if cell.number is not None
    ]
    if not places:
        return None
    row, month, cell = rng.choice(places)
    assert cell.number is not None
    number = Fraction(round(cell.number) + (5 if cell.number < 50 else -5))
    rules = ("parts-do-not-sum", "percentage-contradicts-parts")
    return _planted(clean, row, month.iso, _like(cell, number), rules)


def rate_altered(clean: CleanPage, rng: random.Random) -> Planted | None:
    """By a fifth, and by 2 at least."""
    places = [
        (row, month, cell)
        for row in clean.page.rows
        if row.unit is Unit.PER_10000
        for month, cell in row.values.items()
        if cell.number is not None and cell.number >= 5
    ]
    if not places:
        return None
    row, month, cell = rng.choice(places)
    assert cell.number is not None
    number = Fraction(round(cell.number * rng.choice([Fraction(7, 10), Fraction(13, 10)])))
    number += 2 if number > cell.number else -2
    rules = ("rates-of-no-one-population", "change-contradicts-row", "maximum-below-shown")
    return _planted(clean, row, month.iso, _like(cell, number), rules)


def share_of_none(clean: CleanPage, rng: random.Random) -> Planted | None:
    """100% of a count of 0."""
    places = []
    for share, _, whole in clean.council.ratios:
        rows = {row.ref: row for row in clean.page.rows}
        for month, cell in rows[whole].values.items():
            if cell.number == 0 and rows[share].value(month).number is None:
                places.append((rows[share], month))
    if not places:
        return None
    row, month = rng.choice(places)
    cell = Cell("100%", CellStatus.VALUE, Fraction(100), 0, True)
    return _planted(clean, row, month.iso, cell, ("percentage-of-nothing",))


def comment_copied(clean: CleanPage, rng: random.Random) -> Planted | None:
    """The comment of one row put on another that has nothing to do with it."""
    rows = [row for row in clean.page.rows if len(row.commentary) > 60]
    rng.shuffle(rows)
    for source in rows:
        for row in clean.page.rows:
            apart = row.ref not in clean.related(source.ref) and row.commentary
            section = _section(row) != _section(source)
            if apart and section and row.commentary != source.commentary and row in rows:
                page = _with(clean.page, row, commentary=source.commentary)
                return Planted(
                    page, row.ref, "commentary", ("text-repeated",), None, frozenset({row.ref})
                )
    return None


def _section(row: PrintedRow) -> str:
    """The thing that a row counts."""
    return next((w for w in row.name.split() if len(w) > 5), row.name)


def as_above_on_top(clean: CleanPage, rng: random.Random) -> Planted | None:
    if not clean.page.rows[0].commentary:
        return None
    row = clean.page.rows[0]
    page = _with(clean.page, row, commentary=rng.choice(["As above", "See above."]))
    group = frozenset({row.ref})
    return Planted(page, row.ref, "commentary", ("points-to-nowhere",), None, group)


def stale_comment(clean: CleanPage, rng: random.Random) -> Planted | None:
    rows = [row for row in clean.page.rows if row.commentary and row.value(max(row.values)).number]
    if not rows:
        return None
    row, old = rng.choice(rows), clean.page.report_month.plus(-rng.randint(2, 4))
    text = rng.choice(
        [
            f"In {old.long} the figure rose for the third time, for want of places.",
            f"{old.short}: a busy month, with two large families.",
            f"{old.long.split()[0]} saw more of these than usual.",
        ]
    )
    page = _with(clean.page, row, commentary=text)
    group = frozenset({row.ref})
    return Planted(page, row.ref, "commentary", ("comment-about-another-month",), None, group)


PLANTERS: dict[str, Planter] = {
    "swapped digits in a count": swapped_digits,
    "percentage x100": percentage_times_100,
    "percentage /100": percentage_over_100,
    "count x100": count_times_100,
    "change of wrong sign": wrong_sign,
    "change left n/a": not_computed,
    "change from a blank": from_blank,
    "arrow turned": arrow_turned,
    "maximum below a value": maximum_too_low,
    "average above the maximum": average_out_of_reach,
    "band altered by 5 points": band_altered,
    "rate altered": rate_altered,
    "100% of none": share_of_none,
    "comment copied": comment_copied,
    "as above on the first row": as_above_on_top,
    "comment of another month": stale_comment,
}
