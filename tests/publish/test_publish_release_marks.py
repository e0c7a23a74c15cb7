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
from openscorecard.scorecard.page import WRITTEN_BEFORE
from openscorecard.scorecard.release import ChangedCell, EarlierRelease, Release

FIRST = Release(1, dt.date(2021, 7, 23))
CORRECTED = Release(
    2,
    dt.date(2021, 7, 30),
    reason="a late referral was counted",
    changed=(
        ChangedCell("M1", "2021-06", "1,600", "1,601"),
        ChangedCell("M1", "average_12m", "1,580", "1,590"),
        ChangedCell("M1", "verdict", "Concern: above 1,599", "Concern: above 1,600"),
        ChangedCell("M1", "eng", "1,000", "1,001"),
        ChangedCell("CP6B", "commentary", "", "Fewer plans began.", withheld=True),
        ChangedCell("CP6B", "maximum_12m", "", "[c]", withheld=True),
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
    assert said.release_line(card(FIRST)) == "Version 1, published 23 July 2021."
    assert said.release_line(card(FIRST, "internal")) == "Version 1, released 23 July 2021."
    assert "Version 1, published 23 July 2021." in words(page(card(FIRST)))
    about = page(card(FIRST), "about.html")
    assert "Version 1, published 23 July 2021." in words(about)
    assert not about.xpath("//*[@id='changed']")
    book = sheets(card(FIRST))
    assert "Release: Version 1, published 23 July 2021." in column_a(book["Cover"])
    assert "Corrections" not in book.sheetnames


def test_a_correction_says_why_and_what_it_changed_once_on_the_first_page():
    count = "1 figure corrected; 2 cells follow from it. 2 other cells and 1 comment changed."
    line = f"A late referral was counted. {count}"
    assert said.correction_line(card(CORRECTED)) == line
    index = page(card(CORRECTED))
    whole = f"Version 2, corrected 30 July 2021. {line}"
    assert words(index).count(whole) == 1
    (link,) = index.xpath("//a[@href='about.html#changed']")
    assert words(link) == count
    assert f"Release: {whole}" in column_a(sheets(card(CORRECTED))["Cover"])


def test_the_changed_cells_stand_in_words_with_what_was_and_is():
    about = page(card(CORRECTED), "about.html")
    table = about.xpath("//*[@id='changed']/following::table")[0]
    groups = [[[words(cell) for cell in row] for row in body] for body in table.xpath("./tbody")]
    of_m1, of_cp6b = groups
    assert of_m1[0][0] == "Contacts received M1"
    assert [row[-3:] for row in of_m1] == [
        ["June 2021, corrected", "1,600", "1,601"],
        ["12-month average, follows", "1,580", "1,590"],
        ["Signal, follows", "Concern", "Concern; the sentence now reads: Above 1,600."],
        ["England", "1,000", "1,001"],
    ]
    assert [row[-3:] for row in of_cp6b] == [
        ["Commentary", "another comment", "comment rewritten"],
        ["12-month maximum", "not shown", "[c]"],
    ]
    assert "Version 1, 23 July 2021" in words(about)
    sheet = sheets(card(CORRECTED))["Corrections"]
    *_, comment, last = sheet.iter_rows(values_only=True)
    assert comment[2:] == ("Changed", "Commentary", "another comment", "comment rewritten")
    assert last[2:] == ("Changed", "12-month maximum", "not shown", "[c]")
    assert "Replaces: Version 1, 23 July 2021" in column_a(sheets(card(CORRECTED))["Cover"])


@pytest.mark.parametrize(
    ("was", "now", "withheld", "told"),
    [
        ("Old.", "New.", False, ("Old.", "comment rewritten")),
        ("", "New.", True, ("another comment", "comment rewritten")),
        ("", "New.", False, ("nothing", "comment added")),
        ("Old.", "", False, ("Old.", "comment withdrawn")),
        ("", "", True, ("a comment", "comment withdrawn")),
    ],
)
def test_of_a_comment_it_is_said_what_became_of_it(was, now, withheld, told):
    assert said.was_and_now(ChangedCell("M1", "commentary", was, now, withheld)) == told


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("Usual variation: none", "Concern: above", ("Usual variation", "Concern")),
        ("", "Concern: above", ("nothing", "Concern")),
        ("Concern: above", "", ("Concern", "nothing")),
    ],
)
def test_of_a_signal_only_its_word_is_told_where_that_changed(was, now, told):
    assert said.was_and_now(ChangedCell("M1", "verdict", was, now)) == told


def test_figures_hidden_by_now_are_not_called_corrected():
    changed = (ChangedCell("M1", "2021-06", "", "[c]", withheld=True),
               ChangedCell("M2", "2021-06", "[c]", "12"))  # fmt: skip
    assert said.changed_count(card(replace(CORRECTED, changed=changed))) == (
        "1 number hidden that was shown before. 1 number shown that was hidden before."
    )


def test_a_comment_written_before_a_correction_says_so_in_every_edition():
    one = card(CORRECTED)
    m1 = one.row("M1")
    comment = replace(m1.comment, corrected_since=(("1,600", "1,601"),))
    rows = tuple(replace(row, comment=comment) if row is m1 else row for row in one.rows)
    marked = replace(one, rows=rows)
    for name in ("index.html", "table.html", f"indicators/{m1.indicator.id}.html"):
        assert words(page(marked, name)).count(WRITTEN_BEFORE) == 1, name
        assert WRITTEN_BEFORE not in words(page(one, name)), name
    book = sheets(marked)
    for name in ("Notes", "Commentary"):
        cells = [cell for row in book[name].iter_rows(values_only=True) for cell in row]
        assert cells.count(WRITTEN_BEFORE) == 1, name
    assert not any("Remark" in row for row in sheets(one)["Commentary"].values)


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
