"""The lines at one height on a chart, and their names at the ends: average, centre, target, edges.

The printed 12-month average is a column of the page and not the centre of the limits; where the two
differ both are drawn and named.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from openscorecard.catalogue.indicator import Kind, Target
from openscorecard.periods import Month
from openscorecard.publish.charts.frame import Frame
from openscorecard.publish.charts.labels import Box, spread
from openscorecard.publish.charts.limits import Bounds, Spot
from openscorecard.publish.charts.scale import Scale
from openscorecard.publish.charts.svg import element
from openscorecard.scorecard.page import Row
from openscorecard.statistics.ranges import printed

APART = 22  # between two names at the right end, so that they do not read as one
AVERAGED = 12  # months that the average line is the average of


@dataclass(frozen=True, slots=True)
class Level:
    """A line at one height, for the months that it speaks of: from `since`, or the last twelve."""

    css: str
    name: str
    words: str
    value: Fraction
    since: Month

    @property
    def told(self) -> str:
        return f"{self.name} {self.words}"


@dataclass(frozen=True, slots=True)
class EndName:
    """Words at the end of a line, at the height where they would best stand."""

    words: str
    value: Fraction
    css: str = "t-s"


def target_in_force(row: Row) -> Target | None:
    """The target that holds in the latest month."""
    known = [item for item in row.indicator.targets if item.since <= row.latest.month]
    return max(known, key=lambda item: item.since, default=None)


def level_lines(row: Row) -> list[Level]:
    """The 12-month average (not of a stock, which drifts) and the target."""
    lines = []
    average, target = row.average_12m, target_in_force(row)
    if average.value is not None and row.indicator.kind is not Kind.STOCK:
        since = row.latest.month.plus(1 - AVERAGED)
        lines.append(Level("g-mean", "12-month average", average.printed, average.value, since))
    if target is not None:
        words = f"{printed(target.value, row.indicator.decimals)}{row.indicator.unit.suffix}"
        lines.append(Level("g-ref", "Target", words, target.value, target.since))
    return lines


def stroke(
    level: Level, months: tuple[Month, ...], height: Scale, frame: Frame
) -> tuple[Spot, Spot]:
    y = height.at(level.value)
    return (frame.before(level.since.minus(months[0])), y), (frame.right, y)


def has_centre(row: Row) -> bool:
    """Whether the centre of the limits is worth a line: it is not the average, and
    level: a stock's moves with it, a count's per working day has a chart of its own."""
    verdict = row.verdict
    if verdict is None or not verdict.centre or verdict.judged_on != "level":
        return False
    return verdict.centre != row.average_12m.printed


def end_names(row: Row, levels: list[Level], latest: Bounds | None) -> list[EndName]:
    """What is named at the right end. `latest` are the limits of the latest month, if it has any.

    An edge that has run into 0 or 100% is none and has no name.
    """
    names = [EndName(level.told, level.value) for level in levels]
    verdict = row.verdict
    if verdict is not None and latest is not None and latest.centre is not None and has_centre(row):
        names.append(EndName(f"Centre {verdict.centre}", latest.centre))
    if verdict is None or verdict.usual is None or latest is None:
        return names
    low, high = verdict.usual
    if not latest.open_high:
        names.append(EndName(f"Usual, up to {high}", latest.high))
    if not latest.open_low:
        names.append(EndName(f"Usual, from {low}", latest.low))
    return names


def draw_names(
    names: list[EndName], height: Scale, frame: Frame, apart: float = APART
) -> tuple[list[str], list[Box]]:
    """The names, where there is room for them, and the room that they take."""
    if not frame.wide:
        return [], []
    parts, boxes = [], []
    heights = spread([height.at(one.value) for one in names], apart, frame.top, frame.foot)
    for one, y in zip(names, heights, strict=True):
        x = frame.right + 10
        parts.append(element("text", one.words, class_=one.css, x=x, y=y + 5))
        boxes.append(Box.of_text(one.words, x, y + 5, 14, "start"))
    return parts, boxes
