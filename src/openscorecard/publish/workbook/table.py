"""One table on one sheet, as the accessibility checklist asks for it.

Title in A1, explanations in column A above the table, one header row, no merged cells, no blank
rows or columns, no filter, no frozen panes, no fill, nothing below the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from openscorecard.errors import InternalError
from openscorecard.spreadsheets import (
    FONT,
    SIZE,
    Format,
    Workbook,
    Worksheet,
    number_cell,
    put_text,
    row_height,
)
from openscorecard.units import Arrow

INK = "#10212b"
LINK = "#0a588a"
HAIRLINE = "#d3dbdf"
A3, A4 = 8, 9  # paper sizes as workbooks number them
MARGIN = 0.4  # inches, at the left and right
PAPERS = {A4: 11.69, A3: 16.54}  # how wide in inches, landscape; the smaller one first
LEAST_SCALE = 70  # per cent: of 11 points 7.7, and smaller print is a strain to read
_SPARE = 0.955  # of a page that is not fitted: programs draw a column a little wider than others


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows. A `printed` number is stored as a number with the unrounded `value`
    beneath; all else is text. `link` is the sheet that the text leads to."""

    printed: str
    value: Fraction | None = None
    arrow: Arrow | None = None
    number: bool = False
    link: str | None = None

    @property
    def shown(self) -> str:
        return f"{self.arrow.glyph} {self.printed}" if self.arrow else self.printed


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in digits of the font; numbers and their shorthand stand to the right. All but the
    first column are indented, so that neighbours do not touch."""

    header: str
    width: float
    to_the_right: bool = False
    indented: bool = True


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A sheet: its tab's name, the title in A1, the lines above the table, the table."""

    name: str
    title: str
    lines: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    about: str = ""  # what the contents sheet says of it


def text(value: str) -> Cell:
    return Cell(value)


def figure(printed: str, value: Fraction | None, arrow: Arrow | None = None) -> Cell:
    return Cell(printed, value, arrow, number=True)


@dataclass(slots=True)
class Styles:
    """The workbook's formats, each made once."""

    book: Workbook
    made: dict[tuple[tuple[str, object], ...], Format] = field(default_factory=dict)

    def get(self, **properties: object) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            plain = {"font_name": FONT, "font_size": SIZE, "font_color": INK, "valign": "top"}
            self.made[key] = self.book.add_format(plain | properties)
        return self.made[key]

    @property
    def title(self) -> Format:
        return self.get(bold=True, font_size=16)

    @property
    def heading(self) -> Format:
        return self.get(bold=True, font_size=13, valign="bottom")

    @property
    def headings(self) -> tuple[Format, Format]:
        """The formats that say by their style that they are headings, the sheets' titles first."""
        return self.title, self.heading

    @property
    def line(self) -> Format:
        return self.get()

    def header(self, column: Column) -> Format:
        return self.get(
            bold=True, text_wrap=True, valign="bottom", bottom=2, bottom_color=INK, **_aside(column)
        )

    def cell(self, column: Column, number_format: str | None = None, link: bool = False) -> Format:
        properties: dict[str, object] = {
            "text_wrap": True,
            "bottom": 1,
            "bottom_color": HAIRLINE,
            **_aside(column),
        }
        if number_format is not None:  # numbers are never wrapped: LibreOffice drops their indent
            properties |= {"num_format": number_format, "text_wrap": False}
        if link:
            properties |= {"font_color": LINK, "underline": 1}
        return self.get(**properties)


def _aside(column: Column) -> dict[str, object]:
    if column.to_the_right:
        return {"align": "right", "indent": 1}
    return {"align": "left", "indent": 1 if column.indented else 0}


def _room(column: Column) -> float:
    return column.width - (1.5 if column.to_the_right or column.indented else 0)


def draw_table(book: Workbook, styles: Styles, table: TableSheet) -> None:
    """Adds the sheet to the workbook."""
    first_column, *others = table.columns
    table = replace(table, columns=(replace(first_column, indented=False), *others))
    sheet = book.add_worksheet(table.name)
    _set_up(sheet, table.columns)
    _write_head(sheet, styles, table)
    first = 1 + len(table.lines)
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, column.width, styles.line)
    _mark_up(sheet, styles, table, first)
    for offset, row in enumerate(table.rows, start=1):
        height = row_height(
            (cell.shown, _room(column)) for cell, column in zip(row, table.columns, strict=True)
        )
        sheet.set_row(first + offset, height)
        for number, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            _write_cell(sheet, styles, (first + offset, number), cell, column)
    sheet.repeat_rows(first)


