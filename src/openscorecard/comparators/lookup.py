"""Many cells of the published figures, each found at once.

Of the years named all areas are read, of the areas named all years; what is asked beyond them is
read when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from openscorecard.comparators.cell import Area, Cell
from openscorecard.comparators.sources import POPULATION, series_name

if TYPE_CHECKING:
    from openscorecard.comparators.published import Published

POPULATION_SERIES = series_name(POPULATION, "population_estimate")


class Lookup:
    """A reader over `Published` that keeps what it has found. Not for more than one page."""

    def __init__(
        self,
        published: Published,
        series: Iterable[str] = (),
        years: Iterable[int] = (),
        codes: Iterable[str] = (),
    ) -> None:
        self.published = published
        self._whole_years = frozenset(years)
        self._codes = frozenset(code for code in codes if code)
        self._of_year: dict[tuple[str, int], dict[str, Cell]] = {}
        self._of_area: dict[tuple[str, str], dict[int, Cell]] = {}
        self._series_years: dict[str, tuple[int, ...]] = {}
        self._there: dict[int, frozenset[str]] = {}
        before = {year - 1 for year in self._whole_years}  # of which the population is
        every = (*series, POPULATION_SERIES)
        published.prepare(every, years=sorted(self._whole_years | before), codes=self._codes)

    def years(self, series: str) -> tuple[int, ...]:
        if series not in self._series_years:
            self._series_years[series] = self.published.years(series)
        return self._series_years[series]

    def cell(self, series: str, year: int, code: str) -> Cell | None:
        """One area's cell; None where the series is not loaded, has no such year, or lacks it."""
        if year not in self.years(series):
            return None
        if code in self._codes and year not in self._whole_years:
            return self._in_trend(series, code).get(year)
        key = (series, year)
        if key not in self._of_year:
            self._of_year[key] = {one.code: one for one in self.published.cells(series, year)}
        found = self._of_year[key].get(code)
        if found is None:  # under an older or a newer code, if at all
            found = self._of_year[key].get(self.published.in_year(code, year))
        return found if found is not None else self.published.cell(series, year, code)

    def population(self, code: str, year: int) -> Cell | None:
        """Children aged 0 to 17 in the middle of the year."""
        return self.cell(POPULATION_SERIES, year, code)

    def councils(self, year: int) -> tuple[Area, ...]:
        return self.published.councils(year)

    def council(self, key: str) -> Area | None:
        return self.published.council(key)

    def in_year(self, code: str, year: int) -> str:
        """The code that the council had in the year."""
        return self.published.in_year(code, year)

    def gone(self, code: str, year: int) -> bool:
        """Whether a council was not there in the year; no council is where no file tells."""
        if year not in self._there:
            self._there[year] = frozenset(one.code for one in self.councils(year))
        there, council = self._there[year], self.council(code)
        if not there or council is None or not council.years or year in council.years:
            return False
        return self.in_year(code, year) not in there

    def _in_trend(self, series: str, code: str) -> dict[int, Cell]:
        key = (series, code)
        if key not in self._of_area:
            self._of_area[key] = {one.year: one for one in self.published.trend(series, code)}
        return self._of_area[key]
