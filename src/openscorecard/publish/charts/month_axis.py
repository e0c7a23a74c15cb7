"""The months along the foot of a chart: each by name, or of a long history a few and the years."""

from __future__ import annotations

from openscorecard.periods import Month
from openscorecard.publish.charts.frame import Frame
from openscorecard.publish.charts.labels import Box
from openscorecard.publish.charts.svg import element, path

TALL = 42.0
_APART = 34.0  # two names, and the space that keeps them two


def month_axis(months: tuple[Month, ...], foot: float, frame: Frame) -> list[str]:
    return _long(months, foot, frame) if frame.many else _short(months, foot, frame)


def _short(months: tuple[Month, ...], foot: float, frame: Frame) -> list[str]:
    """Month names, every other one on a phone; the year under the first and each January."""
    parts = []
    last = len(months) - 1
    step = 1 if frame.wide or len(months) <= 8 else 2
    for index, month in enumerate(months):
        if (last - index) % step:
            continue
        x = frame.month_x(index)
        parts.append(_words(_name(month), "t-b" if index == last else "t-s", x, foot + 16))
        shown_before = months[max(index - step, 0)]
        if index == 0 or index == last or shown_before.year != month.year:
            parts.append(_words(f"{month.year}", "t-s", x, foot + 34))
    return parts


def _long(months: tuple[Month, ...], foot: float, frame: Frame) -> list[str]:
    """The latest month; then quarters, half years or Januaries, whichever have room. Each year once
    in the middle of its months, between two ticks."""
    last = len(months) - 1
    every = next((size for size in (3, 6) if size * frame.step >= _APART), 12)
    named = [last, *(at for at in range(last) if (months[at].number - 1) % every == 0)]
    parts = []
    taken: list[Box] = []
    for index in named:
        x = frame.month_x(index)
        box = Box.of_text(_name(months[index]), x, foot + 16, 16)
        if any(box.meets(other) for other in taken):
            continue
        taken.append(box)
        parts.append(_words(_name(months[index]), "t-b" if index == last else "t-s", x, foot + 16))
    return parts + _years(months, foot, frame)


def _years(months: tuple[Month, ...], foot: float, frame: Frame) -> list[str]:
    parts = []
    taken: list[Box] = []
    for year in sorted({month.year for month in months}, reverse=True):
        places = [index for index, month in enumerate(months) if month.year == year]
        x = (frame.month_x(places[0]) + frame.month_x(places[-1])) / 2
        box = Box.of_text(f"{year}", x, foot + 36, 15)
        if not any(box.meets(other) for other in taken):
            taken.append(box)
            parts.append(_words(f"{year}", "t-s", x, foot + 36))
        if places[0] > 0:
            edge = frame.before(places[0])
            parts.append(path([(edge, foot + 24), (edge, foot + 39)], "g-edge"))
    return parts


def _name(month: Month) -> str:
    return month.short.split("-")[0]


def _words(text: str, css: str, x: float, y: float) -> str:
    return element("text", text, class_=css, x=x, y=y, text_anchor="middle")
