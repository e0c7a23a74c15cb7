"""Data checks of care: episodes, statuses, placements, plans, asylum: found, and near misses."""

from __future__ import annotations

import pytest
from data_check_rows import Case, Records, by_rule, check_case

EPISODES = """
table: ssd_cla_episodes
clae_cla_episode_id, clae_person_id, clae_cla_id, clae_cla_episode_start_date,
clae_cla_episode_ceased_date, clae_cla_episode_ceased_reason
"""
PLACEMENTS = """
table: ssd_cla_placement
clap_cla_placement_id, clap_person_id, clap_cla_placement_start_date,
clap_cla_placement_end_date, clap_cla_placement_type, clap_cla_placement_provider
"""
STATUSES = """
table: ssd_legal_status
lega_legal_status_id, lega_person_id, lega_legal_status, lega_legal_status_start_date,
lega_legal_status_end_date
"""

CASES = (
    Case(
        "care-open-past-18",
        f"""
        table: ssd_person
        pers_person_id, pers_dob
        A, 2003-06-30
        {EPISODES}
        E1, A, L1, 2019-01-04, ,
        """,
        ("A E1",),
        near=(
            # 18 tomorrow; ended on the birthday; born on 29 February 2004, of whom nobody says 18
            f"""
            table: ssd_person
            pers_person_id, pers_dob
            A, 2003-07-01
            B, 2003-03-03
            C, 2004-02-29
            D,
            {EPISODES}
            E1, A, L1, 2019-01-04, ,
            E2, B, L2, 2019-01-04, 2021-03-03, E7
            E3, C, L3, 2019-01-04, ,
            E4, D, L4, 2019-01-04, ,
            """,
        ),
    ),
    Case(
        "two-care-episodes-at-once",
        f"""
        {EPISODES}
        E1, A, L1, 2019-01-04, ,
        E2, A, L2, 2021-03-04, ,
        E3, B, L3, 2021-03-04, 2021-05-01, X1
        E4, B, L3, 2021-03-04, 2021-06-01, E4A
        """,
        ("A E2", "B E4"),
        near=(
            # one after the other, and one of a single day where they meet
            f"""
            {EPISODES}
            E1, A, L1, 2019-01-04, 2021-03-04, X1
            E2, A, L1, 2021-03-04, ,
            E3, B, L3, 2021-03-04, 2021-05-01, X1
            E4, B, L3, 2021-05-01, 2021-05-01, X1
            E5, B, L3, 2021-05-01, ,
            """,
        ),
    ),
    Case(
        "care-continues-but-nothing-follows",
        # B's next episode began two days later
        f"""
        {EPISODES}
        E1, A, L1, 2019-01-04, 2021-03-04, X1
        E2, B, L2, 2019-01-04, 2021-03-04, X1
        E3, B, L2, 2021-03-06, ,
        """,
        ("A E1", "B E2"),
        near=(
            # the same day; the next; left care; ended on the day of extraction; long ago
            f"""
            {EPISODES}
            E1, A, L1, 2019-01-04, 2021-03-04, X1
            E2, A, L1, 2021-03-04, 2021-03-10, X1
            E3, A, L1, 2021-03-11, ,
            E4, B, L2, 2019-01-04, 2021-03-04, E4A
            E5, C, L3, 2019-01-04, 2021-07-05, X1
            E6, D, L4, 2017-01-04, 2018-03-04, X1
            """,
        ),
    ),
    Case(
        "care-ended-but-goes-on",
        # within one period, and from one period to the next
        f"""
        {EPISODES}
        E1, A, L1, 2019-01-04, 2021-03-04, E8
        E2, A, L1, 2021-03-04, ,
        E3, B, L2, 2019-01-04, 2021-03-04, E4A
        E4, B, L3, 2021-03-04, ,
        """,
        ("A E1", "B E3"),
        near=(
            # back the day after; X1; a first episode of one day that is the one followed
            f"""
            {EPISODES}
            E1, A, L1, 2019-01-04, 2021-03-04, E4A
            E2, A, L2, 2021-03-05, ,
            E3, B, L3, 2019-01-04, 2021-03-04, X1
            E4, B, L3, 2021-03-04, ,
            """,
        ),
    ),
    Case(
        "care-ended-without-reason",
        f"""
        {EPISODES}
        E1, A, L1, 2019-01-04, 2021-03-04,
        """,
        ("A E1",),
        near=(
            f"""
            {EPISODES}
            E1, A, L1, 2019-01-04, 2021-03-04, E4A
            E2, B, L2, 2019-01-04, ,
            """,
        ),
    ),
    Case(
        "care-reason-without-end",
        f"""
        {EPISODES}
        E1, A, L1, 2019-01-04, , E4A
        """,
        ("A E1",),
        near=(
            f"""
            {EPISODES}
            E1, A, L1, 2019-01-04, 2021-03-04, E4A
            E2, B, L2, 2019-01-04, ,
            """,
        ),
    ),
    Case(
        "care-without-legal-status",
        # A has none; B's began a day after care; C's ended on the last day of the month
        f"""
        {EPISODES}
        E1, A, L1, 2021-01-04, ,
        E2, B, L2, 2021-03-04, ,
        E3, C, L3, 2019-03-04, ,
        {STATUSES}
        S2, B, C2, 2021-03-05,
        S3, C, C2, 2019-03-04, 2021-06-30
        """,
        ("A E1", "B E2", "C E3"),
        near=(
            # from the first day to now; a change of status; left care; old care without a first one
            f"""
            {EPISODES}
            E1, A, L1, 2021-01-04, ,
            E2, B, L2, 2021-03-04, 2021-03-20, E4A
            E3, C, L3, 2012-03-04, ,
            {STATUSES}
            S1, A, V2, 2021-01-04, 2021-02-01
            S2, A, C2, 2021-02-01,
            S3, B, V2, 2021-03-04, 2021-03-20
            S4, C, C2, 2014-03-20,
            """,
        ),
    ),
    Case(
        "short-breaks-with-other-status",
        f"""
        {EPISODES}
        E1, A, L1, 2021-01-04, ,
        {STATUSES}
        S1, A, V4, 2021-01-04,
        S2, A, C2, 2021-02-01,
        """,
        ("A S1",),
        near=(
            # the short breaks ended; short breaks alone; not looked after
            f"""
            {EPISODES}
            E1, A, L1, 2021-01-04, ,
            E2, B, L2, 2021-01-04, ,
            {STATUSES}
            S1, A, V4, 2021-01-04, 2021-02-01
            S2, A, C2, 2021-02-01,
            S3, B, V4, 2021-01-04,
            S4, C, V4, 2021-01-04,
            S5, C, C2, 2021-01-04,
            """,
        ),
    ),
    Case(
        "care-without-placement",
        # B's ended on the last day of the month
        f"""
        {EPISODES}
        E1, A, L1, 2021-01-04, ,
        E2, B, L2, 2021-01-04, ,
        {PLACEMENTS}
        M2, B, 2021-01-04, 2021-06-30, U6, PR1
        """,
        ("A E1", "B E2"),
        near=(
            f"""
            {EPISODES}
            E1, A, L1, 2021-01-04, ,
            E2, B, L2, 2021-01-04, 2021-06-30, E4A
            {PLACEMENTS}
            M1, A, 2021-01-04, , U6, PR1
            M2, B, 2021-01-04, 2021-06-30, U6, PR1
            """,
        ),
    ),
    Case(
        "two-placements-at-once",
        f"""
        {EPISODES}
        E1, A, L1, 2021-01-04, ,
        {PLACEMENTS}
        M1, A, 2021-01-04, , U6, PR4
        M2, A, 2021-03-04, , K2, PR4
        """,
        ("A M1",),
        near=(
            f"""
            {EPISODES}
            E1, A, L1, 2021-01-04, ,
            {PLACEMENTS}
            M1, A, 2021-01-04, 2021-03-04, U6, PR4
            M2, A, 2021-03-04, , K2, PR4
            M3, B, 2021-01-04, , U6, PR4
            M4, B, 2021-03-04, , K2, PR4
            """,
        ),
    ),
    Case(
        "placement-without-provider",
        f"""
        {EPISODES}
        E1, A, L1, 2021-01-04, ,
        E2, B, L2, 2021-01-04, ,
        {PLACEMENTS}
        M1, A, 2021-01-04, , U6,
        M2, B, 2021-01-04, , , PR1
        """,
        ("A M1", "B M2"),
        near=(
            # with parents there is no provider; ended; not looked after
            f"""
            {EPISODES}
            E1, A, L1, 2021-01-04, ,
            E2, B, L2, 2021-01-04, ,
            {PLACEMENTS}
            M1, A, 2021-01-04, , P1,
            M2, B, 2021-01-04, 2021-02-04, U6,
            M3, B, 2021-02-04, , U6, PR1
            M4, C, 2021-02-04, , U6,
            """,
        ),
    ),
    Case(
        "authorisation-of-no-plan",
        # N2 is another child's plan
        """
        table: ssd_cla_care_plan
        lacp_table_id, lacp_person_id, lacp_cla_care_plan_start_date
        N1, A, 2021-01-04
        N2, B, 2021-01-04
        table: plan_authorisations
        plau_authorisation_id, plau_person_id, plau_plan_type, plau_plan_id, plau_authorised_date
        U1, A, CARE, N9, 2021-01-10
        U2, A, CARE, N2, 2021-01-10
        """,
        ("A U1", "A U2"),
        near=(
            """
            table: ssd_cla_care_plan
            lacp_table_id, lacp_person_id, lacp_cla_care_plan_start_date
            N1, A, 2021-01-04
            table: plan_authorisations
            plau_authorisation_id, plau_person_id, plau_plan_type, plau_plan_id,
            plau_authorised_date
            U1, A, CARE, N1, 2021-01-10
            U2, A, CARE, , 2021-01-10
            U3, A, PATHWAY, N9, 2021-01-10
            """,
        ),
    ),
    Case(
        "asylum-status-not-in-setting",
        # none has the status named, so that whatever speaks of asylum is shown
        """
        table: ssd_immigration_status
        immi_immigration_status_id, immi_person_id, immi_immigration_status
        I1, A, Asylum seeker
        I2, B, Unaccompanied minor
        I3, C, British
        """,
        ("Asylum seeker", "Unaccompanied minor"),
        near=(
            # families seek asylum too
            """
            table: ssd_immigration_status
            immi_immigration_status_id, immi_person_id, immi_immigration_status
            I1, A, UASC
            I2, B, Asylum seeker with family
            """,
        ),
    ),
    Case(
        "asylum-status-not-in-setting",
        """
        table: ssd_immigration_status
        immi_immigration_status_id, immi_person_id, immi_immigration_status
        I1, A, Unaccompanied minor
        I2, B, uasc (former)
        """,
        ("uasc (former)",),
        settings={"uasc_statuses": ("Unaccompanied minor",)},
    ),
)


@pytest.mark.parametrize("case", by_rule(CASES))
def test_it_is_found_and_the_near_miss_is_not(case: Case, records: Records) -> None:
    check_case(records, case)
