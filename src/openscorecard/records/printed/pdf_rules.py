"""Tables by their lines: what a PDF without tags has of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pdfplumber.table import Table

from openscorecard.records.printed.pdf_cells import EMPTY, PdfCell, PdfRow, PdfTable
from openscorecard.records.printed.pdf_chars import Char
from openscorecard.records.printed.pdf_pages import PdfPage
from openscorecard.records.printed.pdf_text import lines_of

_LEAST_COLUMNS, _LEAST_ROWS = 3, 1
_ALIKE = 2.0  # points: edges nearer than that are one
_TOUCHING = 0.05  # of the size: what gap the characters of a word may have
_ABOVE = 60.0  # points above a table in which its heading stands


def ruled_tables(page: PdfPage, rows_before: int = 0) -> list[PdfTable]:
    """The page's ruled tables from top to bottom; `rows_before` rows of it are counted already."""
    found = [
        table
        for table in page.plumber.find_tables({"explicit_horizontal_lines": _open_ends(page)})
        if len(table.rows) >= _LEAST_ROWS and len(_edges(table)) >= _LEAST_COLUMNS
    ]
    found.sort(key=lambda table: (table.bbox[1], table.bbox[0]))
    tables: list[PdfTable] = []
    for index, table in enumerate(found):
        rows, held = _rows(table, page, rows_before)
        rows_before += len(rows)
        tables.append(
            PdfTable(
                rows=tuple(rows),
                edges=tuple(_edges(table)),
                first=index == 0,
                last=index + 1 == len(found),
                end=page.number,
                right=table.bbox[2],
                above=text_above(page, table.bbox[1], found[index - 1].bbox[3] if index else 0.0),
                held=held,
            )
        )
    return tables


def _open_ends(page: PdfPage) -> list[float]:
    """The heights at which several vertical lines end and no horizontal one closes them: where
    the end of the page cuts a row, many programs draw none. Without it that row would be lost."""
    edges = page.plumber.edges
    across = [edge["top"] for edge in edges
              if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > 2 * _ALIKE]  # fmt: skip
    ends = Counter(
        round(edge[end] / _ALIKE)
        for end in ("top", "bottom")
        for edge in edges
        if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > 2 * _ALIKE
    )
    heights = [end * _ALIKE for end, count in ends.items() if count > _LEAST_COLUMNS]
    return _apart(
        height for height in heights if all(abs(height - one) > 2 * _ALIKE for one in across)
    )


def text_above(page: PdfPage, top: float, below: float) -> str:
    """The text right above that height of the page, with digits left out: a heading, or what
    stands at the head of every page."""
    chars = [char for char in page.chars if max(below, top - _ABOVE) < char.y < top]
    return re.sub(r"\d+", "", " ".join(line.plain for line in lines_of(chars, page.number)))


def _edges(table: Table) -> list[float]:
    return _apart(cell[0] for cell in table.cells)


def _apart(places: Iterable[float]) -> list[float]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _ALIKE:
            kept.append(place)
    return kept


def _rows(table: Table, page: PdfPage, rows_before: int) -> tuple[list[PdfRow], frozenset[int]]:
    """The table's rows, and the characters in them."""
    lefts, tops = _edges(table), _apart(cell[1] for cell in table.cells)
    place: dict[tuple[int, int], tuple[int, str]] = {}
    for number, box in enumerate(table.cells):
        rows = range(_at(tops, box[1]), _at(tops, box[3] - 2 * _ALIKE) + 1)
        columns = range(_at(lefts, box[0]), _at(lefts, box[2] - 2 * _ALIKE) + 1)
        for row in rows:
            for column in columns:
                spread = "down" if row > rows[0] else "across" if column > columns[0] else ""
                place.setdefault((row, column), (number, spread))
    groups = _characters(table, page, lefts, tops, place)
    texts = [
        PdfCell(tuple(lines_of(group, page.number)), unnamed=any(char.unnamed for char in group))
        for group in groups
    ]
    laid = []
    for row in range(len(tops)):
        cells = []
        for column in range(len(lefts)):
            cell = EMPTY
            if (row, column) in place:
                number, spread = place[row, column]
                cell = replace(texts[number], spread=spread if texts[number].lines else "")
            cells.append(cell)
        laid.append(PdfRow(page.number, rows_before + row + 1, tuple(cells)))
    return laid, frozenset(id(char) for group in groups for char in group)


def _at(edges: Sequence[float], place: float) -> int:
    return max(bisect_right(edges, place + _ALIKE) - 1, 0)


def _characters(
    table: Table,
    page: PdfPage,
    lefts: Sequence[float],
    tops: Sequence[float],
    place: dict[tuple[int, int], tuple[int, str]],
) -> list[list[Char]]:
    """The characters of each cell. A word is of the cell in which most of its characters have
    their middle, for in a narrow one it may stand out; the blanks behind it go with it."""
    left, top, right, bottom = table.bbox
    chars: list[list[Char]] = [[] for _ in table.cells]
    for word in _words(page.chars):
        votes: Counter[int] = Counter()
        blank = all(char.text.isspace() for char in word)
        for char in word:
            if char.text.isspace() and not blank:
                continue
            if left <= char.x <= right and top <= char.y <= bottom:
                column = max(bisect_right(lefts, char.x) - 1, 0)
                row = max(bisect_right(tops, char.y) - 1, 0)
                if (row, column) in place:
                    votes[place[row, column][0]] += 1
        if votes:
            chars[votes.most_common(1)[0][0]].extend(word)
    return chars


def _words(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Characters that touch, in the order in which they are drawn, and the blanks behind them."""
    word: list[Char] = []
    for char in chars:
        if word and not _follows(word[-1], char):
            yield word
            word = []
        word.append(char)
    if word:
        yield word


def _follows(before: Char, char: Char) -> bool:
    if before.base != char.base or before.turned != char.turned:
        return False
    gap = char.at - before.end
    if char.text.isspace():
        return abs(gap) < before.size
    touching = before.run == char.run and abs(gap) < _TOUCHING * before.size
    return touching and not before.text.isspace()
