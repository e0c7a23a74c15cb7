"""A number in a public comment that equals a hidden one: a person must look at it first.

The page hides a cell; a sentence beside it can give the same number away. Counts are compared with
counts and percentages with percentages, in the digits that the comment gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from openscorecard.commentary.attach import attach
from openscorecard.commentary.entries import StoredComment, StoredComments
from openscorecard.commentary.hidden import HiddenNumber, hidden_by_ref, shown_numbers
from openscorecard.commentary.numbers import Mention, mentions
from openscorecard.commentary.text import clean_text
from openscorecard.findings import Finding, Severity
from openscorecard.scorecard.page import Comment, Row, Scorecard
from openscorecard.statistics.ranges import half_up

RULE = "hidden-number-in-comment"
# Up to here a number is a question even if it stands elsewhere on the page.
SMALL = 5
_AROUND = 40  # characters of the comment that a message quotes on either side


@dataclass(frozen=True)
class _Page:
    """What is hidden and what is shown, and which rows belong together."""

    hidden: dict[str, tuple[HiddenNumber, ...]]
    shown: dict[str, frozenset[tuple[Fraction, bool]]]
    related: dict[str, frozenset[str]]
    named: dict[str, re.Pattern[str]]


def small_numbers(
    before: Scorecard,
    protected: Scorecard,
    comments: StoredComments,
    earlier: Sequence[StoredComments] = (),
) -> tuple[Finding, ...]:
    """What must be settled before `protected`, the public view of `before`, may be published.

    Looks at the public wording of every comment that the page will show, those of `earlier` months
    too: at the hidden cells of its own row, of its numerator and denominator, of the rows that it
    is part of, and of every row whose ref it names. A comment whose numbers somebody settled is
    passed over, until its text changes.
    """
    by_ref = hidden_by_ref(before, protected)
    page = _Page(
        hidden=by_ref,
        shown={row.indicator.ref: shown_numbers(row) for row in protected.rows},
        related=_related(protected),
        named={
            row.indicator.ref: re.compile(
                rf"(?<![\w-]){re.escape(row.indicator.ref)}(?![\w-])", re.IGNORECASE
            )
            for row in protected.rows
        },
    )
    months = {item.month: item for item in (*earlier, comments)}
    public = attach(replace(protected, audience="public"), comments, earlier)
    findings: list[Finding] = []
    for row in public.rows:
        for comment in (row.comment, *row.earlier_comments):
            stored = months.get(comment.month) if comment else None
            if comment is not None and not _settled(row, comment, stored):
                findings += _of_comment(row, comment, page)
    return tuple(findings)


def _settled(row: Row, comment: Comment, stored: StoredComments | None) -> bool:
    found: StoredComment | None = stored.current(row.indicator.ref) if stored else None
    if found is None or found.numbers_checked is None:
        return False
    return clean_text(found.shown_to("public")) == comment.text


def _of_comment(row: Row, comment: Comment, page: _Page) -> Iterator[Finding]:
    ref = row.indicator.ref
    refs = page.related[ref] | {
        one for one, pattern in page.named.items() if pattern.search(comment.text)
    }
    shown = frozenset(number for one in refs for number in page.shown.get(one, ()))
    told: set[tuple[Fraction, bool]] = set()
    for mention in mentions(_without_refs(comment.text, page)):
        key = mention.value, mention.percent
        if key in told or (mention.value > SMALL and key in shown):
            continue
        equal = [
            number for one in sorted(refs) for number in page.hidden.get(one, ())
            if _equals(mention, number)
        ]  # fmt: skip
        if equal:
            told.add(key)
            yield _finding(ref, comment, mention, equal)


def _without_refs(text: str, page: _Page) -> str:
    """Blanks where refs stand: the 4 of `EH4 (val)` is no figure."""
    for pattern in page.named.values():
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def _equals(mention: Mention, number: HiddenNumber) -> bool:
    if mention.percent != number.percent:
        return False
    return half_up(abs(number.value), mention.decimals) == mention.value


def _finding(ref: str, comment: Comment, mention: Mention, equal: list[HiddenNumber]) -> Finding:
    said = comment.text[mention.start : mention.end].strip()
    places = list(dict.fromkeys(number.place for number in equal))
    where = "; ".join(places[:3]) + ("; and others" if len(places) > 3 else "")
    message = (
        f"The public comment on {ref} of {comment.month.long} says: “{_around(comment, mention)}” "
        f"The number “{said}” is hidden on the public page ({where}). Give the comment other words "
        "for the public; or, if the number is about something else, settle it: scorecard comments "
        f'settle {comment.month.iso} "{ref}" --by ROLE --because REASON'
    )
    return Finding(
        RULE, Severity.ERROR, message, ref=ref, column="commentary", printed=said
    )  # fmt: skip


def _around(comment: Comment, mention: Mention) -> str:
    """The words around the number, cut between words."""
    text = comment.text
    start, end = max(0, mention.start - _AROUND), min(len(text), mention.end + _AROUND)
    while 0 < start < mention.start and not text[start - 1].isspace():
        start += 1
    while mention.end < end < len(text) and not text[end].isspace():
        end -= 1
    words = " ".join(text[start:end].split())
    return f"{'… ' if start else ''}{words}{' …' if end < len(text) else ''}"


def _related(page: Scorecard) -> dict[str, frozenset[str]]:
    """For each ref: itself, its numerator and denominator, and the rows that it is one of."""
    pairs: set[tuple[str, str]] = set()
    for row in page.rows:
        item = row.indicator
        for part in (item.numerator, item.denominator):
            if part is not None:
                pairs |= {(item.ref, part), (part, item.ref)}
    return {
        row.indicator.ref: frozenset(
            {row.indicator.ref} | {other for one, other in pairs if one == row.indicator.ref}
        )
        for row in page.rows
    }
