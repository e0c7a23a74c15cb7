"""Which method an indicator gets, and why not another (STATISTICS, section 8).

A count of a month is judged on its level. What is counted at a month's end carries most of the last
month's children with it, so only its change says something new. A count of the front door follows
the days on which the door was open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from openscorecard.catalogue.indicator import (
    Indicator,
    JudgedOn,
    Kind,
    Relation,
    RelationKind,
)
from openscorecard.scorecard.wording import listed
from openscorecard.units import Unit

FRONT_DOOR = "front-door"  # the section whose counts follow the working days


class Basis(StrEnum):
    """What of a figure is held against the limits."""

    LEVEL = "level"
    CHANGE = "change"
    PER_WORKING_DAY = "per-working-day"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Method:
    """`why` says in a clause why the figure is judged so, "" where its kind says it all. `neither`
    says why it is neither better nor worse by itself, "" where it may be: a part of a composition,
    or a count that a share of the page carries the verdict of."""

    basis: Basis
    why: str = ""
    neither: str = ""


_MONTH_END = (Kind.STOCK, Kind.AS_OF)


def method_of(
    indicator: Indicator, others: Mapping[str, Indicator], relations: Iterable[Relation]
) -> Method:
    """How one indicator is judged; `others` are those of the page by ref."""
    relations = tuple(relations)
    neither = _part_of(indicator.ref, relations) or _counted_in(indicator, others)
    own = indicator.judged_on
    if own is not None:
        return Method(_AS_WRITTEN[own], indicator.judged_because, neither)
    if _counts_month_end(indicator, others, relations):
        return Method(Basis.CHANGE, neither=neither)
    if indicator.section == FRONT_DOOR and indicator.kind in (Kind.FLOW, Kind.RATE):
        return Method(Basis.PER_WORKING_DAY, neither=neither)
    return Method(Basis.LEVEL, neither=neither)


_AS_WRITTEN = {
    JudgedOn.LEVEL: Basis.LEVEL,
    JudgedOn.CHANGE: Basis.CHANGE,
    JudgedOn.NOTHING: Basis.NOTHING,
}


def _counts_month_end(
    indicator: Indicator, others: Mapping[str, Indicator], relations: tuple[Relation, ...]
) -> bool:
    """Whether it is a stock, or a share or rate whose numerator is one."""
    if indicator.kind in _MONTH_END:
        return True
    if indicator.kind not in (Kind.RATIO, Kind.RATE):
        return False
    counted = [indicator.numerator] if indicator.numerator else []
    if not counted:
        counted = [
            ref
            for one in relations
            if one.kind is RelationKind.SHARES and one.whole == indicator.ref
            for ref in one.members
        ]
    if not counted and indicator.denominator:  # some of a stock are children of a month's end too
        counted = [indicator.denominator]
    return any(ref in others and others[ref].kind in _MONTH_END for ref in counted)


def _part_of(ref: str, relations: tuple[Relation, ...]) -> str:
    """What to say of one of several shares of one whole; "" of any other."""
    for bands in relations:
        if bands.kind is RelationKind.BANDS and ref in bands.members:
            carriers = _carriers(bands, relations)
            who = listed(carriers) if carriers else bands.whole or ""
            verb = "carry" if len(carriers) > 1 else "carries"
            return (
                f"One of {len(bands.members)} shares of {bands.whole} that make 100%: when one "
                f"rises, others fall. {who} {verb} the verdict of better or worse."
            )
    return ""


def _counted_in(indicator: Indicator, others: Mapping[str, Indicator]) -> str:
    """What to say of a count that a share of the page is made of: 40 conferences on time may be
    better than 30, or just more conferences."""
    if indicator.unit is not Unit.COUNT:
        return ""
    shares = [
        one.ref
        for one in others.values()
        if one.numerator == indicator.ref
        and one.unit is Unit.PERCENT
        and one.preferred_direction is indicator.preferred_direction
    ]
    if not shares:
        return ""
    return (
        f"This count also follows how many there were. {listed(shares)} carries the verdict of "
        "better or worse."
    )


def _carriers(bands: Relation, relations: tuple[Relation, ...]) -> tuple[str, ...]:
    """What completes one of the bands to 100%, and is no band itself."""
    return tuple(
        other
        for one in relations
        if one.kind is RelationKind.COMPLEMENTS and not set(one.members).isdisjoint(bands.members)
        for other in one.members
        if other not in bands.members
    )
