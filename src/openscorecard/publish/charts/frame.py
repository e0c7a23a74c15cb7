"""The two sizes of an indicator's chart, and where on them a month and a plot lie.

Drawn twice, for wide pages and for phones: a drawing shrunk to a phone cannot be read.
"""

from __future__ import annotations

from dataclasses import dataclass

MANY = 13  # more months or points than these are read as a shape: not each has its number


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a drawing and where its plot lies, for `count` months."""

    width: float
    left: float
    right: float
    top: float
    foot: float
    size: float  # of the text
    count: int

    @property
    def wide(self) -> bool:
        return self.width > 500

    @property
    def many(self) -> bool:
        return self.count > MANY

    @property
    def inset(self) -> float:
        """Before the first month."""
        return 22.0 if self.wide else 12.0

    @property
    def step(self) -> float:
        """From one month to the next. A phone's drawing keeps room beside the latest: its value
        stands there, clear of the line."""
        after = self.inset if self.wide or not self.many else 30.0
        return (self.right - self.left - self.inset - after) / max(self.count - 1, 1)

    def month_x(self, index: int) -> float:
        return self.left + self.inset + self.step * index

    def before(self, index: int) -> float:
        """Half a step before a month, within the plot: where what begins with it begins."""
        return self.left if index <= 0 else max(self.month_x(index) - self.step / 2, self.left)

    def after(self, index: int) -> float:
        at_end = index >= self.count - 1
        return self.right if at_end else min(self.month_x(index) + self.step / 2, self.right)


def wide(count: int, foot: float = 300) -> Frame:
    return Frame(width=856, left=52, right=692, top=34, foot=foot, size=15, count=count)


def narrow(count: int, foot: float = 238) -> Frame:
    return Frame(width=343, left=44, right=341, top=30, foot=foot, size=15, count=count)
