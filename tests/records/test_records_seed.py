"""The document itself, read whole and checked by hand."""

from __future__ import annotations

import csv
from fractions import Fraction

import pytest
from records_pages import SEED, needs_seed, only, rules

from openscorecard.findings import has_errors
from openscorecard.periods import months_to
from openscorecard.records.printed.page import CellStatus, PrintedPage
from openscorecard.records.printed.read import read_page
from openscorecard.units import Arrow, Unit

pytestmark = needs_seed


@pytest.fixture(scope="module")
def page() -> PrintedPage:
    return read_page(SEED)


def test_the_whole_page_is_there(page: PrintedPage) -> None:
    assert (len(page.rows), page.tables) == (64, 7)
    assert [month.iso for month in page.months] == [
        "2020-12", "2021-01", "2021-02", "2021-03", "2021-04", "2021-05", "2021-06"
    ]  # fmt: skip
    assert page.comparators == {"sn": "SN", "eng": "ENG", "region": "SE region"}
    tables = [row.table for row in page.rows]
    assert [tables.count(number) for number in range(1, 8)] == [9, 11, 6, 9, 11, 9, 9]
    assert [row.ref for row in page.rows if row.table == 7] == [
        "EH1a", "EH1c", "EH1b", "EH14b", "CIN5", "LSCB17a", "YO2", "FM011", "FM012"
    ]  # fmt: skip


# ref, column, the cell as printed, its status, its number; read off the document by eye
SPOTS = [
    ("M1", "2020-12", "1507", "value", "1507"),
    ("M1", "2021-06", "2080", "value", "2080"),
    ("M1", "change_month", "↑ 15%", "value", "15"),
    ("M1", "sn", "Local", "local", None),
    ("M2", "change_year", "➔ -1%", "value", "-1"),
    ("M2", "region", "502", "value", "502"),
    ("M3", "2021-06", "16%", "value", "16"),
    ("M6-QL", "sn", "27%", "value", "27"),
    ("M4", "maximum_12m", "15", "value", "15"),
    ("M5", "change_year", "↑ 300%", "value", "300"),
    ("EH2", "average_12m", "1,223", "value", "1223"),
    ("EH2", "maximum_12m", "1,348", "value", "1348"),
    ("EH2", "region", "", "blank", None),
    ("EH3a%", "change_month", "↓ -57%", "value", "-57"),
    ("EH4 (val)", "sn", "", "blank", None),
    ("CP1-NI", "change_month", "↓ -42%", "value", "-42"),
    ("CP2b", "change_year", "- n/a", "not-available", None),
    ("CP2b %", "2021-02", "-", "dash", None),
    ("CP2b %", "2021-03", "0%", "value", "0"),
    ("CP2b %", "2021-06", "100%", "value", "100"),
    ("CP5-QL", "change_month", "↑ 103%", "value", "103"),
    ("LAC12 (val)", "change_month", "- n/a", "not-available", None),
    ("LAC12 (%)", "change_year", "↑ 38%", "value", "38"),
    ("LAC10 (%)", "2021-06", "94.8%", "value", "94.8"),
    ("LAC10 (%)", "change_month", "→ -1%", "value", "-1"),
    ("NI147", "2021-06", "8571%", "value", "8571"),
    ("NI147", "average_12m", "792%", "value", "792"),
    ("EH1a", "change_month", "➔ -6%", "value", "-6"),
    ("EH1a", "change_year", "⬆️ 80%", "value", "80"),
    ("EH1c", "2021-05", "", "blank", None),
    ("EH1c", "change_year", "⬇️ -100%", "value", "-100"),
    ("EH14b", "sn", "-", "dash", None),
    ("LSCB17a", "average_12m", "-", "dash", None),
    ("LSCB17a", "maximum_12m", "0", "value", "0"),
    ("YO2", "sn", "417", "value", "417"),
    ("FM011", "2020-12", "23", "value", "23"),
    ("FM011", "2021-06", "", "blank", None),
    ("FM012", "average_12m", "51", "value", "51"),
]


@pytest.mark.parametrize(("ref", "column", "raw", "status", "number"), SPOTS)
def test_cells_by_hand(
    page: PrintedPage, ref: str, column: str, raw: str, status: str, number: str | None
) -> None:
    row = only(page, ref)
    by_month = {month.iso: cell for month, cell in row.values.items()}
    cell = by_month[column] if column in by_month else getattr(row, column)
    assert (cell.raw, cell.status.value) == (raw, status)
    assert cell.number == (None if number is None else Fraction(number))


