"""The records read as a council's might: what somebody who knows the field would look at first.

All of it over the rows of the last load, in plain Python.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from statistics import median

import pytest
from council_plain_count import Row, Rows, age

from openscorecard.demo.council import LOADS, records
from openscorecard.records.standard import CODE_SETS, TABLES
from openscorecard.working_days import bank_holidays, is_working_day

COMPLETE = dt.date(2017, 4, 1)
LAST = LOADS[-1].extracted
NEVER = dt.date.max
SPELLS = {
    "ssd_cin_episodes": ("cine_person_id", "cine_referral_date", "cine_close_date"),
    "ssd_cp_plans": ("cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
    "ssd_cla_placement": (
        "clap_person_id",
        "clap_cla_placement_start_date",
        "clap_cla_placement_end_date",
    ),
    "ssd_legal_status": (
        "lega_person_id",
        "lega_legal_status_start_date",
        "lega_legal_status_end_date",
    ),
    "ssd_early_help_episodes": (
        "earl_person_id",
        "earl_episode_start_date",
        "earl_episode_end_date",
    ),
    "ssd_cla_care_plan": (
        "lacp_person_id",
        "lacp_cla_care_plan_start_date",
        "lacp_cla_care_plan_end_date",
    ),
    "early_help_plans": ("ehpl_person_id", "ehpl_start_date", "ehpl_end_date"),
}


@pytest.fixture(scope="module")
def rows() -> Rows:
    return records(LAST)


@pytest.fixture(scope="module")
def born(rows: Rows) -> dict[str, dt.date]:
    return {
        row["pers_person_id"]: row["pers_dob"] or row["pers_expected_dob"]
        for row in rows["ssd_person"]
    }


def care_periods(rows: Rows) -> Iterator[tuple[str, dt.date, dt.date | None, str | None]]:
    """Child, first day, last day, reason."""
    periods = defaultdict(list)
    for row in rows["ssd_cla_episodes"]:
        periods[row["clae_person_id"], row["clae_cla_id"]].append(row)
    for (child, _), episodes in periods.items():
        episodes.sort(key=lambda row: row["clae_cla_episode_start_date"])
        end = episodes[-1]
        yield (
            child,
            episodes[0]["clae_cla_episode_start_date"],
            end["clae_cla_episode_ceased_date"],
            end["clae_cla_episode_ceased_reason"],
        )


def by(rows: list[Row], column: str) -> dict[str, list[Row]]:
    found = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


# Shape: what the standard tables declare


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_rows_have_the_columns_keys_and_codes_of_the_standard_tables(
    rows: Rows, table: object
) -> None:
    mine = rows[table.name]
    assert mine, "an empty table"
    assert set(mine[0]) <= {column.name for column in table.columns}
    assert {column.name for column in table.columns} == set(mine[0])
    for column in table.columns:
        values = {row[column.name] for row in mine}
        assert not (column.required and None in values), column.name
        if column.codes:
            assert values - {None} <= set(CODE_SETS[column.codes]), column.name
        if column.type == "flag":
            assert values <= {"Y", "N", None}, column.name
    if table.key:
        assert len({row[table.key] for row in mine}) == len(mine)
    natural = [tuple(row[name] for name in table.natural_key) for row in mine]
    if table.name != "ssd_contacts" and natural and natural[0]:  # a day may bring two contacts
        assert len(set(natural)) == len(natural), Counter(natural).most_common(3)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_reference_leads_to_a_row(rows: Rows, table: object) -> None:
    for column in table.columns:
        if not column.refers:
            continue
        other, key = column.refers.split(".")
        there = {row[key] for row in rows[other]}
        here = {row[column.name] for row in rows[table.name]} - {None}
        assert here <= there, (column.name, sorted(here - there)[:3])


def test_ends_follow_starts(rows: Rows) -> None:
    for table in TABLES:
        for start, end in table.spans:
            for row in rows[table.name]:
                if row[start] is not None and row[end] is not None:
                    assert row[start] <= row[end], (table.name, row)


def test_nothing_lies_after_the_day_of_the_load(rows: Rows) -> None:
    later = {"cppr_cp_review_due", "icpc_icpc_target_date", "pers_expected_dob"}
    for name, table in rows.items():
        for row in table:
            for column, value in row.items():
                if isinstance(value, dt.date) and column not in later:
                    assert value <= LAST, (name, row)


def test_no_spells_of_a_child_overlap(rows: Rows) -> None:
    for table, (person, start, end) in SPELLS.items():
        own = [row for row in rows[table] if row.get("cppl_cp_plan_ola") != "Y"]
        for child, mine in by(own, person).items():
            mine.sort(key=lambda row: (row[start], row[end] or NEVER))
            for one, following in itertools.pairwise(mine):
                assert (one[end] or NEVER) <= following[start], (table, child, one, following)


# Ages


def test_nothing_happens_before_birth_but_what_may(rows: Rows, born: dict[str, dt.date]) -> None:
    before_birth_allowed = {
        "cine_referral_date",
        "cine_close_date",
        "cont_contact_date",
        "fdde_decision_date",
        "cina_assessment_start_date",
        "cina_assessment_auth_date",
        "s47e_s47_start_date",
        "s47e_s47_end_date",
        "invo_involvement_start_date",
        "invo_involvement_end_date",
        "cppr_cp_review_due",
        "icpc_icpc_target_date",
    }
    for table in TABLES:
        if not table.person or table.name == "ssd_person":
            continue
        for row in rows[table.name]:
            birth = born.get(row[table.person])
            for column, value in row.items():
                if isinstance(value, dt.date) and birth and column not in before_birth_allowed:
                    assert value >= birth, (table.name, row, birth)
    unborn = [row for row in rows["ssd_person"] if row["pers_expected_dob"]]
    assert 50 < len(unborn) < 600
    expected = {row["pers_person_id"] for row in unborn}
    early = [
        row
        for row in rows["ssd_cin_episodes"]
        if row["cine_referral_date"] < born[row["cine_person_id"]]
    ]
    assert {row["cine_person_id"] for row in early} <= expected


def test_children_referred_are_0_to_17(rows: Rows, born: dict[str, dt.date]) -> None:
    ages = Counter(
        max(0, age(born[row["cine_person_id"]], row["cine_referral_date"]))
        for row in rows["ssd_cin_episodes"]
    )
    assert set(ages) == set(range(18))
    share_of_small = sum(ages[years] for years in range(5)) / ages.total()
    share_of_teenagers = sum(ages[years] for years in range(13, 18)) / ages.total()
    assert 0.22 < share_of_small < 0.42
    assert 0.18 < share_of_teenagers < 0.35


def test_children_in_need_are_not_left_open_past_18(rows: Rows, born: dict[str, dt.date]) -> None:
    """But care leavers: their referral is sometimes left open for a while."""
    open_ = [row for row in rows["ssd_cin_episodes"] if row["cine_close_date"] is None]
    leavers = {row["clea_person_id"] for row in rows["ssd_care_leavers"]}
    grown = {row["cine_person_id"] for row in open_ if age(born[row["cine_person_id"]], LAST) >= 18}
    assert grown <= leavers


def test_nobody_is_looked_after_past_18(rows: Rows, born: dict[str, dt.date]) -> None:
    for child, first, last, _ in care_periods(rows):
        assert first > born[child]
        assert age(born[child], (last or LAST) - dt.timedelta(days=1)) < 18


def test_the_adopted_are_small(rows: Rows, born: dict[str, dt.date]) -> None:
    ages = [
        age(born[child], last)
        for child, first, last, reason in care_periods(rows)
        if reason in ("E11", "E12") and (last - first).days > 200
    ]
    adopted = sum(reason in ("E11", "E12") for *_, reason in care_periods(rows))
    assert len(ages) == adopted > 80  # and none after less than some months in care
    assert max(ages) <= 8
    assert sum(years < 5 for years in ages) / len(ages) > 0.85


def test_unaccompanied_children_are_teenagers_mostly_boys(
    rows: Rows, born: dict[str, dt.date]
) -> None:
    persons = {row["pers_person_id"]: row for row in rows["ssd_person"]}
    mine = [
        persons[row["immi_person_id"]]
        for row in rows["ssd_immigration_status"]
        if row["immi_immigration_status"] == "UASC"
    ]
    first = {child: day for child, day, _, _ in care_periods(rows)}
    assert all(age(born[row["pers_person_id"]], first[row["pers_person_id"]]) >= 14 for row in mine)
    assert sum(row["pers_sex"] == "M" for row in mine) / len(mine) > 0.75


# Protection


def test_every_own_plan_has_its_conference(rows: Rows) -> None:
    conferences = {row["icpc_icpc_id"]: row for row in rows["ssd_initial_cp_conference"]}
    for plan in rows["ssd_cp_plans"]:
        if plan["cppl_cp_plan_ola"] == "Y":
            continue
        held = conferences[plan["cppl_icpc_id"]]
        assert held["icpc_person_id"] == plan["cppl_person_id"]
        assert held["icpc_cp_plan_id"] == plan["cppl_cp_plan_id"]
        assert held["icpc_icpc_outcome_cp_flag"] == "Y"
        assert 0 <= (plan["cppl_cp_plan_start_date"] - held["icpc_icpc_date"]).days <= 5


def test_conferences_follow_an_enquiry_or_a_transfer(rows: Rows) -> None:
    """Those of the archive, from before the records are whole, have no enquiry on record."""
    enquiries = {row["s47e_s47_enquiry_id"]: row for row in rows["ssd_s47_enquiry"]}
    held = 0
    own = {row["cppl_icpc_id"] for row in rows["ssd_cp_plans"] if row["cppl_cp_plan_ola"] != "Y"}
    for row in rows["ssd_initial_cp_conference"]:
        if row["icpc_icpc_date"] < COMPLETE or row["icpc_icpc_transfer_in"] == "Y":
            continue
        if row["icpc_icpc_outcome_cp_flag"] == "Y" and row["icpc_icpc_id"] not in own:
            continue  # of a temporary registration
        enquiry = enquiries[row["icpc_s47_enquiry_id"]]
        assert enquiry["s47e_person_id"] == row["icpc_person_id"]
        assert enquiry["s47e_s47_start_date"] <= row["icpc_icpc_date"]
        assert (enquiry["s47e_s47_end_date"] or LAST) <= row["icpc_icpc_date"]
        held += 1
    assert held > 1500


def test_plans_belong_to_a_referral_that_was_open(rows: Rows) -> None:
    referrals = {row["cine_referral_id"]: row for row in rows["ssd_cin_episodes"]}
    for plan in rows["ssd_cp_plans"]:
        if plan["cppl_referral_id"] is None:
            assert plan["cppl_cp_plan_ola"] == "Y" or plan["cppl_cp_plan_start_date"] < COMPLETE
            continue
        referral = referrals[plan["cppl_referral_id"]]
        assert referral["cine_person_id"] == plan["cppl_person_id"]
        assert referral["cine_referral_date"] <= plan["cppl_cp_plan_start_date"]
        end = referral["cine_close_date"] or NEVER
        assert (plan["cppl_cp_plan_end_date"] or plan["cppl_cp_plan_start_date"]) <= end


def test_visits_and_reviews_lie_within_the_plan(rows: Rows) -> None:
    plans = {row["cppl_cp_plan_id"]: row for row in rows["ssd_cp_plans"]}
    for table, plan_id, day in (
        ("ssd_cp_visits", "cppv_cp_plan_id", "cppv_cp_visit_date"),
        ("ssd_cp_reviews", "cppr_cp_plan_id", "cppr_cp_review_date"),
    ):
        for row in rows[table]:
            plan = plans[row[plan_id]]
            if row[day] is not None:
                assert plan["cppl_cp_plan_start_date"] <= row[day]
                assert row[day] <= (plan["cppl_cp_plan_end_date"] or NEVER)


def test_reviews_come_after_three_months_then_every_six(rows: Rows) -> None:
    plans = {row["cppl_cp_plan_id"]: row for row in rows["ssd_cp_plans"]}
    first, later = [], []
    for plan_id, reviews in by(rows["ssd_cp_reviews"], "cppr_cp_plan_id").items():
        days = sorted(row["cppr_cp_review_date"] for row in reviews if row["cppr_cp_review_date"])
        start = plans[plan_id]["cppl_cp_plan_start_date"]
        if days and start >= COMPLETE:
            first.append((days[0] - start).days)
            later += [(b - a).days for a, b in itertools.pairwise(days)]
    assert 70 <= median(first) <= 100
    assert 130 <= median(later) <= 190
    assert sum(days <= 125 for days in first) / len(first) > 0.9
    assert sum(days <= 215 for days in later) / len(later) > 0.9


def test_plans_last_as_plans_do(rows: Rows) -> None:
    lengths = sorted(
        (row["cppl_cp_plan_end_date"] - row["cppl_cp_plan_start_date"]).days
        for row in rows["ssd_cp_plans"]
        if row["cppl_cp_plan_end_date"] and row["cppl_cp_plan_end_date"] >= COMPLETE
    )
    assert 180 <= median(lengths) <= 330
    assert sum(days < 90 for days in lengths) / len(lengths) < 0.25
    assert sum(days > 729 for days in lengths) / len(lengths) < 0.06


def test_repeat_children_had_their_plan_before_some_long_ago(rows: Rows) -> None:
    gaps = []
    for plans in by(rows["ssd_cp_plans"], "cppl_person_id").values():
        own = sorted(
            (row for row in plans if row["cppl_cp_plan_ola"] != "Y"),
            key=lambda row: row["cppl_cp_plan_start_date"],
        )
        for one, following in itertools.pairwise(own):
            if following["cppl_cp_plan_start_date"] >= COMPLETE:
                gaps.append(
                    (following["cppl_cp_plan_start_date"] - one["cppl_cp_plan_end_date"]).days
                )
    assert min(gaps) > 0
    assert sum(days > 730 for days in gaps) / len(gaps) > 0.3


# Assessment and the front door


def test_every_referral_has_a_contact_and_a_decision(rows: Rows) -> None:
    contacts = {(row["cont_person_id"], row["cont_contact_date"]) for row in rows["ssd_contacts"]}
    decided = {row["fdde_referral_id"] for row in rows["front_door_decisions"]}
    for row in rows["ssd_cin_episodes"]:
        day = row["cine_referral_date"]
        if COMPLETE + dt.timedelta(days=7) <= day < dt.date(2021, 6, 1):
            assert (row["cine_person_id"], day) in contacts
            assert row["cine_referral_id"] in decided


def test_assessments_belong_to_their_referral(rows: Rows) -> None:
    referrals = {row["cine_referral_id"]: row for row in rows["ssd_cin_episodes"]}
    for row in rows["ssd_cin_assessments"]:
        referral = referrals[row["cina_referral_id"]]
        assert referral["cine_person_id"] == row["cina_person_id"]
        assert referral["cine_referral_date"] <= row["cina_assessment_start_date"]
        done = row["cina_assessment_auth_date"]
        assert done is None or done <= (referral["cine_close_date"] or NEVER)


def test_referrals_that_ended_after_an_assessment_had_one(rows: Rows) -> None:
    assessed = {
        row["cina_referral_id"]
        for row in rows["ssd_cin_assessments"]
        if row["cina_assessment_outcome_nfa"] == "Y"
    }
    for row in rows["ssd_cin_episodes"]:
        if row["cine_close_reason"] == "RC8":
            assert row["cine_referral_id"] in assessed
        if row["cine_referral_nfa"] == "Y" and row["cine_close_date"]:
            assert (row["cine_close_date"] - row["cine_referral_date"]).days <= 20


def test_no_child_is_referred_while_open(rows: Rows) -> None:
    for mine in by(rows["ssd_cin_episodes"], "cine_person_id").values():
        mine.sort(key=lambda row: row["cine_referral_date"])
        for one, following in itertools.pairwise(mine):
            assert one["cine_close_date"] < following["cine_referral_date"]


def test_a_fifth_of_referrals_come_back_within_a_year(rows: Rows) -> None:
    """As the census counts: from one referral to the next. England has 22%."""
    again = every = 0
    year = dt.timedelta(days=365)
    for mine in by(rows["ssd_cin_episodes"], "cine_person_id").values():
        days = sorted(row["cine_referral_date"] for row in mine)
        every += sum(day >= dt.date(2018, 4, 1) for day in days)
        again += sum(
            b >= dt.date(2018, 4, 1) and b - a <= year for a, b in itertools.pairwise(days)
        )
    assert 0.10 < again / every < 0.28


# Care


def test_legal_status_and_placement_cover_every_day_of_care(rows: Rows) -> None:
    statuses = by(rows["ssd_legal_status"], "lega_person_id")
    placements = by(rows["ssd_cla_placement"], "clap_person_id")
    episodes = by(rows["ssd_cla_episodes"], "clae_person_id")
    for child, first, last, _ in care_periods(rows):
        for mine, start, end in (
            (
                statuses[child],
                "lega_legal_status_start_date",
                "lega_legal_status_end_date",
            ),
            (
                placements[child],
                "clap_cla_placement_start_date",
                "clap_cla_placement_end_date",
            ),
            (
                episodes[child],
                "clae_cla_episode_start_date",
                "clae_cla_episode_ceased_date",
            ),
        ):
            day = first
            for row in sorted(mine, key=lambda row: row[start]):
                if row[start] < first or (last and row[start] >= last):
                    continue
                assert row[start] == day
                day = row[end] or NEVER
            assert day == (last or NEVER), (child, day, last)


def test_episodes_chain_by_x1(rows: Rows) -> None:
    for mine in by(rows["ssd_cla_episodes"], "clae_cla_id").values():
        mine.sort(key=lambda row: row["clae_cla_episode_start_date"])
        assert [row["clae_cla_episode_start_reason"] for row in mine].count("S") == 1
        assert mine[0]["clae_cla_episode_start_reason"] == "S"
        assert all(row["clae_cla_episode_ceased_reason"] == "X1" for row in mine[:-1])
        assert mine[-1]["clae_cla_episode_ceased_reason"] != "X1"


def test_adopters_and_guardians_had_the_child_before(rows: Rows) -> None:
    """Most; some guardians were foster carers, and some adoptions begin with them."""
    last_placement = {}
    for row in sorted(
        rows["ssd_cla_placement"], key=lambda row: row["clap_cla_placement_start_date"]
    ):
        last_placement[row["clap_person_id"]] = row["clap_cla_placement_type"]
    adopted = [c for c, _, end, reason in care_periods(rows) if reason in ("E11", "E12")]
    with_adopters = sum(last_placement[child] in ("A5", "A6") for child in adopted)
    assert with_adopters / len(adopted) > 0.8


def test_visits_fall_within_care(rows: Rows) -> None:
    periods = {}
    for row in rows["ssd_cla_episodes"]:
        first, last = periods.get(row["clae_cla_id"], (NEVER, dt.date.min))
        periods[row["clae_cla_id"]] = (
            min(first, row["clae_cla_episode_start_date"]),
            max(last, row["clae_cla_episode_ceased_date"] or NEVER),
        )
    for row in rows["ssd_cla_visits"]:
        first, last = periods[row["clav_cla_id"]]
        assert first <= row["clav_cla_visit_date"] <= last


def test_placements_are_those_of_an_english_council(rows: Rows) -> None:
    """At the last load: most with foster carers, some with relatives, some in homes."""
    now = Counter(
        row["clap_cla_placement_type"]
        for row in rows["ssd_cla_placement"]
        if row["clap_cla_placement_end_date"] is None
    )
    every = now.total()
    assert 0.55 < sum(now[code] for code in ("U4", "U5", "U6")) / every < 0.80
    assert 0.03 < sum(now[code] for code in ("U1", "U2", "U3")) / every < 0.20
    assert 0.05 < now["K2"] / every < 0.18
    assert 0.01 < (now["A5"] + now["A6"]) / every < 0.08


# Early help and missing


def test_early_help_ends_for_many_reasons(rows: Rows) -> None:
    reasons = Counter(
        row["earl_episode_end_reason"]
        for row in rows["ssd_early_help_episodes"]
        if row["earl_episode_end_date"]
    )
    assert len(reasons) >= 5
    assert 0 < reasons["Stepped up to social care"] / reasons.total() < 0.15


def test_early_help_assesses_adults_too(rows: Rows) -> None:
    ages = [
        age(row["ehas_date_of_birth"], row["ehas_start_date"])
        for row in rows["early_help_assessments"]
    ]
    assert 0.2 < sum(years >= 21 for years in ages) / len(ages) < 0.4
    assert min(ages) >= 0


def test_missing_children_are_mostly_teenagers_and_back_soon(
    rows: Rows, born: dict[str, dt.date]
) -> None:
    mine = [row for row in rows["ssd_missing"] if row["miss_missing_episode_end_date"]]
    teenagers = sum(
        age(born[row["miss_person_id"]], row["miss_missing_episode_start_date"]) >= 13
        for row in mine
    )
    days = [
        (row["miss_missing_episode_end_date"] - row["miss_missing_episode_start_date"]).days
        for row in mine
    ]
    assert teenagers / len(mine) > 0.85
    assert median(days) <= 1
    assert max(days) <= 10


# Working life


def test_few_things_happen_on_weekends_and_none_of_the_planned_on_bank_holidays(
    rows: Rows,
) -> None:
    holidays = set(bank_holidays(dt.date(2003, 1, 1), dt.date(2021, 12, 31)))
    for table, column, most in (
        ("ssd_contacts", "cont_contact_date", 0.12),
        ("ssd_cin_episodes", "cine_referral_date", 0.06),
        ("ssd_cin_assessments", "cina_assessment_auth_date", 0.0),
        ("ssd_initial_cp_conference", "icpc_icpc_date", 0.0),
        ("ssd_cp_reviews", "cppr_cp_review_date", 0.0),
        ("ssd_cp_visits", "cppv_cp_visit_date", 0.04),
        ("ssd_cla_visits", "clav_cla_visit_date", 0.04),
        ("plan_authorisations", "plau_authorised_date", 0.02),
        ("early_help_assessments", "ehas_start_date", 0.0),
    ):
        days = [row[column] for row in rows[table] if row[column] and row[column] >= COMPLETE]
        off = sum(not is_working_day(day) for day in days)
        assert off / len(days) <= most, (table, off / len(days))
        if most == 0.0:
            assert not holidays & set(days)


def test_caseloads_are_bearable_and_even(rows: Rows) -> None:
    titles = {row["prof_professional_id"]: row for row in rows["ssd_professionals"]}
    loads = Counter(
        row["invo_professional_id"]
        for row in rows["ssd_involvements"]
        if row["invo_involvement_end_date"] is None
    )
    assert set(loads) <= set(titles)
    assert 9 <= median(loads.values()) <= 22
    assert max(loads.values()) <= 34


def test_every_open_child_has_a_worker(rows: Rows) -> None:
    with_worker = {
        row["invo_person_id"]
        for row in rows["ssd_involvements"]
        if row["invo_involvement_end_date"] is None
    }
    open_ = {
        row["cine_person_id"] for row in rows["ssd_cin_episodes"] if row["cine_close_date"] is None
    }
    assert len(open_ - with_worker) <= len(open_) * 0.02


def test_no_names_only_roles_and_numbers(rows: Rows) -> None:
    assert {row["prof_professional_job_title"] for row in rows["ssd_professionals"]} == {
        "Social worker",
        "Personal adviser",
        "Family support worker",
    }
    assert 20 <= len(rows["ssd_department"]) <= 30


def test_the_size_is_that_of_a_council(rows: Rows) -> None:
    assert 200_000 < sum(map(len, rows.values())) < 450_000
    months = Counter(row["cont_contact_date"].strftime("%Y-%m") for row in rows["ssd_contacts"])
    assert min(count for month, count in months.items() if month < "2021-07") > 900


def test_care_leavers_are_as_old_as_their_category(rows: Rows, born: dict[str, dt.date]) -> None:
    month_end = dt.date(2021, 6, 30)
    for row in rows["ssd_care_leavers"]:
        years = age(born[row["clea_person_id"]], month_end)
        if row["clea_care_leaver_eligibility"] in ("Relevant", "Eligible"):
            assert years in (16, 17)
        elif row["clea_care_leaver_eligibility"] == "Former Relevant":
            assert 18 <= years <= 25


def test_most_children_are_referred_once_and_some_come_back(rows: Rows) -> None:
    times = Counter(Counter(row["cine_person_id"] for row in rows["ssd_cin_episodes"]).values())
    assert 0.65 < times[1] / times.total() < 0.90
    assert max(times) <= 7
