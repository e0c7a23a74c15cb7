"""How high a row must be so that its wrapped text shows whole.

Neither Excel nor XlsxWriter settles that for rows that a program writes, so the text is measured:
the widths are those of Arial (and of Liberation Sans, made to the same measure), in thousandths
of the font's size.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

LINE_POINTS = 14.25  # one line of 11-point Arial in Excel
TALLEST_ROW = 409.0  # Excel's limit, in points

_SIGNS_BY_WIDTH = {
    191: "'",
    222: "ijl‘’",
    260: "|",
    278: " !,./:;I[\\]ft",
    333: "()-`r“”",
    334: "{}",
    355: '"•',
    389: "*",
    469: "^",
    500: "Jcksvxyz↑↓",
    556: "#$0123456789?L_abdeghnopqu–£é",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—→",
    1015: "@",
}
_WIDTHS = {sign: width for width, signs in _SIGNS_BY_WIDTH.items() for sign in signs}
_ANY_OTHER = 1000  # rather too wide than too narrow
_DIGIT_PIXELS = 8  # a column's width is counted in digits of the workbook's font, Arial 11
_EM_PIXELS = 11 * 96 / 72
_SLACK = 1.04  # programs round every letter to whole pixels, each its own way


def lines_of(text: str, width: float, *, bold: bool = False) -> int:
    """How many lines the text takes in a column of that width; a line too many rather than few.

    >>> lines_of("one line", 20), lines_of("two" + chr(10) + "lines", 20)
    (1, 2)
    """
    room = max(1.0, width * _DIGIT_PIXELS - 4)
    scale = _EM_PIXELS / 1000 * _SLACK * (1.09 if bold else 1.0)
    return sum(_wrapped(line, room, scale) for line in text.split("\n"))


def _wrapped(line: str, room: float, scale: float) -> int:
    space = _WIDTHS[" "] * scale
    lines, used = 1, 0.0
    for word in line.split(" "):
        long = sum(_WIDTHS.get(sign, _ANY_OTHER) for sign in word) * scale
        if used and used + space + long > room:
            lines, used = lines + 1, 0.0
        if long > room:
            lines += math.ceil(long / room) - 1
            long %= room
        used += long + (space if used else 0.0)
    return lines


def row_height(
    cells: Iterable[tuple[str, float]], *, least: float = 0.0, bold: bool = False
) -> float:
    """The height in points in which each (text, column width) shows whole."""
    lines = max((lines_of(text, width, bold=bold) for text, width in cells), default=1)
    return min(TALLEST_ROW, max(least, lines * LINE_POINTS + 4))
