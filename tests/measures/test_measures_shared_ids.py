"""Two children under one id, as siblings are at times: what is true of one is not of the other."""

from __future__ import annotations

import datetime as dt

from counted_by_query import figures_of_rows

from openscorecard.catalogue.measure_settings import MeasureSettings
from openscorecard.periods import Month
from openscorecard.records.standard import TABLES

MARCH = Month(2021, 3)
EMPTY: dict[str, list[dict[str, object]]] = {one.name: [] for one in TABLES}


def plan(plan_id: str, child: str, start: dt.date, end: dt.date | None = None) -> dict[str, object]:
    return {
        "cppl_cp_plan_id": plan_id,
        "cppl_person_id": child,
        "cppl_cp_plan_start_date": start,
        "cppl_cp_plan_end_date": end,
    }


def test_a_repeat_plan_is_the_childs_own() -> None:
    """A and B are under plan P1; B alone was on a plan before: 1 of 2."""
    plans = [
        plan("P0", "B", dt.date(2018, 1, 8), dt.date(2018, 9, 3)),
        plan("P1", "A", dt.date(2021, 3, 4)),
        plan("P1", "B", dt.date(2021, 3, 4)),
    ]
    figures = figures_of_rows({**EMPTY, "ssd_cp_plans": plans}, MARCH, MeasureSettings())
    assert figures["CP5-QL (val)"].value == 1
    assert figures["CP5-QL"].value == 50


def test_a_re_referral_is_the_childs_own() -> None:
    """A and B are referred under R9; B alone had an assessment that ended without help: 1."""
    referrals = [
        {
            "cine_referral_id": "R9",
            "cine_person_id": child,
            "cine_referral_date": dt.date(2021, 3, 1),
        }
        for child in "AB"
    ]
    assessment = {
        "cina_assessment_id": "S1",
        "cina_person_id": "B",
        "cina_assessment_start_date": dt.date(2020, 11, 2),
        "cina_assessment_auth_date": dt.date(2020, 12, 1),
        "cina_assessment_outcome_nfa": "Y",
    }
    rows = {**EMPTY, "ssd_cin_episodes": referrals, "ssd_cin_assessments": [assessment]}
    figures = figures_of_rows(rows, MARCH, MeasureSettings())
    assert (figures["M2"].value, figures["M6-QL (val)"].value) == (2, 1)
