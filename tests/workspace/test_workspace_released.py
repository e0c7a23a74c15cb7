"""What stands of several loads: the later one, cell by cell; and what stood before."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from workspace_pages import JULY, JUNE, MAY, a_workspace, cell, loaded, new_load

from openscorecard.catalogue.load import load_catalogue
from openscorecard.scorecard.page import FigureStatus
from openscorecard.workspace.released import observations, released, sources


def test_the_later_load_wins_cell_by_cell_and_the_earlier_is_kept(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    loaded(workspace, new_load(JUNE, cell("M1", JUNE, "2,080"), cell("M2", JUNE, "339")))
    loaded(workspace, new_load(JULY, cell("M1", JUNE, "2,090"), cell("M1", JULY, "1,900")))
    figures = released(workspace)
    assert figures.values["M1", JUNE].number == 2090
    assert figures.values["M1", JUNE].load.id == "2021-07-page-001"
    assert figures.values["M2", JUNE].load.id == "2021-06-page-001"
    before = figures.revised("M1", JUNE)
    assert before is not None
    assert (before.number, before.load.id) == (2080, "2021-06-page-001")
    assert figures.revised("M2", JUNE) is None
    assert figures.revised("M2", JULY) is None


def test_order_is_that_of_loading_not_of_months(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    loaded(workspace, new_load(JULY, cell("M1", JUNE, "2,090")))
    loaded(workspace, new_load(JUNE, cell("M1", JUNE, "2,080"), reason="as first published"))
    assert released(workspace).values["M1", JUNE].number == 2080


def test_a_page_of_a_later_month_can_be_left_out(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    loaded(workspace, new_load(JUNE, cell("M1", JUNE, "2,080")))
    loaded(workspace, new_load(JULY, cell("M1", JUNE, "2,090")))
    assert released(workspace, until=JUNE).values["M1", JUNE].number == 2080
    assert [load.month for load in released(workspace, until=JUNE).loads] == [JUNE]


def test_other_digits_of_the_same_figure_are_no_revision(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    loaded(workspace, new_load(JUNE, cell("M3", JUNE, "16%"), cell("M8-QL", JUNE, "16%")))
    loaded(workspace, new_load(JULY, cell("M3", JUNE, "16.3%"), cell("M8-QL", JUNE, "17.3%")))
    figures = released(workspace)
    assert figures.values["M3", JUNE].cell.raw == "16.3%"
    assert figures.revised("M3", JUNE) is None
    assert figures.revised("M8-QL", JUNE) is not None


def test_a_blank_or_a_cell_set_aside_puts_no_figure_out(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    loaded(workspace, new_load(JUNE, cell("M1", JUNE, "2,080"), cell("M3", JUNE, "16%")))
    loaded(
        workspace,
        new_load(
            JULY,
            cell("M1", JUNE, "", status="blank"),
            cell("M3", JUNE, "1,630%", status="set-aside", note="over 100"),
        ),
    )
    figures = released(workspace)
    assert (figures.values["M1", JUNE].number, figures.values["M3", JUNE].number) == (2080, 16)
    assert figures.revised("M1", JUNE) is None


def test_a_dash_takes_a_figure_back_and_a_blank_keeps_what_was_said_of_it(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    aside = cell("NI147", JUNE, "8571%", status="set-aside", note="It cannot be over 100%.")
    loaded(workspace, new_load(JUNE, cell("M1", JUNE, "2,080"), aside))
    loaded(
        workspace,
        new_load(JULY, cell("M1", JUNE, "-", status="dash"), cell("NI147", JUNE, "", "blank")),
    )
    figures = released(workspace)
    assert figures.values["M1", JUNE].number is None
    assert figures.revised("M1", JUNE) is not None
    assert figures.values["NI147", JUNE].cell.note == "It cannot be over 100%."


def test_a_corrected_row_puts_right_what_was_set_aside(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    loaded(workspace, new_load(JUNE, cell("NI147", JUNE, "8571%", status="set-aside", note="no")))
    loaded(workspace, new_load(JUNE, cell("NI147", JUNE, "86%"), reason="typed 100 times too high"))
    figures = released(workspace)
    assert figures.values["NI147", JUNE].number == 86
    before = figures.revised("NI147", JUNE)
    assert before is not None  # people have read 8571%, so the right figure is a revision
    assert observations(figures, load_catalogue()).figures["NI147", JUNE].note == (
        "released as 8571% before. typed 100 times too high"
    )


def test_as_observations_counts_are_exact_and_the_rest_is_as_far_as_it_is_printed(
    tmp_path: Path,
) -> None:
    workspace = a_workspace(tmp_path)
    loaded(
        workspace,
        new_load(
            JUNE,
            cell("M1", JUNE, "2,080"),
            cell("M3", JUNE, "16.4%"),
            cell("M3", MAY, "2,454%", status="set-aside", note="It cannot be over 100%."),
            cell("M2-NI", JUNE, "67"),
            cell("M1", JUNE, "↑ 15%", column="change_month"),
            cell("of another council", JUNE, "3"),
        ),
    )
    loaded(workspace, new_load(JULY, cell("M1", JUNE, "2,081"), reason="one contact came late"))
    figures = released(workspace)
    seen = observations(figures, load_catalogue())
    contacts, share = seen.figures["M1", JUNE], seen.figures["M3", JUNE]
    assert (contacts.value, contacts.decimals, contacts.load) == (2081, None, "2021-07-page-001")
    assert contacts.released_before == 2080
    assert contacts.note == "released as 2,080 before. one contact came late"
    assert (share.value, share.decimals) == (Fraction(164, 10), 1)
    assert seen.figures["M2-NI", JUNE].decimals == 0
    aside = seen.figures["M3", MAY]
    assert (aside.status, aside.value) == (FigureStatus.NOT_AVAILABLE, None)
    assert aside.note == "It cannot be over 100%."
    assert ("of another council", JUNE) not in seen.figures
    assert seen.cells["M1", JUNE, "change_month"].raw == "↑ 15%"
    assert [source.load for source in sources(figures)] == ["2021-06-page-001", "2021-07-page-001"]


def test_a_figure_that_holds_more_than_it_shows_is_printed_as_it_was(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    share = replace(cell("M3", JUNE, "94.8%"), number=Fraction("94.7686"), exact=True)
    loaded(workspace, new_load(JUNE, share, cell("M3", MAY, "96%")))
    seen = observations(released(workspace), load_catalogue()).figures
    june, may = seen["M3", JUNE], seen["M3", MAY]
    assert (june.value, june.decimals, june.digits) == (Fraction("94.7686"), None, 1)
    assert (may.value, may.decimals, may.digits) == (96, 0, None)


def test_an_old_page_that_is_loaded_late_does_not_put_out_what_newer_pages_say(
    tmp_path: Path,
) -> None:
    workspace = a_workspace(tmp_path)
    loaded(workspace, new_load(JUNE, cell("M1", MAY, "1,517"), cell("M1", JUNE, "1,600")))
    loaded(workspace, new_load(MAY, cell("M1", MAY, "1,440")))
    figures = released(workspace)
    assert figures.values["M1", MAY].number == 1517
    before = figures.revised("M1", MAY)
    assert before is not None
    assert before.number == 1440


def test_a_correction_counts_after_all_pages_that_were_there_before_it(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    loaded(workspace, new_load(JUNE, cell("M1", JUNE, "2,080")))
    loaded(workspace, new_load(JULY, cell("M1", JUNE, "2,080")))
    loaded(workspace, new_load(JUNE, cell("M1", JUNE, "2,090")))  # June's page a second time
    assert released(workspace).values["M1", JUNE].number == 2090


def test_text_that_is_no_figure_puts_no_figure_out(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    loaded(workspace, new_load(JUNE, cell("M1", JUNE, "2,080")))
    loaded(workspace, new_load(JULY, cell("M1", JUNE, "see note", status="text")))
    assert released(workspace).values["M1", JUNE].number == 2080
