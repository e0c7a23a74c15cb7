"""What makes a year's number a month's equivalent: areas, how many councils, when it was out.

The list of published measures stands in catalogue/published_measures.py, since each indicator of
the catalogue names one of them.
"""

from __future__ import annotations

from fractions import Fraction

from openscorecard.catalogue.published_measures import PublishedKind, PublishedMeasure
from openscorecard.periods import Month
from openscorecard.statistics.ranges import half_up, printed

ENGLAND_CODE = "E92000001"
REGIONS: dict[str, str] = {
    "E12000001": "North East",
    "E12000002": "North West",
    "E12000003": "Yorkshire and The Humber",
    "E12000004": "East Midlands",
    "E12000005": "West Midlands",
    "E12000006": "East of England",
    "E12000007": "London",
    "E12000008": "South East",
    "E12000009": "South West",
}
_PARTS_OF_LONDON = ("E13000001", "E13000002")  # published as regions of their own

# Councils with children's services, by the first year ended 31 March from which on it holds.
# Of 2019-20 there were 151 after Bournemouth and Poole became one; the pages of that time divide by
# 152 (STATISTICS.md section 9), and so do we, for that year alone.
_COUNCILS: dict[str, tuple[tuple[int, int], ...]] = {
    ENGLAND_CODE: ((2013, 152), (2020, 152), (2021, 151), (2022, 152), (2024, 153)),
    "E12000001": ((2013, 12),),
    "E12000002": ((2013, 23), (2024, 24)),
    "E12000003": ((2013, 15),),
    "E12000004": ((2013, 9), (2022, 10)),
    "E12000005": ((2013, 14),),
    "E12000006": ((2013, 11),),
    "E12000007": ((2013, 33),),
    "E12000008": ((2013, 19),),
    "E12000009": ((2013, 16), (2020, 15)),
}


def councils_in(code: str, year: int) -> int:
    """How many councils an area's total is divided by, in the year ended 31 March; 1 for a council.

    Years before the first known take that one's number, later ones the last.
    """
    steps = _COUNCILS.get(code)
    if steps is None:
        return 1
    known = [number for first, number in steps if first <= year]
    return known[-1] if known else steps[0][1]


def region_code(name: str) -> str:
    """The code of a region by its name or code, whatever its letters; "" for what is none."""
    plain = " ".join(name.casefold().replace("&", "and").split()).removesuffix(" region")
    for code, region in REGIONS.items():
        if plain in (region.casefold(), code.casefold(), f"{region.casefold()} of england"):
            return code
    if plain in ("inner london", "outer london", *(one.casefold() for one in _PARTS_OF_LONDON)):
        return "E12000007"
    return ""


def is_out(measure: PublishedMeasure, year: int, month: Month) -> bool:
    """Whether a page of `month` may know the year ended 31 March of `year`.

    >>> from openscorecard.catalogue.published_measures import BY_ID
    >>> june = Month(2021, 6)
    >>> is_out(BY_ID["referrals"], 2020, june), is_out(BY_ID["referrals"], 2021, june)
    (True, False)
    """
    return Month(year, measure.out) <= month


def period(measure: PublishedMeasure, year: int) -> str:
    """What a year's number speaks of: `year ended March 2020`, `31 March 2020`."""
    if measure.kind is PublishedKind.STOCK:
        return f"31 March {year}"
    return f"year ended March {year}"


def plain_number(number: Fraction, most: int = 1) -> str:
    """As a formula shows it: `642,980`, `22.6`; at most so many decimals, none that are 0."""
    digits = 0
    while digits < most and half_up(number, digits) != half_up(number, most):
        digits += 1
    return printed(number, digits)
