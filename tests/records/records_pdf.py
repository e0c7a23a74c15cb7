"""PDFs for the tests, set by Typst from the same lines of cells as the other kinds of file."""

from __future__ import annotations

import io
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pikepdf
import typst

_TEMPLATE = r"""
#let data = json(bytes(sys.inputs.data))
#set document(title: "A page")
#set page(
  width: data.width * 1mm, height: data.height * 1mm, margin: 10mm,
  footer: context [Page #counter(page).display()],
)
#set text(font: "Source Sans Pro", size: data.size * 1pt, lang: "en", hyphenate: data.hyphenate)
#let shown(cell) = {
  let parts = cell.split(regex("</?i>"))
  for (at, part) in parts.enumerate() {
    let lines = part.split("\n").map(one => [#one]).join(linebreak())
    if calc.odd(at) { emph(lines) } else { lines }
  }
}
#for part in data.tables {
  if part.heading != "" { heading(part.heading) }
  let cells(line) = line.map(cell => table.cell(breakable: true, shown(cell)))
  table(
    columns: if part.widths == none { part.lines.first().len() }
      else { part.widths.map(one => one * 1mm) },
    stroke: if data.ruled { 0.5pt } else { none },
    inset: 1.2mm,
    align: left + top,
    ..if data.repeat { (table.header(repeat: true, ..cells(part.lines.first())),) }
      else { cells(part.lines.first()) },
    ..part.lines.slice(1).map(cells).flatten(),
  )
}
"""


def as_pdf(
    *tables: list[list[str]],
    tagged: bool = False,
    ruled: bool = True,
    repeat: bool = True,
    widths: list[list[float]] | None = None,
    page: tuple[float, float] = (420, 297),
    size: float = 8,
    headings: tuple[str, ...] = (),
    hyphenate: bool = False,
) -> bytes:
    """One table after another, its first line the header; sizes in millimetres, type in points."""
    data: dict[str, Any] = {
        "tables": [
            {
                "heading": headings[at] if headings else "",
                "lines": lines,
                "widths": widths[at] if widths else None,
            }
            for at, lines in enumerate(tables)
        ],
        "width": page[0], "height": page[1], "size": size, "ruled": ruled,
        "repeat": repeat, "hyphenate": hyphenate,
    }  # fmt: skip
    return bytes(
        typst.compile(
            _TEMPLATE.encode(), font_paths=_fonts(), format="pdf", timestamp=0, pdf_tags=tagged,
            sys_inputs={"data": json.dumps(data)},
        )
    )  # fmt: skip


@cache
def _fonts() -> Any:
    folder = Path(str(files("font_source_sans_pro"))) / "files"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True,
                       font_paths=[folder])  # fmt: skip


def without_tags(pdf: bytes) -> bytes:
    """As a program that prints to PDF leaves it."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        del document.Root.StructTreeRoot
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def with_password(pdf: bytes, user: str, owner: str = "owner") -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        out = io.BytesIO()
        document.save(out, encryption=pikepdf.Encryption(user=user, owner=owner))
    return out.getvalue()


def pages_of(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def drawn(*pages: str, image: bool = False, more: dict[str, bytes] | None = None) -> bytes:
    """Pages of raw drawing operators, with a font F, an image I and the forms of `more`."""
    document = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    picture = pikepdf.Stream(
        document, b"\xff" * 12, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=2,
        Height=2, ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8,
    )  # fmt: skip
    objects = pikepdf.Dictionary(I=picture)
    for name, content in (more or {}).items():
        objects["/" + name] = document.make_indirect(pikepdf.Stream(
            document, content, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
            BBox=[0, 0, 800, 800],
        ))  # fmt: skip
    resources = document.make_indirect(
        pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font), XObject=objects)
    )
    for name in more or {}:
        objects["/" + name].Resources = resources
    for content in pages:
        made = document.add_blank_page(page_size=(842, 595))
        made.Resources = resources
        picture_first = "q 842 0 0 595 0 0 cm /I Do Q " if image else ""
        made.Contents = document.make_stream((picture_first + content).encode("latin-1"))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def merged(*pdfs: bytes) -> bytes:
    whole = pikepdf.new()
    for pdf in pdfs:
        whole.pages.extend(pikepdf.open(io.BytesIO(pdf)).pages)
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()
