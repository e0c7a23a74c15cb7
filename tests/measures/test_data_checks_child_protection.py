"""Data checks of enquiries, conferences, plans, visits and reviews: found, and near misses."""

from __future__ import annotations

import pytest
from data_check_rows import Case, Records, by_rule, check_case

# An enquiry of somebody else, for checks that ask whether there are enquiries at all.
OTHERS = """
table: ssd_s47_enquiry
s47e_s47_enquiry_id, s47e_person_id, s47e_s47_start_date
QZ, Z, 2021-01-04
"""

CASES = (
    Case(
        "conference-without-enquiry",
        # the enquiry begun after the conference is none that led to it
        f"""
        {OTHERS}
        Q1, A, 2021-03-19
        table: ssd_initial_cp_conference
        icpc_icpc_id, icpc_person_id, icpc_icpc_date
        C1, A, 2021-03-18
        """,
        ("A C1",),
        near=(
            # a temporary registration, which counts nowhere
            f"""
            {OTHERS}
            table: ssd_initial_cp_conference
            icpc_icpc_id, icpc_person_id, icpc_icpc_date
            C1, A, 2021-03-18
            table: ssd_cp_plans
            cppl_cp_plan_id, cppl_person_id, cppl_icpc_id, cppl_cp_plan_start_date, cppl_cp_plan_ola
            P1, A, C1, 2021-03-18, Y
            """,
            f"""
            {OTHERS}
            Q1, A, 2021-03-18
            Q2, B, 2021-03-19
            table: ssd_initial_cp_conference
            icpc_icpc_id, icpc_person_id, icpc_icpc_date, icpc_s47_enquiry_id, icpc_icpc_transfer_in
            C1, A, 2021-03-18, , N
            C2, B, 2021-03-18, Q2,
            C3, C, 2021-03-18, , Y
            """,
            """
            table: ssd_initial_cp_conference
            icpc_icpc_id, icpc_person_id, icpc_icpc_date
            C1, A, 2021-03-18
            """,
        ),
    ),
    Case(
        "enquiry-after-its-conference",
        """
        table: ssd_s47_enquiry
        s47e_s47_enquiry_id, s47e_person_id, s47e_s47_start_date
        Q1, A, 2021-03-19
        table: ssd_initial_cp_conference
        icpc_icpc_id, icpc_person_id, icpc_icpc_date, icpc_s47_enquiry_id
        C1, A, 2021-03-18, Q1
        """,
        ("A C1",),
        near=(
            """
            table: ssd_s47_enquiry
            s47e_s47_enquiry_id, s47e_person_id, s47e_s47_start_date
            Q1, A, 2021-03-18
            Q2, A, 2021-04-18
            table: ssd_initial_cp_conference
            icpc_icpc_id, icpc_person_id, icpc_icpc_date, icpc_s47_enquiry_id
            C1, A, 2021-03-18, Q1
            """,
        ),
    ),
    Case(
        "conference-without-date",
        """
        table: ssd_initial_cp_conference
        icpc_icpc_id, icpc_person_id, icpc_icpc_target_date, icpc_icpc_outcome_cp_flag
        C1, A, 2021-03-18, Y
        """,
        ("A C1",),
        near=(
            # due, and not held yet
            """
            table: ssd_initial_cp_conference
            icpc_icpc_id, icpc_person_id, icpc_icpc_date, icpc_icpc_target_date,
            icpc_icpc_outcome_cp_flag
            C1, A, , 2021-07-18,
            C2, B, 2021-03-18, 2021-03-18, Y
            """,
        ),
    ),
    Case(
        "conference-decided-plan-none-followed",
        # A has no plan, B only one from before, which had ended; C's began 31 days later
        """
        table: ssd_initial_cp_conference
        icpc_icpc_id, icpc_person_id, icpc_icpc_date, icpc_icpc_outcome_cp_flag
        C1, A, 2021-03-18, Y
        C2, B, 2021-03-18, Y
        C3, C, 2021-03-18, Y
        table: ssd_cp_plans
        cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date, cppl_cp_plan_end_date
        P2, B, 2019-03-18, 2021-03-18
        P3, C, 2021-04-18,
        """,
        ("A C1", "B C2", "C C3"),
        near=(
            # begun that day; 30 days later; linked; open already; no plan decided; in July
            """
            table: ssd_initial_cp_conference
            icpc_icpc_id, icpc_person_id, icpc_icpc_date, icpc_icpc_outcome_cp_flag
            C1, A, 2021-03-18, Y
            C2, B, 2021-03-18, Y
            C3, C, 2021-03-18, Y
            C4, D, 2021-03-18, Y
            C5, E, 2021-03-18, N
            C6, F, 2021-07-01, Y
            table: ssd_cp_plans
            cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date, cppl_cp_plan_end_date,
            cppl_icpc_id
            P1, A, 2021-03-18, ,
            P2, B, 2021-04-17, ,
            P3, C, 2021-05-18, , C3
            P4, D, 2020-05-18, 2021-04-18,
            """,
        ),
    ),
    Case(
        "conference-decided-no-plan-one-followed",
        """
        table: ssd_initial_cp_conference
        icpc_icpc_id, icpc_person_id, icpc_icpc_date, icpc_icpc_outcome_cp_flag, icpc_cp_plan_id
        C1, A, 2021-03-18, N,
        C2, B, 2021-03-18, , P2
        table: ssd_cp_plans
        cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date
        P1, A, 2021-03-18
        P2, B, 2021-03-20
        """,
        ("A C1", "B C2"),
        near=(
            # decided; another council's plan; a transfer-in; a plan of another conference
            """
            table: ssd_initial_cp_conference
            icpc_icpc_id, icpc_person_id, icpc_icpc_date, icpc_icpc_outcome_cp_flag,
            icpc_icpc_transfer_in
            C1, A, 2021-03-18, Y,
            C2, B, 2021-03-18, N,
            C3, C, 2021-03-18, N, Y
            C4, D, 2021-03-18, N,
            table: ssd_cp_plans
            cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date, cppl_cp_plan_ola, cppl_icpc_id
            P1, A, 2021-03-18, N,
            P2, B, 2021-03-18, Y,
            P3, C, 2021-03-18, N,
            P4, D, 2021-05-18, N, C9
            """,
        ),
    ),
    Case(
        "transfer-in-under-other-councils-plan",
        """
        table: ssd_initial_cp_conference
        icpc_icpc_id, icpc_person_id, icpc_icpc_date, icpc_icpc_transfer_in, icpc_cp_plan_id
        C1, A, 2021-03-18, Y, P1
        table: ssd_cp_plans
        cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date, cppl_cp_plan_ola
        P1, A, 2021-03-01, Y
        """,
        ("A C1",),
        near=(
            # a plan of this council followed; it is one; an initial conference
            """
            table: ssd_initial_cp_conference
            icpc_icpc_id, icpc_person_id, icpc_icpc_date, icpc_icpc_transfer_in, icpc_cp_plan_id
            C1, A, 2021-03-18, Y, P1
            C2, B, 2021-03-18, Y, P3
            C3, C, 2021-03-18, N, P4
            table: ssd_cp_plans
            cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date, cppl_cp_plan_ola
            P1, A, 2021-03-01, Y
            P2, A, 2021-03-18, N
            P3, B, 2021-03-18, N
            P4, C, 2021-03-18, Y
            """,
        ),
    ),
    Case(
        "plan-without-conference",
        # B's conference was 31 days before the plan, C's a day after it began
        """
        table: ssd_initial_cp_conference
        icpc_icpc_id, icpc_person_id, icpc_icpc_date
        C2, B, 2021-02-15
        C3, C, 2021-03-19
        table: ssd_cp_plans
        cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date
        P1, A, 2021-03-18
        P2, B, 2021-03-18
        P3, C, 2021-03-18
        """,
        ("A P1", "B P2", "C P3"),
        near=(
            """
            table: ssd_initial_cp_conference
            icpc_icpc_id, icpc_person_id, icpc_icpc_date, icpc_cp_plan_id
            C1, A, 2021-03-18,
            C2, B, 2021-02-16,
            C3, C, 2020-12-16, P3
            table: ssd_cp_plans
            cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date, cppl_cp_plan_ola
            P1, A, 2021-03-18,
            P2, B, 2021-03-18,
            P3, C, 2021-03-18, N
            P4, D, 2021-03-18, Y
            P5, E, 2018-03-18,
            """,
            """
            table: ssd_cp_plans
            cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date
            P1, A, 2021-03-18
            """,
        ),
    ),
    Case(
        "plan-without-open-referral",
        # B's referral ended on the last day of the month
        """
        table: ssd_cin_episodes
        cine_referral_id, cine_person_id, cine_referral_date, cine_close_date
        R2, B, 2021-02-15, 2021-06-30
        table: ssd_cp_plans
        cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date
        P1, A, 2021-03-18
        P2, B, 2021-03-18
        """,
        ("A P1", "B P2"),
        near=(
            """
            table: ssd_cin_episodes
            cine_referral_id, cine_person_id, cine_referral_date, cine_close_date
            R1, A, 2021-02-15, 2021-07-01
            R3, A, 2020-02-15, 2020-06-15
            table: ssd_cp_plans
            cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date, cppl_cp_plan_end_date
            P1, A, 2021-03-18,
            P2, B, 2021-03-18, 2021-06-30
            """,
            # another council's: the child is here for a while, and its case is there
            """
            table: ssd_cin_episodes
            cine_referral_id, cine_person_id, cine_referral_date
            R9, Z, 2021-02-15
            table: ssd_cp_plans
            cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date, cppl_cp_plan_ola
            P1, A, 2021-03-18, Y
            """,
        ),
    ),
    Case(
        "two-own-plans-at-once",
        # C's two began on the same day
        """
        table: ssd_cp_plans
        cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date, cppl_cp_plan_end_date
        P1, A, 2020-01-18,
        P2, A, 2021-03-18,
        P3, C, 2021-03-18, 2021-04-01
        P4, C, 2021-03-18,
        """,
        ("A P2", "C P4"),
        near=(
            # one after the other; another council's beside it; both ended long ago
            """
            table: ssd_cp_plans
            cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date, cppl_cp_plan_end_date,
            cppl_cp_plan_ola
            P1, A, 2020-01-18, 2021-03-18,
            P2, A, 2021-03-18, ,
            P3, B, 2020-01-18, , Y
            P4, B, 2021-03-18, , N
            P5, C, 2018-01-18, 2019-03-18,
            P6, C, 2019-01-18, 2019-05-18,
            """,
        ),
    ),
    Case(
        "plan-open-past-18",
        """
        table: ssd_person
        pers_person_id, pers_dob
        A, 2003-06-30
        table: ssd_cp_plans
        cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date
        P1, A, 2021-03-18
        """,
        ("A P1",),
        near=(
            """
            table: ssd_person
            pers_person_id, pers_dob
            A, 2003-07-01
            B, 2003-02-01
            C,
            table: ssd_cp_plans
            cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date, cppl_cp_plan_end_date
            P1, A, 2021-01-18,
            P2, B, 2021-01-18, 2021-02-01
            P3, C, 2021-01-18,
            """,
        ),
    ),
    Case(
        "visit-before-its-plan",
        """
        table: ssd_cp_plans
        cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date
        P1, A, 2021-03-18
        table: ssd_cp_visits
        cppv_cp_visit_id, cppv_person_id, cppv_cp_plan_id, cppv_cp_visit_date
        V1, A, P1, 2021-03-17
        """,
        ("A V1",),
        near=(
            """
            table: ssd_cp_plans
            cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date
            P1, A, 2021-03-18
            table: ssd_cp_visits
            cppv_cp_visit_id, cppv_person_id, cppv_cp_plan_id, cppv_cp_visit_date
            V1, A, P1, 2021-03-18
            """,
        ),
    ),
    Case(
        "visit-after-its-plan",
        """
        table: ssd_cp_plans
        cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date, cppl_cp_plan_end_date
        P1, A, 2020-03-18, 2021-03-18
        table: ssd_cp_visits
        cppv_cp_visit_id, cppv_person_id, cppv_cp_plan_id, cppv_cp_visit_date
        V1, A, P1, 2021-03-19
        """,
        ("A V1",),
        near=(
            """
            table: ssd_cp_plans
            cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date, cppl_cp_plan_end_date
            P1, A, 2020-03-18, 2021-03-18
            P2, B, 2020-03-18,
            table: ssd_cp_visits
            cppv_cp_visit_id, cppv_person_id, cppv_cp_plan_id, cppv_cp_visit_date
            V1, A, P1, 2021-03-18
            V2, B, P2, 2021-03-19
            """,
        ),
    ),
    Case(
        "visit-to-another-childs-plan",
        """
        table: ssd_cp_plans
        cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date
        P1, A, 2020-03-18
        table: ssd_cp_visits
        cppv_cp_visit_id, cppv_person_id, cppv_cp_plan_id, cppv_cp_visit_date
        V1, B, P1, 2021-03-19
        """,
        ("B V1",),
        near=(
            """
            table: ssd_cp_plans
            cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date
            P1, A, 2020-03-18
            table: ssd_cp_visits
            cppv_cp_visit_id, cppv_person_id, cppv_cp_plan_id, cppv_cp_visit_date
            V1, A, P1, 2021-03-19
            V2, B, P9, 2021-03-19
            """,
        ),
    ),
    Case(
        "review-before-its-plan",
        """
        table: ssd_cp_plans
        cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date
        P1, A, 2021-03-18
        table: ssd_cp_reviews
        cppr_cp_review_id, cppr_person_id, cppr_cp_plan_id, cppr_cp_review_date
        W1, A, P1, 2021-03-17
        """,
        ("A W1",),
        near=(
            # held on the day; due and not held
            """
            table: ssd_cp_plans
            cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date
            P1, A, 2021-03-18
            table: ssd_cp_reviews
            cppr_cp_review_id, cppr_person_id, cppr_cp_plan_id, cppr_cp_review_due,
            cppr_cp_review_date
            W1, A, P1, 2021-03-17, 2021-03-18
            W2, A, P1, 2021-03-17,
            """,
        ),
    ),
)


@pytest.mark.parametrize("case", by_rule(CASES))
def test_it_is_found_and_the_near_miss_is_not(case: Case, records: Records) -> None:
    check_case(records, case)
