"""The A4 paper: what it says is what the page prints, and everybody can read it."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pytest
from example_scorecard import example
from example_signals import judged
from pdf_read import squeezed, strayed, structure

from openscorecard.disclosure import protect
from openscorecard.publish.pdf.drawings import STYLE, figure
from openscorecard.publish.pdf.paper import paper_data, paper_pdf, write_paper_pdf
from openscorecard.scorecard.page import FigureStatus, Scorecard
from openscorecard.scorecard.release import ChangedCell, Release

A4 = (595.28, 841.89)  # points: 210 x 297 mm


def _page(*, audience: str) -> Scorecard:
    return judged(example(audience=audience))


def _few(card: Scorecard) -> Scorecard:
    """Its first rows alone: quick to set and to read back."""
    return replace(card, rows=card.rows[:3], matters=(), usual_moves=())


@pytest.fixture(scope="module", params=["internal", "public"])
def card(request: pytest.FixtureRequest) -> Scorecard:
    return _page(audience=request.param)


@pytest.fixture(scope="module")
def pdf(card: Scorecard) -> bytes:
    return paper_pdf(card)


@pytest.fixture(scope="module")
def pages(pdf: bytes) -> list[Any]:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [
            (page.width, page.height, page.chars, page.extract_text(), page.images)
            for page in document.pages
        ]


@pytest.fixture(scope="module")
def tags(pdf: bytes) -> list[tuple[str, str, str]]:
    """Kind, alternative text and attributes of every tag, in reading order."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [
            (kind, str(tag.get("/Alt", "")), str(tag.get("/A", "")))
            for kind, tag in _walk(document.Root.StructTreeRoot)
        ]


def _walk(element: Any) -> Iterator[tuple[str, Any]]:
    below = element.get("/K")
    if below is None:
        return
    for one in below if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(one, pikepdf.Dictionary) and "/S" in one:
            yield str(one.S), one
            yield from _walk(one)


def _text(pages: list[Any]) -> str:
    return " ".join(" ".join(text.split()) for _, _, _, text, _ in pages)


def _outline(pdf: bytes) -> list[tuple[int, str]]:
    found = []

    def walk(items: Any, depth: int) -> None:
        for item in items:
            found.append((depth, item.title))
            walk(item.children, depth + 1)

    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_outline() as outline:
        walk(outline.root, 1)
    return found


def test_has_a_language_a_title_and_the_mark_of_pdf_ua(pdf: bytes, card: Scorecard) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == "en-GB"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert document.Root.MarkInfo.Marked
        with document.open_metadata() as metadata:
            assert card.month.long in str(metadata["dc:title"])
            assert metadata["pdfuaid:part"] == "1"


def test_headings_go_down_by_one_level_at_most(tags: list[Any]) -> None:
    levels = [int(kind[2:]) for kind, _, _ in tags if kind[:2] == "/H" and kind[2:].isdigit()]
    assert levels
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_figure_has_words(tags: list[Any], card: Scorecard) -> None:
    alts = [alt for kind, alt, _ in tags if kind == "/Figure"]
    data = paper_data(card)
    charts = [row["chart"]["alt"] for part in data["sections"] for row in part["rows"]
              if row["chart"]]  # fmt: skip
    assert all(alts)
    assert set(charts) <= set(alts)


def test_tables_have_headers_of_columns_and_of_rows(tags: list[Any], card: Scorecard) -> None:
    scopes = [attributes for kind, _, attributes in tags if kind == "/TH"]
    assert sum("/Column" in one for one in scopes) >= 10 * len(card.rows)
    assert sum("/Row" in one for one in scopes) >= len(card.rows)


def test_bookmarks_lead_to_every_section_and_indicator(pdf: bytes, card: Scorecard) -> None:
    names = {" ".join(title.split()) for _, title in _outline(pdf)}
    for section in card.sections:
        assert section.title in names
    for row in card.rows:
        assert f"{row.indicator.short_name} {row.indicator.ref}" in names


def test_figures_are_those_of_the_page(pages: list[Any], card: Scorecard) -> None:
    text = _text(pages)
    for row in card.rows:
        printed = " ".join(
            [one.printed for one in row.figures]
            + [row.average_12m.printed, row.maximum_12m.printed]
        )
        assert f"Figure {printed}" in text, row.indicator.ref
    for row in card.rows:
        for one in row.comparators:
            if one.status == "value":
                assert f"{one.name} {one.printed}" in text


