"""The document as a PDF: the same cells and findings as its text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from records_pages import SEED, needs_seed, read
from records_pdf import as_pdf, pages_of

from openscorecard.catalogue.load import load_catalogue
from openscorecard.records.printed.page import PrintedPage
from openscorecard.records.printed.read import read_page
from openscorecard.scorecard.checks import check_page

pytestmark = needs_seed
HEADINGS = ("Door", "Assessment", "Protection", "Plans", "Looked after", "Leavers", "Early help")


def tables() -> list[list[list[str]]]:
    """The document's seven tables, each line with the cells of its header."""
    found: list[list[list[str]]] = []
    for line in SEED.read_text(encoding="utf-8").split("\n"):
        cells = line.split("\t")
        if cells[0] == "Ref.":
            found.append([])
        if found and any(cell.strip() for cell in cells):
            width = len(found[-1][0]) if found[-1] else len(cells)
            found[-1].append(cells + [""] * (width - len(cells)))
    return [table for table in found if len(table) > 1]


def widths(header: list[str]) -> list[float]:
    """Millimetres; the columns of references and figures so narrow that they break."""
    words = (("Ref.", 9), ("Indicator", 30), ("Owner/", 24), ("Owner", 15), ("Reporter", 15),
             ("Outcome", 34), ("Commentary", 58))  # fmt: skip
    return [next((mm for word, mm in words if cell.startswith(word)), 9.6) for cell in header]


@pytest.fixture(scope="module")
def text() -> PrintedPage:
    return read_page(SEED)


@pytest.mark.parametrize(("tagged", "height", "least"), [(False, 110, 15), (True, 297, 5)])
def test_every_cell_and_every_finding_is_that_of_the_text(
    tmp_path: Path, text: PrintedPage, tagged: bool, height: int, least: int
) -> None:
    pdf = as_pdf(
        *tables(), tagged=tagged, page=(380, height), size=7, headings=HEADINGS,
        widths=[widths(table[0]) for table in tables()],
    )  # fmt: skip
    assert pages_of(pdf) >= least
    page = read(tmp_path, pdf, "page.pdf")
    assert (len(page.rows), page.tables) == (64, 7)
    for mine, row in zip(page.rows, text.rows, strict=True):
        assert replace(mine, line=0) == replace(row, line=0), row.ref
    assert (page.months, page.comparators) == (text.months, text.comparators)
    catalogue = load_catalogue(None)
    found, known = (
        [(f.rule, f.severity, f.ref, f.column, f.printed, f.expected) for f in
         check_page(one, catalogue, audience="public")] for one in (page, text)
    )  # fmt: skip
    assert found == known
