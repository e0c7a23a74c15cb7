"""The changed cells of a correction, and what they come to: worked by hand."""

from dataclasses import replace
from fractions import Fraction

from openscorecard.catalogue.load import load_catalogue
from openscorecard.periods import Month
from openscorecard.scorecard.build import PageSettings, scorecard
from openscorecard.scorecard.content_hash import changed_texts, text_hashes
from openscorecard.scorecard.corrections import by_row, column_words
from openscorecard.scorecard.observation import Observation, Observations
from openscorecard.scorecard.page import FigureStatus
from openscorecard.scorecard.printed_cells import changed_cells, printed_cells
from openscorecard.scorecard.release import ChangedCell

MAY, JUNE = Month(2021, 5), Month(2021, 6)
CATALOGUE = load_catalogue()


def page(top, bottom):
    """M3, the share of contacts that become referrals: 24 of 100 in May, then this in June."""
    figures = [
        Observation("M3", month, FigureStatus.VALUE, Fraction(100 * a, b),
                    numerator=Fraction(a), denominator=Fraction(b))
        for month, a, b in ((MAY, 24, 100), (JUNE, top, bottom))
    ]  # fmt: skip
    return scorecard(CATALOGUE, JUNE, Observations.of(figures), PageSettings("Anytown"))


def changed(before, now):
    return changed_cells(printed_cells(before), printed_cells(now), "internal")


def test_a_figure_that_prints_the_same_of_another_count_is_in_the_list():
    # 16 of 100 is 16%; 33 of 205 is 16.1%, which prints as 16% too; both are 8 points below 24%.
    cells = {one.column: (one.was, one.now) for one in changed(page(16, 100), page(33, 205))}
    assert cells == {
        "counted_2021-06": ("16", "33"),
        "out_of_2021-06": ("100", "205"),
        # (24 + 16) / 2 and (24 + 16.1) / 2 both print as 20%; -33.3% and -32.9% both as -33%.
    }


def test_plain_move_and_arrow_are_cells_of_their_own():
    # 22 of 100: a fall of 2 points, which is -8%. 21: of 3 points, -12.5%, printed half up.
    cells = {one.column: (one.was, one.now) for one in changed(page(22, 100), page(21, 100))}
    assert cells["move_month"] == ("down 2 pts", "down 3 pts")
    assert cells["change_month"] == ("-8%", "-13%")
    assert cells["arrow_month"][1] == "↓"
    assert cells["arrow_month"][0] != "↓"
    assert "move_year" not in cells


def test_cells_that_an_older_program_kept_no_record_of_are_not_compared():
    assert changed_cells({"M3": {"2021-06": "16%"}}, {"M3": {
        "2021-06": "17%", "counted_2021-06": "17", "move_month": "down 7 pts",
    }}, "internal") == (ChangedCell("M3", "2021-06", "16%", "17%"),)  # fmt: skip


def test_what_is_corrected_and_what_follows():
    cells = (
        ChangedCell("M1", "average_12m", "20", "21"),
        ChangedCell("M2", "verdict", "Concern: above", "Concern: far above"),
        ChangedCell("M1", "2021-05", "7", "8 [r]"),
        ChangedCell("M3", "2021-06", "[c]", "24%"),
        ChangedCell("M3", "2021-05", "24%", "24% [r]"),
        ChangedCell("M2", "2021-06", "16%", "17% [r]"),
        ChangedCell("M2", "counted_2021-06", "16", "17"),
        ChangedCell("M2", "commentary", "16%.", "17%."),
        ChangedCell("M2", "eng", "20%", "21%"),
    )
    first, second, third = by_row(cells)
    assert (first.ref, first.figures) == ("M1", 1)
    assert [one.column for one in first.corrected] == ["2021-05"]
    assert [one.column for one in first.follows] == ["average_12m"]
    assert (second.ref, second.figures) == ("M2", 1)  # its value and its count are one figure
    assert [one.column for one in second.corrected] == ["2021-06", "counted_2021-06"]
    assert [one.column for one in second.follows] == ["verdict"]
    assert [one.column for one in second.rest] == ["commentary", "eng"]
    # Shown by now, and marked by now: neither says that a figure has another number.
    assert (third.ref, third.figures, len(third.rest)) == ("M3", 0, 2)


def test_columns_are_named_as_the_page_heads_them():
    names = {"region": "South East"}
    columns = (
        "2021-06", "counted_2021-06", "out_of_2020-12", "signal_2021-05", "change_year",
        "move_month", "average_12m", "eng", "region", "standing_region", "usual_range",
    )  # fmt: skip
    assert [column_words(one, JUNE, names) for one in columns] == [
        "June 2021", "Counted, June 2021", "Out of, December 2020", "Signal, May 2021",
        "% change from Jun-20", "Change from May-21", "12-month average", "England", "South East",
        "Beside South East over a year", "Usual range",
    ]  # fmt: skip
    assert column_words("change_month") == "% change from the month before"


def test_texts_around_the_cells_are_named():
    one = page(16, 100)
    other = replace(one, contact="the performance team", notes=("A note.",))
    assert changed_texts(text_hashes(one), text_hashes(one)) == ()
    assert changed_texts(text_hashes(one), text_hashes(other)) == (
        "the title and the contact",
        "the data notes",
    )
