"""Three years of months: charts that stay calm, months folded away, and what is said only once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from example_scorecard import JUNE, example
from lxml import html

from openscorecard.catalogue.indicator import Kind, Target
from openscorecard.periods import Month, months_to
from openscorecard.publish.charts.frame import narrow, wide
from openscorecard.publish.charts.gaps import Gap, gaps
from openscorecard.publish.charts.labels import Box
from openscorecard.publish.charts.line import LineChart, line_chart
from openscorecard.publish.charts.sparkline import sparkline
from openscorecard.publish.html.site import site
from openscorecard.publish.month_notes import row_notes
from openscorecard.publish.workbook.notes import numbered_notes
from openscorecard.scorecard.page import (
    Comparator,
    Figure,
    FigureStatus,
    Row,
    Scorecard,
    Source,
    Summary,
    Vintage,
)
from openscorecard.scorecard.wording import when

CARD = example(audience="internal")
MONTHS = months_to(JUNE, 36)  # July 2018 to June 2021
CLOSED = months_to(JUNE, 13)
HIDDEN_BECAUSE = "Hidden: a count of 1 to 5, or a way to work one out."


def figure(month: Month) -> Figure:
    """41% in most months, 94% in June 2020, 27% in December 2020, 62% in June 2021."""
    value = {Month(2020, 6): 94, Month(2020, 12): 27, JUNE: 62}.get(month, 41 + month.number % 3)
    closed = month in CLOSED
    return Figure(
        month=month,
        status=FigureStatus.VALUE,
        printed=f"{value}%",
        value=Fraction(value),
        numerator=Fraction(value),
        denominator=Fraction(100),
        vintage=Vintage.MONTH_CLOSE if closed else Vintage.NOW_KNOWN,
        load=f"{month if closed else JUNE}-records-001",
    )


def hidden(month: Month) -> Figure:
    vintage = figure(month).vintage
    return Figure(month, FigureStatus.HIDDEN, "[c]", vintage=vintage, note=HIDDEN_BECAUSE)


def history(row: Row | None = None, count: int = 36, of: Callable[[Month], Figure] = figure) -> Row:
    found = row or CARD.row("CP3-QL")
    assert found is not None
    figures = tuple(of(month) for month in MONTHS[-count:])
    average = Summary(FigureStatus.VALUE, "46%", Fraction(46), 12)
    return replace(found, history=figures, figures=figures[-7:], average_12m=average)


def noted(text: str, *months: Month, row: Row | None = None) -> Row:
    """The row with this note on these months, told of those shown as the page tells it."""
    old = row or history()
    told = tuple(replace(f, note=text) if f.month in months else f for f in old.history)
    shown = told[-7:]
    notes = tuple(f"{f.month.long}: {f.note.rstrip('.')}." for f in shown if f.note)
    return replace(old, history=told, figures=shown, notes=notes)


def drawn(row: Row) -> LineChart:
    own = tuple(item.month for item in row.history)
    chart = line_chart(row, own)
    assert chart is not None
    return chart


def card_of(row: Row, **changes: object) -> Scorecard:
    loads = {one.load for one in row.history if one.load}
    sources = tuple(Source(load, f"28 files of {load}", "ab" * 32) for load in sorted(loads))
    rows = tuple(row if one.indicator.ref == row.indicator.ref else one for one in CARD.rows)
    return replace(CARD, rows=rows, **{"sources": sources, **changes})  # type: ignore[arg-type]


def page(row: Row, **changes: object) -> html.HtmlElement:
    name = f"indicators/{row.indicator.id}.html"
    return html.document_fromstring(site(card_of(row, **changes))[name].decode("utf-8"))


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


SIZE = {"t-s": 14, "t-m": 15, "t-b": 15}
TEXT = re.compile(
    r'<text class="(t-.)[^"]*" x="([-0-9.]+)" y="([-0-9.]+)"(?: text-anchor="(\w+)")?>([^<]*)<'
)


def boxes(drawing: str) -> list[tuple[str, Box]]:
    """Where the drawing's words stand."""
    return [
        (text, Box.of_text(text, float(x), float(y), SIZE[css], anchor or "start"))
        for css, x, y, anchor, text in TEXT.findall(drawing)
    ]


# --- the large chart -------------------------------------------------------------------------


def test_of_many_months_only_the_latest_the_highest_and_the_lowest_have_their_figure() -> None:
    chart = drawn(history())
    for drawing in (chart.wide, chart.narrow):
        said = [text for text, _ in boxes(drawing) if re.fullmatch(r"\d+%", text)]
        assert sorted(said) == ["100%", "27%", "62%", "94%"]  # 100% stands on the axis


