"""The page of June 2021 as an Excel workbook, typed in the manner of councils.

Two sheets and seven tables below each other, in two layouts: owner and reporter in two columns, or
in one, on two lines. Figures are numbers with a format; changes, with their arrows, are text.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from openscorecard.catalogue.indicator import Catalogue, Direction, Indicator
from openscorecard.demo.content import COUNCIL, MONTH, MONTHS, REGION, Remarks, TypedRow, typed_rows
from openscorecard.spreadsheets import (
    Format,
    Workbook,
    Worksheet,
    finished,
    new_workbook,
    number_cell,
    put_text,
    row_height,
)

TITLE = "Children’s services scorecard"
_COMMENTARY = f"Commentary ({MONTH.short})"
_WIDTHS = {
    "Ref.": 11.0,
    "Indicator": 34.0,
    "Owner": 18.0,
    "Reporter": 18.0,
    "Owner/Reporter": 30.0,
    "Outcome for children and families": 34.0,
    _COMMENTARY: 60.0,
}
_FIGURE_WIDTH = 10.0
_STYLE = {
    "font_name": "Arial",
    "font_size": 11,
    "valign": "top",
    "border": 1,
    "border_color": "#6f7f88",
    "text_wrap": True,
}
_GLYPHS = {Direction.UP: "▲", Direction.DOWN: "▼", Direction.NONE: ""}


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet: its name, the tables that stand on it, and how it names owner and reporter."""

    name: str
    tables: tuple[int, ...]
    people: tuple[str, ...]

    @property
    def heads(self) -> tuple[str, ...]:
        return (
            "Ref.",
            "Indicator",
            *self.people,
            "Outcome for children and families",
            *(month.short for month in MONTHS),
            f"% change from {MONTH.plus(-1).short}",
            f"% change from {MONTH.plus(-12).short}",
            "Preferred DoT",
            "12-month average",
            "12-month maximum",
            "SN",
            "ENG",
            REGION,
            _COMMENTARY,
        )


LAYOUTS = (
    Layout("Page 1", (1, 2, 3, 4), ("Owner", "Reporter")),
    Layout("Page 2", (5, 6, 7), ("Owner/Reporter",)),
)


def page_workbook(catalogue: Catalogue, comments: Remarks) -> bytes:
    """The workbook; names, outcomes and roles from the catalogue. The same bytes every time."""
    book, memory = new_workbook(
        title=f"{TITLE}, {MONTH.long}", subject="Monthly scorecard", author=COUNCIL, month=MONTH
    )
    rows = typed_rows()
    for layout in LAYOUTS:
        sheet = book.add_worksheet(layout.name)
        _set_up(sheet, layout)
        at = _titles(book, sheet)
        some = [row for row in rows if row.table in layout.tables]
        for _, table in groupby(some, key=lambda row: row.table):
            at = _table(book, sheet, layout, at + 1, list(table), catalogue, comments)
    return finished(book, memory)


def _titles(book: Workbook, sheet: Worksheet) -> int:
    large = book.add_format({"font_name": "Arial", "font_size": 16, "bold": True})
    put_text(sheet, 0, 0, f"{COUNCIL}: {TITLE.lower()}", large)
    sheet.set_row(0, 24)
    put_text(sheet, 1, 0, f"{MONTH.long}, as typed by the teams", book.add_format())
    return 2


def _table(
    book: Workbook,
    sheet: Worksheet,
    layout: Layout,
    at: int,
    rows: list[TypedRow],
    catalogue: Catalogue,
    comments: Remarks,
) -> int:
    """Writes a table from row `at`; gives the row after it."""
    head = book.add_format(_STYLE | {"bold": True, "bg_color": "#d3dbdf"})
    for column, text in enumerate(layout.heads):
        put_text(sheet, at, column, text, head)
    sheet.set_row(at, 47)
    pens = _Pens(book)
    widths = _column_widths(layout)
    for line, row in enumerate(rows, start=at + 1):
        indicator = catalogue.get(row.ref)
        assert indicator is not None, row.ref
        cells = _cells(layout, row, indicator, comments.text(row.ref))
        for column, text in enumerate(cells):
            figure = layout.heads[column] not in _WIDTHS
            _write(sheet, (line, column), text, pens, figure=figure)
        sheet.set_row(line, row_height(zip(cells, widths, strict=True)))
    return at + 1 + len(rows)


def _cells(layout: Layout, row: TypedRow, indicator: Indicator, comment: str) -> tuple[str, ...]:
    people = (indicator.owner, indicator.reporter)
    return (
        row.ref,
        indicator.name,
        *(people if len(layout.people) == 2 else ("\n".join(people),)),
        indicator.outcome,
        *row.values,
        row.change_month,
        row.change_year,
        _GLYPHS[indicator.preferred_direction],
        row.average_12m,
        row.maximum_12m,
        row.sn,
        row.eng,
        row.region,
        comment,
    )


class _Pens:
    """The formats of the cells of one table, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, bool], Format] = {}

    def of(self, number_format: str, *, figure: bool) -> Format:
        key = (number_format, figure)
        if key not in self._made:
            align = {"align": "right"} if figure else {}
            style = _STYLE | align | {"num_format": number_format}
            self._made[key] = self._book.add_format(style)
        return self._made[key]


def _write(
    sheet: Worksheet, place: tuple[int, int], text: str, pens: _Pens, *, figure: bool
) -> None:
    """The text as it is printed: a number with a format where it is one (8571% is 85.71 shown as
    a percentage, which is how that mistake is made), else text."""
    number = number_cell(text, None) if figure else None
    if number is None:
        put_text(sheet, *place, text, pens.of("@", figure=figure))
    else:
        sheet.write_number(*place, number.stored, pens.of(number.format, figure=figure))


def _set_up(sheet: Worksheet, layout: Layout) -> None:
    for column, width in enumerate(_column_widths(layout)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(0, 2)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)


def _column_widths(layout: Layout) -> list[float]:
    return [_WIDTHS.get(head, _FIGURE_WIDTH) for head in layout.heads]
