"""Months without a figure: a pale stretch, and the reason's code below it: none may read as 0."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from openscorecard.catalogue.indicator import Frequency
from openscorecard.periods import Month
from openscorecard.publish.charts.frame import Frame
from openscorecard.publish.charts.labels import Box
from openscorecard.publish.charts.svg import element
from openscorecard.scorecard.page import Figure, Row

TALL = 18.0  # of the line of codes


@dataclass(frozen=True, slots=True)
class Gap:
    """Neighbouring months that lack a figure for one reason: places among the months drawn."""

    first: int
    last: int
    code: str


def gaps(
    row: Row, months: tuple[Month, ...], lacks: Callable[[Figure], bool] | None = None
) -> list[Gap]:
    """The gaps of the row's history. The months within a quarter are none.

    `lacks` says of a figure whether something is wanting; unless given, whether it has no number.
    """
    quarterly = row.indicator.frequency is Frequency.QUARTERLY
    place = {month: index for index, month in enumerate(months)}
    found: list[Gap] = []
    for figure in row.history:
        at = place.get(figure.month)
        whole = figure.value is not None if lacks is None else not lacks(figure)
        if at is None or whole or (quarterly and figure.month.number % 3):
            continue
        code = figure.printed if lacks is None else ""
        if found and found[-1].last == at - 1 and found[-1].code == code:
            found[-1] = Gap(found[-1].first, at, code)
        else:
            found.append(Gap(at, at, code))
    return found


def stretches(found: list[Gap], frame: Frame, top: float, foot: float) -> list[str]:
    """The pale stretches, to lie under everything else."""
    return [
        element(
            "rect",
            class_="g-gap",
            x=frame.before(gap.first),
            y=top,
            width=frame.after(gap.last) - frame.before(gap.first),
            height=foot - top,
        )
        for gap in found
    ]


def codes(found: list[Gap], frame: Frame) -> list[str]:
    """The codes below the axis, as many as have room. On it they would stand where 0 does."""
    parts = []
    taken: list[Box] = []
    y = frame.foot + 16
    for gap in found:
        x = (frame.month_x(gap.first) + frame.month_x(gap.last)) / 2
        box = Box.of_text(gap.code, x, y, 14)
        if not any(box.meets(other) for other in taken):
            taken.append(box)
            parts.append(element("text", gap.code, class_="t-s", x=x, y=y, text_anchor="middle"))
    return parts