def test_of_thirteen_months_each_has_its_figure() -> None:
    chart = drawn(history(count=13))
    said = [text for text, _ in boxes(chart.wide) if re.fullmatch(r"\d+%", text)]
    assert len(said) == 13 + 1  # and 100% on the axis


def _steady(month: Month) -> Figure:
    return replace(figure(month), value=Fraction(62), printed="62%")


def _some_hidden(month: Month) -> Figure:
    return hidden(month) if month.number % 2 else figure(month)


@pytest.mark.parametrize("of", [figure, _steady, _some_hidden])
@pytest.mark.parametrize("count", [14, 20, 25, 36])
def test_no_words_of_a_long_chart_run_into_each_other(
    of: Callable[[Month], Figure], count: int
) -> None:
    chart = drawn(history(count=count, of=of))
    for drawing, width in ((chart.wide, 856), (chart.narrow, 336)):
        placed = boxes(drawing)
        for at, (text, box) in enumerate(placed):
            assert box.left >= -2, text
            assert box.right <= width + 8, text
            assert not [other for other, taken in placed[:at] if box.meets(taken)], text


def test_the_axis_of_three_years_names_quarters_or_half_years_and_each_year_once() -> None:
    chart = drawn(history())
    names = [text for text, _ in boxes(chart.wide)]
    quarters = ["Jul", "Oct", "Jan", "Apr"] * 3
    assert [n for n in names if re.fullmatch("[A-Z][a-z]{2}", n)] == ["Jun", *quarters]
    halves = [n for n, _ in boxes(chart.narrow) if re.fullmatch("[A-Z][a-z]{2}", n)]
    assert halves == ["Jun", *["Jul", "Jan"] * 3]
    for drawing in (chart.wide, chart.narrow):
        years = [n for n, _ in boxes(drawing) if re.fullmatch(r"20\d\d", n)]
        assert years == ["2021", "2020", "2019", "2018"]


def test_the_average_is_drawn_over_the_twelve_months_that_it_is_of() -> None:
    mean = re.search(r'class="g-mean" d="M([0-9.]+) ', drawn(history()).wide)
    assert mean is not None
    # July 2020 is the 25th of 36 months. 596 between first and last: 74 + 24/35 x 596 = 482.7;
    # half a step, 8.5, before it: 474.2.
    assert float(mean[1]) == pytest.approx(474.2, abs=0.1)


def test_a_target_is_drawn_from_the_month_since_which_it_holds() -> None:
    row = history()
    aim = replace(row.indicator, targets=(Target(Month(2021, 4), Fraction(80)),))
    line = re.search(r'class="g-ref" d="M([0-9.]+) ', drawn(replace(row, indicator=aim)).wide)
    assert line is not None
    # April 2021 is the 34th: 74 + 33/35 x 596 - 8.5 = 627.4.
    assert float(line[1]) == pytest.approx(627.4, abs=0.1)


def test_the_lines_named_on_a_chart_are_told_in_its_description() -> None:
    chart = drawn(history())
    assert "12-month average 46%. Target 80%.</desc>" in chart.wide
    assert "12-month average 46%. Target 80%.</desc>" in chart.narrow


def test_what_is_only_as_now_known_lies_lighter_and_is_told() -> None:
    chart = drawn(history())
    lines = dict(re.findall(r'class="(g-line[^"]*)" d="([^"]*)"', chart.wide))
    # July 2018 to June 2020 lighter, 24 points; June 2020 to June 2021, 13 points.
    assert {css: len(steps.split("L")) for css, steps in lines.items()} == {
        "g-line g-later": 24,
        "g-line": 13,
    }
    said = words(page(history()).xpath("//figcaption")[0])
    assert "Lighter to May 2020: as now known. From June 2020: as known at month close." in said


def test_where_all_months_are_of_one_knowledge_nothing_is_lighter() -> None:
    row = history(count=13)
    assert "g-later" not in drawn(row).wide
    assert "Lighter" not in words(page(row).xpath("//figcaption")[0])


def test_bars_of_many_months_have_numbers_where_the_line_has() -> None:
    # 94 in June 2020, 27 in December 2020, 62 in June 2021, of 100 each.
    said = [text for text, _ in boxes(drawn(history()).wide) if re.fullmatch(r"\d+", text)]
    assert sorted(text for text in said if text in ("94", "27", "62")) == ["27", "62", "94"]
    assert said.count("100") == 3


# --- months without a figure -----------------------------------------------------------------


def test_neighbouring_months_without_a_figure_are_one_gap_with_one_code() -> None:
    row = history(of=lambda month: hidden(month) if month < Month(2018, 10) else figure(month))
    assert gaps(row, MONTHS) == [Gap(0, 2, "[c]")]
    chart = drawn(row)
    assert [text for text, _ in boxes(chart.wide) if text == "[c]"] == ["[c]"]


