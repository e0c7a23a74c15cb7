"""A PDF opened and its pages laid out: characters with their places, and nothing that is unsafe.

Takes the file's bytes; gives one `PdfPage` a page; refuses, as InputError, what is protected by a
password, damaged, cut off, too long, or made to keep the machine busy.
"""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect, PDFXRefFallback
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page, PDFPageAggregatorWithMarkedContent
from pdfplumber.pdf import PDF

from openscorecard.errors import InputError
from openscorecard.records.printed.pdf_chars import Char, char_of, is_level
from openscorecard.records.printed.pdf_safety import check_bytes, damaged, decrypted, protected

MOST_PAGES = 300  # an agenda with its reports; a page of 64 indicators is 5 to 20
MOST_SECONDS = 60.0  # for the whole file; 14 pages of A3 take 3
MOST_CHARS = 1_000_000  # of all pages
_ALONE = "print the pages that hold the table to a PDF of their own, and give that"
_INVISIBLE = 3  # the mode of text that is laid beneath a picture (PDF 32000-1, table 106)


@dataclass(frozen=True, slots=True)
class PdfPage:
    """`number` counts from 1. `covered` is the part of the page that its largest picture covers,
    `shapes` how many lines and curves are drawn on it; `hidden` says that most of its text is
    invisible: a scan with recognised text beneath."""

    number: int
    chars: tuple[Char, ...]
    covered: float
    shapes: int
    hidden: bool
    plumber: Page

    @property
    def has_text(self) -> bool:
        return any(not char.text.isspace() for char in self.chars)


@dataclass(frozen=True, slots=True)
class Document:
    """`mended` says that the file's list of its parts was broken and had to be made anew."""

    pdf: PDF
    pages: tuple[PdfPage, ...]
    mended: bool


@contextmanager
def opened(name: str, data: bytes) -> Iterator[Document]:
    """The document while it is open; InputError for whatever cannot be read to its end."""
    with _quiet():
        pdf = _open(name, data)
        yield Document(pdf, _pages(name, pdf), _mended(pdf))


@contextmanager
def _quiet() -> Iterator[None]:
    """The libraries speak of fonts and colours through logging; none of it is for people."""
    loggers = [logging.getLogger(word) for word in ("pdfminer", "pdfplumber")]
    before = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


def _open(name: str, data: bytes) -> PDF:
    data = check_bytes(name, decrypted(name, data))
    try:
        pdf = pdfplumber.open(io.BytesIO(data))
        pages = 0
        for _ in PDFPage.create_pages(pdf.doc):
            pages += 1
            if pages > MOST_PAGES:
                break
    except Exception as error:
        if isinstance(error.__cause__ or error.__context__, PDFPasswordIncorrect):
            raise protected(name) from error
        raise damaged(name) from error
    if pages > MOST_PAGES:
        raise InputError(
            f"the PDF has more than {MOST_PAGES} pages",
            where=name,
            todo=_ALONE,
        )
    if not pages:
        raise damaged(name)
    return pdf


def _mended(pdf: PDF) -> bool:
    return any(isinstance(xref, PDFXRefFallback) for xref in pdf.doc.xrefs)


def _pages(name: str, pdf: PDF) -> tuple[PdfPage, ...]:
    until = time.monotonic() + MOST_SECONDS
    pages: list[PdfPage] = []
    chars = 0
    try:
        found = pdf.pages
    except Exception as error:  # as below
        raise damaged(name) from error
    for page in found:
        try:
            _lay_out(page, until)
            pages.append(_page(page))
        except TimeoutError as error:
            raise InputError(
                f"reading the PDF takes more than {MOST_SECONDS:g} seconds; page "
                f"{page.page_number} was not done",
                where=name,
                todo=_ALONE,
            ) from error
        except Exception as error:  # its parser raises whatever a broken part provokes
            raise damaged(name) from error
        chars += len(pages[-1].chars)
        if chars > MOST_CHARS:
            raise InputError(
                f"the PDF has more than {MOST_CHARS:,} characters, which no page has",
                where=name,
                todo=_ALONE,
            )
    return tuple(pages)


