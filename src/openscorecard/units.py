"""The units in which indicators are counted and printed, and the arrows of a change."""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    """`suffix` follows the number in print; percentages are held in points (23, never 0.23)."""

    COUNT = "count"
    PERCENT = "percent"
    PER_10000 = "per-10000"
    PER_100000 = "per-100000"

    @property
    def suffix(self) -> str:
        return "%" if self is Unit.PERCENT else ""

    @property
    def is_rate(self) -> bool:
        return self in (Unit.PER_10000, Unit.PER_100000)


class Arrow(StrEnum):
    """Up at the tolerance or more, down at minus the tolerance or less, level between."""

    UP = "up"
    DOWN = "down"
    LEVEL = "level"

    @property
    def glyph(self) -> str:
        return {"up": "↑", "down": "↓", "level": "→"}[self.value]