def test_a_gap_is_a_pale_stretch_and_its_code_stands_below_the_axis_not_at_0() -> None:
    row = history(of=lambda month: hidden(month) if month.number == 3 else figure(month))
    chart = drawn(row)
    for drawing, foot in ((chart.wide, wide(36).foot), (chart.narrow, narrow(36).foot)):
        codes = [box for text, box in boxes(drawing) if text == "[c]"]
        assert len(codes) == 3  # each March
        assert all(box.top > foot for box in codes)
    # Three stretches behind the line and three behind the bars: no bar is no 0 either.
    assert chart.wide.count('class="g-gap"') == 6


def test_the_months_within_a_quarter_are_no_gaps() -> None:
    quarterly = CARD.row("FM011")
    assert quarterly is not None
    row = history(quarterly, of=lambda m: hidden(m) if m.number % 3 else figure(m))
    assert gaps(row, MONTHS) == []


def test_the_small_chart_has_the_gaps_too() -> None:
    drawing = sparkline(history(of=_some_hidden), MONTHS)
    assert drawing is None  # only specks
    row = history(of=lambda month: hidden(month) if month.number == 3 else figure(month))
    assert (sparkline(row, MONTHS) or "").count('class="g-gap"') == 3


# --- the small chart -------------------------------------------------------------------------


def test_a_row_whose_history_begins_later_says_with_which_month() -> None:
    short = sparkline(history(count=13), MONTHS) or ""
    assert ">from Jun 20</text>" in short
    assert "June 2020 to June 2021</title>" in short
    assert "g-gap" not in short
    long = sparkline(history(), MONTHS) or ""
    assert "from " not in re.sub("<desc.*?</desc>", "", long)
    assert "July 2018 to June 2021</title>" in long


def test_without_room_before_its_first_month_it_says_nothing() -> None:
    assert ">from" not in (sparkline(history(count=30), MONTHS) or "")


def test_the_small_charts_average_covers_twelve_months() -> None:
    mean = re.search(r'class="g-mean" d="M([0-9.]+) ', sparkline(history(), MONTHS) or "")
    assert mean is not None
    # The 25th of 36 months over 142 from 5: 5 + 24/35 x 142 = 102.4.
    assert float(mean[1]) == pytest.approx(102.4, abs=0.1)


# --- the table of months ---------------------------------------------------------------------


def test_thirteen_months_stand_and_the_earlier_ones_are_folded_away() -> None:
    found = page(history())
    standing, earlier = found.xpath("//table[contains(@class,'by-month')]")
    assert [words(line[0]) for line in standing.xpath("tbody/tr")] == [
        month.long for month in reversed(CLOSED)
    ]
    assert [words(line[0]) for line in earlier.xpath("tbody/tr")] == [
        month.long for month in reversed(MONTHS[:23])
    ]
    (fold,) = earlier.xpath("ancestor::details")
    assert words(fold.find("summary")) == "23 earlier months"
    heads = [[words(cell) for cell in table.xpath("thead//th")] for table in (standing, earlier)]
    assert heads[0] == heads[1] == ["Month", "Figure", "Counted", "Out of", "Source", "Load"]


def test_thirteen_months_in_all_have_no_fold() -> None:
    found = page(history(count=13))
    assert len(found.xpath("//table[contains(@class,'by-month')]")) == 1
    assert not found.xpath("//main//details")


def test_what_the_vintages_mean_is_said_once() -> None:
    said = words(page(history()).xpath("//main")[0])
    assert said.count("“As known at month close” is counted from the records as they stood") == 1
    assert said.count("“As now known” is counted from newer records") == 1
    assert "“As released”" not in said


def test_a_reason_that_many_months_share_stands_above_the_table_not_in_its_lines() -> None:
    row = history(of=lambda month: hidden(month) if month.number != 6 else figure(month))
    found = page(row)
    section = words(found.xpath("//section[@aria-labelledby='h-months']")[0])
    # All but the three Junes.
    assert section.count(HIDDEN_BECAUSE) == 1
    said = "July 2018 to May 2019, July 2019 to May 2020 and July 2020 to May 2021."
    assert f"[c] {HIDDEN_BECAUSE} {said}" in section
    assert "Note" not in [words(cell) for cell in found.xpath("//thead//th")]


# --- notes on months -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("months", "said"),
    [
        ([JUNE], "June 2021"),
        ([Month(2021, 5), JUNE], "May and June 2021"),
        ([Month(2020, 12), Month(2021, 1)], "December 2020 to January 2021"),
        (list(MONTHS), "July 2018 to June 2021"),
        ([Month(2020, 3), Month(2021, 1), JUNE], "March 2020, January 2021 and June 2021"),
        ([month for month in MONTHS if month.number in (2, 9)], "6 of the 36 months"),
    ],
)
def test_months_in_words(months: list[Month], said: str) -> None:
    assert when(months, 36) == said


