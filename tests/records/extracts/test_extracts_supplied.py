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
    {"LSCB17a": Unit.PERCENT, "YO2": Unit.PER_100000, "FM011": Unit.COUNT}, {"FM011"}
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
