"""Row headers for a tagged PDF: the first cell of each body row becomes a header of its row.

Typst marks column headers alone. A screen reader that stands in a cell says the row's header only
where the file has one (PDF/UA-1, 7.5).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any


def with_row_headers(pdf: bytes) -> bytes:
    """The same PDF with row headers, packed small; the same bytes for the same bytes.

    The marks of PDF/UA in its metadata stay as they are.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        for table in _tables(document.Root.StructTreeRoot):
            for row in _body_rows(table):
                _make_header(row)
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
        if str(element.get("/S", "")) == "/Table":
            yield element
        else:
            waiting.extend(_children(element))


def _body_rows(table: Any) -> Iterator[Any]:
    for part in _children(table):
        kind = str(part.S)
        if kind == "/TR":
            yield part
        elif kind == "/TBody":
            yield from _children(part)


def _make_header(row: Any) -> None:
    """The first cell heads the row. The other cells' own lists of headers name columns alone and
    would shut the row's header out, so they go: scope finds both."""
    import pikepdf

    for at, cell in enumerate(_children(row)):
        for attributes in _attributes(cell):
            if "/Headers" in attributes:
                del attributes["/Headers"]
        if at == 0 and str(cell.S) == "/TD":
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
