"""Assessments, children in need, children missing."""

# ruff: noqa: ARG001 (every count takes the same three things)

from __future__ import annotations

from collections.abc import Callable

from openscorecard.periods import Month
from plain.counted import Counted, Row, Rows, Settings, child, day, text
from plain.days import first_day, in_month, last_day, working_days
from plain.front_door import referral_of
from plain.stocks import children_in_need, looked_after, on_any_plan, open_care_leavers


def eh2(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(len(children_in_need(rows, last_day(month), settings)))


def cin5(rows: Rows, month: Month, settings: Settings) -> Counted:
    end = last_day(month)
    everybody = children_in_need(rows, end, settings)
    everybody = everybody | on_any_plan(rows, end)
    everybody = everybody | looked_after(rows, end)
    everybody = everybody | open_care_leavers(rows, settings)
    return Counted(len(everybody))


# Where a child can be open: table, child, start, end.
OPEN_IN = (
    ("ssd_cin_episodes", "cine_person_id", "cine_referral_date", "cine_close_date"),
    ("ssd_cp_plans", "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"),
    (
        "ssd_cla_episodes",
        "clae_person_id",
        "clae_cla_episode_start_date",
        "clae_cla_episode_ceased_date",
    ),
)


def eh5_ql(rows: Rows, month: Month, settings: Settings) -> Counted:
    children = set()
    for row in rows["ssd_missing"]:
        if text(row, "miss_missing_episode_type") not in settings.missing_types:
            continue
        start = day(row, "miss_missing_episode_start_date")
        end = day(row, "miss_missing_episode_end_date")
        if start is None or start > last_day(month):
            continue
        if end is not None and end < first_day(month):
            continue
        person = child(row, "miss_person_id")
        if person in open_care_leavers(rows, settings) or was_open_while_missing(rows, row):
            children.add(person)
    return Counted(len(children))


def was_open_while_missing(rows: Rows, missing: Row) -> bool:
    """Something was open on a day of the episode, the day on which it ended with the rest."""
    lost = day(missing, "miss_missing_episode_start_date")
    found = day(missing, "miss_missing_episode_end_date")
    assert lost is not None
    for table, person, start, end in OPEN_IN:
        for row in rows[table]:
            if child(row, person) != child(missing, "miss_person_id"):
                continue
            began, ended = day(row, start), day(row, end)
            if began is None or (found is not None and began > found):
                continue
            if ended is None or ended > lost:
                return True
    return False


def completed(rows: Rows, month: Month) -> list[Row]:
    """The assessments that a manager authorised in the month."""
    return [
        row
        for row in rows["ssd_cin_assessments"]
        if in_month(day(row, "cina_assessment_auth_date"), month)
    ]


def eh3(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(len(completed(rows, month)))


def duration(rows: Rows, assessment: Row, settings: Settings) -> int:
    """Working days until it was authorised, from its own start or from its referral's date."""
    start = day(assessment, "cina_assessment_start_date")
    if settings.assessment_clock == "referral":
        referral = referral_of(rows, assessment)
        if referral is not None:
            start = day(referral, "cine_referral_date") or start
    authorised = day(assessment, "cina_assessment_auth_date")
    assert start is not None
    assert authorised is not None
    return working_days(start, authorised)


def band(least: int, most: int) -> Callable[[Rows, Month, Settings], Counted]:
    """Of the completed assessments, those that took `least` to `most` working days."""

    def count(rows: Rows, month: Month, settings: Settings) -> Counted:
        inside = 0
        for row in completed(rows, month):
            if least <= duration(rows, row, settings) <= most:
                inside += 1
        return Counted(inside, len(completed(rows, month)))

    return count


EVER = 1_000_000

eh4_ql = band(0, 45)


def eh4_val(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(eh4_ql(rows, month, settings).numerator)


COUNTS = {
    "EH2": eh2,
    "EH5-QL": eh5_ql,
    "EH3": eh3,
    "EH3a%": band(0, 10),
    "EH3b%": band(11, 25),
    "EH3c%": band(26, 35),
    "EH3d%": band(36, 45),
    "EH3e%": band(46, EVER),
    "EH4 (val)": eh4_val,
    "EH4-QL": eh4_ql,
    "CIN5": cin5,
}
