"""What belongs together on a page: by the catalogue, by names, and by the figures themselves.

A page of any council is checked, so nothing here knows a ref. The catalogue in force counts where a
row has both its ref and its name. Elsewhere a relation is taken to hold when the figures of nearly
all months bear it out: two counts whose quotient prints as the percentage in six months of seven
are its parts, since chance gives one month in fifty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from openscorecard.catalogue.indicator import Catalogue, Indicator, RelationKind
from openscorecard.periods import Month, months_to
from openscorecard.records.printed.page import PrintedPage, PrintedRow
from openscorecard.scorecard.checks.digits import derived_range, is_counted, is_share, value_range
from openscorecard.scorecard.checks.evidence import ratio_holds, sum_holds
from openscorecard.scorecard.checks.facts import Facts, Flow, Rate, Ratio, Sum
from openscorecard.scorecard.checks.found_groups import (
    found_bands,
    found_complements,
    found_flows,
)
from openscorecard.scorecard.checks.found_ratios import found_rates, found_ratios
from openscorecard.scorecard.checks.habits import (
    rounded_to,
    to_report_month,
    widened,
    with_signs,
    with_true_bases,
)
from openscorecard.scorecard.checks.names import stems, words
from openscorecard.statistics.ranges import Range, change_percent
from openscorecard.units import Unit

WINDOW = 12  # the months of the average and the maximum


def gather(page: PrintedPage, catalogue: Catalogue | None, audience: str = "public") -> Facts:
    """The page, as its own habits mean it, and all relations found on it."""
    later = tuple(month for month in page.months if month > page.report_month)
    page, rebased = with_true_bases(with_signs(to_report_month(page)))
    rounded = rounded_to(page.rows)
    counted = frozenset(row.ref for row in page.rows if is_counted(row))
    known = list(_known(page.rows, catalogue))
    refs = frozenset(item.ref for item in known)
    facts = Facts(
        page=page,
        audience=audience,
        rows={row.ref: row for row in page.rows},
        counted=counted,
        window=months_to(page.report_month, WINDOW),
        ranges=_ranges(page, counted, rounded),
        stems=stems(row.ref for row in page.rows),
        rounded=rounded,
        rebased=rebased,
        later_months=later,
        flows=tuple(_flows(page, catalogue, refs)),
    )
    facts = replace(
        facts,
        rates=(*_catalogued_rates(known), *found_rates(facts, refs)),
        changes_in_points=_differences(facts, of_percentages=True),
        changes_as_differences=_differences(facts, of_percentages=False),
    )
    facts = replace(facts, sums=tuple(_sums(facts, catalogue, refs)))
    stated = _catalogued_ratios(known)
    departed = [ratio for ratio in stated if _departs(facts, ratio)]
    found = tuple(found_ratios(facts, refs))
    facts = replace(
        facts,
        ratios=(
            *(ratio for ratio in stated if ratio not in departed),
            *(ratio for ratio in found if ratio.sure),
        ),
        likely_ratios=tuple(ratio for ratio in found if not ratio.sure),
        departed=tuple(departed),
    )
    return replace(facts, changes_in_points=_differences(facts, of_percentages=True))


def _ranges(
    page: PrintedPage, counted: frozenset[str], rounded: int
) -> dict[tuple[str, Month], Range]:
    found = {}
    for row in page.rows:
        for month, cell in row.values.items():
            allowed = value_range(cell, counted=row.ref in counted, share=is_share(row))
            if allowed is not None and rounded and row.ref in counted:
                allowed = widened(allowed, rounded)
            if allowed is not None:
                found[row.ref, month] = allowed
    return found


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
        if item.unit is Unit.PERCENT and item.denominator is not None and item.denominator in refs:
            top = item.numerator if item.numerator in refs else None
            found.append(Ratio(item.ref, top, item.denominator, stated=True))
    return found


def _departs(facts: Facts, ratio: Ratio) -> bool:
    """Whether the page contradicts a stated ratio in half of the months or more (two at least): it
    then means something else by one of the three rows, and no single cell is to blame."""
    held = [ratio_holds(facts, ratio, month) for month in facts.rows[ratio.percentage].values]
    return held.count(False) >= 2 and held.count(False) >= held.count(True)


def _catalogued_rates(known: Sequence[Indicator]) -> list[Rate]:
    refs = {indicator.ref for indicator in known}
    return [
        Rate(item.ref, item.numerator)
        for item in known
        if item.unit.is_rate and item.numerator is not None and item.numerator in refs
    ]


def _sums(facts: Facts, catalogue: Catalogue | None, known: frozenset[str]) -> Iterator[Sum]:
    """Stated bands and complements that the page follows, then those found on it."""
    taken: list[set[str]] = []
    for relation in () if catalogue is None else catalogue.relations:
        if relation.kind in (RelationKind.BANDS, RelationKind.COMPLEMENTS):
            group = Sum(relation.members)
            if known.issuperset(group.members):
                taken.append(set(group.members))
                if _followed(facts, group):
                    yield group
    for group in (*found_bands(facts.page), *found_complements(facts.page)):
        members = set(group.members)
        if not any(members <= other or other <= members for other in taken):
            taken.append(members)
            yield group


def _followed(facts: Facts, group: Sum) -> bool:
    """Whether the stated members make 100 in more months than not."""
    held = [sum_holds(facts, group, month) for month in facts.rows[group.members[0]].values]
    return held.count(False) < 2 or held.count(True) > held.count(False)


def _flows(page: PrintedPage, catalogue: Catalogue | None, known: frozenset[str]) -> Iterator[Flow]:
    stocks = set()
    for relation in () if catalogue is None else catalogue.relations:
        if relation.kind is RelationKind.FLOWS and relation.whole is not None:
            flow = Flow(relation.whole, relation.members, relation.leaving)
            if known.issuperset((flow.stock, *flow.joining, *flow.leaving)):
                stocks.add(flow.stock)
                yield flow
    for flow in found_flows(page):
        if flow.stock not in stocks:
            yield flow


def _differences(facts: Facts, *, of_percentages: bool) -> bool:
    """Whether the page prints changes as differences, not relative to the base: those of its
    percentages in points, or those of its other figures, which then bear no percent sign.

    Often the digits fit both; the parts of a percentage, where they are known, tell more.
    """
    points = relative = 0
    for row in facts.page.rows:
        for cell, base in (
            (row.change_month, row.change_month_base),
            (row.change_year, row.change_year_base),
        ):
            printed = derived_range(cell)
            if (row.unit is Unit.PERCENT) is not of_percentages or printed is None or base is None:
                continue
            if cell is not None and cell.percent and not of_percentages:
                relative += 1
                continue
            now, before = facts.exact(row.ref, max(row.values)), facts.exact(row.ref, base)
            if now is None or before is None or before.low <= 0:
                continue
            in_points = printed.meets(now - before)
            as_relative = printed.meets(change_percent(now, before))
            points += in_points and not as_relative
            relative += as_relative and not in_points
    return points > relative
