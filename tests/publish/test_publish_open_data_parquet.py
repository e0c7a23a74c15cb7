"""figures.parquet against figures.csv and the page, cell by cell; and a workbook beside both."""

from __future__ import annotations

import csv
import datetime as dt
import random
import string
from dataclasses import replace
from fractions import Fraction

import duckdb
import pytest
from example_scorecard import example
from example_signals import judged

from openscorecard.publish.open_data.columns import FIGURES, Type
from openscorecard.publish.open_data.figures import write_figures
from openscorecard.publish.open_data.parquet import write_parquet
from openscorecard.publish.workbook import write_workbook
from openscorecard.records.printed.read import read_page
from openscorecard.scorecard.release import Release

# What a cell of the CSV is in Parquet, by the column's type.
PYTHON = {
    Type.TEXT: str,
    Type.MONTH: str,
    Type.NUMBER: float,
    Type.DATE: dt.date.fromisoformat,
    Type.FLAG: {"yes": True, "no": False}.__getitem__,
}


def rows_of_parquet(path):
    with duckdb.connect() as connection:
        return connection.execute(f"SELECT * FROM read_parquet('{path}')").fetchall()


def rows_of_csv(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def as_types(line):
    return tuple(
        None if cell == "" else PYTHON[column.type](cell)
        for cell, column in zip(line, FIGURES, strict=True)
    )


def both(card, folder):
    write_figures(card, folder)
    write_parquet(card, folder)
    return rows_of_csv(folder / "figures.csv"), rows_of_parquet(folder / "figures.parquet")


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_every_cell_is_that_of_the_csv(tmp_path, audience):
    text, typed = both(judged(example(audience=audience)), tmp_path)
    assert len(typed) > 900
    assert typed == [as_types(line) for line in text]


def test_no_text_is_changed_on_the_way(tmp_path):
    """Quotes, commas, line ends, blanks at both ends, and letters of other scripts."""
    generator = random.Random(1)
    letters = string.printable.replace("\x0b", "").replace("\x0c", "") + "’é–漢\U0001f600"
    card = example(hostile=True)
    rows = []
    for number, row in enumerate(card.rows):
        # Each begins with a letter and no two are the same; what is blank would be no value.
        name = f"n{number}" + "".join(generator.choices(letters, k=200)) + 'x\r\n"" '
        rows.append(replace(row, indicator=replace(row.indicator, name=name)))
    text, typed = both(replace(card, rows=tuple(rows), council='O\'Hara, "B"\n'), tmp_path)
    assert typed == [as_types(line) for line in text]
    assert {line[1] for line in typed} == {row.indicator.name for row in rows}
    assert {line[10] for line in typed} == {'O\'Hara, "B"\n'}


def test_columns_have_the_types_that_are_documented(tmp_path):
    write_parquet(example(), tmp_path)
    with duckdb.connect() as connection:
        found = connection.execute(
            f"DESCRIBE SELECT * FROM read_parquet('{tmp_path / 'figures.parquet'}')"
        ).fetchall()
    types = {name: type_ for name, type_, *_ in found}
    assert list(types) == [column.name for column in FIGURES]
    others = {
        "value": "DOUBLE", "usual_low": "DOUBLE", "usual_high": "DOUBLE", "revised": "BOOLEAN",
        "month_start": "DATE",
    }  # fmt: skip
    assert types == {name: others.get(name, "VARCHAR") for name in types}


def test_the_file_says_what_it_and_its_columns_hold(tmp_path):
    card = replace(example(), release=Release(1, dt.date(2021, 7, 20)))
    write_parquet(card, tmp_path)
    with duckdb.connect() as connection:
        found = connection.execute(
            f"SELECT key, value FROM parquet_kv_metadata('{tmp_path / 'figures.parquet'}')"
        ).fetchall()
    said = {key.decode(): value.decode() for key, value in found}
    assert said["title"] == "Children’s services scorecard, June 2021"
    assert said["publisher"] == "Example Council"
    assert (said["issued"], said["version"]) == ("2021-07-20", "1")
    for column in FIGURES:
        assert said[f"column:{column.name}"] == column.about


def test_the_same_page_gives_the_same_bytes(tmp_path):
    found = set()
    for name in ("first", "second", "third"):
        (tmp_path / name).mkdir()
        write_parquet(judged(example()), tmp_path / name)
        found.add((tmp_path / name / "figures.parquet").read_bytes())
    assert len(found) == 1


def test_a_folder_with_a_quote_in_its_name_is_a_folder(tmp_path):
    folder = tmp_path / "the council's"
    folder.mkdir()
    write_parquet(example(), folder)
    assert (folder / "figures.parquet").exists()


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_csv_parquet_and_workbook_hold_the_page_s_own_cells(tmp_path, audience):
    """What each shows for every month, and the number behind it."""
    card = example(audience=audience)
    _, typed = both(card, tmp_path)
    write_workbook(card, tmp_path / "scorecard.xlsx")
    parquet = {(line[0], line[4]): (line[8], line[6]) for line in typed if line[5] == "value"}
    from_csv = {row.ref: row for row in read_page(tmp_path / "figures.csv").rows}
    from_book = {row.ref: row for row in read_page(tmp_path / "scorecard.xlsx").rows}
    compared = 0
    for row in card.rows:
        for figure in row.figures:
            ref, month = row.indicator.ref, figure.month
            printed, number = parquet[ref, month.iso]
            assert printed == figure.printed
            assert number == (None if figure.value is None else pytest.approx(float(figure.value)))
            read = from_csv[ref].values[month]
            assert read.raw == figure.printed
            if figure.value is not None:
                assert read.number is not None
                assert abs(read.number - figure.value) < Fraction(1, 10**6)
            else:
                assert read.number is None
            in_book = from_book[ref].values[month]
            assert (in_book.number is None) == (figure.value is None)
            compared += 1
    assert compared == 64 * 7


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_our_reader_knows_every_column_and_measure_of_our_own_file(tmp_path, audience):
    write_figures(judged(example(audience=audience)), tmp_path)
    found = read_page(tmp_path / "figures.csv").findings
    assert [item.severity.value for item in found if item.rule.startswith("unplaced")] == [
        "information"
    ]
