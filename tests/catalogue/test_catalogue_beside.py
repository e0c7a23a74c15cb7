"""What an indicator stands beside: read, layered, and refused where it is not of its kind."""

from __future__ import annotations

from pathlib import Path

import pytest
from catalogue_files import Load, loading

from openscorecard.catalogue import load_catalogue
from openscorecard.catalogue.indicator import Direction
from openscorecard.catalogue.published_measures import BY_ID, PUBLISHED, How, StandsBeside
from openscorecard.errors import InputError


@pytest.fixture
def load(tmp_path: Path) -> Load:
    return loading(tmp_path)


def mistakes(load: Load, text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        load(text)
    return [line.strip() for line in caught.value.found.split("\n")[1:]]


def test_a_council_says_what_its_indicator_stands_beside(load: Load) -> None:
    catalogue = load("""\
[[indicator]]
ref = "LAC14"
beside = { measure = "started-to-be-looked-after", how = "count", differs = "All who started." }
""")
    item = catalogue.get("LAC14")
    assert item is not None
    assert item.beside == StandsBeside("started-to-be-looked-after", How.COUNT, "All who started.")
    assert catalogue.origin["LAC14"]["beside"] == "definitions/local.toml, line 3"


def test_all_that_is_wrong_at_once_with_its_line(load: Load) -> None:
    found = mistakes(load, """\
[[indicator]]
ref = "M2"
[indicator.beside]
measure = "referals"
how = "counted"

[[indicator]]
ref = "M1"
[indicator.beside]
none = "It is not published."
how = "count"

[[indicator]]
ref = "M3"
[indicator.beside]
mesure = "referrals"

[[indicator]]
ref = "M4"
[indicator.beside]
measure = "referrals"

[[indicator]]
ref = "LAC1"
[indicator.beside]
measure = "looked-after-children"
how = "percentage"
""")  # fmt: skip
    assert found == [
        'definitions/local.toml, line 4: there is no published measure "referals"; did you mean '
        '"referrals"?',
        'definitions/local.toml, line 5: how is "counted"; it has to be one of "count", "stock", '
        '"rate", "stock-rate", "percentage", "complement"',
        'definitions/local.toml, line 11: "none" says that there is no measure: leave how out',
        'definitions/local.toml, line 16: unknown key "mesure" in beside; it takes measure, how, '
        "differs, none",
        'definitions/local.toml, line 20: beside lacks "how", or "none" with why there is no '
        "measure",
        'definitions/local.toml, line 27: "looked-after-children" is a stock, which is made by '
        '"stock" or "stock-rate", not by "percentage"',
    ]


def test_a_flow_does_not_stand_beside_a_stock(load: Load) -> None:
    found = mistakes(load, """\
[[indicator]]
ref = "LAC2"
[indicator.beside]
measure = "looked-after-children"
how = "stock"

[[indicator]]
ref = "CP1-NI"
[indicator.beside]
measure = "children-on-plans"
how = "stock-rate"

[[indicator]]
ref = "CP3-QL"
[indicator.beside]
measure = "initial-conferences-on-time"
how = "count"
""")  # fmt: skip
    assert found == [
        'definitions/local.toml, line 5: beside of LAC2 is made by "stock", and the indicator is a '
        "flow: a stock stands beside a stock, a flow beside a flow",
        'definitions/local.toml, line 11: beside of CP1-NI is made by "stock-rate", and the '
        "indicator is a flow: a stock stands beside a stock, a flow beside a flow",
        'definitions/local.toml, line 17: beside of CP3-QL is made by "count", which gives a '
        "count; the indicator is a percent",
    ]


def test_the_measures_are_told_apart_and_have_series() -> None:
    assert len(BY_ID) == len(PUBLISHED)
    for one in PUBLISHED:
        assert one.series, one.id
        assert one.ways(), one.id
        assert not one.stock or one.stock in BY_ID, one.id
        assert 1 <= one.out <= 12, one.id


def test_ours_stand_beside_measures_of_their_direction() -> None:
    """LAIT's dictionary says of these which way is better; the page says the same or neither."""
    better = {
        "M6-QL": Direction.DOWN, "EH4-QL": Direction.UP, "CP3-QL": Direction.UP,
        "CP5-QL": Direction.DOWN, "NI147": Direction.UP, "LSCB17a": Direction.DOWN,
        "LAC6 (%)": Direction.UP,
    }  # fmt: skip
    for ref, direction in better.items():
        item = load_catalogue().get(ref)
        assert item is not None
        assert item.preferred_direction in (direction, Direction.NONE), ref
