"""Our own PDFs: the table of the panel paper, read back as the other media have it; and the paper
that shows an indicator at a time, which is no table.

The paper's table puts into one cell what others have in more: notes and roles beneath a name, the
plain move above a change, and the beginning of a comment that stands whole under "Longer comments".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from openscorecard.errors import InputError
from openscorecard.records.printed.grid import Grid, Line, RawCell
from openscorecard.records.printed.header import Header, header_of
from openscorecard.records.printed.headers import CHANGES, Role
from openscorecard.records.printed.pdf_cells import PdfTable
from openscorecard.records.printed.pdf_chars import Char
from openscorecard.records.printed.pdf_pages import Document
from openscorecard.records.printed.pdf_tags import Texts, UntaggedError, structure
from openscorecard.records.printed.pdf_text import (
    Habits,
    TextLine,
    joined,
    lines_of,
    plain,
)
from openscorecard.records.printed.rows import REMARK

TABLE, PAPER = "panel-table.pdf", "panel-paper.pdf"
_IS_TABLE = "Panel paper, A3 landscape."
_NOTES = re.compile(r"(?:\s*\[note \d+\])+$")
_ROLE = r"{}: (.+?)\.(?= Owner:| Reporter:| Where a row has others|\s*$)"
_OWNER, _REPORTER = re.compile(_ROLE.format("Owner")), re.compile(_ROLE.format("Reporter"))
# The others are what earlier releases said.
_IN_FULL = re.compile(
    r"\s*(?:In full under Longer comments"
    r"|Goes on under Longer comments \([^()]+(?:\([^()]*\))?[^()]*\)"
    r"|Whole under “Longer comments”), page \d+\.\s*$"
)
_BULLET = re.compile(r"^•[ \t]+", re.MULTILINE)  # our papers' one sign of a list
_BEFORE = re.compile(r"(About [^\n.]+\.)?(?: ?By: [^\n]+\.)?")
_KEPT = Habits(keeps_blanks=True, hyphenates=False, words=frozenset())  # how our own papers are set


def is_our_table(document: Document) -> bool:
    page = document.pages[0]
    first = " ".join(line.plain for line in lines_of(page.chars, page.number)[:6])
    return _IS_TABLE in first


def refuse_paper(name: str, tables: Sequence[PdfTable]) -> None:
    """InputError for the reading paper: its figures stand in a small table an indicator."""
    small = [table for table in tables if [row.cells[0].words for row in table.rows[:2]]
             == ["Month", "Figure"]]  # fmt: skip
    if len(small) > 1 and 2 * len(small) > len(tables):
        raise InputError(
            "this is the reading paper of a publication, which shows an indicator at a time",
            where=name,
            todo=f"give {TABLE}, scorecard.xlsx or figures.csv of the same publication",
        )


def as_other_media_have_it(grid: Grid, above: str, longer: Mapping[str, str]) -> Grid:
    """The table with one thing a cell, and with the owners and reporters that its heading names;
    `longer` are the comments that stand whole elsewhere, by reference."""
    lines: list[Line] = []
    header: Header | None = None
    for line in grid.lines:
        header = header_of(line) or header
        is_head = header is not None and header.line is line
        owner, reporter = RawCell("Owner"), RawCell("Reporter")
        if header is not None and not is_head:
            named = line.cell(header.columns.get(Role.NAME)).text
            owner, reporter = (RawCell(_role(role, named, above)) for role in (_OWNER, _REPORTER))
            line = _parted(line, header, longer)
        lines.append(replace(line, cells=(*line.cells, owner, reporter)))
    return replace(grid, lines=tuple(lines))


def _role(role: re.Pattern[str], named: str, above: str) -> str:
    """The role that stands beneath the name, else the one of the section."""
    found = role.search(" ".join(named.partition("\n")[2].split()))
    if found is None:
        found = role.search(above[max(above.rfind("Owner:"), 0) :])
    return found[1] if found else ""


def _parted(line: Line, header: Header, longer: Mapping[str, str]) -> Line:
    cells = list(line.cells)
    columns = header.columns
    for role in CHANGES:
        if role in columns and "\n" in line.cell(columns[role]).text:
            cells[columns[role]] = RawCell(line.cell(columns[role]).text.rpartition("\n")[2])
    if Role.NAME in columns:
        name = " ".join(line.cell(columns[Role.NAME]).text.partition("\n")[0].split())
        cells[columns[Role.NAME]] = RawCell(_NOTES.sub("", name))
    if Role.COMMENTARY in columns:
        ref = line.cell(columns.get(Role.REF)).words
        text = line.cell(columns[Role.COMMENTARY]).text
        cells[columns[Role.COMMENTARY]] = RawCell(_comment(ref, text, longer))
    return replace(line, cells=tuple(cells))


def _comment(ref: str, text: str, longer: Mapping[str, str]) -> str:
    """The whole comment, with the lines before and beneath it that the other media have too; the
    name of who wrote it stands in none of their tables. Which sign its lists had is not known any
    more: they get a hyphen."""
    text, remark = text.removesuffix(f"\n{REMARK}"), text.endswith(f"\n{REMARK}")
    first, _, rest = text.partition("\n")
    before = _BEFORE.fullmatch(first) if first and rest else None
    if _IN_FULL.search(text):
        text = longer.get(ref, text)
    elif before is not None:
        text = rest
    text = _BULLET.sub("- ", text)
    about = "" if before is None else before[1] or ""
    return "\n".join(filter(None, (about, text, REMARK if remark else "")))


def longer_comments(document: Document) -> dict[str, str]:
    """The comments under "Longer comments", by reference."""
    try:
        root, texts = structure(document), Texts.of(document)
    except UntaggedError:
        return {}
    found: dict[str, list[str]] = {}
    ref, within = "", False
    for element in root.every("H2", "H3", "P", "LI", "Table"):
        if element.kind == "Table":
            continue
        words = _words(texts.in_blocks(element))
        if element.kind == "H2":
            within, ref = words == "Longer comments", ""
        elif element.kind == "H3" and within:
            ref = words.partition(": ")[0]
            found[ref] = []
        elif ref:
            found[ref].append(words)
    return {name: "\n".join(parts) for name, parts in found.items()}


def _words(chars: Sequence[tuple[int, int, Char]]) -> str:
    """The text of a paragraph that may go on in the next column, or on the next page: there its
    characters stand higher than those before."""
    lines: list[TextLine] = []
    part: list[Char] = []
    on, base = -1, 0.0
    for page, _, char in chars:
        if part and (page != on or char.base < base - char.size):
            lines.extend(lines_of(part, on))
            part = []
        part.append(char)
        on, base = page, char.base
    lines.extend(lines_of(part, on))
    return plain(joined(lines, 0.0, _KEPT))