def test_a_note_that_months_share_is_said_once_for_all_of_them() -> None:
    row = noted("the look-back is cut short", *MONTHS[:33])  # to March 2021
    assert len(row.notes) == 4  # of the months shown: December 2020 to March 2021
    assert row_notes(row) == ("July 2018 to March 2021: the look-back is cut short.",)
    found = page(row)
    assert words(found.xpath("//main")[0]).count("the look-back is cut short") == 1
    front = site(card_of(row))["index.html"].decode("utf-8")
    (line,) = html.document_fromstring(front).xpath("//tr[@id='row-cp3-ql']")
    assert words(line).count("the look-back is cut short") == 1
    assert "more note" not in words(line)


def test_other_notes_stay_as_they_are_and_in_their_order() -> None:
    row = noted("suspended: the form was changed", Month(2021, 5), JUNE)
    row = replace(row, notes=("First.", *row.notes, "June 2021: a note of its own."))
    assert row_notes(row) == (
        "First.",
        "May and June 2021: suspended: the form was changed.",
        "June 2021: a note of its own.",
    )


def test_the_workbook_says_such_a_note_once_too() -> None:
    row = noted("the look-back is cut short", *MONTHS[:33])
    told = [note.text for note in numbered_notes(card_of(row)) if "look-back" in note.text]
    assert told == ["July 2018 to March 2021: the look-back is cut short."]


# --- where figures come from -----------------------------------------------------------------


def sources_of(row: Row, **changes: object) -> list[str]:
    return [words(line) for line in page(row, **changes).xpath("//dt[.='Source']/../dd")]


def test_loads_of_case_records_are_one_line() -> None:
    said = "Counted from case records: 13 loads, June 2020 to June 2021. Their fingerprints."
    assert sources_of(history()) == [said]


def test_one_load_is_named() -> None:
    row = history(of=lambda month: replace(figure(month), load="2021-06-records-001"))
    said = "load 2021-06-records-001, 28 files of 2021-06-records-001. Its fingerprint."
    assert sources_of(row) == [f"Counted from case records: {said}"]


def test_a_released_page_is_named_beside_the_records() -> None:
    def released(month: Month) -> Figure:
        if month != Month(2021, 5):
            return figure(month)
        return replace(figure(month), vintage=Vintage.RELEASED, load="load-9")

    assert sources_of(history(of=released)) == [
        "Load load-9: 28 files of load-9. Its fingerprint.",
        "Counted from case records: 12 loads, June 2020 to June 2021. Their fingerprints.",
    ]


def test_figures_that_another_team_sent_are_not_called_counted() -> None:
    row = history()
    sent = replace(row, indicator=replace(row.indicator, kind=Kind.SUPPLIED))
    assert sources_of(sent)[0].startswith("Sent by another team, with 13 loads")


def test_a_page_that_names_no_sources_has_no_such_line() -> None:
    assert sources_of(history(), sources=()) == []


# --- other councils, and what a figure was counted from --------------------------------------


def test_each_other_figure_says_where_it_comes_from_in_one_place() -> None:
    stated = Comparator(
        "eng", "ENG", "England", "value", "78%", Fraction(78),
        "year ended March 2020", "Characteristics", "the year's number / 12",
    )  # fmt: skip
    printed = Comparator(
        "sn", "SN", "Neighbours", "value", "81%", Fraction(81), formula="as printed"
    )
    undated = replace(stated, name="Region", edition="")
    row = replace(history(), comparators=(printed, stated, undated))
    lines = page(row).xpath("//table[contains(@class,'others')]/tbody/tr")
    heads = [[words(cell) for cell in line.xpath("th | td[1]")] for line in lines]
    assert heads == [["Neighbours", "81%"], ["England", "78%"], ["Region", "78%"]]
    assert [[words(said) for said in line.xpath("td[@class='from']/p")] for line in lines] == [
        ["As printed."],
        ["Year ended March 2020, Characteristics.", "The year's number / 12."],
        ["Year ended March 2020.", "The year's number / 12. Edition not stated."],
    ]
    quiet = lines[0].xpath(".//td[@class='from']/p/@class")
    assert quiet == ["how"]  # nothing but the small grey words


def test_the_head_says_what_the_figure_was_counted_from() -> None:
    first = page(history()).xpath("//dl[@class='facts']/div")[0]
    assert words(first.find("dt")) == "June 2021"
    assert [words(said) for said in first.xpath("dd/small")] == ["62 of 100"]
