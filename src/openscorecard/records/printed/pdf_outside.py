"""What stands on a page outside its tables: a line of figures there may be a row that was lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from openscorecard.findings import Finding
from openscorecard.records.printed.cells import read_figure
from openscorecard.records.printed.grid import RawCell, quoted, warning
from openscorecard.records.printed.pdf_cells import PdfTable
from openscorecard.records.printed.pdf_pages import Document
from openscorecard.records.printed.pdf_text import TextLine, lines_of

_RUN = 4  # figures one after another: more than a sentence has, fewer than a row has
_MOST_QUOTED = 3


def lines_outside(name: str, document: Document, tables: Sequence[PdfTable]) -> list[Finding]:
    """A finding a page on which lines of figures stand in no table that was read."""
    held: dict[int, Counter[str]] = {}
    for table in tables:
        for row in table.rows:
            for cell in row.cells:
                for line in cell.lines if cell.own else ():
                    held.setdefault(line.page, Counter()).update(line.plain.split())
    findings = []
    for page in document.pages:
        if page.number not in held or page.hidden:
            continue
        lines = lines_of(page.chars, page.number)
        outside = Counter(word for line in lines for word in line.plain.split())
        outside -= held[page.number]
        lost = [line for line in lines if _is_outside(line, outside)]
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


def _figures(line: TextLine) -> list[str]:
    """The longest run of figures in the line."""
    best: list[str] = []
    run: list[str] = []
    for word in line.plain.split():
        if len(word) <= 12 and read_figure(RawCell(word)).cell.has_number:
            run.append(word)
            best = max(best, run, key=len)
        else:
            run = []
    return best


def _is_outside(line: TextLine, outside: Counter[str]) -> bool:
    """Whether the line has a row of figures, and most of them in no table."""
    figures = _figures(line)
    return len(figures) >= _RUN and 2 * (Counter(figures) & outside).total() > len(figures)
