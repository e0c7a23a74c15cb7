"""What a printed number allows: rounding as people round, and the range behind printed digits.

A page that prints 23% says that the figure lay between 22.5% and 23.5%. Checks are made on such
ranges, never on the printed number as if it were exact: that is what keeps them from crying wolf.
Both ends belong to the range, so that no rule of rounding (half up, half to even) is taken
for granted.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

HALF = Fraction(1, 2)


def half_up(number: Fraction, decimals: int = 0) -> Fraction:
    """Rounded to `decimals` places, halves away from zero, as spreadsheets do.

    >>> half_up(Fraction(-67, 2)), half_up(Fraction(1, 8), 2)
    (Fraction(-34, 1), Fraction(13, 100))
    """
    scale: int = 10**decimals
    scaled = abs(number) * scale
    whole = int(scaled + HALF)
    return Fraction(whole if number >= 0 else -whole, scale)


def printed(number: Fraction, decimals: int = 0, *, thousands: bool = True) -> str:
    """The number as a page prints it; never `-0`.

    >>> printed(Fraction(12225, 10), 0), printed(Fraction(-1, 4))
    ('1,223', '0')
    """
    rounded = half_up(number, decimals)
    text = f"{abs(rounded.numerator) / rounded.denominator:.{decimals}f}"
    if thousands:
        whole, dot, part = text.partition(".")
        text = f"{int(whole):,}{dot}{part}"
    return f"-{text}" if rounded < 0 else text


@dataclass(frozen=True, slots=True)
class Range:
    """All numbers from `low` to `high`, both included."""

    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"an empty range: {self.low} to {self.high}")

    @classmethod
    def exactly(cls, number: Fraction | int) -> Range:
        return cls(Fraction(number), Fraction(number))

    @classmethod
    def of_printed(cls, number: Fraction, decimals: int = 0) -> Range:
        """The numbers that print as `number` with so many decimals."""
        slack = HALF / 10**decimals
        return cls(number - slack, number + slack)

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Range) -> Range:
        return Range(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Range) -> Range:
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Range(min(ends), max(ends))

    def __truediv__(self, other: Range) -> Range:
        """The quotients; the divisor must not reach 0."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("the divisor's range holds 0")
        return self * Range(1 / other.high, 1 / other.low)

    def shifted(self, by: Fraction | int) -> Range:
        return Range(self.low + by, self.high + by)

    def scaled(self, by: Fraction | int) -> Range:
        return self * Range.exactly(by)

    def holds(self, number: Fraction) -> bool:
        return self.low <= number <= self.high

    def meets(self, other: Range) -> bool:
        return self.low <= other.high and other.low <= self.high

    def within(self, other: Range) -> Range | None:
        """The numbers in both, or None."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Range(low, high) if low <= high else None


def change_percent(now: Range, before: Range) -> Range:
    """The % change from `before` to `now`, in points; `before` must be above 0."""
    return (now / before).scaled(100).shifted(-100)
