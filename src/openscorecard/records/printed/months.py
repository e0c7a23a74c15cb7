"""The months that headers name, in the forms in which people and spreadsheets write them."""

from __future__ import annotations

import calendar
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
_AFTER = r"(?:\s*(?:\*+|\[[a-z]\]|\((?:provisional|prov\.?|p|revised|r|latest|current)\)))?"
_FORMS = (_NAMED, _ISO, _BRITISH)
_WHOLE = tuple(re.compile(f"{_BEFORE}{form}{_AFTER}", re.IGNORECASE) for form in _FORMS)
_WITHIN = tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)
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
