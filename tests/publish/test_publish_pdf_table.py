"""The A3 table: tagged, whole, and the same figures as the page."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from functools import cache

import pdfplumber
import pikepdf
import pytest
from example_scorecard import HOSTILE, example
from example_signals import judged
from pdf_read import Element, fonts, outline, outside, squeezed, structure

from openscorecard.errors import InternalError
from openscorecard.publish.pdf import compile as compiling
from openscorecard.publish.pdf.compile import compiled
from openscorecard.publish.pdf.table import table_pdf
from openscorecard.scorecard.page import Scorecard
from openscorecard.scorecard.release import Release
from openscorecard.units import Arrow

AUDIENCES = ("public", "internal")


@cache
def page(audience: str = "public") -> Scorecard:
    return judged(example(audience=audience))


@cache
def paper(audience: str = "public") -> bytes:
    return table_pdf(page(audience))


@cache
def read(audience: str = "public") -> Element:
    return structure(paper(audience))


def said(text: str) -> Scorecard:
    """The page with the text as the first row's comment."""
    first = page().rows[0]
    comment = next(row.comment for row in page().rows if row.comment)
    rows = (replace(first, comment=replace(comment, text=text)), *page().rows[1:])
    return replace(page(), rows=rows)


def body(element: Element) -> list[Element]:
    return [row for part in element.every("TBody") for row in part.every("TR")]


def test_language_title_author_and_mark_of_ua() -> None:
    with pikepdf.open(io.BytesIO(paper())) as document:
        assert str(document.Root.Lang) == "en-GB"
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(document.Root.MarkInfo.Marked)
        with document.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert page().title in about["dc:title"]
            assert about["dc:creator"] == [page().council]


def test_headings_and_bookmarks_are_the_sections() -> None:
    sections = [section.title for section in page().sections if page().of_section(section.id)]
    h2 = [one.text for one in read().every("H2")]
    assert h2[: len(sections)] == [squeezed(title) for title in sections]
    assert len(list(read().every("H1"))) == 1
    assert [title for title in outline(paper()) if title in sections] == sections


def test_tables_have_headers_of_columns_and_rows() -> None:
    for table in read().every("Table"):
        (head,) = [row for part in table.every("THead") for row in part.every("TR")]
        assert {(one.kind, one.scope) for one in head.below} == {("TH", "Column")}
        for row in body(table):
            assert (row.below[0].kind, row.below[0].scope) == ("TH", "Row")
            assert {one.kind for one in row.below[1:]} == {"TD"}
            assert len(row.below) == len(head.below)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_printed_cell_is_the_page_s(audience: str) -> None:
    card = page(audience)
    rows = {row.below[0].text: [cell.text for cell in row.below] for row in body(read(audience))}
    assert len(rows) == len(card.rows) == 64
    for row in card.rows:
        cells = rows[squeezed(row.indicator.ref)]
        months = len(row.figures)
        assert cells[2 : 2 + months] == [squeezed(one.printed) for one in row.figures]
        for cell, change in zip(
            cells[2 + months : 4 + months], (row.change_month, row.change_year), strict=True
        ):
            glyph = change.arrow.glyph if change.arrow else ""
            assert cell.endswith(squeezed(change.printed + glyph))
            if change.way is Arrow.LEVEL:
                assert cell.startswith("nochange")
            elif change.way is not None:
                assert cell.startswith(f"{change.way.value}{squeezed(change.moved)}")
        assert cells[5 + months : 7 + months] == [
            squeezed(one.printed) for one in (row.average_12m, row.maximum_12m)
        ]
        assert cells[7 + months : -2] == [squeezed(one.printed) for one in row.comparators]
        assert squeezed(row.comment.text if row.comment else "") in cells[-1]


def test_a_hidden_figure_is_its_code_alone() -> None:
    hidden = [row for row in page().rows if row.latest.printed == "[c]"]
    assert hidden
    cells = {row.below[0].text: row.below for row in body(read())}
    for row in hidden:
        assert cells[squeezed(row.indicator.ref)][8].text == "[c]"


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_row_is_split_and_the_head_stands_on_each_page(audience: str) -> None:
    assert all(len(row.pages) == 1 for row in body(read(audience)))
    on = {number for row in body(read(audience)) for number in row.pages}
    with pdfplumber.open(io.BytesIO(paper(audience))) as document:
        assert len(on) > 1
        for number in on:
            assert "Commentary" in document.pages[number].extract_text()
        for number, one in enumerate(document.pages, start=1):
            foot = one.extract_text().splitlines()[-1]
            assert foot.endswith(f"Page {number} of {len(document.pages)}")
            assert ("not for publication" in foot) == (audience == "internal")
            assert "DRAFT" in foot
            assert (round(one.width), round(one.height)) == (1191, 842)  # A3 in points


def test_a_release_says_its_version_its_day_and_why() -> None:
    release = Release(2, dt.date(2021, 8, 5), reason="A late referral was counted.")
    text = structure(table_pdf(replace(page(), release=release))).text
    assert "Version2,corrected5August2021." in text
    assert squeezed("Correction: A late referral was counted.") in text
    assert "DRAFT" not in text


def test_fonts_are_embedded_and_nothing_leaves_the_page() -> None:
    assert fonts(paper())
    assert all(fonts(paper()).values())
    assert outside(paper()) == []


def test_the_same_page_gives_the_same_bytes() -> None:
    assert table_pdf(page()) == paper()


@pytest.mark.parametrize("times", [12, 60, 400])
def test_a_long_comment_is_whole(times: int) -> None:
    text = " ".join(f"Sentence {number} of what we did about it." for number in range(times))
    made = table_pdf(said(text))
    told = structure(made)
    assert squeezed(text) in told.text
    assert all(len(row.pages) == 1 for row in body(told))
    assert ("Longer comments" in outline(made)) == (len(text) > 1500)
    assert outside(made) == []


def test_many_short_lines_and_a_word_without_end_are_whole() -> None:
    for text in ("\n".join(f"line {number}" for number in range(300)), "https://" + "a1" * 400):
        made = table_pdf(said(text))
        assert squeezed(text) in structure(made).text
        assert outside(made) == []


def test_markup_in_texts_is_printed_as_it_is() -> None:
    told = structure(table_pdf(judged(example(), hostile=True))).text
    assert squeezed(HOSTILE) in told
    text = "#panic() *no* _no_ $x$ `y` \\z // = [@ref] <label>"
    assert squeezed(text) in structure(table_pdf(said(text))).text


def test_a_character_without_a_shape_is_marked_and_said() -> None:
    told = structure(table_pdf(said("Up ➔ again \U0001f600 co\u00adoperate non\u2011stop"))).text
    assert squeezed("Up → again [?] cooperate non-stop") in told
    assert squeezed("cannot show: grinning face (U+1F600).") in told
    assert "cannotshow" not in read().text


@pytest.mark.filterwarnings("default")
def test_an_unknown_font_is_an_error(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "templates").mkdir()
    (folder / "templates" / "odd.typ").write_text(
        '#set document(title: "T")\n#set text(font: "Nowhere Sans")\nText', encoding="utf-8"
    )
    monkeypatch.setattr(compiling, "files", lambda _package: folder)
    compiling._fonts.cache_clear()
    monkeypatch.setattr(compiling, "font_folder", lambda: folder)
    try:
        with pytest.raises(InternalError, match=r"(?i)nowhere sans"):
            compiled("odd.typ", {})
    finally:
        compiling._fonts.cache_clear()
