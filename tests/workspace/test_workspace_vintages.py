"""Which load a page shows (DESIGN decision 3): released over counted, each month as it closed."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest
from small_council import (
    STATEMENT,
    load_month,
    small_council,
    three_loads,
    with_settings,
    write_extract,
)
from workspace_pages import cell, loaded, new_load

from openscorecard import run
from openscorecard.errors import InputError
from openscorecard.periods import Month
from openscorecard.scorecard.page import Figure, FigureStatus, Scorecard, Vintage
from openscorecard.workspace.folder import Workspace, open_workspace
from openscorecard.workspace.take_records import load_records
from openscorecard.workspace.vintages import closing_loads, own_loads

MARCH, APRIL, MAY, JUNE = (Month(2021, number) for number in (3, 4, 5, 6))
APRIL_1, MAY_1, JUNE_1 = (f"2021-{number}-records-001" for number in ("04", "05", "06"))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return three_loads(tmp_path)


def figure(page: Scorecard, ref: str, month: Month) -> Figure:
    row = page.row(ref)
    assert row is not None
    return next(one for one in row.history if one.month == month)


def seen(page: Scorecard, ref: str, *months: Month) -> list[tuple[object, object, object]]:
    of = [figure(page, ref, month) for month in months]
    return [(one.value, one.vintage, one.load) for one in of]


def test_each_month_stands_as_the_load_that_closed_it_had_it(workspace: Workspace) -> None:
    """M1: K1, K2 in April's load; K3, K4 in May's; K5, K6 in June's. That K2 has vanished and K7
    arrived since changes nothing that was closed."""
    page = run.build(JUNE, workspace)
    assert seen(page, "M1", APRIL, MAY, JUNE) == [
        (2, Vintage.MONTH_CLOSE, APRIL_1),
        (2, Vintage.MONTH_CLOSE, MAY_1),
        (2, Vintage.MONTH_CLOSE, JUNE_1),
    ]
    assert [one.load for one in page.sources] == [APRIL_1, MAY_1, JUNE_1]
    assert page.notes == ()


def test_as_now_known_takes_everything_from_the_newest_load(workspace: Workspace) -> None:
    """April without K2, May with K7."""
    page = run.build(JUNE, workspace, as_now_known=True)
    assert seen(page, "M1", APRIL, MAY, JUNE) == [
        (1, Vintage.NOW_KNOWN, JUNE_1),
        (3, Vintage.NOW_KNOWN, JUNE_1),
        (2, Vintage.NOW_KNOWN, JUNE_1),
    ]
    assert [one.load for one in page.sources] == [JUNE_1]
    may = run.build(MAY, workspace, as_now_known=True)
    assert seen(may, "M1", MAY) == [(3, Vintage.NOW_KNOWN, JUNE_1)]


def test_months_before_the_first_load_are_as_the_pages_own_load_has_them(
    workspace: Workspace,
) -> None:
    """LAC1 in March: C, since the first. M1 in March: contacts are complete from April only."""
    page = run.build(MAY, workspace)
    assert seen(page, "LAC1", MARCH) == [(1, Vintage.NOW_KNOWN, MAY_1)]
    march = figure(page, "M1", MARCH)
    assert (march.status, march.printed) == (FigureStatus.OUTSIDE_COVERAGE, "[x]")
    assert march.note == (
        "the records of contacts received (ssd_contacts) are complete from 1 April 2021 only"
    )
    row = page.row("M1")
    assert row is not None
    assert any("complete from 1 April 2021 only" in note for note in row.notes)


def test_a_released_figure_stands_before_a_counted_one(workspace: Workspace) -> None:
    loaded(workspace, new_load(MAY, cell("M1", MAY, "7"), cell("M2", MAY, "-", "dash")))
    page = run.build(JUNE, workspace)
    assert seen(page, "M1", MAY, JUNE) == [
        (7, Vintage.RELEASED, "2021-05-page-001"),
        (2, Vintage.MONTH_CLOSE, JUNE_1),
    ]
    # a dash was no figure; R4 was referred in May
    assert seen(page, "M2", MAY) == [(1, Vintage.MONTH_CLOSE, MAY_1)]
    known = run.build(JUNE, workspace, as_now_known=True)
    assert seen(known, "M1", MAY) == [(3, Vintage.NOW_KNOWN, JUNE_1)]


def test_as_now_known_shows_nothing_that_a_released_page_had_worked_out(
    workspace: Workspace,
) -> None:
    """The released change (100%) was of other figures; comparators stay."""
    cells = (
        cell("M1", JUNE, "8"),
        cell("M1", JUNE, "100%", column="change_month"),
        cell("M1", JUNE, "9", column="eng"),
    )
    loaded(workspace, new_load(JUNE, *cells))
    row = run.build(JUNE, workspace, as_now_known=True).row("M1")
    assert row is not None
    assert row.change_month.percent == Fraction(-100, 3)  # from 3 to 2
    assert [one.value for one in row.comparators if one.key == "eng"] == [9]


def test_a_named_load_pins_the_page(workspace: Workspace) -> None:
    """May from June's load: K3, K4, K7, as now known; April as April's load closed it."""
    page = run.build(MAY, workspace, JUNE_1)
    assert seen(page, "M1", APRIL, MAY) == [
        (2, Vintage.MONTH_CLOSE, APRIL_1),
        (3, Vintage.NOW_KNOWN, JUNE_1),
    ]


@pytest.mark.parametrize(
    ("month", "load_id", "says"),
    [
        (JUNE, MAY_1, "it was read out on 7 June 2021, before June 2021 had ended"),
        (JUNE, "2021-09-records-001", "there is no load of case records '2021-09-records-001'"),
        (Month(2021, 7), "", "no load closes July 2021, and no page of it has been loaded"),
        (MARCH, "", "no load closes March 2021"),
    ],
)
def test_a_wrong_month_or_load_is_told(
    workspace: Workspace, month: Month, load_id: str, says: str
) -> None:
    with pytest.raises(InputError) as refused:
        run.build(month, workspace, load_id)
    assert says in str(refused.value)


def test_a_month_without_its_own_load_is_pointed_to_a_later_one(workspace: Workspace) -> None:
    with pytest.raises(InputError) as refused:
        run.build(MARCH, workspace)
    assert f"--load {JUNE_1}" in refused.value.todo
    assert "--as-now-known" in refused.value.todo
    assert seen(run.build(MARCH, workspace, as_now_known=True), "LAC1", MARCH) == [
        (1, Vintage.NOW_KNOWN, JUNE_1)
    ]


def test_as_now_known_needs_records(tmp_path: Path) -> None:
    workspace = small_council(tmp_path)
    loaded(workspace, new_load(JUNE, cell("M1", JUNE, "8")))
    assert seen(run.build(JUNE, workspace), "M1", JUNE)[0][0] == 8
    with pytest.raises(InputError, match="no load closes June 2021"):
        run.build(JUNE, workspace, as_now_known=True)


def test_the_first_page_is_all_as_now_known_and_says_so(tmp_path: Path) -> None:
    workspace = small_council(tmp_path, "may")
    page = run.build(MAY, workspace)
    vintages = {one.vintage for row in page.rows for one in row.history if one.value is not None}
    assert vintages == {Vintage.NOW_KNOWN}
    (note,) = page.notes
    assert "first page" in note
    assert run.page(MAY, workspace, "public").notes == (note,)
    # With a page before it, or a load that closed a month, it is the first no more.
    load_month(workspace, "june")
    assert run.build(JUNE, workspace).notes == ()
    assert seen(run.build(JUNE, workspace), "M1", MAY, JUNE) == [
        (2, Vintage.MONTH_CLOSE, MAY_1),
        (2, Vintage.MONTH_CLOSE, JUNE_1),
    ]
    loaded(workspace, new_load(APRIL, cell("M2", APRIL, "4")))
    assert run.build(MAY, workspace).notes == ()


def test_of_two_loads_that_close_a_month_the_later_counts(workspace: Workspace) -> None:
    """A second extract of June has another contact; the first can still be named."""
    contacts = "K1,A,2021-04-10 K5,A,2021-06-01 K6,B,2021-06-30 K8,C,2021-06-30"
    second = load_month(workspace, "june", "2021-07-12", ssd_contacts=contacts)
    assert second == "2021-06-records-002"
    assert seen(run.build(JUNE, workspace), "M1", JUNE) == [(3, Vintage.MONTH_CLOSE, second)]
    first = run.build(JUNE, workspace, JUNE_1)
    assert seen(first, "M1", JUNE) == [(2, Vintage.MONTH_CLOSE, JUNE_1)]


def test_an_earlier_extract_that_is_loaded_later_does_not_count_before_a_later_one(
    workspace: Workspace,
) -> None:
    late = load_month(workspace, "june", "2021-07-02", ssd_contacts="K5,A,2021-06-01")
    assert late == "2021-06-records-002"
    assert closing_loads(own_loads(workspace))[JUNE].id == JUNE_1


def test_an_extract_of_a_months_last_day_closes_the_month_before(tmp_path: Path) -> None:
    """On 30 June the last day of June is not over."""
    workspace = small_council(tmp_path)
    for day, closes in (
        ("2021-06-30", "2021-05-records-001"),
        ("2021-07-01", "2021-06-records-001"),
        ("2021-07-31", "2021-06-records-002"),
    ):
        contact = f"K-{day},A,2021-06-01"  # else the second would be the same records again
        assert load_month(workspace, "june", day, ssd_contacts=contact) == closes
    with pytest.raises(InputError, match="before June 2021 had ended"):
        run.build(JUNE, workspace, "2021-05-records-001")


def test_what_the_closing_load_could_not_tell_the_pages_own_load_may(tmp_path: Path) -> None:
    """May's extract had no foster carers and June's has them; the figure that another team had not
    sent by May came in June. Both are as now known; a figure that May could give stays May's."""
    workspace = small_council(tmp_path)
    load_month(workspace, "may", foster_carers=None)
    load_month(workspace, "june")
    page = run.build(JUNE, workspace)
    assert seen(page, "LAC16", MAY) == [(1, Vintage.NOW_KNOWN, JUNE_1)]
    assert seen(page, "LSCB17a", MAY) == [(3, Vintage.NOW_KNOWN, JUNE_1)]
    assert seen(page, "M1", MAY) == [(2, Vintage.MONTH_CLOSE, MAY_1)]
    may = figure(run.build(MAY, workspace), "LAC16", MAY)
    assert (may.status, may.note) == (
        FigureStatus.NOT_AVAILABLE,
        "the load holds no table foster_carers",
    )


