"""A comment that is missing, or that is about another month.

Example. On a page of June, "In April 2021 there were 12 adoptions" and no word of June: last
quarter's comment was left standing. "A rise on May 21" compares, and is fine.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from openscorecard.findings import Finding, Severity
from openscorecard.periods import Month
from openscorecard.records.printed.page import PrintedRow
from openscorecard.scorecard.checks.facts import Facts, is_nothing

MISSING, OTHER_MONTH = "comment-missing", "comment-about-another-month"
_NAMES = [*calendar.month_name[1:], *calendar.month_abbr[1:], "Sept"]
_MONTH = re.compile(
    r"(?P<before>(?:\S+\s+){0,3})\b(?P<name>" + "|".join(_NAMES) + r")\b\.?"
    r"(?:[\s'’-]*(?P<year>20\d\d|\d\d)(?!\d|/|\s*(?:%|per|child|famil|case|plan|young)))?",
)
# Words before a month that make it a comparison, a source or a plan, not the subject.
_COMPARES = re.compile(
    r"\b(?:on|than|from|since|to|with|against|before|after|until|till|by|of|previous|last|and|"
    r"between|compared|for|next|expected|planned|due|place)\b",
    re.IGNORECASE,
)


def missing_comments(facts: Facts) -> Iterator[Finding]:
    rows = [row for row in facts.page.rows if row.has_commentary_column]
    if not any(row.commentary.strip() for row in rows):
        return  # a page without any comments is a page before they are written
    for row in rows:
        if row.commentary.strip():
            continue
        figure = row.values and not is_nothing(row.value(facts.month))
        yield Finding(
            MISSING,
            Severity.WARNING if figure else Severity.INFORMATION,
            "There is no comment."
            if figure
            else f"There is no comment, and no figure for {facts.month.short} to comment on.",
            row.ref,
            "commentary",
            row.commentary,
        )


def comments_about_other_months(facts: Facts) -> Iterator[Finding]:
    for row in facts.page.rows:
        other = _subject(row, facts.month)
        if other is not None:
            yield Finding(
                OTHER_MONTH,
                Severity.WARNING,
                f"The comment speaks of {other.long} and not of {facts.month.long}, the month of "
                "the page: it may have been left from an earlier one.",
                row.ref,
                "commentary",
                row.commentary,
            )


def _subject(row: PrintedRow, month: Month) -> Month | None:
    """The earlier month that a comment is about, where it never names the page's own month and
    the name is no comparison."""
    subject = None
    for match in _MONTH.finditer(row.commentary):
        named = _month_of(match, month)
        if named is None:
            continue
        if named >= month:
            return None
        if subject is None and not _COMPARES.search(match["before"] or ""):
            subject = named
    return subject


def _month_of(match: re.Match[str], page: Month) -> Month | None:
    """The month named; without a year, the latest one up to a month after the page."""
    number = _NAMES.index(match["name"]) % 12 + 1 if match["name"] != "Sept" else 9
    if match["year"] is None:
        if re.match(r"\s+(?:be|have|not|also|need|well)\b", _rest(match)):
            return None  # "numbers May be"
        year = page.year if number <= page.number + 1 else page.year - 1
        return Month(year, number)
    year = int(match["year"])
    year += 2000 if year < 100 else 0
    if not 1990 <= year <= 2100:
        return None
    return Month(year, number)


def _rest(match: re.Match[str]) -> str:
    return match.string[match.end() : match.end() + 12]


def headings_of_other_months(facts: Facts) -> Iterator[Finding]:
    """A heading that speaks of another month than the page reports: it was not moved on."""
    seen: set[tuple[str, int]] = set()
    for row in facts.page.rows:
        if not row.values:
            continue
        month = max(row.values)
        for column, stated, due, words in (
            ("change_month", row.change_month_base, month.plus(-1), "the change on the month"),
            ("change_year", row.change_year_base, month.plus(-12), "the change on the year"),
            ("commentary", row.comment_month, month, "the commentary"),
        ):
            if stated is None or stated == due or (column, row.table) in seen:
                continue
            seen.add((column, row.table))
            yield Finding(
                "heading-of-another-month",
                Severity.WARNING,
                f"Table {row.table}: the heading of {words} says {stated.short}; on a page that "
                f"reports {month.short} it should say {due.short}.",
                None,
                column,
                stated.short,
            )
