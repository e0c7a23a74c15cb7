"""Below the line: what each month's figure was counted from, as bars that share its months."""

from __future__ import annotations

from fractions import Fraction

from openscorecard.periods import Month
from openscorecard.publish.charts.frame import Frame
from openscorecard.publish.charts.gaps import gaps, stretches
from openscorecard.publish.charts.labels import Box
from openscorecard.publish.charts.scale import Scale
from openscorecard.publish.charts.svg import element, path
from openscorecard.scorecard.page import Figure, Row
from openscorecard.statistics.ranges import printed

TALL = 64.0


def has_bars(row: Row) -> bool:
    """Whether two months or more say what they were counted from.

    Not for rates: of a hundred thousand children the counted ones would be a bar without height.
    """
    if row.indicator.unit.is_rate:
        return False
    return sum(figure.numerator is not None for figure in row.history) > 1


def whole(number: Fraction) -> str:
    """A count as people write it: `1,223`; a part of one keeps a decimal."""
    return printed(number, 0 if number.denominator == 1 else 1)


def bars(
    row: Row, months: tuple[Month, ...], told: list[Month], top: float, frame: Frame
) -> tuple[list[str], float]:
    """The bars, and the height at which they end. Dark: counted. Outline: out of how many.

    `told` are the months whose numbers are written below their bars, what matters most first.
    """
    place = {month: index for index, month in enumerate(months)}
    known = {f.month: f for f in row.history if f.numerator is not None and f.month in place}
    with_whole = any(figure.denominator is not None for figure in known.values())
    key, start = _key(top, wide=frame.wide, with_whole=with_whole)
    foot = start + TALL
    unknown = gaps(row, months, lacks=lambda figure: figure.numerator is None)
    parts = key + stretches(unknown, frame, start, foot)
    seen = [
        value for f in known.values() for value in (f.numerator, f.denominator) if value is not None
    ]
    tall = Scale(Fraction(0), max([*seen, Fraction(1)]), foot, start)
    half = min(15.0 if frame.wide else 7.0, frame.step * 0.38)
    for figure in known.values():
        parts += _bar(figure, frame.month_x(place[figure.month]), half, tall, foot)
    ends = [(frame.month_x(0) - half - 4, foot), (frame.month_x(len(months) - 1) + half + 4, foot)]
    parts.append(path(ends, "g-axis"))
    if not frame.wide:
        return parts, foot + 4
    taken: list[Box] = []
    for month in told:
        if month in known:
            parts += _numbers(known[month], frame.month_x(place[month]), foot, taken)
    parts += _legend(foot, ends[1][0] + 20, with_whole=with_whole)
    return parts, foot + (46 if with_whole else 26)


def _bar(figure: Figure, x: float, half: float, tall: Scale, foot: float) -> list[str]:
    parts = []
    for value, css in ((figure.denominator, "g-rest"), (figure.numerator, "g-part")):
        if value is not None and value > 0:
            y = tall.at(value)
            parts.append(
                element("rect", class_=css, x=x - half, y=y, width=2 * half, height=foot - y)
            )
    return parts


def _numbers(figure: Figure, x: float, foot: float, taken: list[Box]) -> list[str]:
    """The numbers of one month, unless they would run into another month's."""
    lines = [
        (whole(value), css, y)
        for value, css, y in (
            (figure.numerator, "t-m", foot + 20),
            (figure.denominator, "t-s", foot + 40),
        )
        if value is not None
    ]
    boxes = [Box.of_text(words, x, y, 14) for words, _, y in lines]
    if any(box.meets(other) for box in boxes for other in taken):
        return []
    taken += boxes
    return [_words(words, css, x, y) for words, css, y in lines]


def _words(text: str, css: str, x: float, y: float, anchor: str = "middle") -> str:
    return element("text", text, class_=css, x=x, y=y, text_anchor=anchor)


def _legend(foot: float, x: float, *, with_whole: bool) -> list[str]:
    parts = [
        element("rect", class_="g-part", x=x, y=foot + 9, width=12, height=12),
        _words("counted", "t-m", x + 19, foot + 20, "start"),
    ]
    if with_whole:
        parts.append(element("rect", class_="g-rest", x=x, y=foot + 29, width=12, height=12))
        parts.append(_words("out of", "t-s", x + 19, foot + 40, "start"))
    return parts


def _key(top: float, *, wide: bool, with_whole: bool) -> tuple[list[str], float]:
    """On a phone the key stands above the bars; the numbers are in the table."""
    if wide:
        return [], top + 18
    parts = [
        element("rect", class_="g-part", x=44, y=top + 8, width=12, height=12),
        _words("counted", "t-s", 62, top + 19, "start"),
    ]
    if with_whole:
        parts.append(element("rect", class_="g-rest", x=130, y=top + 8, width=12, height=12))
        parts.append(_words("out of", "t-s", 148, top + 19, "start"))
    return parts, top + 32
