"""Text that the typeface has no shape for: replaced in the open, never lost and never a box.

Takes the data of a paper; gives the same with every text settable, and says which characters had
to be marked; refuses nothing. The rule: text is composed (NFC); a known substitute stands for a
character where one says the same; characters without any look of their own go; what is left over
becomes `[?]`, and the document says once which characters those were.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

MARK = "[?]"

# From the symbols that office programs put for arrows, bullets and dashes to what the font has.
SUBSTITUTES = {
    **dict.fromkeys("➔➙➛➜➝➞➡⇒⇨⟶🡒", "→"),
    **dict.fromkeys("⬆⇑⇧⟰🡑🔼", "↑"),
    **dict.fromkeys("⬇⇓⇩⟱🡓🔽", "↓"),
    **dict.fromkeys("⬅⇐⇦⟵🡐", "←"),
    **dict.fromkeys("⬌⇔", "↔"),
    **dict.fromkeys("⁃∙⦁▪◦‣", "•"),
    **dict.fromkeys("●⬤⚫", "•"),
    **dict.fromkeys("⬛◼", "■"),
    **dict.fromkeys("🔺", "▲"),
    **dict.fromkeys("🔻", "▼"),
    **dict.fromkeys("✔☑✅", "✓"),
    "\N{NON-BREAKING HYPHEN}": "-",
    "\N{HYPHEN}": "-",
    "\N{HORIZONTAL BAR}": "—",
    "\N{NARROW NO-BREAK SPACE}": "\N{NO-BREAK SPACE}",
    "\N{FIGURE SPACE}": "\N{NO-BREAK SPACE}",
    "\N{LINE SEPARATOR}": "\n",
    "\N{PARAGRAPH SEPARATOR}": "\n",
    "\t": " ",
    "\r": "\n",
}
_KEPT = frozenset("\n\N{ZERO WIDTH SPACE}")


def settable(value: Any, missing: set[str]) -> Any:
    """The value with every text in it settable; characters marked `[?]` are added to `missing`."""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else _text(value, missing)
    if isinstance(value, Mapping):
        return {key: settable(one, missing) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [settable(one, missing) for one in value]
    return value


def missing_words(missing: set[str]) -> str:
    """The sentence that a paper prints once; "" where every character could be set."""
    if not missing:
        return ""
    named = "; ".join(f"{name_of(one)} ({code_of(one)})" for one in sorted(missing))
    return f"{MARK} stands for a character that this document’s typeface cannot show: {named}."


def name_of(character: str) -> str:
    """As Unicode names it: `slightly smiling face`."""
    return unicodedata.name(character, "unnamed").lower()


def code_of(character: str) -> str:
    """`U+1F642`."""
    return f"U+{ord(character):04X}"


def _text(text: str, missing: set[str]) -> str:
    shapes = _shapes()
    parts: list[str] = []
    for one in unicodedata.normalize("NFC", text.replace("\r\n", "\n")):
        if one in _KEPT:
            parts.append(one)
        elif one in SUBSTITUTES and (one not in shapes or one in "\t\r"):
            parts.append(SUBSTITUTES[one])
        elif one in shapes and unicodedata.category(one) not in ("Cc", "Cf"):
            parts.append(one)
        elif not _has_no_look(one):
            parts.append(_plainer(one, shapes, missing))
    return "".join(parts)


def _has_no_look(one: str) -> bool:
    """Controls, joiners, soft hyphens and variation selectors."""
    return unicodedata.category(one) in ("Cc", "Cf") or "\ufe00" <= one <= "\ufe0f"


def _plainer(one: str, shapes: frozenset[str], missing: set[str]) -> str:
    """Another kind of space, a full-width letter or a ligature in its plain form; else the mark."""
    plain = unicodedata.normalize("NFKC", one)
    if plain != one and all(part in shapes for part in plain):
        return plain
    if unicodedata.category(one) == "Zs":
        return " "
    missing.add(one)
    return MARK


@cache
def _shapes() -> frozenset[str]:
    """What both weights that the papers use have a shape for."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    from openscorecard.publish.pdf.compile import font_folder

    found: list[set[int]] = []
    for weight in ("Regular", "Semibold", "Bold"):
        with TTFont(font_folder() / f"SourceSansPro-{weight}.ttf", lazy=True) as font:
            found.append(set(font.getBestCmap()))
    return frozenset(map(chr, set.intersection(*found)))
