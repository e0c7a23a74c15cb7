"""A published figure's text: as it is kept, and as an exact number."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

# A number as tables write it: thousands commas, a percent sign, an exponent of a spreadsheet's.
_NUMBER_TEXT = (
    r"[-+]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?%?"
)
_NUMBER = re.compile(_NUMBER_TEXT)
# A spreadsheet holds fifteen digits; what it writes beyond them is no part of the figure
# (0.070000000000000007 for 0.07).
DIGITS = 15
_EXCEL = Context(prec=DIGITS, rounding=ROUND_HALF_EVEN)


def kept_text(raw: str) -> str | None:
    """The figure as plain decimal text; None for what is no number.

    >>> kept_text("1,234"), kept_text("7.0000000000000007E-2"), kept_text("22.6%"), kept_text("c")
    ('1234', '0.07', '22.6', None)
    """
    text = raw.strip().replace("\N{MINUS SIGN}", "-")
    if not _NUMBER.fullmatch(text):
        return None
    number = Decimal(text.replace(",", "").removesuffix("%"))
    if len(number.as_tuple().digits) > DIGITS:
        number = number.normalize(_EXCEL)
    return f"{number:f}"


def exact(text: str) -> Fraction:
    """The number that `kept_text` kept."""
    if text.isdecimal():
        return Fraction(int(text))
    whole, _, decimals = text.partition(".")
    return Fraction(int(whole + decimals), 10 ** len(decimals))
