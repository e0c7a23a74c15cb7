"""Comments that quote a number which a correction has put otherwise since they were written.

Takes a page with its comments, and the versions released of its month and of the months before;
gives it with what each such comment quotes. A comment that stood in an earlier version, word for
word, was written before what that version said was corrected. A number counts where the text has
it in the digits in which the cell was printed; those in words are looked past.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from openscorecard.commentary.numbers import mentions
from openscorecard.periods import Month
from openscorecard.scorecard.corrections import MARK, is_figure
from openscorecard.scorecard.page import Comment, Row, Scorecard
from openscorecard.scorecard.printed_cells import COMMENTARY, Cells, printed_cells
from openscorecard.workspace.releases import kept_releases
from openscorecard.workspace.releasing import cells_of

Quoted = tuple[tuple[str, str], ...]  # each number as printed then, and as the cell stands now
_DERIVED = ("change_month", "change_year", "move_month", "move_year", "average_12m", "maximum_12m")
_WAYS = ("up ", "down ")
_PRINTED = re.compile(r"(?:up |down )?-?([\d,]+)(?:\.(\d+))?(%| pts?)?")
_Number = tuple[Fraction, int, bool]  # its value without sign, its decimals, whether a percentage


def with_corrected_since(page: Scorecard, root: Path) -> Scorecard:
    """The page, each comment with the numbers of it that were corrected since."""
    released: dict[Month, list[Cells]] = {}
    commented = {one.month for row in page.rows for one in _comments(row)} | {page.month}
    for kept in kept_releases(root):
        if kept.audience == page.audience and kept.month in commented:
            released.setdefault(kept.month, []).append(cells_of(kept))
    if not released:
        return page
    now = {month: versions[-1] for month, versions in released.items()}
    now[page.month] = printed_cells(page)

    def marked(comment: Comment, ref: str) -> Comment:
        versions = (cells.get(ref, {}) for cells in released.get(comment.month, ()))
        stands = now.get(comment.month, {}).get(ref, {})
        return replace(comment, corrected_since=quoted_since(comment.text, versions, stands))

    return replace(page, rows=tuple(
        replace(
            row,
            comment=None if row.comment is None else marked(row.comment, row.indicator.ref),
            earlier_comments=tuple(
                marked(one, row.indicator.ref) for one in row.earlier_comments
            ),
        )
        for row in page.rows
    ))  # fmt: skip


def quoted_since(
    text: str, versions: Iterable[Mapping[str, str]], now: Mapping[str, str]
) -> Quoted:
    """What the text quotes of cells of those versions that it stood in and that read otherwise now:
    the newest month's figure first, and each number once."""
    found: dict[str, str] = {}
    said = {
        (one.value, one.decimals, one.percent)
        for one in mentions(text)
        if text[one.start].isdigit()
    }
    for cells in versions:
        if not said or cells.get(COMMENTARY) != text:
            continue
        figures = sorted(filter(is_figure, cells), key=lambda column: column[-7:], reverse=True)
        for column in (*figures, *_DERIVED):
            was, stands = (one.get(column, "").removesuffix(MARK) for one in (cells, now))
            if stands and was != stands and number_of(was) in said:
                way = next((one for one in _WAYS if was.startswith(one)), "")
                found.setdefault(was.removeprefix(way), stands.removeprefix(way))
    return tuple(found.items())


def number_of(printed: str) -> _Number | None:
    """`94.8%` is (94.8, 1, True), `up 8 pts` is (8, 0, True); None where a cell has no number."""
    match = _PRINTED.fullmatch(printed)
    if match is None:
        return None
    whole, part, unit = match.groups(default="")
    digits = whole.replace(",", "")
    return Fraction(f"{digits}.{part or 0}"), len(part), bool(unit)


def warnings_of(page: Scorecard) -> tuple[str, ...]:
    """A sentence for each: `the comment for CP3 still says 23%; it is now 25%`."""
    return tuple(
        f"{_which(one, page)} for {row.indicator.ref} still says {was}; it is now {now}"
        for row in page.rows
        for one in _comments(row)
        for was, now in one.corrected_since
    )


def _comments(row: Row) -> tuple[Comment, ...]:
    return (*(() if row.comment is None else (row.comment,)), *row.earlier_comments)


def _which(comment: Comment, page: Scorecard) -> str:
    month = comment.month
    return "the comment" if month == page.month else f"the comment of {month.long}"
