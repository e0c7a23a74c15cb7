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
# Of all sheets, blank ones too; opening so many takes five to seven seconds.
MOST_STORED_CELLS = 250_000
MOST_ROWS = 100_000
# The library that opens workbooks makes a cell for every place of a merged cell or a link.
MOST_SPREAD = 200_000
_SHEET_COLUMNS, _SHEET_ROWS = 16_384, 1_048_576

_KINDS = (
    ("xl/workbook.bin", "a binary workbook (.xlsb)", "open it in Excel and save it as .xlsx"),
    ("word/document.xml", "a Word document (.docx)", SAVE_AS),
    ("ppt/presentation.xml", "a PowerPoint file (.pptx)", SAVE_AS),
    ("content.xml", "an OpenDocument file (.ods, .odt)", "open it and save it as .xlsx"),
)
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0[DE]\0|\0<\0!\0[DE]", re.IGNORECASE)
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_SPREAD = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*?\bref\s*=\s*[\"']([^\"']*)")
_AREA = re.compile(rb"\$?([A-Z]{0,3})\$?([0-9]{0,7}):\$?([A-Z]{0,3})\$?([0-9]{0,7})", re.IGNORECASE)


def check_container(name: str, data: bytes) -> bool:
    """Whether a sheet holds formulas; InputError for a bomb, a damaged file or another kind."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            parts = container.infolist()
            _check_sizes(name, parts)
            _check_kind(name, [part.filename for part in parts])
            return _check_parts(name, container, parts)
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


def _check_parts(name: str, container: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> bool:
    has_formulas = False
    cells = rows = spread = 0
    for part in parts:
        content = _read_part(name, container, part)
        if b"sheetData" not in content:
            continue
        has_formulas = has_formulas or bool(_FORMULA.search(content))
        cells += sum(1 for _ in _CELL.finditer(content))
        rows += sum(1 for _ in _ROW.finditer(content))
        spread += sum(_area(match[1]) for match in _SPREAD.finditer(content))
        _check_counts(name, cells, rows, spread)
    return has_formulas


def _check_counts(name: str, cells: int, rows: int, spread: int) -> None:
    for have, most, what in (
        (cells, MOST_STORED_CELLS, "the sheets have more than {:,} cells"),
        (rows, MOST_ROWS, "the sheets have more than {:,} rows"),
        (spread, MOST_SPREAD, "merged cells and links cover more than {:,} places of the sheets"),
    ):
        if have > most:
            raise InputError(
                f"{what.format(most)}, which no page has",
                where=name,
                todo="copy the page alone into a new workbook and give that",
            )


def _area(ref: bytes) -> int:
    """How many places the range has; `A:C` and `3:5` are whole columns and rows.

    >>> _area(b"A3:XFD300"), _area(b"B2"), _area(b"A:B")
    (4882432, 1, 2097152)
    """
    match = _AREA.fullmatch(ref.strip())
    if match is None:
        return 1
    left, top, right, bottom = match.groups()
    columns = abs(_column(right) - _column(left)) + 1 if left and right else _SHEET_COLUMNS
    lines = abs(int(bottom) - int(top)) + 1 if top and bottom else _SHEET_ROWS
    return columns * lines


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _read_part(name: str, container: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """The part's content, freed of the NULs that UTF-16 has; nothing of a picture."""
    if part.flag_bits & 1:
        raise InputError("the workbook is protected by a password", where=name,
                         todo="remove the password and save a copy")  # fmt: skip
    if not part.filename.endswith((".xml", ".rels")):
        return b""
    content = container.read(part)
    if _DECLARATION.search(content):
        raise InputError(
            f"its part {part.filename} declares a document type, which no workbook does",
            where=name,
            todo="open it in Excel and save it again as .xlsx",
        )
    return content.replace(b"\0", b"") if b"\0" in content else content
