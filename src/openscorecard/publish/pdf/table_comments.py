"""A comment of the A3 table: whole in its row, or begun there and whole at the table's end.

A row never splits over two pages, and a page of long comments would hold two or three rows. So a
comment that is longer than its row can bear goes on under "Longer comments". Its line breaks and
list marks stand in both places as they were written.
"""

from __future__ import annotations

import re
from typing import Any

from openscorecard.periods import Month
from openscorecard.publish.html.row_view import comment_view
from openscorecard.publish.pdf.breaks import breakable
from openscorecard.scorecard.page import Comment, Row

LINE = 56  # characters that a line of the column holds
MOST_LINES = 9  # of a comment in its row
BEGUN_LINES = 7  # how much of a longer one stands there: some 400 characters
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"

_SENTENCE = re.compile(r"[.!?][\"'’”)\]]*(?=\s)")
_LISTED = re.compile(r"(?:[-–—•●▪◦·*]|\d{1,2}[.)]|\(?[a-z][.)])\s")

Printed = dict[str, Any]


def is_longer(comment: Comment | None) -> bool:
    """Whether a comment is more than its row can bear."""
    if comment is None:
        return False
    return sum(map(_height, _lines(comment.text))) > MOST_LINES


def row_comment(row: Row, month: Month) -> Printed:
    """What stands in the row's cell. `before` says whose it is and about which month, where that is
    not as usual; `goes_on` is the anchor of the whole comment, "" where all of it stands here."""
    comment = comment_view(row.comment, month)
    if comment is None or row.comment is None:
        return {"before": "", "paragraphs": [], "goes_on": "", "remark": ""}
    longer = is_longer(row.comment)
    lines = begun(row.comment.text) if longer else _lines(row.comment.text)
    before = f"About {comment.stale}." if comment.stale else ""
    if comment.by and comment.by != row.indicator.reporter:
        before = f"{before} By: {comment.by}.".strip()
    return {
        "before": breakable(before, 30),
        "paragraphs": _paragraphs(lines),
        "goes_on": _anchor(row) if longer else "",
        "remark": comment.remark,
    }


def whole_comment(row: Row) -> Printed:
    """The comment as it stands under "Longer comments"."""
    text = row.comment.text if row.comment else ""
    return {
        "anchor": _anchor(row),
        "ref": row.indicator.ref,
        "name": row.indicator.name,
        "paragraphs": _paragraphs(_lines(text)),
    }


def begun(text: str) -> list[str]:
    """The beginning of a longer comment, line by line, up to the end of a sentence or a word."""
    kept: list[str] = []
    room = BEGUN_LINES
    for line in _lines(text):
        if _height(line) > room:
            kept.extend([_cut(line, room * LINE)] if room else [])
            break
        kept.append(line)
        room -= _height(line)
    return kept


def _cut(line: str, most: int) -> str:
    """Up to the last sentence, where that is half or more of the room; else up to a word."""
    ends = [found.end() for found in _SENTENCE.finditer(line, 0, most + 1)]
    if ends and 2 * ends[-1] >= most:
        return line[: ends[-1]]
    return f"{line[:most].rpartition(' ')[0] or line[:most]} {ELLIPSIS}"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _height(line: str) -> int:
    return -(-len(line) // LINE)


def _paragraphs(lines: list[str]) -> list[Printed]:
    return [
        {"text": breakable(line, 30), "listed": _LISTED.match(line) is not None} for line in lines
    ]


def _anchor(row: Row) -> str:
    return f"comment-{row.indicator.id}"
