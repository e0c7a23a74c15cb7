"""Contacts and referrals."""

# ruff: noqa: ARG001 (every count takes the same three things)

from __future__ import annotations

import datetime as dt

from openscorecard.periods import Month
from plain.counted import Counted, Row, Rows, Settings, child, day, is_yes, text
from plain.days import in_month, working_days, year_before
from plain.stocks import age_of

EXPLOITATION = "11A"  # the factor of child sexual exploitation
ASSESSED_NO_NEED = ("RC8", "RC9")  # no further action; since 2023 to early help


def referrals(rows: Rows, month: Month) -> list[tuple[Row, str, dt.date]]:
    """The month's referrals, each with its child and its date."""
    found = []
    for row in rows["ssd_cin_episodes"]:
        received = day(row, "cine_referral_date")
        if received is not None and in_month(received, month):
            found.append((row, child(row, "cine_person_id"), received))
    return found


def m1(rows: Rows, month: Month, settings: Settings) -> Counted:
    count = 0
    for row in rows["ssd_contacts"]:
        if in_month(day(row, "cont_contact_date"), month):
            count += 1
    return Counted(count)


def m2(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(len(referrals(rows, month)))


def m2_ni(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(len(referrals(rows, month)), settings.population)


def m3(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(len(referrals(rows, month)), m1(rows, month, settings).numerator)


def m8_ql(rows: Rows, month: Month, settings: Settings) -> Counted:
    of_the_month = referrals(rows, month)
    in_time = 0
    for referral, _, received in of_the_month:
        decided = first_decision(rows, referral, received)
        if decided is not None and working_days(received, decided) <= 1:
            in_time += 1
    return Counted(in_time, len(of_the_month))


def first_decision(rows: Rows, referral: Row, received: dt.date) -> dt.date | None:
    """The earliest decision on the referral; one dated before it is another matter."""
    earliest = None
    for row in rows["front_door_decisions"]:
        if text(row, "fdde_referral_id") != text(referral, "cine_referral_id"):
            continue
        decided = day(row, "fdde_decision_date")
        if decided is None or decided < received:
            continue
        if earliest is None or decided < earliest:
            earliest = decided
    return earliest


def m6_val(rows: Rows, month: Month, settings: Settings) -> Counted:
    test = RE_REFERRED[settings.re_referral_clock]
    count = 0
    for _, person, received in referrals(rows, month):
        if test(rows, person, received):
            count += 1
    return Counted(count)


def m6_ql(rows: Rows, month: Month, settings: Settings) -> Counted:
    return Counted(m6_val(rows, month, settings).numerator, len(referrals(rows, month)))


def after_closure_assessment(rows: Rows, person: str, received: dt.date) -> bool:
    """An assessment that led nowhere was authorised in the year before, that day left out."""
    for row in rows["ssd_cin_assessments"]:
        if child(row, "cina_person_id") != person:
            continue
        authorised = day(row, "cina_assessment_auth_date")
        if authorised is None or not year_before(received) <= authorised < received:
            continue
        if is_yes(row, "cina_assessment_outcome_nfa"):
            return True
        own = referral_of(rows, row)
        if own is not None and text(own, "cine_close_reason") in ASSESSED_NO_NEED:
            return True
    return False


def referral_of(rows: Rows, assessment: Row) -> Row | None:
    """The referral that the assessment is linked to."""
    linked = text(assessment, "cina_referral_id")
    for row in rows["ssd_cin_episodes"]:
        if linked is not None and text(row, "cine_referral_id") == linked:
            return row
    return None


def after_closure(rows: Rows, person: str, received: dt.date) -> bool:
    """An earlier referral was closed in the year before; closed on this very day counts."""
    for row in rows["ssd_cin_episodes"]:
        if child(row, "cine_person_id") != person:
            continue
        began, closed = day(row, "cine_referral_date"), day(row, "cine_close_date")
        if began is None or began >= received:
            continue
        if closed is not None and year_before(received) <= closed <= received:
            return True
    return False


def after_referral(rows: Rows, person: str, received: dt.date) -> bool:
    """Another referral was received in the year before, that day left out."""
    for row in rows["ssd_cin_episodes"]:
        if child(row, "cine_person_id") != person:
            continue
        began = day(row, "cine_referral_date")
        if began is not None and year_before(received) <= began < received:
            return True
    return False


RE_REFERRED = {
    "closure-assessment": after_closure_assessment,
    "closure": after_closure,
    "referral": after_referral,
}


def m4(rows: Rows, month: Month, settings: Settings) -> Counted:
    count = 0
    for referral, person, received in referrals(rows, month):
        years = age_of(rows, person, received)
        if years is not None and years >= 13 and exploitation_found(rows, referral):
            count += 1
    return Counted(count)


def exploitation_found(rows: Rows, referral: Row) -> bool:
    """An assessment of this referral, authorised whenever, has the factor."""
    for row in rows["ssd_cin_assessments"]:
        linked = text(row, "cina_referral_id")
        if linked is None or linked != text(referral, "cine_referral_id"):
            continue
        if day(row, "cina_assessment_auth_date") is None:
            continue
        for factor in rows["ssd_assessment_factors"]:
            if text(factor, "cinf_assessment_id") != text(row, "cina_assessment_id"):
                continue
            if text(factor, "cinf_assessment_factor") == EXPLOITATION:
                return True
    return False


def m5(rows: Rows, month: Month, settings: Settings) -> Counted:
    if not settings.step_up_end_reasons:
        return Counted(None)
    children = set()
    for _, person, received in referrals(rows, month):
        for row in rows["ssd_early_help_episodes"]:
            if child(row, "earl_person_id") != person:
                continue
            if text(row, "earl_episode_end_reason") not in settings.step_up_end_reasons:
                continue
            ended = day(row, "earl_episode_end_date")
            if ended is not None and abs((ended - received).days) <= settings.step_up_days:
                children.add(person)
    return Counted(len(children))


COUNTS = {
    "M1": m1,
    "M2": m2,
    "M3": m3,
    "M2-NI": m2_ni,
    "M8-QL": m8_ql,
    "M6-QL (val)": m6_val,
    "M6-QL": m6_ql,
    "M4": m4,
    "M5": m5,
}
