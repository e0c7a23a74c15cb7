"""What belongs together on a page: by the catalogue, by names, and by the figures themselves.

A page of any council is checked, so nothing here knows a ref. The catalogue in force counts where a
row has both its ref and its name. Elsewhere a relation is taken to hold when the figures of nearly
all months bear it out: two counts whose quotient prints as the percentage in six months of seven
are its parts, since chance gives one month in fifty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from openscorecard.catalogue.indicator import Catalogue, Indicator, RelationKind
from openscorecard.records.printed.page import PrintedPage, PrintedRow
from openscorecard.scorecard.checks.facts import Facts, Flow, Rate, Ratio, cell_range
from openscorecard.scorecard.checks.found_groups import (
    found_bands,
    found_complements,
    found_flows,
)
from openscorecard.scorecard.checks.found_ratios import found_rates, found_ratios
from openscorecard.scorecard.checks.names import words
from openscorecard.statistics.ranges import Range, change_percent
from openscorecard.units import Unit


def gather(page: PrintedPage, catalogue: Catalogue | None, audience: str = "public") -> Facts:
    """The page and all relations found on it."""
    rows = {row.ref: row for row in page.rows}
    known = list(_known(page.rows, catalogue))
    ratios = _catalogued_ratios(known) + found_ratios(page, {item.ref for item in known})
    rates = _catalogued_rates(known)
    taken = {rate.rate for rate in rates}
    rates += [rate for rate in found_rates(page) if rate.rate not in taken]
    named = {indicator.ref for indicator in known}
    relations = [] if catalogue is None else list(catalogue.relations)
    bands = [
        r.members for r in relations if r.kind is RelationKind.BANDS and named.issuperset(r.members)
    ]
    bands += [group for group in found_bands(page) if not any(set(group) & set(b) for b in bands)]
    pairs = [
        (r.members[0], r.members[1])
        for r in relations
        if r.kind is RelationKind.COMPLEMENTS and named.issuperset(r.members)
    ]
    pairs += [pair for pair in found_complements(page) if set(pair) not in [set(p) for p in pairs]]
    flows = [
        Flow(r.whole, r.members, r.leaving)
        for r in relations
        if r.kind is RelationKind.FLOWS
        and r.whole is not None
        and named.issuperset((r.whole, *r.members, *r.leaving))
    ]
    flows += [flow for flow in found_flows(page) if flow.stock not in {f.stock for f in flows}]
    return Facts(
        page=page,
        audience=audience,
        rows=rows,
        ratios=tuple(ratio for ratio in ratios if ratio.sure),
        likely_ratios=tuple(ratio for ratio in ratios if not ratio.sure),
        rates=tuple(rates),
        bands=tuple(bands),
        complements=tuple(pairs),
        flows=tuple(flows),
        changes_in_points=_changes_in_points(page),
    )


def _known(rows: Iterable[PrintedRow], catalogue: Catalogue | None) -> Iterator[Indicator]:
    """The indicators of the catalogue that the page has under both their ref and their name."""
    if catalogue is None:
        return
    for row in rows:
        indicator = catalogue.get(row.ref)
        if indicator is not None and words(indicator.name) == words(row.name):
            yield indicator


def _catalogued_ratios(known: Sequence[Indicator]) -> list[Ratio]:
    refs = {indicator.ref for indicator in known}
    found = []
    for item in known:
        if item.unit is Unit.PERCENT and item.denominator in refs:
            assert item.denominator is not None
            top = item.numerator if item.numerator in refs else None
            found.append(Ratio(item.ref, top, item.denominator))
    return found


def _catalogued_rates(known: Sequence[Indicator]) -> list[Rate]:
    refs = {indicator.ref for indicator in known}
    return [
        Rate(item.ref, item.numerator)
        for item in known
        if item.unit.is_rate and item.numerator is not None and item.numerator in refs
    ]


def _changes_in_points(page: PrintedPage) -> bool:
    """Whether the page prints the change of a percentage in points, not relative to its base."""
    points = relative = 0
    for row in page.rows:
        cell, base = row.change_month, row.change_month_base
        if row.unit is not Unit.PERCENT or cell is None or cell.number is None or base is None:
            continue
        now, before = (
            cell_range(row, row.value(page.report_month)),
            cell_range(row, row.value(base)),
        )
        if now is None or before is None or before.low <= 0:
            continue
        printed = Range.of_printed(cell.number, cell.decimals)
        in_points = printed.meets(now - before)
        as_relative = printed.meets(change_percent(now, before))
        points += in_points and not as_relative
        relative += as_relative and not in_points
    return points > relative and points >= 2
