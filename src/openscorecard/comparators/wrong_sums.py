"""The sums by which a comparator comes out wrong, each with its arithmetic.

A page's comparators are typed in by hand, and the hand slips in a few known ways: a twelfth of a
number on a day beside a month's events, a percentage divided by 12, a year's total not divided,
another area's value, another year's, or what counts children where the measure counts events.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from openscorecard.catalogue.published_measures import BY_ID, How, PublishedKind, PublishedMeasure
from openscorecard.comparators.beside import ENGLAND
from openscorecard.comparators.measures import (
    ENGLAND_CODE,
    REGIONS,
    councils_in,
    period,
    plain_number,
)
from openscorecard.comparators.sums import MONTHS, equivalent, made, total

if TYPE_CHECKING:
    from openscorecard.comparators.lookup import Lookup

KIND_RULE = "comparator-of-another-kind"
OTHERWISE_RULE = "comparator-counted-otherwise"
AREA_RULE = "comparator-of-another-area"
YEAR_RULE = "comparator-of-another-year"
EARLIER_YEARS = 3


@dataclass(frozen=True, slots=True)
class WrongSum:
    """`sum` is the arithmetic without its result; `why` says what is wrong with it."""

    rule: str
    value: Fraction
    sum: str
    why: str


@dataclass(frozen=True, slots=True)
class Place:
    """Which comparator is held: of which measure and how, in which area and year. `region` is the
    code of the page's region."""

    measure: PublishedMeasure
    how: How
    code: str
    region: str
    year: int


def wrong_sums(place: Place, published: Lookup) -> Iterator[WrongSum]:
    """Every wrong sum that the files allow, those of another kind first."""
    yield from _wrongly_divided(place, published)
    yield from _of_another_kind(place, published)
    yield from _counted_otherwise(place, published)
    yield from _of_another_area(place, published)
    yield from _of_another_year(place, published)


def _wrongly_divided(place: Place, published: Lookup) -> Iterator[WrongSum]:
    measure, how = place.measure, place.how
    found = made(measure, how, published, place.year, place.code)
    if found is None:
        return
    n = councils_in(place.code, place.year)
    number, words = found.number, found.words
    if how.is_share:
        yield WrongSum(KIND_RULE, number / MONTHS, f"{words} / 12",
                       "a percentage is not divided by 12")  # fmt: skip
        rest = 100 - number
        yield WrongSum(KIND_RULE, rest, f"100% - {plain_number(number)}%",
                       "it is the rest to 100%")  # fmt: skip
    elif how is How.COUNT:
        yield WrongSum(KIND_RULE, number / n, f"{words} / {n} councils",
                       "a year’s number is not divided by 12 months")  # fmt: skip
        yield WrongSum(KIND_RULE, number / MONTHS, f"{words} / 12 months",
                       "it is not divided by the number of councils")  # fmt: skip
        yield WrongSum(KIND_RULE, number, words,
                       "a year’s total of all councils is not divided")  # fmt: skip
    elif how is How.STOCK:
        yield WrongSum(KIND_RULE, number / MONTHS / n, f"{words} / 12 / {n} councils",
                       "a number on a day is not divided by 12")  # fmt: skip
        yield WrongSum(KIND_RULE, number, words,
                       "it is not divided by the number of councils")  # fmt: skip
    elif how is How.RATE:
        yield WrongSum(KIND_RULE, number, words, "a year’s rate is not divided by 12 months")
    else:
        yield WrongSum(KIND_RULE, number / MONTHS, f"{words} / 12",
                       "a rate on a day is not divided by 12")  # fmt: skip


def _of_another_kind(place: Place, published: Lookup) -> Iterator[WrongSum]:
    """The number on the day, where the indicator counts what happens in a month."""
    stock = BY_ID.get(place.measure.stock)
    if stock is None or place.how not in (How.COUNT, How.RATE):
        return
    rate = place.how is How.RATE
    how = How.STOCK_RATE if rate else How.STOCK
    found = made(stock, how, published, place.year, place.code)
    if found is None:
        return
    n = 1 if rate else councils_in(place.code, place.year)
    words = f"{found.words} on {period(stock, place.year)}"
    councils = "" if rate else f" / {n} councils"
    why = "a number on a day, beside what happens in a month"
    yield WrongSum(KIND_RULE, found.number / MONTHS / n, f"{words} / 12{councils}",
                   f"a twelfth of {why}")  # fmt: skip
    yield WrongSum(KIND_RULE, found.number / n, f"{words}{councils}", why)


def _counted_otherwise(place: Place, published: Lookup) -> Iterator[WrongSum]:
    for name, counts in place.measure.otherwise:
        is_share = "percent" in name
        if is_share is not place.how.is_share or place.how in (How.RATE, How.STOCK_RATE):
            continue
        found = total(((name,),), published, place.year, place.code)
        if found is None:
            continue
        number, _ = found
        if is_share:
            value = number if place.how is How.PERCENTAGE else 100 - number
            words = f"{plain_number(number)}% {counts}"
        else:
            n = councils_in(place.code, place.year)
            months = MONTHS if place.measure.kind is PublishedKind.FLOW else 1
            value = number / months / n
            by = " / 12 months" if months > 1 else ""
            words = f"{plain_number(number)} {counts}{by} / {n} councils"
        yield WrongSum(OTHERWISE_RULE, value, words, f"it counts {counts}")


def _of_another_area(place: Place, published: Lookup) -> Iterator[WrongSum]:
    other = place.region if place.code == ENGLAND_CODE else ENGLAND_CODE
    found = made(place.measure, place.how, published, place.year, other) if other else None
    if found is not None:
        name = REGIONS.get(other, ENGLAND)
        one = equivalent(found, place.how, other, place.year)
        yield WrongSum(AREA_RULE, one.value, _left(one.formula), f"it is the value of {name}")


def _of_another_year(place: Place, published: Lookup) -> Iterator[WrongSum]:
    for year in range(place.year - 1, place.year - 1 - EARLIER_YEARS, -1):
        found = made(place.measure, place.how, published, year, place.code)
        if found is not None:
            one = equivalent(found, place.how, place.code, year)
            when = period(place.measure, year)
            yield WrongSum(YEAR_RULE, one.value, _left(one.formula), f"it is of {when}")


def _left(formula: str) -> str:
    """The sum without its result."""
    return formula.rpartition(" = ")[0] or formula
