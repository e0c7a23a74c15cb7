"""Figures are counted once and kept; counted anew when what they are made from changes, and not
otherwise; and they stay when rows go."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
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

from openscorecard import run
from openscorecard.errors import InputError
from openscorecard.locks import locked
from openscorecard.measures import count
from openscorecard.measures.figures import MeasuredFigure
from openscorecard.periods import Month
from openscorecard.workspace.computed import CACHE, FIGURES, Figures
from openscorecard.workspace.folder import Workspace, open_workspace
from openscorecard.workspace.forget_records import drop_rows, forget_child, known_child
from openscorecard.workspace.records_load import all_records_loads
from openscorecard.workspace.take_records import load_records
from openscorecard.workspace.vintages import figures_of_load, own_loads

APRIL, MAY, JUNE = (Month(2021, number) for number in (4, 5, 6))
JUNE_1 = "2021-06-records-001"
OWN = """\
[[indicator]]
ref = "M1"

[[indicator.definition]]
from = "2021-05"
words = "Children about whom a contact came."

[indicator.definition.measure]
of = "ssd_contacts"
counts = "children"
in_month = "cont_contact_date"

[[example]]
ref = "M1"
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return three_loads(tmp_path)


def figures(workspace: Workspace, load_id: str = JUNE_1, *months: Month) -> Figures:
    loads = own_loads(workspace)
    (load,) = [one for one in loads if one.id == load_id]
    catalogue = run.catalogue_of(workspace)
    return figures_of_load(workspace, catalogue, load, months or (load.month,), loads)


def figure(workspace: Workspace, ref: str, month: Month = JUNE) -> MeasuredFigure:
    return figures(workspace, JUNE_1, month)[ref, month]


def counted(workspace: Workspace, work: Callable[[Workspace], object]) -> list[str]:
    """The loads that are counted while `work` is done."""
    heard: list[str] = []
    catalogue = run.catalogue_of(workspace)
    loads = own_loads(workspace)
    work(workspace)
    for load in loads:
        figures_of_load(workspace, catalogue, load, (load.month,), loads, tell=heard.append)
    return [words.rpartition(" ")[2] for words in heard]


def nothing(_: Workspace) -> None:
    pass


def test_what_was_counted_is_not_counted_again(workspace: Workspace) -> None:
    assert counted(workspace, nothing) == []
    kept = (workspace.root / FIGURES / f"{JUNE_1}.csv").read_bytes()
    lines = kept.decode().splitlines()
    assert lines[0].startswith("key,")
    assert "M1,2021-06,value,2,2,," in lines
    assert "M3,2021-06,value,100,2,2," in lines
    shutil.rmtree(workspace.root / FIGURES)
    shutil.rmtree(workspace.root / CACHE)
    run.build(JUNE, workspace)
    assert (workspace.root / FIGURES / f"{JUNE_1}.csv").read_bytes() == kept


def test_months_that_were_not_asked_for_before_are_counted_alone(workspace: Workspace) -> None:
    path = workspace.root / FIGURES / "2021-04-records-001.csv"
    assert "2021-03" not in path.read_text(encoding="utf-8")
    both = figures(workspace, "2021-04-records-001", Month(2021, 3), APRIL)
    assert (both["LAC1", Month(2021, 3)].value, both["M1", APRIL].value) == (1, 2)
    assert "2021-03" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "settings",
    [
        "[measures]\ncp_visit_days = 20\n",
        '[measures]\nre_referral_clock = "referral"\n',
        '[measures]\nstep_up_end_reasons = ["Stepped up"]\n',
    ],
)
def test_a_setting_counts_anew(workspace: Workspace, settings: str) -> None:
    changed = with_settings(workspace.root, settings)
    assert len(counted(changed, nothing)) == 3
    assert counted(changed, nothing) == []


def test_the_setting_and_the_population_reach_the_figures(workspace: Workspace) -> None:
    """B was seen 16 working days before the end of June. 2 referrals for 10,000, then 20,000."""
    assert figure(workspace, "CP8-QL").value == 0
    assert figure(workspace, "M2-NI").value == 2
    changed = with_settings(workspace.root, "[measures]\ncp_visit_days = 16\n")
    assert figure(changed, "CP8-QL").value == 100
    path = workspace.root / "openscorecard.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("10000", "20000"), encoding="utf-8")
    rate = figure(open_workspace(workspace.root), "M2-NI")
    assert (rate.value, rate.numerator, rate.denominator) == (1, 2, 20_000)


