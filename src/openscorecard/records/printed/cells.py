"""What one cell says: a number, a dash, a blank, `n/a`, `Local` or a text, kept apart.

The raw text always stays beside what was made of it. What is neither a number nor a known word
is a text with a doubt, and the doubt becomes a finding: nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from openscorecard.records.printed.grid import RawCell
from openscorecard.records.printed.page import BLANK, Cell, CellStatus
from openscorecard.units import Arrow

# Words that stand where a number could, and what each is. The shorthand in square brackets is
# that of official statistics: [c] hidden, [x] not available, [z] does not apply.
WORDS = {
    "n/a": CellStatus.NOT_AVAILABLE,
    "n.a": CellStatus.NOT_AVAILABLE,
    "n.a.": CellStatus.NOT_AVAILABLE,
    "na": CellStatus.NOT_AVAILABLE,
    "#n/a": CellStatus.NOT_AVAILABLE,
    "not available": CellStatus.NOT_AVAILABLE,
    "not applicable": CellStatus.NOT_AVAILABLE,
    "no data": CellStatus.NOT_AVAILABLE,
    "none": CellStatus.NOT_AVAILABLE,
    "[x]": CellStatus.NOT_AVAILABLE,
    "[z]": CellStatus.NOT_AVAILABLE,
    "x": CellStatus.NOT_AVAILABLE,
    "z": CellStatus.NOT_AVAILABLE,
    ":": CellStatus.NOT_AVAILABLE,
    "..": CellStatus.NOT_AVAILABLE,
    "local": CellStatus.LOCAL,
    "local measure": CellStatus.LOCAL,
    "local indicator": CellStatus.LOCAL,
    "[c]": CellStatus.TEXT,
    "c": CellStatus.TEXT,
    "[low]": CellStatus.TEXT,
    "low": CellStatus.TEXT,
    "suppressed": CellStatus.TEXT,
    "*": CellStatus.TEXT,
    "<5": CellStatus.TEXT,
    "<=5": CellStatus.TEXT,
    "1-5": CellStatus.TEXT,
}
# Changes in words, as some tables print them.
MOVES = {
    "up": Arrow.UP,
    "down": Arrow.DOWN,
    "no change": Arrow.LEVEL,
    "unchanged": Arrow.LEVEL,
    "level": Arrow.LEVEL,
}
# Every family of arrow glyph that pages use; the emoji ones lose their variation selector first.
ARROWS = (
    dict.fromkeys("↑⬆▲△⇑⇧⮝🔺🔼▴", Arrow.UP)
    | dict.fromkeys("↓⬇▼▽⇓⇩⮟🔻🔽▾", Arrow.DOWN)
    | dict.fromkeys("→➔➜➝➞➙➡⇒⇨►▶◄◀▸◂←⬅↔⬌⮞⟷🡒", Arrow.LEVEL)
)
# Shapes that say a verdict beside a figure: ■ 2,080.
_SHAPES = "■●◆◼⬤○□◇"
_ARROW_LIKE = re.compile("[\u2190-\u21ff\u25a0-\u25ff\u2794-\u27bf\u27f0-\u27ff\u2b00-\u2bff"
                         "\U0001f53a-\U0001f53d\U0001f800-\U0001f8ff]")  # fmt: skip
_DASHES = "-‐‑‒–—―−"
_PLAIN = {ord(sign): "-" for sign in _DASHES} | dict.fromkeys(map(ord, "\ufe0e\ufe0f\u200b\u200d"))
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<pound>£?)(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)(?:\.(?P<part>[0-9]+))?"
    r"\s?(?P<percent>%|per ?cent)?"
)
_POINTS = re.compile(
    r"(?P<number>[+-]?[0-9.,]+) ?(?:pts?|pps?|%pts?|points?|percentage points?)\.?", re.I
)
_BRACKETS = re.compile(r"\((?P<number>[0-9.,]+ ?%?)\)")
_MARKER = re.compile(
    r"\s*(?:(?P<known>\[(?:[bepruw]|note ?[0-9]+|[0-9]+)\]|\([per]\))"
    r"|(?P<star>[*†‡^]+|[¹²³⁰⁴-⁹]+))$",
    re.IGNORECASE,
)
_TAGS = re.compile(r"</?(?:i|em|b|strong|u|span|font|sup|sub|p)(?:\s[^<>]*)?>|<br\s*/?>", re.I)
_NO_FIGURE = "is neither a number nor a word that stands for a missing one"
_LONGEST = 100  # characters that a figure with its arrow and marks can have
_MOST_DIGITS = 15  # what a spreadsheet holds exactly


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell as read. `doubt` says what is odd about it; `unread` that no sense was made of it."""

    cell: Cell
    doubt: str = ""
    unread: bool = False


