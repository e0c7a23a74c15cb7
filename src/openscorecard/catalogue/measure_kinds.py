"""Whether a figure can be made from what is written, in the way that its kind and unit say."""

from __future__ import annotations

from collections.abc import Iterator

from openscorecard.catalogue.indicator import Kind
from openscorecard.catalogue.layers import Layered
from openscorecard.catalogue.measure import Measure
from openscorecard.catalogue.measures_in_month import InMonth, Lying, Shape, WrittenMeasure
from openscorecard.catalogue.places import Place
from openscorecard.catalogue.written import Mistake
from openscorecard.periods import Month
from openscorecard.records.standard import table
from openscorecard.units import Unit

# Kind -> how the rows of its measure may lie in months.
_FITTING: dict[Kind, tuple[Lying, ...]] = {
    Kind.FLOW: (Lying.FLOW,),
    Kind.STOCK: (Lying.STOCK, Lying.AT_LOAD),
    Kind.OVERLAP: (Lying.OVERLAP,),
    Kind.AS_OF: (Lying.STOCK, Lying.AT_LOAD),
    Kind.RATIO: (Lying.FLOW, Lying.STOCK, Lying.OVERLAP, Lying.AT_LOAD),
    Kind.RATE: (),
    Kind.SUPPLIED: (),
}


def of_a_fitting_kind(all_: InMonth) -> Iterator[Mistake]:
    """Each figure can be made from what is written, and in the way that its kind says."""
    for item in all_.on_the_page():
        kind, unit = item.table.value("kind"), item.table.value("unit")
        definition = all_.definitions.get(item.name)
        if kind is None or unit is None or definition is None or item.name in all_.unreadable:
            continue
        one = all_.measures.get(item.name)
        rows = one is not None and bool(one.measure.of or one.measure.any_of)
        if kind is Kind.SUPPLIED:
            for key in ("measure", "stand_in"):
                if key in definition.keys:
                    text = f"{item.name} is supplied by another team, and so has no {key}"
                    yield Mistake(definition.keys[key].place, text)
        elif one is not None and rows:
            shape = all_.shape_of(one.measure)
            if shape is not None:
                yield from _own_rows(one, kind, unit, shape)
                yield from _over_its_denominator(all_, item, one, unit, shape)
        else:
            yield from _of_others(item, one, unit, definition.place, definition.value("from"))


def _own_rows(one: WrittenMeasure, kind: Kind, unit: Unit, shape: Shape) -> Iterator[Mistake]:
    if unit.is_rate:
        text = 'a rate is a count for a population: name the count by "numerator" or "sum_of"'
        yield one.wrong(f"{text}, and leave out the rows")
        return
    fitting = _FITTING[kind]
    if fitting and shape.lying not in fitting:
        wanted = " or ".join(f'"{lying.value}"' for lying in fitting)
        has = f'here by "{shape.lying.value}"' if shape.lying.value else "here by nothing"
        yield one.wrong(f'rows of kind "{kind}" lie in months by {wanted}, and {has}')
    if (unit is Unit.PERCENT or kind is Kind.AS_OF) and not shape.tested:
        what = "percentage" if unit is Unit.PERCENT else "count of kind as-of"
        yield one.wrong(f'a {what} says by a "test" which of its rows are met')


def _over_its_denominator(
    all_: InMonth, item: Layered, one: WrittenMeasure, unit: Unit, shape: Shape
) -> Iterator[Mistake]:
    """A percentage of rows is out of the denominator that the page is checked against."""
    denominator = item.table.value("denominator")
    if unit is not Unit.PERCENT or not denominator or all_.shape(denominator) is None:
        return
    measure: Measure | None = one.measure
    while measure is not None and not measure.where and measure.of != denominator:
        parent = all_.measures.get(measure.of)
        measure = None if parent is None else parent.measure
    there = all_.shape(denominator)
    if measure is None or measure.where or there is None or there.counts != shape.counts:
        text = f"it is out of other rows than {denominator}, which is its denominator"
        yield one.wrong(f'{text}: write "of" that, or denominator = ""')


def _of_others(
    item: Layered, one: WrittenMeasure | None, unit: Unit, place: Place, since: Month
) -> Iterator[Mistake]:
    """A percentage of two figures, a rate of one, or (which is wrong) a count of nothing."""
    measure = Measure() if one is None else one.measure
    here = place if one is None else one.at()
    if unit is Unit.COUNT:
        text = f"{item.name} has no measure from {since}: nothing says what is counted; "
        text += 'if another team sends it, its kind is "supplied"'
        if one is not None:
            text = f'{item.name} is a count, which has rows by "of" or "any_of"'
        yield Mistake(here, text)
        return
    lacks = []
    numerator = item.table.keys.get("numerator")
    if not measure.sum_of and (numerator is None or numerator.value == ""):
        lacks.append("numerator")
    denominator = item.table.keys.get("denominator")
    stands_there = denominator is not None and denominator.value != ""
    if unit is Unit.PERCENT and not measure.denominator and not stands_there:
        lacks.append("denominator")
    if unit.is_rate and measure.denominator and one is not None:
        text = "a rate is for the council's population: leave the denominator out"
        yield one.wrong(text, "denominator")
    if lacks:
        text = f"{item.name} has neither a measure of its own rows from {since} nor a "
        yield Mistake(here, text + " and a ".join(lacks))


def stand_ins_stand_in(all_: InMonth) -> Iterator[Mistake]:
    """A stand-in is for a table that the measure reads, does without it, and lies in months as the
    measure does."""
    for one in all_.stand_ins:
        main = all_.measures.get(one.title)
        if main is None:
            if one.title not in all_.unreadable:
                yield one.wrong("a stand-in needs a measure that it stands in for", "without")
            continue
        if table(one.without) is None:
            continue
        if one.without not in _tables(all_, main.measure, set()):
            text = f'"without" names {one.without}, which its measure does not read'
            yield one.wrong(text, "without")
        if one.without in _tables(all_, one.measure, set()):
            text = f"it stands in where {one.without} is missing, and reads it"
            yield one.wrong(text, "without")
        here, there = all_.shape_of(one.measure), all_.shape(one.title)
        if here is not None and there is not None:
            if here.lying is not there.lying:
                yield one.wrong("a stand-in lies in months as the measure does", "without")
            if here.tested is not there.tested:
                yield one.wrong("a stand-in has a test if the measure has one", "without")


def _tables(all_: InMonth, measure: Measure, seen: set[str]) -> set[str]:
    """Every standard table that a measure reads, by whatever way."""
    found = set()
    conditions = (*measure.where, *measure.test)
    named = [measure.of, *measure.any_of, *(one.of for one in measure.lookups)]
    named += [one.among or one.not_among for one in conditions]
    for name in filter(None, named):
        if table(name) is not None:
            found.add(name)
        elif name in all_.measures and name not in seen:
            seen.add(name)
            found |= _tables(all_, all_.measures[name].measure, seen)
    if any("date_of_birth" in one.sql for one in conditions):
        found.add("ssd_person")
    return found
