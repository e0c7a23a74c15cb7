"""Data checks of referrals, decisions and early help: what each finds, and what it lets pass."""

from __future__ import annotations

import pytest
from data_check_rows import Case, Records, by_rule, check_case

CASES = (
    Case(
        "referral-while-open",
        """
        table: ssd_cin_episodes
        cine_referral_id, cine_person_id, cine_referral_date, cine_close_date
        R1, A, 2020-01-05,
        R2, A, 2021-03-04, 2021-03-20
        """,
        ("A R2",),
        near=(
            # closed on the day of the next one
            """
            table: ssd_cin_episodes
            cine_referral_id, cine_person_id, cine_referral_date, cine_close_date
            R1, A, 2020-01-05, 2021-03-04
            R2, A, 2021-03-04,
            R3, B, 2020-01-05,
            """,
            # long before the months that the page shows
            """
            table: ssd_cin_episodes
            cine_referral_id, cine_person_id, cine_referral_date, cine_close_date
            R1, A, 2018-01-05,
            R2, A, 2020-05-31, 2020-06-20
            """,
        ),
    ),
    Case(
        "referral-twice-in-a-day",
        """
        table: ssd_cin_episodes
        cine_referral_id, cine_person_id, cine_referral_date
        R1, A, 2021-03-04
        R2, A, 2021-03-04
        """,
        ("A R2",),
        near=(
            """
            table: ssd_cin_episodes
            cine_referral_id, cine_person_id, cine_referral_date
            R1, A, 2021-03-04
            R2, A, 2021-03-05
            R3, B, 2021-03-04
            """,
        ),
    ),
    Case(
        "referral-open-and-idle",
        # B was assessed 25 months ago; two years before 30 June 2021 is 30 June 2019
        """
        table: ssd_cin_episodes
        cine_referral_id, cine_person_id, cine_referral_date
        R1, A, 2019-06-30
        R2, B, 2019-01-10
        table: ssd_cin_assessments
        cina_assessment_id, cina_person_id, cina_assessment_start_date, cina_assessment_auth_date
        S1, B, 2019-03-01, 2019-05-20
        """,
        ("A R1", "B R2"),
        near=(
            # younger; closed; assessed, visited, on a plan, in care, a care leaver
            """
            table: ssd_cin_episodes
            cine_referral_id, cine_person_id, cine_referral_date, cine_close_date
            R1, A, 2019-07-01,
            R2, B, 2017-06-30, 2021-06-30
            R3, C, 2017-06-30,
            R4, D, 2017-06-30,
            R5, E, 2017-06-30,
            R6, F, 2017-06-30,
            R7, G, 2017-06-30,
            table: ssd_cin_assessments
            cina_assessment_id, cina_person_id, cina_assessment_start_date
            S1, C, 2019-07-01
            table: ssd_cla_visits
            clav_cla_visit_id, clav_person_id, clav_cla_visit_date
            V1, D, 2020-02-01
            table: ssd_cp_plans
            cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date
            P1, E, 2018-02-01
            table: ssd_cla_episodes
            clae_cla_episode_id, clae_person_id, clae_cla_id, clae_cla_episode_start_date
            E1, F, C1, 2018-02-01
            table: ssd_care_leavers
            clea_table_id, clea_person_id
            L1, G
            """,
            # without any assessments in the load nothing can be said
            """
            table: ssd_cin_episodes
            cine_referral_id, cine_person_id, cine_referral_date
            R1, A, 2015-06-30
            """,
        ),
    ),
    Case(
        "referral-no-action-still-open",
        """
        table: ssd_cin_episodes
        cine_referral_id, cine_person_id, cine_referral_date, cine_referral_nfa
        R1, A, 2021-05-30, Y
        """,
        ("A R1",),
        near=(
            # 30 days old; closed; no such mark
            """
            table: ssd_cin_episodes
            cine_referral_id, cine_person_id, cine_referral_date, cine_close_date, cine_referral_nfa
            R1, A, 2021-05-31, , Y
            R2, B, 2021-03-01, 2021-03-03, Y
            R3, C, 2021-03-01, , N
            R4, D, 2021-03-01, ,
            """,
        ),
    ),
    Case(
        "referral-reason-without-closure",
        """
        table: ssd_cin_episodes
        cine_referral_id, cine_person_id, cine_referral_date, cine_close_reason
        R1, A, 2021-03-04, RC1
        """,
        ("A R1",),
        near=(
            """
            table: ssd_cin_episodes
            cine_referral_id, cine_person_id, cine_referral_date, cine_close_date, cine_close_reason
            R1, A, 2021-03-04, 2021-04-01, RC1
            R2, B, 2021-03-04, ,
            """,
        ),
    ),
    Case(
        "referral-closed-without-reason",
        """
        table: ssd_cin_episodes
        cine_referral_id, cine_person_id, cine_referral_date, cine_close_date, cine_close_reason
        R1, A, 2021-03-04, 2021-04-01,
        """,
        ("A R1",),
        near=(
            """
            table: ssd_cin_episodes
            cine_referral_id, cine_person_id, cine_referral_date, cine_close_date, cine_close_reason
            R1, A, 2021-03-04, 2021-04-01, RC8
            R2, B, 2021-03-04, ,
            R3, C, 2018-03-04, 2019-04-01,
            """,
        ),
    ),
    Case(
        "decision-before-referral",
        """
        table: ssd_cin_episodes
        cine_referral_id, cine_person_id, cine_referral_date
        R1, A, 2021-03-04
        table: front_door_decisions
        fdde_decision_id, fdde_referral_id, fdde_person_id, fdde_decision_date
        D1, R1, A, 2021-03-03
        """,
        ("A D1",),
        near=(
            """
            table: ssd_cin_episodes
            cine_referral_id, cine_person_id, cine_referral_date
            R1, A, 2021-03-04
            table: front_door_decisions
            fdde_decision_id, fdde_referral_id, fdde_person_id, fdde_decision_date
            D1, R1, A, 2021-03-04
            """,
        ),
    ),
    Case(
        "step-up-reason-not-in-setting",
        # no reason is named yet: whatever occurs is shown
        """
        table: ssd_early_help_episodes
        earl_episode_id, earl_person_id, earl_episode_start_date, earl_episode_end_date,
        earl_episode_end_reason
        H1, A, 2021-01-04, 2021-03-04, Stepped up
        H2, B, 2021-01-04, 2021-03-05, Stepped up
        H3, C, 2021-01-04, 2021-03-05, Needs met
        """,
        ("Needs met", "Stepped up"),
        near=(
            # none ended in the months of the page
            """
            table: ssd_early_help_episodes
            earl_episode_id, earl_person_id, earl_episode_start_date, earl_episode_end_date,
            earl_episode_end_reason
            H1, A, 2019-01-04, 2020-05-04, Stepped up
            """,
        ),
    ),
    Case(
        "step-up-reason-not-in-setting",
        # one is named: others that sound like it are shown
        """
        table: ssd_early_help_episodes
        earl_episode_id, earl_person_id, earl_episode_start_date, earl_episode_end_date,
        earl_episode_end_reason
        H1, A, 2021-01-04, 2021-03-04, Stepped up
        H2, B, 2021-01-04, 2021-03-05, STEP UP TO CIN
        H3, C, 2021-01-04, 2021-03-05, Needs met
        """,
        ("STEP UP TO CIN",),
        settings={"step_up_end_reasons": ("Stepped up",)},
    ),
    Case(
        "early-help-ended-without-reason",
        """
        table: ssd_early_help_episodes
        earl_episode_id, earl_person_id, earl_episode_start_date, earl_episode_end_date
        H1, A, 2021-01-04, 2021-03-04
        """,
        ("A H1",),
        near=(
            """
            table: ssd_early_help_episodes
            earl_episode_id, earl_person_id, earl_episode_start_date, earl_episode_end_date,
            earl_episode_end_reason
            H1, A, 2021-01-04, 2021-03-04, Needs met
            H2, B, 2021-01-04, ,
            """,
        ),
    ),
)


@pytest.mark.parametrize("case", by_rule(CASES))
def test_it_is_found_and_the_near_miss_is_not(case: Case, records: Records) -> None:
    check_case(records, case)
