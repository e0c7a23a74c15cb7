"""A comment in its parts: paragraphs and lists, for both papers alike.

People write lists with whatever sign is at hand. A list has one sign here, and a number where it
has numbers; the numbers stay as they were written. Blank lines go: paragraphs stand apart anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from openscorecard.publish.pdf.breaks import breakable

BULLET = "•"
_BULLETED = re.compile(r"[-–—•●▪◦·*‣⁃∙]\s+(?=\S)")
_NUMBERED = re.compile(r"(?:\(?\d{1,2}\)|\d{1,2}\.|\(?[a-z]\)|\(?[ivx]{2,4}\))\s+(?=\S)")
# A dash before a figure may be a minus sign, which must not become the sign of a list.
_PERHAPS_MINUS = re.compile(r"[-–—]\s+[\d£]")
_UNSEEN = "\N{ZERO WIDTH SPACE}\u200c\u200d\u2060\ufeff"
_ADDRESS = re.compile(r"://|\bwww\.|\S{40}")
_WORD = re.compile(r"[^\W\d_]{2,}")
LEAST_WORDS = 3  # of a sentence

Printed = dict[str, Any]


def lines_of(text: str) -> list[str]:
    """The lines that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip().strip(_UNSEEN).strip()]


def entry(line: str) -> tuple[str, str]:
    """A line of a list in its sign (as written) and its words; ("", line) of any other."""
    for sign in (_BULLETED, _NUMBERED):
        found = sign.match(line)
        if found:
            return found[0].strip(), line[found.end() :]
    return "", line


def blocks(lines: Iterable[str], most: int) -> list[Printed]:
    """Paragraphs (`kind` is `text`) and lists (`bullets`, `numbers`) with their entries; a word of
    `most` letters or more may break. `leads` is true of a line that announces what follows."""
    made: list[Printed] = []
    for kind, run in _runs(list(lines)):
        if kind == "text":
            made += [
                {
                    "kind": kind,
                    "text": breakable(line, most),
                    "entries": [],
                    "leads": line.endswith(":"),
                }
                for line in run
            ]
            continue
        told = [entry(line) for line in run]
        entries = [
            {"sign": BULLET if kind == "bullets" else sign, "text": breakable(words, most)}
            for sign, words in told
        ]
        made.append({"kind": kind, "text": "", "entries": entries, "leads": False})
    return made


def _runs(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    for kind, group in groupby(lines, _kind):
        run = list(group)
        if kind == "bullets" and all(map(_PERHAPS_MINUS.match, run)):
            yield "text", run
        else:
            yield kind, run


def _kind(line: str) -> str:
    if _BULLETED.match(line):
        return "bullets"
    return "numbers" if _NUMBERED.match(line) else "text"


def is_sentence(text: str) -> bool:
    """Whether it is a sentence of words, which can stand for the comment: no address, no line of a
    list, no heading of what follows."""
    if entry(text)[0] or "\n" in text.strip() or _ADDRESS.search(text):
        return False
    return len(_WORD.findall(text)) >= LEAST_WORDS and not text.rstrip().endswith(":")
