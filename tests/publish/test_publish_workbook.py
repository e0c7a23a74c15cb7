"""The published workbook, read back: by openpyxl as a file, by our own reader as a page."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from fractions import Fraction
from functools import cache
from io import BytesIO

import openpyxl
import pytest
from example_scorecard import example
from example_signals import CHANCE, judged

from openscorecard.publish.workbook import workbook_bytes, write_workbook
from openscorecard.publish.workbook.figures import NAME, REF
from openscorecard.publish.workbook.notes import numbered_notes
from openscorecard.publish.workbook.table import A3, A4, Column, page_breaks, paper_for
from openscorecard.records.printed.page import CellStatus
from openscorecard.records.printed.read import read_page
from openscorecard.scorecard.page import FigureStatus
from openscorecard.statistics.ranges import half_up

FORMULAS = ("=1+1", "+44 23 80", "-5 fewer than in May", "@SUM(A1)", '=HYPERLINK("x","y")')


def opened(card):
    return openpyxl.load_workbook(BytesIO(workbook_bytes(card)))


@cache
def usual(audience="public"):
    """The example's workbook, written and opened once: tests only look at it."""
    return opened(example(audience=audience))


def header_and_rows(sheet):
    """The table of a sheet: a dictionary a row."""
    (table,) = sheet.tables.values()
    cells = [[cell.value for cell in row] for row in sheet[table.ref]]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[1:]]


def test_the_sheets_are_cover_contents_notes_and_one_table_each():
    book = usual("internal")
    assert book.sheetnames == [
        "Cover", "Contents", "Notes", "Figures", "Changes", "Comparators", "Commentary",
        "Definitions", "Sources", "Findings",
    ]  # fmt: skip
    assert [len(sheet.tables) for sheet in book] == [0, 1, 1, 1, 1, 1, 1, 1, 1, 1]
    assert [name for sheet in book for name in sheet.tables] == book.sheetnames[1:]


def test_findings_are_for_the_council_s_own_people():
    assert "Findings" not in usual().sheetnames


def test_title_and_language_are_set():
    properties = usual().properties
    assert properties.title == "DRAFT: Children’s services scorecard, June 2021, Example Council"
    assert properties.language == "en-GB"
    assert properties.creator == "Example Council"


def test_it_keeps_the_checklist_for_accessible_spreadsheets():
    book = usual("internal")
    assert book.active.title == "Cover"
    for sheet in book:
        assert isinstance(sheet["A1"].value, str), "the title stands in A1"
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes is None
        assert sheet.auto_filter.ref is None
        assert sheet.sheet_state == "visible"
        assert not sheet._images
        assert not sheet._charts
        assert not any(dimension.hidden for dimension in sheet.column_dimensions.values())
        assert not any(dimension.hidden for dimension in sheet.row_dimensions.values())
        assert (sheet.oddHeader.center.text, sheet.oddFooter.center.text) == (None, None)
        assert sheet.sheet_view.selection[0].activeCell in (None, "A1")
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    assert cell.font.name == "Arial"
                    assert cell.font.scheme is None, "else Excel shows the theme's font"
                    assert cell.font.sz >= 10
                    assert not cell.font.i
                    assert cell.fill.fill_type is None
        for table in sheet.tables.values():
            assert table.autoFilter is None
            first, last = re.findall(r"\d+", table.ref)
            assert table.ref.startswith("A"), "the table stands at the left edge"
            assert int(last) == sheet.max_row, "nothing stands below it"
            headers = [cell.value for cell in sheet[int(first)]]
            assert all(isinstance(header, str) and header for header in headers)
            for column in sheet[table.ref]:
                assert any(cell.value is not None for cell in column), "no blank rows"
            for column in zip(*sheet[table.ref], strict=True):
                assert any(cell.value is not None for cell in column[1:]), "no blank columns"
            assert all(cell.alignment.wrap_text for cell in sheet[int(first)])
            assert sheet.row_dimensions[int(first)].height >= 15


def test_contents_lead_to_every_sheet():
    book = usual()
    links = [cell.hyperlink.location for row in book["Contents"] for cell in row if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in book.sheetnames if name != "Contents"]