def test_each_indicators_figures_stand_under_its_own_name(
    pages: list[Any], card: Scorecard
) -> None:
    text = _text(pages).partition("Contents")[2]
    at = text.index("How to read it")  # in the list of contents; the indicators come after it
    for row in card.rows:
        at = text.index(f"{row.indicator.short_name} {row.indicator.ref}", at)
        line = text.index("Figure ", at)
        found = text[line:].split()[1 : 1 + len(row.figures)]
        expected = " ".join(one.printed for one in row.figures).split()[: len(found)]
        assert found == expected, row.indicator.ref


def test_nothing_lies_outside_the_page_and_no_text_is_small(pages: list[Any]) -> None:
    for width, height, letters, _, _ in pages:
        assert (round(width, 2), round(height, 2)) == A4
        for one in letters:
            assert one["x0"] >= 0
            assert one["x1"] <= width
            assert one["top"] >= 0
            assert one["bottom"] <= height
            assert one["size"] >= 8.99


def test_an_indicator_begins_on_the_page_of_its_chart_and_table(
    pages: list[Any], card: Scorecard
) -> None:
    for row in card.rows:
        heading = f"{row.indicator.short_name} {row.indicator.ref}"
        line = "Figure " + " ".join(one.printed for one in row.figures)
        texts = [" ".join(text.split()) for _, _, _, text, _ in pages]
        here = [text for text in texts if heading in text and line in text]
        assert here, row.indicator.ref
        assert any(text.index(heading) < text.rindex(line) for text in here)


def test_is_a_draft_until_it_is_released() -> None:
    card = _few(_page(audience="public"))
    assert "DRAFT" in _read(paper_pdf(replace(card, release=None)))
    changed = (ChangedCell("M1", "2021-06", "1,234", "4,321"),)
    released = Release(2, dt.date(2021, 7, 9), "one count was mistyped", changed)
    text = _read(paper_pdf(replace(card, release=released)))
    assert "DRAFT" not in text
    assert "Version 2, corrected 9 July 2021. One count was mistyped. 1 figure corrected." in text
    assert "Contacts received (M1) June 2021 1,234 4,321" in text


@pytest.mark.parametrize(
    ("audience", "release", "footer"),
    [
        ("public", Release(1, dt.date(2021, 7, 9)), "Version 1, published 9 July 2021. Public."),
        (
            "internal",
            Release(1, dt.date(2021, 7, 9)),
            "Version 1, released 9 July 2021. Internal: not for publication.",
        ),
        ("public", Release(2, dt.date(2021, 7, 9)), "Version 2, corrected 9 July 2021. Public."),
        ("internal", None, "DRAFT. Internal: not for publication."),
    ],
)
def test_every_page_says_which_version_it_is_of_which_day_and_for_whom(
    audience: str, release: Release | None, footer: str
) -> None:
    card = replace(_few(_page(audience=audience)), release=release)
    with pdfplumber.open(io.BytesIO(paper_pdf(card))) as document:
        count = len(document.pages)
        for number, page in enumerate(document.pages, start=1):
            foot = page.crop(
                (0, page.height - 46, page.width, page.height)
            ).extract_text()  # 16 mm are 45.4 points
            assert foot == f"{card.council}, June 2021. {footer} {number} of {count}"


def test_the_document_s_name_is_its_first_heading_and_holds_all_others(
    pdf: bytes, tags: list[Any], card: Scorecard
) -> None:
    kinds = [kind for kind, _, _ in tags if re.fullmatch(r"/H\d", kind)]
    assert kinds.count("/H1") == 1
    assert kinds[0] == "/H1"
    (first, *others) = _outline(pdf)
    assert first[0] == 1
    assert " ".join(first[1].split()) == f"{card.council}. {card.title} June 2021"
    assert min(depth for depth, _ in others) == 2


def test_an_indicator_s_heading_chart_table_and_comment_are_on_one_page(pdf: bytes) -> None:
    """No comment of the example is so long that it may go on over the page: what stands between
    one heading and the next lies on one page, and no heading ends one."""
    (document,) = structure(pdf).below
    on: frozenset[int] = frozenset()
    seen = False
    for element in document.every("H1", "H2", "H3", "P", "Figure", "Table"):
        seen = seen or (element.kind == "H2" and element.text == "Frontdoor")
        if element.text == "Howtoreadit":
            break
        if seen and element.kind in ("H2", "H3"):
            on = element.pages
        elif seen:
            assert element.pages == on, element.text
    assert seen


def _said(text: str, headline: str = "") -> Scorecard:
    """Three rows, the text the first one's comment."""
    card = _few(_page(audience="internal"))
    first, *others = card.rows
    assert first.comment is not None
    headline = headline or text.partition("\n")[0]
    rest = text.removeprefix(headline).strip()
    comment = replace(first.comment, text=text, headline=headline, rest=rest)
    return replace(card, rows=(replace(first, comment=comment), *others))


