"""The month that a page reports, where a table of it has no figure for that month."""

from __future__ import annotations

from pathlib import Path

from openscorecard.periods import Month
from openscorecard.records.printed.page import PrintedPage
from openscorecard.records.printed.read import read_page

HEAD = "Ref.\tIndicator\tApr-21\tMay-21\tJun-21\tChange on {}\tChange on {}\n"
MONTHLY = HEAD.format("May-21", "Jun-20") + "M1\tContacts\t1,630\t1,801\t2,080\t15%\t48%\n"
JUNE, MAY = Month(2021, 6), Month(2021, 5)


def read(tmp_path: Path, text: str) -> PrintedPage:
    (tmp_path / "page.tsv").write_text(text, encoding="utf-8")
    return read_page(tmp_path / "page.tsv")


def test_a_table_without_a_figure_for_the_page_s_month_has_its_changes_all_the_same(
    tmp_path: Path,
) -> None:
    """The quarter's figure has not come: the newest in its table is April's, and its heads still
    speak of the changes to June."""
    quarterly = HEAD.format("May-21", "Jun-20") + "FM1\tFamilies\t23\t[x]\t[x]\tn/a\tn/a\n"
    page = read(tmp_path, MONTHLY + "\n" + quarterly)
    assert page.report_month == JUNE
    assert [row.change_month_base for row in page.rows] == [MAY, MAY]
    assert [row.change_year_base for row in page.rows] == [Month(2020, 6)] * 2
    assert [finding.rule for finding in page.findings] == []


def test_a_table_whose_changes_are_reckoned_from_its_own_newest_month_stands_for_itself(
    tmp_path: Path,
) -> None:
    """The partners' table reports April: both its heads say so."""
    late = HEAD.format("Mar-21", "Apr-20") + "YO2\tEntrants\t23\t\t\t10%\t20%\n"
    first, second = read(tmp_path, MONTHLY + "\n" + late).rows
    assert first.change_month_base == MAY
    assert (second.change_month_base, second.change_year_base) == (
        Month(2021, 3), Month(2020, 4),
    )  # fmt: skip


def test_a_first_line_that_says_which_month_a_comment_is_about_is_none_of_it(
    tmp_path: Path,
) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<table><tr><th>Ref.<th>Indicator<th>May-21<th>Jun-21<th>Commentary (Jun-21)</tr>"
        "<tr><td>M1<td>Contacts<td>7<td>8<td>About May 2021.<br>It rose.</tr>"
        "<tr><td>M2<td>Referrals<td>7<td>8<td>About May 2021.</tr>"
        "<tr><td>M3<td>Cases<td>7<td>8<td>About half.<br>Fewer.</tr></table>",
        encoding="utf-8",
    )
    read_ = read_page(page)
    assert [row.commentary for row in read_.rows] == [
        "It rose.", "About May 2021.", "About half.\nFewer.",
    ]  # fmt: skip
    (found,) = read_.findings
    assert (found.rule, found.ref) == ("comment-of-another-month", "M1")
    assert "May 2021" in found.message
