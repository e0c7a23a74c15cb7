"""What kind of file it is, by its content; the name's ending is not trusted."""

from __future__ import annotations

from enum import StrEnum

from openscorecard.errors import InputError


class Kind(StrEnum):
    TEXT = "text"
    HTML = "html"
    WORKBOOK = "workbook"
    PDF = "PDF"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# A PDF begins with this, or has it near its beginning: readers of PDF look for it so far.
_PDF, _PDF_STARTS = b"%PDF-", 1_024
# first bytes: what the file is
_NOT_READ = (
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed (gzip) file"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed (7-Zip) file"),
    (b"Rar!", "a compressed (RAR) file"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet file"),
)
SAVE_AS = "open it in the program that made it and save the table as .xlsx or .csv"


def kind_of(name: str, data: bytes) -> Kind:
    """Text, HTML, workbook or PDF; any other kind is an InputError that says what to do."""
    if data.startswith(_OLE):
        raise _ole_error(name, data)
    if data.startswith(_ZIP):
        return Kind.WORKBOOK
    if _PDF in data[:_PDF_STARTS]:
        return Kind.PDF
    for start, what in _NOT_READ:
        if data.startswith(start):
            raise InputError(f"this is {what}, which we do not read", where=name, todo=SAVE_AS)
    head = data[:200_000].replace(b"\0", b"").lower()  # NULs: it may be UTF-16
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head[:2_000]:
        raise InputError("this is an XML spreadsheet of 2003, which we do not read", where=name,
                         todo="open it in Excel and save it as .xlsx")  # fmt: skip
    if b"urn:oasis:names:tc:opendocument" in head[:5_000]:
        raise InputError("this is a flat OpenDocument file (.fods), which we do not read",
                         where=name, todo="open it and save it as .xlsx")  # fmt: skip
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml", b"<!--", b"<head",
                         b"<body", b"<div", b"<main", b"<meta", b"<style")):  # fmt: skip
        return Kind.HTML
    return Kind.TEXT


def _ole_error(name: str, data: bytes) -> InputError:
    """Old Office files and encrypted new ones share a container; its streams tell them apart."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return InputError(
            "the workbook is protected by a password",
            where=name,
            todo="open it in Excel, remove the password (File, Info, Protect Workbook, Encrypt "
            "with Password, empty the box) and save a copy",
        )
    if "WordDocument".encode("utf-16-le") in data:
        return InputError("this is a Word document (.doc), which we do not read", where=name,
                          todo=SAVE_AS)  # fmt: skip
    return InputError(
        "this is an old workbook (.xls) or another old Office file, which we do not read",
        where=name,
        todo="open it in Excel and save it as .xlsx",
    )
