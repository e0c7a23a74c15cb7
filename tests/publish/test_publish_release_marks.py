"""What site and workbook say of a release: its version and day, what a correction changed, and of a
draft that it is one."""

import datetime as dt
import io
import re
from dataclasses import replace

import openpyxl
import pytest
from example_scorecard import example
from lxml import html

from openscorecard.publish import release_words as said
from openscorecard.publish.downloads import DOWNLOADS
from openscorecard.publish.html.site import site
from openscorecard.publish.workbook.write import workbook_bytes
from openscorecard.scorecard.release import ChangedCell, EarlierRelease, Release

FIRST = Release(1, dt.date(2021, 7, 23))
CORRECTED = Release(
    2,
    dt.date(2021, 7, 30),
    reason="a late referral was counted",
    changed=(
        ChangedCell("M1", "2021-06", "1,600", "1,601"),
        ChangedCell("M1", "average_12m", "", "1,590"),
        ChangedCell("M1", "eng", "1,000", "1,001"),
        ChangedCell("CP6B", "commentary", "Fewer plans.", ""),
    ),
    earlier=(EarlierRelease(1, dt.date(2021, 7, 23), ""),),
)
DAY = re.compile(r"\b\d{1,2} July 2021")


def card(release=None, audience="public"):
    return replace(example(audience=audience), release=release)


def page(one, name="index.html"):
    return html.fromstring(site(one)[name].decode("utf-8"))


def words(tree):
    return " ".join(tree.text_content().split())


def sheets(one):
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(one)))


def column_a(sheet):
    return [cell.value for cell in sheet["A"] if cell.value]


def test_a_first_version_says_when_it_was_published_and_lists_no_changes():
    assert said.release_line(card(FIRST)) == "Published 23 July 2021."
    assert said.release_line(card(FIRST, "internal")) == "Released 23 July 2021."
    assert "Published 23 July 2021." in words(page(card(FIRST)))
    about = page(card(FIRST), "about.html")
    assert "Published 23 July 2021." in words(about)
    assert not about.xpath("//*[@id='changed']")
    book = sheets(card(FIRST))
    assert "Release: Published 23 July 2021." in column_a(book["Cover"])
    assert "Corrections" not in book.sheetnames


def test_a_correction_says_why_and_what_it_changed_once_on_the_first_page():
    line = "A late referral was counted. 3 figures and 1 comment changed."
    assert said.correction_line(card(CORRECTED)) == line
    index = page(card(CORRECTED))
    whole = f"Version 2, corrected 30 July 2021. {line}"
    assert words(index).count(whole) == 1
    (link,) = index.xpath("//a[@href='about.html#changed']")
    assert words(link) == "3 figures and 1 comment changed."
    assert f"Release: {whole}" in column_a(sheets(card(CORRECTED))["Cover"])


def test_the_changed_cells_stand_in_words_with_what_was_and_is():
    about = page(card(CORRECTED), "about.html")
    table = about.xpath("//*[@id='changed']/following::table")[0]
    rows = [[words(cell) for cell in row] for row in table.xpath("./tbody/tr")]
    assert [row[1:] for row in rows] == [
        ["June 2021", "1,600", "1,601"],
        ["12-month average", "not shown", "1,590"],
        ["England", "1,000", "1,001"],
        ["Commentary", "Fewer plans.", "nothing"],
    ]
    assert rows[0][0] == "Contacts received M1"
    assert "Version 1, 23 July 2021" in words(about)
    sheet = sheets(card(CORRECTED))["Corrections"]
    *_, last = sheet.iter_rows(values_only=True)
    assert last[2:] == ("Commentary", "Fewer plans.", "nothing")
    assert "Replaces: Version 1, 23 July 2021" in column_a(sheets(card(CORRECTED))["Cover"])


def test_to_the_councils_own_people_nothing_is_not_shown():
    (_, average, *_) = said.changed_lines(card(CORRECTED, "internal"))
    assert average.was == "nothing"


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_a_draft_says_so_in_title_head_and_workbook_and_names_no_day(audience):
    one = card(None, audience)
    for name, content in site(one).items():
        if name.endswith(".html"):
            tree = html.fromstring(content.decode("utf-8"))
            assert tree.findtext("head/title").startswith("DRAFT – "), name
            (strip,) = tree.xpath("//header/*[@class='strip-note']")
            assert words(strip).startswith("DRAFT. Not published."), name
            assert not DAY.search(words(tree.find("body/header"))), name
    assert not DAY.search(words(page(one)))
    book = sheets(one)
    assert book["Cover"]["A1"].value.startswith("DRAFT: ")
    assert book.properties.title.startswith("DRAFT: ")
    assert not any(DAY.search(str(line)) for line in column_a(book["Cover"]))


def test_a_release_is_no_draft():
    for name, content in site(card(FIRST)).items():
        if name.endswith(".html"):
            assert b"DRAFT" not in content, name
    assert not page(card(FIRST)).xpath("//*[@class='strip-note']")


def test_a_version_without_another_cell_says_that_no_figure_changed():
    same = replace(CORRECTED, changed=())
    assert said.changed_count(card(same)) == "No figure, signal or comment changed."
    assert page(card(same)).xpath("//a[@href='about.html#release']")


def test_the_mark_of_a_revised_figure_is_explained_only_where_it_stands():
    with_one = card(FIRST)
    assert said.has_revised(with_one)
    rows = tuple(row for row in with_one.rows if row.indicator.ref != "CP6B")
    without = replace(with_one, rows=rows)
    for name in ("index.html", "table.html", "about.html"):
        assert "[r]" in words(page(with_one, name)), name
        assert "[r]" not in words(page(without, name)), name
    assert any("[r]" in line for line in column_a(sheets(with_one)["Cover"]))
    assert not any("[r]" in line for line in column_a(sheets(without)["Cover"]))


def test_every_file_to_take_away_is_linked_from_how_to_read_it():
    links = page(card(FIRST), "about.html").xpath("//section[@aria-labelledby='release']//a/@href")
    assert links == [one.file for one in DOWNLOADS]


def test_markup_in_a_reason_stays_text():
    hostile = replace(CORRECTED, reason="<script>alert(1)</script>")
    for name in ("index.html", "about.html"):
        assert b"<script" not in site(card(hostile))[name]
