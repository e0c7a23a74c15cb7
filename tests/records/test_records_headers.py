"""What headers mean, by their words."""

from __future__ import annotations

from pathlib import Path

import pytest
from records_pages import HEADER, ROWS, as_tabs, only, read, rules

from openscorecard.periods import Month
from openscorecard.records.printed.grid import RawCell
from openscorecard.records.printed.headers import heading
from openscorecard.records.printed.months import month_of


@pytest.mark.parametrize(
    "text",
    ["Dec-20", "Dec 20", "Dec 2020", "December 2020", "december-2020", "Dec. 2020", "Dec'20",
     "2020-12", "2020/12", "12/2020", "12-2020", "31/12/2020", "31/12/20", "31-12-2020",
     "2020-12-31", "2020-12-31 00:00:00", "31 December 2020", "31st Dec 2020", "Dec-20*",
     "Dec-20 [p]", "Dec 2020 (provisional)", "Month ending 31/12/2020", "Dec-20¹", "Dec-20 (1)",
     "Dec-20 [note 1]", "Dec-20 p", "Dec 20 provisional", "Dec-20 (prov)", "Dec-20 Actual",
     "2020-12¹", "202012"],
)  # fmt: skip
def test_a_month_in_every_form(text: str) -> None:
    assert month_of(text) == Month(2020, 12)


def test_september_has_a_fourth_letter_in_britain() -> None:
    assert month_of("Sept-20") == month_of("Sep 2020") == Month(2020, 9)


@pytest.mark.parametrize(
    "text", ["Dec", "20-Dec", "2020", "2019-20", "2020/21", "13/2020", "12/31/2020", "31/02/2021",
             "Q1 2021", "YTD", "12-mnth avg", "Apr-Jun 2021", "Mayor 2020",
             f"Dec-20{'*' * 33}x", "Dec-20 Target", "0000-01", "44166"]
)  # fmt: skip
def test_what_is_not_certainly_a_month_is_none(text: str) -> None:
    assert month_of(text) is None


