"""The published pages with verdicts on them: what comes first, what a row says, and what an
indicator's own page tells of how it was judged."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from example_scorecard import HOSTILE, JUNE, example, slug
from example_signals import CHANCE, MATTERS, judged
from lxml import html

from openscorecard.publish.html.site import site
from openscorecard.records.printed.read import read_page
from openscorecard.scorecard.matter import MatterKind
from openscorecard.scorecard.page import Scorecard
from openscorecard.scorecard.signals.settings import SignalSettings
from openscorecard.scorecard.verdict import FirstPublished, Signal, Verdict

CARD = judged(example(audience="internal"))
PAGES = site(CARD)
HTML = [name for name in PAGES if name.endswith(".html")]


def tree(name: str, pages: dict[str, bytes] = PAGES) -> html.HtmlElement:
    return html.document_fromstring(pages[name].decode("utf-8"))


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def own_page(ref: str, pages: dict[str, bytes] = PAGES) -> html.HtmlElement:
    return tree(f"indicators/{slug(ref)}.html", pages)


def row(ref: str) -> html.HtmlElement:
    (found,) = tree("index.html").xpath(f"//tr[@id='row-{slug(ref)}']")
    return found


def signal_of(ref: str) -> str:
    return words(row(ref).xpath("./td[contains(@class,'c-sig')]")[0])


# --- the top ---------------------------------------------------------------------------------


def test_what_matters_comes_first_then_the_glance_then_the_moves_that_do_not() -> None:
    heads = [words(head) for head in tree("index.html").xpath("//h2")]
    assert heads[:3] == [
        "What matters this month",
        "All 64 at a glance",
        "Big moves that are usual variation",
    ]
    assert heads[-1] == "What to know about the data"


def test_each_matter_has_word_shape_headline_sentence_chart_and_rule() -> None:
    items = tree("index.html").xpath("//ol[@class='matters']/li")
    assert len(items) == len(MATTERS)
    for item, matter in zip(items, MATTERS, strict=True):
        said = words(item)
        assert said.startswith(matter.word)
        assert item.xpath(".//*[contains(@class,'sig')]/svg[@aria-hidden='true']")
        (link,) = item.xpath(".//h3/a")
        assert words(link) == matter.headline
        assert link.get("href") == f"indicators/{slug(matter.refs[0])}.html"
        assert matter.sentence in said
        assert matter.rule[1:] in said
        # The first row that it names is drawn; a data note speaks of several and draws none.
        drawn = bool(item.xpath(".//figure/svg[@role='img']"))
        assert drawn == (matter.kind is not MatterKind.DATA)


def test_a_matter_leads_to_its_further_rows_but_a_data_note_to_no_list_of_them() -> None:
    items = tree("index.html").xpath("//ol[@class='matters']/li")
    assert "See also Contacts that became referrals." in words(items[2])
    assert "See also" not in words(items[4])


def test_a_month_in_which_nothing_was_chosen_says_so_and_an_older_page_does_not() -> None:
    quiet = tree("index.html", site(replace(CARD, matters=(), usual_moves=())))
    assert "Nothing was chosen this month: no special cause" in words(quiet)
    older = words(tree("index.html", site(example())))
    assert "What matters" not in older
    assert "Nothing was chosen" not in older


def test_the_marks_count_all_64_by_what_can_be_said_of_them() -> None:
    page = tree("index.html")
    key = {words(line[2]): int(words(line[1])) for line in page.xpath("//ul[@class='key']/li")}
    # Five of the changed rows: LAC9; M8-QL; M1 and EH3a%. Hidden are the eight of HIDDEN but for
    # those without even that; FM011 has a figure and too few quarters.
    assert key["concern"] == 1
    assert key["improvement"] == 1
    assert key["unusual, neither better nor worse"] == 2
    assert sum(key.values()) == 64
    assert CHANCE in words(page.xpath("//section[@aria-labelledby='h-glance']")[0])


def test_a_usual_move_is_linked_by_its_name_and_told_in_full() -> None:
    moves = tree("index.html").xpath("//section[@class='moves']//li")
    assert [words(move) for move in moves] == [
        "↓down 65 section 47 enquiries, to 93. They run from 79 to 174.",
        "↑up 24 pts Conferences on time: to 62% from 38%.",
    ]
    assert [words(move.xpath(".//a")[0]) for move in moves] == [
        "section 47 enquiries",
        "Conferences on time",
    ]


def test_the_filters_keep_what_they_count() -> None:
    page = tree("index.html")
    tokens = Counter(token for line in page.xpath("//tr/@data-show") for token in line.split())
    labels = [words(label) for label in page.xpath("//fieldset//label")]
    assert labels == [
        "all 64",
        "4 signals",
        f"{tokens['note']} with a data note or no figure",
        f"{tokens['unjudged']} not judged",
    ]
    assert tokens["signal"] == 4


# --- the rows --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        ("LAC9", "Concern7 months in a row above the average"),
        ("M8-QL", "Improvement7 months in a row above the average"),
        ("M2", "Usual variation"),
        ("CP3-QL", "Usual variationbut 10 of the last 12 months were not"),
        ("LAC14", "Hidden"),
        ("YO2", "Not judged"),
        ("FM011", "Not judgedfewer than 7 quarters"),
    ],
)
def test_the_signal_stands_last_with_its_reason_unless_it_is_usual_or_said_beside(
    ref: str, said: str
) -> None:
    assert row(ref)[-1].get("class") == "c-sig"
    assert signal_of(ref) == said


def test_the_arrows_stay_beside_the_verdict() -> None:
    assert "% change" in words(row("LAC9").xpath(".//td[@class='c-chg']")[0])


def test_only_special_causes_have_a_shape_and_a_wash() -> None:
    washes = Counter(
        badge.get("class")
        for badge in tree("index.html").xpath("//tr//span[contains(@class,'sig')]")
    )
    assert washes == {"sig": 60, "sig bad": 1, "sig good": 1, "sig odd": 2}


# --- an indicator's page ---------------------------------------------------------------------


def said(ref: str) -> str:
    return words(own_page(ref).xpath("//section[@aria-labelledby='h-said']")[0])


def test_it_says_the_verdict_what_would_count_and_how_it_was_judged() -> None:
    found = said("CP3-QL")
    assert "Usual variation" in found
    assert "A usual level can still be the wrong level." in found
    assert "This month is a usual one, but 10 of the last 12 months were not." in found
    assert "goes up and down by this much" not in found
    # 61 points -/+ 1.5 x 30 points: 16 to 106, of which 100% is the end.
    assert "In June 2021: a figure below 16%. A run of months" in found
    assert "The target is 80%. Without any change some months would meet it and others" in found
    assert "2 of the last 12 months met it." in found
    assert "chance" not in found
    assert "How this is judged XmR of the monthly count" in found
    assert "Limits rest on June 2020 to June 2021, 13 months with a figure." in found


def test_what_was_first_published_stands_beside_what_is_said_now() -> None:
    assert "2 July 2021: Concern, below the usual range. Now: Usual variation" in said("CP3-QL")
    lines = own_page("CP3-QL").xpath("//table[contains(@class,'by-month')]/tbody/tr")
    assert "First published as: Concern, below the usual range" in words(lines[0])
    december = next(line for line in lines if "December 2020" in words(line))
    assert "Concern: outside the usual range" in words(december)
    assert "First published as: Usual variation" in words(december)
    assert sum("First published" in words(line) for line in lines) == 2


def test_a_verdict_that_stands_as_first_published_is_dated_only() -> None:
    (at,) = [n for n, row in enumerate(CARD.rows) if row.indicator.ref == "LAC9"]
    kept = CARD.rows[at]
    assert kept.verdict is not None
    first = FirstPublished(Signal.CONCERN, "Concern", "", JUNE.last_day)
    rows = list(CARD.rows)
    rows[at] = replace(kept, verdict=replace(kept.verdict, first_published=first))
    page = words(own_page("LAC9", site(replace(CARD, rows=tuple(rows)))))
    assert "As first published, 30 June 2021." in page
    assert "First published as" not in page


def test_a_new_baseline_gives_its_reason() -> None:
    found = said("CP6B")
    assert "From December 2020 new limits rest on December 2020 to June 2021, 7 months" in found
    assert "A new team began." in found
    assert "these are trial limits" in found


def test_a_note_that_names_a_command_sets_it_as_one_and_shows_no_settings() -> None:
    (code,) = own_page("EH1a").xpath("//ul[@class='says']//code")
    assert words(code) == "scorecard signals 2021-06 --ref EH1a"
    assert "signals.rebase" not in words(own_page("EH1a"))


def test_why_limits_are_new_stands_under_the_chart() -> None:
    under = [words(line) for line in own_page("CP6B").xpath("//figure/p[@class='sub']")]
    assert "New limits from December 2020: A new team began." in under


def with_row(ref: str, **changes: object) -> Scorecard:
    return replace(
        CARD,
        rows=tuple(
            replace(one, **changes) if one.indicator.ref == ref else one  # type: ignore[arg-type]
            for one in CARD.rows
        ),
    )


def verdict_of(ref: str) -> Verdict:
    one = CARD.row(ref)
    assert one is not None
    assert one.verdict is not None
    return one.verdict


def test_what_is_usual_on_its_change_says_so_and_its_drift_follows() -> None:
    drift = "In the 12 months since June 2020 it went from 560 to 526."
    verdict = replace(verdict_of("LAC1"), notes=(drift,))
    page = words(own_page("LAC1", site(with_row("LAC1", verdict=verdict))))
    assert "Its change on the month is a usual one. A usual level can still be the wrong" in page
    assert page.index("the wrong level.") < page.index(drift) < page.index("would count as")
    assert "goes up and down" not in page


def test_a_usual_month_of_an_unusual_year_is_not_told_twice() -> None:
    note = "Within the usual range, but 10 of the last 12 months were a concern."
    verdict = replace(verdict_of("CP3-QL"), notes=(note,))
    page = words(own_page("CP3-QL", site(with_row("CP3-QL", verdict=verdict))))
    assert page.count("10 of the last 12 months") == 1
    # From eight on it is said.
    verdict = replace(verdict, flagged_12=7)
    few = html.document_fromstring(site(with_row("CP3-QL", verdict=verdict))["index.html"].decode())
    assert "of the last 12 months were not" not in words(few)


def test_of_several_standings_only_the_first_repeats_our_own_figure() -> None:
    standing = CARD.row("CP3-QL").standings[0]  # type: ignore[union-attr]
    region = replace(standing, against="region", name="South East", short="South East 76%: lower.")
    last = replace(standing, against="sn", name="Neighbours", sentence="61%; neighbours 80%.")
    page = own_page("CP3-QL", site(with_row("CP3-QL", standings=(standing, region, last))))
    lines = [words(line) for line in page.xpath("//ul[@class='stands']/li")][:3]
    assert lines == [f"{standing.sentence}.", "South East 76%: lower.", "61%; neighbours 80%."]


def test_a_figure_that_was_left_out_says_why_in_the_table() -> None:
    others = CARD.row("LAC1").comparators  # type: ignore[union-attr]
    left = replace(
        others[0],
        status="not-available",
        printed="[x]",
        value=None,
        year="",
        edition="",
        formula="left out: what was stated is not of its kind",
    )
    page = own_page("LAC1", site(with_row("LAC1", comparators=(left, *others[1:]))))
    lines = [words(line) for line in page.xpath("//table[contains(@class,'others')]/tbody/tr")]
    assert lines[0].endswith("[x]Left out: what was stated is not of its kind.")
    assert f"No figure for {left.name}" not in words(page)


def test_a_row_outside_what_chance_explains_round_england_says_on_which_side() -> None:
    def cell(ref: str) -> str:
        return words(row(ref).xpath("./td[contains(@class,'c-ben')]")[0])

    assert cell("CP3-QL").endswith("below England")
    # Of numbers nothing is said.
    assert not cell("LAC1").endswith("England")


def test_each_month_of_the_table_has_its_signal() -> None:
    cells = [
        words(cell)
        for cell in own_page("LAC9").xpath(
            "//table[contains(@class,'by-month')]//td[@class='m-sig']"
        )
    ]
    assert cells == ["Concern: a run on one side"] * 7 + ["Usual variation"] * 6


def test_the_standing_the_rank_the_source_and_the_licence_stand_with_other_councils() -> None:
    found = words(own_page("CP3-QL").xpath("//section[@aria-labelledby='h-others']")[0])
    assert "England 78%: lower than chance explains." in found
    assert "Its own published figure, 55%, ranks 140 of 150 councils" in found
    assert "1 being the best: the worst quarter." in found
    assert "Lower than chance would explain for a council this size" in found
    assert "Source: A published table, year ended March 2020, edition October 2020." in found
    assert "licensed under the Open Government Licence v3.0." in found
    assert "Off the scale: 2 larger councils." in found


def test_counts_have_neither_funnel_nor_trend() -> None:
    page = own_page("LAC1").xpath("//section[@aria-labelledby='h-others']")[0]
    assert not page.xpath(".//figure")
    assert "they follow the size of a council" in words(page)


# --- how we judge change ---------------------------------------------------------------------


def test_how_we_judge_tells_the_run_lengths_in_force_and_what_is_not_judged() -> None:
    card = replace(CARD, signal_settings=SignalSettings(shift=8, trend=6, two_of_three=False))
    found = words(tree("about.html", site(card)))
    assert "Run: 8 months in a row on one side of the centre." in found
    assert "Trend: 6 months, each higher" in found
    assert "Near a limit" not in found
    assert "Fewer than 7 quarters. FM011" in found
    assert CHANCE in found


# --- the classic table, and safety -----------------------------------------------------------


def test_the_classic_table_has_a_signal_and_reads_back_to_the_same_page(tmp_path) -> None:
    (tmp_path / "table.html").write_bytes(PAGES["table.html"])
    read = read_page(tmp_path / "table.html")
    plain = read_page_of(site(example(audience="internal"))["table.html"], tmp_path)
    assert read.rows == plain.rows
    line = next(
        line
        for line in tree("table.html").xpath("//table[@class='paper']//tr")
        if words(line[0]) == "LAC9"
    )
    assert "Concern: 7 months in a row above the average" in words(line)


def read_page_of(data: bytes, folder):
    (folder / "plain").mkdir()
    path = folder / "plain" / "table.html"
    path.write_bytes(data)
    return read_page(path)


def test_no_text_of_a_verdict_or_a_comparator_becomes_markup() -> None:
    pages = site(judged(example(audience="internal"), hostile=True))
    for name in (name for name in pages if name.endswith(".html")):
        page = html.document_fromstring(pages[name].decode("utf-8"))
        assert not page.xpath("//script"), name
        assert HOSTILE in page.text_content(), name


@pytest.mark.parametrize("name", HTML)
def test_a_page_has_no_id_twice_and_every_drawing_is_named_or_hidden(name: str) -> None:
    page = tree(name)
    ids = Counter(page.xpath("//@id"))
    assert [ident for ident, times in ids.items() if times > 1] == []
    for drawing in page.xpath("//svg[not(@aria-hidden)]"):
        assert drawing.get("role") == "img"
        assert words(drawing.find("title"))
        assert words(drawing.find("desc"))
    for link in page.xpath("//@href | //@src"):
        assert re.fullmatch(r"(\.\./)?[A-Za-z0-9_./-]*(#[A-Za-z0-9._-]+)?", link), link
