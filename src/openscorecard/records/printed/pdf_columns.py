"""The columns of a tagged table: which of them each cell of a row stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openscorecard.records.printed.pdf_cells import PdfCell

_NEAR = 12.0  # points: how far from all others of its column a cell may stand


@dataclass(frozen=True, slots=True)
class Tag:
    """A cell as tagged. `left`, `right` and `top` are of its text, on the page where it begins."""

    cell: PdfCell
    page: int
    left: float
    right: float
    top: float
    across: int
    down: int
    own_id: object
    heads: tuple[object, ...]


Row = list[Tag]


class Columns:
    """Where the columns of a table stand: by the rows that have a cell in each of them."""

    def __init__(self, rows: Sequence[Row], width: int) -> None:
        self.width = width
        self._left = [float("inf")] * width
        self._right = [float("-inf")] * width
        self._heads: dict[object, int] = {}
        for row in rows:
            if sum(tag.across for tag in row) != width:
                continue
            for tag, column in zip(row, _in_order(row), strict=True):
                if tag.across != 1:
                    continue
                if tag.own_id is not None:
                    self._heads.setdefault(_key(tag.own_id), column)
                if tag.cell.lines:
                    self._left[column] = min(self._left[column], tag.left)
                    self._right[column] = max(self._right[column], tag.right)

    @property
    def lefts(self) -> tuple[float, ...]:
        return tuple(self._left)

    def places(self, row: Row, taken: frozenset[int]) -> list[int | None] | None:
        """The column of each cell, None for a blank one without a place; None if nothing tells."""
        if sum(tag.across for tag in row) == self.width:
            return list(_in_order(row))
        free = [column for column in range(self.width) if column not in taken]
        if taken and sum(tag.across for tag in row) == len(free):
            return _among(free, row)
        places: list[int | None] = []
        last = -1
        for tag in row:
            column = self._place(tag)
            if not tag.cell.lines and column is None:
                places.append(None)
                continue
            if column is None or column <= last or column in taken:
                return None
            places.append(column)
            last = column + tag.across - 1
        return places

    def _place(self, tag: Tag) -> int | None:
        named = {self._heads[key] for key in map(_key, tag.heads) if key in self._heads} - {0}
        if len(named) == 1:
            return named.pop()
        if not tag.cell.lines:
            return None
        apart = [
            max(left - tag.right, tag.left - right, 0.0) if left <= right else float("inf")
            for left, right in zip(self._left, self._right, strict=True)
        ]
        nearest = min(range(self.width), key=lambda column: apart[column])
        if apart[nearest] > _NEAR or (tag.across == 1 and apart.count(apart[nearest]) > 1):
            return None
        return nearest


def _key(value: object) -> object:
    return bytes(value) if isinstance(value, bytes | bytearray) else str(value)


def _in_order(row: Row) -> list[int]:
    places, column = [], 0
    for tag in row:
        places.append(column)
        column += tag.across
    return places


def _among(free: Sequence[int], row: Row) -> list[int | None]:
    places: list[int | None] = []
    at = 0
    for tag in row:
        places.append(free[at])
        at += tag.across
    return places
