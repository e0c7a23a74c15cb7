"""Data checks of the children themselves: ages, deaths, one child recorded twice."""

from __future__ import annotations

import pytest
from data_check_rows import Case, Records, by_rule, check_case

PEOPLE = """
table: ssd_person
pers_person_id, pers_dob, pers_expected_dob, pers_death_date, pers_sex
"""
REFERRALS = """
table: ssd_cin_episodes
cine_referral_id, cine_person_id, cine_referral_date, cine_close_date
"""
CONTACTS = """
table: ssd_contacts
cont_contact_id, cont_person_id, cont_contact_date
"""

CASES = (
    Case(
        "child-without-birth-date",
        # A has none; B is not among the people at all; C's referral has closed, but is on the page
        f"""
        {PEOPLE}
        A, , , , F
        C, , , , M
        D, , , , M
        {REFERRALS}
        R1, A, 2019-03-04,
        R2, B, 2019-03-04,
        R3, C, 2021-03-04, 2021-03-05
        table: ssd_care_leavers
        clea_table_id, clea_person_id
        T4, D
        """,
        ("A", "B", "C", "D"),
        near=(
            # born; expected; closed long ago
            f"""
            {PEOPLE}
            A, 2010-01-01, , , F
            B, , 2021-08-01, , U
            C, , , , M
            {REFERRALS}
            R1, A, 2019-03-04,
            R2, B, 2021-03-04,
            R3, C, 2018-03-04, 2018-03-05
            """,
            # no people in the load
            f"""
            {REFERRALS}
            R1, A, 2019-03-04,
            """,
        ),
    ),
    Case(
        "child-born-after-extraction",
        f"""
        {PEOPLE}
        A, 2021-07-06, , , F
        """,
        ("A",),
        near=(
            f"""
            {PEOPLE}
            A, 2021-07-05, , , F
            B, , 2021-11-05, , U
            """,
        ),
    ),
    Case(
        "child-expected-long-ago",
        # 30 April to 30 June is 61 days
        f"""
        {PEOPLE}
        A, , 2021-04-30, , U
        {REFERRALS}
        R1, A, 2021-03-04,
        """,
        ("A",),
        near=(
            f"""
            {PEOPLE}
            A, , 2021-05-01, , U
            B, 2021-04-04, 2021-04-01, , F
            C, , 2020-04-04, , U
            {REFERRALS}
            R1, A, 2021-03-04,
            R2, B, 2021-03-04,
            R3, C, 2020-03-04, 2020-06-01
            """,
        ),
    ),
    Case(
        "referral-open-past-18",
        f"""
        {PEOPLE}
        A, 2003-06-30, , , F
        {REFERRALS}
        R1, A, 2021-03-04,
        """,
        ("A R1",),
        near=(
            # 18 tomorrow; a care leaver; closed; 26, of which another check speaks
            f"""
            {PEOPLE}
            A, 2003-07-01, , , F
            B, 2001-07-01, , , F
            C, 2001-07-01, , , F
            D, 1995-06-30, , , F
            {REFERRALS}
            R1, A, 2021-03-04,
            R2, B, 2021-03-04,
            R3, C, 2021-03-04, 2021-04-04
            R4, D, 2021-03-04,
            table: ssd_care_leavers
            clea_table_id, clea_person_id
            T2, B
            """,
        ),
    ),
    Case(
        "open-past-25",
        f"""
        {PEOPLE}
        A, 1995-06-30, , , F
        {REFERRALS}
        R1, A, 2021-03-04,
        table: ssd_cp_plans
        cppl_cp_plan_id, cppl_person_id, cppl_cp_plan_start_date
        P1, A, 2021-04-04
        """,
        ("A P1", "A R1"),
        near=(
            f"""
            {PEOPLE}
            A, 1995-07-01, , , F
            B, 1985-07-01, , , F
            {REFERRALS}
            R1, A, 2021-03-04,
            R2, B, 2021-03-04, 2021-04-01
            """,
        ),
    ),
    Case(
        "dead-but-open",
        f"""
        {PEOPLE}
        A, 2010-06-30, , 2021-06-30, F
        B, 2002-06-30, , 2021-05-30, F
        {REFERRALS}
        R1, A, 2021-03-04,
        table: ssd_care_leavers
        clea_table_id, clea_person_id, clea_care_leaver_in_touch
        T2, B, NO
        """,
        ("A R1", "B T2"),
        near=(
            # after the month's end; closed that day; said of the care leaver
            f"""
            {PEOPLE}
            A, 2010-06-30, , 2021-07-01, F
            B, 2002-06-30, , 2021-05-30, F
            C, 2010-06-30, , 2021-05-30, F
            {REFERRALS}
            R1, A, 2021-03-04,
            R3, C, 2021-03-04, 2021-05-30
            table: ssd_care_leavers
            clea_table_id, clea_person_id, clea_care_leaver_in_touch
            T2, B, DIED
            """,
        ),
    ),
    Case(
        "children-perhaps-the-same",
        # one pair, said once
        f"""
        {PEOPLE}
        A, 2010-01-01, , , F
        B, 2010-01-01, , , F
        {CONTACTS}
        C1, A, 2021-03-04
        C2, A, 2021-04-04
        C3, B, 2021-03-04
        C4, B, 2021-04-04
        C5, B, 2021-04-04
        """,
        ("A",),
        near=(
            # another contact of its own; another birthday; another sex; one day only
            f"""
            {PEOPLE}
            A, 2010-01-01, , , F
            B, 2010-01-01, , , F
            C, 2010-01-02, , , F
            D, 2010-01-01, , , M
            E, 2012-01-01, , , F
            F, 2012-01-01, , , F
            {CONTACTS}
            C1, A, 2021-03-04
            C2, A, 2021-04-04
            C3, B, 2021-03-04
            C4, B, 2021-04-04
            C5, B, 2021-05-04
            C6, C, 2021-03-04
            C7, C, 2021-04-04
            C8, D, 2021-03-04
            C9, D, 2021-04-04
            D1, E, 2021-03-04
            D2, F, 2021-03-04
            """,
        ),
    ),
)


@pytest.mark.parametrize("case", by_rule(CASES))
def test_it_is_found_and_the_near_miss_is_not(case: Case, records: Records) -> None:
    check_case(records, case)
