"""PDFs: ruled and tagged tables over several pages, cells put together as they were."""

from __future__ import annotations

import io
import logging
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from records_pages import HEADER, ROWS, as_html, as_tabs, only, read, rules
from records_pdf import as_pdf, drawn, merged, pages_of, without_tags

from openscorecard.cli.main import cli
from openscorecard.errors import InputError
from openscorecard.findings import Severity
from openscorecard.periods import Month
from openscorecard.records.printed.page import PrintedPage, PrintedRow
from openscorecard.units import Arrow

APRIL, MAY, JUNE = (Month(2021, number) for number in (4, 5, 6))
TAGGED = pytest.mark.parametrize("tagged", [False, True], ids=["ruled", "tagged"])
SMALL = ["Ref.", "Indicator", "May-21", "Jun-21", "Commentary"]


def of(folder: Path, pdf: bytes) -> PrintedPage:
    return read(folder, pdf, "page.pdf")


def as_read(page: PrintedPage) -> list[PrintedRow]:
    """The rows without their lines, which every kind of file counts in its own way."""
    return [replace(row, line=0) for row in page.rows]


@TAGGED
def test_a_pdf_reads_as_the_text_does(tmp_path: Path, tagged: bool) -> None:
    page = of(tmp_path, as_pdf([HEADER, *ROWS], tagged=tagged, size=6))
    text = read(tmp_path, as_tabs([HEADER, *ROWS]))
    assert as_read(page) == as_read(text)
    assert page.months == (APRIL, MAY, JUNE)
    assert page.comparators == {"sn": "SN", "eng": "ENG", "region": "SE region"}
    assert page.findings == ()
    assert only(page, "Z1").value(APRIL).number == 1204
    assert only(page, "Z1").change_month == replace(
        only(text, "Z1").change_month, arrow=Arrow.UP
    )  # fmt: skip


def test_a_pdf_is_told_by_its_content(tmp_path: Path) -> None:
    pdf = as_pdf([HEADER, *ROWS], size=6)
    assert len(read(tmp_path, pdf, "page.txt").rows) == 3
    html = read(tmp_path, as_html([HEADER, *ROWS]), "page.pdf")
    assert as_read(html) == as_read(read(tmp_path, pdf, "page.pdf"))


def long_page(words: int = 60) -> list[list[str]]:
    """Six rows of which each comment is about a fifth of a page of 60 mm."""
    comment = " ".join(f"word{number}" for number in range(words))
    lines = [
        [f"Z{at}", "Enquiries about re-referrals", str(10 * at), str(10 * at + 1), comment]
        for at in range(1, 7)
    ]
    return [SMALL, *lines]


@TAGGED
@pytest.mark.parametrize("repeat", [True, False], ids=["header repeated", "header once"])
def test_rows_cut_by_the_end_of_a_page_are_whole_again(
    tmp_path: Path, tagged: bool, repeat: bool
) -> None:
    lines = long_page()
    pdf = as_pdf(lines, tagged=tagged, repeat=repeat, page=(150, 60), widths=[[14, 30, 14, 14, 50]])
    assert pages_of(pdf) > 3
    page = of(tmp_path, pdf)
    assert [row.ref for row in page.rows] == ["Z1", "Z2", "Z3", "Z4", "Z5", "Z6"]
    assert {row.commentary for row in page.rows} == {lines[1][4]}
    assert {row.name for row in page.rows} == {"Enquiries about re-referrals"}
    assert [row.value(JUNE).raw for row in page.rows] == ["11", "21", "31", "41", "51", "61"]
    assert (page.tables, page.findings) == (1, ())


@TAGGED
def test_a_row_over_three_pages(tmp_path: Path, tagged: bool) -> None:
    lines = long_page(words=400)[:3]
    pdf = as_pdf(lines, tagged=tagged, page=(150, 60), widths=[[14, 30, 14, 14, 50]])
    page = of(tmp_path, pdf)
    assert [row.commentary for row in page.rows] == [lines[1][4]] * 2
    assert [row.ref for row in page.rows] == ["Z1", "Z2"]


@TAGGED
def test_keys_in_narrow_cells(tmp_path: Path, tagged: bool) -> None:
    refs = ["LAC7-QL", "EH4 (val)", "M2-NI", "LAC11-QL (%)", "CP2b %"]
    lines = [[ref, "Enquiries", "5", "1,223", "As above."] for ref in refs]
    pdf = as_pdf([SMALL, *lines], tagged=tagged, widths=[[9, 16, 12, 12, 15]])
    assert [row.ref for row in of(tmp_path, pdf).rows] == refs


