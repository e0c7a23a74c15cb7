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
from pdf_read import Element, chars, fonts, outline, outside, squeezed, strayed, structure

from openscorecard.errors import InternalError
from openscorecard.publish.minus import true_minus
from openscorecard.publish.pdf import compile as compiling
from openscorecard.publish.pdf.compile import compiled
from openscorecard.publish.pdf.table import table_pdf
from openscorecard.publish.pdf.table_comments import begun, is_longer
from openscorecard.scorecard.page import Scorecard
from openscorecard.scorecard.release import ChangedCell, EarlierRelease, Release
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


@cache
def short_page() -> Scorecard:
    """Eleven rows, of every section: what holds for a row holds for 64, and is set sooner."""
    return replace(page(), rows=page().rows[::6])


@cache
def short_paper() -> bytes:
    return table_pdf(short_page())


def said(text: str) -> Scorecard:
    """Four rows, the text the first one's comment."""
    first, *others = short_page().rows[:4]
    comment = next(row.comment for row in page().rows if row.comment)
    return replace(
        short_page(), rows=(replace(first, comment=replace(comment, text=text)), *others)
    )


def first_comment(told: Element) -> str:
    return body(told)[0].below[-1].text


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
            ref, name, *others = row.below
            assert {(one.kind, one.scope) for one in (ref, name)} == {("TH", "Row")}
            assert {one.kind for one in others} == {"TD"}
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
            assert cell.endswith(squeezed(true_minus(change.printed) + glyph))
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
    text = structure(table_pdf(replace(short_page(), release=release))).text
    assert "Version2,corrected5August2021." in text
    assert squeezed("Correction: A late referral was counted.") in text
    assert "DRAFT" not in text


def test_a_correction_lists_what_it_changed_and_which_version_it_replaces() -> None:
    changed = (
        ChangedCell("M1", "2021-06", "1,600", "1,601"),
        ChangedCell("M1", "commentary", "What was said. " * 10, "What is said. " * 10),
    )
    earlier = (EarlierRelease(1, dt.date(2021, 7, 23), ""),)
    release = Release(2, dt.date(2021, 8, 5), "A late referral.", changed, earlier)
    made = table_pdf(replace(short_page(), release=release))
    text = structure(made).text
    assert "What this version corrects" in outline(made)
    assert squeezed("M1 Contacts received, June 2021: was 1,600, now 1,601") in text
    assert squeezed("M1 Contacts received: Commentary changed") in text
    assert squeezed("Version 1, 23 July 2021") in text
    assert "All that this version changes" not in outline(made)


def test_of_a_long_correction_the_first_twelve_figures_stand_and_all_on_the_last_page() -> None:
    changed = tuple(ChangedCell(row.indicator.ref, "2021-06", "7", "8") for row in page().rows[:15])
    release = Release(2, dt.date(2021, 8, 5), "All was counted again.", changed)
    made = table_pdf(replace(page(), release=release))
    told = structure(made)
    front, behind = told.text.split("Allthatthisversionchanges")
    assert front.count("was7,now8") == 12
    assert behind.count("was7,now8") == 15  # paper has no other place to look
    assert "about.html" not in told.text
    (heading,) = (one for one in told.every("H2") if one.text == "Allthatthisversionchanges")
    (last,) = heading.pages
    assert f"All15changedcellsarelistedonpage{last + 1}." in front


def test_a_correction_of_hundreds_of_cells_goes_on_over_the_page() -> None:
    changed = tuple(
        ChangedCell(row.indicator.ref, f"20{year}-06", "7", "8")
        for row in page().rows
        for year in range(14, 22)
    )
    release = Release(2, dt.date(2021, 8, 5), "All was counted again.", changed)
    made = table_pdf(replace(short_page(), release=release))
    behind = structure(made).text.split("Allthatthisversionchanges")[1]
    assert behind.count("was7,now8") == 64 * 8
    assert strayed(made, A3_TEXT) == []


def test_a_section_that_goes_on_overleaf_says_its_name_there() -> None:
    goes_on = {
        number: section.text
        for section, table in zip(read().every("H2"), read().every("Table"), strict=False)
        for number in {page for row in body(table) for page in row.pages} - section.pages
    }
    assert goes_on
    with pdfplumber.open(io.BytesIO(paper())) as document:
        for number, one in enumerate(document.pages):
            first = squeezed(one.extract_text().splitlines()[0])
            wanted = f"{goes_on[number]},continued" if number in goes_on else ""
            assert (first if first.endswith(",continued") else "") == wanted, number