class _Device(PDFPageAggregatorWithMarkedContent):
    """Keeps which marked content a character belongs to where one stands inside another, which
    the library forgets, and which characters are invisible."""

    hidden = False
    run = 0  # counts the operators that show text; a character's `tag` has it, negative if hidden

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._marks: list[int | None] = []
        self._forms: list[int] = []

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        super().begin_tag(tag, props)
        outer = self._marks[-1] if self._marks else None
        # In a form the numbers are the form's own: only what encloses the form is the page's.
        own = None if self._forms else self.cur_mcid
        self._marks.append(outer if own is None else own)
        self.cur_mcid = self._marks[-1]

    def end_tag(self) -> None:
        if len(self._marks) > (self._forms[-1] if self._forms else 0):
            self._marks.pop()
        self.cur_mcid = self._marks[-1] if self._marks else None

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        super().begin_figure(name, bbox, matrix)
        self._forms.append(len(self._marks))

    def end_figure(self, name: str) -> None:
        super().end_figure(name)
        del self._marks[self._forms.pop() :]
        self.cur_mcid = self._marks[-1] if self._marks else None

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        """Lays the character; its matrix is made to tell how far it is raised, too."""
        advance = super().render_char(*args, **kwargs)
        rise = args[4] if len(args) > 4 else kwargs.get("rise", 0)
        if rise and self.cur_item._objs:
            item: Any = self.cur_item._objs[-1]
            a, b, c, d, e, f = item.matrix
            item.matrix = (a, b, c, d, e + c * rise, f + d * rise)
        return advance

    def tag_cur_item(self) -> None:
        super().tag_cur_item()
        if self.cur_item._objs:
            item: Any = self.cur_item._objs[-1]
            item.tag = -self.run if self.hidden else self.run


class _Interpreter(PDFPageInterpreter):
    """Stops when its time is over: forms that call forms may else draw without end."""

    until = 0.0

    def subinterp(self) -> PDFPageInterpreter:
        inner = super().subinterp()
        assert isinstance(inner, _Interpreter)
        inner.until = self.until
        return inner

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802
        self._still_in_time()
        super().do_Do(xobjid_arg)

    def do_q(self) -> None:
        self._still_in_time()
        super().do_q()

    def do_TJ(self, seq: Any) -> None:  # noqa: N802
        self._still_in_time()
        assert isinstance(self.device, _Device)
        self.device.hidden = self.textstate.render == _INVISIBLE
        self.device.run += 1
        super().do_TJ(seq)

    def _still_in_time(self) -> None:
        if time.monotonic() > self.until:
            raise TimeoutError


def _lay_out(page: Page, until: float) -> None:
    device = _Device(page.pdf.rsrcmgr, pageno=page.page_number, laparams=None)
    interpreter = _Interpreter(page.pdf.rsrcmgr, device)
    interpreter.until = until
    interpreter.process_page(page.page_obj)
    page._layout = device.get_result()


def _page(page: Page) -> PdfPage:
    left, top, right, bottom = page.bbox
    _ = page.edges  # read now, while what a broken part provokes is told from our own faults
    hidden = 2 * sum(source["tag"] < 0 for source in page.chars) > len(page.chars)
    seen = page.chars if hidden else [one for one in page.chars if one["tag"] >= 0]
    chars = tuple(
        char
        for char in map(char_of, filter(is_level, seen))
        if char.text and left <= char.x <= right and top <= char.y <= bottom
    )
    area = max((right - left) * (bottom - top), 1.0)
    covered = max(
        (
            max(min(image["x1"], right) - max(image["x0"], left), 0)
            * max(min(image["bottom"], bottom) - max(image["top"], top), 0)
            for image in page.images
        ),
        default=0.0,
    )
    return PdfPage(
        number=page.page_number,
        chars=chars,
        covered=covered / area,
        shapes=len(page.curves) + len(page.lines) + len(page.rects),
        hidden=hidden,
        plumber=page,
    )
