"""Row headers for a tagged PDF: the first cells of each body row become headers of their row.

Typst marks column headers alone. A screen reader that stands in a cell says the row's header only
where the file has one (PDF/UA-1, 7.5).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

# Most elements of a paper are these; to look through them for tables would take most of the time.
_WITHOUT_TABLES = frozenset(
    f"/{kind}" for kind in ("P", "H1", "H2", "H3", "TOC", "Figure", "Span", "Strong", "Link")
)


def with_row_headers(pdf: bytes, first_cells: int = 1) -> bytes:
    """The same PDF with row headers, packed small; the same bytes for the same bytes.

    `first_cells` is how many cells head a row: a reference alone
    tells nobody what the row is about.

    The marks of PDF/UA in its metadata stay as they are.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        for table in _tables(document.Root.StructTreeRoot):
            for row in _body_rows(table):
                _make_headers(row, first_cells)
        out = io.BytesIO()
        document.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return out.getvalue()


def _tables(root: Any) -> Iterator[Any]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        kind = str(element.get("/S", ""))
        if kind == "/Table":
            yield element
        elif kind not in _WITHOUT_TABLES:
            waiting.extend(_children(element))


def _body_rows(table: Any) -> Iterator[Any]:
    for part in _children(table):
        kind = str(part.S)
        if kind == "/TR":
            yield part
        elif kind == "/TBody":
            yield from _children(part)


def _make_headers(row: Any, first_cells: int) -> None:
    """The first cells head the row. The other cells' own lists of headers name columns alone and
    would shut the row's header out, so they go: scope finds both."""
    import pikepdf

    for at, cell in enumerate(_children(row)):
        for attributes in _attributes(cell):
            if "/Headers" in attributes:
                del attributes["/Headers"]
        if at < first_cells and str(cell.S) == "/TD":
            cell.S = pikepdf.Name.TH
            kept = [one for one in _attributes(cell) if str(one.get("/O")) != "/Table"]
            spans = [one for one in _attributes(cell) if str(one.get("/O")) == "/Table"]
            own = (
                pikepdf.Dictionary(spans[0]) if spans else pikepdf.Dictionary(O=pikepdf.Name.Table)
            )
            own.Scope = pikepdf.Name.Row
            cell.A = pikepdf.Array([*kept, own])


def _attributes(element: Any) -> list[Any]:
    import pikepdf

    found = element.get("/A")
    if found is None:
        return []
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def _children(element: Any) -> Iterator[Any]:
    """The structure elements beneath, in order; marked content and references are left aside."""
    import pikepdf

    below = element.get("/K")
    if below is None:
        return
    for one in below if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(one, pikepdf.Dictionary) and "/S" in one:
            yield one
