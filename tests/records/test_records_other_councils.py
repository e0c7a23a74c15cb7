"""Pages of other councils: notes on months, section lines, headers of two lines, slips in them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from records_pages import as_csv, only, read, rules

from openscorecard.errors import InputError
from openscorecard.findings import Severity
from openscorecard.periods import Month
from openscorecard.records.printed.page import PrintedPage
from openscorecard.records.printed.read import read_page

JUNE = Month(2021, 6)
HEADER = ["Ref", "Indicator", "Apr-21", "May-21", "Jun-21"]


def page_of(folder: Path, header: list[str], *rows: list[str]) -> PrintedPage:
    return read(folder, as_csv([header, *rows]), "page.csv")


def refused(folder: Path, header: list[str], *rows: list[str]) -> str:
    with pytest.raises(InputError) as error:
        page_of(folder, header, *rows)
    return str(error.value)


def a_sheet(*lines: list[object]) -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for line in lines:
        sheet.append(line)
    return book, sheet


def saved(folder: Path, book: openpyxl.Workbook) -> Path:
    path = folder / "page.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("sign", ["\t", ","])
def test_a_section_line_is_no_part_of_the_row_below_it(tmp_path: Path, sign: str) -> None:
    lines = [HEADER, ["Front door"], ["K1", "Contacts", "3", "4", "5"], ["Care"],
             ["K2", "Children", "6", "7", "8"]]  # fmt: skip
    page = read(tmp_path, "".join(sign.join(line) + "\n" for line in lines))
    assert [(row.ref, row.line) for row in page.rows] == [("K1", 3), ("K2", 5)]
    (finding,) = page.findings
    assert (finding.rule, finding.severity) == ("unplaced-line", Severity.INFORMATION)
    assert "“Front door”, “Care”" in finding.message


def test_days_without_a_year_are_refused_with_their_cause(tmp_path: Path) -> None:
    text = refused(tmp_path, ["Ref", "Indicator", "20-Dec", "21-Jan"], ["K1", "Contacts", "1", "2"])
    assert "a spreadsheet turns a month such as Jun-21 into 21 June" in text
    assert "write the months as 2022-06" in text


@pytest.mark.parametrize("code", ["d-mmm", "mm/dd/yy"])
def test_days_in_a_workbook_that_were_months_are_refused(tmp_path: Path, code: str) -> None:
    """Dec-21, Jan-22 and Feb-22, typed in 2026."""
    import datetime as dt

    days = [dt.datetime(2026, 12, 21), dt.datetime(2026, 1, 22), dt.datetime(2026, 2, 22)]
    book, sheet = a_sheet(["Ref", "Indicator", *days], ["K1", "Contacts", 1, 2, 3])
    for name in ("C1", "D1", "E1"):
        sheet[name].number_format = code
    with pytest.raises(InputError, match="a spreadsheet"):
        read_page(saved(tmp_path, book))


def test_one_day_in_every_header_is_an_error_that_names_the_months_meant(tmp_path: Path) -> None:
    header = ["Ref", "Indicator", "2026-05-22", "2026-06-22"]
    page = page_of(tmp_path, header, ["K1", "Contacts", "1", "2"])
    (finding,) = page.findings
    assert (finding.rule, finding.severity) == ("months-as-days", Severity.ERROR)
    assert "makes that of May-22, Jun-22" in finding.message


@pytest.mark.parametrize(
    "days",
    [["30/04/2021", "31/05/2021"], ["01/04/2021", "01/05/2021"], ["28/04/2021", "28/05/2021"]],
)  # fmt: skip
def test_first_and_last_days_of_months_are_months(tmp_path: Path, days: list[str]) -> None:
    page = page_of(tmp_path, ["Ref", "Indicator", *days], ["K1", "Contacts", "1", "2"])
    assert (page.months, page.findings) == ((Month(2021, 4), Month(2021, 5)), ())


def test_american_dates_are_named_as_such(tmp_path: Path) -> None:
    header = ["Ref", "Indicator", "3/1/2021", "4/1/2021"]
    assert "where the month stands first" in refused(tmp_path, header, ["K1", "A", "1", "2"])


def test_financial_years_are_no_months(tmp_path: Path) -> None:
    header = ["Ref", "Indicator", "2009/10", "2010/11", "Jan 2012"]
    page = page_of(tmp_path, header, ["K1", "Contacts", "100", "110", "9"])
    assert page.months == (Month(2012, 1),)
    assert [(f.rule, f.severity) for f in page.findings] == [
        ("unplaced-header", Severity.INFORMATION)
    ] * 2


def test_2010_11_is_november_among_months_written_so(tmp_path: Path) -> None:
    header = ["Ref", "Indicator", "2010/10", "2010/11", "2010/12"]
    page = page_of(tmp_path, header, ["K1", "Contacts", "100", "110", "90"])
    assert page.months == (Month(2010, 10), Month(2010, 11), Month(2010, 12))


def test_a_note_on_the_report_month_does_not_lose_it(tmp_path: Path) -> None:
    header = [*HEADER[:4], "Jun-21¹", "% change from May-21"]
    page = page_of(tmp_path, header, ["K1", "Contacts", "3", "4", "5¹", "25%"])
    assert page.months[-1] == JUNE
    row = only(page, "K1")
    assert (row.value(JUNE).number, row.change_month_base) == (5, Month(2021, 5))


def test_a_header_with_a_month_in_it_that_was_not_read_is_named_so(tmp_path: Path) -> None:
    page = page_of(tmp_path, [*HEADER[:4], "Jun-21 week 1"], ["K1", "Contacts", "3", "4", "5"])
    (finding,) = page.findings
    assert "names the month Jun-21" in finding.message
    assert "head the column Jun-21" in finding.message


def test_a_wrong_year_in_a_header_shows_in_the_order(tmp_path: Path) -> None:
    header = ["Ref", "Indicator", "Dec-21", "Jan-21", "Feb-22"]
    page = page_of(tmp_path, header, ["K1", "Contacts", "3", "4", "5"])
    found = {f.rule: f.severity for f in page.findings}
    assert found["months-out-of-order"] is found["months-with-gaps"] is Severity.WARNING


def test_last_years_month_and_quarters_are_no_slips(tmp_path: Path) -> None:
    for months in (["Jun-20", "May-21", "Jun-21"], ["Dec-20", "Mar-21", "Jun-21"]):
        page = page_of(tmp_path, ["Ref", "Indicator", *months], ["K1", "Contacts", "3", "4", "5"])
        assert [f.severity for f in page.findings] == [Severity.INFORMATION]


def test_a_heading_of_the_month_before_that_was_not_moved_on_keeps_its_column(
    tmp_path: Path,
) -> None:
    header = [*HEADER, "% change from Apr-21", "% change from May-20"]
    row = only(page_of(tmp_path, header, ["K1", "Contacts", "3", "4", "5", "67%", "9%"]), "K1")
    assert (row.change_month_base, row.change_year_base) == (Month(2021, 4), Month(2020, 5))


@pytest.mark.parametrize(
    ("base", "back"), [("Mar-21", "3 months"), ("Jun-19", "24 months"), ("Jun-21", "no month")]
)
def test_a_change_from_another_month_is_not_taken_for_last_months(
    tmp_path: Path, base: str, back: str
) -> None:
    header = [*HEADER, f"% change since {base}"]
    page = page_of(tmp_path, header, ["K1", "Contacts", "3", "4", "5", "67%"])
    assert only(page, "K1").change_month is None
    (finding,) = page.findings
    assert (finding.severity, back in finding.message) == (Severity.WARNING, True)


def test_columns_for_the_months_to_come_do_not_move_the_changes(tmp_path: Path) -> None:
    header = ["Ref", "Indicator", "May-21", "Jun-21", "Jul-21", "Aug-21", "Change on last month",
              "Change from Jun-20"]  # fmt: skip
    row = only(page_of(tmp_path, header, ["K1", "Contacts", "4", "5", "", "", "25%", "1%"]), "K1")
    assert (row.change_month_base, row.change_year_base) == (Month(2021, 5), Month(2020, 6))


def test_a_month_over_number_and_percentage_gives_each_row_its_own(tmp_path: Path) -> None:
    book, sheet = a_sheet(
        ["Ref", "Indicator", "May-21", None, "Jun-21", None],
        [None, None, "Number", "%", "Number", "%"],
        ["K1", "Contacts", 120, "50%", 130, "51%"],
        ["K2", "Percentage of contacts answered", 60, "50%", 65, "52%"],
    )
    sheet.merge_cells("C1:D1")
    sheet.merge_cells("E1:F1")
    page = read_page(saved(tmp_path, book))
    assert only(page, "K1").value(JUNE).number == 130
    assert only(page, "K2").value(JUNE).number == 52
    (finding,) = page.findings
    assert (finding.rule, finding.severity) == ("month-columns", Severity.INFORMATION)
    assert "K2" in finding.message


def test_sub_headings_that_we_do_not_know_are_said(tmp_path: Path) -> None:
    book, sheet = a_sheet(
        ["Ref", "Indicator", "Jun-21", None], [None, None, "North", "South"], ["K1", "A", 1, 2]
    )
    sheet.merge_cells("C1:D1")
    (finding,) = read_page(saved(tmp_path, book)).findings
    assert (finding.rule, finding.severity) == ("month-columns", Severity.WARNING)


def test_like_findings_of_a_column_are_joined(tmp_path: Path) -> None:
    rows = [[f"K{n}", "Contacts", "3", "4", "5", f"? {n}%"] for n in range(1, 9)]
    page = page_of(tmp_path, [*HEADER, "% change from May-21"], *rows)
    (finding,) = [f for f in page.findings if f.rule == "unread-cell"]
    assert (finding.ref, finding.column) == ("K1", "change_month")
    assert "7 more cells (K2, K3, K4, K5, K6, K7, K8)" in finding.message


def test_points_and_brackets_in_a_change(tmp_path: Path) -> None:
    header = [*HEADER, "Change from May-21", "Change from Jun-20"]
    page = page_of(tmp_path, header, ["K1", "A", "(3)", "4%", "5%", "-9 pts", "(5%)"],
                   ["K2", "B", "3%", "4%", "5%", "+2pp", "▼ 3 pts"])  # fmt: skip
    row, other = only(page, "K1"), only(page, "K2")
    assert row.change_month is not None and row.change_year is not None  # noqa: PT018
    assert other.change_month is not None and other.change_year is not None  # noqa: PT018
    assert (row.change_month.number, row.change_month.percent) == (-9, False)
    assert (row.change_year.number, row.change_year.raw) == (-5, "(5%)")
    assert (other.change_month.number, other.change_year.number) == (2, 3)
    assert row.value(Month(2021, 4)).number is None  # brackets mean a fall among changes alone
    assert "read as a fall" in next(f for f in page.findings if f.rule == "cell-with-care").message


def test_a_header_of_two_lines_is_read_as_one(tmp_path: Path) -> None:
    lines = [["Ref", "Indicator", "Owner", "Last months", "", "Comments"],
             ["", "", "", "May-21", "Jun-21", ""],
             ["K1", "Contacts", "Avery Moss", "4", "5", "Fewer."]]  # fmt: skip
    row = only(read(tmp_path, as_csv(lines)), "K1")
    assert (row.value(JUNE).number, row.owner, row.commentary) == (5, "Avery Moss", "Fewer.")


def test_a_reference_merged_over_two_rows_asks_for_one_each(tmp_path: Path) -> None:
    book, sheet = a_sheet(["Ref", "Indicator", "Jun-21"], ["K1", "A", 1], [None, "B", 2])
    sheet.merge_cells("A2:A3")
    (finding,) = read_page(saved(tmp_path, book)).findings
    assert (finding.rule, finding.severity) == ("row-without-ref", Severity.ERROR)
    assert "Give each row its own reference" in finding.message


def test_a_nought_that_a_workbook_drops_is_named(tmp_path: Path) -> None:
    book, _ = a_sheet(["Ref", "Indicator", "Jun-21"], [1.1, "A", 1], [1.10, "B", 2])
    with pytest.raises(InputError, match=r"turns 1\.10 into 1\.1"):
        read_page(saved(tmp_path, book))


def test_responsible_officer_is_the_reporter_beside_an_owner(tmp_path: Path) -> None:
    header = [*HEADER, "Accountable Officer", "Responsible Officer"]
    page = page_of(tmp_path, header, ["K1", "A", "1", "2", "3", "Avery Moss", "Blair Finch"])
    row = only(page, "K1")
    assert (row.owner, row.reporter, rules(page)) == ("Avery Moss", "Blair Finch", [])
