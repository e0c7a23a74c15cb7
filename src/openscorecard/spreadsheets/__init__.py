"""Workbooks that are safe to open.

Takes text, printed figures and the numbers behind them; gives cells in which text is never a
formula, rows in which nothing is cut, and the same bytes for the same content; refuses text longer
than a cell can hold.
"""

from openscorecard.spreadsheets.book import FONT, SIZE, finished, new_workbook
from openscorecard.spreadsheets.cells import (
    Format,
    NumberCell,
    Workbook,
    Worksheet,
    number_cell,
    put_text,
    without_controls,
)
from openscorecard.spreadsheets.heights import lines_of, row_height

__all__ = [
    "FONT",
    "SIZE",
    "Format",
    "NumberCell",
    "Workbook",
    "Worksheet",
    "finished",
    "lines_of",
    "new_workbook",
    "number_cell",
    "put_text",
    "row_height",
    "without_controls",
]
