"""How figures are put in words and digits: the printed forms, for every medium the same."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from openscorecard.catalogue.indicator import Indicator
from openscorecard.periods import Month
from openscorecard.scorecard.page import Figure
from openscorecard.statistics.ranges import half_up, printed
from openscorecard.units import Arrow, Unit

PUBLISHED_AS = "published as "  # opens the note on a figure of which a release said another


def figure_text(value: Fraction, unit: Unit, decimals: int = 0) -> str:
    """`2,080`, `16%`, `94.8%`, `67`."""
    return printed(value, decimals) + unit.suffix


def percent_text(percent: Fraction) -> str:
    """A % change as the classic column prints it: `7%`, `-34%`; a change near nothing is `0%`."""
    return printed(percent) + "%"


def moved_text(difference: Fraction, unit: Unit, decimals: int = 0) -> str:
    """The plain move without its sign: `279`, `8 pts`. Percentages move in points."""
    text = printed(abs(difference), decimals)
    if unit is Unit.PERCENT:
        return f"{text} {'pt' if text == '1' else 'pts'}"
    return text


def way_of(difference: Fraction, decimals: int = 0) -> Arrow:
    """Up, down or level by the move as printed."""
    shown = half_up(difference, decimals)
    if shown == 0:
        return Arrow.LEVEL
    return Arrow.UP if shown > 0 else Arrow.DOWN


def chart_text(indicator: Indicator, history: Sequence[Figure]) -> str:
    """A chart in words, from the numbers that it draws.

    `From 1,507 in December 2020 to 2,080 in June 2021. Lowest 1,297 in February 2021, highest
    2,080 in June 2021.` Where all are alike: `0 in every month shown.` Months without a figure are
    named, in stretches.
    """
    shown = [figure for figure in history if figure.value is not None]
    if not shown:
        return "No figures to draw."
    first, last = shown[0], shown[-1]
    if len(shown) == 1:
        text = f"One figure only: {_plain(first)} in {first.month.long}."
    elif all(_plain(figure) == _plain(first) for figure in shown):
        which = "shown" if len(shown) == len(history) else "that has a figure"
        text = f"{_plain(first)} in every month {which}."
    else:
        low = min(shown, key=lambda figure: _number(figure))
        high = max(shown, key=lambda figure: _number(figure))
        text = f"From {_in(first)} to {_in(last)}. Lowest {_in(low)}, highest {_in(high)}."
    missing = [figure.month for figure in history if figure.value is None]
    if missing and indicator.frequency.value == "monthly":
        text += f" No figure shown for {when(missing, len(history))}."
    return text


def _number(figure: Figure) -> Fraction:
    assert figure.value is not None
    return figure.value


def _plain(figure: Figure) -> str:
    return figure.printed.removesuffix(" [r]")


def _in(figure: Figure) -> str:
    return f"{_plain(figure)} in {figure.month.long}"


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def month_name(month: Month, beside: Month) -> str:
    """`May` within the same year of the page, `Jun 20` otherwise: as short as stays clear."""
    name = month.long.split()[0]
    return name if month.year == beside.year else f"{name[:3]} {month.year % 100:02d}"


_FEW = 3  # stretches of months that a sentence can still list


def when(months: Sequence[Month], of: int) -> str:
    """The months in words: `May and June 2021`, `July 2018 to March 2021`; where they are too
    scattered to list, `17 of the 36 months`."""
    stretches: list[list[Month]] = []
    for month in months:
        if stretches and month.minus(stretches[-1][-1]) == 1:
            stretches[-1].append(month)
        else:
            stretches.append([month])
    if len(stretches) > _FEW:
        return f"{len(months)} of the {of} months"
    words = [_stretch(months) for months in stretches]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _stretch(months: Sequence[Month]) -> str:
    first, last = months[0], months[-1]
    if len(months) == 1:
        return first.long
    if len(months) == 2 and first.year == last.year:
        return f"{first.long.split()[0]} and {last.long}"
    return f"{first.long} to {last.long}"
