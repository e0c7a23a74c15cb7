"""Where a council's own published figure stands: by number for counts, by value for the rest."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from example_scorecard import example
from example_signals import CONFERENCES, judged

from openscorecard.comparators.beside import PublishedFigure
from openscorecard.publish.html.others_view import others_view

CARD = judged(example())


@pytest.mark.parametrize(
    ("rank", "nth"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd"), (112, "112th")],
)
def test_a_number_is_told_by_its_size(rank: int, nth: str) -> None:
    row = CARD.row("LAC1")
    assert row is not None
    own = PublishedFigure("E00000010", "Example", Fraction(1862))
    beside = replace(
        CONFERENCES, ref="LAC1", how="stock", own=own, rank=rank, of=151, quartile=None
    )
    said = others_view(CARD, replace(row, beside=beside)).rank
    assert said == f"By number its own published figure, 1,862, is the {nth} of 151."
