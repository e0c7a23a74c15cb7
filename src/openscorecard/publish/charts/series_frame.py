"""The room that a drawing of any series gives to its plot: beside it stand numbers of any length.

A drawing that stands by itself is read in the typeface at hand, which may be a tenth wider than
ours; so the words are taken wider too.
"""

from __future__ import annotations

from collections.abc import Sequence

from openscorecard.publish.charts.frame import Frame, narrow, wide
from openscorecard.publish.charts.grid import tick_words
from openscorecard.publish.charts.labels import Box
from openscorecard.publish.charts.scale import Axis

MARGIN = 16.0  # around the drawing
GAP = 10.0  # between the plot and the names of its lines
_OTHER_FACES = 1.12
_LEAST_WIDE, _LEAST_NARROW = 320.0, 150.0  # of the plot


def series_frame(
    ticks: Axis, suffix: str, names: Sequence[str], count: int, top: float, *, for_phone: bool
) -> Frame:
    """Where the plot lies: right of its numbers, left of the `names` of its lines, below `top`.

    Where long numbers leave too little the whole drawing is wider.
    """
    size = narrow(count) if for_phone else wide(count)
    numbers = [tick_words(tick) + (suffix if tick == ticks.high else "") for tick in ticks.ticks]
    left = max(size.left + 12, 9 + max(width_of(words, 14) for words in numbers) - MARGIN / 2)
    right = size.right
    if size.wide and names:
        room = GAP + max(width_of(words, 14) for words in names)
        right = min(right, size.width + MARGIN / 2 - room)
    short = max((_LEAST_WIDE if size.wide else _LEAST_NARROW) - (right - left), 0.0)
    return Frame(
        width=size.width + short,
        left=left,
        right=right + short,
        top=top,
        foot=top + size.foot - size.top,
        size=size.size,
        count=count,
    )


def width_of(words: str, size: float) -> float:
    """How wide words are at most, in pixels."""
    box = Box.of_text(words, 0, 0, size, "start")
    return (box.right - box.left) * _OTHER_FACES
