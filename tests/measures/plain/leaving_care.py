"""Young people of 16 and over in care, and care leavers: pathway plans, and where they live."""

from __future__ import annotations

import datetime as dt

from openscorecard.periods import Month
from plain.counted import Counted, Rows, Settings, child, day, text
from plain.days import is_open, last_day
from plain.stocks import age_of, looked_after, open_care_leaver_rows, open_care_leavers

HOME_NOT_HERE = ("G", "H", "R")  # gone abroad, deported, home not known


def lac11(rows: Rows, month: Month, settings: Settings) -> Counted:
    end = last_day(month)
    young_people = open_care_leavers(rows, settings)
    for person in looked_after(rows, end):
        if age_of(rows, person, end) in (16, 17):
            young_people.add(person)
    with_a_plan = {person for person in young_people if has_pathway_plan(rows, person, end)}
    return Counted(len(with_a_plan), len(young_people))


def lac11_val(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(lac11(rows, month, settings).numerator)


def has_pathway_plan(rows: Rows, person: str, when: dt.date) -> bool:
    """An authorisation in force; without the table, a review of the plan by that day."""
    if "plan_authorisations" not in rows:
        for row in rows["ssd_care_leavers"]:
            reviewed = day(row, "clea_pathway_plan_review_date")
            if child(row, "clea_person_id") != person:
                continue
            if reviewed is not None and reviewed <= when:
                return True
        return False
    for row in rows["plan_authorisations"]:
        if child(row, "plau_person_id") != person or text(row, "plau_plan_type") != "PATHWAY":
            continue
        if is_open(day(row, "plau_authorised_date"), day(row, "plau_end_date"), when):
            return True
    return False


def ni147(rows: Rows, month: Month, settings: Settings) -> Counted:
    end = last_day(month)
    youngest, oldest = (int(part) for part in settings.care_leaver_ages.split("-"))
    counted, suitable = set(), set()
    for row in open_care_leaver_rows(rows, settings):
        person = child(row, "clea_person_id")
        years = age_of(rows, person, end)
        if years is None or not youngest <= years <= oldest:
            continue
        in_touch = text(row, "clea_care_leaver_in_touch")
        if in_touch == "RHOM":
            continue
        if text(row, "clea_care_leaver_accommodation") in HOME_NOT_HERE:
            continue
        counted.add(person)
        if in_touch == "YES" and text(row, "clea_care_leaver_accom_suitable") == "1":
            suitable.add(person)
    return Counted(len(suitable), len(counted))


COUNTS = {
    "LAC11-QL": lac11_val,
    "LAC11-QL (%)": lac11,
    "NI147": ni147,
}
