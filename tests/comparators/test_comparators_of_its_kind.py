"""Comparators that were typed by hand, held against what is published."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from published_files import lait, loaded

from openscorecard.catalogue.load import load_catalogue
from openscorecard.comparators.derive import all_beside, lookup, where
from openscorecard.comparators.of_its_kind import (
    DIFFERS_RULE,
    NOT_TRACED_RULE,
    Stated,
    comparator_findings,
)
from openscorecard.comparators.published import Published
from openscorecard.comparators.wrong_sums import AREA_RULE, KIND_RULE, YEAR_RULE
from openscorecard.findings import Finding, Severity
from openscorecard.periods import Month

CATALOGUE = load_catalogue()
JUNE = Month(2021, 6)
NUMBERS = {"England": 970, "South East": 989}
# Facts of the year ended March 2020, and of the year before.
FIGURES = (
    ("LACnum", 2020, 80_000, 10_430),
    ("LAC", 2020, 68, 54),
    ("LACnum_Start", 2020, 31_010, 4_380),
    ("LACceased", 2020, 29_710, 4_280),
    ("LAC_ceased_SGO", 2020, 3_720, 480),
    ("LAC_ceased_SGO%", 2020, 13, 11),
    ("Unacc_Asylmn_Seek_Childn", 2020, 5_080, 1_060),
    ("CPP_Num", 2020, 51_510, 8_110),
    ("CPP_Num", 2019, 52_260, 8_000),
    ("CPP_rate", 2020, 43.7, 42.1),
    ("CPP_Total_NumRef", 2020, 642_980, 114_440),
    ("CPP_Total_NumRef", 2019, 650_930, 104_890),
    ("Section_47", 2020, 170.5, 182.9),
    ("CP_conf_15days", 2020, 77.6, 75.9),
    ("CareLeaverAcc", 2020, 85, 80),
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    folder: Path = tmp_path_factory.mktemp("published")
    lines = [
        f'"{measure}","",{year},"{area}",{value},{NUMBERS[area]},"NA"'
        for measure, year, *values in FIGURES
        for area, value in zip(NUMBERS, values, strict=True)
    ]
    return loaded(folder / "comparators", lait(folder / "lait_long.csv", *lines))


def findings(published: Published, *stated: Stated) -> list[Finding]:
    """What is found, but for the notes that a measure counts otherwise."""
    area = where(published, region="South East", at=JUNE)
    cells = lookup(CATALOGUE, published, area, JUNE)
    besides = all_beside(CATALOGUE, cells, area, JUNE)
    found = comparator_findings(CATALOGUE, besides, stated, cells, area)
    return [one for one in found if one.rule != DIFFERS_RULE]


def typed(ref: str, number: str, column: str = "eng") -> Stated:
    decimals = len(number.partition(".")[2])
    label = {"eng": "ENG", "region": "SE", "sn": "SN"}[column]
    return Stated(ref, column, label, Fraction(number), decimals, number)


def one(published: Published, ref: str, number: str, column: str = "eng") -> Finding:
    found = findings(published, typed(ref, number, column))
    assert len(found) == 1, found
    assert (found[0].ref, found[0].column, found[0].printed) == (ref, column, number)
    return found[0]


def test_a_twelfth_of_a_stock_beside_a_flow(published: Published) -> None:
    found = one(published, "LAC2", "44")
    assert found.rule == KIND_RULE
    assert found.severity is Severity.WARNING
    # 80,000 / 12 / 152 = 43.86; 31,010 / 12 / 152 = 17.0
    assert "44, which is 80,000 children looked after on 31 March 2020 / 12 / 152 councils = 43.9" \
        in found.message  # fmt: skip
    assert "31,010 children who started to be looked after / 12 months / 152 councils = 17.0" in (
        found.message
    )
    assert found.expected is not None
    assert found.expected.value == 17
    assert one(published, "LAC2", "46", "region").rule == KIND_RULE  # 10,430 / 12 / 19 = 45.7


def test_a_percentage_divided_by_12(published: Published) -> None:
    found = one(published, "LAC12 (%)", "1")
    assert found.rule == KIND_RULE
    assert "13% as published" in found.message
    assert "/ 12 = 1.1%: a percentage is not divided by 12" in found.message
    assert found.expected is not None
    assert found.expected.value == 13


@pytest.mark.parametrize(
    ("ref", "number", "why"),
    [
        ("M2", "4230", "not divided by 12 months"),  # 642,980 / 152 = 4,230
        ("M2", "53582", "not divided by the number of councils"),  # 642,980 / 12 = 53,581.7
        ("M2", "642980", "total of all councils"),
        ("CP6B", "28", "a number on a day is not divided by 12"),  # 51,510 / 12 / 152 = 28.2
        ("CP6B", "51510", "not divided by the number of councils"),
        ("CP1-NI", "171", "a year’s rate is not divided"),  # 170.5
        ("CP6B-NI", "3.6", "a rate on a day is not divided by 12"),  # 43.7 / 12 = 3.64
        ("CP3-QL", "22", "the rest to 100%"),  # 100 - 77.6 = 22.4
        ("LAC3", "526", "a number on a day, beside what happens in a month"),  # 80,000 / 152
    ],
)
def test_sums_of_another_kind(published: Published, ref: str, number: str, why: str) -> None:
    found = one(published, ref, number)
    assert found.rule == KIND_RULE
    assert why in found.message


def test_the_value_of_another_year(published: Published) -> None:
    found = one(published, "M2", "356.9")  # 650,930 / 12 / 152 = 356.87
    assert found.rule == YEAR_RULE
    assert "it is of year ended March 2019" in found.message


def test_the_value_of_another_area(published: Published) -> None:
    found = one(published, "M2", "502")  # 114,440 / 12 / 19 = 501.9, in the column of England
    assert found.rule == AREA_RULE
    assert "it is the value of South East" in found.message


def test_what_fits_the_right_sum_is_left_alone(published: Published) -> None:
    right = [
        ("M2", "353", "eng"), ("M2", "352", "eng"), ("M2", "502", "region"),
        ("CP6B", "339", "eng"), ("CP6B-NI", "43", "eng"), ("LAC1", "527", "eng"),
        ("LAC1-NI", "67", "eng"), ("LAC3", "16", "eng"), ("CP3-QL", "78", "eng"),
    ]  # fmt: skip
    assert findings(published, *(typed(*row) for row in right)) == []


def test_what_fits_nothing_and_is_far_off_is_not_traced(published: Published) -> None:
    found = one(published, "LAC13", "21")  # 5,080 / 152 = 33.4
    assert found.rule == NOT_TRACED_RULE
    assert found.severity is Severity.INFORMATION
    assert "not traced" in found.message
    assert one(published, "NI147", "94").rule == NOT_TRACED_RULE


def test_what_fits_nothing_and_is_near_is_left_alone(published: Published) -> None:
    assert findings(published, typed("M2", "371"), typed("NI147", "89")) == []


def test_a_small_number_is_not_taken_for_another_year_by_chance(published: Published) -> None:
    # 8 would be England's number of nearly anything
    assert all(found.rule != YEAR_RULE for found in findings(published, typed("LAC3", "8")))


def test_the_neighbours_of_a_row_of_another_kind_are_doubted(published: Published) -> None:
    found = findings(published, typed("LAC12 (%)", "1"), typed("LAC12 (%)", "1", "sn"))
    assert [(one.rule, one.column) for one in found] == [(KIND_RULE, "eng"), (KIND_RULE, "sn")]
    assert "cannot be told" in found[1].message
    assert findings(published, typed("LAC12 (%)", "12", "sn")) == []  # nearer to 13 than to 1


def test_a_measure_that_counts_otherwise_is_for_information(published: Published) -> None:
    area = where(published, region="South East", at=JUNE)
    cells = lookup(CATALOGUE, published, area, JUNE)
    besides = all_beside(CATALOGUE, cells, area, JUNE)
    found = comparator_findings(CATALOGUE, besides, (), cells, area)
    assert {one.rule for one in found} == {DIFFERS_RULE}
    assert {one.severity for one in found} == {Severity.INFORMATION}
    of_starts = next(one for one in found if one.ref == "LAC2")
    assert "counts a child once a year" in of_starts.message