def _comment(card: Scorecard) -> dict[str, Any]:
    comment = paper_data(card)["sections"][0]["rows"][0]["comment"]
    assert isinstance(comment, dict)
    return comment


def test_the_lines_of_a_list_are_told_from_paragraphs() -> None:
    text = (
        "It rose in June.\nIn part this is:\n- new work\n• both\n2. Old work\n-5 on May\nSee p. 4"
    )
    parts = _comment(_said(text))["rest"]
    assert [(one["kind"], one["text"]) for one in parts] == [
        ("text", "In part this is:"), ("bullets", ""), ("numbers", ""), ("text", "-5 on May"),
        ("text", "See p. 4"),
    ]  # fmt: skip
    assert [[one["sign"], one["text"]] for part in parts for one in part["entries"]] == [
        ["•", "new work"], ["•", "both"], ["2.", "Old work"],
    ]  # fmt: skip
    assert [one["leads"] for one in parts] == [True, False, False, False, False]
    told = structure(paper_pdf(_said(text)))
    assert [[one.text for one in part.every("LI")] for part in told.every("L")][-2:] == [
        ["•newwork", "•both"], ["2.Oldwork"],
    ]  # fmt: skip


def test_a_dash_before_figures_alone_may_be_a_minus_sign_and_stays() -> None:
    assert [one["kind"] for one in _comment(_said("It fell again.\n- 5 on May"))["rest"]] == [
        "text"
    ]
    listed = _comment(_said("It fell again.\n- 5 visits\n- letters"))["rest"]
    assert [one["kind"] for one in listed] == ["bullets"]


@pytest.mark.parametrize(
    ("headline", "stands_out"),
    [
        ("Referrals rose in June.", True),
        ("https://example.org/a/report.", False),
        ("See www.example.org for this.", False),
        ("- Referrals rose in June.", False),
        ("1. Referrals rose in June.", False),
        ("What we are doing:", False),
        ("Up 5.", False),
    ],
)
def test_a_first_sentence_stands_out_where_it_is_one_of_words(
    headline: str, stands_out: bool
) -> None:
    comment = _comment(_said(f"{headline}\nAnd then.", headline))
    assert comment["headline"] == (headline if stands_out else "")
    texts = [one["text"] or one["entries"][0]["text"] for one in comment["rest"]]
    assert texts[-1] == "And then."
    assert len(texts) == (1 if stands_out else 2)


def test_lines_without_anything_to_see_take_no_room() -> None:
    comment = _comment(_said("It rose in June.\n\n \n\N{ZERO WIDTH SPACE}\n\nAnd then."))
    assert [one["text"] for one in comment["rest"]] == ["And then."]


A4_TEXT = (51.0, A4[0] - 51.0)  # points: 18 mm left free on either side


@pytest.mark.parametrize(
    "text",
    ["W" * 400, f"- {'W' * 400}\n1. {'m' * 400}", f"It rose here, see {'W' * 400}.\n{'x' * 900}"],
)
def test_no_sign_of_a_hostile_comment_leaves_the_text(text: str) -> None:
    made = paper_pdf(_said(text))
    assert squeezed(text).replace("-W", "•W") in structure(made).text
    assert strayed(made, A4_TEXT) == []


def test_long_comments_flow_over_the_page_and_leave_none_half_empty() -> None:
    """A page ends where the next indicator's heading, chart and table have no room: these take
    some 250 of a page's 760 points, with the first line of the comment and what keeps with it 320
    at most. So no page but the last holds less than 440."""
    text = "It rose again in June.\n" + "\n".join(
        f"What we did in week {number} was to look at each of them with the school." * 2
        for number in range(14)
    )
    card = _few(_page(audience="internal"))
    rows = _page(audience="internal").rows[:12]
    long = _said(text).rows[0].comment
    made = paper_pdf(replace(card, rows=tuple(replace(row, comment=long) for row in rows)))
    with pdfplumber.open(io.BytesIO(made)) as document:
        ends = [
            max(one["bottom"] for one in page.chars if one["bottom"] < page.height - 46)
            for page in document.pages
        ]
    # The first pages hold the overview; "How to read it" is whole on the last.
    assert all(end - 34 > 440 for end in ends[1:-2]), ends


def test_what_a_version_changes_is_all_listed_at_the_end_and_the_front_says_where() -> None:
    card = _few(_page(audience="internal"))
    changed = tuple(ChangedCell("M1", f"20{year}-06", "7", "8") for year in range(14, 22))
    release = Release(2, dt.date(2021, 7, 9), "All was counted again.", changed)
    told = structure(paper_pdf(replace(card, release=release)))
    headings = list(told.every("H2"))
    assert [one.text for one in headings][-2:] == ["Howtoreadit", "Whatthisversionchanges"]
    (last,) = headings[-1].pages
    assert f"Whatitchangesislistedonpage{last + 1}." in told.text
    assert told.text.rpartition("Whatthisversionchanges")[2].count("78") == 8


