"""Web pages: several tables, merged cells, drawings and hidden words."""

from __future__ import annotations

from pathlib import Path

from records_pages import HEADER, ROWS, as_html, as_tabs, only, read, rules

from openscorecard.periods import Month
from openscorecard.units import Arrow


def test_a_web_page_reads_as_the_text_does(tmp_path: Path) -> None:
    page = read(tmp_path, as_html([HEADER, *ROWS]), "page.html")
    text = read(tmp_path, as_tabs([HEADER, *ROWS]))
    assert [row.values for row in page.rows] == [row.values for row in text.rows]
    assert [row.owner for row in page.rows] == [row.owner for row in text.rows]


PUBLISHED = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>x</title>
<style>td { color: red }</style></head><body><table><tr><td>a layout</td></tr></table>
<table><caption>Front door</caption><thead><tr><th scope="col">Ref.</th><th>Indicator</th>
<th>Owner/<br>Reporter</th><th>May-21</th><th>Jun-21</th>
<th>% change from <span class="nowrap">May-21</span></th><th>Preferred direction</th>
<th>Commentary</th></tr></thead>
<tbody><tr><th scope="row">Z1</th><td>Enquiries</td><td>Avery Moss<br>Blair Finch</td>
<td>1,204</td>
<td>■ 1,507 <svg viewBox="0 0 1 1"><title>rose</title><text>99</text></svg></td>
<td><span aria-hidden="true">↑</span><span class="vh">up by</span> 25%</td><td>▲ up</td>
<td>First line.<br>Second &amp; last.<script>alert(1)</script><p>A paragraph</p></td></tr>
<tr><th scope="row">Z2</th><td>Answers</td><td>Avery Moss<br>Blair Finch</td>
<td>[c]</td><td><span class="visually-hidden">hidden</span>[c]</td><td>[c]</td><td>none</td>
<td></td></tr></tbody></table></body></html>"""


def test_what_a_reader_sees_is_what_counts(tmp_path: Path) -> None:
    page = read(tmp_path, PUBLISHED, "page.html")
    row = only(page, "Z1")
    assert row.value(Month(2021, 6)).number == 1507
    assert row.change_month is not None
    assert (row.change_month.raw, row.change_month.arrow) == ("↑ 25%", Arrow.UP)
    assert row.commentary == "First line.\nSecond & last.\nA paragraph"
    assert (row.owner, row.reporter) == ("Avery Moss", "Blair Finch")
    assert row.preferred_direction == "up"
    assert row.line == 7  # where the row begins in the file
    assert only(page, "Z2").value(Month(2021, 6)).raw == "[c]"
    assert rules(page) == ["no-table"]  # the layout table


def test_merged_cells(tmp_path: Path) -> None:
    page = read(
        tmp_path,
        """<table><tr><th rowspan=2>Ref</th><th rowspan=2>Indicator</th><th rowspan=2>Owner</th>
        <th colspan=2>Months</th></tr><tr><th>May-21</th><th>Jun-21</th></tr>
        <tr><td>Z1</td><td>Enquiries</td><td rowspan=2>Avery Moss</td><td>1</td><td>2</td></tr>
        <tr><td>Z2</td><td>Answers</td><td>3</td><td>4</td></tr>
        <tr><td>Z3</td><td>Visits</td><td>Blair Finch</td><td colspan=2>7</td></tr>
        <tr><td colspan=5>A section</td></tr></table>""",
        "page.html",
    )
    assert [row.owner for row in page.rows] == ["Avery Moss", "Avery Moss", "Blair Finch"]
    assert [[c.raw for c in row.values.values()] for row in page.rows] == [
        ["1", "2"], ["3", "4"], ["7", ""]
    ]  # fmt: skip
    assert rules(page) == ["unplaced-line", "unplaced-line", "merged-figure"]
    assert page.findings[-1].ref == "Z3"


def test_one_header_over_owner_and_reporter(tmp_path: Path) -> None:
    page = read(
        tmp_path,
        """<table><tr><th>Ref</th><th colspan=2>Owner/Reporter</th><th>Jun-21</th></tr>
        <tr><td>Z1</td><td>Avery Moss</td><td>Blair Finch</td><td>5</td></tr></table>""",
        "page.html",
    )
    assert (page.rows[0].owner, page.rows[0].reporter) == ("Avery Moss", "Blair Finch")


def test_italics_show_an_outcome_that_slipped(tmp_path: Path) -> None:
    page = read(
        tmp_path,
        """<table><tr><th>Ref</th><th>Owner/Reporter</th><th>Outcome</th><th>Jun-21</th></tr>
        <tr><td>Z1</td><td>Avery Moss</td><td>Blair Finch <em>Families are heard.</em></td>
        <td>5</td></tr></table>""",
        "page.html",
    )
    row = page.rows[0]
    assert (row.reporter, row.outcome) == ("Blair Finch", "Families are heard.")


def test_a_page_in_windows_1252_that_says_so(tmp_path: Path) -> None:
    text = (
        '<html><head><meta charset="windows-1252"></head><table><tr><th>Ref<th>Jun-21<th>Comment'
        "<tr><td>Z1<td>5<td>Café</table>"
    )
    page = read(tmp_path, text.encode("cp1252"), "page.html")
    assert page.rows[0].commentary == "Café"


def test_a_spreadsheets_web_page_by_another_name(tmp_path: Path) -> None:
    page = read(tmp_path, as_html([HEADER, *ROWS]), "page.xls")
    assert len(page.rows) == 3