@TAGGED
def test_hyphens_at_the_end_of_a_line(tmp_path: Path, tagged: bool) -> None:
    comment = "The re-referrals, well-known and re-opened, are re-referrals of old."
    lines = [["Z1", "Enquiries", "5", "6", comment]]
    for width in range(18, 34, 2):
        pdf = as_pdf([SMALL, *lines], tagged=tagged, widths=[[12, 20, 14, 14, width]])
        assert only(of(tmp_path, pdf), "Z1").commentary == comment


@TAGGED
def test_a_document_that_breaks_its_words(tmp_path: Path, tagged: bool) -> None:
    """Hyphens of the setting go, those of the words stay; words that stand whole elsewhere in the
    document tell which are which."""
    comment = (
        "Considerable assessment, considerable improvement, considerable accommodation; "
        "assessment, improvement, accommodation of evidence-based re-referrals."
    )
    rows = [[f"Z{at}", "Enquiries", "5", "6", comment] for at in range(1, 5)]
    spelled = [["Z9", comment.replace(" ", "\n"), "5", "6", "evidence based re referrals"]]
    pdf = as_pdf(
        [SMALL, *rows, *spelled], tagged=tagged, hyphenate=True, widths=[[12, 40, 14, 14, 23]]
    )
    page = of(tmp_path, pdf)
    assert {only(page, f"Z{at}").commentary for at in range(1, 5)} == {comment}


@TAGGED
def test_lines_that_somebody_broke(tmp_path: Path, tagged: bool) -> None:
    header = ["Ref.", "Indicator", "Owner/Reporter", "May-21", "Jun-21", "Commentary"]
    rows = [
        ["Z1", "Enquiries", "Avery Moss\nBlair Finch", "5", "6", "First line.\nSecond line."],
        ["Z2", "Answers", "Avery Moss, Head of All Services\nCorin Dale", "5", "6",
         "One long sentence that is broken by its column, four times at least, I should think, "
         "and once more, and more often than that in a column that is so narrow."],
    ]  # fmt: skip
    pdf = as_pdf([header, *rows], tagged=tagged, widths=[[12, 30, 60, 14, 14, 40]])
    page = of(tmp_path, pdf)
    assert (only(page, "Z1").owner, only(page, "Z1").reporter) == ("Avery Moss", "Blair Finch")
    assert only(page, "Z1").commentary == "First line.\nSecond line."
    assert only(page, "Z2").owner == "Avery Moss, Head of All Services"
    assert only(page, "Z2").commentary == rows[1][5]


@TAGGED
def test_italics_show_an_outcome_that_slipped(tmp_path: Path, tagged: bool) -> None:
    header = ["Ref.", "Indicator", "Owner/Reporter", "Outcome", "May-21", "Jun-21"]
    rows = [["Z1", "Enquiries", "Avery Moss", "Blair Finch <i>Families are heard.</i>", "5", "6"]]
    page = of(tmp_path, as_pdf([header, *rows], tagged=tagged))
    assert (page.rows[0].reporter, page.rows[0].outcome) == ("Blair Finch", "Families are heard.")


def test_places_are_pages_and_their_rows(tmp_path: Path) -> None:
    lines = long_page(words=12)
    lines[5][3] = "about 40"
    lines[6][0] = ""
    pdf = as_pdf(lines, page=(150, 75), widths=[[14, 30, 14, 14, 50]])
    page = of(tmp_path, pdf)
    # on page 1 the header and four rows; on page 2 the header again, Z5 and the row without one
    unread = next(finding for finding in page.findings if finding.rule == "unread-cell")
    assert (unread.ref, unread.place) == ("Z5", "page.pdf, page 2, row 2")
    lost = next(finding for finding in page.findings if finding.rule == "row-without-ref")
    assert lost.place == "page.pdf, page 2, row 3"
    assert lost.message.startswith("Page 2, row 3 has figures but no reference")


def test_two_tables_with_one_header_each(tmp_path: Path) -> None:
    first, second = long_page()[:4], [SMALL, *(["Y" + row[0], *row[1:]] for row in long_page()[1:])]
    widths = [[14.0, 30, 14, 14, 50]] * 2
    pdf = as_pdf(first, second, page=(150, 75), widths=widths, headings=("Door", "Plans"))
    page = of(tmp_path, pdf)
    assert [row.table for row in page.rows] == [1, 1, 1, 2, 2, 2, 2, 2, 2]
    assert page.findings == ()


@TAGGED
def test_a_section_within_the_table(tmp_path: Path, tagged: bool) -> None:
    lines = [SMALL, ["Plans", "", "", "", ""], ["Z1", "Enquiries", "5", "6", "Few."]]
    page = of(tmp_path, as_pdf(lines, tagged=tagged))
    assert [row.ref for row in page.rows] == ["Z1"]
    assert rules(page) == ["unplaced-line"]
    assert page.findings[0].place == "page.pdf, page 1, row 2"


