"""Tab-separated text and CSV, in every encoding and with every kind of quote."""

from __future__ import annotations

from pathlib import Path

import pytest
from records_pages import HEADER, ROWS, as_csv, as_tabs, only, read, rules

from openscorecard.periods import Month
from openscorecard.records.printed.page import PrintedPage

PAGE = [HEADER, *ROWS]


def same_figures(page: PrintedPage, other: PrintedPage) -> bool:
    return [row.values for row in page.rows] == [row.values for row in other.rows] and [
        row.commentary for row in page.rows
    ] == [row.commentary for row in other.rows]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_delimiters_and_encodings_give_one_page(tmp_path: Path, sign: str, encoding: str) -> None:
    expected = read(tmp_path, as_tabs(PAGE))
    page = read(tmp_path, as_csv(PAGE, sign).encode(encoding), "page.csv")
    assert same_figures(page, expected)


def test_windows_1252_is_read_and_said(tmp_path: Path) -> None:
    lines = [
        ["Ref.", "Indicator", "Jun-21", "Comment"],
        ["Z1", "Enquiries", "12", "Café’s £5 – ok"],
    ]
    page = read(tmp_path, as_csv(lines).encode("cp1252"), "page.csv")
    assert page.rows[0].commentary == "Café’s £5 – ok"
    assert "encoding" in rules(page)


def test_utf8_cut_in_the_middle_of_a_character_stays_utf8(tmp_path: Path) -> None:
    data = as_tabs(PAGE).encode()
    damaged = data.replace("⬇".encode(), "⬇".encode()[:2])
    page = read(tmp_path, damaged)
    assert only(page, "Z1").change_month.raw == "↑ 20%"  # type: ignore[union-attr]
    assert "damaged-text" in rules(page)


def test_a_quoted_cell_may_hold_line_breaks_quotes_and_delimiters(tmp_path: Path) -> None:
    said = 'First, a "quoted" word.\n\nThen more; and more.'
    lines = [["Ref.", "Indicator", "Jun-21", "Comment"], ["Z1", "Enquiries", "12", said],
             ["Z2", "Answers", "9", ""]]  # fmt: skip
    for sign in (",", ";", "\t"):
        page = read(tmp_path, as_csv(lines, sign), "page.csv")
        assert page.rows[0].commentary == said
        assert page.rows[1].line == 5  # the file's line: the comment fills three


def test_quotes_inside_pasted_text_are_text(tmp_path: Path) -> None:
    text = (
        "Ref.\tIndicator\tJun-21\tComment\n"
        'Z1\tEnquiries\t12\tthe "normal" life\n'
        'Z2\tAnswers\t9\t"normal" life returns\n'
        'Z3\tVisits\t8\t"a stray quote\n'
        'Z4\tPlans\t7\tends with one"\n'
    )
    page = read(tmp_path, text)
    assert [row.commentary for row in page.rows] == [
        'the "normal" life', '"normal" life returns', '"a stray quote', 'ends with one"'
    ]  # fmt: skip


def test_a_guard_against_formulas_is_taken_off_in_csv(tmp_path: Path) -> None:
    lines = [
        ["Ref.", "Indicator", "Jun-21", "% change from May-21"],
        ["Z1", "'=Sum", "12", "'- n/a"],
    ]
    page = read(tmp_path, as_csv(lines), "page.csv")
    assert page.rows[0].name == "=Sum"
    assert page.rows[0].change_month.status.value == "not-available"  # type: ignore[union-attr]


def test_titles_above_and_notes_below_are_named(tmp_path: Path) -> None:
    lines = [["Children's services"], ["June 2021"], [], HEADER, *ROWS, [], ["Source: our records"]]
    page = read(tmp_path, as_tabs(lines))
    loose = [f for f in page.findings if f.rule == "unplaced-line"]
    assert [f.severity.value for f in loose] == ["information", "information"]
    assert "Lines 1 to 2" in loose[0].message
    assert "Source: our records" in loose[1].message
    assert len(page.rows) == 3


def test_a_line_with_figures_that_is_no_row_is_a_warning(tmp_path: Path) -> None:
    lines = [["", "Total", "17", "18"], ["Ref", "Indicator", "May-21", "Jun-21"],
             ["Z1", "Enquiries", "1", "2"]]  # fmt: skip
    page = read(tmp_path, as_tabs(lines))
    assert [(f.rule, f.severity.value) for f in page.findings] == [("unplaced-line", "warning")]


