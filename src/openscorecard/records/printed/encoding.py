"""Bytes to text: UTF-8, UTF-16 or Windows-1252, and how sure that is."""

from __future__ import annotations

import codecs
import re

from openscorecard.errors import InputError
from openscorecard.findings import Finding
from openscorecard.records.printed.grid import information, warning

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_REPLACED = "\ufffd"
_MOST_CONTROLS = 0.002  # of the characters; beyond it the file is no text


def decode(name: str, data: bytes) -> tuple[str, list[Finding]]:
    """The text, and findings where the encoding was guessed or bytes were damaged."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(name, data[len(bom) :].decode(encoding, errors="replace"))
    wide = _utf16_without_mark(data)
    if wide:
        text, findings = _checked(name, data.decode(wide, errors="replace"))
        note = "The file does not say its encoding; it was read as UTF-16."
        return text, [information("encoding", note, name), *findings]
    try:
        return _checked(name, data.decode("utf-8"))
    except UnicodeDecodeError:
        return _not_quite_utf8(name, data)


def _utf16_without_mark(data: bytes) -> str:
    """UTF-16 without its mark: in Western text every other byte is 0."""
    head = data[:4000]
    even, odd = head[0::2], head[1::2]
    if len(head) < 20:
        return ""
    if odd.count(0) > 0.4 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.4 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return ""


def _not_quite_utf8(name: str, data: bytes) -> tuple[str, list[Finding]]:
    """Windows-1252, or UTF-8 with damage: UTF-8's characters of several bytes do not come about
    by chance, so where they outnumber the broken ones the text is UTF-8."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count(_REPLACED)
    sound = sum(sign > "\x7f" for sign in text) - broken
    if sound > 3 * broken:
        return _checked(name, text)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return _checked(name, text)
    note = "The file is not UTF-8; it was read as Windows-1252 (cp1252)."
    text, findings = _checked(name, text)
    return text, [information("encoding", note, name), *findings]


def _checked(name: str, text: str) -> tuple[str, list[Finding]]:
    """The text without control characters; too many of them, and it is no text at all."""
    bad = len(_CONTROLS.findall(text)) + text.count(_REPLACED)
    if not bad:
        return text.replace("\ufeff", ""), []
    if bad > max(20, _MOST_CONTROLS * len(text)) or 10 * bad > len(text):
        raise InputError(
            "this is no text: it holds bytes that stand for no character",
            where=name,
            todo="give a text, CSV, XLSX, HTML or PDF file",
        )
    clean = _CONTROLS.sub(_REPLACED, text).replace("\ufeff", "")
    line = clean[: clean.index(_REPLACED)].count("\n") + 1
    note = (
        f"{bad} character{' is' if bad == 1 else 's are'} damaged, the first in line {line}; each "
        f"was read as {_REPLACED}."
    )
    return clean, [warning("damaged-text", note, f"{name}, line {line}")]
