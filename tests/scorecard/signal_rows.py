"""Made-up series for the tests of verdicts, with the page's verdict on their last month.

STEADY is 24 months of 12, 10, 12, 10 ...: mean 11, every moving range 2, so the limits of an XmR
chart lie at 11 -/+ 2.66 * 2 = 5.68 and 16.32, the near ones at 11 -/+ 3.5467 = 7.45 and 14.55.
"""

from __future__ import annotations

from fractions import Fraction

from council import JUNE, catalogue, indicator

from openscorecard.catalogue.indicator import Catalogue, Indicator, Section
from openscorecard.periods import Month
from openscorecard.scorecard.build import PageSettings, scorecard
from openscorecard.scorecard.observation import Observation, Observations
from openscorecard.scorecard.page import FigureStatus, Scorecard
from openscorecard.scorecard.signals.settings import SignalSettings
from openscorecard.scorecard.verdict import Verdict

__all__ = ["JUNE", "STEADY", "indicator", "judge", "of_parts", "page_of", "series"]

STEADY = (12, 10) * 12


def series(ref: str, values, last: Month = JUNE, every: int = 1, note: str = ""):
    """Counts of the months to `last`, oldest first; None is a month without a figure."""
    found = []
    for place, value in enumerate(values):
        month = last.plus(every * (place + 1 - len(values)))
        status = FigureStatus.NOT_AVAILABLE if value is None else FigureStatus.VALUE
        number = None if value is None else Fraction(value)
        found.append(Observation(ref, month, status, number, note=note if month == last else ""))
    return found


def of_parts(ref: str, parts, per: int = 100, last: Month = JUNE):
    """Percentages (or rates) with their own numerator and denominator."""
    found = []
    for place, (top, bottom) in enumerate(parts):
        month = last.plus(place + 1 - len(parts))
        value = Fraction(top * per, bottom)
        found.append(
            Observation(ref, month, FigureStatus.VALUE, value,
                        numerator=Fraction(top), denominator=Fraction(bottom))
        )  # fmt: skip
    return found


def page_of(
    *pairs, month: Month = JUNE, settings: SignalSettings | None = None, relations=()
) -> Scorecard:
    """The page of (indicator, observations) pairs."""
    figures = [one for _, some in pairs for one in some]
    every = catalogue(*(item for item, _ in pairs))
    sections = (*every.sections, Section("front-door", "Front door", 2))
    whole = Catalogue(sections, every.indicators, tuple(relations))
    signals = settings or SignalSettings()
    return scorecard(
        whole, month, Observations.of(figures), PageSettings("Northshire", signals=signals)
    )


def judge(item: Indicator, observations, **more) -> Verdict:
    verdict = page_of((item, observations), **more).rows[0].verdict
    assert verdict is not None
    return verdict
