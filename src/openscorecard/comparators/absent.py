"""Why an area has no value: withheld, not applicable, not there in the year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from openscorecard.catalogue.published_measures import How, PublishedMeasure
from openscorecard.comparators.symbols import SHORT, Status

if TYPE_CHECKING:
    from openscorecard.comparators.cell import Area, Cell
    from openscorecard.comparators.lookup import Lookup
    from openscorecard.comparators.published import Published

VALUE = Status.VALUE.value
NOT_THERE, NO_POPULATION, NOT_PUBLISHED = "not-there", "no-population", "not-published"
NO_NEIGHBOURS, NONE_ASKED = "no-neighbours", "none-asked"
_WORDS = {
    NO_POPULATION: "no population loaded",
    NOT_PUBLISHED: "not in the files",
    NO_NEIGHBOURS: "no list has it",
    NONE_ASKED: "",
}


def why_absent(measure: PublishedMeasure, how: How, published: Lookup, year: int, code: str) -> str:
    """The code of the reason for which `sums.made` gives nothing."""
    if published.gone(code, year):
        return NOT_THERE
    without = NOT_PUBLISHED
    for cell in _asked(measure, how, published, year, code):
        if cell.value is None:
            return cell.status.value
        without = NO_POPULATION  # a figure is there, and cannot be made into what is asked for
    return without


def short_words(status: str) -> str:
    """As a table has room for it, its year standing elsewhere."""
    return "not there" if status == NOT_THERE else words_of(status, 0)


def words_of(status: str, year: int) -> str:
    """
    >>> words_of("suppressed", 2020), words_of("not-there", 2020)
    ('withheld', 'not there in 2020')
    """
    if status == NOT_THERE:
        return f"not there in {year}"
    return _WORDS[status] if status in _WORDS else SHORT[Status(status)]


def life_note(published: Published, council: Area, year: int) -> str:
    """What a reader has to know of a council that is not there in the year; "" for one that is."""
    there = {one.code for one in published.councils(year)}
    if not there or not council.years or year in council.years:
        return ""
    if published.in_year(council.code, year) in there:
        return ""
    first, last = council.years[0], council.years[-1]
    others = [one for one in published.namesakes(council) if year in one.years]
    codes = ", ".join(one.code for one in others)
    name = f"{council.name} ({council.code})"
    # A council begins on 1 April and ends on 31 March, and a year is named by its end.
    if year < first:
        begins = f"{name} begins in {first - 1}, its first year being that to March {first}"
        return begins + (f"; before it: {codes}." if codes else ".")
    if year > last:
        ends = f"{name} ends in {last}, with the year to March {last}"
        return ends + (f"; after it: {codes}." if codes else ".")
    return f"{name} is not there in {year}."


def _asked(
    measure: PublishedMeasure, how: How, published: Lookup, year: int, code: str
) -> Iterator[Cell]:
    """The cells that a value would rest on, the best first."""
    numbers = [name for names in measure.number for name in names]
    if how.is_share:
        series = [*measure.percentage]
    elif how.is_number:
        series = [*numbers, *measure.rate]
    else:
        series = [*measure.rate, *numbers]
    for name in series:
        cell = published.cell(name, year, code)
        if cell is not None:
            yield cell
