"""The shapes of signals: one for each, so that colour is the third cue after shape and word."""

from __future__ import annotations

from markupsafe import Markup

from openscorecard.publish.charts.svg import diamond, dot, element, number, square
from openscorecard.scorecard.verdict import Signal

KEY_SIZE = 16.0


def signal_mark(signal: Signal, x: float, y: float, size: float) -> str:
    """Diamond: concern. Circle: improvement. Square: unusual, neither better nor worse. A small
    dot: usual. A ring: not judged."""
    if signal is Signal.CONCERN:
        return diamond(x, y, size * 1.3, "g-bad")
    if signal is Signal.IMPROVEMENT:
        return dot(x, y, size, "g-good")
    if signal is Signal.NEUTRAL:
        return square(x, y, size * 1.1, "g-odd")
    if signal is Signal.NONE:
        return dot(x, y, size * 0.52, "g-quiet")
    return dot(x, y, size * 0.62, "g-ring")


def key_signal(signal: Signal) -> Markup:
    """The shape among words, decoration beside the word itself."""
    return beside_words(signal_mark(signal, KEY_SIZE / 2, KEY_SIZE / 2, 5.2))


def beside_words(drawn: str) -> Markup:
    size = number(KEY_SIZE)
    opening = element("svg", class_="mark", viewBox=f"0 0 {size} {size}", width=size, height=size)
    hidden = opening.replace("/>", ' aria-hidden="true">')
    return Markup(f"{hidden}{drawn}</svg>")  # noqa: S704
