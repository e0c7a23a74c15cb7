"""Data checks of assessments: what each finds, and what it lets pass."""

from __future__ import annotations

import pytest
from data_check_rows import Case, Records, by_rule, check_case

CASES = (
    Case(
        "assessment-without-referral",
        """
        table: ssd_cin_episodes
        cine_referral_id, cine_person_id, cine_referral_date
        R1, A, 2021-03-04
        table: ssd_cin_assessments
        cina_assessment_id, cina_person_id, cina_referral_id, cina_assessment_start_date
        S1, A, , 2021-03-04
        S2, A, R9, 2021-03-04
        """,
        ("A S1", "A S2"),
        near=(
            """
            table: ssd_cin_episodes
            cine_referral_id, cine_person_id, cine_referral_date
            R1, A, 2021-03-04
            table: ssd_cin_assessments
            cina_assessment_id, cina_person_id, cina_referral_id, cina_assessment_start_date
            S1, A, R1, 2021-03-04
            """,
            # no referrals in the load: that is said when it is loaded
            """
            table: ssd_cin_assessments
            cina_assessment_id, cina_person_id, cina_referral_id, cina_assessment_start_date
            S1, A, R1, 2021-03-04
            """,
        ),
    ),
    Case(
        "assessment-before-its-referral",
        """
        table: ssd_cin_episodes
        cine_referral_id, cine_person_id, cine_referral_date
        R1, A, 2021-03-04
        table: ssd_cin_assessments
        cina_assessment_id, cina_person_id, cina_referral_id, cina_assessment_start_date
        S1, A, R1, 2021-03-03
        """,
        ("A S1",),
        near=(
            """
            table: ssd_cin_episodes
            cine_referral_id, cine_person_id, cine_referral_date
            R1, A, 2021-03-04
            table: ssd_cin_assessments
            cina_assessment_id, cina_person_id, cina_referral_id, cina_assessment_start_date
            S1, A, R1, 2021-03-04
            """,
        ),
    ),
    Case(
        "assessment-authorised-before-start",
        """
        table: ssd_cin_assessments
        cina_assessment_id, cina_person_id, cina_assessment_start_date, cina_assessment_auth_date
        S1, A, 2021-03-04, 2021-03-03
        """,
        ("A S1",),
        near=(
            """
            table: ssd_cin_assessments
            cina_assessment_id, cina_person_id, cina_assessment_start_date,
            cina_assessment_auth_date
            S1, A, 2021-03-04, 2021-03-04
            """,
        ),
    ),
    Case(
        "assessment-open-too-long",
        # From 23 April to 30 June 2021 there are 48 weekdays; 3 and 31 May were holidays: 46.
        """
        table: ssd_cin_assessments
        cina_assessment_id, cina_person_id, cina_assessment_start_date
        S1, A, 2021-04-23
        """,
        ("A S1",),
        near=(
            # Monday the 26th is a working day later: 45. And one that was authorised late.
            """
            table: ssd_cin_assessments
            cina_assessment_id, cina_person_id, cina_assessment_start_date,
            cina_assessment_auth_date
            S1, A, 2021-04-26,
            S2, B, 2021-01-04, 2021-07-02
            """,
        ),
    ),
    Case(
        "assessment-without-outcome",
        """
        table: ssd_cin_assessments
        cina_assessment_id, cina_person_id, cina_assessment_start_date, cina_assessment_auth_date
        S1, A, 2021-03-04, 2021-04-03
        """,
        ("A S1",),
        near=(
            """
            table: ssd_cin_assessments
            cina_assessment_id, cina_person_id, cina_assessment_start_date,
            cina_assessment_auth_date, cina_assessment_outcome_nfa
            S1, A, 2021-03-04, 2021-04-03, N
            S2, B, 2021-03-04, ,
            """,
        ),
    ),
    Case(
        "assessment-without-factors",
        """
        table: ssd_cin_assessments
        cina_assessment_id, cina_person_id, cina_assessment_start_date,
        cina_assessment_auth_date, cina_assessment_outcome_nfa
        S1, A, 2021-03-04, 2021-04-03, N
        S2, B, 2021-03-04, 2021-04-03, N
        table: ssd_assessment_factors
        cinf_assessment_id, cinf_assessment_factor
        S2, 21
        """,
        ("A S1",),
        near=(
            # no further action; not authorised
            """
            table: ssd_cin_assessments
            cina_assessment_id, cina_person_id, cina_assessment_start_date,
            cina_assessment_auth_date, cina_assessment_outcome_nfa
            S1, A, 2021-03-04, 2021-04-03, Y
            S2, B, 2021-03-04, ,
            S3, C, 2021-03-04, 2021-04-03, N
            table: ssd_assessment_factors
            cinf_assessment_id, cinf_assessment_factor
            S3, 2A
            """,
            # no factors in the load at all
            """
            table: ssd_cin_assessments
            cina_assessment_id, cina_person_id, cina_assessment_start_date,
            cina_assessment_auth_date, cina_assessment_outcome_nfa
            S1, A, 2021-03-04, 2021-04-03, N
            """,
        ),
    ),
)


@pytest.mark.parametrize("case", by_rule(CASES))
def test_it_is_found_and_the_near_miss_is_not(case: Case, records: Records) -> None:
    check_case(records, case)