def test_supplied_figures_that_come_alone(tmp_path: Path) -> None:
    """They count on the page of their month, though the extract came before them; alone they make
    no page of case records, and stand on one of their own."""
    workspace = small_council(tmp_path, "june")
    path = tmp_path / "youth.csv"
    path.write_text("ref,month,value\nYO2,2021-06,42\nLSCB17a,2021-06,2.5%\n", encoding="utf-8")
    alone = load_records(workspace, path, extracted=dt.date(2021, 7, 9)).load
    assert alone.id == "2021-06-records-002"
    page = run.build(JUNE, workspace)
    assert [figure(page, ref, JUNE).value for ref in ("YO2", "LSCB17a", "M1")] == [
        42, Fraction(5, 2), 2,
    ]  # fmt: skip
    with pytest.raises(InputError, match="no case records"):
        run.build(JUNE, workspace, alone.id)

    other = small_council(tmp_path / "other")
    load_records(other, path, extracted=dt.date(2021, 7, 9))
    loaded(other, new_load(JUNE, cell("M1", JUNE, "8")))
    page = run.build(JUNE, other)
    assert [figure(page, ref, JUNE).value for ref in ("YO2", "M1", "M2")] == [42, 8, None]


def test_several_councils_in_one_load(tmp_path: Path) -> None:
    """The council's own records alone are counted; without a code nothing tells which these are."""
    workspace = small_council(tmp_path)
    folder = tmp_path / "region"
    write_extract(folder / "E06000001", "june", ssd_contacts="K1,A,2021-06-01")
    write_extract(folder / "E06000002", "june")
    for one in folder.iterdir():
        (one / "load.toml").unlink()
    (folder / "load.toml").write_text(STATEMENT.format(day="2021-07-05"), encoding="utf-8")
    load_records(workspace, folder)
    with pytest.raises(InputError) as refused:
        run.build(JUNE, workspace)
    assert "E06000001, E06000002" in str(refused.value)
    plain = (workspace.root / "openscorecard.toml").read_text(encoding="utf-8")
    for code, contacts in (("E06000001", 1), ("E06000002", 2)):
        text = plain.replace("[council]\n", f'[council]\ncode = "{code}"\n')
        (workspace.root / "openscorecard.toml").write_text(text, encoding="utf-8")
        page = run.build(JUNE, open_workspace(workspace.root))
        assert figure(page, "M1", JUNE).value == contacts


def test_another_councils_records_are_never_taken_for_the_councils_own(tmp_path: Path) -> None:
    workspace = small_council(tmp_path)
    load_records(workspace, write_extract(tmp_path / "x", "june"), council="E06000002")
    text = (workspace.root / "openscorecard.toml").read_text(encoding="utf-8")
    text = text.replace("[council]\n", '[council]\ncode = "E06000001"\n')
    (workspace.root / "openscorecard.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        run.build(JUNE, open_workspace(workspace.root))
    assert "another council (E06000002), and not E06000001" in str(refused.value)


def test_a_suspended_figure_gives_its_reason(workspace: Workspace) -> None:
    council = with_settings(
        workspace.root,
        '[[measures.suspended]]\nref = "M1"\nfrom = "2021-06"\nreason = "the form changed"\n',
    )
    page = run.build(JUNE, council)
    june = figure(page, "M1", JUNE)
    assert (june.status, june.printed) == (FigureStatus.NOT_AVAILABLE, "[x]")
    assert june.note == "suspended: the form changed"
    assert figure(page, "M1", MAY).value == 2
    assert figure(page, "M3", JUNE).value == 100  # 2 referrals of 2 contacts: of counts, not pages
