"""Tables by the document's tags: the exact way, where a PDF has them.

The tags say which text is one cell and which cells are one row. They do not always say which
column: some programs leave blank cells out. So a row with fewer cells than its table has columns is
placed by where its cells stand on the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psexceptions import PSException
from pdfminer.psparser import PSLiteral

from openscorecard.records.printed.pdf_chars import Char
from openscorecard.records.printed.pdf_pages import Document

MOST_ELEMENTS = 400_000
_DEEPEST = 120
# The body of a list's entry is none: it stands on the line of its sign.
_BLOCKS = {"P", "Div", "LI", "L", "H", "H1", "H2", "H3", "H4", "H5", "H6", "BlockQuote"}


@dataclass(slots=True)
class Element:
    """An element of the structure. `content` has marked content (page, number) and elements, in
    their order; `attributes` those that tables use, and the element's own ID."""

    kind: str
    attributes: dict[str, Any]
    content: list[tuple[int, int] | Element] = field(default_factory=list)

    @property
    def below(self) -> list[Element]:
        return [one for one in self.content if isinstance(one, Element)]

    def every(self, *kinds: str) -> Iterator[Element]:
        """The elements of the kinds, outermost first, none within another of them."""
        if self.kind in kinds:
            yield self
            return
        for one in self.below:
            yield from one.every(*kinds)

    def marks(self) -> Iterator[tuple[int, int]]:
        for one in self.content:
            if isinstance(one, Element):
                yield from one.marks()
            else:
                yield one


class UntaggedError(Exception):
    """The document has no tags, or has them in a way that we cannot follow."""


def structure(document: Document) -> Element:
    """The tree of the document's elements; UntaggedError where there is none to rely on."""
    pages = {page.plumber.page_obj.pageid: page.number for page in document.pages}
    try:
        root = resolve1(document.pdf.doc.catalog.get("StructTreeRoot"))
        if not isinstance(root, dict):
            raise UntaggedError
        roles = resolve1(root.get("RoleMap"))
        return _Reader(pages, roles if isinstance(roles, dict) else {}).element(root, None, 0)
    except (PSException, TypeError, ValueError, KeyError) as error:  # of a broken tree
        raise UntaggedError from error


class _Reader:
    """Walks the tree once; an element that comes again, or too deep, makes it unreliable."""

    def __init__(self, pages: dict[Any, int], roles: dict[str, Any]) -> None:
        self._pages, self._roles = pages, roles
        self._seen: set[int] = set()
        self._left = MOST_ELEMENTS

    def element(self, source: dict[str, Any], page: int | None, depth: int) -> Element:
        self._left -= 1
        if depth > _DEEPEST or self._left < 0:
            raise UntaggedError
        page = self._page(source, page)
        made = Element(self._kind(source), _attributes(source))
        kids = resolve1(source.get("K"))
        for kid in kids if isinstance(kids, list) else [] if kids is None else [kids]:
            if isinstance(kid, PDFObjRef):
                if kid.objid in self._seen:
                    raise UntaggedError
                self._seen.add(kid.objid)
            one = resolve1(kid)
            if isinstance(one, int):
                self._mark(made, page, one)
            elif isinstance(one, dict) and "MCID" in one:
                if "Stm" in one:  # content of a form: its numbers are its own
                    raise UntaggedError
                self._mark(made, self._page(one, page), resolve1(one["MCID"]))
            elif isinstance(one, dict) and "S" in one:
                made.content.append(self.element(one, page, depth + 1))
        return made

    def _mark(self, made: Element, page: int | None, number: Any) -> None:
        if page is not None and isinstance(number, int):
            made.content.append((page, number))

    def _page(self, source: dict[str, Any], page: int | None) -> int | None:
        own = source.get("Pg")
        return self._pages.get(own.objid) if isinstance(own, PDFObjRef) else page

    def _kind(self, source: dict[str, Any]) -> str:
        kind = _name(source.get("S"))
        for _ in range(4):  # a file may give its own names to the kinds
            if kind not in self._roles:
                break
            kind = _name(self._roles[kind])
        return kind


def _name(value: Any) -> str:
    found = resolve1(value)
    if isinstance(found, PSLiteral):
        name = found.name
        return name if isinstance(name, str) else name.decode("latin-1")
    return ""


def _attributes(source: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    listed = resolve1(source.get("A"))
    for one in listed if isinstance(listed, list) else [listed]:
        attributes = resolve1(one)
        if isinstance(attributes, dict):
            found |= {key: resolve1(attributes[key]) for key in ("RowSpan", "ColSpan", "Headers")
                      if key in attributes}  # fmt: skip
    return found | {"ID": resolve1(source.get("ID"))}


@dataclass(frozen=True, slots=True)
class Texts:
    """The characters of each marked content of the document."""

    chars: dict[tuple[int, int], list[Char]]

    @classmethod
    def of(cls, document: Document) -> Texts:
        chars: dict[tuple[int, int], list[Char]] = {}
        for page in document.pages:
            for char in page.chars:
                if char.mcid is not None:
                    chars.setdefault((page.number, char.mcid), []).append(char)
        return cls(chars)

    def held(self, element: Element) -> frozenset[int]:
        """The characters of the element, by their `id`."""
        return frozenset(id(char) for mark in element.marks() for char in self.chars.get(mark, ()))

    def in_blocks(self, element: Element) -> list[tuple[int, int, Char]]:
        """The element's characters, each with its page and the number of its paragraph."""
        found: list[tuple[int, int, Char]] = []
        self._gather(element, found, [0])
        return found

    def _gather(
        self, element: Element, found: list[tuple[int, int, Char]], block: list[int]
    ) -> None:
        if element.kind in _BLOCKS and found:
            block[0] += 1
        for one in element.content:
            if isinstance(one, Element):
                self._gather(one, found, block)
            else:
                found.extend((one[0], block[0], char) for char in self.chars.get(one, ()))
        if element.kind in _BLOCKS:
            block[0] += 1
