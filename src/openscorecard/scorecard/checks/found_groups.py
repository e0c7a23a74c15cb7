"""Bands, complements, and stocks with their flows, found by names and figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from openscorecard.periods import Month
from openscorecard.records.printed.page import PrintedPage, PrintedRow
from openscorecard.scorecard.checks.digits import value_range
from openscorecard.scorecard.checks.facts import Flow, Sum
from openscorecard.scorecard.checks.names import words
from openscorecard.statistics.ranges import Range
from openscorecard.units import Unit

KINDS_NEEDED = 3  # a row that hardly moves agrees with too much by chance
MOST_BANDS = 20  # more rows than this are no bands of one whole
FITS_NEEDED = 3  # months in which a group must sum to 100


def found_bands(page: PrintedPage) -> list[Sum]:
    """Percentages whose names differ only in the band: `within 10 days`, `over 45 days`."""
    groups: dict[str, list[PrintedRow]] = {}
    for row in page.rows:
        if row.unit is Unit.PERCENT and re.search(r"\d", row.name):
            groups.setdefault(_without_band(row.name), []).append(row)
    found = []
    for group in groups.values():
        rows = _that_sum(group) if len(group) <= MOST_BANDS else []
        if rows:
            found.append(Sum(tuple(row.ref for row in rows)))
    return found


_BAND = re.compile(
    r"\b(within|over|under|in|up to|more than|less than|between|or more|or less|and|to|after|"
    r"than|plus|working|calendar)\b|\d+(?:\s*[-–]\s*\d+)?\+?"
)


def _without_band(name: str) -> str:
    return " ".join(_BAND.sub(" ", name.lower()).split())


def _that_sum(group: Sequence[PrintedRow]) -> list[PrintedRow]:
    """The rows of the group that sum to 100 in nearly all months: all, or all but one (a total
    such as `in 45 days` may stand among its own bands)."""
    if len(group) >= 3 and _sums(group):
        return list(group)
    if len(group) >= 4:
        for left_out in group:
            rest = [row for row in group if row is not left_out]
            if _sums(rest):
                return rest
    return []


def _sums(rows: Sequence[PrintedRow], fits_a_miss: int = 2) -> bool:
    """Whether the rows make 100 in at least three months, and so many for each that they miss."""
    totals = [total for month in rows[0].values if (total := _total(rows, month)) is not None]
    fits = sum(1 for total in totals if total.low <= 100 <= total.high)
    misses = len(totals) - fits
    return fits >= max(FITS_NEEDED, fits_a_miss) and misses * fits_a_miss <= fits


def _total(rows: Sequence[PrintedRow], month: Month) -> Range | None:
    total = Range.exactly(0)
    for row in rows:
        allowed = value_range(row.value(month), counted=False)
        if allowed is None:
            return None
        total = total + allowed
    return total


def found_complements(page: PrintedPage) -> list[Sum]:
    """Pairs of percentages that are alike in name and sum to 100. Sure where the names are
    opposites: `in time` and `late`, `within 45 days` and `over 45 days`."""
    rows = [row for row in page.rows if row.unit is Unit.PERCENT]
    named = {row.ref: words(row.name) for row in rows}
    ends = {row.ref: _ends(row, page.months) for row in rows}
    found = []
    for index, one in enumerate(rows):
        kinds = {cell.number for cell in one.values.values() if cell.number is not None}
        if len(kinds) < KINDS_NEEDED:
            continue
        for other in rows[index + 1 :]:
            if not _may_sum(ends[one.ref], ends[other.ref]):
                continue
            mine, its = named[one.ref], named[other.ref]
            if len(mine & its) * 2 < max(len(mine), len(its)):
                continue
            sure = _opposite(mine - its, its - mine)
            if _sums([one, other], 3 if sure else 6):
                found.append(Sum((one.ref, other.ref), sure=sure))
    return found


Ends = list[tuple[float, float] | None]  # for each month of the page; the search is over pairs


def _ends(row: PrintedRow, months: Sequence[Month]) -> Ends:
    allowed = [value_range(row.value(month), counted=False) for month in months]
    return [None if one is None else (float(one.low), float(one.high)) for one in allowed]


def _may_sum(one: Ends, other: Ends) -> bool:
    """A quick look before the exact one: whether no more months miss 100 than a pair may miss."""
    fits = misses = 0
    for mine, its in zip(one, other, strict=True):
        if mine is None or its is None:
            continue
        if mine[0] + its[0] <= 100 + 1e-9 and mine[1] + its[1] >= 100 - 1e-9:
            fits += 1
        else:
            misses += 1
            if 3 * misses > len(one):
                return False
    return fits >= FITS_NEEDED and 3 * misses <= fits


_OPPOSITES = (
    ({"within", "timely", "under", "less"}, {"over", "late", "more"}),
    ({"male", "boys"}, {"female", "girls"}),
    ({"new", "first", "initial"}, {"repeat", "subsequent"}),
)
_TURNING = {"not", "no", "non", "without", "over", "late", "outside", "beyond", "out"}


def _opposite(mine: frozenset[str], its: frozenset[str]) -> bool:
    """Whether the words by which two names differ set them against each other."""
    for first, second in _OPPOSITES:
        if (mine & first and its & second) or (its & first and mine & second):
            return True
    return bool(mine & _TURNING) != bool(its & _TURNING)


_JOINS = re.compile(r"\b(?:new|starting|started|newly)\b", re.IGNORECASE)
_LEAVES = re.compile(r"\b(?:ceasing|ceased|ending|ended|leaving|closed|closing)\b", re.IGNORECASE)
_AT_END = re.compile(r"\bat (?:the )?(?:end|month.end)\b|\bat end of\b", re.IGNORECASE)


def found_flows(page: PrintedPage) -> list[Flow]:
    """`Number of X at end of period`, `Number of new X`, `Number of ceasing X`."""
    counts = [row for row in page.rows if row.unit is Unit.COUNT]
    found = []
    for stock in counts:
        if not _AT_END.search(stock.name):
            continue
        of = _thing(stock.name)
        joins = [r.ref for r in counts if _JOINS.search(r.name) and _thing(r.name) == of]
        leaves = [r.ref for r in counts if _LEAVES.search(r.name) and _thing(r.name) == of]
        if len(joins) == 1 and len(leaves) == 1 and of:
            found.append(Flow(stock.ref, (joins[0],), (leaves[0],)))
    return found


def _thing(name: str) -> frozenset[str]:
    """What a name counts, without how: the words but for new, ceasing, at the end, brackets."""
    text = re.sub(r"\([^)]*\)", " ", name)
    for pattern in (_JOINS, _LEAVES):
        text = pattern.sub(" ", text)
    return words(re.sub(r"\bat (?:the )?(?:end|month.end).*|\bin the month\b.*", " ", text))
