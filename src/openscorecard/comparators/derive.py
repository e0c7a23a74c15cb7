"""What stands beside one indicator: the published values made into its own unit and month.

England and the region by the stated sum, the neighbours as the mean of theirs, every council of
England for rank and funnel, and ten years of each. Exact fractions; every sum is shown.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from openscorecard.catalogue.indicator import Direction, Indicator
from openscorecard.catalogue.published_measures import BY_ID, How, PublishedMeasure
from openscorecard.comparators import absent
from openscorecard.comparators.absent import NONE_ASKED, why_absent
from openscorecard.comparators.beside import (
    ENGLAND,
    Beside,
    BesideValue,
    PublishedFigure,
    Trend,
)
from openscorecard.comparators.lookup import Lookup
from openscorecard.comparators.measures import (
    ENGLAND_CODE,
    REGIONS,
    is_out,
    period,
    region_code,
)
from openscorecard.comparators.neighbours import neighbours_mean, neighbours_value
from openscorecard.comparators.rank import quartile, rank
from openscorecard.comparators.sums import equivalent, made
from openscorecard.periods import Month

if TYPE_CHECKING:
    from openscorecard.comparators.published import Published

TREND_YEARS = 10
_MONTHS = tuple(name.casefold() for name in calendar.month_name[1:])
_MONTH = re.compile(rf"({'|'.join(_MONTHS)})\s+(\d{{4}})")
NEIGHBOURS = "Statistical neighbours"


@dataclass(frozen=True, slots=True)
class Where:
    """Whose page it is. `la` is the council's nine-character code, "" for one that stands in no
    table; `region` a region's code, "" for none; `neighbours` are codes, nearest first, and
    `listed` says by which list."""

    la: str = ""
    region: str = ""
    neighbours: tuple[str, ...] = ()
    listed: str = ""


def where(
    published: Published,
    la: str = "",
    region: str = "",
    neighbours: Sequence[str] = (),
    at: Month | int | None = None,
) -> Where:
    """The areas to set beside: a council by code, three digits or name, its region by name (else
    the files' own), its neighbours as named, else by the newest list (for a page, the newest that
    was there by its month, if one was). What is not found is left out; `published.council` says
    whether it is."""
    area = published.council(la) if la else None
    code = "" if area is None else area.code
    at_region = region_code(region)
    if not at_region and code:
        found = published.region_of(code)
        at_region = "" if found is None else region_code(found.code)
    if neighbours:
        named = [published.council(one) for one in neighbours]
        chosen = tuple(one.code for one in named if one is not None)
        return Where(code, at_region, chosen, "the settings")
    edition = _list_by(published.neighbour_editions(), at)
    listed = published.neighbours(code, edition) if code and edition else ()
    return Where(code, at_region, tuple(listed), f"the list of {edition}" if listed else "")


def _list_by(editions: Sequence[str], at: Month | int | None) -> str:
    """The newest edition of the neighbours' list, for a month the newest dated by then."""
    if isinstance(at, Month):
        for edition in editions:
            dated = _MONTH.search(edition.casefold())
            if dated and Month(int(dated[2]), 1 + _MONTHS.index(dated[1])) <= at:
                return edition
    return editions[0] if editions else ""


def beside(indicator: Indicator, published: Lookup, area: Where, at: Month | int) -> Beside | None:
    """What is published beside the indicator: of the year asked for, or for a page of a month the
    newest year that was out by then. None where nothing is published or loaded."""
    says = indicator.beside
    if says is None or says.how is None:
        return None
    measure, how = BY_ID[says.measure], says.how
    year = at if isinstance(at, int) else newest_year(measure, how, published, area, at)
    if year is None:
        return None
    of_england = made(measure, how, published, year, ENGLAND_CODE)
    values = _values(measure, how, published, area, year)
    councils = _councils(measure, how, published, year)
    if not values and not councils:
        return None
    la = published.in_year(area.la, year) if area.la else ""
    own = next((one for one in councils if one.code == la), None)
    every = [one.value for one in councils]
    # A number depends on how large a council is: its rank is by size, and no quarter is the best.
    direction = Direction.NONE if how.is_number else indicator.preferred_direction
    return Beside(
        ref=indicator.ref,
        measure=f"100% less {measure.title}" if how is How.COMPLEMENT else measure.title,
        how=how.value,
        year=year,
        period=period(measure, year),
        edition=of_england.edition if of_england is not None else _any_edition(values),
        source=measure.publication,
        values=values,
        councils=councils,
        neighbours=tuple(published.in_year(code, year) for code in area.neighbours),
        own=own,
        rank=None if own is None else rank(own.value, every, direction),
        of=len(every),
        quartile=None if own is None else quartile(own.value, every, direction),
        trends=_trends(measure, how, published, area, year),
        differs=says.differs,
        statuses=_statuses(measure, how, published, area, year, values, own),
    )


def _statuses(
    measure: PublishedMeasure, how: How, published: Lookup, area: Where, year: int,
    values: Sequence[BesideValue], own: PublishedFigure | None,
) -> tuple[tuple[str, str], ...]:  # fmt: skip
    """Whether own, sn, eng and region have a value, and why not."""
    have = {one.key for one in values} | ({"own"} if own is not None else set())
    found = dict.fromkeys(have, absent.VALUE)
    for key, code in (("own", area.la), ("eng", ENGLAND_CODE), ("region", area.region)):
        if key not in have:
            found[key] = why_absent(measure, how, published, year, code) if code else NONE_ASKED
    if "sn" not in have:
        found["sn"] = (
            absent.NOT_PUBLISHED if area.neighbours
            else absent.NO_NEIGHBOURS if area.la else NONE_ASKED
        )  # fmt: skip
    return tuple((key, found[key]) for key in ("own", "sn", "eng", "region"))


