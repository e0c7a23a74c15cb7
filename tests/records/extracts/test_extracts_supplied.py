"""Figures that other teams send."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from openscorecard.errors import InputError
from openscorecard.findings import Severity
from openscorecard.periods import Month
from openscorecard.records.extracts.supplied import (
    Expectations,
    SuppliedFigure,
    is_supplied,
    read_supplied,
)
from openscorecard.units import Unit

EXPECTED = Expectations(
    {
        "LSCB17a": Unit.PERCENT,
        "YO2": Unit.PER_100000,
        "FM011": Unit.COUNT,
        "M2": Unit.COUNT,
    },
    {"FM011"},
    {"M2"},
)
JUNE = Month(2021, 6)


def read(path: Path) -> tuple[tuple[SuppliedFigure, ...], list[str]]:
    figures, found = read_supplied(path, path.name, EXPECTED)
    return figures, [one.rule for one in found]


def csv_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "supplied_figures.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_line_is_a_figure_and_a_blank_is_none(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path,
        "Ref,Month,Value,Numerator,Denominator\n"
        "LSCB17a,2021-06,3.4%,17,500\n"
        "YO2,30/06/2021,,,\n"
        'FM011,Jun-21,"1,234",,\n',
    )
    assert read(path) == (
        (
            SuppliedFigure("LSCB17a", JUNE, Fraction(34, 10), Fraction(17), Fraction(500)),
            SuppliedFigure("YO2", JUNE, None),
            SuppliedFigure("FM011", JUNE, Fraction(1234)),
        ),
        [],
    )


@pytest.mark.parametrize(
    ("line", "rule", "place"),
    [
        ("XX,2021-06,1", "unknown-ref", "row 2, column ref"),
        ("YO2,soon,1", "bad-month", "row 2, column month"),
        ("FM011,2021-05,1", "bad-month", "row 2, column month"),  # no quarter ends in May
        ("YO2,2021-06,many", "bad-number", "row 2, column value"),
        ("YO2,2021-06,-1", "bad-number", "row 2, column value"),
        ("YO2,2021-06,12%", "bad-number", "row 2, column value"),
        ("YO2,2021-06,1\nYO2,2021-06,2", "doubled-figure", "row 3"),
    ],
)
def test_what_is_not_certain_is_not_taken(tmp_path: Path, line: str, rule: str, place: str) -> None:
    path = csv_file(tmp_path, f"ref,month,value\n{line}\n")
    figures, found = read_supplied(path, path.name, EXPECTED)
    assert figures == ()
    assert [(one.rule, one.severity) for one in found] == [(rule, Severity.ERROR)]
    assert found[0].samples[0].place == f"supplied_figures.csv, {place}"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("LSCB17a,2021-06,340%,,", "is more than 100%"),
        ("LSCB17a,2021-06,-3%,,", "is below 0"),
        ("FM011,2021-06,-3,,", "is below 0"),
        ("LSCB17a,2021-06,4.3%,17,500", "is not 17 of 500, which is 3.4%"),  # 17 / 500 = 0.034
        ("LSCB17a,2021-06,0.034,17,500", "is not 17 of 500, which is 3.400%"),
        ("LSCB17a,2021-06,0%,0,0", "cannot be of a denominator of 0"),
        ("YO2,2021-06,42,21,5000", "is not 21 of 5,000, which is 420.0"),  # 21 of 5,000 = 420
        ("FM011,2021-06,12,11,", "is not its numerator, 11"),
    ],
)
def test_what_its_own_counts_contradict_is_not_taken(tmp_path: Path, line: str, why: str) -> None:
    path = csv_file(tmp_path, f"ref,month,value,numerator,denominator\n{line}\n")
    figures, (found,) = read_supplied(path, path.name, EXPECTED)
    assert figures == ()
    assert (found.rule, found.severity) == ("bad-number", Severity.ERROR)
    assert why in found.samples[0].message


@pytest.mark.parametrize(
    "line",
    [
        "LSCB17a,2021-06,3%,17,500",  # 3.4%, printed without decimals
        "LSCB17a,2021-06,33.3%,1,3",
        "LSCB17a,2021-06,100%,3,3",
        "LSCB17a,2021-06,3.4%,17,",
        "YO2,2021-06,420,21,5000",
        "FM011,2021-06,12,12,40",
    ],
)
def test_what_its_counts_give_when_rounded_is_taken(tmp_path: Path, line: str) -> None:
    path = csv_file(tmp_path, f"ref,month,value,numerator,denominator\n{line}\n")
    figures, found = read(path)
    assert (len(figures), found) == (1, [])


def test_figures_that_are_counted_from_records_are_not_used(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "ref,month,value\nM2,2021-06,40\nYO2,2021-06,42\n")
    figures, (found,) = read_supplied(path, path.name, EXPECTED)
    assert [one.ref for one in figures] == ["YO2"]
    assert (found.rule, found.severity) == ("counted-figure", Severity.WARNING)
    assert found.message.endswith("of indicators that are counted from records; not used.")


def test_a_title_may_stand_above_the_headings(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "Youth justice, June 2021\n\nref;month;value\nYO2;2021-06;42\n")
    assert is_supplied(path)
    assert read(path) == ((SuppliedFigure("YO2", JUNE, Fraction(42)),), [])
    book = Workbook(str(tmp_path / "youth.xlsx"))
    sheet = book.add_worksheet()
    for row, cells in enumerate(
        (("Youth justice",), ("ref", "month", "value"), ("YO2", "2021-06"))
    ):
        sheet.write_row(row, 0, cells)
    sheet.write_number(2, 2, 42)
    book.close()
    assert is_supplied(tmp_path / "youth.xlsx")
    assert read(tmp_path / "youth.xlsx")[0] == (SuppliedFigure("YO2", JUNE, Fraction(42)),)


@pytest.mark.parametrize("headings", ["ref,month,figure", "ref,month,numerator,denominator"])
def test_a_table_without_values_is_told_so(tmp_path: Path, headings: str) -> None:
    path = csv_file(tmp_path, f"{headings}\nYO2,2021-06,42\n")
    assert is_supplied(path)
    with pytest.raises(InputError, match="lacks the column value"):
        read(path)


def test_the_same_figure_twice_is_taken_once(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "ref;month;value\nYO2;2021-06;7\nYO2;2021-06;7\n")
    assert read(path) == ((SuppliedFigure("YO2", JUNE, Fraction(7)),), ["doubled-figure"])


def test_a_workbook_gives_what_it_shows(tmp_path: Path) -> None:
    path = tmp_path / "from the youth service.xlsx"
    book = Workbook(str(path))
    sheet = book.add_worksheet()
    percent = book.add_format({"num_format": "0.0%"})
    day = book.add_format({"num_format": "mmm-yy"})
    for column, heading in enumerate(("ref", "month", "value")):
        sheet.write(1, column, heading)
    sheet.write(2, 0, "LSCB17a")
    sheet.write_datetime(2, 1, dt.datetime(2021, 6, 30), day)
    sheet.write_number(2, 2, 0.034, percent)
    sheet.write(3, 0, "YO2")
    sheet.write(3, 1, "2021-06")
    sheet.write_number(3, 2, 42)
    book.close()
    assert is_supplied(path)
    assert read(path) == (
        (
            SuppliedFigure("LSCB17a", JUNE, Fraction(34, 10)),
            SuppliedFigure("YO2", JUNE, Fraction(42)),
        ),
        [],
    )


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("ref,month,value\n", True),
        ("Ref;Month;Value;Numerator;Denominator\r\n", True),
        ("ref,month,measure,value\n", False),  # a page's figures in a long table
        ("Ref,Name,Jun-21\n", False),
        ("", False),
    ],
)
def test_it_is_told_from_a_page_by_its_headings(tmp_path: Path, text: str, is_one: bool) -> None:
    assert is_supplied(csv_file(tmp_path, text)) == is_one


def test_without_its_columns_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="lacks the column value"):
        read(csv_file(tmp_path, "ref,month\nYO2,2021-06\n"))