def test_the_marks_that_stand_in_the_table_are_explained_and_no_others() -> None:
    meanings = {"[c]": "hidden to protect", "[x]": "not available", "[z]": "does not apply"}
    meanings |= {"n/a": "no % change can be given", "Local": "no comparable measure exists"}
    for card in (replace(page(), rows=(page().row("M2"),)), short_page()):
        told = structure(table_pdf(card))
        cells = {cell.text for row in body(told) for cell in row.below}
        for mark, meaning in meanings.items():
            assert (squeezed(meaning) in told.text) == (mark in cells), mark


def test_fonts_are_embedded_and_nothing_leaves_the_page() -> None:
    assert fonts(paper())
    assert all(fonts(paper()).values())
    assert outside(paper()) == []


def test_the_same_page_gives_the_same_bytes() -> None:
    assert table_pdf(short_page()) == short_paper()


# A row bears 9 lines of 56 characters, which is 504: 11 sentences of some 43, and no 60.
@pytest.mark.parametrize("times", [11, 60, 400])
def test_a_long_comment_is_whole(times: int) -> None:
    text = " ".join(f"Sentence {number} of what we did about it." for number in range(times))
    made = table_pdf(said(text))
    told = structure(made)
    assert squeezed(text) in told.text
    assert all(len(row.pages) == 1 for row in body(told))
    assert ("Longer comments" in outline(made)) == (times > 11)
    assert outside(made) == []


def test_a_longer_comment_is_begun_in_its_row_up_to_a_sentence_with_the_place_of_the_rest() -> None:
    # Seven lines of 56 are 392 characters. A sentence takes 21 with its blank: 18 end at 377, the
    # 19th at 398.
    text = " ".join(["Twenty characters a."] * 30)
    told = structure(table_pdf(said(text)))
    in_full = "In full under Longer comments, page"
    beginning, _, number = first_comment(told).partition(squeezed(in_full))
    assert beginning == squeezed("Twenty characters a.") * 18
    assert int(number.removesuffix(".")) >= 1
    assert squeezed(text) in told.text


def test_without_a_sentence_it_is_begun_up_to_a_word_and_line_by_line() -> None:
    # A word takes 5 with its blank: 78 end at 389, the 79th at 394.
    assert begun("word " * 200) == [" ".join(["word"] * 78) + " …"]
    # Two lines of a list take one line each; five lines, 280 characters, are left: 56 words.
    assert begun("- one\n\n- two\n" + "word " * 200) == [
        "- one", "- two", " ".join(["word"] * 56) + " …",
    ]  # fmt: skip
    assert begun("\n".join(f"{n}." for n in range(20))) == [f"{n}." for n in range(7)]


def test_it_is_begun_up_to_a_sentence_and_never_up_to_what_announces_the_next_line() -> None:
    # Three lines that fit, and one of 600 letters that does not: the third announces it.
    assert begun("It rose by 12 approx. a third.\n- new\nWhat we are doing:\n" + "word " * 120) == [
        "It rose by 12 approx. a third.",
    ]
    assert begun("It rose. We looked.\nThen we met. W" + "word " * 120) == [
        "It rose. We looked.", "Then we met.",
    ]  # fmt: skip
    # The number of an entry ends no sentence.
    assert begun("It rose.\n1. The " + "word " * 120) == ["It rose."]
    assert begun("Doing:\n" + "w" * 600) == ["Doing:", "w" * 336 + " …"]  # six lines of 56
    assert begun("\n".join(["What we are doing:"] * 10))[-1] == "What we are doing …"


def test_a_comment_is_longer_from_its_tenth_line_on() -> None:
    comment = next(row.comment for row in page().rows if row.comment)
    for text, longer in (("a" * 504, False), ("a" * 505, True), ("a\n" * 9, False)):
        assert is_longer(replace(comment, text=text)) == longer
    assert is_longer(replace(comment, text="a\n\n" * 10))
    assert not is_longer(None)


def test_paragraphs_and_entries_of_a_list_stand_apart() -> None:
    told = structure(table_pdf(said("First of all.\n- one thing\n- another\nAnd then.")))
    cell = body(told)[0].below[-1]
    assert [one.text for one in cell.every("P")] == ["Firstofall.", "Andthen."]
    assert lists(cell) == [["•onething", "•another"]]


