"""Figures in the terminal: never a part of one.

Takes the lines of a page as texts; gives tables of which all columns of figures are as wide as what
they hold. Where the line is short, the oldest months stay away, and that is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

_WIDEST = 16  # characters of a figure's column; what is longer goes on the next line
_NAME = 12  # characters that an indicator's name has at least


@dataclass(frozen=True, slots=True)
class Layout:
    """`heads` are those of all columns: reference, name, months (oldest first), the others.
    `left_out` of the months are not shown; `widths` are of the columns that are."""

    heads: tuple[str, ...]
    left_out: int
    widths: tuple[int, ...]
    gap: int

    @property
    def width(self) -> int:
        return sum(self.widths) + self.gap * (len(self.widths) - 1)

    def shown(self, line: Sequence[str]) -> list[str]:
        """The line without the months that are left out."""
        return [*line[:2], *line[2 + self.left_out :]]

    def remark(self) -> str:
        """What to say of months that are left out, or nothing."""
        if not self.left_out:
            return ""
        first = self.heads[2 + self.left_out]
        which = (
            f"The month before {first} is"
            if self.left_out == 1
            else f"The {self.left_out} months before {first} are"
        )
        return f"{which} left out: the window is too narrow. --format csv has every month."


def lay_out(
    heads: Sequence[str], lines: Sequence[Sequence[str]], months: int, width: int
) -> Layout:
    """The layout for lines of texts; `months` says how many columns after the first two are months.

    One month stays in any case: a line may then be wider than the window, but no figure is cut.
    """
    columns = [[head, *(line[at] for line in lines)] for at, head in enumerate(heads)]
    most = (width, width, *[_WIDEST] * (len(heads) - 2))
    widths = [
        min(max(map(len, cells)), at_most) for cells, at_most in zip(columns, most, strict=True)
    ]
    ref, name, *figures = widths
    gap = 2 if sum(widths) + 2 * (len(widths) - 1) <= width else 1
    left_out = 0
    while True:
        shown = figures[left_out:]
        left = width - ref - sum(shown) - gap * (len(shown) + 1)
        if left >= min(name, _NAME) or left_out >= months - 1:
            break
        left_out += 1
    names = min(name, max(left, _NAME))
    return Layout(tuple(heads), left_out, (ref, names, *shown), gap)


def figure_table(
    layout: Layout, lines: Sequence[Sequence[str]], *, title: str | None = None, wrap: bool = True
) -> Table:
    """One table of the layout; a name that is too long is wrapped, or else cut."""
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title=title,
        title_justify="left",
        box=None,
        pad_edge=False,
        header_style="bold",
        padding=(0, layout.gap, 0, 0),
    )
    for at, (head, width) in enumerate(zip(layout.shown(layout.heads), layout.widths, strict=True)):
        name = at == 1
        table.add_column(
            head,
            width=width,
            justify="left" if at < 2 else "right",
            no_wrap=name and not wrap,
            overflow="ellipsis" if name and not wrap else "fold",
        )
    for line in lines:
        table.add_row(*map(Text, layout.shown(line)))  # as text: [r] is no mark-up
    return table