def test_a_number_broken_by_a_narrow_column_is_whole_and_said(tmp_path: Path) -> None:
    # Typst breaks no number; as some programs do, it is drawn on two lines here.
    page = of(tmp_path, ruled([["Ref.", "Jun-21", "May-21"], ["Z1", "1,2/23", "15"]]))
    assert only(page, "Z1").value(JUNE).number == 1223
    finding = page.findings[0]
    assert (finding.rule, finding.severity) == ("figure-on-two-lines", Severity.INFORMATION)
    assert (finding.ref, finding.column) == ("Z1", "2021-06")


def test_two_numbers_in_one_cell_are_none(tmp_path: Path) -> None:
    page = of(tmp_path, ruled([["Ref.", "Jun-21", "May-21"], ["Z1", "12%/23%", "15%"]]))
    assert only(page, "Z1").value(JUNE).number is None
    assert rules(page) == ["unread-cell"]


def test_a_superscript_is_a_mark_and_no_digit(tmp_path: Path) -> None:
    """23 with a raised 1 is 23 with a note, never 231."""
    page = of(tmp_path, ruled([["Ref.", "Jun-21", "May-21"], ["Z1", "23^1", "15"]]))
    cell = only(page, "Z1").value(JUNE)
    assert (cell.raw, cell.number) == ("23¹", 23)
    assert rules(page) == ["cell-with-care"]


def test_bold_by_printing_twice_is_one_text(tmp_path: Path) -> None:
    page = of(tmp_path, ruled([["Ref.", "Jun-21", "May-21"], ["Z1", "1507", "15"]], twice=True))
    assert only(page, "Z1").value(JUNE).number == 1507


def test_a_watermark_is_no_text_of_the_table(tmp_path: Path) -> None:
    mark = "BT /F 40 Tf 0.7 0.7 -0.7 0.7 60 430 Tm (DRAFT) Tj ET "
    page = of(tmp_path, ruled([["Ref.", "Jun-21", "May-21"], ["Z1", "1507", "15"]], more=mark))
    assert only(page, "Z1").value(JUNE).raw == "1507"
    assert page.findings == ()


def test_texts_on_one_another_are_not_read(tmp_path: Path) -> None:
    stamp = "BT /F 10 Tf 1 0 0 1 103 474 Tm (99) Tj ET "
    page = of(tmp_path, ruled([["Ref.", "Jun-21", "May-21"], ["Z1", "1507", "15"]], more=stamp))
    assert only(page, "Z1").value(JUNE).number is None
    assert rules(page) == ["unread-cell"]
    assert "lie on one another" in page.findings[0].message


def test_headings_that_stand_upright(tmp_path: Path) -> None:
    """Turned by a quarter, as narrow columns have them."""
    lines = [["Ref.", "Jun-21", "May-21"], ["Z1", "1507", "15"]]
    page = of(tmp_path, ruled(lines, turned=True))
    assert page.months == (MAY, JUNE)
    assert [cell.raw for cell in page.rows[0].values.values()] == ["15", "1507"]


def test_a_row_that_no_line_closes(tmp_path: Path) -> None:
    """At the end of a page many programs draw the sides of a row and no line below it."""
    first = ruled([["Ref.", "Jun-21", "May-21"], ["Z1", "7", "5"], ["Z2", "8", "6"]], closed=False)
    second = ruled([["Z3", "9", "7"]])
    page = of(tmp_path, merged(first, second))
    assert [row.value(JUNE).raw for row in page.rows] == ["7", "8", "9"]
    assert page.findings == ()


def test_a_line_of_figures_outside_the_table_is_told(tmp_path: Path) -> None:
    more = "BT /F 10 Tf 1 0 0 1 50 300 Tm (Z2 Answers 71 72 73 74 75) Tj ET "
    page = of(tmp_path, ruled([["Ref.", "Jun-21", "May-21"], ["Z1", "7", "5"]], more=more))
    assert rules(page) == ["unplaced-line"]
    assert page.findings[0].severity is Severity.WARNING
    assert "Z2 Answers 71 72 73 74 75" in page.findings[0].message


def test_a_table_without_a_header_is_told(tmp_path: Path) -> None:
    first = ruled([["Ref.", "Jun-21", "May-21"], ["Z1", "7", "5"]])
    other = ruled([["Z2", "8", "6", "4"], ["Z3", "9", "7", "5"]])
    page = of(tmp_path, merged(first, other))
    assert [row.ref for row in page.rows] == ["Z1"]
    finding = page.findings[0]
    assert (finding.rule, finding.severity) == ("table-not-read", Severity.ERROR)
    assert finding.place == "page.pdf, page 2, row 1"


