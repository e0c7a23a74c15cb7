"""A long table, one line a figure: the form in which we publish CSV."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from records_pages import as_csv, only, read

from openscorecard.errors import InputError
from openscorecard.periods import Month

HEADER = ["ref", "indicator", "section", "unit", "month", "measure", "value", "status", "printed"]
Z1 = ["Z1", "Answered in a day", "door", "percent"]
LINES = [
    HEADER,
    [*Z1, "2021-05", "value", "24.542", "value", "25%"],
    [*Z1, "2021-05", "numerator", "442", "value", "442"],
    [*Z1, "2021-06", "value", "16", "value", "16%"],
    [*Z1, "2021-06", "change_month", "-34.806", "value", "↓ -35%"],
    [*Z1, "2021-06", "change_year", "", "not-available", "n/a"],
    [*Z1, "2021-06", "average_12m", "21.5", "value", "22%"],
    [*Z1, "2021-06", "sn", "", "local", "Local"],
    ["Z2", "Small thing", "door", "per-10000", "2021-06", "value", "", "hidden", "[c]"],
]


def test_a_long_table_becomes_the_rows_of_a_page(tmp_path: Path) -> None:
    page = read(tmp_path, as_csv(LINES), "page.csv")
    assert (page.tables, page.months) == (1, (Month(2021, 5), Month(2021, 6)))
    row = only(page, "Z1")
    may = row.value(Month(2021, 5))
    assert (may.raw, may.number, may.exact) == ("25%", Fraction("24.542"), True)
    june = row.value(Month(2021, 6))
    assert (june.raw, june.number, june.exact, june.percent) == ("16%", 16, False, True)
    assert row.change_month is not None
    assert (row.change_month.raw, row.change_month.arrow) == ("↓ -35%", "down")
    assert row.change_year is not None
    assert row.change_year.status.value == "not-available"
    assert row.average_12m is not None
    assert row.average_12m.number == Fraction("21.5")
    assert row.sn is not None
    assert row.sn.status.value == "local"
    assert (row.unit.value, row.line, row.maximum_12m) == ("percent", 2, None)
    assert row.change_month_base == Month(2021, 5)


def test_what_is_hidden_has_no_number_and_what_has_no_place_is_said(tmp_path: Path) -> None:
    page = read(tmp_path, as_csv(LINES), "page.csv")
    row = only(page, "Z2")
    hidden = row.value(Month(2021, 6))
    assert (hidden.raw, hidden.status.value, hidden.number) == ("[c]", "text", None)
    assert row.value(Month(2021, 5)).status.value == "blank"
    assert row.unit.value == "per-10000"
    (finding,) = page.findings  # the section; a numerator is a measure that we know
    assert (finding.rule, finding.severity.value) == ("unplaced-header", "information")


def test_a_value_that_its_printed_form_contradicts_is_a_warning(tmp_path: Path) -> None:
    lines = [HEADER, [*Z1, "2021-06", "value", "61", "value", "16%"],
             [*Z1, "2021-06", "average_12m", "3", "hidden", "[c]"]]  # fmt: skip
    page = read(tmp_path, as_csv(lines), "page.csv")
    assert page.rows[0].value(Month(2021, 6)).number == 16
    assert [(f.rule, f.column) for f in page.findings if f.severity.value == "warning"] == [
        ("unread-cell", "2021-06"), ("unread-cell", "average_12m")
    ]  # fmt: skip
    average = page.rows[0].average_12m
    assert average is not None
    assert average.number is None


def test_two_lines_for_one_figure_stop_the_reading(tmp_path: Path) -> None:
    lines = [HEADER, [*Z1, "2021-06", "value", "16", "value", "16%"],
             [*Z1, "2021-06", "value", "17", "value", "17%"]]  # fmt: skip
    with pytest.raises(InputError, match="line 2") as raised:
        read(tmp_path, as_csv(lines), "page.csv")
    assert raised.value.where == f"{tmp_path / 'page.csv'}, line 3"


def test_a_plain_long_table_of_another_council(tmp_path: Path) -> None:
    lines = [["KPI", "Period", "Value"], ["A1", "Jun-21", "1,204"], ["A1", "May-21", "980"],
             ["A2", "sometime", "3"]]  # fmt: skip
    page = read(tmp_path, as_csv(lines), "page.csv")
    assert [cell.raw for cell in page.rows[0].values.values()] == ["980", "1,204"]
    (finding,) = page.findings
    assert (finding.rule, finding.severity.value) == ("unplaced-line", "warning")


def test_our_own_columns_beside_the_figures_are_one_remark(tmp_path: Path) -> None:
    more = ["note", "council", "audience", "revised", "comparator_period", "mood"]
    beside = ["a note", "Example Council", "public", "no", "2020", "good"]
    lines = [[*HEADER, *more], [*Z1, "2021-06", "value", "16", "value", "16%", *beside]]
    page = read(tmp_path, as_csv(lines), "page.csv")
    assert [f.severity.value for f in page.findings] == ["warning", "information"]
    assert "“mood”" in page.findings[0].message  # that one we do not know
    assert page.findings[1].message == (
        "The columns “section”, “note”, “council”, “audience”, “revised”, “comparator_period” have "
        "no place in a page; they were not read."
    )


def test_the_unit_is_that_of_the_figures_not_of_a_change_or_a_numerator(tmp_path: Path) -> None:
    about = ["Z3", "Seen, per head", "door"]
    lines = [
        HEADER,
        [*about, "percent", "2021-06", "change_month", "5", "value", "5%"],
        [*about, "count", "2021-06", "numerator", "31", "value", "31"],
        [*about, "per-10000", "2021-06", "value", "16.25", "value", "16"],
    ]
    row = only(read(tmp_path, as_csv(lines), "page.csv"), "Z3")
    assert row.unit.value == "per-10000"
    assert row.line == 4


def test_printed_digits_come_back_with_the_number_beneath(tmp_path: Path) -> None:
    lines = [HEADER, [*Z1, "2021-06", "value", "94.76861167", "value", "94.8%"]]
    cell = read(tmp_path, as_csv(lines), "page.csv").rows[0].value(Month(2021, 6))
    assert (cell.raw, cell.decimals, cell.number) == ("94.8%", 1, Fraction("94.76861167"))
