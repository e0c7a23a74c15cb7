"""Our own PDFs read back: the table is the page again, the reading paper is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from example_scorecard import example
from example_signals import judged

from openscorecard.errors import InputError
from openscorecard.publish.html.site import write_site
from openscorecard.publish.pdf.paper import write_paper_pdf
from openscorecard.publish.pdf.table import LONGEST, is_longer, write_table_pdf
from openscorecard.records.printed.page import Cell, PrintedPage, PrintedRow
from openscorecard.records.printed.read import read_page
from openscorecard.scorecard.page import Row, Scorecard

LONG = "The third sentence of many, with re-referrals (and 1,507 contacts).\n" * 40
OLD = "Written a month ago, and not about this one.\nBy the way: it has two lines."


def page(audience: str = "public") -> Scorecard:
    """The example with a comment longer than its row can bear, and one of an earlier month by
    somebody else."""
    card = judged(example(audience=audience))
    first, second, *others = card.rows
    comment = next(row.comment for row in card.rows if row.comment)
    long = replace(comment, text=LONG.strip(), month=card.month)
    old = replace(comment, text=OLD, month=card.month.plus(-1), by="Team Manager, Front Door")
    rows = (replace(first, comment=long), replace(second, comment=old), *others)
    return replace(card, rows=rows)


def read_back(card: Scorecard, folder: Path) -> PrintedPage:
    write_table_pdf(card, folder / "panel-table.pdf")
    return read_page(folder / "panel-table.pdf")


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_every_cell_is_that_of_the_page(tmp_path: Path, audience: str) -> None:
    card = page(audience)
    assert is_longer(card.rows[0].comment)
    assert len(LONG) > LONGEST
    read = read_back(card, tmp_path)
    assert [row.ref for row in read.rows] == [row.indicator.ref for row in card.rows]
    assert read.months == card.months
    for back, row in zip(read.rows, card.rows, strict=True):
        assert texts_of(back) == texts_of_page(row), row.indicator.ref
        assert figures_of(back) == figures_of_page(row), row.indicator.ref


def texts_of(row: PrintedRow) -> list[str]:
    return [row.name, row.owner, row.reporter, row.preferred_direction or "", row.commentary]


def texts_of_page(row: Row) -> list[str]:
    item = row.indicator
    comment = "" if row.comment is None else row.comment.text
    return [item.name, item.owner, item.reporter, str(item.preferred_direction), comment]


def figures_of(row: PrintedRow) -> list[str]:
    cells = [*row.values.values(), row.change_month, row.change_year, row.average_12m,
             row.maximum_12m, row.sn, row.eng, row.region]  # fmt: skip
    return [plain(cell) for cell in cells]


def plain(cell: Cell | None) -> str:
    return "none" if cell is None else cell.raw


def figures_of_page(row: Row) -> list[str]:
    """As printed; a change has its arrow behind it, for the plain move stands before it."""
    changes = [
        f"{change.printed} {change.arrow.glyph}" if change.arrow else change.printed
        for change in (row.change_month, row.change_year)
    ]
    others = {item.key: item.printed for item in row.comparators}
    return [
        *(figure.printed for figure in row.figures), *changes, row.average_12m.printed,
        row.maximum_12m.printed, *(others.get(key, "none") for key in ("sn", "eng", "region")),
    ]  # fmt: skip


def test_the_table_says_what_the_web_page_says(tmp_path: Path) -> None:
    card = judged(example())
    write_site(card, tmp_path)
    pdf, html = read_back(card, tmp_path), read_page(tmp_path / "table.html")
    assert (pdf.tables, pdf.months, pdf.comparators) == (html.tables, html.months, html.comparators)
    for one, other in zip(pdf.rows, html.rows, strict=True):
        assert numbers(one) == numbers(other)
        assert texts_of(one)[:-1] == texts_of(other)[:-1]


def numbers(row: PrintedRow) -> list[object]:
    cells = [*row.values.values(), row.change_month, row.change_year, row.average_12m,
             row.maximum_12m, row.sn, row.eng, row.region]  # fmt: skip
    return [None if cell is None else (cell.number, cell.status, cell.arrow) for cell in cells]


def test_the_reading_paper_says_which_file_to_give(tmp_path: Path) -> None:
    card = judged(example())
    write_paper_pdf(replace(card, rows=card.rows[:6]), tmp_path / "panel-paper.pdf")
    with pytest.raises(InputError, match=r"reading paper") as caught:
        read_page(tmp_path / "panel-paper.pdf")
    assert "panel-table.pdf" in caught.value.todo