def read_figure(raw: RawCell, *, change: bool = False) -> Reading:
    """What stands in a column of figures, or (`change`) in one of changes.

    In a change, `9 pts` are points, and `(5%)` is -5%, as accountants write it.

    >>> read_figure(RawCell("1,223")).cell.number, read_figure(RawCell("- n/a")).cell.status.value
    (Fraction(1223, 1), 'not-available')
    >>> read_figure(RawCell("⬇️ -100%")).cell.arrow.value
    'down'
    """
    if raw.problem:
        return Reading(Cell(raw=raw.words, status=CellStatus.TEXT), raw.problem, unread=True)
    shown = " ".join(_TAGS.sub(" ", raw.text).split())
    if raw.number is not None:
        return _with_stored(raw.number, shown)
    return _read_text(shown, change)


def _read_text(shown: str, change: bool = False) -> Reading:
    if len(shown) > _LONGEST:
        return Reading(Cell(raw=shown, status=CellStatus.TEXT), _NO_FIGURE, unread=True)
    text = " ".join(shown.translate(_PLAIN).split())
    if not text:
        return Reading(BLANK if not shown else Cell(raw=shown, status=CellStatus.BLANK))
    plain, arrow, doubt = _without_arrow(text)
    if not plain:  # an arrow or a shape alone
        return Reading(Cell(raw=shown, status=CellStatus.TEXT, arrow=arrow), doubt)
    word = plain.lower()
    if word.startswith("- "):  # the dash stands where the arrow would: "- n/a"
        word = word[2:] if word[2:] in WORDS else word
    if word.removesuffix(" [r]") in WORDS:  # no figure, where another edition had one: "[z] [r]"
        word = word.removesuffix(" [r]")
    if plain == "-":
        return Reading(Cell(raw=shown, status=CellStatus.DASH, arrow=arrow), doubt)
    if word in WORDS:
        return Reading(Cell(raw=shown, status=WORDS[word], arrow=arrow), doubt)
    number = _read_change(plain) if change else None
    number = number or _read_number(plain)
    if number is not None:
        cell, more = number
        return Reading(_as_cell(cell, shown, arrow), doubt or more)
    move = _move(word)
    if move is not None:
        return Reading(Cell(raw=shown, status=CellStatus.TEXT, arrow=move), doubt)
    return Reading(Cell(raw=shown, status=CellStatus.TEXT, arrow=arrow), _NO_FIGURE, unread=True)


def _as_cell(number: Cell, shown: str, arrow: Arrow | None) -> Cell:
    return Cell(
        raw=shown,
        status=CellStatus.VALUE,
        number=number.number,
        decimals=number.decimals,
        percent=number.percent,
        arrow=arrow,
    )


def _without_arrow(text: str) -> tuple[str, Arrow | None, str]:
    """The text without the arrow (or verdict shape) at either end, the arrow, and a doubt."""
    signs: list[str] = []
    while text and _ARROW_LIKE.match(text[0]):
        signs.append(text[0])
        text = text[1:].lstrip()
    while text and _ARROW_LIKE.match(text[-1]):
        signs.append(text[-1])
        text = text[:-1].rstrip()
    signs = [sign for sign in signs if sign not in _SHAPES]
    arrows = {ARROWS[sign] for sign in signs if sign in ARROWS}
    if not signs:
        return text, None, ""
    if len(arrows) == 1 and all(sign in ARROWS for sign in signs):
        return text, arrows.pop(), ""
    return text, None, f"has a sign that is no arrow we know ({''.join(signs)})"


