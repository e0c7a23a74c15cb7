"""Contacts, referrals, front-door decisions and early help."""

from __future__ import annotations

from collections.abc import Sequence

from openscorecard.findings import Severity
from openscorecard.measures.data_checks.check import (
    AT_MONTH_END,
    OPEN_CASES,
    REFERRALS,
    SINCE,
    Asked,
    DataCheck,
    Row,
    is_open,
)

_STEPPING_UP = ("step", "escalat", "social care", "safeguard", "statutory", "child protection")


def _reasons_to_look_at(rows: Sequence[Row], asked: Asked) -> Sequence[Row]:
    """While the setting is empty every reason; else those that sound like stepping up."""
    named = asked.settings.value("step_up_end_reasons")
    assert isinstance(named, tuple)
    return [
        row
        for row in rows
        if row[1] not in named
        and (not named or any(word in row[1].lower() for word in _STEPPING_UP))
    ]


FRONT_DOOR: tuple[DataCheck, ...] = (
    DataCheck(
        "referral-while-open",
        Severity.WARNING,
        REFERRALS,
        "Referrals begun while another referral of the child was open",
        "A child whose case is open is not referred anew. Each of these counts as one more "
        "referral, and may count as a re-referral.",
        "Record new information as a contact on the open case, or close the earlier referral on "
        "the day it ended.",
        f"""
SELECT n.cine_person_id AS child, n.cine_referral_id AS record, n.cine_referral_date AS referred,
  MIN(o.cine_referral_id) AS other, MIN(o.cine_referral_date) AS other_since
FROM ssd_cin_episodes AS n
{SINCE}
JOIN ssd_cin_episodes AS o
  ON o.council = n.council AND o.cine_person_id = n.cine_person_id
  AND o.cine_referral_date < n.cine_referral_date
  AND (o.cine_close_date IS NULL OR o.cine_close_date > n.cine_referral_date)
WHERE n.council = $council AND n.cine_referral_date >= w.day
GROUP BY n.cine_person_id, n.cine_referral_id, n.cine_referral_date""",
        "referral",
        ("referred", "open referral", "open since"),
    ),
    DataCheck(
        "referral-twice-in-a-day",
        Severity.WARNING,
        REFERRALS,
        "Referrals of a child who has another referral of the same day",
        "Both count as referrals, though there was one request for help.",
        "Keep one of them.",
        f"""
SELECT n.cine_person_id AS child, n.cine_referral_id AS record, n.cine_referral_date AS referred,
  MIN(o.cine_referral_id) AS other
FROM ssd_cin_episodes AS n
{SINCE}
JOIN ssd_cin_episodes AS o
  ON o.council = n.council AND o.cine_person_id = n.cine_person_id
  AND o.cine_referral_date = n.cine_referral_date AND o.cine_referral_id < n.cine_referral_id
WHERE n.council = $council AND n.cine_referral_date >= w.day
GROUP BY n.cine_person_id, n.cine_referral_id, n.cine_referral_date""",
        "referral",
        ("referred", "other referral"),
    ),
    DataCheck(
        "referral-open-and-idle",
        Severity.WARNING,
        OPEN_CASES,
        "Referrals open for two years or more, without assessment, enquiry, conference, plan, "
        "care or visit in the last two years",
        "They count as children in need, though nobody seems to work with them. Visits to "
        "children in need are not among the tables, so some may be in order.",
        "Ask the team, and close those that ended on the day they ended.",
        f"""
SELECT i.child, i.record, i.referred, i.last_seen
FROM (
SELECT r.cine_person_id AS child, r.cine_referral_id AS record, r.cine_referral_date AS referred,
  MAX(s.on_day) AS last_seen, MAX(y.year_before) AS two_years_before
FROM ssd_cin_episodes AS r
{AT_MONTH_END}
JOIN calendar AS y ON y.day = e.year_before
LEFT JOIN ssd_care_leavers AS l ON l.council = r.council AND l.clea_person_id = r.cine_person_id
LEFT JOIN (
  SELECT a.council, a.cina_person_id AS child,
    COALESCE(a.cina_assessment_auth_date, a.cina_assessment_start_date) AS on_day
  FROM ssd_cin_assessments AS a
  UNION ALL
  SELECT a.council, a.s47e_person_id AS child, a.s47e_s47_start_date AS on_day
  FROM ssd_s47_enquiry AS a
  UNION ALL
  SELECT a.council, a.icpc_person_id AS child, a.icpc_icpc_date AS on_day
  FROM ssd_initial_cp_conference AS a
  UNION ALL
  SELECT a.council, a.cppl_person_id AS child,
    COALESCE(a.cppl_cp_plan_end_date, c.day) AS on_day
  FROM ssd_cp_plans AS a
  JOIN calendar AS c ON $month_end_as_c
  UNION ALL
  SELECT a.council, a.clae_person_id AS child,
    COALESCE(a.clae_cla_episode_ceased_date, c.day) AS on_day
  FROM ssd_cla_episodes AS a
  JOIN calendar AS c ON $month_end_as_c
  UNION ALL
  SELECT a.council, a.cppv_person_id AS child, a.cppv_cp_visit_date AS on_day
  FROM ssd_cp_visits AS a
  UNION ALL
  SELECT a.council, a.clav_person_id AS child, a.clav_cla_visit_date AS on_day
  FROM ssd_cla_visits AS a
) AS s ON s.council = r.council AND s.child = r.cine_person_id
WHERE r.council = $council AND {is_open("r.cine_referral_date", "r.cine_close_date")}
  AND r.cine_referral_date <= y.year_before AND l.clea_person_id IS NULL
GROUP BY r.cine_person_id, r.cine_referral_id, r.cine_referral_date
) AS i
WHERE COALESCE(i.last_seen, i.referred) <= i.two_years_before""",
        "referral",
        ("referred", "last sign of work"),
        needs=("ssd_cin_assessments",),
    ),
    DataCheck(
        "referral-no-action-still-open",
        Severity.WARNING,
        OPEN_CASES,
        "Referrals marked as needing no further action, and still open a month later",
        "They count as children in need.",
        "Close them on the day of that decision, or take the mark away.",
        f"""
SELECT r.cine_person_id AS child, r.cine_referral_id AS record, r.cine_referral_date AS referred
FROM ssd_cin_episodes AS r
{AT_MONTH_END}
JOIN calendar AS d ON d.day = r.cine_referral_date
WHERE r.council = $council AND {is_open("r.cine_referral_date", "r.cine_close_date")}
  AND r.cine_referral_nfa = 'Y' AND e.day_number - d.day_number > 30""",
        "referral",
        ("referred",),
    ),
    DataCheck(
        "referral-reason-without-closure",
        Severity.WARNING,
        OPEN_CASES,
        "Referrals with a reason for closing them, and no date",
        "They count as open, at this month's end and at every one to come.",
        "Enter the day on which the case closed, or take the reason away.",
        """
SELECT r.cine_person_id AS child, r.cine_referral_id AS record, r.cine_referral_date AS referred,
  r.cine_close_reason AS reason
FROM ssd_cin_episodes AS r
WHERE r.council = $council AND r.cine_close_date IS NULL AND r.cine_close_reason IS NOT NULL""",
        "referral",
        ("referred", "reason"),
    ),
    DataCheck(
        "referral-closed-without-reason",
        Severity.INFORMATION,
        ("M6-QL (val)", "M6-QL"),
        "Referrals closed without a reason",
        "A closure after assessment (RC8) starts the twelve months of a re-referral by default; "
        "without a reason it does not, unless the assessment itself says no further action.",
        "Enter the reason.",
        f"""
SELECT r.cine_person_id AS child, r.cine_referral_id AS record, r.cine_referral_date AS referred,
  r.cine_close_date AS closed
FROM ssd_cin_episodes AS r
{SINCE}
WHERE r.council = $council AND r.cine_close_date >= w.day AND r.cine_close_reason IS NULL""",
        "referral",
        ("referred", "closed"),
    ),
    DataCheck(
        "decision-before-referral",
        Severity.ERROR,
        ("M8-QL",),
        "Front-door decisions dated before their referral",
        "They are not seen as decisions on the referral, which counts as not decided in time "
        "unless there is a later one.",
        "Correct the date that is wrong.",
        f"""
SELECT r.cine_person_id AS child, d.fdde_decision_id AS record, d.fdde_decision_date AS decided,
  r.cine_referral_id AS referral, r.cine_referral_date AS referred
FROM front_door_decisions AS d
{SINCE}
JOIN ssd_cin_episodes AS r ON r.council = d.council AND r.cine_referral_id = d.fdde_referral_id
WHERE d.council = $council AND r.cine_referral_date >= w.day
  AND d.fdde_decision_date < r.cine_referral_date""",
        "decision",
        ("decided", "referral", "referred"),
    ),
    DataCheck(
        "step-up-reason-not-in-setting",
        Severity.WARNING,
        ("M5",),
        "End reasons of early help, seen in the records, that the setting step_up_end_reasons "
        "does not name",
        "Only the reasons that it names count as stepping up; while it names none there is no "
        "figure.",
        "Add those that mean a step up to social care to step_up_end_reasons, as they are "
        "written here.",
        f"""
SELECT NULL AS child, h.earl_episode_end_reason AS record, COUNT(*) AS times,
  MAX(h.earl_episode_end_date) AS latest
FROM ssd_early_help_episodes AS h
{SINCE}
WHERE h.council = $council AND h.earl_episode_end_date >= w.day
  AND h.earl_episode_end_reason IS NOT NULL
GROUP BY h.earl_episode_end_reason""",
        "reason",
        ("times", "latest"),
        judge=_reasons_to_look_at,
        samples=12,
    ),
    DataCheck(
        "early-help-ended-without-reason",
        Severity.INFORMATION,
        ("M5",),
        "Spells of early help that ended without a reason",
        "None of them can count as stepping up.",
        "Enter the reason, above all where a referral followed.",
        f"""
SELECT h.earl_person_id AS child, h.earl_episode_id AS record, h.earl_episode_end_date AS ended
FROM ssd_early_help_episodes AS h
{SINCE}
WHERE h.council = $council AND h.earl_episode_end_date >= w.day
  AND h.earl_episode_end_reason IS NULL""",
        "spell",
        ("ended",),
    ),
)