@pytest.mark.parametrize(
    "settings",
    [
        "[page]\nmonths = 9\nsmall_numbers = 3\n",
        '[people]\n"Head of Service, Social Work" = "Head of Help"\n',
        '[[measures.suspended]]\nref = "M1"\nfrom = "2021-06"\nreason = "the form changed"\n',
    ],
)
def test_what_no_figure_rests_on_counts_nothing_anew(workspace: Workspace, settings: str) -> None:
    assert counted(with_settings(workspace.root, settings), nothing) == []


def test_a_definition_counts_anew_from_its_month_on(workspace: Workspace) -> None:
    """In May K3 and K4, of two children; with K9 for C again, three contacts and two children."""
    contacts = "K3,C,2021-05-06 K4,D,2021-05-31 K9,C,2021-05-30 K1,A,2021-04-10 K2,A,2021-04-20"
    load_id = load_month(workspace, "june", "2021-07-12", ssd_contacts=contacts)
    before = figures(workspace, load_id, APRIL, MAY)
    assert [before["M1", month].value for month in (APRIL, MAY)] == [2, 3]
    (workspace.definitions / "ours.toml").write_text(OWN, encoding="utf-8")
    after = figures(workspace, load_id, APRIL, MAY)
    assert [after["M1", month].value for month in (APRIL, MAY)] == [2, 2]


def test_a_name_or_an_outcome_counts_nothing_anew(workspace: Workspace) -> None:
    own = '[[indicator]]\nref = "M1"\nname = "Contacts"\noutcome = "Someone listens."\n'
    (workspace.definitions / "ours.toml").write_text(own, encoding="utf-8")
    assert counted(workspace, nothing) == []


def test_another_load_counts_itself_alone(workspace: Workspace) -> None:
    heard: list[str] = []
    load_month(workspace, "june", "2021-07-12", ssd_contacts="K1,A,2021-06-10")
    run.build(JUNE, workspace, tell=heard.append)
    assert heard == ["counting the figures of 2021-06-records-002"]


def test_supplied_figures_that_come_later_reach_the_figures(workspace: Workspace) -> None:
    assert figure(workspace, "YO2").value is None
    path = workspace.root.parent / "youth.csv"
    path.write_text("ref,month,value\nYO2,2021-06,42\n", encoding="utf-8")
    load_records(workspace, path, extracted=dt.date(2021, 7, 6))
    assert figure(workspace, "YO2").value == 42


def test_a_file_changed_by_hand_does_not_count(workspace: Workspace) -> None:
    path = workspace.root / FIGURES / f"{JUNE_1}.csv"
    whole = path.read_bytes()
    for damaged in (
        whole.replace(b"M1,2021-06,value,2,2", b"M1,2021-06,value,9,9"),
        whole[:-40],
        b"",
        b"key,x,y\r\n",
        b"\xff" * 100,
    ):
        path.write_bytes(damaged)
        assert figure(workspace, "M1").value == 2
    (query,) = (workspace.root / CACHE).iterdir()
    query.write_bytes(query.read_bytes().replace(b"COUNT(*)", b"COUNT(1)"))
    shutil.rmtree(workspace.root / FIGURES)
    run.build(JUNE, workspace)
    assert path.read_bytes() == whole
    assert b"COUNT(1)" not in query.read_bytes()


def test_records_changed_by_hand_are_not_counted(workspace: Workspace) -> None:
    path = workspace.loads / JUNE_1 / "tables" / "ssd_contacts.parquet"
    path.write_bytes(path.read_bytes() + b" ")
    assert figure(workspace, "M1").value == 2  # as it was kept
    shutil.rmtree(workspace.root / FIGURES)
    with pytest.raises(InputError, match="it was changed after it was loaded"):
        figure(workspace, "M1")


def test_a_load_whose_rows_were_dropped_keeps_its_figures(workspace: Workspace) -> None:
    """Even by other settings than today's: it can give no others. What the council has suspended
    since is off its page all the same."""
    before = run.build(JUNE, workspace)
    with locked(workspace.loads):
        drop_rows(workspace.loads, JUNE_1)
    assert run.build(JUNE, workspace) == before
    changed = with_settings(
        workspace.root,
        "[measures]\ncp_visit_days = 16\n"
        '[[measures.suspended]]\nref = "M2"\nfrom = "2021-06"\nreason = "the form changed"\n',
    )
    assert figure(changed, "CP8-QL").value == 0
    assert "definitions or settings that have changed since" in figure(changed, "CP8-QL").note
    assert figure(changed, "M2").note == "suspended: the form changed"
    shutil.rmtree(workspace.root / FIGURES)
    with pytest.raises(InputError, match="its rows were dropped"):
        run.build(JUNE, workspace)


