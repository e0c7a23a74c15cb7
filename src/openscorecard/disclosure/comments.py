"""A number in a public comment that equals a hidden one: a person must look at it first.

The page hides a cell; a sentence beside it can give the same number away. Counts are compared with
counts and percentages with percentages, in the digits that the comment gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from openscorecard.catalogue.indicator import Relation
from openscorecard.catalogue.resolve import refs_of
from openscorecard.commentary.attach import attach, comment_for
from openscorecard.commentary.entries import StoredComment, StoredComments
from openscorecard.commentary.mention import Mention
from openscorecard.commentary.numbers import mentions
from openscorecard.commentary.text import as_argument, clean_text
from openscorecard.commentary.wordings import lone_children
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
    tied: dict[str, frozenset[str]]
    section: dict[str, str]
    named: dict[str, re.Pattern[str]]
    limit: int


def hidden_in_comments(
    before: Scorecard,
    protected: Scorecard,
    comments: StoredComments,
    earlier: Sequence[StoredComments] = (),
    relations: Iterable[Relation] = (),
) -> tuple[Finding, ...]:
    """What must be settled before `protected`, the public view of `before`, may be published.

    Looks at the public wording of every comment that the page will show, those of `earlier` months
    too: at the hidden numbers of its own row, of its numerator and denominator, of the rows that it
    is part of, and of every row whose ref it names; and, of its month and the month before, at the
    hidden counts of the rows that stand in one of `relations` with it, and at the small ones of its
    section. What somebody settled is passed over: that this number of exactly this text may stand
    though it equals that hidden one. A number that is hidden since then asks again.
    """
    page = _page(before, protected, relations)
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
    before: Scorecard,
    protected: Scorecard,
    comments: StoredComments,
    ref: str,
    relations: Iterable[Relation] = (),
) -> tuple[str, ...]:
    """What somebody who settles the month's comment on `ref` answers for, as far as this page goes:
    each number with the hidden one that it equals, `2 = LAC6 (val), 2021-06`."""
    comment = comment_for(comments, ref, "public")
    if comment is None or protected.row(ref) is None:
        return ()
    questions = _questions(ref, comment, _page(before, protected, relations))
    return tuple(
        dict.fromkeys(
            _name(question.mention, number) for question in questions for number in question.equal
        )
    )


def _name(mention: Mention, number: HiddenNumber) -> str:
    """A number of a text and the hidden one that it equals, as the file of comments keeps it."""
    cell = number.month.iso
    if number.column != cell:
        cell = f"{number.column} of {cell}"
    return f"{_said(mention)} = {number.ref}, {cell}"


def _said(mention: Mention) -> str:
    return printed(mention.value, mention.decimals) + ("%" if mention.percent else "")


TOLD_BACK = 12  # months: a comment compares with the year before, and not with 2019


def _page(before: Scorecard, protected: Scorecard, relations: Iterable[Relation]) -> _Page:
    hidden: dict[str, tuple[HiddenNumber, ...]] = {}
    for number in hidden_numbers(before, protected):
        if number.month >= before.month.plus(-TOLD_BACK):
            hidden[number.ref] = (*hidden.get(number.ref, ()), number)
    return _Page(
        hidden=hidden,
        shown={row.indicator.ref: _shown_numbers(row) for row in protected.rows},
        related=_related(protected),
        tied=_tied(protected, relations),
        section={row.indicator.ref: row.indicator.section for row in protected.rows},
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
        said = comment.text[mention.start : mention.end].strip().casefold()
        if said != "one":  # "the published one" is no number, and "one" of another row is seldom
            equal += tuple(
                number for number in _beside(ref, comment, refs, page) if _equals(mention, number)
            )
        if equal:
            told.add(key)
            yield Question(mention, equal)
    if (Fraction(1), False) not in told:
        yield from _of_one_child(ref, comment, page)


def _beside(
    ref: str, comment: Comment, refs: frozenset[str], page: _Page
) -> Iterator[HiddenNumber]:
    """The hidden counts of other rows that a comment may speak of without naming the row: of the
    rows that a relation ties to its own, and the small ones of its section. Only those of its own
    month and of the month before: with more, every comment would be a question."""
    months = (comment.month, comment.month.plus(-1))
    for one in sorted(page.hidden):
        tied = one in page.tied[ref]
        if one in refs or not (tied or page.section.get(one) == page.section[ref]):
            continue
        for number in page.hidden[one]:
            in_month = number.column == number.month.iso and number.month in months
            if in_month and not number.percent and (tied or 0 < number.value <= page.limit):
                yield number


def _of_one_child(ref: str, comment: Comment, page: _Page) -> Iterator[Question]:
    """`A girl was adopted` where the row's own count is 1 and hidden. Such words are common, so
    nothing less is asked about: no other row, no change of 1, no average near 1."""
    equal = tuple(
        number for number in page.hidden.get(ref, ())
        if number.value == 1 and not number.percent and number.column == number.month.iso
    )  # fmt: skip
    lone = next(lone_children(comment.text), None)
    if equal and lone is not None:
        yield Question(lone, equal)


def _without_refs(text: str, page: _Page) -> str:
    """Blanks where refs stand: the 4 of `EH4 (val)` is no figure."""
    for pattern in page.named.values():
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def _equals(mention: Mention, number: HiddenNumber) -> bool:
    if mention.percent != number.percent:
        return False
    said = half_up(mention.value, mention.decimals)  # `a third` is 33.3…%
    return half_up(abs(number.value), mention.decimals) == said


def _finding(ref: str, comment: Comment, question: Question, *, again: bool) -> Finding:
    mention = question.mention
    said = comment.text[mention.start : mention.end].strip()
    places = list(dict.fromkeys(number.place for number in question.equal))
    where = "; ".join(places[:3]) + ("; and others" if len(places) > 3 else "")
    since = " Somebody settled this comment before, but not for that." if again else ""
    tells = (
        f"“{said}” tells the number {_said(mention)}, which is"
        if mention.worded
        else f"The number “{said}” is"
    )
    message = (
        f"The public comment on {ref} of {comment.month.long} says: “{_around(comment, mention)}” "
        f"{tells} hidden on the public page ({where}).{since} Give the comment "
        "other words for the public; or, if the number is about something else, settle it: "
        f"scorecard comments settle {comment.month.iso} {as_argument(ref)} "
        "--by ROLE --because REASON"
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
    return _groups(page, pairs)


def _tied(page: Scorecard, relations: Iterable[Relation]) -> dict[str, frozenset[str]]:
    """For each ref: itself, and the rows that stand in a relation with it."""
    refs = [refs_of(relation) for relation in relations]
    return _groups(page, {(one, other) for some in refs for one in some for other in some})


def _groups(page: Scorecard, pairs: set[tuple[str, str]]) -> dict[str, frozenset[str]]:
    return {
        row.indicator.ref: frozenset(
            {row.indicator.ref} | {other for one, other in pairs if one == row.indicator.ref}
        )
        for row in page.rows
    }
