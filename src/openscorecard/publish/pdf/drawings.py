"""Our SVG drawings made fit for paper: a style of their own, and their words as alternative text.

The drawings are made for pages whose stylesheet has variables; what sets the paper knows none, so
the same tokens are written out here. The words are the drawing's own title and description.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape

from openscorecard.errors import InternalError
from openscorecard.publish.pdf.compile import FONT

# Line by line as in publish/html/assets/style.css; a test holds the two against each other.
INK, INK_2, LINE, EDGE, WASH, BAND = (
    "#10212b",
    "#47565f",
    "#d3dbdf",
    "#6f7f88",
    "#f3f6f7",
    "#dfe7ea",
)
SERIES, GOOD, BAD, ODD, NOTE_WASH = "#22343e", "#0a62a3", "#b03c02", "#5b3a8c", "#fff6d6"

_STYLE = f"""
text{{font-family:"{FONT}";fill:{INK}}}
.g-band,.g-range{{fill:{BAND}}}.g-range{{stroke:{EDGE}}}
.g-edge,.g-axis{{stroke:{EDGE};fill:none}}.g-grid{{stroke:{LINE};fill:none}}.g-gap{{fill:{WASH}}}
.g-mean{{stroke:{INK_2};stroke-dasharray:3 3;fill:none}}
.g-centre{{stroke:{INK_2};stroke-dasharray:9 4;fill:none}}
.g-inner{{stroke:{EDGE};stroke-dasharray:2 3;fill:none}}
.g-break{{stroke:{INK};stroke-dasharray:1 3;fill:none}}
.g-good{{fill:{GOOD}}}.g-bad{{fill:{BAD}}}.g-odd{{fill:{ODD}}}
.g-good,.g-bad,.g-odd{{stroke:#fff;stroke-width:.75;paint-order:stroke}}
.g-ref{{stroke:{INK};stroke-width:1.5;stroke-dasharray:1.5 4;stroke-linecap:round;fill:none}}
.g-line{{fill:none;stroke:{SERIES};stroke-width:1.75;stroke-linejoin:round;stroke-linecap:round}}
.g-dot,.g-part{{fill:{SERIES}}}.g-line.g-later{{stroke:{EDGE}}}.g-dot.g-later{{fill:{EDGE}}}
.g-open,.g-hollow{{fill:#fff;stroke:{SERIES};stroke-width:1.5}}.g-quiet{{fill:{EDGE}}}
.g-ring{{fill:#fff;stroke:{EDGE};stroke-width:1.5}}.g-rest{{fill:#fff;stroke:{EDGE}}}
.g-peer{{fill:#fff;stroke:{INK};stroke-width:1.5}}
.g-x{{stroke:{INK};stroke-width:2;fill:none;stroke-linecap:round}}
.t-s{{font-size:14px;fill:{INK_2}}}.t-m{{font-size:15px}}.t-b{{font-size:15px;font-weight:600}}
.halo,.halo-b{{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}}
.halo-b{{stroke:{BAND}}}
path:not([class]){{fill:{NOTE_WASH};stroke:{INK};stroke-width:1.5;stroke-linejoin:round}}
"""
STYLE = "".join(_STYLE.splitlines())
_RULES = [
    (selector, f"{{{declared}}}")
    for rule in STYLE.split("}")[:-1]
    for selectors, _, declared in [rule.partition("{")]
    for selector in selectors.split(",")
]
_CLASSES = re.compile(r' class="([^"]*)"')
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NAMED = re.compile(r"<title[^>]*>(.*?)</title><desc[^>]*>(.*?)</desc>", re.DOTALL)
_OPENING = re.compile(r"<svg [^>]*?(viewBox=\"[^\"]*\" width=\"[^\"]*\" height=\"[^\"]*\")[^>]*>")


def for_paper(drawn: str) -> str:
    """The drawing by itself: with its style, without the words that only a screen reader needs."""
    body = _NAMED.sub("", drawn, count=1)
    # Characters that XML may not hold would make the drawing unreadable; the font has none of them.
    body = _CONTROL.sub(" ", body)
    used = frozenset(name for names in set(_CLASSES.findall(body)) for name in names.split())
    style = _style(used, plain="<path d=" in body, words="<text" in body)
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" \\1><style>{style}</style>'
    made, times = _OPENING.subn(opening, body, count=1)
    if times != 1:
        raise InternalError("a drawing has no size of its own and cannot be set on paper")
    return made


@cache
def _style(used: frozenset[str], *, plain: bool, words: bool) -> str:
    """The rules that a drawing with these classes needs, in their order: a drawing that carries
    all of them is mostly style. `plain`: it has a path without a class."""

    def needed(selector: str) -> bool:
        if selector.startswith("."):
            return used.issuperset(selector[1:].split("."))
        return words if selector == "text" else plain

    return "".join(selector + declared for selector, declared in _RULES if needed(selector))


def spoken(drawn: str) -> str:
    """Its title and description, as alternative text."""
    found = _NAMED.search(drawn)
    if found is None:
        raise InternalError("a drawing has no title and description")
    title, description = (unescape(words).strip() for words in found.groups())
    return f"{title.rstrip('.')}. {description}"


def figure(drawn: str | None) -> dict[str, str] | None:
    """What the template sets: the drawing and its alternative text; None where there is none."""
    if not drawn:
        return None
    return {"svg": for_paper(drawn), "alt": spoken(drawn)}


def mark(drawn: str | None) -> str:
    """A shape beside the word that it stands for: decoration, so without words. "" for none."""
    return for_paper(drawn) if drawn else ""
