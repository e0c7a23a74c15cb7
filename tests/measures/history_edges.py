"""Counts the edges in a history: what the tests promise that the histories hold."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import combinations

from histories import History
from history_links import LINKS
from plain.counted import Row, day, text
from plain.days import BANK_HOLIDAYS, age, is_open, last_day, working_days, year_before

# Spells: table, child, start, end.
SPELLS = (
    ("ssd_cin_episodes", "cine_person_id", "cine_referral_date", "cine_close_date"),
    ("ssd_cp_plans", "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
    (
        "ssd_cla_episodes",
        "clae_person_id",
        "clae_cla_episode_start_date",
        "clae_cla_episode_ceased_date",
    ),
    (
        "ssd_cla_placement",
        "clap_person_id",
        "clap_cla_placement_start_date",
        "clap_cla_placement_end_date",
    ),
    (
        "ssd_missing",
        "miss_person_id",
        "miss_missing_episode_start_date",
        "miss_missing_episode_end_date",
    ),
)


def edges(history: History) -> Counter[str]:
    found: Counter[str] = Counter()
    for count in (_days, _spells, _links, _people, _referrals, _protection, _care, _rest):
        found.update(count(history))
    return found


def _days(history: History) -> Counter[str]:
    found: Counter[str] = Counter()
    for rows in history.rows.values():
        for row in rows:
            for value in row.values():
                if isinstance(value, dt.date):
                    found["a date on 29 February 2020"] += value == dt.date(2020, 2, 29)
                    found["a date on the first day of a month"] += value.day == 1
                    found["a date on the last day of a month"] += (value + dt.timedelta(1)).day == 1
                    found["a date on a bank holiday"] += value in BANK_HOLIDAYS
            found["a blank flag"] += "icpc_icpc_transfer_in" in row and (
                row["icpc_icpc_transfer_in"] is None
            )
    return found


def _spells(history: History) -> Counter[str]:
    found: Counter[str] = Counter()
    for table, person, start, end in SPELLS:
        rows = history.rows[table]
        for row in rows:
            began, ended = day(row, start), day(row, end)
            assert began is not None
            found["a spell without an end"] += ended is None
            found["a spell of one day"] += ended == began
            found["a spell that ends before it starts"] += ended is not None and ended < began
            found["a spell that ends on the month's last day"] += ended == last_day(history.month)
            found["a spell that starts on the month's last day"] += began == last_day(history.month)
        for one, other in combinations(rows, 2):
            if one[person] == other[person]:
                began = day(other, start)
                assert began is not None
                overlap = is_open(day(one, start), day(one, end), began)
                found[f"overlapping spells in {table}"] += overlap
    return found


def _links(history: History) -> Counter[str]:
    found: Counter[str] = Counter()
    for table, link, person, to, key, owner in LINKS:
        owners = {row[key]: row[owner] for row in history.rows[to]}
        for row in history.rows[table]:
            if row[link] is None:
                found["a blank link"] += 1
            elif row[link] not in owners:
                found["a link to nothing"] += 1
            else:
                same = owners[row[link]] == row[person]
                found["a link to the child's own row" if same else "a link to another's row"] += 1
    plans = {row["cppl_cp_plan_id"]: row for row in history.rows["ssd_cp_plans"]}
    for row in history.rows["ssd_cp_visits"]:
        plan = plans[row["cppv_cp_plan_id"]]
        found["a visit to another child's plan"] += plan["cppl_person_id"] != row["cppv_person_id"]
    return found


def _people(history: History) -> Counter[str]:
    found: Counter[str] = Counter()
    known = {row["pers_person_id"] for row in history.rows["ssd_person"]}
    everybody = {row["cine_person_id"] for row in history.rows["ssd_cin_episodes"]}
    found["a referred child who is not among the persons"] += len(everybody - known)
    end = last_day(history.month)
    for row in history.rows["ssd_person"]:
        born = day(row, "pers_dob")
        found["a person without a date of birth"] += born is None
        expected = day(row, "pers_expected_dob")
        found["a person with an expected date only"] += born is None and expected is not None
        if born is not None:
            found["a child born on 29 February"] += (born.month, born.day) == (2, 29)
            turned = age(born, end) != age(born, end - dt.timedelta(1))
            found["a birthday on the month's last day"] += turned
    return found


def _referrals(history: History) -> Counter[str]:
    found: Counter[str] = Counter()
    for one, other in combinations(history.rows["ssd_cin_episodes"], 2):
        if one["cine_person_id"] != other["cine_person_id"]:
            continue
        first, second = sorted((one, other), key=_received)
        began, closed = day(second, "cine_referral_date"), day(first, "cine_close_date")
        assert began is not None
        found["two referrals of a child on one day"] += _received(first) == began
        found["a referral on the day the one before closed"] += closed == began
        found["a referral while another is open"] += closed is None or closed > began
        found["a referral a year after a closing, to the day"] += closed == year_before(began)
        found["a referral a year after a referral, to the day"] += _received(first) == year_before(
            began
        )
    return found


def _received(row: Row) -> dt.date:
    received = day(row, "cine_referral_date")
    assert received is not None
    return received


def _protection(history: History) -> Counter[str]:
    found: Counter[str] = Counter()
    end = last_day(history.month)
    conferences = history.rows["ssd_initial_cp_conference"]
    for row in conferences:
        found["a conference that was not held"] += day(row, "icpc_icpc_date") is None
        found["a transfer-in"] += row["icpc_icpc_transfer_in"] == "Y"
    for one, other in combinations(conferences, 2):
        held, again = day(one, "icpc_icpc_date"), day(other, "icpc_icpc_date")
        if one["icpc_person_id"] == other["icpc_person_id"] and held and again:
            same_month = (held.year, held.month) == (again.year, again.month)
            found["two conferences of a child in a month"] += same_month
    temporary = {
        row["cppl_cp_plan_id"]: row
        for row in history.rows["ssd_cp_plans"]
        if row["cppl_cp_plan_ola"] == "Y"
    }
    found["a plan of another council"] += len(temporary)
    named = {row["cppl_icpc_id"] for row in temporary.values()}
    for row in conferences:
        found["a conference that names another council's plan"] += (
            row["icpc_cp_plan_id"] in temporary
        )
        found["a conference that another council's plan names"] += row["icpc_icpc_id"] in named
    for row in history.rows["ssd_cp_plans"]:
        start = day(row, "cppl_cp_plan_start_date")
        found["a plan of long ago"] += start is not None and start.year == 2005
    for row in history.rows["ssd_cp_visits"]:
        visited = day(row, "cppv_cp_visit_date")
        if visited is not None and visited <= end and visited > end - dt.timedelta(40):
            found["a visit 15 working days before the month's end"] += (
                working_days(visited, end) == 15
            )
            found["a visit 16 working days before the month's end"] += (
                working_days(visited, end) == 16
            )
    return found


def _care(history: History) -> Counter[str]:
    found: Counter[str] = Counter()
    episodes = history.rows["ssd_cla_episodes"]
    for row in episodes:
        period = [
            other
            for other in episodes
            if other is not row
            and other["clae_person_id"] == row["clae_person_id"]
            and other["clae_cla_id"] == row["clae_cla_id"]
        ]
        ended = row["clae_cla_episode_ceased_date"]
        if row["clae_cla_episode_ceased_reason"] == "X1":
            follows = any(other["clae_cla_episode_start_date"] == ended for other in period)
            found["X1 and an episode that follows" if follows else "X1 and nothing follows"] += 1
        elif ended is not None:
            found["an end of care without a reason"] += (
                row["clae_cla_episode_ceased_reason"] is None
            )
            both = any(other["clae_cla_episode_ceased_date"] == ended for other in period)
            found["two episodes of a period that end on one day"] += both
    for row in history.rows["ssd_legal_status"]:
        found["short breaks"] += text(row, "lega_legal_status") in ("V3", "V4")
    for row in history.rows["plan_authorisations"]:
        found["an authorisation that names no plan"] += row["plau_plan_id"] is None
    return found


def _rest(history: History) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in history.rows["ssd_immigration_status"]:
        found["an immigration status without a start"] += (
            row["immi_immigration_status_start_date"] is None
        )
    listed = Counter(row["clea_person_id"] for row in history.rows["ssd_care_leavers"])
    found["a care leaver listed twice"] += sum(times > 1 for times in listed.values())
    for row in history.rows["front_door_decisions"]:
        referral = next(
            one
            for one in history.rows["ssd_cin_episodes"]
            if one["cine_referral_id"] == row["fdde_referral_id"]
        )
        decided = day(row, "fdde_decision_date")
        assert decided is not None
        found["a decision dated before its referral"] += decided < _received(referral)
    return found
