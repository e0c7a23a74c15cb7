"""Looks at a workbook's container before anything opens it: what is too big, or no workbook."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from openscorecard.errors import InputError
from openscorecard.records.printed.file_kind import SAVE_AS

MOST_BYTES = 80_000_000  # unpacked, of all parts together
MOST_PARTS = 3_000
# Sheets of figures shrink to a tenth or a fiftieth; only a bomb shrinks to a five-hundredth.
MOST_SHRUNK = 500
SMALL = 5_000_000  # bytes unpacked for which the ratio is not looked at

_KINDS = (
    ("xl/workbook.bin", "a binary workbook (.xlsb)", "open it in Excel and save it as .xlsx"),
    ("word/document.xml", "a Word document (.docx)", SAVE_AS),
    ("ppt/presentation.xml", "a PowerPoint file (.pptx)", SAVE_AS),
    ("content.xml", "an OpenDocument file", "open it and save it as .xlsx"),
)
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0[DE]\0|\0<\0!\0[DE]", re.IGNORECASE)
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")


def check_container(name: str, data: bytes) -> bool:
    """Whether a sheet holds formulas; InputError for a bomb, a damaged file or another kind."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            parts = container.infolist()
            _check_sizes(name, parts)
            _check_kind(name, [part.filename for part in parts])
            return True in [_check_part(name, container, part) for part in parts]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError,
            ValueError, LookupError) as error:  # fmt: skip
        raise corrupt(name) from error


def corrupt(name: str) -> InputError:
    return InputError(
        "the workbook is damaged or cut off, and cannot be opened",
        where=name,
        todo="open it in Excel, let it be repaired, and save it again as .xlsx",
    )


def _check_sizes(name: str, parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    bomb = unpacked > SMALL and unpacked > MOST_SHRUNK * max(packed, 1)
    if len(parts) > MOST_PARTS or unpacked > MOST_BYTES or bomb:
        raise InputError(
            f"the file would unpack to {unpacked:,} bytes in {len(parts):,} parts, no page",
            where=name,
            todo="copy the page's sheet into a new workbook and give that",
        )


def _check_kind(name: str, parts: list[str]) -> None:
    if "xl/workbook.xml" in parts:
        return
    for part, what, todo in _KINDS:
        if part in parts:
            raise InputError(f"this is {what}, which we do not read", where=name, todo=todo)
    raise InputError("this is a ZIP archive, not a workbook", where=name,
                     todo="unpack it and give the file in it")  # fmt: skip


def _check_part(name: str, container: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    if part.flag_bits & 1:
        raise InputError("the workbook is protected by a password", where=name,
                         todo="remove the password and save a copy")  # fmt: skip
    if not part.filename.endswith((".xml", ".rels")):
        return False
    content = container.read(part)
    if _DECLARATION.search(content):
        raise InputError(
            f"its part {part.filename} declares a document type, which no workbook does",
            where=name,
            todo="open it in Excel and save it again as .xlsx",
        )
    return part.filename.startswith("xl/worksheets/") and bool(_FORMULA.search(content))
