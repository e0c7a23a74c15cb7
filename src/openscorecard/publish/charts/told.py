"""A row's chart in words: of the months that it draws, no more and no fewer."""

from __future__ import annotations

from openscorecard.periods import Month
from openscorecard.scorecard.page import Row
from openscorecard.scorecard.wording import chart_text


def told_of(row: Row, months: tuple[Month, ...]) -> str:
    """First, latest, lowest and highest of these months; the row's own words where they are all."""
    drawn = [figure for figure in row.history if months[0] <= figure.month <= months[-1]]
    return row.chart_text if len(drawn) == len(row.history) else chart_text(row.indicator, drawn)
