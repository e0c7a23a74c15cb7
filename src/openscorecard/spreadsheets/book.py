"""A workbook begun and finished: its properties, its font, its bytes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from xml.sax.saxutils import escape

from openscorecard.periods import Month
from openscorecard.spreadsheets.cells import Workbook, without_controls

LANGUAGE = "en-GB"
FONT, SIZE = "Arial", 11
_ALL_FILES_DATE = (1980, 1, 1, 0, 0, 0)  # the oldest that a zip can hold


def new_workbook(
    *, title: str, subject: str, author: str, month: Month
) -> tuple[Workbook, io.BytesIO]:
    """An empty workbook and the memory that it is written into; `finished` closes it.

    The date in its properties is the last day of the report month: no clock, so that the same
    content gives the same bytes.
    """
    memory = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": {"font_name": FONT, "font_size": SIZE},
    }
    book = Workbook(memory, options)
    created = dt.datetime.combine(month.last_day, dt.time(), tzinfo=dt.UTC)
    book.set_properties(
        {
            "title": without_controls(title),
            "subject": without_controls(subject),
            "author": without_controls(author),
            "created": created,
        }
    )
    return book, memory


def finished(book: Workbook, memory: io.BytesIO) -> bytes:
    """The closed workbook's bytes, with the language set, which XlsxWriter cannot do."""
    book.close()
    out = io.BytesIO()
    with zipfile.ZipFile(memory) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                end = b"</cp:coreProperties>"
                tag = f"<dc:language>{escape(LANGUAGE)}</dc:language>".encode()
                content = content.replace(end, tag + end)
            entry = zipfile.ZipInfo(name, _ALL_FILES_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return out.getvalue()
