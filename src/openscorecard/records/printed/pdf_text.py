"""From characters to the text of a cell: lines as they stand, then one text.

A page keeps where a line ends, not why. Programs that keep the blank at a line's end tell it
exactly: with the blank a space, without it a word that breaks. Of others the room tells it (the
next word would have fitted, so somebody pressed Enter), and the other words of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from openscorecard.records.printed.pdf_chars import Char

_GAP = 0.15  # of the size: wider than between letters, narrower than any space
_SAME_LINE = 0.5  # of the size: how far a superscript is raised, and less than any line's height
_DOUBLE = 0.1  # of the size: the same character again, which is how some programs print bold
_OVERLAID = 0.25  # of the size: how far letters never reach into one another
_RAISED, _SMALLER = 0.15, 0.85  # what makes a superscript
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DASHES = "-‐‑–—"
_CLOSING = ".,;:!?)%’”"  # no line begins with these
_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’][^\W_]+)*")
# Where italics begin and end in a line's text; no text holds them, for they have no meaning.
ITALIC, UPRIGHT = "\ue000", "\ue001"
_MARKS = re.compile("[\ue000\ue001]")
_LEAST_BLANKS = 3  # lines that end with a blank, to take it for the document's habit
_LEAST_BROKEN = 3  # words broken with a hyphen that stand whole elsewhere
_SLACK = 0.75  # points by which a width may be off


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a cell. `text` has italics marked; `open_end` says that a blank ends it.

    `at` is where it begins and `width` how far it goes; `first_word` and `first_char` are the
    widths of what it begins with, `space` that of a blank, all in points. `block` counts the
    paragraphs, where the file has them.
    """

    text: str
    open_end: bool
    at: float
    width: float
    first_word: float
    first_char: float
    space: float
    block: int
    page: int
    overlaid: bool = False  # characters lie on one another: two texts in one place

    @property
    def plain(self) -> str:
        return _MARKS.sub("", self.text)


@dataclass(frozen=True, slots=True)
class Habits:
    """How the document breaks its lines: whether it keeps the blank at the end of a line, whether
    it breaks words with hyphens, and the words that stand whole in it."""

    keeps_blanks: bool
    hyphenates: bool
    words: frozenset[str]


def lines_of(chars: Sequence[Char], page: int, block: int = 0) -> list[TextLine]:
    """The lines that the characters make, from the first to the last."""
    main = [char for char in chars if not char.text.isspace()]
    if not main:
        return []
    turned = 2 * sum(char.turned for char in main) > len(main)
    rows: list[list[Char]] = []
    first = main[0]  # the first of the largest characters of the last row
    for char in sorted((char for char in chars if char.turned == turned), key=lambda one: one.base):
        size = max(char.size, first.size)
        if rows and char.base - first.base <= _SAME_LINE * size:
            rows[-1].append(char)
            first = char if char.size * _SMALLER > first.size else first
        else:
            rows.append([char])
            first = char
    return [line for row in rows if (line := _line(row, page, block)) is not None]


def _base(row: Sequence[Char]) -> float:
    """The line's own base: that of its largest characters."""
    largest = max(char.size for char in row)
    return median(char.base for char in row if char.size >= _SMALLER * largest)


def _line(row: Sequence[Char], page: int, block: int) -> TextLine | None:
    chars = _without_doubles(sorted(row, key=lambda char: char.at))
    open_end = chars[-1].text.isspace()
    while chars and chars[-1].text.isspace():
        chars.pop()
    while chars and chars[0].text.isspace():
        chars.pop(0)
    if not chars:
        return None
    base, size = _base(chars), max(char.size for char in chars)
    text, first_word, before, overlaid = "", 0.0, None, False
    for char in chars:
        piece = char.text
        if char.size <= _SMALLER * size and base - char.base > _RAISED * size:
            piece = piece.translate(_SUPERSCRIPT)
        if before is not None and before.end - char.at > _OVERLAID * size:
            overlaid = overlaid or not (piece.isspace() or before.text.isspace())
        gap = before is not None and char.at - before.end > _GAP * size
        if (gap or piece.isspace()) and not first_word and before is not None:
            first_word = before.end - chars[0].at
        if gap and not piece.isspace() and not text.endswith(" "):
            text += " "
        italic = before is not None and before.italic
        if char.italic != italic and not piece.isspace():
            text += ITALIC if char.italic else UPRIGHT
        elif piece.isspace() and italic:
            char = before if before is not None else char  # a blank in between is of the italics
        text += " " if piece.isspace() else piece
        before = char
    if before is not None and before.italic:
        text += UPRIGHT
    width = chars[-1].end - chars[0].at
    return TextLine(
        text=" ".join(text.split()),
        open_end=open_end,
        at=chars[0].at,
        width=width,
        first_word=first_word or width,
        first_char=chars[0].end - chars[0].at,
        space=0.25 * size,
        block=block,
        page=page,
        overlaid=overlaid,
    )


def _without_doubles(chars: Iterable[Char]) -> list[Char]:
    kept: list[Char] = []
    for char in chars:
        again = any(
            one.text == char.text
            and abs(one.at - char.at) < _DOUBLE * char.size
            and abs(one.base - char.base) < _DOUBLE * char.size
            for one in kept[-3:]
        )
        if not again:
            kept.append(char)
    return kept


