"""Bands, complements, and stocks with their flows, found by names and figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from openscorecard.records.printed.page import PrintedPage, PrintedRow
from openscorecard.scorecard.checks.facts import Flow, total_of
from openscorecard.scorecard.checks.names import words
from openscorecard.units import Unit

KINDS_NEEDED = 3  # a row that hardly moves agrees with too much by chance


def found_bands(page: PrintedPage) -> list[tuple[str, ...]]:
    """Percentages whose names differ only in the band: `within 10 days`, `over 45 days`."""
    groups: dict[str, list[PrintedRow]] = {}
    for row in page.rows:
        if row.unit is Unit.PERCENT and re.search(r"\d", row.name):
            groups.setdefault(_without_band(row.name), []).append(row)
    found = []
    for group in groups.values():
        rows = _that_sum(group)
        if rows:
            found.append(tuple(row.ref for row in rows))
    return found


_BAND = re.compile(
    r"\b(within|over|under|in|up to|more than|less than|between|or more|or less|and|to|"
    r"working|calendar)\b|\d+(?:\s*[-–]\s*\d+)?\+?"
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


def _sums(rows: Sequence[PrintedRow]) -> bool:
    fits = misses = 0
    for month in rows[0].values:
        total = total_of(rows, month)
        if total is not None:
            if total.holds(Fraction(100)):
                fits += 1
            else:
                misses += 1
    return fits >= 3 and misses * 3 <= fits


def found_complements(page: PrintedPage) -> list[tuple[str, str]]:
    """Pairs of percentages that are alike in name and sum to 100."""
    rows = [row for row in page.rows if row.unit is Unit.PERCENT]
    found = []
    for index, one in enumerate(rows):
        for other in rows[index + 1 :]:
            alike = words(one.name) & words(other.name)
            if len(alike) * 2 < max(len(words(one.name)), len(words(other.name))):
                continue
            kinds = {cell.number for cell in one.values.values() if cell.number is not None}
            if len(kinds) >= KINDS_NEEDED and _sums([one, other]):
                found.append((one.ref, other.ref))
    return found


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
