"""Comparators that were typed or stated, held against what is published.

A stated value that fits the right sum (within its rounding and one unit) is left alone. One that
fits a wrong sum instead is a finding with the arithmetic of both. One that fits none is said only
where it is far off: then its origin is not traced.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from openscorecard.catalogue.indicator import Catalogue, Indicator
from openscorecard.catalogue.published_measures import BY_ID, How
from openscorecard.comparators.beside import Beside, BesideValue
from openscorecard.comparators.derive import Where
from openscorecard.comparators.measures import ENGLAND_CODE
from openscorecard.comparators.wrong_sums import KIND_RULE, Place, WrongSum, wrong_sums
from openscorecard.findings import Expected, Finding, Severity
from openscorecard.statistics.ranges import Range, half_up, printed

if TYPE_CHECKING:
    from openscorecard.comparators.lookup import Lookup

NOT_TRACED_RULE = "comparator-not-traced"
DIFFERS_RULE = "comparator-differs"
# Smaller numbers fit some sum by chance: only a sum of another kind is then believed.
TELLING = 10
FAR_POINTS, FAR_SHARE = 5, Fraction(1, 5)  # percentage points; a fifth of a number or rate


@dataclass(frozen=True, slots=True)
class Stated:
    """A comparator as somebody stated or printed it: `column` is sn, eng or region, `label` the
    column's head, `printed` its text, `number` to so many `decimals`."""

    ref: str
    column: str
    label: str
    number: Fraction
    decimals: int
    printed: str


def comparator_findings(
    catalogue: Catalogue,
    besides: Mapping[str, Beside],
    stated: Iterable[Stated],
    published: Lookup,
    area: Where,
) -> tuple[Finding, ...]:
    """What is wrong with stated comparators, and which published measures count otherwise than
    their indicator; in the page's order."""
    by_ref: dict[str, list[Stated]] = {}
    for one in stated:
        by_ref.setdefault(one.ref, []).append(one)
    found: list[Finding] = []
    for indicator in catalogue:
        beside = besides.get(indicator.ref)
        if beside is None:
            continue
        found.extend(_row(indicator, by_ref.get(indicator.ref, []), beside, published, area))
        found.extend(_differs(indicator, beside))
    return tuple(found)


def _row(
    indicator: Indicator, stated: list[Stated], beside: Beside, published: Lookup, area: Where
) -> Iterator[Finding]:
    """The findings on one row. A column that has no published value to be held against is doubted
    where another of the row is of another kind, and the column is nearer to that than to the right
    value."""
    wrong: list[tuple[Stated, BesideValue, WrongSum]] = []
    alone = [one for one in stated if beside.value(one.column) is None]
    for one in stated:
        right = beside.value(one.column)
        if right is None or _fits(one, right):
            continue
        why = _fitting(indicator, one, beside, published, area)
        if why is not None:
            yield _of_a_wrong_sum(indicator, one, right, why)
            if why.rule == KIND_RULE:
                wrong.append((one, right, why))
        elif _far(one.number, right.value, How(beside.how)):
            yield _not_traced(one, right)
    for one in alone:
        for other, right, why in wrong[:1]:
            if abs(one.number - why.value) < abs(one.number - right.value):
                yield _like(one, other, why, indicator.unit.suffix)


def _fits(stated: Stated, right: BesideValue) -> bool:
    """Within its rounding and one unit of the last digit."""
    unit = Fraction(1, 10**stated.decimals)
    return abs(stated.number - right.value) <= unit + unit / 2


def _like(stated: Stated, other: Stated, wrong: WrongSum, unit: str) -> Finding:
    message = (
        f"{stated.label} is given as {stated.printed}, of the size of {other.label}’s "
        f"{other.printed}, which is {wrong.sum} = {printed(wrong.value, 1)}{unit}: {wrong.why}. "
        f"Whether {stated.label} was made in the same way cannot be told, since it has no "
        "published origin: do not compare with it."
    )
    return Finding(KIND_RULE, Severity.WARNING, message, stated.ref, stated.column, stated.printed)


def _fitting(
    indicator: Indicator, stated: Stated, beside: Beside, published: Lookup, area: Where
) -> WrongSum | None:
    """The first wrong sum that gives the stated number to its rounding. Of neighbours none is
    tried: which ten they were is not known."""
    says = indicator.beside
    code = {"eng": ENGLAND_CODE, "region": area.region}.get(stated.column, "")
    if says is None or says.how is None or not code:
        return None
    place = Place(BY_ID[says.measure], says.how, code, area.region, beside.year)
    allowed = Range.of_printed(stated.number, stated.decimals)
    telling = stated.number * 10**stated.decimals >= TELLING
    for one in wrong_sums(place, published):
        if allowed.holds(one.value) and (telling or one.rule == KIND_RULE):
            return one
    return None


def _far(number: Fraction, right: Fraction, how: How) -> bool:
    off = abs(number - right)
    if how.is_share:
        return off > FAR_POINTS
    return off > 2 and off > FAR_SHARE * right


def _of_a_wrong_sum(
    indicator: Indicator, stated: Stated, right: BesideValue, wrong: WrongSum
) -> Finding:
    unit = indicator.unit.suffix
    message = (
        f"{stated.label} is given as {stated.printed}, which is {wrong.sum} = "
        f"{printed(wrong.value, 1)}{unit}: {wrong.why}. "
        f"Beside it belongs {right.formula} ({right.year})."
    )
    return _finding(wrong.rule, Severity.WARNING, message, stated, right)


def _not_traced(stated: Stated, right: BesideValue) -> Finding:
    message = (
        f"{stated.label} is given as {stated.printed}, whose origin is not traced. "
        f"The published value is {right.formula} ({right.year})."
    )
    return _finding(NOT_TRACED_RULE, Severity.INFORMATION, message, stated, right)


def _finding(
    rule: str, severity: Severity, message: str, stated: Stated, right: BesideValue
) -> Finding:
    return Finding(
        rule,
        severity,
        message,
        stated.ref,
        stated.column,
        stated.printed,
        Expected(value=half_up(right.value, stated.decimals)),
    )


def _differs(indicator: Indicator, beside: Beside) -> Iterator[Finding]:
    """That the published measure counts otherwise, once for each indicator that says so."""
    if beside.differs and beside.values:
        column = "eng" if beside.value("eng") is not None else beside.values[0].key
        yield Finding(
            DIFFERS_RULE,
            Severity.INFORMATION,
            f"Not quite like for like with {beside.source}. {beside.differs}",
            indicator.ref,
            column,
        )
