"""Pages that a browser prints to PDF: tagged without their blank cells, rows cut anywhere."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from example_scorecard import example
from example_signals import judged

from openscorecard.publish.html.site import write_site
from openscorecard.records.printed.page import PrintedPage, PrintedRow
from openscorecard.records.printed.read import read_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
Print = Callable[[str], bytes]


@pytest.fixture(scope="module")
def to_pdf(browser: Browser) -> Print:
    def printed(html: str) -> bytes:
        page = browser.new_page()
        page.set_content(html)
        made = page.pdf(format="A4", landscape=True, tagged=True, print_background=True)
        page.close()
        return made

    return printed


def read(folder: Path, content: bytes, name: str = "page.pdf") -> PrintedPage:
    (folder / name).write_bytes(content)
    return read_page(folder / name)


def without_tags(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        del document.Root.StructTreeRoot
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def cells(row: PrintedRow) -> list[object]:
    return [row.ref, row.name, row.owner, row.reporter, row.commentary, row.values,
            row.change_month, row.change_year, row.average_12m, row.maximum_12m, row.sn, row.eng,
            row.region, row.preferred_direction]  # fmt: skip


def test_the_published_table_printed_is_the_published_table(
    tmp_path: Path, browser: Browser
) -> None:
    write_site(judged(example()), tmp_path)
    page = browser.new_page()
    page.goto((tmp_path / "table.html").as_uri())
    pdf = page.pdf(format="A3", landscape=True, tagged=True)
    page.close()
    back, html = read(tmp_path, pdf), read_page(tmp_path / "table.html")
    assert len(back.rows) == len(html.rows) == 64
    for one, other in zip(back.rows, html.rows, strict=True):
        assert [c.replace("\n", " ") if isinstance(c, str) else c for c in cells(one)] == [
            c.replace("\n", " ") if isinstance(c, str) else c for c in cells(other)
        ], one.ref


STYLE = (
    "<style>body { font: 9pt sans-serif } table { border-collapse: collapse; width: 100%% }"
    "td, th { border: 1px solid; padding: 3px; vertical-align: %s }</style>"
)
HEADS = ("Ref.", "Indicator", "May-21", "Jun-21", "Target", "Commentary")
HEAD = f"<tr>{''.join(f'<th>{word}</th>' for word in HEADS)}</tr>"
COMMENT = " ".join(f"word{number}" for number in range(420))


def table(align: str) -> str:
    """Seven rows over three pages, whose column of targets is blank."""
    rows = "".join(
        f"<tr><td>Z{at}</td><td>Enquiries of re-referrals</td><td>{at}</td><td>1,20{at}</td><td>"
        f"</td><td style='width: 40%'>{COMMENT}</td></tr>"
        for at in range(1, 8)
    )
    return (
        f"<!DOCTYPE html><html lang='en'>{STYLE % align}<table><thead>{HEAD}</thead>{rows}</table>"
    )


@pytest.mark.parametrize("align", ["top", "middle", "bottom"])
@pytest.mark.parametrize("tagged", [True, False], ids=["tagged", "ruled"])
def test_rows_cut_by_the_page_are_whole_again(
    tmp_path: Path, to_pdf: Print, tagged: bool, align: str
) -> None:
    pdf = to_pdf(table(align))
    page = read(tmp_path, pdf if tagged else without_tags(pdf))
    assert [row.ref for row in page.rows] == [f"Z{at}" for at in range(1, 8)]
    assert [[cell.raw for cell in row.values.values()] for row in page.rows] == [
        [str(at), f"1,20{at}"] for at in range(1, 8)
    ]
    assert {row.commentary for row in page.rows} == {COMMENT}


@pytest.mark.parametrize("tagged", [True, False], ids=["tagged", "ruled"])
def test_merged_cells(tmp_path: Path, to_pdf: Print, tagged: bool) -> None:
    pdf = to_pdf(
        f"<!DOCTYPE html><html lang='en'>{STYLE % 'middle'}<table>"
        "<tr><th>Ref.</th><th>Indicator</th><th>Owner</th><th>May-21</th><th>Jun-21</th></tr>"
        "<tr><td>Z1</td><td>Enquiries</td><td rowspan=2>Avery Moss</td><td>1</td><td>2</td></tr>"
        "<tr><td>Z2</td><td>Answers</td><td>3</td><td>4</td></tr>"
        "<tr><td>Z3</td><td>Visits</td><td>Blair Finch</td><td colspan=2>7</td></tr>"
        "<tr><td colspan=5>A section</td></tr></table>"
    )
    page = read(tmp_path, pdf if tagged else without_tags(pdf))
    assert [row.owner for row in page.rows] == ["Avery Moss", "Avery Moss", "Blair Finch"]
    assert [[c.raw for c in row.values.values()] for row in page.rows] == [
        ["1", "2"], ["3", "4"], ["7", ""]
    ]  # fmt: skip
    assert [finding.rule for finding in page.findings] == ["unplaced-line", "merged-figure"]


def test_a_table_within_a_layout(tmp_path: Path, to_pdf: Print) -> None:
    pdf = to_pdf(
        "<!DOCTYPE html><html lang='en'><table><tr><td>Menu</td><td><table>"
        "<tr><th>Ref.</th><th>Indicator</th><th>May-21</th><th>Jun-21</th></tr>"
        "<tr><td>Z1</td><td>Enquiries</td><td></td><td>2</td></tr></table></td></tr></table>"
    )
    page = read(tmp_path, pdf)
    assert [cell.raw for cell in page.rows[0].values.values()] == ["", "2"]