def test_arrows_of_both_families(page: PrintedPage) -> None:
    cells = [only(page, ref).change_month for ref in ("M1", "M2", "M8-QL", "EH2", "LAC12 (val)")]
    arrows = [cell.arrow if cell else None for cell in cells]
    assert arrows == [Arrow.UP, Arrow.DOWN, Arrow.LEVEL, Arrow.LEVEL, None]
    early = [only(page, ref).change_year for ref in ("EH1a", "EH1c", "CIN5")]
    assert [cell.arrow if cell else None for cell in early] == [Arrow.UP, Arrow.DOWN, Arrow.LEVEL]


def test_every_figure_agrees_with_the_tidy_copy(page: PrintedPage) -> None:
    names = {"average_12m": "avg_12m", "maximum_12m": "max_12m", "region": "se"}
    columns = ("change_month", "change_year", "average_12m", "maximum_12m", "sn", "eng", "region")
    months = ("dec_20", "jan_21", "feb_21", "mar_21", "apr_21", "may_21", "jun_21")
    units = {"per 10,000": "per-10000", "per 100,000": "per-100000"}
    with (SEED.parent / "indicators.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["ref"] for line in lines] == [row.ref for row in page.rows]
    for line, row in zip(lines, page.rows, strict=True):
        printed = [row.value(month).raw for month in page.months]
        assert printed == [line[month] for month in months], row.ref
        derived = [getattr(row, column).raw for column in columns]
        assert derived == [line[names.get(column, column)] for column in columns], row.ref
        assert row.name == line["name"]
        assert row.unit == units.get(line["unit"], line["unit"])
        assert row.preferred_direction == (line["preferred_direction"] or "none")


def test_units_by_sign_and_by_words(page: PrintedPage) -> None:
    units = {ref: only(page, ref).unit for ref in ("M1", "M3", "M2-NI", "LSCB17a", "YO2", "LAC9")}
    assert units == {
        "M1": Unit.COUNT, "M3": Unit.PERCENT, "M2-NI": Unit.PER_10000, "LSCB17a": Unit.PERCENT,
        "YO2": Unit.PER_100000, "LAC9": Unit.PERCENT,
    }  # fmt: skip


def test_people_and_outcomes_are_told_apart_wherever_the_file_shows_how(page: PrintedPage) -> None:
    unsettled = [row.ref for row in page.rows if not row.reporter]
    assert unsettled == ["LSCB17a", "YO2"]  # names that stand alone nowhere else
    assert all(row.owner and row.outcome for row in page.rows)
    assert not any("<" in row.outcome + row.owner + row.reporter for row in page.rows)
    # one cell, two cells, and a reporter before the outcome come to the same three people
    pairs = {(row.owner, row.reporter) for row in page.rows if row.reporter}
    assert len({owner for owner, _ in pairs}) == 2
    assert len({reporter for _, reporter in pairs}) == 6


def test_lines_are_those_of_the_file(page: PrintedPage) -> None:
    lines = SEED.read_text(encoding="utf-8").split("\n")
    assert all(lines[row.line - 1].startswith(row.ref + "\t") for row in page.rows)


def test_the_base_months_of_the_changes(page: PrintedPage) -> None:
    last, year_before = page.report_month.plus(-1), page.report_month.plus(-12)
    assert {(row.change_month_base, row.change_year_base) for row in page.rows} == {
        (last, year_before)
    }
    assert page.months == months_to(page.report_month, 7)


def test_reading_finds_nothing_certainly_wrong_and_says_what_it_settled(page: PrintedPage) -> None:
    assert not has_errors(page.findings)
    assert sorted(rules(page)) == [
        "columns-differ", "outcome-in-reporter-cell", "outcome-in-reporter-cell",
        "owner-reporter-not-split", "owner-reporter-not-split",
    ]  # fmt: skip


def test_no_cell_of_figures_is_a_text(page: PrintedPage) -> None:
    cells = [cell for row in page.rows for cell in row.values.values()]
    assert sum(cell.status is CellStatus.VALUE for cell in cells) == 418
    assert not [cell for cell in cells if cell.status is CellStatus.TEXT]
