"""The months that headers name, in the forms in which people and spreadsheets write them."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from openscorecard.periods import Month

_NAMES = {
    name: number
    for number in range(1, 13)
    for name in (calendar.month_name[number].lower(), calendar.month_abbr[number].lower())
} | {"sept": 9}

_NAME = "|".join(sorted(_NAMES, key=len, reverse=True))
# 31 December 2020, Dec-20, Dec 2020, Sept'20, Dec. 2020
_NAMED = (
    rf"(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[\s/.-]+)?\b(?P<name>{_NAME})\b\.?"
    r"[\s/.,'’_-]*(?P<year>[0-9]{4}|[0-9]{2})(?![0-9])"
)
# 2020-12, 2020/12, 2020-12-31, 2020-12-31 00:00:00
_ISO = (
    r"(?<![0-9])(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})(?:[-/.](?P<day>[0-9]{1,2}))?"
    r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?(?![0-9/-])"
)
# 31/12/2020, 31/12/20 (day first, as in Britain), 12/2020
_BRITISH = (
    r"(?<![0-9/-])(?:(?P<day>[0-9]{1,2})[-/.](?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4}|[0-9]{2})"
    r"|(?P<only_month>[0-9]{1,2})[-/.](?P<its_year>[0-9]{4}))(?![0-9/-])"
)
_BEFORE = r"(?:(?:month ending|month to|as at|(?:at )?end of|month of)\s+)?"
_NOTE = r"provisional|prov\.?|p|revised|rev\.?|r|latest|current|actuals?|final"
# A note on the month: Sep-23*, Sep-23¹, Sep-23 (1), Sep-23 [note 1], Sep-23 p, Sep-23 (prov)
_AFTER = (
    rf"(?:\s*(?:[*†‡]{{1,3}}|[¹²³⁰⁴-⁹]{{1,3}}|\[(?:[a-z]|(?:note )?[0-9]{{1,2}})\]"
    rf"|\((?:{_NOTE}|(?:note )?[0-9]{{1,2}})\))|\s+(?:{_NOTE})){{0,3}}"
)
_FORMS = (_NAMED, _ISO, _BRITISH)
_COMPACT = re.compile(r"(?P<year>20[0-9]{2})(?P<month>0[1-9]|1[0-2])")  # 202104
_WHOLE = tuple(re.compile(f"{_BEFORE}{form}{_AFTER}", re.IGNORECASE) for form in _FORMS)
_WITHIN = tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)
_DAY_MONTH = re.compile(rf"[0-9]{{1,2}}(?:st|nd|rd|th)?[\s/.-]?(?:{_NAME})\.?", re.IGNORECASE)
_BARE = re.compile(rf"(?:{_NAME})\.?", re.IGNORECASE)


def month_of(text: str) -> Month | None:
    """The month that a whole header names, or None.

    >>> [str(month_of(text)) for text in ("Dec-20", "Sept 2020", "31/12/2020", "12/2020")]
    ['2020-12', '2020-09', '2020-12', '2020-12']
    >>> month_of("20-Dec"), month_of("2019-20"), month_of("12/31/2020")
    (None, None, None)
    """
    if len(text) > 40 or not any(sign.isdigit() for sign in text):
        return None
    for form in _WHOLE:
        match = form.fullmatch(text)
        if match:
            return _month(match)
    compact = _COMPACT.fullmatch(text)
    return _month(compact) if compact else None


def is_compact(text: str) -> bool:
    """Whether a month is written as `202104`, which could also be a figure."""
    return _COMPACT.fullmatch(text) is not None


def is_financial_year(text: str) -> bool:
    """Whether a month written as `2010/11` may be a financial year as well.

    >>> is_financial_year("2010/11"), is_financial_year("2010/12")
    (True, False)
    """
    match = re.fullmatch(r"([0-9]{4})/([0-9]{2})", text.strip())
    return match is not None and int(match[2]) == (int(match[1]) + 1) % 100


def is_day_month(text: str) -> bool:
    """Whether the header is a day without a year: `21-Jun`, which spreadsheets make of Jun-21."""
    return _DAY_MONTH.fullmatch(text) is not None


def date_of(text: str) -> dt.date | None:
    """The date that a whole header names with its day."""
    for form in _WHOLE:
        match = form.fullmatch(text) if len(text) <= 40 else None
        month = _month(match) if match and match.groupdict().get("day") else None
        if match and month:
            return dt.date(month.year, month.number, int(match["day"]))
    return None


def months_in(text: str) -> tuple[Month, ...]:
    """The months named anywhere in a header: `% change from May-21`."""
    found = [_month(match) for form in _WITHIN for match in form.finditer(text)]
    return tuple(month for month in found if month is not None)


def is_bare_month(text: str) -> bool:
    """Whether the header is a month without its year, which cannot be placed."""
    return _BARE.fullmatch(text) is not None


def _month(match: re.Match[str]) -> Month | None:
    parts = match.groupdict()
    digits = parts.get("year") or parts.get("its_year") or ""
    year = int(f"20{digits}" if len(digits) == 2 else digits)
    if parts.get("name"):
        number = _NAMES[parts["name"].lower()]
    else:
        number = int(parts.get("month") or parts.get("only_month") or 0)
    if not (1 <= number <= 12 and 1990 <= year <= 2100):
        return None
    day = int(parts.get("day") or 1)
    return Month(year, number) if 1 <= day <= calendar.monthrange(year, number)[1] else None