def lookup(
    catalogue: Iterable[Indicator], published: Published, area: Where, at: Month | int
) -> Lookup:
    """A reader of all that `all_beside` and the findings ask for, read at once."""
    indicators = [one for one in catalogue if one.beside is not None and one.beside.how]
    years = {at} if isinstance(at, int) else _newest_years(indicators, published, at)
    codes = (ENGLAND_CODE, area.region, area.la, *area.neighbours)
    return Lookup(published, series_of(indicators), years, codes)


def all_beside(
    catalogue: Iterable[Indicator], published: Lookup, area: Where, at: Month | int
) -> dict[str, Beside]:
    """What stands beside each indicator that names a measure, by ref."""
    found = ((one.ref, beside(one, published, area, at)) for one in catalogue)
    return {ref: one for ref, one in found if one is not None}


def _newest_years(indicators: Iterable[Indicator], published: Published, month: Month) -> set[int]:
    """Of each series the newest year that was out by the month."""
    years = set()
    for one in indicators:
        assert one.beside is not None
        measure = BY_ID[one.beside.measure]
        for name in measure.series:
            out = [year for year in published.years(name) if is_out(measure, year, month)]
            years |= {max(out)} if out else set()
    return years


def series_of(indicators: Iterable[Indicator]) -> tuple[str, ...]:
    """Every series that the indicators may stand beside, to be read at once."""
    says = [one.beside for one in indicators if one.beside is not None and one.beside.how]
    found = dict.fromkeys(name for one in says for name in BY_ID[one.measure].series)
    stocks = [BY_ID[BY_ID[one.measure].stock] for one in says if BY_ID[one.measure].stock]
    found |= dict.fromkeys(name for one in stocks for name in one.series)
    return tuple(found)


def newest_year(
    measure: PublishedMeasure, how: How, published: Lookup, area: Where, month: Month
) -> int | None:
    """The newest year that was out by the month and that has England, or else the region."""
    years = {year for name in measure.series for year in published.years(name)}
    for year in sorted((one for one in years if is_out(measure, one, month)), reverse=True):
        for code in filter(None, (ENGLAND_CODE, area.region)):
            if made(measure, how, published, year, code) is not None:
                return year
    return None


def _values(
    measure: PublishedMeasure, how: How, published: Lookup, area: Where, year: int
) -> tuple[BesideValue, ...]:
    """The neighbours, England and the region, as far as they are published."""
    found = []
    when, source = period(measure, year), measure.publication
    mean = neighbours_mean(measure, how, published, area, year)
    if mean is not None:
        found.append(
            BesideValue("sn", NEIGHBOURS, mean.value, when, mean.edition, source, mean.formula,
                        mean.full_edition)
        )  # fmt: skip
    for key, code, name in (
        ("eng", ENGLAND_CODE, ENGLAND),
        ("region", area.region, REGIONS.get(area.region, "")),
    ):
        one = made(measure, how, published, year, code) if code else None
        if one is not None:
            made_of = equivalent(one, how, code, year)
            found.append(
                BesideValue(key, name, made_of.value, when, one.edition, source, made_of.formula,
                            one.full_edition)
            )  # fmt: skip
    return tuple(found)


def _councils(
    measure: PublishedMeasure, how: How, published: Lookup, year: int
) -> tuple[PublishedFigure, ...]:
    """Every council of England that has a value in the year, in order of name."""
    found: dict[str, PublishedFigure] = {}
    for area in published.councils(year):
        one = made(measure, how, published, year, area.code)
        if one is None:
            continue
        worked = equivalent(one, how, area.code, year)
        found[area.code] = PublishedFigure(
            area.code, area.name, worked.value, one.numerator, one.denominator, worked.formula
        )
    return tuple(sorted(found.values(), key=lambda one: one.name))


def _trends(
    measure: PublishedMeasure, how: How, published: Lookup, area: Where, last: int
) -> tuple[Trend, ...]:
    """Ten years to `last` of the council, its neighbours, England and the region."""
    own = published.council(area.la) if area.la else None
    lines: list[tuple[str, str, dict[int, Fraction]]] = []
    for key, code, name in (
        ("own", area.la, "" if own is None else own.name),
        ("sn", "", NEIGHBOURS),
        ("eng", ENGLAND_CODE, ENGLAND),
        ("region", area.region, REGIONS.get(area.region, "")),
    ):
        points: dict[int, Fraction] = {}
        for year in range(last - TREND_YEARS + 1, last + 1):
            if key == "sn":
                mean = neighbours_value(measure, how, published, area, year)
                if mean is not None:
                    points[year] = mean
            elif code and (one := made(measure, how, published, year, code)) is not None:
                points[year] = equivalent(one, how, code, year).value
        lines.append((key, name, points))
    return tuple(Trend(key, name, tuple(points.items())) for key, name, points in lines if points)


def _any_edition(values: Sequence[BesideValue]) -> str:
    return values[0].edition if values else ""
