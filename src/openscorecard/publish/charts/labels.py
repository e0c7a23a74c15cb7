"""Where the words of a chart may stand without covering each other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A piece of text on a drawing, taken generously."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of_text(cls, text: str, x: float, y: float, size: float, anchor: str = "middle") -> Box:
        """`y` is the baseline. Source Sans digits are half an em wide, capitals a little more, a
        per cent sign four fifths."""
        wide = (len(text) + text.count("%") * 0.6) * size * 0.53
        left = {"middle": x - wide / 2, "end": x - wide, "start": x}[anchor]
        return cls(left - 1.5, y - size * 0.8, left + wide + 1.5, y + size * 0.25)

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def crosses(self, start: tuple[float, float], end: tuple[float, float]) -> bool:
        """Whether a straight line passes through it (the line clipped side by side)."""
        (x1, y1), (x2, y2) = start, end
        # Most lines lie wholly to one side: told apart first, for this is asked very often.
        if (x1 <= self.left and x2 <= self.left) or (x1 >= self.right and x2 >= self.right):
            return False
        if (y1 <= self.top and y2 <= self.top) or (y1 >= self.bottom and y2 >= self.bottom):
            return False
        enter, leave = 0.0, 1.0
        for step, before, after in (
            (x2 - x1, self.left - x1, self.right - x1),
            (y2 - y1, self.top - y1, self.bottom - y1),
        ):
            if step == 0:
                if before >= 0 or after <= 0:
                    return False
                continue
            near, far = sorted((before / step, after / step))
            enter, leave = max(enter, near), min(leave, far)
        return enter < leave


def spread(wanted: list[float], least: float, low: float, high: float) -> list[float]:
    """The heights moved apart to at least `least`, kept in order and within `low`..`high`.

    >>> spread([100, 104], 20, 0, 300)
    [92.0, 112.0]
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    placed = [float(wanted[index]) for index in order]
    for _ in range(len(placed) * 4):
        for upper in range(len(placed) - 1):
            short = least - (placed[upper + 1] - placed[upper])
            if short > 0:
                placed[upper] -= short / 2
                placed[upper + 1] += short / 2
    shift = max(low - placed[0], 0) - max(placed[-1] - high, 0) if placed else 0
    result = [0.0] * len(wanted)
    for position, index in enumerate(order):
        result[index] = placed[position] + shift
    return result