def test_tags_that_contradict_the_page_are_left_aside(tmp_path: Path) -> None:
    """The lines of the table rule where its tags say another order of columns."""
    lines = [["Ref.", "Indicator", "May-21", "Jun-21"], ["Z1", "Enquiries", "5", "6"]]
    with pikepdf.open(io.BytesIO(as_pdf(lines, tagged=True))) as document:
        rows = [one for one in document.objects if isinstance(one, pikepdf.Dictionary)
                and str(one.get("/S", "")) == "/TR"]  # fmt: skip
        for row in rows:
            cells = list(row.K)
            row.K = pikepdf.Array([*cells[:2], cells[3], cells[2]])
        out = io.BytesIO()
        document.save(out)
    page = of(tmp_path, out.getvalue())
    assert [cell.raw for cell in page.rows[0].values.values()] == ["5", "6"]


def test_tags_without_blank_cells_are_placed_by_the_page(tmp_path: Path) -> None:
    """Browsers leave blank cells out of the tags: the others must not move under their headers."""
    lines = [["Ref.", "Indicator", "Apr-21", "May-21", "Jun-21"],
             ["Z1", "Enquiries", "4", "5", "6"], ["Z2", "Answers", "7", "", "9"]]  # fmt: skip
    with pikepdf.open(io.BytesIO(as_pdf(lines, tagged=True, ruled=False))) as document:
        row = next(one for one in document.objects if isinstance(one, pikepdf.Dictionary)
                   and str(one.get("/S", "")) == "/TR" and len(one.K) == 5
                   and not list(one.K[3].get("/K", [])))  # fmt: skip
        row.K = pikepdf.Array([cell for at, cell in enumerate(row.K) if at != 3])
        out = io.BytesIO()
        document.save(out)
    page = of(tmp_path, out.getvalue())
    assert [[cell.raw for cell in row.values.values()] for row in page.rows] == [
        ["4", "5", "6"], ["7", "", "9"]
    ]  # fmt: skip
    assert page.findings == ()


def test_nothing_is_said_on_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    level = logging.getLogger("pdfminer").level
    of(tmp_path, without_tags(as_pdf([HEADER, *ROWS], size=6, tagged=True)))
    assert tuple(capfd.readouterr()) == ("", "")
    assert not caplog.records
    assert logging.getLogger("pdfminer").level == level


def test_the_command_names_page_and_row(tmp_path: Path) -> None:
    lines = [SMALL, ["Z1", "Enquiries", "5", "6", "Few."], ["", "Answers", "7", "8", "Many."]]
    (tmp_path / "page.pdf").write_bytes(as_pdf(lines))
    for command in ("read", "check"):
        done = CliRunner().invoke(cli, [command, str(tmp_path / "page.pdf")])
        assert done.exit_code == 1
        assert "page 1, row 3" in done.output
    (tmp_path / "scan.pdf").write_bytes(drawn("", image=True))
    done = CliRunner().invoke(cli, ["read", str(tmp_path / "scan.pdf")])
    assert isinstance(done.exception, InputError)


def ruled(
    lines: list[list[str]],
    *,
    more: str = "",
    twice: bool = False,
    turned: bool = False,
    closed: bool = True,
) -> bytes:
    """A table drawn by hand: columns of 50 points from 50, rows of 30 from 520 downwards. In a
    cell `/` goes to the next line and `^` raises what follows."""
    width = max(map(len, lines))
    top, low = 520, 520 - 30 * len(lines)
    drawing = [f"{50 * at} {top} m {50 * at} {low} l S" for at in range(1, width + 2)]
    heights = range(top, low - 1 if closed else low, -30)
    drawing += [f"50 {at} m {50 * (width + 1)} {at} l S" for at in heights]
    for row, cells in enumerate(lines):
        for column, cell in enumerate(cells):
            x, y = 53 + 50 * column, top - 30 * row - 14
            matrix = f"0 1 -1 0 {x + 12} {y - 12}" if turned and not row else f"1 0 0 1 {x} {y}"
            for part, text in enumerate(cell.split("/")):
                plain, _, raised = text.partition("^")
                drawing.append(f"BT /F 10 Tf {matrix} Tm 0 {-12 * part} Td ({plain}) Tj "
                               f"/F 6 Tf 4 Ts ({raised}) Tj 0 Ts ET")  # fmt: skip
                if twice:
                    drawing.append(f"BT /F 10 Tf 1 0 0 1 {x + 0.4} {y} Tm ({plain}) Tj ET")
    return drawn("\n".join(drawing) + "\n" + more)
