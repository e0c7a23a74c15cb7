"""Extracts of an invented council's case system for the tests of the workspace."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb

from openscorecard.workspace.folder import Workspace
from openscorecard.workspace.records_load import RecordsLoad, table_paths
from openscorecard.workspace.take_records import TakenRecords, load_records

JULY_5, AUGUST_4 = dt.date(2021, 7, 5), dt.date(2021, 8, 4)
SINCE = dt.date(2017, 4, 1)
TABLES = {
    "ssd_person": "pers_person_id,pers_dob\nA,2010-05-01\nB,2012-02-29\nC,2014-01-01\n",
    "ssd_cin_episodes": "cine_referral_id,cine_person_id,cine_referral_date,cine_close_date\n"
    "R2,B,2021-06-02,\nR1,A,2021-05-01,30/06/2021\n,C,2021-06-03,\nR4,,2021-06-04,\n",
    "ssd_cin_assessments": "cina_assessment_id,cina_person_id,cina_referral_id,"
    "cina_assessment_start_date\nAS1,A,R1,2021-05-03\nAS2,B,R2,2021-06-03\n",
    "ssd_assessment_factors": "cinf_assessment_id,cinf_assessment_factors_json\n"
    'AS1,"[""1A"", ""11A""]"\nAS2,2B\n',
    "foster_carers": "foca_household_id,foca_approved_date,foca_in_house\nH1,2019-01-01,yes\n",
    "supplied_figures": "ref,month,value\nYO2,2021-06,42\nLSCB17a,2021-06,3.4%\n",
}


def extract(folder: Path, **changed: str) -> Path:
    """A folder with TABLES, but for those that are given; "" leaves one out."""
    folder.mkdir(parents=True)
    for name, text in (TABLES | changed).items():
        if text:
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def load(workspace: Workspace, folder: Path, day: dt.date = JULY_5, **more: str) -> TakenRecords:
    return load_records(workspace, folder, extracted=day, complete_from=SINCE, **more)


def stored_rows(workspace: Workspace, one: RecordsLoad, table: str, *columns: str) -> list[object]:
    """The rows of a table as they lie in the workspace, in their order there."""
    files = [str(path) for path in table_paths(workspace.loads, one)[table]]
    query = f"SELECT {', '.join(columns)} FROM read_parquet($1, hive_partitioning = false)"
    with duckdb.connect(config={"autoinstall_known_extensions": False}) as connection:
        return connection.execute(query, [files]).fetchall()
