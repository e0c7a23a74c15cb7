"""What a published table writes where no figure stands, and what that means.

The letters are those of the Department for Education's open data standards (z, x, c, low, u), which
follow the Government Statistical Service's guidance; the signs below them are those that they took
the place of, and LAIT's. None is ever 0: `low`, and the older `k` and `~`, stand for a figure that
rounds to 0 and is not 0.
"""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Whether a published cell holds a figure, and if not, why."""

    VALUE = "value"
    SUPPRESSED = "suppressed"
    NOT_APPLICABLE = "not-applicable"
    NOT_AVAILABLE = "not-available"
    ROUNDS_TO_ZERO = "rounds-to-zero"
    LOW_RELIABILITY = "low-reliability"
    BLANK = "blank"


MEANING: dict[Status, str] = {
    Status.VALUE: "a figure",
    Status.SUPPRESSED: "withheld, so that nobody can be known by it",
    Status.NOT_APPLICABLE: "not applicable",
    Status.NOT_AVAILABLE: "not available",
    Status.ROUNDS_TO_ZERO: "rounds to 0, but is not 0",
    Status.LOW_RELIABILITY: "left out, for it is of low reliability",
    Status.BLANK: "left blank",
}

# As a table or a sum has room for it.
SHORT: dict[Status, str] = {
    **MEANING,
    Status.SUPPRESSED: "withheld",
    Status.ROUNDS_TO_ZERO: "rounds to 0",
    Status.LOW_RELIABILITY: "not reliable",
}

# As written, in small letters and without square brackets.
SYMBOLS: dict[str, Status] = {
    "c": Status.SUPPRESSED,
    "z": Status.NOT_APPLICABLE,
    "x": Status.NOT_AVAILABLE,
    "low": Status.ROUNDS_TO_ZERO,
    "k": Status.ROUNDS_TO_ZERO,
    "u": Status.LOW_RELIABILITY,
    "*": Status.SUPPRESSED,
    ":": Status.NOT_AVAILABLE,
    "..": Status.NOT_AVAILABLE,
    ".": Status.NOT_APPLICABLE,
    "~": Status.ROUNDS_TO_ZERO,
    "-": Status.NOT_AVAILABLE,  # in older tables "nil or negligible" too: never taken for 0
    "na": Status.NOT_AVAILABLE,
    "n/a": Status.NOT_APPLICABLE,
    "#n/a": Status.NOT_AVAILABLE,
    "": Status.BLANK,
}


def symbol(text: str) -> Status | None:
    """What the text stands for; None for a figure, and for what is no symbol that we know.

    >>> symbol("c"), symbol("[low]"), symbol("12")
    (<Status.SUPPRESSED: 'suppressed'>, <Status.ROUNDS_TO_ZERO: 'rounds-to-zero'>, None)
    """
    plain = text.strip().casefold()
    if plain.startswith("[") and plain.endswith("]"):
        plain = plain[1:-1]
    return SYMBOLS.get(plain)
