"""What a header means, by its words and never by its position.

The lists below are the whole knowledge: a council that calls a column something else is served by
a line here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from openscorecard.periods import Month
from openscorecard.records.printed.grid import RawCell
from openscorecard.records.printed.months import (
    is_bare_month,
    is_day_month,
    is_financial_year,
    month_of,
    months_in,
)


class Role(StrEnum):
    """What a column holds. The values of those that the JSON names are its column names."""

    REF = "ref"
    NAME = "name"
    OWNER = "owner"
    REPORTER = "reporter"
    OWNER_AND_REPORTER = "owner and reporter"
    OUTCOME = "outcome"
    DIRECTION = "preferred_direction"
    MONTH = "month"
    CHANGE_MONTH = "change_month"
    CHANGE_YEAR = "change_year"
    AVERAGE = "average_12m"
    MAXIMUM = "maximum_12m"
    SN = "sn"
    ENG = "eng"
    REGION = "region"
    COMMENTARY = "commentary"
    UNIT = "unit"
    # of a long table: one line a figure
    PERIOD = "period"
    MEASURE = "measure"
    VALUE = "value"
    PRINTED = "printed"
    STATUS = "status"
    # and the rest
    CHANGE = "change"  # not yet said from when
    NOT_READ = "not read"  # known, but a printed page has no place for it
    UNKNOWN = "unknown"
    EMPTY = "empty"


COMPARATORS = (Role.SN, Role.ENG, Role.REGION)
CHANGES = (Role.CHANGE_MONTH, Role.CHANGE_YEAR)
BESIDE = (Role.AVERAGE, Role.MAXIMUM, *COMPARATORS)  # in the row's own unit
# The columns whose cells are figures, besides the months.
FIGURES = (*CHANGES, *BESIDE)
TEXTS = (Role.OWNER, Role.REPORTER, Role.OWNER_AND_REPORTER, Role.OUTCOME, Role.COMMENTARY)

# `kpi`, `measure` and `indicator` are weak: where a table has a better word for the reference (or
# the name), that word wins; see header.py.
WORDS: dict[Role, tuple[str, ...]] = {
    Role.REF: (
        "ref", "refs", "reference", "ref no", "ref number", "reference number", "id", "code",
        "indicator id", "indicator ref", "indicator reference", "indicator code", "kpi ref",
        "kpi id", "kpi no", "kpi number", "kpi code", "measure ref", "measure id", "pi ref",
        "pi no", "kpi",
    ),
    Role.NAME: (
        "indicator", "indicator name", "measure name", "name", "description", "title",
        "indicator description", "measure description", "kpi description", "kpi name",
        "performance indicator", "performance measure", "indicator title", "measure",
    ),
    Role.OWNER: ("owner", "lead", "lead officer", "indicator owner", "head of service",
                 "accountable", "accountable officer", "responsible owner", "service manager",
                 "responsible officer"),
    Role.REPORTER: ("reporter", "reported by", "reporting officer", "reporting manager",
                    "commentary by", "comment by", "commentator"),
    Role.DIRECTION: (
        "preferred dot", "preferred direction", "preferred direction of travel", "good is",
        "good to be", "good performance", "good performance is", "polarity", "better is",
        "desired direction", "desired dot", "desired direction of travel", "aim to",
    ),
    Role.AVERAGE: ("rolling average", "rolling avg", "average_12m", "rolling mean"),
    Role.MAXIMUM: ("rolling maximum", "rolling max", "maximum_12m"),
    Role.UNIT: ("unit", "units", "unit of measure", "unit of measurement"),
    Role.PERIOD: ("month", "period", "date", "reporting month", "reporting period"),
    Role.VALUE: ("value", "figure", "values"),
    Role.PRINTED: ("printed", "as printed", "printed value", "printed form"),
    Role.STATUS: ("status",),
    Role.NOT_READ: ("section", "service", "service area", "theme", "signal", "trend", "chart",
                    "sparkline", "order", "frequency", "note", "notes", "numerator",
                    "denominator", "verdict", "rag", "rag rating", "rag status"),
}  # fmt: skip
_BY_WORD = {word: role for role, words in WORDS.items() for word in words}

_PERIOD_12 = r"(?:12[\s-]?m|12[\s-]?(?:mnth|mth|month)s?|twelve[\s-]months?)"
_OVER = r"\.?[\s(,-]*(?:over |of |in )?(?:the )?(?:last )?"
_AVERAGE, _MAXIMUM = r"(?:avg|average|mean)", r"(?:max|maximum|highest|peak)"
_HEAD = r"(?:(?:comparators?|comparison|benchmark)\s*[:–-]\s*)?"
# "SN average (2019-20)", "England 2019/20"
_TAIL = (
    r"(?:[\s,–-]*(?:av|avg|ave|average|mean|benchmark|figure|rate)\.?)?"
    r"[\s(,]*(?:[0-9]{2,4}(?:[-/–][0-9]{2,4})?)?\)?"
)
_REGION_NAMES = (
    r"se|south[\s-]?east|sw|south[\s-]?west|nw|north[\s-]?west|ne|north[\s-]?east|"
    r"em|east midlands|wm|west midlands|eoe|east of england|eastern|east|london|inner london|"
    r"outer london|greater london|y&h|yh|yorks(?:hire)?(?: (?:and|&)(?: the)? humber)?"
)
PATTERNS: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        (Role.OWNER_AND_REPORTER,
         r"(?:owner|lead)s?\s*(?:/|&|\+|,|-|–|\band\b|\s|\()\s*reporters?\)?"),
        (Role.OUTCOME, r"outcomes?\b.*"),
        (Role.AVERAGE, rf"(?:rolling )?{_PERIOD_12}[\s.-]*(?:rolling )?{_AVERAGE}"),
        (Role.AVERAGE, rf"{_AVERAGE}{_OVER}{_PERIOD_12}\.?\)?"),
        (Role.MAXIMUM, rf"(?:rolling )?{_PERIOD_12}[\s.-]*(?:rolling )?{_MAXIMUM}"),
        (Role.MAXIMUM, rf"{_MAXIMUM}{_OVER}{_PERIOD_12}\.?\)?"),
        (Role.SN, rf"{_HEAD}(?:sns?|stat(?:istical)?\.?\s*"
                  rf"(?:neigh(?:bou?rs?|\.)?s?'?|nbrs?\.?|ns?)){_TAIL}"),
        (Role.ENG, rf"{_HEAD}(?:all[\s-])?(?:eng|england|national|nat){_TAIL}"),
        (Role.REGION, rf"{_HEAD}(?:(?:our )?(?:{_REGION_NAMES})(?: region(?:al)?)?"
                      rf"|(?:our )?region(?:al)?){_TAIL}"),
        (Role.COMMENTARY,
         r"(?:reporter'?s? |officers?'? |manager'?s? |analyst'?s? )?"
         r"(?:comment(?:ary|s)?|narrative)\b[^a-z]*"
         r"(?:[a-z]{3,9}[^a-z]*)?"),
        (Role.DIRECTION, r"(?:good|better|preferred|desired)\b.*\b(?:high|low|direction|dot)\b.*"),
        (Role.NOT_READ, r"(?:direction of travel|dot)\b.*"),
        (Role.NOT_READ, r"(?:.*\s)?targets?(?:[\s(:].*)?"),
        (Role.NOT_READ, r"(?:.*\s)?(?:ytd|year[\s-]to[\s-]date)(?:[\s(:].*)?"),
        # a financial year or a quarter of one
        (Role.NOT_READ, r"(?:fy ?|q[1-4] )?[0-9]{4}[-/–][0-9]{2}(?:[0-9]{2})?|q[1-4]\b[^a-z]*"),
        (Role.CHANGE, r".*\b(?:change|diff|difference|variance|movement)\b.*"),
    )
)  # fmt: skip
_LAST_YEAR = re.compile(
    r"(?:same|this) (?:month|period|time),? (?:in )?(?:the )?(?:last|previous|prior) year"
    r"|year[\s-]on[\s-]year|(?:last|previous|prior|on) year|12[\s-]?months? (?:ago|before)"
    r"|yearly|annual|change_year|a year (?:ago|before)"
)
_LAST_MONTH = re.compile(
    r"(?:last|previous|prior) month|month[\s-]on[\s-]month|monthly|change_month|\bon month"
    r"|a month (?:ago|before)"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """One header cell. `month` for a month column, and for a commentary that names its month.

    For a change, `bases` are the months it names and `since` is `month` or `year` where it says so
    in words.
    """

    text: str
    role: Role
    month: Month | None = None
    bases: tuple[Month, ...] = ()
    since: str = ""
    bare_month: bool = False
    day_month: bool = False  # `21-Jun`: a day without a year, mostly a month that was mistaken
    months_back: int | None = None  # of a change that has no place: how far back its base is
    maybe_month: Month | None = None  # `2010/11`: November 2010, or a financial year


def heading(cell: RawCell) -> Heading:
    """What the header cell means by itself; see header.py for what its neighbours add."""
    if cell.month is not None:
        return Heading(cell.words, Role.MONTH, month=cell.month)
    return _of_text(cell.words)


@lru_cache(maxsize=4096)
def _of_text(text: str) -> Heading:
    if not text:
        return Heading(text, Role.EMPTY)
    month = month_of(text)
    if month is not None and is_financial_year(text):
        return Heading(text, Role.NOT_READ, maybe_month=month)
    if month is not None:
        return Heading(text, Role.MONTH, month=month)
    if len(text) > 200:
        return Heading(text, Role.UNKNOWN)
    words = text.strip(" .:*").lower().replace("’", "'")
    role = _BY_WORD.get(words) or next(
        (role for role, pattern in PATTERNS if pattern.fullmatch(words)), Role.UNKNOWN
    )
    if words in ("change_month", "change_year"):
        role = Role.CHANGE
    if role is Role.CHANGE:
        since = "year" if _LAST_YEAR.search(words) else ""
        since = since or ("month" if _LAST_MONTH.search(words) else "")
        return Heading(text, role, bases=months_in(text), since=since)
    if role is Role.COMMENTARY:
        named = months_in(text)
        return Heading(text, role, month=named[0] if len(named) == 1 else None)
    return Heading(text, role, bare_month=is_bare_month(words), day_month=is_day_month(words))
