"""Where each key of a TOML file stands, so that a mistake and an origin can name file and line.

tomllib gives values without lines. This scan knows just enough of TOML to tell a header or a key
from what looks like one inside a string, a list or a comment; it is run on text that tomllib has
read without complaint.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# A table or key as a path: the second definition of the third indicator is
# ("indicator", 2, "definition", 1), its month ("indicator", 2, "definition", 1, "from").
KeyPath = tuple[str | int, ...]

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_DOTTED = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_DOTTED})[ \t]*\]")
_KEY = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")
_TOKEN = re.compile(
    r'''"""|\'\'\'|"(?:[^"\\]|\\.)*"|'[^']*'|\#.*|[\[\]{}]''',
)
_ENDS = {'"""': re.compile(r'(?:[^"\\]|\\(?:.|$)|"(?!""))*"{3,5}'), "'''": re.compile(r".*?'{3,5}")}


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a definitions file. `own` is true in the council's own folder."""

    file: str
    line: int
    own: bool = False

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}"


def line_of(lines: dict[KeyPath, int], path: KeyPath) -> int:
    """The line of the key, else of the nearest thing around it (a table, a list written inline)."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line, from 1, of every table header and every key of a valid TOML text.

    >>> key_lines('[[indicator]]\\nref = "M1"  # the first')
    {('indicator', 0): 1, ('indicator', 0, 'ref'): 2}
    """
    lines: dict[KeyPath, int] = {}
    tables_of: dict[KeyPath, int] = {}  # how many tables each array of tables has so far
    table: KeyPath = ()
    quote, depth = "", 0
    for number, line in enumerate(text.split("\n"), start=1):
        start = 0
        if not quote and not depth:
            if header := _HEADER.match(line):
                table = _table(header[2], array=header[1] == "[[", tables_of=tables_of)
                for count in range(1, len(table) + 1):
                    lines.setdefault(table[:count], number)
                continue
            if key := _KEY.match(line):
                parts = _parts(key[1])
                for count in range(1, len(parts) + 1):
                    lines.setdefault((*table, *parts[:count]), number)
                start = key.end()
        quote, depth = _state_after(line, start, quote, depth)
    return lines


def _parts(dotted: str) -> tuple[str, ...]:
    parts = re.findall(_PART, dotted)
    return tuple(part[1:-1] if part[0] in "\"'" else part for part in parts)


def _table(dotted: str, *, array: bool, tables_of: dict[KeyPath, int]) -> KeyPath:
    """The path of the table that a header opens; `tables_of` counts on."""
    path: KeyPath = ()
    parts = _parts(dotted)
    for part in parts[:-1]:
        path = (*path, part)
        if path in tables_of:
            path = (*path, tables_of[path] - 1)
    path = (*path, parts[-1])
    if array:
        tables_of[path] = tables_of.get(path, 0) + 1
        path = (*path, tables_of[path] - 1)
    return path


def _state_after(line: str, start: int, quote: str, depth: int) -> tuple[str, int]:
    """What is open at the end of the line: a multi-line string ("" for none), so many brackets."""
    while True:
        if quote:
            end = _ENDS[quote].match(line, start)
            if end is None:
                return quote, depth
            quote, start = "", end.end()
        token = _TOKEN.search(line, start)
        if token is None:
            return "", depth
        start = token.end()
        if token[0] in _ENDS:
            quote = token[0]
        elif token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
