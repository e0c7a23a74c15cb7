"""What every kind of file comes down to: lines of cells, each line with its number in the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from openscorecard.findings import Finding, Severity
from openscorecard.periods import Month

# More cells than any page has (64 rows of 21): a file beyond it is no page, and must not fill
# the memory of the machine that looks at it.
MOST_CELLS = 500_000


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell before anybody asked what it means.

    `text` is what a reader sees. `markup` is the same with italics marked `<i>…</i>`, where the
    file is HTML. `month` and `date` are set for a date. `number` is what a workbook holds
    behind the text, in printed units (percentages in points). `spread` is `down` or `across`
    where the text belongs to a merged cell that begins elsewhere. `problem` says why the cell
    cannot be read.
    """

    text: str
    markup: str | None = None
    month: Month | None = None
    number: Fraction | None = None
    spread: str = ""
    problem: str = ""
    date: dt.date | None = None

    @property
    def words(self) -> str:
        """The text on one line, spaces made plain."""
        return " ".join(self.text.split())

    @property
    def own(self) -> bool:
        """Whether something stands in this very cell."""
        return not self.spread and bool(self.problem or self.text.strip())


NOTHING = RawCell("")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a grid; `number` is the line of the file, or the row of the sheet."""

    number: int
    cells: tuple[RawCell, ...]

    def cell(self, index: int | None) -> RawCell:
        """The cell in that column, or nothing where the line is shorter or the column missing."""
        return self.cells[index] if index is not None and index < len(self.cells) else NOTHING

    @property
    def blank(self) -> bool:
        return not any(cell.own for cell in self.cells)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(cell.words for cell in self.cells if cell.own)


@dataclass(frozen=True, slots=True)
class Grid:
    """A text file, a sheet of a workbook, a table of an HTML page or of a PDF.

    `part` names the sheet or table in its file. `ragged` says that the lines come with their own
    widths, so that a line narrower or wider than its header is a sign that cells are lost.
    `names` has what people call a line, where its number alone would not find it: `page 3, row 12`.
    """

    file: str
    part: str
    lines: tuple[Line, ...]
    line_word: str = "line"
    ragged: bool = True
    names: Mapping[int, str] = field(default_factory=dict)

    def line_name(self, line: int) -> str:
        """What people call the line: `row 12`."""
        return self.names.get(line, f"{self.line_word} {line}")

    def lines_name(self, first: int, last: int) -> str:
        """What people call the lines from the first to the last: `rows 12 to 15`."""
        if first == last:
            return self.line_name(first)
        if self.names:
            return f"{self.line_name(first)} to {self.line_name(last)}"
        return f"{self.line_word}s {first} to {last}"

    def place(self, line: int) -> str:
        """Where a line stands, as messages say it: `page.xlsx, sheet 'June', row 12`."""
        return ", ".join(filter(None, [self.file, self.part, self.line_name(line)]))


def quoted(text: str, most: int = 60) -> str:
    """The text in quotes for a message, cut where it is long."""
    words = " ".join(text.split())
    return f"“{words}”" if len(words) <= most else f"“{words[: most - 1].rstrip()}…”"


def information(
    rule: str,
    message: str,
    place: str,
    *,
    ref: str | None = None,
    column: str | None = None,
    printed: str | None = None,
) -> Finding:
    """What is good to know about how the page was read."""
    return Finding(rule, Severity.INFORMATION, message, ref, column, printed, None, place)


def warning(
    rule: str,
    message: str,
    place: str,
    *,
    ref: str | None = None,
    column: str | None = None,
    printed: str | None = None,
) -> Finding:
    """What could not be placed, or only with doubt: a person should look."""
    return Finding(rule, Severity.WARNING, message, ref, column, printed, None, place)
