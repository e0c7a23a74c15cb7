"""A comment of the A3 table: whole in its row, or begun there and whole at the table's end.

A row never splits over two pages, and a page of long comments would hold two or three rows. So a
comment that is longer than its row can bear stands in full under "Longer comments"; its row has the
first sentences of it. Its line breaks and lists are the same in both places.
"""

from __future__ import annotations

import re
from typing import Any

from openscorecard.periods import Month
from openscorecard.publish.html.row_view import comment_view
from openscorecard.publish.pdf.breaks import breakable
from openscorecard.publish.pdf.comment_blocks import blocks, entry, lines_of
from openscorecard.scorecard.page import Comment, Row

LINE = 56  # characters that a line of the column holds
MOST_LINES = 9  # of a comment in its row
BEGUN_LINES = 7  # how much of a longer one stands there: some 400 characters
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"

LONG_WORD = 24  # letters: the column holds as many of the widest
_END = r"[.!?][\"'’”)\]]*"
_SENTENCE = re.compile(rf"{_END}(?=\s+[A-Z0-9\"'‘“(\[])")  # not behind `approx.` or `e.g.`
_ENDED = re.compile(rf"{_END}$")

Printed = dict[str, Any]


def is_longer(comment: Comment | None) -> bool:
    """Whether a comment is more than its row can bear."""
    if comment is None:
        return False
    return sum(map(_height, lines_of(comment.text))) > MOST_LINES


def row_comment(row: Row, month: Month) -> Printed:
    """What stands in the row's cell. `before` says whose it is and about which month, where that is
    not as usual; `in_full` is the anchor of the whole comment, "" where all of it stands here."""
    comment = comment_view(row.comment, month)
    if comment is None or row.comment is None:
        return {"before": "", "paragraphs": [], "in_full": "", "remark": ""}
    longer = is_longer(row.comment)
    lines = begun(row.comment.text) if longer else lines_of(row.comment.text)
    before = f"About {comment.stale}." if comment.stale else ""
    if comment.by and comment.by != row.indicator.reporter:
        before = f"{before} By: {comment.by}.".strip()
    return {
        "before": breakable(before, 30),
        "paragraphs": blocks(lines, LONG_WORD),
        "in_full": _anchor(row) if longer else "",
        "remark": comment.remark,
    }


def whole_comment(row: Row) -> Printed:
    """The comment as it stands under "Longer comments"."""
    text = row.comment.text if row.comment else ""
    return {
        "anchor": _anchor(row),
        "ref": row.indicator.ref,
        "name": breakable(row.indicator.name, 40),
        "paragraphs": blocks(lines_of(text), LONG_WORD),
    }


def begun(text: str) -> list[str]:
    """The beginning of a longer comment, line by line, up to the end of a sentence; of a text that
    has none, up to a word."""
    kept: list[str] = []
    room = BEGUN_LINES
    rest = ""
    for line in lines_of(text):
        if _height(line) > room:
            rest = line
            break
        kept.append(line)
        room -= _height(line)
    sentences = _sentences(rest, room * LINE)
    if sentences:
        return [*kept, sentences]
    ended = [at for at, line in enumerate(kept, start=1) if _ENDED.search(line)]
    if ended:
        return kept[: ended[-1]]
    words = rest[: room * LINE].rpartition(" ")[0] or rest[: room * LINE]
    kept = [*kept, words] if words else kept
    return [*kept[:-1], f"{kept[-1].rstrip(':')} {ELLIPSIS}"]


def _sentences(line: str, most: int) -> str:
    """The whole sentences that have room; the number of a list's entry ends none."""
    sign, _ = entry(line)
    ends = [one.end() for one in _SENTENCE.finditer(line, len(sign) + 1, most + 2)]
    return line[: max((end for end in ends if end <= most), default=0)]


def _height(line: str) -> int:
    return -(-len(line) // LINE)


def _anchor(row: Row) -> str:
    return f"comment-{row.indicator.id}"
