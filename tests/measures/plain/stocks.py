"""Who is in which group on a day: the stocks that several indicators rest on."""

from __future__ import annotations

import datetime as dt

from plain.counted import Row, Rows, Settings, child, day, is_yes, text
from plain.days import age, is_open

SHORT_BREAKS = ("V3", "V4")


def birth(rows: Rows, person: str) -> dt.date | None:
    """The date of birth, else the expected one of an unborn child, else None."""
    for row in rows["ssd_person"]:
        if child(row, "pers_person_id") == person:
            return day(row, "pers_dob") or day(row, "pers_expected_dob")
    return None


def age_of(rows: Rows, person: str, when: dt.date) -> int | None:
    return age(birth(rows, person), when)


def looked_after(rows: Rows, when: dt.date) -> set[str]:
    """LAC1. Whose age is not known stays in."""
    children = set()
    for row in rows["ssd_cla_episodes"]:
        person = child(row, "clae_person_id")
        start = day(row, "clae_cla_episode_start_date")
        if not is_open(start, day(row, "clae_cla_episode_ceased_date"), when):
            continue
        years = age_of(rows, person, when)
        if years is not None and years >= 18:
            continue
        if in_short_breaks(rows, person, when):
            continue
        children.add(person)
    return children


def in_short_breaks(rows: Rows, person: str, when: dt.date) -> bool:
    """A legal status V3 or V4 holds on that day, its own last day not counted."""
    for row in short_breaks(rows, person):
        start = day(row, "lega_legal_status_start_date")
        if is_open(start, day(row, "lega_legal_status_end_date"), when):
            return True
    return False


def short_breaks(rows: Rows, person: str) -> list[Row]:
    return [
        row
        for row in rows["ssd_legal_status"]
        if child(row, "lega_person_id") == person and text(row, "lega_legal_status") in SHORT_BREAKS
    ]


def open_care_leaver_rows(rows: Rows, settings: Settings) -> list[Row]:
    """The snapshot knows no dates: it holds for whichever month is asked."""
    found = []
    for row in rows["ssd_care_leavers"]:
        category = text(row, "clea_care_leaver_eligibility")
        if category is not None and category not in settings.care_leaver_categories:
            continue
        if text(row, "clea_care_leaver_in_touch") == "DIED":
            continue
        found.append(row)
    return found


def open_care_leavers(rows: Rows, settings: Settings) -> set[str]:
    return {child(row, "clea_person_id") for row in open_care_leaver_rows(rows, settings)}


def open_referrals(rows: Rows, when: dt.date) -> set[str]:
    children = set()
    for row in rows["ssd_cin_episodes"]:
        if is_open(day(row, "cine_referral_date"), day(row, "cine_close_date"), when):
            children.add(child(row, "cine_person_id"))
    return children


def on_any_plan(rows: Rows, when: dt.date) -> set[str]:
    """On a protection plan of this council or of another."""
    children = set()
    for row in rows["ssd_cp_plans"]:
        if is_open(day(row, "cppl_cp_plan_start_date"), day(row, "cppl_cp_plan_end_date"), when):
            children.add(child(row, "cppl_person_id"))
    return children


def own_plans(rows: Rows) -> list[Row]:
    """Plans of this council: temporary registrations under another's are left out."""
    return [row for row in rows["ssd_cp_plans"] if not is_yes(row, "cppl_cp_plan_ola")]


def children_in_need(rows: Rows, when: dt.date, settings: Settings) -> set[str]:
    """EH2."""
    children = open_referrals(rows, when)
    children = children - looked_after(rows, when)
    children = children - on_any_plan(rows, when)
    return children - open_care_leavers(rows, settings)
