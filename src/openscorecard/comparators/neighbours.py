"""The mean of a council's neighbours, and what of it was worked out or is not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from openscorecard.catalogue.published_measures import How, PublishedMeasure
from openscorecard.comparators.absent import why_absent, words_of
from openscorecard.comparators.measures import plain_number
from openscorecard.comparators.sums import MONTHS, Made, made
from openscorecard.statistics.ranges import printed

if TYPE_CHECKING:
    from openscorecard.comparators.derive import Where
    from openscorecard.comparators.lookup import Lookup

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class NeighboursMean:
    """Each edition once, where several neighbours' figures differ in it."""

    value: Fraction
    formula: str
    edition: str
    full_edition: str


def neighbours_mean(
    measure: PublishedMeasure, how: How, published: Lookup, area: Where, year: int
) -> NeighboursMean | None:
    """The mean of the neighbours that have a value; None where none has.

    Of numbers it is their total / how many they are, / 12 for events of a year.
    """
    known = _known(measure, how, published, area, year)
    if not known:
        return None
    of, value = len(known), _mean(known, how)
    total = sum((one.number for one in known.values()), Fraction(0))
    months = " / 12 months" if how in (How.COUNT, How.RATE) else ""
    word = "neighbour" if of == 1 else "neighbours"
    if how.is_number:
        worked = f"{plain_number(total)} {measure.title} of {of} {word}{months}"
        formula = f"{worked} / {of} = {printed(value, 1)}"
    else:
        unit = "%" if how.is_share else " per 10,000"
        title = f"not {measure.title}" if how is How.COMPLEMENT else measure.title
        worked = f"mean of {of} {word}, {plain_number(total)}{unit} / {of}"
        formula = f"{worked}{months} = {printed(value, 1)}{unit}: {title}"
    without = [code for code in area.neighbours if code not in known]
    reasons = [words_of(why_absent(measure, how, published, year, code), year) for code in without]
    told = (
        *_worked_out(known, published, how),
        *_missing([_name(published, code) for code in without], reasons, len(area.neighbours)),
        f"neighbours by {area.listed}",
    )
    editions = dict.fromkeys(one.edition for one in known.values())
    in_full = dict.fromkeys(one.full_edition for one in known.values())
    return NeighboursMean(
        value, f"{formula} ({'; '.join(told)})", ", ".join(editions), ", ".join(in_full)
    )


def neighbours_value(
    measure: PublishedMeasure, how: How, published: Lookup, area: Where, year: int
) -> Fraction | None:
    """The value of `neighbours_mean` alone."""
    known = _known(measure, how, published, area, year)
    return _mean(known, how) if known else None


def _known(
    measure: PublishedMeasure, how: How, published: Lookup, area: Where, year: int
) -> dict[str, Made]:
    """The neighbours that have a value, by code, the nearest first."""
    every = ((code, made(measure, how, published, year, code)) for code in area.neighbours)
    return {code: one for code, one in every if one is not None}


def _mean(known: dict[str, Made], how: How) -> Fraction:
    total = sum((one.number for one in known.values()), Fraction(0))
    return total / len(known) / (MONTHS if how in (How.COUNT, How.RATE) else 1)


def _worked_out(known: dict[str, Made], published: Lookup, how: How) -> tuple[str, ...]:
    """Which neighbours' values are not published as they are, and out of what they were made."""
    by_way: dict[str, list[str]] = {}
    for code, one in known.items():
        if one.worked_out:
            by_way.setdefault(one.worked_out, []).append(code)
    told = []
    for way, codes in by_way.items():
        if len(codes) == len(known):
            return (f"each from its {way}",)
        told.append(f"{_named([_name(published, code) for code in codes])} from {way}")
    if told:
        told.append(f"the others from published {'numbers' if how.is_number else 'rates'}")
    return tuple(told)


def _missing(names: Sequence[str], reasons: Sequence[str], of: int) -> tuple[str, ...]:
    if not names:
        return ()
    has = "has" if len(names) == 1 else "have"
    told = [f"{name} ({why})" for name, why in zip(names, reasons, strict=True)]
    return (f"{len(names)} of {of} neighbours {has} no value: {_named(told)}",)


def _named(names: Sequence[str]) -> str:
    """At most three of them."""
    more = len(names) - MOST_NAMED
    shown = ", ".join(names[:MOST_NAMED])
    return f"{shown} and {more} more" if more > 0 else shown


def _name(published: Lookup, code: str) -> str:
    area = published.council(code)
    return code if area is None else area.name
