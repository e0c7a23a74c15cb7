"""A comment that is missing, or that is about another month.

Example. On a page of June, "In April 2021 there were 12 adoptions" and no word of June: an earlier
comment was left standing. "A rise on May 21" compares, and is fine; and so is a comment on April
where April is the last month with a figure.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from openscorecard.findings import Expected, Finding, Severity
from openscorecard.periods import Month
from openscorecard.records.printed.page import Cell, PrintedRow
from openscorecard.scorecard.checks.digits import is_nothing
from openscorecard.scorecard.checks.facts import Facts

MISSING, OTHER_MONTH = "comment-missing", "comment-about-another-month"
HEADING, LATER = "heading-of-another-month", "later-months-empty"
_NAMES = [*calendar.month_name[1:], *calendar.month_abbr[1:], "Sept"]
_MONTH = re.compile(
    r"\b(?P<name>" + "|".join(_NAMES) + r")\b\.?"
    r"(?:[\s'’-]*(?P<year>20\d\d|\d\d)(?!\d|/|\s*(?:%|per|child|famil|case|plan|young)))?",
)
# Words before a month that make it a comparison, a source or a plan, not the subject.
_COMPARES = re.compile(
    r"\b(?:on|than|from|since|to|with|against|before|after|until|till|by|of|previous|last|and|"
    r"between|compared|for|next|expected|planned|due|place|was|were|year|as|will)\b",
    re.IGNORECASE,
)
BEFORE = 60  # so many characters before a month's name are looked at, and three words of them
# Words that make a whole sentence a comparison: it sets the month beside the present one.
_BESIDE = re.compile(
    r"\b(?:same|as (?:many|much|high|low|in)|than|compared|half|twice|double|will)\b", re.IGNORECASE
)
_THEN = re.compile(r"^\s*,?\s*(?:\w+\s+){0,3}?(?:was|were|had been|stood at)\b", re.IGNORECASE)
# Words after one that make it no month: "numbers May be", "April Jones".
_NO_MONTH = re.compile(r"\s+(?:be|have|not|also|need|well|help|lead|mean|[A-Z][a-z])")


def missing_comments(facts: Facts) -> Iterator[Finding]:
    """Rows without a comment, on a page that comments on most; one finding in all, for information,
    on a page that comments by exception."""
    rows = [row for row in facts.page.rows if row.has_commentary_column]
    without = [row for row in rows if not row.commentary.strip()]
    if len(without) == len(rows):
        return  # a page without any comments is a page before they are written
    if 2 * len(without) > len(rows):
        yield Finding(
            MISSING,
            Severity.INFORMATION,
            f"{len(without)} of {len(rows)} rows have no comment: the page seems to comment by "
            "exception.",
            column="commentary",
        )
        return
    for row in without:
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
        if other is not None and other != _last_figure(row):
            yield Finding(
                OTHER_MONTH,
                Severity.WARNING,
                f"The comment speaks of {other.long} and not of {facts.month.long}, the month of "
                "the page: it may have been left from an earlier one.",
                row.ref,
                "commentary",
                row.commentary,
            )


def _last_figure(row: PrintedRow) -> Month | None:
    """The newest month with a figure: a quarterly row's comment may well be about that."""
    return max((m for m, cell in row.values.items() if cell.has_number), default=None)


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
        if subject is None and not _is_compared(row, month, match):
            subject = named
    return subject


def _is_compared(row: PrintedRow, month: Month, match: re.Match[str]) -> bool:
    """Whether the sentence names the month only to compare with it, or as one to come.

    "In May it was 42 of 49" compares where the comment also gives the present month's figure.
    """
    before = _same_sentence(match.string[max(0, match.start() - BEFORE) : match.start()])
    if _COMPARES.search(" ".join(before.split()[-3:])) or _BESIDE.search(before):
        return True
    after = match.string[match.end() : match.end() + BEFORE]
    return _THEN.match(after) is not None and _gives_figure(match.string, row.value(month))


def _gives_figure(comment: str, cell: Cell) -> bool:
    """Whether the comment names the figure of the cell, as a number of its own."""
    raw = re.escape(cell.raw.strip().rstrip("%"))
    return bool(raw) and re.search(rf"(?<![\d.,]){raw}(?![\d]|[.,]\d)", comment) is not None


def _same_sentence(before: str) -> str:
    return re.split(r"[.;!?]\s", before)[-1]


def _month_of(match: re.Match[str], page: Month) -> Month | None:
    """The month named; without a year, the latest one up to a month after the page."""
    number = _NAMES.index(match["name"]) % 12 + 1 if match["name"] != "Sept" else 9
    if match["year"] is None:
        if _NO_MONTH.match(match.string, match.end()):
            return None
        year = page.year if number <= page.number + 1 else page.year - 1
        return Month(year, number)
    year = int(match["year"])
    year += 2000 if year < 100 else 0
    if not 1990 <= year <= 2100:
        return None
    return Month(year, number)


def headings_of_other_months(facts: Facts) -> Iterator[Finding]:
    """A heading that speaks of another month than the page reports: it was not moved on."""
    yield from _moved_on_without_heading(facts)
    seen: set[tuple[str, int]] = set()
    for row in facts.page.rows:
        if not row.values:
            continue
        month = max(row.values)
        moved = {(one.table, one.column) for one in facts.rebased}
        for column, stated, due, words in (
            ("change_month", row.change_month_base, month.plus(-1), "the change on the month"),
            ("change_year", row.change_year_base, month.plus(-12), "the change on the year"),
            ("commentary", row.comment_month, month, "the commentary"),
        ):
            if stated is None or stated == due or (column, row.table) in seen:
                continue
            if (row.table, column) in moved:
                continue
            seen.add((column, row.table))
            yield Finding(
                HEADING,
                Severity.WARNING,
                f"Table {row.table}: the heading of {words} says {stated.short}; on a page that "
                f"reports {month.short} it should say {due.short}.",
                None,
                column,
                stated.short,
                Expected(text=due.short),
            )


def _moved_on_without_heading(facts: Facts) -> Iterator[Finding]:
    """A heading of changes that nearly all its cells contradict, all in favour of one month."""
    for one in facts.rebased:
        yield Finding(
            HEADING,
            Severity.ERROR,
            f"Table {one.table}: the heading of the change says {one.stated.short}, but "
            f"{one.fits} of {one.of} changes under it are those from {one.true.short}: the "
            "heading was not moved on, and the changes are taken as they fit.",
            None,
            one.column,
            one.stated.short,
            Expected(text=one.true.short),
        )


def later_months(facts: Facts) -> Iterator[Finding]:
    """Month columns after the month that the page reports: said once, for information."""
    if facts.later_months:
        first, last = facts.later_months[0], facts.later_months[-1]
        which = first.short if first == last else f"{first.short} to {last.short}"
        yield Finding(
            LATER,
            Severity.INFORMATION,
            f"The columns of {which} hold no figure yet; the page is read as one of "
            f"{facts.month.short}.",
            column=first.iso,
        )