def test_a_childs_rows_go_and_the_figures_stay(workspace: Workspace) -> None:
    """A is one of the two referrals of June, and stays one when A is forgotten. Only another
    definition or setting counts what is left."""
    before = figures(workspace)
    with locked(workspace.loads):
        forget_child(workspace.loads, known_child(workspace.loads, "A"))
    (load,) = [one for one in all_records_loads(workspace.loads) if one.id == JUNE_1]
    assert load.forgotten
    assert figures(workspace) == before
    assert figure(workspace, "M2").value == 2
    changed = with_settings(workspace.root, "[measures]\ncp_visit_days = 16\n")
    assert figure(changed, "M2").value == 1


def test_figures_are_kept_for_whom_nobody_had_asked(tmp_path: Path) -> None:
    """`loads forget` counts them before the rows go."""
    workspace = small_council(tmp_path, "april", "may")
    run.keep_figures(workspace)
    with locked(workspace.loads):
        drop_rows(workspace.loads, "2021-04-records-001")
        drop_rows(workspace.loads, "2021-05-records-001")
    page = run.build(MAY, workspace)
    row = page.row("M1")
    assert row is not None
    assert [one.value for one in row.figures[-2:]] == [2, 2]
    assert row.figures[-1].load == "2021-05-records-001"
    row = page.row("CP8-QL")
    assert row is not None
    assert row.latest.value == Fraction(100, 2)


def test_a_dropped_load_says_where_it_would_be_counted_otherwise_today(
    workspace: Workspace,
) -> None:
    """Of another population the rates alone; of another definition or setting every figure."""
    with locked(workspace.loads):
        drop_rows(workspace.loads, JUNE_1)
    assert not any("dropped" in one.note for one in figures(workspace).values())
    path = workspace.root / "openscorecard.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("10000", "20000"), encoding="utf-8")
    people = open_workspace(workspace.root)
    assert (figure(people, "M2-NI").value, figure(people, "M2").note) == (2, "")
    assert "a population other than the one stated now" in figure(people, "M2-NI").note
    row = run.build(JUNE, people).row("M2-NI")
    assert row is not None
    assert "a population other than the one stated now" in row.latest.note
    (workspace.definitions / "ours.toml").write_text(OWN, encoding="utf-8")
    assert "definitions or settings that have changed" in figure(people, "M2").note


def test_figures_of_one_council_are_never_shown_as_those_of_another(tmp_path: Path) -> None:
    """A load of two: the first has one contact in June, the second two. Its rows go."""
    workspace = small_council(tmp_path)
    folder = tmp_path / "region"
    write_extract(folder / "E06000001", "june", ssd_contacts="K1,A,2021-06-01")
    write_extract(folder / "E06000002", "june")
    for one in folder.iterdir():
        (one / "load.toml").unlink()
    (folder / "load.toml").write_text(STATEMENT.format(day="2021-07-05"), encoding="utf-8")
    load_records(workspace, folder)
    plain = (workspace.root / "openscorecard.toml").read_text(encoding="utf-8")

    def of(code: str) -> Workspace:
        text = plain.replace("[council]\n", f'[council]\ncode = "{code}"\n')
        (workspace.root / "openscorecard.toml").write_text(text, encoding="utf-8")
        return open_workspace(workspace.root)

    run.keep_figures(of("E06000001"))
    with locked(workspace.loads):
        drop_rows(workspace.loads, JUNE_1)
    assert figure(of("E06000001"), "M1").value == 1
    with pytest.raises(InputError, match="not here as they were kept"):
        figure(of("E06000002"), "M1")


@pytest.mark.parametrize(
    "changed",
    [
        "measures/figures.py",
        "engines/duckdb.py",
        "engines/from_rows.py",
        "working_days.py",
        "records/standard/tables.py",
        "catalogue/measure_settings.py",
    ],
)
def test_whatever_a_figure_depends_on_counts_anew(tmp_path: Path, changed: str) -> None:
    package = Path(count.__file__).parents[1]
    for path in package.rglob("*.py"):
        copy = tmp_path / path.relative_to(package)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    before = count.hash_of(tmp_path)
    assert before == count.hash_of(package)
    (tmp_path / "cli" / "main.py").write_text("", encoding="utf-8")
    assert count.hash_of(tmp_path) == before
    path = tmp_path / changed
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert count.hash_of(tmp_path) != before
