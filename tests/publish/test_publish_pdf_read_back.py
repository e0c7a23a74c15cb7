"""Our own PDFs read back: the table is the page again, the reading paper is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from example_scorecard import example
from example_signals import judged

from openscorecard.errors import InputError
from openscorecard.publish.html.site import write_site
from openscorecard.publish.minus import true_minus
from openscorecard.publish.pdf.paper import write_paper_pdf
from openscorecard.publish.pdf.table import write_table_pdf
from openscorecard.publish.pdf.table_comments import is_longer
from openscorecard.publish.workbook import write_workbook
from openscorecard.records.printed.page import Cell, PrintedPage, PrintedRow
from openscorecard.records.printed.read import read_page
from openscorecard.records.printed.rows import REMARK
from openscorecard.scorecard.page import WRITTEN_BEFORE, Row, Scorecard

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
        f"{true_minus(change.printed)} {change.arrow.glyph}" if change.arrow else change.printed
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


TEXTS = (
    "One line.",
    "It rose.\n- the first reason, which is (as most are) a long one that takes more than a line\n"
    "- the second\nWhat we do about it: 1,507 letters.",
    "A paragraph.\n\nAnother one, after a blank line.",
    " ".join(f"Sentence {number} of a comment that its row cannot bear." for number in range(40)),
    "\n".join(f"{number}. of many lines" for number in range(1, 30)),
    "Why:\n- one\n* two\n• three, which is (as most are) one that takes more than a single line\n"
    "1) first\n2) second\n- 5 on May",
    "\n".join(
        ["It rose.", "- an entry, said at such a length that it takes more than one line"] * 9
    ),
)


def commented(audience: str) -> Scorecard:
    """The example with a comment of every kind on its rows: some of an earlier month, some that
    quote a corrected figure, some by somebody else; and a few rows without one."""
    card = page(audience)
    comment = next(row.comment for row in card.rows if row.comment)
    rows = []
    for number, row in enumerate(card.rows):
        text = TEXTS[number % len(TEXTS)]
        said = replace(comment, text=text, month=card.month.plus(-1 if number % 3 == 1 else 0))
        if number % 7 == 2:
            said = replace(said, corrected_since=(("1", "2"),))
        if number % 4 == 3:
            said = replace(said, by="Team Manager, Front Door")
        rows.append(replace(row, comment=None if number % 11 == 5 else said))
    return replace(card, rows=tuple(rows))


@pytest.mark.parametrize("audience", ["public", "internal"])
@pytest.mark.parametrize("medium", ["panel-table.pdf", "table.html", "scorecard.xlsx"])
def test_every_comment_is_read_back_as_it_was_written(
    tmp_path: Path, audience: str, medium: str
) -> None:
    card = commented(audience)
    if medium == "table.html":
        write_site(card, tmp_path)
    else:
        write = {"panel-table.pdf": write_table_pdf, "scorecard.xlsx": write_workbook}[medium]
        write(card, tmp_path / medium)
    read = {row.ref: row.commentary for row in read_page(tmp_path / medium).rows}
    assert len(read) == 64
    for row in card.rows:
        text = row.comment.text if row.comment else ""
        if medium == "panel-table.pdf":  # each line is a paragraph of its own
            text = text.replace("\n\n", "\n")
            text = text.replace("\n* ", "\n- ").replace("\n• ", "\n- ")  # a list has one sign
        assert read[row.indicator.ref] == text, row.indicator.ref


def test_the_line_beneath_a_comment_has_the_same_words_where_it_is_written_and_read() -> None:
    assert REMARK == WRITTEN_BEFORE


def test_the_reading_paper_says_which_file_to_give(tmp_path: Path) -> None:
    card = judged(example())
    write_paper_pdf(replace(card, rows=card.rows[:6]), tmp_path / "panel-paper.pdf")
    with pytest.raises(InputError, match=r"reading paper") as caught:
        read_page(tmp_path / "panel-paper.pdf")
    assert "panel-table.pdf" in caught.value.todo