def test_figures_without_a_reference_are_an_error(tmp_path: Path) -> None:
    lines = [["Ref", "Indicator", "May-21", "Jun-21"], ["Z1", "Enquiries", "1", "2"],
             ["", "Answers", "7", "8"]]  # fmt: skip
    page = read(tmp_path, as_tabs(lines))
    assert [row.ref for row in page.rows] == ["Z1"]
    (finding,) = page.findings
    assert (finding.rule, finding.severity.value) == ("row-without-ref", "error")
    assert "Answers" in finding.message
    assert "7, 8" in finding.message
    assert finding.place == "page.txt, line 3"


def test_a_row_without_any_figure_is_still_a_row(tmp_path: Path) -> None:
    lines = [["Ref", "Indicator", "Jun-21"], ["1.2a", "Enquiries", ""], ["Z1", "Answers", "3"],
             ["Notes", "Figures are rounded", ""]]  # fmt: skip
    page = read(tmp_path, as_tabs(lines))
    assert [row.ref for row in page.rows] == ["1.2a", "Z1"]
    assert rules(page) == ["unplaced-line", "row-without-figures"]


def test_tables_with_their_own_headers(tmp_path: Path) -> None:
    second = ["Reference", "Jun-21", "May-21", "Measure", "England"]
    lines = [HEADER, *ROWS, [], second, ["Y1", "5", "4", "Visits", "9"]]
    page = read(tmp_path, as_tabs(lines))
    assert page.tables == 2
    row = only(page, "Y1")
    assert {month.iso: cell.raw for month, cell in row.values.items()} == {
        "2021-05": "4", "2021-06": "5"
    }  # fmt: skip
    assert (row.table, row.line, row.name) == (2, 7, "Visits")
    assert row.sn is None
    assert row.eng is not None
    assert row.value(Month(2021, 4)).status.value == "blank"
    differ = [f for f in page.findings if f.rule == "columns-differ"]
    assert differ[0].severity.value == "warning"
    assert "months" in differ[0].message
    assert {f.severity.value for f in differ[1:]} == {"information"} or len(differ) > 1


def test_a_cell_without_a_header_is_named(tmp_path: Path) -> None:
    page = read(
        tmp_path, as_tabs([["Ref", "Indicator", "Jun-21", ""], ["Z1", "Calls", "1", "see x"]])
    )
    (finding,) = page.findings
    assert (finding.rule, finding.printed) == ("unplaced-cell", "see x")


def test_a_cell_that_cannot_be_read_is_named_and_keeps_its_text(tmp_path: Path) -> None:
    page = read(
        tmp_path, as_tabs([["Ref", "Indicator", "Jun-21"], ["Z1", "Enquiries", "about 12"]])
    )
    (finding,) = page.findings
    assert (finding.rule, finding.ref, finding.column) == ("unread-cell", "Z1", "2021-06")
    assert finding.printed == page.rows[0].value(Month(2021, 6)).raw == "about 12"


def test_a_row_that_lost_a_cell_is_a_warning(tmp_path: Path) -> None:
    short = [*ROWS[0][:6], *ROWS[0][7:]]  # May-21 is gone, and June stands in its place
    page = read(tmp_path, as_tabs([HEADER, short, *ROWS[1:]]))
    found = [f for f in page.findings if f.rule == "row-width"]
    assert [f.ref for f in found] == ["Z1"]


def test_blank_cells_left_off_the_end_are_no_warning(tmp_path: Path) -> None:
    lines = [["Ref", "Indicator", "Jun-21", "Comment"], ["Z1", "Enquiries", "1"],
             ["Z2", "Answers", "2", "Good."]]  # fmt: skip
    assert rules(read(tmp_path, as_tabs(lines))) == []


def test_a_row_cut_in_two_by_a_line_break_is_joined(tmp_path: Path) -> None:
    header = ["Ref.", "Indicator", "Owner/Reporter", "May-21", "Jun-21"]
    text = as_tabs([header]) + "Z1\tEnquiries\tAvery Moss\nBlair Finch\t12\t13\n"
    page = read(tmp_path, text)
    (row,) = page.rows
    assert (row.owner, row.reporter) == ("Avery Moss", "Blair Finch")
    assert [cell.raw for cell in row.values.values()] == ["12", "13"]
    assert rules(page) == ["joined-lines"]


def test_a_comment_that_runs_on_in_the_next_line_is_named(tmp_path: Path) -> None:
    text = "Ref\tIndicator\tJun-21\tComment\nZ1\tEnquiries\t1\tFirst.\nSecond sentence.\n"
    (finding,) = read(tmp_path, text).findings
    assert "Second sentence." in finding.message


