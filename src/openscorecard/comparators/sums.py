"""One area's published number of a year, and its month's equivalent, with the sum in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from openscorecard.catalogue.published_measures import How, PublishedMeasure, Sum
from openscorecard.comparators.measures import councils_in, plain_number
from openscorecard.statistics.ranges import printed

if TYPE_CHECKING:
    from openscorecard.comparators.cell import Cell
    from openscorecard.comparators.lookup import Lookup

PER, MONTHS, WHOLE = 10_000, 12, Fraction(100)


@dataclass(frozen=True, slots=True)
class Made:
    """A year's published number of one area, before it is made a month's: `words` show how it came
    about ("170.5 section 47 enquiries per 10,000 x 12,023,568 children / 10,000"). `worked_out`
    says out of what, for one that is not published as it is ("rate x children / 10,000").
    """

    number: Fraction
    words: str
    edition: str
    full_edition: str
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    worked_out: str = ""


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A month's equivalent and its sum."""

    value: Fraction
    formula: str


def made(
    measure: PublishedMeasure, how: How, published: Lookup, year: int, code: str
) -> Made | None:
    """The area's number of the year as `how` needs it; None where none is published."""
    if how.is_share:
        return _share(measure, how, published, year, code)
    if how.is_number:
        return _number(measure, published, year, code)
    return _rate(measure, published, year, code)


def equivalent(found: Made, how: How, code: str, year: int) -> Equivalent:
    """The number made a month's and a council's, as DESIGN says of comparators."""
    councils = councils_in(code, year)
    value, steps = found.number, []
    if how in (How.COUNT, How.RATE):
        value, steps = value / MONTHS, ["12 months"]
    if how.is_number and councils > 1:
        value = value / councils
        steps.append(f"{councils} councils")
    if how.is_share or not steps:
        return Equivalent(value, found.words)
    return Equivalent(value, f"{' / '.join([found.words, *steps])} = {printed(value, 1)}")


def total(
    alternatives: Sequence[Sum], published: Lookup, year: int, code: str
) -> tuple[Fraction, tuple[Cell, ...]] | None:
    """The first alternative that the files have for the area: added up, with its cells. One of
    which a cell is withheld is not replaced by another."""
    for names in alternatives:
        cells = [published.cell(name, year, code) for name in names]
        known = [cell for cell in cells if cell is not None]
        if len(known) < len(names):
            continue
        values = [cell.value for cell in known if cell.value is not None]
        return (sum(values, Fraction(0)), tuple(known)) if len(values) == len(names) else None
    return None


def _number(measure: PublishedMeasure, published: Lookup, year: int, code: str) -> Made | None:
    found = total(measure.number, published, year, code)
    if found is not None:
        number, cells = found
        words = plain_number(number)
        if len(cells) > 1:
            words = f"({' + '.join(plain_number(cell.value or Fraction(0)) for cell in cells)})"
        population = _population(published, year, code)
        below = None if population is None else population.value
        return Made(number, f"{words} {measure.title}", *_from(cells), number, below)
    rate, population = (
        _first(measure.rate, published, year, code),
        _population(published, year, code),
    )
    if rate is None or rate.value is None or population is None or population.value is None:
        return None
    number = rate.value * population.value / PER
    children = _children(population, year)
    words = (
        f"{plain_number(rate.value)} {measure.title} per 10,000 x "
        f"{plain_number(population.value)} {children} / 10,000"
    )
    worked_out = f"rate x {children} / 10,000"
    return Made(number, words, *_from((rate,)), None, population.value, worked_out)


def _rate(measure: PublishedMeasure, published: Lookup, year: int, code: str) -> Made | None:
    cell = _first(measure.rate, published, year, code)
    found = total(measure.number, published, year, code)
    number = None if found is None else found[0]
    population = _population(published, year, code)
    below = None if population is None else population.value
    if cell is not None:
        if cell.value is None:
            return None
        words = f"{plain_number(cell.value)} {measure.title} per 10,000 children aged 0 to 17"
        return Made(cell.value, words, *_from((cell,)), number, below)
    if found is None or not below or population is None:
        return None
    children = _children(population, year)
    words = f"{plain_number(found[0])} {measure.title} x 10,000 / {plain_number(below)} {children}"
    worked_out = f"number x 10,000 / {children}"
    return Made(found[0] * PER / below, words, *_from(found[1]), number, below, worked_out)


def _share(
    measure: PublishedMeasure, how: How, published: Lookup, year: int, code: str
) -> Made | None:
    cell = _first(measure.percentage, published, year, code)
    if cell is None or cell.value is None:
        return None
    top = total(measure.number, published, year, code)
    bottom = total(measure.whole, published, year, code)
    below = None if bottom is None else bottom[0]
    above = None if top is None else top[0]
    shown = f"{plain_number(cell.value)}%"
    if how is How.PERCENTAGE:
        words = f"{shown} as published: {measure.title}"
        return Made(cell.value, words, *_from((cell,)), above, below)
    rest = WHOLE - cell.value
    above = None if above is None or below is None else below - above
    words = f"100% - {shown} {measure.title} = {plain_number(rest)}%"
    return Made(rest, words, *_from((cell,)), above, below)


def _first(names: Sequence[str], published: Lookup, year: int, code: str) -> Cell | None:
    """The area's cell in the first series that has it."""
    for name in names:
        cell = published.cell(name, year, code)
        if cell is not None:
            return cell
    return None


def _population(published: Lookup, year: int, code: str) -> Cell | None:
    """Children aged 0 to 17 in the middle of the year before: that of the rates published for the
    year ended 31 March."""
    return published.population(code, year - 1)


def _children(population: Cell, year: int) -> str:
    return f"children aged 0 to 17 in mid-{year - 1} (edition {population.edition_words})"


def _from(cells: Sequence[Cell]) -> tuple[str, str]:
    """The edition in words and in full, each once where several cells agree."""
    editions = dict.fromkeys(cell.edition_words for cell in cells)
    in_full = dict.fromkeys(cell.edition for cell in cells)
    return ", ".join(editions), ", ".join(in_full)
