"""The tables of a tagged PDF: rows and cells by the tags, columns by tags and places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from openscorecard.findings import Finding, Severity
from openscorecard.records.printed.pdf_cells import EMPTY, PdfCell, PdfRow, PdfTable, end_of
from openscorecard.records.printed.pdf_chars import Char
from openscorecard.records.printed.pdf_columns import Columns, Row, Tag
from openscorecard.records.printed.pdf_pages import Document
from openscorecard.records.printed.pdf_rules import text_above
from openscorecard.records.printed.pdf_tags import Element, Texts, UntaggedError, structure
from openscorecard.records.printed.pdf_text import paragraphs

_MOST_ACROSS = 1_000
_STEP = 0.5  # points by which columns and rows follow each other at least


def tagged_tables(name: str, document: Document) -> tuple[list[PdfTable], list[Finding]]:
    """The tables that the tags give, in their order; none where the tags are not to be relied on:
    the document has none, or they contradict what stands on the pages."""
    try:
        root, texts = structure(document), Texts.of(document)
        elements = list(_innermost(root))
        read = [(_rows(element, texts), texts.held(element)) for element in elements]
        for rows, _ in read:
            _check_places(rows)
    except UntaggedError:
        return [], []
    numbers = _Numbers(document)
    tables: list[PdfTable] = []
    findings: list[Finding] = []
    for rows, held in read:
        table, doubts = _table(name, rows, document, numbers) if rows else (None, [])
        findings.extend(doubts)
        if table is not None:
            tables.append(replace(table, held=held))
    return _with_neighbours(tables), findings


def _innermost(element: Element) -> Iterator[Element]:
    """The tables without a table in them: one around others is a layout."""
    for table in element.every("Table"):
        within = [one for below in table.below for one in _innermost(below)]
        yield from within or [table]


def _rows(table: Element, texts: Texts) -> list[Row]:
    found = []
    for row in table.every("TR"):
        cells = [one for one in row.below if one.kind in ("TH", "TD")]
        heads = len(cells) > 1 and all(one.kind == "TH" for one in cells)
        tags = [_tag(one, texts, once=heads) for one in cells]
        if any(tag.cell.lines for tag in tags):
            found.append(tags)
    return found


def _tag(element: Element, texts: Texts, *, once: bool) -> Tag:
    """The cell; one of a header that is repeated on every page (`once`) as on the first."""
    by_page: dict[int, list[tuple[int, Char]]] = {}
    for page, block, char in texts.in_blocks(element):
        by_page.setdefault(page, []).append((block, char))
    pages = [page for page, chars in sorted(by_page.items()) if _seen(chars)]
    if once:
        pages = pages[:1]
    lines = tuple(line for page in pages for line in paragraphs(by_page[page], page))
    first = _seen(by_page[pages[0]]) if pages else []
    heads = element.attributes.get("Headers")
    return Tag(
        cell=PdfCell(
            lines, unnamed=any(char.unnamed for page in pages for _, char in by_page[page])
        ),
        page=pages[0] if pages else 0,
        left=min((char.left for char in first), default=0.0),
        right=max((char.right for char in first), default=0.0),
        top=min((char.y for char in first), default=0.0),
        across=_span(element, "ColSpan"),
        down=_span(element, "RowSpan"),
        own_id=element.attributes.get("ID"),
        heads=tuple(heads) if isinstance(heads, list) else (),
    )


def _seen(chars: Sequence[tuple[int, Char]]) -> list[Char]:
    return [char for _, char in chars if not char.text.isspace()]


def _span(element: Element, name: str) -> int:
    value = element.attributes.get(name, 1)
    return min(max(value, 1), _MOST_ACROSS) if isinstance(value, int) else 1


def _check_places(rows: Sequence[Row]) -> None:
    """UntaggedError where the cells of a row do not follow each other from left to right, or the
    rows from top to bottom: then the tags say something else than the page shows."""
    before = (0, 0.0)
    for row in rows:
        filled = [tag for tag in row if tag.cell.lines]
        page = min(tag.page for tag in filled)
        here = [tag for tag in filled if tag.page == page]
        if any(b.left - a.left < _STEP for a, b in pairwise(here)):
            raise UntaggedError
        place = (page, min(tag.top for tag in here))
        if place < before:
            raise UntaggedError
        before = place


def _table(
    name: str, rows: Sequence[Row], document: Document, numbers: _Numbers
) -> tuple[PdfTable | None, list[Finding]]:
    width = max(sum(tag.across for tag in row) for row in rows)
    columns = Columns(rows, width)
    laid: list[PdfRow] = []
    findings: list[Finding] = []
    merged: Merged = {}
    for index, row in enumerate(rows):
        begins = min(line.page for tag in row for line in tag.cell.lines)
        number = numbers.next(begins, rows[0] if index else None)
        places = columns.places(row, frozenset(merged))
        if places is None:
            findings.append(_unplaced(name, row, width, begins, number))
            merged = {}
            continue
        cells, merged = _lay_out(row, places, merged, width)
        laid.append(PdfRow(begins, number, cells))
    if not laid:
        return None, findings
    page = document.pages[laid[0].page - 1]
    top = min(tag.top for tag in rows[0] if tag.cell.lines) - 6
    table = PdfTable(
        rows=tuple(laid),
        edges=columns.lefts,
        first=True,
        last=True,
        end=max(map(end_of, laid)),
        above=text_above(page, top, 0.0),
    )
    return table, findings


# Cells merged downwards from above: column, how many more rows they cover, and the cell.
Merged = dict[int, tuple[int, PdfCell]]


def _lay_out(
    row: Row, places: Sequence[int | None], merged: Merged, width: int
) -> tuple[tuple[PdfCell, ...], Merged]:
    """The row's cells by column, merged ones in each place that they cover; and what reaches
    into the row below."""
    cells = [EMPTY] * width
    for column, (_, cell) in merged.items():
        cells[column] = replace(cell, spread="down") if cell.lines else EMPTY
    below = {column: (down - 1, cell) for column, (down, cell) in merged.items() if down > 1}
    for tag, first in zip(row, places, strict=True):
        if first is None:
            continue
        covered = range(first, min(first + tag.across, width))
        for column in covered:
            beside = column > first and bool(tag.cell.lines)
            cells[column] = replace(tag.cell, spread="across") if beside else tag.cell
            if tag.down > 1:
                below[column] = (tag.down - 1, cells[column])
    return tuple(cells), below


class _Numbers:
    """Counts the rows of each page as a reader does, repeated headers too."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._counts: Counter[int] = Counter()
        self._headed: set[int] = set()

    def next(self, page: int, head: Row | None) -> int:
        """The number of the next row on the page; `head` is the table's first row, unless this
        is it: where the page shows it again, it is counted."""
        if head is None:
            self._headed.add(page)
        elif page not in self._headed:
            self._headed.add(page)
            self._counts[page] += self._shows(page, head)
        self._counts[page] += 1
        return self._counts[page]

    def _shows(self, page: int, head: Row) -> bool:
        words = "".join(tag.cell.words for tag in head[:3])
        chars = self._document.pages[page - 1].chars
        text = "".join(char.text for char in chars if char.mcid is None)
        return _squeezed(words) in _squeezed(text)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _unplaced(name: str, row: Row, width: int, page: int, number: int) -> Finding:
    words = " | ".join(tag.cell.words for tag in row if tag.cell.lines)
    return Finding(
        "row-not-placed",
        Severity.ERROR,
        f"Page {page}, row {number} has {len(row)} cells where its table has {width} columns, and "
        f"their places do not tell which are missing: it was not read. It says “{words[:80]}”.",
        place=f"{name}, page {page}, row {number}",
    )


def _with_neighbours(tables: Sequence[PdfTable]) -> list[PdfTable]:
    """The tables, each told whether others stand on its pages before and behind it."""
    made = []
    for index, table in enumerate(tables):
        before = tables[index - 1] if index else None
        after = tables[index + 1] if index + 1 < len(tables) else None
        made.append(
            replace(
                table,
                first=before is None or before.end < table.first_page,
                last=after is None or after.first_page > table.end,
            )
        )
    return made
