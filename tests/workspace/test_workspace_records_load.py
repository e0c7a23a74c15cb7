"""An extract into the workspace: one load, whole, beside those of pages."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest
from records_extracts import AUGUST_4, JULY_5, SINCE, TABLES, extract, load, stored_rows
from workspace_pages import JULY, JUNE, a_workspace, cell, loaded, new_load

from openscorecard.errors import InputError
from openscorecard.findings import Severity
from openscorecard.records.extracts.statement import Coverage
from openscorecard.records.extracts.supplied import SuppliedFigure
from openscorecard.records.standard import TABLES as STANDARD
from openscorecard.workspace.child_map import Child
from openscorecard.workspace.load import page_loads
from openscorecard.workspace.records_load import (
    check_stored,
    child_ids,
    records_loads,
    supplied,
    table_paths,
)
from openscorecard.workspace.store import leftovers
from openscorecard.workspace.take_records import load_records


def test_a_load_is_a_folder_that_says_what_it_holds(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    taken = load(workspace, extract(tmp_path / "june"))
    (one,) = records_loads(workspace.loads)
    assert one == taken.load
    assert (one.id, one.sequence, one.month, one.extracted) == (
        "2021-06-records-001", 1, JUNE, JULY_5,
    )  # fmt: skip
    assert one.tables == {
        "ssd_person": 3,
        "ssd_cin_episodes": 3,
        "ssd_cin_assessments": 2,
        "ssd_assessment_factors": 3,
        "foster_carers": 1,
    }
    assert one.set_aside == 1
    assert one.coverage["ssd_cin_episodes"] == Coverage(SINCE, JULY_5)
    assert {file.name for file in one.files} == {f"{name}.csv" for name in TABLES}
    folder = workspace.loads / one.id
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*")) == [
        "findings.json",
        "load.json",
        "set-aside/ssd_cin_episodes.csv",
        "supplied.csv",
        "tables/foster_carers.parquet",
        "tables/ssd_assessment_factors.parquet",
        "tables/ssd_cin_assessments.parquet",
        "tables/ssd_cin_episodes.parquet",
        "tables/ssd_person.parquet",
    ]
    check_stored(folder, one)
    assert leftovers(workspace.loads) == []


def test_a_column_that_is_not_there_is_noted_with_the_figures_that_it_stops(
    tmp_path: Path,
) -> None:
    workspace = a_workspace(tmp_path)
    plans = "cppl_cp_plan_id,cppl_person_id,cppl_cp_plan_start_date,cppl_plan_end_date\n"
    taken = load(workspace, extract(tmp_path / "june", ssd_cp_plans=f"{plans}P1,A,2021-05-01,\n"))
    (one,) = records_loads(workspace.loads)
    assert "cppl_cp_plan_end_date" in one.absent["ssd_cp_plans"]
    assert "cppl_cp_plan_start_date" not in one.absent["ssd_cp_plans"]
    assert one.absent == taken.load.absent
    (said,) = [found for found in taken.found if found.column == "cppl_cp_plan_end_date"]
    assert (said.rule, said.severity) == ("column-absent", Severity.WARNING)
    # CP6B counts plans open at the month's end; CP7 those that ended in the month
    for ref in ("CP6B,", "CP6B-NI", "CP7"):
        assert ref in said.message
    assert "CP8-QL" not in said.message  # there are no visits: it could not be counted anyway
    assert said.message.endswith("Is cppl_plan_end_date meant to be cppl_cp_plan_end_date?")


def test_a_load_from_before_columns_were_noted_is_read(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    one = load(workspace, extract(tmp_path / "june")).load
    manifest = workspace.loads / one.id / "load.json"
    content = json.loads(manifest.read_bytes())
    del content["absent"], content["unusable"]
    manifest.write_text(json.dumps(content), encoding="utf-8")
    (older,) = records_loads(workspace.loads)
    assert (older.absent, older.unusable) == ({}, ())


def test_a_table_of_which_no_row_could_be_used_is_noted(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    carers = "foca_household_id,foca_approved_date\nH1,some day\n"
    load(workspace, extract(tmp_path / "june", foster_carers=carers))
    (one,) = records_loads(workspace.loads)
    assert one.unusable == ("foster_carers",)


def test_rows_are_typed_numbered_keyed_and_sorted(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    one = load(workspace, extract(tmp_path / "june")).load
    columns = ("council", "cine_referral_id", "cine_person_id", "cine_referral_date",
               "cine_close_date")  # fmt: skip
    may_1, june_2, june_3 = dt.date(2021, 5, 1), dt.date(2021, 6, 2), dt.date(2021, 6, 3)
    assert stored_rows(workspace, one, "ssd_cin_episodes", *columns) == [
        (1, "R1", 1, may_1, dt.date(2021, 6, 30)),
        (1, "R2", 2, june_2, None),
        (1, "~3~2021-06-03", 3, june_3, None),  # by the child's number and the day: it had no id
    ]
    assert child_ids(workspace) == {1: Child(1, "A"), 2: Child(1, "B"), 3: Child(1, "C")}
    assert stored_rows(workspace, one, "foster_carers", "foca_in_house") == [("Y",)]


def test_every_declared_column_is_there_in_its_type(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    one = load(workspace, extract(tmp_path / "june")).load
    for table in STANDARD:
        if table.name in one.tables:
            (path,) = table_paths(workspace.loads, one)[table.name]
            described = duckdb.execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()
            assert [(name, kind) for name, kind, *_ in described] == [
                ("council", "SMALLINT"),
                *((column.name, column.type.sql) for column in table.columns),
            ]


def test_the_same_extract_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = a_workspace(tmp_path / "a"), a_workspace(tmp_path / "b")
    folder = extract(tmp_path / "june")
    assert load(one, folder).load.stored == load(other, folder).load.stored
    assert (one.loads / "children.parquet").read_bytes() == (
        other.loads / "children.parquet"
    ).read_bytes()


def test_children_keep_their_numbers_from_load_to_load(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    load(workspace, extract(tmp_path / "june"))
    more = "pers_person_id,pers_dob\n0,2015-01-01\nC,2014-01-01\nB,2012-02-29\n"
    one = load(workspace, extract(tmp_path / "july", ssd_person=more), AUGUST_4).load
    assert (one.id, one.sequence, one.month) == ("2021-07-records-001", 2, JULY)
    assert child_ids(workspace)[4] == Child(1, "0")
    assert sorted(stored_rows(workspace, one, "ssd_person", "pers_person_id")) == [
        (2,), (3,), (4,),
    ]  # fmt: skip


@pytest.mark.parametrize("how", ["missing", "older", "broken"])
def test_without_its_map_of_children_nothing_is_loaded(tmp_path: Path, how: str) -> None:
    workspace = a_workspace(tmp_path)
    load(workspace, extract(tmp_path / "june"))
    path = workspace.loads / "children.parquet"
    older = path.read_bytes()
    more = TABLES["ssd_person"] + "D,2015-01-01\n"
    load(workspace, extract(tmp_path / "july", ssd_person=more), AUGUST_4)
    {
        "missing": path.unlink,
        "older": lambda: path.write_bytes(older),
        "broken": lambda: path.write_bytes(b"PAR1"),
    }[how]()
    folder = extract(tmp_path / "august", foster_carers="")
    with pytest.raises(InputError, match="would get other numbers"):
        load(workspace, folder, dt.date(2021, 9, 3))
    assert len(records_loads(workspace.loads)) == 2


def test_the_same_records_are_not_loaded_twice(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    folder = extract(tmp_path / "june")
    load(workspace, folder)
    before = sorted(path.name for path in workspace.loads.iterdir())
    with pytest.raises(InputError, match="loaded already, as 2021-06-records-001"):
        load(workspace, folder)
    assert sorted(path.name for path in workspace.loads.iterdir()) == before


def test_the_same_files_with_another_statement_are_another_load(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    folder = extract(tmp_path / "june")
    load(workspace, folder)
    since_2018 = load_records(
        workspace, folder, extracted=JULY_5, complete_from=dt.date(2018, 4, 1)
    ).load
    assert since_2018.coverage["ssd_cin_episodes"] == Coverage(dt.date(2018, 4, 1), JULY_5)
    next_day = load(workspace, folder, dt.date(2021, 7, 6)).load
    assert [one.id for one in records_loads(workspace.loads)][1:] == [since_2018.id, next_day.id]


def test_pages_and_records_of_a_month_live_side_by_side(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    loaded(workspace, new_load(JUNE, cell("M1", JUNE, "2,080")))
    one = load(workspace, extract(tmp_path / "june")).load
    (page,) = loaded(workspace, new_load(JUNE, cell("M2", JUNE, "5"), content=b"another"))
    assert (one.sequence, page.sequence) == (2, 3)
    assert [load.id for load in page_loads(workspace.loads)] == [
        "2021-06-page-001", "2021-06-page-002",
    ]  # fmt: skip
    assert [load.id for load in records_loads(workspace.loads)] == ["2021-06-records-001"]


def test_supplied_figures_come_with_an_extract_or_alone(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    one = load(workspace, extract(tmp_path / "june")).load
    assert supplied(workspace.loads, one) == (
        SuppliedFigure("LSCB17a", JUNE, Fraction(34, 10)),
        SuppliedFigure("YO2", JUNE, Fraction(42)),
    )
    path = tmp_path / "youth.csv"
    path.write_text("ref,month,value\nYO2,2021-06,43\nYO2,2021-05,\n")
    alone = load_records(workspace, path, extracted=JULY_5).load
    assert (alone.id, alone.tables, alone.supplied) == ("2021-06-records-002", {}, 2)
    assert table_paths(workspace.loads, alone) == {}
    assert [figure.value for figure in supplied(workspace.loads, alone)] == [None, Fraction(43)]
    with pytest.raises(InputError, match="not stated"):
        load_records(workspace, path)


def test_a_load_of_several_councils_has_a_file_each(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    region = tmp_path / "region"
    extract(region / "E06000002")
    extract(region / "E06000001", ssd_cin_episodes="")
    one = load(workspace, region).load
    assert one.councils == {1: "E06000001", 2: "E06000002"}
    places = {
        name: [path.relative_to(workspace.loads / one.id).as_posix() for path in paths]
        for name, paths in table_paths(workspace.loads, one).items()
    }
    assert places["ssd_person"] == [
        "tables/ssd_person/council=1/part.parquet",
        "tables/ssd_person/council=2/part.parquet",
    ]
    assert places["ssd_cin_episodes"] == ["tables/ssd_cin_episodes/council=2/part.parquet"]
    assert set(stored_rows(workspace, one, "ssd_person", "council", "pers_person_id")) == {
        (1, 1), (1, 2), (1, 3), (2, 4), (2, 5), (2, 6),
    }  # fmt: skip
    assert child_ids(workspace)[4] == Child(2, "A")


def test_a_council_that_states_its_code_later_stays_the_same(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    assert load(workspace, extract(tmp_path / "june")).load.councils == {1: ""}
    july = extract(tmp_path / "july", foster_carers="")
    one = load(workspace, july, AUGUST_4, council="E06000001").load
    assert one.councils == {1: "E06000001"}
    assert len(child_ids(workspace)) == 3
    other = extract(tmp_path / "other", supplied_figures="")
    assert load(workspace, other, AUGUST_4, council="E06000002").load.councils == {2: "E06000002"}
    third = extract(tmp_path / "third", ssd_cin_assessments="")
    with pytest.raises(InputError, match="does not say whose it is"):
        load(workspace, third, AUGUST_4)


@pytest.mark.parametrize(
    ("council", "says"), [("Anytown", "no council's code"), ("E06000001", "own folders")]
)
def test_a_code_that_cannot_be_meant_is_refused(tmp_path: Path, council: str, says: str) -> None:
    workspace = a_workspace(tmp_path)
    extract(tmp_path / "region" / "E06000002")
    with pytest.raises(InputError, match=says):
        load(workspace, tmp_path / "region", council=council)


def test_findings_are_kept_with_the_load(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    one = load(workspace, extract(tmp_path / "june")).load
    kept = json.loads((workspace.loads / one.id / "findings.json").read_bytes())["found"]
    (aside,) = [found for found in kept if found["rule"] == "row-set-aside"]
    assert (aside["table"], aside["rows"]) == ("ssd_cin_episodes", 1)
    assert aside["samples"][0]["place"] == "ssd_cin_episodes.csv, row 5"
    absent = {found["table"]: found["message"] for found in kept if found["rule"] == "table-absent"}
    assert "no figure for M1, M3" in absent["ssd_contacts"]
    assert one.found["error"] == 1


def test_a_refused_extract_leaves_everything_as_it_was(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    folder = extract(tmp_path / "june", ssd_person="who\nA\n")
    with pytest.raises(InputError, match="pers_person_id is missing"):
        load(workspace, folder)
    assert [path.name for path in workspace.loads.iterdir()] == [".lock"]


def test_a_load_that_was_changed_is_noticed(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    one = load(workspace, extract(tmp_path / "june")).load
    folder = workspace.loads / one.id
    (folder / "supplied.csv").write_text("council,ref,month,value,numerator,denominator\n")
    with pytest.raises(InputError, match="changed after it was loaded"):
        supplied(workspace.loads, one)
    with pytest.raises(InputError, match="changed after it was loaded"):
        check_stored(folder, one)
    (folder / "load.json").write_text("{}")
    with pytest.raises(InputError, match="cannot be read"):
        records_loads(workspace.loads)


def test_the_engine_is_not_opened_by_commands_that_do_not_need_it() -> None:
    names = ("cli.load", "cli.loads", "cli.check", "workspace.take", "workspace.doctor", "run")
    imports = "; ".join(f"import openscorecard.{name}" for name in names)
    code = f"{imports}; import sys; sys.exit('duckdb' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
