"""Years, figures, symbols and names as published tables write them."""

from __future__ import annotations

import doctest
from decimal import Decimal
from fractions import Fraction
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openscorecard.comparators import manifest, places, sources, symbols, values, years
from openscorecard.comparators.symbols import Status, symbol
from openscorecard.comparators.values import exact, kept_text
from openscorecard.comparators.years import mark_rank, year_of


@pytest.mark.parametrize("module", [manifest, places, sources, symbols, values, years])
def test_examples_in_docstrings_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("2020", 2020),
        ("201920", 2020),
        ("2019-20", 2020),
        ("2019/20", 2020),
        ("2019-2020", 2020),
        ("1999-00", 2000),
        ("2014-16", 2016),
        ("2017/18-19/20", 2020),
        ("Mar-20", 2020),
        ("March 2020", 2020),
        ("31 March 2020", 2020),
        ("Sept 2019", 2019),
        ("Mar-98", 1998),
        ("2018 (Rev)", 2018),
        ("2020 (Final)", 2020),
        ("2025 (prov)", 2025),
        ("2019-20 (OT)", 2020),
    ],
)
def test_a_figure_is_of_the_year_that_it_ends_in(written: str, year: int) -> None:
    assert year_of(written) == year


@pytest.mark.parametrize(
    "written",
    ["", "0", "20", "2019/21", "2020-10", "2020-20", "43891", "202006", "Marble-20", "2020 (Q1)",
     "2020 Q1", "1820", "9999", "2017/18-20/22", "last year"],
)  # fmt: skip
def test_what_is_no_clear_year_is_refused(written: str) -> None:
    assert year_of(written) is None


def test_a_table_of_quarters_or_weeks_has_no_years() -> None:
    assert year_of("2020", "Reporting year") == 2020
    assert year_of("201920", "Financial year") == 2020
    assert year_of("2020", "January to March") is None
    assert year_of("2020", "Week 12") is None


def test_a_final_figure_goes_before_a_provisional_one() -> None:
    assert mark_rank("2020 (Final)") < mark_rank("2020") < mark_rank("2020 (prov)")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("642980", Fraction(642980)),
        ("642,980", Fraction(642980)),
        ("1,234,567.5", Fraction(12345675, 10)),
        ("22.6", Fraction(226, 10)),
        ("22.6%", Fraction(226, 10)),  # in points, never 0.226
        ("-0.5", Fraction(-1, 2)),
        ("-12", Fraction(-12)),
        ("0", Fraction(0)),
        (".5", Fraction(1, 2)),
        # A spreadsheet's own account of 0.07 and 11.8: the digits beyond fifteen are noise.
        ("7.0000000000000007E-2", Fraction(7, 100)),
        ("11.800000000000001", Fraction(118, 10)),
        ("1E3", Fraction(1000)),
        ("−3", Fraction(-3)),  # with a minus sign for a hyphen
    ],
)
def test_figures_are_exact(written: str, number: Fraction) -> None:
    kept = kept_text(written)
    assert kept is not None
    assert exact(kept) == number


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 6))
def test_every_figure_of_fifteen_digits_comes_back(digits: int, places: int) -> None:
    number = Decimal(digits).scaleb(-places)
    for written in (f"{number:f}", f"{number:,f}", f"{number:f}%"):
        kept = kept_text(written)
        assert kept is not None
        assert exact(kept) == Fraction(digits, 10**places)


@pytest.mark.parametrize("written", ["", "c", "1,23", "12,34,567", "1.2.3", "E5", "%", "-", "1 2"])
def test_what_is_no_figure_is_none(written: str) -> None:
    assert kept_text(written) is None


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("c", Status.SUPPRESSED),
        ("C", Status.SUPPRESSED),
        ("[c]", Status.SUPPRESSED),
        ("z", Status.NOT_APPLICABLE),
        ("x", Status.NOT_AVAILABLE),
        ("low", Status.ROUNDS_TO_ZERO),
        ("k", Status.ROUNDS_TO_ZERO),
        ("~", Status.ROUNDS_TO_ZERO),
        ("u", Status.LOW_RELIABILITY),
        (":", Status.NOT_AVAILABLE),
        ("..", Status.NOT_AVAILABLE),
        ("-", Status.NOT_AVAILABLE),
        (" ", Status.BLANK),
    ],
)
def test_symbols_mean_what_the_department_says(written: str, status: Status) -> None:
    assert symbol(written) is status


def test_every_symbol_has_a_meaning_and_none_is_a_figure() -> None:
    assert set(symbols.MEANING) == set(Status)
    assert Status.VALUE not in symbols.SYMBOLS.values()
    assert symbol("q") is None
    assert symbol("0") is None
