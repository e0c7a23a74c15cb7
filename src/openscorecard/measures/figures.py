"""The last step: counts become figures.

A figure is a count, a percentage of a count, or a rate for a population, as an exact fraction in
printed units; or there is none, and it says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from openscorecard.catalogue.indicator import Catalogue, Indicator, Kind
from openscorecard.catalogue.measure import Measure
from openscorecard.catalogue.measure_settings import MeasureSettings
from openscorecard.measures.coverage import Standing, standing, uses_of
from openscorecard.measures.resolve import Plan, definition_in, is_tested
from openscorecard.periods import Month, day_in_words
from openscorecard.units import Unit

if TYPE_CHECKING:
    from openscorecard.records.extracts.statement import Coverage
    from openscorecard.records.extracts.supplied import SuppliedFigure

PER = {Unit.PERCENT: 100, Unit.PER_10000: 10_000, Unit.PER_100000: 100_000}


class Status(StrEnum):
    """VALUE alone has a number."""

    VALUE = "value"
    NOTHING_TO_COUNT = "nothing-to-count"  # a percentage of nobody
    OUTSIDE_COVERAGE = "outside-coverage"  # the records do not reach that month
    NOT_COMPUTABLE = "not-computable"  # a table or a setting is missing
    SUSPENDED = "suspended"  # by the council's own setting
    NOT_SUPPLIED = "not-supplied"


@dataclass(frozen=True, slots=True)
class MeasuredFigure:
    """One indicator in one month, counted from one load. `value` is exact, in printed units;
    `note` says why there is none, or what has to be known about it."""

    ref: str
    month: Month
    status: Status
    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows or children a level counts in a month, and how many of them meet its test."""

    counted: int
    met: int


# (level's name, month) -> count. A month that is not there has a count of 0.
Counts = Mapping[tuple[str, Month], Count]


@dataclass(frozen=True, slots=True)
class Measured:
    """What figures are made from: of one load, and of months with one set of definitions.

    `population` counts the children aged 0-17, None where the council has not stated it.
    """

    catalogue: Catalogue
    plan: Plan
    counts: Counts
    coverage: Mapping[str, Coverage]
    load_month: Month
    settings: MeasureSettings
    population: Fraction | None
    supplied: tuple[SuppliedFigure, ...] = ()

    def figures(self, months: Iterable[Month]) -> tuple[MeasuredFigure, ...]:
        """Every indicator in every month."""
        return tuple(
            self.figure(indicator, month) for month in months for indicator in self.catalogue
        )

    def figure(self, indicator: Indicator, month: Month) -> MeasuredFigure:
        suspension = self.settings.suspension(indicator.ref, month)
        if suspension is not None:
            reason = f"suspended: {suspension.reason}"
            return MeasuredFigure(indicator.ref, month, Status.SUSPENDED, note=reason)
        if indicator.kind is Kind.SUPPLIED:
            return self._supplied(indicator, month)
        measure = definition_in(indicator, month).measure or Measure()
        if indicator.unit is Unit.COUNT:
            top: Part = self._part((indicator.ref,), month)
            return _as_figure(indicator.ref, month, top, None, 1)
        level = self.plan.level(indicator.ref)
        if level is not None or indicator.ref in self.plan.missing:
            both = self._part((indicator.ref,), month)
            whole = Part(both.whole, both.whole, both.standing, both.missing)
            return _as_figure(indicator.ref, month, both, whole, PER[indicator.unit])
        top = self._part(measure.sum_of or tuple(filter(None, [indicator.numerator])), month)
        if indicator.unit.is_rate:
            whole = self._population()
        else:
            whole = self._part(tuple(filter(None, [measure.denominator or indicator.denominator])),
                               month)  # fmt: skip
        return _as_figure(indicator.ref, month, top, whole, PER[indicator.unit])

    def _part(self, titles: tuple[str, ...], month: Month) -> Part:
        """The counts of some refs or groups, added up."""
        if not titles:
            return Part(missing="its definition does not say what is counted")
        value, whole, seen = 0, 0, Standing()
        said: list[str] = []
        for title in titles:
            suspension = self.settings.suspension(title, month)
            if suspension is not None:
                return Part(suspended=f"{title} is suspended: {suspension.reason}")
            if title in self.plan.missing:
                return Part(missing=self.plan.missing[title])
            level = self.plan.level(title)
            if level is None:
                return Part(missing=f"{title} is not counted from records")
            here = standing(uses_of(level, self.plan), month, self.load_month, self.coverage)
            if here.why_not:
                return Part(standing=here)
            if here.cut_short is not None:
                seen = here
            count = self.counts.get((level.name, month), Count(0, 0))
            value += count.met if is_tested(level, self.plan) else count.counted
            whole += count.counted
            said += [words for words in level.said if words not in said]
        return Part(Fraction(value), Fraction(whole), seen, said=tuple(said))

    def _population(self) -> Part:
        if self.population is None:
            return Part(
                missing="the council has not stated its population (settings, [population])"
            )
        return Part(self.population, self.population)

    def _supplied(self, indicator: Indicator, month: Month) -> MeasuredFigure:
        for one in self.supplied:
            if one.ref == indicator.ref and one.month == month and one.value is not None:
                return MeasuredFigure(indicator.ref, month, Status.VALUE, one.value, one.numerator,
                                      one.denominator)  # fmt: skip
        return MeasuredFigure(indicator.ref, month, Status.NOT_SUPPLIED)


STANDS = Standing()


@dataclass(frozen=True, slots=True)
class Part:
    """A numerator or a denominator: its value, of how many, and on what it stands. `missing` says
    why it cannot be counted at all, `suspended` why the council does not want it counted."""

    value: Fraction | None = None
    whole: Fraction | None = None
    standing: Standing = STANDS
    missing: str = ""
    suspended: str = ""
    said: tuple[str, ...] = ()


def _as_figure(ref: str, month: Month, top: Part, bottom: Part | None, per: int) -> MeasuredFigure:
    parts = [top] if bottom is None else [top, bottom]
    for part in parts:
        if part.suspended:
            return MeasuredFigure(ref, month, Status.SUSPENDED, note=part.suspended)
        if part.missing:
            return MeasuredFigure(ref, month, Status.NOT_COMPUTABLE, note=part.missing)
        if part.standing.why_not:
            return MeasuredFigure(ref, month, Status.OUTSIDE_COVERAGE, note=part.standing.why_not)
    note = _note(parts)
    assert top.value is not None
    if bottom is None:
        whole = None if top.whole == top.value else top.whole
        return MeasuredFigure(ref, month, Status.VALUE, top.value, top.value, whole, note)
    assert bottom.value is not None
    if not bottom.value:
        return MeasuredFigure(ref, month, Status.NOTHING_TO_COUNT, None, top.value, bottom.value,
                              note)  # fmt: skip
    value = top.value * per / bottom.value
    return MeasuredFigure(ref, month, Status.VALUE, value, top.value, bottom.value, note)


def _note(parts: list[Part]) -> str:
    said = [words for part in parts for words in part.said]
    for part in parts:
        day = part.standing.cut_short
        if day is not None:
            said.append(
                f"the records of {part.standing.cut_table} are complete from {day_in_words(day)} "
                "only, and what lies before is not seen (look-back truncated)"
            )
    return "; ".join(dict.fromkeys(said))
