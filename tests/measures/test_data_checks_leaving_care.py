"""Data checks of care leavers and of children missing: found, and near misses."""

from __future__ import annotations

import pytest
from data_check_rows import Case, Records, by_rule, check_case

LEAVERS = """
table: ssd_care_leavers
clea_table_id, clea_person_id, clea_care_leaver_eligibility, clea_care_leaver_in_touch,
clea_care_leaver_accom_suitable
"""
MISSING = """
table: ssd_missing
miss_table_id, miss_person_id, miss_missing_episode_start_date, miss_missing_episode_end_date,
miss_missing_episode_type
"""

CASES = (
    Case(
        "care-leaver-looked-after",
        # a record without a category counts as a care leaver
        f"""
        {LEAVERS}
        T1, A, Relevant, YES, 1
        T2, B, , YES, 1
        table: ssd_cla_episodes
        clae_cla_episode_id, clae_person_id, clae_cla_id, clae_cla_episode_start_date
        E1, A, L1, 2019-01-04
        E2, B, L2, 2019-01-04
        """,
        ("A T1", "B T2"),
        near=(
            # eligible, and rightly in care; left it; died
            f"""
            {LEAVERS}
            T1, A, Eligible, YES, 1
            T2, B, Relevant, YES, 1
            T3, C, Relevant, DIED,
            table: ssd_cla_episodes
            clae_cla_episode_id, clae_person_id, clae_cla_id, clae_cla_episode_start_date,
            clae_cla_episode_ceased_date
            E1, A, L1, 2019-01-04,
            E2, B, L2, 2019-01-04, 2021-06-30
            E3, C, L3, 2019-01-04,
            """,
        ),
    ),
    Case(
        "care-leaver-twice",
        f"""
        {LEAVERS}
        T1, A, Relevant, YES, 1
        T2, A, Relevant, NO,
        """,
        ("A T2",),
        near=(
            f"""
            {LEAVERS}
            T1, A, Relevant, YES, 1
            T2, B, Relevant, NO,
            """,
        ),
    ),
    Case(
        "care-leaver-category-unknown",
        f"""
        {LEAVERS}
        T1, A, FR, YES, 1
        """,
        ("A T1",),
        near=(
            f"""
            {LEAVERS}
            T1, A, Former Relevant, YES, 1
            T2, B, No Current Eligibility, YES, 1
            T3, C, , YES, 1
            """,
        ),
    ),
    Case(
        "care-leaver-category-unknown",
        # a category of the council's own, named in the setting
        f"""
        {LEAVERS}
        T1, A, FR, YES, 1
        T2, B, QU, YES, 1
        """,
        ("B T2",),
        settings={"care_leaver_categories": ("FR",)},
    ),
    Case(
        "care-leaver-category-blank",
        f"""
        {LEAVERS}
        T1, A, , YES, 1
        """,
        ("A T1",),
        near=(
            f"""
            {LEAVERS}
            T1, A, Relevant, YES, 1
            """,
        ),
    ),
    Case(
        "care-leaver-in-touch-blank",
        f"""
        {LEAVERS}
        T1, A, Relevant, , 1
        """,
        ("A T1",),
        near=(
            # said; not one with whom the council works
            f"""
            {LEAVERS}
            T1, A, Relevant, NO,
            T2, B, No Current Eligibility, ,
            """,
        ),
    ),
    Case(
        "care-leaver-suitability-blank",
        f"""
        {LEAVERS}
        T1, A, Relevant, YES,
        """,
        ("A T1",),
        near=(
            f"""
            {LEAVERS}
            T1, A, Relevant, YES, 2
            T2, B, Relevant, NO,
            """,
        ),
    ),
    Case(
        "care-leaver-age",
        # 15, and 26 today
        f"""
        table: ssd_person
        pers_person_id, pers_dob
        A, 2005-07-01
        B, 1995-06-30
        {LEAVERS}
        T1, A, Relevant, YES, 1
        T2, B, Relevant, YES, 1
        """,
        ("A T1", "B T2"),
        near=(
            f"""
            table: ssd_person
            pers_person_id, pers_dob
            A, 2005-06-30
            B, 1995-07-01
            C, 1985-07-01
            D,
            {LEAVERS}
            T1, A, Relevant, YES, 1
            T2, B, Relevant, YES, 1
            T3, C, No Current Eligibility, YES, 1
            T4, D, Relevant, YES, 1
            """,
        ),
    ),
    Case(
        "missing-open-too-long",
        f"""
        {MISSING}
        S1, A, 2021-05-30, , M
        """,
        ("A S1",),
        near=(
            f"""
            {MISSING}
            S1, A, 2021-05-31, , M
            S2, B, 2021-03-30, 2021-05-31, M
            """,
        ),
    ),
    Case(
        "missing-type-blank",
        # one that began long ago and is open touches every month
        f"""
        {MISSING}
        S1, A, 2021-05-30, 2021-05-31,
        S2, B, 2018-05-30, ,
        """,
        ("A S1", "B S2"),
        near=(
            f"""
            {MISSING}
            S1, A, 2021-05-30, 2021-05-31, A
            S2, B, 2018-05-30, 2018-05-31,
            """,
        ),
    ),
)


@pytest.mark.parametrize("case", by_rule(CASES))
def test_it_is_found_and_the_near_miss_is_not(case: Case, records: Records) -> None:
    check_case(records, case)