def test_numbers_are_numbers_with_the_printed_digits_as_format():
    rows = {row["Ref."]: row for row in header_and_rows(usual()["Figures"])}
    card = example()
    contacts, timely = card.row("M1"), card.row("CP3-QL")
    assert rows["M1"]["Jun-21"] == contacts.latest.value
    assert rows["CP3-QL"]["Jun-21"] == pytest.approx(float(timely.latest.value) / 100)
    sheet = opened(card)["Figures"]
    by_ref = {row[0].value: row for row in sheet.iter_rows(min_row=6)}
    headers = [cell.value for cell in by_ref["Ref."]]
    june = headers.index("Jun-21")
    assert by_ref["M1"][june].number_format == "#,##0"
    assert by_ref["CP3-QL"][june].number_format == "0%"


def test_shorthand_stands_as_text_and_is_explained_above_the_table():
    sheet = usual()["Figures"]
    rows = {row["Ref."]: row for row in header_and_rows(sheet)}
    assert rows["M4"]["Jun-21"] == "[c]"
    assert rows["M4"]["12-month average"] == "[c]"
    assert rows["YO2"]["Jun-21"] == "[x]"
    above = " ".join(str(sheet.cell(row, 1).value) for row in range(2, 6))
    assert all(mark in above for mark in ("[c]", "[r]", "[x]", "[z]", "n/a", "Local"))


