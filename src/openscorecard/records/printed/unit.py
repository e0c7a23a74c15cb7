"""The unit of a row, from its signs and its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from openscorecard.records.printed.page import Cell
from openscorecard.units import Unit

_PER = r"(?:per|/|in every|for every)\s*"
_PER_100000 = re.compile(_PER + r"(?:100[, ]?000|100k|hundred thousand)\b", re.IGNORECASE)
_PER_10000 = re.compile(_PER + r"(?:10[, ]?000|10k|ten thousand)\b", re.IGNORECASE)
_PER_OTHER = re.compile(_PER + r"(?:1[, ]?000|100|1k|thousand|million|1[, ]?000[, ]?000)\b", re.I)
# "Percentage of …", "% of …", and references such as LAC6 (%)
_PERCENTAGE = re.compile(
    r"^\s*[^ ]* ?(?:\(%\)|%)|\|\s*(?:the )?(?:percent|per cent|proportion|%)", re.I
)
_UNITS = {
    "%": Unit.PERCENT,
    "percent": Unit.PERCENT,
    "per cent": Unit.PERCENT,
    "percentage": Unit.PERCENT,
    "percentages": Unit.PERCENT,
    "count": Unit.COUNT,
    "number": Unit.COUNT,
    "numbers": Unit.COUNT,
    "no": Unit.COUNT,
    "per-10000": Unit.PER_10000,
    "per-100000": Unit.PER_100000,
}
_LOW, _HIGH = 0, 100


def unit_of(
    words: str, printed_unit: str, cells: Iterable[Cell], beside: Iterable[Cell]
) -> tuple[Unit, str, str]:
    """The unit, and a rule and a sentence where a person should look (else two empty texts).

    `words` are the reference and the name; `printed_unit` is what the page's unit column says, if
    it has one; `cells` are the row's months and `beside` its average, maximum and comparators,
    which speak where no month has a figure. A percent sign decides; then the unit column; then
    the words.
    """
    numbers = [cell for cell in cells if cell.number is not None]
    numbers = numbers or [cell for cell in beside if cell.number is not None]
    signs = [cell for cell in numbers if cell.percent]
    said = _said(printed_unit)
    if signs and len(signs) < len(numbers):
        odd = next(cell.raw for cell in numbers if not cell.percent)
        return (
            Unit.PERCENT,
            "mixed-units",
            f"Some figures of the row bear a percent sign and some do not (such as {odd}); all "
            "were read as percentages, in points as printed.",
        )
    if signs:
        return Unit.PERCENT, "", ""
    if said is not None and said is not Unit.PERCENT:
        return said, "", ""
    if said is Unit.PERCENT or _is_percentage(words, numbers):
        return Unit.PERCENT, *_fractions(numbers)
    rate = _rate(words) or _rate(printed_unit)
    if rate is not None:
        return rate, "", ""
    if _PER_OTHER.search(words):
        return (
            Unit.COUNT,
            "unit-not-known",
            "The name speaks of a rate for another number than 10,000 or 100,000; the row was read "
            "as plain numbers.",
        )
    return Unit.COUNT, "", ""


def odd_signs(cells: Iterable[Cell], beside: Mapping[str, Cell]) -> list[tuple[str, str]]:
    """The columns beside the months whose percent sign is unlike theirs, each with its sentence.

    A 0 without a sign is left in peace: it is the same either way.
    """
    numbers = [cell for cell in cells if cell.number is not None]
    if not numbers or len({cell.percent for cell in numbers}) > 1:
        return []
    signed = numbers[0].percent
    has, have = ("no percent sign", "have") if signed else ("a percent sign", "do not")
    return [
        (column, f"{cell.raw} bears {has}, while the row's months {have}; read as printed.")
        for column, cell in beside.items()
        if cell.number and cell.percent is not signed
    ]


def _said(printed_unit: str) -> Unit | None:
    return _UNITS.get(printed_unit.strip(" .").lower()) or _rate(printed_unit)


def _rate(text: str) -> Unit | None:
    if _PER_100000.search(text):
        return Unit.PER_100000
    return Unit.PER_10000 if _PER_10000.search(text) else None


def _is_percentage(words: str, numbers: list[Cell]) -> bool:
    """The words say percentage, and most of the numbers can be one."""
    if not _PERCENTAGE.search(words):
        return False
    allowed = sum(cell.number is not None and _LOW <= cell.number <= _HIGH for cell in numbers)
    return 2 * allowed >= len(numbers)


def _fractions(numbers: list[Cell]) -> tuple[str, str]:
    """Percentages printed as 0.23: read as they stand, since 0.23% is a percentage too."""
    found = [cell.number for cell in numbers if cell.number is not None]
    if not found or max(found) > 1 or all(number.denominator == 1 for number in found):
        return "", ""
    return (
        "fractions-for-percentages",
        "All figures of this percentage lie between 0 and 1 and bear no percent sign; they were "
        f"read as printed, as {numbers[0].raw} percent. If they are fractions, print them as "
        "percentages.",
    )
