"""The characters of a page as the library gives them, made what the readers of tables need."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_LEVEL = 0.05  # the slope that a line of text may have


@dataclass(frozen=True, slots=True)
class Char:
    """A character and its place. `at` and `end` run along the line, `base` across the lines,
    growing from one line to the next, whichever way the text is turned; `x` and `y` are its
    middle on the page, from the upper left, in points. `mcid` is its marked content, if any."""

    text: str
    at: float
    end: float
    base: float
    size: float
    x: float
    y: float
    left: float
    right: float
    mcid: int | None
    italic: bool
    turned: bool
    run: int  # characters that one operator shows have one number
    unnamed: bool  # the font does not say which character it is


def is_level(source: dict[str, Any]) -> bool:
    """Whether the text runs across the page or along it. What runs aslant is a watermark."""
    a, b, *_ = source["matrix"]
    return bool(min(abs(a), abs(b)) <= _LEVEL * max(abs(a), abs(b)))


def char_of(source: dict[str, Any]) -> Char:
    a, b, _, _, e, f = source["matrix"]
    if abs(a) >= abs(b):
        at, end, base = (source["x0"], source["x1"], -f)
        if a < 0:  # upside down
            at, end, base = -source["x1"], -source["x0"], f
    elif b > 0:  # read upwards
        at, end, base = source["y0"], source["y1"], e
    else:
        at, end, base = -source["y1"], -source["y0"], -e
    font = source["fontname"].lower().replace("-", "").replace(" ", "")
    text = _as_shown(source["text"], font)
    unnamed = text.startswith("(cid:") or bool(_MEANINGLESS.search(text))
    text = "\N{REPLACEMENT CHARACTER}" if unnamed else text.translate(_PLAIN)
    return Char(
        text=_LIGATURES.get(text, text),
        at=at,
        end=end,
        base=base,
        size=source["size"],
        x=(source["x0"] + source["x1"]) / 2,
        y=(source["top"] + source["bottom"]) / 2,
        left=source["x0"],
        right=source["x1"],
        mcid=source["mcid"],
        italic="italic" in font or "oblique" in font or font.endswith(("it", "italicmt")),
        turned=abs(a) < abs(b),
        run=source["tag"],
        unnamed=unnamed,
    )


def _as_shown(text: str, font: str) -> str:
    """The arrow that a character of a symbol font looks like: its code is that of a letter."""
    for name, signs in _SYMBOLS:
        if name in font and len(text) == 1 and (ord(text) < 0x100 or 0xF000 <= ord(text) <= 0xF0FF):
            return signs.get(ord(text) & 0xFF, text)
    return text


_SYMBOLS = (
    ("wingdings3", dict(zip(b"fghipqtu", "←→↑↓▲▼◀▶", strict=True))),
    ("wingdings", dict(zip(b"\xdf\xe0\xe1\xe2\xe7\xe8\xe9\xea\xef\xf0\xf1\xf2",
                           "←→↑↓←→↑↓⇦⇨⇧⇩", strict=True))),
    ("symbol", dict(zip(b"\xac\xad\xae\xaf", "←↑→↓", strict=True))),
)  # fmt: skip
# Marks without a shape of their own, and the hyphen that stands only where a word is broken.
_PLAIN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff")) | {0xAD: "-"}
_MEANINGLESS = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
