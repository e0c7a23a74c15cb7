"""Data checks of whole tables: gaps, rows from the future, links, blanks, workers and teams."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest
from data_check_rows import JUNE, Case, Records, by_rule, check_case

from openscorecard.periods import Month, months_to
from openscorecard.records.extracts.statement import Coverage

CASES = (
    Case(
        "dated-after-extraction",
        """
        table: ssd_contacts
        cont_contact_id, cont_person_id, cont_contact_date
        C1, A, 2021-07-06
        table: foster_carers
        foca_household_id, foca_approved_date
        F1, 2031-03-01
        """,
        ("A C1", "F1"),
        near=(
            # the day itself; what may lie ahead
            """
            table: ssd_contacts
            cont_contact_id, cont_person_id, cont_contact_date
            C1, A, 2021-07-05
            table: ssd_person
            pers_person_id, pers_expected_dob
            A, 2021-11-05
            table: ssd_cp_reviews
            cppr_cp_review_id, cppr_person_id, cppr_cp_review_due
            W1, A, 2021-11-05
            """,
        ),
    ),
    Case(
        "linked-to-another-child",
        """
        table: ssd_cin_episodes
        cine_referral_id, cine_person_id, cine_referral_date
        R1, A, 2021-03-04
        table: ssd_cin_assessments
        cina_assessment_id, cina_person_id, cina_referral_id, cina_assessment_start_date
        S1, B, R1, 2021-03-04
        table: ssd_s47_enquiry
        s47e_s47_enquiry_id, s47e_person_id, s47e_s47_start_date
        Q1, A, 2021-03-04
        table: ssd_initial_cp_conference
        icpc_icpc_id, icpc_person_id, icpc_icpc_date, icpc_s47_enquiry_id
        C1, B, 2021-03-18, Q1
        """,
        ("B C1", "B S1"),
        near=(
            """
            table: ssd_cin_episodes
            cine_referral_id, cine_person_id, cine_referral_date
            R1, A, 2021-03-04
            table: ssd_cin_assessments
            cina_assessment_id, cina_person_id, cina_referral_id, cina_assessment_start_date
            S1, A, R1, 2021-03-04
            S2, B, R9, 2021-03-04
            S3, B, R1, 2018-03-04
            """,
        ),
    ),
    Case(
        "blank-counts-as-no",
        """
        table: ssd_cp_visits
        cppv_cp_visit_id, cppv_person_id, cppv_cp_plan_id, cppv_cp_visit_date, cppv_cp_visit_seen
        V1, A, P1, 2021-03-19, Y
        V2, A, P1, 2021-04-19,
        table: foster_carers
        foca_household_id, foca_approved_date, foca_in_house
        F1, 2001-03-01,
        """,
        ("cppv_cp_visit_seen", "foca_in_house"),
        near=(
            """
            table: ssd_cp_visits
            cppv_cp_visit_id, cppv_person_id, cppv_cp_plan_id, cppv_cp_visit_date,
            cppv_cp_visit_seen
            V1, A, P1, 2021-03-19, N
            V2, A, P1, 2018-04-19,
            table: ssd_initial_cp_conference
            icpc_icpc_id, icpc_person_id, icpc_icpc_date
            C1, A,
            table: foster_carers
            foca_household_id, foca_approved_date, foca_ceased_date, foca_in_house
            F1, 2001-03-01, , N
            F2, 2001-03-01, 2015-01-01,
            """,
        ),
    ),
    Case(
        "blank-counts-as-ordinary",
        """
        table: ssd_cp_plans
        cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date, cppl_cp_plan_ola
        P1, A, 2021-03-18,
        """,
        ("cppl_cp_plan_ola",),
        near=(
            """
            table: ssd_cp_plans
            cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date, cppl_cp_plan_ola
            P1, A, 2021-03-18, N
            """,
        ),
    ),
    Case(
        "worker-unknown",
        """
        table: ssd_professionals
        prof_professional_id
        W1
        table: ssd_cin_episodes
        cine_referral_id, cine_person_id, cine_referral_date, cine_referral_worker_id
        R1, A, 2021-03-04, W1
        R2, B, 2021-03-04, W9
        R3, C, 2021-03-04,
        table: ssd_involvements
        invo_involvements_id, invo_person_id, invo_involvement_start_date, invo_professional_id
        I1, A, 2021-03-04, W9
        """,
        ("W9",),
        near=(
            # no list of workers in the load
            """
            table: ssd_cin_episodes
            cine_referral_id, cine_person_id, cine_referral_date, cine_referral_worker_id
            R1, A, 2021-03-04, W1
            """,
        ),
    ),
    Case(
        "team-unknown",
        """
        table: ssd_department
        dept_team_id
        T1
        table: ssd_cin_episodes
        cine_referral_id, cine_person_id, cine_referral_date, cine_referral_team
        R1, A, 2021-03-04, T1
        R2, B, 2021-03-04, T9
        """,
        ("T9",),
        near=(
            """
            table: ssd_department
            dept_team_id
            T1
            table: ssd_cin_episodes
            cine_referral_id, cine_person_id, cine_referral_date, cine_referral_team
            R1, A, 2021-03-04, T1
            """,
        ),
    ),
)


@pytest.mark.parametrize("case", by_rule(CASES))
def test_it_is_found_and_the_near_miss_is_not(case: Case, records: Records) -> None:
    check_case(records, case)


def contacts(records: Records, usual: int, but: Mapping[str, int], months: int = 24) -> None:
    """So many contacts in each month to June 2021, but for those named."""
    wanted = {month: but.get(month.iso, usual) for month in months_to(JUNE, months)}
    rows = [
        f"(1, '{month}-{number}', 1, DATE '{month}-{1 + number % 28:02d}')"
        for month, rows_in_it in wanted.items()
        for number in range(rows_in_it)
    ]
    records.insert(
        "ssd_contacts",
        "(council, cont_contact_id, cont_person_id, cont_contact_date) VALUES " + ", ".join(rows),
    )


def gaps(records: Records, rule: str, coverage: Mapping[str, Coverage] | None = None) -> list[str]:
    """`2021-03: 0 of 40` for each month found."""
    found = [one for one in records.findings(coverage=coverage) if one.rule == rule]
    return [sample for finding in found for sample in finding.samples]


def test_an_empty_month_is_an_error(records: Records) -> None:
    contacts(records, 40, {"2021-03": 0})
    assert gaps(records, "month-without-rows") == [
        "table ssd_contacts: month 2021-03, rows 0, usual rows 40"
    ]
    assert gaps(records, "month-with-few-rows") == []


def test_the_last_month_may_be_the_one_that_is_missing(records: Records) -> None:
    contacts(records, 40, {"2021-06": 0})
    assert gaps(records, "month-without-rows") == [
        "table ssd_contacts: month 2021-06, rows 0, usual rows 40"
    ]


def test_fewer_than_half_is_a_warning(records: Records) -> None:
    # with families of three, 100 may well fall by three times the root of 300, to 48.04
    contacts(records, 100, {"2021-03": 48})
    assert gaps(records, "month-with-few-rows") == [
        "table ssd_contacts: month 2021-03, rows 48, usual rows 100"
    ]
    assert gaps(records, "month-without-rows") == []


# 45 reviews where 91 were usual stand on a real page; children come in families.
@pytest.mark.parametrize(("usual", "low"), [(100, 49), (400, 200), (91, 45), (40, 8), (19, 0)])
def test_what_chance_or_a_holiday_explains_is_let_pass(
    records: Records, usual: int, low: int
) -> None:
    contacts(records, usual, {"2021-03": low})
    assert gaps(records, "month-with-few-rows") == gaps(records, "month-without-rows") == []


def test_a_small_table_without_a_row_for_a_month_is_a_warning(records: Records) -> None:
    contacts(records, 20, {"2021-03": 0})
    assert gaps(records, "month-with-few-rows") == [
        "table ssd_contacts: month 2021-03, rows 0, usual rows 20"
    ]


def test_months_outside_coverage_are_no_gaps(records: Records) -> None:
    contacts(records, 40, {f"2020-{month:02d}": 0 for month in range(1, 13)})
    stated = {"ssd_contacts": Coverage(dt.date(2021, 1, 1), dt.date(2021, 7, 5))}
    assert gaps(records, "month-without-rows", stated) == []
    wider = {"ssd_contacts": Coverage(dt.date(2020, 11, 1), dt.date(2021, 7, 5))}
    assert gaps(records, "month-without-rows", wider) == [
        "table ssd_contacts: month 2020-12, rows 0, usual rows 40",
        "table ssd_contacts: month 2020-11, rows 0, usual rows 40",
    ]


def test_a_month_that_coverage_cuts_in_two_is_no_gap(records: Records) -> None:
    contacts(records, 40, {"2020-11": 2})
    stated = {"ssd_contacts": Coverage(dt.date(2020, 11, 29), dt.date(2021, 7, 5))}
    assert gaps(records, "month-with-few-rows", stated) == []


def test_a_table_that_starts_is_no_gap_where_coverage_is_not_stated(records: Records) -> None:
    contacts(records, 40, {}, months=14)
    assert gaps(records, "month-without-rows") == []


def test_a_service_that_grows_is_no_gap(records: Records) -> None:
    growing = {month.iso: 10 + 4 * at for at, month in enumerate(months_to(JUNE, 24))}
    contacts(records, 0, growing)
    assert gaps(records, "month-with-few-rows") == []


def test_the_two_checks_name_a_month_once(records: Records) -> None:
    contacts(records, 100, {"2021-03": 0, "2020-12": 5})
    assert len(gaps(records, "month-without-rows")) == 1
    assert len(gaps(records, "month-with-few-rows")) == 1
    assert Month(2021, 3).iso in gaps(records, "month-without-rows")[0]
