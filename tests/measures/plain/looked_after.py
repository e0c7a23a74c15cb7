"""Looked-after children: who came and left, visits, care plans, placements; foster carers."""

# ruff: noqa: ARG001 (every count takes the same three things)

from __future__ import annotations

import datetime as dt

from openscorecard.periods import Month
from plain.counted import Counted, Row, Rows, Settings, child, day, is_yes, text
from plain.days import in_month, is_open, last_day, year_before
from plain.stocks import (
    in_short_breaks,
    looked_after,
    short_breaks,
)

ADOPTED = ("E11", "E12")
SPECIAL_GUARDIAN = ("E43", "E44", "E45", "E46", "E47", "E48")
AGENCY_FOSTERING = ("U4", "U5", "U6")
AGENCIES = ("PR4", "PR5")
NEW_PLACEMENT_DAYS = 7
VISIT_DAYS = 42

Period = tuple[str, str | None]  # child and clae_cla_id


def lac1(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(len(looked_after(rows, last_day(month))))


def lac1_ni(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(len(looked_after(rows, last_day(month))), settings.population)


def periods(rows: Rows) -> dict[Period, list[Row]]:
    """The episodes of each period of being looked after."""
    found: dict[Period, list[Row]] = {}
    for row in rows["ssd_cla_episodes"]:
        period = (child(row, "clae_person_id"), text(row, "clae_cla_id"))
        found.setdefault(period, []).append(row)
    return found


def started(rows: Rows, month: Month) -> dict[Period, dt.date]:
    """LAC2's periods and the day each began."""
    found = {}
    for period, episodes in periods(rows).items():
        starts = [day(row, "clae_cla_episode_start_date") for row in episodes]
        first = min(start for start in starts if start is not None)
        if in_month(first, month) and not in_short_breaks(rows, period[0], first):
            found[period] = first
    return found


def lac2(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(len(started(rows, month)))


def ceased(rows: Rows, month: Month) -> list[tuple[Period, str | None]]:
    """LAC3's periods, each with the reason of its last episode. A blank reason is not X1."""
    found = []
    for period, episodes in periods(rows).items():
        for episode in episodes:
            ended = day(episode, "clae_cla_episode_ceased_date")
            reason = text(episode, "clae_cla_episode_ceased_reason")
            if ended is None or not in_month(ended, month) or reason == "X1":
                continue
            others = [other for other in episodes if other is not episode]
            if any(goes_on_after(other, ended) for other in others):
                continue
            if was_in_short_breaks_until(rows, period[0], ended):
                continue
            found.append((period, reason))
    return found


def goes_on_after(episode: Row, ended: dt.date) -> bool:
    began = day(episode, "clae_cla_episode_start_date")
    other_end = day(episode, "clae_cla_episode_ceased_date")
    if other_end is None or other_end > ended:
        return True
    return began is not None and began >= ended


def was_in_short_breaks_until(rows: Rows, person: str, ended: dt.date) -> bool:
    """A status that ended on the very day on which care ended still counts as short breaks."""
    for row in short_breaks(rows, person):
        start = day(row, "lega_legal_status_start_date")
        end = day(row, "lega_legal_status_end_date")
        if start is not None and start <= ended and (end is None or end >= ended):
            return True
    return False


def lac3(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(len({period for period, _ in ceased(rows, month)}))


def ceased_for(reasons: tuple[str, ...], rows: Rows, month: Month) -> Counted:
    for_these = {period for period, reason in ceased(rows, month) if reason in reasons}
    return Counted(len(for_these), len({period for period, _ in ceased(rows, month)}))


def lac6(rows: Rows, month: Month, settings: Settings) -> Counted:
    return ceased_for(ADOPTED, rows, month)


def lac6_val(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(ceased_for(ADOPTED, rows, month).numerator)


def lac12(rows: Rows, month: Month, settings: Settings) -> Counted:
    return ceased_for(SPECIAL_GUARDIAN, rows, month)


def lac12_val(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(ceased_for(SPECIAL_GUARDIAN, rows, month).numerator)


def placements(rows: Rows, person: str, when: dt.date) -> list[Row]:
    """The child's placements that are open on the day."""
    found = []
    for row in rows["ssd_cla_placement"]:
        start = day(row, "clap_cla_placement_start_date")
        end = day(row, "clap_cla_placement_end_date")
        if child(row, "clap_person_id") == person and is_open(start, end, when):
            found.append(row)
    return found


def placed_on(rows: Rows, person: str, when: dt.date) -> dt.date | None:
    """The start of the present placement: the latest start of those open, None without one."""
    starts = [day(row, "clap_cla_placement_start_date") for row in placements(rows, person, when)]
    return max((start for start in starts if start is not None), default=None)


def lac7(rows: Rows, month: Month, settings: Settings) -> Counted:
    end = last_day(month)
    children = looked_after(rows, end)
    in_time = 0
    for person in children:
        placed = placed_on(rows, person, end)
        limit = VISIT_DAYS
        if placed is not None and placed <= year_before(end):
            limit = settings.cla_visit_days_after_first_year
        is_new = placed is not None and (end - placed).days <= NEW_PLACEMENT_DAYS
        if is_new or visited(rows, person, placed, end, limit):
            in_time += 1
    return Counted(in_time, len(children))


def visited(rows: Rows, person: str, placed: dt.date | None, end: dt.date, limit: int) -> bool:
    """The child was seen in this placement, at most `limit` days before the month's end."""
    for row in rows["ssd_cla_visits"]:
        if child(row, "clav_person_id") != person or not is_yes(row, "clav_cla_visit_seen"):
            continue
        seen = day(row, "clav_cla_visit_date")
        if seen is None or seen > end or (placed is not None and seen < placed):
            continue
        if (end - seen).days <= limit:
            return True
    return False


def lac10(rows: Rows, month: Month, settings: Settings) -> Counted:
    end = last_day(month)
    children = looked_after(rows, end)
    with_a_plan = {
        child(plan, "lacp_person_id")
        for plan in rows["ssd_cla_care_plan"]
        if is_open(
            day(plan, "lacp_cla_care_plan_start_date"),
            day(plan, "lacp_cla_care_plan_end_date"),
            end,
        )
        and is_authorised(rows, plan, end)
    }
    return Counted(len(children & with_a_plan), len(children))


def lac10_val(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(lac10(rows, month, settings).numerator)


def is_authorised(rows: Rows, plan: Row, when: dt.date) -> bool:
    """The care plan has an authorisation in force: one that names it, or one of the same child
    that names no plan. Without the table, that the plan has started stands for it."""
    if "plan_authorisations" not in rows:
        return True
    for row in rows["plan_authorisations"]:
        if text(row, "plau_plan_type") != "CARE":
            continue
        if not is_open(day(row, "plau_authorised_date"), day(row, "plau_end_date"), when):
            continue
        named = text(row, "plau_plan_id")
        if named is not None and named == text(plan, "lacp_table_id"):
            return True
        if named is None and child(row, "plau_person_id") == child(plan, "lacp_person_id"):
            return True
    return False


def asylum_statuses(rows: Rows, person: str, settings: Settings) -> list[Row]:
    return [
        row
        for row in rows["ssd_immigration_status"]
        if child(row, "immi_person_id") == person
        and text(row, "immi_immigration_status") in settings.uasc_statuses
    ]


def lac13(rows: Rows, month: Month, settings: Settings) -> Counted:
    end = last_day(month)
    count = 0
    for person in looked_after(rows, end):
        for row in asylum_statuses(rows, person, settings):
            since = day(row, "immi_immigration_status_start_date")
            until = day(row, "immi_immigration_status_end_date")
            if (since is None or since <= end) and (until is None or until > end):
                count += 1
                break  # a child counts once
    return Counted(count)


def lac14(rows: Rows, month: Month, settings: Settings) -> Counted:
    children = set()
    for (person, _), began in started(rows, month).items():
        for row in asylum_statuses(rows, person, settings):
            since = day(row, "immi_immigration_status_start_date")
            until = day(row, "immi_immigration_status_end_date")
            if since is not None and since > last_day(month):
                continue
            if until is None or until >= began:
                children.add(person)
    return Counted(len(children))


def lac9(rows: Rows, month: Month, settings: Settings) -> Counted:
    end = last_day(month)
    children = looked_after(rows, end)
    with_an_agency = set()
    for person in children:
        for row in placements(rows, person, end):
            kind = text(row, "clap_cla_placement_type")
            provider = text(row, "clap_cla_placement_provider")
            if kind in AGENCY_FOSTERING and provider in AGENCIES:
                with_an_agency.add(person)
    return Counted(len(with_an_agency), len(children))


def lac9_val(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(lac9(rows, month, settings).numerator)


def lac16(rows: Rows, month: Month, settings: Settings) -> Counted:
    households = set()
    for row in rows["foster_carers"]:
        approved, ceased_on = day(row, "foca_approved_date"), day(row, "foca_ceased_date")
        if is_yes(row, "foca_in_house") and is_open(approved, ceased_on, last_day(month)):
            households.add(text(row, "foca_household_id"))
    return Counted(len(households - {None, ""}))  # one that is not recorded cannot be counted


COUNTS = {
    "LAC1": lac1,
    "LAC1-NI": lac1_ni,
    "LAC2": lac2,
    "LAC3": lac3,
    "LAC6 (val)": lac6_val,
    "LAC6 (%)": lac6,
    "LAC12 (val)": lac12_val,
    "LAC12 (%)": lac12,
    "LAC7-QL": lac7,
    "LAC10 (%)": lac10,
    "LAC10-QL": lac10_val,
    "LAC13": lac13,
    "LAC14": lac14,
    "LAC9 (val)": lac9_val,
    "LAC9": lac9,
    "LAC16": lac16,
}
