"""The tables of an HTML page to grids.

What a reader sees is what counts: scripts, styles, drawings and text hidden from sight are left
out; merged cells are laid out as a browser does.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

from lxml import etree, html

from openscorecard.errors import InputError
from openscorecard.findings import Finding
from openscorecard.records.printed.encoding import decode
from openscorecard.records.printed.grid import MOST_CELLS, NOTHING, Grid, Line, RawCell

_SKIPPED = {"svg", "script", "style", "template", "noscript", "table", "math", "select", "title"}
_HIDDEN_CLASSES = {
    "vh",
    "visually-hidden",
    "govuk-visually-hidden",
    "sr-only",
    "screen-reader-only",
}
_BLOCKS = {"p", "div", "li", "ul", "ol", "section", "h1", "h2", "h3", "h4", "h5", "h6", "dd", "dt"}
_CHARSET = re.compile(
    rb"""<meta[^>]+charset=["']?([\w-]+)|<\?xml[^>]+encoding=["']([\w-]+)""", re.I
)
_NO_DISPLAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_MOST_ACROSS, _MOST_DOWN = 1_000, 65_534  # the limits that HTML itself sets


def grids_of_html(name: str, data: bytes) -> tuple[list[Grid], list[Finding]]:
    """One grid a table; `line` is the line of the file where the row begins."""
    text, findings = _text(name, data)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False)
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise InputError(
            "the page holds nothing that can be read as HTML",
            where=name,
            todo="give the whole page",
        ) from error
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise InputError(  # what follows the limit would be missing without a word
            "the page is nested too deeply, or a text in it is too long, to be read to its end",
            where=name,
            todo="give the page's tables alone",
        )
    grids, room = [], MOST_CELLS
    for number, table in enumerate(root.iter("table"), start=1):
        lines = _lines(name, table, room)
        room -= sum(len(line.cells) for line in lines)
        grids.append(Grid(name, f"HTML table {number}", tuple(lines)))
    return grids, findings


def _text(name: str, data: bytes) -> tuple[str, list[Finding]]:
    said = _CHARSET.search(data[:4_000])
    encoding = (said[1] or said[2]).decode("ascii", errors="replace").lower() if said else ""
    if encoding in ("iso-8859-1", "latin1", "latin-1", "windows-1252", "cp1252"):
        with contextlib.suppress(UnicodeDecodeError):  # not what it says: tried as any text is
            data = data.decode("cp1252").encode()
    return decode(name, data)


def _lines(name: str, table: html.HtmlElement, room: int) -> list[Line]:
    """The rows with merged cells laid out: their text stands in each place, marked as spread."""
    lines: list[Line] = []
    above: _Merged = {}
    for row in _rows(table):
        laid, above = _lay_out(name, row, above, room)
        cells = tuple(laid.get(column, NOTHING) for column in range(max(laid, default=-1) + 1))
        room -= len(cells)
        lines.append(Line(row.sourceline or 0, cells))
    return lines


# Cells merged downwards from above: column, how many more rows they cover, and what they show.
_Merged = dict[int, tuple[int, RawCell]]


def _lay_out(
    name: str, row: html.HtmlElement, above: _Merged, room: int
) -> tuple[dict[int, RawCell], _Merged]:
    laid = {column: cell for column, (_, cell) in above.items()}
    below = {column: (rows - 1, cell) for column, (rows, cell) in above.items() if rows > 1}
    column = 0
    for element in row:
        if element.tag not in ("td", "th"):
            continue
        down = _span(element, "rowspan", _MOST_DOWN)
        first, beside = _cell(element)
        while column in laid:
            column += 1
        for offset in range(_span(element, "colspan", _MOST_ACROSS)):
            laid.setdefault(column, beside if offset else first)
            if down > 1:
                below[column] = (down - 1, _spread(first, "across" if offset else "down"))
            column += 1
        if column > room:
            raise InputError(
                f"the tables have more than {MOST_CELLS:,} cells, which no page has",
                where=name,
                todo="give the page alone",
            )
    return laid, below


def _rows(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for row in table.iter("tr"):
        if next(row.iterancestors("table"), None) is table:
            yield row


def _span(element: html.HtmlElement, name: str, most: int) -> int:
    text = (element.get(name) or "1").strip()
    return min(max(int(text), 1), most) if re.fullmatch("[0-9]{1,6}", text) else 1


def _spread(cell: RawCell, way: str) -> RawCell:
    return RawCell(cell.text, markup=cell.markup, spread=way) if cell.text else NOTHING


def _cell(element: html.HtmlElement) -> tuple[RawCell, RawCell]:
    """The cell, and what stands in the other columns that it covers."""
    pieces = list(_pieces(element))
    marked = _tidy("".join(pieces))
    cell = RawCell(_tidy("".join(p for p in pieces if p not in ("<i>", "</i>"))), markup=marked)
    return cell, _spread(cell, "across")


def _tidy(text: str) -> str:
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()


def _pieces(cell: html.HtmlElement) -> Iterator[str]:
    """The text as a reader sees it, in order; `<i>` and `</i>` mark italics."""
    stack: list[tuple[html.HtmlElement, bool]] = [(cell, False)]
    while stack:
        element, leaving = stack.pop()
        if leaving:
            yield from _after(element, element is cell)
            continue
        seen = element is cell or _is_seen(element)
        if seen:
            if element.tag in ("i", "em"):
                yield "<i>"
            if element.tag == "br" or element.tag in _BLOCKS:
                yield "\n"
            if element.tag == "img":
                yield element.get("alt") or ""
            yield _flat(element.text)
        elif element.tail:
            yield _flat(element.tail)
        if seen:
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))


def _after(element: html.HtmlElement, is_cell: bool) -> Iterator[str]:
    if element.tag in ("i", "em"):
        yield "</i>"
    if element.tag in _BLOCKS:
        yield "\n"
    if not is_cell:
        yield _flat(element.tail)


def _flat(text: str | None) -> str:
    """Line breaks in the source of a page are mere spaces."""
    return re.sub(r"[ \t\r\n\f]+", " ", text or "")


def _is_seen(element: html.HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in _SKIPPED:
        return False  # comments and processing instructions have no name
    if element.get("hidden") is not None or _NO_DISPLAY.search(element.get("style") or ""):
        return False
    return not _HIDDEN_CLASSES & set((element.get("class") or "").split())
