"""What matters, the usual moves and the standings, as the page's JSON carries them."""

import json
from fractions import Fraction

from matters_pages import DOWN, beside, counts, outside, page, shares, usual

from openscorecard.catalogue.indicator import Kind
from openscorecard.scorecard.matter_json import (
    matter_as_json,
    standing_as_json,
    usual_move_as_json,
)
from openscorecard.scorecard.matters import with_matters
from openscorecard.scorecard.verdict import Signal


def test_a_matter_says_its_kind_its_words_and_its_rule():
    row = outside(counts("A", [100] * 11 + [150]), 80, 120, Signal.CONCERN)
    assert matter_as_json(with_matters(page(row)).matters[0]) == {
        "kind": "concern",
        "word": "Concern",
        "headline": "A: unusually high",
        "sentence": "150 in June 2021, up 50 on May: above the usual range (up to 120).",
        "refs": ["A"],
        "rule": "outside its usual range",
    }


def test_a_usual_move():
    row = usual(counts("A", [100] * 11 + [140]), 50, 150)
    assert usual_move_as_json(with_matters(page(row)).usual_moves[0]) == {
        "ref": "A",
        "way": "up",
        "moved": "40",
        "sentence": "A: to 140 from 100. Usual range 50 to 150.",
    }


def test_a_standing_has_percentages_in_points_and_both_pairs_of_limits():
    row = shares("S", [(120, 400)] * 12, kind=Kind.AS_OF, preferred_direction=DOWN)
    card = with_matters(page(beside(row, "percentage", eng=Fraction("25.2"))))
    made = standing_as_json(card.row("S").standings[0])
    assert (made["ours"], made["theirs"], made["printed"]) == (
        30,
        25.2,
        {"ours": "30%", "theirs": "25%"},
    )
    assert made["sentence"].endswith(f"; {made['short']}")
    assert (made["numerator"], made["denominator"], made["period"]) == (120, 400, "30 June 2021")
    # 25.2% may be 25.15% to 25.25%; of 400 one standard deviation is sqrt(25.15 x 74.85 / 400) =
    # 2.169 points at the lower end and sqrt(25.25 x 74.75 / 400) = 2.172 at the upper.
    # 25.15 - 1.96 x 2.169 = 20.90, 25.25 + 1.96 x 2.172 = 29.51; with 3.09: 18.45 and 31.96.
    assert [round(limit, 2) for limit in made["limits_95"]] == [20.90, 29.51]
    assert [round(limit, 2) for limit in made["limits_998"]] == [18.45, 31.96]
    assert (made["place"], made["signal"], made["against"]) == ("within", "none", "eng")
    assert json.loads(json.dumps(made)) == made