def draw_lines(
    book: Workbook, styles: Styles, name: str, title: str, lines: Sequence[tuple[str, bool]]
) -> None:
    """A sheet of text in column A, each line with whether it is a heading: the cover."""
    sheet = book.add_worksheet(name)
    _set_up(sheet, ())
    sheet.set_column(0, 0, 90, styles.line)
    put_text(sheet, 0, 0, title, styles.title)
    sheet.set_row(0, 27)
    for number, (line, heading) in enumerate(lines, start=1):
        form = styles.heading if heading else styles.get(text_wrap=True)
        put_text(sheet, number, 0, line, form)
        sheet.set_row(number, 36 if heading else row_height([(line, 90)]) + 3)


def _set_up(sheet: Worksheet, columns: tuple[Column, ...]) -> None:
    """One page across where that is legible, on A4 or else on A3; else as many A3 pages as it
    takes, each with the columns that say what its rows are about."""
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_margins(left=MARGIN, right=MARGIN, top=0.5, bottom=0.5)
    paper = paper_for(columns)
    sheet.set_paper(paper)
    breaks = page_breaks(columns, paper)
    if not breaks:
        sheet.fit_to_pages(1, 0)
        return
    sheet.set_print_scale(LEAST_SCALE)
    sheet.set_v_pagebreaks(breaks)
    sheet.repeat_columns(0, _heading_columns(columns) - 1)
    sheet.print_across()  # what belongs to the same rows lies together


def paper_for(columns: tuple[Column, ...]) -> int:
    """The smallest paper that bears the columns side by side, legibly; the largest where none."""
    return next((paper for paper in PAPERS if _fit(columns, paper)), A3)


def page_breaks(columns: tuple[Column, ...], paper: int) -> list[int]:
    """The columns with which a new page across begins; none where one page bears the table."""
    if _fit(columns, paper):
        return []
    heading = _heading_columns(columns)
    breaks = []
    used = repeated = sum(map(_inches, columns[:heading]))
    for number, column in enumerate(columns[heading:], start=heading):
        if used + _inches(column) > _room_on(paper) * _SPARE:
            breaks.append(number)
            used = repeated
        used += _inches(column)
    return breaks


def _fit(columns: tuple[Column, ...], paper: int) -> bool:
    return sum(map(_inches, columns)) <= _room_on(paper)


def _room_on(paper: int) -> float:
    """Inches of columns that go side by side, drawn at the least scale."""
    return (PAPERS[paper] - 2 * MARGIN) * 100 / LEAST_SCALE


def _heading_columns(columns: tuple[Column, ...]) -> int:
    """How many columns at the left say what a row is about: the reference and the name."""
    heads = [column.header for column in columns[:2]]
    return 2 if heads == ["Ref.", "Indicator"] else 1


def _inches(column: Column) -> float:
    """A digit of the font is 8 pixels wide, 96 an inch, and a cell's edges are 5."""
    return (8 * column.width + 5) / 96


def _write_head(sheet: Worksheet, styles: Styles, table: TableSheet) -> None:
    put_text(sheet, 0, 0, table.title, styles.title)
    sheet.set_row(0, 27)
    for number, line in enumerate(table.lines, start=1):
        put_text(sheet, number, 0, line, styles.line)
        sheet.set_row(number, 24 if number == len(table.lines) else 17)


def _mark_up(sheet: Worksheet, styles: Styles, table: TableSheet, first: int) -> None:
    """Tells Excel, and so a screen reader, that this is a table and which row heads it."""
    if not table.rows:
        raise InternalError(f"the sheet {table.name!r} has no rows: leave it out")
    heads = [(column.header, _room(column)) for column in table.columns]
    sheet.set_row(first, row_height(heads, bold=True) + 4)
    columns = [
        {"header": column.header, "header_format": styles.header(column)}
        for column in table.columns
    ]
    options = {
        "name": table.name.replace(" ", "_"),
        "title": table.title,
        "columns": columns,
        "style": None,
        "autofilter": False,
        "banded_rows": False,
    }
    last = first + len(table.rows)
    if sheet.add_table(first, 0, last, len(table.columns) - 1, options) != 0:
        raise InternalError(f"the table of the sheet {table.name!r} could not be marked up")


def _write_cell(
    sheet: Worksheet, styles: Styles, at: tuple[int, int], cell: Cell, column: Column
) -> None:
    row, number = at
    stored = number_cell(cell.printed, cell.value, cell.arrow) if cell.number else None
    if stored is not None:
        sheet.write_number(row, number, stored.stored, styles.cell(column, stored.format))
        return
    form = styles.cell(column, link=cell.link is not None)
    if cell.link is not None:
        sheet.write_url(row, number, f"internal:'{cell.link}'!A1", form, cell.printed)
        return
    put_text(sheet, row, number, cell.shown, form)