def _read_change(text: str) -> tuple[Cell, str] | None:
    """Points, and a fall in brackets."""
    points = _POINTS.fullmatch(text)
    if points:
        return _read_number(points["number"])
    fall = _BRACKETS.fullmatch(text)
    number = _read_number(fall["number"]) if fall else None
    if number is None or number[0].number is None:
        return None
    return replace(number[0], number=-number[0].number), "is in brackets; read as a fall"


def _read_number(text: str) -> tuple[Cell, str] | None:
    doubt = ""
    marker = _MARKER.search(text)
    if marker and marker.start() > 0:
        text = text[: marker.start()]
        if marker["star"]:
            doubt = f"bears a mark ({marker['star']}) whose meaning the table does not say"
    match = _NUMBER.fullmatch(text)
    if not match or not (match["whole"] or match["part"]):
        return None
    digits, part = (match["whole"] or "0").replace(",", ""), match["part"] or ""
    if len(digits) + len(part) > _MOST_DIGITS:
        return None
    number = Fraction(int(digits + part), 10 ** len(part))
    if match["pound"]:
        doubt = "is a sum of money, read as a plain number"
    cell = Cell(
        raw=text,
        status=CellStatus.VALUE,
        number=-number if match["sign"] == "-" else number,
        decimals=len(part),
        percent=bool(match["percent"]),
    )
    return cell, doubt


def _move(word: str) -> Arrow | None:
    """`up 279`, `down 8 pts`, `no change`: a change in words."""
    first, _, rest = word.partition(" ")
    if word in MOVES:
        return MOVES[word]
    if first in ("up", "down") and re.fullmatch(r"(?:by )?[0-9.,]+ ?(?:%|pts?|points?|pp)?", rest):
        return MOVES[first]
    return None


def _with_stored(stored: Fraction, shown: str) -> Reading:
    """A workbook's number behind the text that its format shows."""
    reading = _read_text(shown)
    cell = reading.cell
    if cell.number is None:
        if stored == 0 and cell.status is CellStatus.DASH:
            zero = Cell(raw=shown, status=CellStatus.VALUE, number=stored)
            return Reading(zero, "is a 0 that the number format prints as a dash; read as 0")
        return Reading(cell, "is a number that its number format hides or changes", unread=True)
    return Reading(
        Cell(
            raw=shown,
            status=CellStatus.VALUE,
            number=stored,
            decimals=cell.decimals,
            percent=cell.percent,
            exact=stored != cell.number,
            arrow=cell.arrow,
        ),
        reading.doubt,
    )


_DIRECTIONS = {
    "up": ("up", "high", "higher", "higher is better", "high is good", "bigger is better",
           "increase", "increasing", "maximise", "more"),
    "down": ("down", "low", "lower", "lower is better", "low is good", "smaller is better",
             "decrease", "decreasing", "reduce", "minimise", "fewer", "less"),
    "none": ("", "-", "none", "n/a", "na", "neutral", "neither", "no preference", "[z]", "level",
             "local", "not applicable"),
}  # fmt: skip


def read_direction(raw: RawCell) -> str | None:
    """The preferred direction, `up`, `down` or `none`; None where it cannot be read."""
    text, arrow, doubt = _without_arrow(" ".join(raw.text.translate(_PLAIN).split()))
    word = text.lower().strip(".")
    by_word = next((way for way, words in _DIRECTIONS.items() if word in words), None)
    if doubt or by_word is None:
        return None
    by_arrow = {Arrow.UP: "up", Arrow.DOWN: "down", Arrow.LEVEL: "none"}[arrow] if arrow else None
    if by_arrow is None or word == "":
        return by_arrow or by_word
    return by_word if by_word == by_arrow else None