def test_nothing_of_a_hidden_figure_is_anywhere_in_the_file():
    card = example()
    secret = Fraction(777_777)
    row = card.row("M4")
    leaky = replace(row, figures=tuple(replace(item, numerator=secret) for item in row.figures))
    rows = tuple(leaky if item is row else item for item in card.rows)
    data = workbook_bytes(replace(card, rows=rows))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert not any(b"777777" in archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_our_reader_reads_it_back_to_the_same_figures(tmp_path, audience):
    card = example(audience=audience)
    write_workbook(card, tmp_path / "page.xlsx")
    page = read_page(tmp_path / "page.xlsx")
    assert page.tables == 1
    assert page.months == card.months
    assert page.comparators == {"sn": "SN", "eng": "ENG", "region": "SE region"}
    assert [row.ref for row in page.rows] == [row.indicator.ref for row in card.rows]
    for read, row in zip(page.rows, card.rows, strict=True):
        assert (read.name, read.unit) == (row.indicator.name, read.unit)
        assert (read.owner, read.reporter) == (row.indicator.owner, row.indicator.reporter)
        assert read.preferred_direction == row.indicator.preferred_direction.value
        assert read.commentary.split() == (row.comment.text.split() if row.comment else [])
        assert (read.change_month_base, read.change_year_base) == (
            row.change_month.base, row.change_year.base,
        )  # fmt: skip
        pairs = [(read.values[item.month], item.printed, item.value) for item in row.figures]
        pairs += [
            (read.change_month, row.change_month.printed, row.change_month.percent),
            (read.change_year, row.change_year.printed, row.change_year.percent),
            (read.average_12m, row.average_12m.printed, row.average_12m.value),
            (read.maximum_12m, row.maximum_12m.printed, row.maximum_12m.value),
        ]
        pairs += [(getattr(read, item.key), item.printed, item.value) for item in row.comparators]
        for cell, printed, value in pairs:
            same_as_printed(cell, printed, value)
        assert read.change_month.arrow is row.change_month.arrow
        assert read.change_year.arrow is row.change_year.arrow
    assert {finding.severity.value for finding in page.findings} <= {"information"}
    # The lines above the table, the sheets that hold no figures of months, and LAC9's comment.
    assert [finding.rule for finding in page.findings] == [
        "unplaced-line", "no-table", "comment-of-another-month",
    ]  # fmt: skip


def test_marks_that_occur_nowhere_are_explained_nowhere():
    """M2 has figures in every cell, its comparators too; M4's are hidden."""
    lines, book = cover(rows=(example().row("M2"),))
    above = " ".join(str(line[0].value) for line in book["Figures"].iter_rows(max_row=4))
    for mark in ("[x]", "[z]", "[r]", "n/a", "Local:"):
        assert not any(line and line.startswith(mark) for line in lines), mark
        assert mark not in above, mark
    assert lines[lines.index("Shorthand") + 1].startswith("[note 1]")
    lines, _ = cover(rows=(example().row("M4"),))
    shorthand = lines[lines.index("Shorthand") + 1 : lines.index("How to read the figures")]
    assert shorthand[0] == "[c] hidden to protect children"
    assert not any(line.startswith(("[r]", "[z]")) for line in shorthand)


def test_a_comment_of_an_earlier_month_says_so_beside_the_figure():
    rows = {row["Ref."]: row for row in header_and_rows(usual()["Figures"])}
    first, _, rest = rows["LAC9"]["Commentary (Jun-21)"].partition("\n")
    assert first == "About May 2021."
    assert rest == example().row("LAC9").comment.text


# A column of 60 takes 8 x 60 + 5 = 485 pixels, 5.05 inches; Ref. 125 and Indicator 357, together
# 5.02. At 70 % A4 bears (11.69 - 0.8) / 0.7 = 15.56 inches, A3 (16.54 - 0.8) / 0.7 = 22.49, and
# 21.47 where it is not fitted.
@pytest.mark.parametrize(
    ("others", "paper", "breaks"),
    [
        (2, A4, []),  # 15.13
        (3, A3, []),  # 20.18
        (4, A3, [5]),  # 25.23: three a page
        (7, A3, [5, 8]),
    ],
)
def test_a_table_is_printed_over_as_many_pages_as_keep_it_legible(others, paper, breaks):
    columns = (REF, NAME, *(Column(f"Column {number}", 60) for number in range(others)))
    assert paper_for(columns) == paper
    assert page_breaks(columns, paper) == breaks


def test_every_printed_page_of_a_table_has_its_references_names_and_headers():
    book = opened(judged(example()))
    for name in ("Figures", "Signals"):
        sheet = book[name]
        assert sheet.page_setup.orientation == "landscape"
        assert int(sheet.page_setup.paperSize) == A3
        assert int(sheet.page_setup.scale) == 70
        assert sheet.print_title_cols == "$A:$B"
        assert sheet.print_title_rows
        assert not sheet.sheet_properties.pageSetUpPr.fitToPage
        heads = list(header_and_rows(sheet)[0])
        for one in sheet.col_breaks.brk:
            assert heads[one.id] not in ("Ref.", "Indicator")
    figures = book["Figures"]
    heads = list(header_and_rows(figures)[0])
    assert [heads[one.id] for one in figures.col_breaks.brk] == ["Signal"]


def cover(**more):
    book = opened(replace(example(), **more))
    return [cell.value for (cell,) in book["Cover"].iter_rows(max_col=1)], book


def test_the_cover_says_which_counts_are_hidden():
    lines, _ = cover()
    assert any("Counts of 1 to 5 are hidden" in line for line in lines)
    lines, _ = cover(small_numbers=10)
    assert any("Counts of 1 to 10 are hidden" in line for line in lines)
    lines, _ = cover(small_numbers=1)
    assert any("Counts of 1 are hidden" in line for line in lines)


def test_the_cover_says_whose_it_is_what_it_covers_and_whom_to_ask():
    lines, _ = cover(contact="scorecard@example.org")
    assert lines[:6] == [
        "DRAFT: Children’s services scorecard, June 2021",
        "Council: Example Council",
        "Contact: scorecard@example.org",
        "Month reported: June 2021",
        "Period shown: December 2020 to June 2021",
        "Edition: Public edition",
    ]
    lines, _ = cover()
    assert not any("Contact" in line for line in lines)
    lines, _ = cover(audience="internal")
    assert "Edition: Internal edition, not for publication" in lines


def test_titles_and_headings_are_tagged_as_such():
    book = usual()
    assert {sheet["A1"].style for sheet in book} == {"Heading 1"}
    headings = [cell.value for (cell,) in book["Cover"]["A2:A30"] if cell.style == "Heading 2"]
    assert headings == ["What is hidden, and why", "Shorthand", "How to read the figures"]
    assert {cell.style for cell in book["Figures"][7]} == {"Normal"}


def test_what_cells_hold_is_said_as_it_is():
    lines, _ = cover(audience="internal")
    assert any(line.startswith("Cells show rounded figures and hold unrounded") for line in lines)
    lines, _ = cover()
    assert any("unless a hidden number could be worked out" in line for line in lines)


def test_where_nothing_is_hidden_the_workbook_says_that():
    seen = tuple(row for row in example().rows if "[c]" not in {one.printed for one in row.figures})
    lines, book = cover(small_numbers=0, rows=seen)
    assert "Nothing is hidden" in lines
    assert not any("[c]" in line for line in lines)
    for name in ("Figures", "Changes"):
        above = " ".join(str(line[0].value) for line in book[name].iter_rows(max_row=5))
        assert "[c]" not in above
        assert ("[r] revised" in above) == (name == "Figures")  # of May, which Changes has not


def same_as_printed(cell, printed, value):
    plain = printed.removesuffix(" [r]")
    if not any(sign.isdigit() for sign in plain):
        assert cell.number is None
        assert cell.raw == printed
        return
    assert cell.status is CellStatus.VALUE
    shown = Fraction(plain.rstrip("%").replace(",", ""))
    assert half_up(cell.number, cell.decimals) == shown
    assert cell.percent is plain.endswith("%")
    # What lies beneath is the unrounded figure, to the fifteen digits that a workbook holds.
    assert abs(cell.number - value) <= abs(value) / 10**14


def test_text_is_never_a_formula():
    card = example()
    rows = []
    for row, words in zip(card.rows, FORMULAS, strict=False):
        comment = replace(row.comment, text=words)
        rows.append(replace(row, indicator=replace(row.indicator, name=words), comment=comment))
    card = replace(card, rows=tuple(rows), council=FORMULAS[0], title=FORMULAS[1])
    book = opened(card)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    figures = header_and_rows(book["Figures"])
    assert [row["Indicator"] for row in figures] == list(FORMULAS)
    assert [row["Commentary (Jun-21)"] for row in figures] == list(FORMULAS)


@pytest.mark.parametrize(
    "words", ["<r>a & b</r>", "<r></r>", "https://example.org/x", "\x01a\x0bb"]
)
def test_odd_text_is_written_as_it_stands(words):
    card = example()
    row = card.rows[0]
    row = replace(row, comment=replace(row.comment, text=words))
    sheet = opened(replace(card, rows=(row,)))["Commentary"]
    assert header_and_rows(sheet)[0]["Comment"] == words.replace("\x01", "").replace("\x0b", "")
    assert not [cell for line in sheet.iter_rows() for cell in line if cell.hyperlink]


def test_markup_in_every_text_comes_through_as_text():
    book = opened(example(audience="internal", hostile=True))
    assert "<script>" in book["Figures"]["A1"].value
    assert len(header_and_rows(book["Figures"])) == 64


def test_comparators_with_one_label_are_told_apart():
    card = example()
    rows = tuple(
        replace(row, comparators=tuple(replace(item, label="Others") for item in row.comparators))
        for row in card.rows
    )
    (table,) = opened(replace(card, rows=rows))["Figures"].tables.values()
    assert [name for name in table.column_names if name.startswith("Others")] == [
        "Others", "Others (eng)", "Others (region)",
    ]  # fmt: skip


def test_the_same_page_gives_the_same_bytes(tmp_path):
    write_workbook(example(), tmp_path / "one.xlsx")
    write_workbook(example(), tmp_path / "two.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_a_page_without_notes_comments_or_sources_leaves_their_sheets_out():
    card = example()
    rows = tuple(
        replace(row, comment=None, earlier_comments=(), notes=(), figures=plain(row.figures))
        for row in card.rows
    )
    book = opened(replace(card, rows=rows, notes=(), sources=()))
    assert book.sheetnames == [
        "Cover", "Contents", "Figures", "Changes", "Comparators", "Definitions",
    ]  # fmt: skip


def plain(figures):
    return tuple(replace(item, note="") for item in figures)


def test_each_note_has_one_number_and_says_what_it_is_about():
    card = example()
    notes = numbered_notes(card)
    assert notes[0].places == "The whole page"
    assert [note.mark for note in notes[:2]] == ["[note 1]", "[note 2]"]
    (revised,) = [note for note in notes if "May was revised" in note.text]
    assert revised.places == "CP6B"
    (late,) = [note for note in notes if "late records were added" in note.text]
    assert late.places == "May-21 of CP6B"
    sheet = opened(card)
    figures = {row["Ref."]: row for row in header_and_rows(sheet["Figures"])}
    assert revised.mark in figures["CP6B"]["Notes"].split("\n")
    texts = [row["Text"] for row in header_and_rows(sheet["Notes"])]
    assert texts == [note.text for note in notes]
    assert len(set(texts)) == len(texts)


def test_a_note_on_most_rows_says_so_and_a_hidden_cell_needs_none():
    card = example()
    rows = []
    for row in card.rows:
        item = replace(row.change_year, note="the figure for June 2020 is not held")
        figures = tuple(
            replace(f, note="Hidden: it is small.") if f.status is FigureStatus.HIDDEN else f
            for f in row.figures
        )
        rows.append(replace(row, change_year=item, figures=figures))
    notes = numbered_notes(replace(card, rows=tuple(rows)))
    assert not [note for note in notes if "Hidden" in note.text]
    (found,) = [note for note in notes if "is not held" in note.text]
    # 56 of 64 rows: the changes of the other 8, in HIDDEN, are hidden in June.
    assert found.places == "% change from Jun-20, most rows"
    assert found.mark == "[note 2]"


def test_changes_stand_in_words_too():
    card = example()
    rows = {row["Ref."]: row for row in header_and_rows(opened(card)["Changes"])}
    change = card.row("M1").change_month
    assert rows["M1"]["Move on the month before"] == f"{change.way.value} {change.moved}"
    assert rows["M1"]["Direction on the month before"] == change.arrow.value
    assert rows["M4"]["Move on the month before"] == "[c]"
    # A released page may give a % change without the figure that it is from.
    assert rows["EH1a"]["Move on the year before"] == "[x]"


def test_revised_figures_keep_their_number_and_show_the_mark():
    card = example()
    (may,) = [item for item in card.row("CP6B").figures if item.revised]
    assert may.status is FigureStatus.VALUE
    sheet = opened(card)["Figures"]
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if "[r]" in cell.number_format]
    assert cell.value == may.value
    assert cell.number_format == '#,##0" [r]";-#,##0" [r]"'


# --- verdicts and other councils -------------------------------------------------------------


@cache
def with_signals():
    return opened(judged(example(audience="internal")))


def test_a_page_with_verdicts_has_a_column_and_a_sheet_of_them():
    book = with_signals()
    assert book.sheetnames == [
        "Cover", "Contents", "Notes", "Figures", "Signals", "Changes", "Comparators", "Standings",
        "Commentary", "Definitions", "Sources", "Findings",
    ]  # fmt: skip
    figures = {row["Ref."]: row for row in header_and_rows(book["Figures"])}
    assert figures["LAC9"]["Signal"] == "Concern: 7 months in a row above the average"
    assert figures["M2"]["Signal"] == "Usual variation"
    assert figures["LAC14"]["Signal"] == "Hidden"
    assert CHANCE in [cell.value for cell in book["Signals"]["A"]]


def test_the_sheet_of_signals_says_what_each_verdict_rests_on():
    rows = {row["Ref."]: row for row in header_and_rows(with_signals()["Signals"])}
    assert len(rows) == 64
    concern = rows["LAC9"]
    assert concern["Rule"] == "A shift: a run on one side"
    assert concern["Months of the rule"] == "Dec-20 to Jun-21"
    assert concern["Chart"] == "XmR: individual values and moving ranges"
    assert concern["Limits rest on"] == "Jun-20 to Jun-21, 13 months with a figure"
    conferences = rows["CP3-QL"]
    assert (conferences["Usual from"], conferences["Usual to"]) == (0.16, 1)
    assert (conferences["Target"], conferences["Against the target"]) == ("80%", "Hit or miss")
    assert conferences["First published as"] == "Concern"
    assert conferences["First published on"] == "2021-07-02"
    assert "A new team began." in rows["CP6B"]["Limits rest on"]
    assert rows["CP3-QL"]["Remarks"] == "It rests on few in some months."


def test_standings_stand_with_their_limits():
    (row,) = header_and_rows(with_signals()["Standings"])
    assert (row["Ref."], row["Against"], row["Place"]) == ("CP3-QL", "England", "Below")
    assert row["99.8% from"] == pytest.approx(0.725)
    assert row["Theirs"] == pytest.approx(0.78)


def test_published_comparators_name_their_measure_and_source():
    rows = header_and_rows(with_signals()["Comparators"])
    england = next(
        row for row in rows if (row["Ref."], row["Compared with"]) == ("CP3-QL", "England")
    )
    assert england["Published measure"] == "initial conferences held in time"
    assert england["Source"] == "a published table"
    assert "Published measure" not in header_and_rows(usual()["Comparators"])[0]


def test_the_sheets_of_verdicts_keep_the_checklist_too():
    for name in ("Signals", "Standings"):
        sheet = with_signals()[name]
        (table,) = sheet.tables.values()
        assert table.ref.startswith("A")
        assert not sheet.merged_cells.ranges
        headers = [cell.value for cell in sheet[int(re.findall(r"\d+", table.ref)[0])]]
        assert len(set(headers)) == len(headers)
