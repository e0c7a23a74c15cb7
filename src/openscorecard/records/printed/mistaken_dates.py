"""Headers that a spreadsheet has turned into days: `Jun-22` became 22 June of this year.

Excel and LibreOffice do that when `Jun-22` is typed or a text file is opened. Read as it stands,
every figure would go to another year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from openscorecard.errors import InputError
from openscorecard.findings import Finding, Severity
from openscorecard.periods import Month, day_in_words
from openscorecard.records.printed.grid import Grid, quoted, warning
from openscorecard.records.printed.header import Header
from openscorecard.records.printed.headers import Role
from openscorecard.records.printed.months import date_of

_REMEDY = (
    "write the months as 2022-06 or June 2022, in cells of the format Text where it is a workbook"
)
_DAYS_AS_YEARS = range(10, 28)  # month ends and first days are dates that people do write
_MID_MONTH = 15


def days_for_months(grid: Grid, header: Header) -> InputError | None:
    """The error where the month headers are days without a year, or days that read as years."""
    place = grid.place(header.line.number)
    days = [item.text for item in header.headings if item.day_month]
    if len(days) >= 2 or (days and not header.months):
        named = ", ".join(map(quoted, days[:3])) + (" and more" if len(days) > 3 else "")
        return InputError(
            f"month headers are days without a year ({named}): a spreadsheet turns a month such "
            "as Jun-21 into 21 June",
            where=place,
            todo=_REMEDY,
        )
    dates = _dates(header)
    if len({date.day for date in dates}) > 1 and _days_read_as_years(dates):
        return InputError(
            f"month headers are days ({_some(dates)}) that make consecutive months only when "
            f"their days are read as years ({_meant(dates[0])}, {_meant(dates[1])}): a "
            "spreadsheet has turned the months into days of one year",
            where=place,
            todo=_REMEDY,
        )
    return None


def date_findings(grid: Grid, header: Header, table: int) -> list[Finding]:
    """Where all headers are one day of the month that may be meant as a year."""
    dates = _dates(header)
    days = {date.day for date in dates}
    if len(dates) < 2 or len(days) != 1 or not days <= set(_DAYS_AS_YEARS):
        return []
    (day,) = days
    if any(date.year <= 2000 + day for date in dates):
        return []
    text = (
        f"The month headers of table {table} are the days {_some(dates)}, and were read as months "
        f"of {dates[0].year}. A spreadsheet makes that of {_meant(dates[0])}, "
        f"{_meant(dates[1])}: if these are meant, every figure stands in a wrong year; {_REMEDY}."
    )
    place = grid.place(header.line.number)
    if day == _MID_MONTH:
        return [warning("months-as-days", text, place)]
    return [Finding("months-as-days", Severity.ERROR, text, place=place)]


def _dates(header: Header) -> list[dt.date]:
    """The dates of the month columns that are written with their day, in the file's order."""
    found = []
    for index, item in enumerate(header.headings):
        if item.role is Role.MONTH and header.line.cell(index).spread != "across":
            date = header.line.cell(index).date or date_of(item.text)
            if date is not None:
                found.append(date)
    return found


def _days_read_as_years(dates: Sequence[dt.date]) -> bool:
    meant = [Month(2000 + date.day, date.month) for date in dates]
    stands = [Month(date.year, date.month) for date in dates]
    return _consecutive(meant) and not _consecutive(stands)


def _consecutive(months: Sequence[Month]) -> bool:
    steps = {later.minus(one) for one, later in pairwise(months)}
    return steps in ({1}, {-1})


def _meant(date: dt.date) -> str:
    return Month(2000 + date.day, date.month).short


def _some(dates: Sequence[dt.date]) -> str:
    shown = [day_in_words(date) for date in dates[:2]]
    return ", ".join(shown) + (" and so on" if len(dates) > 2 else "")
