"""A counted figure in words, as the command line and the application say it."""

from __future__ import annotations

from fractions import Fraction

from openscorecard.measures.figures import Status
from openscorecard.scorecard.wording import figure_text
from openscorecard.units import Unit
from openscorecard.workspace.working import Working

NO_FIGURE = {
    Status.NOTHING_TO_COUNT: "there was nobody to take a percentage of",
    Status.NOT_SUPPLIED: "none was sent",
    Status.OUTSIDE_COVERAGE: "the records do not reach that month",
    Status.NOT_COMPUTABLE: "it cannot be counted",
    Status.SUSPENDED: "suspended",
}
_PER = {Unit.PER_10000: " per 10,000", Unit.PER_100000: " per 100,000"}


def figure_in_full(working: Working) -> str:
    """`62% = 36 of 58`; `18 per 10,000 = 93 of 50,860`; or why there is no figure."""
    figure, indicator = working.figure, working.indicator
    if figure.value is None:
        return f"no figure ({figure.note or NO_FIGURE[figure.status]})"
    text = figure_text(figure.value, indicator.unit, indicator.decimals)
    text += _PER.get(indicator.unit, "")
    if figure.numerator is None or figure.denominator is None:
        return text
    if indicator.unit is Unit.COUNT:
        return f"{text} of {whole(figure.denominator)}"
    return f"{text} = {whole(figure.numerator)} of {whole(figure.denominator)}"


def whole(number: Fraction) -> str:
    """`1,234`; a number that is none exactly, as the fraction it is."""
    return f"{int(number):,}" if number.denominator == 1 else str(number)
