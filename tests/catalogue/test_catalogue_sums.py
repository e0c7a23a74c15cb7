"""Relations that say of what sums a figure is made, and which counts are some of another."""

from __future__ import annotations

from pathlib import Path

import pytest

from openscorecard.catalogue import Relation, RelationKind, load_catalogue
from openscorecard.errors import InputError


def test_ours_name_what_only_their_definitions_tell() -> None:
    found = {one.whole: one for one in load_catalogue().relations if one.kind is SHARES}
    assert found == {
        "CP5-QL": Relation(SHARES, ("CP5-QL (val)",), "CP5-QL", over=("CP4 (val)", "CP2b")),
        "CP2-NI": Relation(SHARES, ("CP2", "CP2b"), "CP2-NI"),
    }
    within = [one for one in load_catalogue().relations if one.kind is RelationKind.WITHIN]
    assert [(one.members, one.whole) for one in within] == [
        (("EH14b",), "EH1c"),
        (("EH2",), "CIN5"),
    ]


SHARES = RelationKind.SHARES


@pytest.mark.parametrize(
    ("relation", "said"),
    [
        (
            'kind = "shares"\nwhole = "M3"\nmembers = ["M2"]',
            'lacks "over", which a percentage needs',
        ),
        (
            'kind = "shares"\nwhole = "M2-NI"\nmembers = ["M2"]\nover = ["M1"]',
            "M2-NI is a rate, whose denominator is the council's population: leave it out",
        ),
        (
            'kind = "shares"\nwhole = "M2"\nmembers = ["M1"]\nover = ["M1"]',
            'whole names "M2", which is neither a percentage nor a rate',
        ),
        (
            'kind = "shares"\nwhole = "M3"\nmembers = ["M2"]\nover = ["M6-QL"]',
            'over names "M6-QL", which is not a count',
        ),
        ('kind = "shares"\nmembers = ["M2"]\nover = ["M1"]', 'lacks "whole"'),
        (
            'kind = "within"\nwhole = "M1"\nmembers = ["M2"]\nover = ["M1"]',
            '"within" takes no "over"',
        ),
        (
            'kind = "within"\nwhole = "M3"\nmembers = ["M2"]',
            'whole names "M3", which is not a count',
        ),
    ],
)
def test_mistakes_in_them_are_reported(tmp_path: Path, relation: str, said: str) -> None:
    (tmp_path / "local.toml").write_text(f"[[relation]]\n{relation}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_catalogue(tmp_path)
    assert said in str(caught.value)