def test_says_when_it_is_not_for_publication(pages: list[Any], card: Scorecard) -> None:
    internal = "is not for publication" in _text(pages[:1])
    assert internal == (card.audience == "internal")
    for _, _, _, text, _ in pages:
        assert ("Internal: not for publication." in text) == internal


def test_the_same_page_gives_the_same_bytes(pdf: bytes, card: Scorecard, tmp_path: Path) -> None:
    write_paper_pdf(card, tmp_path / "panel-paper.pdf")
    assert (tmp_path / "panel-paper.pdf").read_bytes() == pdf


@pytest.mark.parametrize("page", [example(hostile=True), judged(example(), hostile=True)])
def test_text_with_markup_in_it_is_only_text(page: Scorecard) -> None:
    assert "<script>" in _read(paper_pdf(_few(page)))


def test_a_long_comment_is_whole_and_goes_on_over_the_page() -> None:
    card = _few(_page(audience="internal"))
    first, *others = card.rows
    assert first.comment is not None
    rest = "\n".join(
        f"Word{number} is said at length, so that it takes a line of its own or two."
        for number in range(120)
    )
    long = replace(first.comment, text=f"{first.comment.headline}\n{rest}", rest=rest)
    text = _read(paper_pdf(replace(card, rows=(replace(first, comment=long), *others))))
    assert all(f"Word{number} is" in text for number in range(120))


def test_a_character_without_a_shape_is_marked_and_named_once() -> None:
    card = _few(_page(audience="internal"))
    first, *others = card.rows
    assert first.comment is not None
    strange = replace(first.comment, headline="Down \N{PILE OF POO} on May.")
    text = _read(paper_pdf(replace(card, rows=(replace(first, comment=strange), *others))))
    assert "Down [?] on May." in text
    assert text.count("pile of poo (U+1F4A9)") == 1


def test_a_hidden_number_changes_nothing_on_the_paper() -> None:
    """Two pages that differ in a hidden count alone are one and the same to the public: no text,
    no drawing and no alternative text depends on it."""
    papers = []
    for count in (3, 4):
        card = _few(example(audience="internal"))
        first, *others = card.rows
        small = replace(first.latest, value=Fraction(count), printed=str(count))
        row = replace(
            first,
            figures=(*first.figures[:-1], small),
            history=(*first.history[:-1], small),
            chart_text=f"Latest {count}.",
            comment=None,
        )
        shown = protect(replace(card, rows=(row, *others)), ())
        assert shown.rows[0].latest.status is FigureStatus.HIDDEN
        papers.append(paper_data(shown))
    assert papers[0] == papers[1]
    assert papers[0]["sections"][0]["rows"][0]["value"] == "[c]"


def test_a_drawing_keeps_its_words_for_those_who_do_not_see_it() -> None:
    drawn = (
        '<svg viewBox="0 0 9 9" width="9" height="9" role="img"><title id="t">A &amp; B</title>'
        '<desc id="d">From 1 to 2.</desc><path class="g-line" d="M0 0L9 9"/></svg>'
    )
    made = figure(drawn)
    assert made is not None
    assert made["alt"] == "A & B. From 1 to 2."
    assert "<title" not in made["svg"]
    assert "<style>.g-line{" in made["svg"]
    assert ".g-dot" not in made["svg"]  # it has none: a drawing carries the rules that it needs


def test_the_colours_are_those_of_the_published_pages() -> None:
    sheet = files("openscorecard.publish.html").joinpath("assets/style.css").read_text("utf-8")
    tokens = set(re.findall(r"--[\w-]+:(#[0-9a-f]{6})", sheet)) | {"#fff"}
    assert set(re.findall(r"#[0-9a-f]{3,6}", STYLE)) <= tokens


def test_every_class_of_the_drawings_has_its_style(card: Scorecard) -> None:
    drawn = " ".join(
        row["chart"]["svg"]
        for part in paper_data(card)["sections"]
        for row in part["rows"]
        if row["chart"]
    )
    used = {name for names in re.findall(r'class="([^"]*)"', drawn) for name in names.split()}
    styled = set(re.findall(r"\.([gth][\w-]+)", STYLE))
    assert "g-line" in used
    assert used <= styled, used - styled


def _read(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return " ".join(" ".join(page.extract_text().split()) for page in document.pages)