LISTED = "Why:\n- one\n* two\n• three\nWhat we do:\n1. first\n2) second\n- 5 on May\nAnd so on."


@pytest.mark.parametrize("times", [1, 3])
def test_lists_are_lists_with_one_sign_or_their_numbers(times: int) -> None:
    """In the row, and of nine lines and more under "Longer comments" too."""
    told = structure(table_pdf(said("\n".join([LISTED] * times))))
    found = [["•one", "•two", "•three"], ["1.first", "2)second"]]
    assert lists(told)[-2:] == found  # a lone dash before a figure is a minus sign
    assert len(lists(told)) == (2 if times == 1 else 2 + 3 * 2)
    for one in told.every("LI"):
        assert [part.kind for part in one.below] == ["Lbl", "LBody"]


def lists(element: Element) -> list[list[str]]:
    return [[entry.text for entry in one.every("LI")] for one in element.every("L")]


A3_TEXT = (31.1, 1190.6 - 31.1)  # points: 420 mm, 11 mm left free on either side
LONG = "W" * 400
HOSTILES = [
    LONG,
    f"See {LONG.lower()} there.",
    f"- {LONG}\n1. {LONG}",
    "https://example.org/" + "a1-" * 200,
    f"What was said. {LONG} " * 3 + f"\n- {LONG}",
]


@pytest.mark.parametrize("text", HOSTILES)
def test_no_sign_of_a_hostile_comment_leaves_its_column(text: str) -> None:
    made = table_pdf(said(text))
    assert squeezed(text).replace("-W", "•W") in structure(made).text
    assert strayed(made, A3_TEXT) == []
    ends = [char["x0"] for char in chars(made) if char["text"] == "C" and char["x0"] > 900]
    left = min(ends)  # of the head Commentary
    in_row = [one for one in chars(made) if one["text"] in "Ww" and one["x0"] > left - 12]
    assert all(one["x1"] <= A3_TEXT[1] for one in in_row)
    if "Longercomments" in structure(made).text:
        # Three columns of (1128.4 - 2 x 28.3) / 3 = 357.2 points: no W stands in a gap between.
        for one in chars(made):
            if one["text"] == "W" and one["size"] > 8.9:
                at = (one["x1"] - A3_TEXT[0] - 0.1) % (357.2 + 28.35)
                assert at <= 357.4, one["x1"]


def test_a_remark_that_stands_beneath_its_comment_is_no_note_as_well() -> None:
    first, *others = short_page().rows
    assert first.comment is not None
    old = replace(first.comment, text="It rose.", corrected_since=(("7", "8"),))
    told = structure(table_pdf(replace(short_page(), rows=(replace(first, comment=old), *others))))
    assert told.text.count(squeezed("Written before this figure was corrected")) == 1
    before = structure(short_paper()).text
    assert told.text.count("[note") == before.count("[note")


def test_the_first_sign_of_the_legend_stands_apart_from_its_word() -> None:
    with pdfplumber.open(io.BytesIO(short_paper())) as document:
        page = document.pages[0]
        words = {one["text"]: one for one in page.extract_words()}
        head, after = words["Signals:"], words["concern,"]
        shapes = [
            one for one in (*page.curves, *page.rects)
            if head["top"] - 3 < one["top"] < head["bottom"] and one["x1"] < after["x0"] + 1
            and one["x0"] > head["x0"]
        ]  # fmt: skip
        assert min(one["x0"] for one in shapes) - head["x1"] >= 1.8  # a blank of 9 pt type


def test_what_is_to_be_known_of_a_comment_stands_with_it() -> None:
    first, *others = short_page().rows
    assert first.comment is not None
    about = first.comment.month.plus(-1)
    old = replace(first.comment, text="It rose.", month=about, corrected_since=(("7", "8"),))
    card = replace(short_page(), rows=(replace(first, comment=old), *others))
    assert first_comment(structure(table_pdf(card))) == squeezed(
        "About May 2021. It rose. Written before this figure was corrected."
    )


def test_many_short_lines_and_a_word_without_end_are_whole() -> None:
    for text in ("\n".join(f"line {number}" for number in range(300)), "https://" + "a1" * 400):
        made = table_pdf(said(text))
        assert squeezed(text) in structure(made).text
        assert outside(made) == []


def test_markup_in_texts_is_printed_as_it_is() -> None:
    hostile = judged(example(), hostile=True)
    told = structure(table_pdf(replace(hostile, rows=hostile.rows[::6]))).text
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
