"""A council of six children and three monthly extracts, for the tests of what is counted from them.

Between the extracts a contact arrives late (K7), another vanishes (K2), and the end of a plan is
changed (P2). The figures that follow are worked out by hand where they are asked for.

    A  referred again in June 2021, after an assessment of 2020 that ended without further help
    B  referred in April, on a plan since 5 May
    C  looked after since March, referred on 2 June
    D  referred on 10 May, on a plan from 15 April
    E  looked after since 20 June
    F  a care leaver of 18
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from openscorecard import run
from openscorecard.periods import Month
from openscorecard.records.standard import table
from openscorecard.workspace.folder import Workspace, make_workspace, open_workspace
from openscorecard.workspace.take_records import load_records

POPULATION = 10_000
SETTINGS = f"""\
[council]
name = "Northshire"

[population]
edition = "mid-2020"
aged_0_to_17 = {POPULATION}
"""
STATEMENT = """\
extracted = {day}
[coverage]
all = 2020-04-01
ssd_contacts = 2021-04-01
"""
DAYS = {"april": "2021-05-05", "may": "2021-06-07", "june": "2021-07-05"}

HEADS = {
    "ssd_person": "pers_person_id,pers_dob",
    "ssd_contacts": "cont_contact_id,cont_person_id,cont_contact_date",
    "ssd_cin_episodes": "cine_referral_id,cine_person_id,cine_referral_date,cine_close_date",
    "ssd_cin_assessments": "cina_assessment_id,cina_person_id,cina_referral_id,"
    "cina_assessment_start_date,cina_assessment_auth_date,cina_assessment_outcome_nfa",
    "ssd_cp_plans": "cppl_cp_plan_id,cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_end_date",
    "ssd_cp_visits": "cppv_cp_visit_id,cppv_person_id,cppv_cp_plan_id,cppv_cp_visit_date,"
    "cppv_cp_visit_seen",
    "ssd_cla_episodes": "clae_cla_episode_id,clae_person_id,clae_cla_id,"
    "clae_cla_episode_start_date",
    "ssd_legal_status": "lega_legal_status_id,lega_person_id,lega_legal_status,"
    "lega_legal_status_start_date",
    "ssd_cla_care_plan": "lacp_table_id,lacp_person_id,lacp_cla_care_plan_start_date",
    "ssd_care_leavers": "clea_table_id,clea_person_id,clea_care_leaver_eligibility,"
    "clea_care_leaver_in_touch,clea_care_leaver_accommodation,clea_care_leaver_accom_suitable",
    "ssd_involvements": "invo_involvements_id,invo_person_id,invo_professional_id,"
    "invo_professional_team,invo_involvement_start_date,invo_involvement_end_date",
    "ssd_professionals": "prof_professional_id,prof_staff_id",
    "ssd_department": "dept_team_id,dept_team_name",
    "foster_carers": "foca_household_id,foca_approved_date,foca_in_house",
    "supplied_figures": "ref,month,value",
}
ALWAYS = {
    "ssd_person": "A,2010-05-01 B,2012-02-29 C,2014-01-01 D,2006-03-15 E,2004-06-30 F,2003-01-01",
    "ssd_legal_status": "L1,C,C2,2021-03-01",
    "ssd_cla_care_plan": "CP1,C,2021-03-10",
    "ssd_care_leavers": "CL1,F,Former_Relevant,YES,B,1",
    "ssd_professionals": "W1,S1 W2,S2",
    "ssd_department": "T1,Assessment_team T2,Safeguarding_team",
    "foster_carers": "H1,2019-01-01,Y",
}
# What each month's extract holds of the other tables: rows apart by blanks.
EXTRACTS: dict[str, dict[str, str]] = {
    "april": {
        "ssd_contacts": "K1,A,2021-04-10 K2,B,2021-04-20",
        "ssd_cin_episodes": "R1,A,2020-07-01,2020-09-01 R3,B,2021-04-12,",
        "ssd_cin_assessments": "AS1,A,R1,2020-07-05,2020-08-15,Y AS2,B,R3,2021-04-13,,",
        "ssd_cp_plans": "P2,D,2021-04-15,",
        "ssd_cp_visits": "",
        "ssd_cla_episodes": "E1,C,L1,2021-03-01",
        "ssd_involvements": "I1,B,W1,T1,2021-04-12,",
        "supplied_figures": "LSCB17a,2021-04,3.4%",
    },
    "may": {
        "ssd_contacts": "K1,A,2021-04-10 K2,B,2021-04-20 K3,C,2021-05-06 K4,D,2021-05-31",
        "ssd_cin_episodes": "R1,A,2020-07-01,2020-09-01 R3,B,2021-04-12, R4,D,2021-05-10,",
        "ssd_cin_assessments": "AS1,A,R1,2020-07-05,2020-08-15,Y "
        "AS2,B,R3,2021-04-13,2021-05-20,N AS3,D,R4,2021-05-11,,",
        "ssd_cp_plans": "P2,D,2021-04-15, P1,B,2021-05-05,",
        "ssd_cp_visits": "V1,B,P1,2021-05-12,Y V3,D,P2,2021-05-20,N",
        "ssd_cla_episodes": "E1,C,L1,2021-03-01",
        "ssd_involvements": "I1,B,W1,T1,2021-04-12, I3,D,W1,T1,2021-05-10,2021-05-20",
        "supplied_figures": "LSCB17a,2021-04,3.4% LSCB17a,2021-05,",
    },
    "june": {
        "ssd_contacts": "K1,A,2021-04-10 K3,C,2021-05-06 K4,D,2021-05-31 K7,E,2021-05-20 "
        "K5,A,2021-06-01 K6,B,2021-06-30",
        "ssd_cin_episodes": "R1,A,2020-07-01,2020-09-01 R3,B,2021-04-12,2021-06-30 "
        "R4,D,2021-05-10, R2,A,2021-06-15, R5,C,2021-06-02,",
        "ssd_cin_assessments": "AS1,A,R1,2020-07-05,2020-08-15,Y "
        "AS2,B,R3,2021-04-13,2021-05-20,N AS3,D,R4,2021-05-11,2021-06-10,N",
        "ssd_cp_plans": "P2,D,2021-04-15,2021-05-25 P1,B,2021-05-05,",
        "ssd_cp_visits": "V1,B,P1,2021-05-12,Y V3,D,P2,2021-05-20,N V2,B,P1,2021-06-08,Y",
        "ssd_cla_episodes": "E1,C,L1,2021-03-01 E2,E,L2,2021-06-20",
        "ssd_involvements": "I1,B,W1,T1,2021-04-12, I3,D,W1,T1,2021-05-10,2021-05-20 "
        "I2,B,W2,T2,2021-06-01,",
        "supplied_figures": "LSCB17a,2021-04,3.4% LSCB17a,2021-05,3.0% LSCB17a,2021-06,2.8%",
    },
}


def write_extract(folder: Path, month: str, day: str = "", **changed: str | None) -> Path:
    """The extract of april, may or june; a table may be given other rows, or be left out (None)."""
    folder.mkdir(parents=True)
    for name, rows in (ALWAYS | EXTRACTS[month] | changed).items():
        if rows is not None:
            more = _other_columns(name)
            lines = [HEADS[name], *rows.split()]
            lines = [f"{lines[0]}{more}", *(line + "," * more.count(",") for line in lines[1:])]
            text = "\n".join(lines).replace("_Relevant", " Relevant").replace("_team\n", " team\n")
            path = folder / f"{name}.csv"
            path.write_text(f"{text}\n".replace("_team\n", " team\n"), encoding="utf-8")
    statement = STATEMENT.format(day=day or DAYS[month])
    (folder / "load.toml").write_text(statement, encoding="utf-8")
    return folder


def _other_columns(name: str) -> str:
    """The columns that are blank in every row: a column that is not there would be none to count
    by."""
    one = table(name)
    given = HEADS[name].split(",")
    names = [] if one is None else [column.name for column in one.columns]
    return "".join(f",{column}" for column in names if column not in given)


def load_month(workspace: Workspace, month: str, day: str = "", **changed: str | None) -> str:
    """Loads that extract; gives the load's id."""
    extracts = workspace.root.parent / "extracts"
    extracts.mkdir(exist_ok=True)
    folder = extracts / f"{month}-{len(list(extracts.iterdir()))}"
    return load_records(workspace, write_extract(folder, month, day, **changed)).load.id


def small_council(folder: Path, *months: str) -> Workspace:
    """Its workspace with the extracts of these months."""
    root = make_workspace(folder / "northshire", "Northshire").root
    workspace = with_settings(root, "")
    if months != ALL:  # the queries need not be compiled again
        shutil.copytree(_three_loads() / "cache", root / "cache")
    for month in months:
        load_month(workspace, month)
    return workspace


ALL = ("april", "may", "june")


def three_loads(folder: Path) -> Workspace:
    """A copy of the council's workspace with all three extracts and what was counted from them."""
    return open_workspace(shutil.copytree(_three_loads(), folder / "northshire"))


@cache
def _three_loads() -> Path:
    """Made once for all tests."""
    folder = Path(tempfile.mkdtemp(prefix="scorecard-small-council-"))
    atexit.register(shutil.rmtree, folder)
    workspace = small_council(folder, *ALL)
    run.build(Month(2021, 6), workspace)
    return workspace.root


def with_settings(root: Path, more: str) -> Workspace:
    """The workspace with these lines after its settings."""
    (root / "openscorecard.toml").write_text(SETTINGS + more, encoding="utf-8")
    return open_workspace(root)
