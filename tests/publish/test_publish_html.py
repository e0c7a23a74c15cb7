"""The published site: what is written, that nothing in it is altered, and that no text escapes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from example_scorecard import HIDDEN, HOSTILE, example, slug
from lxml import html

from openscorecard.errors import InputError, InternalError
from openscorecard.publish.html import write_site
from openscorecard.publish.html.indicator_view import headline
from openscorecard.publish.html.site import site
from openscorecard.records.printed.read import read_page
from openscorecard.scorecard.page import Figure, FigureStatus, Row, Scorecard, Vintage

CARD = example()
PAGES = site(CARD)


def tree(name: str, pages: dict[str, bytes] = PAGES) -> html.HtmlElement:
    return html.document_fromstring(pages[name].decode("utf-8"))


def row(ref: str) -> html.HtmlElement:
    (found,) = tree("index.html").xpath(f"//tr[@id='row-{slug(ref)}']")
    return found


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def html_pages(pages: dict[str, bytes]) -> list[str]:
    return [name for name in pages if name.endswith(".html")]


# --- what is written -------------------------------------------------------------------------


def test_it_writes_the_page_the_table_one_page_an_indicator_and_the_assets(tmp_path: Path) -> None:
    written = write_site(CARD, tmp_path)
    names = [path.relative_to(tmp_path).as_posix() for path in written]
    assert names[:3] == ["index.html", "table.html", "about.html"]
    assert sum(name.startswith("indicators/") for name in names) == 64
    assert {name for name in names if name.startswith("assets/")} == {
        "assets/style.css",
        "assets/icon.svg",
        "assets/scorecard-sans.woff2",
        "assets/scorecard-sans-licence.txt",
    }
    assert all(path.is_file() for path in written)


def test_the_same_scorecard_gives_the_same_bytes() -> None:
    assert site(example()) == PAGES


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="make it first"):
        write_site(CARD, tmp_path / "nowhere")


def test_an_old_page_is_never_mixed_with_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("an old page", encoding="utf-8")
    with pytest.raises(InputError, match="empty folder"):
        write_site(CARD, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_an_id_that_would_leave_the_folder_is_our_fault(tmp_path: Path) -> None:
    first = CARD.rows[0]
    stray = replace(first, indicator=replace(first.indicator, id="../../stray"))
    with pytest.raises(InternalError):
        write_site(replace(CARD, rows=(stray, *CARD.rows[1:])), tmp_path)
    assert list(tmp_path.iterdir()) == []


# --- the figures -----------------------------------------------------------------------------


def test_our_reader_reads_the_table_back_to_the_same_figures(tmp_path: Path) -> None:
    write_site(CARD, tmp_path)
    read = read_page(tmp_path / "table.html")
    assert [item.ref for item in read.rows] == [item.indicator.ref for item in CARD.rows]
    assert read.months == CARD.months
    for said, meant in zip(read.rows, CARD.rows, strict=True):
        for figure in meant.figures:
            assert said.value(figure.month).raw == figure.printed, said.ref
            assert said.value(figure.month).number == figure.value, said.ref
        for cell, change in (
            (said.change_month, meant.change_month),
            (said.change_year, meant.change_year),
        ):
            assert cell is not None
            assert cell.raw.replace("−", "-").endswith(change.printed), said.ref
            assert cell.arrow == change.arrow, said.ref
        assert said.average_12m is not None
        assert said.average_12m.raw == meant.average_12m.printed
        assert said.maximum_12m is not None
        assert said.maximum_12m.raw == meant.maximum_12m.printed
        peers = (said.sn, said.eng, said.region)
        assert [cell and cell.raw for cell in peers] == [c.printed for c in meant.comparators]
        assert said.owner == meant.indicator.owner
        if meant.comment and meant.comment.month == CARD.month:
            assert said.commentary.split() == meant.comment.text.split()


def test_the_table_has_the_classic_headers() -> None:
    heads = [words(cell) for cell in tree("table.html").xpath("(//thead)[1]//th")]
    months = ["Dec-20", "Jan-21", "Feb-21", "Mar-21", "Apr-21", "May-21", "Jun-21"]
    changes = ["% change from May-21", "% change from Jun-20", "Preferred DoT"]
    sums = ["12-mnth avg", "12-mnth max."]
    assert heads == [
        *("Ref.", "Indicator", "Owner", "Reporter"),
        *(*months, *changes, *sums),
        *("SN", "ENG", "SE region", "Signal", "Commentary (Jun-21)"),
    ]


def test_every_latest_figure_change_average_and_maximum_stands_on_the_page_as_printed() -> None:
    for item in CARD.rows:
        said = words(row(item.indicator.ref))
        assert item.latest.printed in said
        if item.change_month.moved:
            assert f"{item.change_month.moved} on May" in said or "no change" in said
        if item.average_12m.value is not None:
            assert f"{item.average_12m.printed} avg" in said.replace("avg", " avg").replace(
                "  ", " "
            )


def test_every_month_stands_in_the_indicators_own_table() -> None:
    for item in CARD.rows:
        page = tree(f"indicators/{item.indicator.id}.html")
        cells = [
            (words(line[0]), words(line[1]))
            for line in page.xpath("//table[contains(@class,'by-month')]/tbody/tr")
        ]
        newest_first = [(f.month.long, f.printed) for f in reversed(item.history)]
        assert cells == newest_first


# --- rows of every state ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ref", "columns", "reason"),
    [
        ("LAC6 (val)", "3", "Hidden: a small number of children, or a way to work one out."),
        ("LAC12 (%)", "2", "Hidden: a small number of children, or a way to work one out."),
        ("YO2", "2", "Not available for June 2021."),
        ("LSCB17a", "3", "Not available for June 2021."),
        ("EH1c", "1", "Not available for June 2021."),
        ("CP2b %", "1", "Does not apply: there was nothing to count."),
    ],
)
def test_one_reason_spans_the_columns_that_have_nothing_to_show(
    ref: str, columns: str, reason: str
) -> None:
    (cell,) = row(ref).xpath(".//td[@class='c-why']")
    assert cell.get("colspan") == cell.get("aria-colspan") == columns
    assert words(cell) == reason
    assert len(row(ref)) + int(columns) - 1 == 7


def test_a_row_of_hidden_figures_shows_no_number_at_all() -> None:
    for ref in HIDDEN - {"M5", "LAC12 (%)", "M4"}:
        said = words(row(ref)).replace(ref, "").replace("June 2021", "")
        assert not re.search(r"\d", said), ref


def test_a_chart_of_no_or_one_figure_is_not_drawn() -> None:
    assert "No chart" in words(row("LSCB17a"))
    assert not row("LSCB17a").xpath(".//td[@class='c-spark']//svg")
    assert row("M1").xpath(".//td[@class='c-spark']//svg")


def test_a_long_comment_folds_after_its_first_sentence_and_a_short_one_does_not() -> None:
    (fold,) = row("CP3-QL").xpath(".//details")
    assert words(fold[0]).startswith("Timeliness has swung all year")
    assert words(fold[-1]) == "Service manager, June 2021"
    assert not row("M2").xpath(".//details")
    assert "Referrals fell after a busy May." in words(row("M2"))


def test_a_missing_comment_is_said_and_an_old_one_is_dated() -> None:
    assert "No comment for June 2021." in words(row("M5"))
    assert "From May 2021: Close to what we expect" in words(row("LAC9"))


def test_counts_are_set_beside_others_only_in_words() -> None:
    assert "Counts depend on size" in words(row("CP1"))
    assert not row("CP1").xpath(".//*[contains(@class,'strip')]")
    assert row("CP1-NI").xpath(".//*[contains(@class,'strip')]")
    assert "No national figure" in words(row("M1"))
    assert "Not available" in words(row("EH14b"))


def test_a_revised_figure_bears_its_mark() -> None:
    page = tree("indicators/cp6b.html")
    assert "417 [r]" in words(page)
    assert "Three late records were added." in words(page)


def test_where_the_plain_move_is_not_known_the_classic_change_still_stands() -> None:
    said = words(row("EH1a").xpath(".//td[@class='c-chg']")[0])
    assert "on Jun 20, % change ↑ 12%" in said


def test_the_top_counts_what_the_rows_show() -> None:
    page = tree("index.html")
    noted = page.xpath("//tr[contains(concat(' ', @data-show, ' '), ' note ')]")
    labels = [words(label) for label in page.xpath("//fieldset//label")]
    assert labels == [
        "all 64",
        "0 signals",
        f"{len(noted)} with a data note or no figure",
        "64 not judged",
    ]
    key = [int(number) for number in page.xpath("//ul[@class='key']//b/text()")]
    assert sum(key) == 64
    assert "8 indicators are hidden in June 2021" in words(page)


def test_the_findings_of_an_indicator_stand_on_its_page_and_the_errors_on_top() -> None:
    assert "The value is 100 times its neighbours." in words(tree("indicators/ni147.html"))
    top = words(tree("index.html").xpath("//ul[@class='know']")[0])
    assert "1 error found by the checks" in top
    assert "Two months share one load." in top


def test_the_internal_page_says_that_it_must_not_be_published() -> None:
    internal = site(example(audience="internal"))
    for name in html_pages(internal):
        assert "do not publish it" in words(tree(name, internal))
    for name in html_pages(PAGES):
        assert "do not publish it" not in words(tree(name))


def test_a_page_with_little_on_it_is_whole_too() -> None:
    bare = replace(CARD.rows[0], comment=None, notes=(), comparators=())
    card = Scorecard(
        council="Small Council",
        title="Scorecard",
        month=CARD.month,
        months=CARD.months,
        audience="public",
        sections=CARD.sections,
        rows=(bare,),
        arrow_tolerance=CARD.arrow_tolerance,
    )
    pages = site(card)
    said = words(tree("index.html", pages))
    assert "Every indicator has a figure for June 2021, and none carries a data note." in said
    assert "No comment" not in said  # nobody commented at all: silence says it
    assert "The council keeps the files behind these figures" in words(tree("about.html", pages))


# --- what is said, and what is not -----------------------------------------------------------


def test_where_nothing_is_hidden_no_page_speaks_of_hiding() -> None:
    shown = tuple(row for row in CARD.rows if row.indicator.ref not in HIDDEN)
    pages = site(replace(CARD, rows=shown, small_numbers=0))
    for name in ("index.html", "table.html", "about.html", "indicators/m1.html"):
        said = words(tree(name, pages))
        assert "[c]" not in said, name
        assert "small numbers are hidden" not in said, name
    assert "Nothing is hidden in it." in words(tree("about.html", pages))
    assert "Public version." in words(tree("index.html", pages))


def test_the_accessibility_statement_names_the_councils_contact() -> None:
    own = "the performance team, performance@example.org"
    assert f"tell {own}." in words(tree("about.html", site(replace(CARD, contact=own))))
    assert "using the contact details on its own website" in words(tree("about.html"))


def counts(*values: int | None) -> Row:
    """A row of these counts in the last months to June 2021; None is a month without one."""
    months = CARD.months[-len(values) :]
    figures = tuple(
        Figure(month, FigureStatus.NOT_AVAILABLE, "[x]")
        if value is None
        else Figure(month, FigureStatus.VALUE, f"{value}", Fraction(value))
        for month, value in zip(months, values, strict=True)
    )
    return replace(CARD.rows[0], figures=figures, history=figures)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((4, 9, 12), "12 in June 2021, the highest of the 3 months shown"),
        ((4, 9, None, 3), "3 in June 2021, the lowest of the 3 months shown"),
        ((12, 9, 12), "12 in June 2021, again the highest of the 3 months shown"),
        ((4, 12, 9), "9 in June 2021, between 4 and 12 in the months shown"),
        ((7, 7), "7 in June 2021, as in every month shown"),
        ((None, 7), "7 in June 2021, the only month shown"),
        ((7, None), "No figure for June 2021"),
    ],
)
def test_the_charts_headline_says_where_the_latest_figure_stands(
    values: tuple[int | None, ...], said: str
) -> None:
    assert headline(counts(*values)) == said


def test_what_every_month_would_repeat_is_said_once() -> None:
    same = tree("indicators/ni147.html", site(replace(CARD, rows=tuple(map(_one_load, CARD.rows)))))
    heads = [words(cell) for cell in same.xpath("//table[contains(@class,'by-month')]//thead//th")]
    assert heads == ["Month", "Figure"]
    assert "All figures are as released, from load load-001." in words(same)
    differ = tree("indicators/ni147.html")
    heads = [
        words(cell) for cell in differ.xpath("//table[contains(@class,'by-month')]//thead//th")
    ]
    assert heads == ["Month", "Figure", "Source", "Load"]


def _one_load(row: Row) -> Row:
    figures, history = (
        tuple(
            replace(figure, load="load-001", vintage=Vintage.RELEASED) if figure.load else figure
            for figure in some
        )
        for some in (row.figures, row.history)
    )
    return replace(row, figures=figures, history=history)


def test_each_section_of_the_table_has_a_heading() -> None:
    heads = [words(head) for head in tree("table.html").xpath("//caption/h2")]
    assert heads == [section.title for section in CARD.sections]


def test_the_glance_comes_first_and_few_links_stand_before_the_rows() -> None:
    page = tree("index.html")
    heads = [words(head) for head in page.xpath("//h2")]
    assert (heads[0], heads[-1]) == ("All 64 at a glance", "What to know about the data")
    links = page.xpath("//main//a[not(ancestor::details)][not(ancestor::table)]")
    # Four files to take away and the list of all, the sections,
    # and the notes on the data below the rows.
    assert len(links) == 5 + 6 + 1


# --- safe, sound and self-contained ----------------------------------------------------------


def test_no_text_from_data_becomes_markup() -> None:
    pages = site(example(hostile=True))
    for name in html_pages(pages):
        text = pages[name].decode("utf-8")
        assert "<script" not in text, name
        assert "&lt;script&gt;" in text, name
        page = html.document_fromstring(text)
        assert not page.xpath("//script"), name
        assert HOSTILE in page.text_content(), name
        # <b> is ours in a few places; one that came through from data would hold what follows it.
        assert not page.xpath("//b[contains(., 'alert')][not(ancestor::*[@class='severity'])]//b")


@pytest.mark.parametrize("name", html_pages(PAGES))
def test_a_page_needs_no_script_no_inline_style_and_nothing_from_elsewhere(name: str) -> None:
    page = tree(name)
    assert not page.xpath("//script | //style | //@style | //iframe | //object")
    assert not [key for key in page.xpath("//@*") if key.attrname.startswith("on")]
    for link in page.xpath("//@href | //@src"):
        assert re.fullmatch(r"(\.\./)?[A-Za-z0-9_./-]*(#[A-Za-z0-9._-]+)?", link), link
        assert not link.startswith("/")


@pytest.mark.parametrize("name", html_pages(PAGES))
def test_a_page_has_a_language_a_title_one_heading_and_no_id_twice(name: str) -> None:
    page = tree(name)
    assert page.get("lang") == "en-GB"
    assert len(page.xpath("//h1")) == 1
    assert "Example Council" in page.findtext(".//title")
    ids = Counter(page.xpath("//@id"))
    assert [ident for ident, times in ids.items() if times > 1] == []
    for names in page.xpath("//@aria-labelledby"):
        assert all(ident in ids for ident in names.split()), names


def test_titles_differ_from_page_to_page() -> None:
    titles = [tree(name).findtext(".//title") for name in html_pages(PAGES)]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("name", html_pages(PAGES))
def test_every_drawing_is_named_or_hidden_from_those_who_do_not_see_it(name: str) -> None:
    for drawing in tree(name).xpath("//svg"):
        if drawing.get("aria-hidden") == "true":
            continue
        assert drawing.get("role") == "img"
        assert words(drawing.find("title"))
        assert words(drawing.find("desc"))


def test_the_stylesheet_stays_small_and_fetches_only_its_font() -> None:
    sheet = PAGES["assets/style.css"].decode("utf-8")
    assert len(sheet) < 30_000
    assert re.findall(r"url\(([^)]*)\)", sheet) == ["scorecard-sans.woff2"]
    assert "@import" not in sheet
