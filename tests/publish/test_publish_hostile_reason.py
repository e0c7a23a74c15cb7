"""The reason for a correction is what somebody typed: in every medium it is text and nothing else,
whether a spreadsheet would take it for a formula or a browser for markup."""

import csv
import datetime as dt
import io
import zipfile
from dataclasses import replace

import duckdb
import openpyxl
import pytest
from example_scorecard import example
from lxml import html

from openscorecard.publish.html.site import site
from openscorecard.publish.open_data.figures import write_figures
from openscorecard.publish.open_data.parquet import write_parquet
from openscorecard.publish.workbook.write import workbook_bytes
from openscorecard.scorecard.release import ChangedCell, EarlierRelease, Release

FORMULA = "=cmd|' /C calc'!A0"
MARKUP = '<b>two</b> & "more" <script>alert(1)</script>'
REASONS = [FORMULA, MARKUP, "@SUM(A1)", "+A1", "-A1"]


def corrected(reason):
    """Version 3: its reason, that of version 2, a changed cell and a figure's note all say it."""
    card = example(audience="public")
    earlier = (
        EarlierRelease(1, dt.date(2021, 7, 23), ""),
        EarlierRelease(2, dt.date(2021, 7, 26), reason),
    )
    changed = (
        ChangedCell("M1", "2021-06", "1,600", "1,601"),
        ChangedCell("CP6B", "commentary", reason, reason),
    )
    release = Release(3, dt.date(2021, 7, 30), reason, changed, earlier)
    rows = tuple(
        replace(row, figures=tuple(
            replace(one, note=reason) if one.revised else one for one in row.figures
        ))
        for row in card.rows
    )  # fmt: skip
    return replace(card, rows=rows, release=release)


def as_sentence(reason):
    """As it stands in a line of text: with a capital and a full stop."""
    return reason[0].upper() + reason[1:] + "."


@pytest.mark.parametrize("reason", REASONS)
def test_on_the_pages_it_is_text(reason):
    for name in ("about.html", "index.html"):
        page = site(corrected(reason))[name]
        assert b"<script" not in page
        tree = html.fromstring(page.decode("utf-8"))
        assert as_sentence(reason) in " ".join(tree.text_content().split()), name
        assert "two" not in [one.text for one in tree.iter("b")]
    (section,) = html.fromstring(site(corrected(reason))["about.html"].decode("utf-8")).xpath(
        "//section[@aria-labelledby='release']"
    )
    assert section.text_content().count(as_sentence(reason)) == 2  # this version's and version 2's


@pytest.mark.parametrize("reason", REASONS)
def test_in_the_workbook_no_cell_is_a_formula(reason):
    made = workbook_bytes(corrected(reason))
    book = openpyxl.load_workbook(io.BytesIO(made))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert any(as_sentence(reason) in str(cell.value) for cell in book["Cover"]["A"])
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/"):
                assert b"<f>" not in parts.read(name), name


@pytest.mark.parametrize("reason", REASONS)
def test_in_the_csv_and_the_parquet_it_begins_no_formula(reason, tmp_path):
    card = corrected(reason)
    write_figures(card, tmp_path)
    write_parquet(card, tmp_path)
    guarded = reason if reason.startswith("<") else f"'{reason}"
    text = (tmp_path / "figures.csv").read_text(encoding="utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text, newline="")))
    assert guarded in {line["note"] for line in lines}
    assert not [line for line in lines if line["note"].startswith(("=", "+", "-", "@"))]
    path = (tmp_path / "figures.parquet").as_posix()
    with duckdb.connect() as connection:
        asked = connection.execute("SELECT note FROM read_parquet($1)", [path]).fetchall()
    notes = {note for (note,) in asked}
    assert guarded in notes
    assert not [note for note in notes if note and note.startswith(("=", "+", "-", "@"))]


def test_on_a_narrow_screen_each_changed_cell_says_which_it_is():
    """The table stacks: its heads are out of sight, and its parts keep their meaning."""
    about = html.fromstring(site(corrected("late"))["about.html"].decode("utf-8"))
    (table,) = about.xpath("//table[contains(@class, 'changes')]")
    assert {"stacks", "changes"} <= set(table.get("class").split())
    assert table.get("role") == "table"
    for line in table.xpath("./tbody/tr"):
        assert line.get("role") == "row"
        assert [cell.get("data-head") for cell in line.xpath("./td")] == [None, "Was", "Now"]
        assert {cell.get("role") for cell in line} <= {"cell", "rowheader"}
