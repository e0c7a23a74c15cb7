"""Thirteen loads, counted by the words of the rules, give the figures that the council has to have:
every computed indicator, numerator and denominator."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from council_plain_count import POPULATION, Count, count

from openscorecard.demo.council import LOADS, Load, records
from openscorecard.demo.council.targets import FIGURES, PLAN_BEGUN_NEXT_MONTH

HISTORY = Path(__file__).parents[4] / "shared" / "seed" / "history.csv"
SUPPLIED = ("LSCB17a", "YO2", "FM011", "FM012")


@pytest.fixture(scope="module")
def counted() -> dict[str, dict[str, Count]]:
    return {load.month: count(records(load.extracted), load.month) for load in LOADS}


def figures(month: str) -> dict[str, int]:
    place = [load.month for load in LOADS].index(month)
    return {name: row[place] for name, row in FIGURES.items()}


def plans_begun(month: str) -> int:
    """Of the month's conferences, but for those whose plan began in the next month."""
    wanted = figures(month)
    year, number = int(month[:4]), int(month[5:])
    before = f"{year - (number == 1)}-{(number - 2) % 12 + 1:02d}"
    carried = (before in PLAN_BEGUN_NEXT_MONTH) - (month in PLAN_BEGUN_NEXT_MONTH)
    return wanted["conferences_to_plan"] + wanted["transfers_to_plan"] + carried


def expected(month: str) -> dict[str, Count]:
    """What each ref comes to, by the names of targets.py."""
    wanted = figures(month)
    parts = [wanted[name] for name in ("days_10", "days_25", "days_35", "days_45", "days_more")]
    done, in_time = sum(parts), sum(parts[:4])
    conferences = wanted["conferences"]
    care = wanted["looked_after"]
    leaving = wanted["leavers"] + wanted["looked_after_16_17"]
    found: dict[str, Count] = {
        "M1": (wanted["contacts"], None),
        "M2": (wanted["referrals"], None),
        "M3": (wanted["referrals"], wanted["contacts"]),
        "M2-NI": (wanted["referrals"], POPULATION),
        "M8-QL": (wanted["decided_in_time"], wanted["referrals"]),
        "M6-QL (val)": (wanted["rereferrals"], None),
        "M6-QL": (wanted["rereferrals"], wanted["referrals"]),
        "M4": (wanted["exploited"], None),
        "M5": (wanted["stepped_up"], None),
        "EH2": (wanted["in_need"], None),
        "EH5-QL": (wanted["missing"], None),
        "EH3": (done, None),
        "EH4 (val)": (in_time, None),
        "EH4-QL": (in_time, done),
        "CP1": (wanted["enquiries"], None),
        "CP1-NI": (wanted["enquiries"], POPULATION),
        "CP6B": (wanted["on_plan"], None),
        "CP6B-NI": (wanted["on_plan"], POPULATION),
        "CP2": (conferences, None),
        "CP2-NI": (conferences + wanted["transfers"], POPULATION),
        "CP4 (val)": (wanted["conferences_to_plan"], None),
        "CP4": (wanted["conferences_to_plan"], conferences),
        "CP2b": (wanted["transfers"], None),
        "CP2b %": (wanted["transfers_to_plan"], wanted["transfers"]),
        "CP3-QL (val)": (wanted["conferences_in_time"], None),
        "CP3-QL": (wanted["conferences_in_time"], conferences),
        "CP8-QL": (wanted["seen_on_plan"], wanted["on_plan"]),
        "CP5-QL (val)": (wanted["repeat_plans"], None),
        "CP5-QL": (wanted["repeat_plans"], plans_begun(month)),
        "CP9": (wanted["reviewed"], None),
        "CP7": (wanted["plans_ended"], None),
        "LAC1": (care, None),
        "LAC1-NI": (care, POPULATION),
        "LAC2": (wanted["care_begun"], None),
        "LAC3": (wanted["care_ceased"], None),
        "LAC6 (val)": (wanted["adopted"], None),
        "LAC6 (%)": (wanted["adopted"], wanted["care_ceased"]),
        "LAC12 (val)": (wanted["guardianship"], None),
        "LAC12 (%)": (wanted["guardianship"], wanted["care_ceased"]),
        "LAC7-QL": (wanted["visited"], care),
        "LAC10-QL": (wanted["care_planned"], None),
        "LAC10 (%)": (wanted["care_planned"], care),
        "LAC13": (wanted["asylum"], None),
        "LAC14": (wanted["asylum_begun"], None),
        "LAC11-QL": (wanted["pathway"], None),
        "LAC11-QL (%)": (wanted["pathway"], leaving),
        "NI147": (wanted["leavers_well"], wanted["leavers_counted"]),
        "LAC9 (val)": (wanted["agency_fostered"], None),
        "LAC9": (wanted["agency_fostered"], care),
        "LAC16": (wanted["households"], None),
        "EH1a": (wanted["early_begun"], None),
        "EH1b": (wanted["early_planned"], None),
        "EH1c": (wanted["early_done"], None),
        "EH14b": (wanted["early_done_young"], None),
        "CIN5": (wanted["in_need"] + wanted["on_plan"] + care + wanted["leavers"], None),
    }
    found |= {f"EH3{band}%": (part, done) for band, part in zip("abcde", parts, strict=True)}
    return found


@pytest.mark.parametrize("load", LOADS, ids=lambda load: load.month)
def test_each_load_gives_the_figures_of_the_month_that_it_closes(
    counted: dict[str, dict[str, Count]], load: Load
) -> None:
    """Two children on a plan and in care against two temporary registrations: that is why CIN5 is
    the plain sum of its parts."""
    assert len(counted[load.month]) == 60
    assert counted[load.month] == expected(load.month)


@pytest.mark.skipif(not HISTORY.exists(), reason="shared/ is not beside the project")
def test_the_figures_are_those_of_the_proven_history(
    counted: dict[str, dict[str, Count]],
) -> None:
    compared = 0
    with HISTORY.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["ref"] in SUPPLIED or not row["numerator"]:
                continue
            numerator, denominator = counted[row["month"]][row["ref"]]
            assert numerator == int(row["numerator"]), row
            if row["denominator"]:
                assert denominator == int(row["denominator"]), row
            compared += 1
    assert compared == 60 * 13 - 2  # two months of EH1c are suspended


def test_parts_are_in_the_records_to_be_told_apart() -> None:
    """What the rules leave out is there to be left out."""
    load = LOADS[-1]
    rows = records(load.extracted)
    on_plan_elsewhere = [row for row in rows["ssd_cp_plans"] if row["cppl_cp_plan_ola"] == "Y"]
    assert len(on_plan_elsewhere) == 5
    assert any(row["lega_legal_status"] == "V4" for row in rows["ssd_legal_status"])
    assert any(row["miss_missing_episode_type"] == "A" for row in rows["ssd_missing"])
    assert any(row["foca_in_house"] == "N" for row in rows["foster_carers"])
    assert any(row["clea_care_leaver_in_touch"] == "DIED" for row in rows["ssd_care_leavers"])
    assert any(row["cppv_cp_visit_seen"] == "N" for row in rows["ssd_cp_visits"])
    assert any(row["clav_cla_visit_seen"] == "N" for row in rows["ssd_cla_visits"])
    eligibility = {row["clea_care_leaver_eligibility"] for row in rows["ssd_care_leavers"]}
    assert {"Eligible", "No Current Eligibility", "Former Relevant", None} <= eligibility
