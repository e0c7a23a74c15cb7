"""Where a long word may break: a template turns the mark into a place to break, not into text."""

from __future__ import annotations

import re

BREAK = "\N{ZERO WIDTH SPACE}"
PART = 4  # letters that stay together: so little that the last line before a break is well filled


def breakable(text: str, most: int) -> str:
    """A word of so many letters or more, an address for example, may break in it."""
    return re.sub(rf"\S{{{most},}}", lambda word: _in_parts(word[0]), text)


def _in_parts(word: str) -> str:
    return BREAK.join(word[at : at + PART] for at in range(0, len(word), PART))
