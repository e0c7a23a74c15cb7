"""Reads a tagged PDF for tests: the text of every structure element, by its marked content."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pdfplumber
import pikepdf


@dataclass
class Element:
    """`kind` as in the file (`TH`, `P`); `text` is its own and all beneath, without line ends;
    `pages` are the pages (from 0) that it stands on."""

    kind: str
    text: str
    scope: str
    alt: str
    pages: frozenset[int]
    below: list[Element] = field(default_factory=list)

    def every(self, *kinds: str) -> Iterator[Element]:
        if self.kind in kinds:
            yield self
        for one in self.below:
            yield from one.every(*kinds)


def squeezed(text: str) -> str:
    """Without blanks: a line end in a cell may stand for one or for none."""
    return "".join(text.replace("\N{ZERO WIDTH SPACE}", "").split())


@dataclass(frozen=True)
class Page:
    width: float
    height: float
    chars: list[dict[str, Any]]


@lru_cache(maxsize=1)
def _pages(pdf: bytes) -> list[Page]:
    """The characters, kept for the next look at the same document: reading them is what takes
    time."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [Page(one.width, one.height, one.chars) for one in document.pages]


def structure(pdf: bytes) -> Element:
    """The document's structure, with texts squeezed."""
    texts: dict[tuple[int, int], str] = {}
    for number, page in enumerate(_pages(pdf)):
        for char in page.chars:
            if char.get("mcid") is not None:
                key = (number, char["mcid"])
                texts[key] = texts.get(key, "") + char["text"]
    with pikepdf.open(io.BytesIO(pdf)) as tagged:
        pages = {page.obj.objgen: number for number, page in enumerate(tagged.pages)}
        return _element(tagged.Root.StructTreeRoot, pages, texts, None)


def _element(
    source: Any, pages: dict[Any, int], texts: dict[tuple[int, int], str], page: int | None
) -> Element:
    page = pages[source.Pg.objgen] if "/Pg" in source else page
    text = ""
    on: set[int] = set()
    below: list[Element] = []
    kids = source.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [] if kids is None else [kids]:
        at, mcid = page, None
        if not isinstance(kid, pikepdf.Dictionary):
            mcid = int(kid)
        elif "/MCID" in kid:
            mcid, at = int(kid.MCID), pages[kid.Pg.objgen] if "/Pg" in kid else page
        elif "/S" in kid:
            one = _element(kid, pages, texts, page)
            below.append(one)
            text, on = text + one.text, on | one.pages
        if mcid is not None and at is not None:
            text += squeezed(texts.get((at, mcid), ""))
            on.add(at)
    attributes = source.get("/A")
    listed = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    scope = next((str(one.Scope)[1:] for one in listed if one is not None and "/Scope" in one), "")
    kind = str(source.get("/S", "/Root"))[1:]
    return Element(kind, text, scope, str(source.get("/Alt", "")), frozenset(on), below)


def outline(pdf: bytes) -> list[str]:
    """The bookmarks, in order, all levels."""
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_outline() as found:
        told: list[str] = []
        waiting = list(found.root)
        while waiting:
            item = waiting.pop(0)
            told.append(str(item.title))
            waiting[:0] = item.children
        return told


def fonts(pdf: bytes) -> dict[str, bool]:
    """Each font's name and whether its file is inside."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {
            str(one.FontName): any(key in one for key in ("/FontFile", "/FontFile2", "/FontFile3"))
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and str(one.get("/Type")) == "/FontDescriptor"
        }


def outside(pdf: bytes) -> list[str]:
    """The characters that stand beyond the edge of their page."""
    return [
        char["text"]
        for page in _pages(pdf)
        for char in page.chars
        if char["x0"] < 0 or char["x1"] > page.width
        or char["top"] < 0 or char["bottom"] > page.height
    ]  # fmt: skip


def chars(pdf: bytes) -> list[dict[str, Any]]:
    """The characters of all pages that can be seen."""
    return [one for page in _pages(pdf) for one in page.chars if not one["text"].isspace()]


def strayed(pdf: bytes, between: tuple[float, float]) -> list[str]:
    """The characters that stand left or right of the page's text."""
    left, right = between
    return [one["text"] for one in chars(pdf) if one["x0"] < left - 0.2 or one["x1"] > right + 0.2]
