"""The real page of June 2021: every derived cell recomputed, and held to what is printed.

Where the printed cell is wrong, LANDING.md (beside the seed) gives the arithmetic; those cells are
listed here with what the rules give instead.
"""

from fractions import Fraction
from pathlib import Path

import pytest

from openscorecard.catalogue.load import load_catalogue
from openscorecard.records.printed.read import read_page
from openscorecard.scorecard.build import PageSettings, scorecard
from openscorecard.scorecard.observation import Observation, Observations, ReleasedCell
from openscorecard.scorecard.page import FigureStatus
from openscorecard.units import Arrow, Unit

SEED = Path(__file__).parents[3] / "shared" / "seed" / "000_137101b34a8ce8f9.txt"
DERIVED = ("change_month", "change_year", "average_12m", "maximum_12m")
# Printed wrong, and what the rules give from the page's own figures (LANDING.md). The values that
# are wrong themselves (NI147 of June, ...) are not mended here, so that what rests on them stays.
PRINTED_WRONG = {
    ("EH1a", "change_month"): "25%",  # 173/138 - 1
    ("EH1c", "change_year"): "n/a",  # June is blank
    ("EH1b", "change_month"): "1%",  # 319/317 - 1
    ("EH14b", "change_month"): "6%",  # 220/208 - 1
    ("CIN5", "change_month"): "-2%",  # 2158/2206 - 1
    ("M6-QL", "change_month"): "-31%",  # (20/339)/(38/442) - 1
    ("CP1-NI", "change_month"): "-41%",  # 93/158 - 1
    ("CP2b %", "change_month"): "n/a",  # 0 of 0 in June
    ("LSCB17a", "maximum_12m"): "[x]",  # no figures at all
    ("YO2", "maximum_12m"): "[x]",
    # With 8571% left standing, an average of a share above 100% is not believed, so it is worked
    # out from the seven months: (83+82+84+82+85+85+8571)/7 = 1296.
    ("NI147", "average_12m"): "1,296%",
}
pytestmark = pytest.mark.skipif(not SEED.exists(), reason="shared/ is not beside the project")


@pytest.fixture(scope="module")
def printed():
    return read_page(SEED)


@pytest.fixture(scope="module")
def computed(printed):
    catalogue = load_catalogue()
    figures, cells = [], []
    for row in printed.rows:
        count = catalogue.get(row.ref).unit is Unit.COUNT
        for month, cell in row.values.items():
            known = FigureStatus.NOT_AVAILABLE if cell.number is None else FigureStatus.VALUE
            digits = None if count or cell.number is None else cell.decimals
            figures.append(Observation(row.ref, month, known, cell.number, digits, load="page"))
        for column in DERIVED:
            cell = getattr(row, column)
            cells.append(
                ReleasedCell(
                    row.ref,
                    printed.report_month,
                    column,
                    cell.raw,
                    cell.status.value,
                    cell.number,
                    cell.decimals,
                    cell.arrow,
                    "page",
                )
            )
    settings = PageSettings("Seed", population=Fraction(50_860))
    return scorecard(catalogue, printed.report_month, Observations.of(figures, cells), settings)


def _text(cell):
    """The printed cell without arrow, thousands and the two ways of saying that there is none."""
    text = "".join(c for c in cell.raw if c not in "↑↓→➔⬆⬇️,").strip()
    return {"- n/a": "n/a", "": "[x]", "-": "[x]"}.get(text, text)


def test_every_derived_cell_agrees_with_the_print_wherever_the_print_is_right(printed, computed):
    differ = {}
    for row in printed.rows:
        mine = computed.row(row.ref)
        for column in DERIVED:
            ours = getattr(mine, column).printed
            if ours.replace(",", "") != _text(getattr(row, column)):
                differ[row.ref, column] = ours
    assert differ == PRINTED_WRONG


def test_every_arrow_agrees_wherever_its_change_is_right(printed, computed):
    for row in printed.rows:
        mine = computed.row(row.ref)
        for column in ("change_month", "change_year"):
            if (row.ref, column) in PRINTED_WRONG:
                continue
            cell = getattr(row, column)
            seen = cell.arrow if cell.number is not None else None
            assert getattr(mine, column).arrow is seen, (row.ref, column)
            assert seen is None or isinstance(seen, Arrow)


def test_every_figure_is_shown_as_released(printed, computed):
    for row in printed.rows:
        for figure in computed.row(row.ref).figures:
            cell = row.value(figure.month)
            if cell.number is None or (row.ref, figure.month.iso) == ("CP2b %", "2021-06"):
                assert figure.value is None
            else:
                assert figure.printed.replace(",", "") == cell.raw.replace(",", "")


def test_most_changes_on_the_month_are_worked_out_and_not_copied(computed):
    """Without one are nine: four partners' rows, EH1c (blank), CP2b % (0 of 0), and three from 0
    (LAC12 twice, LAC14). Of the other 55, those lean on the released cell whose rounded figures
    alone do not settle it: percentages and rates with no counts on the page."""
    held = [row for row in computed.rows if row.change_month.percent is not None]
    copied = [row.indicator for row in held if row.change_month.as_printed]
    assert len(held) == 55
    assert all(one.unit is not Unit.COUNT for one in copied)
    assert len(copied) < 20
