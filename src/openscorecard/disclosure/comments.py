"""A number in a public comment that equals a hidden one: a person must look at it first.

The page hides a cell; a sentence beside it can give the same number away. Counts are compared with
counts and percentages with percentages, in the digits that the comment gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from openscorecard.commentary.attach import attach, comment_for
from openscorecard.commentary.entries import StoredComment, StoredComments
from openscorecard.commentary.numbers import Mention, mentions
from openscorecard.commentary.text import clean_text
from openscorecard.disclosure.hidden import HiddenNumber, hidden_numbers
from openscorecard.findings import Finding, Severity
from openscorecard.scorecard.page import Comment, Row, Scorecard
from openscorecard.statistics.ranges import half_up, printed
from openscorecard.units import Unit

RULE = "hidden-number-in-comment"
_AROUND = 40  # characters of the comment that a message quotes on either side


@dataclass(frozen=True, slots=True)
class Question:
    """A number that a comment mentions, and the hidden numbers that it equals."""

    mention: Mention
    equal: tuple[HiddenNumber, ...]

    def without(self, settled: frozenset[str]) -> Question | None:
        """What is left of it beside what was settled; None where nothing is."""
        left = tuple(number for number in self.equal if _name(self.mention, number) not in settled)
        return Question(self.mention, left) if left else None


@dataclass(frozen=True)
class _Page:
    """What is hidden and what is shown, and which rows belong together. Up to `limit` a number is
    a question even if it stands elsewhere on the page."""

    hidden: dict[str, tuple[HiddenNumber, ...]]
    shown: dict[str, frozenset[tuple[Fraction, bool]]]
    related: dict[str, frozenset[str]]
    named: dict[str, re.Pattern[str]]
    limit: int


def hidden_in_comments(
    before: Scorecard,
    protected: Scorecard,
    comments: StoredComments,
    earlier: Sequence[StoredComments] = (),
) -> tuple[Finding, ...]:
    """What must be settled before `protected`, the public view of `before`, may be published.

    Looks at the public wording of every comment that the page will show, those of `earlier` months
    too: at the hidden numbers of its own row, of its numerator and denominator, of the rows that it
    is part of, and of every row whose ref it names. What somebody settled is passed over: that this
    number of exactly this text may stand though it equals that hidden one. A number that is hidden
    since then asks again.
    """
    page = _page(before, protected)
    months = {item.month: item for item in (*earlier, comments)}
    public = attach(replace(protected, audience="public"), comments, earlier)
    findings: list[Finding] = []
    for row in public.rows:
        for comment in (row.comment, *row.earlier_comments):
            if comment is None:
                continue
            stored = _stored(row, comment, months.get(comment.month))
            settled = stored.numbers_settled if stored else frozenset()
            again = stored is not None and stored.numbers_checked is not None
            for question in _questions(row.indicator.ref, comment, page):
                left = question.without(settled)
                if left is not None:
                    findings.append(_finding(row.indicator.ref, comment, left, again=again))
    return tuple(findings)


def numbers_in_question(
    before: Scorecard, protected: Scorecard, comments: StoredComments, ref: str
) -> tuple[str, ...]:
    """What somebody who settles the month's comment on `ref` answers for, as far as this page goes:
    each number with the hidden one that it equals, `2 = LAC6 (val), 2021-06`."""
    comment = comment_for(comments, ref, "public")
    if comment is None or protected.row(ref) is None:
        return ()
    questions = _questions(ref, comment, _page(before, protected))
    return tuple(
        dict.fromkeys(
            _name(question.mention, number) for question in questions for number in question.equal
        )
    )


def _name(mention: Mention, number: HiddenNumber) -> str:
    """A number of a text and the hidden one that it equals, as the file of comments keeps it."""
    said = printed(mention.value, mention.decimals) + ("%" if mention.percent else "")
    cell = number.month.iso
    if number.column != cell:
        cell = f"{number.column} of {cell}"
    return f"{said} = {number.ref}, {cell}"


def _page(before: Scorecard, protected: Scorecard) -> _Page:
    hidden: dict[str, tuple[HiddenNumber, ...]] = {}
    for number in hidden_numbers(before, protected):
        hidden[number.ref] = (*hidden.get(number.ref, ()), number)
    return _Page(
        hidden=hidden,
        shown={row.indicator.ref: _shown_numbers(row) for row in protected.rows},
        related=_related(protected),
        named={
            row.indicator.ref: re.compile(
                rf"(?<![\w-]){re.escape(row.indicator.ref)}(?![\w-])", re.IGNORECASE
            )
            for row in protected.rows
        },
        limit=protected.small_numbers,
    )


def _shown_numbers(row: Row) -> frozenset[tuple[Fraction, bool]]:
    """The figures that a public row shows, rounded as it prints them, and whether in percent."""
    percent = row.indicator.unit is Unit.PERCENT
    decimals = row.indicator.decimals
    return frozenset(
        (half_up(figure.value, decimals), percent)
        for figure in (*row.figures, *row.history)
        if figure.value is not None
    )


def _stored(row: Row, comment: Comment, stored: StoredComments | None) -> StoredComment | None:
    """What the file has of the comment that the page shows."""
    found = stored.current(row.indicator.ref) if stored else None
    if found is None or clean_text(found.shown_to("public")) != comment.text:
        return None
    return found


def _questions(ref: str, comment: Comment, page: _Page) -> Iterator[Question]:
    refs = page.related[ref] | {
        one for one, pattern in page.named.items() if pattern.search(comment.text)
    }
    shown = frozenset(number for one in refs for number in page.shown.get(one, ()))
    told: set[tuple[Fraction, bool]] = set()
    for mention in mentions(_without_refs(comment.text, page)):
        key = mention.value, mention.percent
        if key in told or (mention.value > page.limit and key in shown):
            continue
        equal = tuple(
            number for one in sorted(refs) for number in page.hidden.get(one, ())
            if _equals(mention, number)
        )  # fmt: skip
        if equal:
            told.add(key)
            yield Question(mention, equal)


def _without_refs(text: str, page: _Page) -> str:
    """Blanks where refs stand: the 4 of `EH4 (val)` is no figure."""
    for pattern in page.named.values():
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def _equals(mention: Mention, number: HiddenNumber) -> bool:
    if mention.percent != number.percent:
        return False
    return half_up(abs(number.value), mention.decimals) == mention.value


def _finding(ref: str, comment: Comment, question: Question, *, again: bool) -> Finding:
    mention = question.mention
    said = comment.text[mention.start : mention.end].strip()
    places = list(dict.fromkeys(number.place for number in question.equal))
    where = "; ".join(places[:3]) + ("; and others" if len(places) > 3 else "")
    since = " Somebody settled this comment before, but not for that." if again else ""
    message = (
        f"The public comment on {ref} of {comment.month.long} says: “{_around(comment, mention)}” "
        f"The number “{said}” is hidden on the public page ({where}).{since} Give the comment "
        "other words for the public; or, if the number is about something else, settle it: "
        f'scorecard comments settle {comment.month.iso} "{ref}" --by ROLE --because REASON'
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
