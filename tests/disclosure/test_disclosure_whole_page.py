"""The public view of the demonstration page, whose figures are a real council's: 64 indicators."""

from __future__ import annotations

from pathlib import Path

import pytest

import openscorecard
from openscorecard.catalogue.indicator import Catalogue
from openscorecard.catalogue.load import load_catalogue
from openscorecard.disclosure import protect
from openscorecard.records.printed.read import read_page
from openscorecard.scorecard.build import PageSettings, scorecard
from openscorecard.scorecard.observation import Observation, Observations
from openscorecard.scorecard.page import FigureStatus, Scorecard
from openscorecard.units import Unit

PAGE = Path(openscorecard.__file__).parent / "demo" / "page_2021_06.csv"
VALUE, HIDDEN = FigureStatus.VALUE, FigureStatus.HIDDEN


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def internal(catalogue: Catalogue) -> Scorecard:
    printed = read_page(PAGE)
    found = []
    for row in printed.rows:
        for month, cell in row.values.items():
            decimals = None if row.unit is Unit.COUNT else cell.decimals
            if cell.number is not None:
                found.append(Observation(row.ref, month, VALUE, cell.number, decimals))
    settings = PageSettings("Northshire")
    return scorecard(catalogue, printed.report_month, Observations.of(found), settings)


@pytest.fixture(scope="module")
def public(internal: Scorecard, catalogue: Catalogue) -> Scorecard:
    return protect(internal, catalogue.relations)


def test_no_count_of_1_to_5_people_is_shown(public: Scorecard) -> None:
    for row in public.rows:
        if row.indicator.unit is Unit.COUNT and row.indicator.people:
            values = [figure.value for figure in (*row.history, *row.figures)]
            values += [row.average_12m.value] * (row.maximum_12m.status is HIDDEN)
            values.append(row.maximum_12m.value)
            assert not [value for value in values if value is not None and 0 < value <= 5], row


def test_no_percentage_stands_with_one_hidden_part(public: Scorecard) -> None:
    for row in public.rows:
        top, bottom = row.indicator.numerator, row.indicator.denominator
        for place, figure in enumerate(row.figures):
            parts = [public.row(ref) for ref in (top, bottom) if ref is not None]
            statuses = [part.figures[place].status for part in parts if part is not None]
            if figure.status is VALUE:
                assert HIDDEN not in statuses, (row.indicator.ref, figure.month)
            if figure.status is HIDDEN and len(statuses) == 2:
                assert HIDDEN in statuses, (row.indicator.ref, figure.month)


def test_the_rows_of_few_children_are_hidden_and_the_great_ones_untouched(
    internal: Scorecard, public: Scorecard
) -> None:
    few = public.row("M4")
    assert few is not None
    assert {figure.printed for figure in few.figures} == {"[c]"}
    assert few.chart_text == "No figures to draw."
    for ref in ("M1", "M2", "EH3", "CP6B", "LAC1", "EH1a", "CIN5"):
        before, after = internal.row(ref), public.row(ref)
        assert before is not None
        assert after is not None
        assert [one.printed for one in after.figures] == [one.printed for one in before.figures]
        assert after.average_12m == before.average_12m


def test_protecting_it_again_changes_nothing(public: Scorecard, catalogue: Catalogue) -> None:
    assert protect(public, catalogue.relations) == public