MEANINGS = {
    "ref": ["Ref.", "Ref", "Reference", "ID", "KPI", "KPI ref", "Indicator ID", "Code"],
    "name": ["Indicator", "Measure", "Description", "Performance indicator", "Name"],
    "owner": ["Owner", "Lead", "Lead officer", "Service Manager", "Responsible Officer"],
    "reporter": ["Reporter", "Reporter:", "Reported by"],
    "owner and reporter": ["Owner/Reporter", "Owner/ Reporter", "Owner / Reporter",
                           "Owner & Reporter", "Owner and reporter", "Owner\nReporter",
                           "Owner (Reporter)"],
    "outcome": ["Outcome", "Outcome (what impact)", "Outcomes for children"],
    "preferred_direction": ["Preferred DoT", "Preferred direction", "Good is", "Polarity",
                            "Good to be high or low"],
    "average_12m": ["12-mnth avg", "12 month average", "12-month average", "Rolling average",
                    "Average (12 months)", "12m avg", "Average over the last 12 months"],
    "maximum_12m": ["12-mnth max.", "12 month maximum", "12m max", "Max (12 months)"],
    "sn": ["SN", "SNs", "Statistical neighbours", "Statistical Neighbour average",
           "SN average (2019-20)", "Stat. neighbours", "Statistical neighbors",
           "Stat Nbrs", "Stat. Neigh.", "Stat. Neigh. Avg"],
    "eng": ["ENG", "England", "National", "England average", "England 2019/20", "Eng.",
            "All England", "Comparator: England"],
    "region": ["SE region", "South East", "Region", "Regional average", "NW region", "North West",
               "East Midlands", "East of England", "London", "Yorkshire and the Humber",
               "Y&H region", "SW", "South-West region", "Our region"],
    "commentary": ["Commentary", "Commentary (Jun-21):", "Comments", "Narrative",
                   "Reporter's comments", "Comment June 2021", "Analyst comment"],
    "change": ["% change from May-21", "Change on May-21", "% change from last month",
               "Change on previous month", "Change since same month last year", "Variance"],
    "not read": ["RAG", "Target", "Target 2023/24", "Jul-23 Target", "YTD", "Year to date", "Q1",
                 "YTD 2021/22", "Q1 2021/22", "2018/19", "2010/11", "RAG rating"],
    "unknown": ["3 month average", "Englandshire", "Average",
                "Referrals"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("role", "text"), [(role, text) for role, texts in MEANINGS.items() for text in texts]
)
def test_headers_by_meaning(role: str, text: str) -> None:
    assert heading(RawCell(text)).role == role


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    order = [16, 7, 6, 5, 0, 15, 14, 13, 12, 11, 10, 9, 8, 4, 3, 2, 1]
    mixed = [[line[place] for place in order] for line in (HEADER, *ROWS)]
    straight = read(tmp_path, as_tabs([HEADER, *ROWS]))
    page = read(tmp_path, as_tabs(mixed))
    assert page.rows == straight.rows
    assert page.months == (Month(2021, 4), Month(2021, 5), Month(2021, 6))
    assert page.report_month == Month(2021, 6)


def test_the_months_base_decides_which_change_it_is(tmp_path: Path) -> None:
    header = ["Ref", "Indicator", "Jun-21", "Change on Jun-20", "Change on May-21"]
    row = only(read(tmp_path, as_tabs([header, ["Z1", "Enquiries", "12", "5%", "7%"]])), "Z1")
    assert row.change_year is not None
    assert row.change_month is not None
    assert (row.change_year.raw, row.change_month.raw) == ("5%", "7%")
    assert (row.change_year_base, row.change_month_base) == (Month(2020, 6), Month(2021, 5))


def test_changes_from_last_month_and_last_year_in_words(tmp_path: Path) -> None:
    header = ["Ref", "Indicator", "Jun-21", "% change from last month",
              "% change from same month last year"]  # fmt: skip
    row = only(read(tmp_path, as_tabs([header, ["Z1", "Enquiries", "12", "5%", "7%"]])), "Z1")
    assert row.change_month is not None
    assert row.change_year is not None
    assert (row.change_month.raw, row.change_month_base) == ("5%", Month(2021, 5))
    assert (row.change_year.raw, row.change_year_base) == ("7%", Month(2020, 6))


def test_a_header_that_we_do_not_know_is_named_and_so_is_one_that_stands_twice(
    tmp_path: Path,
) -> None:
    header = ["Ref", "Indicator", "Jun-21", "Zeal", "SN", "Stat neighbours", "% change", "Section"]
    page = read(tmp_path, as_tabs([header, ["Z1", "Enquiries", "12", "Red", "5", "6", "1%", "A"]]))
    found = {f.printed: f for f in page.findings if f.rule == "unplaced-header"}
    assert list(found) == ["Zeal", "Stat neighbours", "% change", "Section"]
    assert "none that we know" in found["Zeal"].message
    assert "already" in found["Stat neighbours"].message
    assert "from which month" in found["% change"].message
    assert found["Zeal"].severity.value == "warning"
    assert found["Section"].severity.value == "information"
    assert found["Zeal"].place == "page.txt, line 1"


def test_a_column_of_note_marks_holds_nothing_and_one_of_notes_is_named(tmp_path: Path) -> None:
    header = ["Ref", "Indicator", "Jun-21", "Notes"]
    marks = [["Z1", "Enquiries", "12", "[note 1] [note 12]"], ["Z2", "Visits", "7", ""]]
    assert rules(read(tmp_path, as_tabs([header, *marks]))) == []
    said = [["Z1", "Enquiries", "12", "[note 1]"], ["Z2", "Visits", "7", "[note 2] late records"]]
    (finding,) = read(tmp_path, as_tabs([header, *said])).findings
    assert (finding.rule, finding.severity.value) == ("unplaced-header", "information")
    assert "its 2 cells were not read" in finding.message


def test_kpi_is_the_name_where_another_column_is_the_reference(tmp_path: Path) -> None:
    page = read(tmp_path, as_tabs([["ID", "KPI", "Jun-21"], ["Z1", "Enquiries", "12"]]))
    assert (page.rows[0].ref, page.rows[0].name) == ("Z1", "Enquiries")
    page = read(tmp_path, as_tabs([["KPI", "Measure", "Jun-21"], ["Z1", "Enquiries", "12"]]))
    assert (page.rows[0].ref, page.rows[0].name) == ("Z1", "Enquiries")


def test_a_table_without_references_is_read_by_its_names(tmp_path: Path) -> None:
    page = read(tmp_path, as_tabs([["Indicator", "May-21", "Jun-21"], ["Enquiries", "12", "13"]]))
    assert page.rows[0].ref == "Enquiries"
    assert rules(page) == ["no-ref-column"]


def test_a_comparators_header_is_kept_as_printed(tmp_path: Path) -> None:
    header = ["Ref", "Jun-21", "Statistical neighbours", "National", "North West"]
    page = read(tmp_path, as_tabs([header, ["Z1", "12", "13", "14", "15"]]))
    assert page.comparators == {
        "sn": "Statistical neighbours", "eng": "National", "region": "North West"
    }  # fmt: skip


def test_the_month_of_the_commentary(tmp_path: Path) -> None:
    page = read(tmp_path, as_tabs([HEADER, *ROWS]))
    assert page.rows[0].comment_month == Month(2021, 6)
    assert page.rows[0].has_commentary_column
    page = read(tmp_path, as_tabs([["Ref", "Jun-21"], ["Z1", "12"]]))
    assert page.rows[0].comment_month is None
    assert not page.rows[0].has_commentary_column
