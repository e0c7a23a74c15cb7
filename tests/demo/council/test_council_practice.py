"""What a practitioner would laugh at: stocks drawn with a ruler, placements that the law does not
know, plans that end without a conference, teams that had handed over.

Over the rows of the last load, in plain Python.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from itertools import pairwise
from statistics import pstdev

import pytest
from council_plain_count import Row, Rows

from openscorecard.demo.council import LOADS, records

COMPLETE = dt.date(2017, 4, 1)
FIXED = dt.date(2020, 6, 30)  # the first month's end that has to land
LAST = LOADS[-1].extracted
NEVER = dt.date.max
OWN_CODES = dt.date(2019, 4, 1)  # from then on special guardianship has E45 to E48
UNTIL_THEN, FROM_THEN = {"E43", "E44"}, {"E45", "E46", "E47", "E48"}
FOSTERED = {"U1", "U2", "U3", "U4", "U5", "U6"}


@pytest.fixture(scope="module")
def rows() -> Rows:
    return records(LAST)


def by(rows: list[Row], column: str) -> dict[str, list[Row]]:
    found = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


# Stocks stray


def month_ends() -> list[dt.date]:
    first_days = [dt.date(2017 + n // 12, n % 12 + 1, 1) for n in range(4, 4 + 51)]
    return [day - dt.timedelta(days=1) for day in first_days]


def spread_before_and_after(spells: dict[str, list[tuple[dt.date, dt.date]]]) -> tuple[float, ...]:
    """Standard deviation of the monthly change in the number of children, before June 2020 and from
    then on."""
    ends = month_ends()
    assert (ends[0], ends[-1]) == (dt.date(2017, 4, 30), dt.date(2021, 6, 30))
    stock = [
        sum(any(start <= day < end for start, end in mine) for mine in spells.values())
        for day in ends
    ]
    fixed = ends.index(FIXED)
    join = abs(stock[fixed] - stock[fixed - 1])
    changes = [b - a for a, b in pairwise(stock)]
    before, after = pstdev(changes[: fixed - 1]), pstdev(changes[fixed:])
    assert join <= 2 * after  # no jump where the two meet
    return before, after


def test_children_on_a_plan_vary_before_june_2020_as_after(rows: Rows) -> None:
    spells = defaultdict(list)
    for row in rows["ssd_cp_plans"]:
        if row["cppl_cp_plan_ola"] != "Y":
            span = (row["cppl_cp_plan_start_date"], row["cppl_cp_plan_end_date"] or NEVER)
            spells[row["cppl_person_id"]].append(span)
    before, after = spread_before_and_after(spells)
    assert before >= after / 3


def test_looked_after_children_vary_before_june_2020_as_after(rows: Rows) -> None:
    short_breaks = {
        row["lega_person_id"]
        for row in rows["ssd_legal_status"]
        if row["lega_legal_status"] in ("V3", "V4")
    }
    spells = defaultdict(list)
    for row in rows["ssd_cla_episodes"]:
        if row["clae_person_id"] not in short_breaks:
            span = (row["clae_cla_episode_start_date"], row["clae_cla_episode_ceased_date"])
            spells[row["clae_person_id"]].append((span[0], span[1] or NEVER))
    before, after = spread_before_and_after(spells)
    assert before >= after / 3


# The law


def statuses_during(placement: Row, statuses: dict[str, list[Row]]) -> set[str]:
    """The legal statuses of any day of a placement. On a day of change the new one counts."""
    start = placement["clap_cla_placement_start_date"]
    end = placement["clap_cla_placement_end_date"] or NEVER
    return {
        row["lega_legal_status"]
        for row in statuses[placement["clap_person_id"]]
        if row["lega_legal_status_start_date"] < end
        and (row["lega_legal_status_end_date"] or NEVER) > start
    }


def test_placed_with_own_parents_only_under_a_care_order(rows: Rows) -> None:
    """Interim or full: a child at home under section 20 would not be looked after."""
    statuses = by(rows["ssd_legal_status"], "lega_person_id")
    mine = [row for row in rows["ssd_cla_placement"] if row["clap_cla_placement_type"] == "P1"]
    assert len(mine) > 30
    for row in mine:
        assert statuses_during(row, statuses) <= {"C1", "C2"}, row


def test_placed_for_adoption_only_under_a_placement_order(rows: Rows) -> None:
    statuses = by(rows["ssd_legal_status"], "lega_person_id")
    mine = [
        row for row in rows["ssd_cla_placement"] if row["clap_cla_placement_type"] in ("A5", "A6")
    ]
    assert len(mine) > 80
    for row in mine:
        assert statuses_during(row, statuses) == {"E1"}, row


def test_special_guardians_had_fostered_the_child(rows: Rows) -> None:
    placements = {row["clap_cla_placement_id"]: row for row in rows["ssd_cla_placement"]}
    seen = Counter()
    for row in rows["ssd_cla_episodes"]:
        reason = row["clae_cla_episode_ceased_reason"]
        if reason in UNTIL_THEN | FROM_THEN:
            since = row["clae_cla_episode_ceased_date"] >= OWN_CODES
            assert reason in (FROM_THEN if since else UNTIL_THEN), row
            kind = placements[row["clae_cla_placement_id"]]["clap_cla_placement_type"]
            assert kind in FOSTERED, row
            if reason in ("E45", "E46"):  # relatives or friends; other foster carers
                assert (reason == "E45") == (kind in ("U1", "U2", "U3")), row
            seen[reason] += 1
    assert set(seen) == UNTIL_THEN | FROM_THEN


# Plans and their reviews


def test_plans_end_at_a_review_conference_or_when_care_begins(rows: Rows) -> None:
    entered = {
        (row["clae_person_id"], row["clae_cla_episode_start_date"])
        for row in rows["ssd_cla_episodes"]
    }
    reviews = by(rows["ssd_cp_reviews"], "cppr_cp_plan_id")
    week = dt.timedelta(days=7)
    ended = 0
    for plan in rows["ssd_cp_plans"]:
        end = plan["cppl_cp_plan_end_date"]
        if end is None or end < COMPLETE or plan["cppl_cp_plan_ola"] == "Y":
            continue
        if (plan["cppl_person_id"], end) in entered:
            continue
        held = [row["cppr_cp_review_date"] for row in reviews[plan["cppl_cp_plan_id"]]]
        assert any(day is not None and end - week <= day <= end for day in held), plan
        ended += 1
    assert ended > 1000


@pytest.mark.parametrize("load", LOADS[::6], ids=lambda load: load.month)
def test_no_review_is_left_in_the_diary_of_an_ended_plan(load: object) -> None:
    known = records(load.extracted)
    ended = {
        row["cppl_cp_plan_id"] for row in known["ssd_cp_plans"] if row["cppl_cp_plan_end_date"]
    }
    undated = [row for row in known["ssd_cp_reviews"] if row["cppr_cp_review_date"] is None]
    assert len(undated) > 200  # of plans that go on
    assert not [row for row in undated if row["cppr_cp_plan_id"] in ended]


# Whose work it is


@pytest.mark.parametrize(
    ("table", "person", "day", "team"),
    [
        (
            "ssd_s47_enquiry",
            "s47e_person_id",
            "s47e_s47_start_date",
            "s47e_s47_completed_by_team",
        ),
        ("ssd_initial_cp_conference", "icpc_person_id", "icpc_icpc_date", "icpc_icpc_team"),
    ],
)
def test_the_team_is_one_that_was_with_the_child_that_day(
    rows: Rows, table: str, person: str, day: str, team: str
) -> None:
    """The last days' work may be on record before the handover to the team that did it."""
    involved = by(rows["ssd_involvements"], "invo_person_id")
    settled = LAST - dt.timedelta(days=7)
    for row in rows[table]:
        if row[team] is None or not COMPLETE <= row[day] < settled:
            continue
        here = {
            one["invo_professional_team"]
            for one in involved[row[person]]
            if one["invo_involvement_start_date"] <= row[day]
            and (one["invo_involvement_end_date"] or NEVER) >= row[day]
        }
        assert row[team] in here, (row, here)
