"""A target against the latest limits."""

import math

import pytest

from openscorecard.statistics.assurance import assurance


@pytest.mark.parametrize(
    ("target", "better", "said"),
    [
        (80, +1, "meets"),  # the whole range 83 to 95 lies above
        (97, +1, "misses"),
        (90, +1, "hit-or-miss"),
        (80, -1, "misses"),
        (97, -1, "meets"),
        (83, +1, "hit-or-miss"),  # on a limit is within
        (95, -1, "hit-or-miss"),
        (80, 0, None),
        (None, +1, None),
        (math.nan, +1, None),
    ],
)
def test_a_target(target, better, said):
    assert assurance(target, 83, 95, better) == said


def test_without_limits_nothing_is_said():
    assert assurance(80, None, None, 1) is None
    assert assurance(80, math.nan, 95, 1) is None
