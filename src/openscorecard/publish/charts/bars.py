"""Below the line: what each month's figure was counted from, as bars that share its months."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from openscorecard.periods import Month
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
    row: Row,
    months: tuple[Month, ...],
    month_x: Callable[[int, int], float],
    top: float,
    *,
    wide: bool,
) -> tuple[list[str], float]:
    """The bars, and the height at which they end. Dark: counted. Outline: out of how many."""
    place = {month: index for index, month in enumerate(months)}
    known = [f for f in row.history if f.numerator is not None and f.month in place]
    with_whole = any(figure.denominator is not None for figure in known)
    key, start = _key(top, wide=wide, with_whole=with_whole)
    parts = key
    seen = [value for f in known for value in (f.numerator, f.denominator) if value is not None]
    foot = start + TALL
    tall = Scale(Fraction(0), max([*seen, Fraction(1)]), foot, start)
    half = 15.0 if wide else 7.0
    first, last = month_x(0, len(months)), month_x(len(months) - 1, len(months))
    for figure in known:
        x = month_x(place[figure.month], len(months))
        parts += _bar(figure, x, half, tall, foot)
        if wide:
            parts += _numbers(figure, x, foot)
    parts.append(path([(first - half - 4, foot), (last + half + 4, foot)], "g-axis"))
    if not wide:
        return parts, foot + 4
    parts += _legend(foot, last + half + 24, with_whole=with_whole)
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


def _numbers(figure: Figure, x: float, foot: float) -> list[str]:
    parts = []
    if figure.numerator is not None:
        parts.append(_words(whole(figure.numerator), "t-m", x, foot + 20))
    if figure.denominator is not None:
        parts.append(_words(whole(figure.denominator), "t-s", x, foot + 40))
    return parts


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
