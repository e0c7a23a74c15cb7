"""What stands on a page outside its tables: a line of figures there may be a row that was lost."""

from __future__ import annotations

from collections.abc import Sequence

from openscorecard.findings import Finding
from openscorecard.records.printed.cells import read_figure
from openscorecard.records.printed.grid import RawCell, quoted, warning
from openscorecard.records.printed.pdf_cells import PdfTable
from openscorecard.records.printed.pdf_pages import Document
from openscorecard.records.printed.pdf_text import TextLine, lines_of

_RUN = 4  # figures one after another: more than a sentence has, fewer than a row has
_LONGEST = 12  # characters of a figure
_MOST_QUOTED = 3


def lines_outside(name: str, document: Document, tables: Sequence[PdfTable]) -> list[Finding]:
    """A finding a page on which lines of figures stand in no table that was read."""
    held = frozenset[int]().union(*(table.held for table in tables))
    with_tables = {page for table in tables for page in range(table.first_page, table.end + 1)}
    findings = []
    for page in document.pages:
        if page.number not in with_tables or page.hidden:
            continue
        outside = [char for char in page.chars if id(char) not in held]
        lost = [line for line in lines_of(outside, page.number) if _is_row(line)]
        if lost:
            quotes = ", ".join(quoted(line.plain) for line in lost[:_MOST_QUOTED])
            more = f" and {len(lost) - _MOST_QUOTED} more" if len(lost) > _MOST_QUOTED else ""
            verb = "stands" if len(lost) == 1 else "stand"
            count = "A line" if len(lost) == 1 else f"{len(lost)} lines"
            text = (
                f"{count} of figures {verb} outside the tables of page {page.number} and "
                f"{'was' if len(lost) == 1 else 'were'} not read: {quotes}{more}."
            )
            findings.append(warning("unplaced-line", text, f"{name}, page {page.number}"))
    return findings


def _is_row(line: TextLine) -> bool:
    """Whether several figures stand in the line one after another."""
    run = 0
    for word in line.plain.split():
        is_figure = len(word) <= _LONGEST and read_figure(RawCell(word)).cell.has_number
        run = run + 1 if is_figure else 0
        if run >= _RUN:
            return True
    return False
