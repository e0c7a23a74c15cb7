"""The page that the demonstration's records give lands on the page that was printed.

The arithmetic of what cannot be landed is in the design's own proof: 650 of 675 printed cells.
"""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from openscorecard import run
from openscorecard.demo.content import MONTH
from openscorecard.demo.landing import LANDED_OTHERWISE, Tally, landing, tallies
from openscorecard.periods import Month
from openscorecard.scorecard.page import Scorecard, Vintage
from openscorecard.workspace import Workspace

HISTORY = Path(__file__).parents[3] / "shared" / "seed" / "history.csv"


@pytest.fixture(scope="module")
def page(workspace: Workspace) -> Scorecard:
    return run.build(MONTH, workspace)


def test_650_of_675_cells_are_those_that_were_printed(page: Scorecard) -> None:
    assert tallies(landing(page)) == (
        Tally("month figures", 414, 419, 29, 29),
        Tally("12-month averages", 62, 64, 0, 0),
        Tally("12-month maxima", 61, 64, 0, 0),
        Tally("changes on the month", 53, 64, 0, 0),
        Tally("changes on the year", 60, 64, 0, 0),
    )


def test_nothing_that_is_not_listed_differs(page: Scorecard) -> None:
    missed = {(cell.ref, cell.column) for cell in landing(page) if not cell.landed}
    assert missed == set(LANDED_OTHERWISE)
    assert len(missed) == 25


def test_what_the_records_give_instead(page: Scorecard) -> None:
    given = {(cell.ref, cell.column): cell.computed for cell in landing(page) if not cell.landed}
    assert given == {
        ("M3", "2021-05"): "25%",
        ("EH4 (val)", "2021-05"): "277",
        ("LAC6 (%)", "2021-05"): "17%",
        ("CP2b %", "2021-06"): "[z]",
        ("NI147", "2021-06"): "86%",
        ("M3", "change_month"): "-34%",
        ("EH4 (val)", "change_month"): "3%",
        ("LAC6 (%)", "change_month"): "-8%",
        ("CP2b %", "change_month"): "n/a",
        ("NI147", "average_12m"): "84%",
        ("NI147", "maximum_12m"): "87%",
        ("NI147", "change_month"): "1%",
        ("NI147", "change_year"): "0%",
        ("EH1a", "change_month"): "25%",
        ("EH1c", "change_year"): "n/a",
        ("EH1b", "change_month"): "1%",
        ("EH14b", "change_month"): "6%",
        ("CIN5", "change_month"): "-2%",
        ("M6-QL", "change_month"): "-31%",
        ("CP1-NI", "change_month"): "-41%",
        ("M2", "change_year"): "0%",
        ("M6-QL", "change_year"): "18%",
        ("LSCB17a", "maximum_12m"): "[x]",
        ("YO2", "maximum_12m"): "[x]",
        ("FM011", "average_12m"): "31",
    }


def test_every_month_is_shown_as_the_load_that_closed_it_gives_it(page: Scorecard) -> None:
    for row in page.rows:
        for figure in row.history[-13:]:
            if figure.value is not None:
                assert figure.vintage is Vintage.MONTH_CLOSE, (row.indicator.ref, figure.month)
                assert figure.load is not None
                assert figure.load.startswith(figure.month.iso)
        for figure in row.history[:-13]:
            if figure.value is not None:
                assert figure.vintage is Vintage.NOW_KNOWN, (row.indicator.ref, figure.month)


@pytest.mark.skipif(not HISTORY.exists(), reason="shared/ is not beside the project")
def test_numerators_and_denominators_are_those_of_the_proof(page: Scorecard) -> None:
    """Thirteen months of all 64: what is printed as a percentage has the parts that were proven
    possible."""
    compared = 0
    with HISTORY.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            row = page.row(line["ref"])
            assert row is not None
            month = Month.parse(line["month"])
            figure = next((one for one in row.history if one.month == month), None)
            if figure is None:  # the history begins with the first figure that there is
                assert (line["numerator"], line["value"]) == ("", "")
                compared += 1
                continue
            top = Fraction(line["numerator"]) if line["numerator"] else None
            bottom = Fraction(line["denominator"]) if line["denominator"] else None
            if bottom == 0:
                assert figure.printed == "[z]", (line["ref"], line["month"])
            elif bottom is not None:
                parts = (figure.numerator, figure.denominator)
                assert parts == (top, bottom), (line["ref"], line["month"])
            else:
                said = Fraction(line["value"]) if line["value"] else top
                assert figure.value == said, (line["ref"], line["month"])
            compared += 1
    assert compared == 64 * 13


def test_the_readme_lists_them(workspace: Workspace) -> None:
    text = (workspace.root / "README.md").read_text(encoding="utf-8")
    assert "| month figures | 414 | 419 | 29 of 29 |" in text
    assert "| **together** | **650** | **675** | |" in text
    assert "3 are dashes that stand for no figure" in text
    assert "| 25 | " in text
    assert "| 26 | " not in text
