"""Percentages and rates whose counts stand on the same page, found by names and figures."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from fractions import Fraction

from openscorecard.periods import Month
from openscorecard.records.printed.page import PrintedPage, PrintedRow
from openscorecard.scorecard.checks.facts import (
    Rate,
    Ratio,
    cell_range,
    population_of,
    whole_numbers,
)
from openscorecard.scorecard.checks.names import ordered, phrase, same_word, stem, words
from openscorecard.statistics.ranges import Range
from openscorecard.units import Unit

MONTHS_NEEDED = 4  # fewer months than this prove nothing
KINDS_NEEDED = 3  # a row that hardly moves agrees with too much by chance


def found_ratios(page: PrintedPage, known: Collection[str]) -> list[Ratio]:
    """The ratios of the rows that no catalogue knows; each says whether it is `sure`.

    Two counts whose quotient prints as the percentage in nearly all months are taken for its parts.
    That is sure only where names bear it out: a count may stand close to the true denominator
    (conferences that led to a plan, for plans started) and agree by luck.
    """
    counts = [row for row in page.rows if row.unit is Unit.COUNT]
    figures = {count.ref: _floats(count) for count in counts}
    found = []
    for row in page.rows:
        if row.unit is not Unit.PERCENT or row.ref in known:
            continue
        best = _best_parts(row, counts, figures)
        if best is not None:
            top, bottom = best
            found.append(Ratio(row.ref, top.ref, bottom.ref, sure=_named(row, top, bottom)))
            continue
        whole = _denominator_by_name(row, counts)
        if whole is not None:
            found.append(Ratio(row.ref, None, whole.ref))
    return found


def _floats(row: PrintedRow) -> dict[Month, float]:
    return {m: float(c.number) for m, c in row.values.items() if c.number is not None}


Shown = tuple[Month, float, float]


def _best_parts(
    row: PrintedRow, counts: Sequence[PrintedRow], figures: dict[str, dict[Month, float]]
) -> tuple[PrintedRow, PrintedRow] | None:
    """The pair of counts that agrees in most months, names deciding a draw."""
    shown: list[Shown] = [
        (month, float(allowed.low) - 1e-9, float(allowed.high) + 1e-9)
        for month, cell in row.values.items()
        if (allowed := cell_range(row, cell)) is not None
    ]
    if len({low for _, low, _ in shown}) < KINDS_NEEDED or len(shown) < MONTHS_NEEDED:
        return None
    best: tuple[PrintedRow, PrintedRow] | None = None
    best_score = (0, 0)
    for top in counts:
        for bottom in counts:
            if top is bottom:
                continue
            agreed = _months_agreed(shown, figures[top.ref], figures[bottom.ref])
            if agreed >= MONTHS_NEEDED and agreed >= best_score[0]:
                score = (agreed, likeness(row, top) + likeness(row, bottom))
                if score > best_score:
                    best, best_score = (top, bottom), score
    return best


def _months_agreed(
    shown: Sequence[Shown], top: dict[Month, float], bottom: dict[Month, float]
) -> int:
    """In how many months the quotient prints as the percentage; 0 when more than one in seven
    does not."""
    agreed = missed = 0
    for month, low, high in shown:
        over, under = top.get(month), bottom.get(month)
        if over is None or not under:
            continue
        if low <= 100 * over / under <= high:
            agreed += 1
        else:
            missed += 1
            if missed * 7 > len(shown):
                return 0
    return agreed


def likeness(row: PrintedRow, other: PrintedRow) -> int:
    return len(words(row.name) & words(other.name)) + (5 if stem(row.ref) == stem(other.ref) else 0)


def _named(row: PrintedRow, top: PrintedRow, bottom: PrintedRow) -> bool:
    """Whether the names say so too: the numerator is called as the percentage is, or bears its ref,
    and what the denominator counts is named by the percentage."""
    mine = words(row.name)
    called = stem(row.ref) == stem(top.ref) or len(mine & words(top.name)) * 2 >= len(mine)
    subject = next((word for word in ordered(bottom.name) if word not in _UNTELLING), None)
    return called and subject is not None and any(same_word(subject, word) for word in mine)


# Words that open the name of a count without saying what is counted.
_UNTELLING = {"all", "new", "total", "children", "child", "young", "people", "subject", "current"}


def _denominator_by_name(row: PrintedRow, counts: Sequence[PrintedRow]) -> PrintedRow | None:
    """`Percentage of transfer-ins where ...` is a share of `Number of transfer-ins`, if every
    other month's percentage can be a share of that count."""
    share = re.match(r"\s*(?:percentage|proportion|share|%) of (.+)", row.name, re.IGNORECASE)
    if share is None:
        return None
    share_of = phrase(share[1])
    for count in counts:
        of = re.match(r"\s*(?:number|count|total) of (.+)", count.name, re.IGNORECASE)
        if of is None or not phrase(of[1]) or not share_of.startswith(phrase(of[1]) + " "):
            continue
        fits = [_whole_number_fits(row, count, month) for month in row.values]
        if sum(1 for fit in fits if fit is False) <= 1 and any(fits):
            return count
    return None


def _whole_number_fits(row: PrintedRow, count: PrintedRow, month: Month) -> bool | None:
    share, whole = (
        cell_range(row, row.value(month)),
        cell_range(count, count.value(month)),
    )
    if share is None or whole is None or whole.low <= 0:
        return None
    return whole_numbers(share * whole.scaled(Fraction(1, 100))) is not None


def found_rates(page: PrintedPage) -> list[Rate]:
    counts = [row for row in page.rows if row.unit is Unit.COUNT]
    found = []
    for row in page.rows:
        if not row.unit.is_rate:
            continue
        named = [c for c in counts if stem(c.ref) == stem(row.ref)]
        named = named or [c for c in counts if _same_but_for_rate(row, c)]
        fitting = [c for c in named if _one_population(row, c)] or named
        if fitting:
            found.append(Rate(row.ref, max(fitting, key=lambda c: likeness(row, c)).ref))
    return found


def _same_but_for_rate(row: PrintedRow, count: PrintedRow) -> bool:
    mine, its = words(row.name), words(count.name)
    return bool(its) and len(mine & its) >= 0.7 * len(its)


def _one_population(row: PrintedRow, count: PrintedRow) -> bool:
    common: Range | None = Range(Fraction(1), Fraction(10**9))
    for month in row.values:
        one = population_of(row, count, month)
        if one is not None and common is not None:
            common = common.within(one)
    return common is not None
