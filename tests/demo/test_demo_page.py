"""The page as the council typed it: a workbook that reads back to what is printed."""

from __future__ import annotations

from pathlib import Path

from openscorecard.catalogue.load import load_catalogue
from openscorecard.demo.content import MONTH, MONTHS, REGION, remarks, typed_rows
from openscorecard.demo.page_workbook import page_workbook
from openscorecard.records.printed.read import read_page


def test_the_workbook_reads_back_cell_by_cell(tmp_path: Path) -> None:
    catalogue, june = load_catalogue(), remarks(MONTH)
    path = tmp_path / "page.xlsx"
    path.write_bytes(page_workbook(catalogue, june))
    page = read_page(path)
    assert (len(page.rows), page.tables, page.months) == (64, 7, MONTHS)
    assert page.comparators == {"sn": "SN", "eng": "ENG", "region": REGION}
    for row, typed in zip(page.rows, typed_rows(), strict=True):
        assert (row.ref, row.table) == (typed.ref, typed.table)
        assert tuple(row.value(month).raw for month in MONTHS) == typed.values
        derived = (
            row.change_month, row.change_year, row.average_12m, row.maximum_12m,
            row.sn, row.eng, row.region,
        )  # fmt: skip
        assert tuple(cell.raw if cell else None for cell in derived) == (
            typed.change_month, typed.change_year, typed.average_12m, typed.maximum_12m,
            typed.sn, typed.eng, typed.region,
        ), row.ref  # fmt: skip
        assert not any(cell.exact for cell in row.values.values()), row.ref
        indicator = catalogue.get(row.ref)
        assert indicator is not None
        assert (row.name, row.outcome) == (indicator.name, indicator.outcome)
        assert (row.owner, row.reporter) == (indicator.owner, indicator.reporter)
        assert row.preferred_direction == indicator.preferred_direction.value
        assert row.commentary == june.text(row.ref)


def test_the_lost_decimal_point_is_in_the_workbook_as_excel_has_it(tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "page.xlsx"
    path.write_bytes(page_workbook(load_catalogue(), remarks(MONTH)))
    sheet = openpyxl.load_workbook(path)["Page 2"]
    (row,) = [row for row in sheet.iter_rows() if row[0].value == "NI147"]
    (cell,) = [cell for cell in row if cell.value == 85.71 and cell.column_letter == "K"]
    assert cell.number_format == "0%"


def test_the_same_bytes_every_time() -> None:
    catalogue, june = load_catalogue(), remarks(MONTH)
    assert page_workbook(catalogue, june) == page_workbook(catalogue, june)
