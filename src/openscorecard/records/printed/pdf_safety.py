"""Looks at the bytes of a PDF before anything reads them: what is cut off, locked, or a bomb."""

from __future__ import annotations

import io
import re
import zlib

from openscorecard.errors import InputError

MOST_UNPACKED = 300_000_000  # bytes, of all compressed parts together
_DEPTH = 4  # how often a part can be packed in itself
_PIECE = 16_000_000
_DICTIONARY = 600  # bytes before a part in which its kind is told
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_ENCRYPTED = re.compile(rb"/Encrypt[\s/<]|/Encrypt\s+[0-9]")
_END_WITHIN = 2_048  # bytes from the end of the file in which its end is marked
AGAIN = (
    "open it in a PDF reader and see whether it is whole; then print it to a new PDF, or ask for "
    "the workbook that it was made from"
)


def damaged(name: str) -> InputError:
    return InputError("the PDF is damaged, and cannot be read", where=name, todo=AGAIN)


def protected(name: str) -> InputError:
    return InputError(
        "the PDF is protected by a password",
        where=name,
        todo="open it with the password and print it to a new PDF without one, or ask for the "
        "workbook that it was made from",
    )


def decrypted(name: str, data: bytes) -> bytes:
    """The same document open to reading. Many are encrypted with no password to open them."""
    if not _ENCRYPTED.search(data):
        return data
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as locked:
            out = io.BytesIO()
            locked.save(out, encryption=False)
            return out.getvalue()
    except pikepdf.PasswordError as error:
        raise protected(name) from error
    except Exception as error:  # whatever a broken file provokes
        raise damaged(name) from error


def check_bytes(name: str, data: bytes) -> bytes:
    """The data as they are; InputError where they end too early or would unpack without end."""
    if b"%%EOF" not in data[-_END_WITHIN:]:
        raise InputError("the PDF is cut off: its end is missing", where=name,
                         todo="download or copy the file again")  # fmt: skip
    room = MOST_UNPACKED
    for match in _STREAM.finditer(data):
        start = match.end()
        if not _packed(data[start : start + 2]):
            continue
        end = data.find(b"endstream", start)
        unpacked, whole = _unpacked(data[start : end if end > 0 else len(data)], room)
        room -= unpacked
        if room < 0:
            raise InputError(
                f"the PDF would unpack to more than {MOST_UNPACKED:,} bytes, which no page does",
                where=name,
                todo="print the pages that hold the table to a PDF of their own, and give that",
            )
        if not whole and b"/Image" not in data[max(start - _DICTIONARY, 0) : start]:
            raise damaged(name)  # readers show what there is, and a part of the table is missing
    return data


def _packed(start: bytes) -> bool:
    """Whether the two bytes are the head of packed content (RFC 1950)."""
    return len(start) == 2 and start[0] & 0x8F == 0x08 and int.from_bytes(start) % 31 == 0


def _unpacked(content: bytes, room: int) -> tuple[int, bool]:
    """How many bytes the part unpacks to, as far as there is room, and whether it is whole.

    A part that is packed several times over is unpacked so often too.
    """
    total, content, whole = _inflate(content, room)
    for _ in range(_DEPTH):
        if total > room or not _packed(content[:2]):  # which plain content may look like, too
            break
        more, content, _ = _inflate(content, room - total)
        total += more
    return total, whole


def _inflate(content: bytes, room: int) -> tuple[int, bytes, bool]:
    """How long the content is unpacked, its first piece, and whether its end was there."""
    reader = zlib.decompressobj()
    total, first = 0, b""
    try:
        while content and total <= room and not reader.eof:
            piece = reader.decompress(content, _PIECE)
            first = first or piece
            total += len(piece)
            content = reader.unconsumed_tail
    except zlib.error as error:
        return total, first, "data check" in str(error)  # all is there, its sum alone is not
    return total, first, reader.eof or total > room
