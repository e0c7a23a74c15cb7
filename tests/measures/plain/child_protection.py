"""Section 47 enquiries, conferences, protection plans, visits and reviews."""

# ruff: noqa: ARG001 (every count takes the same three things)

from __future__ import annotations

import datetime as dt

from openscorecard.periods import Month
from plain.counted import Counted, Row, Rows, Settings, child, day, is_yes, text
from plain.days import in_month, is_open, last_day, working_days
from plain.stocks import own_plans

CONFERENCE_DAYS = 15  # working days from the strategy discussion to the conference


def cp1(rows: Rows, month: Month, settings: Settings) -> Counted:
    count = 0
    for row in rows["ssd_s47_enquiry"]:
        if in_month(day(row, "s47e_s47_start_date"), month):
            count += 1
    return Counted(count)


def cp1_ni(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(cp1(rows, month, settings).numerator, settings.population)


def own_plans_open(rows: Rows, when: dt.date) -> list[Row]:
    return [
        row
        for row in own_plans(rows)
        if is_open(day(row, "cppl_cp_plan_start_date"), day(row, "cppl_cp_plan_end_date"), when)
    ]


def on_own_plan(rows: Rows, when: dt.date) -> set[str]:
    return {child(row, "cppl_person_id") for row in own_plans_open(rows, when)}


def cp6b(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(len(on_own_plan(rows, last_day(month))))


def cp6b_ni(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(len(on_own_plan(rows, last_day(month))), settings.population)


def conferences(rows: Rows, month: Month) -> list[Row]:
    """The conferences of CP2: no transfer-ins, no temporary registrations."""
    found = []
    for row in rows["ssd_initial_cp_conference"]:
        if not in_month(day(row, "icpc_icpc_date"), month):
            continue
        if is_yes(row, "icpc_icpc_transfer_in"):
            continue
        if is_of_a_temporary_registration(rows, row):
            continue
        found.append(row)
    return found


def is_of_a_temporary_registration(rows: Rows, conference: Row) -> bool:
    """A plan of another council is linked to the conference, from whichever side."""
    for plan in rows["ssd_cp_plans"]:
        if not is_yes(plan, "cppl_cp_plan_ola"):
            continue
        named = text(conference, "icpc_cp_plan_id")
        if named is not None and named == text(plan, "cppl_cp_plan_id"):
            return True
        if text(plan, "cppl_icpc_id") == text(conference, "icpc_icpc_id"):
            return True
    return False


def children_of(found: list[Row]) -> set[str]:
    return {child(row, "icpc_person_id") for row in found}


def transfer_ins(rows: Rows, month: Month) -> list[Row]:
    return [
        row
        for row in rows["ssd_initial_cp_conference"]
        if in_month(day(row, "icpc_icpc_date"), month) and is_yes(row, "icpc_icpc_transfer_in")
    ]


def cp2(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(len(children_of(conferences(rows, month))))


def cp2b(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(len(children_of(transfer_ins(rows, month))))


def cp2_ni(rows: Rows, month: Month, settings: Settings) -> Counted:
    ours = len(children_of(conferences(rows, month)))
    moved_here = len(children_of(transfer_ins(rows, month)))
    return Counted(ours + moved_here, settings.population)


def cp4(rows: Rows, month: Month, settings: Settings) -> Counted:
    held = conferences(rows, month)
    led_to_a_plan = [row for row in held if is_yes(row, "icpc_icpc_outcome_cp_flag")]
    return Counted(len(children_of(led_to_a_plan)), len(children_of(held)))


def cp4_val(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(cp4(rows, month, settings).numerator)


def cp2b_share(rows: Rows, month: Month, settings: Settings) -> Counted:
    put_on_a_plan = set()
    for conference in transfer_ins(rows, month):
        held = day(conference, "icpc_icpc_date")
        assert held is not None
        for plan in own_plans(rows):
            if child(plan, "cppl_person_id") != child(conference, "icpc_person_id"):
                continue
            began = day(plan, "cppl_cp_plan_start_date")
            if began is not None and held <= began <= last_day(month):
                put_on_a_plan.add(child(conference, "icpc_person_id"))
    return Counted(len(put_on_a_plan), len(children_of(transfer_ins(rows, month))))


def cp3(rows: Rows, month: Month, settings: Settings) -> Counted:
    in_time = set()
    held = conferences(rows, month)
    for conference in held:
        when = day(conference, "icpc_icpc_date")
        begun = enquiry_start(rows, conference)
        assert when is not None
        if begun is not None and working_days(begun, when) <= CONFERENCE_DAYS:
            in_time.add(child(conference, "icpc_person_id"))
    return Counted(len(in_time), len(children_of(held)))


def cp3_val(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(cp3(rows, month, settings).numerator)


def enquiry_start(rows: Rows, conference: Row) -> dt.date | None:
    """The start of the enquiry that the conference names, else of the child's latest one begun on
    or before the conference. A link to an enquiry that is not there is no link."""
    linked = text(conference, "icpc_s47_enquiry_id")
    for row in rows["ssd_s47_enquiry"]:
        if linked is not None and text(row, "s47e_s47_enquiry_id") == linked:
            return day(row, "s47e_s47_start_date")
    held = day(conference, "icpc_icpc_date")
    assert held is not None
    latest = None
    for row in rows["ssd_s47_enquiry"]:
        if child(row, "s47e_person_id") != child(conference, "icpc_person_id"):
            continue
        began = day(row, "s47e_s47_start_date")
        if began is None or began > held:
            continue
        if latest is None or began > latest:
            latest = began
    return latest


def cp8_ql(rows: Rows, month: Month, settings: Settings) -> Counted:
    end = last_day(month)
    in_time = set()
    for plan in own_plans_open(rows, end):
        began = day(plan, "cppl_cp_plan_start_date")
        assert began is not None
        is_new = working_days(began, end) <= settings.cp_visit_days
        if seen_lately(rows, plan, end, settings) or (settings.new_plan_grace and is_new):
            in_time.add(child(plan, "cppl_person_id"))
    return Counted(len(in_time), len(on_own_plan(rows, end)))


def seen_lately(rows: Rows, plan: Row, end: dt.date, settings: Settings) -> bool:
    """The child was seen at a visit to this plan, at most so many working days before the end."""
    for row in rows["ssd_cp_visits"]:
        if text(row, "cppv_cp_plan_id") != text(plan, "cppl_cp_plan_id"):
            continue
        if not is_yes(row, "cppv_cp_visit_seen"):
            continue
        visited = day(row, "cppv_cp_visit_date")
        if visited is None or visited > end:
            continue
        if working_days(visited, end) <= settings.cp_visit_days:
            return True
    return False


def own_plans_begun(rows: Rows, month: Month) -> list[Row]:
    return [row for row in own_plans(rows) if in_month(day(row, "cppl_cp_plan_start_date"), month)]


def cp5_ql(rows: Rows, month: Month, settings: Settings) -> Counted:
    begun = own_plans_begun(rows, month)
    repeats = [row for row in begun if had_a_plan_before(rows, row)]
    return Counted(len(repeats), len(begun))


def cp5_val(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(cp5_ql(rows, month, settings).numerator)


def had_a_plan_before(rows: Rows, plan: Row) -> bool:
    """The child has an own plan that began on an earlier day, however long ago."""
    began = day(plan, "cppl_cp_plan_start_date")
    assert began is not None
    for other in own_plans(rows):
        if child(other, "cppl_person_id") != child(plan, "cppl_person_id"):
            continue
        other_began = day(other, "cppl_cp_plan_start_date")
        if other_began is not None and other_began < began:
            return True
    return False


def cp9(rows: Rows, month: Month, settings: Settings) -> Counted:
    children = set()
    for row in rows["ssd_cp_reviews"]:
        if in_month(day(row, "cppr_cp_review_date"), month):
            children.add(child(row, "cppr_person_id"))
    return Counted(len(children))


def cp7(rows: Rows, month: Month, settings: Settings) -> Counted:
    count = 0
    for row in own_plans(rows):
        if in_month(day(row, "cppl_cp_plan_end_date"), month):
            count += 1
    return Counted(count)


COUNTS = {
    "CP1": cp1,
    "CP1-NI": cp1_ni,
    "CP6B": cp6b,
    "CP6B-NI": cp6b_ni,
    "CP2": cp2,
    "CP2-NI": cp2_ni,
    "CP4 (val)": cp4_val,
    "CP4": cp4,
    "CP2b": cp2b,
    "CP2b %": cp2b_share,
    "CP3-QL (val)": cp3_val,
    "CP3-QL": cp3,
    "CP8-QL": cp8_ql,
    "CP5-QL (val)": cp5_val,
    "CP5-QL": cp5_ql,
    "CP9": cp9,
    "CP7": cp7,
}
