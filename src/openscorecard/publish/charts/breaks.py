"""Where a person dated a new baseline: a line across the chart, and `new limits` beside it."""

from __future__ import annotations

from openscorecard.periods import Month
from openscorecard.publish.charts.frame import Frame
from openscorecard.publish.charts.labels import Box
from openscorecard.publish.charts.svg import element, path
from openscorecard.scorecard.page import Row

_WORDS = "new limits"


def breaks(row: Row, months: tuple[Month, ...], frame: Frame) -> tuple[list[str], list[Box]]:
    """The lines with their words, and the room that these take."""
    parts: list[str] = []
    boxes: list[Box] = []
    for baseline in row.verdict.baselines[1:] if row.verdict else ():
        at = baseline.first.minus(months[0])
        if not 0 < at < len(months):
            continue
        x = frame.before(at)
        parts.append(path([(x, frame.top - 18), (x, frame.foot)], "g-break"))
        box = Box.of_text(_WORDS, x + 5, frame.top - 8, 14, "start")
        if box.right <= frame.width and not any(box.meets(other) for other in boxes):
            boxes.append(box)
            parts.append(element("text", _WORDS, class_="t-s", x=x + 5, y=frame.top - 8))
    return parts, boxes