def test_a_text_that_is_one_cell_wider_because_of_the_people_is_put_right(tmp_path: Path) -> None:
    header = ["Ref.", "Indicator", "Owner/Reporter", "Outcome", "May-21", "Jun-21", "Comment"]
    rows = [
        ["Z1", "Enquiries", "Avery Moss", "Blair Finch", "Families are heard.", "12", "13", "Up."]
    ]
    page = read(tmp_path, as_tabs([header, *rows]))
    row = page.rows[0]
    assert (row.owner, row.reporter, row.outcome) == (
        "Avery Moss", "Blair Finch", "Families are heard."
    )  # fmt: skip
    assert [cell.raw for cell in row.values.values()] == ["12", "13"]
    assert "row-realigned" in rules(page)


def test_another_councils_page(tmp_path: Path) -> None:
    months = ["June 2020", "July 2020", "August 2020", "September 2020", "October 2020",
              "November 2020", "December 2020", "January 2021", "February 2021", "March 2021",
              "April 2021", "May 2021", "June 2021"]  # fmt: skip
    header = ["Measure", *months, "North West", "Statistical neighbours"]
    lines = [["KPI", *header],
             ["CS-01", "Contacts per month", *map(str, range(100, 113)), "95", "97"],
             ["CS-02", "% of visits in time", *("90.5%" for _ in months), "88%", "-"]]  # fmt: skip
    page = read(tmp_path, as_csv(lines), "page.csv")
    assert len(page.months) == 13
    assert page.comparators == {"sn": "Statistical neighbours", "region": "North West"}
    row = only(page, "CS-02")
    assert (row.unit.value, row.value(Month(2021, 6)).decimals) == ("percent", 1)
    assert row.average_12m is row.change_month is row.eng is row.preferred_direction is None
    assert (row.owner, row.commentary) == ("", "")
    assert rules(page) == []


@pytest.mark.parametrize(
    ("name", "cells", "unit", "rule"),
    [
        ("Percentage of visits", ["91", "92"], "percent", None),
        ("Percentage of visits", ["0.91", "0.92"], "percent", "fractions-for-percentages"),
        ("Visits", ["91%", "92"], "percent", "mixed-units"),
        ("Visits", ["91", "92"], "count", None),
        ("Visits per 10,000 children", ["91", "92"], "per-10000", None),
        ("Visits, rate per 100,000", ["91", "92"], "per-100000", None),
        ("Visits per 1,000 children", ["91", "92"], "count", "unit-not-known"),
        ("Percentage point gap", ["912", "922"], "count", None),
    ],
)
def test_units(tmp_path: Path, name: str, cells: list[str], unit: str, rule: str | None) -> None:
    page = read(tmp_path, as_tabs([["Ref", "Indicator", "May-21", "Jun-21"], ["Z1", name, *cells]]))
    assert page.rows[0].unit.value == unit
    assert rules(page) == ([rule] if rule else [])


def test_a_sign_unlike_the_months_is_a_warning(tmp_path: Path) -> None:
    lines = [["Ref", "Indicator", "Jun-21", "12m avg", "SN", "ENG"],
             ["Z1", "Visits in time", "91%", "0.9", "88%", "0"],
             ["Z2", "Visits", "9", "8", "7%", "-"]]  # fmt: skip
    page = read(tmp_path, as_tabs(lines))
    assert [(f.rule, f.ref, f.column) for f in page.findings] == [
        ("mixed-units", "Z1", "average_12m"), ("mixed-units", "Z2", "sn")
    ]  # fmt: skip


def test_a_unit_column_is_heard(tmp_path: Path) -> None:
    lines = [["Ref", "Indicator", "Unit", "Jun-21"], ["Z1", "Visits in time", "%", "91"],
             ["Z2", "Visits", "Rate per 10,000", "12"]]  # fmt: skip
    assert [row.unit.value for row in read(tmp_path, as_tabs(lines)).rows] == [
        "percent",
        "per-10000",
    ]


def test_references_that_look_alike_are_two_and_said(tmp_path: Path) -> None:
    lines = [["Ref", "Indicator", "Jun-21"], ["Z1%", "Visits", "91"], ["z1 %", "Calls", "12"]]
    page = read(tmp_path, as_tabs(lines))
    assert (len(page.rows), rules(page)) == (2, ["refs-alike"])
