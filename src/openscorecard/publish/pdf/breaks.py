"""Where a long word may break: a template turns the mark into a place to break, not into text."""

from __future__ import annotations

import re

BREAK = "\N{ZERO WIDTH SPACE}"


def breakable(text: str, most: int) -> str:
    """A word longer than a column, an address for example, may break in it."""
    return re.sub(rf"\S{{{most},}}", lambda word: _in_parts(word[0], most), text)


def _in_parts(word: str, most: int) -> str:
    part = max(most // 2, 1)
    return BREAK.join(word[at : at + part] for at in range(0, len(word), part))
