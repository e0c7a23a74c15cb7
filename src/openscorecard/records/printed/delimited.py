"""Tab-separated text and CSV to a grid.

Quotes have two lives: in CSV a cell may stand in them, line breaks included; in text pasted from
a spreadsheet they are text. A quote opens a cell only where a quote closes it before a delimiter.
"""

from __future__ import annotations

import re

from openscorecard.errors import InputError
from openscorecard.findings import Finding
from openscorecard.records.printed.grid import MOST_CELLS, Grid, Line, RawCell, information
from openscorecard.records.printed.headers import Role, heading

DELIMITERS = ("\t", ";", ",")
_ENOUGH = 4  # headers on one line, to be sure of the sign between them
_NAMES = {"\t": "tabs", ";": "semicolons", ",": "commas"}
_BREAKS = re.compile("\r\n|\r|\n")
_QUOTED = {sign: re.compile(rf'"((?:[^"]++|"")*+)" *(?={sign}|\r|\n|\Z)') for sign in DELIMITERS}
_PLAIN = {sign: re.compile(rf"[^{sign}\r\n]*") for sign in DELIMITERS}
_FORMULA_GUARD = re.compile("'[=+@\t\r-]")


def grid_of_text(name: str, text: str) -> tuple[Grid, list[Finding]]:
    """The text as lines of cells; `name` is the file's."""
    sign = _delimiter(text)
    if text.count(sign) + text.count("\n") > MOST_CELLS:
        raise InputError(
            f"the file has more than {MOST_CELLS:,} cells, which no page has",
            where=name,
            todo="give the page alone",
        )
    lines = _split(text, sign)
    if sign == "\t":
        return Grid(name, "", lines), []
    note = f"The cells of the file are separated by {_NAMES[sign]}."
    findings = [information("delimiter", note, name)] if sign == ";" else []
    return Grid(name, "", lines), findings


def _delimiter(text: str) -> str:
    """The sign that divides the headers: whichever makes the most of them words that we know."""
    best, most = "\t", 0
    candidates = [sign for sign in DELIMITERS if sign in text]
    for line in _BREAKS.split(text[:400_000]):
        if len(line) > 20_000:
            continue
        for sign in candidates:
            pieces = line.split(sign)
            if not 2 <= len(pieces) <= 200:
                continue
            known = sum(_is_heading(piece) for piece in pieces)
            if known > most:
                best, most = sign, known
        if most >= _ENOUGH:
            return best
    if most:
        return best
    return max(candidates, key=text.count, default="\t")


def _is_heading(piece: str) -> bool:
    words = piece.strip(' "')
    if not words or len(words) > 40:
        return False
    return heading(RawCell(words)).role not in (Role.UNKNOWN, Role.EMPTY)


def _split(text: str, sign: str) -> tuple[Line, ...]:
    lines: list[Line] = []
    cells: list[RawCell] = []
    position, number, start = 0, 1, 1
    quoted, plain = _QUOTED[sign], _PLAIN[sign]
    while position < len(text):
        content, position = _cell(text, position, quoted, plain, sign)
        number += _breaks(content)
        cells.append(_as_cell(content, sign))
        if text[position : position + 1] == sign:
            position += 1
            if position == len(text):
                cells.append(RawCell(""))
            continue
        lines.append(Line(start, tuple(cells)))
        cells = []
        position += 2 if text.startswith("\r\n", position) else 1
        number += 1
        start = number
    if cells:
        lines.append(Line(start, tuple(cells)))
    return tuple(lines)


def _cell(
    text: str, position: int, quoted: re.Pattern[str], plain: re.Pattern[str], sign: str
) -> tuple[str, int]:
    """The next cell's content and where it ends."""
    if text.startswith('"', position):
        match = quoted.match(text, position)
        # a cell over several lines with delimiters of its own is rows, caught by a stray quote
        if match and not (sign == "\t" and "\t" in match[1] and _breaks(match[1])):
            return match[1].replace('""', '"'), match.end()
    match = plain.match(text, position)
    assert match is not None, "the pattern matches the empty text too"
    return match[0], match.end()


def _breaks(content: str) -> int:
    return len(_BREAKS.findall(content))


def _as_cell(content: str, sign: str) -> RawCell:
    """In CSV, an apostrophe before `= + - @` only keeps a spreadsheet from seeing a formula."""
    if sign != "\t" and _FORMULA_GUARD.match(content):
        content = content[1:]
    return RawCell(_BREAKS.sub("\n", content).strip())
