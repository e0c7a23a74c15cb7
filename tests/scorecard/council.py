"""A made-up council's figures for the tests of the page, as few or as many months as wanted."""

from dataclasses import replace
from fractions import Fraction

from openscorecard.catalogue.indicator import (
    Catalogue,
    Direction,
    Frequency,
    Indicator,
    Kind,
    Section,
)
from openscorecard.periods import Month
from openscorecard.scorecard.observation import Observation, Observations, ReleasedCell
from openscorecard.scorecard.page import FigureStatus
from openscorecard.units import Unit

JUNE = Month(2021, 6)


def indicator(ref="A1", unit=Unit.COUNT, **more):
    values = {
        "ref": ref,
        "id": ref.lower(),
        "name": f"Number of {ref}",
        "short_name": ref,
        "section": "all",
        "order": 1,
        "outcome": "Children are safe.",
        "unit": unit,
        "kind": Kind.FLOW,
        "preferred_direction": Direction.NONE,
        "frequency": Frequency.MONTHLY,
    }
    return Indicator(**(values | more))


def catalogue(*indicators):
    return Catalogue((Section("all", "All", 1),), tuple(indicators))


def computed(ref, values, last=JUNE, load="L1"):
    """Unrounded values of the months up to `last`, oldest first; None is a month with no figure."""
    return [_observation(ref, last.plus(i + 1 - len(values)), v, None, load)
            for i, v in enumerate(values)]  # fmt: skip


def printed(ref, values, last=JUNE, load="L1", decimals=0):
    """The same, as read from a page that prints so many decimals."""
    return [_observation(ref, last.plus(i + 1 - len(values)), v, decimals, load)
            for i, v in enumerate(values)]  # fmt: skip


def _observation(ref, month, value, decimals, load):
    if value is None:
        return Observation(ref, month, FigureStatus.NOT_AVAILABLE, load=load)
    return Observation(
        ref, month, FigureStatus.VALUE, Fraction(value), decimals=decimals, load=load
    )


def revised(observation, value, before, order=1):
    """The observation after a later load put another figure in its place."""
    return replace(
        observation, value=Fraction(value), released_before=Fraction(before), load="L2", order=order
    )


def released(ref, column, number, month=JUNE, load="L1", raw=None, arrow=None):
    raw = raw if raw is not None else str(number)
    status = "value" if number is not None else "dash"
    value = None if number is None else Fraction(number)
    return ReleasedCell(ref, month, column, raw, status, value, 0, arrow, load)


def observations(figures, cells=()):
    return Observations.of(figures, cells)
