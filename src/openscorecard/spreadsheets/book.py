"""A workbook begun and finished: its properties, its font, its bytes."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from openscorecard.errors import InternalError
from openscorecard.periods import Month
from openscorecard.spreadsheets.cells import Format, Workbook, without_controls

LANGUAGE = "en-GB"
FONT, SIZE = "Arial", 11
# Excel's own styles for headings, by level, with the numbers that it knows them by.
HEADINGS = (("Heading 1", 16), ("Heading 2", 17))
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
        # Without "none" the font belongs to the theme, and Excel shows the theme's own, Calibri.
        "default_format_properties": {
            "font_name": FONT,
            "font_size": SIZE,
            "font_scheme": "none",
        },
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


def finished(book: Workbook, memory: io.BytesIO, headings: Sequence[Format] = ()) -> bytes:
    """The closed workbook's bytes, with what XlsxWriter cannot do: the language is set, and cells
    in the formats `headings` (the titles' first, then that of headings below them) are tagged as
    headings by Excel's own styles."""
    book.close()
    out = io.BytesIO()
    with zipfile.ZipFile(memory) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                end = b"</cp:coreProperties>"
                tag = f"<dc:language>{escape(LANGUAGE)}</dc:language>".encode()
                content = content.replace(end, tag + end)
            elif name == "xl/styles.xml":
                numbers = [form.xf_index for form in headings]
                content = _with_headings(content.decode("utf-8"), numbers).encode("utf-8")
            entry = zipfile.ZipInfo(name, _ALL_FILES_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return out.getvalue()


_FORMAT = re.compile(r"<xf [^>]*?(?:/>|>.*?</xf>)")


def _with_headings(styles: str, numbers: Sequence[int]) -> str:
    """The style sheet with a named style for each heading's format, which is given by its number
    among the cells' formats; the style looks as the format does."""
    for (name, builtin), number in zip(HEADINGS, numbers, strict=False):
        formats = _FORMAT.findall(_inside(styles, "cellXfs"))
        style = str(len(_FORMAT.findall(_inside(styles, "cellStyleXfs"))))
        look = formats[number].replace(' xfId="0"', "")
        formats[number] = formats[number].replace(' xfId="0"', f' xfId="{style}"')
        styles = _filled(styles, "cellXfs", formats)
        styles = _filled(styles, "cellStyleXfs", [_inside(styles, "cellStyleXfs"), look])
        named = f'<cellStyle name="{name}" xfId="{style}" builtinId="{builtin}"/>'
        styles = _filled(styles, "cellStyles", [named, _inside(styles, "cellStyles")])
    return styles


def _inside(styles: str, element: str) -> str:
    found = re.search(rf"<{element} [^>]*>(.*?)</{element}>", styles)
    if found is None:
        raise InternalError(f"the workbook's styles have no {element}")
    return found[1]


def _filled(styles: str, element: str, parts: Sequence[str]) -> str:
    inside = "".join(parts)
    count = len(re.findall(r"<(?:xf|cellStyle) ", inside))
    whole = f'<{element} count="{count}">{inside}</{element}>'
    return re.sub(rf"<{element} [^>]*>.*?</{element}>", lambda _: whole, styles)