def habits(cells: Iterable[tuple[Sequence[TextLine], float]]) -> Habits:
    """What all cells of a document show, each given with the room that its column has."""
    with_blank = without = 0
    words: set[str] = set()
    broken: list[tuple[str, str]] = []
    for lines, room in cells:
        for index, line in enumerate(lines):
            found = [word.casefold() for word in _WORD.findall(line.plain)]
            words.update(found[index > 0 : len(found) - (index + 1 < len(lines))])
            if index + 1 == len(lines):
                continue
            after = lines[index + 1]
            if line.plain[-1] in _DASHES:
                broken.append((_last_word(line.plain[:-1]), _first_word(after.plain)))
                continue
            if line.open_end:
                with_blank += 1
            elif after.block == line.block and not _fits(line, after.first_char, room):
                without += 1
    pairs = [(first.casefold(), last.casefold()) for first, last in broken if first and last]
    whole = sum(first + last in words for first, last in pairs)
    apart = sum(f"{first}-{last}" in words for first, last in pairs)
    return Habits(
        keeps_blanks=with_blank >= _LEAST_BLANKS and with_blank > without,
        hyphenates=whole >= _LEAST_BROKEN and whole > apart,
        words=frozenset(words),
    )


def _fits(line: TextLine, more: float, room: float) -> bool:
    return line.width + more <= room - _SLACK


def joined(lines: Sequence[TextLine], room: float, habit: Habits, *, key: bool = False) -> str:
    """The text of a cell, with italics marked; `room` is the width of its column. A `key` is a
    reference, in which nobody presses Enter."""
    text = ""
    for index, line in enumerate(lines):
        if index == 0:
            text = line.text
            continue
        before = lines[index - 1]
        between, keep = _between(before, line, room, habit, key)
        end = text.rstrip(UPRIGHT)
        if not keep:
            text = end[:-1] + text[len(end) :]
        text += between + line.text
    return text.replace(UPRIGHT + ITALIC, "").replace(f"{UPRIGHT} {ITALIC}", " ")


def _between(
    before: TextLine, after: TextLine, room: float, habit: Habits, key: bool
) -> tuple[str, bool]:
    """What stands between two lines, and whether the first one's last sign stays."""
    if after.block != before.block and after.page == before.page:
        return "\n", True
    if before.open_end:
        return " ", True
    end, start = before.plain, after.plain
    if end[-1] in _DASHES and len(end) > 1 and end[-2] != " ":
        return _after_hyphen(end, start, habit)
    if end[-1] in _DASHES and habit.keeps_blanks:
        return "", True  # the sign of a number
    if _fits(before, before.space + after.first_word, room):
        return "\n", True
    if end[-1] == "/" and end[-2:-1].isalnum():
        return "", True
    if habit.keeps_blanks:
        whole = (_last_word(end) + _first_word(start)).casefold() in habit.words
        cut = end[-1].islower() and start[0].islower() and (" " not in end or whole)
        cut = cut or start[0] in _CLOSING
        return ("" if cut or (key and start[0] != "(") else "\n"), True
    return ("" if _cut_word(end, start, habit) else " "), True


def _after_hyphen(end: str, start: str, habit: Habits) -> tuple[str, bool]:
    """`re-` and `referrals` are `re-referrals`; `refer-` and `rals` are `referrals` where that
    word stands in the document and `refer-rals` does not, or where the document breaks its words
    and one part is none."""
    if not habit.keeps_blanks and re.match(r"(?:and|or|to)\b|\(", start):
        return " ", True  # short- and long-term
    first, last = _last_word(end[:-1]).casefold(), _first_word(start)
    if not first or not last or not last.islower() or f"{first}-{last}" in habit.words:
        return "", True
    if first + last in habit.words:
        return "", False
    return "", not (habit.hyphenates and not {first, last} <= habit.words)


def _cut_word(end: str, start: str, habit: Habits) -> bool:
    """Whether a line broke within a word: together they are a word of the document, and the second
    part is none."""
    first, last = _last_word(end), _first_word(start)
    if not first or not last or not last.islower():
        return False
    return (first + last).casefold() in habit.words and last.casefold() not in habit.words


def _last_word(text: str) -> str:
    found = re.search(r"[^\W\d_]+$", text)
    return found[0] if found else ""


def _first_word(text: str) -> str:
    found = re.match(r"[^\W\d_]+", text)
    return found[0] if found else ""


def plain(text: str) -> str:
    """The text without the marks of italics."""
    return _MARKS.sub("", text)


def markup(text: str) -> str | None:
    """The text with italics as `<i>`, or None where it has none."""
    if ITALIC not in text:
        return None
    return text.replace(ITALIC, "<i>").replace(UPRIGHT, "</i>")


def paragraphs(chars: Iterable[tuple[int, Char]], page: int) -> Iterator[TextLine]:
    """The lines of characters that say their paragraph, paragraph by paragraph."""
    by_block: dict[int, list[Char]] = {}
    for block, char in chars:
        by_block.setdefault(block, []).append(char)
    for block, group in by_block.items():
        yield from lines_of(group, page, block)
